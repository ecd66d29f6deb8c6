"""The garden today: batches by stage, seedlings ready for planting, and beds with harvests."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, exists, func, select

from kwt_books.domain.documents.garden import Harvest
from kwt_books.domain.posting import BATCH, BED, STORE, Lot
from kwt_books.domain.values import UNIT, Month, first_day, half_up, last_day
from kwt_books.queries.documents import Heading, effects, headings_at
from kwt_books.queries.lots import LotLife, changes_with
from kwt_books.queries.reading import Reading
from kwt_books.queries.setup import SetupBook
from kwt_books.queries.stock import lots_named
from kwt_books.store.expressions import (
    as_number,
    entry,
    in_force,
    in_order,
    listed,
    newest_of_name,
    numbers,
    of_no_goods,
    said,
    text_at,
)
from kwt_books.store.reads import fetched
from kwt_books.store.rows import recorded_command
from kwt_books.store.tables import document, growing, layer, lot, move, setup

# -- Batches and beds that stand now, with what was done in each since it was made ---------------


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
    command: Any
    date: date


_GROWING = (
    select(
        growing.c.place,
        growing.c.item,
        growing.c.since,
        growing.c.quantity,
        growing.c.value,
        growing.c.opened,
    )
    .where(growing.c.place.startswith(bindparam("kind")), growing.c.ended.is_(None))
    .order_by(growing.c.since.desc(), growing.c.opened.desc())
)
_GROWING_PLANTS = _GROWING.where(growing.c.quantity > 0)
_FIRST_SINCE = select(func.min(document.c.sequence + 0)).where(
    document.c.date >= bindparam("since")
)
"""Of a bare column SQLite would look for the least from the first entry on, not by the date."""
_PLOTS = listed("plots")
_PLACE, _OPENED = text_at(_PLOTS.c.value, 0), as_number(text_at(_PLOTS.c.value, 1))
_OF_PLOTS = (move.c.place == _PLACE) & of_no_goods & (move.c.document >= _OPENED)
_WORK = (
    select(move.c.place, entry.c.kind, entry.c.payload, entry.c.date)
    .select_from(
        in_order(
            in_order(_PLOTS, move, _OF_PLOTS & (move.c.document >= bindparam("first"))),
            entry,
            entry.c.sequence == move.c.document,
        )
    )
    .where(entry.c.corrects.is_(None), entry.c.date >= bindparam("since"), in_force())
    .order_by(entry.c.date, entry.c.sequence, move.c.line)
)


def standing(connection: Connection, kind: str) -> list[Standing]:
    """Batches with plants left, or beds (`kind` as places begin), the youngest first."""
    found = connection.execute(_GROWING if kind == BED else _GROWING_PLANTS, {"kind": kind})
    return [
        Standing(place.removeprefix(kind), item, date.fromisoformat(since), *rest)
        for place, item, since, *rest in found
    ]


def work_on(
    connection: Connection, kind: str, plots: Sequence[Standing], since: date = date.min
) -> defaultdict[str, list[Work]]:
    """By name, what was done from a day on and not undone, the oldest first."""
    found: defaultdict[str, list[Work]] = defaultdict(list)
    days = {"since": since.isoformat()}
    first = connection.execute(_FIRST_SINCE, days).scalar() if since > date.min else 0
    if first is None:  # nothing was recorded since
        return found
    values = {"plots": as_places(kind, plots), "first": first, **days}
    for place, what, payload, day in fetched(connection, _WORK, values):
        name = place.removeprefix(kind)
        command = recorded_command(what, payload)
        found[name].append(Work(what, command, date.fromisoformat(day)))
    return found


def as_places(kind: str, plots: Sequence[Standing]) -> str:
    """Places and the entries that made them, for a query."""
    return json.dumps([[kind + plot.name, plot.opened] for plot in plots])


def crop_of(setup: SetupBook, item: str) -> tuple[str, str]:
    """The crop, without the word for seedlings, and the unit."""
    known = setup.items[item]
    first, _, rest = known.name.partition(" ")
    crop = rest if first.casefold() in ("bibit", "semai") and rest else known.name
    return crop[:1].upper() + crop[1:], known.unit


# -- Seedlings: those that grow in batches, and those in the store, ready for planting -----------


SOWING_DAYS = 10
"""A batch that was not tended yet counts as newly sown for so long."""
_REMEMBERED = 5
"""Batches of an item whose days to planting tell how long the next will take."""
_CROPS = (
    ("sawi", 12, 16),
    ("pakcoy", 12, 16),
    ("selada", 14, 21),
    ("cabai", 18, 25),
    ("cabe", 18, 25),
    ("tomat", 21, 35),
    ("terong", 21, 35),
)
"""Days from sowing to planting by a word in the item's name."""


