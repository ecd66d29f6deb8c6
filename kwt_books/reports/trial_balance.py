"""Neraca saldo: every account's opening, turnover and balance."""

from __future__ import annotations

from kwt_books.queries.balances import Turnover, turnovers
from kwt_books.reports.asked import month_asked
from kwt_books.reports.context import Context
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind


def trial_balance(context: Context) -> Report:
    """Columns are signed, debit positive; closing postings in, unless asked otherwise."""
    t, period = context.words, context.period
    before_closing = context.parameters.before_closing
    found = turnovers(context.connection, period.start, period.end, before_closing=before_closing)
    money = ColumnType.MONEY
    return Report(
        name="trial-balance",
        title=t("Trial Balance"),
        parameters={**month_asked(context), "as_of": period.end.isoformat()},
        period=t("{period}, before closing", period=context.per) if before_closing else context.per,
        unit=context.unit,
        label=t("Account name"),
        columns=(
            Column("opening", t("Opening"), money),
            Column("debit", t("Debit"), money, summed=True),
            Column("credit", t("Credit"), money, summed=True),
            Column("balance", t("Balance"), money),
        ),
        rows=(*_lines(context, found), _total(t("Total"), found)),
        layout=Layout.TRIAL_BALANCE,
        place_date=period.end,
    )


def _lines(context: Context, found: dict[str, Turnover]) -> list[Row]:
    return [
        Row(context.account_name(code), _cells(each), code)
        for code, each in found.items()
        if any(_cells(each))
    ]


def _cells(each: Turnover) -> tuple[int, int, int, int]:
    return (each.opening, each.debit, each.credit, each.closing)


def _total(label: str, found: dict[str, Turnover]) -> Row:
    sums = [sum(column) for column in zip(*map(_cells, found.values()), strict=True)]
    return Row(label, tuple(sums) or (0, 0, 0, 0), "total", kind=RowKind.TOTAL)
