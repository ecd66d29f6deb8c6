"""Places as reports name them."""

from __future__ import annotations

from kwt_books.domain.posting import SHOP
from kwt_books.reports.context import Context


def place_name(context: Context, place: str) -> str:
    """`gudang`, `Warung Bu Siti`: within a line."""
    if place.startswith(SHOP):
        return context.setup.party_name(place.removeprefix(SHOP))
    return context.words("store")


def unit_of(context: Context, item: str) -> str:
    known = context.setup.items.get(item)
    return known.unit if known is not None else ""
