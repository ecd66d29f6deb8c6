"""The monthly pack: which reports a month's statements are made of, and in what order."""

from __future__ import annotations

from datetime import date

from kwt_books.domain.accounts import FUNDS, TEMPORARY, AccountType
from kwt_books.queries.balances import Turnover, results, turnovers
from kwt_books.reports.allocation_and_funds import allocation_and_funds
from kwt_books.reports.context import Context, identity
from kwt_books.reports.model import Imprint
from kwt_books.reports.pack import Pack
from kwt_books.reports.papers import Chapter, Cover, Part
from kwt_books.reports.registry import build_report

_STATEMENTS = ("position", "profit-loss", "equity-changes", "cash-flow", "notes")
_BOOKS = ("cash-book", "sales", "consignment", "stock", "trial-balance")


def monthly_pack(context: Context, imprint: Imprint) -> Pack:
    """The statements of the month that `context` is asked for, cover and contents first."""
    t = context.words
    parts: list[Part] = [
        Chapter(t("Financial statements")),
        *(build_report(name, context) for name in _STATEMENTS),
        allocation_and_funds(context),
        Chapter(t("Books and lists")),
        *(build_report(name, context) for name in _BOOKS),
    ]
    whose = identity(context.setup)
    return Pack(tuple(parts), whose, imprint, t.language, cover=_cover(context))


def _cover(context: Context) -> Cover:
    t, period = context.words, context.period
    return Cover(
        t("Monthly Financial Report"),
        context.formats.month(period.last),
        t(
            "Prepared under the Financial Accounting Standard for Micro, Small and Medium"
            " Entities (SAK EMKM)"
        ),
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
    funds = {*FUNDS, *(group.allocation.shares if group else ())}
    assets = {code for code, each in accounts.items() if each.type is AccountType.ASSET}
    return (
        (t("Profit of the month") if profit >= 0 else t("Loss of the month"), abs(profit)),
        (t("Cash and bank"), _sum(standing, set(context.setup.cash_accounts))),
        (t("Total assets"), _sum(standing, assets)),
        (t("Funds of the group"), -_sum(standing, funds)),
    )


def _sum(standing: dict[str, Turnover], accounts: set[str]) -> int:
    return sum(each.closing for code, each in standing.items() if code in accounts)
