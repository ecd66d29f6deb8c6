"""A new book with everything it begins with: all of it, or no book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kwt_books.domain.access import Role
from kwt_books.domain.documents.base import Command
from kwt_books.domain.recording import Person
from kwt_books.services.people import FirstPeople, Newcomer
from kwt_books.services.recorder import Recorder
from kwt_books.store.state import BookState


@dataclass(frozen=True, slots=True)
class Beginning:
    """`commands` in the order in which they are recorded. Without `people` nobody signs in."""

    commands: Sequence[Command]
    people: Sequence[Newcomer] = ()


@dataclass(frozen=True, slots=True)
class Begun:
    opening: str | None
    """The number of the last document."""
    recovery_key: str | None
    """Told this once; None where nobody signs in."""


def begin_book(
    state: BookState, beginning: Beginning, who: Person, clock: Callable[[], datetime]
) -> Begun:
    """Records a beginning on the state of a new book. The chair answers for it, if there is one."""
    first = FirstPeople(beginning.people) if beginning.people else None
    chairs = [person.name for person, _ in beginning.people if person.leads]
    name = chairs[0] if chairs else who.name
    recorder = Recorder(state, Person(name, Role.CHAIR), clock, free=True)
    opening = None
    for recorded in recorder.record_each(beginning.commands):
        opening = recorded.number or opening
    if first is not None:
        first.enter(state, recorder)
    return Begun(opening, first.key if first is not None else None)
