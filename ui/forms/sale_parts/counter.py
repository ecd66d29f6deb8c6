"""A number of goods in a grid of such numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractSpinBox

from kwt_books.domain.documents.shapes import QUANTITY
from kwt_books.domain.quantity import parse_quantity
from ui.kit import Kit, restyle
from ui.widgets.stepper import Stepper

_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_MARGINS = 6
"""What a line edit keeps free around its text, and the frame."""
_ACROSS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Counter(Stepper):
    """Arrow keys go from cell to cell, Enter to the next; `*` takes all that is left."""

    typed = Signal()
    """Someone typed or stepped: the number is theirs now, or given up where it was cleared."""
    moved = Signal(int, int)
    """Rows and columns to go."""
    all_wanted = Signal()
    left = Signal()
    """The keyboard has gone elsewhere."""
    button_width = 22

    def __init__(self, kit: Kit, title: str) -> None:
        super().__init__(kit)
        self.setAccessibleName(title)
        self._crowded = False
        self._edit.textChanged.connect(self._fit)

    @property
    def is_own(self) -> bool:
        return self._typed

    @property
    def is_being_cleared(self) -> bool:
        """One is in it and has rubbed it out: not to be filled in before one has left."""
        return self.hasFocus() and not self._edit.text().strip()

    def give_up(self) -> None:
        """The number may be computed again."""
        self._typed = False

    def type_in(self, thousandths: int) -> None:
        """As if someone had typed it."""
        self._own(True)
        self._show(thousandths)

    def _own(self, typed: bool) -> None:
        super()._own(typed)
        self.typed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in _DOWN:
            self.moved.emit(_DOWN[key], 0)
        elif plain and key in _ACROSS and self._at_edge(_ACROSS[key]):
            self.moved.emit(0, _ACROSS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.moved.emit(0, 1)
        elif event.text() == "*":
            self.all_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _at_edge(self, step: int) -> bool:
        edit = self._edit
        if edit.hasSelectedText():
            return edit.selectedText() == edit.text()
        return edit.cursorPosition() == (len(edit.text()) if step > 0 else 0)

    # -- room for long numbers -------------------------------------------------------------

    def _fit(self) -> None:
        """A long number takes the room of the − and +; their keys go on working."""
        room = self.width() - 2 * self._kit.theme.px(self.button_width) - _MARGINS
        crowded = self.fontMetrics().horizontalAdvance(self._edit.text()) > room
        if crowded != self._crowded:
            self._crowded = crowded
            restyle(self, crowded=crowded)
            beside = 1 if crowded else self._kit.theme.px(self.button_width) + 1
            self._edit.setGeometry(self.rect().adjusted(beside, 1, -beside, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self._crowded:
            QAbstractSpinBox.paintEvent(self, event)
        else:
            super().paintEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.left.emit()


def quantity_json(thousandths: int) -> object:
    """As documents write it: a whole number, or text with a point."""
    return QUANTITY.encode(thousandths)


def quantity_of(raw: object) -> int:
    """Thousandths of what a document or a draft carries; nil where it can't be read."""
    try:
        return parse_quantity(str(raw))
    except ValueError:
        return 0
