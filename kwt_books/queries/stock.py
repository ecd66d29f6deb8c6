"""What stands where, today and on any day before, and the card of one item.

A past day is found backwards from what stands now: the kept layers less what moved since.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select, text

from kwt_books.domain.posting import Lot
from kwt_books.queries.documents import Heading, eve, heading, moves_of, opening_document, span
from kwt_books.store import rows
from kwt_books.store.tables import layer

Standing = tuple[int, int]
"""Thousandths and rupiah."""


class Stand(NamedTuple):
    """What stands of a lot at one place."""

    lot: Lot
    place: str
    quantity: int
    value: int


class CardEntry(NamedTuple):
    """What one document moved of an item at one place; all figures positive."""

    document: Heading
    came: int
    went: int
    came_value: int
    went_value: int


class PlaceCard(NamedTuple):
    """One item at one place over some days."""

    place: str
    quantity: int
    """What stood there before, thousandths."""
    value: int
    entries: list[CardEntry]


_LATER = text("""
    SELECT m.item, m.place, m.lot, sum(m.quantity), sum(m.value)
    FROM document d CROSS JOIN move m ON m.document = d.sequence
    WHERE d.date > :day AND m.lot <> '' AND (:item IS NULL OR m.item = :item)
    GROUP BY m.item, m.place, m.lot
""")
_RECEIVED = text("SELECT DISTINCT item FROM lot WHERE received <= :day ORDER BY item")
_LOTS = text("""
    SELECT l.item, l.name, l.received, l.expires, l.ordinal
    FROM json_each(:names) j CROSS JOIN lot l
    ON l.item = json_extract(j.value, '$[0]') AND l.name = json_extract(j.value, '$[1]')
""")
_CARD = text("""
    SELECT d.sequence, d.number, d.date, d.kind, d.payload,
        (SELECT o.number FROM document o WHERE o.sequence = d.corrects),
        m.place, sum(max(m.quantity, 0)), sum(max(-m.quantity, 0)),
        sum(max(m.value, 0)), sum(max(-m.value, 0))
    FROM document d CROSS JOIN move m ON m.document = d.sequence
    WHERE d.date BETWEEN :start AND :end AND m.item = :item AND m.lot <> ''
    GROUP BY d.date, d.sequence, m.place
    ORDER BY d.date, d.sequence, min(m.line)
""")


def stock_at(
    connection: Connection, day: date | None = None, *, item: str | None = None
) -> list[Stand]:
    """What stands at the end of a day (None: of all recorded), by item, place, order of taking.

    A day before goods that were recorded early can show less than nothing.
    """
    sums = _standing(connection, day, item)
    known = lots_named(connection, {(item, lot) for item, _, lot in sums})
    found = [
        Stand(known[item, lot], place, quantity, value)
        for (item, place, lot), (quantity, value) in sums.items()
    ]
    return sorted(
        found, key=lambda each: (each.lot.item, place_order(each.place), each.lot.taking_order)
    )


def received_items(connection: Connection, day: date) -> list[str]:
    """The items of which anything ever came in by a day."""
    return list(connection.execute(_RECEIVED, {"day": day.isoformat()}).scalars())


def _standing(
    connection: Connection, day: date | None, item: str | None
) -> dict[tuple[str, str, str], Standing]:
    query = select(layer.c.item, layer.c.place, layer.c.lot, layer.c.quantity, layer.c.value)
    if item is not None:
        query = query.where(layer.c.item == item)
    sums: defaultdict[tuple[str, str, str], Standing] = defaultdict(lambda: (0, 0))
    for name, place, lot, quantity, value in connection.execute(query):
        sums[name, place, lot] = (quantity, value)
    if day is not None:
        values = {"day": day.isoformat(), "item": item}
        for name, place, lot, quantity, value in connection.execute(_LATER, values):
            now = sums[name, place, lot]
            sums[name, place, lot] = (now[0] - quantity, now[1] - value)
    return {key: standing for key, standing in sums.items() if any(standing)}


def lots_named(
    connection: Connection, names: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Lot]:
    """Lots by item and name."""
    found = connection.execute(_LOTS, {"names": json.dumps(sorted(names))})
    lots = [rows.lot(row) for row in found]
    return {(lot.item, lot.name): lot for lot in lots}


def find_card(connection: Connection, item: str, start: date, end: date) -> list[PlaceCard]:
    """One item at every place it stood at or passed through; the opening counts as before."""
    before: defaultdict[str, Standing] = defaultdict(lambda: (0, 0))
    for each in stock_at(connection, eve(start), item=item):
        _add(before, each.place, each.quantity, each.value)
    opening = opening_document(connection)
    if opening.within(start, end):
        for move in moves_of(connection, [opening.sequence])[opening.sequence]:
            if move.item == item and move.lot:
                _add(before, move.place, move.quantity, move.value)
    entries: defaultdict[str, list[CardEntry]] = defaultdict(list)
    for *document, place, came, went, came_value, went_value in connection.execute(
        _CARD, {"item": item, **span(start, end)}
    ):
        if document[0] != opening.sequence:
            made = CardEntry(heading(document), came, went, came_value, went_value)
            entries[place].append(made)
    places = sorted(before.keys() | entries.keys(), key=place_order)
    return [PlaceCard(place, *before[place], entries[place]) for place in places]


def _add(sums: dict[str, Standing], place: str, quantity: int, value: int) -> None:
    there = sums[place]
    sums[place] = (there[0] + quantity, there[1] + value)


def place_order(place: str) -> tuple[bool, str]:
    """The store, then the shops."""
    return (":" in place, place)
