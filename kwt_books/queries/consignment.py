"""Goods at the shops: what was there, what came, was sold, came back and was lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import Connection, text

from kwt_books.domain.posting import SHOP
from kwt_books.queries.documents import effects, eve, moves_of, opening_document
from kwt_books.queries.goods import Change, Purpose, changes
from kwt_books.queries.sales import SETTLEMENT, ItemsThen, sold
from kwt_books.queries.stock import stock_at


@dataclass(slots=True)
class Flow:
    """One item at one shop over some days: thousandths, and rupiah for values."""

    opening: int = 0
    delivered: int = 0
    sold: int = 0
    returned: int = 0
    spoiled: int = 0
    counted: int = 0
    """Found more at stock counts; below zero where goods were missing."""
    value: int = 0
    """Of what is left."""
    revenue: int = 0

    @property
    def left(self) -> int:
        gone = self.sold + self.returned + self.spoiled
        return self.opening + self.delivered + self.counted - gone


def added(flows: Iterable[Flow]) -> Flow:
    """Several items or shops together; their quantities mean something in one unit alone."""
    total = Flow()
    for each in flows:
        for part in fields(Flow):
            setattr(total, part.name, getattr(total, part.name) + getattr(each, part.name))
    return total


def shop_flows(connection: Connection, start: date, end: date) -> dict[tuple[str, str], Flow]:
    """By shop and item. The opening balance counts as what was there before."""
    found: defaultdict[tuple[str, str], Flow] = defaultdict(Flow)
    for each in stock_at(connection, eve(start)):
        _open(found, each.place, each.lot.item, each.quantity, each.value)
    opening = opening_document(connection)
    if opening.within(start, end):
        for move in moves_of(connection, [opening.sequence])[opening.sequence]:
            _open(found, move.place, move.item, move.quantity, move.value)
    kinds = ("consignment", SETTLEMENT, "stock_count")
    for change in changes(connection, kinds, start, end):
        if change.place.startswith(SHOP):
            _flow(found[change.place.removeprefix(SHOP), change.item], change)
    settlements = effects(connection, (SETTLEMENT,), start, end)
    for line in sold(connection, settlements, ItemsThen(connection)):
        found[line.channel.removeprefix(SHOP), line.item].revenue += line.revenue
    return dict(sorted(found.items()))


def _open(found: defaultdict[tuple[str, str], Flow], place: str, item: str, *there: int) -> None:
    if place.startswith(SHOP):
        flow = found[place.removeprefix(SHOP), item]
        flow.opening += there[0]
        flow.value += there[1]


def _flow(flow: Flow, change: Change) -> None:
    quantity = change.quantity
    flow.value += change.value
    if change.purpose is Purpose.SENT:
        flow.delivered += quantity
    elif change.purpose is Purpose.SOLD:
        flow.sold -= quantity
    elif change.purpose is Purpose.RETURNED:
        flow.returned -= quantity
    elif change.purpose is Purpose.SPOILED:
        flow.spoiled -= quantity
    else:
        flow.counted += quantity


_LAST = text("""
    SELECT d.date FROM document d
    WHERE d.kind = 'consignment_settlement' AND d.date <= :end
    AND json_extract(d.payload, '$.shop') = :shop
    AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence)
    ORDER BY d.date DESC LIMIT 1
""")


def last_settlement(connection: Connection, shop: str, end: date) -> date | None:
    """The day of the shop's last settlement that holds, by `end`."""
    found = connection.execute(_LAST, {"shop": shop, "end": end.isoformat()}).scalar()
    return date.fromisoformat(found) if found is not None else None
