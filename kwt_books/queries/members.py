"""What members and residents paid in, document by document and month by month."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, text

from kwt_books.domain.accounts import SAVINGS
from kwt_books.domain.values import Month
from kwt_books.queries.documents import opening_document, span

# -- Savings -------------------------------------------------------------------------------------


class Saving(NamedTuple):
    """What one document did to a member's savings, credit positive."""

    day: date
    number: str
    kind: str
    payload: str
    corrected: str | None
    amounts: Mapping[str, int]
    """By account: 3101, 3102, 2106."""


_SAVINGS = text("""
    SELECT d.sequence, d.date, d.number, d.kind, d.payload, o.number, p.account, -sum(p.amount)
    FROM posting p JOIN document d ON d.sequence = p.document
    LEFT JOIN document o ON o.sequence = d.corrects
    WHERE p.account IN ('3101', '3102', '2106') AND p.party = :party
        AND p.date BETWEEN :start AND :end AND d.sequence <> :opening
    GROUP BY d.sequence, p.account ORDER BY d.date, d.sequence
""")
_BEFORE = text("""
    SELECT account, -sum(amount) FROM posting
    WHERE account IN ('3101', '3102', '2106') AND party = :party
        AND (date < :start OR (document = :opening AND date <= :end))
    GROUP BY account
""")
_BY_MONTH = text("""
    SELECT p.party, substr(p.date, 1, 7), -sum(p.amount)
    FROM posting p
    WHERE p.account IN ('3101', '3102', '2106') AND p.date <= :end AND p.document <> :opening
    GROUP BY 1, 2
""")
_BROUGHT = text("""
    SELECT party, -sum(amount) FROM posting
    WHERE account IN ('3101', '3102', '2106') AND document = :opening AND date <= :end
    GROUP BY 1
""")
_SAVERS = text("""
    SELECT DISTINCT party FROM posting
    WHERE account IN ('3101', '3102', '2106') AND party IS NOT NULL AND date <= :end
""")


def savers(connection: Connection, end: date) -> list[str]:
    """Everybody who has ever had savings by then."""
    return sorted(connection.execute(_SAVERS, {"end": end.isoformat()}).scalars())


def saved_before(connection: Connection, party: str, start: date, end: date) -> dict[str, int]:
    """By account; the opening balance counts as having been there before."""
    values = {"party": party, "opening": opening_document(connection).sequence, **span(start, end)}
    found = connection.execute(_BEFORE, values)
    return {account: amount for account, amount in found if account in SAVINGS.values()}


def savings_of(connection: Connection, party: str, start: date, end: date) -> list[Saving]:
    """Each document of these days that touched a member's savings, in the order of a book."""
    values = {"party": party, "opening": opening_document(connection).sequence, **span(start, end)}
    found: dict[int, Saving] = {}
    for sequence, day, number, kind, payload, corrected, account, amount in connection.execute(
        _SAVINGS, values
    ):
        if sequence not in found:
            when = date.fromisoformat(day)
            found[sequence] = Saving(when, number, kind, payload, corrected, {})
        amounts = found[sequence].amounts
        assert isinstance(amounts, dict)
        amounts[account] = amount
    return list(found.values())


def savings_by_month(
    connection: Connection, end: date
) -> tuple[dict[str | None, int], dict[str | None, dict[Month, int]]]:
    """What the book began with and what each month brought, by member; None: without a name."""
    values = {"opening": opening_document(connection).sequence, "end": end.isoformat()}
    brought = {row[0]: row[1] for row in connection.execute(_BROUGHT, values)}
    months: defaultdict[str | None, dict[Month, int]] = defaultdict(dict)
    for party, month, amount in connection.execute(_BY_MONTH, values):
        if amount:
            months[party][month] = amount
    return brought, dict(months)


# -- Dues ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Due:
    """What a resident paid for some months on a liability, and when."""

    party: str
    account: str
    day: date
    number: str
    amounts: Mapping[Month, int]


_DUES = text("""
    SELECT date, number, payload FROM document d
    WHERE kind = 'dues' AND date <= :end
        AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence AND c.date <= :end)
    ORDER BY date, sequence
""")


def dues_paid(connection: Connection, end: date, usual: str) -> list[Due]:
    """Dues by the end of a day; `usual` is the liability of those that name none.

    An amount for several months falls on them evenly, what is left over on the first.
    """
    found = []
    for day, number, raw in connection.execute(_DUES, {"end": end.isoformat()}):
        payload = json.loads(raw)
        for line in payload["lines"]:
            months = sorted(line["months"])
            each, rest = divmod(line["amount"], len(months))
            parts = {month: each + (rest if n == 0 else 0) for n, month in enumerate(months)}
            account = payload.get("for") or usual
            found.append(Due(line["party"], account, date.fromisoformat(day), number, parts))
    return found
