"""A group's own file and its mirror on a server: what is new is handed over, and only continued."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from sqlalchemy import Connection, bindparam, func, select

from kwt_books.domain.access import Person, Role
from kwt_books.domain.chain import GENESIS
from kwt_books.domain.errors import InvalidDocument, StorageError
from kwt_books.services.foreseen import foreseen
from kwt_books.services.recorder import Recorder
from kwt_books.services.stream import LineError, attempt, bytes_of, parse_entry, read_lines
from kwt_books.store.reads import streamed_rows
from kwt_books.store.state import BookState
from kwt_books.store.tables import document

Clock = Callable[[], datetime]
_LINE = re.compile(rb'\{"entry":(\{.*\}),"seal":"([0-9a-f]{64})"\}', re.DOTALL)
_LAST = select(func.max(document.c.sequence))
_SEALS = select(document.c.hash, document.c.number)
_SEALS_BEHIND = _SEALS.where(document.c.sequence > bindparam("after")).order_by(document.c.sequence)


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a mirror took: how many entries, and the chain's head after them."""

    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class Tail:
    """What the first line of a tail says: the place and seal it continues, and where it ends."""

    after: int
    since: str
    last: int
    head: str


def seal_at(connection: Connection, sequence: int) -> tuple[str, str | None]:
    """Seal and voucher number of the entry at a place in the chain; empty beyond its end."""
    if sequence == 0:
        return GENESIS, None
    found = connection.execute(_SEALS.where(document.c.sequence == sequence)).first()
    return (found[0], found[1]) if found is not None else ("", None)


def must_go_on(connection: Connection, mirror: Connection) -> str | None:
    """The seal of the mirror's last entry, which the book has at that place too; None: it has none.

    Raises `StorageError`: `older-than-mirror` for a copy that the mirror is ahead of, and `forked`
    with the first entry that is another one.
    """
    last: int = mirror.execute(_LAST).scalar() or 0
    if not last:
        return None
    head, _ = seal_at(mirror, last)
    if seal_at(connection, last)[0] == head:
        return head
    own: int = connection.execute(_LAST).scalar() or 0
    if own < last and seal_at(connection, own) == seal_at(mirror, own):
        raise StorageError("older-than-mirror", count=last - own)
    same, other = 0, last
    while other - same > 1:  # seals differ from the parting on
        middle = (same + other) // 2
        there = seal_at(connection, middle)[0] == seal_at(mirror, middle)[0]
        same, other = (middle, other) if there else (same, middle)
    raise forked(other, seal_at(mirror, other)[1])


def forked(sequence: int, number: str | None) -> StorageError:
    """The refusal of a book that goes another way from an entry on."""
    return StorageError("forked", document=number or f"#{sequence}")


def take_tail(state: BookState, stream: BinaryIO, clock: Clock) -> Pushed:
    """Records what a tail holds beyond the mirror's head; nothing is committed here.

    What the mirror has already must be the same. Raises `StorageError`: `bad-tail` for what is none
    or was changed, `tail-begins-later` where entries are missing in between, `forked` where the
    group's book went another way.
    """
    lines = read_lines(stream)
    first = next(lines, None)
    tail = header(first[1] if first is not None else b"")
    last = state.next_sequence - 1
    if tail.after > last:
        raise StorageError("tail-begins-later", seal=state.head)
    seal, number = seal_at(state.connection, tail.after)
    if seal != tail.since:
        raise forked(tail.after, number)
    recorder = Recorder(state, Person("", Role.CHAIR), clock, free=True)
    place = tail.after
    for there, number in streamed_rows(state.connection, _SEALS_BEHIND, tail.after):
        if (found := next(lines, None)) is None:
            break
        place += 1
        if _parts(found[1], found[0])[1] != there:
            raise forked(place, number)
    for line, raw in foreseen(lines, recorder, _attempt, bytes_of):
        place += 1
        entry, seal = _parts(raw, line)
        _record(recorder, entry, line)
        if state.head != seal:
            raise StorageError("bad-tail", line=line)
        if state.full:
            state.flush()
    if place != tail.last or (state.head != tail.head and place >= last):
        raise StorageError("bad-tail", line=place - tail.after + 1)
    state.flush()
    return Pushed(max(0, place - last), state.head)


def header(raw: bytes) -> Tail:
    """What the first line says. Raises `StorageError("bad-tail")` where it is none of a tail."""
    try:
        found: dict[str, Any] = json.loads(raw)["tail"]
        tail = Tail(found["after"], found["since"], found["last"], found["head"])
        shapes = (type(tail.after), type(tail.since), type(tail.last), type(tail.head))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise StorageError("bad-tail", line=1) from error
    if shapes != (int, str, int, str) or not 0 <= tail.after <= tail.last:
        raise StorageError("bad-tail", line=1)
    return tail


def _attempt(recorder: Recorder, line: tuple[int, bytes]) -> None:
    attempt(recorder, _parts(line[1], line[0])[0])


def _parts(raw: bytes, line: int) -> tuple[bytes, str]:
    found = _LINE.fullmatch(raw)
    if found is None:
        raise StorageError("bad-tail", line=line)
    return found[1], found[2].decode("ascii")


def _record(recorder: Recorder, entry: bytes, line: int) -> None:
    try:
        command, stamp = parse_entry(entry)
        if stamp is None:
            raise StorageError("bad-tail", line=line)
        recorder.record_parsed(command, stamp)
    except (LineError, InvalidDocument) as error:
        raise StorageError("bad-tail", line=line) from error
