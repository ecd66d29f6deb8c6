"""Accounts day by day, found by the index on account and date.

A month of one account costs that month's rows, however large the book is. The opening balance
counts as what was there before, as on paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, case, func, select

from kwt_books.domain.month import first_day, month_of
from kwt_books.queries.balances import NIL, Sides, net, opening_sides
from kwt_books.queries.documents import opening_document
from kwt_books.queries.ledger_lines import Days, Lines
from kwt_books.store.tables import balance, document, posting


class AccountBook(NamedTuple):
    """One account over some days; amounts are debit positive."""

    account: str
    opening: int
    lines: Lines

    @property
    def debit(self) -> int:
        return sum(day.debit for day in self.lines.days)

    @property
    def credit(self) -> int:
        return sum(day.credit for day in self.lines.days)

    @property
    def closing(self) -> int:
        return self.opening + self.debit - self.credit


_DEBIT = func.sum(case((posting.c.amount > 0, posting.c.amount), else_=0))
_CREDIT = func.sum(case((posting.c.amount < 0, -posting.c.amount), else_=0))

_ACCOUNTS = select(balance.c.account).distinct().order_by(balance.c.account)
_LAST = select(func.coalesce(func.max(document.c.sequence), 0))


def account_sides(
    connection: Connection, account: str, before: date, *, since: date = date.min
) -> Sides:
    """Debits and credits from `since` (a month's first day) to the day before `before`.

    Whole months come from the kept sums, the rest of the last month from its postings.
    """
    month = month_of(before)
    kept = select(func.sum(balance.c.debit), func.sum(balance.c.credit)).where(
        balance.c.account == account, balance.c.month >= month_of(since), balance.c.month < month
    )
    start = max(first_day(month), since)
    part = select(_DEBIT, _CREDIT).where(
        posting.c.account == account,
        posting.c.date >= start.isoformat(),
        posting.c.date < before.isoformat(),
    )
    sums = [connection.execute(query).one() for query in (kept, part)]
    return sum(row[0] or 0 for row in sums), sum(row[1] or 0 for row in sums)


def opening_of(connection: Connection, account: str, start: date, end: date) -> Sides:
    """What the opening balance brought to an account, where it is dated within these days."""
    return opening_sides(connection, start, end).get(account, NIL)


def account_book(
    connection: Connection, account: str, start: date, end: date, *, before_closing: bool = False
) -> AccountBook:
    """One account; `before_closing` leaves out the closing postings of these days."""
    opening = opening_document(connection)
    last = connection.execute(_LAST).scalar_one()
    meant = Days(account, start, end, before_closing, opening.sequence, last)
    stood = net(account_sides(connection, account, start))
    stood += net(opening_of(connection, account, start, end))
    return AccountBook(account, stood, Lines(connection, meant, stood))


def account_books(
    connection: Connection, start: date, end: date, *, before_closing: bool = False
) -> Iterator[AccountBook]:
    """Every account that anything stands or moves on, in the order of the codes."""
    for account in connection.execute(_ACCOUNTS).scalars().all():
        book = account_book(connection, account, start, end, before_closing=before_closing)
        if book.opening or book.lines.days:
            yield book
