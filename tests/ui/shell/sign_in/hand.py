"""Who there is, and how they come in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.shell.sign_in import SignIn
from ui.shell.start import Desktop

CHAIR, TREASURER, AUDITOR = "Aryanah", "Siti Rohmah", "Pak Chandra"
PASSWORD = "sawi-hijau"
ENTER, LEFT = Qt.Key.Key_Return, Qt.MouseButton.LeftButton


def asking(desktop: Desktop, qtbot: QtBot) -> SignIn:
    qtbot.waitUntil(lambda: desktop.entrance.signing is not None)
    found = desktop.entrance.signing
    assert isinstance(found, SignIn)
    with qtbot.waitActive(found):
        found.show()
    return found


def enter(asked: SignIn, name: str, password: str, qtbot: QtBot) -> None:
    asked.choose(name)
    asked.password.setFocus()
    asked.password.clear()
    qtbot.keyClicks(asked.password, password)
    qtbot.keyClick(asked.password, ENTER)
