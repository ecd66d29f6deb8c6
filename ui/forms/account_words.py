"""Sorts of accounts as people say them: what each is to the books, where its codes begin."""

from __future__ import annotations

from dataclasses import dataclass

from kwt_books.domain.accounts import Account, AccountType, Side
from kwt_books.i18n.catalogue import noop


@dataclass(frozen=True, slots=True)
class Sort:
    title: str
    """An English message."""
    type: AccountType
    normal: Side
    first: str
    """The code from which on a free one is sought."""
    cash: bool = False


SORTS = {
    "cash": Sort(noop("Cash or bank"), AccountType.ASSET, Side.DEBIT, "1105", cash=True),
    "asset": Sort(noop("Other asset or claim"), AccountType.ASSET, Side.DEBIT, "1142"),
    "liability": Sort(noop("Debt or money held for others"), AccountType.LIABILITY, Side.CREDIT,
                      "2112"),
    "equity": Sort(noop("Capital or fund"), AccountType.EQUITY, Side.CREDIT, "3205"),
    "income": Sort(noop("Sales"), AccountType.INCOME, Side.CREDIT, "4106"),
    "cost": Sort(noop("Cost of what was sold"), AccountType.COST, Side.DEBIT, "5106"),
    "expense": Sort(noop("Expense"), AccountType.EXPENSE, Side.DEBIT, "6112"),
    "other_income": Sort(noop("Other income"), AccountType.OTHER, Side.CREDIT, "7103"),
    "other_expense": Sort(noop("Other expense"), AccountType.OTHER, Side.DEBIT, "7203"),
    "tax": Sort(noop("Tax"), AccountType.TAX, Side.DEBIT, "8102"),
}  # fmt: skip


def sort_of(account: Account) -> str:
    """The sort an account is of; contra accounts go with the accounts they lessen."""
    if account.cash:
        return "cash"
    if account.type is AccountType.OTHER:
        return "other_income" if account.normal is Side.CREDIT else "other_expense"
    return next(name for name, each in SORTS.items() if each.type is account.type and not each.cash)
