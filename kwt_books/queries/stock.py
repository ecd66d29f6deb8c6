"""What stands where, today and on any day before.

A past day is found backwards from what stands now: the kept layers less what moved since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from kwt_books.domain.posting import Lot
from kwt_books.store import rows
from kwt_books.store.expressions import entry, in_order, listed, of_goods, text_at, total
from kwt_books.store.reads import fetched
from kwt_books.store.tables import layer, move
from kwt_books.store.tables import lot as lot_table

Standing = tuple[int, int]
"""Thousandths and rupiah."""


class Stand(NamedTuple):
    """What stands of a lot at one place."""

    lot: Lot
    place: str
    quantity: int
    value: int


_LAYERS = select(layer.c.item, layer.c.place, layer.c.lot, layer.c.quantity, layer.c.value)
_LAYERS_OF_ITEM = _LAYERS.where(layer.c.item == bindparam("item"))
_LATER = (
    select(move.c.item, move.c.place, move.c.lot, total(move.c.quantity), total(move.c.value))
    .select_from(in_order(entry, move, move.c.document == entry.c.sequence))
    .where(entry.c.date > bindparam("day"), of_goods)
    .group_by(move.c.item, move.c.place, move.c.lot)
)
_LATER_OF_ITEM = _LATER.where(move.c.item == bindparam("item"))
_RECEIVED = (
    select(lot_table.c.item)
    .distinct()
    .where(lot_table.c.received <= bindparam("day"))
    .order_by(lot_table.c.item)
)
_NAMES = listed("names")
_LOTS = (
    select(lot_table)
    .select_from(
        in_order(
            _NAMES,
            lot_table,
            (lot_table.c.item == text_at(_NAMES.c.value, 0))
            & (lot_table.c.name == text_at(_NAMES.c.value, 1)),
        )
    )
    .order_by(lot_table.c.ordinal)
)
"""The newest of a name comes last."""


def stock_at(
    connection: Connection, day: date | None = None, *, item: str | None = None
) -> list[Stand]:
    """What stands at the end of a day (None: of all recorded), by item, place, order of taking.

    In a book of before the second edition a day can show less than nothing.
    """
    sums = standing_at(connection, day, item)
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


def standing_at(
    connection: Connection, day: date | None = None, item: str | None = None
) -> dict[tuple[str, str, str], Standing]:
    """The same by item, place and name of lot, where nobody asks for the lots themselves."""
    found = fetched(connection, _LAYERS if item is None else _LAYERS_OF_ITEM, {"item": item})
    sums: dict[tuple[str, str, str], Standing] = {
        (name, place, lot): (quantity, value) for name, place, lot, quantity, value in found
    }
    if day is not None:
        later = _LATER if item is None else _LATER_OF_ITEM
        asked = {"day": day.isoformat(), "item": item}
        for name, place, lot, quantity, value in fetched(connection, later, asked):
            now = sums.get((name, place, lot), (0, 0))
            sums[name, place, lot] = (now[0] - quantity, now[1] - value)
    return {key: standing for key, standing in sums.items() if any(standing)}


def lots_named(
    connection: Connection, names: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Lot]:
    """Lots by item and name."""
    found = fetched(connection, _LOTS, {"names": json.dumps(sorted(names))})
    lots = [rows.lot(row) for row in found]
    return {(lot.item, lot.name): lot for lot in lots}


def place_order(place: str) -> tuple[bool, str]:
    """The store, then the shops."""
    return (":" in place, place)
