"""Sums by account: whole months from the kept table, the days beside them from their postings.

A statement of whole months costs accounts times months, however many documents there are. The
opening balance counts as what stood before the days that it is dated in, as on paper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    case,
    func,
    or_,
    select,
)

from kwt_books.domain.accounts import SAVED
from kwt_books.domain.values import Month, first_day, last_day, month_of, shift
from kwt_books.queries.documents import span
from kwt_books.store.expressions import (
    above,
    among,
    below,
    dated_within,
    entry,
    in_force,
    in_order,
    oldest_first,
    one_of,
    said,
    source_kind,
    source_payload,
    texts,
    total,
    with_original,
)
from kwt_books.store.reads import fetched
from kwt_books.store.tables import asset, balance, document, posting

if TYPE_CHECKING:
    from kwt_books.queries.reading import Reading

Sides = tuple[int, int]
"""Debit and credit."""

NIL = (0, 0)
_NET = total(balance.c.debit - balance.c.credit)
_DEBIT, _CREDIT = total(above(posting.c.amount)), total(below(posting.c.amount))

_ALL_KEPT = select(balance.c.account, total(balance.c.debit), total(balance.c.credit)).group_by(
    balance.c.account
)
_KEPT_BEFORE = _ALL_KEPT.where(balance.c.month < bindparam("month"))
"""No lower bound: for two of them PostgreSQL would expect few rows, and sort what are many."""
_BEFORE = balance.c.month < bindparam("before")
_WITHIN = balance.c.month.between(bindparam("first"), bindparam("last"))
_TURNED = tuple(
    select(
        balance.c.account,
        total(case((_BEFORE, balance.c.debit - balance.c.credit))),
        total(case((meant, balance.c.debit))),
        total(case((meant, balance.c.credit))),
    )
    .where(or_(_BEFORE, meant))
    .group_by(balance.c.account)
    for meant in (_WITHIN, _WITHIN & (balance.c.closing == 0))
)
"""What stood before and what moved within, by one question; the second of ordinary postings."""
_ORDINARY_KEPT = _ALL_KEPT.where(_WITHIN, balance.c.closing == 0)


@cache
def _kept_over(periods: int, *, bounded: bool, ordinary: bool) -> Select[*tuple[Any, ...]]:
    """What moved in each of so many periods of whole months, by one question for all of them.

    Those that are not `bounded` begin with the book.
    """
    moved = balance.c.debit - balance.c.credit
    sums = [total(case((_months(f"_{each}", bounded), moved))) for each in range(periods)]
    found = select(balance.c.account, *sums).where(_months("", bounded))
    return (found.where(balance.c.closing == 0) if ordinary else found).group_by(balance.c.account)


def _months(which: str, bounded: bool) -> ColumnElement[bool]:
    last: BindParameter[Any] = bindparam(f"last{which}")
    if bounded:
        return balance.c.month.between(bindparam(f"first{which}"), last)
    return balance.c.month <= last


_DAYS = (
    select(posting.c.account, _DEBIT, _CREDIT)
    .join(document, document.c.sequence == posting.c.document)
    .where(dated_within(document.c.date))
    .group_by(posting.c.account)
)
"""Finds documents by the index on their dates, and from them their postings."""
_ORDINARY_DAYS = _DAYS.where(posting.c.closing == 0)
_BROUGHT = (
    select(entry.c.sequence, entry.c.date, posting.c.account, _DEBIT, _CREDIT)
    .select_from(in_order(entry, posting, posting.c.document == entry.c.sequence))
    .where(entry.c.kind == "opening_balance", in_force())
    .group_by(entry.c.sequence, entry.c.date, posting.c.account)
)


@dataclass(frozen=True, slots=True)
class Turnover:
    """The opening balance and both sides of an account over a period; rupiah, debit positive."""

    opening: int = 0
    debit: int = 0
    credit: int = 0

    @property
    def closing(self) -> int:
        """The balance at the end; rupiah, debit positive."""
        return self.opening + self.debit - self.credit


def turnovers(
    connection: Connection, start: date, end: date, *, before_closing: bool = False
) -> dict[str, Turnover]:
    """Each account's turnover over these days, in the order of the codes.

    `before_closing` leaves out the closing postings dated within them.
    """
    first, last, days = _parted(start, end)
    kept = {"before": month_of(start), "first": first, "last": last}
    query = _TURNED[before_closing]
    found = {account: list(sums) for account, *sums in fetched(connection, query, kept)}
    if start != first_day(month_of(start)):
        for account, *sides in fetched(connection, _DAYS, _since_first(start)):
            found.setdefault(account, [0, 0, 0])[0] += net((sides[0], sides[1]))
    for account, sides in _added(_of_days(connection, days, ordinary=before_closing)).items():
        sums = found.setdefault(account, [0, 0, 0])
        sums[1] += sides[0]
        sums[2] += sides[1]
    for account, (debit, credit) in opening_brought(connection).within(start, end).items():
        if account in found:  # a damaged book may lack its sums
            sums = found[account]
            sums[:] = sums[0] + debit - credit, sums[1] - debit, sums[2] - credit
    return {account: Turnover(*sums) for account, sums in sorted(found.items())}


def results(connection: Connection, start: date, end: date) -> dict[str, int]:
    """Each account's ordinary movement over these days: without closing, debit positive."""
    first, last, days = _parted(start, end)
    parts = _of_days(connection, days, ordinary=True)
    if first <= last:
        parts.append(fetched(connection, _ORDINARY_KEPT, {"first": first, "last": last}))
    return {account: net(sides) for account, sides in _added(parts).items()}


