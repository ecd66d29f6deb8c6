"""What stands for a book and for the tasks that ask it, where a test says what the book answers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest

from kwt_books.domain.errors import BookError
from ui.kit.workspace import Workspace


def _pass(*_given: object) -> None:
    pass


class Job:
    """A piece of work: what it is, and whom its answer, its error and its end are told."""

    def __init__(self, work: Any, done: Any, failed: Any = None, settled: Any = None) -> None:
        self.work, self.done = work, done
        self.failed: Callable[[BookError], object] = failed or pytest.fail
        self.settled: Callable[[], object] = settled or _pass
        self.cancelled = self.told = False

    def cancel(self) -> None:
        self.cancelled = True


class Answers:
    """Does at once what the book is asked for, by what is `known` under the names of its questions
    and acts; an error there is raised. `later`: does nothing, so that a test answers the `jobs`.
    """

    def __init__(
        self, desk: Workspace, monkeypatch: pytest.MonkeyPatch, *, later: bool = False, **known: Any
    ) -> None:
        self.known = known
        self.asked: list[tuple[Any, ...]] = []
        self.jobs: list[Job] = []
        self.later = later
        for name in ("run", "read", "long", "record"):
            monkeypatch.setattr(desk.tasks, name, getattr(self, f"take_{name}"))

    # -- as the tasks ------------------------------------------------------------------------------

    def take_run(self, work: Any, done: Any, failed: Any = None, **about: Any) -> Job:
        made = Job(work, done, failed, about.get("settled"))
        self.jobs.append(made)
        if self.later:
            return made
        try:
            found = work(self)
        except BookError as error:
            made.failed(error)
        else:
            done(found)
        made.settled()
        return made

    take_read = take_run

    def take_long(
        self, work: Any, done: Any, _progress: Any, failed: Any = None, **about: Any
    ) -> Job:
        return self.take_run(lambda book: work(book, _pass), done, failed, **about)

    def take_record(self, command: Any, done: Any, failed: Any = None, **about: Any) -> Job:
        """Recording is always answered by the test."""
        made = Job(command, done, failed, about.get("settled"))
        self.jobs.append(made)
        return made

    # -- as the book -------------------------------------------------------------------------------

    def _answer(self, name: str, *given: Any) -> Any:
        self.asked.append((name, *given))
        found = self.known[name]
        if isinstance(found, BookError):
            raise found
        return found

    def read(self, query: Callable[..., Any], *given: Any) -> Any:
        return self._answer(query.__name__, *given)

    def read_in(self, _language: str, query: Callable[..., Any], *given: Any) -> Any:
        return self._answer(query.__name__, *given)

    def report(self, name: str, *given: Any) -> Any:
        return self._answer(name, *given)

    def record_together(self, commands: Any, _tell: object, **given: Any) -> list[object]:
        self.asked.append(("record", tuple(commands), *given.values()))
        return [object() for _ in commands]

    def supposing(self, _before: object) -> AbstractContextManager[None]:
        return nullcontext()

    def check(self, _command: object) -> Any:
        """Nothing is against what is filled in, unless something is known to be."""
        return self.known.get("check", ())

    def encrypt(self, phrase: str | None) -> Any:
        return self._answer("encrypt", phrase)

    @property
    def encrypted(self) -> bool:
        return bool(self._answer("encrypted"))
