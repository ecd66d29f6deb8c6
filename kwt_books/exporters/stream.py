"""A book as a stream (STREAM.md): importing it gives the same book to the last hash."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import BinaryIO

from sqlalchemy import Connection, bindparam, select

from kwt_books.domain.chain import GENESIS, canonical
from kwt_books.domain.errors import StorageError
from kwt_books.exporters.whole import BookOrder
from kwt_books.store.expressions import spells
from kwt_books.store.reads import streamed_rows
from kwt_books.store.rows import payload_of
from kwt_books.store.tables import attachment, document

_AT_ONCE = 500
"""Entries read from the file in one go."""
_ATTACHED_AT_ONCE = 10
"""Attachments that are read in one go; each may be some megabytes."""


def write_stream(order: BookOrder, out: BinaryIO) -> None:
    """Every entry's payload as it was sealed, with when and by whom it was recorded.

    Only a handful of entries is in memory at a time. The bytes of attachments are read only where
    they are asked for.
    """
    out.writelines("\n".join([*lines, ""]).encode() for lines in _lines(order, 0))


def write_tail(order: BookOrder, out: BinaryIO) -> None:
    """What was recorded after the entry whose seal is `order.since`: what a mirror lacks.

    The first line says what it continues, where it ends and how the book begins; each other one is
    a line of a stream, attachments in it, with its seal. Raises `StorageError("no-such-seal")`.
    """
    connection = order.context.connection
    after = _place_of(connection, order.since) if order.since is not None else 0
    last, head = connection.execute(_LAST).one_or_none() or (0, GENESIS)
    tail = {"after": after, "head": head, "last": last, "since": order.since or GENESIS}
    out.write(f"{canonical({'tail': tail})}\n".encode())
    lines = chain.from_iterable(_lines(replace(order, attachments=True), after))
    out.writelines(
        f'{{"entry":{line},"seal":"{seal}"}}\n'.encode()
        for line, (seal,) in zip(lines, streamed_rows(connection, _SEALS, after), strict=True)
    )


_AFTER = document.c.sequence > bindparam("after")
_ENTRIES = (
    select(document.c.sequence, document.c.payload, document.c.recorded_at, document.c.recorded_by)
    .where(_AFTER)
    .order_by(document.c.sequence)
)
_SEALS = select(document.c.hash).where(_AFTER).order_by(document.c.sequence)
_LAST = select(document.c.sequence, document.c.hash).order_by(document.c.sequence.desc()).limit(1)


def _place_of(connection: Connection, seal: str) -> int:
    found = connection.execute(select(document.c.sequence).where(document.c.hash == seal)).scalar()
    if found is None:
        raise StorageError("no-such-seal", seal=seal)
    return int(found)


def _lines(order: BookOrder, after: int) -> Iterator[list[str]]:
    """The line of each entry after that place in the chain, as many at once as may be in memory."""
    connection, done = order.context.connection, 0
    rows = streamed_rows(connection, _ENTRIES, after)
    data = Attached(connection, after).told if order.attachments else _no_data
    at_once = 1 if order.attachments else _AT_ONCE
    while lines := [
        # A sealed payload is an object with a kind, in canonical JSON: it ends with its brace.
        f'{payload[:-1]},"recorded":{payload_of({"at": at, "by": by})}{data(sequence)}}}'
        for sequence, payload, at, by in islice(rows, at_once)
    ]:
        yield lines
        done += len(lines)
        if order.progress is not None and done % _AT_ONCE == 0:
            order.progress(done)


def _no_data(_sequence: int) -> str:
    return ""


_ATTACHED = (
    select(attachment.c.document, attachment.c.data)
    .join(document, document.c.sequence == attachment.c.document)
    .where(
        attachment.c.document > bindparam("after"),
        spells(document.c.kind, "attachment"),
    )
    .order_by(attachment.c.document)
)


class Attached:
    """The bytes of attachments, handed out in the order of the chain; few are in memory."""

    def __init__(self, connection: Connection, after: int = 0) -> None:
        self._rows = streamed_rows(connection, _ATTACHED, after, at_once=_ATTACHED_AT_ONCE)
        self._next = next(self._rows, None)

    def of(self, sequence: int) -> bytes | None:
        """The bytes of the attachment at a place in the chain; None where they aren't there."""
        while self._next is not None and self._next[0] < sequence:
            self._next = next(self._rows, None)
        found = self._next
        return bytes(found[1]) if found is not None and found[0] == sequence else None

    def told(self, sequence: int) -> str:
        """The same in base64, as a key behind others."""
        data = self.of(sequence)
        return f',"data":"{b64encode(data).decode("ascii")}"' if data is not None else ""
