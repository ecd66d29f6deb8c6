"""What the notes disclose beyond balances: where capital came from, what was mended since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from kwt_books.domain.values import Month
from kwt_books.queries.documents import span
from kwt_books.queries.setup import held_closes
from kwt_books.store.expressions import (
    above,
    dated_within,
    entry,
    in_force,
    oldest_first,
    original,
    source_kind,
    source_payload,
    total,
    with_original,
)
from kwt_books.store.rows import recorded_command
from kwt_books.store.tables import posting

# -- An account of capital by who gave it --------------------------------------------------------


class Source(NamedTuple):
    """What one giver or programme brought to an account by two days, credit positive."""

    kind: str
    """Of the documents: `opening_balance`, `grant`, `purchase`."""
    party: str | None
    programme: str | None
    amount: int
    previous: int


_SOURCES = (
    select(source_kind, source_payload, posting.c.date, -posting.c.amount)
    .select_from(with_original(posting.join(entry, entry.c.sequence == posting.c.document)))
    .where(posting.c.account == bindparam("account"), posting.c.date <= bindparam("end"))
    .order_by(entry.c.sequence)
)


def sources(connection: Connection, account: str, start: date, end: date) -> list[Source]:
    """What stood on an account at the end and before `start`, by where it came from.

    An opening balance counts as having been there before.
    """
    found: dict[tuple[str, str | None, str | None], tuple[int, int]] = {}
    values = {"account": account, "end": end.isoformat()}
    for kind, raw, day, amount in connection.execute(_SOURCES, values):
        command = recorded_command(kind, raw)
        named = (getattr(command, key, None) for key in ("party", "programme"))
        key = (kind, *named)
        before = amount if day < start.isoformat() or kind == "opening_balance" else 0
        stands, stood = found.get(key, (0, 0))
        found[key] = (stands + amount, stood + before)
    return [Source(*key, *amounts) for key, amounts in found.items()]


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


_AMOUNT = (
    select(total(above(posting.c.amount)))
    .where(posting.c.document == entry.c.sequence)
    .correlate(entry)
    .scalar_subquery()
)
_MENDED = oldest_first(
    select(
        entry.c.number,
        entry.c.date,
        original.c.number,
        original.c.date,
        entry.c.payload,
        original.c.sequence,
        entry.c.sequence,
        _AMOUNT,
    )
    .select_from(entry.join(original, original.c.sequence == entry.c.corrects))
    .where(dated_within(), original.c.date < bindparam("start"))
    .where(original.c.number.is_not(None), entry.c.number.is_not(None))
)
_REOPENED = (
    select(entry.c.number, entry.c.payload)
    .where(entry.c.kind == "month_reopen", dated_within())
    .order_by(entry.c.sequence)
)


def mended(connection: Connection, start: date, end: date) -> list[Mended]:
    """Corrections of these days that undo what an earlier, closed month had reported."""
    closes = [(each.month, each.sequence) for each in held_closes(connection)]
    found = []
    for number, day, of, of_day, payload, source, sequence, amount in connection.execute(
        _MENDED, span(start, end)
    ):
        month = Month.of_text(of_day)
        if amount and any(month <= last and source < at < sequence for last, at in closes):
            reason = " ".join(recorded_command("correction", payload).reason.split())
            days = date.fromisoformat(day), date.fromisoformat(of_day)
            found.append(Mended(number, days[0], of, days[1], reason, amount))
    return found


def reopened(connection: Connection, start: date, end: date) -> list[Reopened]:
    """Closed months within these days that were opened again."""
    found = connection.execute(_REOPENED, span(start, end))
    return [
        Reopened(number, reopen.month, " ".join(reopen.reason.split()))
        for number, reopen in ((each, recorded_command("month_reopen", raw)) for each, raw in found)
    ]


# -- Whether a month's work is done: what a complete set of statements rests on ------------------


_DONE = (
    select(entry.c.kind)
    .distinct()
    .where(entry.c.kind.in_(("depreciation", "cash_count", "stock_count")))
    .where(dated_within(), in_force())
)


def work_done(connection: Connection, start: date, end: date) -> frozenset[str]:
    """Which of `depreciation`, `cash_count` and `stock_count` these days have."""
    return frozenset(connection.execute(_DONE, span(start, end)).scalars())
