"""Packs of statements: for a meeting, complete for a month, and of a year for the yearly meeting.

The cover is signed for all that is behind it; the other pages bear initials.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from kwt_books.domain.accounts import CASH_BOX, FUNDS, TEMPORARY, AccountType
from kwt_books.domain.errors import RuleError
from kwt_books.domain.kind import Paper
from kwt_books.domain.kinds import RECEIPT, RECEIPTS, VOUCHER
from kwt_books.domain.values import Month
from kwt_books.queries.balances import Turnover, results, turnovers
from kwt_books.queries.registers import entered
from kwt_books.reports.context import Context, Parameters
from kwt_books.reports.funds import (
    FundBook,
    allocation_and_funds,
    allocation_table,
    movements_and_releases,
    movements_table,
    sharing_of,
)
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind
from kwt_books.reports.notes_policies import what_compliance_lacks
from kwt_books.reports.packs import Bar, BarChart, Chapter, Cover, Pack, Part, Section, YearChart
from kwt_books.reports.position import RESTRICTED_CASH
from kwt_books.reports.registry import build_report
from kwt_books.reports.yearly import agenda, next_year, supervisors
from kwt_books.services.slips import made_from, papers_from, sources_of

_STATEMENTS = ("position", "profit-loss", "equity-changes", "cash-flow", "notes")
_LISTS = ("consignment", "stock")
_DEBTS = ("receivables", "payables")
_FEW = 16
"""Rows up to which a book or list shares its page with others."""
_LEAST_MONTHS = 2


class PackKind(StrEnum):
    """The packs of a month's statements and papers."""

    MEETING = "meeting"
    """Four pages for a meeting of the members."""
    FULL = "full"
    """All statements, books and lists, for the umbrella group or an auditor."""
    VOUCHERS = "vouchers"
    """The voucher of every document, two to a page."""
    RECEIPTS = "receipts"
    """Every kuitansi, three to a page."""


# -- A month -------------------------------------------------------------------------------------


def monthly_pack(context: Context, month: Month, kind: PackKind = PackKind.FULL) -> Pack:
    """A month's statements, to be written out together: cover and contents first.

    Raises `RuleError` (`no-papers`) for vouchers or receipts of a month that has none.
    """
    context = context.asking(Parameters(month=month))
    if kind is PackKind.VOUCHERS:
        return replace(context.pack(*_slips(context, VOUCHER)), two_up=True)
    if kind is PackKind.RECEIPTS:
        return context.pack(*_slips(context, RECEIPT, RECEIPTS))
    parts = _meeting(context) if kind is PackKind.MEETING else _full(context)
    return _pack(context, parts, _cover(context, context.words("Monthly Financial Report")))


def _pack(context: Context, parts: Iterable[Part], cover: Cover) -> Pack:
    return context.pack(*map(_initialled, parts), cover=cover)


def _slips(context: Context, *papers: Paper) -> list[Part]:
    """These papers of the month's documents, in the order of a book."""
    period, found = context.period, list[Part]()
    for source in sources_of(context, period.start, period.end):
        there = papers_from(source)
        found += [made_from(source, paper) for paper in papers if paper in there]
    if not found:
        raise RuleError("no-papers", month=period.last)
    return found


def _initialled(part: Part) -> Part:
    if isinstance(part, Report | Section) and part.place_date is not None:
        return replace(part, place_date=None, initialled=True)
    return part


def _meeting(context: Context) -> Iterator[Part]:
    yield build_report("position", context)
    yield build_report("profit-loss", context)
    yield _cash_funds_decisions(context)


def _full(context: Context) -> Iterator[Part]:
    t = context.words
    yield Chapter(t("Financial statements"))
    yield from (build_report(name, context) for name in _STATEMENTS)
    yield allocation_and_funds(context)
    yield Chapter(t("Books and lists"))
    yield from _together(context, t("Other Cash Books"), list(_cash_books(context)))
    yield _sales(context)
    yield from _filled(context, _LISTS)
    debts = list(_filled(context, _DEBTS))
    yield from _together(context, t("Receivables and Payables"), debts)
    if context.setup.programmes:
        yield build_report("programme", context)
    yield build_report("trial-balance", _asking(context, before_closing=True))


def _filled(context: Context, names: Iterable[str]) -> Iterator[Report]:
    """Those of these lists that have a line."""
    lists = (build_report(name, context) for name in names)
    yield from (each for each in lists if any(row.kind is RowKind.LINE for row in each.rows))


def _together(context: Context, title: str, reports: list[Report]) -> Iterator[Report | Section]:
    """Long ones on pages of their own, then the short ones on one, each with its own heading."""
    short = [each for each in reports if len(each.rows) <= _FEW]
    if len(short) < 2:
        yield from reports
        return
    yield from (each for each in reports if each not in short)
    yield Section(
        title,
        tuple(_part(context, each) for each in short),
        period=short[0].period,
        unit=context.unit,
        provisional=context.provisional,
        place_date=context.period.end,
        parameters={"month": context.period.last},
    )


def _part(context: Context, report: Report) -> Report:
    """A report among others: its closing sentences are its last lines."""
    account = report.parameters.get("account")
    title = f"{report.title}, {context.account_name(account)}" if account else report.title
    closing = (Row(text, (), None, 0, RowKind.NOTE) for text in report.closing)
    return replace(report, title=title, rows=(*report.rows, *closing), closing=(), place_date=None)


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


