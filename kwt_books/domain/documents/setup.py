"""Setup lines (STREAM.md): group, accounts, items, parties, recipes, people, programmes, plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from kwt_books.domain.access import Role
from kwt_books.domain.accounts import (
    CASH,
    CLASS_ACCOUNTS,
    CLASS_SALES,
    POSTED_TO,
    PROGRAMME_MONEY,
    SAVED,
    SURPLUS,
    Account,
    AccountType,
    Side,
    kept_by_detail,
)
from kwt_books.domain.documents.base import Setup, listed, optional, required
from kwt_books.domain.documents.fields import (
    COUNT,
    MONEY,
    QUANTITY,
    YEAR,
    AccountCode,
    Choice,
    Code,
    Date,
    Flag,
    Issues,
    ItemCode,
    Many,
    One,
    PartyCode,
    Path,
    Shares,
    Text,
    Whole,
    wrong,
)
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts
from kwt_books.domain.posting import SHOP

NAME = Text(longest=200)


_NEVER_SHARED_TO = frozenset({PROGRAMME_MONEY, SURPLUS}) | SAVED


def _may_be_fund(code: str, facts: Facts) -> bool:
    """Equity or a liability, but not programme money, savings or profit not yet shared."""
    account = facts.account(code)
    fitting = account is not None and account.type in (AccountType.EQUITY, AccountType.LIABILITY)
    return fitting and code not in _NEVER_SHARED_TO


def _is_income(code: str, facts: Facts) -> bool:
    account = facts.account(code)
    return account is not None and account.type is AccountType.INCOME


def _is_cost(code: str, facts: Facts) -> bool:
    account = facts.account(code)
    return account is not None and account.type is AccountType.COST


FUND_SHARES = Shares(AccountCode(_may_be_fund, "not-a-fund"), Whole(0, 100))
_SALES_ACCOUNT = AccountCode(_is_income, "not-income")
_COST_ACCOUNT = AccountCode(_is_cost, "not-a-cost")
PROFIT, BEFORE_FUND_SPENDING = "profit", "before_fund_spending"
"""What is shared: the profit, or the profit before what was spent of funds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Umbrella:
    """The programme or body that a group belongs to, and who coordinates it."""

    name: str = required(NAME)
    coordinator: str = required(NAME)


NO_NIP = "-"
"""Stands for the NIP of an officer who has none, as in letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionOfficer:
    """The agricultural extension officer (PPL) of the group; the NIP is `NO_NIP` without one."""

    name: str = required(NAME)
    nip: str = required(NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """How profit is shared, and the decision that says so."""

    decision: str = required(NAME)
    date: dt.date = required(Date())
    shares: Mapping[str, int] = required(FUND_SHARES)
    basis: str | None = optional(Choice((PROFIT, BEFORE_FUND_SPENDING)))

    @property
    def before_fund_spending(self) -> bool:
        """Whether profit is shared before what was spent from funds is taken off."""
        return self.basis == BEFORE_FUND_SPENDING


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Setup):
    """Who keeps the book: names, places, language, paper, and how profit is shared."""

    kind: ClassVar[str] = "group"
    keyed_by: ClassVar[str] = ""
    name: str = required(NAME)
    village: str = required(NAME)
    district: str = required(NAME)
    city: str = required(NAME)
    chair: str = required(NAME)
    treasurer: str = required(NAME)
    village_kind: str | None = optional(Choice(("desa", "kelurahan")))
    umbrella: Umbrella | None = optional(One(Umbrella))
    extension_officer: ExtensionOfficer | None = optional(One(ExtensionOfficer))
    language: str = required(Choice(("id", "en")))
    paper: str = required(Choice(("A4", "F4")))
    allocation: Allocation | None = optional(One(Allocation))

    @property
    def shares(self) -> Mapping[str, int]:
        """How profit is shared; nothing where nobody has decided."""
        return self.allocation.shares if self.allocation is not None else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSetup(Setup):
    """An account added or changed."""

    kind: ClassVar[str] = "account"
    code: str = required(Code())
    name: str = required(NAME)
    name_en: str = required(NAME)
    type: AccountType = required(Choice(AccountType, AccountType))
    normal: Side = required(Choice(Side, Side))
    cash: bool = optional(Flag(), False)
    lkm_code: str | None = optional(Code())

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Cash accounts are assets; what kind of account it is stays, once it is used."""
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
        """The account as the rules see it."""
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
    cost_account: str | None = optional(_COST_ACCOUNT)

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Finished goods name their accounts; the class stays, once the item is used."""
        if self.item_class == "finished":
            for field in ("sales_account", "cost_account"):
                if getattr(self, field) is None:
                    yield Issue(field, "finished-needs-accounts", {"item": self.code})
        known = facts.item(self.code)
        if known and known.item_class != self.item_class and facts.item_used(self.code):
            yield Issue("class", "item-in-use", {"item": self.code})

    @property
    def sells_to(self) -> str | None:
        """The account its sales go to; None where it is not for sale."""
        return self.sales_account or CLASS_SALES.get(self.item_class, (None, None))[0]

    @property
    def costs_to(self) -> str | None:
        """The account the cost of its sales goes to; None where it is not for sale."""
        return self.cost_account or CLASS_SALES.get(self.item_class, (None, None))[1]


PARTY_ROLES = ("shop", "supplier", "customer", "member", "agency", "resident")


def left_by(left: dt.date | None, day: dt.date) -> bool:
    """Whether somebody who left then, or not at all, has left by the end of a day."""
    return left is not None and left <= day


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Setup):
    """Somebody outside or a member: who they are, and the role in which documents name them."""

    kind: ClassVar[str] = "party"
    code: str = required(Code())
    name: str = required(NAME)
    role: str = required(Choice(PARTY_ROLES))
    phone: str | None = optional(Text(longest=60, may_be_empty=True))
    address: str | None = optional(Text(longest=400, may_be_empty=True))
    born: dt.date | None = optional(Date(1900))
    sex: str | None = optional(Choice(("L", "P")))
    work: str | None = optional(Text(longest=200, may_be_empty=True))
    joined: dt.date | None = optional(Date(1900))
    left: dt.date | None = optional(Date(1900))

    def has_left(self, day: dt.date) -> bool:
        """Whether it has left the group by a day."""
        return left_by(self.left, day)

    def belongs(self, day: dt.date) -> bool:
        """Whether it belongs to the group at the end of a day."""
        return (self.joined is None or self.joined <= day) and not self.has_left(day)

    def check(self, facts: Facts) -> Iterator[Issue]:
        """A shop that still holds goods stays a shop."""
        known = facts.party(self.code)
        if (
            known is not None
            and known.role == "shop" != self.role
            and facts.stands_at(SHOP + self.code)
        ):
            yield Issue("role", "shop-holds-goods", {"party": self.code})


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeInput:
    """What goes into one batch, in thousandths."""

    item: str = required(ItemCode())
    qty: int = required(QUANTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe(Setup):
    """What one batch of a product takes and yields. It fills in forms; no rule asks for it."""

    kind: ClassVar[str] = "recipe"
    code: str = required(Code())
    output: str = required(ItemCode())
    yields: int = required(QUANTITY, key="yield")
    inputs: tuple[RecipeInput, ...] = required(Many(RecipeInput))


# -- People: who signs in and what they may do; their passwords are kept beside the chain ---------


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSetup(Setup):
    """Somebody who signs in, known by name: everything they record bears it."""

    kind: ClassVar[str] = "person"
    keyed_by: ClassVar[str] = "name"
    name: str = required(Code())
    role: Role = required(Choice(Role, Role))
    active: bool = optional(Flag(), True)

    @property
    def leads(self) -> bool:
        """Whether this is a chair who may sign in."""
        return self.active and self.role is Role.CHAIR

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Names differ by more than capitals, and a chair who may sign in is left."""
        others = [each for each in facts.people() if each.name != self.name]
        if any(each.name.casefold() == self.name.casefold() for each in others):
            yield Issue("name", "person-alike", {"name": self.name})
        if not self.leads and not any(each.leads for each in others):
            yield Issue("active" if not self.active else "role", "chair-needed")


