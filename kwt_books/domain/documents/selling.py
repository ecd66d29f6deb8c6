"""Sales: market days, plain sales, and goods left at shops until they are settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from kwt_books.domain.accounts import (
    COMMISSION,
    DISCOUNT,
    PROMOTION,
    SHOP_RECEIVABLE,
    SPOILAGE,
    TRADE_RECEIVABLE,
)
from kwt_books.domain.documents.base import Dated, optional, required
from kwt_books.domain.documents.fields import (
    MONEY,
    MONEY_OR_NIL,
    QUANTITY,
    QUANTITY_OR_NIL,
    RECEIVED,
    ItemCode,
    Many,
    PartyCode,
    Text,
)
from kwt_books.domain.documents.lines import ItemLine
from kwt_books.domain.documents.money import post_difference
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts, KnownItem
from kwt_books.domain.posting import SHOP, STORE
from kwt_books.domain.values import UNIT, half_up


def sellable(facts: Facts, item: str, price: int | None, field: str) -> Iterator[Issue]:
    """Yields what is wrong with selling an item: no sales and cost accounts, or no price."""
    known = facts.item(item)
    if known is None:
        return
    if known.sells_to is None or known.costs_to is None:
        yield Issue(f"{field}.item", "not-for-sale", {"item": item})
    if price is None and known.price is None:
        yield Issue(f"{field}.price", "no-price", {"item": item})


def sell(draft: Draft, item: str, place: str, quantity: int, price: int | None, field: str) -> int:
    """Sells goods from a place and posts revenue and cost; the revenue in rupiah."""
    known = draft.facts.item(item)
    if not quantity or known is None or known.sells_to is None or known.costs_to is None:
        return 0
    revenue = revenue_of(known, quantity, price)
    draft.credit(known.sells_to, revenue)
    use_up(draft, item, place, quantity, known.costs_to, field)
    return revenue


def revenue_of(item: KnownItem, quantity: int, price: int | None) -> int:
    """Rupiah for a quantity in thousandths, at `price` or else the item's own; halves up."""
    return half_up((price or item.price or 0) * quantity, UNIT)