def nets(
    connection: Connection, periods: Sequence[tuple[date, date]], *, ordinary: bool = False
) -> dict[str, list[int]]:
    """Each account's movement over each of these periods, debit positive.

    Both days of a period are included; `ordinary`: closing postings left out.
    """
    parts = [_parted(*period) for period in periods]
    values: dict[str, Month] = {}
    for each, (first, last, _) in enumerate(parts):
        values |= {f"first_{each}": first, f"last_{each}": last}
    values["first"] = min(first for first, _, _ in parts)
    values["last"] = max(last for _, last, _ in parts)
    bounded = max(start for start, _ in periods) > date.min
    query = _kept_over(len(parts), bounded=bounded, ordinary=ordinary)
    kept = fetched(connection, query, values)
    found = {account: sums for account, *sums in kept}
    for each, (_, _, days) in enumerate(parts):
        for account, sides in _added(_of_days(connection, days, ordinary=ordinary)).items():
            found.setdefault(account, [0] * len(parts))[each] += net(sides)
    return found


def _parted(start: date, end: date) -> tuple[Month, Month, list[dict[str, str]]]:
    """The first and last whole month of a period, and the days that are left of it."""
    first, last = month_of(start), month_of(end)
    head = start != first_day(first)
    tail = end != last_day(last) and not (head and first == last)
    days = []
    if head:
        days.append(span(start, min(end, last_day(first))))
    if tail:
        days.append(span(first_day(last), end))
    return (
        shift(first, 1) if head else first,
        shift(last, -1) if tail else last,
        days,
    )


def _of_days(
    connection: Connection, days: Iterable[Mapping[str, str]], *, ordinary: bool
) -> list[list[Any]]:
    query = _ORDINARY_DAYS if ordinary else _DAYS
    return [fetched(connection, query, each) for each in days]


def sides_before(connection: Connection, day: date) -> dict[str, Sides]:
    """Debits and credits of all that is dated before `day`."""
    month = month_of(day)
    parts = [fetched(connection, _KEPT_BEFORE, {"month": month})]
    if day != first_day(month):
        parts.append(fetched(connection, _DAYS, _since_first(day)))
    return _added(parts)


def _since_first(day: date) -> dict[str, str]:
    """The days of a month before this one."""
    return span(first_day(month_of(day)), day - timedelta(days=1))


class Brought(NamedTuple):
    """The opening balance, and what it brought to each account; nothing where there is none."""

    sequence: int = 0
    day: date = date.max
    sides: Mapping[str, Sides] = MappingProxyType({})

    def within(self, start: date, end: date) -> Mapping[str, Sides]:
        """What it brought, where it is dated from `start` to `end`."""
        return self.sides if start <= self.day <= end else {}


def opening_brought(connection: Connection) -> Brought:
    """What the opening balance that is not corrected brought."""
    found = fetched(connection, _BROUGHT, {})
    if not found:
        return Brought()
    sequence, day, *_ = found[0]
    sides = {account: (debit, credit) for _, _, account, debit, credit in found}
    return Brought(sequence, date.fromisoformat(day), sides)


def _added(parts: Iterable[Iterable[tuple[str, int, int]]]) -> dict[str, Sides]:
    found: dict[str, Sides] = {}
    for part in parts:
        for account, debit, credit in part:
            before = found.get(account, NIL)
            found[account] = (before[0] + debit, before[1] + credit)
    return found


def net(sides: Sides) -> int:
    """Debits less credits; rupiah."""
    return sides[0] - sides[1]


_BY_MONTH = (
    select(balance.c.account, balance.c.month, _NET)
    .where(balance.c.month <= bindparam("last"), among(balance.c.account, "accounts"))
    .group_by(balance.c.account, balance.c.month)
)
_ORDINARY_BY_MONTH = _BY_MONTH.where(balance.c.closing == 0)
_MONTHS = select(func.min(balance.c.month), func.max(balance.c.month))


