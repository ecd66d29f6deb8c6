"""Who owes on some accounts and since when: what receivables and payables have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kwt_books.queries.parties import Standing, standings
from kwt_books.reports.asked import month_asked
from kwt_books.reports.context import Context
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind, Value
from kwt_books.reports.totals import with_figures

NOBODY = "none"
"""Code of the line for what names no party."""
_AGES = (30, 60, 90)
"""Days: the last of each group by age; what is older has its own."""


_Figures = tuple[int, ...]
_NOTHING: _Figures = (0,) * 8


@dataclass(frozen=True, slots=True)
class Debts:
    """Which accounts, what they are called, and which side adds to them."""

    name: str
    title: str
    accounts: tuple[str, ...]
    sign: int
    added: str
    paid: str
    owed: str


def debts_report(context: Context, debts: Debts) -> Report:
    """A section an account, a line a party; each section adds up to its account.

    Ages are days from when a debt arose to the end of the period; what was paid, paid the
    oldest. Who paid too much stands below zero.
    """
    t, period = context.words, context.period
    money = ColumnType.MONEY
    age = t("Age in days")
    return with_figures(
        Report(
            name=debts.name,
            title=debts.title,
            period=context.in_month,
            unit=context.unit,
            label=t("Name"),
            columns=(
                Column("account", t("Account code"), ColumnType.CODE),
                Column("opening", t("Opening balance"), money),
                Column("added", debts.added, money),
                Column("paid", debts.paid, money),
                Column("owed", debts.owed, money),
                Column("days_0_30", "0–30", money, group=age),
                Column("days_31_60", "31–60", money, group=age),
                Column("days_61_90", "61–90", money, group=age),
                Column("days_over_90", ">90", money, group=age),
            ),
            rows=tuple(_rows(context, debts)),
            parameters=month_asked(context),
            place_date=period.end,
        )
    )


def _rows(context: Context, debts: Debts) -> Iterator[Row]:
    t, period = context.words, context.period
    sums: list[_Figures] = []
    for account in debts.accounts:
        found = standings(context.connection, account, period.start, period.end, sign=debts.sign)
        lines = [
            _line(context, each, figures)
            for each in found
            if any(figures := _figures(context, each))
        ]
        if not lines:
            continue
        name = context.account_name(account)
        yield Row(name, (account, *(None,) * 8), code=account, kind=RowKind.SECTION)
        yield from lines
        sums.append(_added([_figures(context, each) for each in found]))
        label = t("Total {account}", account=name)
        yield Row(label, (account, *sums[-1]), code=account, kind=RowKind.SUBTOTAL)
    yield Row(t("TOTAL"), (None, *_added([_NOTHING, *sums])), code="total", kind=RowKind.TOTAL)


def _line(context: Context, each: Standing, figures: _Figures) -> Row:
    name = (
        context.setup.party_name(each.party)
        if each.party is not None
        else context.words("Not by name")
    )
    cells: tuple[Value, ...] = (each.account, *figures)
    return Row(name, cells, code=each.party or NOBODY, level=1)


def _figures(context: Context, each: Standing) -> _Figures:
    """Opening, added, paid, owed, and what is owed by age."""
    ages = [0] * (len(_AGES) + 1)
    for day, amount in each.unpaid:
        old = (context.period.end - day).days
        ages[sum(old > most for most in _AGES)] += amount
    return (each.opening, each.added, each.paid, each.owed, *ages)


def _added(figures: Sequence[_Figures]) -> _Figures:
    return tuple(sum(column) for column in zip(*figures, strict=True))
