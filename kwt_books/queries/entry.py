"""One document whole: what it says, what it posted and moved, its seal and what hangs on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, text

from kwt_books.domain.chain import seal
from kwt_books.domain.posting import LOTS_PER_ENTRY, Lot, Move, Posting
from kwt_books.queries.reading import Reading


class Linked(NamedTuple):
    """A document that another one speaks of."""

    number: str
    kind: str
    day: date
    payload: dict[str, Any]


class Attached(NamedTuple):
    """A photo or PDF; `size` in bytes, None where the book has its digest alone."""

    sequence: int
    name: str
    type: str
    size: int | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    sequence: int
    kind: str
    number: str
    day: date
    id: str | None
    payload: dict[str, Any]
    recorded_at: str
    recorded_by: str
    hash: str
    sound: bool
    """Whether the seal is that of what stands in the book."""
    corrects: Linked | None
    corrected_by: Linked | None
    postings: tuple[Posting, ...]
    moves: tuple[Move, ...]
    attached: tuple[Attached, ...]
    lots: dict[tuple[str, str], Lot]
    """Those it moved, by item and name."""


_ENTRY = text("""
    SELECT sequence, kind, number, date, id, payload, recorded_at, recorded_by, hash, previous,
        corrects
    FROM document WHERE number = :number
""")
_POSTINGS = text("""
    SELECT account, amount, party, closing FROM posting WHERE document = :sequence ORDER BY line
""")
_MOVES = text("""
    SELECT place, item, lot, quantity, value FROM move WHERE document = :sequence ORDER BY line
""")
_MADE = text("""
    SELECT item, name, received, expires FROM lot
    WHERE ordinal BETWEEN :first AND :last ORDER BY ordinal
""")
_LOTS = text("""
    SELECT DISTINCT t.item, t.name, t.received, t.expires, t.ordinal
    FROM move m JOIN lot t ON t.item = m.item AND t.name = m.lot
    WHERE m.document = :sequence AND t.ordinal = (
        SELECT max(n.ordinal) FROM lot n WHERE n.item = t.item AND n.name = t.name
        AND n.ordinal / 1000000 <= :sequence)
""")
_ORIGINAL = text("SELECT number, kind, date, payload FROM document WHERE sequence = :sequence")
_CORRECTION = text("SELECT number, kind, date, payload FROM document WHERE corrects = :sequence")
_ATTACHED = text("""
    SELECT d.sequence, json_extract(d.payload, '$.name'), json_extract(d.payload, '$.type'),
        length(a.data), json_extract(d.payload, '$.sha256')
    FROM document d LEFT JOIN attachment a ON a.document = d.sequence
    WHERE d.kind = 'attachment' AND json_extract(d.payload, '$.of') IN (:number, :id)
    ORDER BY d.sequence
""")
_BYTES = text("""
    SELECT json_extract(d.payload, '$.name'), json_extract(d.payload, '$.type'), a.data
    FROM document d JOIN attachment a ON a.document = d.sequence WHERE d.sequence = :sequence
""")


_PLACED = text("""
    SELECT coalesce(d.number, of.number) FROM document d
    LEFT JOIN document of ON d.kind = 'attachment'
        AND json_extract(d.payload, '$.of') IN (of.number, of.id)
    WHERE d.sequence = :sequence
""")


def number_at(connection: Connection, sequence: int) -> str | None:
    """The voucher of the document at that place of the chain, or that an attachment there is of."""
    number: str | None = connection.execute(_PLACED, {"sequence": sequence}).scalar()
    return number


def entry_of(connection: Connection, number: str) -> Entry | None:
    """The document of that voucher number."""
    row = connection.execute(_ENTRY, {"number": number}).first()
    if row is None:
        return None
    at = {"sequence": row.sequence}
    postings = tuple(
        Posting(account, amount, party, bool(closing))
        for account, amount, party, closing in connection.execute(_POSTINGS, at)
    )
    moves = tuple(Move(*move) for move in connection.execute(_MOVES, at))
    lots = {
        (item, name): Lot(item, name, date.fromisoformat(received), _day(expires), ordinal)
        for item, name, received, expires, ordinal in connection.execute(_LOTS, at)
    }
    original = connection.execute(_ORIGINAL, {"sequence": row.corrects}).first()
    correction = connection.execute(_CORRECTION, at).first()
    named = {"number": row.number, "id": row.id}
    return Entry(
        row.sequence,
        row.kind,
        row.number,
        date.fromisoformat(row.date),
        row.id,
        json.loads(row.payload),
        row.recorded_at,
        row.recorded_by,
        row.hash,
        _is_sound(connection, row, postings, moves),
        _linked(original),
        _linked(correction),
        postings,
        moves,
        tuple(Attached(*each) for each in connection.execute(_ATTACHED, named)),
        lots,
    )


def _is_sound(
    connection: Connection,
    row: Row,  # type: ignore[type-arg]
    postings: tuple[Posting, ...],
    moves: tuple[Move, ...],
) -> bool:
    first = row.sequence * LOTS_PER_ENTRY
    made = connection.execute(_MADE, {"first": first, "last": first + LOTS_PER_ENTRY - 1})
    try:
        sealed = seal(
            row.previous,
            row.number,
            row.kind,
            row.date,
            row.payload,
            postings,
            moves,
            [tuple(lot) for lot in made],
            row.recorded_at,
            row.recorded_by,
        )
    except (TypeError, ValueError, LookupError):  # values that no program wrote
        return False
    return str(row.hash) == sealed


def _linked(row: Row | None) -> Linked | None:  # type: ignore[type-arg]
    if row is None:
        return None
    return Linked(row.number, row.kind, date.fromisoformat(row.date), json.loads(row.payload))


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw is not None else None


def attachment_of(reading: Reading, sequence: int) -> tuple[str, str, bytes] | None:
    """Name, media type and bytes; None where the book has not got the bytes."""
    row = reading.connection.execute(_BYTES, {"sequence": sequence}).first()
    return (row[0], row[1], bytes(row[2])) if row is not None else None
