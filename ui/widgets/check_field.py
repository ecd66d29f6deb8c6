"""Yes or no, as a box to tick."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox


class CheckField(QCheckBox):
    """Space ticks, Enter goes on."""

    changed = Signal()

    def __init__(self, text: str = "", *, ticked: bool = False) -> None:
        super().__init__(text.replace("&", "&&"))
        self.setChecked(ticked)
        self.setProperty("ring", 4)
        self.toggled.connect(lambda _on: self.changed.emit())

    def problem(self) -> str:
        return ""

    def state(self) -> object:
        return self.isChecked()

    def restore(self, state: object) -> None:
        self.setChecked(state is True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)
