"""Backups on a flash drive, and what the screen looks like."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from kwt_books.app import Books
from ui.kit.folders import Drive, free_path
from ui.kit.look import Mode
from ui.kit.workspace import Workspace
from ui.settings.backup import BackupPage
from ui.settings.page import LookPage
from ui.shell.window import MainWindow


@pytest.fixture
def backup(
    workspace: Workspace, tmp_path: Path, qtbot: QtBot, settle: Callable[[Workspace], None]
) -> BackupPage:
    """With a flash drive plugged in."""
    stick = tmp_path / "stick"
    stick.mkdir()
    page = BackupPage(workspace, lambda: [Drive("FLASHDISK", stick, 8_000_000_000)])
    qtbot.addWidget(page)
    workspace.learn_setup()
    page.show()
    settle(workspace)
    return page


def test_a_backup_goes_to_the_flash_drive(
    backup: BackupPage, workspace: Workspace, books: Books, tmp_path: Path, qtbot: QtBot
) -> None:
    assert backup.last.property("tone") == "warn"
    for number in (1, 2):
        with qtbot.waitSignal(workspace.tasks.changed):
            backup.targets[0].click()
            backup.targets[0].click()
        qtbot.waitUntil(lambda: backup.job is None)
        copies = sorted((tmp_path / "stick").glob("*.kwt"))
        assert len(copies) == number, "a copy is never written over"
    book = books.open(copies[0], read_only=True)
    assert all(outcome.passed for outcome in book.verify())
    book.close()
    assert workspace.preferences.of(workspace.book).backed_up == workspace.ui.today
    assert workspace.preferences.backup_folder == tmp_path / "stick"
    assert backup.last.property("tone") == "good"
    (known,) = (tmp_path / "stick" / "KWT Books").iterdir()
    assert list(known.iterdir()) == [], "the program's own come when it closes"


def test_a_drive_that_is_pulled_out_is_said(
    backup: BackupPage, workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    blocked = tmp_path / "stick" / "berkas"
    blocked.write_text("", encoding="utf-8")
    backup.back_up(blocked)
    qtbot.waitUntil(lambda: workspace.problems.shown is not None)
    dialog = workspace.problems.shown
    assert isinstance(dialog, QDialog)
    dialog.close()
    assert workspace.preferences.of(workspace.book).backed_up is None
    assert backup.targets[0].isEnabled()


def test_a_backup_counts_though_the_window_was_built_anew_meanwhile(
    workspace: Workspace, tmp_path: Path, settle: Callable[[Workspace], None]
) -> None:
    page, stick = BackupPage(workspace, list), tmp_path / "stick"
    stick.mkdir()
    workspace.tasks.pause()
    page.back_up(stick)
    delete(page)
    workspace.tasks.resume()
    settle(workspace)
    assert workspace.preferences.of(workspace.book).backed_up == workspace.ui.today
    assert len(list(stick.glob("*.kwt"))) == 1


def test_a_free_name_is_found(tmp_path: Path) -> None:
    first = free_path(tmp_path, "KWT Melati?")
    assert first.name == "KWT Melati.kwt"
    first.touch()
    assert free_path(tmp_path, "KWT Melati?").name == "KWT Melati (2).kwt"


def test_the_look_changes_at_once(
    part: Callable[[str, type[LookPage]], LookPage],
    workspace: Workspace,
    window: MainWindow,
    qtbot: QtBot,
) -> None:
    page = part("look", LookPage)
    page.mode.choose(str(Mode.DARK))
    assert workspace.ui.theme.dark
    assert workspace.preferences.mode is Mode.DARK
    page.mode.choose(str(Mode.LIGHT))
    with qtbot.waitSignal(window.workspace.dress_wanted):
        page.language.choose("en")
    assert workspace.preferences.language == "en"
    with qtbot.waitSignal(window.workspace.dress_wanted):
        page.size_of_text.choose("125")
    assert workspace.preferences.text_percent == 125
    with qtbot.assertNotEmitted(window.workspace.dress_wanted):  # what is chosen already
        workspace.choose_size(125)
        workspace.choose_language(workspace.ui.language)
