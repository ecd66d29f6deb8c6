"""Laporan perubahan ekuitas: what each account of equity had, and what changed it.

All amounts are credit positive; the columns of every row add up to its closing balance. The
profit that no close has brought to equity yet stands in a row of its own, so that the column of
profit comes to that of the profit and loss.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields

from kwt_books.domain.accounts import SURPLUS, TEMPORARY, AccountType
from kwt_books.queries.balances import Turnover, results, turnovers
from kwt_books.queries.funds import closed_to, releases
from kwt_books.queries.movements import moved_by_kind
from kwt_books.reports.asked import month_asked
from kwt_books.reports.chart_of_statements import Part
from kwt_books.reports.context import Context
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind
from kwt_books.reports.standing import result_label

_PAID_IN = ("savings", "grant", "receipt", "payment")
"""Kinds that bring members' or donors' money, or give it back."""


@dataclass(slots=True)
class Change:
    opening: int = 0
    profit: int = 0
    allocation: int = 0
    release: int = 0
    paid_in: int = 0
    other: int = 0
    closing: int = 0

    @property
    def cells(self) -> tuple[int, ...]:
        return tuple(getattr(self, each.name) for each in fields(self))

    def settle(self) -> None:
        """What no column explains is other."""
        explained = self.opening + self.profit + self.allocation + self.release + self.paid_in
        self.other = self.closing - explained


def equity_changes(context: Context) -> Report:
    changes = _changes(context)
    labels = {code: context.account_name(code) for code in changes}
    result = changes.get(Part.RESULT.value)
    if result is not None:
        labels[Part.RESULT.value] = result_label(context, carried=result.opening != 0)
    rows = [Row(labels[code], each.cells, code, 1) for code, each in changes.items()]
    sums = tuple(map(sum, zip(Change().cells, *(row.cells for row in rows), strict=True)))
    t = context.words
    return Report(
        name="equity-changes",
        title=t("Statement of Changes in Equity"),
        columns=_columns(context),
        rows=(*rows, Row(t("TOTAL EQUITY"), sums, "equity", kind=RowKind.TOTAL)),
        parameters=month_asked(context),
        period=context.spanning,
        unit=context.unit,
        closing=(t("The notes are an integral part of this statement."),),
        place_date=context.period.end,
        figures={"opening_equity": sums[0], "profit": sums[1], "equity": sums[-1]},
    )


def _columns(context: Context) -> tuple[Column, ...]:
    t, money = context.words, ColumnType.MONEY
    return (
        Column("opening", t("Opening balance"), money),
        Column("profit", t("Profit (loss)"), money),
        Column("allocation", t("Allocation"), money),
        Column("release", t("Funds released"), money),
        Column("paid_in", t("Paid in, net"), money),
        Column("other", t("Other"), money),
        Column("closing", t("Closing balance"), money),
    )


def _changes(context: Context) -> dict[str, Change]:
    period, connection = context.period, context.connection
    stands = turnovers(connection, period.start, period.end)
    equity = [
        code
        for code, account in sorted(context.setup.accounts.items())
        if account.type is AccountType.EQUITY
    ]
    changes: defaultdict[str, Change] = defaultdict(Change)
    for code in equity:
        if code in stands:
            changes[code] = Change(opening=-stands[code].opening, closing=-stands[code].closing)
    _take_closes(context, changes, frozenset(equity))
    _take_releases(context, changes)
    for moved in moved_by_kind(connection, equity, period.start, period.end):
        if moved.kind in _PAID_IN:
            changes[moved.account].paid_in -= moved.amount
    changes[Part.RESULT.value] = _result(context, stands, changes[SURPLUS].profit)
    for each in changes.values():
        each.settle()
    return {code: each for code, each in changes.items() if any(each.cells)}


def _take_closes(
    context: Context, changes: defaultdict[str, Change], equity: frozenset[str]
) -> None:
    """Profit that closes brought to 3301, and what they shared of it."""
    period = context.period
    closed = closed_to(context.connection, period.start, period.end)
    for code, amount in closed.items():
        if code in equity:
            changes[code].allocation += amount
    profit = -sum(amount for code, amount in closed.items() if _temporary(context, code))
    changes[SURPLUS].profit = profit
    changes[SURPLUS].allocation -= profit


def _take_releases(context: Context, changes: defaultdict[str, Change]) -> None:
    """From a fund of equity to 3301; a payment that releases a fund pays nothing out of it."""
    period = context.period
    for each in releases(context.connection, period.start, period.end):
        for code, amount in ((each.fund, -each.amount), (SURPLUS, each.amount)):
            if context.setup.accounts[code].type is AccountType.EQUITY:
                changes[code].release += amount
                changes[code].paid_in -= amount if each.source == "payment" else 0


def _result(context: Context, stands: dict[str, Turnover], closed: int) -> Change:
    """The temporary accounts: what they earned, less what closes took from them."""
    period = context.period
    earned = results(context.connection, period.start, period.end)
    mine = [each for code, each in stands.items() if _temporary(context, code)]
    return Change(
        opening=-sum(each.opening for each in mine),
        profit=-sum(amount for code, amount in earned.items() if _temporary(context, code))
        - closed,
        closing=-sum(each.closing for each in mine),
    )


def _temporary(context: Context, code: str) -> bool:
    return context.setup.accounts[code].type in TEMPORARY
