"""One document whole: what was recorded, its postings and moves, its seal and its links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Row, and_, bindparam, func, or_, select

from kwt_books.domain.posting import LOTS_PER_ENTRY, Lot, Move, Posting
from kwt_books.queries.reading import Reading
from kwt_books.store.expressions import entry, newest_of_name, said
from kwt_books.store.seal import seal
from kwt_books.store.tables import attachment, document, lot, move, posting


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
    """One document whole: what was recorded, what it posted and moved, its seal and its links."""

    sequence: int
    kind: str
    number: str
    """Its voucher number; the id of a line of the group's books, which has none."""
    numbered: bool
    day: date
    id: str | None
    payload: dict[str, Any]
    recorded_at: str
    recorded_by: str
    hash: str
    sound: bool
    """Whether its seal fits what the book holds of it."""
    corrects: Linked | None
    corrected_by: Linked | None
    postings: tuple[Posting, ...]
    moves: tuple[Move, ...]
    attached: tuple[Attached, ...]
    lots: dict[tuple[str, str], Lot]
    """Those it moved, by item and name."""


_ENTRY = select(document).where(
    or_(
        document.c.number == bindparam("number"),
        and_(document.c.number.is_(None), document.c.id == bindparam("number")),
    )
)
_POSTINGS = (
    select(posting.c.account, posting.c.amount, posting.c.party, posting.c.closing)
    .where(posting.c.document == bindparam("sequence"))
    .order_by(posting.c.line)
)
_MOVES = (
    select(move.c.place, move.c.item, move.c.lot, move.c.quantity, move.c.value)
    .where(move.c.document == bindparam("sequence"))
    .order_by(move.c.line)
)
_MADE = (
    select(lot.c.item, lot.c.name, lot.c.received, lot.c.expires)
    .where(lot.c.ordinal.between(bindparam("first"), bindparam("last")))
    .order_by(lot.c.ordinal)
)
_LOTS = (
    select(lot)
    .distinct()
    .select_from(move.join(lot, (lot.c.item == move.c.item) & (lot.c.name == move.c.lot)))
    .where(move.c.document == bindparam("sequence"), newest_of_name(bindparam("sequence")))
)
_LINKED = select(document.c.number, document.c.kind, document.c.date, document.c.payload)
_ORIGINAL = _LINKED.where(document.c.sequence == bindparam("sequence"))
_CORRECTION = _LINKED.where(document.c.corrects == bindparam("sequence"))
_OF, _NAME, _TYPE = (said(entry.c.payload, key) for key in ("of", "name", "type"))
_ATTACHED = (
    select(
        entry.c.sequence,
        _NAME,
        _TYPE,
        func.length(attachment.c.data),
        said(entry.c.payload, "sha256"),
    )
    .select_from(entry.outerjoin(attachment, attachment.c.document == entry.c.sequence))
    .where(entry.c.kind == "attachment", _OF.in_((bindparam("number"), bindparam("id"))))
    .order_by(entry.c.sequence)
)
_BYTES = (
    select(_NAME, _TYPE, attachment.c.data)
    .select_from(entry.join(attachment, attachment.c.document == entry.c.sequence))
    .where(entry.c.sequence == bindparam("sequence"))
)


_whose = document.alias("whose")
_PLACED = (
    select(func.coalesce(entry.c.number, _whose.c.number))
    .select_from(
        entry.outerjoin(
            _whose, (entry.c.kind == "attachment") & _OF.in_((_whose.c.number, _whose.c.id))
        )
    )
    .where(entry.c.sequence == bindparam("sequence"))
)


def number_at(connection: Connection, sequence: int) -> str | None:
    """The voucher of the document at that place of the chain, or of the one that the attachment at
    that place belongs to.
    """
    number: str | None = connection.execute(_PLACED, {"sequence": sequence}).scalar()
    return number


def entry_of(connection: Connection, number: str) -> Entry | None:
    """The document of that voucher number; a line of the group's books by its id."""
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
        row.number or row.id,
        row.number is not None,
        date.fromisoformat(row.date),
        row.id,
        orjson.loads(row.payload),
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
    return Linked(row.number, row.kind, date.fromisoformat(row.date), orjson.loads(row.payload))


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw is not None else None


def attachment_of(reading: Reading, sequence: int) -> tuple[str, str, bytes] | None:
    """Name, media type and bytes; None where the book has not got the bytes."""
    row = reading.connection.execute(_BYTES, {"sequence": sequence}).first()
    return (row[0], row[1], bytes(row[2])) if row is not None else None