def by_month(
    connection: Connection, accounts: Iterable[str], last: Month, *, ordinary: bool = False
) -> Mapping[str, Mapping[Month, int]]:
    """Each account's movement month by month up to `last`, debit positive."""
    query = _ORDINARY_BY_MONTH if ordinary else _BY_MONTH
    found: defaultdict[str, dict[Month, int]] = defaultdict(dict)
    asked = {"last": last, "accounts": texts(accounts)}
    for account, month, amount in fetched(connection, query, asked):
        found[account][month] = amount
    return found


def months_with_postings(connection: Connection) -> tuple[Month, Month] | None:
    """The first and the last month that anything is dated in."""
    ((first, last),) = fetched(connection, _MONTHS, {})
    return (first, last) if first is not None else None


_KEPT_OF = (
    select(balance.c.account, balance.c.closing, balance.c.debit, balance.c.credit)
    .where(balance.c.month == bindparam("month"))
    .order_by(balance.c.account, balance.c.closing)
)
_POSTED_IN = (
    select(posting.c.account, posting.c.closing, _DEBIT, _CREDIT)
    .select_from(entry.join(posting, posting.c.document == entry.c.sequence))
    .where(dated_within())
    .group_by(posting.c.account, posting.c.closing)
    .order_by(posting.c.account, posting.c.closing)
)


def kept_as_posted(reading: Reading, month: Month) -> bool:
    """Whether the kept sums of a month's accounts are those of its postings.

    A check of what is being looked at, which costs the documents of a month; `verify` compares
    all that is kept.
    """
    kept = fetched(reading.connection, _KEPT_OF, {"month": month})
    days = span(first_day(month), last_day(month))
    posted = fetched(reading.connection, _POSTED_IN, days)
    return [tuple(each) for each in kept] == [tuple(each) for each in posted]


# -- Postings by kind of document; a correction counts with the document it undoes ---------------


class Moved(NamedTuple):
    """What documents of one kind posted to an account; rupiah."""

    account: str
    kind: str
    amount: int
    """Debit positive."""


_DOCUMENTED = with_original(posting.join(entry, entry.c.sequence == posting.c.document))
"""Postings, with the documents that they are of."""
_BY_KIND = (
    select(posting.c.account, source_kind, total(posting.c.amount))
    .select_from(_DOCUMENTED)
    .where(posting.c.account.in_(one_of("accounts")), dated_within(posting.c.date))
    .where(source_kind != "opening_balance")
    .group_by(posting.c.account, source_kind)
)

_ACROSS = (
    select(posting.c.account, source_kind, total(posting.c.amount))
    .select_from(with_original().join(posting, posting.c.document == entry.c.sequence))
    .where(entry.c.kind.in_(("receipt", "payment", "correction")), dated_within())
    .where(source_kind.in_(("receipt", "payment")))
    .group_by(posting.c.account, source_kind)
)


def moved_by_kind(
    connection: Connection, accounts: Iterable[str], start: date, end: date
) -> list[Moved]:
    """The accounts' movements over these days by kind; the opening balance is none."""
    values = {"accounts": list(accounts), **span(start, end)}
    return [Moved(*row) for row in connection.execute(_BY_KIND, values)]


def receipts_and_payments(connection: Connection, start: date, end: date) -> list[Moved]:
    """What receipts and payments of these days posted, account by account."""
    return [Moved(*row) for row in connection.execute(_ACROSS, span(start, end))]


# -- Details for the notes: channels, members, causes, lives of assets ---------------------------


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


_ORDINARY = dated_within(posting.c.date) & (posting.c.closing == 0)
_VENUE = said(source_payload, "venue")
_CHANNELS = (
    select(source_kind, _VENUE, -total(posting.c.amount))
    .select_from(_DOCUMENTED)
    .where(posting.c.account.in_(one_of("accounts")), _ORDINARY)
    .group_by(source_kind, _VENUE)
)

_CAUSES = oldest_first(
    select(source_kind, entry.c.number, total(posting.c.amount))
    .select_from(_DOCUMENTED)
    .where(posting.c.account == bindparam("account"), _ORDINARY)
    .group_by(entry.c.sequence, entry.c.number, entry.c.date, source_kind)
)

_SAVED = (
    select(posting.c.account, -total(posting.c.amount), func.count(posting.c.party.distinct()))
    .select_from(_DOCUMENTED)
    .where(posting.c.account.in_(SAVED), dated_within(posting.c.date))
    .where(source_kind == "savings")
    .group_by(posting.c.account)
    .order_by(posting.c.account)
)

_LIVES = (
    select(asset.c.account, func.min(asset.c.life_months), func.max(asset.c.life_months))
    .where(asset.c.ended.is_(None))
    .group_by(asset.c.account)
    .order_by(asset.c.account)
)


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
    """What members paid in and took out of their savings, with dates from `start` to `end`."""
    return [Saved(*row) for row in connection.execute(_SAVED, span(start, end))]


def asset_lives(connection: Connection) -> list[Lives]:
    """The lives of assets that are not disposed of, by account."""
    return [Lives(*row) for row in connection.execute(_LIVES)]
