"""What a hand does in Buku Harian, and what it sees there."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.diary.page import JournalPage
from ui.shell.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
SHOWN = "BKK-2606-0011"
"""A payment of the sample month that nothing was built upon."""
UNDONE, UNDOING = "BKK-2606-0010", "BKM-2606-0013"


def page_of(window: MainWindow) -> JournalPage:
    assert isinstance(window.page, JournalPage)
    return window.page
