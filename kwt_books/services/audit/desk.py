"""Everything an auditor does with one open book, over the same door as the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from kwt_books.domain.audit import read_code
from kwt_books.domain.errors import RuleError
from kwt_books.domain.long_paths import reachable
from kwt_books.domain.month import Month
from kwt_books.domain.sampling import Plan, draw
from kwt_books.queries.chain import first_hash
from kwt_books.queries.exceptions import examined
from kwt_books.reports.context import Context, Parameters, identity
from kwt_books.reports.model import Imprint
from kwt_books.reports.pack import Pack
from kwt_books.reports.papers import Part
from kwt_books.services.audit.file import AuditFile
from kwt_books.services.audit.letter import findings_letter, ticked
from kwt_books.services.audit.notebook import Notebook
from kwt_books.services.confirmations import (
    KINDS,
    answer_sentences,
    answers_report,
    compare_answers,
    letters,
    letters_report,
    papers_of,
    unnamed,
)
from kwt_books.services.paper_check import find_state, paper_report
from kwt_books.services.paper_check.state import Progress
from kwt_books.services.sampling import Asked, population, sample_report

Reading = Callable[[Parameters, str], AbstractContextManager[tuple[Context, Imprint]]]
"""One consistent view of the book, for these parameters, in this language."""


class AuditDesk:
    def __init__(
        self, reading: Reading, file: Path, clock: Callable[[], datetime], by: str
    ) -> None:
        """`file` is the audit's own; it is made when something is first written down."""
        self._reading, self._file = reading, file
        self._clock, self._by = clock, by

    def with_file(self, file: Path) -> AuditDesk:
        """The same desk with the audit's file elsewhere: where the book's folder is protected."""
        return AuditDesk(self._reading, reachable(file), self._clock, self._by)

    @property
    def notebook(self) -> Notebook:
        with self._reading(Parameters(), "id") as (context, _):
            book = first_hash(context.connection)
        return Notebook(AuditFile(self._file, book), self._clock, self._by)

    # -- paper against book -----------------------------------------------------------------

    def paper(
        self, code: str, language: str, month: Month | None = None,
        progress: Progress | None = None,
    ) -> Pack:  # fmt: skip
        """As a report: with the figures of a month (else the paper's last) then and today."""
        wanted = read_code(code)
        with self._reading(Parameters(), language) as (context, imprint):
            state = find_state(context.connection, wanted, progress)
            return _packed(context, imprint, paper_report(context, state, month))

    # -- samples ----------------------------------------------------------------------------

    def sample(
        self, plan: Plan, asked: Asked, parameters: Parameters, language: str,
        keep: str | None = None,
    ) -> Pack:  # fmt: skip
        """Draws a sample; with a name to `keep` it under, it is written into the audit's file."""
        notebook = self.notebook if keep is not None else None
        with self._reading(parameters, language) as (context, imprint):
            found = population(context, asked)
            drawn = draw(plan, found.units)
            if notebook is not None and keep is not None:
                days = (context.period.start, context.period.end)
                notebook.keep(keep, drawn, asked, days, context.chain.hash)
            report = sample_report(context, drawn, asked, found.documents)
            return _packed(context, imprint, report)

    def working_paper(self, name: str, language: str) -> Pack:
        """A sample that was kept, with what was ticked off so far."""
        notebook = self.notebook
        sample, records = notebook.sample(name), notebook.read()
        days = Parameters(start=sample.start, end=sample.end)
        with self._reading(days, language) as (context, imprint):
            cash = context.setup.cash_accounts
            found = examined(context.connection, sample.start, sample.end, cash, 0)
            documents = {each.number: each for each in found}
            asked = Asked(sample.of, sample.by)
            ticks = ticked(records, name)
            report = sample_report(context, sample.drawn(), asked, documents, ticks)
            return _packed(context, imprint, replace(report, title=f"{report.title} {name}"))

    # -- confirmations ----------------------------------------------------------------------

    def confirmations(self, day: date, language: str, kinds: Iterable[str] = KINDS) -> Pack:
        """The list of letters, and each letter as a paper of its own."""
        kinds = tuple(kinds)
        with self._reading(Parameters(), language) as (context, imprint):
            found = letters(context, day, kinds)
            listed = letters_report(context, found, day, unnamed(context, day, kinds))
            papers = papers_of(context, found, day, self._by)
            return _packed(context, imprint, listed, *papers)

    def enter_answer(
        self, letter: str, day: date, amount: int | None = None,
        goods: Mapping[str, int] | None = None, note: str = "",
    ) -> None:  # fmt: skip
        """What came back on a letter of that day; goods in thousandths by item."""
        with self._reading(Parameters(), "id") as (context, _):
            known = {each.code for each in letters(context, day)}
            for item in goods or {}:
                if item not in context.setup.items:
                    raise RuleError("unknown-item", item=item)
        if letter not in known:
            raise RuleError("unknown-letter", letter=letter)
        self.notebook.enter(letter, day, amount, goods, note)

    def answers(self, day: date, language: str, kinds: Iterable[str] = KINDS) -> Pack:
        """The answers held against the book of that day."""
        records = self.notebook.read()
        with self._reading(Parameters(), language) as (context, imprint):
            compared = compare_answers(letters(context, day, kinds), records.answers, day)
            return _packed(context, imprint, answers_report(context, compared, day))

    # -- findings ---------------------------------------------------------------------------

    def letter(self, language: str) -> Pack:
        """The letter of findings."""
        records = self.notebook.read()
        with self._reading(Parameters(), language) as (context, imprint):
            said: list[str] = []
            for day in sorted({each.day for each in records.answers}):
                compared = compare_answers(letters(context, day), records.answers, day)
                said += answer_sentences(context, compared, day)
            letter = findings_letter(context, records, self._by, self._clock(), tuple(said))
            # On paper date and name stand where the auditor signs.
            signed = replace(letter, closing=())
            return replace(_packed(context, imprint, letter), on_paper=(signed,))


def _packed(context: Context, imprint: Imprint, *parts: Part) -> Pack:
    return Pack(parts, identity(context.setup), imprint, context.language)
