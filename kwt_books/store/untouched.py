"""Reading a book without leaving a trace: from a write-protected stick or folder too."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from kwt_books.domain.long_paths import VERBATIM

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
