"""What checks find, and the entries of the chain with their postings, moves and lots."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection

from kwt_books.domain.errors import Issue
from kwt_books.domain.posting import LOTS_PER_ENTRY

# -- What a check found --------------------------------------------------------------------------


CHECKS = (
    "file", "guards", "chain", "entries", "balanced", "numbers", "closed-months", "parties",
    "stock", "controls", "attachments", "kept-balances", "kept-layers", "kept-plants",
    "kept-assets", "kept-programmes", "kept-savings", "kept-dues", "kept-numbers", "kept-setup",
    "trial-balance",
)  # fmt: skip
"""Every check by its name, in the order of the outcomes. `check-NAME` is its title in words."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check came to; where it failed, the first bad entry, if it is one, and why."""

    check: str
    passed: bool
    sequence: int | None = None
    number: str | None = None
    details: Issue | None = None

    @property
    def document(self) -> str | None:
        """The first bad entry as people name it: its voucher, else its place in the chain."""
        if self.sequence is None:
            return None
        return self.number or f"#{self.sequence}"


# -- Rows straight from SQLite, since there are many ----------------------------------------------


Row = tuple[Any, ...]
Cursor = Iterator[Row]


def select(connection: Connection, sql: str, *values: object) -> Cursor:
    """The rows of a query, read as they are asked for."""
    raw = connection.connection.driver_connection
    assert raw is not None
    found: Cursor = raw.cursor().execute(sql, values)
    return found


_DOCUMENTS = (
    "SELECT sequence, kind, number, date, id, corrects, payload, recorded_at, recorded_by,"
    " previous, hash FROM document ORDER BY sequence"
)
_POSTINGS = (
    "SELECT account, amount, party, closing, date, line, document FROM posting"
    " ORDER BY document, line"
)
_MOVES = (
    "SELECT place, item, lot, quantity, value, line, date, document FROM move"
    " ORDER BY document, line"
)
_LOTS = (
    f"SELECT item, name, received, expires, ordinal % {LOTS_PER_ENTRY}, ordinal / {LOTS_PER_ENTRY}"  # noqa: S608
    " FROM lot ORDER BY ordinal"
)


class Entry(NamedTuple):
    """An entry with its rows as they are in the file; `payload` is empty where it can't be read."""

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
    """Account, amount, party, closing, date, line, entry."""
    moves: list[Row]
    """Place, item, lot, quantity, value, line, date, entry."""
    lots: list[Row]
    """Item, name, received, expires, line, entry."""


class _Rows:
    """The rows of one table, handed out entry by entry."""

    def __init__(self, rows: Cursor) -> None:
        self._groups = groupby(rows, key=itemgetter(-1))
        self._at: int | None
        self._rows: Iterator[Row]
        self._at, self._rows = next(self._groups, _NONE)

    def of(self, sequence: int) -> list[Row]:
        """The rows of the entry; rows of entries that don't exist are skipped."""
        if self._at != sequence:
            while self._at is not None and self._at < sequence:
                self._at, self._rows = next(self._groups, _NONE)
            if self._at != sequence:
                return []
        found = list(self._rows)
        self._at, self._rows = next(self._groups, _NONE)
        return found


_NONE: tuple[int | None, Iterator[Row]] = (None, iter(()))


def entries(connection: Connection) -> Iterator[Entry]:
    """All entries of a book in their order. Raises what SQLite raises for a damaged file."""
    postings = _Rows(select(connection, _POSTINGS)).of
    moves = _Rows(select(connection, _MOVES)).of
    lots = _Rows(select(connection, _LOTS)).of
    for row in select(connection, _DOCUMENTS):
        at = row[0]
        yield Entry._make((*row, payload_of(row[6]), postings(at), moves(at), lots(at)))


_decode = json.JSONDecoder().raw_decode


def payload_of(text: Any) -> dict[str, Any]:
    """What an entry says, as parsed JSON; empty where it can't be read."""
    try:
        found, end = _decode(text)
    except (TypeError, ValueError, RecursionError):
        return {}
    return found if type(found) is dict and end == len(text) else {}