def use_up(draft: Draft, item: str, place: str, quantity: int, account: str, field: str) -> None:
    """Takes goods from a place; debits `account` and credits their stock with their cost."""
    value = draft.take_value(item, place, quantity, field)
    draft.debit(account, value)
    draft.credit(draft.stock_account(item, place), value)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketLine:
    """What became of one product on a market day; thousandths, price in rupiah a unit."""

    item: str = required(ItemCode())
    taken: int = required(QUANTITY)
    sold: int = required(QUANTITY_OR_NIL)
    returned: int = optional(QUANTITY_OR_NIL, 0)
    spoiled: int = optional(QUANTITY_OR_NIL, 0)
    sampled: int = optional(QUANTITY_OR_NIL, 0)
    price: int | None = optional(MONEY)

    @property
    def accounted(self) -> int:
        """What was sold, returned, spoiled and sampled, in thousandths."""
        return self.sold + self.returned + self.spoiled + self.sampled


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketDay(Dated):
    """One Friday at the outlet, one product fair."""

    kind: ClassVar[str] = "market_day"
    may_record_nothing: ClassVar[bool] = True
    venue: str = required(Text(longest=200))
    lines: tuple[MarketLine, ...] = required(Many(MarketLine))
    received: Mapping[str, int] = required(RECEIVED)

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Everything that was taken along is accounted for, and what was sold has a price."""
        for place, line in enumerate(self.lines):
            if line.taken != line.accounted:
                yield Issue(
                    f"lines.{place}.taken",
                    "taken-differs",
                    {"item": line.item, "taken": line.taken, "accounted": line.accounted},
                )
            if line.sold:
                yield from sellable(facts, line.item, line.price, f"lines.{place}")

    def post(self, draft: Draft) -> None:
        """Posts sales, spoilage and samples; the cash difference goes to 7102 or 7202."""
        revenue = 0
        for place, line in enumerate(self.lines):
            field = f"lines.{place}.taken"
            if not draft.enough(line.item, STORE, line.taken, field):
                continue
            revenue += sell(draft, line.item, STORE, line.sold, line.price, field)
            use_up(draft, line.item, STORE, line.spoiled, SPOILAGE, field)
            use_up(draft, line.item, STORE, line.sampled, PROMOTION, field)
        post_difference(draft, draft.receive_cash(self.received) - revenue)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleLine:
    """Goods sold, in thousandths, at `price` rupiah a unit or else the item's own."""

    item: str = required(ItemCode())
    qty: int = required(QUANTITY)
    price: int | None = optional(MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale(Dated):
    """Goods sold from the store, for money or on credit (STREAM.md, sale)."""

    kind: ClassVar[str] = "sale"
    lines: tuple[SaleLine, ...] = required(Many(SaleLine))
    received: Mapping[str, int] | None = optional(RECEIVED)
    discount: int = optional(MONEY_OR_NIL, 0)
    party: str | None = optional(PartyCode())

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Each item can be sold."""
        for place, line in enumerate(self.lines):
            yield from sellable(facts, line.item, line.price, f"lines.{place}")

    def post(self, draft: Draft) -> None:
        """Posts revenue, cost and discount; what is not received the party owes on 1111."""
        revenue = sum(
            sell(draft, line.item, STORE, line.qty, line.price, f"lines.{place}.qty")
            for place, line in enumerate(self.lines)
        )
        draft.debit(DISCOUNT, self.discount)
        received = draft.receive_cash(self.received or {})
        off = ("discount", self.discount)
        owe_rest(draft, revenue, off, received, TRADE_RECEIVABLE, self.party)


def owe_rest(
    draft: Draft,
    revenue: int,
    off: tuple[str, int],
    received: int,
    account: str,
    party: str | None,
) -> None:
    """Debits `account` with what is left unpaid of `revenue`; rupiah.

    `off`: the key of what goes off the revenue, and how much it is. Refuses more than is due, and
    a rest that no party owes.
    """
    field, less = off
    unpaid = revenue - less - received
    if less > revenue:
        draft.refuse(field, "more-off-than-sold", off=less, due=revenue)
    elif unpaid < 0:
        draft.refuse("received", "more-than-due", due=revenue - less, received=received)
    elif unpaid and party is None:
        draft.refuse("party", "who-owes", unpaid=unpaid)
    else:
        draft.debit(account, unpaid, party)


# -- Goods left at small shops, and the settling up ----------------------------------------------


def carry(draft: Draft, item: str, origin: str, goal: str, quantity: int, field: str) -> None:
    """Moves goods from place to place; lot, expiry, receipt and cost go with them."""
    parts = draft.take(item, origin, quantity, field)
    for part in parts:
        draft.put(goal, part)
    value = sum(part.value for part in parts)
    draft.debit(draft.stock_account(item, goal), value)
    draft.credit(draft.stock_account(item, origin), value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignment(Dated):
    """Goods left at a shop to be sold there (STREAM.md, consignment)."""

    kind: ClassVar[str] = "consignment"
    shop: str = required(PartyCode("shop"))
    lines: tuple[ItemLine, ...] = required(Many(ItemLine))

    def post(self, draft: Draft) -> None:
        """Moves each line from the store to the shop, at cost."""
        for place, line in enumerate(self.lines):
            carry(draft, line.item, STORE, SHOP + self.shop, line.qty, f"lines.{place}.qty")


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementLine:
    """What became of one product at a shop; thousandths, price in rupiah a unit."""

    item: str = required(ItemCode())
    sold: int = required(QUANTITY_OR_NIL)
    returned: int = optional(QUANTITY_OR_NIL, 0)
    spoiled: int = optional(QUANTITY_OR_NIL, 0)
    price: int | None = optional(MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsignmentSettlement(Dated):
    """What a shop sold, gave back and pays (STREAM.md, consignment_settlement)."""

    kind: ClassVar[str] = "consignment_settlement"
    shop: str = required(PartyCode("shop"))
    lines: tuple[SettlementLine, ...] = required(Many(SettlementLine))
    received: Mapping[str, int] | None = optional(RECEIVED)
    commission: int = optional(MONEY_OR_NIL, 0)

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Each item that was sold can be sold."""
        for place, line in enumerate(self.lines):
            if line.sold:
                yield from sellable(facts, line.item, line.price, f"lines.{place}")

    def post(self, draft: Draft) -> None:
        """Posts sales, spoilage, returns and commission; the shop owes the rest on 1112."""
        at_shop = SHOP + self.shop
        revenue = 0
        for place, line in enumerate(self.lines):
            field = f"lines.{place}.sold"
            wanted = line.sold + line.spoiled + line.returned
            if not draft.enough(line.item, at_shop, wanted, field):
                item = draft.facts.item(line.item)
                revenue += revenue_of(item, line.sold, line.price) if item is not None else 0
                continue
            revenue += sell(draft, line.item, at_shop, line.sold, line.price, field)
            use_up(draft, line.item, at_shop, line.spoiled, SPOILAGE, field)
            carry(draft, line.item, at_shop, STORE, line.returned, field)
        draft.debit(COMMISSION, self.commission)
        received = draft.receive_cash(self.received or {})
        off = ("commission", self.commission)
        owe_rest(draft, revenue, off, received, SHOP_RECEIVABLE, self.shop)
