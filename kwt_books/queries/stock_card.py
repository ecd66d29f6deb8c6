"""The card of one item: what came and went at each place, its lines read a window at a time.

Of each line only the document and what then stands is kept. Facts are never changed, so what was
there when the card was begun stays the same.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from kwt_books.queries.documents import Heading, eve, headings_at, moves_of, opening_document, span
from kwt_books.queries.stock import Standing, place_order, stock_at
from kwt_books.store.expressions import (
    above,
    as_number,
    below,
    dated_within,
    entry,
    in_order,
    listed,
    of_goods,
    oldest_first,
    total,
)
from kwt_books.store.tables import move


class CardEntry(NamedTuple):
    """What one document moved of an item at one place, all positive; and what then stands."""

    document: Heading
    came: int
    went: int
    came_value: int
    went_value: int
    left: int
    left_value: int


_SIDES = (
    total(above(move.c.quantity)),
    total(below(move.c.quantity)),
    total(above(move.c.value)),
    total(below(move.c.value)),
)
_CARD = oldest_first(
    select(entry.c.sequence, move.c.place, *_SIDES)
    .select_from(in_order(entry, move, move.c.document == entry.c.sequence))
    .where(dated_within(), move.c.item == bindparam("item"), of_goods)
    .where(entry.c.sequence != bindparam("opening"))
    .group_by(entry.c.date, entry.c.sequence, move.c.place)
)
_SEQUENCES = listed("sequences")
_MOVED = (
    select(move.c.document, *_SIDES)
    .select_from(in_order(_SEQUENCES, move, move.c.document == as_number(_SEQUENCES.c.value)))
    .where(move.c.item == bindparam("item"), move.c.place == bindparam("place"), of_goods)
    .group_by(move.c.document)
)


class PlaceCard:
    """One item at one place over some days."""

    def __init__(self, item: str, place: str, before: Standing) -> None:
        self._item = item
        self.place = place
        self.quantity, self.value = before
        """What stood there before: thousandths, rupiah."""
        self._sums = [0, 0, 0, 0]
        self._documents, self._left, self._values = array("q"), array("q"), array("q")

    def add(self, document: int, *moved: int) -> None:
        """The next line: what came and went, and the values."""
        self._sums = [total + each for total, each in zip(self._sums, moved, strict=True)]
        _, _, left, _, _, value = self.sums
        self._documents.append(document)
        self._left.append(left)
        self._values.append(value)

    @property
    def sums(self) -> tuple[int, ...]:
        """In, out, left; and their values."""
        came, went, came_value, went_value = self._sums
        left, value = self.quantity + came - went, self.value + came_value - went_value
        return (came, went, left, came_value, went_value, value)

    def __len__(self) -> int:
        return len(self._documents)

    def read(self, connection: Connection, start: int, stop: int) -> list[CardEntry]:
        """The lines from `start` to before `stop`."""
        sequences = json.dumps(self._documents[start:stop].tolist())
        asked = {"sequences": sequences, "item": self._item, "place": self.place}
        moved = {document: sums for document, *sums in connection.execute(_MOVED, asked)}
        documents = headings_at(connection, sequences)
        left, values = self._left[start:stop], self._values[start:stop]
        return [
            CardEntry(each, *moved[each.sequence], *stood)
            for each, *stood in zip(documents, left, values, strict=True)
        ]


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
    cards = {place: PlaceCard(item, place, stood) for place, stood in before.items()}
    asked = {"item": item, "opening": opening.sequence, **span(start, end)}
    for document, place, *moved in connection.execute(_CARD, asked):
        if place not in cards:
            cards[place] = PlaceCard(item, place, (0, 0))
        cards[place].add(document, *moved)
    return [cards[place] for place in sorted(cards, key=place_order)]


def _add(sums: dict[str, Standing], place: str, quantity: int, value: int) -> None:
    there = sums[place]
    sums[place] = (there[0] + quantity, there[1] + value)
