"""Every report of the registry, over all that is recorded until a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kwt_books.domain.errors import RuleError
from kwt_books.domain.month import first_day, month_of
from kwt_books.exporters.order import BookOrder
from kwt_books.queries.view import BookView
from kwt_books.reports.context import Context, Parameters
from kwt_books.reports.model import Report
from kwt_books.reports.papers import Section
from kwt_books.reports.registry import KINDS, ReportKind, build_report, on_paper


def reports(order: BookOrder, until: date) -> Iterator[tuple[Report, tuple[Section, ...]]]:
    """In the order of the registry, each with what paper has instead.

    Those that are not of a whole book are passed over.
    """
    view = BookView(order.context.connection)
    for kind in KINDS.values():
        context = _context(order, view, _parameters(order, kind, until))
        try:
            yield build_report(kind.name, context), on_paper(kind.name, context)
        except RuleError:
            continue


def balances(order: BookOrder, until: date) -> Report:
    """The trial balance as it stood on the day, for the checker to hold its own against."""
    view = BookView(order.context.connection)
    return build_report("trial-balance", _context(order, view, Parameters(until=until)))


def _parameters(order: BookOrder, kind: ReportKind, until: date) -> Parameters:
    """As much as the kind takes: all days until then, else the day, else its month."""
    if {"start", "end"} <= {*kind.asks}:
        start = min(first_day(order.context.recorded_months[0]), until)
        return Parameters(start=start, end=until)
    if "until" in kind.asks:
        return Parameters(until=until)
    return Parameters(month=month_of(until))


def _context(order: BookOrder, view: BookView, parameters: Parameters) -> Context:
    context = order.context
    return Context(context.connection, parameters, context.words, context.today, view)
