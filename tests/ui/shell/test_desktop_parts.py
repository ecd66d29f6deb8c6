"""What outlives a window, while no book is open: the look, the ways out, errors, and copies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role, User
from kwt_books.domain.errors import BookError, StorageError
from kwt_books.domain.values import Month
from ui.kit.folders import Folders
from ui.kit.look import Mode, Theme
from ui.kit.preferences import Preferences
from ui.kit.worker import Tasks
from ui.kit.workspace import Destination, Workspace
from ui.shell import start as start_module
from ui.shell.safekeeping import Safekeeping
from ui.shell.start import Desktop, Found


@pytest.fixture
def desktop(unstarted: Desktop) -> Desktop:
    return unstarted


@pytest.fixture
def quits(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    told: list[bool] = []
    monkeypatch.setattr(QApplication, "quit", lambda *_: told.append(True))
    return told


@pytest.fixture
def restored(theme: Theme) -> Iterator[None]:
    yield
    theme.use(Mode.LIGHT, 100)
    QLocale.setDefault(QLocale.system())


def test_language_and_look_are_those_that_were_chosen(
    desktop: Desktop, preferences: Preferences, folders: Folders, books: Books, restored: None
) -> None:
    assert books.backups == folders.data / "backups"
    for language, mode, percent in (("en", Mode.DARK, 125), ("id", Mode.LIGHT, 100)):
        preferences.mode, preferences.text_percent = mode, percent
        before = desktop.problems
        desktop.show_welcome()
        assert desktop.welcome is not None
        desktop.welcome.language_chosen.emit(language)
        assert preferences.language == desktop.ui.language == language
        assert QLocale().name()[:2] == language
        assert desktop.theme.percent == percent
        assert desktop.problems is not before
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        (cancel,) = buttons.buttons()
        assert cancel.text() == ("Cancel" if language == "en" else "Batal"), "Qt's own words too"
        buttons.deleteLater()


def test_a_damaged_book_offers_its_backups(
    desktop: Desktop, around: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(type(desktop.entrance.making), "restore",
                        lambda _making, parent: asked.append(parent))  # fmt: skip
    with qtbot.waitActive(around):
        around.show()
    words, mend = desktop.problems.mends["damaged"]
    mend()
    assert (words, asked) == (desktop.ui.t("Open a backup"), [around])


def test_leaving_the_last_window_ends_the_program(desktop: Desktop, quits: list[bool]) -> None:
    desktop.show_welcome()
    assert desktop.welcome is not None
    desktop.welcome.reject()
    assert quits == [True]
    desktop.window = SimpleNamespace()  # type: ignore[assignment]
    desktop.entrance.left.emit()
    assert quits == [True], "a window is left"
    desktop.window = None


def test_what_begins_watches_the_computer_until_the_end(
    desktop: Desktop, quits: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    for part, name in ((desktop.around, "begin"), (desktop.around, "close"),
                       (desktop.entrance, "close"), (desktop.safekeeping, "close")):  # fmt: skip
        words = f"{type(part).__name__}.{name}"
        monkeypatch.setattr(part, name, lambda words=words: told.append(words))
    monkeypatch.setattr(desktop.problems, "install", lambda: told.append("install"))
    desktop.begin()
    assert told == ["install", "SystemIntegration.begin"]
    told.clear()
    desktop.quit()
    assert sorted(told) == ["Safekeeping.close", "StartupFlow.close", "SystemIntegration.close"]
    assert quits == [True]
    caught: list[str] = []
    monkeypatch.setattr(start_module.Problems, "install", lambda _self: caught.append("install"))
    desktop.dress()
    assert caught == ["install"], "a new language catches mistakes too"


@pytest.mark.parametrize(
    ("people", "protected", "asks"),
    [((), False, False), ((User("Siti", Role.CHAIR, True, False),), False, True),
     ((User("Siti", Role.CHAIR, True, False),), True, False),
     ((User("Siti", Role.CHAIR, True, True),), True, True)],
)  # fmt: skip
def test_who_has_to_sign_in(people: tuple[User, ...], protected: bool, asks: bool) -> None:
    assert Found(people, protected).asks is asks


def test_without_people_nothing_is_locked(desktop: Desktop) -> None:
    locked: list[object] = []
    desktop.screen_lock.put_on = lambda *given: locked.append(given)  # type: ignore[method-assign]
    desktop.lock()
    desktop.tasks = SimpleNamespace(close=lambda: None)  # type: ignore[assignment]
    desktop.lock()
    assert locked == [], "nobody signed in"
    desktop.tasks = None


def test_the_last_book_is_opened_or_asked_for(
    desktop: Desktop, preferences: Preferences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(desktop, "open_book", lambda path: (opened.append(path), False)[1])
    assert desktop.start(None)
    assert desktop.welcome is not None
    here, gone = tmp_path / "here.kwt", tmp_path / "gone.kwt"
    here.touch()
    preferences.remember(here)
    assert not desktop.start(None)
    assert not desktop.start(gone)
    preferences.remember(gone)
    assert desktop.start(None), "no other is opened in its place"
    assert opened == [here, gone]


def test_what_a_window_wants_is_done(
    desktop: Desktop, quits: list[bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    desktop.tasks = Tasks(lambda: pytest.fail("the book is asked"))
    desktop.tasks.pause()
    sending = SimpleNamespace(ask=lambda: told.append("push"))
    monkeypatch.setattr("ui.shell.sending.Sending", lambda *_: sending)
    monkeypatch.setattr(desktop, "lock", lambda wanted=None: told.append(("lock", wanted)))
    monkeypatch.setattr(desktop.screen_lock.idle, "wait", told.append)
    monkeypatch.setattr(type(desktop.entrance.making), "restore",
                        lambda _making, parent: told.append(parent))  # fmt: skip
    desktop.show_welcome()
    window = desktop.show_window(tmp_path / "June.kwt", Destination("stock"), Month("2026-05"))
    desk = window.workspace
    assert (window.isVisible(), window.place, desk.month) == (True, "stock", "2026-05")
    assert (desktop.window, desktop.welcome) == (window, None)
    desk.lock_wanted.emit()
    desk.chair_wanted.emit()
    desk.idle_changed.emit(5)
    desk.restore_wanted.emit()
    desk.push_wanted.emit()
    assert told == [0, ("lock", None), ("lock", Role.CHAIR), 5, window, "push"]
    window.book_wanted.emit()
    assert desktop.welcome is not None
    window.close()
    assert (quits, desktop.window) == ([True], None)


# -- backups behind a closed window --------------------------------------------------------------


@pytest.mark.parametrize("error", [None, StorageError("disk-full")])
def test_why_a_backup_failed_is_noted_for_the_next_time(
    books: Books, preferences: Preferences, tmp_path: Path, error: BookError | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    made: list[object] = []

    def keep(path: Path, drives: list[Path]) -> str:
        made.append((path, drives))
        if error is not None:
            raise error
        return "kept"

    monkeypatch.setattr(books, "keep_backup", keep)
    keeping, book = Safekeeping(books, preferences), tmp_path / "a.kwt"
    keeping.find_drives = lambda: [SimpleNamespace(path=tmp_path)]  # type: ignore[list-item]
    preferences.of(book).not_kept = "of before"
    problems: Any = SimpleNamespace(say=lambda found: f"why: {found.code}")
    keeping.keep(book, problems)
    keeping.close()
    assert made == [(book, [tmp_path])]
    assert preferences.of(book).not_kept == ("why: disk-full" if error else "")


@pytest.mark.parametrize(("why", "reads"), [("No room.", False), ("", False), ("No room.", True)])
def test_a_backup_that_failed_is_told_to_whoever_can_make_one(
    still: Workspace, books: Books, why: str, reads: bool
) -> None:
    went: list[str] = []
    still.place_wanted.connect(lambda there: went.append(f"{there.place}/{there.part}"))
    still.person = Person("Dewi", Role.AUDITOR) if reads else still.person
    still.preferences.of(still.book).not_kept = why
    Safekeeping(books, still.preferences).tell(still)
    told = still.notices.standing
    assert len(told) == (1 if why and not reads else 0)
    for each in told:
        assert (each.key, each.tone, each.text, each.strong) == (
            "not-kept", "warn", why, "The program could not back up this book automatically.",
        )  # fmt: skip
        (offer,) = each.offers
        offer.act()
        assert (offer.text, went) == ("Back up now", ["settings/backup"])
