"""Rows as SQLite hands them out, without a layer between: there are many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

Row = tuple[Any, ...]
Cursor = Iterator[Row]


def select(connection: Connection, sql: str, *values: object) -> Cursor:
    """The rows of a query, read as they are asked for."""
    raw = connection.connection.driver_connection
    assert raw is not None
    found: Cursor = raw.cursor().execute(sql, values)
    return found
