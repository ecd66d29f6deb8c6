"""Where a book lies: a file, or a schema of a database on a server."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from kwt_books.domain.errors import StorageError

SCHEMES = ("postgresql://", "postgres://")
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_FOREIGN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
"""A scheme of two letters at least: one alone is a drive of Windows."""
_NO_HOST = re.compile(r"[/?#@\s]")
"""Where another part of an address begins, so that none of these stands in a server's name."""
_RESERVED = ("pg_", "information_schema", "public")
"""Beginnings of names that PostgreSQL keeps for itself, or gives to everybody."""


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A book on a PostgreSQL server, written `postgresql://user@host/database#book`.

    `server` is the address without the password, as libpq takes it; `book` is the schema.
    """

    server: str
    book: str
    password: str = field(default="", repr=False, compare=False)
    """Empty where libpq finds it by itself (`PGPASSWORD`, `pgpass`) or none is needed."""

    @property
    def name(self) -> str:
        """What people call the book: its schema."""
        return self.book

    @property
    def stem(self) -> str:
        """The same: it has no ending."""
        return self.book

    @property
    def database(self) -> str:
        """The database's name."""
        return unquote(urlsplit(self.server).path.removeprefix("/"))

    @property
    def host(self) -> str:
        """The server's name, with its port where the address names one."""
        return urlsplit(self.server).netloc.rpartition("@")[2]

    @property
    def user(self) -> str:
        """The login; empty where the address names none."""
        return unquote(urlsplit(self.server).username or "")

    def of(self, book: str) -> ServerAddress:
        """Another book of the same database."""
        return replace(self, book=book)

    def __str__(self) -> str:
        return f"{self.server}#{self.book}" if self.book else self.server


Address = Path | ServerAddress
"""Whatever a book can be opened by."""


def is_server(text: str) -> bool:
    """Whether a text names a server rather than a file."""
    return text.startswith(SCHEMES)


def address_of(text: str) -> Address:
    """The address that somebody wrote. Raises `StorageError` where it can't be one of a book.

    What begins like an address of another program (`mysql://`, a slip of the pen) is no file.
    """
    if not is_server(text):
        if _FOREIGN.match(text):
            raise StorageError("bad-address", path=text)
        return Path(text)
    found = server_of(text)
    if not found.book:
        raise StorageError("no-book-named", path=str(found))
    return found


def server_of(text: str) -> ServerAddress:
    """A server's address, with or without a book. Raises `StorageError("bad-address")`."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise StorageError("bad-address", path=text) from error
    if not is_server(text) or not parts.path.strip("/"):
        raise StorageError("bad-address", path=text)
    book = unquote(parts.fragment)
    if book and not may_name_a_book(book):
        raise StorageError("bad-book-name", name=book)
    user, _, place = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    query, asked_by_query = _without_password(parts.query)
    plain = parts._replace(netloc=f"{name}@{place}" if name else place, query=query, fragment="")
    return ServerAddress(plain.geturl(), book, unquote(asked_by_query or password))


def _without_password(query: str) -> tuple[str, str]:
    """The parameters of an address but for the password, which may stand there too; and it."""
    parameters = query.split("&") if query else []
    said = [each for each in parameters if each.partition("=")[0] == "password"]
    kept = [each for each in parameters if each not in said]
    return "&".join(kept), said[-1].partition("=")[2] if said else ""


def server_address(
    host: str, database: str, user: str, book: str = "", password: str = ""
) -> ServerAddress:
    """The address of what somebody filled in: `host` may name a port after a colon.

    Raises `StorageError("bad-host")` or `StorageError("bad-book-name")`.
    """
    if _NO_HOST.search(host.strip()):
        raise StorageError("bad-host", host=host)
    name = quote(user.strip(), safe="")
    try:
        found = server_of(
            f"postgresql://{name}{'@' if name else ''}{host.strip()}"
            f"/{quote(database.strip(), safe='')}{'#' if book else ''}"
            f"{quote(book.strip(), safe='')}"
        )
    except StorageError as error:
        if error.code == "bad-address":
            raise StorageError("bad-host", host=host) from error
        raise
    return replace(found, password=password)


def may_name_a_book(name: str) -> bool:
    """Whether a schema of a book may be called so: small letters, digits, `_` and `-`, 40 signs."""
    return _NAME.fullmatch(name) is not None and not name.startswith(_RESERVED)
