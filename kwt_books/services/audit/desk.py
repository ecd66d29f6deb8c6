"""Everything an auditor does with one open book, over the same door as the rest."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from kwt_books.domain.audit import read_code
from kwt_books.domain.month import Month
from kwt_books.reports.context import Context, Parameters, identity
from kwt_books.reports.model import Imprint, Report
from kwt_books.reports.pack import Pack
from kwt_books.services.paper_check import State, find_state, paper_report
from kwt_books.services.paper_check.state import Progress

Reading = Callable[[Parameters, str], AbstractContextManager[tuple[Context, Imprint]]]
"""One consistent view of the book, for these parameters, in this language."""


class AuditDesk:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def state_of(self, code: str, progress: Progress | None = None) -> State:
        """Whether the book contains the state that a paper's code stands for."""
        with self._reading(Parameters(), "id") as (context, _):
            return find_state(context.connection, read_code(code), progress)

    def paper(
        self, code: str, language: str, month: Month | None = None,
        progress: Progress | None = None,
    ) -> Pack:  # fmt: skip
        """As a report: with the figures of a month (else the paper's last) then and today."""
        wanted = read_code(code)
        with self._reading(Parameters(), language) as (context, imprint):
            state = find_state(context.connection, wanted, progress)
            return _packed(context, imprint, paper_report(context, state, month))


def _packed(context: Context, imprint: Imprint, *reports: Report) -> Pack:
    return Pack(reports, identity(context.setup), imprint, context.language)
