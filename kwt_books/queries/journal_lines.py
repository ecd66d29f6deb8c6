"""The rows of the journal, read a window at a time: a document's heading and its postings.

Facts are never changed, so the documents that were there when it was begun stay the same.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left, bisect_right
from datetime import date

from sqlalchemy import Connection, text

from kwt_books.domain.posting import Posting
from kwt_books.queries.documents import Heading, headings_at, postings_of, span

_DOCUMENTS = text("""
    SELECT d.sequence, 1 + (SELECT count(*) FROM posting p WHERE p.document = d.sequence)
    FROM document d WHERE d.date BETWEEN :start AND :end AND d.number IS NOT NULL
    ORDER BY d.date, d.sequence
""")
_SUMS = text("""
    SELECT coalesce(sum(max(p.amount, 0)), 0), coalesce(sum(max(-p.amount, 0)), 0)
    FROM document d CROSS JOIN posting p ON p.document = d.sequence
    WHERE d.date BETWEEN :start AND :end AND d.number IS NOT NULL
""")
Documents = list[tuple[Heading, list[Posting]]]


class JournalLines:
    """The documents of some days: of each is kept where its rows end, and no more."""

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
