"""What the screens of selling need: goods for sale and at hand, market days, the list of sales."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select

from kwt_books.domain.accounts import SHOP_RECEIVABLE, TRADE_RECEIVABLE
from kwt_books.domain.documents.fields import Codec
from kwt_books.domain.documents.selling import ConsignmentSettlement, MarketDay, Sale
from kwt_books.domain.documents.setup import Item
from kwt_books.domain.posting import STORE
from kwt_books.domain.values import Month, first_day, last_day
from kwt_books.queries.documents import span
from kwt_books.queries.overview import SetupData, setup_data
from kwt_books.queries.reading import Reading
from kwt_books.queries.sales import sold_on
from kwt_books.queries.setup import SetupBook
from kwt_books.store import tables
from kwt_books.store.expressions import (
    dated_within,
    entry,
    in_force,
    in_order,
    listed,
    newest_first,
    said,
    total,
    undone_by,
)
from kwt_books.store.rows import command_of, recorded_command
from kwt_books.store.tables import layer, move, posting

_REMEMBERED = 60
"""Sessions back that a form looks at: more than a year of Fridays."""
_CLASSES = ("produce", "finished", "seedling")
"""Classes in the order in which goods are shown; others follow."""


@dataclass(frozen=True, slots=True)
class Good:
    """An item that can be sold, with what stands in the store (thousandths)."""

    code: str
    name: str
    unit: str
    item_class: str
    price: int | None
    on_hand: int
    later: int = 0
    """What stands there now and came after the day that was asked about, thousandths."""
    usual: int | None = None
    """The price that is set up, where `price` is what a shop last settled for."""
    agreed: date | None = None
    """The day of that settlement."""

    @property
    def is_special(self) -> bool:
        """Whether the shop has a price of its own."""
        return self.agreed is not None and self.usual != self.price


@dataclass(frozen=True, slots=True)
class SessionLine:
    """What was taken and sold of an item on a market day; thousandths, price in rupiah."""

    item: str
    taken: int
    sold: int
    price: int | None
    """The price where it was not the one set up."""


@dataclass(frozen=True, slots=True)
class Session:
    """A market day that was recorded and not undone."""

    number: str
    date: date
    venue: str
    lines: tuple[SessionLine, ...]


@dataclass(frozen=True, slots=True)
class Selling:
    """What the forms of selling begin with."""

    setup: SetupData
    goods: tuple[Good, ...]
    """What is at hand first."""
    sessions: tuple[Session, ...]
    """Newest first."""

    def good(self, code: str) -> Good | None:
        """The item of this code, if it is for sale; else None."""
        return next((good for good in self.goods if good.code == code), None)


_ON_HAND = (
    select(layer.c.item, total(layer.c.quantity))
    .where(layer.c.place == bindparam("place"))
    .group_by(layer.c.item)
)
_PLACES = listed("places")
_LOTS = select(layer.c.place, layer.c.item, layer.c.lot, layer.c.quantity).select_from(
    in_order(_PLACES, layer, layer.c.place == _PLACES.c.value)
)
_SINCE = (
    select(move.c.place, move.c.item, move.c.lot, total(move.c.quantity))
    .select_from(in_order(entry, move, move.c.document == entry.c.sequence))
    .where(entry.c.date > bindparam("day"), move.c.place.in_(select(_PLACES.c.value)))
    .group_by(entry.c.date, move.c.place, move.c.item, move.c.lot)
    .order_by(entry.c.date.desc())
)
"""Only documents of later days are looked at."""
_MARKET_DAY = Codec(MarketDay)
_SESSIONS = newest_first(
    select(entry.c.number, entry.c.date, entry.c.payload).where(
        entry.c.kind == "market_day", in_force()
    )
).limit(_REMEMBERED)


def selling(reading: Reading, day: date | None = None) -> Selling:
    """What can be sold, and the market days before.

    `day`: what can be taken by a document of that date, else what stands in the store now.
    """
    connection = reading.connection
    return Selling(
        setup_data(reading),
        goods_for_sale(reading.setup, held_on(connection, STORE, day)),
        tuple(_sessions(connection)),
    )


def on_hand(connection: Connection, place: str) -> dict[str, int]:
    """What stands at a place by item, thousandths."""
    found = connection.execute(_ON_HAND, {"place": place})
    return {item: quantity for item, quantity in found if quantity}


def offered(connection: Connection, places: Iterable[str], day: date) -> dict[tuple[str, str], int]:
    """What a document of a date may take by place and item, thousandths (STREAM.md, stock).

    Of each lot the least that stood there at the end of that day and of any day since.
    """
    values = {"places": json.dumps(list(places)), "day": day.isoformat()}
    left = {tuple(lot): quantity for *lot, quantity in connection.execute(_LOTS, values)}
    least = dict(left)
    for *there, moved in connection.execute(_SINCE, values):  # the newest day first
        lot = tuple(there)
        left[lot] = left.get(lot, 0) - moved
        least[lot] = min(least.get(lot, 0), left[lot])
    found: defaultdict[tuple[str, str], int] = defaultdict(int)
    for (place, item, _), quantity in least.items():
        found[place, item] += max(0, quantity)
    return {key: quantity for key, quantity in found.items() if quantity}


@dataclass(frozen=True, slots=True)
class Held:
    """What a document of a day may take at a place by item, and what came there later."""

    on_hand: Mapping[str, int]
    later: Mapping[str, int]


def held_on(connection: Connection, place: str, day: date | None) -> Held:
    """What a document of `day` may take at a place, thousandths; without a day what stands now."""
    now = on_hand(connection, place)
    if day is None:
        return Held(now, {})
    then = {item: left for (_, item), left in offered(connection, [place], day).items()}
    later = {item: quantity - then.get(item, 0) for item, quantity in now.items()}
    return Held(then, {item: quantity for item, quantity in later.items() if quantity > 0})


def goods_for_sale(setup: SetupBook, held: Held) -> tuple[Good, ...]:
    """The items for sale with what `held` says there is of them, those at hand first."""
    goods = [
        Good(
            item.code,
            item.name,
            item.unit,
            item.item_class,
            item.price,
            held.on_hand.get(item.code, 0),
            held.later.get(item.code, 0),
        )
        for item in setup.items.values()
        if is_for_sale(item)
    ]
    return tuple(sorted(goods, key=_display_order))


def is_for_sale(item: Item) -> bool:
    """Whether the item has accounts for its sales and their cost."""
    return item.sells_to is not None and item.costs_to is not None


def _display_order(good: Good) -> tuple[bool, int, str]:
    known = good.item_class in _CLASSES
    rank = _CLASSES.index(good.item_class) if known else len(_CLASSES)
    return (good.on_hand <= 0, rank, good.name.casefold())


def _sessions(connection: Connection) -> Iterable[Session]:
    for number, day, payload in connection.execute(_SESSIONS):
        found = command_of(_MARKET_DAY, payload)
        lines = tuple(
            SessionLine(line.item, line.taken, line.sold, line.price) for line in found.lines
        )
        yield Session(number, date.fromisoformat(day), found.venue, lines)


# -- The list of sales ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SaleEntry:
    """A document that sold something. Money is whole rupiah."""

    number: str
    date: date
    kind: str
    where: str
    """Venue, or code of the shop or buyer; empty: whoever came."""
    goods: tuple[tuple[str, int, str], ...]
    """Names of items, thousandths sold, and units."""
    revenue: int
    """Less discount."""
    received: int
    owed: int
    corrected_by: str | None


_accounts = tables.setup.alias("accounts")
_OF_IT = posting.c.document == entry.c.sequence
_OWED = (
    select(total(posting.c.amount))
    .where(_OF_IT, posting.c.account.in_((TRADE_RECEIVABLE, SHOP_RECEIVABLE)))
    .scalar_subquery()
)
_EARNED = (
    select(-total(posting.c.amount))
    .select_from(
        posting.join(
            _accounts, (_accounts.c.kind == "account") & (_accounts.c.code == posting.c.account)
        )
    )
    .where(_OF_IT, said(_accounts.c.payload, "type") == "income")
    .scalar_subquery()
)
_SALES = newest_first(
    select(
        entry.c.number,
        entry.c.date,
        entry.c.kind,
        entry.c.payload,
        undone_by(),
        _OWED,
        _EARNED,
    ).where(entry.c.kind.in_(("market_day", "sale", "consignment_settlement")), dated_within())
)


def sales_of(reading: Reading, month: Month) -> tuple[SaleEntry, ...]:
    """The sales of a month, newest first; those undone since are among them."""
    found = reading.connection.execute(_SALES, span(first_day(month), last_day(month)))
    return tuple(_entry(reading.setup, row) for row in found)


def _entry(setup: SetupBook, row: Any) -> SaleEntry:
    number, day, kind, payload, corrected, owed, revenue = row
    found: MarketDay | Sale | ConsignmentSettlement = recorded_command(kind, payload)
    sold: defaultdict[str, int] = defaultdict(int)
    for line in found.lines:
        sold[line.item] += sold_on(line)
    return SaleEntry(
        number,
        date.fromisoformat(day),
        kind,
        _where(found),
        tuple(
            (setup.item_name(item), quantity, setup.items[item].unit)
            for item, quantity in sold.items()
            if quantity
        ),
        revenue,
        sum((found.received or {}).values()),
        owed,
        corrected,
    )


def _where(sale: MarketDay | Sale | ConsignmentSettlement) -> str:
    """The venue, the code of the shop, or that of the buyer where one is named."""
    if isinstance(sale, MarketDay):
        return sale.venue
    return sale.shop if isinstance(sale, ConsignmentSettlement) else sale.party or ""
