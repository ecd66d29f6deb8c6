"""Rows of goods, made as far down as one can see."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.forms.sale_parts.row import GoodsRow
from ui.forms.tabbing import tabbed_before
from ui.widgets.label import column

_AHEAD = 2
"""Rows below the last one that is seen: where Tab and the arrow keys go next."""


class RowsInSight(QWidget):
    """A row is some twenty widgets: of many goods only those are made that are looked at.

    `rows` has what is made, always the first of `codes`; below them room is kept for the
    others. Who does not look but listens gets all of them at once.
    """

    def __init__(self, make: Callable[[str], GoodsRow]) -> None:
        super().__init__()
        self._make = make
        self.codes: list[str] = []
        self.rows: dict[str, GoodsRow] = {}
        self._page: QVBoxLayout = column(self)
        self._unmade = QWidget()
        self._page.addWidget(self._unmade)
        self.below: QVBoxLayout = column()
        """Something that comes after the rows and scrolls with them."""
        self._page.addLayout(self.below)
        self._page.addStretch()  # without a share of its own: what is below may want the room
        self._keep_room()

    def put(self, codes: Sequence[str]) -> None:
        """Other rows than those there were."""
        old = list(self.rows.values())
        self.rows.clear()  # first: what is hidden moves the keyboard, and with it what is seen
        self.codes = []
        for gone in old:
            self._page.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.codes = list(codes)
        self._keep_room()

    def row(self, code: str) -> GoodsRow:
        """Its row; made, with all above it, if it was not yet. A new code comes last."""
        if code not in self.codes:
            self.codes.append(code)
        while code not in self.rows:
            self._add()
        self._keep_room()
        return self.rows[code]

    def show_down_to(self, bottom: int) -> None:
        """Makes what is above `bottom`, and a little more."""
        listening = QAccessible.isActive()
        while len(self.rows) < len(self.codes):
            height = self._height()
            if not listening and self.rows and height - self._row_height() * _AHEAD > bottom:
                break
            self._add()
        self._keep_room()

    def _add(self) -> None:
        before = self._reached_before()
        code = self.codes[len(self.rows)]
        made = self.rows[code] = self._make(code)
        self._page.insertWidget(self._page.indexOf(self._unmade), made)
        if before is not None:
            made.come_after(before)

    def _reached_before(self) -> QWidget | None:
        """The end of the row above, or what Tab reaches before all rows."""
        above = next(reversed(self.rows.values()), None)
        return list(above.counters.values())[-1] if above is not None else tabbed_before(self)

    def _height(self) -> int:
        return sum(made.sizeHint().height() for made in self.rows.values())

    def _row_height(self) -> int:
        """Of a row as most are."""
        return self._height() // max(1, len(self.rows))

    def _keep_room(self) -> None:
        """The bar at the side moves as if all were there."""
        left = len(self.codes) - len(self.rows)
        self._unmade.setVisible(left > 0)
        self._unmade.setFixedHeight(left * self._row_height())
