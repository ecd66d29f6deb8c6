"""The entries of the chain in order, each with its postings, moves and lots."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection

from kwt_books.domain.posting import LOTS_PER_ENTRY
from kwt_books.services.integrity.rows import Cursor, Row, select

_DOCUMENTS = (
    "SELECT sequence, kind, number, date, id, corrects, payload, recorded_at, recorded_by,"
    " previous, hash FROM document ORDER BY sequence"
)
_POSTINGS = (
    "SELECT document, account, amount, party, closing, date, line FROM posting"
    " ORDER BY document, line"
)
_MOVES = (
    "SELECT document, place, item, lot, quantity, value, line FROM move ORDER BY document, line"
)
_LOTS = (
    f"SELECT ordinal / {LOTS_PER_ENTRY}, item, name, received, expires, ordinal % {LOTS_PER_ENTRY}"  # noqa: S608
    " FROM lot ORDER BY ordinal"
)


class Entry(NamedTuple):
    """Rows of its own as they stand in the file; `payload` is empty where it can't be read."""

    sequence: int
    kind: str
    number: str | None
    date: str | None
    id: str | None
    corrects: int | None
    text: str
    at: str
    by: str
    previous: str
    hash: str
    payload: dict[str, Any]
    postings: list[Row]
    """Entry, account, amount, party, closing, date, line."""
    moves: list[Row]
    """Entry, place, item, lot, quantity, value, line."""
    lots: list[Row]
    """Entry, item, name, received, expires, line."""


class _Rows:
    """The rows of one table, handed out entry by entry."""

    def __init__(self, rows: Cursor) -> None:
        self._groups = groupby(rows, key=itemgetter(0))
        self._read()

    def _read(self) -> None:
        self._at: int | None
        self._at, group = next(self._groups, (None, ()))
        self._rows = list(group)

    def of(self, sequence: int) -> list[Row]:
        """Those of the entry; rows of entries that aren't there are passed over."""
        while self._at is not None and self._at < sequence:
            self._read()
        if self._at != sequence:
            return []
        rows = self._rows
        self._read()
        return rows


def entries(connection: Connection) -> Iterator[Entry]:
    """One pass through the book; raises what SQLite raises for a damaged file."""
    postings = _Rows(select(connection, _POSTINGS))
    moves = _Rows(select(connection, _MOVES))
    lots = _Rows(select(connection, _LOTS))
    for row in select(connection, _DOCUMENTS):
        sequence = row[0]
        yield Entry._make(
            (
                *row,
                payload_of(row[6]),
                postings.of(sequence),
                moves.of(sequence),
                lots.of(sequence),
            )
        )


_decode = json.JSONDecoder().raw_decode


def payload_of(text: Any) -> dict[str, Any]:
    """What an entry says; nothing where that can't be read."""
    try:
        found, end = _decode(text)
    except (TypeError, ValueError, RecursionError):
        return {}
    return found if type(found) is dict and end == len(text) else {}
