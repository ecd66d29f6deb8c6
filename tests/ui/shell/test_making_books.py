"""Books of the demo or of a backup, and files that are chosen: what is asked, awaited and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.errors import StorageError
from tests.ui.painted import painted
from tests.ui.windows import let_go, said
from ui.kit.button import Button
from ui.kit.dialog import Dialog
from ui.kit.errors import Problems, keep_log
from ui.kit.file_dialog import Use
from ui.kit.folders import Drive, Folders
from ui.kit.look import UiContext
from ui.kit.preferences import Preferences
from ui.kit.worker import Cancelled
from ui.shell.startup_flow import BookCreation, Waiting, Welcome

PATTERN = "Books (*.kwt)"


class Work:
    """Stands for the worker of a book that is being made: a test says what comes of it."""

    def __init__(self) -> None:
        self.jobs: list[Any] = []
        self.closed = False

    def submit(
        self, work: Callable[[], object], done: Callable[[object], object],
        failed: Callable[..., object], *, settled: Callable[[], object],
    ) -> Any:  # fmt: skip
        job = SimpleNamespace(work=work, done=done, failed=failed, settled=settled, cancelled=False)
        job.cancel = lambda: setattr(job, "cancelled", True)
        self.jobs.append(job)
        return job

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    made = Work()
    monkeypatch.setattr("ui.shell.startup_flow.Worker", lambda _owner: made)
    return made


@pytest.fixture
def told() -> list[object]:
    """The books that were made, and what went wrong."""
    return []


@pytest.fixture
def making(
    books: Books, english: UiContext, folders: Folders, work: Work, told: list[object],
    place: Path, monkeypatch: pytest.MonkeyPatch,
) -> Iterator[BookCreation]:  # fmt: skip
    problems = Problems(english, *keep_log(folders.log))
    monkeypatch.setattr(problems, "show", lambda error, title: told.append((error, title)))
    made = BookCreation(books, english, problems, told.append)
    made.find_drives = list
    yield made
    made.close()
    let_go()


def test_the_demo_is_made_once_and_waited_for(
    making: BookCreation, work: Work, told: list[object], place: Path, books: Books,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    path = place / "Demo book.kwt"
    making.demo()
    (job,) = work.jobs
    waiting = making.waiting
    assert isinstance(waiting, Waiting)
    assert waiting.isVisible()
    assert said(waiting) == ["The demo book is being made"]
    streams: list[object] = []
    monkeypatch.setattr(books, "import_stream", lambda *given: streams.append(given))
    job.work()
    ((made, file),) = streams  # type: ignore[misc]
    assert (made, Path(file.name).parent.name) == (path, "demo")
    job.done(None)
    job.settled()
    assert (told, making.waiting) == ([path], None)
    place.mkdir()
    path.touch()
    making.demo()
    assert (told, len(work.jobs)) == ([path, path], 1), "it is there"


def test_what_is_made_can_be_stopped_and_a_fault_is_told(
    making: BookCreation, work: Work, told: list[object], tmp_path: Path, books: Books,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    restored: list[object] = []

    def restore(backup: Path, path: Path, tell: Callable[[int, int], None]) -> None:
        tell(0, 2)
        restored.append((backup, path))

    monkeypatch.setattr(books, "restore", restore)
    monkeypatch.setattr(books, "asks_phrase", lambda _path: False)
    backup, path = tmp_path / "a.kwt", tmp_path / "b.kwt"
    making.restore_to(backup, path)
    (job,) = work.jobs
    waiting = making.waiting
    assert waiting is not None
    assert said(waiting) == ["The backup is being checked and copied"]
    job.work()
    assert restored == [(backup, path)]
    (cancel,) = waiting.findChildren(Button)
    assert cancel.text() == "Cancel"
    cancel.click()
    assert job.cancelled
    with pytest.raises(Cancelled):
        job.work()
    assert len(restored) == 1
    error = StorageError("disk-full")
    job.failed(error)
    job.settled()
    assert (told, making.waiting) == ([(error, "The book could not be made")], None)
    making.restore_to(backup, path)
    assert len(work.jobs) == 2
    making.close()
    assert (work.closed, making.waiting) == (True, None)


def test_a_locked_backup_asks_for_its_phrase_first(
    making: BookCreation, work: Work, tmp_path: Path, books: Books,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    backup, locked = tmp_path / "a.kwt", [True]
    monkeypatch.setattr(books, "asks_phrase", lambda path: locked[0] and path == backup)
    making.restore_to(backup, tmp_path / "b.kwt")
    assert work.jobs == []
    assert making.dialog is not None
    assert making.dialog.isVisible()
    locked.clear()
    locked.append(False)
    making.dialog.unlocked.emit(backup)  # type: ignore[attr-defined]
    assert len(work.jobs) == 1
    making.dialog.close()


class Asked:
    """Stands for the dialogs of files: what was asked, and what is answered."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: Path) -> None:
        self.which: list[tuple[object, ...]] = []
        self.where: list[tuple[object, ...]] = []
        self.answers = list(answers)

        def which(*given: object) -> list[Path]:
            self.which.append(given)
            return self.answers[:1]

        def where(*given: object) -> Path | None:
            self.where.append(given)
            return self.answers[-1] if len(self.answers) > 1 else None

        monkeypatch.setattr("ui.shell.startup_flow.ask_which", which)
        monkeypatch.setattr("ui.shell.startup_flow.ask_where", where)


