"""Anggaran: the group's own plan of a year beside what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kwt_books.domain.accounts import TEMPORARY, Account, AccountType, Side
from kwt_books.domain.values import half_up
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.balances import results
from kwt_books.reports.context import Context, month_asked
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind, Value, account_ref
from kwt_books.reports.position import sign_of

_SECTIONS = (
    ("income", noop("Income")),
    ("costs", noop("Costs and expenses")),
    ("balances", noop("Capital, assets and debts")),
)
_Figures = tuple[int, int, int]
"""The plan, what the month brought, what the year has brought so far."""


def budget(context: Context) -> Report:
    """A line an account of the plan or of anything earned or spent, in three sections.

    `left` is the plan less what the year has brought; `percent` what of the plan that is, in
    tenths. Amounts are positive by the account's normal side.
    """
    t, period = context.words, context.period
    year, money = period.end.year, ColumnType.MONEY
    plan = context.setup.budgets.get(str(year))
    rows = tuple(_rows(context, {x.account: x.amount for x in plan.lines} if plan else {}))
    closing: tuple[str, ...] = (t("No budget of {year} is set up.", year=year),)
    if plan is not None:
        closing = (t("Decision: {decision}.", decision=plan.decision),) if plan.decision else ()
    return Report(
        name="budget",
        title=t("Budget and Realisation"),
        columns=(
            Column("budget", t("Budget {year}", year=year), money),
            Column("month", context.column_of(context.span), money),
            Column("year", t("Up to {month}", month=context.formats.month(period.last)), money),
            Column("left", t("Left"), money),
            Column("percent", "%", ColumnType.PERCENT),
        ),
        rows=rows,
        parameters=month_asked(context),
        period=t("Up to {month}", month=context.formats.month(period.last)),
        unit=context.unit,
        label=t("Description"),
        closing=closing,
        place_date=period.end,
    )


def _rows(context: Context, plan: Mapping[str, int]) -> Iterator[Row]:
    t, accounts = context.words, context.setup.accounts
    end = context.period.end
    year = results(context.connection, date(end.year, 1, 1), end)
    month = results(context.connection, context.span.start, end)
    sums: dict[str, _Figures] = {}
    for code, title in _SECTIONS:
        lines: dict[str, _Figures] = {}
        for account in sorted({*plan, *year}):
            known = accounts[account]
            if _section_of(known) != code or (code == "balances" and account not in plan):
                continue
            sign = sign_of(known)
            figures = (
                plan.get(account, 0), sign * month.get(account, 0), sign * year.get(account, 0),
            )  # fmt: skip
            if any(figures):
                lines[account] = figures
        if not lines:
            continue
        yield Row(t(title), (None,) * 5, f"{code}_section", 0, RowKind.SECTION)
        for account, figures in lines.items():
            yield Row(context.account_name(account), _cells(figures), account_ref(account), 1)
        sums[code] = _added(lines)
        label = t("Total {account}", account=t(title).lower())
        yield Row(label, _cells(sums[code]), code, 1, RowKind.SUBTOTAL)
    if "income" in sums or "costs" in sums:
        income, costs = (sums.get(code, (0, 0, 0)) for code in ("income", "costs"))
        left = tuple(a - b for a, b in zip(income, costs, strict=True))
        cells = (*left, left[0] - left[2], None)
        yield Row(t("SURPLUS (DEFICIT)"), cells, "surplus", 0, RowKind.TOTAL)


def _section_of(account: Account) -> str:
    if account.type is AccountType.INCOME:
        return "income"
    if account.type is AccountType.OTHER:
        return "income" if account.normal is Side.CREDIT else "costs"
    return "costs" if account.type in TEMPORARY else "balances"


def _added(lines: Mapping[str, _Figures]) -> _Figures:
    plan, month, year = (sum(column) for column in zip(*lines.values(), strict=True))
    return plan, month, year


def _cells(figures: _Figures) -> tuple[Value, ...]:
    plan, _, year = figures
    percent = half_up(1000 * year, plan) if plan > 0 and year >= 0 else None
    return (*figures, plan - year, percent)
