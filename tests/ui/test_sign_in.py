"""Signing in, wrong passwords, the recovery key, and the lock that comes by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.access import FREE_TRIES, Role, Someone, wait_after
from kwt_books.domain.documents.cash import Transfer
from kwt_books.domain.documents.people import PersonSetup
from kwt_books.domain.errors import StorageError
from kwt_books.domain.recording import Person
from kwt_books.i18n.paths import resources_dir
from kwt_books.services.people import People
from tests.conftest import NOW, Watch
from ui.desk import Desk, Destination
from ui.folders import Folders
from ui.forms.month_close import CLOSE
from ui.idle import IdleWatch
from ui.kit import Kit
from ui.pages.home import HomePage
from ui.pages.month_close import MonthClosePage
from ui.preferences import Preferences
from ui.recovery_key import KeyDialog
from ui.sign_in import SignIn
from ui.sign_in_recovery import RecoveryDialog
from ui.start import Desktop
from ui.widgets.dialog import MessageDialog

CHAIR, TREASURER, AUDITOR = "Aryanah", "Siti Rohmah", "Pak Chandra"
PASSWORD = "sawi-hijau"
ENTER, LEFT = Qt.Key.Key_Return, Qt.MouseButton.LeftButton


@pytest.fixture
def guarded(book_path: Path, books: Books) -> tuple[Path, str]:
    """The sample month with people, and its recovery key."""
    book = books.open(book_path)
    people = [
        (PersonSetup(name=CHAIR, role=Role.CHAIR), PASSWORD),
        (PersonSetup(name=TREASURER, role=Role.TREASURER), PASSWORD),
        (PersonSetup(name=AUDITOR, role=Role.AUDITOR), PASSWORD),
    ]
    key = book.people.begin(people)
    book.close()
    return book_path, key


@pytest.fixture
def desktop(
    qapp: QApplication, watch: Watch, folders: Folders, preferences: Preferences
) -> Iterator[Desktop]:
    books = Books(resources_dir(), watch, Person("PC-01", Role.CHAIR))
    made = Desktop(qapp, books, folders, preferences)
    yield made
    made.close()


@pytest.fixture
def asked(desktop: Desktop, guarded: tuple[Path, str], qtbot: QtBot) -> SignIn:
    """The question who is there."""
    desktop.start(guarded[0])
    return asking(desktop, qtbot)


def asking(desktop: Desktop, qtbot: QtBot) -> SignIn:
    qtbot.waitUntil(lambda: desktop.entrance.signing is not None)
    found = desktop.entrance.signing
    assert isinstance(found, SignIn)
    with qtbot.waitActive(found):
        found.show()
    return found


def enter(asked: SignIn, name: str, password: str, qtbot: QtBot) -> None:
    asked.choose(name)
    asked.password.setFocus()
    asked.password.clear()
    qtbot.keyClicks(asked.password, password)
    qtbot.keyClick(asked.password, ENTER)


def opened(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desktop.window is not None and not desktop.window.desk.tasks.busy)


def test_the_file_alone_tells_who_may_sign_in(guarded: tuple[Path, str], books: Books) -> None:
    book = books.open(guarded[0])
    book.sign_in(CHAIR, PASSWORD)
    book.people.enrol(PersonSetup(name=TREASURER, role=Role.TREASURER, active=False))
    book.people.enrol(PersonSetup(name="Bu Nur", role=Role.TREASURER))
    known = book.people.everyone()
    book.close()
    assert {each.has_password for each in known} == {each.active for each in known} == {True, False}
    assert books.people_of(guarded[0]) == known


def test_nothing_of_the_book_stands_before_someone_has_signed_in(
    desktop: Desktop, guarded: tuple[Path, str], qtbot: QtBot
) -> None:
    desktop.start(guarded[0])
    asking(desktop, qtbot)
    assert desktop.window is None


def test_people_who_came_after_the_first_look_are_asked_all_the_same(
    desktop: Desktop, guarded: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """The window stands already; it is taken away before any figure is in it."""
    monkeypatch.setattr(desktop._books, "people_of", lambda _path: ())
    seen: list[bool] = []
    monkeypatch.setattr(
        HomePage, "show_overview", lambda page, _found: seen.append(page.isVisible())
    )
    desktop.start(guarded[0])
    window = asking(desktop, qtbot)
    assert desktop.window is None
    qtbot.waitUntil(lambda: desktop.tasks is not None and not desktop.tasks.busy)
    assert not any(seen)
    window.choose(TREASURER)
    window.password.setText(PASSWORD)
    window.enter()
    qtbot.waitUntil(lambda: desktop.window is not None)
    assert desktop.window is not None
    assert desktop.window.desk.person.name == TREASURER


def test_nothing_is_shown_before_someone_is_there(asked: SignIn, desktop: Desktop) -> None:
    assert desktop.window is None
    assert [each.name for each in asked.people] == [CHAIR, AUDITOR, TREASURER]


@pytest.mark.parametrize(
    ("name", "role"),
    [(CHAIR, Role.CHAIR), (TREASURER, Role.TREASURER), (AUDITOR, Role.AUDITOR)],
)
def test_who_signs_in_is_who_the_window_knows(
    asked: SignIn, desktop: Desktop, qtbot: QtBot, name: str, role: Role
) -> None:
    enter(asked, name, PASSWORD, qtbot)
    opened(desktop, qtbot)
    window = desktop.window
    assert window is not None
    assert window.desk.person == Person(name, role, signed_in=True)
    assert name in window.header.person.accessibleName()
    for place in ("home", "sell", "shops", "settings"):
        window.show_place(Destination(place))
        qtbot.waitUntil(lambda: not window.desk.tasks.busy)


def test_what_is_recorded_bears_the_name(asked: SignIn, desktop: Desktop, qtbot: QtBot) -> None:
    enter(asked, TREASURER, PASSWORD, qtbot)
    opened(desktop, qtbot)
    assert desktop.tasks is not None
    told: list[str] = []
    command = Transfer(date=NOW.date(), source="1101", to="1103", amount=5_000)
    desktop.tasks.run(
        lambda book: book.story(book.record(command).number or "", "id").recorded_by, told.append
    )
    qtbot.waitUntil(lambda: told == [TREASURER])


def test_the_arrows_choose_who(asked: SignIn, qtbot: QtBot) -> None:
    first = asked._buttons[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert asked.name == asked.people[1].name
    qtbot.keyClick(asked._buttons[1], Qt.Key.Key_Up)
    assert asked.name == asked.people[0].name


def test_a_wrong_password_is_said_and_a_right_one_goes_on(
    asked: SignIn, desktop: Desktop, qtbot: QtBot
) -> None:
    asked.enter()
    assert asked.row.message, "nothing was typed"
    enter(asked, CHAIR, "salah-sandi", qtbot)
    qtbot.waitUntil(lambda: str(FREE_TRIES - 1) in asked.row.message)
    assert desktop.window is None
    enter(asked, CHAIR, PASSWORD, qtbot)
    opened(desktop, qtbot)


def test_too_many_tries_lock_until_the_clock_says_so(
    asked: SignIn, desktop: Desktop, watch: Watch, qtbot: QtBot
) -> None:
    for tries in range(1, FREE_TRIES + 1):
        before = asked.row.message
        enter(asked, CHAIR, "salah-sandi", qtbot)
        qtbot.waitUntil(lambda before=before: asked.row.message != before and not asked._busy)
        assert asked.enter_button.isEnabled() == (tries < FREE_TRIES)
    enter(asked, CHAIR, PASSWORD, qtbot)
    assert not asked._busy, "nobody is asked while it is locked"
    watch.now += wait_after(FREE_TRIES)
    asked._look_at_clock()
    assert asked.enter_button.isEnabled()
    enter(asked, CHAIR, PASSWORD, qtbot)
    opened(desktop, qtbot)


def test_the_recovery_key_helps_out(
    asked: SignIn, desktop: Desktop, guarded: tuple[Path, str], qtbot: QtBot
) -> None:
    asked.choose(TREASURER)
    asked.recover()
    dialog = asked.findChild(RecoveryDialog)
    assert dialog.who.code() == TREASURER
    dialog.save()
    assert dialog.key_row.message
    dialog.key.setText("salah")
    dialog.password.setText("bayam-merah")
    dialog.save()
    qtbot.waitUntil(lambda: str(FREE_TRIES - 1) in dialog.key_row.message)
    dialog.key.setText(guarded[1].lower())
    qtbot.waitUntil(lambda: not dialog._busy)
    dialog.save()
    qtbot.waitUntil(lambda: dialog.findChild(KeyDialog) is not None)
    kept = dialog.findChild(KeyDialog)
    kept.reject()
    assert kept.isVisible(), "the new key must be kept first"
    kept.kept.setChecked(True)
    qtbot.mouseClick(kept.done_button, LEFT)
    opened(desktop, qtbot)
    assert desktop.window is not None
    assert desktop.window.desk.person.name == TREASURER


def test_a_book_that_came_without_passwords_is_taken_over(
    desktop: Desktop, guarded: tuple[Path, str], books: Books, tmp_path: Path, qtbot: QtBot
) -> None:
    stream, path = tmp_path / "buku.jsonl", tmp_path / "pindahan.kwt"
    book = books.open(guarded[0], read_only=True)
    book.export("stream", stream)
    book.close()
    with stream.open("rb") as file:
        books.import_stream(path, file)
    desktop.start(path)
    qtbot.waitUntil(lambda: isinstance(desktop.entrance.signing, RecoveryDialog))
    dialog = desktop.entrance.signing
    assert isinstance(dialog, RecoveryDialog)
    assert dialog.who.count() == 1, "only the chair"
    dialog.password.setText(PASSWORD)
    dialog.save()
    qtbot.waitUntil(lambda: dialog.findChild(KeyDialog) is not None)
    kept = dialog.findChild(KeyDialog)
    kept.kept.setChecked(True)
    kept.done_button.click()
    opened(desktop, qtbot)
    assert desktop.window is not None
    assert desktop.window.desk.person.name == CHAIR


def test_who_no_longer_signs_in_makes_no_first_password(kit: Kit, desk: Desk, qtbot: QtBot) -> None:
    people = (Someone("Marlina", Role.CHAIR, active=False, has_password=False),
              Someone(CHAIR, Role.CHAIR, active=True, has_password=False))  # fmt: skip
    dialog = RecoveryDialog(kit, desk.tasks, people, first=True)
    qtbot.addWidget(dialog)
    assert dialog.who.code() == CHAIR


def test_leaving_the_question_leads_elsewhere(
    asked: SignIn, desktop: Desktop, qtbot: QtBot
) -> None:
    asked.other_wanted.emit()
    assert desktop.welcome is not None
    assert desktop.entrance.signing is None


# -- the lock ---------------------------------------------------------------------------------


@pytest.fixture
def at_work(asked: SignIn, desktop: Desktop, qtbot: QtBot) -> Desktop:
    """The treasurer is at work, in the settings."""
    enter(asked, TREASURER, PASSWORD, qtbot)
    opened(desktop, qtbot)
    assert desktop.window is not None
    desktop.window.show_place(Destination("settings", "items"))
    opened(desktop, qtbot)
    return desktop


def locked(desktop: Desktop, qtbot: QtBot) -> SignIn:
    assert desktop.window is not None
    assert not desktop.window.isVisible()
    return asking(desktop, qtbot)


def test_the_same_person_finds_everything_as_it_was(at_work: Desktop, qtbot: QtBot) -> None:
    window = at_work.window
    assert window is not None
    window.desk.open_form("party", role="shop")
    form = window.form("party")
    assert form is not None
    at_work.lock()
    assert not form.isVisible()
    asked = locked(at_work, qtbot)
    assert asked.name == TREASURER
    enter(asked, TREASURER, PASSWORD, qtbot)
    qtbot.waitUntil(window.isVisible)
    assert at_work.window is window
    assert form.isVisible()
    assert window.place == "settings"
    form.reject()


def test_another_person_gets_a_window_of_their_own(at_work: Desktop, qtbot: QtBot) -> None:
    before = at_work.window
    assert before is not None
    before.desk.lock_wanted.emit()
    enter(locked(at_work, qtbot), AUDITOR, PASSWORD, qtbot)
    qtbot.waitUntil(lambda: at_work.window is not before)
    opened(at_work, qtbot)
    assert at_work.window is not None
    assert at_work.window.desk.person.name == AUDITOR
    assert at_work.window.place == "settings"


def test_the_chair_is_asked_for_where_she_is_needed(at_work: Desktop, qtbot: QtBot) -> None:
    before = at_work.window
    assert before is not None
    before.show_place(Destination("close"))
    opened(at_work, qtbot)
    prepared = before.page
    assert isinstance(prepared, MonthClosePage)
    assert prepared.form is not None
    prepared.form.show_step(CLOSE)
    prepared.form.ask_chair()
    asked = locked(at_work, qtbot)
    assert asked.name == CHAIR
    enter(asked, CHAIR, PASSWORD, qtbot)
    qtbot.waitUntil(lambda: at_work.window is not before)
    opened(at_work, qtbot)
    assert at_work.window is not None
    assert at_work.window.desk.person.role is Role.CHAIR
    assert at_work.window.place == "close"
    page = at_work.window.page
    assert isinstance(page, MonthClosePage)
    assert page.form is not None
    assert page.form.step == CLOSE, "she goes on where she was asked for"
    assert not page.form.close_button.isHidden()


def test_a_key_locks(at_work: Desktop, qtbot: QtBot) -> None:
    assert at_work.window is not None
    with qtbot.waitActive(at_work.window):
        at_work.window.activateWindow()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(at_work.window, Qt.Key.Key_L, both)
    locked(at_work, qtbot)


def test_a_book_that_can_not_say_who_may_be_there_is_left(
    at_work: Desktop, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """A stick that was pulled out, say: nobody sits before a program without a window."""

    def gone(_people: People) -> tuple[Someone, ...]:
        raise StorageError("disk-error", detail="")

    monkeypatch.setattr(People, "everyone", gone)
    at_work.lock()
    qtbot.waitUntil(lambda: at_work.welcome is not None)
    assert at_work.window is None
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    next(w for w in shown if isinstance(w, MessageDialog)).close()


class Clocks:
    """One that goes on while the computer sleeps, and one that doesn't."""

    def __init__(self, watch: IdleWatch) -> None:
        self.awake = self.wall = 1_000_000.0
        watch._clocks = (lambda: self.awake, lambda: self.wall)

    def work(self, seconds: float) -> None:
        self.awake += seconds
        self.wall += seconds

    def sleep(self, seconds: float) -> None:
        self.wall += seconds


