"""What members and residents paid in, document by document and month by month."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, not_, or_, select

from kwt_books.domain.accounts import SAVINGS
from kwt_books.domain.documents.money import Dues
from kwt_books.domain.values import Month, month_of
from kwt_books.queries.documents import opening_document, span
from kwt_books.store.expressions import (
    dated_within,
    entry,
    in_force_then,
    in_order,
    listed,
    oldest_first,
    original,
    total,
    with_original,
)
from kwt_books.store.rows import recorded_command
from kwt_books.store.tables import posting

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


_SAVED = posting.c.account.in_(tuple(SAVINGS.values()))
_PARTIES = listed("parties")
_OF_EACH = in_order(_PARTIES, posting, (posting.c.party == _PARTIES.c.value) & _SAVED)
_OPENING = posting.c.document == bindparam("opening")
_UNTIL = posting.c.date <= bindparam("end")
_PAID = (-total(posting.c.amount)).label("paid")
_SAVINGS = oldest_first(
    select(
        posting.c.party,
        entry.c.sequence,
        entry.c.date,
        entry.c.number,
        entry.c.kind,
        entry.c.payload,
        original.c.number,
        posting.c.account,
        _PAID,
    )
    .select_from(with_original(in_order(_OF_EACH, entry, entry.c.sequence == posting.c.document)))
    .where(dated_within(posting.c.date), not_(_OPENING))
    .group_by(posting.c.party, entry.c.sequence, original.c.sequence, posting.c.account)
)
_BEFORE = (
    select(posting.c.party, posting.c.account, _PAID)
    .select_from(_OF_EACH)
    .where(or_(posting.c.date < bindparam("start"), and_(_OPENING, _UNTIL)))
    .group_by(posting.c.party, posting.c.account)
)
_BY_DAY = (
    select(posting.c.party, posting.c.date, _PAID)
    .where(_SAVED, _UNTIL, not_(_OPENING))
    .group_by(posting.c.party, posting.c.date)
)
_BROUGHT = select(posting.c.party, _PAID).where(_SAVED, _UNTIL, _OPENING).group_by(posting.c.party)
_SAVERS = select(posting.c.party).distinct().where(_SAVED, _UNTIL, posting.c.party.is_not(None))


def savers(connection: Connection, end: date) -> list[str]:
    """Everybody who has ever had savings by then."""
    return sorted(connection.execute(_SAVERS, {"end": end.isoformat()}).scalars())


def saved_before(
    connection: Connection, parties: Iterable[str], start: date, end: date
) -> Mapping[str, Mapping[str, int]]:
    """By member and account; the opening balance counts as having been there before."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for party, account, amount in connection.execute(
        _BEFORE, _asked(connection, parties, start, end)
    ):
        found[party][account] = amount
    return found


def savings_of(
    connection: Connection, parties: Iterable[str], start: date, end: date
) -> Mapping[str, list[Saving]]:
    """By member, each document of these days that touched her savings, in the order of a book."""
    found: defaultdict[str, dict[int, Saving]] = defaultdict(dict)
    for (
        party,
        sequence,
        day,
        number,
        kind,
        payload,
        corrected,
        account,
        amount,
    ) in connection.execute(_SAVINGS, _asked(connection, parties, start, end)):
        of_party = found[party]
        if sequence not in of_party:
            when = date.fromisoformat(day)
            of_party[sequence] = Saving(when, number, kind, payload, corrected, {})
        amounts = of_party[sequence].amounts
        assert isinstance(amounts, dict)
        amounts[account] = amount
    return {party: list(each.values()) for party, each in found.items()}


def _asked(
    connection: Connection, parties: Iterable[str], start: date, end: date
) -> dict[str, object]:
    opening = opening_document(connection).sequence
    return {"parties": json.dumps(list(parties)), "opening": opening, **span(start, end)}


def savings_by_month(
    connection: Connection, end: date
) -> tuple[dict[str | None, int], dict[str | None, dict[Month, int]]]:
    """What the book began with and what each month brought, by member; None: without a name."""
    values = {"opening": opening_document(connection).sequence, "end": end.isoformat()}
    brought = {row[0]: row[1] for row in connection.execute(_BROUGHT, values)}
    months: defaultdict[str | None, dict[Month, int]] = defaultdict(dict)
    for party, day, amount in connection.execute(_BY_DAY, values):
        month = month_of(date.fromisoformat(day))
        months[party][month] = months[party].get(month, 0) + amount
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


_DUES = oldest_first(
    select(entry.c.date, entry.c.number, entry.c.payload).where(
        entry.c.kind == "dues", entry.c.date <= bindparam("end"), in_force_then()
    )
)


def dues_paid(connection: Connection, end: date, usual: str) -> list[Due]:
    """Dues by the end of a day; `usual` is the liability of those that name none.

    An amount for several months falls on them evenly, what is left over on the first.
    """
    found = []
    for day, number, raw in connection.execute(_DUES, {"end": end.isoformat()}):
        dues: Dues = recorded_command("dues", raw)
        for line in dues.lines:
            months = sorted(line.months)
            each, rest = divmod(line.amount, len(months))
            parts = {month: each + (rest if n == 0 else 0) for n, month in enumerate(months)}
            account = dues.kept_on or usual
            found.append(Due(line.party, account, date.fromisoformat(day), number, parts))
    return found
