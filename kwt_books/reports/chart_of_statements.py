"""Where each account stands in the statements, and which note says more about it.

Accounts that a group adds fall in with those of their type and the first digits of their code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum, StrEnum

from kwt_books.domain.accounts import (
    FUNDS,
    MEMBER_RECEIVABLE,
    SHOP_RECEIVABLE,
    SHORTAGE,
    SURPLUS,
    TRADE_RECEIVABLE,
    Account,
    AccountType,
    Side,
)
from kwt_books.i18n.catalogue import noop

RESTRICTED_CASH = "1104"
HELD_FOR_OTHERS = ("2104", "2105")
DEPRECIATION = "6109"


class Note(IntEnum):
    """Numbers of the notes; the statements refer to them."""

    GENERAL = 1
    COMPLIANCE = 2
    POLICIES = 3
    CASH = 4
    RECEIVABLES = 5
    INVENTORIES = 6
    FIXED_ASSETS = 7
    LIABILITIES = 8
    CAPITAL = 9
    FUNDS = 10
    REVENUE = 11
    SPOILAGE = 12
    SHORTAGES = 13
    TAX = 14


class Part(StrEnum):
    """Parts of the statement of financial position, by their stable codes."""

    CASH = "group_cash"
    RESTRICTED_CASH = RESTRICTED_CASH
    RECEIVABLES = "receivables"
    INVENTORIES = "inventories"
    OTHER_CURRENT = "other_current_assets"
    FIXED_ASSETS = "fixed_assets"
    DEPRECIATION = "accumulated_depreciation"
    LIABILITIES = "liabilities"
    EQUITY = "equity"
    RESULT = "current_profit"


NOTE_OF_PART: Mapping[Part, Note] = {
    Part.CASH: Note.CASH,
    Part.RESTRICTED_CASH: Note.CASH,
    Part.RECEIVABLES: Note.RECEIVABLES,
    Part.INVENTORIES: Note.INVENTORIES,
    Part.OTHER_CURRENT: Note.RECEIVABLES,
    Part.FIXED_ASSETS: Note.FIXED_ASSETS,
    Part.DEPRECIATION: Note.FIXED_ASSETS,
    Part.LIABILITIES: Note.LIABILITIES,
    Part.RESULT: Note.FUNDS,
}
NOTE_OF_RESULT: Mapping[str, Note] = {
    DEPRECIATION: Note.FIXED_ASSETS,
    SHORTAGE: Note.SHORTAGES,
}
"""Accounts of profit and loss that a note of their own explains."""

CAPTIONS: Mapping[str, str] = {
    TRADE_RECEIVABLE: noop("Trade receivables"),
    SHOP_RECEIVABLE: noop("Consignment receivables"),
    MEMBER_RECEIVABLE: noop("Receivables from members"),
    "1141": noop("Advances"),
}
"""What the statement of financial position calls an account, if not by its name."""


def part_of(account: Account) -> Part:
    """The part of the position that the account's balance stands in."""
    if account.type is AccountType.ASSET:
        return _asset_part(account)
    if account.type is AccountType.LIABILITY:
        return Part.LIABILITIES
    return Part.EQUITY if account.type is AccountType.EQUITY else Part.RESULT


def _asset_part(account: Account) -> Part:
    code = account.code
    if code == RESTRICTED_CASH:
        return Part.RESTRICTED_CASH
    if account.cash:
        return Part.CASH
    if code.startswith("111"):
        return Part.RECEIVABLES
    if code.startswith(("112", "113")):
        return Part.INVENTORIES
    if code.startswith("12"):
        return Part.DEPRECIATION if account.normal is Side.CREDIT else Part.FIXED_ASSETS
    return Part.OTHER_CURRENT


def note_of_equity(code: str, funds: Iterable[str]) -> Note:
    """Savings and grants in one note; funds and what is left of profit in another."""
    return Note.FUNDS if code == SURPLUS or code in FUNDS or code in funds else Note.CAPITAL


def sign_of(account: Account) -> int:
    """What a debit-positive balance is multiplied by for its reader.

    Assets, costs and expenses are positive by their debit, liabilities, equity and income by
    their credit: accumulated depreciation and discounts come out negative. Other income and
    other expenses are both positive, each by its normal side.
    """
    if account.type is AccountType.OTHER:
        return -1 if account.normal is Side.CREDIT else 1
    credit = (AccountType.LIABILITY, AccountType.EQUITY, AccountType.INCOME)
    return -1 if account.type in credit else 1
