"""Goods that go back: to who supplied them, or from who bought them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from kwt_books.domain.accounts import DISCOUNT, PAYABLE, TRADE_RECEIVABLE
from kwt_books.domain.documents.base import Dated, optional, required
from kwt_books.domain.documents.fields import (
    CASH_ACCOUNT,
    MONEY,
    QUANTITY,
    QUANTITY_OR_NIL,
    AmountsBy,
    Code,
    ItemCode,
    Many,
    PartyCode,
)
from kwt_books.domain.documents.money import post_difference
from kwt_books.domain.documents.selling import revenue_of, sellable
from kwt_books.domain.documents.stock import put_more
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts
from kwt_books.domain.posting import STORE


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseReturnLine:
    """Goods sent back: thousandths, and what the supplier gives for them in rupiah."""

    item: str = required(ItemCode())
    qty: int = required(QUANTITY)
    amount: int = required(MONEY)
    lot: str | None = optional(Code())


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseReturn(Dated):
    """Goods given back to a supplier, off what is owed or for money."""

    kind: ClassVar[str] = "purchase_return"
    lines: tuple[PurchaseReturnLine, ...] = required(Many(PurchaseReturnLine))
    party: str | None = optional(PartyCode())
    into: str | None = optional(CASH_ACCOUNT)

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Money or a party's debt stands against it, and the lots it names are known."""
        if self.party is None and self.into is None:
            yield Issue("party", "returned-to-whom", {})
        for place, line in enumerate(self.lines):
            if line.lot is not None and facts.lot(line.item, line.lot) is None:
                yield Issue(
                    f"lines.{place}.lot", "unknown-lot", {"item": line.item, "lot": line.lot}
                )

    def post(self, draft: Draft) -> None:
        """Takes the goods out at cost; the difference to their price goes to 7102 or 7202."""
        cost = amount = 0
        for place, line in enumerate(self.lines):
            parts = draft.take(line.item, STORE, line.qty, f"lines.{place}.qty", line.lot)
            value = sum(part.value for part in parts)
            draft.credit(draft.stock_account(line.item, STORE), value)
            cost, amount = cost + value, amount + line.amount
        if self.into is not None:
            draft.debit(self.into, amount)
        else:
            draft.debit(PAYABLE, amount, self.party)
        post_difference(draft, amount - cost)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleReturnLine:
    """Goods a customer gave back, in thousandths, and how many of them are spoiled."""

    item: str = required(ItemCode())
    qty: int = required(QUANTITY)
    price: int | None = optional(MONEY)
    spoiled: int = optional(QUANTITY_OR_NIL, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleReturn(Dated):
    """Goods that a customer gave back, for money or off what is owed."""

    kind: ClassVar[str] = "sale_return"
    lines: tuple[SaleReturnLine, ...] = required(Many(SaleReturnLine))
    refund: Mapping[str, int] | None = optional(AmountsBy(CASH_ACCOUNT, MONEY))
    party: str | None = optional(PartyCode())

    def check(self, facts: Facts) -> Iterator[Issue]:
        """The goods can be sold, and no more are spoiled than came back."""
        for place, line in enumerate(self.lines):
            yield from sellable(facts, line.item, line.price, f"lines.{place}")
            if line.spoiled > line.qty:
                yield Issue(
                    f"lines.{place}.spoiled",
                    "more-spoiled-than-returned",
                    {"item": line.item, "wanted": line.spoiled, "available": line.qty},
                )

    def post(self, draft: Draft) -> None:
        """Debits 4109; credits what is refunded and, for the rest, the customer's debt."""
        due = sum(self._take_back(draft, line) for line in self.lines)
        refunded = 0
        for account, amount in (self.refund or {}).items():
            draft.credit(account, amount)
            refunded += amount
        if refunded > due:
            draft.refuse("refund", "more-than-returned", due=due, received=refunded)
        elif refunded < due and self.party is None:
            draft.refuse("party", "who-is-owed", unpaid=due - refunded)
        else:
            draft.credit(TRADE_RECEIVABLE, due - refunded, self.party)

    def _take_back(self, draft: Draft, line: SaleReturnLine) -> int:
        """What came back whole goes into the store; the price of all of it."""
        item = draft.facts.item(line.item)
        if item is None or item.costs_to is None:
            return 0
        price = revenue_of(item, line.qty, line.price)
        draft.debit(DISCOUNT, price)
        whole = line.qty - line.spoiled
        if whole:
            value = put_more(draft, line.item, STORE, whole)
            draft.debit(draft.stock_account(line.item, STORE), value)
            draft.credit(item.costs_to, value)
        return price
