"""Fixed assets, purchases, grants, and goods shared out among members."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from kwt_books.domain.accounts import (
    ACCUMULATED,
    DEPRECIATION,
    FUNDED_CAPITAL,
    GRANTED_CAPITAL,
    GRANTS,
    PROGRAMME_MONEY,
    SHARED_PRODUCE,
)
from kwt_books.domain.documents.base import Dated, Document, listed, optional, required
from kwt_books.domain.documents.fields import (
    CASH_ACCOUNT,
    MONEY,
    MONEY_OR_NIL,
    QUANTITY,
    RECEIVED,
    Choice,
    Code,
    Date,
    ItemCode,
    Many,
    MonthShape,
    One,
    PartyCode,
    Text,
    Whole,
)
from kwt_books.domain.documents.lines import FUND, ItemLine, needs_payer, pay_or_owe, use_inputs
from kwt_books.domain.documents.money import post_difference
from kwt_books.domain.documents.setup import ProgrammeCode, of_budget, one_purse
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts
from kwt_books.domain.posting import ASSET, DEPRECIATED, Asset, Move
from kwt_books.domain.values import (
    UNIT,
    Month,
    half_up,
    last_day,
    month_of,
    months_between,
)

# -- Fixed assets: bought, written off month by month, disposed of -------------------------------


ASSET_ACCOUNT = Choice(ACCUMULATED)
LIFE = Whole(1, 1200)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAsset:
    """A fixed asset that comes in. `cost` in rupiah; its useful life in months."""

    code: str = required(Code())
    name: str = required(Text(longest=200))
    account: str = required(ASSET_ACCOUNT)
    cost: int = required(MONEY)
    life_months: int = required(LIFE)


def acquire(draft: Draft, new: NewAsset | AssetAcquisition, field: str) -> None:
    """Brings in a new asset and debits its cost to its account.

    Refuses (`asset-exists` at `field`) a code that an asset not disposed of bears.
    """
    known = draft.asset(new.code)
    if known is not None and known.ended is None:
        draft.refuse(field, "asset-exists", asset=new.code)
    place(
        draft,
        Asset(
            new.code,
            new.name,
            new.account,
            new.cost,
            0,
            draft.date,
            new.life_months,
            draft.facts.next_sequence,
        ),
    )
    draft.debit(new.account, new.cost)


def place(draft: Draft, asset: Asset) -> None:
    """Keeps an asset as it comes in, with moves of its cost and of what was written off before."""
    draft.assets[asset.code] = asset
    draft.moves.append(Move(ASSET + asset.code, "", "", UNIT, asset.cost))
    if asset.accumulated:
        draft.moves.append(Move(DEPRECIATED + asset.code, "", "", 0, asset.accumulated))


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetAcquisition(Dated):
    """A fixed asset bought, paid for at once, owed, or both (STREAM.md, asset_acquisition)."""

    kind: ClassVar[str] = "asset_acquisition"
    code: str = required(Code())
    name: str = required(Text(longest=200))
    account: str = required(ASSET_ACCOUNT)
    cost: int = required(MONEY)
    life_months: int = required(LIFE)
    paid_from: str | None = optional(CASH_ACCOUNT)
    party: str | None = optional(PartyCode())
    paid: int | None = optional(MONEY)
    fund: str | None = optional(FUND)
    programme: str | None = optional(ProgrammeCode())
    budget: str | None = optional(Code())

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Somebody is paid or owed; a fund or a programme pays, not both."""
        yield from needs_payer(self.paid_from, self.party, self.paid, self.cost)
        yield from one_purse(self.fund, self.programme)
        yield from of_budget(facts, self.programme, [("budget", self.budget)])

    def post(self, draft: Draft) -> None:
        """Debits the asset, credits cash or payables, and releases fund or programme."""
        acquire(draft, self, "code")
        pay_or_owe(draft, self.paid_from, self.party, self.cost, self.paid)
        draft.release(self.fund, self.cost, FUNDED_CAPITAL)
        draft.use_programme(self.programme, self.cost, GRANTED_CAPITAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetDisposal(Dated):
    """A fixed asset sold or given up (STREAM.md, asset_disposal)."""

    kind: ClassVar[str] = "asset_disposal"
    code: str = required(Code())
    received: Mapping[str, int] | None = optional(RECEIVED)

    def post(self, draft: Draft) -> None:
        """Takes out cost and what was written off; the difference goes to 7102 or 7202."""
        asset = draft.asset(self.code)
        if asset is None or asset.ended is not None:
            draft.refuse("code", "unknown-asset", asset=self.code)
            return
        made = draft.facts.dated(asset.opened)
        if made > draft.date:
            draft.refuse("date", "asset-made-later", asset=asset.code, made=made)
        draft.debit(ACCUMULATED[asset.account], asset.accumulated)
        received = draft.receive_cash(self.received or {})
        draft.credit(asset.account, asset.cost)
        post_difference(draft, received + asset.accumulated - asset.cost)
        draft.assets[asset.code] = replace(asset, ended=draft.facts.next_sequence)
        draft.moves.append(Move(ASSET + asset.code, "", "", -UNIT, -asset.cost))
        if asset.accumulated:
            draft.moves.append(Move(DEPRECIATED + asset.code, "", "", 0, -asset.accumulated))


@dataclass(frozen=True, slots=True, kw_only=True)
class Depreciation(Document):
    """Straight line from the month of acquisition, without residual value."""

    kind: ClassVar[str] = "depreciation"
    may_record_nothing: ClassVar[bool] = True
    month: Month = required(MonthShape())

    @property
    def day(self) -> dt.date:
        """The last day of its month."""
        return last_day(self.month)

    def post(self, draft: Draft) -> None:
        """For each asset in use, debits 6109 and credits its accumulated depreciation."""
        for asset in draft.facts.assets():
            due = self._due(asset)
            if due <= 0 or draft.facts.dated(asset.opened) > draft.date:
                continue
            draft.debit(DEPRECIATION, due)
            draft.credit(ACCUMULATED[asset.account], due)
            draft.moves.append(Move(DEPRECIATED + asset.code, "", "", 0, due))
            draft.assets[asset.code] = replace(asset, accumulated=asset.accumulated + due)

    def _due(self, asset: Asset) -> int:
        """What is still to be written off; less than zero before the asset's first month."""
        months = months_between(month_of(asset.acquired), self.month)
        return min(asset.cost, half_up(asset.cost * months, asset.life_months)) - asset.accumulated


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseLine:
    """Goods bought: a quantity in thousandths and what all of it cost in rupiah."""

    item: str = required(ItemCode())
    qty: int = required(QUANTITY)
    amount: int = required(MONEY)
    lot: str | None = optional(Code())
    expires: dt.date | None = optional(Date())
    budget: str | None = optional(Code())


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase(Dated):
    """Goods bought, paid for at once, owed, or both (STREAM.md, purchase)."""

    kind: ClassVar[str] = "purchase"
    lines: tuple[PurchaseLine, ...] = required(Many(PurchaseLine))
    paid_from: str | None = optional(CASH_ACCOUNT)
    party: str | None = optional(PartyCode())
    paid: int | None = optional(MONEY)
    fund: str | None = optional(FUND)
    programme: str | None = optional(ProgrammeCode())

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Somebody is paid or owed; a fund or a programme pays, not both."""
        total = sum(line.amount for line in self.lines)
        yield from needs_payer(self.paid_from, self.party, self.paid, total)
        yield from one_purse(self.fund, self.programme)
        named = ((f"lines.{place}.budget", each.budget) for place, each in enumerate(self.lines))
        yield from of_budget(facts, self.programme, named)

    def post(self, draft: Draft) -> None:
        """Brings each line in as a lot of its own; credits cash or payables."""
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
        pay_or_owe(draft, self.paid_from, self.party, total, self.paid)
        draft.release(self.fund, total)
        draft.use_programme(self.programme, total, GRANTED_CAPITAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantCash:
    """Money of a grant and the cash account it goes into, in rupiah."""

    into: str = required(CASH_ACCOUNT)
    amount: int = required(MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantItem:
    """Goods of a grant: thousandths, and their fair value in rupiah."""

    item: str = required(ItemCode())
    qty: int = required(QUANTITY)
    value: int = required(MONEY_OR_NIL)
    lot: str | None = optional(Code())


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant(Dated):
    """Money, goods or assets given to the group (STREAM.md, grant)."""

    kind: ClassVar[str] = "grant"
    account: str = required(Choice(GRANTS))
    cash: GrantCash | None = optional(One(GrantCash))
    items: tuple[GrantItem, ...] = listed(Many(GrantItem, 0))
    assets: tuple[NewAsset, ...] = listed(Many(NewAsset, 0))
    party: str | None = optional(PartyCode())
    programme: str | None = optional(ProgrammeCode())

    @property
    def worth(self) -> int:
        """What all of it is worth: money, goods and assets; rupiah."""
        cash = self.cash.amount if self.cash is not None else 0
        goods = sum(each.value for each in self.items)
        return cash + goods + sum(each.cost for each in self.assets)

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Money of a programme names the programme and comes as cash alone."""
        if self.account != PROGRAMME_MONEY:
            return
        if self.programme is None:
            yield Issue("programme", "programme-needed", {"account": self.account})
        for field in ("items", "assets"):
            if getattr(self, field):
                yield Issue(field, "cash-alone", {"account": self.account})

    def post(self, draft: Draft) -> None:
        """Debits cash, stock and assets; credits the account that the grant goes to."""
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
        if self.programme is not None:
            draft.earmark(self.programme, total if self.account == PROGRAMME_MONEY else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution(Dated):
    """Goods shared out among the members."""

    kind: ClassVar[str] = "distribution"
    lines: tuple[ItemLine, ...] = required(Many(ItemLine))

    def post(self, draft: Draft) -> None:
        """Takes the goods from the store and debits 6111 with their cost."""
        draft.debit(SHARED_PRODUCE, use_inputs(draft, self.lines, "lines"))
