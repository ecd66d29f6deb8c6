"""Lots: what became of each, and one lot traced to its origin and to its uses."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, case, select

from kwt_books.domain.kind import Purpose
from kwt_books.domain.posting import BATCH, BED, Lot
from kwt_books.queries.documents import Effect, effects_at, eve, span
from kwt_books.queries.sales import Change, changes_of
from kwt_books.queries.stock import Standing, lots_named, stock_at
from kwt_books.store import rows
from kwt_books.store.expressions import (
    dated_within,
    entry,
    in_force,
    in_order,
    listed,
    of_goods,
    of_no_goods,
    of_this_bearer,
    text_at,
)
from kwt_books.store.reads import fetched
from kwt_books.store.tables import growing, move
from kwt_books.store.tables import lot as lot_table

Name = tuple[str, str]
"""Item and lot."""


@dataclass(slots=True)
class LotLife:
    """What a lot came to by the end of a period: thousandths, and rupiah for `value`."""

    lot: Lot
    made: int = 0
    used: int = 0
    sold: int = 0
    given: int = 0
    """Sampled by customers, shared among members."""
    spoiled: int = 0
    """Spoiled, or missing at counts."""
    value: int = 0
    """Of what is left."""

    @property
    def left(self) -> int:
        """How much is left; thousandths."""
        return self.made - self.used - self.sold - self.given - self.spoiled

    def add(self, change: Change) -> None:
        """Counts a change in by its purpose."""
        self.value += change.value
        part = _PARTS.get(change.purpose)
        if part == "made":
            self.made += change.quantity
        elif part is not None:
            setattr(self, part, getattr(self, part) - change.quantity)


_PARTS = {
    Purpose.MADE: "made",
    Purpose.USED: "used",
    Purpose.SOLD: "sold",
    Purpose.SAMPLED: "given",
    Purpose.SHARED: "given",
    Purpose.SPOILED: "spoiled",
    Purpose.MISSING: "spoiled",
}
"""Goods sent and returned stay the group's."""

_MOVED = (
    select(move.c.item, move.c.lot)
    .distinct()
    .select_from(in_order(entry, move, move.c.document == entry.c.sequence))
    .where(dated_within(), of_goods)
)
_NAMES = listed("names")
_OF_NAMES = (
    (move.c.item == text_at(_NAMES.c.value, 0))
    & (move.c.lot == text_at(_NAMES.c.value, 1))
    & of_goods
)
_DOCUMENTS = (
    select(move.c.document)
    .distinct()
    .select_from(
        in_order(in_order(_NAMES, move, _OF_NAMES), entry, entry.c.sequence == move.c.document)
    )
    .where(entry.c.date <= bindparam("end"))
)


def lot_lives(
    connection: Connection, start: date, end: date, item: str | None = None
) -> list[LotLife]:
    """The lots that stood before or moved within these days, by item and order of taking."""
    standing = stock_at(connection, eve(start), item=item)
    names = {(each.lot.item, each.lot.name) for each in standing}
    for moved in fetched(connection, _MOVED, span(start, end)):
        if item is None or moved[0] == item:
            names.add(moved)
    lives = {name: LotLife(lot) for name, lot in lots_named(connection, names).items()}
    for change in changes_with(connection, names, end):
        if (change.item, change.lot) in lives:
            lives[change.item, change.lot].add(change)
    return sorted(lives.values(), key=lambda life: (life.lot.item, life.lot.taking_order))


def changes_with(
    connection: Connection, names: Iterable[Name], end: date = date.max
) -> Iterable[Change]:
    """All that documents moved, by `end`, which moved any of these lots."""
    values = {"names": json.dumps(sorted(names)), "end": end.isoformat()}
    documents = [row[0] for row in fetched(connection, _DOCUMENTS, values)]
    return changes_of(connection, effects_at(connection, documents))


def lots_called(connection: Connection, name: str) -> list[Lot]:
    """Lots of that name, of whatever item."""
    columns = lot_table.c
    query = select(
        columns.item, columns.name, columns.received, columns.expires, columns.ordinal
    ).where(columns.name == name)
    return [rows.lot(row) for row in connection.execute(query.order_by(columns.item))]


