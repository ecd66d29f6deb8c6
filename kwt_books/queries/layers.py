"""The stock on hand today by item, lot and place, for the screens of stock and for forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from kwt_books.domain.documents.setup import Item
from kwt_books.domain.posting import SHOP, STORE
from kwt_books.domain.values import UNIT, half_up
from kwt_books.queries.overview import SOON, SetupData, setup_data
from kwt_books.queries.reading import Reading
from kwt_books.queries.selling import held_on
from kwt_books.queries.setup import SetupBook
from kwt_books.queries.stock import Stand, place_order, stock_at

CLASS_ORDER = ("finished", "produce", "seedling", "ingredient", "packaging", "seed", "input")
"""Goods first, then what they are made of."""


@dataclass(frozen=True, slots=True)
class Supplies:
    """What forms choose from: the set-up, and what stands in the store by item (thousandths)."""

    setup: SetupData
    on_hand: Mapping[str, int]
    later: Mapping[str, int] = field(default_factory=dict)
    """What stands there now and came after the day that was asked about."""

    def of_classes(self, *classes: str) -> list[Item]:
        """Items of these classes, those at hand first."""
        items = [item for item in self.setup.items.values() if item.item_class in classes]
        return sorted(
            items,
            key=lambda item: (
                not self.on_hand.get(item.code),
                classes.index(item.item_class),
                item.name.casefold(),
            ),
        )


def supplies(reading: Reading, day: date | None = None) -> Supplies:
    """What forms choose from, with what a document of `day` may take from the store; without a day
    what stands there now.
    """
    held = held_on(reading.connection, STORE, day)
    return Supplies(
        setup_data(reading), MappingProxyType(held.on_hand), MappingProxyType(held.later)
    )


class StockedLot(NamedTuple):
    """What stands of a lot at one place: thousandths and rupiah."""

    place: str
    lot: str
    received: date
    expires: date | None
    quantity: int
    value: int

    def days_left(self, today: date) -> int | None:
        """Days until it expires, below zero once it has; None where it never does."""
        return (self.expires - today).days if self.expires is not None else None


class StockedItem(NamedTuple):
    """An item with everything that stands of it, in the order it is taken."""

    code: str
    name: str
    unit: str
    item_class: str
    price: int | None
    lots: tuple[StockedLot, ...] = ()

    def at(self, place: str) -> int:
        """How much of it stands at a place; thousandths."""
        return sum(lot.quantity for lot in self.lots if lot.place == place)

    @property
    def at_shops(self) -> int:
        """How much of it stands at shops; thousandths."""
        return sum(lot.quantity for lot in self.lots if lot.place.startswith(SHOP))

    @property
    def quantity(self) -> int:
        """How much of it stands anywhere; thousandths."""
        return sum(lot.quantity for lot in self.lots)

    @property
    def value(self) -> int:
        """What all of it has cost; rupiah."""
        return sum(lot.value for lot in self.lots)

    @property
    def unit_cost(self) -> int | None:
        """Rupiah for one unit of what stands; None where nothing does."""
        return half_up(self.value * UNIT, self.quantity) if self.quantity > 0 else None

    @property
    def expires(self) -> date | None:
        """The earliest of its lots."""
        return min((lot.expires for lot in self.lots if lot.expires is not None), default=None)


@dataclass(frozen=True, slots=True)
class StockOnHand:
    """Every item that is set up, what stands of it, and the places goods can stand at."""

    items: tuple[StockedItem, ...]
    places: tuple[tuple[str, str], ...]
    """The store (without a name) and every shop: place and name of the shop."""
    today: date

    def item(self, code: str) -> StockedItem | None:
        """The item of this code; None where nothing stands of it."""
        return next((item for item in self.items if item.code == code), None)

    def place_name(self, place: str) -> str:
        """Of a shop; empty for the store."""
        return dict(self.places).get(place, "")

    def is_urgent(self, lot: StockedLot) -> bool:
        """Whether it has expired or soon will."""
        days = lot.days_left(self.today)
        return days is not None and days <= SOON.days

    @property
    def lots(self) -> list[tuple[StockedItem, StockedLot]]:
        """All of them, what expires first at the head, what keeps at the end."""
        found = [(item, lot) for item in self.items for lot in item.lots]
        return sorted(
            found, key=lambda each: (each[1].expires or date.max, each[1].received, each[0].name)
        )


def stock_on_hand(reading: Reading) -> StockOnHand:
    """The stock on hand now."""
    setup = reading.setup
    standing = {
        code: tuple(map(_lot, stands))
        for code, stands in groupby(stock_at(reading.connection), key=lambda each: each.lot.item)
    }
    items = [_item(item, standing.get(item.code, ())) for item in setup.items.values()]
    return StockOnHand(
        tuple(sorted(items, key=_display_order)), tuple(_places(setup)), reading.today
    )


def _lot(stand: Stand) -> StockedLot:
    lot = stand.lot
    return StockedLot(stand.place, lot.name, lot.received, lot.expires, stand.quantity, stand.value)


def _item(item: Item, lots: tuple[StockedLot, ...]) -> StockedItem:
    return StockedItem(item.code, item.name, item.unit, item.item_class, item.price, lots)


def _display_order(item: StockedItem) -> tuple[bool, int, str]:
    return (not item.lots, CLASS_ORDER.index(item.item_class), item.name.casefold())


def _places(setup: SetupBook) -> Iterable[tuple[str, str]]:
    shops = [party for party in setup.parties.values() if party.role == "shop"]
    places = [(STORE, ""), *((SHOP + shop.code, shop.name) for shop in shops)]
    return sorted(places, key=lambda each: (*place_order(each[0])[:1], each[1].casefold()))
