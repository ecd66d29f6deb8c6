"""The letter of findings: what was looked at, what was found, what it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kwt_books.domain.chain import short_code
from kwt_books.reports.context import Context
from kwt_books.reports.exceptions.thresholds import changed_in_words
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind
from kwt_books.services.audit.records import Finding, Records, SampleRecord
from kwt_books.services.sampling import Ticked
from kwt_books.services.sampling.paper import result_sentences


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
        text = t(
            "The books of {group} were examined as they stand with {documents} documents under the"
            " seal {seal}. Anybody can tell by this code whether they are still the same.",
            group=group.name if group is not None else "", seal=short_code(context.chain.hash),
            documents=context.formats.number(context.chain.documents),
        )  # fmt: skip
        yield Row(text, kind=RowKind.NOTE)
        changed = changed_in_words(self._records.sight, t, context.formats)
        if changed:
            yield Row(t("Thresholds changed: {which}.", which=changed), kind=RowKind.NOTE)

    def _sample(self, sample: SampleRecord) -> Iterator[Row]:
        formats = self._context.formats
        drawn, ticks = sample.drawn(), ticked(self._records, sample.name)
        text = self.t(
            "{name}: from {start} to {end}, {drawn} of {count} documents, seed {seed}.",
            name=sample.name, start=formats.day(sample.start), end=formats.day(sample.end),
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
