"""The statements that write rows, compiled once for the driver of each engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete
from sqlalchemy.dialects import sqlite

from kwt_books.store import tables as sql
from kwt_books.store.noted import AHEAD, SEEN

SQLITE = "sqlite"
SERVER = "postgresql"
ROWS_AT_ONCE = 40
"""Rows of one insertion of many: of so many each takes a tenth less than by itself."""


@cache
def dialect_of(engine: str) -> Any:
    """The dialect of an engine, whose driver takes values in the order in which they stand."""
    if engine == SQLITE:
        return sqlite.dialect()
    from sqlalchemy.dialects.postgresql import psycopg

    return psycopg.dialect(paramstyle="format")  # type: ignore[no-untyped-call]


def compiled(statement: Any, engine: str = SQLITE) -> str:
    """What the driver is handed; its values are given in the order in which they stand in it."""
    return str(statement.compile(dialect=dialect_of(engine)))


def writes_of(connection: Connection) -> Writes:
    """The writing statements of the engine that a connection leads to."""
    return _writes(connection.dialect.name)


class Writes:
    """The statements that write rows, as the driver of an engine is handed them."""

    def __init__(self, engine: str) -> None:
        self._engine = engine
        self.insert_document = self._insert(sql.document)
        self.insert_posting = self._insert(sql.posting)
        self.insert_postings = _of_many(self.insert_posting)
        """Inserts `ROWS_AT_ONCE` rows, whose values are given one after the other."""
        self.insert_move = self._insert(sql.move)
        self.insert_lot = self._insert(sql.lot)
        self.insert_attachment = self._insert(sql.attachment)
        self.add_balance = self._upsert(sql.balance, added=True)
        self.upsert_layer = self._upsert(sql.layer)
        self.upsert_growing = self._upsert(sql.growing)
        self.upsert_asset = self._upsert(sql.asset)
        self.add_programme = self._upsert(sql.programme, added=True)
        self.add_saving = self._upsert(sql.saving, added=True)
        self.upsert_dues = self._upsert(sql.dues)
        self.upsert_voucher = self._upsert(sql.voucher)
        self.upsert_setup = self._upsert(sql.setup)
        self.delete_dues = self._delete(sql.dues)
        self.delete_layer = self._delete(sql.layer)
        self.delete_growing = self._delete(sql.growing)
        self.delete_asset = self._delete(sql.asset)

    def _insert(self, table: Table) -> str:
        return compiled(insert_into(table, self._engine).inline(), self._engine)

    def _upsert(self, table: Table, *, added: bool = False) -> str:
        """Puts a row in place of the one with its keys, or adds its values to it."""
        keys = [column.name for column in table.primary_key.columns]
        statement = insert_into(table, self._engine)
        rest = {
            column.name: (statement.excluded[column.name] + column)
            if added
            else statement.excluded[column.name]
            for column in table.columns
            if column.name not in keys
        }
        made = statement.on_conflict_do_update(index_elements=keys, set_=rest)
        return compiled(made.inline(), self._engine)

    def _delete(self, table: Table) -> str:
        keys = [key == bindparam(f"of_{key.name}") for key in table.primary_key.columns]
        return compiled(delete(table).where(*keys), self._engine)


_writes = cache(Writes)


def _of_many(insertion: str) -> str:
    start, values = insertion.rsplit(" VALUES ", 1)
    return f"{start} VALUES {', '.join([values] * ROWS_AT_ONCE)}"


def insert_into(table: Table, engine: str) -> Any:
    """An insertion that can say what becomes of a row whose keys are there already."""
    if engine == SQLITE:
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


@contextmanager
def together(connection: Connection) -> Iterator[Any]:
    """A cursor of the driver; a server is handed all that the block writes in one go."""
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name == SQLITE:
        yield raw.cursor()
        return
    connection.info.pop(SEEN, None)  # what stood as the transaction began does no longer
    ahead = connection.info.get(AHEAD)
    if ahead is not None:
        ahead.forget()
    with raw.pipeline(), raw.cursor() as cursor:
        yield cursor
