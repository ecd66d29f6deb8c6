"""The window with Pemeriksaan in front, and its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.audit.hand import P, Settle
from tests.ui.audit.stand_ins import Audit
from tests.ui.windows import window_over
from ui.audit.page import AuditPage
from ui.audit.room import AuditRoom
from ui.kit.workspace import Destination, Message, Workspace
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


@pytest.fixture
def room(still: Workspace, around: QWidget, monkeypatch: pytest.MonkeyPatch) -> AuditRoom:
    """The audit over a desk whose book never answers."""
    made = AuditRoom(still, around)
    monkeypatch.setattr(made, "at", lambda _book: Audit())
    return made


@pytest.fixture
def written(room: AuditRoom, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is written into the audit's file; it always succeeds."""
    told: list[object] = []

    def write(work: Any, done: Any, *_more: Any, **_about: Any) -> None:
        told.append(work(Audit()))
        done(told[-1])

    monkeypatch.setattr(room, "write", write)
    return told


@pytest.fixture
def went(still: Workspace) -> list[str]:
    """The places that are wanted."""
    told: list[str] = []
    still.place_wanted.connect(lambda there: told.append(f"{there.place}/{there.part}"))
    return told


@pytest.fixture
def told(still: Workspace) -> list[Message]:
    """What is said at the foot of the window."""
    messages: list[Message] = []
    still.said.connect(messages.append)
    return messages