class Stage(StrEnum):
    """How far a batch of seedlings has come."""

    SOWN = "sown"
    NURSING = "nursing"


class Usual(NamedTuple):
    """Days from sowing after which such seedlings are usually ready."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Seedlings that still grow: thousandths of plants, rupiah."""

    name: str
    item: str
    crop: str
    unit: str
    since: date
    left: int
    value: int
    sown: int = 0
    ready: int = 0
    lost: int = 0
    destroyed: int = 0
    tended: bool = False
    usual: Usual | None = None

    def age(self, today: date) -> int:
        """Days since it was sown."""
        return max(0, (today - self.since).days)

    def stage(self, today: date) -> Stage:
        """Sown, or nursing once it was tended, gave seedlings or is old enough."""
        nursed = self.tended or self.ready or self.age(today) >= SOWING_DAYS
        return Stage.NURSING if nursed else Stage.SOWN

    @property
    def dead(self) -> int:
        """Seedlings lost and destroyed, thousandths."""
        return self.lost + self.destroyed

    @property
    def unit_cost(self) -> int:
        """What one of the seedlings that are left has cost; rupiah."""
        return half_up(self.value * UNIT, self.left)


@dataclass(frozen=True, slots=True)
class ReadyLot:
    """Seedlings in the store, ready to be planted or sold."""

    lot: str
    item: str
    crop: str
    unit: str
    received: date
    left: int
    value: int
    made: int = 0
    sold: int = 0
    planted: int = 0
    given: int = 0
    sown: date | None = None
    """Where they come from a batch of the group's own."""
    grant: bool = False
    source: str = ""
    """Who gave or sold them."""

    @property
    def unit_cost(self) -> int:
        """What one of the seedlings that are left has cost; rupiah."""
        return half_up(self.value * UNIT, self.left)


_SEEDLINGS = select(layer.c.item, layer.c.lot, layer.c.quantity, layer.c.value).where(
    layer.c.place == STORE,
    layer.c.quantity > 0,
    exists().where(
        setup.c.kind == "item",
        setup.c.code == layer.c.item,
        said(setup.c.payload, "class") == "seedling",
    ),
)
_PLACES = listed("places")
_SOWN_ON = (
    select(growing.c.place, growing.c.item, growing.c.opened, growing.c.since)
    .select_from(in_order(_PLACES, growing, growing.c.place == _PLACES.c.value))
    .order_by(growing.c.opened.desc())
)
_TOOK = (
    select(growing.c.item, growing.c.since, lot.c.received)
    .select_from(
        in_order(
            growing,
            lot,
            (lot.c.item == growing.c.item)
            & (lot.c.name == func.substr(growing.c.place, len(BATCH) + 1)),
        )
    )
    .where(growing.c.place.startswith(BATCH), lot.c.received >= growing.c.since, newest_of_name())
    .order_by(growing.c.opened.desc())
)


# -- batches -------------------------------------------------------------------------------


def batches(connection: Connection, setup: SetupBook) -> Iterator[Batch]:
    """Those with plants left, the youngest first."""
    found = standing(connection, BATCH)
    work, usual = work_on(connection, BATCH, found), _usual(connection)
    for name, item, since, quantity, value, _ in found:
        crop, unit = crop_of(setup, item)
        known = usual.get(item) or _by_name(crop)
        batch = Batch(name, item, crop, unit, since, quantity, value, usual=known)
        yield _batches_worked(batch, work[name])


