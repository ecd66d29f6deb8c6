"""The Fridays of a month on which an outlet was recorded, and those on which none was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, bindparam, select

from kwt_books.domain.values import Month, first_day, last_day
from kwt_books.queries.documents import span
from kwt_books.store.expressions import dated_within, entry, in_force

_FRIDAY = 4
_LOOKED_BACK = timedelta(days=92)
"""A group that sold on a Friday within this time sells on Fridays."""


@dataclass(frozen=True, slots=True)
class Fridays:
    """The market days of a month: which were recorded and which were not."""

    held: tuple[date, ...]
    missed: tuple[date, ...]


_DAYS = (
    select(entry.c.date)
    .distinct()
    .where(entry.c.kind == bindparam("kind"), dated_within(), in_force())
    .order_by(entry.c.date)
)


def fridays_of(connection: Connection, month: Month, until: date) -> Fridays:
    """The Fridays of the month up to a day; none where the group does not sell on Fridays."""
    start, end = first_day(month), min(last_day(month), until)
    values = {"kind": "market_day", **span(start - _LOOKED_BACK, last_day(month))}
    held = {date.fromisoformat(day) for (day,) in connection.execute(_DAYS, values)}
    if not any(day.weekday() == _FRIDAY for day in held):
        return Fridays((), ())
    first = min(day for day in held if day.weekday() == _FRIDAY)
    fridays = [
        day
        for day in (start + timedelta(days=n) for n in range((end - start).days + 1))
        if day.weekday() == _FRIDAY and day >= first
    ]
    return Fridays(
        tuple(day for day in fridays if day in held),
        tuple(day for day in fridays if day not in held),
    )
