"""Who owes and is owed, account by account, from the postings that name a party.

What a correction undoes is taken out of what was added or paid, at its original's date: it is
neither a payment nor a new debt.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, text

from kwt_books.queries.documents import opening_document


class Moved(NamedTuple):
    """What a party's documents of one day came to on an account; both sides positive."""

    day: date
    added: int
    paid: int
    here: bool
    """Whether it falls within the days asked for, and is not the opening."""


class Standing(NamedTuple):
    """One party on one account. `party` is None for postings that name nobody."""

    account: str
    party: str | None
    opening: int
    added: int
    paid: int
    unpaid: tuple[tuple[date, int], ...]
    """What is still owed, by the day it arose, oldest first; first in is first paid."""

    @property
    def owed(self) -> int:
        return self.opening + self.added - self.paid


_MOVED = text("""
    SELECT p.party, coalesce(o.date, p.date), o.sequence IS NOT NULL,
        p.date >= :start AND p.document <> :opening,
        sum(max(p.amount, 0)), sum(max(-p.amount, 0))
    FROM posting p CROSS JOIN document d ON d.sequence = p.document
    LEFT JOIN document o ON o.sequence = d.corrects
    WHERE p.account = :account AND p.date <= :end
    GROUP BY 1, 2, 3, 4
""")


def standings(
    connection: Connection, account: str, start: date, end: date, *, sign: int = 1
) -> list[Standing]:
    """Every party with anything on the account by `end`; `sign` -1 where credits are added."""
    values = {
        "account": account,
        "start": start.isoformat(),
        "end": end.isoformat(),
        "opening": opening_document(connection).sequence,
    }
    moved: defaultdict[str | None, list[Moved]] = defaultdict(list)
    for party, day, corrects, here, debit, credit in connection.execute(_MOVED, values):
        added, paid = (debit, credit) if sign > 0 else (credit, debit)
        if corrects:
            added, paid = -paid, -added
        moved[party].append(Moved(date.fromisoformat(day), added, paid, bool(here)))
    ordered = sorted(moved, key=lambda party: (party is None, party or ""))
    return [_standing(account, party, moved[party]) for party in ordered]


def _standing(account: str, party: str | None, moved: list[Moved]) -> Standing:
    return Standing(
        account,
        party,
        sum(each.added - each.paid for each in moved if not each.here),
        sum(each.added for each in moved if each.here),
        sum(each.paid for each in moved if each.here),
        unpaid(moved),
    )


def unpaid(moved: list[Moved]) -> tuple[tuple[date, int], ...]:
    """The newest additions, as far back as they make up what is owed.

    A party that has paid too much has one negative amount, of its last day.
    """
    added: defaultdict[date, int] = defaultdict(int)
    owed = 0
    for each in moved:
        added[each.day] += each.added
        owed += each.added - each.paid
    if owed < 0:
        return ((max(added), owed),)
    found: list[tuple[date, int]] = []
    for day in sorted(added, reverse=True):
        part = min(owed, added[day])
        if part > 0:
            found.append((day, part))
            owed -= part
    return tuple(reversed(found))
