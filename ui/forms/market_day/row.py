"""Goods on a market day: what was taken is sold, brought back, spoiled or sampled."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kwt_books.domain.quantity import UNIT
from ui.forms.sale_parts.row import GoodsRow

_FEW = 5 * UNIT


class MarketRow(GoodsRow):
    """Of taken, sold and returned one fills in two; the third follows.

    Sold follows once returned is put in, and the other way round: the last one typed holds.
    Where nobody says what was taken, it is what became of it.
    """

    def sold(self) -> int:
        return self.number("sold")

    @property
    def _rest(self) -> int:
        return self.number("spoiled") + self.number("sampled")

    def settle(self) -> None:
        taken, sold, returned = (self.counters[key] for key in ("taken", "sold", "returned"))
        if not taken.is_own:
            self.compute("returned", 0)
            gone = sold.value() + returned.value() + self._rest
            if gone:
                self.compute("taken", gone)
            else:
                taken.set_value(0)
            return
        if sold.is_own and returned.is_own:
            self.give_up(min("sold", "returned", key=self.recent.index))
        if returned.is_own:
            self.compute("sold", taken.value() - returned.value() - self._rest)
        else:
            self.compute("returned", taken.value() - sold.value() - self._rest)

    def own_of(self, line: Mapping[str, object]) -> Collection[str]:
        return line.keys() - {"returned"}

    def all_of(self, key: str) -> int:
        if key == "taken" or not self.number("taken"):
            return self.good.on_hand
        others = {"sold", "returned", "spoiled", "sampled"} - {key}
        if key == "sold":
            others -= {"returned"}
        if key == "returned":
            others -= {"sold"}
        return max(0, self.number("taken") - sum(self.number(each) for each in others))

    def remark(self) -> tuple[str, str]:
        if (said := super().remark())[0]:
            return said
        t, quantity, good = self.kit.t, self.kit.formats.quantity, self.good
        taken, gone = self.number("taken"), self.sold() + self.number("returned") + self._rest
        left = good.on_hand - taken
        if left < 0:
            return t(
                "Only {available} {unit} of {item} are in the store.",
                available=quantity(max(0, good.on_hand)),
                unit=good.unit,
                item=good.name,
            ), "error"
        if gone > taken:
            return t(
                "{gone} {unit} accounted for, but only {taken} were taken.",
                gone=quantity(gone),
                taken=quantity(taken),
                unit=good.unit,
            ), "error"
        if taken and 0 < left <= _FEW:
            return t(
                "{left} {unit} of {item} are left in the store",
                left=quantity(left),
                unit=good.unit,
                item=good.name,
            ), "warn"
        return "", ""
