"""Every report by its name, with what may be asked of it.

What makes a report is imported when it is first made: a list of reports needs none of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kwt_books.domain.errors import RuleError
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.model import Report
from kwt_books.reports.packs import Proofs, Section

if TYPE_CHECKING:
    from kwt_books.reports.context import Context

PERIOD = ("month", "start", "end", "until")
UNTIL = ("month", "until")
OnPaper = Section | tuple[Report | Section | Proofs, ...]


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report one can ask for. `title` is the English message; `asks` names `Parameters`.

    `until` alone means from the beginning until that day. The report `cash-flow` is what
    the function `cash_flow` of its module makes.
    """

    name: str
    module: str
    title: str
    asks: tuple[str, ...]
    paper: str = ""
    """How it is set on paper, where one table would not do: `module.function`."""
    of_money: bool = True
    """Whether closing a month can change what it says: until then it is provisional."""
    listed: bool = True
    """Whether lists of reports have it; what is of one document is come to from others."""

    @property
    def build(self) -> Callable[[Context], Report]:
        """The function that makes the report."""
        found: Callable[[Context], Report] = _function(f"{self.module}.{self.name}")
        return found

    @property
    def on_paper(self) -> Callable[[Context], OnPaper] | None:
        """The function that makes what is printed, where that is another; else None."""
        found: Callable[[Context], OnPaper] | None = _function(self.paper) if self.paper else None
        return found


def _function(name: str) -> Any:
    module, _, function = name.rpartition(".")
    return getattr(import_module(f"kwt_books.reports.{module}"), function.replace("-", "_"))


def _register(name: str, title: str, period: tuple[str, ...]) -> ReportKind:
    """A book of words: no month's close changes it, and it can be printed blank."""
    return ReportKind(name, "registers", title, (*period, "blank"), of_money=False)


KINDS: dict[str, ReportKind] = {
    kind.name: kind
    for kind in (
        ReportKind(
            "position", "position", noop("Statement of Financial Position"), (*UNTIL, "since")
        ),
        ReportKind("profit-loss", "profit_loss", noop("Statement of Profit or Loss"), PERIOD),
        ReportKind("equity-changes", "cash_flow", noop("Statement of Changes in Equity"), PERIOD),
        ReportKind("cash-flow", "cash_flow", noop("Statement of Cash Flows"), PERIOD),
        ReportKind("notes", "notes", noop("Notes to the Financial Statements"), PERIOD),
        ReportKind("trial-balance", "ledger", noop("Trial Balance"), (*PERIOD, "before_closing")),
        ReportKind(
            "funds",
            "funds",
            noop("Statement of Funds"),
            PERIOD,
            paper="funds.allocation_and_funds",
        ),
        ReportKind("allocation", "funds", noop("Profit Allocation"), ("month",)),
        ReportKind("progress", "profit_loss", noop("Progress of the Group"), ("month",)),
        ReportKind("journal", "ledger", noop("General Journal"), PERIOD),
        ReportKind(
            "general-ledger",
            "ledger",
            noop("General Ledger"),
            (*PERIOD, "account", "before_closing"),
        ),
        ReportKind("cash-book", "ledger", noop("Cash Book"), (*PERIOD, "account")),
        ReportKind("stock", "stock", noop("Inventories"), UNTIL),
        ReportKind("stock-card", "stock", noop("Stock Card"), (*PERIOD, "item", "shop")),
        ReportKind("lots", "lots", noop("Lots"), (*PERIOD, "item", "lot")),
        ReportKind("nursery", "garden", noop("Nursery and Beds"), PERIOD),
        ReportKind("production", "kitchen", noop("Production"), PERIOD),
        ReportKind("sales", "selling", noop("Sales"), PERIOD),
        ReportKind("market-day", "selling", noop("Market Day Sheet"), (*PERIOD, "number")),
        ReportKind("consignment", "selling", noop("Consignment"), (*PERIOD, "shop")),
        ReportKind("receivables", "debts", noop("Receivables"), PERIOD),
        ReportKind("payables", "debts", noop("Payables"), PERIOD),
        ReportKind("assets", "assets", noop("Fixed Asset Register"), PERIOD),
        ReportKind("savings", "debts", noop("Members' Savings"), PERIOD),
        ReportKind("savings-card", "members", noop("Savings Card"), (*PERIOD, "member")),
        ReportKind("savings-grid", "members", noop("Savings Month by Month"), ("month", "member")),
        ReportKind("member-shares", "members", noop("Members' Share of Profit (SHU)"), ("month",)),
        ReportKind("dues", "dues", noop("Residents' Dues"), ("month",)),
        ReportKind("residents", "residents", noop("Report to the Residents (KPP)"), PERIOD),
        ReportKind(
            "programme",
            "programmes",
            noop("Programme Accountability Report (LPJ)"),
            (*PERIOD, "programme", "proofs"),
            paper="programmes.programme_on_paper",
        ),
        ReportKind("budget", "planned", noop("Budget and Realisation"), ("month",)),
        ReportKind(
            "bank-reconciliation",
            "reconciliations",
            noop("Bank Reconciliation Statement"),
            (*PERIOD, "account"),
        ),
        _register("guest-book", noop("Guest Book"), PERIOD),
        _register("activity-book", noop("Book of Activities"), PERIOD),
        _register("minutes-book", noop("Book of Minutes"), PERIOD),
        _register("letter-book", noop("Book of Letters"), PERIOD),
        _register("advice-book", noop("Book of Advice"), PERIOD),
        _register("upkeep-book", noop("Book of Upkeep"), PERIOD),
        _register("member-book", noop("Book of Members"), UNTIL),
        _register("officer-book", noop("Book of Officers"), UNTIL),
        ReportKind("inventory-book", "registers", noop("Book of Inventory"), (*UNTIL, "blank")),
        ReportKind("document", "document", noop("Document"), ("number",), listed=False),
        ReportKind(
            "exceptions",
            "exceptions.report",
            noop("What Looks Odd"),
            (*PERIOD, "thresholds"),
            paper="exceptions.report.exceptions_on_paper",
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
    return _completed(kind, context, kind.build(context))


def _completed(kind: ReportKind, context: Context, report: Report) -> Report:
    """What every report tells of how it was asked for, and of the book's state."""
    return replace(
        report,
        parameters={**context.parameters.given(), **report.parameters},
        head=context.chain.hash,
        provisional=context.provisional
        and kind.of_money
        and not context.parameters.blank
        and not {*PERIOD}.isdisjoint(kind.asks),
    )


def on_paper(name: str, context: Context) -> tuple[Report | Section | Proofs, ...]:
    """The report as paper has it, where that differs from its one table."""
    kind = KINDS[name]
    paper = kind.on_paper
    if paper is None:
        return ()
    found = paper(context)
    return tuple(
        _completed(kind, context, part) if isinstance(part, Report) and part.name == name else part
        for part in ((found,) if isinstance(found, Section) else found)
    )
