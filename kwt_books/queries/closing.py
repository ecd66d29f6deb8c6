"""What is looked at before a month is closed: counts, Fridays, shops, depreciation, the close."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, text

from kwt_books.domain.accounts import BANK, Account
from kwt_books.domain.posting import STORE
from kwt_books.domain.values import Month, first_day, last_day, month_range, shift
from kwt_books.queries.balances import Turnover, months_with_postings, turnovers
from kwt_books.queries.closes import close_of
from kwt_books.queries.documents import span
from kwt_books.queries.money import Debt, debts
from kwt_books.queries.reading import Reading
from kwt_books.queries.selling import on_hand
from kwt_books.queries.setup import SetupBook

_FRIDAY = 4
_CLAIMS = ("1112", "1111")
_LOOKED_BACK = timedelta(days=92)
"""A group that sold on a Friday within this time sells on Fridays."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A cash account at the month's end, and its last count within the month."""

    account: Account
    balance: int
    number: str | None = None
    day: date | None = None
    counted: int = 0
    difference: int = 0
    """Counted less the book, as that count booked it."""
    moved_since: bool = False
    """Whether anything was recorded with that day or later after the count."""

    @property
    def by_bank(self) -> bool:
        return self.account.code == BANK


@dataclass(frozen=True, slots=True)
class StockCounted:
    """The store's goods: how many kinds stand there, and which of them were not counted."""

    standing: int
    missed: tuple[str, ...]
    """Names of items that stand there and were not counted this month."""
    day: date | None


@dataclass(frozen=True, slots=True)
class Visits:
    """Settlements of the month, and who still owes at its end."""

    settled: int
    last: date | None
    owing: tuple[Debt, ...]


@dataclass(frozen=True, slots=True)
class Fridays:
    held: tuple[date, ...]
    missed: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """The close that holds for the month. It closed the months from `first` to `month`."""

    number: str
    first: Month
    month: Month
    decision: str
    last: bool
    """Whether it is the newest one, which alone can be opened again."""


@dataclass(frozen=True, slots=True)
class MonthState:
    month: Month
    closed_through: Month | None
    next_open: Month | None
    """The oldest month that is over or in hand, has documents and is open."""
    along: tuple[Month, ...]
    """Open months before this one that its close would close too."""
    documents: int
    closed: Closed | None
    counts: tuple[Counted, ...]
    stock: StockCounted
    visits: Visits
    fridays: Fridays
    depreciated: str | None
    """Number of the month's depreciation."""


_DOCUMENTS = text("""
    SELECT count(*) FROM document WHERE number IS NOT NULL AND date BETWEEN :start AND :end
""")
_COUNTS = text("""
    SELECT d.number, d.date, d.payload, d.sequence,
        coalesce((SELECT sum(p.amount) FROM posting p WHERE p.document = d.sequence
            AND p.account = json_extract(d.payload, '$.account')), 0)
    FROM document d
    WHERE d.kind = 'cash_count' AND d.date BETWEEN :start AND :end
    AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence)
    ORDER BY d.date, d.sequence
""")
_SINCE = text("""
    SELECT EXISTS (SELECT 1 FROM posting WHERE account = :account AND document > :sequence
        AND date BETWEEN :day AND :end)
""")
_STOCK = text("""
    SELECT d.date, json_extract(j.value, '$.item')
    FROM document d, json_each(d.payload, '$.lines') j
    WHERE d.kind = 'stock_count' AND d.date BETWEEN :start AND :end
    AND json_extract(d.payload, '$.place') = :place
    AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence)
""")
_DAYS = text("""
    SELECT DISTINCT date FROM document d
    WHERE kind = :kind AND date BETWEEN :start AND :end
    AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence)
    ORDER BY date
""")
_SETTLED = text("""
    SELECT count(*), max(date) FROM document d
    WHERE kind = 'consignment_settlement' AND date BETWEEN :start AND :end
    AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence)
""")
_DEPRECIATED = text("""
    SELECT number FROM document d WHERE kind = 'depreciation' AND date BETWEEN :start AND :end
    AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence)
    ORDER BY sequence DESC LIMIT 1
""")


