"""The statements of the hot path, compiled once from the tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, bindparam, delete, insert
from sqlalchemy.dialects import sqlite

from kwt_books.store import tables

_DIALECT: Any = sqlite.dialect(paramstyle="qmark")


def _text(statement: Any) -> str:
    return str(statement.compile(dialect=_DIALECT))


def _upsert(table: Table, *, added: bool = False) -> str:
    """Puts a row in place of the one with its keys, or adds its values to it."""
    keys = [column.name for column in table.primary_key.columns]
    statement = sqlite.insert(table)
    rest = {
        column.name: (statement.excluded[column.name] + column)
        if added
        else statement.excluded[column.name]
        for column in table.columns
        if column.name not in keys
    }
    return _text(statement.on_conflict_do_update(index_elements=keys, set_=rest))


def _delete(table: Table) -> str:
    keys = [key == bindparam(f"of_{key.name}") for key in table.primary_key.columns]
    return _text(delete(table).where(*keys))


INSERT_DOCUMENT = _text(insert(tables.document))
INSERT_POSTING = _text(insert(tables.posting))
INSERT_MOVE = _text(insert(tables.move))
INSERT_LOT = _text(insert(tables.lot))
INSERT_ATTACHMENT = _text(insert(tables.attachment))
ADD_BALANCE = _upsert(tables.balance, added=True)
UPSERT_LAYER = _upsert(tables.layer)
UPSERT_GROWING = _upsert(tables.growing)
UPSERT_ASSET = _upsert(tables.asset)
UPSERT_VOUCHER = _upsert(tables.voucher)
UPSERT_SETUP = _upsert(tables.setup)
DELETE_LAYER = _delete(tables.layer)
DELETE_GROWING = _delete(tables.growing)
DELETE_ASSET = _delete(tables.asset)
