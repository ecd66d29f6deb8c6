"""A whole number of something: days, years, percents."""

from __future__ import annotations

from kwt_books.domain.quantity import UNIT
from ui.kit import Kit
from ui.widgets.field import QuantityField


class CountField(QuantityField):
    """`whole` is the number; the unit stands behind it."""

    def __init__(
        self, kit: Kit, *, unit: str = "", required: bool = True, most: int = 36_500
    ) -> None:
        super().__init__(kit, unit=unit, required=required)
        self._most = most

    def whole(self) -> int | None:
        number = self.number()
        return number // UNIT if number is not None else None

    def set_whole(self, value: int | None) -> None:
        self.set_number(value * UNIT if value is not None else None)

    def problem(self) -> str:
        if found := super().problem():
            return found
        number = self.number() or 0
        if number % UNIT:
            return self.kit.t("A whole number, please")
        most = self.kit.formats.number(self._most)
        return self.kit.t("At most {most}", most=most) if number > self._most * UNIT else ""
