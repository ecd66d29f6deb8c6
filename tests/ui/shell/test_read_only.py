"""Looking without touching: a book that can't be written, and an auditor's book."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Role
from kwt_books.domain.documents.setup import PersonSetup
from kwt_books.domain.errors import StorageError
from kwt_books.store.driver import sqlite3
from tests.books import state_of
from ui.diary.page import JournalPage
from ui.home.page import HomePage
from ui.kit.button import Button, VerbButton
from ui.kit.card import ReadOnlyLine
from ui.kit.workspace import Destination, Workspace
from ui.selling.page import SalesListPage
from ui.shell.places import PLACES
from ui.shell.sign_in import SignIn
from ui.shell.start import Desktop
from ui.shell.window import MainWindow

CHAIR, AUDITOR = "Aryanah", "Pak Chandra"
PASSWORD = "sawi-hijau"


@pytest.fixture
def guarded(alone: Path, books: Books, quick_passwords: None) -> Path:
    book = books.open(alone)
    chair = PersonSetup(name=CHAIR, role=Role.CHAIR)
    auditor = PersonSetup(name=AUDITOR, role=Role.AUDITOR)
    book.people.begin([(chair, PASSWORD), (auditor, PASSWORD)])
    book.close()
    return alone


@pytest.fixture
def protected(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the folder is protected; `root` may write there all the same."""
    open_book = books.open

    def refuse(path: Path, *, read_only: bool = False) -> Book:
        if not read_only:
            raise StorageError("read-only", detail="attempt to write a readonly database")
        return open_book(path, read_only=True)

    monkeypatch.setattr(books, "open", refuse)


@pytest.fixture
def desktop(unstarted: Desktop) -> Desktop:
    return unstarted


def opened(desktop: Desktop, qtbot: QtBot) -> MainWindow:
    def settled() -> bool:
        window = desktop.window
        return (
            window is not None
            and window.workspace.setup is not None
            and not window.workspace.tasks.busy
        )

    qtbot.waitUntil(settled)
    assert desktop.window is not None
    return desktop.window


def signed_in(desktop: Desktop, qtbot: QtBot, name: str) -> MainWindow:
    qtbot.waitUntil(lambda: isinstance(desktop.entrance.signing, SignIn))
    asked = desktop.entrance.signing
    assert isinstance(asked, SignIn)
    asked.choose(name)
    asked.password.setText(PASSWORD)
    qtbot.keyClick(asked.password, Qt.Key.Key_Return)
    return opened(desktop, qtbot)


def look_round(window: MainWindow, qtbot: QtBot) -> None:
    for place in PLACES:
        window.show_place(Destination(place))
        qtbot.waitUntil(lambda: not window.workspace.tasks.busy)


def says_why(window: MainWindow) -> str:
    line = window.findChild(ReadOnlyLine)
    assert isinstance(line, ReadOnlyLine)
    assert line.isVisible()
    return line.why.text()


def test_a_protected_book_is_shown_says_so_and_stays_as_it_was(
    desktop: Desktop, alone: Path, protected: None, qtbot: QtBot
) -> None:
    before = state_of(alone.parent)
    desktop.start(alone)
    qtbot.waitUntil(lambda: desktop.window is not None and desktop.window.workspace.protected)
    window = opened(desktop, qtbot)
    assert "terkunci" in says_why(window)
    look_round(window, qtbot)
    assert window.workspace.group is not None
    assert not window.findChildren(VerbButton), "nothing is offered that can't be done"
    desktop.close()
    assert state_of(alone.parent) == before


def test_people_sign_in_to_a_protected_book_too(
    desktop: Desktop, guarded: Path, protected: None, qtbot: QtBot
) -> None:
    before = state_of(guarded.parent)
    desktop.start(guarded)
    qtbot.waitUntil(lambda: desktop.shown.protected)
    asked = desktop.entrance.signing
    assert isinstance(asked, SignIn)
    asked.choose(CHAIR)
    asked.password.setText("salah-sekali")
    asked.enter()
    qtbot.waitUntil(lambda: "salah" in asked.row.message)
    window = signed_in(desktop, qtbot, CHAIR)
    assert window.workspace.only_reads
    desktop.close()
    assert state_of(guarded.parent) == before


def test_people_without_passwords_are_not_asked_for_one_that_could_not_be_kept(
    desktop: Desktop, guarded: Path, protected: None, qtbot: QtBot
) -> None:
    with closing(sqlite3.connect(guarded)) as connection:
        connection.execute("DELETE FROM credential")
        connection.commit()
    desktop.start(guarded)
    assert opened(desktop, qtbot).workspace.only_reads
    assert desktop.entrance.signing is None


def test_an_auditors_visit_leaves_no_trace(desktop: Desktop, guarded: Path, qtbot: QtBot) -> None:
    before = state_of(guarded.parent)
    desktop.start(guarded)
    window = signed_in(desktop, qtbot, AUDITOR)
    assert "Auditor" in says_why(window)
    look_round(window, qtbot)
    meanwhile = state_of(guarded.parent)
    assert meanwhile[guarded.name] == before[guarded.name], "also while it is open"
    desktop.lock()
    signed_in(desktop, qtbot, AUDITOR)
    desktop.close()
    assert state_of(guarded.parent) == before


def test_who_comes_after_the_auditor_records_again(
    desktop: Desktop, guarded: Path, books: Books, qtbot: QtBot
) -> None:
    desktop.start(guarded)
    first = signed_in(desktop, qtbot, AUDITOR)
    desktop.lock()
    qtbot.waitUntil(lambda: isinstance(desktop.entrance.signing, SignIn))
    asked = desktop.entrance.signing
    assert isinstance(asked, SignIn)
    asked.choose(CHAIR)
    asked.password.setText(PASSWORD)
    asked.enter()
    qtbot.waitUntil(lambda: desktop.window is not None and desktop.window is not first)
    window = opened(desktop, qtbot)
    assert window.findChild(ReadOnlyLine) is None
    assert not window.workspace.only_reads
    newcomer = PersonSetup(name="Bu Nur", role=Role.TREASURER)
    done: list[object] = []
    window.workspace.tasks.record(newcomer, done.append)
    qtbot.waitUntil(lambda: bool(done))


def test_an_empty_book_offers_the_auditor_nothing_to_record(
    desk_for: Callable[[Path], Workspace],
    books: Books,
    tmp_path: Path,
    qtbot: QtBot,
    settle: Callable[[Workspace], None],
) -> None:
    path = tmp_path / "new.kwt"
    books.create(path).close()
    workspace = desk_for(path)
    workspace.person = replace(workspace.person, role=Role.AUDITOR)
    home, diary, sales = HomePage(workspace), JournalPage(workspace), SalesListPage(workspace)
    for page in (home, diary, sales):
        qtbot.addWidget(page)
        page.show()
        settle(workspace)
    qtbot.waitUntil(lambda: diary.nothing is not None)
    assert home.list.rows == []
    assert diary.nothing is not None
    for empty in (diary.nothing, sales.empty):
        assert empty.isVisible()
        assert empty.findChildren(Button) == []
