"""A book's file on the disk: how it gets its name, is opened, read beside writers and written.

Pragmas, transactions, versions of the tables, and what a disk can refuse are here too.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.pool import StaticPool

from kwt_books.domain.errors import StorageError
from kwt_books.store.driver import connected, sqlite3
from kwt_books.store.keys import Key
from kwt_books.store.tables import making
from kwt_books.store.untouched import APPLICATION_ID, BESIDE, open_untouched
from kwt_books.store.writes import SQLITE

# -- Files are made beside their place, synced, and only then given their name -------------------


_WAITS = (0.05, 0.1, 0.2, 0.4) if sys.platform == "win32" else ()
"""Seconds. Virus scanners open what was just written, and Windows refuses to rename it then."""
_UNFINISHED = ".unfinished"
_FORSAKEN = 3_600
"""Seconds after which an unfinished file was left by a program that did not end properly."""
_NO_SUCH_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM)
"""Errors of folders that can't be synced, or not by somebody who may only write in them."""


def beside(path: Path) -> tuple[Path, ...]:
    """The files that SQLite would take for part of the one at `path`."""
    return tuple(path.with_name(path.name + end) for end in BESIDE)


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """An empty file of its own beside `path`, for its owner alone; gone when the block ends.

    It bears a name that nothing bore before, so that no link is followed and nobody's file is
    taken. What a killed program left of its own is cleared away. Raises `StorageError` for what
    the disk has against it, also within the block.
    """
    try:
        _clear(path)
        place = _new_file(path)
        try:
            yield place
        finally:
            for each in (place, *beside(place)):
                with suppress(OSError):
                    each.unlink(missing_ok=True)
    except OSError as error:
        full = error.errno == errno.ENOSPC
        raise StorageError(
            "disk-full" if full else "cannot-write", path=path, detail=str(error)
        ) from error


def _new_file(path: Path) -> Path:
    while True:
        place = path.with_name(f"{path.name}.{token_hex(4)}{_UNFINISHED}")
        with suppress(FileExistsError):
            os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            return place


def _clear(path: Path) -> None:
    """Removes unfinished files for `path` that a program left long ago."""
    ends = "|".join(BESIDE)
    ours = re.compile(re.escape(path.name) + rf"\.[0-9a-f]{{8}}\{_UNFINISHED}({ends})?")
    for each in path.parent.iterdir():
        if not ours.fullmatch(each.name):
            continue
        with suppress(OSError):
            found = each.lstat()
            if stat.S_ISREG(found.st_mode) and time.time() - found.st_mtime > _FORSAKEN:
                each.unlink()


def take_place(made: Path, path: Path) -> None:
    """Puts `made` where `path` is, over what stands there; on the disk when it returns."""
    with made.open("r+b") as file:
        os.fsync(file.fileno())
    if path.exists():
        with suppress(OSError):
            shutil.copymode(path, made)
    _rename(made, path)
    _sync_name(path)


def _rename(made: Path, path: Path) -> None:
    for wait in _WAITS:
        try:
            made.replace(path)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    made.replace(path)