def _batches_worked(batch: Batch, work: Iterable[Work]) -> Batch:
    ready = lost = destroyed = 0
    tended = False
    for kind, command, _ in work:
        if kind == "tending":
            tended = True
        elif kind == "seedlings_ready":
            ready += command.ready
            lost += command.lost
            destroyed += command.destroyed
    sown = batch.left + ready + lost + destroyed
    return replace(batch, sown=sown, ready=ready, lost=lost, destroyed=destroyed, tended=tended)


def _usual(connection: Connection) -> dict[str, Usual]:
    """From the group's own last batches of an item, where there are two at least."""
    took: defaultdict[str, list[int]] = defaultdict(list)
    for item, since, received in connection.execute(_TOOK):
        took[item].append((date.fromisoformat(received) - date.fromisoformat(since)).days)
    last = {item: days[:_REMEMBERED] for item, days in took.items() if len(days) > 1}
    return {item: Usual(min(days), max(days)) for item, days in last.items()}


def _by_name(crop: str) -> Usual | None:
    words = crop.casefold()
    return next((Usual(least, most) for word, least, most in _CROPS if word in words), None)


# -- seedlings in the store ----------------------------------------------------------------


def ready_lots(connection: Connection, setup: SetupBook) -> Iterator[ReadyLot]:
    """Seedlings in the store, in the order they are taken."""
    there = {
        (item, lot): (quantity, value)
        for item, lot, quantity, value in connection.execute(_SEEDLINGS)
    }
    lives = {name: LotLife(lot) for name, lot in lots_named(connection, there).items()}
    for change in changes_with(connection, there):
        if (life := lives.get((change.item, change.lot))) is not None:
            life.add(change)
    makers = numbers({life.lot.sequence for life in lives.values()})
    made = {each.sequence: each for each in headings_at(connection, makers)}
    sown = _sown_on(connection, [life.lot for life in lives.values()])
    for life in sorted(lives.values(), key=lambda life: life.lot.taking_order):
        lot, maker = life.lot, made[life.lot.sequence]
        since = sown.get((lot.item, lot.name)) if maker.kind == "seedlings_ready" else None
        yield _ready_lot(setup, life, there[lot.item, lot.name], maker, since)


def _sown_on(connection: Connection, lots: Iterable[Lot]) -> dict[tuple[str, str], date]:
    """When the batch was sown that each lot came from: the last of its name before the lot."""
    asked = {(BATCH + lot.name, lot.item): lot for lot in lots}
    found: dict[tuple[str, str], date] = {}
    places = {"places": json.dumps(sorted({place for place, _ in asked}))}
    for place, item, opened, since in connection.execute(_SOWN_ON, places):
        lot = asked.get((place, item))
        if lot is not None and opened < lot.sequence:
            found.setdefault((item, lot.name), date.fromisoformat(since))
    return found


def _ready_lot(
    setup: SetupBook, life: LotLife, there: tuple[int, int], maker: Heading, sown: date | None
) -> ReadyLot:
    lot = life.lot
    crop, unit = crop_of(setup, lot.item)
    party = getattr(recorded_command(maker.kind, maker.payload), "party", None)
    return ReadyLot(
        lot.name,
        lot.item,
        crop,
        unit,
        lot.received,
        *there,
        made=life.made,
        sold=life.sold,
        planted=life.used,
        given=life.given,
        sown=sown,
        grant=maker.kind == "grant",
        source=setup.party_name(party) if party else "",
    )


# -- Beds: what they hold, and what they gave ----------------------------------------------------


_LATELY = timedelta(days=90)
"""Days within which something planted or harvested counts as what a bed holds."""


class Amount(NamedTuple):
    """Thousandths of something with a unit."""

    name: str
    unit: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Bed:
    """A bed that stands, with what it holds and what it gave."""

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


