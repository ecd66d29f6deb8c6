"""Goods left at small shops, and the settling up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from kwt_books.domain.accounts import COMMISSION, SHOP_RECEIVABLE, SPOILAGE
from kwt_books.domain.documents.base import Dated, optional, required
from kwt_books.domain.documents.codec import Many
from kwt_books.domain.documents.lines import ItemLine
from kwt_books.domain.documents.selling import owe_rest, revenue_of, sell, sellable, use_up
from kwt_books.domain.documents.shapes import (
    MONEY,
    MONEY_OR_NIL,
    QUANTITY_OR_NIL,
    RECEIVED,
    ItemCode,
    PartyCode,
)
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts
from kwt_books.domain.posting import SHOP, STORE


def carry(draft: Draft, item: str, origin: str, goal: str, quantity: int, field: str) -> None:
    """Moves goods between places: lot, expiry, receipt and value go with them."""
    parts = draft.take(item, origin, quantity, field)
    for part in parts:
        draft.put(goal, part)
    value = sum(part.value for part in parts)
    draft.debit(draft.stock_account(item, goal), value)
    draft.credit(draft.stock_account(item, origin), value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignment(Dated):
    kind: ClassVar[str] = "consignment"
    shop: str = required(PartyCode("shop"))
    lines: tuple[ItemLine, ...] = required(Many(ItemLine))

    def post(self, draft: Draft) -> None:
        for place, line in enumerate(self.lines):
            carry(draft, line.item, STORE, SHOP + self.shop, line.qty, f"lines.{place}.qty")


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementLine:
    item: str = required(ItemCode())
    sold: int = required(QUANTITY_OR_NIL)
    returned: int = optional(QUANTITY_OR_NIL, 0)
    spoiled: int = optional(QUANTITY_OR_NIL, 0)
    price: int | None = optional(MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsignmentSettlement(Dated):
    kind: ClassVar[str] = "consignment_settlement"
    shop: str = required(PartyCode("shop"))
    lines: tuple[SettlementLine, ...] = required(Many(SettlementLine))
    received: Mapping[str, int] | None = optional(RECEIVED)
    commission: int = optional(MONEY_OR_NIL, 0)

    def check(self, facts: Facts) -> Iterator[Issue]:
        for place, line in enumerate(self.lines):
            if line.sold:
                yield from sellable(facts, line.item, line.price, f"lines.{place}")

    def post(self, draft: Draft) -> None:
        shelf = SHOP + self.shop
        revenue = 0
        for place, line in enumerate(self.lines):
            field = f"lines.{place}.sold"
            wanted = line.sold + line.spoiled + line.returned
            if not draft.enough(line.item, shelf, wanted, field):
                item = draft.facts.item(line.item)
                revenue += revenue_of(item, line.sold, line.price) if item is not None else 0
                continue
            revenue += sell(draft, line.item, shelf, line.sold, line.price, field)
            use_up(draft, line.item, shelf, line.spoiled, SPOILAGE, field)
            carry(draft, line.item, shelf, STORE, line.returned, field)
        draft.debit(COMMISSION, self.commission)
        received = draft.receive_cash(self.received or {})
        off = ("commission", self.commission)
        owe_rest(draft, revenue, off, received, SHOP_RECEIVABLE, self.shop)