def month_state(reading: Reading, month: Month) -> MonthState:
    """What is done and what is not before a month is closed."""
    connection, setup = reading.connection, reading.setup
    days = span(first_day(month), last_day(month))
    done, recorded = reading.chain.closed_through, months_with_postings(connection)
    return MonthState(
        month,
        done,
        _next_open(done, recorded, reading.today),
        _along(done, recorded, month),
        connection.execute(_DOCUMENTS, days).scalar_one(),
        _closed(connection, done, recorded, month),
        tuple(_counts(connection, setup, month)),
        _stock(connection, setup, month),
        _visits(connection, setup, month),
        _fridays(connection, month, reading.today),
        connection.execute(_DEPRECIATED, days).scalar(),
    )


def _next_open(
    done: Month | None, recorded: tuple[Month, Month] | None, today: date
) -> Month | None:
    if recorded is None:
        return None
    first = shift(done, 1) if done is not None else recorded[0]
    return first if first <= max(recorded[1], today.isoformat()[:7]) else None


def _along(
    done: Month | None, recorded: tuple[Month, Month] | None, month: Month
) -> tuple[Month, ...]:
    if recorded is None:
        return ()
    first = shift(done, 1) if done is not None else recorded[0]
    return tuple(month_range(first, shift(month, -1)))


def _closed(
    connection: Connection, done: Month | None, recorded: tuple[Month, Month] | None, month: Month
) -> Closed | None:
    held = close_of(connection, month)
    if held is None:
        return None
    first = min(recorded[0], month) if recorded is not None else month
    if held.after is not None:
        first = shift(held.after, 1)
    closed = held.command.month
    return Closed(held.number, first, closed, held.command.decision or "", closed == done)


def _counts(connection: Connection, setup: SetupBook, month: Month) -> Iterable[Counted]:
    """Accounts with anything on them, cash of the treasurer and the bank first."""
    start, end = first_day(month), last_day(month)
    stands = turnovers(connection, start, end)
    counts = {}
    for number, day, payload, sequence, difference in connection.execute(_COUNTS, span(start, end)):
        found = json.loads(payload)
        counts[found["account"]] = (number, day, found["counted"], difference, sequence)
    for code in setup.cash_accounts:
        here, account = stands.get(code, Turnover()), setup.accounts[code]
        if code not in counts:
            if any((here.opening, here.debit, here.credit)):
                yield Counted(account, here.closing)
            continue
        number, day, counted, difference, sequence = counts[code]
        values = {"account": code, "sequence": sequence, "day": day, "end": end.isoformat()}
        since = bool(connection.execute(_SINCE, values).scalar())
        yield Counted(
            account, here.closing, number, date.fromisoformat(day), counted, difference, since
        )


def _stock(connection: Connection, setup: SetupBook, month: Month) -> StockCounted:
    values = {"place": STORE, **span(first_day(month), last_day(month))}
    counted: dict[str, str] = {}
    for day, item in connection.execute(_STOCK, values):
        counted[item] = max(day, counted.get(item, ""))
    there = on_hand(connection, STORE)
    missed = sorted(setup.item_name(item) for item in there if item not in counted)
    last = max(counted.values(), default=None)
    return StockCounted(len(there), tuple(missed), date.fromisoformat(last) if last else None)


def _visits(connection: Connection, setup: SetupBook, month: Month) -> Visits:
    start, end = first_day(month), last_day(month)
    settled, last = connection.execute(_SETTLED, span(start, end)).one()
    owing = tuple(each for each in debts(connection, setup, _CLAIMS, end) if each.owed > 0)
    return Visits(settled, date.fromisoformat(last) if last else None, owing)


def _fridays(connection: Connection, month: Month, today: date) -> Fridays:
    """Those of the month that are over; none for a group that does not sell on Fridays."""
    start, end = first_day(month), min(last_day(month), today)
    values = {"kind": "market_day", **span(start - _LOOKED_BACK, last_day(month))}
    held = {date.fromisoformat(day) for (day,) in connection.execute(_DAYS, values)}
    if not any(day.weekday() == _FRIDAY for day in held):
        return Fridays((), ())
    first = min(day for day in held if day.weekday() == _FRIDAY)
    fridays = [
        day
        for day in (start + timedelta(days=n) for n in range((end - start).days + 1))
        if day.weekday() == _FRIDAY and day >= first
    ]
    return Fridays(
        tuple(day for day in fridays if day in held),
        tuple(day for day in fridays if day not in held),
    )
