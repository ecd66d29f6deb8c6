"""Lots: what became of each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select, text

from kwt_books.domain.posting import Lot
from kwt_books.queries.documents import effects_at, eve, span
from kwt_books.queries.goods import Change, Purpose, changes_of
from kwt_books.queries.stock import lots_named, stock_at
from kwt_books.store import rows
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
    """And missing at counts."""
    value: int = 0
    """Of what is left."""

    @property
    def left(self) -> int:
        return self.made - self.used - self.sold - self.given - self.spoiled

    def add(self, change: Change) -> None:
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

_MOVED = text("""
    SELECT DISTINCT m.item, m.lot
    FROM document d CROSS JOIN move m ON m.document = d.sequence
    WHERE d.date BETWEEN :start AND :end AND m.lot <> ''
""")
_DOCUMENTS = text("""
    SELECT DISTINCT m.document
    FROM json_each(:names) j
    CROSS JOIN move m ON m.item = json_extract(j.value, '$[0]')
        AND m.lot = json_extract(j.value, '$[1]') AND m.lot <> ''
    CROSS JOIN document d ON d.sequence = m.document
    WHERE d.date <= :end
""")


def lot_lives(
    connection: Connection, start: date, end: date, item: str | None = None
) -> list[LotLife]:
    """The lots that stood before or moved within these days, by item and order of taking."""
    standing = stock_at(connection, eve(start), item=item)
    names = {(each.lot.item, each.lot.name) for each in standing}
    for moved in connection.execute(_MOVED, span(start, end)):
        if item is None or moved[0] == item:
            names.add((moved[0], moved[1]))
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
    documents = [row[0] for row in connection.execute(_DOCUMENTS, values)]
    return changes_of(connection, effects_at(connection, documents))


def lots_called(connection: Connection, name: str) -> list[Lot]:
    """Lots of that name, of whatever item."""
    columns = lot_table.c
    query = select(
        columns.item, columns.name, columns.received, columns.expires, columns.ordinal
    ).where(columns.name == name)
    return [rows.lot(row) for row in connection.execute(query.order_by(columns.item))]
