"""The document beside the list is the one the list marks, however one came to it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.diary.hand import CTRL, SHOWN, page_of
from ui.diary.page import JournalPage
from ui.kit.table import Role
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow

_TURNS = 3
"""Of events, in which one thing brings about the next."""


def marked(page: JournalPage) -> str | None:
    index = page.table.currentIndex()
    return str(index.data(Role.RAW)) if index.isValid() else None


def shown(page: JournalPage) -> str | None:
    return page.document.story.number if page.document.story is not None else None


def settled(page: JournalPage, qtbot: QtBot) -> None:
    """Until nothing is asked any more: no pause of the page runs, the worker rests, and what
    either brings about has come about."""

    def calm() -> bool:
        pauses = (each for each in page.findChildren(QTimer) if each.isSingleShot())
        return not page.workspace.tasks.busy and not any(each.isActive() for each in pauses)

    def lasting() -> bool:
        for _ in range(_TURNS):
            if not calm():
                return False
            QApplication.processEvents()
        return calm()

    qtbot.waitUntil(lasting)


def look_for(window: MainWindow, text: str, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(window.header.search, text)
    qtbot.keyClick(window.header.search, Qt.Key.Key_Return)


def test_a_search_from_another_page(window: MainWindow, workspace: Workspace, qtbot: QtBot) -> None:
    page = page_of(window)
    page.table.select(3)
    settled(page, qtbot)
    before = shown(page)
    workspace.go("cash")
    look_for(window, "bunga bank", qtbot)
    settled(page, qtbot)
    assert marked(page) is not None
    assert marked(page) == shown(page) != before


def test_a_search_that_finds_nothing_leaves_nothing_to_correct(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window)
    page.open(SHOWN)
    settled(page, qtbot)
    opened: list[str] = []
    monkeypatch.setattr(workspace, "open_form", lambda name, **_given: opened.append(name))
    page.filter.seek("tidak ada yang begini", everywhere=True)
    settled(page, qtbot)
    assert page.model.lines == []
    assert shown(page) is None
    qtbot.keyClick(page, Qt.Key.Key_R, CTRL)
    assert opened == []


def test_no_key_reaches_the_document_before(
    page: JournalPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """↓ and at once Ctrl+P: the other one isn't read yet."""
    settled(page, qtbot)
    printed: list[Any] = []
    monkeypatch.setattr(
        "ui.diary.document.show_paper", lambda _desk, number, *_: printed.append(number)
    )
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page, Qt.Key.Key_P, CTRL)
    assert printed == []
    settled(page, qtbot)
    qtbot.keyClick(page, Qt.Key.Key_P, CTRL)
    assert printed == [marked(page)] == [shown(page)]


def test_lines_that_come_later_are_marked_and_shown(page: JournalPage, qtbot: QtBot) -> None:
    """From nothing found back to all."""
    page.filter.seek("tidak ada yang begini")
    settled(page, qtbot)
    page.filter.seek("")
    settled(page, qtbot)
    assert marked(page) == shown(page) == page.model.lines[0].number
