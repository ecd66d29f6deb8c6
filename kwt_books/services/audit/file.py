"""The audit's own file beside the book, JSON written whole or not at all, and its records."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from platformdirs import user_documents_path

from kwt_books.domain.address import Address
from kwt_books.domain.audit import LIMITS, Thresholds
from kwt_books.domain.documents.base import listed, optional, required
from kwt_books.domain.documents.fields import (
    SIGNED_MONEY,
    Choice,
    Code,
    Codec,
    Date,
    Digest,
    Many,
    Moment,
    One,
    Text,
    Whole,
)
from kwt_books.domain.errors import InvalidDocument, Issue, RuleError, StorageError
from kwt_books.domain.files import file_name_for
from kwt_books.domain.sampling import Drawn, Method, Plan, Selected, Unit
from kwt_books.services.audit.sampling import OUTCOMES
from kwt_books.services.stream import LineError, parse_line
from kwt_books.store.engine import make_folder, take_place, unfinished

# -- What an audit writes down: samples, ticks, findings, answers, a conclusion ------------------


MONEY_OR_NIL = Whole(0)
NAME = Text(longest=200)
NOTE = Text(may_be_empty=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One document of a sample."""

    document: str = required(Code())
    amount: int = required(Whole())
    hits: int = optional(Whole(), 1)
    stratum: str = optional(Text(may_be_empty=True), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRecord:
    """A sample as it was drawn, with all that it takes to draw it again."""

    name: str = required(Code())
    method: Method = required(Choice(Method, Method))
    of: str = required(Code())
    by: str = required(Code())
    start: dt.date = required(Date())
    end: dt.date = required(Date())
    seed: str = required(NAME)
    materiality: int = required(MONEY_OR_NIL)
    confidence: int = required(Whole(1, 99))
    size: int = optional(Whole(0), 0)
    count: int = required(Whole())
    value: int = required(Whole(1, 10**18))
    interval: int = optional(Whole(0, 10**18), 0)
    first: int = optional(Whole(0, 10**18), 0)
    head: str = required(Digest())
    """The book's chain head when it was drawn."""
    items: tuple[Item, ...] = required(Many(Item, 0))
    at: str = required(Moment())
    drawn_by: str = required(NAME)

    def drawn(self) -> Drawn:
        """The sample as it was drawn."""
        plan = Plan(self.method, self.seed, self.materiality, self.confidence, self.size)
        selected = tuple(
            Selected(Unit(each.document, each.amount, each.stratum), each.hits)
            for each in self.items
        )
        return Drawn(plan, self.count, self.value, selected, self.interval, self.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """What was found of one document of a sample; the newest one holds."""

    sample: str = required(Code())
    document: str = required(Code())
    outcome: str = required(Choice(OUTCOMES))
    audited: int | None = optional(MONEY_OR_NIL)
    """What it should have come to, where it differs."""
    note: str = optional(NOTE, "")
    at: str = required(Moment())
    by: str = required(NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something to be mended or answered, numbered as in the letter."""

    number: int = required(Whole(1, 9_999))
    text: str = required(Text())
    document: str | None = optional(Code())
    amount: int | None = optional(MONEY_OR_NIL)
    advice: str = optional(NOTE, "")
    answer: str = optional(NOTE, "")
    """What the group says to it."""
    at: str = required(Moment())
    by: str = required(NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Goods as the other side counts them, in thousandths."""

    item: str = required(Code())
    quantity: int = required(Whole(0, 10**15))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back on a letter: the other side's own figures; the newest one holds."""

    letter: str = required(NAME)
    day: dt.date = required(Date())
    """As of when the letter asked."""
    amount: int | None = optional(SIGNED_MONEY)
    goods: tuple[Count, ...] = listed(Many(Count, 0))
    note: str = optional(NOTE, "")
    at: str = required(Moment())
    by: str = required(NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A threshold that the auditor set; the newest of a name holds."""

    name: str = required(Choice(LIMITS))
    value: int = required(Whole(0, 10**12))
    at: str = required(Moment())
    by: str = required(NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What the auditor concludes, when and who."""

    text: str = required(Text())
    at: str = required(Moment())
    by: str = required(NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The whole file. It speaks of one book, named by the seal of its first entry."""

    format: int = required(Whole(1, 1))
    book: str = required(Digest())
    samples: tuple[SampleRecord, ...] = listed(Many(SampleRecord, 0))
    ticks: tuple[Tick, ...] = listed(Many(Tick, 0))
    findings: tuple[Finding, ...] = listed(Many(Finding, 0))
    answers: tuple[Answer, ...] = listed(Many(Answer, 0))
    thresholds: tuple[Threshold, ...] = listed(Many(Threshold, 0))
    conclusion: Conclusion | None = optional(One(Conclusion))

    @property
    def held_thresholds(self) -> Thresholds:
        """The thresholds in force: the usual ones, and those the auditor set otherwise."""
        return Thresholds().with_values({each.name: each.value for each in self.thresholds})

    def sample(self, name: str) -> SampleRecord | None:
        """The sample of this name; None where there is none."""
        return next((each for each in self.samples if each.name == name), None)

    def ticks_of(self, sample: str) -> dict[str, Tick]:
        """The newest tick of each document."""
        return {each.document: each for each in self.ticks if each.sample == sample}


_CODEC = Codec(Records)
_SEAL = "seal"


def audit_path(book: Address) -> Path:
    """`juni.kwt-audit` beside `juni.kwt`; of a book on a server, among the user's documents."""
    if not isinstance(book, Path):
        folder = user_documents_path() / "KWT Books"
        make_folder(folder)
        return folder / f"{file_name_for(f'{book.database} {book.book}')}.kwt-audit"
    return book.with_name(f"{book.stem}.kwt-audit")


def _seal_of(written: dict[str, Any]) -> str:
    """SHA-256 over all of the file but the seal: JSON with sorted keys, without spaces."""
    text = json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class AuditFile:
    """Read before each change and written after it, so that two windows lose nothing."""

    def __init__(self, path: Path, book: str) -> None:
        """`book` is the seal of the book's first entry: the file of another one is refused."""
        self.path = path
        self._book = book

    def read(self) -> Records:
        """What was written down so far; nothing where there is no file yet."""
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return Records(format=1, book=self._book)
        except OSError as error:
            raise StorageError("cannot-read", path=self.path, detail=str(error)) from error
        issues: list[Issue] = []
        try:
            found = parse_line(raw)
            seal = found.pop(_SEAL, None)
            records = _CODEC.parse(found, (), issues)
        except LineError as error:
            raise StorageError("bad-audit-file", path=self.path, field=error.issue.code) from error
        if records is None or issues:
            raise StorageError("bad-audit-file", path=self.path, field=issues[0].field)
        if records.book != self._book:
            raise RuleError("audit-of-another-book", path=self.path)
        if seal != _seal_of(found):
            raise StorageError("audit-file-changed", path=self.path)
        return records

    def write(self, records: Records) -> None:
        """Refuses what it could not read again: one such entry would cost all the others."""
        written = _CODEC.encode(records)
        issues: list[Issue] = []
        if _CODEC.parse(written, (), issues) is None:
            raise InvalidDocument(tuple(issues))
        sealed = written | {_SEAL: _seal_of(written)}
        text = json.dumps(sealed, ensure_ascii=False, indent=1)
        made = f"{text}\n".encode()
        with unfinished(self.path) as place:
            before = self.path.read_bytes() if self.path.exists() else None
            place.write_bytes(made)
            try:
                take_place(place, self.path)
            except OSError:
                self._take_back(made, before)
                raise

    def _take_back(self, made: bytes, before: bytes | None) -> None:
        """What is refused does not stand there, also where the disk failed after the renaming."""
        with suppress(OSError, StorageError):
            if self.path.read_bytes() != made:
                return
            if before is None:
                self.path.unlink()
                return
            with unfinished(self.path) as place:
                place.write_bytes(before)
                place.replace(self.path)
