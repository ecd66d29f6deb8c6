"""Seedlings: those that grow in batches, and those in the store, ready for planting."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, text

from kwt_books.domain.money import half_up
from kwt_books.domain.posting import BATCH, STORE
from kwt_books.domain.quantity import UNIT
from kwt_books.queries.documents import thousandths
from kwt_books.queries.garden_plots import Work, crop_of, standing, work_on
from kwt_books.queries.lots import LotLife, changes_with
from kwt_books.queries.setup import SetupBook
from kwt_books.queries.stock import lots_named

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
"""Days from sowing to planting by a word in the item's name (DOMAIN.md, nursery)."""


class Stage(StrEnum):
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
        return max(0, (today - self.since).days)

    def stage(self, today: date) -> Stage:
        nursed = self.tended or self.ready or self.age(today) >= SOWING_DAYS
        return Stage.NURSING if nursed else Stage.SOWN

    @property
    def dead(self) -> int:
        return self.lost + self.destroyed

    @property
    def unit_cost(self) -> int:
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
        return half_up(self.value * UNIT, self.left)


_SEEDLINGS = text("""
    SELECT y.item, y.lot, y.quantity, y.value FROM layer y
    WHERE y.place = :store AND y.quantity > 0
    AND EXISTS (SELECT 1 FROM setup s WHERE s.kind = 'item' AND s.code = y.item
        AND json_extract(s.payload, '$.class') = 'seedling')
""")
_MAKER = text("SELECT kind, payload FROM document WHERE sequence = :sequence")
_SOWN_ON = text("""
    SELECT since FROM growing WHERE place = :place AND item = :item AND opened < :maker
    ORDER BY opened DESC LIMIT 1
""")
_TOOK = text("""
    SELECT g.item, g.since, t.received
    FROM growing g JOIN lot t ON t.item = g.item AND t.name = substr(g.place, 7)
    WHERE g.place LIKE 'batch:%' AND t.received >= g.since ORDER BY g.opened DESC
""")


# -- batches -------------------------------------------------------------------------------


def batches(connection: Connection, setup: SetupBook) -> Iterator[Batch]:
    """Those with plants left, the youngest first."""
    found = standing(connection, BATCH)
    work, usual = work_on(connection, BATCH, found), _usual(connection)
    for name, item, since, quantity, value, _ in found:
        crop, unit = crop_of(setup, item)
        known = usual.get(item) or _by_name(crop)
        batch = Batch(name, item, crop, unit, since, quantity, value, usual=known)
        yield _worked(batch, work[name])


def _worked(batch: Batch, work: Iterable[Work]) -> Batch:
    ready = lost = destroyed = 0
    tended = False
    for kind, payload, _ in work:
        if kind == "tending":
            tended = True
        elif kind == "seedlings_ready":
            ready += thousandths(payload["ready"])
            lost += thousandths(payload.get("lost", 0))
            destroyed += thousandths(payload.get("destroyed", 0))
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
        for item, lot, quantity, value in connection.execute(_SEEDLINGS, {"store": STORE})
    }
    lives = {name: LotLife(lot) for name, lot in lots_named(connection, there).items()}
    for change in changes_with(connection, there):
        if (life := lives.get((change.item, change.lot))) is not None:
            life.add(change)
    for life in sorted(lives.values(), key=lambda life: life.lot.taking_order):
        yield _ready_lot(connection, setup, life, there[life.lot.item, life.lot.name])


def _ready_lot(
    connection: Connection, setup: SetupBook, life: LotLife, there: tuple[int, int]
) -> ReadyLot:
    lot = life.lot
    crop, unit = crop_of(setup, lot.item)
    maker = lot.sequence
    kind, payload = connection.execute(_MAKER, {"sequence": maker}).one()
    sown = None
    if kind == "seedlings_ready":
        values = {"place": BATCH + lot.name, "item": lot.item, "maker": maker}
        sown = connection.execute(_SOWN_ON, values).scalar()
    party = json.loads(payload).get("party")
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
        sown=date.fromisoformat(sown) if sown else None,
        grant=kind == "grant",
        source=setup.party_name(party) if party else "",
    )
