"""The search box: Esc empties it, then it leads on to what was found."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.kit.field import AnyLine, FieldIcon
from ui.kit.look import UiContext


def seek_in(field: QLineEdit) -> None:
    """Gives a search box the keyboard; what is typed replaces what was sought before."""
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    field.selectAll()


class EscClears(AnyLine):
    """A base to put before a class of search boxes: Esc empties it, then it leads on."""

    _go: Callable[[], object] | None = None

    def lead_to(self, found: QWidget | Callable[[], object]) -> None:
        """Sets what gets the keyboard from here, or what is called for that."""
        self._go = found.setFocus if isinstance(found, QWidget) else found

    def event(self, event: QEvent) -> bool:
        """Keeps Esc to itself before it reaches the shortcuts of what is around."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            mine = event.key() == Qt.Key.Key_Escape and (self.text() or self._go)
            if mine:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
        elif self._go is not None:
            self._go()
        else:
            event.ignore()  # a dialog around it closes


class SeekField(EscClears, QLineEdit):
    """A search box; `title` says what is searched, also to a screen reader; `hint` is its tooltip.
    ↓ leads on too.
    """

    def __init__(self, ui: UiContext, title: str, hint: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(title)
        self.setAccessibleName(title)
        self.setToolTip(hint)
        self.setClearButtonEnabled(True)
        FieldIcon(ui, self, "magnifying-glass")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Down and self._go is not None:
            self._go()
        else:
            super().keyPressEvent(event)
