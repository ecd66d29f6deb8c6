"""How large a window opens."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_FRAME = QSize(16, 40)
"""What the system puts around a window."""


def open_up(window: QWidget, width: int, height: int) -> None:
    """As wide as asked, and as high, as far as the screen has room: scaled up, it has less."""
    window.resize(QSize(width, height).boundedTo(window.screen().availableSize() - _FRAME))
