"""The other ways in: the demo, a backup; and the way out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from tests.ui.windows import opened
from ui.shell.start import Desktop


def test_the_demo_book_is_made_once(
    desktop: Desktop, books: Books, place: Path, qtbot: QtBot
) -> None:
    assert desktop.welcome is not None
    desktop.welcome.demo_wanted.emit()
    opened(desktop, qtbot)
    made = list(place.glob("*.kwt"))
    assert len(made) == 1
    size = made[0].stat().st_size
    desktop.entrance.making.demo()
    qtbot.waitUntil(lambda: not desktop.window or desktop.window.isVisible())
    assert list(place.glob("*.kwt")) == made
    assert made[0].stat().st_size == size


def test_a_backup_becomes_a_book(
    desktop: Desktop,
    books: Books,
    book_path: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "pulih.kwt"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(book_path), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    assert desktop.welcome is not None
    desktop.welcome.restore_wanted.emit()
    opened(desktop, qtbot)
    assert desktop.window is not None
    assert desktop.window.workspace.book == target
    assert book_path.exists()


def test_a_damaged_backup_is_said_and_leaves_nothing(
    desktop: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    backup = tmp_path / "rusak.kwt"
    backup.write_bytes(b"SQLite format 3\0" + b"\1" * 4000)
    desktop.entrance.making.restore_to(backup, tmp_path / "baru.kwt")
    qtbot.waitUntil(lambda: desktop.problems.shown is not None)
    dialog = desktop.problems.shown
    assert isinstance(dialog, QDialog)
    dialog.close()
    assert not (tmp_path / "baru.kwt").exists()
