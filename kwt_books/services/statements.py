"""The monthly pack: which reports a month's statements are made of, and in what order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kwt_books.domain.accounts import FUNDS, TEMPORARY, AccountType
from kwt_books.domain.values import Month
from kwt_books.queries.balances import Turnover, results, turnovers
from kwt_books.reports.context import Context, Parameters
from kwt_books.reports.funds import allocation_and_funds
from kwt_books.reports.model import Report, RowKind
from kwt_books.reports.notes_policies import what_compliance_lacks
from kwt_books.reports.papers import Bar, BarChart, Chapter, Cover, Pack, Part, Section, YearChart
from kwt_books.reports.registry import build_report

_STATEMENTS = ("position", "profit-loss", "equity-changes", "cash-flow", "notes")
_LISTS = ("consignment", "stock", "trial-balance")
_LEAST_MONTHS = 2


def monthly_pack(context: Context, month: Month) -> Pack:
    """A month's statements and books, to be written out together: cover and contents first."""
    context = context.asking(Parameters(month=month))
    t = context.words
    parts: list[Part] = [
        Chapter(t("Financial statements")),
        *(build_report(name, context) for name in _STATEMENTS),
        allocation_and_funds(context),
        Chapter(t("Books and lists")),
        build_report("cash-book", context),
        _sales(context),
        *(build_report(name, context) for name in _LISTS),
    ]
    return context.pack(*parts, cover=_cover(context))


def _sales(context: Context) -> Section:
    """The month's sales, with charts."""
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
    """A chart with a bar for each channel of the report; none where it has no channels."""
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
    """A chart of twelve months' turnover and profit; none where there is but one month."""
    rows = [row for row in build_report("progress", context).rows if row.kind is RowKind.LINE]
    if len(rows) < _LEAST_MONTHS:
        return ()
    months = [context.formats.month_alone(row.code or "")[:3] for row in rows]
    amounts = [[cell if isinstance(cell, int) else 0 for cell in row.cells] for row in rows]
    chart = YearChart(
        context.words("Turnover and profit month by month"),
        tuple(months),
        tuple(each[0] for each in amounts),
        tuple(each[1] for each in amounts),
    )
    return (chart,)


def _cover(context: Context) -> Cover:
    """The cover. It names the standard only where the notes claim to comply with it."""
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
    assets = {code for code, each in accounts.items() if each.type is AccountType.ASSET}
    return (
        (t("Profit of the month") if profit >= 0 else t("Loss of the month"), abs(profit)),
        (t("Cash and bank"), _sum(standing, set(context.setup.cash_accounts))),
        (t("Total assets"), _sum(standing, assets)),
        (t("Funds of the group"), -_sum(standing, funds)),
    )


def _sum(standing: dict[str, Turnover], accounts: set[str]) -> int:
    return sum(each.closing for code, each in standing.items() if code in accounts)
