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
from kwt_books.store.keys import Key, key_of

if TYPE_CHECKING:
    import sqlite3  # what its types are; sqlcipher3 has the same and declares none
else:
    from sqlcipher3 import dbapi2 as sqlite3

__all__ = ["OLDEST", "connected", "export", "in_memory", "sqlite3", "uri_of", "versions"]

OLDEST = (3, 51, 3)
"""The first SQLite without the fault of the log that begins anew."""

# For every value that is no plain number, text or bytes the driver asks twice, by attributes that
# are not there, how it is to be adapted; that takes longer than the value's row. Both answers are
# given in C.
sqlite3.register_adapter(type(None), {None: None}.get)
sqlite3.register_adapter(bool, int)


def connected(
    path: Path, how: str = "mode=rwc", key: Key | None = None, **options: Any
) -> sqlite3.Connection:
    """A connection to the file at `path`, opened `how` its URI says.

    `key` encrypts a file that is empty; that of any other is known by its first bytes. Raises
    `StorageError`: `old-sqlite` where SQLite is older than `OLDEST`, `encrypted` where the key is
    not known, `damaged` where the first page doesn't open with it.
    """
    _must_be_new()
    key = key_of(path) or key
    uri = f"{uri_of(path.absolute())}?{how}"
    connection: sqlite3.Connection = sqlite3.connect(uri, uri=True, **options)
    try:
        _unlock(connection, key)
    except BaseException:
        connection.close()
        raise
    return connection


def in_memory(key: Key | None = None, **options: Any) -> sqlite3.Connection:
    """A connection to an empty database in memory; with the key of a book it takes its copy."""
    _must_be_new()
    connection: sqlite3.Connection = sqlite3.connect(":memory:", **options)
    _unlock(connection, key)
    return connection


def _unlock(connection: sqlite3.Connection, key: Key | None) -> None:
    if key is None:
        return
    connection.execute(f'PRAGMA key = "{key.pragma}"').close()
    connection.execute("PRAGMA cipher_log_level = NONE").close()  # else it writes to the console
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").close()
    except sqlite3.DatabaseError as error:
        if "not a database" not in str(error):
            raise
        raise StorageError("damaged", detail="first page") from error


def export(connection: sqlite3.Connection, target: Path, key: Key | None) -> None:
    """Writes all of a database into the empty file `target`, encrypted with `key`.

    Without a key it is not encrypted. The connection must be outside of a transaction. Raises what
    SQLite raises.
    """
    told = (str(target), key.pragma if key is not None else "")
    connection.execute("ATTACH ? AS made KEY ?", told).close()
    try:
        connection.execute("SELECT sqlcipher_export('made')").fetchall()
        for pragma in ("application_id", "user_version"):
            (number,) = connection.execute(f"PRAGMA main.{pragma}").fetchone()
            connection.execute(f"PRAGMA made.{pragma} = {number}").close()
    finally:
        connection.execute("DETACH made").close()


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
