"""What was sold: where, of what, for how much, and what it had cost.

Revenue is computed as it was posted, with the price and the accounts that the item had then.
What else stands on the sales accounts is found by what is left of their postings.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from kwt_books.domain.accounts import DISCOUNT, GRANTS, AccountType
from kwt_books.domain.documents.selling import MarketLine, SaleLine, SettlementLine, revenue_of
from kwt_books.domain.documents.setup import Item
from kwt_books.domain.kind import Purpose
from kwt_books.domain.kinds import KINDS
from kwt_books.domain.posting import SHOP, Move
from kwt_books.queries.documents import Effect, effects, moves_of, span
from kwt_books.queries.setup import SetupBook
from kwt_books.queries.visits import SETTLEMENT
from kwt_books.store import rows
from kwt_books.store.expressions import total
from kwt_books.store.reads import fetched
from kwt_books.store.tables import document, posting

# -- The purpose of each move of goods, by the lines of its document ------------------------------
#
# Goods taken to market are sold, spoiled and sampled in that order, line by line; those at a shop
# sold, spoiled and returned (STREAM.md, documents).


_CARRIED = (Purpose.SENT, Purpose.RETURNED)
"""Taken from one place and put down at another."""


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


def changes_of(connection: Connection, found: Sequence[Effect]) -> Iterator[Change]:
    """What each effect moved of lots, with its purpose; corrections with the other sign."""
    moves = moves_of(connection, (each.source for each in found))
    for each in found:
        goods = [move for move in moves[each.source] if move.lot]
        for (purpose, line), (place, item, lot, quantity, value) in zip(
            purposes(each.kind, each.command, goods), goods, strict=True
        ):
            yield Change(
                each, purpose, line, place, item, lot, each.sign * quantity, each.sign * value
            )


def purposes(kind: str, command: Any, goods: Sequence[Move]) -> Iterator[tuple[Purpose, int]]:
    """What each move of goods was for, and the line it belongs to."""
    known = KINDS.get(kind)
    if known is not None and known.line_goods:
        yield from _by_line(command.lines, known.line_goods, goods)
        return
    taken = known.takes if known is not None else Purpose.USED
    for move in goods:
        yield (Purpose.MADE if move.quantity > 0 else taken), 0


def _by_line(
    lines: Sequence[Any], keys: Iterable[tuple[str, Purpose]], goods: Sequence[Move]
) -> Iterator[tuple[Purpose, int]]:
    at = 0
    for number, line in enumerate(lines):
        for key, purpose in keys:
            wanted, first = getattr(line, key), at
            while wanted > 0:
                wanted += goods[at].quantity
                at += 1
            puts = at - first if purpose in _CARRIED else 0
            at += puts
            yield from [(purpose, number)] * (at - first)


MARKET, SALE = "market_day", "sale"
SELLING = (MARKET, SALE, SETTLEMENT)
DIRECT, OTHER = "direct", "other"
"""Channels besides venues and `shop:CODE`: sales from the store; postings without goods."""


class Sold(NamedTuple):
    """Goods sold on one line of a document; negative where a correction takes it back."""

    effect: Effect
    channel: str
    item: str
    account: str
    quantity: int
    revenue: int
    cost: int


class Posted(NamedTuple):
    """Income of a day on a sales account without goods; discounts negative."""

    day: date
    account: str
    channel: str
    revenue: int


_ITEMS = (
    select(document.c.sequence, document.c.payload)
    .where(document.c.kind == "item")
    .order_by(document.c.sequence)
)


class ItemsThen:
    """Items as they were set up when an entry was recorded."""

    def __init__(self, connection: Connection) -> None:
        self._entries: defaultdict[str, list[tuple[int, Item]]] = defaultdict(list)
        for sequence, payload in fetched(connection, _ITEMS, {}):
            item: Item = rows.setup_command("item", payload)
            self._entries[item.code].append((sequence, item))

    def item(self, code: str, sequence: int) -> Item:
        """The newest setting of the item before that entry."""
        entries = self._entries[code]
        at = bisect_left(entries, sequence, key=lambda entry: entry[0])
        return entries[at - 1][1]


def channel_of(effect: Effect) -> str:
    """A venue by its name, `shop:CODE`, or `direct`."""
    if effect.kind == MARKET:
        return str(effect.command.venue)
    if effect.kind == SETTLEMENT:
        return f"{SHOP}{effect.command.shop}"
    return DIRECT


def sold_on(line: MarketLine | SaleLine | SettlementLine) -> int:
    """How much a line of a document that sells says was sold; thousandths."""
    return line.qty if isinstance(line, SaleLine) else line.sold


def sold(connection: Connection, found: list[Effect], items: ItemsThen) -> Iterator[Sold]:
    """The lines of documents that sell."""
    costs: defaultdict[tuple[int, int], int] = defaultdict(int)
    for change in changes_of(connection, found):
        if change.purpose is Purpose.SOLD:
            costs[change.effect.sequence, change.line] -= change.value
    for each in found:
        channel = channel_of(each)
        for number, line in enumerate(each.command.lines):
            quantity = sold_on(line)
            if not quantity:
                continue
            item = items.item(line.item, each.source)
            yield Sold(
                each,
                channel,
                item.code,
                item.sells_to or "",
                each.sign * quantity,
                each.sign * revenue_of(item, quantity, line.price),
                costs[each.sequence, number],
            )


def sales_accounts(setup: SetupBook) -> list[str]:
    """Accounts of income from selling: all but grants."""
    return [
        code
        for code, account in setup.accounts.items()
        if account.type is AccountType.INCOME and code not in GRANTS
    ]


class Sales(NamedTuple):
    """Everything that came on the sales accounts within some days."""

    goods: list[Sold]
    rest: list[Posted]


def find_sales(connection: Connection, setup: SetupBook, start: date, end: date) -> Sales:
    """Together they are the ordinary postings on the sales accounts."""
    found = effects(connection, SELLING, start, end)
    goods = list(sold(connection, found, ItemsThen(connection)))
    discounts = [
        Posted(each.date, DISCOUNT, DIRECT, -each.sign * each.command.discount)
        for each in found
        if each.kind == SALE and each.command.discount
    ]
    left = _posted(connection, sales_accounts(setup), start, end)
    for one in goods:
        left[one.effect.date, one.account] -= one.revenue
    for other in discounts:
        left[other.day, other.account] -= other.revenue
    accounts = set(sales_accounts(setup))
    rest = [
        Posted(day, account, OTHER, revenue)
        for (day, account), revenue in sorted(left.items())
        if revenue and account in accounts
    ]
    return Sales(goods, discounts + rest)


def _posted(
    connection: Connection, accounts: Iterable[str], start: date, end: date
) -> defaultdict[tuple[date, str], int]:
    """Ordinary postings by day and account, credits positive."""
    days = span(start, end)
    query = (
        select(posting.c.date, posting.c.account, -total(posting.c.amount))
        .where(
            posting.c.account.in_(list(accounts)),
            posting.c.date.between(days["start"], days["end"]),
            posting.c.closing == 0,
        )
        .group_by(posting.c.account, posting.c.date)
    )
    found: defaultdict[tuple[date, str], int] = defaultdict(int)
    for day, account, amount in connection.execute(query):
        found[date.fromisoformat(day), account] = amount
    return found
