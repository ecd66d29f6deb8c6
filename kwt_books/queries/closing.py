"""The checks before a month is closed: counts, Fridays, shops, depreciation, the close."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, exists, func, select

from kwt_books.domain.accounts import BANK, Account
from kwt_books.domain.documents.fields import Codec
from kwt_books.domain.documents.money import CashCount
from kwt_books.domain.documents.stock import StockCount
from kwt_books.domain.posting import STORE
from kwt_books.domain.values import Month, first_day, last_day, month_of, month_range, shift
from kwt_books.queries.balances import Turnover, months_with_postings, turnovers
from kwt_books.queries.closes import close_of
from kwt_books.queries.documents import span
from kwt_books.queries.fridays import Fridays, fridays_of
from kwt_books.queries.money import Debt, debts
from kwt_books.queries.reading import Reading
from kwt_books.queries.selling import on_hand
from kwt_books.queries.setup import SetupBook
from kwt_books.store.expressions import dated_within, entry, in_force, oldest_first, said, total
from kwt_books.store.rows import command_of
from kwt_books.store.tables import posting

_CLAIMS = ("1112", "1111")


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
        """Whether it is the bank account, which is reconciled rather than counted."""
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
    """What is to be looked at before a month is closed."""

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


_DOCUMENTS = (
    select(func.count()).select_from(entry).where(entry.c.number.is_not(None), dated_within())
)
_CASH_COUNT, _STOCK_COUNT = Codec(CashCount), Codec(StockCount)
_DIFFERENCE = (
    select(total(posting.c.amount))
    .where(posting.c.document == entry.c.sequence)
    .where(posting.c.account == said(entry.c.payload, "account"))
    .scalar_subquery()
)
_COUNTS = oldest_first(
    select(entry.c.number, entry.c.date, entry.c.payload, entry.c.sequence, _DIFFERENCE).where(
        entry.c.kind == "cash_count", dated_within(), in_force()
    )
)
_SINCE = select(
    exists().where(
        posting.c.account == bindparam("account"),
        posting.c.document > bindparam("sequence"),
        posting.c.date.between(bindparam("day"), bindparam("end")),
    )
)
_STOCK = select(entry.c.date, entry.c.payload).where(
    entry.c.kind == "stock_count", dated_within(), in_force()
)
_SETTLED = select(func.count(), func.max(entry.c.date)).where(
    entry.c.kind == "consignment_settlement", dated_within(), in_force()
)
_DEPRECIATED = (
    select(entry.c.number)
    .where(entry.c.kind == "depreciation", dated_within(), in_force())
    .order_by(entry.c.sequence.desc())
    .limit(1)
)


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
        fridays_of(connection, month, reading.today),
        connection.execute(_DEPRECIATED, days).scalar(),
    )


def _next_open(
    done: Month | None, recorded: tuple[Month, Month] | None, today: date
) -> Month | None:
    if recorded is None:
        return None
    first = shift(done, 1) if done is not None else recorded[0]
    return first if first <= max(recorded[1], month_of(today)) else None


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
        count = command_of(_CASH_COUNT, payload)
        counts[count.account] = (number, day, count.counted, difference, sequence)
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
    counted: dict[str, str] = {}
    for day, payload in connection.execute(_STOCK, span(first_day(month), last_day(month))):
        count = command_of(_STOCK_COUNT, payload)
        for line in count.lines if count.place == STORE else ():
            counted[line.item] = max(day, counted.get(line.item, ""))
    there = on_hand(connection, STORE)
    missed = sorted(setup.item_name(item) for item in there if item not in counted)
    last = max(counted.values(), default=None)
    return StockCounted(len(there), tuple(missed), date.fromisoformat(last) if last else None)


def _visits(connection: Connection, setup: SetupBook, month: Month) -> Visits:
    start, end = first_day(month), last_day(month)
    settled, last = connection.execute(_SETTLED, span(start, end)).one()
    owing = tuple(each for each in debts(connection, setup, _CLAIMS, end) if each.owed > 0)
    return Visits(settled, date.fromisoformat(last) if last else None, owing)