_LAST_HARVESTS = select(
    _PLACE,
    select(entry.c.date)
    .select_from(in_order(move, entry, entry.c.sequence == move.c.document))
    .where(_OF_PLOTS, entry.c.kind == "harvest", in_force())
    .order_by(move.c.document.desc())
    .limit(1)
    .correlate(_PLOTS)
    .scalar_subquery(),
).select_from(_PLOTS)
Quantities = dict[str, int]
"""Thousandths by item."""


def beds(connection: Connection, setup: SetupBook, today: date) -> list[Bed]:
    """All beds that stand, by name, without their harvests."""
    found = standing(connection, BED)
    work = work_on(connection, BED, found, today - _LATELY)
    last = connection.execute(_LAST_HARVESTS, {"plots": as_places(BED, found)})
    harvests = {place.removeprefix(BED): date.fromisoformat(day) for place, day in last if day}
    made = [
        _beds_worked(setup, Bed(plot.name, plot.since, plot.value), work[plot.name])
        for plot in found
    ]
    made = [replace(bed, harvested=harvests.get(bed.name)) for bed in made]
    return sorted(made, key=lambda bed: bed.name.casefold())


def _beds_worked(setup: SetupBook, bed: Bed, work: Iterable[Work]) -> Bed:
    crops: dict[str, None] = {}
    planted = None
    for kind, command, day in work:
        if kind == "harvest":
            crops[setup.item_name(command.item)] = None
        for line in getattr(command, "seedlings", ()):
            crops[crop_of(setup, line.item)[0]] = None
            planted = day
    return replace(bed, crops=tuple(crops), planted=planted)


def reaped(connection: Connection, month: Month) -> tuple[dict[str, Quantities], Quantities]:
    """Harvested by bed and item, and spoiled by item; what was undone counts against."""
    found: defaultdict[str, Quantities] = defaultdict(lambda: defaultdict(int))
    spoiled: Quantities = defaultdict(int)
    for each in effects(connection, ("harvest",), first_day(month), last_day(month)):
        harvest: Harvest = each.command
        found[harvest.bed][harvest.item] += each.sign * harvest.qty
        spoiled[harvest.item] += each.sign * harvest.spoiled
    return found, spoiled


def together(parts: Iterable[Mapping[str, int]]) -> Quantities:
    """The sum of quantities by item; thousandths."""
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


@dataclass(frozen=True, slots=True)
class Garden:
    """The garden on a day: batches, seedlings ready for planting, beds and harvests."""

    batches: tuple[Batch, ...]
    """Those with plants left, the youngest first."""
    ready: tuple[ReadyLot, ...]
    beds: tuple[Bed, ...]
    yields: tuple[Amount, ...]
    """Harvested within the month, all beds."""
    spoiled: tuple[Amount, ...]
    today: date

    @property
    def plants(self) -> int:
        """All seedlings, thousandths."""
        return sum(batch.left for batch in self.batches) + sum(lot.left for lot in self.ready)

    @property
    def value(self) -> int:
        """The value of all plants and beds; rupiah (account 1123)."""
        batches = sum(batch.value for batch in self.batches)
        return batches + sum(bed.value for bed in self.beds)

    @property
    def is_empty(self) -> bool:
        """Whether nothing grows and no seedlings wait."""
        return not (self.batches or self.ready or self.beds)

    def batch(self, name: str) -> Batch | None:
        """The batch of this name; None where there is none."""
        return next((batch for batch in self.batches if batch.name == name), None)

    def bed(self, name: str) -> Bed | None:
        """The bed of this name; None where there is none."""
        return next((bed for bed in self.beds if bed.name == name), None)


def garden(reading: Reading, month: Month) -> Garden:
    """Plants and beds as they stand now, harvests of a month."""
    connection, setup = reading.connection, reading.setup
    given, spoiled = reaped(connection, month)
    return Garden(
        tuple(batches(connection, setup)),
        tuple(ready_lots(connection, setup)),
        tuple(
            replace(bed, yields=amounts(setup, given.get(bed.name, {})))
            for bed in beds(connection, setup, reading.today)
        ),
        amounts(setup, together(given.values())),
        amounts(setup, spoiled),
        reading.today,
    )
