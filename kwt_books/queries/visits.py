"""When goods were left at each shop and when it settled, of all shops at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from kwt_books.store.expressions import dated_within, entry, in_force, said

DELIVERY, SETTLEMENT = "consignment", "consignment_settlement"
_SHOP = said(entry.c.payload, "shop")
_VISITS = (
    select(_SHOP, entry.c.kind, func.min(entry.c.date), func.max(entry.c.date))
    .where(entry.c.kind.in_((DELIVERY, SETTLEMENT)), entry.c.date <= bindparam("until"), in_force())
    .group_by(_SHOP, entry.c.kind)
)
_SETTLED = select(_SHOP).distinct().where(entry.c.kind == SETTLEMENT, dated_within(), in_force())


class Visited(NamedTuple):
    """A shop's days, of documents that hold; None: there was no such day."""

    first_delivery: date | None = None
    last_delivery: date | None = None
    settled: date | None = None
    """The last time it settled."""

    @property
    def waiting_since(self) -> date | None:
        """Since when goods at the shop wait: its last settlement, else its first delivery."""
        return self.settled or self.first_delivery


NEVER = Visited()
"""Of a shop where nobody has been."""


def visited(connection: Connection, until: date = date.max) -> Mapping[str, Visited]:
    """By shop, of the documents up to a day."""
    found: dict[str, Visited] = {}
    asked = {"until": until.isoformat()}
    for shop, kind, first, last in connection.execute(_VISITS, asked):
        known, day = found.get(shop, NEVER), date.fromisoformat(last)
        if kind == SETTLEMENT:
            found[shop] = known._replace(settled=day)
        else:
            start = date.fromisoformat(first)
            found[shop] = known._replace(first_delivery=start, last_delivery=day)
    return found


def settled_within(connection: Connection, start: date, end: date) -> frozenset[str]:
    """The shops that settled on one of these days; only their documents are read."""
    days = {"start": start.isoformat(), "end": end.isoformat()}
    return frozenset(connection.execute(_SETTLED, days).scalars())
