"""What tests of the settings look at."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.kit.workspace import Workspace


def verified(workspace: Workspace, qtbot: QtBot) -> bool:
    told: list[bool] = []
    workspace.tasks.run(lambda book: all(each.passed for each in book.verify()), told.append)
    qtbot.waitUntil(lambda: bool(told))
    return told[0]
