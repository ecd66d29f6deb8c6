"""Everything an auditor does with one open book: papers, samples, confirmations, findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol, TypeVar

from kwt_books.domain.audit import Thresholds, read_code
from kwt_books.domain.chain import short_code
from kwt_books.domain.errors import InvalidDocument, Issue, RuleError
from kwt_books.domain.files import reachable
from kwt_books.domain.sampling import Drawn, Plan, draw
from kwt_books.domain.values import Month
from kwt_books.queries.entry import entry_of
from kwt_books.queries.exceptions import examined
from kwt_books.queries.setup import first_hash
from kwt_books.reports.context import Context, Parameters
from kwt_books.reports.exceptions.report import changed_in_words
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind
from kwt_books.reports.packs import Pack
from kwt_books.services.audit.confirmations import (
    KINDS,
    answer_sentences,
    answers_report,
    compare_answers,
    letters,
    letters_report,
    papers_of,
    unnamed,
)
from kwt_books.services.audit.file import (
    Answer,
    AuditFile,
    Conclusion,
    Count,
    Finding,
    Item,
    Records,
    SampleRecord,
    Threshold,
    Tick,
)
from kwt_books.services.audit.paper_check import Progress, find_state, paper_report
from kwt_books.services.audit.sampling import (
    AGREES,
    OUTCOMES,
    Asked,
    Ticked,
    population,
    result_sentences,
    sample_report,
)

# -- The letter of findings: what was looked at, what was found, what it comes to ----------------


def ticked(records: Records, sample: str) -> dict[str, Ticked]:
    """The ticks of a sample as its working paper takes them."""
    return {
        document: Ticked(tick.outcome, tick.audited, tick.note)
        for document, tick in records.ticks_of(sample).items()
    }


def findings_letter(
    context: Context, records: Records, by: str, now: datetime, answers: tuple[str, ...] = ()
) -> Report:
    """`answers`: sentences on letters that came back."""
    t, formats = context.words, context.formats
    made = _Letter(context, records)
    group = context.setup.group
    place = f"{group.city}, " if group is not None else ""
    return Report(
        name="findings",
        title=t("Letter of Findings"),
        columns=(
            Column("document", t("Voucher"), ColumnType.CODE),
            Column("amount", t("Amount"), ColumnType.MONEY),
        ),
        rows=tuple(made.rows(answers)),
        head=context.chain.hash,
        layout=Layout.NOTES,
        closing=(f"{place}{formats.day(now.date())}.", t("Auditor: {name}", name=by)),
        place_date=now.date(),
        examiner=by,
        figures={"findings": len(records.findings), "samples": len(records.samples)},
    )


class _Letter:
    def __init__(self, context: Context, records: Records) -> None:
        self._context, self._records = context, records
        self.t = context.words
        self._section = 0

    def rows(self, answers: tuple[str, ...]) -> Iterator[Row]:
        t = self.t
        yield self._heading(t("To the group"))
        yield from self._scope()
        if self._records.samples:
            yield self._heading(t("Samples"))
            for sample in self._records.samples:
                yield from self._sample(sample)
        if answers:
            yield self._heading(t("Letters of confirmation"))
            yield from (Row(text, kind=RowKind.NOTE) for text in answers)
        yield self._heading(t("Findings"))
        if not self._records.findings:
            yield Row(t("There are no findings."), kind=RowKind.NOTE)
        for finding in self._records.findings:
            yield from self._finding(finding)
        yield self._heading(t("Conclusion"))
        concluded = self._records.conclusion
        text = concluded.text if concluded is not None else t("Not drawn yet.")
        yield from (Row(part, kind=RowKind.NOTE) for part in text.splitlines() if part.strip())

    def _heading(self, text: str) -> Row:
        self._section += 1
        return Row(text, code=str(self._section), kind=RowKind.SECTION)

    def _scope(self) -> Iterator[Row]:
        context, t = self._context, self.t
        group = context.setup.group
        text = t.ngettext(
            "The books of {group} were examined as they are with {documents} document under the "
            "seal {seal}. Anyone can tell from this code whether they are still the same.",
            "The books of {group} were examined as they are with {documents} documents under the "
            "seal {seal}. Anyone can tell from this code whether they are still the same.",
            context.chain.documents,
            group=group.name if group is not None else "", seal=short_code(context.chain.hash),
            documents=context.formats.number(context.chain.documents),
        )  # fmt: skip
        yield Row(text, kind=RowKind.NOTE)
        changed = changed_in_words(self._records.held_thresholds, t, context.formats)
        if changed:
            yield Row(t("Thresholds changed: {which}.", which=changed), kind=RowKind.NOTE)

    def _sample(self, sample: SampleRecord) -> Iterator[Row]:
        formats = self._context.formats
        drawn, ticks = sample.drawn(), ticked(self._records, sample.name)
        text = self.t.ngettext(
            "{name}: from {start} to {end}, {drawn} of {count} document, seed {seed}.",
            "{name}: from {start} to {end}, {drawn} of {count} documents, seed {seed}.",
            sample.count, name=sample.name,
            start=formats.day(sample.start), end=formats.day(sample.end),
            drawn=formats.number(len(sample.items)), count=formats.number(sample.count),
            seed=sample.seed,
        )  # fmt: skip
        sentences = (text, *result_sentences(self._context, drawn, ticks))
        yield Row(" ".join(sentences), kind=RowKind.NOTE)

    def _finding(self, finding: Finding) -> Iterator[Row]:
        about = [finding.document] if finding.document else []
        if finding.amount is not None:
            about.append(self._context.formats.rupiah(finding.amount))
        aside = f" ({', '.join(about)})" if about else ""
        text = f"{finding.text.rstrip('.')}{aside}."
        if finding.advice:
            text += " " + self.t("Advice: {text}.", text=finding.advice.rstrip("."))
        if finding.answer:
            text += " " + self.t("The group's answer: {text}.", text=finding.answer.rstrip("."))
        yield Row(text, code=str(finding.number), level=1, kind=RowKind.NOTE)


# -- Writing into the audit's own file: ticks, findings, answers, the conclusion -----------------


class Notebook:
    """What an auditor writes down. Every call reads the file, adds to it and writes it whole."""

    def __init__(self, file: AuditFile, clock: Callable[[], dt.datetime], by: str) -> None:
        self._file, self._clock, self._by = file, clock, by

    def read(self) -> Records:
        """All records of the file; empty ones where there is no file yet."""
        return self._file.read()

    def keep(
        self, name: str, drawn: Drawn, asked: Asked, days: tuple[dt.date, dt.date], head: str
    ) -> SampleRecord:
        """Writes a sample down under a new name.

        Raises `RuleError("sample-exists")` where the name is taken.
        """
        records = self.read()
        if records.sample(name) is not None:
            raise RuleError("sample-exists", name=name)
        made = SampleRecord(
            name=name,
            method=drawn.plan.method,
            of=asked.of,
            by=asked.by,
            start=days[0],
            end=days[1],
            seed=drawn.plan.seed,
            materiality=drawn.plan.materiality,
            confidence=drawn.plan.confidence,
            size=drawn.plan.size,
            count=drawn.count,
            value=drawn.value,
            interval=drawn.interval,
            first=drawn.start,
            head=head,
            items=tuple(
                Item(document=unit.document, amount=unit.amount, hits=hits, stratum=unit.stratum)
                for unit, hits in drawn.selected
            ),
            at=self._now(),
            drawn_by=self._by,
        )
        self._file.write(replace(records, samples=(*records.samples, made)))
        return made

    def tick(
        self,
        sample: str,
        document: str,
        outcome: str = AGREES,
        audited: int | None = None,
        note: str = "",
    ) -> None:
        """Writes down what was found of a document; `audited` is what it should come to, rupiah.

        Raises `RuleError` where the sample or the outcome is unknown, or the document not in it.
        """
        records = self.read()
        drawn = self.sample(sample)
        if document not in {each.document for each in drawn.items}:
            raise RuleError("not-in-sample", sample=sample, document=document)
        if outcome not in OUTCOMES:
            raise RuleError("not-a-choice", text=outcome, options=", ".join(OUTCOMES))
        made = Tick(
            sample=sample, document=document, outcome=outcome, audited=audited, note=note,
            at=self._now(), by=self._by,
        )  # fmt: skip
        self._file.write(replace(records, ticks=(*records.ticks, made)))

    def sample(self, name: str) -> SampleRecord:
        """The sample of this name. Raises `RuleError("unknown-sample")`."""
        records = self.read()
        found = records.sample(name)
        if found is None:
            known = ", ".join(each.name for each in records.samples)
            raise RuleError("unknown-sample", name=name, known=known)
        return found

    def find(
        self, text: str, document: str | None = None, amount: int | None = None, advice: str = ""
    ) -> Finding:
        """Writes down a new finding, numbered after the last.

        Raises `InvalidDocument` where its text is blank.
        """
        if not text.strip():
            raise InvalidDocument((Issue("text", "empty-text"),))
        records = self.read()
        made = Finding(
            number=max((each.number for each in records.findings), default=0) + 1,
            text=text.strip(), document=document, amount=amount, advice=advice,
            at=self._now(), by=self._by,
        )  # fmt: skip
        self._file.write(replace(records, findings=(*records.findings, made)))
        return made

    def reply(self, number: int, answer: str) -> None:
        """Writes down the group's answer to a finding. Raises `RuleError("unknown-finding")`."""
        records = self.read()
        if number not in {each.number for each in records.findings}:
            raise RuleError("unknown-finding", number=number)
        findings = tuple(
            replace(each, answer=answer) if each.number == number else each
            for each in records.findings
        )
        self._file.write(replace(records, findings=findings))

    def conclude(self, text: str) -> None:
        """Writes down the conclusion. Raises `InvalidDocument` where it is blank."""
        if not text.strip():
            raise InvalidDocument((Issue("text", "empty-text"),))
        made = Conclusion(text=text.strip(), at=self._now(), by=self._by)
        self._file.write(replace(self.read(), conclusion=made))

    def set_thresholds(self, wanted: Thresholds) -> None:
        """Writes down the thresholds that changed, so that each change can be seen."""
        records = self.read()
        before = asdict(records.held_thresholds)
        made = tuple(
            Threshold(name=name, value=value, at=self._now(), by=self._by)
            for name, value in asdict(wanted).items()
            if value != before[name]
        )
        if made:
            self._file.write(replace(records, thresholds=(*records.thresholds, *made)))

    def enter(
        self,
        letter: str,
        day: dt.date,
        amount: int | None = None,
        goods: Mapping[str, int] | None = None,
        note: str = "",
    ) -> None:
        """Writes down an answer to a letter: rupiah, and goods in thousandths by item."""
        records = self.read()
        counts = tuple(
            Count(item=str(each), quantity=n) for each, n in sorted((goods or {}).items())
        )
        made = Answer(
            letter=letter, day=day, amount=amount, goods=counts, note=note, at=self._now(),
            by=self._by,
        )  # fmt: skip
        self._file.write(replace(records, answers=(*records.answers, made)))

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")


