"""The headings over a grid of goods."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel

from ui.forms.sale_parts.columns import AMOUNT, GAP, PRICE, STOCK, Columns
from ui.kit import Kit
from ui.tokens import GUTTER
from ui.widgets.label import label, row


class Heading(QFrame):
    """Each stands over its column, as the rows are laid out."""

    def __init__(self, kit: Kit, columns: Columns) -> None:
        super().__init__()
        self.setObjectName("heading")
        self._line = row(self, space=GAP)
        self.setFixedHeight(kit.theme.px(36))
        self._counters: list[QLabel] = []
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._line.addWidget(label(kit.t("Goods"), "label"), 1)
        px = kit.theme.px
        if not columns.tight:
            stock = self._add(columns.stock, px(STOCK), right)
            stock.setMaximumWidth(px(2 * STOCK))  # into the room of the names
            self._add(columns.price, px(PRICE), right, margin=px(7))
        for each in columns.counters:
            made = self._add(each.title, px(columns.counter_width), Qt.AlignmentFlag.AlignCenter)
            self._counters.append(made)
        self._add(columns.amount, px(AMOUNT), right)
        self.leave_room(0)

    def _add(
        self, title: str, width: int, alignment: Qt.AlignmentFlag, *, margin: int = 0
    ) -> QLabel:
        made = label(title, "label")
        made.setFixedWidth(width)
        made.setAlignment(alignment)
        made.setContentsMargins(0, 0, margin, 0)
        self._line.addWidget(made)
        return made

    def leave_room(self, right: int) -> None:
        """For the scroll bar beside the rows."""
        self._line.setContentsMargins(GUTTER, 0, GUTTER + right, 0)

    def show_numbers(self, shown: bool) -> None:
        for each in self._counters:
            each.setVisible(shown)
