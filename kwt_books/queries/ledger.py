"""Accounts day by day, found by the index on account and date.

A month of one account costs that month's rows, however large the book is. The opening balance
counts as what was there before, as on paper.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate
from operator import attrgetter, sub
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    func,
    not_,
    or_,
    select,
    true,
    tuple_,
)

from kwt_books.domain.posting import Posting
from kwt_books.domain.values import first_day, month_of
from kwt_books.queries.balances import NIL, Brought, Sides, net, opening_brought
from kwt_books.queries.documents import (
    Heading,
    heading,
    headings_at,
    postings_of,
    span,
)
from kwt_books.store.expressions import (
    HEADING,
    above,
    below,
    dated_within,
    entry,
    holds,
    in_order,
    like,
    octets,
    oldest_first,
    total,
    with_original,
)
from kwt_books.store.noted import last_seen
from kwt_books.store.reads import fetched
from kwt_books.store.tables import balance, document, posting

# -- The lines of one account, read a window at a time --------------------------------------------
#
# A line is what one document does to the account. Facts are never changed, so what is read up to
# the newest entry of one moment is the same whenever it is read.


Words = Sequence[Sequence[str]]
"""Of each word what an entry may hold for it: the word itself, or a code that stands for it."""


class Entry(NamedTuple):
    """What a document posts to an account: both sides, the balance after, the contra account."""

    sequence: int
    number: str
    date: date
    kind: str
    payload: str
    corrected: str | None
    """As in `Heading`."""
    debit: int
    credit: int
    balance: int
    counter: str


Columns = Sequence[Sequence[Any]]
"""Of many entries all sequences, all numbers and so on."""


class Days(NamedTuple):
    """Which lines are meant: of an account, over some days, up to the newest entry `last`."""

    account: str
    start: date
    end: date
    ordinary: bool
    """Closing postings are left out."""
    opening: int
    """The opening balance counts as the balance before its day and has no line."""
    last: int

    def values(self) -> dict[str, Any]:
        """The parameters of its statements."""
        kept = {"account": self.account, "opening": self.opening, "last": self.last}
        return kept | span(self.start, self.end)


class Day(NamedTuple):
    """A day that has lines."""

    day: date
    lines: int
    debit: int
    credit: int


class _Mark(NamedTuple):
    """A place between two lines, with the balance there."""

    place: int
    """Lines before it."""
    day: str
    document: int
    """The last line before it is of this document; 0: of an earlier day."""
    balance: int


_DEBIT, _CREDIT = total(above(posting.c.amount)), total(below(posting.c.amount))
_SUMS_OF_LINE = (
    _DEBIT.label("debit"),
    _CREDIT.label("credit"),
    func.max(posting.c.contra).label("contra"),  # the same in all postings of a document to it
)
_MEANT = (
    (posting.c.account == bindparam("account"))
    & dated_within(posting.c.date)
    & (posting.c.document != bindparam("opening"))
    & (posting.c.document <= bindparam("last"))
)
_ORDINARY = posting.c.closing == 0
_AT = tuple_(posting.c.date, posting.c.document)
_BEHIND = tuple_(bindparam("start"), bindparam("document")) < _AT
_EACH = (_MEANT, _MEANT & _ORDINARY)
"""For all postings and, by the same words, for ordinary ones: asking for what the index does not
hold would cost a look at every posting."""


def _lines(meant: ColumnElement[bool], *sums: ColumnElement[Any]) -> CTE:
    """The documents of a window of lines, with what each of them does to the account."""
    found = (
        select(posting.c.date, posting.c.document, *sums)
        .where(meant, _BEHIND)
        .group_by(posting.c.date, posting.c.document)
        .order_by(posting.c.date, posting.c.document)
        .limit(bindparam("count"))
        .offset(bindparam("skipped"))
    )
    return found.cte("line")


def _days(meant: ColumnElement[bool]) -> Select[Any]:
    lines = func.count(posting.c.document.distinct())
    return select(posting.c.date, lines, _DEBIT, _CREDIT).where(meant).group_by(posting.c.date)


def _window(meant: ColumnElement[bool]) -> Select[Any]:
    line = _lines(meant, *_SUMS_OF_LINE)
    documents = in_order(line, entry, entry.c.sequence == line.c.document)
    return (
        select(*HEADING, line.c.debit, line.c.credit, line.c.contra)
        .select_from(with_original(documents))
        .order_by(line.c.date, line.c.document)
    )


def _whole(meant: ColumnElement[bool]) -> Select[Any]:
    """All postings: as many lines where no document has several, in half of the time."""
    documents = in_order(posting, entry, entry.c.sequence == posting.c.document)
    sides = above(posting.c.amount), below(posting.c.amount)
    return (
        select(*HEADING, *sides, posting.c.contra)
        .select_from(with_original(documents))
        .where(meant)
        .order_by(posting.c.date, posting.c.document)
    )


def _holding(meant: ColumnElement[bool], held: ColumnElement[bool]) -> Select[Any]:
    line, payload = _lines(meant), entry.c.payload
    return (
        select(*HEADING)
        .select_from(with_original(in_order(line, entry, entry.c.sequence == line.c.document)))
        .where(
            or_(
                holds(func.lower(entry.c.number), bindparam("wanted", type_=Text)),
                entry.c.kind == "correction",
                not_(holds(payload, '"memo":"')),
                holds(payload, '"memo":""'),
                func.length(payload) < octets(payload),
                held,
            )
        )
    )


_DAYS = tuple(_days(meant) for meant in _EACH)
_WINDOW = tuple(_window(meant) for meant in _EACH)
_WHOLE = tuple(_whole(meant) for meant in _EACH)
_BETWEEN = tuple(
    select(total(posting.c.amount)).where(
        meant, _BEHIND, tuple_(bindparam("end"), bindparam("line")) > _AT
    )
    for meant in _EACH
)
_PLACE = attrgetter("place")


class Lines:
    """Where the lines of `days` stand. Places that were read are remembered."""

    def __init__(self, connection: Connection, days: Days, opening: int) -> None:
        self._meant = days
        self.days = [
            Day(date.fromisoformat(day), *sums)
            for day, *sums in fetched(connection, _DAYS[days.ordinary], days.values())
        ]
        self._marks = list(_marks(self.days, opening))
        self._count = sum([day.lines for day in self.days])
        self.debit = sum([day.debit for day in self.days])
        self.credit = sum([day.credit for day in self.days])

    def __len__(self) -> int:
        return self._count

    def read(self, connection: Connection, start: int, stop: int) -> list[Entry]:
        """The lines from `start` to before `stop`."""
        columns = self.columns(connection, start, stop)
        return list(map(Entry, *columns)) if columns else []

    def columns(self, connection: Connection, start: int, stop: int) -> Columns:
        """The same lines, a column for each field of an `Entry`; nothing where there is none."""
        if start >= stop:
            return []
        mark, meant = self._window(start, stop)
        if stop - start == len(self):
            found = _lines_of(fetched(connection, _WHOLE[self._meant.ordinary], meant), stop)
        else:
            found = fetched(connection, _WINDOW[self._meant.ordinary], meant)
        if not found:
            return []
        balance = mark.balance
        if start > mark.place:
            sequence, _, day, *_ = found[0]
            balance += self._between(connection, meant, day, sequence)
        sequences, numbers, days, *said, debits, credits_, contras = zip(*found, strict=True)
        dates = [*map(date.fromisoformat, days)]
        _, *balances = accumulate(map(sub, debits, credits_), initial=balance)
        self._remember(_Mark(start + len(found), days[-1], sequences[-1], balances[-1]))
        return (sequences, numbers, dates, *said, debits, credits_, balances, contras)

    def holding(
        self, connection: Connection, start: int, stop: int, wanted: str, words: Words
    ) -> Iterator[Heading]:
        """The documents of these lines whose number holds a casefolded text, or whose words may.

        A memo does not that lacks one of `words`. Left to be looked at are those without one, and
        those with more than ASCII, which SQLite does not fold.
        """
        _, meant = self._window(start, stop)
        held = and_(
            true(), *(or_(*(like(entry.c.payload, f"%{way}%") for way in word)) for word in words)
        )
        asked = _holding(_EACH[self._meant.ordinary], held)
        found = connection.execute(asked, {**meant, "wanted": wanted})
        return map(heading, found.all())

    def _window(self, start: int, stop: int) -> tuple[_Mark, dict[str, Any]]:
        mark = self._marks[bisect_right(self._marks, start, key=_PLACE) - 1]
        meant = {**self._meant.values(), "start": mark.day, "document": mark.document}
        return mark, meant | {"count": stop - start, "skipped": start - mark.place}

    def _between(
        self, connection: Connection, meant: dict[str, Any], day: str, document: int
    ) -> int:
        values = meant | {"end": day, "line": document}
        ((total,),) = fetched(connection, _BETWEEN[self._meant.ordinary], values)
        return int(total)

    def _remember(self, mark: _Mark) -> None:
        at = bisect_right(self._marks, mark.place, key=_PLACE)
        if self._marks[at - 1].place != mark.place:
            self._marks.insert(at, mark)


def _lines_of(postings: list[Any], lines: int) -> list[Any]:
    """Postings as the rows of so many lines, each of one document."""
    if len(postings) == lines:
        return postings
    found: dict[int, Any] = {}
    for posted in postings:
        sequence, *said, debit, credit, contra = posted
        there = found.get(sequence)
        if there is not None:
            posted = (sequence, *said, there[-3] + debit, there[-2] + credit, contra)
        found[sequence] = posted
    return [*found.values()]


def _marks(days: list[Day], balance: int) -> Iterator[_Mark]:
    """The beginning of each day."""
    place = 0
    for day, lines, debit, credit in days:
        yield _Mark(place, day.isoformat(), 0, balance)
        place += lines
        balance += debit - credit


class AccountBook(NamedTuple):
    """One account over some days; amounts are debit positive."""

    account: str
    before: Sides
    """All debits and credits before these days."""
    brought: Sides
    """What the opening balance brought, where it is dated within them."""
    lines: Lines

    @property
    def opening(self) -> int:
        """The balance that they begin with; rupiah, debit positive."""
        return net(self.before) + net(self.brought)

    @property
    def debit(self) -> int:
        """All debits of the period; rupiah."""
        return self.lines.debit

    @property
    def credit(self) -> int:
        """All credits of the period; rupiah."""
        return self.lines.credit

    @property
    def closing(self) -> int:
        """The balance at the end; rupiah, debit positive."""
        return self.opening + self.debit - self.credit


_KEPT = select(total(balance.c.debit), total(balance.c.credit)).where(
    balance.c.account == bindparam("account"),
    balance.c.month < bindparam("before"),
)
_DAYS_BEFORE = select(_DEBIT, _CREDIT).where(
    posting.c.account == bindparam("account"),
    posting.c.date >= bindparam("since"),
    posting.c.date < bindparam("before"),
)
_ACCOUNTS = select(balance.c.account).distinct().order_by(balance.c.account)
_LAST = select(func.coalesce(func.max(document.c.sequence), 0))


def account_sides(connection: Connection, account: str, before: date) -> Sides:
    """All debits and credits to the day before `before`.

    Whole months come from the kept sums, the rest of the last month from its postings.
    """
    month = month_of(before)
    ((debit, credit),) = fetched(connection, _KEPT, {"account": account, "before": month})
    start = first_day(month)
    if start < before:
        days = {"account": account, "since": start.isoformat(), "before": before.isoformat()}
        (sides,) = fetched(connection, _DAYS_BEFORE, days)
        debit, credit = debit + sides[0], credit + sides[1]
    return debit, credit


def account_book(
    connection: Connection, account: str, start: date, end: date, *, before_closing: bool = False
) -> AccountBook:
    """One account; `before_closing` leaves out the closing postings of these days."""
    at = opening_brought(connection), _last(connection)
    return _account_book(connection, account, (start, end), at, before_closing=before_closing)


def _last(connection: Connection) -> int:
    seen = last_seen(connection)
    if seen is not None:
        return seen
    ((last,),) = fetched(connection, _LAST, {})
    return int(last)


def _account_book(
    connection: Connection,
    account: str,
    days: tuple[date, date],
    at: tuple[Brought, int],
    *,
    before_closing: bool,
) -> AccountBook:
    (start, end), (opening, last) = days, at
    meant = Days(account, start, end, before_closing, opening.sequence, last)
    before = account_sides(connection, account, start)
    brought = opening.within(start, end).get(account, NIL)
    lines = Lines(connection, meant, net(before) + net(brought))
    return AccountBook(account, before, brought, lines)


def account_books(
    connection: Connection, start: date, end: date, *, before_closing: bool = False
) -> Iterator[AccountBook]:
    """Every account that anything stands or moves on, in the order of the codes."""
    at = opening_brought(connection), _last(connection)
    for account in connection.execute(_ACCOUNTS).scalars().all():
        book = _account_book(connection, account, (start, end), at, before_closing=before_closing)
        if book.opening or book.lines.days:
            yield book


# -- The rows of the journal, read a window at a time ---------------------------------------------
#
# Facts are never changed, so the documents that were there when it was begun stay the same.


_ROWS = (
    select(1 + func.count())
    .select_from(posting)
    .where(posting.c.document == entry.c.sequence)
    .scalar_subquery()
)
_DOCUMENTS = oldest_first(
    select(entry.c.sequence, _ROWS).where(dated_within(), entry.c.number.is_not(None))
)
_SUMS = (
    select(_DEBIT, _CREDIT)
    .select_from(in_order(entry, posting, posting.c.document == entry.c.sequence))
    .where(dated_within(), entry.c.number.is_not(None))
)
Documents = list[tuple[Heading, list[Posting]]]


class JournalLines:
    """The documents of some days; only the place where the rows of each end is kept."""

    def __init__(self, connection: Connection, start: date, end: date) -> None:
        self._sequences, self._ends = array("q"), array("q")
        count = 0
        for sequence, rows in connection.execute(_DOCUMENTS, span(start, end)):
            count += rows
            self._sequences.append(sequence)
            self._ends.append(count)
        sums = connection.execute(_SUMS, span(start, end)).one()
        self.debit: int = sums[0]
        self.credit: int = sums[1]

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def read(self, connection: Connection, start: int, stop: int) -> tuple[int, Documents]:
        """The documents that the rows from `start` to before `stop` are of, whole; and how many
        rows there are before the first of them."""
        if start >= stop:
            return start, []
        first, last = bisect_right(self._ends, start), bisect_left(self._ends, stop)
        wanted = self._sequences[first : last + 1].tolist()
        postings = postings_of(connection, wanted)
        found = [
            (each, postings[each.sequence]) for each in headings_at(connection, json.dumps(wanted))
        ]
        return (self._ends[first - 1] if first else 0), found
