"""A connection to a server: how it is made, its transactions, and what a server can refuse.

A transaction says itself whose rights it has and which schema it means, so that a pooler may hand
the next one to another connection. It begins with one message, whatever it says.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex
from time import perf_counter
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.pool import StaticPool

from kwt_books.domain.address import ServerAddress
from kwt_books.domain.errors import StorageError
from kwt_books.store.noted import AHEAD, SEEN

WAIT_SECONDS = 10
"""How long a desk waits for another one that is just recording, and for an answer to a call."""
DESK = token_hex(8)
"""This program's run, so that it doesn't hear of its own entries as another desk's."""
TRIP = "seconds of the quickest answer"
"""Where a connection keeps how far the server is."""
_IDLE_SECONDS = 120
"""A desk that went away in the middle of recording keeps nobody waiting for longer."""
_ALIVE = {
    "keepalives": 1,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "connect_timeout": WAIT_SECONDS,
    "application_name": "KWT Books",
}


class KnownServer(PGDialect_psycopg):
    """PostgreSQL by psycopg. What all servers from version 15 on are alike in is asked of none."""

    supports_statement_cache = True

    def initialize(self, connection: Connection) -> None:
        """Asks nothing: five answers would be waited for at each opening of a book."""


registry.register("postgresql.kwt_books", __name__, "KnownServer")


def call(address: ServerAddress) -> psycopg.Connection[Any]:
    """The driver's own connection, outside of any transaction. Raises `StorageError`."""
    try:
        return psycopg.connect(
            address.server,
            autocommit=True,
            password=address.password or None,
            **_ALIVE,  # type: ignore[arg-type]
        )
    except psycopg.Error as error:
        if isinstance(error, psycopg.ProgrammingError) and error.sqlstate is None:
            raise StorageError("bad-address", path=address) from error  # libpq can't read it
        raise _told(error, unanswered="server-unreachable") or error from error


def connect(address: ServerAddress) -> Engine:
    """An engine with one connection to the database; `begun` begins its transactions."""
    engine = create_engine(
        "postgresql+kwt_books://",
        creator=lambda: call(address),
        poolclass=StaticPool,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        opening = connection.get_execution_options()["opening"]
        raw, info = driver_of(connection), connection.info
        info.pop(AHEAD, None)
        before = perf_counter()
        cursor = raw.execute(opening)
        info[TRIP] = min(info.get(TRIP, math.inf), perf_counter() - before)
        info[SEEN] = _last_row(cursor)

    return engine


def _last_row(cursor: psycopg.Cursor[Any]) -> Any:
    """The row that the last of several statements gave; None where it gives none."""
    while cursor.nextset():
        pass
    return cursor.fetchone() if cursor.description is not None else None


def driver_of(connection: Connection) -> psycopg.Connection[Any]:
    """The driver's connection under SQLAlchemy's."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    return raw


def opening(
    connection_of: ServerAddress, role: str | None, last: sql.Composable, *, write: bool
) -> sql.Composed:
    """What begins a transaction in a book's schema with a role's rights; `last` gives its row."""
    mode = "READ COMMITTED" if write else "REPEATABLE READ READ ONLY"
    parts: list[sql.Composable] = [sql.SQL(f"BEGIN ISOLATION LEVEL {mode}")]
    if role is not None:
        parts.append(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))
    parts.append(within(connection_of.book))
    if write:
        parts.append(sql.SQL(f"SET LOCAL kwt_books.desk = '{DESK}'"))
        parts.append(sql.SQL(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'"))
        parts.append(sql.SQL(f"SET LOCAL idle_in_transaction_session_timeout = '{_IDLE_SECONDS}s'"))
    return sql.SQL("; ").join([*parts, last])


def within(book: str) -> sql.Composed:
    """From here to the end of the transaction, names mean what is in this book's schema."""
    return sql.SQL("SET LOCAL search_path TO {}, pg_temp").format(sql.Identifier(book))


@contextmanager
def begun(engine: Engine, begins: sql.Composed, *, write: bool) -> Iterator[Connection]:
    """A transaction that begins with these words; committed at the end where it writes.

    A connection that was lost since the last one is made anew: nothing was begun on it.
    """
    with storage_errors():
        connection = _opened(engine, begins)
        try:
            with connection:
                transaction = connection.get_transaction()
                assert transaction is not None
                try:
                    yield connection
                except BaseException:
                    transaction.rollback()
                    raise
                if write:
                    transaction.commit()
                else:
                    transaction.rollback()
        except BaseException as error:
            if _lost(error):
                engine.dispose()
            raise


def _opened(engine: Engine, begins: sql.Composed) -> Connection:
    for last in (False, True):
        connection = engine.connect().execution_options(opening=begins)
        try:
            connection.begin()
        except BaseException as error:
            lost = _lost(error) or driver_of(connection).closed
            connection.invalidate()
            connection.close()
            engine.dispose()
            if last or not lost:
                raise
        else:
            return connection
    raise AssertionError("unreachable")


# -- What a server says ---------------------------------------------------------------------------


_STATES = (
    ("28", "server-refuses"),
    ("3D", "no-such-database"),
    ("53100", "disk-full"),
    ("53300", "server-full"),
    ("55P03", "locked"),
    ("40", "locked"),
    ("42501", "no-right-on-server"),
    ("25006", "read-only"),
    ("25P03", "connection-lost"),
    ("57P", "connection-lost"),
    ("08", "connection-lost"),
    ("XX", "damaged"),
    ("42", "damaged"),
)
"""Beginnings of SQL's states. A table or column that is missing is damage of the schema."""


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turns a server's refusals and broken connections into `StorageError`."""
    try:
        yield
    except (exc.DBAPIError, psycopg.Error) as error:
        original = getattr(error, "orig", None) or error
        told = _told(original) if isinstance(original, psycopg.Error) else None
        if told is not None:
            raise told from error
        raise


def _told(error: psycopg.Error, unanswered: str = "connection-lost") -> StorageError | None:
    """The refusal that an error is; None for mistakes of the program, and for what was stopped."""
    said = (line for line in str(error).splitlines() if not line.startswith("\t"))  # no hints
    detail = " ".join(" ".join(said).split())[:200]
    if error.sqlstate is None:
        if not isinstance(error, psycopg.OperationalError):
            return None
        return StorageError(_unanswered(detail, unanswered), detail=detail)
    for beginning, code in _STATES:
        if error.sqlstate.startswith(beginning):
            return StorageError(code, detail=detail)
    return None


_WORDS = (
    ('database "[^"]*" does not exist', "no-such-database"),
    ('role "[^"]*" (does not exist|is not permitted to log in)', "server-refuses"),
    ("password authentication failed|no password supplied|no pg_hba.conf entry", "server-refuses"),
    ("too many (clients|connections)|connection slots are reserved", "server-full"),
)
"""While a connection is made, libpq has the server's words and not its state."""


def _unanswered(detail: str, otherwise: str) -> str:
    return next((code for words, code in _WORDS if re.search(words, detail)), otherwise)


def _lost(error: BaseException) -> bool:
    """Whether an error tells that the connection is gone."""
    if isinstance(error, StorageError):
        return error.code in ("connection-lost", "server-unreachable")
    original = getattr(error, "orig", None) or error
    if not isinstance(original, psycopg.Error):
        return False
    told = _told(original)
    return told is not None and told.code == "connection-lost"
