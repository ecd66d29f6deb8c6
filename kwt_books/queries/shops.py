"""The shops that sell for the group: what stands there, what they owe, what went on with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
    true,
    union,
)

from kwt_books.domain.accounts import SHOP_RECEIVABLE
from kwt_books.domain.documents.money import Receipt
from kwt_books.domain.documents.selling import Consignment, ConsignmentSettlement, SettlementLine
from kwt_books.domain.documents.setup import Party
from kwt_books.domain.kind import Purpose
from kwt_books.domain.posting import SHOP, STORE
from kwt_books.domain.values import UNIT, half_up
from kwt_books.queries.documents import effects, eve, moves_of, opening_document
from kwt_books.queries.money import standings
from kwt_books.queries.overview import SHOP_PATIENCE, SetupData, setup_data
from kwt_books.queries.reading import Reading
from kwt_books.queries.sales import Change, ItemsThen, changes_of, sold
from kwt_books.queries.selling import Good, goods_for_sale, held_on, offered
from kwt_books.queries.setup import SetupBook
from kwt_books.queries.stock import standing_at
from kwt_books.queries.visits import DELIVERY, SETTLEMENT, Visited, visited
from kwt_books.store.expressions import (
    entry,
    in_force,
    members,
    newest_first,
    said,
    total,
    undone_by,
)
from kwt_books.store.rows import recorded_command
from kwt_books.store.tables import document, layer, posting

_SHOWN = 60
"""Entries of a shop's history."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """The price of a unit that a shop last settled for, in rupiah, and on which day."""

    price: int
    day: date


@dataclass(frozen=True, slots=True)
class Commission:
    """What a shop kept of its sales when it last settled; rupiah."""

    kept: int
    sales: int
    day: date

    def of(self, sales: int) -> int:
        """The same share of other sales."""
        return half_up(self.kept * sales, self.sales)

    @property
    def percent(self) -> int:
        """The share in tenths of a percent."""
        return half_up(self.kept * 1000, self.sales)


@dataclass(frozen=True, slots=True)
class LastSettled:
    """By shop and item the prices, by shop the commission, as last settled; none of a commission
    where nothing was kept then.
    """

    prices: Mapping[tuple[str, str], Agreed]
    commissions: Mapping[str, Commission]


@dataclass(frozen=True, slots=True)
class GoodAtShop:
    """An item at a shop: thousandths, and the price of a unit that was last settled there."""

    item: str
    name: str
    unit: str
    quantity: int
    price: int | None
    usual: int | None = None
    """The price that is set up."""
    agreed: date | None = None
    """The day on which the price was settled; None where it is the one set up."""

    @property
    def value(self) -> int:
        """What it sells for."""
        return half_up((self.price or 0) * self.quantity, UNIT)


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop that sells for the group: what stands there and what it owes; rupiah."""

    code: str
    name: str
    phone: str = ""
    address: str = ""
    goods: tuple[GoodAtShop, ...] = ()
    owed: int = 0
    owed_since: date | None = None
    delivered: date | None = None
    """The last time goods were left there."""
    settled: date | None = None
    """The last time the shop settled."""
    waiting_since: date | None = None
    """With goods there: the last settlement, else the first delivery."""

    @property
    def value(self) -> int:
        """What its goods are worth at its prices; rupiah."""
        return sum(good.value for good in self.goods)

    def is_late(self, today: date) -> bool:
        """Whether it holds goods and has not settled for longer than is agreed."""
        since = self.waiting_since
        return since is not None and today - since > SHOP_PATIENCE


@dataclass(frozen=True, slots=True)
class Shops:
    """All shops, and what forms of delivery and settlement begin with."""

    setup: SetupData
    shops: tuple[Shop, ...]
    goods: tuple[Good, ...]
    """What can be left at a shop, with what stands in the store."""
    prices: Mapping[tuple[str, str], Agreed]
    """By shop and item, as last settled."""
    commissions: Mapping[str, Commission]
    """By shop, as last settled; none where nothing was kept then."""
    today: date

    def shop(self, code: str) -> Shop | None:
        """The shop of this code; None where there is none."""
        return next((shop for shop in self.shops if shop.code == code), None)

    def good_at(self, shop: str, good: Good) -> Good:
        """A good at the price last settled there, else as set up."""
        agreed = self.prices.get((shop, good.code))
        if agreed is None:
            return good
        return replace(good, price=agreed.price, usual=good.price, agreed=agreed.day)


_GOODS_AT_SHOPS = (
    select(layer.c.place, layer.c.item, total(layer.c.quantity))
    .where(layer.c.place.startswith(SHOP))
    .group_by(layer.c.place, layer.c.item)
    .having(func.sum(layer.c.quantity) != 0)
    .order_by(layer.c.place, layer.c.item)
)


def _settled(*those: ColumnElement[bool]) -> Select[Any]:
    """Of those settlements up to a day: the newest line that names a price of each item at each
    shop, and the newest settlement of each shop that sold something.
    """
    line = members(said(entry.c.payload, "lines"), "lines")
    shop, item = said(entry.c.payload, "shop"), said(line.c.value, "item")
    price = cast(said(line.c.value, "price"), BigInteger)
    sold_any = cast(said(line.c.value, "sold"), Text) != "0"
    newest = (entry.c.date.desc(), entry.c.sequence.desc())
    named = func.row_number().over(partition_by=(shop, item), order_by=(price.is_(None), *newest))
    last = func.row_number().over(
        partition_by=shop, order_by=(case((sold_any, 0), else_=1), *newest)
    )
    all_lines = (
        select(
            shop.label("shop"), item.label("item"), price.label("price"), entry.c.date,
            entry.c.payload, sold_any.label("sold_any"), named.label("named"), last.label("last"),
        )
        .select_from(entry.join(line, true()))
        .where(entry.c.kind == SETTLEMENT, entry.c.date <= bindparam("until"), *those)
        .where(in_force())
        .subquery()
    )  # fmt: skip
    of = all_lines.c
    priced, told = and_(of.named == 1, of.price.is_not(None)), and_(of.last == 1, of.sold_any)
    return select(
        of.shop, of.item, of.date, case((priced, of.price)), case((told, of.payload))
    ).where(or_(priced, told))


_SETTLED = _settled()
_SETTLED_BY = _settled(said(entry.c.payload, "shop") == bindparam("shop"))


def shops(reading: Reading, day: date | None = None) -> Shops:
    """What stands at each shop, what it owes, and what can be brought there.

    `day`: goods as a document of that date may take them, else as they stand now.
    """
    connection, setup = reading.connection, reading.setup
    last = reading.kept("last settled", None, lambda: last_settled(connection, setup))
    days = reading.kept("visited", None, lambda: visited(connection))
    found = {party.code: _shop(party) for party in setup.parties.values() if party.role == "shop"}
    for code, goods in _goods_held(connection, setup, last.prices, day).items():
        found[code] = replace(found[code], goods=tuple(goods))
    _add_visits(days, found)
    _add_debts(connection, setup, found)
    return Shops(
        setup_data(reading),
        tuple(sorted(found.values(), key=_urgency)),
        goods_for_sale(setup, held_on(connection, STORE, day)),
        last.prices,
        last.commissions,
        reading.today,
    )


def _shop(party: Party) -> Shop:
    return Shop(party.code, party.name, party.phone or "", party.address or "")


def _urgency(shop: Shop) -> tuple[bool, date, bool, str]:
    """The order of shops: those that hold goods longest, those that owe, the others by name."""
    since = shop.waiting_since or date.max
    return (shop.waiting_since is None, since, shop.owed <= 0, shop.name.casefold())


def last_settled(
    connection: Connection, setup: SetupBook, until: date = date.max, shop: str | None = None
) -> LastSettled:
    """What was last agreed with each shop, or with one of them, by settlements that hold and are
    dated up to a day.
    """
    prices: dict[tuple[str, str], Agreed] = {}
    commissions: dict[str, Commission] = {}
    asked = {"until": until.isoformat()}
    wanted = _SETTLED if shop is None else _SETTLED_BY
    for place, item, text, price, payload in connection.execute(wanted, {**asked, "shop": shop}):
        day = date.fromisoformat(text)
        if price is not None:
            prices[place, item] = Agreed(price, day)
        if payload is not None:
            settled: ConsignmentSettlement = recorded_command(SETTLEMENT, payload)
            sales = sum(_sales(setup, line) for line in settled.lines)
            if settled.commission and sales:
                commissions[place] = Commission(settled.commission, sales, day)
    return LastSettled(prices, commissions)


def _sales(setup: SetupBook, line: SettlementLine) -> int:
    item = setup.items[line.item]
    return half_up((line.price or item.price or 0) * line.sold, UNIT)


def _goods_held(
    connection: Connection,
    setup: SetupBook,
    prices: Mapping[tuple[str, str], Agreed],
    day: date | None,
) -> dict[str, list[GoodAtShop]]:
    held: defaultdict[str, list[GoodAtShop]] = defaultdict(list)
    there = connection.execute(_GOODS_AT_SHOPS).all()
    places = dict.fromkeys(place for place, _, _ in there)
    then = offered(connection, places, day) if day is not None else {}
    for place, code, now in there:
        quantity = then.get((place, code), 0) if day is not None else now
        if not quantity:
            continue
        shop, item = place.removeprefix(SHOP), setup.items[code]
        agreed = prices.get((shop, code))
        price, since = (agreed.price, agreed.day) if agreed is not None else (item.price, None)
        held[shop].append(
            GoodAtShop(code, item.name, item.unit, quantity, price, item.price, since)
        )
    return held


def _add_visits(visits: Mapping[str, Visited], found: dict[str, Shop]) -> None:
    for code, days in visits.items():
        if code in found:  # else it is no shop any more
            found[code] = replace(
                found[code],
                delivered=days.last_delivery,
                settled=days.settled,
                waiting_since=days.waiting_since if found[code].goods else None,
            )


def _add_debts(connection: Connection, setup: SetupBook, found: dict[str, Shop]) -> None:
    """Sets what each party owes on the shops' account; one that is no shop is added."""
    last = date.max - timedelta(days=1)
    for standing in standings(connection, SHOP_RECEIVABLE, last, last):
        party = setup.parties.get(standing.party or "")
        if party is not None and standing.owed:
            since = standing.unpaid[0][0] if standing.unpaid else None
            shop = found.get(party.code) or _shop(party)
            found[party.code] = replace(shop, owed=standing.owed, owed_since=since)


