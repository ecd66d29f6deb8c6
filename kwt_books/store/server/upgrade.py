"""A book on a server with an older program's tables, taken to this one's whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from psycopg import sql
from sqlalchemy import Connection, update

from kwt_books.domain.address import ServerAddress
from kwt_books.domain.errors import StorageError
from kwt_books.store.engine import SCHEMA_VERSION
from kwt_books.store.migrations import STEPS, climb
from kwt_books.store.noted import SEEN
from kwt_books.store.server import schema
from kwt_books.store.server.engine import begun, connect, opening

_VERSION = sql.SQL("SELECT version FROM book FOR UPDATE")


def upgrade(
    address: ServerAddress,
    judge: Callable[[Connection], bool],
    steps: Mapping[int, str] = STEPS,
    version: int = SCHEMA_VERSION,
) -> None:
    """Takes a book to `version` by the steps that lead there, in one transaction.

    Desks that have it open wait meanwhile; an older program's are told then that the book is newer.
    Raises `StorageError`: `older-book-on-server` for who may not make books there, and `damaged`
    where it does not pass its checks afterwards (`judge`).
    """
    engine = connect(address)
    begins = opening(address, schema.OWNER, _VERSION, write=True)
    try:
        with begun(engine, begins, write=True) as connection:
            (stands_at,) = connection.info[SEEN]
            schema.take_guards_down(connection)
            climb(connection, steps, range(stands_at + 1, version + 1))
            schema.put_guards_up(connection, address)
            connection.execute(update(schema.book).values(version=version))
            found = schema.differing(connection)
            if found or judge(connection):
                detail = ", ".join(f"{kind} {name}" for kind, name in found)
                raise StorageError("damaged", path=address, detail=detail)
    except StorageError as error:
        if error.code == "no-right-on-server":
            raise StorageError("older-book-on-server", path=address) from error
        raise
    finally:
        engine.dispose()
