"""Finished goods made in the kitchen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from kwt_books.domain.documents.base import Dated, listed, optional, required
from kwt_books.domain.documents.codec import Many
from kwt_books.domain.documents.lines import Cost, ItemLine, pay_costs, use_inputs
from kwt_books.domain.documents.shapes import QUANTITY, Code, Date, ItemCode
from kwt_books.domain.draft import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Production(Dated):
    kind: ClassVar[str] = "production"
    item: str = required(ItemCode("finished"))
    qty: int = required(QUANTITY)
    inputs: tuple[ItemLine, ...] = required(Many(ItemLine, 0))
    costs: tuple[Cost, ...] = listed(Many(Cost, 0))
    lot: str | None = optional(Code())
    expires: dt.date | None = optional(Date())

    def post(self, draft: Draft) -> None:
        value = use_inputs(draft, self.inputs, "inputs") + pay_costs(draft, self.costs)
        expires = self.expires or self._shelf_life(draft)
        draft.stock_in(self.item, self.qty, value, lot=self.lot, expires=expires, field="lot")

    def _shelf_life(self, draft: Draft) -> dt.date | None:
        item = draft.facts.item(self.item)
        if item is None or item.shelf_life_days is None:
            return None
        return self.date + dt.timedelta(days=item.shelf_life_days)
