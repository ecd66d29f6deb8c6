"""What the book says of each shop, supplier, customer, member and bank on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kwt_books.domain.accounts import (
    PAYABLE,
    SAVINGS,
    SHOP_RECEIVABLE,
    TRADE_RECEIVABLE,
)
from kwt_books.domain.audit import CASH_ON_HAND
from kwt_books.domain.errors import RuleError
from kwt_books.domain.posting import SHOP
from kwt_books.queries.exceptions import balances_by_day
from kwt_books.queries.parties import standings
from kwt_books.queries.stock import stock_at
from kwt_books.reports.context import Context

_HELD_FOR_OTHERS = "1104"
"""Cash too, in a drawer of its own."""


class Kind(StrEnum):
    SHOP = "shop"
    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    MEMBER = "member"
    BANK = "bank"


KINDS = tuple(str(kind) for kind in Kind)


@dataclass(frozen=True, slots=True)
class Letter:
    """One addressee's figures. Amounts are positive as the letter words them."""

    kind: Kind
    party: str
    """Code of the party, or of the bank account."""
    name: str
    address: str = ""
    goods: dict[str, int] = field(default_factory=dict)
    """Thousandths by item."""
    amounts: dict[str, int] = field(default_factory=dict)
    """Whole rupiah by account."""

    @property
    def code(self) -> str:
        """How the letter is called: `shop:siti`."""
        return f"{self.kind}:{self.party}"

    @property
    def amount(self) -> int:
        return sum(self.amounts.values())


_ACCOUNTS: dict[Kind, tuple[tuple[str, ...], int]] = {
    Kind.SHOP: ((SHOP_RECEIVABLE,), 1),
    Kind.SUPPLIER: ((PAYABLE,), -1),
    Kind.CUSTOMER: ((TRADE_RECEIVABLE,), 1),
    Kind.MEMBER: (tuple(sorted(SAVINGS.values())), -1),
}
"""Where each kind's figures stand, and the sign that makes them positive."""


def letters(context: Context, day: date, kinds: Iterable[str] = KINDS) -> list[Letter]:
    """Everybody of these kinds whom the book says anything of at the end of the day."""
    asked = [_kind(each) for each in dict.fromkeys(kinds)]
    found: list[Letter] = []
    for kind in sorted(asked, key=list(Kind).index):
        if kind is Kind.BANK:
            found += _banks(context, day)
        else:
            found += _parties(context, kind, day)
    return found


def unnamed(context: Context, day: date, kinds: Iterable[str]) -> dict[str, int]:
    """What stands on the accounts of these kinds without a name: nobody can confirm it."""
    found = {}
    for kind in map(_kind, dict.fromkeys(kinds)):
        accounts, sign = _ACCOUNTS.get(kind, ((), 1))
        for account in accounts:
            for each in standings(context.connection, account, date.min, day, sign=sign):
                if each.party is None and each.owed:
                    found[account] = each.owed
    return found


def _kind(text: str) -> Kind:
    if text not in KINDS:
        raise RuleError("not-a-choice", text=text, options=", ".join(KINDS))
    return Kind(text)


def _parties(context: Context, kind: Kind, day: date) -> Iterator[Letter]:
    accounts, sign = _ACCOUNTS[kind]
    amounts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for account in accounts:
        for each in standings(context.connection, account, date.min, day, sign=sign):
            if each.party is not None and each.owed:
                amounts[each.party][account] = each.owed
    goods = _goods(context, day) if kind is Kind.SHOP else {}
    for code in sorted(amounts.keys() | goods.keys()):
        party = context.setup.parties.get(code)
        yield Letter(
            kind,
            code,
            context.setup.party_name(code),
            (party.address if party is not None else None) or "",
            goods.get(code, {}),
            amounts.get(code, {accounts[0]: 0}),
        )


def _goods(context: Context, day: date) -> dict[str, dict[str, int]]:
    """Thousandths of each item at each shop."""
    found: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for stand in stock_at(context.connection, day):
        if stand.place.startswith(SHOP) and stand.quantity:
            found[stand.place.removeprefix(SHOP)][stand.lot.item] += stand.quantity
    return {shop: dict(sorted(items.items())) for shop, items in found.items()}


def _banks(context: Context, day: date) -> Iterator[Letter]:
    """Cash accounts that are no drawer, whatever stands on them."""
    drawers = {*CASH_ON_HAND, _HELD_FOR_OTHERS}
    for account in context.setup.cash_accounts:
        if account in drawers:
            continue
        moved = list(balances_by_day(context.connection, [account], day))
        if moved:
            balance = {account: moved[-1][1]}
            yield Letter(Kind.BANK, account, context.account_name(account), "", {}, balance)
