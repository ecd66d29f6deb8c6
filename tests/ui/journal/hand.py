"""What a hand does in Buku Harian, and what it sees there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from pytestqt.qtbot import QtBot

from ui.desk import Desk, Destination
from ui.main_window import MainWindow
from ui.pages.journal import JournalPage

CTRL = Qt.KeyboardModifier.ControlModifier
SHOWN = "BKK-2606-0011"
"""A payment of the sample month that nothing was built upon."""
UNDONE, UNDOING = "BKK-2606-0010", "BKM-2606-0013"


def window_over(desk: Desk, qtbot: QtBot) -> MainWindow:
    made = MainWindow(desk, QIcon())
    qtbot.addWidget(made)
    desk.learn_setup()
    made.resize(1366, 688)
    made.show_place(Destination("journal"))
    with qtbot.waitActive(made):
        made.show()
    qtbot.waitUntil(lambda: not desk.tasks.busy)
    return made


def page_of(window: MainWindow) -> JournalPage:
    assert isinstance(window.page, JournalPage)
    return window.page
