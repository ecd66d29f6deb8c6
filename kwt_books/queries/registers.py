"""The group's books as they were written: guests, activities, minutes, letters, advice, upkeep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, select

from kwt_books.queries.diary import attached_to
from kwt_books.queries.documents import span
from kwt_books.queries.reading import Reading
from kwt_books.store.expressions import dated_within, entry, in_force, oldest_first, said


@dataclass(frozen=True, slots=True)
class Entered:
    """A line of a book that was not struck out."""

    day: date
    entry: Mapping[str, Any]
    """What was written, by the keys of the book (STREAM.md, `register`)."""


@dataclass(frozen=True, slots=True)
class BookLine:
    """A line as the screen lists it."""

    day: date
    entry: Mapping[str, Any]
    id: str | None
    """What it is corrected by; nothing where whoever recorded it gave none."""
    attached: bool


_ENTERED = oldest_first(
    select(entry.c.date, entry.c.payload).where(
        entry.c.kind == "register",
        said(entry.c.payload, "book") == bindparam("book"),
        dated_within(),
        in_force(),
    )
)


def entered(connection: Connection, book: str, start: date, end: date) -> list[Entered]:
    """The lines of a book of these days, in their order."""
    found = connection.execute(_ENTERED, {"book": book, **span(start, end)})
    return [Entered(date.fromisoformat(day), orjson.loads(payload)) for day, payload in found]


def book_lines(
    reading: Reading, book: str, start: date = date.min, end: date = date.max
) -> tuple[BookLine, ...]:
    """The lines of a book of these days, the newest first."""
    found = [(each, each.entry.get("id")) for each in entered(reading.connection, book, start, end)]
    attached = attached_to(reading.connection, [id_ for _, id_ in found if id_ is not None])
    return tuple(
        BookLine(each.day, each.entry, id_, id_ in attached) for each, id_ in reversed(found)
    )


def meeting_of(connection: Connection, number: str) -> Entered | None:
    """The meeting whose minutes bear this number; the last one where there are several."""
    if not number:
        return None
    minutes = entered(connection, "minutes", date.min, date.max)
    return next((each for each in reversed(minutes) if each.entry.get("number") == number), None)
