"""What the screens of selling start from: what can be sold, what is there, the days before."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from kwt_books.domain.documents.setup import Item
from kwt_books.domain.posting import STORE
from kwt_books.domain.values import Month, first_day, last_day
from kwt_books.queries.documents import span, thousandths
from kwt_books.queries.overview import SetupData, setup_data
from kwt_books.queries.setup import SetupBook

_REMEMBERED = 60
"""Sessions back that a form looks at: more than a year of Fridays."""
_CLASSES = ("produce", "finished", "seedling")
"""In this order goods are laid out; other classes follow."""


@dataclass(frozen=True, slots=True)
class Good:
    """An item that can be sold, with what stands in the store (thousandths)."""

    code: str
    name: str
    unit: str
    item_class: str
    price: int | None
    on_hand: int


@dataclass(frozen=True, slots=True)
class SessionLine:
    item: str
    taken: int
    sold: int
    price: int | None
    """Where it was not the one set up."""


@dataclass(frozen=True, slots=True)
class Session:
    """A market day that was recorded and not undone."""

    number: str
    date: date
    venue: str
    lines: tuple[SessionLine, ...]


@dataclass(frozen=True, slots=True)
class Selling:
    setup: SetupData
    goods: tuple[Good, ...]
    """What is at hand first."""
    sessions: tuple[Session, ...]
    """Newest first."""

    def good(self, code: str) -> Good | None:
        return next((good for good in self.goods if good.code == code), None)


_ON_HAND = text("SELECT item, sum(quantity) FROM layer WHERE place = :place GROUP BY item")
_LOTS = text("SELECT item, lot, quantity FROM layer WHERE place = :place")
_SINCE = text("""
    SELECT item, lot, sum(quantity) FROM move WHERE place = :place AND date > :day
    GROUP BY date, item, lot ORDER BY date DESC
""")
_SESSIONS = text("""
    SELECT number, date, payload FROM document d
    WHERE kind = 'market_day'
    AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence)
    ORDER BY date DESC, sequence DESC LIMIT :many
""")


def selling(connection: Connection, setup: SetupBook, day: date | None = None) -> Selling:
    """`day`: what can be taken by a document of that date, else what stands there now."""
    held = on_hand(connection, STORE) if day is None else offered(connection, STORE, day)
    return Selling(
        setup_data(setup),
        goods_for_sale(setup, held),
        tuple(_sessions(connection)),
    )


def on_hand(connection: Connection, place: str) -> dict[str, int]:
    """What stands at a place by item, thousandths."""
    found = connection.execute(_ON_HAND, {"place": place})
    return {item: quantity for item, quantity in found if quantity}


def offered(connection: Connection, place: str, day: date) -> dict[str, int]:
    """What a document of a date may take at a place by item, thousandths (STREAM.md, stock).

    Of each lot the least that stood there at the end of that day and of any day since.
    """
    left: dict[tuple[str, str], int] = {}
    for item, lot, quantity in connection.execute(_LOTS, {"place": place}):
        left[item, lot] = quantity
    least = dict(left)
    values = {"place": place, "day": day.isoformat()}
    for item, lot, moved in connection.execute(_SINCE, values):  # the newest day first
        left[item, lot] = left.get((item, lot), 0) - moved
        least[item, lot] = min(least.get((item, lot), 0), left[item, lot])
    found: defaultdict[str, int] = defaultdict(int)
    for (item, _), quantity in least.items():
        found[item] += max(0, quantity)
    return {item: quantity for item, quantity in found.items() if quantity}


def goods_for_sale(setup: SetupBook, held: Mapping[str, int]) -> tuple[Good, ...]:
    goods = [
        Good(item.code, item.name, item.unit, item.item_class, item.price, held.get(item.code, 0))
        for item in setup.items.values()
        if is_for_sale(item)
    ]
    return tuple(sorted(goods, key=_shelf_order))


def is_for_sale(item: Item) -> bool:
    return item.sells_to is not None and item.costs_to is not None


def _shelf_order(good: Good) -> tuple[bool, int, str]:
    known = good.item_class in _CLASSES
    rank = _CLASSES.index(good.item_class) if known else len(_CLASSES)
    return (good.on_hand <= 0, rank, good.name.casefold())


def _sessions(connection: Connection) -> Iterable[Session]:
    for number, day, payload in connection.execute(_SESSIONS, {"many": _REMEMBERED}):
        found = json.loads(payload)
        lines = tuple(
            SessionLine(
                line["item"],
                thousandths(line["taken"]),
                thousandths(line["sold"]),
                line.get("price"),
            )
            for line in found["lines"]
        )
        yield Session(number, date.fromisoformat(day), found["venue"], lines)


# -- the list of sales ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SaleEntry:
    """A document that sold something. Money is whole rupiah."""

    number: str
    date: date
    kind: str
    where: str
    """Venue, or code of the shop or buyer; empty: whoever came."""
    goods: tuple[tuple[str, int], ...]
    """Names of items and thousandths sold."""
    revenue: int
    """Less discount."""
    received: int
    owed: int
    corrected_by: str | None


_SALES = text("""
    SELECT d.number, d.date, d.kind, d.payload,
        (SELECT c.number FROM document c WHERE c.corrects = d.sequence),
        coalesce((SELECT sum(p.amount) FROM posting p
            WHERE p.document = d.sequence AND p.account IN ('1111', '1112')), 0),
        coalesce((SELECT -sum(p.amount) FROM posting p JOIN setup s
            ON s.kind = 'account' AND s.code = p.account
            WHERE p.document = d.sequence
            AND json_extract(s.payload, '$.type') = 'income'), 0)
    FROM document d
    WHERE d.kind IN ('market_day', 'sale', 'consignment_settlement')
    AND d.date BETWEEN :start AND :end
    ORDER BY d.date DESC, d.sequence DESC
""")


def sales_of(connection: Connection, setup: SetupBook, month: Month) -> tuple[SaleEntry, ...]:
    """The sales of a month, newest first; those undone since are among them."""
    found = connection.execute(_SALES, span(first_day(month), last_day(month)))
    return tuple(_entry(setup, row) for row in found)


def _entry(setup: SetupBook, row: Any) -> SaleEntry:
    number, day, kind, payload, corrected, owed, revenue = row
    found = json.loads(payload)
    sold: defaultdict[str, int] = defaultdict(int)
    for line in found["lines"]:
        sold[line["item"]] += thousandths(line.get("sold", line.get("qty", 0)))
    return SaleEntry(
        number,
        date.fromisoformat(day),
        kind,
        found.get("venue") or found.get("shop") or found.get("party") or "",
        tuple((setup.item_name(item), quantity) for item, quantity in sold.items() if quantity),
        revenue,
        sum((found.get("received") or {}).values()),
        owed,
        corrected,
    )
