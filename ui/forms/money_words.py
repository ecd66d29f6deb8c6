"""Accounts as people call them, and which of them money is paid to or comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kwt_books.domain.accounts import (
    DEPRECIATION,
    SAVINGS,
    SHARED_PRODUCE,
    Account,
    AccountType,
    Side,
    kept_by_detail,
)
from kwt_books.queries.money import CLAIMS
from kwt_books.queries.overview import SetupData
from ui.kit import Kit

_DAILY = ("6104", "6103", "6101", "6102", "6105", "6106")
"""Paid nearly every month; they stand first."""
_OWN_FORMS = frozenset({DEPRECIATION, SHARED_PRODUCE, *SAVINGS.values()})
"""Accounts that other documents post to: nobody pays them."""
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


def account_name(kit: Kit, account: Account) -> str:
    return account.name_en if kit.language == "en" else account.name


def plain_name(kit: Kit, account: Account) -> str:
    """`Listrik & Air` for `Beban Listrik & Air`."""
    name = account_name(kit, account)
    plain = name.removeprefix(_PREFIX)
    return plain[:1].upper() + plain[1:]


def paid_for(kit: Kit, setup: SetupData) -> list[tuple[str, str]]:
    """What money is paid for, the daily first: codes and plain names."""
    accounts = [
        each
        for each in _of_types(setup, _PAYABLE_TYPES)
        if each.code not in CLAIMS[:2] and not _earns(each)
    ]
    accounts.sort(key=lambda each: each.code not in _DAILY)
    return [(each.code, plain_name(kit, each)) for each in accounts]


def received_for(kit: Kit, setup: SetupData) -> list[tuple[str, str]]:
    """What money comes in for; sales have their own forms, which know of the goods."""
    sales = {item.sells_to for item in setup.items.values()}
    accounts = [
        each
        for each in _of_types(setup, _EARNED_TYPES)
        if each.code not in sales
        and (each.type is not AccountType.OTHER or _earns(each))
        and not (each.type is AccountType.INCOME and each.normal is Side.DEBIT)
    ]
    return [(each.code, plain_name(kit, each)) for each in accounts]


def _earns(account: Account) -> bool:
    return account.type is AccountType.OTHER and account.normal is Side.CREDIT


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
