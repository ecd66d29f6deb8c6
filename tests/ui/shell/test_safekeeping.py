"""Backups made behind a closed window, told of where they fail, and offered to be restored."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.services.kept_backups import FOLDER
from scripts.layout_faults import faults
from tests.services.test_backup import content
from tests.ui.windows import opened
from ui.kit.folders import Drive, Folders
from ui.kit.look import UiContext
from ui.kit.preferences import Preferences
from ui.settings.kept_backups import KeptBackups
from ui.shell.start import Desktop


def kept_of(folders: Folders) -> list[Path]:
    return sorted((folders.data / "backups").rglob("*.kwt"))


@pytest.fixture
def begun(desktop: Desktop, book_path: Path, tmp_path: Path, qtbot: QtBot) -> Desktop:
    """With a book open, and a stick that knows it plugged in."""
    stick = tmp_path / "stick"
    stick.mkdir()
    desktop.safekeeping.find_drives = lambda: [Drive("FLASHDISK", stick, 8_000_000_000)]
    desktop.open_book(book_path)
    opened(desktop, qtbot)
    return desktop


def test_a_book_is_backed_up_when_the_program_closes(
    begun: Desktop, books: Books, folders: Folders, book_path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    assert begun.tasks is not None
    with qtbot.waitSignal(begun.tasks.changed):
        begun.tasks.change(lambda book: book.know_drive(tmp_path / "stick"), (), lambda _: None)
    begun.close()
    (kept,) = kept_of(folders)
    assert content(kept) == content(book_path)
    (carried,) = (tmp_path / "stick").rglob("*.kwt")
    assert content(carried) == content(book_path)


def test_what_stood_in_the_way_is_told_at_the_next_opening(
    begun: Desktop, folders: Folders, book_path: Path, qtbot: QtBot, books: Books,
    preferences: Preferences, qapp: QApplication,
) -> None:  # fmt: skip
    shutil.rmtree(folders.data / "backups", ignore_errors=True)
    folders.data.mkdir(exist_ok=True)
    (folders.data / "backups").write_text("", encoding="utf-8")
    begun.close()
    assert preferences.of(book_path).not_kept
    (folders.data / "backups").unlink()
    again = Desktop(qapp, books, folders, preferences)
    again.open_book(book_path)
    opened(again, qtbot)
    assert again.window is not None
    assert "not-kept" in {each.key for each in again.window.workspace.notices.standing}
    again.close()
    assert not preferences.of(book_path).not_kept
    assert kept_of(folders)


@pytest.fixture
def kept(books: Books, folders: Folders, alone: Path) -> Iterator[list[Path]]:
    """A backup that is whole and an older one that is not."""
    books.backups = folders.data / "backups"
    (made,) = books.keep_backup(alone)
    bad = made.with_name(made.name.replace("2026-07-01", "2026-06-01"))
    bad.write_bytes(made.read_bytes()[:20_000])
    yield [made, bad]
    books.backups = None


def test_backups_are_listed_with_what_they_hold_and_whether_they_are_whole(
    ui: UiContext, books: Books, kept: list[Path], qtbot: QtBot
) -> None:
    dialog = KeptBackups(ui, books, books.kept_backups())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    model = dialog.table.model()

    def shown() -> list[str]:
        return [
            "|".join(str(model.index(row, at).data()) for at in range(model.columnCount()))
            for row in range(model.rowCount())
        ]

    qtbot.waitUntil(lambda: len(dialog.contents) == len(kept))
    first, second = shown()
    assert "1 Juli 2026" in first
    assert books.look_into(kept[0]).number in first
    assert first.endswith(ui.t("Intact"))
    assert "1 Juni 2026" in second
    assert second.endswith(ui.t("Damaged"))
    table = dialog.table
    assert table.columnWidth(0) >= table.sizeHintForColumn(0), "the hour can be read"
    assert list(faults(table)) == []
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.open_button.click()
    assert chosen.args == [kept[0]]


def test_a_kept_backup_becomes_a_book(
    begun: Desktop, kept: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """The newest of those on this computer and on the stick that is plugged in."""
    wanted, stick = tmp_path / "baru.kwt", tmp_path / "stick"
    carried = stick / FOLDER / kept[0].parent.name / kept[0].name
    carried.parent.mkdir(parents=True)
    kept.pop(0).rename(carried)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(wanted), ""))
    window, making = begun.window, begun.entrance.making
    assert window is not None
    making.find_drives = lambda: [Drive("FLASHDISK", stick, 8_000_000_000)]
    window.workspace.restore_wanted.emit()
    assert isinstance(making.dialog, KeptBackups)
    assert making.dialog.table.model().rowCount() == 2, "that of the computer stands below it"
    making.dialog.open_button.click()
    qtbot.waitUntil(lambda: begun.window is not None and begun.window.workspace.book == wanted)
    opened(begun, qtbot)
    assert content(wanted) == content(carried)