def make_folder(folder: Path) -> None:
    """The folder and those it lies in, where they are missing; on the disk when it returns."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        _sync_name(each)


def _sync_name(path: Path) -> None:
    """A name is part of its folder, which a loss of power can take back.

    Windows opens no folders; there a file's own flush takes its name along.
    """
    if sys.platform == "win32":
        if path.is_file():
            with path.open("r+b") as file:
                os.fsync(file.fileno())
        return
    try:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        if error.errno not in _NO_SUCH_SYNC:
            raise


def set_aside(path: Path) -> None:
    """Takes from a name that is about to be given what SQLite would read into the new file.

    A log may hold the newest entries of a book that was moved away without it: it is kept, as
    `…-wal.old`, and is read again where it is put back beside that book.
    """
    for each in beside(path):
        if not os.path.lexists(each):
            continue
        if each.name.endswith("-shm") or (each.is_file() and not each.stat().st_size):
            each.unlink()
        else:
            _rename(each, _free(each.with_name(each.name + ".old")))


def _free(path: Path) -> Path:
    free, number = path, 1
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free


SCHEMA_VERSION = 3
BUSY_MILLISECONDS = 5_000
_CACHE_KIB, _BUILDING_KIB = 6_144, 32_768

SAFE = ("journal_mode=WAL", "synchronous=FULL")
BUILDING = (
    "journal_mode=OFF",
    "synchronous=OFF",
    "locking_mode=EXCLUSIVE",
    f"cache_size=-{_BUILDING_KIB}",
)
"""Pragmas for a file that nobody uses yet: it is thrown away when anything goes wrong."""


def connect(
    path: Path, *, read_only: bool = False, building: bool = False, key: Key | None = None
) -> Engine:
    """An engine with one connection to `path`; it begins transactions itself.

    `key`: what an empty file is encrypted with.
    """
    options: dict[str, Any] = {
        "isolation_level": None,
        "check_same_thread": False,
        "cached_statements": 256,
    }

    def make() -> sqlite3.Connection:
        if read_only:
            return open_untouched(path, **options)
        return connected(path, key=key, **options)

    engine = create_engine("sqlite://", module=sqlite3, creator=make, poolclass=StaticPool)
    modes = () if read_only else BUILDING if building else SAFE

    @event.listens_for(engine, "connect")
    def _pragmas(raw: sqlite3.Connection, _record: object) -> None:
        raw.set_authorizer(_allowed)
        _set_up(raw, modes)
        if modes is SAFE:
            must_take_entries(raw)

    return engine


def _allowed(action: int, name: str | None, value: str | None, *_of: object) -> int:
    """Refuses what no statement of this program does: to write to the schema itself."""
    if action != sqlite3.SQLITE_PRAGMA or value is None or name is None:
        return sqlite3.SQLITE_OK
    refused = name.lower() == "writable_schema"
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


def _set_up(raw: sqlite3.Connection, modes: tuple[str, ...]) -> None:
    common = (
        f"busy_timeout={BUSY_MILLISECONDS}",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "trusted_schema=OFF",
        f"cache_size=-{_CACHE_KIB}",
        "temp_store=MEMORY",
    )
    for pragma in (*common, *modes):
        raw.execute(f"PRAGMA {pragma}")


def must_take_entries(raw: sqlite3.Connection) -> None:
    """Raises `StorageError` for a protected file, which SQLite opens and refuses only later."""
    raw.execute("PRAGMA busy_timeout=0")
    try:
        raw.execute("BEGIN IMMEDIATE").close()  # a mere "BEGIN" where the file is protected
        try:
            raw.execute(f"PRAGMA user_version={SCHEMA_VERSION}").close()
        finally:
            raw.execute("ROLLBACK").close()
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):  # by another program's entry: it can be written
            raise
    finally:
        raw.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


def create_schema(engine: Engine) -> None:
    """Makes all tables, indexes and triggers of a book, or nothing at all."""
    with writing(engine) as connection:
        for part in making().values():
            connection.exec_driver_sql(part)
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")


def check_version(engine: Engine, path: Path) -> int:
    """The version of a book's tables.

    Raises `StorageError` for a file that is no book, or one of a newer program.
    """
    with reading(engine) as connection:
        application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        version = version_at(connection)
    if application != APPLICATION_ID:
        raise StorageError("not-a-book", path=path)
    if version < 0:
        raise StorageError("damaged", path=path, detail=f"user_version {version}")
    if version > SCHEMA_VERSION:
        raise StorageError("newer-book", path=path, version=version, known=SCHEMA_VERSION)
    return version


def version_at(connection: Connection) -> int:
    """The version of the tables: 0 where `credential` is missing, as in books before 1.0.0."""
    version: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if version != 1:
        return version
    named = "SELECT count(*) FROM sqlite_master WHERE name = 'credential'"
    return connection.exec_driver_sql(named).scalar_one() and version


# Transactions are begun and ended by the driver itself: SQLAlchemy's own take longer than a short
# report. What was not committed is rolled back where the connection goes back to its engine.


def _driver_of(connection: Connection) -> Any:
    return connection.connection.driver_connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction, durable when the block ends; undone when it raises."""
    with storage_errors(), engine.connect() as connection:
        raw = _driver_of(connection)
        raw.execute("BEGIN IMMEDIATE").close()
        yield connection
        raw.execute("COMMIT").close()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction with one consistent view of the book, rolled back at its end.

    A commit would write nothing and could fail on a damaged page.
    """
    with storage_errors(), engine.connect() as connection:
        _driver_of(connection).execute("BEGIN").close()
        yield connection


_MESSAGES = (
    ("database or disk is full", "disk-full"),
    ("readonly database", "read-only"),
    ("database is locked", "locked"),
    ("unable to open", "cannot-open"),
    ("not a database", "not-a-book"),
    ("malformed", "damaged"),
    ("disk I/O error", "disk-error"),
)


_OURS = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.NotSupportedError)
"""SQLite's errors that are mistakes of the program; a missing table is damage of the file."""


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turns SQLite's and the system's errors of the disk into `StorageError`."""
    try:
        yield
    except UnicodeDecodeError as error:  # of SQLite's own message about what it found
        raise StorageError("damaged", detail=str(error)) from error
    except (exc.DatabaseError, sqlite3.DatabaseError) as error:
        original = getattr(error, "orig", None) or error
        text = str(original)
        for part, code in _MESSAGES:
            if part in text:
                raise StorageError(code, detail=text) from error
        if not isinstance(original, _OURS) and "interrupted" not in text:
            raise StorageError("damaged", detail=text) from error
        raise


def data_version(connection: Connection) -> Any:
    """A number that changes when another connection has written to the file.

    Each recording asks for it, of the driver itself.
    """
    return _driver_of(connection).execute("PRAGMA data_version").fetchone()[0]


def driver_errors() -> tuple[type[Exception], ...]:
    """What the drivers raise, also as SQLAlchemy passes it on; the server's only where it was
    loaded."""
    ours, server = (sqlite3.Error, exc.DBAPIError), sys.modules.get("psycopg")
    return ours if server is None else (*ours, server.Error)


def damage_of(connection: Connection, *, thorough: bool) -> str | None:
    """What is wrong with the pages of the file, and, when thorough, with its indexes.

    A server checks the sums of its pages whenever it reads them.
    """
    if connection.dialect.name != SQLITE:
        return None
    pragma = "integrity_check" if thorough else "quick_check"
    answer: str = connection.exec_driver_sql(f"PRAGMA {pragma}(1)").scalar_one()
    return answer if answer != "ok" else None


def table_astray(connection: Connection) -> str | None:
    """A table with a row whose foreign key leads nowhere; a server takes no such row."""
    if connection.dialect.name != SQLITE:
        return None
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    return str(found[0]) if found is not None else None


def contents_of(connection: Connection) -> Iterator[object]:
    """The schema, then every row of every table with the table's name after them, then None."""
    schema = "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"
    parts = connection.exec_driver_sql(schema).all()
    yield from parts
    for kind, name, _ in parts:
        if kind == "table":
            yield from connection.exec_driver_sql(f'SELECT * FROM "{name}"')  # noqa: S608
            yield name
    yield None


def raw_connection(engine: Engine) -> sqlite3.Connection:
    """SQLite's own connection, of which an engine has one."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw
