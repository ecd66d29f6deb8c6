"""The overview: a month and the one before, a year of turnover, and what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType

from sqlalchemy import Connection, bindparam, func, select

from kwt_books.domain.accounts import CASH_BOX, TEMPORARY, Account, AccountType
from kwt_books.domain.audit import Thresholds
from kwt_books.domain.documents.setup import Budget, Group, Item, Party, Programme, Recipe
from kwt_books.domain.posting import SHOP
from kwt_books.domain.values import Month, first_day, last_day, month_of, month_range, shift
from kwt_books.queries.balances import (
    NIL,
    by_month,
    months_with_postings,
    net,
    sides_before,
    turnovers,
)
from kwt_books.queries.fridays import fridays_of
from kwt_books.queries.reading import Reading
from kwt_books.queries.setup import SetupBook, closed_through
from kwt_books.queries.visits import NEVER, settled_within, visited
from kwt_books.store.expressions import newest_of_name, total
from kwt_books.store.tables import layer
from kwt_books.store.tables import lot as lot_table

MONTHS = 12
SOON = timedelta(days=14)
"""Goods that expire within this time are to be sold first."""
SHOP_PATIENCE = timedelta(days=14)
"""A shop that holds goods settles at least this often."""
CASH_LIMIT = Thresholds().cash_limit
"""Cash beyond this belongs in the bank."""


@dataclass(frozen=True, slots=True)
class SetupData:
    """The whole set-up, frozen: what forms offer to choose from. By code, in their order."""

    group: Group | None
    accounts: Mapping[str, Account]
    items: Mapping[str, Item]
    parties: Mapping[str, Party]
    recipes: Mapping[str, Recipe]
    programmes: Mapping[str, Programme] = field(default_factory=dict)
    budgets: Mapping[str, Budget] = field(default_factory=dict)
    """The group's own plans, by year."""
    closed_through: Month | None = None
    """The last closed month; None before the first close."""

    @property
    def cash_accounts(self) -> list[Account]:
        """The cash accounts."""
        return [account for account in self.accounts.values() if account.cash]


@dataclass(frozen=True, slots=True)
class Figures:
    """Whole rupiah. Turnover is income from sales; assets and cash at the month's end."""

    month: Month
    turnover: int
    profit: int
    cash: int = 0
    assets: int = 0


@dataclass(frozen=True, slots=True)
class ExpiringLot:
    """A lot in the store that expires soon or has expired; thousandths."""

    item: str
    name: str
    unit: str
    lot: str
    expires: date
    quantity: int


@dataclass(frozen=True, slots=True)
class WaitingShop:
    """A shop with goods and how many days it has not settled."""

    party: str
    name: str
    days: int
    kinds: int
    """How many kinds of goods stand there: packs and kilograms are never added up."""


@dataclass(frozen=True, slots=True)
class UnderCost:
    """Goods on hand that cost more than they are sold for; rupiah a unit, cost rounded up."""

    item: str
    name: str
    unit: str
    price: int
    cost: int


@dataclass(frozen=True, slots=True)
class ToDo:
    """What is to be done, as facts that the screen words."""

    open_months: tuple[Month, ...] = ()
    """Months that are over and not closed, the oldest first."""
    expiring: tuple[ExpiringLot, ...] = ()
    """Also what has expired, the oldest first."""
    shops: tuple[WaitingShop, ...] = ()
    under_cost: tuple[UnderCost, ...] = ()
    fridays: tuple[date, ...] = ()
    """Fridays of the running month before today on which no outlet was recorded."""
    cash_over: int | None = None
    """What lies in the cash box, where that is more than `CASH_LIMIT`."""


@dataclass(frozen=True, slots=True)
class Overview:
    """How the group stands: a month beside the one before, the year, and what is to be done."""

    group: Group | None
    this: Figures
    before: Figures
    year: tuple[Figures, ...]
    """Twelve months up to this one, turnover and profit alone."""
    todo: ToDo
    recorded: tuple[Month, Month] | None
    """The first and last month that anything is dated in; None: nothing is."""


def setup_data(reading: Reading) -> SetupData:
    """Everything that forms offer to choose from."""
    setup = reading.setup
    return SetupData(
        setup.group,
        MappingProxyType(setup.accounts),
        MappingProxyType(setup.items),
        MappingProxyType(setup.parties),
        MappingProxyType(setup.recipes),
        MappingProxyType(setup.programmes),
        MappingProxyType(setup.budgets),
        reading.chain.closed_through,
    )


def overview(reading: Reading, month: Month) -> Overview:
    """How the group stands in a month, and what waits today.

    The last one is kept: home and the sidebar ask for the same.
    """
    return reading.kept("overview", (month, reading.today), lambda: _overview(reading, month))


def _overview(reading: Reading, month: Month) -> Overview:
    connection, setup = reading.connection, reading.setup
    first = shift(month, 1 - MONTHS)
    earned = by_month(connection, _temporary(setup), month, ordinary=True)
    year = tuple(_result(setup, earned, each) for each in month_range(first, month))
    before, this = _standing(connection, setup, year[-2], year[-1])
    return Overview(
        setup.group,
        this,
        before,
        year,
        to_do(connection, setup, reading.today),
        months_with_postings(connection),
    )


def _temporary(setup: SetupBook) -> list[str]:
    return [code for code, account in setup.accounts.items() if account.type in TEMPORARY]


def _result(setup: SetupBook, earned: Mapping[str, Mapping[Month, int]], month: Month) -> Figures:
    turnover = profit = 0
    for code, months in earned.items():
        kind, amount = setup.accounts[code].type, months.get(month, 0)
        profit -= amount
        if kind is AccountType.INCOME:
            turnover -= amount
    return Figures(month, turnover, profit)


def _standing(
    connection: Connection, setup: SetupBook, before: Figures, this: Figures
) -> tuple[Figures, Figures]:
    """The figures of both months; an opening balance counts as the balance before its day."""
    start, end = first_day(this.month), last_day(this.month)
    cash = [0, 0]
    assets = [0, 0]
    for code, found in turnovers(connection, start, end).items():
        account = setup.accounts[code]
        for place, amount in enumerate((found.opening, found.closing)):
            cash[place] += amount if account.cash else 0
            assets[place] += amount if account.type is AccountType.ASSET else 0
    return (
        replace(before, cash=cash[0], assets=assets[0]),
        replace(this, cash=cash[1], assets=assets[1]),
    )


def to_do(connection: Connection, setup: SetupBook, today: date) -> ToDo:
    """What waits: open months, expiring lots, shops to settle, goods under cost, too much cash."""
    return ToDo(
        tuple(_open_months(connection, today)),
        tuple(_expiring(connection, setup, today)),
        tuple(_waiting_shops(connection, setup, today)),
        tuple(_under_cost(connection, setup)),
        fridays_of(connection, month_of(today), today - timedelta(days=1)).missed,
        _cash_over(connection, today),
    )


def _open_months(connection: Connection, today: date) -> Iterable[Month]:
    recorded = months_with_postings(connection)
    if recorded is None:
        return ()
    closed = closed_through(connection)
    first = shift(closed, 1) if closed is not None else recorded[0]
    return month_range(first, min(recorded[1], shift(month_of(today), -1)))


_EXPIRING = (
    select(layer.c.item, layer.c.lot, lot_table.c.expires, total(layer.c.quantity))
    .select_from(
        layer.join(
            lot_table, (lot_table.c.item == layer.c.item) & (lot_table.c.name == layer.c.lot)
        )
    )
    .where(lot_table.c.expires <= bindparam("until"), layer.c.quantity > 0, newest_of_name())
    .group_by(layer.c.item, layer.c.lot, lot_table.c.expires)
    .order_by(lot_table.c.expires, layer.c.item, layer.c.lot)
)


def _expiring(connection: Connection, setup: SetupBook, today: date) -> Iterable[ExpiringLot]:
    for item, lot, expires, quantity in connection.execute(
        _EXPIRING, {"until": (today + SOON).isoformat()}
    ):
        known = setup.items[item]
        yield ExpiringLot(item, known.name, known.unit, lot, date.fromisoformat(expires), quantity)


_AT_SHOPS = (
    select(layer.c.place, func.count(layer.c.item.distinct()))
    .where(layer.c.place.startswith(SHOP), layer.c.quantity > 0)
    .group_by(layer.c.place)
)


def _waiting_shops(connection: Connection, setup: SetupBook, today: date) -> Iterable[WaitingShop]:
    """Those that hold goods and did not settle lately, by their last settlement or first delivery.

    The whole past is read only where there is one.
    """
    held = {place.removeprefix(SHOP): kinds for place, kinds in connection.execute(_AT_SHOPS)}
    late = held.keys() - settled_within(connection, today - SHOP_PATIENCE, today)
    known = visited(connection, today) if late else {}
    for shop, kinds in held.items():
        since = known.get(shop, NEVER).waiting_since if shop in late else None
        if since is not None and today - since > SHOP_PATIENCE:
            yield WaitingShop(shop, setup.party_name(shop), (today - since).days, kinds)


_ON_HAND = (
    select(layer.c.item, total(layer.c.quantity), total(layer.c.value))
    .where(layer.c.quantity > 0)
    .group_by(layer.c.item)
    .order_by(layer.c.item)
)


def _under_cost(connection: Connection, setup: SetupBook) -> Iterable[UnderCost]:
    for code, quantity, value in connection.execute(_ON_HAND):
        item = setup.items[code]
        if item.price is not None and value * 1000 > item.price * quantity:
            cost = -(-value * 1000 // quantity)
            yield UnderCost(code, item.name, item.unit, item.price, cost)


def _cash_over(connection: Connection, today: date) -> int | None:
    held = net(sides_before(connection, today + timedelta(days=1)).get(CASH_BOX, NIL))
    return held if held > CASH_LIMIT else None
