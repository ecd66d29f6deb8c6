"""LPJ of a programme: its budget line by line, what was spent of it, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from kwt_books.domain.documents.setup import BudgetLine, Programme
from kwt_books.domain.errors import RuleError
from kwt_books.domain.values import UNIT, half_up
from kwt_books.queries.programmes import (
    ProgrammeEntry,
    ProgrammeStanding,
    attachments_of,
    file_bytes,
    files_of,
    programme_entries,
    standing_of,
)
from kwt_books.reports.context import Context, month_asked
from kwt_books.reports.kinds import Describer
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Layout,
    Report,
    Row,
    RowKind,
    Value,
    document_ref,
)
from kwt_books.reports.packs import Proof, Proofs, Section

_MONEY = ColumnType.MONEY
_TO_SIGN = 12
"""Lines of the list of workers, to be filled in and signed by hand."""


def asked_programmes(context: Context) -> list[Programme]:
    """The one asked for, else all; one that is not set up is refused."""
    code, known = context.parameters.programme, context.setup.programmes
    if code is None:
        return list(known.values())
    if code not in known:
        raise RuleError("unknown-programme", programme=code)
    return [known[code]]


@dataclass(frozen=True, slots=True)
class Stage:
    """What a programme had come to before these days, within them, and by their end."""

    programme: Programme
    before: ProgrammeStanding
    here: ProgrammeStanding
    whole: ProgrammeStanding
    entries: list[ProgrammeEntry]
    """Every document that names it, by the end of these days."""

    def spent(self, line: str) -> tuple[int, int, int]:
        """What was spent of a line of the budget before, within, and by the end; rupiah."""
        each = (self.before, self.here, self.whole)
        before, here, whole = (standing.spent.get(line, 0) for standing in each)
        return before, here, whole


def stages(context: Context) -> Iterator[Stage]:
    """Each programme that is asked for: before the period, within it, and by its end."""
    start, end = context.span.start, context.period.end
    found = asked_programmes(context)
    entries = programme_entries(context.connection, found, date.min, end)
    for known in found:
        every = entries[known.code]
        yield Stage(
            known,
            standing_of(known, [each for each in every if each.date < start]),
            standing_of(known, [each for each in every if each.date >= start]),
            standing_of(known, every),
            every,
        )


def programme(context: Context) -> Report:
    """A section a programme, with a line for each line of its budget and its money below.

    Columns of money: the budget, what was spent until the last stage, in this one, in all, and
    what is left of the budget. `price` is the budget's for one unit. Lines of the budget have
    their own codes; `received`, `spent_income`, `spent_capital`, `given_back`, `left` tell of the
    programme's money.
    """
    t, found = context.words, list(stages(context))
    rows: list[Row] = []
    figures = {"received": 0, "left": 0}
    for stage in found:
        figures["received"] += stage.whole.received
        figures["left"] += stage.whole.left
        rows += _programme_rows(context, stage)
    closing = () if found else (t("No programme is set up."),)
    return Report(
        name="programme",
        title=t("Programme Accountability Report (LPJ)"),
        columns=_columns(context),
        rows=tuple(rows),
        parameters=month_asked(context),
        period=context.spanning,
        unit=context.unit,
        label=t("Description"),
        label_at=1,
        layout=Layout.BOOK,
        closing=closing,
        place_date=context.period.end,
        figures=figures,
    )


def _columns(context: Context) -> tuple[Column, ...]:
    t = context.words
    realised = t("Realised")
    return (
        Column("line", t("No."), ColumnType.CODE),
        Column("quantity", t("Volume"), ColumnType.QUANTITY),
        Column("unit", t("Unit"), ColumnType.TEXT),
        Column("price", t("Unit price"), _MONEY),
        Column("amount", t("Budget amount"), _MONEY),
        Column("before", t("Until last stage"), _MONEY, group=realised),
        Column("here", t("This stage"), _MONEY, group=realised),
        Column("whole", t("Cumulative"), _MONEY, group=realised),
        Column("left", t("Left"), _MONEY),
    )


_BLANK: tuple[Value, ...] = (None,) * 9


def _programme_rows(context: Context, stage: Stage) -> Iterator[Row]:
    t, known = context.words, stage.programme
    yield Row(known.name, _BLANK, known.code, 0, RowKind.SECTION)
    sums = []
    for section, lines in groupby(known.budget, key=lambda line: line.section):
        part = list(lines)
        if section:
            yield Row(section, _BLANK, None, 0, RowKind.NOTE)
        for line in part:
            yield Row(line.name, _line_cells(line, stage), line.line, 1)
        sums.append(_summed(part, stage))
        if section:
            label = t("Total {account}", account=section)
            yield Row(label, _money(sums[-1]), None, 1, RowKind.SUBTOTAL)
    named = [sum(column) for column in zip((0,) * 4, *sums, strict=True)]
    beyond = [used - spent for used, spent in zip(_used(stage), named[1:], strict=True)]
    if known.budget and any(amount > 0 for amount in beyond):
        outside = [0, *(max(amount, 0) for amount in beyond)]
        yield Row(t("Outside the budget lines"), _money(outside), "outside", 1)
        named = [a + b for a, b in zip(named, outside, strict=True)]
    if known.budget:
        yield Row(t("TOTAL BUDGET"), _money(named), f"{known.code}:budget", 0, RowKind.TOTAL)
    yield from _purse(context, stage)


def _summed(lines: list[BudgetLine], stage: Stage) -> list[int]:
    spent = [stage.spent(line.line) for line in lines]
    return [
        sum(line.amount for line in lines),
        *(sum(column) for column in zip(*spent, strict=True)),
    ]


def _used(stage: Stage) -> list[int]:
    each = (stage.before, stage.here, stage.whole)
    return [standing.used_as_income + standing.used_as_capital for standing in each]


def _money(sums: list[int]) -> tuple[Value, ...]:
    return (None, None, None, None, *sums, sums[0] - sums[3])


def _line_cells(line: BudgetLine, stage: Stage) -> tuple[Value, ...]:
    price = half_up(line.amount * UNIT, line.qty) if line.qty else None
    spent = stage.spent(line.line)
    return (line.line, line.qty, line.unit, price, line.amount, *spent, line.amount - spent[2])


def _purse(context: Context, stage: Stage) -> Iterator[Row]:
    """Where the programme's money came to: received, used, given back, left."""
    t, code = context.words, stage.programme.code
    each = (stage.before, stage.here, stage.whole)
    yield Row(t("Money of the programme"), _BLANK, None, 0, RowKind.NOTE)
    for key, label, amounts in (
        ("received", t("Received"), [s.received for s in each]),
        ("spent_income", t("Used for costs"), [-s.used_as_income for s in each]),
        ("spent_capital", t("Used for goods and assets"), [-s.used_as_capital for s in each]),
        ("given_back", t("Returned to the donor"), [-s.given_back for s in each]),
        ("adjusted", t("Memorial entries"), [s.adjusted for s in each]),
    ):
        if any(amounts) or key == "received":
            yield Row(label, (*_BLANK[:5], *amounts, None), f"{code}:{key}", 1)
    left = (*_BLANK[:5], stage.before.left, None, stage.whole.left, None)
    yield Row(t("Programme money left"), left, f"{code}:left", 0, RowKind.TOTAL)


