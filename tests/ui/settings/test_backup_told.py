"""What the page of backups tells and offers, without a book behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from kwt_books.domain.address import ServerAddress
from kwt_books.domain.errors import StorageError
from tests.ui.windows import let_go, shown_with
from ui.kit.button import Button
from ui.kit.card import Note
from ui.kit.folders import Drive
from ui.kit.worker import Change
from ui.kit.workspace import Workspace
from ui.settings.backup import BackupPage


class Copying:
    """Stands for the tasks of a book that is copied: it goes as far as a test says."""

    def __init__(self) -> None:
        self.jobs: list[Copying] = []
        self.cancelled = 0

    def long(
        self,
        work: Callable[..., object],
        done: Callable[..., object],
        progress: Callable[[int], object],
        failed: Callable[..., object],
        *,
        settled: Callable[[], object],
    ) -> Copying:
        self.work, self.done, self.progress = work, done, progress
        self.failed, self.settled = failed, settled
        self.jobs.append(self)
        return self

    def cancel(self) -> None:
        self.cancelled += 1


@pytest.fixture
def page(still: Workspace, qtbot: QtBot) -> BackupPage:
    made = BackupPage(still, lambda: ())
    qtbot.addWidget(made)
    return made


@pytest.fixture
def copying(still: Workspace, monkeypatch: pytest.MonkeyPatch) -> Copying:
    made = Copying()
    monkeypatch.setattr(still.tasks, "long", made.long)
    return made


def last(page: BackupPage) -> tuple[str, str]:
    return page.last.property("tone"), page.last.text


def notes(page: BackupPage) -> list[str]:
    let_go()
    return [each.text for each in page.findChildren(Note)]


def test_it_says_how_old_the_last_backup_is(page: BackupPage, tmp_path: Path) -> None:
    workspace = page.workspace
    noted, day = workspace.preferences.of(workspace.book), workspace.ui.formats.day
    shown_with(page)
    words = "There is no backup yet. If this computer breaks, the book is lost."
    assert last(page) == ("warn", words)
    today = workspace.ui.today
    for days, ago, tone in ((0, "today", "good"), (1, "1 day ago", "good"),
                            (6, "6 days ago", "good"), (7, "7 days ago", "warn")):  # fmt: skip
        noted.backed_up = today - timedelta(days=days)
        shown_with(page)
        told = f"Last backup: {day(today - timedelta(days=days))}, {ago}"
        assert last(page) == (tone, told)
    workspace.preferences.backup_folder = tmp_path
    shown_with(page)
    assert last(page) == ("warn", f"{told} · {tmp_path}")


def test_each_drive_is_offered_the_first_of_them_first(page: BackupPage) -> None:
    shown_with(page, drives=())
    nothing = "No flash drive is plugged in. Plug one in, then press “Look again”."
    assert (page.targets, nothing in notes(page)) == ([], True)
    drives = Drive("STICK", Path("/a"), 5_999_999), Drive("CARD", Path("/b"), 12_345_000_000)
    shown_with(page, drives=drives)
    assert [each.text() for each in page.targets] == ["Back up to STICK", "Back up to CARD"]
    hints = [each.toolTip() for each in page.targets]
    assert "5 MB free" in hints[0]
    assert "12,345 MB free" in hints[1]
    kinds = [each.property("kind") for each in page.targets]
    assert kinds[0] == "primary" != kinds[1]
    assert nothing not in notes(page)


def test_a_copy_is_made_once_and_can_be_stopped(
    page: BackupPage, copying: Copying, tmp_path: Path
) -> None:
    shown_with(page, drives=(Drive("STICK", tmp_path, 1),))
    assert (page.bar.isHidden(), page.cancel.isHidden()) == (True, True)
    (target,) = page.targets
    page.cancel.click()
    target.click()
    page.back_up(tmp_path)
    assert (len(copying.jobs), target.isEnabled()) == (1, False)
    assert (page.bar.isHidden(), page.cancel.isHidden()) == (False, False)
    shown_with(page, drives=(Drive("STICK", tmp_path, 1),))
    assert not page.targets[0].isEnabled(), "found again while it is copied"
    copying.progress(40)
    assert page.bar.value() == 40
    page.cancel.click()
    assert copying.cancelled == 1
    copying.settled()
    assert (page.job, page.bar.isHidden(), page.cancel.isHidden()) == (None, True, True)
    assert (page.bar.value(), page.targets[0].isEnabled()) == (0, True)


@pytest.mark.parametrize("known", [True, False])
def test_the_book_knows_the_drives_that_got_a_backup(
    page: BackupPage, copying: Copying, tmp_path: Path, known: bool
) -> None:
    shown_with(page, drives=(Drive("STICK", tmp_path if known else Path("/other"), 1),))
    page.back_up(tmp_path)
    told: list[tuple[str, object]] = []

    class Book:
        def back_up(self, target: Path, tell: Callable[[int, int], object]) -> None:
            told.append(("copy", target))
            for copied, total in ((1, 3), (3, 3), (0, 0)):
                tell(copied, total)

        def know_drive(self, drive: Path) -> None:
            told.append(("drive", drive))

    copying.work(Book(), lambda percent: told.append(("percent", percent)))
    name = f"still {page.ui.today.isoformat()}.kwt"
    wanted: list[Any] = [("copy", tmp_path / name)]
    wanted += [("percent", each) for each in (33, 100, 0)]
    assert told == wanted + ([("drive", tmp_path)] if known else [])


def test_a_copy_that_is_whole_is_noted_and_said(
    page: BackupPage, copying: Copying, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = page.workspace
    notes: list[Any] = []
    workspace.said.connect(notes.append)
    changes: list[Change] = []
    workspace.tasks.changed.connect(changes.append)
    page.back_up(tmp_path)
    copying.done(None)
    assert workspace.preferences.of(workspace.book).backed_up == workspace.ui.today
    assert workspace.preferences.backup_folder == tmp_path
    assert [each.strong for each in notes] == ["The backup is complete and intact."]
    assert [each.kinds for each in changes] == [frozenset({"backup"})]
    assert last(page)[0] == "good"
    errors: list[tuple[object, str]] = []
    monkeypatch.setattr(workspace.problems, "show", lambda *told: errors.append(told))
    error = StorageError("damaged", path=tmp_path)
    copying.failed(error)
    assert errors == [(error, "There is no backup")]


def test_another_folder_begins_at_the_last(
    page: BackupPage, copying: Copying, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []
    answers = iter(("", str(tmp_path)))

    def ask(_parent: object, title: str, start: str) -> str:
        asked.append((title, start))
        return next(answers)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", ask)
    page.workspace.preferences.backup_folder = tmp_path
    page.choose_folder()
    assert copying.jobs == [], "nothing was chosen"
    page.choose_folder()
    assert len(copying.jobs) == 1
    assert asked == [("Into another folder", str(tmp_path))] * 2


def test_the_mirror_says_when_the_book_was_sent(page: BackupPage) -> None:
    workspace, mirror = page.workspace, page.mirror
    asked: list[bool] = []
    workspace.push_wanted.connect(lambda: asked.append(True))
    shown_with(page)
    assert mirror.state.text == "The book was never sent from this computer."
    noted = workspace.preferences.of(workspace.book)
    noted.sent = workspace.ui.today
    shown_with(page)
    assert mirror.state.text == "The book was never sent from this computer."
    noted.mirror = ServerAddress("postgresql://sri@host/db", "melati")
    shown_with(page)
    told = f"{workspace.ui.formats.day(workspace.ui.today)}, to {noted.mirror}"
    assert mirror.state.text == f"Last sent: {told}"
    assert mirror.state.property("tone") == "good"
    mirror.send_button.click()
    assert (asked, mirror.isHidden()) == ([True], False)


def test_only_what_was_sent_is_news_here(page: BackupPage) -> None:
    assert page.concerns(Change(frozenset({"mirror", "sale"})))
    assert not page.concerns(Change(frozenset({"sale"})))
    told: list[bool] = []
    page.workspace.restore_wanted.connect(lambda: told.append(True))
    (restore,) = (b for b in page.findChildren(Button) if b.text() == "Choose a backup")
    restore.click()
    assert told == [True]
