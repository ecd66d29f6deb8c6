"""Sums by account: whole months from the kept table, the days beside them from their postings.

A statement of whole months costs accounts times months, however many documents there are. The
opening balance counts as what stood before the days that it is dated in, as on paper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Row, bindparam, case, func, select, text

from kwt_books.domain.values import Month, first_day, last_day, month_of, shift
from kwt_books.queries.documents import opening_document, span
from kwt_books.store.tables import balance, document, posting

Sides = tuple[int, int]
"""Debit and credit."""

NIL = (0, 0)
_NET = func.sum(balance.c.debit - balance.c.credit)
_DEBIT = func.sum(case((posting.c.amount > 0, posting.c.amount), else_=0))
_CREDIT = func.sum(case((posting.c.amount < 0, -posting.c.amount), else_=0))

_KEPT = (
    select(balance.c.account, func.sum(balance.c.debit), func.sum(balance.c.credit))
    .where(balance.c.month.between(bindparam("first"), bindparam("last")))
    .group_by(balance.c.account)
)
_ORDINARY_KEPT = _KEPT.where(balance.c.closing == 0)
_DAYS = (
    select(posting.c.account, _DEBIT, _CREDIT)
    .join(document, document.c.sequence == posting.c.document)
    .where(document.c.date.between(bindparam("start"), bindparam("end")))
    .group_by(posting.c.account)
)
"""By way of the documents' dates: an index leads there, and from them to their postings."""
_ORDINARY_DAYS = _DAYS.where(posting.c.closing == 0)
_OF_DOCUMENT = (
    select(posting.c.account, _DEBIT, _CREDIT)
    .where(posting.c.document == bindparam("document"))
    .group_by(posting.c.account)
)


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
    connection: Connection, start: date, end: date, *, before_closing: bool = False
) -> dict[str, Turnover]:
    """Each account's turnover over these days, in the order of the codes.

    `before_closing` leaves out the closing postings dated within them.
    """
    before = sides_before(connection, start)
    brought = opening_sides(connection, start, end)
    moved = sides_within(connection, start, end, ordinary=before_closing)
    found = {}
    for account in sorted(before.keys() | moved.keys()):
        debit, credit = moved.get(account, NIL)
        opening = brought.get(account, NIL)
        stood = net(before.get(account, NIL)) + net(opening)
        found[account] = Turnover(stood, debit - opening[0], credit - opening[1])
    return found


def results(connection: Connection, start: date, end: date) -> dict[str, int]:
    """Each account's ordinary movement over these days: without closing, debit positive."""
    moved = sides_within(connection, start, end, ordinary=True)
    return {account: net(sides) for account, sides in moved.items()}


def sides_within(
    connection: Connection, start: date, end: date, *, ordinary: bool = False
) -> dict[str, Sides]:
    """Debits and credits of these days, both included; `ordinary`: closing postings left out."""
    first, last = month_of(start), month_of(end)
    head = start != first_day(first)
    tail = end != last_day(last) and not (head and first == last)
    kept = connection.execute(
        _ORDINARY_KEPT if ordinary else _KEPT,
        {"first": shift(first, 1) if head else first, "last": shift(last, -1) if tail else last},
    )
    parts = [kept]
    if head:
        days = span(start, min(end, last_day(first)))
        parts.append(connection.execute(_ORDINARY_DAYS if ordinary else _DAYS, days))
    if tail:
        days = span(first_day(last), end)
        parts.append(connection.execute(_ORDINARY_DAYS if ordinary else _DAYS, days))
    return _added(parts)


def sides_before(connection: Connection, day: date) -> dict[str, Sides]:
    """Debits and credits of all that is dated before `day`."""
    month = month_of(day)
    parts = [connection.execute(_KEPT, {"first": "", "last": shift(month, -1)})]
    if day != first_day(month):
        parts.append(connection.execute(_DAYS, span(first_day(month), day - timedelta(days=1))))
    return _added(parts)


def opening_sides(connection: Connection, start: date, end: date) -> dict[str, Sides]:
    """What the opening balance brought, where it is dated within these days."""
    opening = opening_document(connection)
    if not opening.within(start, end):
        return {}
    return _added([connection.execute(_OF_DOCUMENT, {"document": opening.sequence})])


def _added(parts: Iterable[Iterable[Row[str, int, int]]]) -> dict[str, Sides]:
    found: dict[str, Sides] = {}
    for rows in parts:
        for account, debit, credit in rows:
            before = found.get(account, NIL)
            found[account] = (before[0] + debit, before[1] + credit)
    return found


def net(sides: Sides) -> int:
    return sides[0] - sides[1]


def by_month(
    connection: Connection, accounts: Iterable[str], last: Month, *, ordinary: bool = False
) -> Mapping[str, Mapping[Month, int]]:
    """Each account's movement month by month up to `last`, debit positive."""
    query = (
        select(balance.c.account, balance.c.month, _NET)
        .where(balance.c.month <= last, balance.c.account.in_(list(accounts)))
        .group_by(balance.c.account, balance.c.month)
    )
    if ordinary:
        query = query.where(balance.c.closing == 0)
    found: defaultdict[str, dict[Month, int]] = defaultdict(dict)
    for account, month, amount in connection.execute(query):
        found[account][month] = amount
    return found


