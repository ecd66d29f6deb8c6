"""Goods at a shop: what of them was sold, came back or was spoiled; the rest stays there."""

from __future__ import annotations

from ui.forms.sale_parts.row import GoodsRow


class SettlementRow(GoodsRow):
    """`good.on_hand` is what stands at the shop."""

    def sold(self) -> int:
        return self.number("sold")

    @property
    def gone(self) -> int:
        return sum(counter.value() for counter in self.counters.values())

    @property
    def stays(self) -> int:
        return self.good.on_hand - self.gone

    def all_of(self, key: str) -> int:
        return max(0, self.stays + self.number(key))

    def show_stock(self, on_hand: int) -> None:
        super().show_stock(on_hand)
        self.show_there(self.kit.t("{quantity} there", quantity=self.kit.formats.quantity(on_hand)))

    def remark(self) -> tuple[str, str]:
        if (said := super().remark())[0] or self.stays >= 0:
            return said
        quantity = self.kit.formats.quantity
        text = self.kit.t(
            "{gone} {unit} accounted for, but only {there} are at the shop.",
            gone=quantity(self.gone),
            there=quantity(max(0, self.good.on_hand)),
            unit=self.good.unit,
        )
        return text, "error"
