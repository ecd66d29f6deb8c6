"""Documents by date and kind, and what they count for: a correction counts against."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, text

from kwt_books.domain.posting import Move, Posting

OPENING = "opening_balance"


class Heading(NamedTuple):
    """What a line of a book says of the document behind it."""

    sequence: int
    number: str
    date: date
    kind: str
    payload: str
    corrected: str | None
    """Number of the document that this one undoes."""


class Effect(NamedTuple):
    """What a document does, as it counts: a correction is its original with `sign` -1."""

    sequence: int
    number: str
    date: date
    source: int
    """The entry whose payload, postings and moves these are."""
    kind: str
    payload: dict[str, Any]
    sign: int


_HEADINGS = text("""
    SELECT d.sequence, d.number, d.date, d.kind, d.payload, o.number
    FROM document d LEFT JOIN document o ON o.sequence = d.corrects
    WHERE d.date BETWEEN :start AND :end AND d.number IS NOT NULL
    ORDER BY d.date, d.sequence
""")

_HEADING_OF = text("""
    SELECT d.sequence, d.number, d.date, d.kind, d.payload, o.number
    FROM document d LEFT JOIN document o ON o.sequence = d.corrects
    WHERE d.sequence = :sequence
""")

_EFFECTS = text("""
    SELECT sequence, number, date, sequence, kind, payload, 1
    FROM document WHERE kind IN :kinds AND date BETWEEN :start AND :end
    UNION ALL
    SELECT d.sequence, d.number, d.date, o.sequence, o.kind, o.payload, -1
    FROM document d JOIN document o ON o.sequence = d.corrects
    WHERE d.kind = 'correction' AND d.date BETWEEN :start AND :end AND o.kind IN :kinds
    ORDER BY 3, 1
""").bindparams(bindparam("kinds", expanding=True))

_POSTINGS = text("""
    SELECT p.document, p.account, p.amount, p.party, p.closing
    FROM document d CROSS JOIN posting p ON p.document = d.sequence
    WHERE d.date BETWEEN :start AND :end
    ORDER BY p.document, p.line
""")

_MOVES = text("""
    SELECT m.document, m.place, m.item, m.lot, m.quantity, m.value
    FROM json_each(:sequences) j CROSS JOIN move m ON m.document = j.value
    ORDER BY m.document, m.line
""")

_CORRECTED_BY = text("""
    SELECT c.number FROM document c WHERE c.corrects = :sequence
""")


def heading(row: Sequence[Any]) -> Heading:
    sequence, number, day, kind, payload, corrected = row
    return Heading(sequence, number, date.fromisoformat(day), kind, payload, corrected)


def headings(connection: Connection, start: date, end: date) -> list[Heading]:
    """The numbered documents of these days, in the order of a book."""
    found = connection.execute(_HEADINGS, span(start, end))
    return [heading(row) for row in found]


def heading_of(connection: Connection, sequence: int) -> Heading:
    return heading(connection.execute(_HEADING_OF, {"sequence": sequence}).one())


def effects(
    connection: Connection, kinds: Iterable[str], start: date, end: date
) -> list[Effect]:
    """What documents of these kinds, and corrections of such, do within these days."""
    values = {"kinds": list(kinds), **span(start, end)}
    return [effect(row) for row in connection.execute(_EFFECTS, values)]


def effect(row: Sequence[Any]) -> Effect:
    sequence, number, day, source, kind, payload, sign = row
    when = date.fromisoformat(day)
    return Effect(sequence, number, when, source, kind, json.loads(payload), sign)


def postings_by_document(
    connection: Connection, start: date, end: date
) -> dict[int, list[Posting]]:
    """The postings of every document of these days, each in the order it was posted in."""
    found: defaultdict[int, list[Posting]] = defaultdict(list)
    for sequence, account, amount, party, closing in connection.execute(
        _POSTINGS, span(start, end)
    ):
        found[sequence].append(Posting(account, amount, party, bool(closing)))
    return found


def moves_of(connection: Connection, sequences: Iterable[int]) -> dict[int, list[Move]]:
    """The moves of each of these documents, in the order they were made in."""
    found: defaultdict[int, list[Move]] = defaultdict(list)
    for sequence, *move in connection.execute(
        _MOVES, {"sequences": json.dumps(sorted(set(sequences)))}
    ):
        found[sequence].append(Move(*move))
    return found


def corrected_by(connection: Connection, sequence: int) -> str | None:
    """The number of the correction that undid a document."""
    found: str | None = connection.execute(_CORRECTED_BY, {"sequence": sequence}).scalar()
    return found


class Opening(NamedTuple):
    """The opening balance: what it brings counts as having been there before."""

    sequence: int = 0
    date: date = date.max

    def within(self, start: date, end: date) -> bool:
        return start <= self.date <= end


_OPENING = text("SELECT sequence, date FROM document WHERE kind = 'opening_balance'")


def opening_document(connection: Connection) -> Opening:
    row = connection.execute(_OPENING).first()
    return Opening(row[0], date.fromisoformat(row[1])) if row is not None else Opening()


def span(start: date, end: date) -> dict[str, str]:
    """Both days as the parameters `start` and `end` of a query."""
    return {"start": start.isoformat(), "end": end.isoformat()}