# -- Programmes with their budgets, and the group's plan for a year -------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine:
    """A line of a programme's budget (RAB)."""

    line: str = required(Code())
    name: str = required(NAME)
    section: str | None = optional(NAME)
    qty: int | None = optional(QUANTITY)
    unit: str | None = optional(Text(longest=40))
    amount: int = required(MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Setup):
    """Money given for a purpose (STREAM.md, programme). What is left of it is on 2110."""

    kind: ClassVar[str] = "programme"
    code: str = required(Code())
    name: str = required(NAME)
    party: str | None = optional(PartyCode())
    since: dt.date | None = optional(Date(), key="from")
    until: dt.date | None = optional(Date())
    budget: tuple[BudgetLine, ...] = listed(Many(BudgetLine, 0))

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Lines of the budget have names of their own; those that documents name stay."""
        lines: set[str] = set()
        for place, each in enumerate(self.budget):
            if each.line in lines:
                yield Issue(f"budget.{place}.line", "budget-line-twice", {"line": each.line})
            lines.add(each.line)
        if facts.programme(self.code) is not None:
            for gone in sorted(facts.budget_lines_used(self.code) - lines):
                yield Issue("budget", "budget-line-used", {"line": gone})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAmount:
    """What is planned on an account for the year; rupiah."""

    account: str = required(AccountCode())
    amount: int = required(MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget(Setup):
    """The group's plan for a year; a newer one of the same year replaces it."""

    kind: ClassVar[str] = "budget"
    keyed_by: ClassVar[str] = "year"
    year: int = required(YEAR)
    decision: str | None = optional(NAME)
    lines: tuple[PlannedAmount, ...] = required(Many(PlannedAmount))


class ProgrammeCode(Code):
    """A programme that is set up."""

    refers: ClassVar[bool] = True

    def refer(self, value: object, facts: Facts, path: Path, issues: Issues) -> None:
        """Refuses (`unknown-programme`) what is not set up."""
        if facts.programme(str(value)) is None:
            wrong(issues, path, "unknown-programme", programme=value)


def one_purse(fund: str | None, programme: str | None) -> Iterator[Issue]:
    """Yields what is wrong where both a fund and a programme are to pay."""
    if fund is not None and programme is not None:
        yield Issue("programme", "fund-or-programme", {})


def of_budget(
    facts: Facts, programme: str | None, named: Iterable[tuple[str, str | None]]
) -> Iterator[Issue]:
    """Yields what is wrong with budget lines that are not of the programme that pays.

    `named`: pairs of a field and the budget line it names, or None.
    """
    known = facts.programme(programme) if programme is not None else None
    lines = {each.line for each in known.budget} if known is not None else set()
    for field, line in named:
        if line is not None and programme is None:
            yield Issue(field, "budget-without-programme", {"line": line})
        elif line is not None and line not in lines:
            yield Issue(field, "unknown-budget-line", {"line": line, "programme": programme})
