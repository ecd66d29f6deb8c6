"""What reports need of the whole book; read again only when the chain has grown."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from kwt_books.queries.chain import ChainHead, chain_head, head_hash
from kwt_books.queries.setup import SetupBook

Reading = Callable[[], AbstractContextManager[Connection]]


class BookView:
    """The chain's head and the set-up, kept from one report to the next."""

    def __init__(self, connection: Connection, reading: Reading | None = None) -> None:
        self.reading = reading
        """Reads the book again after `connection` is closed."""
        self.chain: ChainHead = chain_head(connection)
        self.setup = SetupBook(connection)

    def still_holds(self, connection: Connection) -> bool:
        """Whether nothing was recorded since; the view then goes on with this connection."""
        if head_hash(connection) != self.chain.hash:
            return False
        self.setup.use(connection)
        return True