# -- On paper: the LPJ with its proofs, the list of workers and the minutes of handing over ------


def programme_on_paper(context: Context) -> tuple[Report | Section | Proofs, ...]:
    """The table, then of each programme its proofs and what is signed when it is handed over.

    With `proofs` asked for, the photos and files that the list of proofs names follow it all.
    """
    parts: list[Report | Section | Proofs] = [programme(context)]
    found = list(stages(context))
    numbers = [each.number for stage in found for each in _within(context, stage)]
    attached = attachments_of(context.connection, numbers)
    for stage in found:
        parts.append(_proofs(context, stage, attached))
        parts.append(_workers(context, stage.programme))
        parts.append(_handing_over(context, stage))
        if context.parameters.proofs:
            parts.append(_papers(context, stage))
    return tuple(parts)


def _within(context: Context, stage: Stage) -> list[ProgrammeEntry]:
    start = context.span.start
    return [each for each in stage.entries if each.date >= start]


def _proofs(context: Context, stage: Stage, attachments: Mapping[str, int]) -> Report:
    """Every document that used the programme's money, with how many proofs are attached."""
    t, describer = context.words, Describer(context.setup, context.words)
    found, known = _within(context, stage), stage.programme
    attached = {each.number: attachments.get(each.number, 0) for each in found}
    rows = [
        Row(
            describer.command(each.command),
            (
                place,
                each.date,
                each.number,
                ", ".join(each.spent) or None,
                each.change,
                attached[each.number],
            ),
            document_ref(each.number),
        )
        for place, each in enumerate(found, 1)
    ]
    total = (None, None, None, None, sum(each.change for each in found), sum(attached.values()))
    return Report(
        name="programme-proofs",
        title=t("List of Proofs"),
        columns=(
            Column("place", t("No."), ColumnType.COUNT),
            Column("date", t("Date"), ColumnType.DATE),
            Column("number", t("Voucher"), ColumnType.CODE),
            Column("line", t("Budget line"), ColumnType.TEXT),
            Column("amount", t("Received (used)"), _MONEY),
            Column("attached", t("Attachments"), ColumnType.COUNT),
        ),
        rows=(*rows, Row(t("Total"), total, "total", kind=RowKind.TOTAL)),
        period=f"{known.name}, {context.spanning}",
        unit=context.unit,
        label=t("Description"),
        label_at=3,
        layout=Layout.BOOK,
        place_date=context.period.end,
    )


