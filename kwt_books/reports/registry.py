"""Every report by its name, with what may be asked of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kwt_books.domain.errors import RuleError
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.allocation import allocation
from kwt_books.reports.allocation_and_funds import allocation_and_funds
from kwt_books.reports.assets import assets
from kwt_books.reports.cash_book import cash_book
from kwt_books.reports.cash_flow import cash_flow
from kwt_books.reports.consignment import consignment
from kwt_books.reports.context import Context
from kwt_books.reports.document import document
from kwt_books.reports.equity_changes import equity_changes
from kwt_books.reports.exceptions import exceptions, exceptions_on_paper
from kwt_books.reports.funds import funds
from kwt_books.reports.general_ledger import general_ledger
from kwt_books.reports.journal import journal
from kwt_books.reports.lots import lots
from kwt_books.reports.market_day import market_day
from kwt_books.reports.model import Report
from kwt_books.reports.notes import notes
from kwt_books.reports.nursery import nursery
from kwt_books.reports.papers import Section
from kwt_books.reports.payables import payables
from kwt_books.reports.position import position
from kwt_books.reports.production import production
from kwt_books.reports.profit_loss import profit_loss
from kwt_books.reports.progress import progress
from kwt_books.reports.receivables import receivables
from kwt_books.reports.sales import sales
from kwt_books.reports.savings import savings
from kwt_books.reports.stock import stock
from kwt_books.reports.stock_card import stock_card
from kwt_books.reports.trial_balance import trial_balance

PERIOD = ("month", "start", "end", "until")
UNTIL = ("month", "until")


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report one can ask for. `title` is the English message; `asks` names `Parameters`.

    `until` alone means from the beginning until that day.
    """

    name: str
    title: str
    asks: tuple[str, ...]
    build: Callable[[Context], Report]
    paper: Callable[[Context], Section] | None = None
    """How it is set on paper, where one table would not do."""
    listed: bool = True
    """Whether lists of reports have it; what is of one document is come to from others."""


KINDS: dict[str, ReportKind] = {
    kind.name: kind
    for kind in (
        ReportKind("position", noop("Statement of Financial Position"), UNTIL, position),
        ReportKind("profit-loss", noop("Statement of Profit or Loss"), PERIOD, profit_loss),
        ReportKind(
            "equity-changes", noop("Statement of Changes in Equity"), PERIOD, equity_changes
        ),
        ReportKind("cash-flow", noop("Statement of Cash Flows"), PERIOD, cash_flow),
        ReportKind("notes", noop("Notes to the Financial Statements"), PERIOD, notes),
        ReportKind(
            "trial-balance",
            noop("Trial Balance"),
            (*PERIOD, "before_closing"),
            trial_balance,
        ),
        ReportKind("funds", noop("Statement of Funds"), PERIOD, funds, paper=allocation_and_funds),
        ReportKind("allocation", noop("Profit Allocation"), ("month",), allocation),
        ReportKind("progress", noop("Progress of the Group"), ("month",), progress),
        ReportKind("journal", noop("General Journal"), PERIOD, journal),
        ReportKind(
            "general-ledger",
            noop("General Ledger"),
            (*PERIOD, "account", "before_closing"),
            general_ledger,
        ),
        ReportKind("cash-book", noop("Cash Book"), (*PERIOD, "account"), cash_book),
        ReportKind("stock", noop("Inventories"), UNTIL, stock),
        ReportKind("stock-card", noop("Stock Card"), (*PERIOD, "item", "shop"), stock_card),
        ReportKind("lots", noop("Lots"), (*PERIOD, "item", "lot"), lots),
        ReportKind("nursery", noop("Nursery and Beds"), PERIOD, nursery),
        ReportKind("production", noop("Production"), PERIOD, production),
        ReportKind("sales", noop("Sales"), PERIOD, sales),
        ReportKind("market-day", noop("Market Day Sheet"), (*PERIOD, "number"), market_day),
        ReportKind("consignment", noop("Consignment"), (*PERIOD, "shop"), consignment),
        ReportKind("receivables", noop("Receivables"), PERIOD, receivables),
        ReportKind("payables", noop("Payables"), PERIOD, payables),
        ReportKind("assets", noop("Fixed Asset Register"), PERIOD, assets),
        ReportKind("savings", noop("Members' Savings"), PERIOD, savings),
        ReportKind("document", noop("Document"), ("number",), document, listed=False),
        ReportKind(
            "exceptions",
            noop("What Looks Odd"),
            (*PERIOD, "thresholds"),
            exceptions,
            paper=exceptions_on_paper,
        ),
    )
}


def build_report(name: str, context: Context) -> Report:
    """The report with the chain head it was made at; unknown names are refused."""
    kind = KINDS.get(name)
    if kind is None:
        raise RuleError("unknown-report", name=name, known=", ".join(KINDS))
    for asked in context.parameters.given():
        if asked not in kind.asks:
            raise RuleError("unknown-parameter", name=name, parameter=asked)
    report = kind.build(context)
    return replace(
        report,
        parameters={**context.parameters.given(), **report.parameters},
        head=context.chain.hash,
        provisional=context.provisional and not {*PERIOD}.isdisjoint(kind.asks),
    )


def on_paper(name: str, context: Context) -> tuple[Section, ...]:
    """The report as paper has it, where that differs from its one table."""
    paper = KINDS[name].paper
    return (paper(context),) if paper is not None else ()