# -- One lot traced back to its origin and forward to its uses -----------------------------------
#
# Documents that were undone, and the corrections that undid them, are passed over.


class What(StrEnum):
    """What a step of a trace is; uses are named by their purpose."""

    ORIGIN = "origin"
    """The document that brought or made the lot."""
    INPUT = "input"
    """A lot that went into it."""
    COST = "cost"
    """Money spent on it."""
    INTO = "into"
    """A lot that it became part of."""
    LEFT = "left"


class Step(NamedTuple):
    """One line of a trace: thousandths and rupiah, both positive."""

    depth: int
    what: What | Purpose
    effect: Effect | None = None
    name: Name | None = None
    place: str = ""
    quantity: int = 0
    value: int = 0
    label: str = ""
    repeated: bool = False
    """Whether what follows from it stands further up already."""


_STOOD_THEN = growing.c.ended.is_(None) | (growing.c.ended >= bindparam("sequence"))
_OPENED = (
    select(growing.c.opened, growing.c.ended)
    .where(growing.c.place == bindparam("place"), growing.c.opened <= bindparam("sequence"))
    .order_by(case((_STOOD_THEN, 0), else_=1), growing.c.opened.desc())
    .limit(1)
)
_WORK = (
    select(move.c.document)
    .distinct()
    .where(of_no_goods, move.c.place == bindparam("place"))
    .where(move.c.document.between(bindparam("first"), bindparam("last")))
    .where(in_force(move, move.c.document), of_this_bearer("opened"))
)
_ENDLESS = 2**62


