"""One item to be counted: what the book says, what was counted, the difference in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.kit import Kit, restyle
from ui.tokens import GUTTER, ICON_SMALL
from ui.widgets.field import QuantityField
from ui.widgets.icon import Icon
from ui.widgets.label import Elided, figures, label, row, set_tone

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
BOOK, COUNTED, DIFFERENCE = 110, 140, 170
"""Widths of the columns, pixels at a text size of 100 percent."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class Counted:
    """An item at a place, and thousandths of it by the book."""

    code: str
    name: str
    unit: str
    book: int


class CountRow(QWidget):
    changed = Signal()
    touched = Signal()
    moved = Signal(int)
    """So many rows down from here."""

    def __init__(self, kit: Kit, item: Counted) -> None:
        super().__init__()
        self._kit, self.item = kit, item
        self.was_touched = False
        self.field = QuantityField(kit, unit=item.unit, required=False)
        self.field.setAccessibleName(kit.t("{item}, counted", item=item.name))
        self.field.changed.connect(self._changed)
        self.field.installEventFilter(self)
        px = kit.theme.px
        grid = QGridLayout(self)
        grid.setContentsMargins(GUTTER, 7, GUTTER, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label(item.name, "strong", wrap=True), 0, 0)
        self._book = figures(kit)
        self._book.setFixedWidth(px(BOOK))
        self.field.setFixedWidth(px(COUNTED))
        grid.addWidget(self._book, 0, 1, _MIDDLE)
        grid.addWidget(self.field, 0, 2, _MIDDLE)
        grid.addWidget(self._make_difference(), 0, 3, _MIDDLE)
        self._message = label("", "caption", "error", wrap=True)
        self._message.hide()
        grid.addWidget(self._message, 1, 0, 1, 4)
        self.show_item(item)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setPen(self._kit.theme.color("grid"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _make_difference(self) -> QWidget:
        ground = QWidget()
        ground.setFixedWidth(self._kit.theme.px(DIFFERENCE))
        line = row(ground, space=6)
        self._icon = Icon(self._kit, "check-circle", "accent_text", ICON_SMALL)
        self.difference = Elided("", "label")
        line.addWidget(self._icon)
        line.addWidget(self.difference, 1)
        return ground

    def show_item(self, item: Counted) -> None:
        """As the book has it now."""
        self.item = item
        self._book.setText(f"{self._kit.formats.quantity(item.book)} {item.unit}")
        self._show_difference()

    def _changed(self) -> None:
        self._show_difference()
        self.changed.emit()

    def _show_difference(self) -> None:
        counted, t = self.field.number(), self._kit.t
        self._icon.setVisible(counted is not None)
        if counted is None:
            self.difference.setText("")
            return
        more = counted - self.item.book
        amount = f"{self._kit.formats.quantity(abs(more))} {self.item.unit}"
        if not more:
            text, tone, icon = t("agrees"), "good", "check-circle"
        elif more < 0:
            text, tone, icon = t("{quantity} short", quantity=amount), "warn", "arrow-down"
        else:
            text, tone, icon = t("{quantity} over", quantity=amount), "warn", "arrow-up"
        self.difference.setText(text)
        set_tone(self.difference, tone)
        self._icon.show_icon(icon, "accent_text" if tone == "good" else "amber")

    @property
    def is_filled(self) -> bool:
        return bool(self.field.text().strip())

    def say(self, text: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))
        restyle(self.field, tone="error" if text else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.FocusOut and not self.was_touched:
            self.was_touched = True
            self.touched.emit()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self.moved.emit(step)
                return True
        return False
