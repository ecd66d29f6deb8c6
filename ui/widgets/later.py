"""A part that nobody sees yet, made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.label import column


class Later(QWidget):
    """`make` builds it, filled with what is known by then."""

    def __init__(self, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self._make, self.made = make, False
        self._page = column(self)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if not self.made:
            self.made = True
            self._page.addWidget(self._make())
