"""The window with Kas in front."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.money_hand import Hand, hand_at
from ui.kit.workspace import Workspace


@pytest.fixture
def hand(workspace: Workspace, qtbot: QtBot) -> Hand:
    """The whole sample month is recorded and closed; the month in hand is the next."""
    made = hand_at(workspace, qtbot, "cash")
    made.window.workspace.show_month("2026-07")
    made.settle()
    return made