def test_a_backup_and_the_place_of_its_book_are_asked(
    making: BookCreation, work: Work, around: QWidget, tmp_path: Path, place: Path, books: Books,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(books, "asks_phrase", lambda _path: False)
    monkeypatch.setattr(books, "kept_backups", lambda _places: [])
    asked = Asked(monkeypatch, tmp_path / "Melati (2026-06-01).kwt")
    making.restore(around)
    assert asked.which == [(around, "Which backup?", PATTERN, Use.BOOK)]
    assert asked.where == [
        (around, "Where is the book kept?", place / "Melati", [(".kwt", PATTERN)], Use.BOOK)
    ]
    assert work.jobs == [], "nowhere"
    asked.answers.append(tmp_path / "new.kwt")
    making.restore(around)
    assert len(work.jobs) == 1
    asked.answers.clear()
    making.restore(around)
    assert len(work.jobs) == 1


class List(Dialog):
    """Stands for the list of backups that are kept."""

    chosen, other_wanted = Signal(Path), Signal()

    def __init__(self, ui: UiContext, _books: Books, kept: list[str], parent: QWidget) -> None:
        super().__init__(ui, "Kept", parent)
        self.kept = kept


def test_kept_backups_are_offered_first(
    making: BookCreation, around: QWidget, tmp_path: Path, books: Books,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(books, "kept_backups", lambda places: [f"kept of {places}"])
    monkeypatch.setattr("ui.settings.kept_backups.KeptBackups", List)
    making.find_drives = lambda: [Drive("STICK", tmp_path, 1)]
    asked = Asked(monkeypatch, tmp_path / "other.kwt")
    making.restore(around)
    dialog = making.dialog
    assert isinstance(dialog, List)
    assert (dialog.isVisible(), dialog.parent(), dialog.kept) == (
        True, around, [f"kept of {[tmp_path]}"],
    )  # fmt: skip
    dialog.chosen.emit(tmp_path / "chosen.kwt")
    ((_, _, offered, *_),) = asked.where
    assert isinstance(offered, Path)
    assert (offered.name, asked.which) == ("chosen", [])
    dialog.other_wanted.emit()
    assert len(asked.which) == 1


def test_a_file_is_opened_from_the_welcome(
    english: UiContext, preferences: Preferences, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    shown = Welcome(english, preferences, QIcon())
    qtbot.addWidget(shown)
    wanted: list[object] = []
    shown.open_wanted.connect(wanted.append)
    asked = Asked(monkeypatch, tmp_path / "a.kwt")
    shown.ways[2].click()
    assert asked.which == [(shown, "Open a file", PATTERN, Use.BOOK)]
    assert wanted == [tmp_path / "a.kwt"]
    drawn = [painted(way, english.theme).drawn[1].what for way in shown.ways]
    assert drawn == ["<plus>", "<play-circle>", "<folder-open>", "<clock-counter-clockwise>",
                     "<database>"]  # fmt: skip
    assert shown.language.accessibleName() == "Language"
    assert shown.windowTitle() == "KWT Books"
