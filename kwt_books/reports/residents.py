"""What the group reports to the residents (KPP): their money, the facilities, who is behind."""

from __future__ import annotations

from collections.abc import Iterator

from kwt_books.domain.accounts import DUES
from kwt_books.domain.values import month_of
from kwt_books.queries.balances import Turnover, turnovers
from kwt_books.queries.residents import Facility, Moved, facilities, houses, residents_money
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
    account_ref,
    document_ref,
    party_ref,
)
from kwt_books.reports.position import RESTRICTED_CASH
from kwt_books.reports.registers import CONDITIONS

_MONEY = ColumnType.MONEY
_COLUMNS = ("date", "document", "condition", "came", "went", "owed")


def residents(context: Context) -> Report:
    """Money kept for the residents (2104), what was spent of it, facilities, arrears of the year.

    `came` and `went` add up to what is kept; what was spent counts for a facility where the
    document's memo names it. `owed` is what a house paid for a month last, times the months of the
    year up to the period's end that nothing was paid for.
    """
    t = context.words
    period = context.period
    moved = residents_money(context.connection, context.span.start, period.end)
    return Report(
        name="residents",
        title=t("Report to the Residents (KPP)"),
        columns=(
            Column("date", t("Date"), ColumnType.DATE),
            Column("document", t("Voucher"), ColumnType.CODE),
            Column("condition", t("Condition"), ColumnType.TEXT),
            Column("came", t("Came in"), _MONEY),
            Column("went", t("Spent"), _MONEY),
            Column("owed", t("Still to be paid"), _MONEY),
        ),
        rows=(*_money(context, moved), *_facilities(context, moved), *_arrears(context)),
        parameters=month_asked(context),
        period=context.spanning,
        unit=context.unit,
        label=t("Description"),
        label_at=2,
        layout=Layout.BOOK,
        place_date=period.end,
    )


def _cells(**values: Value) -> tuple[Value, ...]:
    return tuple(values.get(key) for key in _COLUMNS)


def _money(context: Context, moved: list[Moved]) -> Iterator[Row]:
    t, day = context.words, context.formats.day
    start, end = context.span.start, context.period.end
    stands = turnovers(context.connection, start, end)
    kept, cash = (stands.get(code, Turnover()) for code in (DUES, RESTRICTED_CASH))
    came = [each for each in moved if each.amount > 0]
    went = [each for each in moved if each.amount < 0]
    dues = sum(each.amount for each in came if each.kind == "dues")
    yield Row(t("Money of the residents"), (), account_ref(DUES), 0, RowKind.SECTION)
    yield Row(t("Kept before"), _cells(came=-kept.opening), "before", 1)
    yield Row(t("Dues paid"), _cells(came=dues), "dues", 1)
    describe = Describer(context.setup, t).describe
    for each in moved:
        if each.kind != "dues" or each.amount < 0:
            amounts = {"came": each.amount} if each.amount > 0 else {"went": -each.amount}
            yield Row(
                describe(each.kind, each.payload),
                _cells(date=each.day, document=document_ref(each.number), **amounts),
                document_ref(each.number),
                1,
            )
    rest = -kept.closing + kept.opening - sum(each.amount for each in (*came, *went))
    if rest:
        yield Row(t("Undone, and dated otherwise"), _cells(came=rest), "undone", 1)
    yield Row(
        t("Kept on {day}", day=day(end)), _cells(came=-kept.closing), "kept", 0, RowKind.TOTAL
    )
    lies = t(
        "Of this the ring-fenced cash holds {cash}.", cash=context.formats.rupiah(cash.closing)
    )
    yield Row(lies, (), None, 0, RowKind.NOTE)


def _facilities(context: Context, moved: list[Moved]) -> Iterator[Row]:
    t = context.words
    found = facilities(context.connection, context.span.start, context.period.end)
    yield Row(t("Facilities"), (), None, 0, RowKind.SECTION)
    if not found:
        yield Row(t("The book of upkeep is still empty."), (), None, 0, RowKind.NOTE)
    for each in found:
        spent = -sum(m.amount for m in moved if m.amount < 0 and each.is_named_in(m.payload))
        yield from _facility(context, each, spent)


def _facility(context: Context, facility: Facility, spent: int) -> Iterator[Row]:
    t = context.words
    if facility.before is not None:
        was = t(CONDITIONS[facility.before.entry["condition"]])
        yield Row(
            t("{facility}, before", facility=facility.name),
            _cells(date=facility.before.day, condition=was),
            None,
            1,
        )
    for line in facility.lines:
        action = line.entry.get("action")
        label = f"{facility.name}: {action}" if action else facility.name
        condition = t(CONDITIONS[line.entry["condition"]])
        yield Row(label, _cells(date=line.day, condition=condition), None, 1)
    if spent:
        yield Row(
            t("Spent on {facility}", facility=facility.name),
            _cells(went=spent),
            f"spent:{facility.name}",
            1,
            RowKind.SUBTOTAL,
        )


def _arrears(context: Context) -> Iterator[Row]:
    t, last = context.words, month_of(context.period.end)
    found = [each for each in houses(context, last, context.period.end) if each.owing]
    yield Row(t("Houses in arrears"), (), None, 0, RowKind.SECTION)
    if not found:
        text = t("All houses have paid up to {month}.", month=context.formats.month(last))
        yield Row(text, (), None, 0, RowKind.NOTE)
        return
    for each in found:
        months = ", ".join(context.formats.month_alone(month) for month in each.owing)
        text = t("{house}: {months}", house=each.party.name, months=months)
        yield Row(text, _cells(owed=each.owed or None), party_ref(each.party.code), 1)
    owed = sum(each.owed for each in found)
    yield Row(t("Still to be paid"), _cells(owed=owed), "owed", 0, RowKind.TOTAL)
