"""Batches and beds at a day, with what they gave; and which bearer of a name an entry concerned."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from kwt_books.domain.kind import Purpose
from kwt_books.domain.posting import BATCH, BED, Growing, Named, bearing_name
from kwt_books.queries.documents import effect, effects, span
from kwt_books.queries.sales import changes_of
from kwt_books.store import rows
from kwt_books.store.expressions import (
    EFFECT,
    as_number,
    dated_within,
    entry,
    in_order,
    listed,
    of_no_goods,
    oldest_first,
    original,
    text_at,
    with_original,
)
from kwt_books.store.tables import growing, move

# -- Beds, batches and assets that bore one name in turn: which of them an entry concerned -------


def concerned(rows: Sequence[Named], source: int) -> Named | None:
    """The one of these that stood at entry `source`; of several, the newest by then.

    For a correction, `source` is the entry that it undid.
    """
    found = bearing_name(rows, source)
    if found is not None:
        return found
    return max((row for row in rows if row.opened <= source), key=_opened, default=None)


def _opened(row: Named) -> int:
    return row.opened


class Harvested(NamedTuple):
    """What was harvested: thousandths, and its value in rupiah."""

    quantity: int
    value: int


@dataclass(slots=True)
class Plot:
    """A batch or a bed at the end of some days: thousandths of plants, and rupiah."""

    plants: Growing
    quantity: int
    value: int
    ceased: bool = False
    """Whether what made it was undone: it stood only until then."""
    moved: bool = False
    """Whether anything was done with it within these days."""
    sown: int = 0
    ready: int = 0
    lost: int = 0
    destroyed: int = 0
    tended: date | None = None
    """When it was first cared for."""
    harvests: dict[str, Harvested] = field(default_factory=dict)
    """By item, within these days."""

    @property
    def name(self) -> str:
        """Its name, as documents use it."""
        return self.plants.place.partition(":")[2]

    @property
    def is_batch(self) -> bool:
        """Whether it is a batch of seedlings; else it is a bed."""
        return self.plants.place.startswith(BATCH)


_CONCERNED = func.coalesce(entry.c.corrects, entry.c.sequence)
_MOVED = in_order(entry, move, move.c.document == entry.c.sequence)
_SINCE = (
    select(move.c.place, _CONCERNED, move.c.quantity, move.c.value)
    .select_from(_MOVED)
    .where(entry.c.date > bindparam("end"), of_no_goods)
)
_DURING = (
    select(move.c.place, _CONCERNED)
    .distinct()
    .select_from(_MOVED)
    .where(dated_within(), of_no_goods)
)
_PLACES = listed("places")
_WORK = oldest_first(
    select(*EFFECT)
    .distinct()
    .select_from(
        with_original(
            in_order(
                in_order(_PLACES, move, (move.c.place == _PLACES.c.value) & of_no_goods),
                entry,
                entry.c.sequence == move.c.document,
            )
        )
    )
    .where(entry.c.date <= bindparam("end"))
)
_BATCHES = listed("batches")
_SOWN = select(move.c.place, move.c.document, move.c.quantity).select_from(
    in_order(
        _BATCHES,
        move,
        (move.c.document == as_number(text_at(_BATCHES.c.value, 1)))
        & (move.c.place == text_at(_BATCHES.c.value, 0)),
    )
)
_UNDONE = (
    select(original.c.sequence, entry.c.sequence, original.c.date, move.c.place, move.c.item)
    .select_from(
        in_order(
            in_order(entry, original, original.c.sequence == entry.c.corrects),
            move,
            (move.c.document == original.c.sequence) & of_no_goods,
        )
    )
    .where(entry.c.kind == "correction", original.c.kind.in_(("sowing", "tending")))
    .order_by(original.c.sequence)
)


class _Plots:
    """All that ever stood, by place; a bed can come anew after its end."""

    def __init__(self, connection: Connection) -> None:
        columns = growing.c
        query = select(
            columns.place,
            columns.item,
            columns.since,
            columns.quantity,
            columns.value,
            columns.opened,
            columns.ended,
        ).order_by(columns.place, columns.opened)
        self.by_place: defaultdict[str, list[Plot]] = defaultdict(list)
        for row in connection.execute(query):
            there = rows.growing(row)
            self.by_place[there.place].append(Plot(there, there.quantity, there.value))
        for opened, ended, day, place, item in connection.execute(_UNDONE):
            since = date.fromisoformat(day)
            self._add_ceased(Growing(place, item, since, 0, 0, opened, ended))

    def _add_ceased(self, there: Growing) -> None:
        """What a document made that was undone: the book keeps nothing of it but moves."""
        others = self.by_place[there.place]
        if bearing_name([plot.plants for plot in others], there.opened) is None:
            others.append(Plot(there, 0, 0, ceased=True))

    def at(self, place: str, source: int) -> Plot | None:
        """The one of that place which an entry concerned."""
        there = self.by_place.get(place, ())
        found = concerned([plot.plants for plot in there], source)
        return next((plot for plot in there if plot.plants is found), None)


def plots(connection: Connection, start: date, end: date) -> list[Plot]:
    """Batches and beds with anything left at the end, those that stand, those worked on."""
    known = _Plots(connection)
    for place, source, quantity, value in connection.execute(_SINCE, {"end": end.isoformat()}):
        plot = known.at(place, source)
        if plot is not None:
            plot.quantity -= quantity
            plot.value -= value
    for place, source in connection.execute(_DURING, span(start, end)):
        plot = known.at(place, source)
        if plot is not None:
            plot.moved = True
    found = [plot for there in known.by_place.values() for plot in there if _shown(plot, end)]
    _batches(connection, [plot for plot in found if plot.is_batch], end)
    _harvests(connection, known, start, end)
    return sorted(found, key=lambda plot: (plot.plants.place, plot.plants.opened))


def _shown(plot: Plot, end: date) -> bool:
    if plot.quantity or plot.value:
        return True
    if plot.plants.since > end:
        return False
    standing = not plot.is_batch and plot.plants.ended is None
    return not plot.ceased and (plot.moved or standing)


def _batches(connection: Connection, batches: list[Plot], end: date) -> None:
    """What was sown, and what became of it by the end."""
    by_place = {plot.plants.place: plot for plot in batches}
    made = json.dumps([(plot.plants.place, plot.plants.opened) for plot in batches])
    sown = {tuple(key): quantity for *key, quantity in connection.execute(_SOWN, {"batches": made})}
    for plot in batches:
        plot.sown = sown[plot.plants.place, plot.plants.opened]
    places = {"places": json.dumps(sorted(by_place)), "end": end.isoformat()}
    work = [effect(row) for row in connection.execute(_WORK, places)]
    undone = {each.source for each in work if each.sign < 0}
    for each in work:
        if each.kind not in ("tending", "seedlings_ready") or each.source in undone:
            continue
        plot = by_place[BATCH + each.command.batch]
        if each.source < plot.plants.opened:
            continue
        if each.kind == "seedlings_ready":
            plot.ready += each.command.ready
            plot.lost += each.command.lost
            plot.destroyed += each.command.destroyed
        elif plot.tended is None:
            plot.tended = each.date


def _harvests(connection: Connection, known: _Plots, start: date, end: date) -> None:
    """Harvests of these days, less those corrected within them, whenever they were harvested."""
    found = effects(connection, ("harvest",), start, end)
    for change in changes_of(connection, found):
        plot = known.at(f"{BED}{change.effect.command.bed}", change.effect.source)
        if plot is not None and change.purpose is Purpose.MADE:
            before = plot.harvests.get(change.item, Harvested(0, 0))
            plot.harvests[change.item] = Harvested(
                before.quantity + change.quantity, before.value + change.value
            )
