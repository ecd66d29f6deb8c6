"""The first start: usual goods, the answers to the first questions, and the book made of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kwt_books.domain.access import Person, Role
from kwt_books.domain.accounts import (
    ACCUMULATED,
    CLASS_ACCOUNTS,
    CONSIGNED,
    GROWING,
    LOAN,
    MEMBER_RECEIVABLE,
    PAYABLE,
    SAVINGS,
    SHOP_RECEIVABLE,
    SURPLUS,
    TRADE_RECEIVABLE,
    Account,
    AccountType,
)
from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.opening import (
    OpeningAsset,
    OpeningBalance,
    OpeningBatch,
    OpeningParty,
    OpeningStock,
)
from kwt_books.domain.documents.registry import parse_command
from kwt_books.domain.documents.setup import AccountSetup, Group, Item, Party, Programme, Recipe
from kwt_books.domain.errors import Issue
from kwt_books.domain.posting import SHOP, STORE
from kwt_books.domain.suggested import code_for, own_accounts
from kwt_books.domain.values import half_up, month_of, months_between, shift
from kwt_books.services.people import FirstPeople, Newcomer
from kwt_books.services.recorder import Recorder
from kwt_books.store.state import BookState


@dataclass(frozen=True, slots=True)
class Beginning:
    """The entries a book begins with, in the order in which they are recorded, and its people.

    Without `people` nobody signs in.
    """

    commands: Sequence[Command]
    people: Sequence[Newcomer] = ()


@dataclass(frozen=True, slots=True)
class Begun:
    """What came of a beginning."""

    opening: str | None
    """The number of the last document."""
    recovery_key: str | None
    """Told this once; None where nobody signs in."""


def begin_book(
    state: BookState, beginning: Beginning, who: Person, clock: Callable[[], datetime]
) -> Begun:
    """Records a beginning on the state of a new book, in the name of its chair if it has one.

    Raises `RefusedAt` for the first entry that can't be recorded.
    """
    first = FirstPeople(beginning.people) if beginning.people else None
    chairs = [person.name for person, _ in beginning.people if person.leads]
    name = chairs[0] if chairs else who.name
    recorder = Recorder(state, Person(name, Role.CHAIR), clock, free=True)
    opening = None
    for recorded in recorder.record_each(beginning.commands):
        opening = recorded.number or opening
    if first is not None:
        first.enter(state, recorder)
    return Begun(opening, first.key if first is not None else None)


# -- Usual goods, to be ticked when a book begins -------------------------------------------------


SOLD = ("produce", "seedling", "finished")
"""Classes of goods that the group sells; the others are used up."""


@dataclass(frozen=True, slots=True)
class UsualGoods:
    """Goods that groups of this kind usually have, by code, in the order in which they are offered.

    Recipes are by the code of what they make.
    """

    items: Mapping[str, Item]
    recipes: Mapping[str, Recipe]
    needs: Mapping[str, tuple[str, ...]]
    """What is bought for each, beside what its recipe says."""

    @property
    def sold(self) -> list[Item]:
        """The goods that are for sale."""
        return [item for item in self.items.values() if item.item_class in SOLD]

    def needed(self, sold: Iterable[str]) -> list[str]:
        """Codes of everything that growing and making `sold` takes, without `sold` itself."""
        wanted = list(dict.fromkeys(sold))
        found: dict[str, None] = {}
        for code in wanted:
            recipe = self.recipes.get(code)
            parts = [each.item for each in recipe.inputs] if recipe is not None else []
            for need in (*parts, *self.needs.get(code, ())):
                found[need] = None
        grown = [code for code in found if code in self.needs and code not in wanted]
        for code in grown:  # what a recipe takes is grown too
            found |= dict.fromkeys(self.needs[code])
        return [code for code in self.items if code in found and code not in wanted]


def usual_goods(resources: Path) -> UsualGoods:
    """The usual goods, read from `usual_goods.json`."""
    text = (resources / "usual_goods.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    items: list[Item] = [_made("item", raw) for raw in read["items"]]
    recipes: list[Recipe] = [_made("recipe", raw) for raw in read["recipes"]]
    return UsualGoods(
        {item.code: item for item in items},
        {recipe.output: recipe for recipe in recipes},
        {code: tuple(needs) for code, needs in read["needs"].items()},
    )


def _made(kind: str, raw: dict[str, object]) -> Any:
    issues: list[Issue] = []
    made = parse_command({"kind": kind, **raw}, issues)
    assert made is not None, issues
    return made


# -- The first questions, and the entries that the answers make -----------------------------------


_OWED = {
    "shop": (SHOP_RECEIVABLE, 1),
    "customer": (TRADE_RECEIVABLE, 1),
    "member": (MEMBER_RECEIVABLE, 1),
    "supplier": (PAYABLE, -1),
    "agency": (LOAN, -1),
}
"""By role: the account of what is owed, and the sign of it there."""


@dataclass(frozen=True, slots=True)
class Good:
    """Something sold: a usual one by its code, or one of the group's own without."""

    name: str
    unit: str
    item_class: str
    price: int | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """A shop, buyer or member and what it owes, or a supplier and what it is owed; rupiah."""

    name: str
    role: str
    owed: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A member and the savings by kind (principal, mandatory, voluntary), in rupiah."""

    name: str
    savings: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Stock:
    """Goods that stand in the store, or at the shop named `shop`; thousandths and rupiah."""

    item: str
    quantity: int
    value: int
    shop: str = ""
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """A house, tool or machine, with what it cost in rupiah and how many years it lasts."""

    name: str
    account: str
    cost: int
    acquired: date
    years: int


@dataclass(frozen=True, slots=True)
class Answers:
    """What is asked when a book begins. All amounts are positive, what is owed too; rupiah."""

    group: Group
    start: date
    goods: Sequence[Good] = ()
    partners: Sequence[Partner] = ()
    members: Sequence[Member] = ()
    money: Mapping[str, int] = field(default_factory=dict)
    """By account: cash and bank, money held for others, loans, capital, funds."""
    stock: Sequence[Stock] = ()
    growing: Sequence[Stock] = ()
    """Seedlings that are not ready yet."""
    things: Sequence[Thing] = ()
    people: Sequence[Newcomer] = ()


class FirstEntries:
    """The entries that answers to the first questions make; nothing is recorded.

    Whatever is not explained by debts, savings and funds is the group's surplus so far. `items` and
    `parties` are those that the book has already.
    """

    def __init__(
        self,
        answers: Answers,
        usual: UsualGoods,
        accounts: Mapping[str, Account],
        items: Mapping[str, Item] | None = None,
        parties: Mapping[str, Party] | None = None,
    ) -> None:
        self._answers, self._usual = answers, usual
        self.accounts = dict(accounts)
        self.programmes: dict[str, Programme] = {}
        self.new_accounts: list[AccountSetup] = []
        self.items = {**(items or {}), **self._items()}
        self.recipes = self._recipes()
        self.parties: dict[str, Party] = dict(parties or {})
        self._there = frozenset(self.parties)
        for partner in answers.partners:
            self._party(partner.name, partner.role)
        for member in answers.members:
            self._party(member.name, "member")
        self.balances = self._balances()

    @property
    def surplus(self) -> int:
        """What the group is worth beyond savings, capital and funds; rupiah."""
        return -self.balances.get(SURPLUS, 0)

    def beginning(self) -> Beginning:
        """All entries, in the order in which they are recorded, and the people."""
        return Beginning(
            (
                self._answers.group,
                *self.new_accounts,
                *self.items.values(),
                *self.recipes,
                *self.new_parties,
                *self._first_document(),
            ),
            self._answers.people,
        )

    def _first_document(self) -> tuple[OpeningBalance, ...]:
        """The opening balance; none where it is empty, so that one can still be recorded later."""
        opening = self.opening()
        return (opening,) if opening.balances or opening.stock or opening.batches else ()

    # -- what there is -----------------------------------------------------------------------

    def _items(self) -> dict[str, Item]:
        found: dict[str, Item] = {}
        for good in self._answers.goods:
            item = self._usual.items.get(good.code)
            if item is not None:
                found[item.code] = replace(item, price=good.price)
            else:
                made = self._own(good, found)
                found[made.code] = made
        for code in self._usual.needed(found):
            found.setdefault(code, self._usual.items[code])
        return found

    def _own(self, good: Good, taken: Mapping[str, Item]) -> Item:
        """A good of the group's own; a product gets its own lines in the reports."""
        sales = cost = None
        if good.item_class == "finished":
            made = own_accounts(good.name, good.name, {*self.accounts, *self._new_codes()})
            self.new_accounts += made
            sales, cost = (each.code for each in made)
        return Item(
            code=code_for(good.name, {*taken, *self._usual.items}),
            name=good.name,
            unit=good.unit,
            item_class=good.item_class,
            price=good.price,
            sales_account=sales,
            cost_account=cost,
        )

    def _new_codes(self) -> Iterable[str]:
        return (each.code for each in self.new_accounts)

    def _recipes(self) -> list[Recipe]:
        return [each for output, each in self._usual.recipes.items() if output in self.items]

    @property
    def new_parties(self) -> tuple[Party, ...]:
        """The parties that the answers name and the book has not."""
        return tuple(each for code, each in self.parties.items() if code not in self._there)

    def _party(self, name: str, role: str) -> None:
        if any(_is_called(each, name, role) for each in self.parties.values()):
            return
        code = code_for(name, self.parties)
        self.parties[code] = Party(code=code, name=name, role=role)

    def _code_of(self, name: str, role: str) -> str:
        return next(each.code for each in self.parties.values() if _is_called(each, name, role))

    # -- the opening -------------------------------------------------------------------------

    def opening(self) -> OpeningBalance:
        """The opening balance of the answers."""
        answers = self._answers
        return OpeningBalance(
            id="saldo-awal",
            date=answers.start,
            balances={code: amount for code, amount in self.balances.items() if amount},
            parties=tuple(self._by_party()),
            stock=tuple(
                OpeningStock(
                    item=each.item,
                    qty=each.quantity,
                    value=each.value,
                    place=self._place(each),
                    expires=each.expires,
                )
                for each in answers.stock
            ),
            batches=tuple(
                OpeningBatch(batch=name, item=each.item, qty=each.quantity, value=each.value)
                for name, each in zip(self._batch_names(), answers.growing, strict=True)
            ),
            assets=tuple(self._assets()),
        )

    def _place(self, stock: Stock) -> str:
        return SHOP + self._code_of(stock.shop, "shop") if stock.shop else STORE

    def _batch_names(self) -> list[str]:
        stem = f"SM-{self._answers.start:%m%d}"
        return [
            stem if number == 1 else f"{stem}-{number}"
            for number in range(1, len(self._answers.growing) + 1)
        ]

    def _by_party(self) -> Iterable[OpeningParty]:
        for each in self._answers.partners:
            if each.owed:
                account, sign = _OWED[each.role]
                code = self._code_of(each.name, each.role)
                yield OpeningParty(party=code, account=account, amount=sign * each.owed)
        for member in self._answers.members:
            for kind, amount in member.savings.items():
                if amount:
                    code = self._code_of(member.name, "member")
                    yield OpeningParty(party=code, account=SAVINGS[kind], amount=-amount)

    def _assets(self) -> Iterable[OpeningAsset]:
        """Written off by a straight line up to the month before the book begins."""
        codes: dict[str, int] = defaultdict(int)
        for thing in self._answers.things:
            codes[thing.account] += 1
            yield OpeningAsset(
                code=f"{thing.account}-{codes[thing.account]}",
                name=thing.name,
                account=thing.account,
                cost=thing.cost,
                accumulated=_written_off(thing, self._answers.start),
                acquired=thing.acquired,
                life_months=thing.years * 12,
            )

    def _balances(self) -> dict[str, int]:
        answers, sums = self._answers, defaultdict[str, int](int)
        for code, amount in answers.money.items():
            sums[code] += amount * _sign(self.accounts[code])
        for line in self._by_party():
            sums[line.account] += line.amount
        for stock in answers.stock:
            kind = self.items[stock.item].item_class
            sums[CONSIGNED if stock.shop else CLASS_ACCOUNTS[kind]] += stock.value
        for plants in answers.growing:
            sums[GROWING] += plants.value
        for asset in self._assets():
            sums[asset.account] += asset.cost
            sums[ACCUMULATED[asset.account]] -= asset.accumulated
        sums[SURPLUS] -= sum(sums.values())
        return dict(sums)


def _is_called(party: Party, name: str, role: str) -> bool:
    """Whether the party has this role and name, whatever the capitals."""
    return party.role == role and party.name.casefold() == name.casefold()


def _sign(account: Account) -> int:
    return 1 if account.type is AccountType.ASSET else -1


def _written_off(thing: Thing, start: date) -> int:
    """As a depreciation run would have it (STREAM.md, depreciation)."""
    until = shift(month_of(start), -1)
    months = max(0, months_between(month_of(thing.acquired), until))
    return min(thing.cost, half_up(thing.cost * months, thing.years * 12))
