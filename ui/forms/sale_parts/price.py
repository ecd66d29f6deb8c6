"""A price that stands in a row of goods and can be changed there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from kwt_books.i18n.parse import parse_rupiah
from ui.kit import Kit
from ui.widgets.field import NumberField

_AROUND = 20
"""What stands around the figures of a field."""


class PriceField(NumberField):
    """Looks like text until one points at it. Empty: the price that was set up."""

    def __init__(self, kit: Kit, usual: int | None, title: str) -> None:
        super().__init__(kit, required=usual is None)
        self.usual = usual
        self.setProperty("flat", True)
        self.setAccessibleName(title)
        self.setToolTip(kit.t("Click to change the price for this time"))
        self.set_number(usual)

    def take_room(self, least: int) -> None:
        """`least` pixels, or what the price needs: none is shown without its first figures."""
        self._least = least
        self._fit()
        self.textChanged.connect(self._fit)

    def _fit(self) -> None:
        needed = self.fontMetrics().horizontalAdvance(self.text()) + self.kit.theme.px(_AROUND)
        self.setFixedWidth(max(self._least, needed))

    def read(self, text: str) -> int:
        return parse_rupiah(text, self.kit.language)

    def written(self, value: int) -> str:
        return self.kit.formats.number(value)

    @property
    def price(self) -> int | None:
        """What holds now: what was typed, else the usual one."""
        typed = self.number()
        return self.usual if typed is None else typed

    @property
    def special(self) -> int | None:
        """Only where it is another than the usual one."""
        return self.price if self.price != self.usual else None

    def use(self, price: int | None) -> None:
        """Another price; None: the usual one."""
        self.set_number(self.usual if price is None else price)

    def set_usual(self, price: int | None) -> None:
        """The price set up has changed; what one typed stays, also where it is no price."""
        untouched = not self.text() or (self.usual is not None and self.number() == self.usual)
        self.usual = price
        if untouched:
            self.use(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape and self.special is not None:
            self.use(None)
            return
        super().keyPressEvent(event)
