"""The SQLite that books are kept with: one build for every computer, with SQLCipher in it.

Python brings a SQLite of its own, each another one; those before 3.51.3 can lose what was recorded
when the log begins anew while somebody reads. The package `sqlcipher3` brings the same new one
for Windows, Linux and macOS. Nothing else of the program talks to SQLite.
"""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kwt_books.domain.errors import StorageError
from kwt_books.domain.files import VERBATIM

if TYPE_CHECKING:
    import sqlite3  # what its types are; sqlcipher3 has the same and declares none
else:
    from sqlcipher3 import dbapi2 as sqlite3

__all__ = ["OLDEST", "connected", "in_memory", "sqlite3", "uri_of", "versions"]

OLDEST = (3, 51, 3)
"""The first SQLite without the fault of the log that begins anew."""


def connected(path: Path, how: str = "mode=rwc", **options: Any) -> sqlite3.Connection:
    """A connection to the file at `path`, opened `how` its URI says.

    Raises `StorageError("old-sqlite")` where SQLite is older than `OLDEST`.
    """
    _must_be_new()
    uri = f"{uri_of(path.absolute())}?{how}"
    connection: sqlite3.Connection = sqlite3.connect(uri, uri=True, **options)
    return connection


def in_memory(**options: Any) -> sqlite3.Connection:
    """A connection to an empty database in memory."""
    _must_be_new()
    connection: sqlite3.Connection = sqlite3.connect(":memory:", **options)
    return connection


def _must_be_new() -> None:
    if sqlite3.sqlite_version_info < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise StorageError("old-sqlite", version=sqlite3.sqlite_version, oldest=oldest)


def uri_of(path: PurePath) -> str:
    """An absolute path as a URI for SQLite, which takes a network share's server as part of it."""
    text = str(path)
    if text.startswith(VERBATIM):
        return f"file:{quote(text, safe='')}"
    uri = path.as_uri()
    if uri.startswith("file:///"):
        return uri
    return "file:////" + uri.removeprefix("file://")


def versions() -> dict[str, str]:
    """The versions of SQLite and of SQLCipher, by their names."""
    connection = in_memory()
    try:
        (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return {"SQLite": sqlite3.sqlite_version, "SQLCipher": cipher.partition(" ")[0]}
