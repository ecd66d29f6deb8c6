"""Every report by its name, with what may be asked of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kwt_books.domain.errors import RuleError
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.context import Context
from kwt_books.reports.model import Report
from kwt_books.reports.trial_balance import trial_balance

PERIOD = ("month", "start", "end")
UNTIL = ("month", "until")


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report one can ask for. `title` is the English message; `asks` names `Parameters`."""

    name: str
    title: str
    asks: tuple[str, ...]
    build: Callable[[Context], Report]


KINDS: dict[str, ReportKind] = {
    kind.name: kind
    for kind in (
        ReportKind(
            "trial-balance",
            noop("Trial Balance"),
            (*PERIOD, "until", "before_closing"),
            trial_balance,
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
        provisional=context.provisional,
    )