def _papers(context: Context, stage: Stage) -> Proofs:
    """The attachments of the documents in the list of proofs, by their numbers in it."""
    t, describer = context.words, Describer(context.setup, context.words)
    found = _within(context, stage)
    files = files_of(context.connection, [each.number for each in found])
    proofs: list[Proof] = []
    for place, each in enumerate(found, 1):
        parts = (
            each.number,
            context.formats.day(each.date),
            describer.command(each.command),
            context.formats.rupiah(abs(each.change)),
        )
        for file in files.get(each.number, ()):
            caption = " · ".join(filter(None, parts))
            read = partial(_bytes, context, file.sequence)
            proofs.append(Proof(str(place), caption, file.name, read))
    return Proofs(t("Proofs"), f"{stage.programme.name}, {context.spanning}", tuple(proofs))


def _bytes(context: Context, sequence: int) -> bytes | None:
    with context.reading() as connection:
        return file_bytes(connection, sequence)


def _workers(context: Context, known: Programme) -> Report:
    """Daftar HOK: who worked for how many days, filled in and signed by hand."""
    t = context.words
    return Report(
        name="programme-workers",
        title=t("List of Working Days (HOK)"),
        columns=(
            Column("number", t("No."), ColumnType.CODE),
            Column("work", t("Kind of work"), ColumnType.TEXT, by_hand=34),
            Column("days", t("Days (HOK)"), ColumnType.QUANTITY, by_hand=18),
            Column("wage", t("Daily wage"), _MONEY, by_hand=22),
            Column("amount", t("Amount"), _MONEY, by_hand=24),
            Column("signature", t("Signature"), ColumnType.TEXT, by_hand=22),
        ),
        rows=tuple(
            Row(" ", (str(n), None, None, None, None, None)) for n in range(1, _TO_SIGN + 1)
        ),
        period=known.name,
        label=t("Name"),
        label_at=1,
        label_by_hand=36,
        layout=Layout.BOOK,
        place_date=context.period.end,
    )


def _handing_over(context: Context, stage: Stage) -> Report:
    """Berita acara: what was received and used, handed over to the umbrella group."""
    t, rupiah = context.words, context.formats.rupiah
    known, standing, group = stage.programme, stage.whole, context.setup.group
    giver = context.setup.party_name(known.party) if known.party else t("the donor")
    used = standing.used_as_income + standing.used_as_capital
    values = {
        "group": group.name if group is not None else "",
        "programme": known.name,
        "giver": giver,
        "received": rupiah(standing.received),
        "used": rupiah(used),
        "back": rupiah(standing.given_back),
        "left": rupiah(standing.left),
    }
    texts = (
        t("{group} has received {received} from {giver} for the programme {programme}.", **values),
        t("Of this {used} was used, {back} was given back, and {left} is left.", **values),
        t(
            "Works, goods and supporting documents were examined by the undersigned and found as "
            "listed."
        ),
        t("Notes: {blank}", blank="…" * 60),
    )
    return Report(
        name="programme-handing-over",
        title=t("Handover Minutes"),
        columns=(),
        rows=(
            Row(known.name, (), None, 0, RowKind.SECTION),
            *(Row(text, (), None, 0, RowKind.NOTE) for text in texts),
        ),
        period=context.per,
        layout=Layout.NOTES,
        place_date=context.period.end,
    )
