"""What a hand does in the sheets of Jual."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.sample_parts import lines_of
from ui.kit.workspace import Workspace

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
FRIDAY = "2026-06-05"
Settle = Callable[[Workspace], None]


def here() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def type_on(qtbot: QtBot, *texts: str) -> None:
    """Each text into the field in hand, and Enter."""
    for text in texts:
        qtbot.keyClicks(here(), text)
        qtbot.keyClick(here(), Qt.Key.Key_Return)


def documents(stream: Path, *kinds: str) -> list[dict[str, object]]:
    return [line for line in lines_of(stream) if line["kind"] in kinds]
