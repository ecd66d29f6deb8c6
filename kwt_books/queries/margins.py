"""What each product leaves: sales less what the goods had cost, also those that spoiled, got lost
or were given to taste.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from kwt_books.domain.kind import Purpose
from kwt_books.queries.documents import effects
from kwt_books.queries.reading import Reading
from kwt_books.queries.sales import SELLING, ItemsThen, changes_of, sold

_COUNT = "stock_count"
_LOST = (Purpose.SPOILED, Purpose.MISSING)


class Margin(NamedTuple):
    """A product's sales over some days and the cost of its goods, in rupiah."""

    item: str
    name: str
    revenue: int
    cost: int
    """Of what was sold."""
    lost: int
    """Of what spoiled, or was missing at a count."""
    sampled: int
    """Of what was given to taste."""

    @property
    def left(self) -> int:
        """Rupiah that are left of the sales."""
        return self.revenue - self.cost - self.lost - self.sampled


def margins(reading: Reading, start: date, end: date) -> tuple[Margin, ...]:
    """The products that were sold, spoiled or given to taste within these days, those that leave
    most first. Discounts and goods sent back are of no product.
    """
    connection = reading.connection
    found = effects(connection, (*SELLING, _COUNT), start, end)
    selling = [each for each in found if each.kind in SELLING]
    revenue: defaultdict[str, int] = defaultdict(int)
    cost: defaultdict[str, int] = defaultdict(int)
    for line in sold(connection, selling, ItemsThen(connection)):
        revenue[line.item] += line.revenue
        cost[line.item] += line.cost
    lost: defaultdict[str, int] = defaultdict(int)
    sampled: defaultdict[str, int] = defaultdict(int)
    touched = set(revenue)
    for change in changes_of(connection, found):
        if change.purpose in _LOST:
            lost[change.item] -= change.value
        elif change.purpose is Purpose.SAMPLED:
            sampled[change.item] -= change.value
        if change.effect.kind in SELLING and change.purpose in (*_LOST, Purpose.SAMPLED):
            touched.add(change.item)
    items = reading.setup.items
    made = (
        Margin(code, items[code].name, revenue[code], cost[code], lost[code], sampled[code])
        for code in touched
    )
    return tuple(sorted(made, key=lambda each: (-each.left, each.name)))
