"""An open book on a server: made, opened, written to by several desks at once, and read from."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Engine, func, select

from kwt_books.domain.access import Role, User
from kwt_books.domain.address import ServerAddress
from kwt_books.domain.errors import StorageError
from kwt_books.store.engine import SCHEMA_VERSION
from kwt_books.store.noted import SEEN
from kwt_books.store.opened import OpenBook
from kwt_books.store.server import ahead
from kwt_books.store.server.engine import (
    TRIP,
    begun,
    call,
    connect,
    driver_of,
    opening,
    storage_errors,
)
from kwt_books.store.server.schema import create_schema, read_role, record_role
from kwt_books.store.tables import credential, document, setup
from kwt_books.store.writes import writes_of

if TYPE_CHECKING:
    from kwt_books.domain.documents.setup import AccountSetup
    from kwt_books.store.state import BookState, Trial

T = TypeVar("T")
_LOCKED = sql.SQL("SELECT sequence, hash, mirror, version FROM begin_sealing()")
_PUSHING = sql.SQL("SET LOCAL kwt_books.pushing TO on; ") + _LOCKED
_SEEN = sql.SQL("SELECT sequence, hash, mirror, version FROM book")
_NOTHING = sql.SQL("SELECT 0, ''")
_EACH = 0.1
"""Seconds between two questions whether somebody still waits for what is being read."""
_KNOWN = """
SELECT n.oid IS NOT NULL, to_regclass(quote_ident(%(book)s) || '.book') IS NOT NULL,
  (SELECT array_agg(rolname::text) FROM pg_roles
   WHERE rolname = ANY(%(roles)s) AND pg_has_role(oid, 'MEMBER'))
