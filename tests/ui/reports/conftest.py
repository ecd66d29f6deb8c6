"""The window with Laporan in front."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.ui.reports.hand import dialogs
from ui.kit.dialog import MessageDialog
from ui.kit.printing import PaperDialog
from ui.kit.workspace import Workspace
from ui.reports.page import ReportsPage
from ui.shell.window import MainWindow


@pytest.fixture
def in_front() -> str:
    return "reports"


@pytest.fixture
def page(window: MainWindow) -> ReportsPage:
    assert isinstance(window.page, ReportsPage)
    return window.page


@pytest.fixture
def go(workspace: Workspace, settle: Callable[[Workspace], None]) -> Callable[[str], None]:
    """Shows a report and waits for it."""

    def show(part: str) -> None:
        workspace.go("reports", part)
        settle(workspace)

    return show


@pytest.fixture(autouse=True)
def closed_dialogs() -> Iterator[None]:
    yield
    for kind in (PaperDialog, MessageDialog):
        for each in dialogs(kind):
            each.close()  # type: ignore[attr-defined]


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, str], None]:
    """What the system's file dialog will answer."""

    def answer(path: Path, name_filter: str = "") -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), name_filter))

    return answer
