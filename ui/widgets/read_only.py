"""The line below the header that says why nothing can be recorded."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from ui.kit import Kit
from ui.tokens import GUTTER
from ui.widgets.card import Badge
from ui.widgets.label import Elided, row


class ReadOnlyLine(QFrame):
    def __init__(self, kit: Kit, why: str) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.why = Elided(why, "caption")
        line = row(self, space=10)
        line.setContentsMargins(GUTTER, 8, GUTTER, 8)
        line.addWidget(Badge(kit, kit.t("Reads only"), "warn", "lock-simple"))
        line.addWidget(self.why, 1)
        self.setAccessibleName(f"{kit.t('Reads only')}. {why}")
