"""Each window before and beside a book keeps the rules of the house, without a book."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role, User
from kwt_books.domain.address import ServerAddress
from tests.ui.all_rules import at_sizes, wrong_with
from tests.ui.shell.test_window_parts import BARE, SETUP
from ui.kit.workspace import Workspace
from ui.shell.help import HelpDialog
from ui.shell.oversight import OversightWindow
from ui.shell.server_dialog import ServerDialog
from ui.shell.sign_in import RecoveryDialog, SignIn, Unlock
from ui.shell.startup_flow import Waiting, Welcome
from ui.shell.window import MainWindow

PEOPLE = (User("Melati", Role.CHAIR, True, True), User("Sri & Ani", Role.TREASURER, True, True))
SIZES = ((1_366, 688), (1_077, 535), (800, 448))
SERVER = ServerAddress("postgresql://sri@host/village", "melati")
Makes = Callable[[Workspace, Books], QWidget]


def welcomed(desk: Workspace, *, known: bool) -> Welcome:
    if known:
        here, gone = desk.folders.data / "Melati.kwt", desk.folders.data / "gone" / "Juni.kwt"
        here.parent.mkdir(parents=True, exist_ok=True)
        here.touch()
        for each in (SERVER, here, gone):
            desk.preferences.remember(each)
    return Welcome(desk.ui, desk.preferences, QIcon(), "KWT Melati" if known else None)


WINDOWS: dict[str, Makes] = {
    "welcome": lambda desk, _books: welcomed(desk, known=False),
    "welcome back": lambda desk, _books: welcomed(desk, known=True),
    "sign in": lambda desk, _books: SignIn(desk.ui, desk.tasks, PEOPLE, "Juni", icon=QIcon()),
    "locked": lambda desk, _books: SignIn(
        desk.ui, desk.tasks, PEOPLE, "Juni", icon=QIcon(), locked=True
    ),
    "unlock": lambda desk, books: Unlock(desk.ui, books, Path("Juni.kwt")),
    "recovery": lambda desk, _books: RecoveryDialog(desk.ui, desk.tasks, PEOPLE),
    "first": lambda desk, _books: RecoveryDialog(desk.ui, desk.tasks, PEOPLE, first=True),
    "server": lambda desk, _books: ServerDialog(desk.ui, SERVER),
    "mirror": lambda desk, _books: ServerDialog(desk.ui, None, to_send=True),
    "guide": lambda desk, _books: HelpDialog(desk.ui, "start"),
    "waiting": lambda desk, _books: Waiting(desk.ui, "One moment", lambda: None),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_a_window_keeps_the_rules(still: Workspace, books: Books, qtbot: QtBot, name: str) -> None:
    shown = WINDOWS[name](still, books)
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
    assert wrong_with(shown) == []


def test_groups_side_by_side_keep_the_rules(
    still: Workspace, books: Books, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = SimpleNamespace(submit=lambda *_given, **_about: None, close=lambda: None)
    monkeypatch.setattr("ui.shell.oversight.Worker", lambda _owner: never)
    shown = OversightWindow(still.ui, books, still.problems, SERVER.of(""))
    qtbot.addWidget(shown)
    assert at_sizes(shown, SIZES[:2]) == {}


@pytest.mark.parametrize("person", [Person("Siti"), Person("Dewi", Role.AUDITOR)], ids=str)
def test_the_frame_around_the_pages_keeps_the_rules(
    still: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, person: Person
) -> None:
    monkeypatch.setattr("ui.shell.window.PLACES", BARE)
    still.person, still.setup = person, SETUP
    shown = MainWindow(still, QIcon())
    qtbot.addWidget(shown)
    shown.sidebar.show_count("shops", 12)
    shown.header.show_title("Reports", "Profit and loss of the whole year")
    assert at_sizes(shown, SIZES, "'Shops' is not painted") == {}, "folded it has its count alone"
    still.say("of June", strong="Saved BKM-2606-0001.", offer="Print", act=lambda: None,
              also=(("Another one like it", lambda: None),))  # fmt: skip
    assert wrong_with(shown, "'Shops' is not painted") == []


@pytest.mark.usefixtures("large_letters")
@pytest.mark.parametrize("name", ["welcome back", "sign in", "recovery", "server"])
def test_windows_keep_the_rules_with_large_letters(
    still: Workspace, books: Books, qtbot: QtBot, name: str
) -> None:
    shown = WINDOWS[name](still, books)
    qtbot.addWidget(shown)
    shown.show()
    assert wrong_with(shown) == []