T = TypeVar("T")


class Asking(Protocol):
    """Gives what a query gives, in as few messages as can be (`Book.read_in`)."""

    def __call__(
        self, language: str, query: Callable[[Context], T], parameters: Parameters | None = None
    ) -> T:
        """The query may be run several times, and must change nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Doors:
    """The two ways into a book: one view of it to work with, and what a query gives of one."""

    reading: Callable[[str], AbstractContextManager[Context]]
    asked: Asking


class AuditService:
    """Papers, samples, confirmations and findings of one open book."""

    def __init__(self, book: Doors, file: Path, clock: Callable[[], datetime], by: str) -> None:
        """`file` is the audit's own; it is made when something is first written down."""
        self._book, self._file = book, file
        self._clock, self._by = clock, by

    def with_file(self, file: Path) -> AuditService:
        """The same with the audit's file elsewhere: the book's folder may be protected."""
        return AuditService(self._book, reachable(file), self._clock, self._by)

    @property
    def notebook(self) -> Notebook:
        """The audit's own file, for this book alone."""
        book = self._book.asked("id", lambda context: first_hash(context.connection))
        return Notebook(AuditFile(self._file, book), self._clock, self._by)

    # -- paper against book -----------------------------------------------------------------

    def paper(
        self, code: str, language: str, month: Month | None = None,
        progress: Progress | None = None,
    ) -> Pack:  # fmt: skip
        """As a report: with the figures of a month (else the paper's last) then and today."""
        wanted = read_code(code)
        with self._book.reading(language) as context:
            state = find_state(context.connection, wanted, progress)
            return context.pack(paper_report(context, state, month))

    # -- samples ----------------------------------------------------------------------------

    def sample(
        self, plan: Plan, asked: Asked, parameters: Parameters, language: str,
        keep: str | None = None,
    ) -> Pack:  # fmt: skip
        """Draws a sample; with a name to `keep` it under, it is written into the audit's file."""

        def make(context: Context) -> tuple[Pack, Drawn, tuple[date, date], str]:
            found = population(context, asked)
            drawn = draw(plan, found.units)
            days = (context.period.start, context.period.end)
            pack = context.pack(sample_report(context, drawn, asked, found.documents))
            return pack, drawn, days, context.chain.hash

        pack, drawn, days, head = self._book.asked(language, make, parameters)
        if keep is not None:
            self.notebook.keep(keep, drawn, asked, days, head)
        return pack

    def working_paper(self, name: str, language: str) -> Pack:
        """A sample that was kept, with what was ticked off so far."""
        notebook = self.notebook
        sample, records = notebook.sample(name), notebook.read()
        days = Parameters(start=sample.start, end=sample.end)

        def make(context: Context) -> Pack:
            cash = context.setup.cash_accounts
            found = examined(context.connection, sample.start, sample.end, cash, 0)
            documents = {each.number: each for each in found}
            asked = Asked(sample.of, sample.by)
            ticks = ticked(records, name)
            report = sample_report(context, sample.drawn(), asked, documents, ticks)
            return context.pack(replace(report, title=f"{report.title} {name}"))

        return self._book.asked(language, make, days)

    # -- confirmations ----------------------------------------------------------------------

    def confirmations(self, day: date, language: str, kinds: Iterable[str] = KINDS) -> Pack:
        """The list of letters, and each letter as a paper of its own."""
        kinds = tuple(kinds)

        def make(context: Context) -> Pack:
            found = letters(context, day, kinds)
            listed = letters_report(context, found, day, unnamed(context, day, kinds))
            papers = papers_of(context, found, day, self._by)
            return context.pack(listed, *papers)

        return self._book.asked(language, make)

    def enter_answer(
        self, letter: str, day: date, amount: int | None = None,
        goods: Mapping[str, int] | None = None, note: str = "",
    ) -> None:  # fmt: skip
        """What came back on a letter of that day; goods in thousandths by item."""

        def named(context: Context) -> set[str]:
            known = {each.code for each in letters(context, day)}
            for item in goods or {}:
                if item not in context.setup.items:
                    raise RuleError("unknown-item", item=item)
            return known

        known = self._book.asked("id", named)
        if letter not in known:
            raise RuleError("unknown-letter", letter=letter)
        self.notebook.enter(letter, day, amount, goods, note)

    def answers(self, day: date, language: str, kinds: Iterable[str] = KINDS) -> Pack:
        """The answers held against the book of that day."""
        records, kinds = self.notebook.read(), tuple(kinds)

        def make(context: Context) -> Pack:
            compared = compare_answers(letters(context, day, kinds), records.answers, day)
            return context.pack(answers_report(context, compared, day))

        return self._book.asked(language, make)

    # -- findings ---------------------------------------------------------------------------

    def find(
        self, text: str, document: str | None = None, amount: int | None = None, advice: str = ""
    ) -> Finding:
        """Writes a finding down, about a document of the book where one is named; rupiah.

        Raises `InvalidDocument` where the book has no such document, and as the notebook does.
        """
        if document and not self._book.asked(
            "id", lambda context: entry_of(context.connection, document) is not None
        ):
            raise InvalidDocument((Issue("document", "unknown-document", {"of": document}),))
        return self.notebook.find(text, document, amount, advice)

    def letter(self, language: str) -> Pack:
        """The letter of findings."""
        records = self.notebook.read()

        def make(context: Context) -> Pack:
            said: list[str] = []
            for day in sorted({each.day for each in records.answers}):
                compared = compare_answers(letters(context, day), records.answers, day)
                said += answer_sentences(context, compared, day)
            letter = findings_letter(context, records, self._by, self._clock(), tuple(said))
            # On paper date and name stand where the auditor signs.
            signed = replace(letter, closing=())
            return context.pack(letter, on_paper=(signed,))

        return self._book.asked(language, make)
