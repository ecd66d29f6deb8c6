"""A row of goods that does no more than every row: one number is what was sold."""

from __future__ import annotations

from kwt_books.domain.documents.selling import SaleLine
from ui.kit.goods_row import GoodsRow


class Row(GoodsRow):
    makes = SaleLine

    def sold(self) -> int:
        return self.number("qty")
