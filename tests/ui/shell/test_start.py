"""Starting: the last book, a new one, one that can't be opened, a second start; Qt's own words."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QSettings, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import ownedByPython

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.errors import StorageError
from kwt_books.i18n.catalogue import Translator, resources_dir
from tests import ROOT
from tests.ui.windows import let_go, opened
from ui.kit.button import Button
from ui.kit.dialog import MessageDialog
from ui.kit.folders import Folders
from ui.kit.look import Mode, Theme
from ui.kit.preferences import Preferences, QtTexts
from ui.shell import single_instance
from ui.shell import start as start_module
from ui.shell.single_instance import SingleInstance, call_forward
from ui.shell.start import Desktop, HandedOver, run

Start = Callable[[], Desktop]


@pytest.fixture
def start(
    qapp: QApplication, books: Books, folders: Folders, preferences: Preferences
) -> Iterator[Start]:
    """Makes a desktop as a start of the program does."""
    made: list[Desktop] = []

    def make() -> Desktop:
        made.append(Desktop(qapp, books, folders, preferences))
        return made[-1]

    yield make
    for desktop in made:
        desktop.close()
    let_go()


def test_opens_a_book_and_the_same_one_next_time(
    start: Start, book_path: Path, preferences: Preferences, qtbot: QtBot
) -> None:
    first = start()
    assert first.start(book_path)
    opened(first, qtbot)
    assert preferences.recent == [book_path]
    first.close()
    second = start()
    assert second.start(None)
    opened(second, qtbot)
    assert second.window is not None
    assert second.window.workspace.book == book_path


def test_a_book_that_the_system_hands_over_is_opened(
    start: Start, book_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    desktop = start()
    desktop.show_welcome()
    listening = HandedOver(qapp)
    listening.wanted.connect(desktop.open_book)
    QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(book_path))))
    opened(desktop, qtbot)
    assert desktop.window is not None
    assert desktop.window.workspace.book == book_path
    listening.deleteLater()


@pytest.fixture
def slow(books: Books, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A disk on which a book opens only once this is set."""
    ready, open_book = threading.Event(), books.open

    def wait(path: Path) -> Book:
        ready.wait()
        return open_book(path)

    monkeypatch.setattr(books, "open_as_it_lies", wait)
    yield ready
    ready.set()


def test_the_window_stands_and_answers_before_its_book_is_open(
    start: Start, slow: threading.Event, book_path: Path, qtbot: QtBot
) -> None:
    desktop = start()
    desktop.start(book_path)
    qtbot.waitUntil(lambda: desktop.window is not None and desktop.window.isVisible())
    window = desktop.window
    assert window is not None
    assert window.workspace.setup is None, "the book has not said anything yet"
    window.sidebar.chosen.emit("reports")
    assert window.place == "reports"
    slow.set()
    opened(desktop, qtbot)
    assert desktop.window is window
    assert window.workspace.group is not None


