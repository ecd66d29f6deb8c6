"""A book's file: made, opened, written to and read from."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from kwt_books.domain.access import Role, User
from kwt_books.domain.errors import StorageError
from kwt_books.store.engine import (
    SCHEMA_VERSION,
    Stamp,
    check_version,
    connect,
    create_schema,
    data_version,
    open_untouched,
    raw_connection,
    reading,
    stamp,
    take_place,
    writing,
)

if TYPE_CHECKING:
    from kwt_books.domain.documents.setup import AccountSetup
    from kwt_books.store.state import BookState


_MOMENT = 20_000
"""Steps of SQLite's machine: about a millisecond."""


class BookFile:
    """One open book. Its methods belong to one thread."""

    def __init__(
        self, engine: Engine, path: Path, seen: Stamp | None = None, *, spared: bool = False
    ) -> None:
        self.path = path
        self._spared = spared
        self._engine = engine
        self._state: BookState | None = None
        self._version: object = None
        self._seen = seen
        """The file as it was opened to be read only."""

    @property
    def read_only(self) -> bool:
        return self._seen is not None

    @property
    def protected(self) -> bool:
        """Whether nothing can be written at all, not even a wrong password's count."""
        return self.read_only and not self._spared

    @classmethod
    def open(
        cls, path: Path, *, read_only: bool = False, older: bool = False, spared: bool = False
    ) -> BookFile:
        """A book of this program; `older`: or of one before it, to be brought up to date.

        `spared`: it is only read, though it could be written; what stands beside the chain
        still is, through a connection of its own.
        """
        if version_of(path) < SCHEMA_VERSION and not older:
            raise StorageError("older-book", path=path)
        if not read_only and not os.access(path, os.W_OK):
            raise StorageError("read-only", detail=str(path))  # SQLite would leave a log beside it
        seen = stamp(path) if read_only else None
        engine = connect(path, read_only=read_only)
        try:
            with reading(engine):
                """Refused now where the disk will not have it, not at the first entry."""
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, path, seen, spared=spared)

    @classmethod
    def create(cls, path: Path, chart: list[AccountSetup]) -> BookFile:
        """A new book with the default chart of accounts."""
        with building(path, chart):
            pass
        return cls.open(path)

    def close(self) -> None:
        self._state = None
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        self._look_again()
        with reading(self._engine) as connection:
            yield connection

    @contextmanager
    def asking(self, unwanted: Callable[[], bool]) -> Iterator[None]:
        """SQLite asks every moment, and stops what it has in hand where it is told to."""
        raw = raw_connection(self._engine)
        raw.set_progress_handler(unwanted, _MOMENT)
        try:
            yield
        finally:
            raw.set_progress_handler(None, 0)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """For what stands beside the chain; the state that was learnt stays as it is."""
        if not self._spared:
            with writing(self._engine) as connection:
                yield connection
            return
        apart = BookFile.open(self.path)
        try:
            with apart.writing() as connection:
                yield connection
        finally:
            apart.close()

    @contextmanager
    def state(self, *, write: bool) -> Iterator[BookState]:
        """The state of the book within a transaction; committed when the block ends.

        What was learnt stays for the next time, unless another program wrote meanwhile.
        """
        from kwt_books.store.state import BookState

        self._look_again()
        begin = writing if write else reading
        try:
            with begin(self._engine) as connection:
                version = data_version(connection)
                if self._state is None or version != self._version:
                    self._state = BookState(connection)
                self._version = version
                self._state.use(connection)
                yield self._state
                self._state.flush()
        except BaseException:
            self._state = None
            raise

    def _look_again(self) -> None:
        """Opens the file anew where somebody has written to it, believed to be left alone."""
        if self._seen is None:
            return
        try:
            now = stamp(self.path)
        except OSError as error:
            raise StorageError("cannot-open", detail=str(error)) from error
        if now != self._seen:
            self._seen, self._state = now, None
            self._engine.dispose()


def version_of(path: Path) -> int:
    """The version of a book's tables; it is asked without touching a file of someone else's."""
    if not path.is_file():
        raise StorageError("no-such-book", path=path)
    engine = connect(path, read_only=True)
    try:
        return check_version(engine, path)
    finally:
        engine.dispose()


def _fill(engine: Engine, chart: list[AccountSetup]) -> None:
    from kwt_books.domain.chain import canonical
    from kwt_books.domain.documents.registry import encode_command
    from kwt_books.store import tables as sql

    create_schema(engine)
    with writing(engine) as connection:
        rows = [(each.kind, each.code, canonical(encode_command(each))) for each in chart]
        connection.exec_driver_sql(sql.UPSERT_SETUP, rows)


@contextmanager
def building(path: Path, chart: list[AccountSetup]) -> Iterator[BookState]:
    """A new book that appears at `path` whole when the block ends, or not at all."""
    from kwt_books.store.state import BookState

    if path.exists():
        raise StorageError("book-exists", path=path)
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        engine = connect(unfinished, building=True)
        try:
            _fill(engine, chart)
            with writing(engine) as connection:
                state = BookState(connection)
                yield state
                state.flush()
        finally:
            engine.dispose()
        settle(unfinished, path)
    except OSError as error:
        raise StorageError("cannot-write", path=path, detail=str(error)) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def settle(unfinished: Path, path: Path) -> None:
    """On the disk before it gets its name."""
    with unfinished.open("r+b") as file:
        os.fsync(file.fileno())
    take_place(unfinished, path)


# -- What a book's file tells before any of the database's own library is loaded -----------------


_PEOPLE = """
    SELECT payload, EXISTS (
        SELECT 1 FROM credential WHERE credential.kind = 'password' AND person = setup.code
    ) FROM setup WHERE setup.kind = 'person' ORDER BY code
"""


def people_of(path: Path) -> tuple[User, ...] | None:
    """Who may sign in to a book; None where the file can't tell: opening it will say why."""
    try:
        with closing(open_untouched(path)) as connection:
            found = connection.execute(_PEOPLE).fetchall()
        return tuple(_someone(json.loads(payload), bool(known)) for payload, known in found)
    except (sqlite3.Error, OSError, LookupError, TypeError, ValueError):
        return None


def _someone(raw: dict[str, object], has_password: bool) -> User:
    return User(
        str(raw["name"]), Role(str(raw["role"])), raw.get("active", True) is True, has_password
    )
