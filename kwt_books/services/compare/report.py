"""The comparison as a report: for the terminal, for paper, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kwt_books.domain.chain import short_code
from kwt_books.i18n.catalogue import Translator, noop
from kwt_books.i18n.formats import Formats
from kwt_books.queries.setup import SetupBook
from kwt_books.reports.descriptions import Describer
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind, Value
from kwt_books.services.compare.outcome import Comparison, Difference, Line, Side, Verdict

_COLUMNS = ("first", "second", "number", "date", "amount", "entries", "after", "seal")
_SENTENCES = {
    Verdict.SAME: noop("Both books hold the same entries, to the last byte."),
    Verdict.FIRST_GOES_ON: noop(
        "The second book is the beginning of the first: nothing in it differs, and the first"
        " goes on after it."
    ),
    Verdict.SECOND_GOES_ON: noop(
        "The first book is the beginning of the second: nothing in it differs, and the second"
        " goes on after it."
    ),
    Verdict.PARTED: noop(
        "The books part. Up to there they are one book; after that, at least one of them is not"
        " what was recorded first."
    ),
}
_FIELDS = {
    "kind": noop("Kind"),
    "number": noop("Voucher"),
    "date": noop("Date"),
    "memo": noop("Memo"),
    "ref": noop("Paper number"),
    "corrects": noop("Corrected entry"),
    "at": noop("Recorded at"),
    "by": noop("Recorded by"),
    "sequence": noop("Place in the chain"),
    "previous": noop("Seal of the entry before"),
    "hash": noop("Seal"),
    "text": noop("Writing of the entry"),
}
_ROWS = {
    "posting": noop("Posting {number}"),
    "move": noop("Movement of goods {number}"),
    "lot": noop("Lot {number}"),
}
_SETUP = {
    "group": noop("Set-up of the group"),
    "account": noop("Set-up of account {code}"),
    "item": noop("Set-up of item {code}"),
    "party": noop("Set-up of party {code}"),
    "recipe": noop("Set-up of recipe {code}"),
    "person": noop("Set-up of person {name}"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """One of the books as people speak of it."""

    name: str
    setup: SetupBook


def comparison_report(found: Comparison, first: Named, second: Named, words: Translator) -> Report:
    made = _Made(found, first, second, words)
    money, text, count = ColumnType.MONEY, ColumnType.TEXT, ColumnType.COUNT
    return Report(
        name="comparison",
        title=words("Comparison of Two Books"),
        columns=(
            Column("first", words("First book"), text),
            Column("second", words("Second book"), text),
            Column("number", words("Voucher"), ColumnType.CODE),
            Column("date", words("Date"), ColumnType.DATE),
            Column("amount", words("Amount"), money),
            Column("entries", words("Entries"), count),
            Column("after", words("After the parting"), count),
            Column("seal", words("Seal"), ColumnType.CODE),
        ),
        rows=tuple(made.rows()),
        parameters={"first": first.name, "second": second.name, "verdict": str(found.verdict)},
        head=found.first.head,
        layout=Layout.NOTES,
        figures={
            "common": found.common,
            "after_first": found.first.after,
            "after_second": found.second.after,
            "only_first": found.first.only,
            "only_second": found.second.only,
        },
    )


def _cells(**values: Value) -> tuple[Value, ...]:
    return tuple(values.get(key) for key in _COLUMNS)


class _Made:
    """The rows of one report, section by section."""

    def __init__(self, found: Comparison, first: Named, second: Named, words: Translator) -> None:
        self._found = found
        self._sides = ((first, found.first), (second, found.second))
        self.t = words
        self._formats = Formats(words.language)

    def rows(self) -> Iterator[Row]:
        t, found = self.t, self._found
        yield _section(t("Result"))
        yield _note(t(_SENTENCES[found.verdict]))
        for code, (named, side) in zip(("first", "second"), self._sides, strict=True):
            cells = _cells(entries=side.entries, after=side.after, seal=short_code(side.head))
            yield Row(named.name, cells, code=code)
        common = _cells(entries=found.common, seal=short_code(found.head))
        yield Row(t("Common beginning"), common, code="common")
        if found.verdict is Verdict.PARTED:
            yield from self._parting()
        for named, side in self._sides:
            yield from self._only(named, side)
        if found.moved:
            text = t("{count} entries after the parting stand in both books, under other seals.",
                     count=self._formats.number(found.moved))  # fmt: skip
            yield _note(text)

    def _parting(self) -> Iterator[Row]:
        t = self.t
        yield _section(t("Where they part"))
        for code, (named, side) in zip(("first", "second"), self._sides, strict=True):
            assert side.parting is not None, "both go on after the common beginning"
            line = self._line(named, side.parting, f"parting-{code}")
            yield replace(line, label=f"{named.name}: {line.label}")
        for each in self._found.differences:
            here, there = self._shown(each, each.first), self._shown(each, each.second)
            yield Row(self._field(each), _cells(first=here, second=there), code=each.field)

    def _only(self, named: Named, side: Side) -> Iterator[Row]:
        if not side.only:
            return
        yield _section(self.t("Only in {book}", book=named.name))
        for line in side.lines:
            yield self._line(named, line, str(line.sequence))
        rest = side.only - len(side.lines)
        if rest:
            yield _note(self.t("And {count} more.", count=self._formats.number(rest)))

    def _line(self, named: Named, line: Line, code: str) -> Row:
        text = entry_text(Describer(named.setup, self.t), line)
        cells = _cells(number=line.name, date=_day(line.date), amount=line.amount or None)
        return Row(text, cells, code=code)

    def _field(self, difference: Difference) -> str:
        name, _, rest = difference.field.partition(".")
        if name in _ROWS:
            return self.t(_ROWS[name], number=rest)
        return self.t(_FIELDS.get(difference.field, noop("As it was recorded")))

    def _shown(self, difference: Difference, value: Any) -> str:
        """A value as it stands in the file; a row by what it holds, side by side."""
        table = difference.field.partition(".")[0]
        if value is None:
            return "–"
        if isinstance(value, tuple):
            return " · ".join(filter(None, self._parts(table, value)))
        if type(value) is int:
            return self._formats.number(value)
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def _parts(self, table: str, row: tuple[Any, ...]) -> list[str]:
        """What a row holds, for its reader; as it stands where no program wrote it so."""
        try:
            parts: list[str] = getattr(self, f"_{table}")(*row)
        except (TypeError, ValueError):
            return [str(each) for each in row]
        return parts

    def _posting(self, account: str, amount: int, party: str, closing: int, day: str) -> list[str]:
        closes = self.t("closing entry") if closing else ""
        return [account, self._formats.number(amount), party, closes, day]

    def _move(self, place: str, item: str, lot: str, quantity: int, value: int) -> list[str]:
        formats = self._formats
        return [place, item, lot, formats.quantity(quantity), formats.number(value)]

    def _lot(self, item: str, name: str, received: str, expires: str) -> list[str]:
        return [item, name, received, expires]


def entry_text(describer: Describer, line: Line) -> str:
    """What an entry was; its bare kind where it cannot be read any more."""
    try:
        payload = json.loads(line.payload)
        if line.kind in _SETUP:
            code, name = payload.get("code", ""), payload.get("name", "")
            return describer.t(_SETUP[line.kind], code=code, name=name)
        return describer.describe(line.kind, payload, line.corrects)
    except (ValueError, LookupError, TypeError, AttributeError):
        return line.kind


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        return None


def _section(text: str) -> Row:
    return Row(text, kind=RowKind.SECTION)


def _note(text: str) -> Row:
    return Row(text, kind=RowKind.NOTE)
