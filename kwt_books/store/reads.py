"""How statements are handed to the driver itself, and rows come back as it makes them.

SQLAlchemy's own way to a result takes longer than SQLite does for the few rows of a sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy import Connection, Select, SelectBase

from kwt_books.store.noted import AHEAD
from kwt_books.store.writes import SQLITE, compiled, dialect_of


@cache
def sql_of(statement: Select[*tuple[Any, ...]], engine: str = SQLITE) -> str:
    """The statement as the driver of an engine takes it."""
    return compiled(statement, engine)


def raw_rows(
    connection: Connection, statement: Select[*tuple[Any, ...]], *values: object
) -> Iterator[Any]:
    """The rows as the driver hands them out: there are few."""
    sql = sql_of(statement, connection.dialect.name)
    found: Iterator[Any] = run(connection, sql, values, _wide(statement))
    return found


@cache
def _wide(statement: SelectBase) -> int:
    return len(statement.selected_columns)


def run(connection: Connection, sql: str, values: Sequence[object], wide: int) -> Any:
    """A cursor of the driver, which is handed the text and its values as they are.

    Of a far server, what is known ahead; `wide`: how many columns there are.
    """
    ahead = connection.info.get(AHEAD)
    if ahead is not None:
        return ahead.execute(sql, values, wide)
    raw: Any = connection.connection.driver_connection
    return raw.cursor().execute(sql, values)


def fetched(
    connection: Connection, statement: SelectBase, values: Mapping[str, object]
) -> list[Any]:
    """All rows of a statement whose values are given by name, as plain tuples.

    A list is JSON (`expressions.among`); `one_of` is not for this.
    """
    sql, given = _prepared(statement, connection.dialect.name)
    found: list[Any] = run(
        connection, sql, [values.get(name, value) for name, value in given], _wide(statement)
    ).fetchall()
    return found


@cache
def _prepared(statement: SelectBase, engine: str) -> tuple[str, tuple[tuple[str, object], ...]]:
    """The text for the driver; of each value in its order the name, and what it is by itself."""
    made = statement.compile(dialect=dialect_of(engine))
    return str(made), tuple((name, made.params[name]) for name in made.positiontup or ())


_names = count(1)
_FETCHED = 2_000
"""Rows that a server hands out at once."""


def streamed_rows(
    connection: Connection,
    statement: Select[*tuple[Any, ...]],
    *values: object,
    at_once: int = _FETCHED,
) -> Iterator[Any]:
    """The rows as the driver hands them out, read as they are asked for: there are many.

    A server hands out `at_once` of them with one answer.
    """
    if connection.dialect.name == SQLITE:
        return raw_rows(connection, statement, *values)
    return _from_server(connection, sql_of(statement, connection.dialect.name), values, at_once)


def _from_server(
    connection: Connection, statement: str, values: object, at_once: int
) -> Iterator[Any]:
    """In portions, the first of them with the question itself: most tables are no longer."""
    raw: Any = connection.connection.driver_connection
    name = f"rows_{next(_names)}"
    fetch = f"FETCH {at_once} FROM {name}"
    with raw.pipeline():
        raw.execute(f"DECLARE {name} CURSOR FOR {statement}", values)
        portion = raw.execute(fetch)
    while rows := portion.fetchall():
        yield from rows
        if len(rows) < at_once:
            break
        portion = raw.execute(fetch)
