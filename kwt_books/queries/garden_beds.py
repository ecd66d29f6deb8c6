"""Beds: what they hold, and what they gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, text

from kwt_books.domain.month import Month, first_day, last_day
from kwt_books.domain.posting import BED
from kwt_books.queries.documents import effects, thousandths
from kwt_books.queries.garden_plots import Work, as_places, crop_of, standing, work_on
from kwt_books.queries.setup import SetupBook

_LATELY = timedelta(days=90)
"""What was planted or harvested within this time is what a bed holds."""


class Amount(NamedTuple):
    """Thousandths of something with a unit."""

    name: str
    unit: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Bed:
    name: str
    since: date
    value: int
    """What it holds, whole rupiah."""
    crops: tuple[str, ...] = ()
    """What was planted or harvested there lately."""
    planted: date | None = None
    harvested: date | None = None
    """The last time that was recorded, of each."""
    yields: tuple[Amount, ...] = ()
    """Harvested within the month, by item."""


_LAST_HARVESTS = text("""
    SELECT json_extract(j.value, '$[0]'), (
        SELECT d.date FROM move m CROSS JOIN document d ON d.sequence = m.document
        WHERE m.place = json_extract(j.value, '$[0]') AND m.lot = ''
        AND m.document >= json_extract(j.value, '$[1]') AND d.kind = 'harvest'
        AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence)
        ORDER BY m.document DESC LIMIT 1)
    FROM json_each(:plots) j
""")
Quantities = dict[str, int]
"""Thousandths by item."""


def beds(connection: Connection, setup: SetupBook, today: date) -> list[Bed]:
    """All that stand, by name; without what they gave."""
    found = standing(connection, BED)
    work = work_on(connection, BED, found, today - _LATELY)
    last = connection.execute(_LAST_HARVESTS, {"plots": as_places(BED, found)})
    harvests = {place.removeprefix(BED): date.fromisoformat(day) for place, day in last if day}
    made = [
        _worked(setup, Bed(plot.name, plot.since, plot.value), work[plot.name]) for plot in found
    ]
    made = [replace(bed, harvested=harvests.get(bed.name)) for bed in made]
    return sorted(made, key=lambda bed: bed.name.casefold())


def _worked(setup: SetupBook, bed: Bed, work: Iterable[Work]) -> Bed:
    crops: dict[str, None] = {}
    planted = None
    for kind, payload, day in work:
        if kind == "harvest":
            crops[setup.item_name(payload["item"])] = None
        for line in payload.get("seedlings", ()):
            crops[crop_of(setup, line["item"])[0]] = None
            planted = day
    return replace(bed, crops=tuple(crops), planted=planted)


def reaped(connection: Connection, month: Month) -> tuple[dict[str, Quantities], Quantities]:
    """Harvested by bed and item, and spoiled by item; what was undone counts against."""
    found: defaultdict[str, Quantities] = defaultdict(lambda: defaultdict(int))
    spoiled: Quantities = defaultdict(int)
    for each in effects(connection, ("harvest",), first_day(month), last_day(month)):
        item, payload = each.payload["item"], each.payload
        found[payload["bed"]][item] += each.sign * thousandths(payload["qty"])
        spoiled[item] += each.sign * thousandths(payload.get("spoiled", 0))
    return found, spoiled


def together(parts: Iterable[Mapping[str, int]]) -> Quantities:
    sums: Quantities = defaultdict(int)
    for part in parts:
        for item, quantity in part.items():
            sums[item] += quantity
    return sums


def amounts(setup: SetupBook, quantities: Mapping[str, int]) -> tuple[Amount, ...]:
    """With names and units, the most first."""
    found = [
        Amount(setup.item_name(item), setup.items[item].unit, quantity)
        for item, quantity in quantities.items()
        if quantity
    ]
    return tuple(sorted(found, key=lambda each: -each.quantity))
