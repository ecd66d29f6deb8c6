"""Lembar hitung stok: what stands at a place, to be counted with a pencil."""

from __future__ import annotations

from kwt_books.domain.posting import SHOP
from kwt_books.i18n.words import capitalised
from kwt_books.queries.shelves import ShelfItem, shelves
from kwt_books.reports.context import Context
from kwt_books.reports.papers import CountSheet
from kwt_books.reports.places import place_name


def count_sheet(context: Context, place: str) -> CountSheet:
    """In the store, whatever the group keeps; at a shop, what stands there.

    What the book says is left out: who counts must not know.
    """
    found = shelves(context.connection, context.setup, context.today)
    lines = [(item.name, item.unit) for item in found.items if _belongs(item, place)]
    return CountSheet(capitalised(place_name(context, place)), context.today, tuple(lines))


def _belongs(item: ShelfItem, place: str) -> bool:
    if place.startswith(SHOP):
        return item.at(place) != 0
    return item.at(place) != 0 or not item.lots
