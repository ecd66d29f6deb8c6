"""What one document did to the money, in the words of someone who counts it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kwt_books.domain.accounts import (
    OVERAGE,
    SHORTAGE,
    SPOILAGE,
    STOCK_ACCOUNTS,
    SURPLUS,
    TEMPORARY,
    AccountType,
    kept_by_detail,
    signed_for_reader,
)
from kwt_books.queries.entry import Entry
from kwt_books.reports.context import Context


class Weight(StrEnum):
    LINE = "line"
    SUM = "sum"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Amount:
    """Whole rupiah, as it is for the group: what it costs is below zero."""

    label: str
    amount: int
    weight: Weight = Weight.LINE
    tone: str = ""


_COUNTED = frozenset({"market_day", "cash_count"})
"""Documents whose difference is one of counted money."""
_EARNING = (AccountType.INCOME, AccountType.OTHER)


def amounts(context: Context, entry: Entry) -> Iterator[Amount]:
    """Earned and spent, cash, what is owed, goods, and what the document comes to."""
    if entry.kind == "month_close":
        yield from _shared(context, entry)
        return
    told = _Money(context, entry)
    yield from told.earned()
    yield from told.cash()
    yield from told.owed()
    yield from told.goods()
    yield from told.result()


class _Money:
    """The postings of one document, added up by account."""

    def __init__(self, context: Context, entry: Entry) -> None:
        self._context, self._entry, self._t = context, entry, context.words
        self._sums: dict[str, int] = {}
        for account, amount, _, _ in entry.postings:
            self._sums[account] = self._sums.get(account, 0) + amount

    def _of(self, *types: AccountType) -> Iterator[tuple[str, int]]:
        accounts = self._context.setup.accounts
        for code, amount in self._sums.items():
            if accounts[code].type in types and amount:
                yield code, amount

    def earned(self) -> Iterator[Amount]:
        """Income, then what was spent without goods."""
        for code, amount in self._of(*_EARNING):
            yield Amount(self._called(code), -amount, tone="warn" if code == SHORTAGE else "")
        for code, amount in self._of(AccountType.EXPENSE, AccountType.TAX):
            yield Amount(self._context.account_name(code), -amount)

    def _called(self, code: str) -> str:
        if self._entry.kind in _COUNTED and code == SHORTAGE:
            return self._t("Cash short")
        if self._entry.kind in _COUNTED and code == OVERAGE:
            return self._t("Cash over")
        return self._context.account_name(code)

    def cash(self) -> Iterator[Amount]:
        for code in self._context.setup.cash_accounts:
            if amount := self._sums.get(code, 0):
                yield Amount(self._moved(code, amount), amount, Weight.SUM)

    def _moved(self, code: str, amount: int) -> str:
        name = self._context.account_name(code)
        if amount > 0:
            return self._t("{account} grows", account=name)
        return self._t("{account} shrinks", account=name)

    def owed(self) -> Iterator[Amount]:
        """Debts, claims, funds and capital: up or down."""
        accounts = self._context.setup.accounts
        kinds = (AccountType.ASSET, AccountType.LIABILITY, AccountType.EQUITY)
        for code, amount in self._of(*kinds):
            if accounts[code].cash or kept_by_detail(code) or code == SURPLUS:
                continue
            signed = signed_for_reader(accounts[code].type, amount)
            yield Amount(self._moved(code, signed), signed)

    def goods(self) -> Iterator[Amount]:
        """Goods that were sold or spoiled cost what they had cost; else their value moves."""
        t = self._t
        costs = dict(self._of(AccountType.COST))
        spoiled = costs.pop(SPOILAGE, 0)
        if sold := sum(costs.values()):
            yield Amount(t("Cost of the goods sold"), -sold)
        if spoiled:
            yield Amount(t("Goods spoiled"), -spoiled)
        value = sum(self._sums.get(code, 0) for code in STOCK_ACCOUNTS)
        if value and not costs and not spoiled:
            text = t("Value of the goods grows") if value > 0 else t("Value of the goods shrinks")
            yield Amount(text, value)

    def result(self) -> Iterator[Amount]:
        """Where something was earned and something spent, what is left of it."""
        parts = list(self._of(*TEMPORARY))
        if any(amount < 0 for _, amount in parts) and len(parts) > 1:
            left = -sum(amount for _, amount in parts)
            text = self._t("Profit of this event") if left >= 0 else self._t("Loss of this event")
            yield Amount(text, left, Weight.RESULT, "good" if left >= 0 else "warn")


def _shared(context: Context, entry: Entry) -> Iterator[Amount]:
    """A month's close: what each fund got."""
    funds: dict[str, int] = {}
    for account, amount, _, _ in entry.postings:
        kind = context.setup.accounts[account].type
        if kind is AccountType.EQUITY and account != SURPLUS:
            funds[account] = funds.get(account, 0) - amount
    for code, amount in funds.items():
        yield Amount(context.account_name(code), amount)
    if funds:
        yield Amount(context.words("Shared among the funds"), sum(funds.values()), Weight.RESULT)