def months_with_postings(connection: Connection) -> tuple[Month, Month] | None:
    """The first and the last month that anything is dated in."""
    row = connection.execute(select(func.min(balance.c.month), func.max(balance.c.month))).one()
    return (row[0], row[1]) if row[0] is not None else None


# -- What moved accounts, by the kind of document: a correction counts with what it undoes -------


class Moved(NamedTuple):
    account: str
    kind: str
    amount: int
    """Debit positive."""


_BY_KIND = text("""
    SELECT p.account, coalesce(o.kind, d.kind), sum(p.amount)
    FROM posting p
    JOIN document d ON d.sequence = p.document
    LEFT JOIN document o ON o.sequence = d.corrects
    WHERE p.account IN :accounts AND p.date BETWEEN :start AND :end
        AND coalesce(o.kind, d.kind) <> 'opening_balance'
    GROUP BY 1, 2
""").bindparams(bindparam("accounts", expanding=True))

_ACROSS = text("""
    SELECT p.account, coalesce(o.kind, d.kind), sum(p.amount)
    FROM document d
    LEFT JOIN document o ON o.sequence = d.corrects
    JOIN posting p ON p.document = d.sequence
    WHERE d.kind IN ('receipt', 'payment', 'correction') AND d.date BETWEEN :start AND :end
        AND coalesce(o.kind, d.kind) IN ('receipt', 'payment')
    GROUP BY 1, 2
""")


def moved_by_kind(
    connection: Connection, accounts: Iterable[str], start: date, end: date
) -> list[Moved]:
    """The accounts' movements over these days by kind; the opening balance is none."""
    values = {"accounts": list(accounts), **span(start, end)}
    return [Moved(*row) for row in connection.execute(_BY_KIND, values)]


def receipts_and_payments(connection: Connection, start: date, end: date) -> list[Moved]:
    """What receipts and payments of these days posted, account by account."""
    return [Moved(*row) for row in connection.execute(_ACROSS, span(start, end))]


# -- What the notes tell beyond the balances: channels, members, causes, lives of assets ---------


class Channel(NamedTuple):
    """Income by the kind of document that brought it; `venue` of market days alone."""

    kind: str
    venue: str | None
    amount: int


class Cause(NamedTuple):
    """What one document did to an account, debit positive."""

    kind: str
    number: str
    amount: int


class Saved(NamedTuple):
    """What members paid in on an account of savings, less what they withdrew."""

    account: str
    amount: int
    members: int


class Lives(NamedTuple):
    """The shortest and the longest life among the assets of an account, months."""

    account: str
    shortest: int
    longest: int


_CHANNELS = text("""
    SELECT coalesce(o.kind, d.kind), json_extract(coalesce(o.payload, d.payload), '$.venue'),
        -sum(p.amount)
    FROM posting p
    JOIN document d ON d.sequence = p.document
    LEFT JOIN document o ON o.sequence = d.corrects
    WHERE p.account IN :accounts AND p.date BETWEEN :start AND :end AND p.closing = 0
    GROUP BY 1, 2
""").bindparams(bindparam("accounts", expanding=True))

_CAUSES = text("""
    SELECT coalesce(o.kind, d.kind), d.number, sum(p.amount)
    FROM posting p
    JOIN document d ON d.sequence = p.document
    LEFT JOIN document o ON o.sequence = d.corrects
    WHERE p.account = :account AND p.date BETWEEN :start AND :end AND p.closing = 0
    GROUP BY d.sequence ORDER BY d.date, d.sequence
""")

_SAVED = text("""
    SELECT p.account, -sum(p.amount), count(DISTINCT p.party)
    FROM posting p
    JOIN document d ON d.sequence = p.document
    LEFT JOIN document o ON o.sequence = d.corrects
    WHERE p.account IN ('2106', '3101', '3102') AND p.date BETWEEN :start AND :end
        AND coalesce(o.kind, d.kind) = 'savings'
    GROUP BY p.account ORDER BY p.account
""")

_LIVES = text("""
    SELECT account, min(life_months), max(life_months) FROM asset
    WHERE ended IS NULL GROUP BY account ORDER BY account
""")


def channels(
    connection: Connection, accounts: Iterable[str], start: date, end: date
) -> list[Channel]:
    """Ordinary postings on accounts of income, credit positive; corrections with their kind."""
    values = {"accounts": list(accounts), **span(start, end)}
    return [Channel(*row) for row in connection.execute(_CHANNELS, values)]


def causes(connection: Connection, account: str, start: date, end: date) -> list[Cause]:
    """Each document that touched the account, in the order of a book; closing left out."""
    values = {"account": account, **span(start, end)}
    return [Cause(*row) for row in connection.execute(_CAUSES, values)]


def saved(connection: Connection, start: date, end: date) -> list[Saved]:
    return [Saved(*row) for row in connection.execute(_SAVED, span(start, end))]


def asset_lives(connection: Connection) -> list[Lives]:
    """Of the assets that are not disposed of."""
    return [Lives(*row) for row in connection.execute(_LIVES)]
