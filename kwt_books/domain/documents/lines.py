"""Lines that several kinds of document share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kwt_books.domain.accounts import PAYABLE, is_fund, kept_by_detail
from kwt_books.domain.documents.base import optional, required
from kwt_books.domain.documents.fields import (
    CASH_ACCOUNT,
    MONEY,
    QUANTITY,
    AccountCode,
    Code,
    ItemCode,
    Text,
)
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts


def _is_fund(code: str, facts: Facts) -> bool:
    return is_fund(code, facts.group.shares if facts.group is not None else {})


FUND = AccountCode(_is_fund, "not-a-fund")
PLAIN_ACCOUNT = AccountCode(lambda code, facts: not kept_by_detail(code), "kept-by-detail")
"""An account that lines of receipts and payments may touch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """An amount in rupiah on an account."""

    account: str = required(PLAIN_ACCOUNT)
    amount: int = required(MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidLine(AccountLine):
    """An amount paid, with the line of a programme's budget that it is charged to."""

    budget: str | None = optional(Code())


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """A quantity of an item, in thousandths."""

    item: str = required(ItemCode())
    qty: int = required(QUANTITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Money spent on making something, such as wages, gas or rent; rupiah."""

    label: str = required(Text(longest=200))
    amount: int = required(MONEY)
    source: str = required(CASH_ACCOUNT, key="from")


def use_inputs(draft: Draft, lines: Iterable[ItemLine], field: str) -> int:
    """Takes each line's goods from the store and credits their stock; their value in rupiah."""
    return sum(
        [draft.use(line.item, line.qty, f"{field}.{place}.qty") for place, line in enumerate(lines)]
    )


def pay_costs(draft: Draft, costs: Iterable[Cost]) -> int:
    """Credits each cost to the cash account it is paid from; their sum in rupiah."""
    total = 0
    for cost in costs:
        draft.credit(cost.source, cost.amount)
        total += cost.amount
    return total


def needs_payer(
    paid_from: str | None, party: str | None, paid: int | None, total: int
) -> Iterator[Issue]:
    """Yields what is wrong unless it is paid, owed, or paid in part and owed for the rest."""
    if paid_from is None and party is None:
        yield Issue("paid_from", "paid-or-owed", {})
    elif paid is not None and (paid_from is None or party is None):
        missing = "paid_from" if paid_from is None else "party"
        yield Issue(missing, "part-paid-needs-both", {})
    elif paid is not None and paid >= total:
        yield Issue("paid", "paid-not-less", {"received": paid, "total": total})


def pay_or_owe(
    draft: Draft, paid_from: str | None, party: str | None, total: int, paid: int | None
) -> None:
    """K the cash account, or 2101 for the party; a party beside it only says who.

    With `paid`, K the cash account that much, and 2101 the rest.
    """
    if paid_from is not None:
        now = total if paid is None else paid
        draft.credit(paid_from, now)
        draft.credit(PAYABLE, total - now, party)
    else:
        draft.credit(PAYABLE, total, party)
