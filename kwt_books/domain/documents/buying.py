"""What comes in bought, and what comes in or goes out without a price."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kwt_books.domain.accounts import GRANTS, SHARED_PRODUCE
from kwt_books.domain.documents.assets import NewAsset, acquire
from kwt_books.domain.documents.base import Dated, listed, optional, required
from kwt_books.domain.documents.codec import Many, One
from kwt_books.domain.documents.lines import FUND, ItemLine, needs_payer, pay_or_owe, use_inputs
from kwt_books.domain.documents.shapes import (
    CASH_ACCOUNT,
    MONEY,
    MONEY_OR_NIL,
    QUANTITY,
    Choice,
    Code,
    Date,
    ItemCode,
    PartyCode,
)
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseLine:
    item: str = required(ItemCode())
    qty: int = required(QUANTITY)
    amount: int = required(MONEY)
    lot: str | None = optional(Code())
    expires: dt.date | None = optional(Date())


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase(Dated):
    kind: ClassVar[str] = "purchase"
    lines: tuple[PurchaseLine, ...] = required(Many(PurchaseLine))
    paid_from: str | None = optional(CASH_ACCOUNT)
    party: str | None = optional(PartyCode())
    fund: str | None = optional(FUND)

    def check(self, facts: Facts) -> Iterator[Issue]:
        return needs_payer(self.paid_from, self.party)

    def post(self, draft: Draft) -> None:
        total = 0
        for place, line in enumerate(self.lines):
            draft.stock_in(
                line.item,
                line.qty,
                line.amount,
                lot=line.lot,
                expires=line.expires,
                field=f"lines.{place}.lot",
            )
            total += line.amount
        pay_or_owe(draft, self.paid_from, self.party, total)
        draft.release(self.fund, total)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantCash:
    into: str = required(CASH_ACCOUNT)
    amount: int = required(MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantItem:
    item: str = required(ItemCode())
    qty: int = required(QUANTITY)
    value: int = required(MONEY_OR_NIL)
    lot: str | None = optional(Code())


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant(Dated):
    kind: ClassVar[str] = "grant"
    account: str = required(Choice(GRANTS))
    cash: GrantCash | None = optional(One(GrantCash))
    items: tuple[GrantItem, ...] = listed(Many(GrantItem, 0))
    assets: tuple[NewAsset, ...] = listed(Many(NewAsset, 0))
    party: str | None = optional(PartyCode())

    def post(self, draft: Draft) -> None:
        total = 0
        if self.cash is not None:
            draft.debit(self.cash.into, self.cash.amount)
            total += self.cash.amount
        for place, line in enumerate(self.items):
            field = f"items.{place}.lot"
            draft.stock_in(line.item, line.qty, line.value, lot=line.lot, field=field)
            total += line.value
        for place, asset in enumerate(self.assets):
            acquire(draft, asset, f"assets.{place}.code")
            total += asset.cost
        draft.credit(self.account, total, self.party)


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution(Dated):
    """Goods shared out among the members."""

    kind: ClassVar[str] = "distribution"
    lines: tuple[ItemLine, ...] = required(Many(ItemLine))

    def post(self, draft: Draft) -> None:
        draft.debit(SHARED_PRODUCE, use_inputs(draft, self.lines, "lines"))
