"""A desk whose book answers at once: nothing has to be waited for, and nothing is recorded."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from kwt_books.book import Book
from kwt_books.domain.documents.base import Command
from kwt_books.domain.errors import BookError
from ui.kit.worker import Job, Tasks

T = TypeVar("T")


class AtOnce(Tasks):
    """Answers on the screen's thread, before the question returns, or all once `answer` is called
    if it is made to wait; what is to be recorded is kept in `recorded` instead.
    """

    def __init__(self, book: Book, *, waits: bool = False) -> None:
        super().__init__(lambda: book)
        self.pause()
        self._waits = waits
        self._asked: list[Job[Any]] = []
        self.recorded: list[Command] = []

    def submit(
        self,
        call: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[BookError], object] | None = None,
        *,
        settled: Callable[[], object] | None = None,
        key: Hashable | None = None,
        owner: QObject | None = None,
    ) -> Job[T]:
        job = Job(call, done, failed, settled, owner)
        self._pending.add(job)
        self._asked.append(job)
        if not self._waits:
            self.answer()
        return job

    def answer(self) -> None:
        self._waits = False
        while self._asked:
            job = self._working = self._asked.pop(0)
            job.work()
            self._worked.put(job)
            self._settle()

    def record(self, command: Command, *_how: Any, **more: Any) -> Any:
        self.recorded += [*more.get("before", ()), command]

    def change(self, *_given: Any, **_more: Any) -> Any:
        """Writes nothing."""

    def _end(self) -> None:
        """The book stays open for the next desk."""
