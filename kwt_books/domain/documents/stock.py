"""Production of finished goods, and counts of stock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kwt_books.domain.accounts import OVERAGE, SPOILAGE
from kwt_books.domain.documents.base import Dated, listed, optional, required
from kwt_books.domain.documents.fields import (
    QUANTITY,
    QUANTITY_OR_NIL,
    Code,
    Date,
    ItemCode,
    Many,
    PlaceShape,
)
from kwt_books.domain.documents.lines import Cost, ItemLine, pay_costs, use_inputs
from kwt_books.domain.documents.selling import use_up
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts
from kwt_books.domain.posting import Layer
from kwt_books.domain.values import UNIT, half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Production(Dated):
    """Finished goods made from inputs and costs (STREAM.md, production)."""

    kind: ClassVar[str] = "production"
    item: str = required(ItemCode("finished"))
    qty: int = required(QUANTITY)
    inputs: tuple[ItemLine, ...] = required(Many(ItemLine, 0))
    costs: tuple[Cost, ...] = listed(Many(Cost, 0))
    lot: str | None = optional(Code())
    expires: dt.date | None = optional(Date())

    def post(self, draft: Draft) -> None:
        """Uses the inputs, pays the costs, and brings in one lot at what both come to."""
        value = use_inputs(draft, self.inputs, "inputs") + pay_costs(draft, self.costs)
        expires = self.expires or self._shelf_life(draft)
        draft.stock_in(self.item, self.qty, value, lot=self.lot, expires=expires, field="lot")

    def _shelf_life(self, draft: Draft) -> dt.date | None:
        item = draft.facts.item(self.item)
        if item is None or item.shelf_life_days is None:
            return None
        return self.date + dt.timedelta(days=item.shelf_life_days)


# -- Stock counted at a place, against what stood there at the end of the day --------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """How much of an item was counted, in thousandths."""

    item: str = required(ItemCode())
    counted: int = required(QUANTITY_OR_NIL)


@dataclass(frozen=True, slots=True, kw_only=True)
class StockCount(Dated):
    """Goods of a place counted and compared with the book (STREAM.md, stock_count)."""

    kind: ClassVar[str] = "stock_count"
    may_record_nothing: ClassVar[bool] = True
    place: str = required(PlaceShape())
    lines: tuple[CountLine, ...] = required(Many(CountLine))

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Each item is counted once."""
        seen: set[str] = set()
        for place, line in enumerate(self.lines):
            if line.item in seen:
                yield Issue(f"lines.{place}.item", "item-twice", {"item": line.item})
            seen.add(line.item)

    def post(self, draft: Draft) -> None:
        """Brings in what is over (7102) and takes out what is missing (5105)."""
        for place, line in enumerate(self.lines):
            extra = line.counted - draft.stood(line.item, self.place)
            if extra > 0:
                value = put_more(draft, line.item, self.place, extra)
                draft.debit(draft.stock_account(line.item, self.place), value)
                draft.credit(OVERAGE, value)
            else:
                field = f"lines.{place}.counted"
                use_up(draft, line.item, self.place, -extra, SPOILAGE, field)


def put_more(draft: Draft, item: str, place: str, extra: int) -> int:
    """Puts a new lot without expiry at a place; its value in rupiah.

    A unit is worth as much as in the layer that would be taken last, else the standard cost.
    """
    last = next(reversed(draft.layers(item, place).values()), None)
    known = draft.facts.item(item)
    if last is not None:
        value = half_up(last.value * extra, last.quantity)
    else:
        value = half_up(((known and known.standard_cost) or 0) * extra, UNIT)
    draft.put(place, Layer(draft.new_lot(item, None, None, ""), extra, value))
    return value
