"""A book's file: made, opened, written to and read from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from kwt_books.domain.errors import StorageError
from kwt_books.store.driver import connected, export, sqlite3
from kwt_books.store.engine import (
    BUSY_MILLISECONDS,
    SCHEMA_VERSION,
    check_version,
    connect,
    create_schema,
    data_version,
    make_folder,
    raw_connection,
    reading,
    set_aside,
    storage_errors,
    take_place,
    unfinished,
    writing,
)
from kwt_books.store.keys import Key, learn
from kwt_books.store.opened import OpenBook
from kwt_books.store.schema import differing, misleading
from kwt_books.store.untouched import HEAD, Stamp, is_book, log_of, stamp

if TYPE_CHECKING:
    from kwt_books.domain.documents.setup import AccountSetup
    from kwt_books.store.state import BookState


_MOMENT = 20_000
"""Steps of SQLite's machine: about a millisecond."""


class BookFile(OpenBook):
    """One open book in a file. Its methods belong to one thread."""

    def __init__(
        self, engine: Engine, path: Path, seen: Stamp | None = None, *, spared: bool = False
    ) -> None:
        super().__init__(spared=spared)
        self._path = path
        self._engine = engine
        self._seen = seen
        """The file as it was opened to be read only."""
        self._log = log_of(path) if seen is None else None
        """Which file is the log; None where that doesn't matter."""
        self._unwanted: Callable[[], bool] | None = None

    @property
    def path(self) -> Path:
        """The book's file."""
        return self._path

    @property
    def read_only(self) -> bool:
        """Whether the file was opened only to be read."""
        return self._seen is not None

    @classmethod
    def open(
        cls, path: Path, *, read_only: bool = False, older: bool = False, spared: bool = False
    ) -> BookFile:
        """Opens a book of this program's version.

        `older`: also one of a version before, to be brought up to date. `spared`: it is only read,
        though it could be written; credentials are still written, through a connection of their
        own. Raises `StorageError`: `no-such-book`, `not-a-book`, `read-only`, `older-book`,
        `foreign-schema` or what the disk says.
        """
        must_look_like_a_book(path)
        if not read_only and not os.access(path, os.W_OK):
            raise StorageError("read-only", detail=str(path))  # SQLite would leave a log beside it
        seen = stamp(path) if read_only else None
        engine = connect(path, read_only=read_only)
        try:
            if check_version(engine, path) == SCHEMA_VERSION:
                _must_be_ours(engine, path, read_only=read_only)
            elif not older:
                raise StorageError("older-book", path=path)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, path, seen, spared=spared)

    @classmethod
    def create(cls, path: Path, chart: list[AccountSetup], key: Key | None = None) -> BookFile:
        """Makes a book with the default chart of accounts and opens it; `key` encrypts it.

        Raises `StorageError("book-exists")` where something is at `path`.
        """
        with building(path, chart, key):
            pass
        return cls.open(path)

    def close(self) -> None:
        """Closes the file; what was learnt of the book is forgotten."""
        self._state = None
        self._engine.dispose()

    def rest(self) -> None:
        """Brings SQLite's log into the file, so that a copy of the file alone is complete.

        The log stays, as safe as before, where somebody else uses the file or the disk refuses.
        """
        if self.read_only:
            return
        raw = raw_connection(self._engine)
        raw.execute("PRAGMA busy_timeout=0").close()
        try:
            with suppress(sqlite3.DatabaseError):  # damage is told by whoever reads next
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        finally:
            raw.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}").close()

    def _write_over(self) -> None:
        """Puts a change of nothing where an entry may stand in the log that was refused.

        Where a disk took an entry and then refused to flush it, SQLite goes by its index, which
        lacks the entry; whoever opens the book after a crash goes by the log, and would find it.
        What is written here needs no flush; a disk that takes nothing at all has no such entry.
        """
        raw = raw_connection(self._engine)
        with suppress(sqlite3.DatabaseError):
            raw.execute("PRAGMA synchronous=OFF").close()
            raw.execute("PRAGMA busy_timeout=0").close()
            try:
                raw.execute("BEGIN IMMEDIATE").close()
                raw.execute(f"PRAGMA user_version={SCHEMA_VERSION}").close()
                raw.execute("COMMIT").close()
            finally:
                if raw.in_transaction:
                    raw.execute("ROLLBACK").close()
                raw.execute("PRAGMA synchronous=FULL").close()
                raw.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}").close()

    def take_alone(self) -> None:
        """Brings the log into the file and keeps everybody else out until it is closed.

        Raises `StorageError("locked")` where somebody else has it open.
        """
        raw, self._log = raw_connection(self._engine), None
        with storage_errors():
            raw.execute("PRAGMA locking_mode=EXCLUSIVE").close()
            (mode,) = raw.execute("PRAGMA journal_mode=DELETE").fetchone()
            if mode != "delete":
                raise StorageError("locked", path=self.path)
            raw.execute("BEGIN EXCLUSIVE").close()
            raw.execute("COMMIT").close()

    def export(self, target: Path, key: Key | None) -> None:
        """Writes the whole file into an empty one, encrypted with `key`, without it readable."""
        with storage_errors():
            export(raw_connection(self._engine), target, key)

    def _transaction(self, *, write: bool) -> AbstractContextManager[Connection]:
        return writing(self._engine) if write else reading(self._engine)

    def _version_at(self, connection: Connection) -> object:
        return data_version(connection)

    def _refused(self, error: StorageError, *, write: bool) -> None:
        if write and error.code != "locked":
            self._write_over()
        self.rest()

    @contextmanager
    def asking(self, unwanted: Callable[[], bool]) -> Iterator[None]:
        """Within the block, SQLite asks `unwanted` every moment and stops its work on a yes."""
        self._unwanted = unwanted
        self._listen()
        try:
            yield
        finally:
            self._unwanted = None
            self._listen()

    def _listen(self) -> None:
        """Lets the connection ask what `asking` gave, or nothing."""
        with storage_errors():
            raw_connection(self._engine).set_progress_handler(self._unwanted, _MOMENT)

    def _opened_apart(self) -> BookFile:
        return BookFile.open(self.path)

    def _look_again(self) -> None:
        """Opens the file anew where somebody wrote to it since it was opened to be read only, or
        took its log away.

        What a process closes costs it all its locks on that file, on POSIX: a dialog that asks for
        a file looks into each that lies there. Whoever closes the book then thinks to be the last.
        """
        if self._seen is None:
            if self._log is not None and log_of(self.path) != self._log:
                self._open_anew()
                self._log = log_of(self.path)
            return
        try:
            now = stamp(self.path)
        except OSError as error:
            raise StorageError("cannot-open", detail=str(error)) from error
        if now != self._seen:
            self._seen = now
            self._open_anew()

    def _open_anew(self) -> None:
        self._state = None
        self._engine.dispose()
        self._listen()


