"""Why goods moved: what each move of a document was for, told by the document's lines.

Goods taken to market are sold, spoiled and sampled in that order, line by line; those at a shop
sold, spoiled and returned (STREAM.md, documents).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection

from kwt_books.domain.posting import Move
from kwt_books.queries.documents import Effect, effects, moves_of, thousandths


class Purpose(StrEnum):
    MADE = "made"
    """Bought, harvested, produced, granted, there at the opening, found at a count."""
    USED = "used"
    SOLD = "sold"
    SPOILED = "spoiled"
    SAMPLED = "sampled"
    SHARED = "shared"
    SENT = "sent"
    RETURNED = "returned"
    MISSING = "missing"
    """At a count."""


_CARRIED = (Purpose.SENT, Purpose.RETURNED)
"""Taken from one place and put down at another."""
_LINES: dict[str, tuple[tuple[str, Purpose], ...]] = {
    "market_day": (
        ("sold", Purpose.SOLD),
        ("spoiled", Purpose.SPOILED),
        ("sampled", Purpose.SAMPLED),
    ),
    "sale": (("qty", Purpose.SOLD),),
    "consignment": (("qty", Purpose.SENT),),
    "consignment_settlement": (
        ("sold", Purpose.SOLD),
        ("spoiled", Purpose.SPOILED),
        ("returned", Purpose.RETURNED),
    ),
}
"""The keys of a line in the order its goods are taken."""
_TAKEN = {"distribution": Purpose.SHARED, "stock_count": Purpose.MISSING}


class Change(NamedTuple):
    """A move of goods as it counts: that of a correction has the sign of what it undoes."""

    effect: Effect
    purpose: Purpose
    line: int
    """Which line of the document, from 0; of the kinds that sell and consign."""
    place: str
    item: str
    lot: str
    quantity: int
    value: int


def changes(
    connection: Connection, kinds: Iterable[str], start: date, end: date
) -> Iterator[Change]:
    """Every move of goods by documents of these kinds, and by corrections of such."""
    return changes_of(connection, effects(connection, kinds, start, end))


def changes_of(connection: Connection, found: Sequence[Effect]) -> Iterator[Change]:
    moves = moves_of(connection, (each.source for each in found))
    for each in found:
        goods = [move for move in moves[each.source] if move.lot]
        for (purpose, line), (place, item, lot, quantity, value) in zip(
            purposes(each.kind, each.payload, goods), goods, strict=True
        ):
            yield Change(
                each, purpose, line, place, item, lot, each.sign * quantity, each.sign * value
            )


def purposes(
    kind: str, payload: dict[str, Any], goods: Sequence[Move]
) -> Iterator[tuple[Purpose, int]]:
    """What each move of goods was for, and the line it belongs to."""
    if kind in _LINES:
        yield from _by_line(payload["lines"], _LINES[kind], goods)
        return
    taken = _TAKEN.get(kind, Purpose.USED)
    for move in goods:
        yield (Purpose.MADE if move.quantity > 0 else taken), 0


def _by_line(
    lines: Sequence[dict[str, Any]], keys: Iterable[tuple[str, Purpose]], goods: Sequence[Move]
) -> Iterator[tuple[Purpose, int]]:
    at = 0
    for number, line in enumerate(lines):
        for key, purpose in keys:
            wanted, first = thousandths(line.get(key, 0)), at
            while wanted > 0:
                wanted += goods[at].quantity
                at += 1
            puts = at - first if purpose in _CARRIED else 0
            at += puts
            yield from [(purpose, number)] * (at - first)
