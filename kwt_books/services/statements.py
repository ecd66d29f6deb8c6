"""The monthly pack: which reports a month's statements are made of, and in what order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from kwt_books.domain.accounts import CASH_BOX, FUNDS, TEMPORARY, AccountType
from kwt_books.queries.balances import Turnover, results, turnovers
from kwt_books.reports.context import Context, identity
from kwt_books.reports.funds import allocation_and_funds
from kwt_books.reports.model import Imprint, Report, RowKind
from kwt_books.reports.notes_policies import what_compliance_lacks
from kwt_books.reports.papers import Bar, BarChart, Chapter, Cover, Pack, Part, Section, YearChart
from kwt_books.reports.position import RESTRICTED_CASH
from kwt_books.reports.registry import build_report

_STATEMENTS = ("position", "profit-loss", "equity-changes", "cash-flow", "notes")
_LISTS = ("consignment", "stock", "receivables", "payables")
_LEAST_MONTHS = 2


def monthly_pack(context: Context, imprint: Imprint) -> Pack:
    """The statements of the month that `context` is asked for, cover and contents first."""
    t = context.words
    parts: list[Part] = [
        Chapter(t("Financial statements")),
        *(build_report(name, context) for name in _STATEMENTS),
        allocation_and_funds(context),
        Chapter(t("Books and lists")),
        *_cash_books(context),
        _sales(context),
        *(build_report(name, context) for name in _LISTS),
        build_report("trial-balance", _asking(context, before_closing=True)),
    ]
    whose = identity(context.setup)
    return Pack(tuple(parts), whose, imprint, t.language, cover=_cover(context))


def _asking(context: Context, **asked: Any) -> Context:
    """The same days, and something more."""
    return context.asking(replace(context.parameters, **asked))


def _cash_books(context: Context) -> Iterator[Report]:
    """A book for every cash account that had anything on it, that of the treasurer always."""
    period, cash = context.period, context.setup.cash_accounts
    stands = turnovers(context.connection, period.start, period.end)
    for code in cash:
        here = stands.get(code, Turnover())
        if code == CASH_BOX or any((here.opening, here.debit, here.credit)):
            yield build_report("cash-book", _asking(context, account=code))


def _sales(context: Context) -> Section:
    """The month's sales, with what a look tells quicker than figures."""
    report = build_report("sales", context)
    return Section(
        report.title,
        (replace(report, title=""), *_channels(context, report), *_year(context)),
        period=report.period,
        unit=report.unit,
        provisional=report.provisional,
        place_date=report.place_date,
        parameters=report.parameters,
    )


def _channels(context: Context, report: Report) -> tuple[BarChart, ...]:
    """A bar for each channel, from its line in the report; no chart of nothing."""
    revenue, share = (
        [column.key for column in report.columns].index(key) for key in ("revenue", "share")
    )
    bars, within = [], False
    for row in report.rows:
        if row.kind is RowKind.SECTION:
            within = row.code == "by-channel"
        amount, part = (row.cells[at] if at < len(row.cells) else None for at in (revenue, share))
        if within and row.kind is RowKind.LINE and isinstance(amount, int):
            bars.append(Bar(row.label, amount, part if isinstance(part, int) else 0))
    return (BarChart(context.words("Sales by channel"), tuple(bars)),) if bars else ()


def _year(context: Context) -> tuple[YearChart, ...]:
    """Twelve months' turnover and profit, as the progress report has them; none of one alone."""
    rows = [row for row in build_report("progress", context).rows if row.kind is RowKind.LINE]
    if len(rows) < _LEAST_MONTHS:
        return ()
    months = [context.formats.month_name(int((row.code or "")[5:]))[:3] for row in rows]
    amounts = [[cell if isinstance(cell, int) else 0 for cell in row.cells] for row in rows]
    chart = YearChart(
        context.words("Turnover and profit month by month"),
        tuple(months),
        tuple(each[0] for each in amounts),
        tuple(each[1] for each in amounts),
    )
    return (chart,)


def _cover(context: Context) -> Cover:
    """It claims the standard only where the notes do, and says when the month is still open."""
    t, period = context.words, context.period
    basis = t(
        "Prepared under the Financial Accounting Standard for Micro, Small and Medium"
        " Entities (SAK EMKM)"
    )
    if context.provisional:
        basis = t("PROVISIONAL, month not closed yet")
    elif any(what_compliance_lacks(context)):
        basis = ""
    return Cover(
        t("Monthly Financial Report"),
        context.formats.month(period.last),
        basis,
        _figures(context),
        period.end,
    )


def _figures(context: Context) -> tuple[tuple[str, int], ...]:
    """Profit, money, assets and funds: what a member asks for first."""
    t, accounts, period = context.words, context.setup.accounts, context.period
    standing = turnovers(context.connection, date.min, period.end)
    profit = -sum(
        amount
        for account, amount in results(context.connection, period.start, period.end).items()
        if accounts[account].type in TEMPORARY
    )
    group = context.setup.group
    funds = {*FUNDS, *(group.shares if group else ())}
    own_cash = set(context.setup.cash_accounts) - {RESTRICTED_CASH}
    assets = {code for code, each in accounts.items() if each.type is AccountType.ASSET}
    return (
        (t("Profit of the month") if profit >= 0 else t("Loss of the month"), abs(profit)),
        (t("Group cash and bank"), _sum(standing, own_cash)),
        (t("Total assets"), _sum(standing, assets)),
        (t("Funds of the group"), -_sum(standing, funds)),
    )


def _sum(standing: dict[str, Turnover], accounts: set[str]) -> int:
    return sum(each.closing for code, each in standing.items() if code in accounts)
