"""The window with Pemeriksaan in front, and its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.ui.audit.hand import P, Settle
from tests.ui.windows import window_over
from ui.audit.page import AuditPage
from ui.kit.workspace import Destination, Workspace
from ui.shell.window import MainWindow


@pytest.fixture
def window_of(qtbot: QtBot) -> Callable[[Workspace], MainWindow]:
    """The window over a desk, with Pemeriksaan in front."""
    return lambda workspace: window_over(workspace, qtbot, "audit")


@pytest.fixture
def in_front() -> str:
    return "audit"


@pytest.fixture
def part(settle: Settle) -> Callable[[MainWindow, str, type[P]], P]:
    def show(window: MainWindow, name: str, kind: type[P]) -> P:
        window.show_place(Destination("audit", name))
        settle(window.workspace)
        assert isinstance(window.page, AuditPage)
        found = window.page.findChild(kind)
        assert found is not None
        assert found.isVisible()
        return found

    return show


@pytest.fixture(autouse=True)
def closed_dialogs() -> Iterator[None]:
    yield
    for each in QApplication.topLevelWidgets():
        if isinstance(each, QDialog) and each.isVisible():
            each.close()
