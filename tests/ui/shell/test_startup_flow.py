"""Welcome, first start and sign-in take each other's place; the program ends where none is left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role, User
from kwt_books.domain.address import ServerAddress
from tests.ui.windows import let_go, said
from ui.kit.drafts import FIRST_START, first_start_drafts
from ui.kit.errors import Problems, keep_log
from ui.kit.folders import Folders
from ui.kit.look import UiContext
from ui.kit.preferences import Preferences
from ui.kit.worker import Tasks
from ui.shell.sign_in import RecoveryDialog, SignIn, Unlock
from ui.shell.startup_flow import StartupFlow, Way, Welcome

CHAIR = User("Melati", Role.CHAIR, True, True)
NEW = User("Melati", Role.CHAIR, True, False)


@pytest.fixture
def problems(english: UiContext, folders: Folders) -> Problems:
    return Problems(english, *keep_log(folders.log))


@pytest.fixture
def flow(
    english: UiContext, books: Books, folders: Folders, preferences: Preferences, place: Path,
    problems: Problems,
) -> Iterator[StartupFlow]:  # fmt: skip
    made = StartupFlow(books, folders, preferences)
    made.use(english, problems, QIcon())
    yield made
    made.close()
    let_go()


@pytest.fixture
def left(flow: StartupFlow) -> list[str]:
    """A word for each time that nothing was left to choose from."""
    told: list[str] = []
    flow.left.connect(lambda: told.append("left"))
    return told


@pytest.fixture
def wanted(flow: StartupFlow) -> list[tuple[object, str]]:
    told: list[tuple[object, str]] = []
    flow.open_wanted.connect(lambda path, there: told.append((path, there)))
    return told


def titles(welcome: Welcome) -> list[tuple[str, str]]:
    return [(way.accessibleName(), way.accessibleDescription())
            for way in welcome.findChildren(Way)]  # fmt: skip


def shown(window: QWidget | None) -> bool:
    return window is not None and window.isVisible()


def test_the_welcome_is_shown_once_and_its_end_is_the_program_s(
    flow: StartupFlow, left: list[str]
) -> None:
    flow.show_welcome()
    first = flow.welcome
    assert shown(first)
    flow.show_welcome()
    assert flow.welcome is first
    assert first is not None
    first.reject()
    assert (flow.welcome, left) == (None, ["left"])
    flow.show_welcome()
    flow.close_welcome()
    flow.close_welcome()
    assert (flow.welcome, left) == (None, ["left"]), "closed by the program it ends nothing"


def test_a_first_start_takes_the_welcome_s_place_and_gives_it_back(
    flow: StartupFlow, left: list[str], wanted: list[tuple[object, str]], tmp_path: Path
) -> None:
    flow.show_welcome()
    assert flow.welcome is not None
    flow.welcome.ways[0].click()
    window = flow.first_start
    assert (shown(window), flow.welcome, left) == (True, None, [])
    flow.show_first_start()
    assert flow.first_start is window
    assert window is not None
    window.left.emit()  # type: ignore[attr-defined]
    assert (flow.first_start, shown(flow.welcome), left) == (None, True, [])
    flow.show_first_start()
    made = flow.first_start
    assert made is not None
    made.book_wanted.emit(tmp_path / "new.kwt", "settings")  # type: ignore[attr-defined]
    assert wanted == [(tmp_path / "new.kwt", "settings")]
    assert (flow.first_start, flow.welcome, left) == (None, None, [])


def test_another_language_builds_what_is_shown_anew(flow: StartupFlow) -> None:
    told: list[str] = []
    flow.language_chosen.connect(told.append)
    flow.show_welcome()
    first = flow.welcome
    assert first is not None
    assert first.language.current == "en"
    first.language_chosen.emit("id")
    assert shown(flow.welcome)
    assert flow.welcome is not first
    flow.show_first_start()
    begun = flow.first_start
    assert begun is not None
    begun.language_chosen.emit("en")  # type: ignore[attr-defined]
    assert shown(flow.first_start)
    assert flow.first_start is not begun
    assert (told, flow.welcome) == (["id", "en"], None)


def test_the_welcome_offers_what_was_opened_last(
    flow: StartupFlow, preferences: Preferences, tmp_path: Path, wanted: list[tuple[object, str]]
) -> None:
    for name in ("a", "b", "c", "d", "e"):
        path = tmp_path / f"{name}.kwt"
        path.touch()
        preferences.remember(path)
    preferences.remember(ServerAddress("postgresql://sri@host/db", "melati"))
    flow.show_welcome()
    assert flow.welcome is not None
    assert "Which book do you want to open?" in said(flow.welcome)
    folder = str(tmp_path)
    found = titles(flow.welcome)
    server = preferences.recent[0]
    assert isinstance(server, ServerAddress)
    assert found[:4] == [(server.stem, server.server), ("e", folder), ("d", folder), ("c", folder)]
    assert [name for name, _ in found[4:]] == [
        "New book", "Try the demo book", "Open a file", "Restore a backup",
        "Open a book on a server",
    ]  # fmt: skip
    for way in flow.welcome.findChildren(Way)[:2]:
        way.click()
    assert wanted == [(server, "home"), (tmp_path / "e.kwt", "home")]


def test_a_book_that_is_not_there_is_named_first(
    flow: StartupFlow, preferences: Preferences, tmp_path: Path, wanted: list[tuple[object, str]]
) -> None:
    flow.show_welcome()
    assert flow.welcome is not None
    assert flow.welcome.missing.isHidden()
    assert "Welcome to KWT Books" in said(flow.welcome)
    flow.close_welcome()
    gone = tmp_path / "stick" / "June.kwt"
    preferences.remember(gone)
    flow.show_welcome()
    assert flow.welcome is not None
    told = flow.welcome.missing
    assert not told.isHidden()
    assert told.text.startswith("June isn't there. ")
    assert str(gone.parent) in told.text
    assert "Which book do you want to open?" in said(flow.welcome)


@pytest.mark.parametrize(
    ("draft", "title", "second"),
    [(None, "New book", "For a group that starts here"),
     ({"name": "KWT Melati"}, "Continue the new book", "KWT Melati"),
     ({}, "Continue the new book", "Your draft is kept")],
)  # fmt: skip
def test_a_first_start_that_was_left_is_offered_again(
    flow: StartupFlow, folders: Folders, draft: dict[str, object] | None, title: str, second: str
) -> None:
    if draft is not None:
        first_start_drafts(folders.data).write(FIRST_START, draft)
    flow.show_welcome()
    assert flow.welcome is not None
    assert titles(flow.welcome)[0] == (title, second)


# -- signing in ----------------------------------------------------------------------------------


def ask(flow: StartupFlow, still: Tasks, *people: User, last: str = "") -> QWidget:
    return flow.ask_who(still, people, "June", last)


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks(lambda: pytest.fail("the book is asked"))
    made.pause()
    yield made
    made.close()


def test_who_signs_in_is_told_and_who_leaves_ends_the_program(
    flow: StartupFlow, left: list[str], tasks: Tasks
) -> None:
    told: list[Person] = []
    flow.entered.connect(told.append)
    window = ask(flow, tasks, CHAIR)
    assert isinstance(window, SignIn)
    assert (flow.signing, shown(window)) == (window, True)
    person = Person("Melati", Role.CHAIR)
    window.signed_in.emit(person)
    assert (told, flow.signing, left) == ([person], None, [])
    ask(flow, tasks, CHAIR).close()
    assert (flow.signing, left) == (None, ["left"])
    cast("SignIn", ask(flow, tasks, CHAIR)).other_wanted.emit()
    assert (flow.signing, shown(flow.welcome), left) == (None, True, ["left"])


def test_a_book_without_passwords_gets_its_first(flow: StartupFlow, tasks: Tasks) -> None:
    told: list[Person] = []
    flow.entered.connect(told.append)
    window = ask(flow, tasks, NEW)
    assert isinstance(window, RecoveryDialog)
    window.recovered.emit(Person("Melati", Role.CHAIR))
    assert ([each.name for each in told], flow.signing) == (["Melati"], None)
    assert isinstance(ask(flow, tasks, NEW, CHAIR), SignIn), "one of them has one"


# -- encrypted books -----------------------------------------------------------------------------


def test_a_passphrase_leads_on_and_leaving_leads_back(flow: StartupFlow, tmp_path: Path) -> None:
    told: list[str] = []

    def asked() -> Unlock:
        window = flow.unlock(
            tmp_path / "b.kwt", lambda: told.append("on"), lambda: told.append("back")
        )
        assert isinstance(window, Unlock)
        return window

    flow.show_welcome()
    window = asked()
    assert (shown(window), flow.welcome) == (True, None)
    window.accept()
    assert (told, flow.unlocking) == (["on"], None)
    asked().reject()
    assert (told, flow.unlocking) == (["on", "back"], None)
    first, second = asked(), asked()
    assert (first.isVisible(), flow.unlocking) == (False, second)


# -- books that are made -------------------------------------------------------------------------
