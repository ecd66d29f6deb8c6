"""The one door to a book, for the command line and the desktop alike."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from kwt_books.domain.documents.base import Command
from kwt_books.domain.errors import Issue
from kwt_books.i18n.catalogue import Translator
from kwt_books.queries.view import BookView
from kwt_books.reports.context import Context, Parameters
from kwt_books.reports.model import Report
from kwt_books.reports.registry import build_report
from kwt_books.services.recorder import Person, Recorded, Recorder, normal
from kwt_books.services.stream import Progress, import_stream
from kwt_books.store.book import BookFile, building
from kwt_books.store.chart import default_chart
from kwt_books.store.state import BookState

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Imported:
    entries: int
    head: str


class Books:
    """Opens and makes books. Built once by `main.py` with the clock, files and person."""

    def __init__(self, resources: Path, clock: Clock, person: Person) -> None:
        self._resources = resources
        self._clock = clock
        self._person = person

    def open(self, path: Path, *, read_only: bool = False) -> Book:
        return Book(BookFile.open(path, read_only=read_only), self._person, self._clock)

    def create(self, path: Path) -> Book:
        chart = default_chart(self._resources)
        return Book(BookFile.create(path, chart), self._person, self._clock)

    def import_stream(
        self, path: Path, stream: BinaryIO, progress: Progress | None = None
    ) -> Imported:
        """All of the stream into the book, or nothing; makes the book where there is none."""
        file = BookFile.open(path) if path.exists() else None
        writing: AbstractContextManager[BookState] = (
            file.state(write=True)
            if file is not None
            else building(path, default_chart(self._resources))
        )
        try:
            with writing as state:
                recorder = Recorder(state, self._person, self._clock)
                entries = import_stream(stream, recorder, state, progress)
                head = state.head
        finally:
            if file is not None:
                file.close()
        return Imported(entries, head)


class Book:
    """One open book. Every call is a transaction of its own."""

    def __init__(self, file: BookFile, person: Person, clock: Clock) -> None:
        self._file = file
        self._person = person
        self._clock = clock
        self._view: BookView | None = None
        self._words: dict[str, Translator] = {}

    @property
    def path(self) -> Path:
        return self._file.path

    def close(self) -> None:
        self._file.close()

    def record(self, command: Command) -> Recorded:
        """Durable when it returns; raises with everything that is wrong otherwise."""
        valid = normal(command)
        with self._file.state(write=True) as state:
            return Recorder(state, self._person, self._clock).record(valid)

    def report(self, name: str, parameters: Parameters, language: str) -> Report:
        """The report in a language, at the book's present chain head."""
        with self._file.reading() as connection:
            return build_report(name, self._context(connection, parameters, language))

    def _context(self, connection: Connection, parameters: Parameters, language: str) -> Context:
        if self._view is None or not self._view.still_holds(connection):
            self._view = BookView(connection)
        words = self._words.setdefault(language, Translator(language))
        return Context(connection, parameters, words, self._clock().date(), self._view)

    def check(self, command: Command) -> tuple[Issue, ...]:
        """What there is to mend before `command` can be recorded."""
        with self._file.state(write=False) as state:
            return Recorder(state, self._person, self._clock).check(command)
