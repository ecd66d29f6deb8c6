"""A comparison of two books as a report, and two files compared as a pack to be written out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from kwt_books.domain.address import Address
from kwt_books.domain.chain import short_code
from kwt_books.i18n.catalogue import Translator, noop
from kwt_books.i18n.formats import Formats
from kwt_books.queries.setup import SetupBook, chain_head
from kwt_books.reports.context import identity, imprint
from kwt_books.reports.kinds import Describer
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind, Value
from kwt_books.reports.packs import Pack
from kwt_books.services.audit.compare import (
    Comparison,
    Difference,
    Line,
    Progress,
    Side,
    Verdict,
    compare,
)
from kwt_books.store.door import open_book

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
        "The books part. Up to there they are the same; after that, at least one of them is not "
        "what was recorded first."
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
    """The comparison as a report."""
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
            text = t.ngettext(
                "{count} entry after the parting is in both books, under another seal.",
                "{count} entries after the parting are in both books, under other seals.",
                found.moved, count=self._formats.number(found.moved),
            )  # fmt: skip
            yield _note(text)

    def _parting(self) -> Iterator[Row]:
        t = self.t
        yield _section(t("Where they part"))
        for code, (named, side) in zip(("first", "second"), self._sides, strict=True):
            assert side.parting is not None, "both go on after the common beginning"
            line = self._line(named, side.parting, f"parting-{code}")
            yield line._replace(label=f"{named.name}: {line.label}")
        for each in self._found.differences:
            here, there = self._told(each)
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

    def _told(self, difference: Difference) -> tuple[str, str]:
        """Both values: rows in words, but as they stand where the words would be the same."""
        table = difference.field.partition(".")[0]
        values = (difference.first, difference.second)
        here, there = (self._shown(table, value) for value in values)
        if here == there:
            here, there = (self._shown("", value) for value in values)
        return here, there

    def _shown(self, table: str, value: Any) -> str:
        """A value as it stands in the file; a row by what it holds, side by side."""
        if value is None:
            return "–"
        if isinstance(value, tuple):
            return " · ".join(filter(None, self._parts(table, value)))
        if type(value) is int:
            return self._formats.number(value)
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def _parts(self, table: str, row: tuple[Any, ...]) -> list[str]:
        """What a row holds, for its reader; as it stands where no program wrote it so."""
        tellers: dict[str, Callable[..., list[str]]]
        tellers = {"posting": self._posting, "move": self._move, "lot": self._lot}
        if table in tellers:
            with suppress(TypeError, ValueError):
                return tellers[table](*row)
        return [str(each) for each in row]

    # Of a row's line nothing is told: its place names it.

    def _posting(
        self, account: str, amount: int, party: str, closing: int, day: str, _line: int
    ) -> list[str]:
        closes = self.t("closing entry") if closing else ""
        return [account, self._formats.number(amount), party, closes, self._date(day)]

    def _move(
        self, place: str, item: str, lot: str, quantity: int, value: int, _line: int, day: str
    ) -> list[str]:
        formats = self._formats
        pieces, worth = formats.quantity(quantity), formats.number(value)
        return [place, item, lot, pieces, worth, self._date(day)]

    def _lot(
        self, item: str, name: str, received: str, expires: str | None, _line: int
    ) -> list[str]:
        came = self.t("received {day}", day=self._date(received))
        ends = self.t("expires {day}", day=self._date(expires)) if expires else ""
        return [item, name, came, ends]

    def _date(self, text: str) -> str:
        return self._formats.day(date.fromisoformat(text))


def entry_text(describer: Describer, line: Line) -> str:
    """What an entry was; its bare kind where it cannot be read any more."""
    try:
        payload = orjson.loads(line.payload)
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


# -- Two files compared, as a pack to be written out ---------------------------------------------


def comparison_pack(
    first: Address,
    second: Address,
    imprinted: tuple[datetime, str],
    language: str | None = None,
    progress: Progress | None = None,
) -> Pack:
    """Opens both to be read only. The paper is the first book's, in its language or another.

    `imprinted`: when, and by whom.
    """
    with ExitStack() as stack:
        connections = []
        for path in (first, second):
            file = open_book(path, read_only=True)
            stack.callback(file.close)
            connections.append(stack.enter_context(file.reading()))
        mine, theirs = connections
        setup = SetupBook(mine)
        words = Translator(language or (setup.group.language if setup.group is not None else "id"))
        names = _names(first, second)
        report = comparison_report(
            compare(mine, theirs, progress),
            Named(names[0], setup),
            Named(names[1], SetupBook(theirs)),
            words,
        )
        foot = imprint(chain_head(mine), *imprinted)
        return Pack((report,), identity(setup), foot, words.language)


def _names(first: Address, second: Address) -> tuple[str, str]:
    """The files' names, with their folders where the names alone are the same."""
    if first.name != second.name:
        return first.name, second.name
    return str(first), str(second)
