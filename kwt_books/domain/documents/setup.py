"""Setup lines: the group, its accounts, items, parties and recipes (STREAM.md, setup lines)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from kwt_books.domain.access import Role
from kwt_books.domain.accounts import (
    CASH,
    CLASS_ACCOUNTS,
    CLASS_SALES,
    POSTED_TO,
    Account,
    AccountType,
    Side,
    kept_by_detail,
)
from kwt_books.domain.documents.base import Command, Setup, optional, required
from kwt_books.domain.documents.fields import (
    COUNT,
    MONEY,
    QUANTITY,
    AccountCode,
    Choice,
    Code,
    Codec,
    Date,
    Flag,
    ItemCode,
    Many,
    One,
    Shares,
    Text,
    Whole,
)
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts
from kwt_books.domain.posting import SHOP

NAME = Text(longest=200)


def _is_plain(code: str, facts: Facts) -> bool:
    return not kept_by_detail(code)


def _may_be_fund(code: str, facts: Facts) -> bool:
    account = facts.account(code)
    return account is not None and account.type in (AccountType.EQUITY, AccountType.LIABILITY)


FUND_SHARES = Shares(AccountCode(_may_be_fund, "not-a-fund"), Whole(0, 100))
_SALES_ACCOUNT = AccountCode(_is_plain, "kept-by-detail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Umbrella:
    name: str = required(NAME)
    coordinator: str = required(NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionOfficer:
    name: str = required(NAME)
    nip: str = required(NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """How profit is shared, and the decision that says so."""

    decision: str = required(NAME)
    date: dt.date = required(Date())
    shares: Mapping[str, int] = required(FUND_SHARES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Setup):
    kind: ClassVar[str] = "group"
    keyed_by: ClassVar[str] = ""
    name: str = required(NAME)
    village: str = required(NAME)
    district: str = required(NAME)
    city: str = required(NAME)
    chair: str = required(NAME)
    treasurer: str = required(NAME)
    umbrella: Umbrella = required(One(Umbrella))
    extension_officer: ExtensionOfficer | None = optional(One(ExtensionOfficer))
    language: str = required(Choice(("id", "en")))
    paper: str = required(Choice(("A4", "F4")))
    allocation: Allocation = required(One(Allocation))


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSetup(Setup):
    kind: ClassVar[str] = "account"
    code: str = required(Code())
    name: str = required(NAME)
    name_en: str = required(NAME)
    type: AccountType = required(Choice(AccountType, AccountType))
    normal: Side = required(Choice(Side, Side))
    cash: bool = optional(Flag(), False)
    lkm_code: str | None = optional(Code())

    def check(self, facts: Facts) -> Iterator[Issue]:
        if self.cash and (self.type is not AccountType.ASSET or kept_by_detail(self.code)):
            yield Issue("cash", "cash-not-asset", {"account": self.code})
        known = facts.account(self.code)
        if known is None:
            return
        same = (known.type, known.normal) == (self.type, self.normal)
        same_cash = known.cash == (self.cash or self.code in CASH)
        if not (same and same_cash) and (
            self.code in POSTED_TO or kept_by_detail(self.code) or facts.account_used(self.code)
        ):
            yield Issue("type", "account-in-use", {"account": self.code})

    def account(self) -> Account:
        cash = self.cash or self.code in CASH
        return Account(
            self.code, self.name, self.name_en, self.type, self.normal, cash, self.lkm_code
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Setup):
    """Something grown, bought, made or sold. Prices are rupiah for one unit."""

    kind: ClassVar[str] = "item"
    code: str = required(Code())
    name: str = required(NAME)
    unit: str = required(Text(longest=40))
    item_class: str = required(Choice(CLASS_ACCOUNTS), key="class")
    price: int | None = optional(MONEY)
    standard_cost: int | None = optional(MONEY)
    shelf_life_days: int | None = optional(COUNT)
    sales_account: str | None = optional(_SALES_ACCOUNT)
    cost_account: str | None = optional(_SALES_ACCOUNT)

    def check(self, facts: Facts) -> Iterator[Issue]:
        if self.item_class == "finished":
            for field in ("sales_account", "cost_account"):
                if getattr(self, field) is None:
                    yield Issue(field, "finished-needs-accounts", {"item": self.code})
        known = facts.item(self.code)
        if known and known.item_class != self.item_class and facts.item_used(self.code):
            yield Issue("class", "item-in-use", {"item": self.code})

    @property
    def sells_to(self) -> str | None:
        return self.sales_account or CLASS_SALES.get(self.item_class, (None, None))[0]

    @property
    def costs_to(self) -> str | None:
        return self.cost_account or CLASS_SALES.get(self.item_class, (None, None))[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Setup):
    kind: ClassVar[str] = "party"
    code: str = required(Code())
    name: str = required(NAME)
    role: str = required(Choice(("shop", "supplier", "customer", "member", "agency")))
    phone: str | None = optional(Text(longest=60, may_be_empty=True))
    address: str | None = optional(Text(longest=400, may_be_empty=True))

    def check(self, facts: Facts) -> Iterator[Issue]:
        known = facts.party(self.code)
        if (
            known is not None
            and known.role == "shop" != self.role
            and facts.stands_at(SHOP + self.code)
        ):
            yield Issue("role", "shop-holds-goods", {"party": self.code})


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeInput:
    item: str = required(ItemCode())
    qty: int = required(QUANTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe(Setup):
    kind: ClassVar[str] = "recipe"
    code: str = required(Code())
    output: str = required(ItemCode())
    yields: int = required(QUANTITY, key="yield")
    inputs: tuple[RecipeInput, ...] = required(Many(RecipeInput))


# -- The people of a book: who they are and what they may do. Their passwords stand elsewhere ----


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSetup(Setup):
    """User who signs in. The name is who they are: everything they record bears it."""

    kind: ClassVar[str] = "person"
    keyed_by: ClassVar[str] = "name"
    name: str = required(Code())
    role: Role = required(Choice(Role, Role))
    active: bool = optional(Flag(), True)

    @property
    def leads(self) -> bool:
        return self.active and self.role is Role.CHAIR

    def check(self, facts: Facts) -> Iterator[Issue]:
        others = [each for each in facts.people() if each.name != self.name]
        if any(each.name.casefold() == self.name.casefold() for each in others):
            yield Issue("name", "person-alike", {"name": self.name})
        if not self.leads and not any(each.leads for each in others):
            yield Issue("active" if not self.active else "role", "chair-needed")


# ------------------------------------------------------------------------------------------------
# The kinds of set-up entry by their name in the stream: all that a book's opening has to read.
#
# They stand apart from `registry`, whose many kinds of document a start has no time to define.


SETUPS: tuple[type[Command], ...] = (Group, AccountSetup, Item, Party, Recipe, PersonSetup)

SETUP_CODECS: dict[str, Codec[Command]] = {each.kind: Codec(each) for each in SETUPS}
