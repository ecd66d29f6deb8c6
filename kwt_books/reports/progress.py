"""Perkembangan: turnover, profit and assets month by month, up to twelve of them.

From the kept table alone. Turnover is the revenue of the profit and loss, profit that after tax,
assets what stands at the month's end; a month without documents stands there too.
"""

from __future__ import annotations

from collections.abc import Mapping

from kwt_books.domain.accounts import TEMPORARY, AccountType
from kwt_books.domain.month import Month, last_day, month_range, shift
from kwt_books.queries.balances import by_month
from kwt_books.reports.context import Context
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind

MONTHS = 12


def progress(context: Context) -> Report:
    t, last = context.words, context.period.last
    first = max(min(context.recorded_months[0], last), shift(last, 1 - MONTHS))
    rows, money = _rows(context, first, last), ColumnType.MONEY
    turnover, profit = (sum(row[at] for row in rows.values()) for at in (0, 1))
    name = context.formats.month
    period = name(last) if first == last else f"{name(first)} – {name(last)}"
    return Report(
        name="progress",
        title=t("Progress of the Group"),
        columns=(
            Column("turnover", t("Turnover"), money),
            Column("profit", t("Profit"), money),
            Column("assets", t("Assets"), money),
        ),
        rows=(
            *(Row(name(month), row, month) for month, row in rows.items()),
            Row(t("Total"), (turnover, profit, None), "total", kind=RowKind.TOTAL),
        ),
        parameters={"month": last},
        period=period,
        unit=context.unit,
        label=t("Month"),
        place_date=last_day(last),
        figures={"turnover": turnover, "profit": profit},
    )


def _rows(context: Context, first: Month, last: Month) -> dict[Month, tuple[int, int, int]]:
    kinds = {code: account.type for code, account in context.setup.accounts.items()}
    temporary = [code for code, kind in kinds.items() if kind in TEMPORARY]
    assets = [code for code, kind in kinds.items() if kind is AccountType.ASSET]
    earned = by_month(context.connection, temporary, last, ordinary=True)
    income = {code: each for code, each in earned.items() if kinds[code] is AccountType.INCOME}
    had = by_month(context.connection, assets, last)
    stands = sum(
        amount for months in had.values() for month, amount in months.items() if month < first
    )
    found = {}
    for month in month_range(first, last):
        stands += _of(had, month)
        found[month] = (-_of(income, month), -_of(earned, month), stands)
    return found


def _of(sums: Mapping[str, Mapping[Month, int]], month: Month) -> int:
    return sum(months.get(month, 0) for months in sums.values())
