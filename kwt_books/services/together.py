"""Many entries recorded as one: all of them, or what is wrong with each that is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kwt_books.domain.access import Recorded
from kwt_books.domain.documents.base import Command
from kwt_books.domain.errors import InvalidDocument, Issue, RefusedTogether
from kwt_books.services.foreseen import foreseen
from kwt_books.services.recorder import Recorder
from kwt_books.store.state import BookState

MOST_REFUSED = 500
"""Of so many it is told what is wrong with them."""
_TOLD_EVERY = 100


def record_together(
    recorder: Recorder,
    state: BookState,
    commands: Iterable[Command],
    progress: Callable[[int], None] | None = None,
) -> tuple[Recorded, ...]:
    """Records every command on `state`; nothing is committed here.

    One that is refused does not keep the others from being looked at. Raises `RefusedTogether` with
    all that were. `progress` is told how many commands were looked at.
    """
    recorded: list[Recorded] = []
    refused: dict[int, tuple[Issue, ...]] = {}
    for place, command in enumerate(foreseen(commands, recorder, Recorder.record)):
        if progress is not None and place % _TOLD_EVERY == 0:
            progress(place)
        try:
            recorded.append(recorder.record(command))
        except InvalidDocument as error:
            refused[place] = error.issues
            if len(refused) >= MOST_REFUSED:
                break
        if state.full:
            state.flush()
    if refused:
        raise RefusedTogether(refused)
    return tuple(recorded)
