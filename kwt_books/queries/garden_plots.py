"""Batches and beds that stand now, with what was done in each since it was made."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from kwt_books.domain.posting import BED
from kwt_books.queries.setup import SetupBook


class Standing(NamedTuple):
    """A batch or bed: thousandths of plants (none in a bed), rupiah, the entry that made it."""

    name: str
    item: str
    since: date
    quantity: int
    value: int
    opened: int


class Work(NamedTuple):
    """A document that concerned it."""

    kind: str
    payload: dict[str, Any]
    date: date


_GROWING = text("""
    SELECT substr(place, instr(place, ':') + 1), item, since, quantity, value, opened
    FROM growing WHERE place LIKE :kind || '%' AND ended IS NULL AND (:all OR quantity > 0)
    ORDER BY since DESC, opened DESC
""")
_FIRST_SINCE = text("SELECT min(sequence) FROM document WHERE date >= :since")
_WORK = text("""
    SELECT m.place, d.kind, d.payload, d.date
    FROM json_each(:plots) j
    CROSS JOIN move m ON m.place = json_extract(j.value, '$[0]') AND m.lot = ''
        AND m.document >= max(json_extract(j.value, '$[1]'), :first)
    CROSS JOIN document d ON d.sequence = m.document
    WHERE d.corrects IS NULL AND d.date >= :since
    AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence)
    ORDER BY d.date, d.sequence, m.line
""")


def standing(connection: Connection, kind: str) -> list[Standing]:
    """Batches with plants left, or beds (`kind` as places begin), the youngest first."""
    found = connection.execute(_GROWING, {"kind": kind, "all": kind == BED})
    return [Standing(row[0], row[1], date.fromisoformat(row[2]), *row[3:]) for row in found]


def work_on(
    connection: Connection, kind: str, plots: Sequence[Standing], since: date = date.min
) -> defaultdict[str, list[Work]]:
    """By name, what was done from a day on and not undone, the oldest first."""
    found: defaultdict[str, list[Work]] = defaultdict(list)
    days = {"since": since.isoformat()}
    first = connection.execute(_FIRST_SINCE, days).scalar()
    if first is None:  # nothing was recorded since
        return found
    values = {"plots": as_places(kind, plots), "first": first, **days}
    for place, what, payload, day in connection.execute(_WORK, values):
        name = place.removeprefix(kind)
        found[name].append(Work(what, json.loads(payload), date.fromisoformat(day)))
    return found


def as_places(kind: str, plots: Sequence[Standing]) -> str:
    """Places and the entries that made them, for a query's `json_each`."""
    return json.dumps([[kind + plot.name, plot.opened] for plot in plots])


def crop_of(setup: SetupBook, item: str) -> tuple[str, str]:
    """The crop, without the word for seedlings, and the unit."""
    known = setup.items[item]
    first, _, rest = known.name.partition(" ")
    crop = rest if first.casefold() in ("bibit", "semai") and rest else known.name
    return crop[:1].upper() + crop[1:], known.unit
