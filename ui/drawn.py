"""When a window stands on the screen for the first time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_PATIENCE = 500
"""Milliseconds: a window that begins minimised is not drawn at all."""


class Drawn(QObject):
    """Calls once, after the window has been drawn with everything in it."""

    def __init__(self, window: QWidget, act: Callable[[], object]) -> None:
        super().__init__(window)
        self._act = act
        window.installEventFilter(self)
        QTimer.singleShot(_PATIENCE, self, self._stands)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._stands)
        return False

    def _stands(self) -> None:
        self._act()
        self.deleteLater()
