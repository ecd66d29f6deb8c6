"""Hearing of what other desks record in a book, over a connection of its own."""

from __future__ import annotations

import time
from typing import Any, Protocol

import psycopg
from psycopg import sql

from kwt_books.domain.address import ServerAddress
from kwt_books.store.server.engine import DESK, call, storage_errors

_EACH = 2.0
"""Seconds between two questions, where the server can't tell by itself."""


class Bell(Protocol):
    """Rings when another desk has recorded in a book. Its methods belong to one thread."""

    def wait(self, seconds: float) -> bool:
        """Whether another desk records within this time. Raises `StorageError`."""
        ...

    def close(self) -> None:
        """Listens no longer."""


def bell_of(address: ServerAddress) -> Bell:
    """Listens; through a pooler, which hands on no notices, it asks every two seconds instead.

    Raises `StorageError` where the server can't be called.
    """
    raw = call(address)
    try:
        with storage_errors():
            row = raw.execute("SELECT pg_backend_pid()").fetchone()
            pooled = row is None or row[0] != raw.info.backend_pid
            return Asking(raw, address) if pooled else Listening(raw, address)
    except BaseException:
        raw.close()
        raise


class Listening:
    """Is told by the server, as soon as an entry is committed."""

    def __init__(self, raw: psycopg.Connection[Any], address: ServerAddress) -> None:
        self._raw = raw
        raw.execute(sql.SQL("LISTEN {}").format(sql.Identifier(address.book)))

    def wait(self, seconds: float) -> bool:
        """Whether another desk records within this time. Raises `StorageError`."""
        with storage_errors():
            heard = self._raw.notifies(timeout=seconds, stop_after=1)
            return any(each.payload != DESK for each in heard)

    def close(self) -> None:
        """Listens no longer."""
        self._raw.close()


class Asking:
    """Looks for a new head. It can't tell whose entry it was: one's own rings it too."""

    def __init__(self, raw: psycopg.Connection[Any], address: ServerAddress) -> None:
        self._raw = raw
        table = sql.Identifier(address.book, "book")
        self._question = sql.SQL("SELECT sequence, hash FROM {}").format(table)
        self._seen, self._asked = self._head(), time.monotonic()

    def wait(self, seconds: float) -> bool:
        """Whether a desk has recorded since the last question. Raises `StorageError`."""
        left = self._asked + _EACH - time.monotonic()
        if left > seconds:
            time.sleep(seconds)
            return False
        time.sleep(max(left, 0))
        before, self._seen, self._asked = self._seen, self._head(), time.monotonic()
        return bool(before != self._seen)

    def _head(self) -> Any:
        with storage_errors():
            return self._raw.execute(self._question).fetchone()

    def close(self) -> None:
        """Asks no longer."""
        self._raw.close()
