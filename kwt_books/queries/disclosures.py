"""What the notes disclose beyond balances: where capital came from, what was mended since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, text

from kwt_books.queries.documents import span
from kwt_books.queries.setup import held_closes

# -- An account of capital by who gave it --------------------------------------------------------


class Source(NamedTuple):
    """What one giver or programme brought to an account by two days, credit positive."""

    kind: str
    """Of the documents: `opening_balance`, `grant`, `purchase`."""
    party: str | None
    programme: str | None
    amount: int
    previous: int


_SOURCES = text("""
    SELECT coalesce(o.kind, d.kind),
        json_extract(coalesce(o.payload, d.payload), '$.party'),
        json_extract(coalesce(o.payload, d.payload), '$.programme'),
        -sum(p.amount),
        -sum(CASE WHEN p.date < :start OR coalesce(o.kind, d.kind) = 'opening_balance'
            THEN p.amount ELSE 0 END)
    FROM posting p
    JOIN document d ON d.sequence = p.document
    LEFT JOIN document o ON o.sequence = d.corrects
    WHERE p.account = :account AND p.date <= :end
    GROUP BY 1, 2, 3 ORDER BY min(d.sequence)
""")


def sources(connection: Connection, account: str, start: date, end: date) -> list[Source]:
    """What stood on an account at the end and before `start`, by where it came from.

    An opening balance counts as having been there before.
    """
    values = {"account": account, **span(start, end)}
    return [Source(*row) for row in connection.execute(_SOURCES, values)]


# -- Months that were closed and mended afterwards -----------------------------------------------


@dataclass(frozen=True, slots=True)
class Mended:
    """A correction of a document of an earlier month that had been closed."""

    number: str
    day: date
    of: str
    """The number of what it undid, and its date."""
    of_day: date
    reason: str
    amount: int
    """Sum of its debits."""


class Reopened(NamedTuple):
    """A month that was opened again, by which document and why."""

    number: str
    month: str
    reason: str


_MENDED = text("""
    SELECT d.number, d.date, o.number, o.date, d.payload, o.sequence, d.sequence,
        (SELECT coalesce(sum(max(amount, 0)), 0) FROM posting WHERE document = d.sequence)
    FROM document d JOIN document o ON o.sequence = d.corrects
    WHERE d.date BETWEEN :start AND :end AND o.date < :start
        AND o.number IS NOT NULL AND d.number IS NOT NULL
    ORDER BY d.date, d.sequence
""")
_REOPENED = text("""
    SELECT number, payload FROM document
    WHERE kind = 'month_reopen' AND date BETWEEN :start AND :end ORDER BY sequence
""")


def mended(connection: Connection, start: date, end: date) -> list[Mended]:
    """Corrections of these days that undo what an earlier, closed month had reported."""
    closes = [(each.month, each.sequence) for each in held_closes(connection)]
    found = []
    for number, day, of, of_day, payload, original, sequence, amount in connection.execute(
        _MENDED, span(start, end)
    ):
        if amount and any(
            of_day[:7] <= month and original < closed < sequence for month, closed in closes
        ):
            reason = " ".join(json.loads(payload)["reason"].split())
            days = date.fromisoformat(day), date.fromisoformat(of_day)
            found.append(Mended(number, days[0], of, days[1], reason, amount))
    return found


def reopened(connection: Connection, start: date, end: date) -> list[Reopened]:
    """Closed months within these days that were opened again."""
    found = connection.execute(_REOPENED, span(start, end))
    return [
        Reopened(number, payload["month"], " ".join(payload["reason"].split()))
        for number, payload in ((number, json.loads(raw)) for number, raw in found)
    ]


# -- Whether a month's work is done: what a complete set of statements rests on ------------------


_DONE = text("""
    SELECT DISTINCT kind FROM document d
    WHERE kind IN ('depreciation', 'cash_count', 'stock_count') AND date BETWEEN :start AND :end
    AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence)
""")


def work_done(connection: Connection, start: date, end: date) -> frozenset[str]:
    """Which of `depreciation`, `cash_count` and `stock_count` these days have."""
    return frozenset(connection.execute(_DONE, span(start, end)).scalars())
