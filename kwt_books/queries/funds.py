"""Funds set aside from profit: what they got, and what they were spent on."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from kwt_books.domain.accounts import SURPLUS
from kwt_books.queries.documents import span


@dataclass(frozen=True, slots=True)
class Release:
    """What a document released of a fund; negative in the correction of one that did."""

    sequence: int
    number: str
    date: date
    kind: str
    payload: dict[str, Any]
    corrected: str | None
    """Number of the document that this one undoes."""
    source: str
    """Kind of the document that spent: of the corrected one in a correction."""
    fund: str
    amount: int


# A release is the last pair of postings of a document that can spend a fund: D fund, K 3301.
_RELEASES = text("""
    SELECT d.sequence, d.number, d.date, d.kind, d.payload, o.number,
        coalesce(o.kind, d.kind), coalesce(o.payload, d.payload), f.account, f.amount
    FROM posting s
    JOIN posting f ON f.document = s.document AND f.line = s.line - 1
    JOIN document d ON d.sequence = s.document
    LEFT JOIN document o ON o.sequence = d.corrects
    WHERE s.account = :surplus AND s.date BETWEEN :start AND :end AND s.closing = 0
        AND f.amount = -s.amount
        AND coalesce(o.kind, d.kind) IN ('payment', 'purchase', 'asset_acquisition')
        AND NOT EXISTS (
            SELECT 1 FROM posting l WHERE l.document = s.document AND l.line > s.line)
    ORDER BY d.date, d.sequence
""")

_ALLOCATED = text("""
    SELECT p.account, -sum(p.amount)
    FROM document d JOIN posting p ON p.document = d.sequence
    WHERE d.kind IN ('month_close', 'month_reopen') AND d.date BETWEEN :start AND :end
    GROUP BY p.account
""")


def releases(connection: Connection, start: date, end: date) -> list[Release]:
    """Releases and their corrections dated within these days, in the order of a book."""
    found = []
    values = {"surplus": SURPLUS, **span(start, end)}
    for row in connection.execute(_RELEASES, values):
        sequence, number, day, kind, payload, corrected, source, spending, fund, amount = row
        if json.loads(spending).get("fund") == fund:
            when = date.fromisoformat(day)
            found.append(
                Release(
                    sequence,
                    number,
                    when,
                    kind,
                    json.loads(payload),
                    corrected,
                    source,
                    fund,
                    amount,
                )
            )
    return found


def released(found: list[Release]) -> dict[str, int]:
    """The sum of releases by fund."""
    sums: defaultdict[str, int] = defaultdict(int)
    for each in found:
        sums[each.fund] += each.amount
    return sums


def closed_to(connection: Connection, start: date, end: date) -> dict[str, int]:
    """What closes dated within these days (less reopenings) brought to each account, K positive."""
    found = connection.execute(_ALLOCATED, span(start, end))
    return {account: amount for account, amount in found if amount}
