"""Reading a book's file while others write to it, from media that can't be written, and before
SQLAlchemy is loaded: a start asks here who may sign in.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from kwt_books.domain.access import Role, User
from kwt_books.domain.errors import StorageError
from kwt_books.store.driver import connected, in_memory, sqlite3
from kwt_books.store.keys import MARK, key_of
from kwt_books.store.scratch import passing

APPLICATION_ID = 0x4B575442  # "KWTB"
BESIDE = ("-wal", "-journal", "-shm")
"""Endings of the files that SQLite keeps beside a database and takes for part of it."""

Stamp = tuple[int, int, int]
"""Time of change and size of the file, and the size of its log."""

_TRIES = 5
_DISK = ("unable to open", "readonly", "disk I/O error", "is full")
"""What SQLite answers where it can't make its files beside a book."""
_READ_ONLY_VOLUME = 0x0008_0000
"""Windows' flag of a volume that can't be written."""


def stamp(path: Path) -> Stamp:
    """The stamp of a book: it differs once somebody has written to it."""
    path = itself(path)
    found = path.stat()
    return (found.st_mtime_ns, found.st_size, _waiting(path))


def log_of(path: Path) -> tuple[int, int] | None:
    """Which file is a book's log: its device and number there. None where it has none, and on
    Windows, where nobody takes away what somebody has open.
    """
    if sys.platform == "win32":
        return None
    try:
        found = _beside(itself(path), "-wal").stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def itself(path: Path) -> Path:
    """The file that a link leads to: SQLite's log is beside that one."""
    return path.resolve() if path.is_symlink() else path


def open_untouched(path: Path, **options: Any) -> sqlite3.Connection:
    """A connection that cannot write, and sees one moment of the book in each transaction.

    Others may write meanwhile: SQLite's own locks and log keep them apart. What SQLite makes
    beside the book for that is gone when the last connection is closed. Where nothing may be
    made there the book is copied into memory, and only on a medium that nobody can write to is
    it read without locks. Raises `StorageError` where the disk refuses the copy.
    """
    try:
        return _untouched(itself(path), options)
    except OSError as error:
        code = "disk-full" if error.errno == errno.ENOSPC else "cannot-open"
        raise StorageError(code, path=path, detail=str(error)) from error


def _untouched(path: Path, options: dict[str, Any]) -> sqlite3.Connection:
    if not path.is_file():
        raise sqlite3.OperationalError("unable to open database file")
    if on_protected_medium(path):
        return _copied(path, options) if _waiting(path) else _lockless(path, options)
    waiting = _waiting(path)
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if not waiting and not writable:
        return _copied(path, options)
    try:
        return _only_read(path, "mode=ro" if waiting else "mode=rw", options)
    except sqlite3.OperationalError as error:
        if not any(each in str(error) for each in _DISK):
            raise
    return _copied(path, options)


def _only_read(path: Path, how: str, options: dict[str, Any]) -> sqlite3.Connection:
    connection = connected(path, how, **options)
    try:
        connection.execute("PRAGMA query_only=ON").close()
        connection.execute("PRAGMA schema_version").close()
    except BaseException:
        connection.close()
        raise
    return connection


def _lockless(path: Path, options: dict[str, Any]) -> sqlite3.Connection:
    return _only_read(path, "mode=ro&immutable=1", options)


def on_protected_medium(path: Path) -> bool:
    """Whether nobody can write there, as on a disc or a stick with its switch set."""
    if sys.platform == "win32":
        import ctypes

        flags = ctypes.c_uint32()
        root = ctypes.c_wchar_p(path.absolute().anchor)
        asked = ctypes.windll.kernel32.GetVolumeInformationW
        known = asked(root, None, 0, None, None, ctypes.byref(flags), None, 0)
        return bool(known and flags.value & _READ_ONLY_VOLUME)
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _copied(path: Path, options: dict[str, Any]) -> sqlite3.Connection:
    """The book in memory as it lies at one moment, with what waits in its log."""
    for _ in range(_TRIES):
        before = stamp(path)
        memory = in_memory(key_of(path), **options)
        try:
            _copy(path, memory)
            if stamp(path) == before:
                memory.execute("PRAGMA query_only=ON").close()
                return memory
        except BaseException:
            memory.close()
            raise
        memory.close()
    raise StorageError("locked", detail=str(path))


def _copy(path: Path, memory: sqlite3.Connection) -> None:
    logs = [end for end in BESIDE[:2] if _beside(path, end).is_file()]
    if not logs:
        with closing(_lockless(path, {})) as source:
            source.backup(memory)
        return
    with passing() as folder:
        copy = folder / "book"
        for end in ("", *logs):
            shutil.copyfile(_beside(path, end), _beside(copy, end))
        with closing(connected(copy)) as source:
            source.backup(memory)


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _waiting(path: Path) -> int:
    """Bytes of the log in which entries wait to get into the file."""
    try:
        return _beside(path, "-wal").stat().st_size
    except FileNotFoundError:
        return 0


# -- What a file is, and who may sign in to it ----------------------------------------------------


HEAD = 72
"""Bytes at the beginning of a file that show whether it is a book."""
_SQLITE, _KIND = b"SQLite format 3\0", slice(68, HEAD)
"""How a database begins, and where it keeps its `application_id`."""
_PEOPLE = """
    SELECT payload, EXISTS (
        SELECT 1 FROM credential WHERE credential.kind = 'password' AND person = setup.code
    ) FROM setup WHERE setup.kind = 'person' ORDER BY code
"""


def is_book(head: bytes) -> bool:
    """Whether a file that begins with `head` (`HEAD` bytes) is a book, of whichever version."""
    if head.startswith(MARK):
        return True
    return head.startswith(_SQLITE) and head[_KIND] == APPLICATION_ID.to_bytes(4, "big")


def people_of(path: Path) -> tuple[User, ...] | None:
    """Who may sign in to a book; None where that can't be read: opening it says why."""
    try:
        with closing(open_untouched(path)) as connection:
            found = connection.execute(_PEOPLE).fetchall()
        return tuple(_someone(json.loads(payload), bool(known)) for payload, known in found)
    except (StorageError, sqlite3.Error, OSError, LookupError, TypeError, ValueError):
        return None


def _someone(raw: dict[str, object], has_password: bool) -> User:
    return User(
        str(raw["name"]), Role(str(raw["role"])), raw.get("active", True) is True, has_password
    )