@pytest.fixture
def clocks(at_work: Desktop, preferences: Preferences) -> Clocks:
    made = Clocks(at_work._lock.idle)
    at_work._lock.idle.wait(preferences.idle_minutes)
    return made


def test_it_locks_by_itself_when_nobody_moves(
    at_work: Desktop, clocks: Clocks, preferences: Preferences, qtbot: QtBot
) -> None:
    watch, window = at_work._lock.idle, at_work.window
    assert window is not None
    window.desk.idle_changed.emit(0)
    assert not watch.waiting, "never"
    window.desk.idle_changed.emit(5)
    clocks.work(5 * 60 - 1)
    watch._timer.timeout.emit()
    assert window.isVisible()
    clocks.work(1)
    watch._timer.timeout.emit()
    locked(at_work, qtbot)
    assert not watch.waiting, "once is enough"


def test_a_key_is_a_sign_of_life(at_work: Desktop, clocks: Clocks, qtbot: QtBot) -> None:
    window = at_work.window
    assert window is not None
    for _ in range(3):
        clocks.work(6 * 60)
        at_work._lock.idle.look()
        qtbot.keyClick(window.windowHandle(), Qt.Key.Key_F5)
    assert window.isVisible()
    assert at_work._lock.idle.waiting


def test_a_laptop_that_slept_asks_who_is_there(
    at_work: Desktop, clocks: Clocks, qtbot: QtBot
) -> None:
    window = at_work.window
    assert window is not None
    clocks.sleep(3 * 60 * 60)
    assert window.isVisible(), "no tick of a timer came meanwhile"
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: not window.isVisible())
    locked(at_work, qtbot)


def test_a_short_sleep_is_none(at_work: Desktop, clocks: Clocks, qtbot: QtBot) -> None:
    window = at_work.window
    assert window is not None
    clocks.sleep(5 * 60)
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_F5)
    at_work._lock.idle.look()
    assert window.isVisible()


def test_coming_back_to_the_window_is_no_sign_of_life(
    at_work: Desktop, clocks: Clocks, qapp: QApplication, qtbot: QtBot
) -> None:
    clocks.sleep(60 * 60)
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    locked(at_work, qtbot)


def test_a_clock_that_is_set_back_does_not_keep_the_book_open(
    at_work: Desktop, clocks: Clocks, qtbot: QtBot
) -> None:
    clocks.sleep(-24 * 60 * 60)
    clocks.work(11 * 60)
    at_work._lock.idle.look()
    locked(at_work, qtbot)


def test_without_people_there_is_nothing_to_lock(
    desktop: Desktop, book_path: Path, qtbot: QtBot
) -> None:
    desktop.start(book_path)
    opened(desktop, qtbot)
    desktop.lock()
    assert desktop.window is not None
    assert desktop.window.isVisible()
    assert not desktop._lock.idle.waiting
