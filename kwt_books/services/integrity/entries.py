"""What checks find, and the entries of the chain with their postings, moves and lots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import orjson
from sqlalchemy import BigInteger, Connection, Integer, bindparam, literal_column, select

from kwt_books.domain.errors import Issue
from kwt_books.domain.posting import LOTS_PER_ENTRY
from kwt_books.store.reads import streamed_rows
from kwt_books.store.tables import document, lot, move, posting

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


DOCUMENTS = select(
    document.c.sequence,
    document.c.kind,
    document.c.number,
    document.c.date,
    document.c.id,
    document.c.corrects,
    document.c.payload,
    document.c.recorded_at,
    document.c.recorded_by,
    document.c.previous,
    document.c.hash,
).order_by(document.c.sequence)
POSTINGS = select(
    posting.c.account,
    posting.c.amount,
    posting.c.party,
    posting.c.closing,
    posting.c.date,
    posting.c.line,
    posting.c.contra,
    posting.c.document,
).order_by(posting.c.document, posting.c.line)
MOVES = select(
    move.c.place,
    move.c.item,
    move.c.lot,
    move.c.quantity,
    move.c.value,
    move.c.line,
    move.c.date,
    move.c.document,
).order_by(move.c.document, move.c.line)
_LOTS_MADE = literal_column(str(LOTS_PER_ENTRY), Integer)
LOTS = select(
    lot.c.item,
    lot.c.name,
    lot.c.received,
    lot.c.expires,
    lot.c.ordinal % _LOTS_MADE,
    lot.c.ordinal // _LOTS_MADE,
).order_by(lot.c.ordinal)
_WHOLE = (DOCUMENTS, POSTINGS, MOVES, LOTS)
_AFTER = bindparam("after", type_=BigInteger)
_REST = (
    DOCUMENTS.where(document.c.sequence > _AFTER),
    POSTINGS.where(posting.c.document > _AFTER),
    MOVES.where(move.c.document > _AFTER),
    LOTS.where(lot.c.ordinal > _AFTER),
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
    """Account, amount, party, closing, date, line, contra account, entry."""
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


def entries(connection: Connection, after: int | None = None) -> Iterator[Entry]:
    """All entries of a book in their order, or those that come `after` one.

    Raises what SQLite raises for a damaged file.
    """
    if after is None:
        documents, *others = [streamed_rows(connection, each) for each in _WHOLE]
    else:
        ends = (after, after, after, (after + 1) * LOTS_PER_ENTRY - 1)
        asked = zip(_REST, ends, strict=True)
        documents, *others = [streamed_rows(connection, each, end) for each, end in asked]
    postings, moves, lots = [_Rows(each).of for each in others]
    for row in documents:
        at = row[0]
        yield Entry._make((*row, payload_of(row[6]), postings(at), moves(at), lots(at)))


def payload_of(text: Any) -> dict[str, Any]:
    """What an entry says, as parsed JSON; empty where it can't be read."""
    try:
        found = orjson.loads(text) if type(text) is str else None
    except ValueError:
        return {}
    return found if type(found) is dict else {}