def test_a_book_that_fails_after_the_window_stood_leads_to_the_welcome(
    start: Start, tmp_path: Path, books: Books, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = tmp_path / "catatan.kwt"
    path.write_bytes(b"not a book at all" * 100)
    monkeypatch.setattr(books, "people_of", lambda _path: ())
    desktop = start()
    desktop.start(path)
    qtbot.waitUntil(lambda: desktop.welcome is not None)
    assert desktop.window is None
    assert desktop.tasks is None
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    next(w for w in shown if isinstance(w, MessageDialog)).close()


def told_by(code: str, *given: object) -> str:
    """What a Python of its own tells after that code."""
    command = [sys.executable, "-c", code, *map(str, given)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("shown", "later"),
    [
        ("ui.shell.window, ui.home.page, ui.shell.sign_in", ["ui.first_start"]),
        (
            "ui.shell.startup_flow",
            ["ui.first_start", "ui.shell.window", "ui.kit.workspace", "PySide6.QtNetwork"],
        ),
    ],
)
def test_what_is_shown_first_loads_no_database_and_no_documents(
    shown: str, later: list[str]
) -> None:
    """A start has to be short; what opens the book is loaded behind the window."""
    code = (
        f"import sys, main, ui.shell.start, {shown}\n"
        "late = ['sqlalchemy', 'babel', 'reportlab', 'xlsxwriter', 'kwt_books.domain.documents',"
        f" *{later}]\n"
        "print([each for each in late if each in sys.modules])"
    )
    assert told_by(code) == "[]"


def test_who_may_sign_in_is_asked_without_the_database(book_path: Path) -> None:
    """The window waits for that answer, and the database takes as long to load as the window."""
    code = (
        "import sys; from datetime import datetime; from pathlib import Path\n"
        "from kwt_books.app import Books; from kwt_books.i18n.catalogue import resources_dir\n"
        "from kwt_books.domain.access import Person, Role\n"
        "books = Books(resources_dir(), datetime.now, Person('', Role.CHAIR))\n"
        "path = Path(sys.argv[1])\n"
        "print(books.asks_phrase(path), books.people_of(path), 'sqlalchemy' in sys.modules)"
    )
    assert told_by(code, book_path) == "False () False"


FIRST_WINDOW = {
    "main",
    "kwt_books.app", "kwt_books.book",
    "kwt_books.domain.access",
    "kwt_books.domain.address", "kwt_books.domain.accounts", "kwt_books.domain.audit",
    "kwt_books.domain.errors", "kwt_books.domain.files", "kwt_books.domain.kind",
    "kwt_books.domain.kinds", "kwt_books.domain.values",
    "kwt_books.i18n.catalogue", "kwt_books.i18n.formats",
    "ui.home.page", "ui.home.verbs",
    "ui.kit.button", "ui.kit.card", "ui.kit.chart", "ui.kit.chart_picture", "ui.kit.date_field",
    "ui.kit.dialog",
    "ui.kit.drafts", "ui.kit.errors", "ui.kit.field", "ui.kit.file_dialog", "ui.kit.folders",
    "ui.kit.help_keys", "ui.kit.layout", "ui.kit.list", "ui.kit.look", "ui.kit.messages",
    "ui.kit.notices", "ui.kit.page", "ui.kit.picker", "ui.kit.popup", "ui.kit.preferences",
    "ui.kit.scrolling", "ui.kit.seek", "ui.kit.table", "ui.kit.words", "ui.kit.worker",
    "ui.kit.workspace", "ui.kit.wrapped",
    "ui.shell.chrome", "ui.shell.lock", "ui.shell.passwords", "ui.shell.places",
    "ui.shell.safekeeping",
    "ui.shell.sign_in", "ui.shell.start",
    "ui.shell.startup_flow", "ui.shell.system_integration", "ui.shell.window",
}  # fmt: skip
"""Everything of the program's own that stands before the first window does. Whoever adds to it
makes every start longer: `python -m benchmarks.desktop` says by how much."""
QT = {"QtCore", "QtGui", "QtWidgets"}


def test_the_first_window_loads_these_modules_and_no_others() -> None:
    code = (
        "import sys, main, ui.shell.start, ui.shell.window, ui.home.page, ui.shell.sign_in\n"
        "own = ('main', 'ui', 'kwt_books', 'PySide6')\n"
        "found = {name: module for name, module in sys.modules.items()\n"
        "    if name.partition('.')[0] in own}\n"
        "print(*(name for name, module in found.items()\n"
        "    if name.startswith('PySide6.Qt') or not hasattr(module, '__path__')))"
    )
    loaded = {name for name in told_by(code).split() if not name.startswith("PySide6.support")}
    qt = {name.removeprefix("PySide6.") for name in loaded if name.startswith("PySide6.")}
    assert qt == QT
    own = {name for name in loaded if not name.startswith("PySide6.")}
    assert own <= FIRST_WINDOW, f"load later: {sorted(own - FIRST_WINDOW)}"
    assert own >= FIRST_WINDOW, f"strike off the list: {sorted(FIRST_WINDOW - own)}"


def test_where_the_last_book_is_not_there_it_says_so_and_opens_no_other(
    start: Start, book_path: Path, preferences: Preferences, tmp_path: Path, qtbot: QtBot
) -> None:
    """A stick that was left at home: an older copy must not be taken for the book."""
    stick = tmp_path / "stick" / "Melati.kwt"
    for each in (book_path, stick):
        preferences.remember(each)
    desktop = start()
    desktop.start(None)
    assert desktop.window is None
    welcome = desktop.entrance.welcome
    assert welcome is not None
    assert "Melati" in welcome.missing.text
    assert str(stick.parent) in welcome.missing.text
    stick.parent.mkdir()
    stick.write_bytes(book_path.read_bytes())
    with qtbot.waitSignal(welcome.open_wanted) as asked:
        welcome.missing.findChild(Button).click()
    assert asked.args == [stick]
    opened(desktop, qtbot)


def test_a_second_start_calls_the_first_forward(
    start: Start, book_path: Path, qtbot: QtBot
) -> None:
    desktop = start()
    desktop.start(book_path)
    opened(desktop, qtbot)
    assert not start().start(book_path)


@pytest.fixture
def named(qapp: QApplication) -> Iterator[QApplication]:
    """The application, whose names are as before once the test is over."""
    before = qapp.applicationName(), qapp.organizationName(), qapp.quitOnLastWindowClosed()
    yield qapp
    qapp.setApplicationName(before[0])
    qapp.setOrganizationName(before[1])
    qapp.setQuitOnLastWindowClosed(before[2])


@pytest.mark.parametrize(
    ("system", "begins"), [("linux", True), ("darwin", True), ("linux", False)]
)
def test_the_program_runs_until_its_last_window_is_closed(
    named: QApplication, books: Books, folders: Folders, preferences: Preferences, book_path: Path,
    system: str, begins: bool, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    told: list[object] = []

    class Begun:
        def __init__(self, *given: object) -> None:
            told.append(given)

        def begin(self) -> None:
            told.append("begin")

        def open_book(self, path: Path) -> None:
            told.append(path)

        def start(self, path: Path | None) -> bool:
            told.append(path)
            return begins

    monkeypatch.setattr(start_module, "Desktop", Begun)
    monkeypatch.setattr(start_module, "own_folders", lambda: folders)
    monkeypatch.setattr(start_module, "Preferences", lambda _settings: preferences)
    monkeypatch.setattr(start_module, "take_identity", lambda: told.append("identity"))
    monkeypatch.setattr(start_module.sys, "platform", system)
    handed = QFileOpenEvent(QUrl.fromLocalFile(str(book_path)))

    def until_closed(*_: object) -> int:
        QCoreApplication.sendEvent(named, handed)
        return 7

    monkeypatch.setattr(QApplication, "exec", until_closed)
    assert run(books, book_path) == (7 if begins else 0), "the window of before came forward"
    assert told[:4] == ["identity", (named, books, folders, preferences), "begin", book_path]
    assert told[4:] == [book_path] * (system == "darwin"), "only macOS hands books over"
    assert (named.applicationName(), named.organizationName()) == ("KWT Books", "KWT Books")
    assert not named.quitOnLastWindowClosed(), "a dialog before the window is none"
    for each in named.findChildren(HandedOver):
        named.removeEventFilter(each)
        each.deleteLater()


def test_a_window_that_is_called_forward_stays_as_large_as_it_was(
    start: Start, qtbot: QtBot
) -> None:
    desktop, window = start(), QWidget()
    qtbot.addWidget(window)
    desktop.come_forward()  # there is none yet
    desktop.window = window  # type: ignore[assignment]
    for show, largest in ((window.showMaximized, True), (window.showNormal, False)):
        for leave in (window.hide, window.lower):
            show()
            leave()
            desktop.come_forward()
            assert (window.isVisible(), window.isMaximized()) == (True, largest)
        window.showMinimized()
        desktop.come_forward()
        assert not window.isMinimized()
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
    desktop.come_forward()
    qtbot.waitUntil(window.isActiveWindow)
    desktop.window = None


def test_one_window_answers_for_its_book_alone(
    book_path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    instance = SingleInstance(book_path)
    with qtbot.waitSignal(instance.called):
        assert call_forward(book_path)
    assert not call_forward(tmp_path / "another.kwt")
    instance.close()
    assert not call_forward(book_path)


def test_a_book_that_can_not_be_opened_is_said_with_what_to_do(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "catatan.kwt"
    path.write_bytes(b"not a book at all" * 100)
    desktop = start()
    desktop.start(path)
    qtbot.waitUntil(lambda: desktop.welcome is not None)
    assert desktop.window is None
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    dialog = next(w for w in shown if isinstance(w, MessageDialog))
    assert "StorageError" in dialog.details
    dialog.copy_details()
    assert QApplication.clipboard().text() == dialog.details
    dialog.close()


def test_a_bug_while_a_book_is_opened_leaves_no_program_without_a_window(
    start: Start, book_path: Path, books: Books, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def broken(_path: Path) -> Book:
        raise ZeroDivisionError

    monkeypatch.setattr(books, "open_as_it_lies", broken)
    desktop = start()
    with qtbot.captureExceptions() as caught:
        desktop.start(book_path)
        qtbot.waitUntil(lambda: desktop.welcome is not None)
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]
    assert desktop.window is None


def test_qt_s_own_texts_follow_the_language(
    start: Start, preferences: Preferences, qtbot: QtBot
) -> None:
    texts = {}
    for language in ("id", "en"):
        preferences.language = language
        start()
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        qtbot.addWidget(buttons)
        field = QLineEdit()
        menu = field.createStandardContextMenu()
        texts[language] = [each.text() for each in (*buttons.buttons(), *menu.actions())]
        menu.deleteLater()
    assert "Simpan" in texts["id"]
    assert "Batal" in texts["id"]
    same = {text for text in texts["id"] if text and text in texts["en"]}
    assert not same, same


def test_an_unknown_text_of_qt_stays_as_it_is(start: Start) -> None:
    start()
    assert QCoreApplication.translate("QSomething", "Whatever %1") == "Whatever %1"


def test_language_and_size_are_changed_in_place(
    start: Start, book_path: Path, preferences: Preferences, qtbot: QtBot
) -> None:
    desktop = start()
    desktop.start(book_path)
    opened(desktop, qtbot)
    before = desktop.window
    assert before is not None
    before.workspace.show_month("2026-05")
    preferences.language, preferences.text_percent = "en", 125
    before.workspace.dress_wanted.emit()
    opened(desktop, qtbot)
    after = desktop.window
    assert after is not None
    assert after is not before
    assert after.header.title == "Home"
    assert after.workspace.month == "2026-05"
    assert desktop.theme.px(100) == 125


def test_an_error_is_shown_once_after_the_language_was_changed(
    start: Start, book_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    desktop = start()
    desktop.begin()
    desktop.start(book_path)
    opened(desktop, qtbot)
    assert desktop.window is not None
    desktop.window.workspace.dress_wanted.emit()
    opened(desktop, qtbot)
    assert sys.excepthook == desktop.problems.uncaught, "bugs are told in the new words too"
    assert desktop.tasks is not None
    desktop.tasks.refused.emit(StorageError("disk-full", detail=""))
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    (dialog,) = (w for w in shown if isinstance(w, MessageDialog))
    dialog.close()


def test_preferences_that_make_no_sense_count_as_not_given(
    preferences: Preferences, tmp_path: Path
) -> None:
    for key in ("language", "mode", "text_percent"):
        QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat).setValue(
            key, "nonsense"
        )
    assert preferences.language == "id"
    assert preferences.mode is Mode.SYSTEM
    assert preferences.text_percent == 100


def test_a_long_session_does_not_use_up_none() -> None:
    told_by(
        "import ui; from PySide6.QtCore import QObject; o = QObject()\n"
        "for _ in range(300_000): o.parent()"
    )


def test_no_source_is_read_and_kept() -> None:
    told_by(
        "import ui.shell.window, linecache; assert ui.kit.workspace.__file__ not in linecache.cache"
    )


def test_windows_is_asked_to_let_the_first_window_come_forward() -> None:
    asked: list[int] = []
    user32 = SimpleNamespace(AllowSetForegroundWindow=lambda who: asked.append(who.value))
    single_instance.let_come_forward(user32)
    assert asked == [0xFFFF_FFFF]


@pytest.mark.parametrize("home", ["siti@desa", "12dp", "@icon(x, text, 3)", "100%"])
def test_a_home_of_any_name_takes_the_icons(home: str, qapp: QApplication, tmp_path: Path) -> None:
    made = Theme(qapp, resources_dir(), tmp_path / home)
    assert f"{tmp_path.as_posix()}/{home}/" in made.style_sheet()


@pytest.mark.parametrize("name", ["Cadangan.KWT", "Cadangan.kwt", "Cadangan"])
def test_a_restored_book_ends_once_in_its_ending(
    name: str, desktop: Desktop, book_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted: list[Path] = []
    making = desktop.entrance.making
    monkeypatch.setattr(making, "restore_to", lambda _backup, path: wanted.append(path))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / name), ""))
    making.ask_where(None, book_path)
    assert wanted[0].name.lower() == "cadangan.kwt"


def test_the_collector_of_garbage_does_not_end_what_qt_asks_for_texts(qapp: QApplication) -> None:
    """It may run while Qt asks with a lock held, for which a translator's end would wait."""
    made = QtTexts(Translator("id"), qapp)
    assert not ownedByPython(made)
    ended: list[object] = []
    made.destroyed.connect(lambda: ended.append(1))
    del made
    gc.collect()
    assert ended == []
