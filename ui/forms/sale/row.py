"""Goods of a sale from the store."""

from __future__ import annotations

from ui.forms.sale_parts.row import GoodsRow


class SaleRow(GoodsRow):
    def sold(self) -> int:
        return self.number("qty")

    def remark(self) -> tuple[str, str]:
        if (said := super().remark())[0] or self.sold() <= self.good.on_hand:
            return said
        quantity = self.kit.formats.quantity
        text = self.kit.t(
            "Only {available} {unit} of {item} are in the store.",
            available=quantity(max(0, self.good.on_hand)),
            unit=self.good.unit,
            item=self.good.name,
        )
        return text, "error"