class Tracer:
    """Traces lots; what has been shown once is not shown again further down."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seen: set[Name] = set()
        self._beds: set[tuple[str, int]] = set()

    # -- back --------------------------------------------------------------------------------

    def back(self, name: Name, depth: int = 1) -> Iterator[Step]:
        """The documents that brought a lot, and under each what went into it."""
        self._seen.add(name)
        made = [each for each in self._changes(name) if each.purpose is Purpose.MADE]
        for effect, (quantity, value) in _by_document(made):
            yield Step(depth, What.ORIGIN, effect, name, quantity=quantity, value=value)
            yield from self._sources(effect, depth + 1)

    def _sources(self, effect: Effect, depth: int) -> Iterator[Step]:
        place = _plot(effect)
        if effect.kind == "production":
            yield from self._inputs([effect], depth)
        elif place is not None:
            opened, _ = self._instance(place, effect.source)
            works = self._work(place, opened, opened, effect.source)
            yield from self._inputs(works, depth)
            yield from _there_at_opening(works, place, depth)

    def _inputs(self, works: list[Effect], depth: int) -> Iterator[Step]:
        """Lots that were taken, each with its own origin; then costs."""
        taken: defaultdict[Name, Standing] = defaultdict(lambda: (0, 0))
        for change in changes_of(self._connection, works):
            if change.purpose is Purpose.USED:
                quantity, value = taken[change.item, change.lot]
                sums = (quantity - change.quantity, value - change.value)
                taken[change.item, change.lot] = sums
        for name, (quantity, value) in taken.items():
            repeated = name in self._seen
            yield Step(depth, What.INPUT, None, name, "", quantity, value, repeated=repeated)
            if not repeated:
                yield from self.back(name, depth + 1)
        for work in works:
            for cost in getattr(work.command, "costs", ()):
                yield Step(depth, What.COST, work, value=cost.amount, label=cost.label)

    # -- forward -----------------------------------------------------------------------------

    def forward(self, name: Name, depth: int = 1) -> Iterator[Step]:
        """Where a lot went, and under each use what became of that; then what is left."""
        self._seen.add(name)
        for step in self._departures(name, depth):
            yield step
            if step.what is Purpose.USED and step.effect is not None:
                yield from self._results(step.effect, depth + 1)
        for stand in stock_at(self._connection, item=name[0]):
            if stand.lot.name == name[1]:
                yield Step(depth, What.LEFT, None, name, stand.place, stand.quantity, stand.value)

    def _departures(self, name: Name, depth: int) -> Iterator[Step]:
        """Uses by document, purpose and place; goods moved to a shop appear once."""
        sums: dict[tuple[int, Purpose, str], Step] = {}
        for change in self._changes(name):
            carried = change.purpose in (Purpose.SENT, Purpose.RETURNED)
            if change.purpose is Purpose.MADE or (carried and ":" not in change.place):
                continue
            key = (change.effect.sequence, change.purpose, change.place)
            before = sums.get(key)
            quantity = abs(change.quantity) + (before.quantity if before is not None else 0)
            value = abs(change.value) + (before.value if before is not None else 0)
            sums[key] = Step(
                depth, change.purpose, change.effect, name, change.place, quantity, value
            )
        yield from sums.values()

    def _results(self, effect: Effect, depth: int) -> Iterator[Step]:
        """The lots made of what a document used."""
        place = _plot(effect)
        works = [effect]
        if place is not None:
            opened, ended = self._instance(place, effect.source)
            if (place, opened) in self._beds:
                yield Step(depth, What.INTO, place=place, repeated=True)
                return
            self._beds.add((place, opened))
            works = self._work(place, opened, effect.source + 1, ended)
        made = [
            change
            for change in changes_of(self._connection, works)
            if change.purpose is Purpose.MADE
        ]
        for change in made:
            name = (change.item, change.lot)
            repeated = name in self._seen
            yield Step(
                depth,
                What.INTO,
                change.effect,
                name,
                change.place,
                change.quantity,
                change.value,
                repeated=repeated,
            )
            if not repeated:
                yield from self.forward(name, depth + 1)

    # -- reading -----------------------------------------------------------------------------

    def _changes(self, name: Name) -> list[Change]:
        """What moved the lot, without what was undone and what undid it."""
        found = [
            change
            for change in changes_with(self._connection, [name])
            if (change.item, change.lot) == name
        ]
        undone = {change.effect.source for change in found if change.effect.sign < 0}
        return [change for change in found if change.effect.source not in undone]

    def _instance(self, place: str, sequence: int) -> tuple[int, int]:
        """The entries between which the batch or bed stood that an entry concerned."""
        values = {"place": place, "sequence": sequence}
        row = self._connection.execute(_OPENED, values).first()
        if row is None:
            return sequence, sequence
        return row[0], row[1] if row[1] is not None else _ENDLESS

    def _work(self, place: str, opened: int, first: int, last: int) -> list[Effect]:
        """What was done between two entries in the batch or bed that the entry `opened` made."""
        values = {"place": place, "opened": opened, "first": first, "last": last}
        documents = [row[0] for row in self._connection.execute(_WORK, values)]
        return [each for each in effects_at(self._connection, documents) if each.sign > 0]


def _plot(effect: Effect) -> str | None:
    """The batch or bed that a document worked on."""
    if (batch := getattr(effect.command, "batch", None)) is not None:
        return BATCH + str(batch)
    bed = getattr(effect.command, "bed", None)
    return BED + str(bed) if bed is not None else None


def _by_document(changes: Iterable[Change]) -> Iterator[tuple[Effect, Standing]]:
    sums: dict[int, tuple[Effect, Standing]] = {}
    for change in changes:
        _, (quantity, value) = sums.get(change.effect.sequence, (change.effect, (0, 0)))
        after = (quantity + change.quantity, value + change.value)
        sums[change.effect.sequence] = (change.effect, after)
    yield from sums.values()


def _there_at_opening(works: list[Effect], place: str, depth: int) -> Iterator[Step]:
    """What a batch or bed had cost before the book began."""
    for work in works:
        if work.kind == "opening_balance":
            values = {f"{BED}{each.bed}": each.value for each in work.command.beds}
            values |= {f"{BATCH}{each.batch}": each.value for each in work.command.batches}
            if place in values:
                yield Step(depth, What.COST, work, place=place, value=values[place])
