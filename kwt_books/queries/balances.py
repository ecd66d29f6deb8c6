"""Sums by account, from the kept month table: as many rows as accounts times months."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from kwt_books.domain.month import Month
from kwt_books.store.tables import balance

_NET = func.sum(balance.c.debit - balance.c.credit)


@dataclass(frozen=True, slots=True)
class Turnover:
    """What stood before, what came on each side, what stands after; debit positive."""

    opening: int = 0
    debit: int = 0
    credit: int = 0

    @property
    def closing(self) -> int:
        return self.opening + self.debit - self.credit


def turnovers(
    connection: Connection, first: Month, last: Month, *, before_closing: bool = False
) -> dict[str, Turnover]:
    """Each account's turnover from the start of `first` to the end of `last`.

    `before_closing` leaves out the closing postings dated within those months.
    """
    opening = select(balance.c.account, _NET).where(balance.c.month < first)
    moved = select(balance.c.account, func.sum(balance.c.debit), func.sum(balance.c.credit)).where(
        balance.c.month.between(first, last)
    )
    if before_closing:
        moved = moved.where(balance.c.closing == 0)
    found: defaultdict[str, Turnover] = defaultdict(Turnover)
    for account, amount in connection.execute(opening.group_by(balance.c.account)):
        found[account] = Turnover(amount)
    for account, debit, credit in connection.execute(moved.group_by(balance.c.account)):
        found[account] = Turnover(found[account].opening, debit, credit)
    return dict(sorted(found.items()))


def balances_until(connection: Connection, last: Month) -> dict[str, int]:
    """What stands on each account at the end of a month, debit positive; nothing nil."""
    query = select(balance.c.account, _NET).where(balance.c.month <= last)
    found = connection.execute(query.group_by(balance.c.account).order_by(balance.c.account))
    return {account: amount for account, amount in found if amount}


def results(connection: Connection, first: Month, last: Month) -> dict[str, dict[Month, int]]:
    """Each account's ordinary turnover by month, closing postings left out; debit positive."""
    query = (
        select(balance.c.account, balance.c.month, _NET)
        .where(balance.c.month.between(first, last), balance.c.closing == 0)
        .group_by(balance.c.account, balance.c.month)
    )
    found: defaultdict[str, dict[Month, int]] = defaultdict(dict)
    for account, month, amount in connection.execute(query):
        found[account][month] = amount
    return dict(sorted(found.items()))


def months_with_postings(connection: Connection) -> tuple[Month, Month] | None:
    """The first and the last month that anything is dated in."""
    row = connection.execute(select(func.min(balance.c.month), func.max(balance.c.month))).one()
    return (row[0], row[1]) if row[0] is not None else None
