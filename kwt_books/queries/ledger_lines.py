"""The lines of one account, read a window at a time however many there are.

A line is what one document does to the account. Facts are never changed, so what is read up to
the newest entry of one moment is the same whenever it is read.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, TextClause, text

from kwt_books.queries.counters import Posting, counter
from kwt_books.queries.documents import Heading, headings_at, span


class Entry(NamedTuple):
    """What one document does to one account: both sides, the account across, what then stands."""

    document: Heading
    debit: int
    credit: int
    counter: str
    balance: int


class Days(NamedTuple):
    """Which lines are meant: of an account, over some days, up to the newest entry `last`."""

    account: str
    start: date
    end: date
    ordinary: bool
    """Closing postings are left out."""
    opening: int
    """The opening balance counts as having been there before: it has no line."""
    last: int

    def values(self) -> dict[str, Any]:
        kept = {"account": self.account, "opening": self.opening, "last": self.last}
        return kept | span(self.start, self.end)


class Day(NamedTuple):
    """A day that has lines."""

    day: date
    lines: int
    debit: int
    credit: int


class _Mark(NamedTuple):
    """A place between two lines, and what stands there."""

    place: int
    """Lines before it."""
    day: str
    document: int
    """The last line before it is of this document; 0: of an earlier day."""
    balance: int


_MEANT = """
    account = :account AND date BETWEEN :start AND :end
    AND document <> :opening AND document <= :last
"""


def _asked(sql: str) -> tuple[TextClause, TextClause]:
    """For all postings and, by the same words, for ordinary ones: asking for what the index does
    not hold would cost a look at every posting."""
    return text(sql.format(meant=_MEANT)), text(sql.format(meant=f"{_MEANT} AND closing = 0"))


_DAYS = _asked("""
    SELECT date, count(DISTINCT document), sum(max(amount, 0)), sum(max(-amount, 0))
    FROM posting WHERE {meant} GROUP BY date
""")
_WINDOW = _asked("""
    SELECT DISTINCT date, document FROM posting
    WHERE {meant} AND (date, document) > (:start, :document)
    ORDER BY date, document LIMIT :count OFFSET :skipped
""")
_BETWEEN = _asked("""
    SELECT sum(amount) FROM posting
    WHERE {meant} AND (date, document) > (:start, :document) AND (date, document) < (:end, :line)
""")
_POSTINGS = text("""
    SELECT p.document, p.account, p.amount, p.party, p.closing
    FROM json_each(:sequences) j CROSS JOIN posting p ON p.document = j.value
    ORDER BY p.document, p.line
""")
_PLACE = attrgetter("place")


class Lines:
    """Where the lines of `days` stand. Places that were read are remembered."""

    def __init__(self, connection: Connection, days: Days, opening: int) -> None:
        self._meant = days
        self.days = [
            Day(date.fromisoformat(day), *sums)
            for day, *sums in connection.execute(_DAYS[days.ordinary], days.values()).all()
        ]
        self._marks = list(_marks(self.days, opening))

    def __len__(self) -> int:
        return sum(day.lines for day in self.days)

    def read(self, connection: Connection, start: int, stop: int) -> list[Entry]:
        """The lines from `start` to before `stop`."""
        if start >= stop:
            return []
        mark = self._marks[bisect_right(self._marks, start, key=_PLACE) - 1]
        meant = {**self._meant.values(), "start": mark.day, "document": mark.document}
        window = {"count": stop - start, "skipped": start - mark.place}
        found = connection.execute(_WINDOW[self._meant.ordinary], meant | window).all()
        if not found:
            return []
        balance = mark.balance
        if start > mark.place:
            till = {"end": found[0][0], "line": found[0][1]}
            balance += connection.execute(_BETWEEN[self._meant.ordinary], meant | till).scalar_one()
        entries = list(self._entries(connection, [row[1] for row in found], balance))
        day, document = found[-1]
        self._remember(_Mark(start + len(found), day, document, entries[-1].balance))
        return entries

    def _entries(
        self, connection: Connection, documents: list[int], balance: int
    ) -> Iterator[Entry]:
        sequences = json.dumps(documents)
        postings: defaultdict[int, list[Posting]] = defaultdict(list)
        rows = connection.execute(_POSTINGS, {"sequences": sequences}).all()
        for sequence, account, amount, party, closing in rows:
            postings[sequence].append((account, amount, party, closing))
        for each in headings_at(connection, sequences):
            debit, credit, counter = self._sides(postings[each.sequence])
            balance += debit - credit
            yield Entry(each, debit, credit, counter, balance)

    def _sides(self, postings: list[Posting]) -> tuple[int, int, str]:
        meant, debit, credit = self._meant, 0, 0
        if meant.ordinary:
            postings = [each for each in postings if not each[3]]
        for account, amount, _, _ in postings:
            if account == meant.account:
                if amount > 0:
                    debit += amount
                else:
                    credit -= amount
        return debit, credit, counter(postings, meant.account)

    def _remember(self, mark: _Mark) -> None:
        at = bisect_right(self._marks, mark.place, key=_PLACE)
        if self._marks[at - 1].place != mark.place:
            self._marks.insert(at, mark)


def _marks(days: list[Day], balance: int) -> Iterator[_Mark]:
    """The beginning of each day."""
    place = 0
    for day, lines, debit, credit in days:
        yield _Mark(place, day.isoformat(), 0, balance)
        place += lines
        balance += debit - credit
