"""Labels for what a production made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kwt_books.domain.quantity import UNIT
from kwt_books.queries.documents import thousandths
from kwt_books.queries.stock import lots_named
from kwt_books.reports.papers import LabelSheet
from kwt_books.services.slips.source import Source

MOST_LABELS = 2000
_WEIGHT = re.compile(r",?\s*\b(\d+(?:[.,]\d+)?)\s?(g|gr|gram|kg|ml|l|liter)\b\.?", re.IGNORECASE)
_WEIGHED = {"kg": 1000, "g": 1, "gram": 1, "ons": 100, "liter": 1000, "l": 1000, "ml": 1}
"""Grams (millilitres) in a unit: what labels are ordered by."""


@dataclass(frozen=True, slots=True)
class LabelWish:
    """What someone wants on the labels. None: what the book knows."""

    count: int | None = None
    net_weight: str | None = None
    licence: str = ""


def label_sheet(source: Source, wish: LabelWish | None = None) -> LabelSheet:
    """One label a pack, unless another number is wanted."""
    wish = wish or LabelWish()
    made = next(move for move in source.moves if move.quantity > 0)
    lot = lots_named(source.connection, [(made.item, made.lot)])[made.item, made.lot]
    name, weight = split_weight(source.context.setup.item_name(made.item))
    count = wish.count if wish.count is not None else -(-made.quantity // UNIT)
    return LabelSheet(
        name,
        made.lot,
        source.day,
        lot.expires,
        max(1, min(count, MOST_LABELS)),
        _composition(source),
        weight if wish.net_weight is None else wish.net_weight,
        wish.licence,
    )


def split_weight(name: str) -> tuple[str, str]:
    """`Keripik bayam 100 g` is `Keripik bayam` and `100 g`."""
    found = _WEIGHT.search(name)
    if found is None:
        return name, ""
    rest = (name[: found.start()] + name[found.end() :]).strip(" ,")
    return (rest or name), f"{found[1]} {found[2]}"


def _composition(source: Source) -> tuple[str, ...]:
    """Ingredients without packaging; those that are weighed first, the most of them first."""
    items = source.context.setup.items
    taken: dict[str, int] = {}
    for line in source.payload["inputs"]:
        if items[line["item"]].item_class != "packaging":
            taken[line["item"]] = taken.get(line["item"], 0) + thousandths(line["qty"])

    def weight(code: str) -> Any:
        grams = _WEIGHED.get(items[code].unit.casefold(), 0)
        return (not grams, -taken[code] * grams)

    return tuple(items[code].name for code in sorted(taken, key=weight))
