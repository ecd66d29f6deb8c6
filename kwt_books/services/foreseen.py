"""Many things to be recorded on a far server: what they ask is asked for many of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from kwt_books.domain.errors import BookError
from kwt_books.services.recorder import Recorder
from kwt_books.store.door import foresee, foresees
from kwt_books.store.opened import SENSELESS
from kwt_books.store.state import Trial

T = TypeVar("T")
_MOST, _HEAVIEST = 100, 1024 * 1024
"""As many things, and bytes of them, as are tried together."""


def foreseen(
    things: Iterable[T],
    recorder: Recorder,
    attempt: Callable[[Recorder, T], object],
    weight: Callable[[T], int] = lambda _: 0,
) -> Iterator[T]:
    """The things as they are, each just before it is recorded.

    Where the server is far they were tried before, on a state that keeps nothing, by `attempt`;
    `weight` tells how many bytes one takes.
    """
    state = recorder.state
    if not foresees(state):
        yield from things
        return
    for some in portions(things, weight):
        rest = some
        while rest:
            trying = _Trying(recorder, rest, attempt)
            foresee(state, trying)
            yield from rest[: trying.reached]
            rest = rest[trying.reached :]
            if rest:
                state.flush()


class _Trying(Generic[T]):
    """Tries things, up to one that asks for what those before it leave: they are written first."""

    def __init__(
        self, recorder: Recorder, things: Sequence[T], attempt: Callable[[Recorder, T], object]
    ) -> None:
        self._recorder, self._things, self._attempt = recorder, things, attempt
        self.reached = len(things)

    def __call__(self, trial: Trial) -> None:
        recorder = self._recorder.on(trial)
        for place, thing in enumerate(self._things):
            with suppress(BookError, *SENSELESS):  # on a guess; what is refused is told later
                self._attempt(recorder, thing)
            if trial.waits_for_write:
                self.reached = max(1, place)
                return
        self.reached = len(self._things)


def portions(things: Iterable[T], weight: Callable[[T], int]) -> Iterator[list[T]]:
    """Lists of a hundred things, or of a megabyte; what came before an error comes before it."""
    some: list[T] = []
    heavy = 0
    try:
        for thing in things:
            some.append(thing)
            heavy += weight(thing)
            if len(some) >= _MOST or heavy >= _HEAVIEST:
                yield some
                some, heavy = [], 0
    except BookError:
        yield some
        raise
    if some:
        yield some
