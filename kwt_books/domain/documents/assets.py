"""Fixed assets: bought, written off month by month, disposed of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from kwt_books.domain.accounts import ACCUMULATED, DEPRECIATION
from kwt_books.domain.documents.base import Dated, Document, optional, required
from kwt_books.domain.documents.cash import post_difference
from kwt_books.domain.documents.lines import FUND, needs_payer, pay_or_owe
from kwt_books.domain.documents.shapes import (
    CASH_ACCOUNT,
    MONEY,
    RECEIVED,
    Choice,
    Code,
    MonthShape,
    PartyCode,
    Text,
    Whole,
)
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts
from kwt_books.domain.money import half_up
from kwt_books.domain.month import last_day, month_of, months_between
from kwt_books.domain.posting import ASSET, DEPRECIATED, Asset, Move
from kwt_books.domain.quantity import UNIT

ASSET_ACCOUNT = Choice(ACCUMULATED)
LIFE = Whole(1, 1200)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAsset:
    code: str = required(Code())
    name: str = required(Text(longest=200))
    account: str = required(ASSET_ACCOUNT)
    cost: int = required(MONEY)
    life_months: int = required(LIFE)


def acquire(draft: Draft, new: NewAsset | AssetAcquisition, field: str) -> None:
    """A new asset, debited to its account."""
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
    draft.assets[asset.code] = asset
    draft.moves.append(Move(ASSET + asset.code, "", "", UNIT, asset.cost))
    if asset.accumulated:
        draft.moves.append(Move(DEPRECIATED + asset.code, "", "", 0, asset.accumulated))


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetAcquisition(Dated):
    kind: ClassVar[str] = "asset_acquisition"
    code: str = required(Code())
    name: str = required(Text(longest=200))
    account: str = required(ASSET_ACCOUNT)
    cost: int = required(MONEY)
    life_months: int = required(LIFE)
    paid_from: str | None = optional(CASH_ACCOUNT)
    party: str | None = optional(PartyCode())
    fund: str | None = optional(FUND)

    def check(self, facts: Facts) -> Iterator[Issue]:
        return needs_payer(self.paid_from, self.party)

    def post(self, draft: Draft) -> None:
        acquire(draft, self, "code")
        pay_or_owe(draft, self.paid_from, self.party, self.cost)
        draft.release(self.fund, self.cost)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetDisposal(Dated):
    kind: ClassVar[str] = "asset_disposal"
    code: str = required(Code())
    received: Mapping[str, int] | None = optional(RECEIVED)

    def post(self, draft: Draft) -> None:
        asset = draft.asset(self.code)
        if asset is None or asset.ended is not None:
            draft.refuse("code", "unknown-asset", asset=self.code)
            return
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
    month: str = required(MonthShape())

    @property
    def day(self) -> dt.date:
        return last_day(self.month)

    def post(self, draft: Draft) -> None:
        for asset in draft.facts.assets():
            due = self._due(asset)
            if due <= 0:
                continue
            draft.debit(DEPRECIATION, due)
            draft.credit(ACCUMULATED[asset.account], due)
            draft.moves.append(Move(DEPRECIATED + asset.code, "", "", 0, due))
            draft.assets[asset.code] = replace(asset, accumulated=asset.accumulated + due)

    def _due(self, asset: Asset) -> int:
        months = months_between(month_of(asset.acquired), self.month)
        if months <= 0:
            return 0
        return min(asset.cost, half_up(asset.cost * months, asset.life_months)) - asset.accumulated
