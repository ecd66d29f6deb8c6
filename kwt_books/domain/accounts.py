"""The chart of accounts: what its codes mean to the rules, and which of them are funds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class AccountType(StrEnum):
    """What an account holds; it decides the statement and the sign in which it is shown."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    COST = "cost"
    EXPENSE = "expense"
    OTHER = "other"
    TAX = "tax"


class Side(StrEnum):
    """The side on which an account's balance normally stands."""

    DEBIT = "debit"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Account:
    """One account of the chart: its code, its name in Indonesian and English, and its type.

    `cash`: documents may receive into it and pay from it. `lkm_code`: its code in the reports to
    the ministry, where it has one.
    """

    code: str
    name: str
    name_en: str
    type: AccountType
    normal: Side
    cash: bool = False
    lkm_code: str | None = None

    @property
    def earns_otherwise(self) -> bool:
        """Whether it is an account of other income."""
        return self.type is AccountType.OTHER and self.normal is Side.CREDIT


STANDING = (AccountType.ASSET, AccountType.LIABILITY, AccountType.EQUITY)
"""The types of the statement of position."""
TEMPORARY = frozenset(
    {
        AccountType.INCOME,
        AccountType.COST,
        AccountType.EXPENSE,
        AccountType.OTHER,
        AccountType.TAX,
    }
)
"""The types that a month's close brings to zero."""

CASH_BOX, SMALL_CASH, BANK = "1101", "1102", "1103"
TILLS = (CASH_BOX, SMALL_CASH)
"""Money in the house, which no bank keeps."""
CASH = frozenset({CASH_BOX, SMALL_CASH, BANK, "1104"})
TRADE_RECEIVABLE, SHOP_RECEIVABLE, MEMBER_RECEIVABLE = "1111", "1112", "1113"
GROWING = "1123"
ADVANCES = "1141"
CONSIGNED = "1130"
PAYABLE = "2101"
DUES, SURPLUS_PAYABLE, SOCIAL_FUND = "2104", "2107", "2111"
TAX_PAYABLE, LOAN = "2108", "2201"
PROGRAMME_MONEY = "2110"
GRANTED_CAPITAL, FUNDED_CAPITAL = "3104", "3105"
SURPLUS = "3301"
GRANT_INCOME = "4201"
DISCOUNT = "4109"
VEGETABLE_COST = "5101"
SPOILAGE = "5105"
COMMISSION, PROMOTION, DEPRECIATION, SHARED_PRODUCE = "6107", "6108", "6109", "6111"
INTEREST, BANK_CHARGES = "7101", "7201"
OVERAGE, SHORTAGE = "7102", "7202"
INCOME_TAX = "8101"
FUNDS = ("3201", "3202", "3203", "3204")
ACCUMULATED = {"1201": "1211", "1202": "1212", "1203": "1213", "1204": "1214"}
"""Each fixed-asset account and the account of its accumulated depreciation."""
SAVINGS = {"principal": "3101", "mandatory": "3102", "voluntary": "2106"}
GRANTS = (GRANTED_CAPITAL, GRANT_INCOME, PROGRAMME_MONEY)
APPROPRIATED = frozenset({SURPLUS_PAYABLE, SOCIAL_FUND})
"""What the yearly meeting may share profit to beside the funds."""

CLASS_ACCOUNTS = {
    "seed": "1121",
    "input": "1122",
    "seedling": "1124",
    "produce": "1125",
    "ingredient": "1126",
    "packaging": "1127",
    "finished": "1129",
}
"""Where the value of an item of each class sits while it is in the store."""

CLASS_SALES = {"produce": ("4101", "5101"), "seedling": ("4104", "5104")}
"""Sales and cost account of the classes that need not name their own."""

POSTED_TO = frozenset(
    {
        *CASH, TRADE_RECEIVABLE, SHOP_RECEIVABLE, PAYABLE, DUES, SURPLUS, FUNDED_CAPITAL, *FUNDS,
        *APPROPRIATED, *SAVINGS.values(), *GRANTS, DISCOUNT, VEGETABLE_COST, SPOILAGE, COMMISSION,
        PROMOTION, DEPRECIATION, SHARED_PRODUCE, OVERAGE, SHORTAGE,
        *(code for pair in CLASS_SALES.values() for code in pair),
    }
)  # fmt: skip
"""Accounts that documents post to by themselves: renamed as one likes, never of another type."""

SAVED = frozenset(SAVINGS.values())
"""Accounts on which members' savings stand."""

STOCK_ACCOUNTS = frozenset(CLASS_ACCOUNTS.values()) | {CONSIGNED}


def kept_by_detail(code: str) -> bool:
    """Whether the balance is kept by lots, plants or assets, out of reach of plain lines."""
    return code in STOCK_ACCOUNTS or code == GROWING or "1201" <= code[:4] <= "1214"


def signed_for_reader(account_type: AccountType, amount: int) -> int:
    """A debit-positive amount as a reader expects it: income and liabilities positive."""
    credit_side = (AccountType.LIABILITY, AccountType.EQUITY, AccountType.INCOME)
    return -amount if account_type in credit_side else amount


# -- Funds set aside from profit, and their release when they are spent --------------------------


def is_fund(code: str, shares: Mapping[str, int]) -> bool:
    """Whether `code` is a fund: one of the chart's, or one that gets a share of profit."""
    return code in FUNDS or code in shares


def covered(spent: int, there_is: int) -> int:
    """How much of `spent` a fund or a programme's money covers, never below zero."""
    return max(0, min(spent, there_is))
