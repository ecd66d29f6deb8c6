"""Hearing of what other desks record in a book, over a connection of its own."""

from __future__ import annotations

from psycopg import sql

from kwt_books.domain.address import ServerAddress
from kwt_books.store.server.engine import DESK, call, storage_errors


class Bell:
    """Rings when another desk has recorded in a book. Its methods belong to one thread."""

    def __init__(self, address: ServerAddress) -> None:
        """Calls the server and listens from here on. Raises `StorageError` where it can't."""
        self._raw = call(address)
        with storage_errors():
            self._raw.execute(sql.SQL("LISTEN {}").format(sql.Identifier(address.book)))

    def wait(self, seconds: float) -> bool:
        """Whether another desk records within this time; as soon as it is committed.

        Raises `StorageError("connection-lost")`.
        """
        with storage_errors():
            heard = self._raw.notifies(timeout=seconds, stop_after=1)
            return any(each.payload != DESK for each in heard)

    def close(self) -> None:
        """Listens no longer."""
        self._raw.close()
