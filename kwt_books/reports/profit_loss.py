"""Laporan laba rugi: what a period brought and cost, beside the period before.

Closing postings are left out. Income and other income are positive, costs, expenses, other
expenses and tax are positive too and marked as deducted, so that paper shows them in
parentheses; discounts (4109) stand among the income as a negative amount. Gross profit,
operating profit, the net of other items and profit carry their own sign: a loss is negative.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from kwt_books.domain.accounts import TEMPORARY, AccountType, Side
from kwt_books.domain.values import Month, last_day, month_range, shift
from kwt_books.queries.balances import by_month, nets
from kwt_books.reports.compared import Beside, Compared, summed
from kwt_books.reports.context import Context, month_asked
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind, Value, account_ref
from kwt_books.reports.position import NOTE_OF_RESULT, Note, sign_of

_SECTION, _SUBTOTAL, _TOTAL = RowKind.SECTION, RowKind.SUBTOTAL, RowKind.TOTAL
INCOME_TAX = "8101"


def profit_loss(context: Context) -> Report:
    """The statement of profit or loss."""
    t, period = context.words, context.period
    earned = Earned(context)
    return Report(
        name="profit-loss",
        title=t("Statement of Profit or Loss"),
        columns=earned.beside.columns(context),
        rows=(*_trading(earned), *_expenses(earned), *_others(earned), *_profit(earned)),
        parameters=month_asked(context),
        period=context.spanning,
        unit=context.unit,
        closing=(
            t("The notes are an integral part of this statement."),
            *earned.beside.said(context),
        ),
        place_date=period.end,
        figures={
            "revenue": earned.revenue.amount,
            "gross_profit": earned.gross_profit.amount,
            "operating_profit": earned.operating_profit.amount,
            "profit_before_tax": earned.before_tax.amount,
            "profit": earned.profit.amount,
        },
    )


def beside(context: Context, *, noted: bool = True) -> Beside:
    """The columns of what happened in the period, in the one before, and so far in the year."""
    period, year = context.period, context.year_so_far
    return Beside(
        context.column_of(period),
        context.column_of(period.before()),
        context.words("Up to {month}", month=context.column_of(period)) if year else "",
        available=period.before().end >= context.begins,
        since=context.formats.day(year.start) if year and year.start.month > 1 else "",
        noted=noted,
    )


class Earned:
    """What each account of profit and loss brought or cost, in this period and the one before."""

    def __init__(self, context: Context) -> None:
        self.context = context
        period, before, year = context.period, context.period.before(), context.year_so_far
        self.beside = beside(context)
        spans = [period, before] + ([year] if year is not None else [])
        moved = nets(context.connection, [(each.start, each.end) for each in spans], ordinary=True)
        self._by_type: defaultdict[AccountType, dict[str, Compared]] = defaultdict(dict)
        for code in sorted(moved):
            account, found = context.setup.accounts[code], Compared(*moved[code])
            if any(found):
                self._by_type[account.type][code] = found.times(sign_of(account))

    def cells(self, found: Compared, note: Note | None = None) -> tuple[Value, ...]:
        """A row's values for the statement's columns."""
        return self.beside.cells(found, note)

    def of(self, kind: AccountType) -> dict[str, Compared]:
        """Each account of a type with its amounts, signed as in the statement."""
        return self._by_type[kind]

    def sum(self, kind: AccountType) -> Compared:
        """The sum of all accounts of a type; rupiah."""
        return summed(self._by_type[kind].values())

    def is_cost(self, code: str) -> bool:
        """Whether the account lowers the profit."""
        account = self.context.setup.accounts[code]
        if account.type is AccountType.OTHER:
            return account.normal is Side.DEBIT
        return account.type is not AccountType.INCOME

    @cached_property
    def revenue(self) -> Compared:
        """All income; rupiah."""
        return self.sum(AccountType.INCOME)

    @cached_property
    def gross_profit(self) -> Compared:
        """Revenue less the cost of sales; rupiah."""
        return self.revenue.minus(self.sum(AccountType.COST))

    @cached_property
    def operating_profit(self) -> Compared:
        """Gross profit less expenses; rupiah."""
        return self.gross_profit.minus(self.sum(AccountType.EXPENSE))

    @cached_property
    def other(self) -> Compared:
        """Other income less other expenses."""
        return summed(
            pair.times(-1 if self.is_cost(code) else 1)
            for code, pair in self.of(AccountType.OTHER).items()
        )

    @cached_property
    def before_tax(self) -> Compared:
        """Operating profit with other income and expense; rupiah."""
        return self.operating_profit.plus(self.other)

    @cached_property
    def profit(self) -> Compared:
        """Profit after tax; rupiah."""
        return self.before_tax.minus(self.sum(AccountType.TAX))


def _trading(earned: Earned) -> list[Row]:
    t = earned.context.words
    costs = earned.cells(earned.sum(AccountType.COST), Note.SPOILAGE)
    revenue = earned.cells(earned.revenue, Note.REVENUE)
    return [
        Row(t("Revenue (profit and loss)"), earned.beside.blank, "revenue_section", 0, _SECTION),
        *_lines(earned, AccountType.INCOME),
        Row(t("Total revenue"), revenue, "revenue", 1, _SUBTOTAL),
        Row(t("Cost of sales"), earned.beside.blank, "cost_of_sales_section", 0, _SECTION),
        *_lines(earned, AccountType.COST),
        Row(t("Total cost of sales"), costs, "cost_of_sales", 1, _SUBTOTAL, True),
        Row(t("GROSS PROFIT"), earned.cells(earned.gross_profit), "gross_profit", 0, _SUBTOTAL),
    ]


def _expenses(earned: Earned) -> list[Row]:
    t = earned.context.words
    spent, left = (
        earned.cells(earned.sum(AccountType.EXPENSE)),
        earned.cells(earned.operating_profit),
    )
    return [
        Row(t("Operating expenses"), earned.beside.blank, "expenses_section", 0, _SECTION),
        *_lines(earned, AccountType.EXPENSE),
        Row(t("Total operating expenses"), spent, "expenses", 1, _SUBTOTAL, True),
        Row(t("OPERATING PROFIT"), left, "operating_profit", 0, _SUBTOTAL),
    ]


def _others(earned: Earned) -> list[Row]:
    t = earned.context.words
    return [
        Row(t("Other income and expenses"), earned.beside.blank, "other_section", 0, _SECTION),
        *_lines(earned, AccountType.OTHER),
        Row(t("Total other items, net"), earned.cells(earned.other), "other", 1, _SUBTOTAL),
    ]


def _profit(earned: Earned) -> list[Row]:
    """Income tax on its own line, nil or not; other taxes by account."""
    t = earned.context.words
    taxes = {INCOME_TAX: Compared(), **earned.of(AccountType.TAX)}
    before, after = earned.cells(earned.before_tax), earned.cells(earned.profit)
    return [
        Row(t("PROFIT (LOSS) BEFORE INCOME TAX"), before, "profit_before_tax", 0, _SUBTOTAL),
        *(
            Row(
                t("Income tax expense")
                if code == INCOME_TAX
                else earned.context.account_name(code),
                earned.cells(pair, Note.TAX),
                account_ref(code),
                deducted=True,
            )
            for code, pair in taxes.items()
        ),
        Row(t("PROFIT (LOSS) AFTER INCOME TAX"), after, "profit", 0, _TOTAL),
    ]


def _lines(earned: Earned, kind: AccountType) -> list[Row]:
    return [
        Row(
            earned.context.account_name(code),
            earned.cells(pair, NOTE_OF_RESULT.get(code)),
            account_ref(code),
            1,
            deducted=earned.is_cost(code),
        )
        for code, pair in earned.of(kind).items()
    ]


# -- Perkembangan: turnover, profit and assets month by month, up to twelve of them --------------
#
# From the kept table alone. Turnover is the revenue of the profit and loss, profit that after tax,
# assets what stands at the month's end; a month without documents stands there too.


MONTHS = 12


def progress(context: Context) -> Report:
    """The report of turnover, profit and assets month by month, up to twelve of them."""
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
