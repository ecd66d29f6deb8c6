"""Accounts day by day, found by the index on account and date.

A month of one account costs that month's rows, however large the book is. The opening balance
counts as what was there before, as on paper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, case, func, select, text

from kwt_books.domain.month import first_day, month_of
from kwt_books.domain.posting import Posting
from kwt_books.queries.balances import NIL, Sides, net, opening_sides, sides_before
from kwt_books.queries.counters import counters
from kwt_books.queries.documents import (
    Heading,
    heading,
    headings,
    opening_document,
    postings_by_document,
    span,
)
from kwt_books.store.tables import balance, posting


class Entry(NamedTuple):
    """What one document does to one account: both sides, and the account across."""

    document: Heading
    debit: int
    credit: int
    counter: str


class AccountBook(NamedTuple):
    """One account over some days; amounts are debit positive."""

    account: str
    opening: int
    entries: list[Entry]

    @property
    def debit(self) -> int:
        return sum(entry.debit for entry in self.entries)

    @property
    def credit(self) -> int:
        return sum(entry.credit for entry in self.entries)

    @property
    def closing(self) -> int:
        return self.opening + self.debit - self.credit


_DEBIT = func.sum(case((posting.c.amount > 0, posting.c.amount), else_=0))
_CREDIT = func.sum(case((posting.c.amount < 0, -posting.c.amount), else_=0))

_DOCUMENTS_OF = text("""
    SELECT d.sequence, d.number, d.date, d.kind, d.payload, o.number
    FROM document d LEFT JOIN document o ON o.sequence = d.corrects
    WHERE d.sequence IN (
        SELECT document FROM posting WHERE account = :account AND date BETWEEN :start AND :end)
    ORDER BY d.date, d.sequence
""")
_POSTINGS_OF = text("""
    SELECT document, account, amount, party, closing FROM posting
    WHERE document IN (
        SELECT document FROM posting WHERE account = :account AND date BETWEEN :start AND :end)
    ORDER BY document, line
""")


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
    found = connection.execute(_DOCUMENTS_OF, {"account": account, **span(start, end)})
    documents = [heading(row) for row in found]
    postings = _postings_of(connection, account, start, end)
    entries = [
        Entry(each, *sides, counter)
        for each in documents
        if each.sequence != opening.sequence
        for name, sides, counter in _entries(postings[each.sequence], before_closing)
        if name == account
    ]
    before = net(account_sides(connection, account, start))
    there = net(opening_of(connection, account, start, end))
    return AccountBook(account, before + there, entries)


def _postings_of(
    connection: Connection, account: str, start: date, end: date
) -> Mapping[int, list[Posting]]:
    found: defaultdict[int, list[Posting]] = defaultdict(list)
    values = {"account": account, **span(start, end)}
    for sequence, name, amount, party, closing in connection.execute(_POSTINGS_OF, values):
        found[sequence].append(Posting(name, amount, party, bool(closing)))
    return found


def account_books(
    connection: Connection, start: date, end: date, *, before_closing: bool = False
) -> list[AccountBook]:
    """Every account that anything stands or moves on, in the order of the codes."""
    opening = opening_document(connection)
    postings = postings_by_document(connection, start, end)
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    for each in headings(connection, start, end):
        if each.sequence == opening.sequence:
            continue
        for account, sides, counter in _entries(postings.get(each.sequence, []), before_closing):
            entries[account].append(Entry(each, *sides, counter))
    standing: defaultdict[str, int] = defaultdict(int)
    for sums in (sides_before(connection, start), opening_sides(connection, start, end)):
        for account, sides in sums.items():
            standing[account] += net(sides)
    accounts = sorted({account for account, amount in standing.items() if amount} | entries.keys())
    return [AccountBook(each, standing[each], entries[each]) for each in accounts]


def _entries(postings: Iterable[Posting], before_closing: bool) -> Iterable[tuple[str, Sides, str]]:
    """Each account of a document with its two sides and the account across."""
    counted = [each for each in postings if not (before_closing and each.closing)]
    across = counters(counted)
    sides: defaultdict[str, Sides] = defaultdict(lambda: (0, 0))
    for account, amount, _, _ in counted:
        debit, credit = sides[account]
        sides[account] = (debit + max(amount, 0), credit + max(-amount, 0))
    return [(account, both, across[account]) for account, both in sides.items()]
