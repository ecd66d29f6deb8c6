"""A closed month; opening it again is the chair's alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role
from kwt_books.i18n.catalogue import resources_dir
from tests.conftest import NOW
from tests.ui.closing.hand import CTRL, Open, Settle, form_of
from tests.ui.sample_parts import left_by
from ui.closing.form import MonthReopenForm
from ui.closing.page import MonthClosePage
from ui.kit.field import NoteField
from ui.kit.form import FormDialog
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow


def test_a_closed_month_shows_what_it_came_to(
    open_page: Open, book_path: Path, expected: dict[str, Any], qtbot: QtBot, settle: Settle
) -> None:
    page = open_page(book_path)
    assert page.closed.isVisible()
    assert page.form is None
    [left] = left_by(book_path, "month_close", "2026-06-30")
    assert page.closed.number.text == left.number
    assert page.closed.preview.result.text() == page.ui.formats.rupiah(expected["profit"])
    qtbot.mouseClick(page.closed.next_button, Qt.MouseButton.LeftButton)
    settle(page.workspace)
    assert page.workspace.month == "2026-07"
    assert page.closed.isHidden()


def test_the_chair_opens_it_again_and_says_why(
    open_page: Open, book_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    page = open_page(book_path)
    assert page.workspace.person.role is Role.CHAIR
    qtbot.mouseClick(page.closed.reopen_button, Qt.MouseButton.LeftButton)
    settle(page.workspace)
    window = page.window()
    assert isinstance(window, MainWindow)
    dialog = window.form("month_reopen")
    assert isinstance(dialog, FormDialog)
    assert isinstance(dialog.focusWidget(), NoteField), "what can be typed has the keyboard"
    qtbot.keyClick(dialog.form, Qt.Key.Key_S, CTRL)
    assert not left_by(book_path, "month_reopen", "2026-06-30"), "a reason is needed"
    assert isinstance(dialog.form, MonthReopenForm)
    qtbot.keyClicks(dialog.form.reason, "Nota transport tertinggal")
    with qtbot.waitSignal(page.workspace.tasks.changed):
        qtbot.keyClick(dialog.form.reason, Qt.Key.Key_S, CTRL)
    settle(page.workspace)
    [close] = left_by(book_path, "month_close", "2026-06-30")
    [reopen] = left_by(book_path, "month_reopen", "2026-06-30", "Nota transport tertinggal")
    assert [(a, -n) for a, n, _, _ in close.postings] == [(a, n) for a, n, _, _ in reopen.postings]
    assert form_of(page).month == "2026-06"
    assert "Rp" not in window.toast.text, "what a close moves between accounts tells her nothing"


@pytest.fixture
def treasurers_desk(
    desk_for: Callable[[Path], Workspace], book_path: Path, monkeypatch: pytest.MonkeyPatch,
    books: Books,
) -> Workspace:  # fmt: skip
    """The same book in the treasurer's hands."""
    person = Person("Siti Rohmah", Role.TREASURER)
    hers = Books(resources_dir(), lambda: NOW, person)
    monkeypatch.setattr(books, "open", hers.open)
    workspace = desk_for(book_path)
    workspace.person = person
    return workspace


def test_the_treasurer_is_refused_by_the_book_itself(
    treasurers_desk: Workspace, qtbot: QtBot, settle: Settle, book_path: Path
) -> None:
    workspace = treasurers_desk
    page = MonthClosePage(workspace)
    qtbot.addWidget(page)
    page.show()
    settle(workspace)
    assert not page.closed.reopen_button.isVisible(), "the screen only hides"
    form = MonthReopenForm(workspace, {})
    qtbot.addWidget(form)
    form.show()
    settle(workspace)
    assert not form.chair_only.isHidden()
    form.reason.setPlainText("Mau mengubah")
    form.save()
    settle(workspace)
    assert not left_by(book_path, "month_reopen", "2026-06-30")
    assert workspace.problems.shown is not None, "said calmly, with what can be done"
    workspace.problems.shown.reject()


def test_why_a_month_is_opened_again_can_be_given(still: Workspace, qtbot: QtBot) -> None:
    form = MonthReopenForm(still, {"reason": "Nota tertinggal", "month": "2025-01"})
    qtbot.addWidget(form)
    assert form.reason.value() == "Nota tertinggal"
    assert form.shown.text() == "", "the month is the one that was closed last"