FROM (VALUES (1)) one LEFT JOIN pg_namespace n ON n.nspname = %(book)s
"""


class BookOnServer(OpenBook):
    """One open book on a server. Its methods belong to one thread."""

    def __init__(
        self, engine: Engine, address: ServerAddress, role: str, *, read_only: bool, spared: bool
    ) -> None:
        super().__init__(spared=spared)
        ahead.listen(engine)
        self._engine = engine
        self._address = address
        self._read_only = read_only
        self._reads = opening(address, role, _SEEN, write=False)
        self._writes = opening(address, role, _LOCKED, write=True)
        self._raw: psycopg.Connection[Any] | None = None
        self._far = False

    @property
    def path(self) -> ServerAddress:
        """The book's address."""
        return self._address

    @property
    def read_only(self) -> bool:
        """Whether the book was opened only to be read."""
        return self._read_only

    @property
    def is_far(self) -> bool:
        """Whether the server was far when it was last asked."""
        return self._far

    @classmethod
    def open(
        cls,
        address: ServerAddress,
        *,
        read_only: bool = False,
        spared: bool = False,
        mirror: bool = False,
    ) -> BookOnServer:
        """Opens a book of this program's version; with `mirror`, to take what is pushed.

        Raises `StorageError`: `no-such-book`, `read-only` for who may not record and for a mirror,
        `older-book`, `newer-book`, or what the server says.
        """
        engine = connect(address)
        try:
            roles = _roles_at(engine, address)
            records = record_role(address) in roles
            role = record_role(address) if records and not read_only else read_role(address)
            opened = cls(engine, address, role, read_only=read_only, spared=spared)
            opened._must_be_ours(records=records, mirror=mirror)
            if mirror:
                opened._writes = opening(address, role, _PUSHING, write=True)
        except BaseException:
            engine.dispose()
            raise
        return opened

    def _must_be_ours(self, *, records: bool, mirror: bool) -> None:
        with begun(self._engine, self._reads, write=False) as connection:
            is_mirror = self._of_this_version(connection)[2]
        if not self.read_only and is_mirror != mirror:
            raise StorageError("mirror" if is_mirror else "not-a-mirror", path=self.path)
        if not self.read_only and not records:
            raise StorageError("read-only", detail=str(self.path))

    def _of_this_version(self, connection: Connection) -> Any:
        """What the server said of the book; somebody may have brought it up to date meanwhile."""
        seen = connection.info[SEEN]
        if (version := seen[3]) != SCHEMA_VERSION:
            code = "newer-book" if version > SCHEMA_VERSION else "older-book"
            raise StorageError(code, path=self.path, version=version, known=SCHEMA_VERSION)
        return seen

    def close(self) -> None:
        """Closes the connection; what was learnt of the book is forgotten."""
        self._state = None
        self._engine.dispose()

    def rest(self) -> None:
        """A server looks after itself."""

    @contextmanager
    def asking(self, unwanted: Callable[[], bool]) -> Iterator[None]:
        """Within the block, the server is told to stop reading once `unwanted` says so."""
        done = threading.Event()

        def watch() -> None:
            while not done.wait(_EACH):
                if unwanted():
                    raw = self._raw
                    if raw is not None:
                        with suppress(psycopg.Error):
                            raw.cancel_safe()
                    return

        watcher = threading.Thread(target=watch, name="unwanted", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()

    def at_once(self, connection: Connection, work: Callable[[], T]) -> T:
        """What work gives that only asks; a server that is far is asked few times for much."""
        return ahead.in_few_trips(connection, work) if is_far(connection) else work()

    def _opened_apart(self) -> BookOnServer:
        return BookOnServer.open(self._address)

    @contextmanager
    def _transaction(self, *, write: bool) -> Iterator[Connection]:
        begins = self._writes if write else self._reads
        with begun(self._engine, begins, write=write) as connection:
            self._of_this_version(connection)
            self._raw, self._far = driver_of(connection), is_far(connection)
            try:
                yield connection
            finally:
                self._raw = None

    def _version_at(self, connection: Connection) -> object:
        return connection.info[SEEN][:2]

    def _version_after(self, state: BookState, version: object) -> object:
        return state.next_sequence - 1, state.head

    def _new_state(self, connection: Connection) -> BookState:
        if is_far(connection):
            ahead.foresee(connection, lambda: super(BookOnServer, self)._new_state(connection))
        return super()._new_state(connection)

    def _look_again(self) -> None:
        """Each transaction asks the server."""

    def _refused(self, error: StorageError, *, write: bool) -> None:
        """The server has undone it."""

    def _stands_after_all(self, error: StorageError, state: BookState) -> bool:
        """Whether an unanswered commit was carried out: then the last entry's seal is there.

        The head's lock is asked for first, so that a commit that is still on its way is over. Where
        the server is not to be reached at all, nobody knows: `outcome-unknown` is raised.
        """
        if error.code != "connection-lost":
            return False
        last, head = state.next_sequence - 1, state.head
        query = select(document.c.hash).where(document.c.sequence == last)
        try:
            with begun(self._engine, self._writes, write=True) as connection:
                return connection.execute(query).scalar() == head
        except StorageError as again:
            raise StorageError("outcome-unknown", detail=str(again.params.get("detail"))) from error


def is_far(connection: Connection) -> bool:
    """Whether an answer takes so long that many are better asked for in one message."""
    return bool(connection.info[TRIP] >= ahead.FAR)


def foresee(state: BookState, work: Callable[[Trial], object]) -> None:
    """Asks in few messages what work on this state is going to ask."""
    from kwt_books.store.state import Trial

    connection = state.connection
    ahead.foresee(connection, lambda: work(Trial(state)))
    state.use(connection)


def _roles_at(engine: Engine, address: ServerAddress) -> frozenset[str]:
    """The roles of the book that whoever connects is a member of.

    Raises `StorageError("no-such-book")` where the schema or its book is missing.
    """
    wanted = [record_role(address), read_role(address)]
    with storage_errors(), engine.connect() as connection:
        found = (
            driver_of(connection)
            .execute(_KNOWN, {"book": address.book, "roles": wanted})
            .fetchone()
        )
    assert found is not None
    there, ours, roles = found
    if not there or not ours:
        raise StorageError("no-such-book" if not there else "not-a-book", path=address)
    if not roles:
        raise StorageError("no-right-on-server", detail=str(address))
    return frozenset(roles)


def mark_pushed(connection: Connection, at: str) -> None:
    """Says in a mirror when the last push came; ISO date and time."""
    driver_of(connection).execute("SELECT mark_pushed(%s)", (at,))


def exists(address: ServerAddress) -> bool:
    """Whether the database has a schema of this name."""
    with storage_errors(), closing(call(address)) as raw:
        query = "SELECT 1 FROM pg_namespace WHERE nspname = %s"
        return raw.execute(query, (address.book,)).fetchone() is not None


def people_of(address: ServerAddress) -> tuple[User, ...]:
    """Who may sign in to a book. Raises `StorageError` where the server says no."""
    opened = BookOnServer.open(address, read_only=True)
    has_password = (
        select(func.count())
        .where(credential.c.kind == "password", credential.c.person == setup.c.code)
        .scalar_subquery()
    )
    query = (
        select(setup.c.payload, has_password).where(setup.c.kind == "person").order_by(setup.c.code)
    )
    try:
        with opened.reading() as connection:
            found = connection.execute(query).all()
    finally:
        opened.close()
    return tuple(_someone(json.loads(payload), known > 0) for payload, known in found)


def _someone(raw: dict[str, Any], has_password: bool) -> User:
    active = raw.get("active", True) is True
    return User(str(raw["name"]), Role(str(raw["role"])), active, has_password)


@contextmanager
def building(
    address: ServerAddress, chart: list[AccountSetup], *, mirror: bool = False
) -> Iterator[BookState]:
    """The state of a new book, which is there whole when the block ends, or not at all.

    Raises `StorageError("book-exists")` where the database has a schema of that name, and
    `no-right-on-server` for who may not make books there.
    """
    from kwt_books.domain.documents.registry import encode_command
    from kwt_books.store.rows import payload_of
    from kwt_books.store.state import BookState

    engine = connect(address)
    begins = sql.SQL("BEGIN; ") + _NOTHING
    try:
        with begun(engine, begins, write=True) as connection:
            create_schema(connection, address, mirror=mirror)
            rows = [(each.kind, each.code, payload_of(encode_command(each))) for each in chart]
            driver_of(connection).cursor().executemany(writes_of(connection).upsert_setup, rows)
            driver_of(connection).execute("SET LOCAL kwt_books.pushing TO on")
            state = BookState(connection)
            yield state
            state.flush()
    finally:
        engine.dispose()
