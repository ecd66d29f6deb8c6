"""Backups on a flash drive, and what the screen looks like."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from kwt_books.app import Books
from ui.desk import Desk
from ui.drives import Drive, free_path
from ui.main_window import MainWindow
from ui.pages.settings_backup import BackupPage
from ui.pages.settings_look import LookPage
from ui.theme import Mode
from ui.widgets.card import Note


@pytest.fixture
def backup(desk: Desk, tmp_path: Path, qtbot: QtBot, settle: Callable[[Desk], None]) -> BackupPage:
    """With a flash drive plugged in."""
    stick = tmp_path / "stick"
    stick.mkdir()
    page = BackupPage(desk, lambda: [Drive("FLASHDISK", stick, 8_000_000_000)])
    qtbot.addWidget(page)
    desk.learn_setup()
    page.show()
    settle(desk)
    return page


def test_a_backup_goes_to_the_flash_drive(
    backup: BackupPage, desk: Desk, books: Books, tmp_path: Path, qtbot: QtBot
) -> None:
    assert backup.last.property("tone") == "warn"
    for number in (1, 2):
        with qtbot.waitSignal(desk.tasks.changed):
            backup.targets[0].click()
            backup.targets[0].click()
        qtbot.waitUntil(lambda: backup._job is None)
        copies = sorted((tmp_path / "stick").iterdir())
        assert len(copies) == number, "a copy is never written over"
    book = books.open(copies[0], read_only=True)
    assert all(outcome.passed for outcome in book.verify())
    book.close()
    assert desk.preferences.backed_up(desk.book) == desk.kit.today
    assert desk.preferences.backup_folder == tmp_path / "stick"
    assert backup.last.property("tone") == "good"


def test_a_drive_that_is_pulled_out_is_said(
    backup: BackupPage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    blocked = tmp_path / "stick" / "berkas"
    blocked.write_text("", encoding="utf-8")
    backup.back_up(blocked)
    qtbot.waitUntil(lambda: desk.problems._open is not None)
    dialog = desk.problems._open
    assert isinstance(dialog, QDialog)
    dialog.close()
    assert desk.preferences.backed_up(desk.book) is None
    assert backup.targets[0].isEnabled()


def test_another_folder_is_chosen(
    backup: BackupPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lain"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    backup.choose_folder()
    qtbot.waitUntil(lambda: folder.is_dir() and len(list(folder.glob("*.kwt"))) == 1)


def test_without_a_drive_it_says_so(
    desk: Desk, qtbot: QtBot, settle: Callable[[Desk], None]
) -> None:
    page = BackupPage(desk, list)
    qtbot.addWidget(page)
    page.show()
    settle(desk)
    assert page.targets == []
    notes = [each.text for each in page.findChildren(Note)]
    assert page.t("No flash drive is plugged in. Plug one in, then press “Look again”.") in notes


def test_a_backup_counts_though_the_window_was_built_anew_meanwhile(
    desk: Desk, tmp_path: Path, settle: Callable[[Desk], None]
) -> None:
    page, stick = BackupPage(desk, list), tmp_path / "stick"
    stick.mkdir()
    desk.tasks.hold()
    page.back_up(stick)
    delete(page)
    desk.tasks.go_on()
    settle(desk)
    assert desk.preferences.backed_up(desk.book) == desk.kit.today
    assert len(list(stick.glob("*.kwt"))) == 1


def test_a_free_name_is_found(tmp_path: Path) -> None:
    first = free_path(tmp_path, "KWT Melati?")
    assert first.name == "KWT Melati.kwt"
    first.touch()
    assert free_path(tmp_path, "KWT Melati?").name == "KWT Melati (2).kwt"


@pytest.mark.parametrize("width", [1366, 1920])
def test_the_choices_of_the_screen_stand_below_each_other(
    part: Callable[[str, type[LookPage]], LookPage], window: MainWindow, width: int
) -> None:
    page = part("look", LookPage)
    window.resize(width, 688)
    QApplication.processEvents()
    choices = (page.language, page.size_of_text, page.mode, page.about)
    assert len({(each.x(), each.width()) for each in choices}) == 1


def test_the_look_changes_at_once(
    part: Callable[[str, type[LookPage]], LookPage], desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page = part("look", LookPage)
    page.mode.choose(str(Mode.DARK))
    assert desk.kit.theme.dark
    assert desk.preferences.mode is Mode.DARK
    page.mode.choose(str(Mode.LIGHT))
    with qtbot.waitSignal(window.dress_wanted):
        page.language.choose("en")
    assert desk.preferences.language == "en"
    with qtbot.waitSignal(window.dress_wanted):
        page.size_of_text.choose("125")
    assert desk.preferences.text_percent == 125