def _must_be_ours(engine: Engine, path: Path, *, read_only: bool) -> None:
    """Refuses tables of another program; a foreign trigger is no harm to who only reads."""
    with reading(engine) as connection:
        parts = differing(connection)
    if misleading(parts) or (parts and not read_only):
        names = ", ".join(name[:40] for _, name in parts[:5])
        raise StorageError("foreign-schema", path=path, names=names)


def version_of(path: Path) -> int:
    """The version of a book's tables. Raises `StorageError` where the file is no book."""
    must_look_like_a_book(path)
    engine = connect(path, read_only=True)
    try:
        return check_version(engine, path)
    finally:
        engine.dispose()


def must_look_like_a_book(path: Path) -> None:
    """Raises `StorageError` unless the first bytes are a book's.

    `no-such-book`, `cannot-open` or `not-a-book`. SQLite itself would write to whatever it opens.
    """
    if not path.is_file():
        raise StorageError("no-such-book", path=path)
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise StorageError("cannot-open", path=path, detail=str(error)) from error
    if not is_book(head):
        raise StorageError("not-a-book", path=path)


def _fill(engine: Engine, chart: list[AccountSetup]) -> None:
    from kwt_books.domain.documents.registry import encode_command
    from kwt_books.store.rows import payload_of
    from kwt_books.store.writes import writes_of

    create_schema(engine)
    with writing(engine) as connection:
        rows = [(each.kind, each.code, payload_of(encode_command(each))) for each in chart]
        connection.exec_driver_sql(writes_of(connection).upsert_setup, rows)


@contextmanager
def building(path: Path, chart: list[AccountSetup], key: Key | None = None) -> Iterator[BookState]:
    """The state of a new book, which appears at `path` whole when the block ends, or not at all.

    `key` encrypts it, and is known from then on. Raises `StorageError("book-exists")` where
    something is there.
    """
    from kwt_books.store.state import BookState

    if path.exists():
        raise StorageError("book-exists", path=path)
    if key is not None:
        learn(key)
    with coming_to(path) as made:
        engine = connect(made, building=True, key=key)
        try:
            _fill(engine, chart)
            with writing(engine) as connection:
                state = BookState(connection)
                yield state
                state.flush()
        finally:
            engine.dispose()
        settle(made, path)


@contextmanager
def coming_to(path: Path) -> Iterator[Path]:
    """An empty file to be filled and then settled at `path`; removed where it was not settled."""
    try:
        make_folder(path.parent)
    except OSError as error:
        raise StorageError("cannot-write", path=path, detail=str(error)) from error
    with unfinished(path) as made:
        yield made


def settle(made: Path, path: Path, *, instead: bool = False) -> None:
    """Gives a finished book its name. Raises `StorageError("target-exists")` where it is taken.

    With `instead` it replaces what has the name. A log left beside the name by another book is
    set aside first, so that SQLite never reads it into this one.
    """
    with storage_errors(), closing(connected(made)) as connection:
        connection.execute("PRAGMA journal_mode=WAL").close()  # readers hold no writer off
    if not instead:
        if os.path.lexists(path):
            raise StorageError("target-exists", path=path)
        set_aside(path)
    take_place(made, path)
