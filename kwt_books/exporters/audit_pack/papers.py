"""Every report of the registry, over all that is recorded until a day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from kwt_books.domain.errors import RuleError
from kwt_books.domain.month import first_day, month_of
from kwt_books.exporters.order import BookOrder
from kwt_books.queries.balances import sides_before
from kwt_books.queries.stock import received_items
from kwt_books.queries.view import BookView
from kwt_books.reports.context import Context, Parameters
from kwt_books.reports.model import Report
from kwt_books.reports.papers import Section
from kwt_books.reports.registry import KINDS, ReportKind, build_report, on_paper


class Paper(NamedTuple):
    """A report, what paper has instead, and what tells it from others of its name."""

    report: Report
    on_paper: tuple[Section, ...]
    about: str = ""


def reports(order: BookOrder, until: date) -> Iterator[Paper]:
    """In the order of the registry; a book of each cash account, a card of each item."""
    view = BookView(order.context.connection)
    for kind in (each for each in KINDS.values() if each.listed):
        for parameters, about in _asked(order, kind, until):
            context = _context(order, view, parameters)
            with suppress(RuleError):  # the book has nothing that it could be of
                report = build_report(kind.name, context)
                yield Paper(report, on_paper(kind.name, context), about)


def _asked(order: BookOrder, kind: ReportKind, until: date) -> Iterator[tuple[Parameters, str]]:
    """What the pack asks of a kind of report, and what it is about where it is asked often."""
    parameters, setup = _parameters(order, kind, until), order.context.setup
    connection = order.context.connection
    if kind.name == "stock-card":
        for item in received_items(connection, until):
            yield replace(parameters, item=item), item
    elif kind.name == "cash-book":
        used = sides_before(connection, until + timedelta(days=1))
        for code in (each for each in setup.cash_accounts if each in used):
            yield replace(parameters, account=code), code
    else:
        yield parameters, ""


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
