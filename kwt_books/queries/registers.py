"""The group's books as they were written: guests, activities, minutes, letters, advice, upkeep."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from kwt_books.queries.documents import span


@dataclass(frozen=True, slots=True)
class Entered:
    """A line of a book that was not struck out."""

    day: date
    entry: Mapping[str, Any]
    """What was written, by the keys of the book (STREAM.md, `register`)."""


_ENTERED = text("""
    SELECT date, payload FROM document d
    WHERE kind = 'register' AND json_extract(payload, '$.book') = :book
        AND date BETWEEN :start AND :end
        AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence)
    ORDER BY date, sequence
""")


def entered(connection: Connection, book: str, start: date, end: date) -> list[Entered]:
    """The lines of a book of these days, in their order."""
    found = connection.execute(_ENTERED, {"book": book, **span(start, end)})
    return [Entered(date.fromisoformat(day), json.loads(payload)) for day, payload in found]


def meeting_of(connection: Connection, number: str) -> Entered | None:
    """The meeting whose minutes bear this number; the last one where there are several."""
    if not number:
        return None
    minutes = entered(connection, "minutes", date.min, date.max)
    return next((each for each in reversed(minutes) if each.entry.get("number") == number), None)
