"""Writing into the audit's own file: ticks, findings, answers, the conclusion."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace

from kwt_books.domain.audit import Thresholds
from kwt_books.domain.errors import InvalidDocument, Issue, RuleError
from kwt_books.domain.sampling import Drawn
from kwt_books.services.audit.file import AuditFile
from kwt_books.services.audit.records import (
    Answer,
    Conclusion,
    Count,
    Finding,
    Item,
    Records,
    SampleRecord,
    Threshold,
    Tick,
)
from kwt_books.services.sampling import Asked
from kwt_books.services.sampling.paper import AGREES, OUTCOMES


class Notebook:
    """Every call reads the file, adds to it and writes it whole."""

    def __init__(self, file: AuditFile, clock: Callable[[], dt.datetime], by: str) -> None:
        self._file, self._clock, self._by = file, clock, by

    def read(self) -> Records:
        return self._file.read()

    def keep(
        self, name: str, drawn: Drawn, asked: Asked, days: tuple[dt.date, dt.date], head: str
    ) -> SampleRecord:
        """Writes a sample down under a new name."""
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
        """What was found of a document; `audited` is what it should have come to."""
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
        records = self.read()
        found = records.sample(name)
        if found is None:
            known = ", ".join(each.name for each in records.samples)
            raise RuleError("unknown-sample", name=name, known=known)
        return found

    def find(
        self, text: str, document: str | None = None, amount: int | None = None, advice: str = ""
    ) -> Finding:
        """A new finding, numbered after the last."""
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
        """What the group says to a finding."""
        records = self.read()
        if number not in {each.number for each in records.findings}:
            raise RuleError("unknown-finding", number=number)
        findings = tuple(
            replace(each, answer=answer) if each.number == number else each
            for each in records.findings
        )
        self._file.write(replace(records, findings=findings))

    def conclude(self, text: str) -> None:
        if not text.strip():
            raise InvalidDocument((Issue("text", "empty-text"),))
        made = Conclusion(text=text.strip(), at=self._now(), by=self._by)
        self._file.write(replace(self.read(), conclusion=made))

    def set_thresholds(self, wanted: Thresholds) -> None:
        """Those that differ from what held so far are added, so that each change can be seen."""
        records = self.read()
        before = asdict(records.sight)
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
        """What came back on a letter of confirmation; goods in thousandths by item."""
        records = self.read()
        counts = tuple(Count(item=item, quantity=n) for item, n in sorted((goods or {}).items()))
        made = Answer(
            letter=letter, day=day, amount=amount, goods=counts, note=note, at=self._now(),
            by=self._by,
        )  # fmt: skip
        self._file.write(replace(records, answers=(*records.answers, made)))

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")
