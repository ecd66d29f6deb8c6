"""What a book's file must consist of, and what in one is not of this program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256

from sqlalchemy import Connection

from kwt_books.store.tables import Part, making
from kwt_books.store.writes import SQLITE

_STANDING = (
    "SELECT type, name, sql FROM sqlite_master"
    " WHERE name NOT GLOB 'sqlite_autoindex_*' AND name NOT GLOB 'sqlite_stat[0-9]'"
)
"""SQLite's own indexes and its notes for planning come and go with others."""
AS_EXPECTED = "935ddf05b243a5b1c7ae5944bfb7ecc77975e4732c56b688c226c8287e5c5fd0"
"""The digest of `expected()`: writing all of it out takes longer than opening a small book."""


@cache
def expected() -> dict[Part, str]:
    """The SQL of every table, index and trigger that a book must have, by kind and name."""
    return {part: plain(sql) for part, sql in making().items()}


def differing(connection: Connection) -> tuple[Part, ...]:
    """Parts that are missing, different or not of this program, in the order of their names."""
    if connection.dialect.name != SQLITE:
        from kwt_books.store.server import schema

        return schema.differing(connection)
    standing = {
        (kind, name): plain(sql) for kind, name, sql in connection.exec_driver_sql(_STANDING)
    }
    if digest(standing) == AS_EXPECTED:
        return ()
    found = {each for each, _ in standing.items() ^ expected().items()}
    return tuple(sorted(found, key=lambda part: (str(part[1]), str(part[0]))))


def digest(parts: Mapping[Part, str]) -> str:
    """Tells one schema from another; hexadecimal."""
    return sha256(repr(sorted(parts.items())).encode()).hexdigest()


def misleading(parts: Iterable[Part]) -> bool:
    """Whether a table of the book is among the parts, so that its rows can't be believed."""
    tables = {name for kind, name in expected() if kind == "table"}
    return any(name in tables for kind, name in parts if kind in ("table", "view"))


def plain(sql: object) -> str:
    """As it is compared: a column that a later version added stands behind the others, and SQLite
    puts the name of a table that was renamed in quotes."""
    text = " ".join(str(sql).split())
    if not text.startswith("CREATE TABLE"):
        return text
    head, _, rest = text.partition("(")
    body, _, tail = rest.rpartition(")")
    return f"{head.replace(chr(34), '')}({', '.join(sorted(_clauses(body)))}){tail}"


def _clauses(body: str) -> Iterator[str]:
    """What commas part that stand in no bracket."""
    depth, begun = 0, 0
    for place, sign in enumerate(body):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            yield body[begun:place].strip()
            begun = place + 1
    yield body[begun:].strip()
