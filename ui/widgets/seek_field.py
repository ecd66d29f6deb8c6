"""Words to look for."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from ui.kit import Kit


class SeekField(QLineEdit):
    """`title` says what is sought, for the eye as for a screen reader; `hint` is its tooltip."""

    def __init__(self, kit: Kit, title: str, hint: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(title)
        self.setAccessibleName(title)
        self.setToolTip(hint)
        self.setClearButtonEnabled(True)
        self.setProperty("search", True)
        glass = QAction(kit.theme.icon("magnifying-glass", "text2"), "", self)
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
