"""Accounts day by day, found by the index on account and date.

A month of one account costs that month's rows, however large the book is. The opening balance
counts as what was there before, as on paper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Select, case, func, select, text

from kwt_books.domain.month import first_day, month_of
from kwt_books.domain.posting import Posting
from kwt_books.queries.counters import counters
from kwt_books.queries.documents import (
    Heading,
    Opening,
    heading,
    headings,
    opening_document,
    postings_by_document,
    span,
)
from kwt_books.store.tables import balance, document, posting

Sides = tuple[int, int]
"""Debit and credit."""


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


def sides_before(
    connection: Connection, day: date, *, since: date = date.min, account: str | None = None
) -> dict[str, Sides]:
    """Debits and credits dated from `since` (a month's first day) to the day before `day`.

    Whole months come from the kept sums, the rest of the month from its postings.
    """
    start = first_day(month_of(day))
    kept = (
        select(balance.c.account, func.sum(balance.c.debit), func.sum(balance.c.credit))
        .where(balance.c.month >= month_of(since), balance.c.month < month_of(day))
        .group_by(balance.c.account)
    )
    if account is not None:
        kept = kept.where(balance.c.account == account)
    queries: list[Select[str, int, int]] = [kept]
    if start < day:
        queries.append(_part(max(start, since), day - timedelta(days=1), account))
    return _added(connection, queries)


def _part(start: date, end: date, account: str | None) -> Select[str, int, int]:
    days = span(start, end)
    query = select(posting.c.account, _DEBIT, _CREDIT).group_by(posting.c.account)
    if account is not None:
        return query.where(
            posting.c.account == account, posting.c.date.between(days["start"], days["end"])
        )
    return query.join(document, document.c.sequence == posting.c.document).where(
        document.c.date.between(days["start"], days["end"])
    )


def _added(
    connection: Connection, queries: Iterable[Select[str, int, int]]
) -> dict[str, Sides]:
    sums: defaultdict[str, Sides] = defaultdict(lambda: (0, 0))
    for query in queries:
        for account, debit, credit in connection.execute(query):
            before = sums[account]
            sums[account] = (before[0] + debit, before[1] + credit)
    return sums


def opening_sides(
    connection: Connection, opening: Opening, start: date, end: date
) -> dict[str, Sides]:
    """What the opening balance brought, where it is dated within these days."""
    if not opening.within(start, end):
        return {}
    query = select(posting.c.account, _DEBIT, _CREDIT).where(
        posting.c.document == opening.sequence
    )
    return _added(connection, [query.group_by(posting.c.account)])


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
    before = _net(sides_before(connection, start, account=account).get(account))
    there = _net(opening_sides(connection, opening, start, end).get(account))
    return AccountBook(account, before + there, entries)


def _postings_of(
    connection: Connection, account: str, start: date, end: date
) -> Mapping[int, list[Posting]]:
    found: defaultdict[int, list[Posting]] = defaultdict(list)
    values = {"account": account, **span(start, end)}
    for sequence, *rest, closing in connection.execute(_POSTINGS_OF, values):
        found[sequence].append(Posting(*rest, bool(closing)))
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
    for sums in (
        sides_before(connection, start),
        opening_sides(connection, opening, start, end),
    ):
        for account, sides in sums.items():
            standing[account] += _net(sides)
    accounts = sorted({account for account, net in standing.items() if net} | entries.keys())
    return [AccountBook(each, standing[each], entries[each]) for each in accounts]


def _entries(
    postings: Iterable[Posting], before_closing: bool
) -> Iterable[tuple[str, Sides, str]]:
    """Each account of a document with its two sides and the account across."""
    counted = [each for each in postings if not (before_closing and each.closing)]
    across = counters(counted)
    sides: defaultdict[str, Sides] = defaultdict(lambda: (0, 0))
    for account, amount, _, _ in counted:
        debit, credit = sides[account]
        sides[account] = (debit + max(amount, 0), credit + max(-amount, 0))
    return [(account, both, across[account]) for account, both in sides.items()]


def _net(sides: Sides | None) -> int:
    return sides[0] - sides[1] if sides is not None else 0