# -- The history of one shop -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Visit:
    """A document with a shop. `goods`: names and thousandths left, or sold."""

    number: str
    date: date
    kind: str
    goods: tuple[tuple[str, str, int], ...]
    """Name of the item, its unit, thousandths."""
    returned: int
    """Came back or was spoiled, thousandths of whatever units."""
    received: int
    owed: int
    """What it added to the shop's debt; below zero where it was paid."""
    corrected_by: str | None


_PAID = (posting.c.account == SHOP_RECEIVABLE) & (posting.c.party == bindparam("shop"))
_OWED = (
    select(total(posting.c.amount))
    .where(posting.c.document == entry.c.sequence, _PAID)
    .scalar_subquery()
)


def _newest(kind: str) -> Select[Any]:
    """The newest documents of a kind with the shop: read back as far as so many are found."""
    found = (
        select(document.c.sequence)
        .where(document.c.kind == kind, said(document.c.payload, "shop") == bindparam("shop"))
        .order_by(document.c.date.desc(), document.c.sequence.desc())
        .limit(_SHOWN)
    ).subquery()
    return select(found.c.sequence)


_CONCERNED = union(
    _newest(DELIVERY),
    _newest(SETTLEMENT),
    select(posting.c.document)
    .select_from(posting.join(document, document.c.sequence == posting.c.document))
    .where(_PAID, document.c.kind == "receipt"),
)
_HISTORY = newest_first(
    select(entry.c.number, entry.c.date, entry.c.kind, entry.c.payload, undone_by(), _OWED).where(
        entry.c.sequence.in_(_CONCERNED)
    )
).limit(_SHOWN)


def visits(reading: Reading, shop: str) -> tuple[Visit, ...]:
    """Deliveries, settlements and payments of a shop, newest first."""
    found = reading.connection.execute(_HISTORY, {"shop": shop})
    return tuple(_visit(reading.setup, row) for row in found)


def _visit(setup: SetupBook, row: Any) -> Visit:
    number, day, kind, payload, corrected, owed = row
    command = recorded_command(kind, payload)
    moved: list[tuple[str, int]] = []
    returned = received = 0
    if isinstance(command, Receipt):
        received = sum(line.amount for line in command.lines)
    elif isinstance(command, Consignment):
        moved = [(line.item, line.qty) for line in command.lines]
    elif isinstance(command, ConsignmentSettlement):
        moved = [(line.item, line.sold) for line in command.lines if line.sold]
        returned = sum(line.returned + line.spoiled for line in command.lines)
        received = sum((command.received or {}).values())
    items = ((setup.items[code], quantity) for code, quantity in moved)
    goods = tuple((item.name, item.unit, quantity) for item, quantity in items)
    return Visit(number, date.fromisoformat(day), kind, goods, returned, received, owed, corrected)


# -- Goods at the shops over a period -------------------------------------------------------------


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
        """How much stands there at the end; thousandths."""
        gone = self.sold + self.returned + self.spoiled
        return self.opening + self.delivered + self.counted - gone

    @property
    def amounts(self) -> tuple[int, ...]:
        """All of it, in its order."""
        found: tuple[int, ...] = _AMOUNTS(self)
        return found


_AMOUNTS = attrgetter(*(each.name for each in fields(Flow)))


def added(flows: Iterable[Flow]) -> Flow:
    """Several items or shops together; their quantities mean something in one unit alone."""
    return Flow(*map(sum, zip(Flow().amounts, *(each.amounts for each in flows), strict=True)))


def shop_flows(connection: Connection, start: date, end: date) -> dict[tuple[str, str], Flow]:
    """By shop and item. The opening balance counts as what was there before."""
    found: defaultdict[tuple[str, str], Flow] = defaultdict(Flow)
    for (item, place, _), there in standing_at(connection, eve(start)).items():
        _open(found, place, item, *there)
    opening = opening_document(connection)
    if opening.within(start, end):
        for move in moves_of(connection, [opening.sequence])[opening.sequence]:
            _open(found, move.place, move.item, move.quantity, move.value)
    moving = effects(connection, (DELIVERY, SETTLEMENT, "stock_count"), start, end)
    for change in changes_of(connection, moving):
        if change.place.startswith(SHOP):
            _flow(found[change.place.removeprefix(SHOP), change.item], change)
    settlements = [each for each in moving if each.kind == SETTLEMENT]
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
