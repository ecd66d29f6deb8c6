"""Opening a book's file: pragmas, transactions, versions, and what a disk can refuse."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.pool import StaticPool

from kwt_books.domain.errors import StorageError
from kwt_books.domain.files import VERBATIM
from kwt_books.store.tables import metadata, triggers

# -- Giving a finished file its name -------------------------------------------------------------


_WAITS = (0.05, 0.1, 0.2, 0.4) if sys.platform == "win32" else ()
"""Seconds. A scanner of viruses opens what was just written, and Windows refuses meanwhile."""


def take_place(unfinished: Path, path: Path) -> None:
    """Puts `unfinished` where `path` is, over what stands there."""
    for wait in _WAITS:
        try:
            unfinished.replace(path)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    unfinished.replace(path)


# -- Reading a book without leaving a trace: from a write-protected stick or folder too ----------


Stamp = tuple[int, int, int]
"""Time of change and size of the file, and the size of its log."""


def stamp(path: Path) -> Stamp:
    """Tells whether anybody wrote to the book meanwhile."""
    found = path.stat()
    return (found.st_mtime_ns, found.st_size, _waiting(path))


def open_untouched(path: Path, **options: Any) -> sqlite3.Connection:
    """A connection that cannot write, nor makes files beside the book unless it has a log.

    SQLite opens a book in WAL mode only where it may write beside it, or where it is told
    that nobody will write. Without a log nobody does; whoever begins to changes the stamp.
    """
    plain = f"{uri_of(path.absolute())}?mode=ro"
    waiting = _waiting(path)
    if not waiting:
        plain += "&immutable=1"
    connection: sqlite3.Connection = sqlite3.connect(plain, uri=True, **options)
    try:
        connection.execute("PRAGMA schema_version").close()
    except sqlite3.DatabaseError as error:
        connection.close()
        if not waiting or "unable to open" not in str(error):
            raise
        return _copied(path, options)
    return connection


def uri_of(path: PurePath) -> str:
    """An absolute path for SQLite, which takes the server of a network share for part of it."""
    text = str(path)
    if text.startswith(VERBATIM):
        return f"file:{quote(text, safe='')}"
    uri = path.as_uri()
    if uri.startswith("file:///"):
        return uri
    return "file:////" + uri.removeprefix("file://")


def _copied(path: Path, options: dict[str, Any]) -> sqlite3.Connection:
    """The book in memory: its newest entries are still in a log that can't be used in place."""
    memory: sqlite3.Connection = sqlite3.connect(":memory:", **options)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "book"
        shutil.copyfile(path, copy)
        shutil.copyfile(_log(path), _log(copy))
        with closing(sqlite3.connect(copy)) as source:
            source.backup(memory)
    return memory


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _waiting(path: Path) -> int:
    """Bytes of the log in which entries wait to get into the file."""
    try:
        return _log(path).stat().st_size
    except FileNotFoundError:
        return 0


SCHEMA_VERSION = 2
APPLICATION_ID = 0x4B575442  # "KWTB"
_BUSY_MILLISECONDS = 5_000
_CACHE_KIB, _BUILDING_KIB = 6_144, 32_768

_SAFE = ("journal_mode=WAL", "synchronous=FULL")
_BUILDING = (
    "journal_mode=OFF",
    "synchronous=OFF",
    "locking_mode=EXCLUSIVE",
    f"cache_size=-{_BUILDING_KIB}",
)
"""For a file that nobody has yet: it is thrown away when anything goes wrong."""


def connect(path: Path, *, read_only: bool = False, building: bool = False) -> Engine:
    """An engine with one connection to `path`; it begins transactions itself."""
    options: dict[str, Any] = {
        "isolation_level": None,
        "check_same_thread": False,
        "cached_statements": 256,
    }

    def make() -> sqlite3.Connection:
        if read_only:
            return open_untouched(path, **options)
        uri = f"{uri_of(path.absolute())}?mode=rwc"
        opened: sqlite3.Connection = sqlite3.connect(uri, uri=True, **options)
        return opened

    engine = create_engine("sqlite://", creator=make, poolclass=StaticPool)
    modes = () if read_only else _BUILDING if building else _SAFE

    @event.listens_for(engine, "connect")
    def _pragmas(raw: sqlite3.Connection, _record: object) -> None:
        try:
            _set_up(raw, modes)
            if modes is _SAFE:
                _must_take_entries(raw)
        except BaseException:
            raw.close()  # nobody else will: Windows would keep the file from being moved
            raise

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _set_up(raw: sqlite3.Connection, modes: tuple[str, ...]) -> None:
    common = (
        f"busy_timeout={_BUSY_MILLISECONDS}",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        f"cache_size=-{_CACHE_KIB}",
        "temp_store=MEMORY",
    )
    for pragma in (*common, *modes):
        raw.execute(f"PRAGMA {pragma}")


def _must_take_entries(raw: sqlite3.Connection) -> None:
    """SQLite opens a protected file all the same, and refuses the first entry."""
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
        raw.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")


def create_schema(engine: Engine) -> None:
    """An empty book, or nothing at all."""
    with writing(engine) as connection:
        metadata.create_all(connection)
        for trigger in triggers():
            connection.exec_driver_sql(trigger)
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")


def check_version(engine: Engine, path: Path) -> int:
    """The version of a book; refuses a file that is not a book, or one of a newer program."""
    with reading(engine) as connection:
        application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        version = version_at(connection)
    if application != APPLICATION_ID:
        raise StorageError("not-a-book", path=path)
    if version > SCHEMA_VERSION:
        raise StorageError("newer-book", path=path, version=version, known=SCHEMA_VERSION)
    return version


def version_at(connection: Connection) -> int:
    """Books from before 1.0.0 call themselves 1 as well; they lack what stands beside the chain."""
    version: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if version != 1:
        return version
    named = "SELECT count(*) FROM sqlite_master WHERE name = 'credential'"
    return connection.exec_driver_sql(named).scalar_one() and version


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction, durable when the block ends; undone when it raises."""
    with (
        storage_errors(),
        engine.connect().execution_options(writing=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the book."""
    with storage_errors(), engine.connect() as connection, connection.begin():
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


@contextmanager
def storage_errors() -> Iterator[None]:
    """What SQLite says of the disk, as errors with something to do."""
    try:
        yield
    except (exc.DatabaseError, sqlite3.DatabaseError) as error:
        text = str(getattr(error, "orig", error))
        for part, code in _MESSAGES:
            if part in text:
                raise StorageError(code, detail=text) from error
        raise


def data_version(connection: Connection) -> Any:
    """Changes when another connection has written to the file."""
    return connection.exec_driver_sql("PRAGMA data_version").scalar_one()


def damage_of(connection: Connection, *, thorough: bool) -> str | None:
    """What is wrong with the pages of the file, and, when thorough, with its indexes."""
    pragma = "integrity_check" if thorough else "quick_check"
    answer: str = connection.exec_driver_sql(f"PRAGMA {pragma}(1)").scalar_one()
    return answer if answer != "ok" else None


def table_astray(connection: Connection) -> str | None:
    """A table with a row whose foreign key leads nowhere."""
    found = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    return str(found[0]) if found is not None else None


def triggers_of(connection: Connection) -> list[str]:
    """The statements that made the triggers which stand in the file."""
    found = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
    return [sql for (sql,) in found]


def raw_connection(engine: Engine) -> sqlite3.Connection:
    """SQLite's own: an engine has one."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw
