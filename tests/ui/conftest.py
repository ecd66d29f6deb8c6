"""What the tests of the desktop share: an offscreen screen, and a desk over a copy of the month."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Person
from kwt_books.i18n.catalogue import Translator, resources_dir
from kwt_books.i18n.formats import Formats
from tests.conftest import NOW
from tests.ui.at_once import AtOnce
from tests.ui.rules import SCALE
from tests.ui.sample_parts import Line, book_before
from tests.ui.windows import at_rest, let_go, window_over
from ui.kit import layout
from ui.kit.button import Button
from ui.kit.errors import Problems, keep_log
from ui.kit.folders import Folders
from ui.kit.look import LIGHT, TEXT_SIZES, Mode, Theme, UiContext
from ui.kit.preferences import Preferences
from ui.kit.worker import Tasks
from ui.kit.workspace import Workspace
from ui.shell.help import open_help
from ui.shell.start import Desktop
from ui.shell.window import MainWindow


@pytest.fixture
def qtbot(qtbot: QtBot) -> Iterator[QtBot]:
    """Its waits end with what they wait for; the bound is for what never comes.

    What the test has closed is gone after it: a change of look would dress it all the same.
    """
    for name in ("waitActive", "waitExposed", "waitSignal", "waitSignals", "waitUntil"):
        setattr(qtbot, name, partial(getattr(qtbot, name), timeout=60_000))
    yield qtbot
    let_go()


@pytest.fixture(autouse=True)
def settled_buttons(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test presses what has just come up; those about that say how long it takes to settle."""
    monkeypatch.setattr(Button, "SETTLES", 0)


@pytest.fixture(autouse=True, scope="module")
def whole(whole_sentences: None) -> None:
    """Of the desktop too."""


@pytest.fixture(autouse=True)
def nothing_left_in_front() -> Iterator[None]:
    """A pop-up or a dialog that a test left open would get the keys of the next."""
    yield
    for in_front in (QApplication.activePopupWidget, QApplication.activeModalWidget):
        while (left := in_front()) is not None:
            left.hide()


@pytest.fixture(scope="session")
def theme(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theme]:
    made = Theme(qapp, resources_dir(), tmp_path_factory.mktemp("icons"))
    made.use(Mode.LIGHT, 100)
    yield made
    qapp.setStyleSheet("")
    qapp.clipboard().clear()  # else Qt deletes what it holds when Python has already ended


@pytest.fixture(autouse=True, scope="module")
def gaps_of_the_scale(theme: Theme) -> Iterator[None]:
    """Rows and columns that a test brings up, in whichever state, keep to the scale of gaps."""
    lay_out = layout.laid_out

    def checked(made: Any, parts: Any, margins: Any, space: int) -> Any:
        sides = (margins,) if isinstance(margins, int) else margins
        gaps = {space, *sides, *(each for each in parts if isinstance(each, int))}
        assert gaps <= SCALE or theme.px(100) != 100, gaps
        return lay_out(made, parts, margins, space)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(layout, "laid_out", checked)
        yield


@pytest.fixture(autouse=True)
def usual_look(theme: Theme) -> Iterator[None]:
    """The next test finds light colours and usual letters, whatever this one chose."""
    yield
    if (theme.palette, theme.percent) != (LIGHT, 100):
        theme.use(Mode.LIGHT, 100)


@pytest.fixture
def large_letters(theme: Theme) -> None:
    theme.use(Mode.LIGHT, TEXT_SIZES[-1])


@pytest.fixture
def ui(theme: Theme) -> UiContext:
    return UiContext(theme, Translator("id"), Formats("id"), lambda: NOW, open_help)


@pytest.fixture
def english(theme: Theme) -> UiContext:
    return UiContext(theme, Translator("en"), Formats("en"), lambda: NOW, open_help)


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    """A widget for parts to stand in."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "data", tmp_path / "cache", tmp_path / "log")


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def book_path(sample_path: Path, tmp_path: Path) -> Path:
    """A copy of the sample month that may be written to."""
    path = tmp_path / "juni.kwt"
    shutil.copyfile(sample_path, path)
    return path


@pytest.fixture
def desk_with(
    ui: UiContext, folders: Folders, preferences: Preferences, person: Person
) -> Iterator[Callable[[Tasks, Path], Workspace]]:
    """Makes a desk with these tasks, which end with the test."""
    made: list[Workspace] = []

    def make(tasks: Tasks, path: Path) -> Workspace:
        problems = Problems(ui, *keep_log(folders.log))
        desk = Workspace(ui, tasks, problems, preferences, folders, person, path)
        desk.show_month("2026-06")
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.tasks.close()


@pytest.fixture
def desk_for(
    books: Books, desk_with: Callable[[Tasks, Path], Workspace]
) -> Callable[[Path], Workspace]:
    """Makes a desk over a book."""
    return lambda path: desk_with(Tasks(lambda: books.open(path)), path)


@pytest.fixture
def person(books: Books) -> Person:
    return books.person


@pytest.fixture
def workspace(desk_for: Callable[[Path], Workspace], book_path: Path) -> Workspace:
    return desk_for(book_path)


@pytest.fixture
def still(
    english: UiContext, folders: Folders, preferences: Preferences, person: Person, tmp_path: Path
) -> Iterator[Workspace]:
    """A desk in English whose book never answers: forms know what a test tells them."""
    tasks = Tasks(lambda: pytest.fail("the book is asked"))
    tasks.pause()
    problems = Problems(english, *keep_log(folders.log))
    book = tmp_path / "still.kwt"
    yield Workspace(english, tasks, problems, preferences, folders, person, book)
    tasks.close()


@pytest.fixture(scope="session")
def read_book(
    books: Books, sample_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Book]:
    """The sample month, open for all desks that answer at once."""
    path = tmp_path_factory.mktemp("read") / "juni.kwt"
    shutil.copyfile(sample_path, path)
    with closing(books.open(path)) as book:
        yield book


@pytest.fixture(scope="session")
def new_book(books: Books, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A book in which only the accounts are set up, open for all desks that answer at once."""
    with closing(books.create(tmp_path_factory.mktemp("new") / "new.kwt")) as book:
        yield book


@pytest.fixture
def prompt_desk(
    desk_with: Callable[[Tasks, Path], Workspace], tmp_path: Path
) -> Callable[[Book], Workspace]:
    """Makes a desk whose book answers at once; nothing is recorded in it."""

    def make(book: Book) -> Workspace:
        desk = desk_with(AtOnce(book), tmp_path / "prompt.kwt")
        desk.learn_setup()
        return desk

    return make


@pytest.fixture
def prompt(prompt_desk: Callable[[Book], Workspace], read_book: Book) -> Workspace:
    """A desk over the sample month whose book answers at once; nothing is recorded in it."""
    return prompt_desk(read_book)


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[Workspace], None]:
    """Waits until a desk is at rest."""
    return partial(at_rest, qtbot=qtbot)


@pytest.fixture
def in_front() -> str:
    """The place of the sidebar that `window` shows; rooms name their own."""
    return "home"


@pytest.fixture
def beneath(workspace: Workspace) -> Workspace:
    """The desk beneath `window`."""
    return workspace


@pytest.fixture
def window(beneath: Workspace, qtbot: QtBot, in_front: str) -> MainWindow:
    """The window, with a place in front."""
    return window_over(beneath, qtbot, in_front)


@pytest.fixture
def window_at(
    desk_for: Callable[[Path], Workspace], qtbot: QtBot
) -> Callable[[str], Callable[[Path], MainWindow]]:
    """Opens the window over a book, at a place of the sidebar."""
    return lambda place: lambda path: window_over(desk_for(path), qtbot, place)


@pytest.fixture
def before(
    books: Books, sample_stream: Path, tmp_path: Path
) -> Callable[[Callable[[Line], bool]], tuple[Path, Line]]:
    """A book of the sample up to a line, and that line."""

    def make(is_it: Callable[[Line], bool]) -> tuple[Path, Line]:
        path = tmp_path / "before.kwt"
        return path, book_before(books, sample_stream, path, is_it)

    return make


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of documents."""
    folder = tmp_path / "Dokumen"
    for module in ("ui.first_start.steps_group", "ui.shell.startup_flow"):
        monkeypatch.setattr(f"{module}.documents", lambda: folder)
    return folder


@pytest.fixture
def unstarted(
    qapp: QApplication, books: Books, folders: Folders, preferences: Preferences
) -> Iterator[Desktop]:
    """The program before it has shown anything."""
    made = Desktop(qapp, books, folders, preferences)
    yield made
    made.close()
    let_go()
    books.backups = None


@pytest.fixture
def desktop(unstarted: Desktop, place: Path) -> Desktop:
    unstarted.start(None)
    return unstarted
