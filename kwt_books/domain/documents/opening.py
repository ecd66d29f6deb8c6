"""The opening balance: what stood before the first document, with its details."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from kwt_books.domain.accounts import (
    ACCUMULATED,
    CLASS_ACCOUNTS,
    CONSIGNED,
    GROWING,
    PROGRAMME_MONEY,
    STANDING,
    kept_by_detail,
)
from kwt_books.domain.documents.base import Dated, listed, optional, required
from kwt_books.domain.documents.buying import ASSET_ACCOUNT, LIFE, place
from kwt_books.domain.documents.fields import (
    MONEY,
    MONEY_OR_NIL,
    QUANTITY,
    SIGNED_MONEY,
    AccountCode,
    AmountsBy,
    Code,
    Date,
    ItemCode,
    Many,
    PartyCode,
    PlaceShape,
    Text,
)
from kwt_books.domain.documents.setup import ProgrammeCode
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts
from kwt_books.domain.posting import BATCH, BED, STORE, Asset, Layer, Lot


def _stands_in_position(code: str, facts: Facts) -> bool:
    account = facts.account(code)
    return account is not None and account.type in STANDING


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningParty:
    """What of an account's balance belongs to a party; rupiah, debit positive."""

    party: str = required(PartyCode())
    account: str = required(AccountCode())
    amount: int = required(SIGNED_MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningStock:
    """Goods that stood at a place: thousandths, and their value in rupiah."""

    item: str = required(ItemCode())
    qty: int = required(QUANTITY)
    value: int = required(MONEY_OR_NIL)
    place: str = optional(PlaceShape(), STORE)
    lot: str | None = optional(Code())
    expires: dt.date | None = optional(Date())


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningBed:
    """What a bed had cost so far; rupiah."""

    bed: str = required(Code())
    value: int = required(MONEY_OR_NIL)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningBatch:
    """A batch of seedlings: plants in thousandths, and what they had cost in rupiah."""

    batch: str = required(Code())
    item: str = required(ItemCode("seedling"))
    qty: int = required(QUANTITY)
    value: int = required(MONEY_OR_NIL)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningAsset:
    """A fixed asset the group had: its cost and what of it was written off, in rupiah."""

    code: str = required(Code())
    name: str = required(Text(longest=200))
    account: str = required(ASSET_ACCOUNT)
    cost: int = required(MONEY)
    accumulated: int = required(MONEY_OR_NIL)
    acquired: dt.date = required(Date(1900))
    life_months: int = required(LIFE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningProgramme:
    """What of 2110 belongs to a programme; rupiah, negative where money is left."""

    programme: str = required(ProgrammeCode())
    amount: int = required(SIGNED_MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningBalance(Dated):
    """What the group had and owed before the first document (STREAM.md, opening_balance)."""

    kind: ClassVar[str] = "opening_balance"
    may_record_nothing: ClassVar[bool] = True
    balances: Mapping[str, int] = required(
        AmountsBy(AccountCode(_stands_in_position, "not-in-position"), SIGNED_MONEY)
    )
    parties: tuple[OpeningParty, ...] = listed(Many(OpeningParty, 0))
    stock: tuple[OpeningStock, ...] = listed(Many(OpeningStock, 0))
    beds: tuple[OpeningBed, ...] = listed(Many(OpeningBed, 0))
    batches: tuple[OpeningBatch, ...] = listed(Many(OpeningBatch, 0))
    assets: tuple[OpeningAsset, ...] = listed(Many(OpeningAsset, 0))
    programmes: tuple[OpeningProgramme, ...] = listed(Many(OpeningProgramme, 0))

    def check(self, facts: Facts) -> Iterator[Issue]:
        """It comes first, its balances add up to nil, and its details explain them."""
        former = facts.opening
        if facts.has_documents and (former is None or former.corrected_by is None):
            yield Issue("kind", "opening-not-first", {})
        for account, balance in self.balances.items():
            if not balance:
                yield Issue(f"balances.{account}", "nil-balance", {"account": account})
        total = sum(self.balances.values())
        if total:
            yield Issue("balances", "opening-unbalanced", {"total": total})
        yield from self._compare(self._details(facts), "opening-detail-differs")
        yield from self._check_parties()
        yield from self._check_programmes()
        for spot, asset in enumerate(self.assets):
            if asset.accumulated > asset.cost:
                yield Issue(f"assets.{spot}.accumulated", "more-than-cost", {"asset": asset.code})

    def _compare(self, details: Mapping[str, int], code: str) -> Iterator[Issue]:
        for account, detail in sorted(details.items()):
            balance = self.balances.get(account, 0)
            if balance != detail:
                params = {"account": account, "balance": balance, "detail": detail}
                yield Issue(f"balances.{account}", code, params)

    def _details(self, facts: Facts) -> Mapping[str, int]:
        """The balance in rupiah that lots, plants and assets give each account kept by them."""
        details = {code: 0 for code in self.balances if kept_by_detail(code)}
        summed: defaultdict[str, int] = defaultdict(int, details)
        for line in self.stock:
            item = facts.item(line.item)
            if item is not None:
                account = CLASS_ACCOUNTS[item.item_class] if line.place == STORE else CONSIGNED
                summed[account] += line.value
        plants = [each.value for each in self.beds] + [each.value for each in self.batches]
        if plants:
            summed[GROWING] += sum(plants)
        for asset in self.assets:
            summed[asset.account] += asset.cost
            summed[ACCUMULATED[asset.account]] -= asset.accumulated
        return summed

    def _check_parties(self) -> Iterator[Issue]:
        """Yields where parties have more of a balance than there is, or on its other side."""
        for spot, line in enumerate(self.parties):
            if line.amount * self.balances.get(line.account, 0) <= 0:
                yield Issue(
                    f"parties.{spot}.amount",
                    "party-on-other-side",
                    {"account": line.account, "party": line.party},
                )
        for account, named in sorted(self._parties().items()):
            balance = self.balances.get(account, 0)
            if abs(named) > abs(balance):
                yield Issue(
                    f"balances.{account}",
                    "opening-parties-differ",
                    {"account": account, "balance": balance, "detail": named},
                )

    def _check_programmes(self) -> Iterator[Issue]:
        """Yields where programmes, if any are named, don't add up to the balance of 2110."""
        balance = self.balances.get(PROGRAMME_MONEY, 0)
        for spot, line in enumerate(self.programmes):
            if line.amount >= 0:
                yield Issue(
                    f"programmes.{spot}.amount",
                    "programme-not-owed",
                    {"programme": line.programme},
                )
        named = sum(line.amount for line in self.programmes)
        if self.programmes and named != balance:
            yield Issue(
                f"balances.{PROGRAMME_MONEY}",
                "opening-programmes-differ",
                {"account": PROGRAMME_MONEY, "balance": balance, "detail": named},
            )

    def _parties(self) -> Mapping[str, int]:
        summed: defaultdict[str, int] = defaultdict(int)
        for line in self.parties:
            summed[line.account] += line.amount
        return summed

    def post(self, draft: Draft) -> None:
        """Posts the balances by party and brings in stock, plants, assets and programmes."""
        named = self._parties()
        for account, amount in self.balances.items():
            draft.debit(account, amount - named.get(account, 0))
        for line in self.parties:
            draft.debit(line.account, line.amount, line.party)
        for spot, stock in enumerate(self.stock):
            lot = self._lot(draft, stock, f"stock.{spot}.lot")
            draft.put(stock.place, Layer(lot, stock.qty, stock.value))
        self._plants(draft)
        for spot, asset in enumerate(self.assets):
            self._asset(draft, asset, f"assets.{spot}.code")
        for programme in self.programmes:
            draft.earmark(programme.programme, -programme.amount)

    def field_of(self, account: str, party: str | None) -> str:
        """The line of the party on the account, else the account's balance."""
        spots = [
            spot
            for spot, line in enumerate(self.parties)
            if (line.account, line.party) == (account, party)
        ]
        return f"parties.{spots[0]}.amount" if spots else f"balances.{account}"

    def _lot(self, draft: Draft, line: OpeningStock, field: str) -> Lot:
        """One lot may stand at several places, once at each."""
        for lot in draft.lots:
            if lot.item == line.item and lot.name == line.lot:
                if lot.name in draft.layers(line.item, line.place):
                    draft.refuse(field, "lot-exists", item=line.item, lot=line.lot)
                elif lot.expires != line.expires:
                    draft.refuse(field, "lot-differs", item=line.item, lot=line.lot)
                return lot
        return draft.new_lot(line.item, line.lot, line.expires, field)

    def _plants(self, draft: Draft) -> None:
        places = [(BED + each.bed, "", 0, each.value) for each in self.beds] + [
            (BATCH + each.batch, each.item, each.qty, each.value) for each in self.batches
        ]
        for at, item, quantity, value in places:
            known = draft.facts.growing(at)
            stands = known is not None and (known.ended is None or at.startswith(BATCH))
            if at in draft.growing or stands:
                field = "beds" if at.startswith(BED) else "batches"
                draft.refuse(field, "named-twice", name=at.partition(":")[2])
            draft.open_growing(at, item)
            draft.grow(at, quantity, value)

    def _asset(self, draft: Draft, line: OpeningAsset, field: str) -> None:
        known = draft.asset(line.code)
        if known is not None and known.ended is None:
            draft.refuse(field, "asset-exists", asset=line.code)
        place(
            draft,
            Asset(
                line.code,
                line.name,
                line.account,
                line.cost,
                line.accumulated,
                line.acquired,
                line.life_months,
                draft.facts.next_sequence,
            ),
        )