def _cash_funds_decisions(context: Context) -> Section:
    """The last page of a meeting's pack: what lies where, the funds, and what was decided."""
    t, found = context.words, sharing_of(context)
    parts = (
        _cash_table(context),
        movements_table(FundBook(context)),
        replace(allocation_table(context, found), title=t("Profit Allocation")),
    )
    return Section(
        t("Cash, Funds and Decisions"),
        parts,
        period=context.in_month,
        unit=context.unit,
        closing=tuple(_decisions(context)),
        provisional=context.provisional,
        place_date=context.period.end,
        parameters={"month": context.period.last},
    )


def _cash_table(context: Context) -> Report:
    t, period, money = context.words, context.period, ColumnType.MONEY
    stands = turnovers(context.connection, period.start, period.end)
    rows = []
    for code in context.setup.cash_accounts:
        each = stands.get(code, Turnover())
        if any((each.opening, each.debit, each.credit)):
            cells = (each.opening, each.debit, each.credit, each.closing)
            rows.append(Row(context.account_name(code), cells, code))
    sums = tuple(map(sum, zip((0,) * 4, *(row.cells for row in rows), strict=True)))
    return Report(
        name="cash",
        title=t("Cash and bank"),
        columns=(
            Column("opening", t("Opening balance"), money),
            Column("received", t("Money in"), money),
            Column("paid", t("Money out"), money),
            Column("closing", t("Closing balance"), money),
        ),
        rows=(*rows, Row(t("Total"), sums, "total", kind=RowKind.TOTAL)),
        label=t("Account"),
    )


def _decisions(context: Context) -> Iterator[str]:
    """Meetings of the period in the book of minutes; without any, lines to write on."""
    t, period = context.words, context.period
    found = entered(context.connection, "minutes", period.start, period.end)
    for each in found:
        number = each.entry.get("number")
        title = f"{each.entry['title']} ({number})" if number else each.entry["title"]
        yield t(
            "{day}, {title}: {decisions}.",
            day=context.formats.day(each.day),
            title=title,
            decisions=str(each.entry["decisions"]).rstrip("."),
        )
    if not found:
        yield t("Decisions: {blank}", blank="…" * 90)


def _sales(context: Context) -> Section:
    """The month's sales, with charts."""
    report = build_report("sales", context)
    return Section(
        report.title,
        (replace(report, title="", closing=()), *_channels(context, report), *_year(context)),
        period=report.period,
        unit=report.unit,
        closing=report.closing,
        provisional=report.provisional,
        place_date=report.place_date,
        parameters=report.parameters,
    )


_LEAST_BARS = 4


def _channels(context: Context, report: Report) -> tuple[BarChart, ...]:
    """A bar for each channel where there are enough to be told apart by length."""
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
    if len(bars) < _LEAST_BARS:
        return ()
    return (BarChart(context.words("Sales by channel"), tuple(bars)),)


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


# -- A year, for the yearly meeting of the members -----------------------------------------------


def yearly_pack(context: Context, year: int) -> Pack:
    """What the yearly meeting (RAT) looks at: two years side by side, members, the plan."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    whole = context.asking(Parameters(start=start, end=end))
    stands = context.asking(Parameters(until=end, since=start))
    month = context.asking(Parameters(month=Month.of(end)))
    cover = _cover(whole, context.words("Annual Report to the Members' Meeting"))
    return _pack(whole, _of_year(whole, stands, month), cover)


def _of_year(whole: Context, stands: Context, month: Context) -> Iterator[Part]:
    t = whole.words
    yield Chapter(t("The meeting"))
    yield agenda(whole)
    yield build_report("officer-book", month)
    yield build_report("member-book", month)
    yield Chapter(t("Financial statements"))
    yield build_report("position", stands)
    yield from (build_report(name, whole) for name in _STATEMENTS[1:])
    yield Chapter(t("Members, funds and programmes"))
    yield movements_and_releases(whole)
    yield build_report("savings-grid", month)
    yield build_report("member-shares", month)
    if whole.setup.programmes:
        yield build_report("programme", whole)
    yield build_report("budget", month)
    yield Chapter(t("Plan and supervision"))
    yield next_year(whole)
    yield supervisors(whole)


# -- Covers --------------------------------------------------------------------------------------


def _cover(context: Context, title: str) -> Cover:
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
    return Cover(title, context.column_of(period), basis, _figures(context), period.end)


def _figures(context: Context) -> tuple[tuple[str, int], ...]:
    """Profit, the group's own money, assets and funds: what a member asks for first."""
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
        (_profit_label(context, profit), abs(profit)),
        (t("Group cash and bank"), _sum(standing, own_cash)),
        (t("Total assets"), _sum(standing, assets)),
        (t("Funds of the group"), -_sum(standing, funds)),
    )


def _profit_label(context: Context, profit: int) -> str:
    t = context.words
    if context.period.is_year:
        return t("Profit of the year") if profit >= 0 else t("Loss of the year")
    return t("Profit of the month") if profit >= 0 else t("Loss of the month")


def _sum(standing: dict[str, Turnover], accounts: set[str]) -> int:
    return sum(each.closing for code, each in standing.items() if code in accounts)
