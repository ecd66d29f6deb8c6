"""The picker of a party, which also takes a new name to be set up on saving; and accounts by their
everyday names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from kwt_books.domain.accounts import (
    DEPRECIATION,
    SAVINGS,
    SHARED_PRODUCE,
    Account,
    AccountType,
    Side,
    kept_by_detail,
)
from kwt_books.domain.documents.setup import Party
from kwt_books.domain.errors import InvalidDocument
from kwt_books.domain.suggested import code_for
from kwt_books.i18n.catalogue import Translator, noop_plural
from kwt_books.queries.money import CLAIMS
from kwt_books.queries.overview import SetupData
from kwt_books.services.explain import explain
from kwt_books.services.recorder import normal
from ui.kit.look import UiContext
from ui.kit.picker import Picker


class PartyPicker(Picker):
    """Picks a party, or takes a new name; a party of that name would get the `role`."""

    def __init__(self, ui: UiContext, role: str) -> None:
        super().__init__(ui, required=False)
        self.role = role
        self._waits = ""
        self._codes: frozenset[str] = frozenset()

    def learn(self, setup: SetupData, first: Iterable[str]) -> None:
        """Offers the book's parties by name, those of the roles `first` first."""
        rank = {role: place for place, role in enumerate(first)}
        parties = sorted(
            setup.parties.values(),
            key=lambda each: (rank.get(each.role, len(rank)), each.name.casefold()),
        )
        self._codes = frozenset(setup.parties)
        typed = self.new_name or self._waits
        self.set_choices([(each.code, each.name) for each in parties])
        if typed:
            self.type_name(typed)

    @property
    def new_name(self) -> str:
        """The name typed where no party has it; else empty."""
        typed = " ".join(self._text.split()) if self._picked() is None else ""
        return "" if typed.casefold() in self._shared else typed

    def type_name(self, name: str) -> None:
        """Fills in a name as if it had been typed."""
        self._edit.setText(name)
        self.settle()
        self.changed.emit()

    def value(self) -> str | None:
        """The code of the party picked, or of the one to be set up; None where it is empty."""
        made = self.new_party()
        return made.code if made is not None else super().value()

    def new_party(self) -> Party | None:
        """The party to be set up first; None where a known one was picked, or nobody."""
        name = self.new_name
        return Party(code=code_for(name, self._codes), name=name, role=self.role) if name else None

    # -- as an input -----------------------------------------------------------------------

    def problem(self) -> str:
        """What is wrong, in words, with the choice or the new party; empty where nothing is."""
        made = self.new_party()
        if made is None:
            return super().problem()
        try:
            normal(made)
        except InvalidDocument as refused:
            return explain(refused.issues[0], None, self._ui.t, self._ui.formats)
        return ""

    def state(self) -> object:
        """What a draft keeps: the new name, else the choice."""
        name = self.new_name
        return {"name": name} if name else super().state()

    def set_value(self, value: Any) -> None:
        """Chooses a party by its code, or fills in what `state` gave."""
        match value:
            case {"name": str(name)}:
                self._waits = name
                self.type_name(name)
            case _:
                self._waits = ""
                super().set_value(value)


MEMBERS = noop_plural("{n} member", "{n} members")
MEMBERS_LEFT = noop_plural("{n} has left", "{n} have left")


def who_belongs(
    t: Translator,
    parties: Iterable[Party],
    day: date,
    here: tuple[str, str],
    gone: tuple[str, str],
) -> str:
    """How many of them belong to the group on a day, and how many have left by then, in the words
    of `here` and `gone`.
    """
    known = tuple(parties)
    left = sum(each.has_left(day) for each in known)
    said = [t.ngettext(*here, sum(each.belongs(day) for each in known))]
    return " · ".join([*said, t.ngettext(*gone, left)] if left else said)


def since_when_left(ui: UiContext, party: Party, day: date) -> str:
    """`keluar 5 Nov`, of a house `pindah 5 Nov`; empty where it has not left by a day."""
    if party.left is None or not party.has_left(day):
        return ""
    left = ui.short_day(party.left)
    resident = party.role == "resident"
    return ui.t("moved out {day}", day=left) if resident else ui.t("left {day}", day=left)


# -- Everyday names of accounts, and which of them money is paid for or received for -------------


_DAILY = ("6104", "6103", "6101", "6102", "6105", "6106")
"""Expenses paid nearly every month, which come first."""
_OWN_FORMS = frozenset({DEPRECIATION, SHARED_PRODUCE, *SAVINGS.values()})
"""Accounts that only other documents post to."""
_PAYABLE_TYPES = (
    AccountType.EXPENSE,
    AccountType.OTHER,
    AccountType.TAX,
    AccountType.LIABILITY,
    AccountType.ASSET,
    AccountType.COST,
)
_EARNED_TYPES = (
    AccountType.ASSET,
    AccountType.OTHER,
    AccountType.LIABILITY,
    AccountType.INCOME,
)
_PREFIX = "Beban "


def account_name(ui: UiContext, account: Account) -> str:
    """The account's name in the language chosen."""
    return account.name_en if ui.language == "en" else account.name


def plain_name(ui: UiContext, account: Account) -> str:
    """The account's name without its class: `Listrik & Air` for `Beban Listrik & Air`."""
    name = account_name(ui, account)
    plain = name.removeprefix(_PREFIX)
    return plain[:1].upper() + plain[1:]


def paid_for(ui: UiContext, setup: SetupData) -> list[tuple[str, str]]:
    """Codes and plain names of the accounts money is paid for, the usual ones first."""
    accounts = [
        each
        for each in _of_types(setup, _PAYABLE_TYPES)
        if each.code not in CLAIMS[:2] and not each.earns_otherwise
    ]
    accounts.sort(key=lambda each: each.code not in _DAILY)
    return [(each.code, plain_name(ui, each)) for each in accounts]


def received_for(ui: UiContext, setup: SetupData) -> list[tuple[str, str]]:
    """Codes and plain names of the accounts money is received for; sales have their own forms."""
    sales = {item.sells_to for item in setup.items.values()}
    accounts = [
        each
        for each in _of_types(setup, _EARNED_TYPES)
        if each.code not in sales
        and (each.type is not AccountType.OTHER or each.earns_otherwise)
        and not (each.type is AccountType.INCOME and each.normal is Side.DEBIT)
    ]
    return [(each.code, plain_name(ui, each)) for each in accounts]


def _of_types(setup: SetupData, types: Sequence[AccountType]) -> Iterable[Account]:
    found = [
        each
        for each in setup.accounts.values()
        if each.type in types
        and not each.cash
        and not kept_by_detail(each.code)
        and each.code not in _OWN_FORMS
    ]
    return sorted(found, key=lambda each: (types.index(each.type), each.code))
