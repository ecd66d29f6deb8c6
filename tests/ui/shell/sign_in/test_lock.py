"""The lock, by hand and by itself, and who comes back after it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Role, User
from kwt_books.domain.errors import StorageError
from kwt_books.services.people import People
from tests.ui.shell.sign_in.hand import AUDITOR, CHAIR, PASSWORD, TREASURER, asking, enter
from tests.ui.windows import opened
from ui.closing.form import CLOSE
from ui.closing.page import MonthClosePage
from ui.kit.dialog import MessageDialog
from ui.kit.preferences import Preferences
from ui.kit.workspace import Destination
from ui.selling.sale import SaleForm
from ui.shell.lock import IdleWatch
from ui.shell.sign_in import SignIn
from ui.shell.start import Desktop


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
    window.workspace.open_form("party", role="shop")
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


def sale_in(desktop: Desktop) -> SaleForm:
    """The sale that stands on the page of sales."""
    window = desktop.window
    assert window is not None
    window.show_place(Destination("sell", "sale"))
    form = window.page.findChild(SaleForm) if window.page is not None else None
    assert form is not None
    return form


def test_what_one_has_begun_waits_for_her_and_is_nobody_else_s(
    at_work: Desktop, qtbot: QtBot
) -> None:
    begun = sale_in(at_work)
    opened(at_work, qtbot)
    begun.memo.set_value("Pesanan Bu Lurah")
    begun.keep_draft()
    for who, found in ((CHAIR, ""), (TREASURER, "Pesanan Bu Lurah")):
        before = at_work.window
        assert before is not None
        before.workspace.lock_wanted.emit()
        enter(locked(at_work, qtbot), who, PASSWORD, qtbot)
        qtbot.waitUntil(lambda before=before: at_work.window is not before)
        opened(at_work, qtbot)
        assert at_work.window is not None
        assert bool(at_work.window.workspace.drafts.names()) == bool(found)
        assert sale_in(at_work).memo.text() == found


def test_another_person_gets_a_window_of_their_own(at_work: Desktop, qtbot: QtBot) -> None:
    before = at_work.window
    assert before is not None
    before.workspace.lock_wanted.emit()
    enter(locked(at_work, qtbot), AUDITOR, PASSWORD, qtbot)
    qtbot.waitUntil(lambda: at_work.window is not before)
    opened(at_work, qtbot)
    assert at_work.window is not None
    assert at_work.window.workspace.person.name == AUDITOR
    assert at_work.window.place == "settings"


def test_the_chair_is_asked_for_where_she_is_needed(at_work: Desktop, qtbot: QtBot) -> None:
    before = at_work.window
    assert before is not None
    before.show_place(Destination("close"))
    opened(at_work, qtbot)
    prepared = before.page
    assert isinstance(prepared, MonthClosePage)
    assert prepared.form is not None
    prepared.form.decision.set_value("BA-06/KWT/VI/2026")
    prepared.form.show_step(CLOSE)
    prepared.form.ask_chair()
    asked = locked(at_work, qtbot)
    assert asked.name == CHAIR
    enter(asked, CHAIR, PASSWORD, qtbot)
    qtbot.waitUntil(lambda: at_work.window is not before)
    opened(at_work, qtbot)
    assert at_work.window is not None
    assert at_work.window.workspace.person.role is Role.CHAIR
    assert at_work.window.place == "close"
    page = at_work.window.page
    assert isinstance(page, MonthClosePage)
    assert page.form is not None
    assert page.form.step == CLOSE, "she goes on where she was asked for"
    assert page.form.decision.text() == "BA-06/KWT/VI/2026", "with what was prepared for her"
    assert not page.form.close_button.isHidden()


def test_a_book_that_can_not_say_who_may_be_there_is_left(
    at_work: Desktop, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """A stick that was pulled out, say: nobody sits before a program without a window."""

    def gone(_people: People) -> tuple[User, ...]:
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
        watch.clocks = (lambda: self.awake, lambda: self.wall)

    def work(self, seconds: float) -> None:
        self.awake += seconds
        self.wall += seconds

    def sleep(self, seconds: float) -> None:
        self.wall += seconds


@pytest.fixture
def clocks(at_work: Desktop, preferences: Preferences) -> Clocks:
    made = Clocks(at_work.screen_lock.idle)
    at_work.screen_lock.idle.wait(preferences.idle_minutes)
    return made


def test_it_locks_by_itself_when_nobody_moves(
    at_work: Desktop, clocks: Clocks, preferences: Preferences, qtbot: QtBot
) -> None:
    watch, window = at_work.screen_lock.idle, at_work.window
    assert window is not None
    window.workspace.idle_changed.emit(0)
    assert not watch.waiting, "never"
    window.workspace.idle_changed.emit(5)
    clocks.work(5 * 60 - 1)
    watch.timer.timeout.emit()
    assert window.isVisible()
    clocks.work(1)
    watch.timer.timeout.emit()
    locked(at_work, qtbot)
    assert not watch.waiting, "once is enough"


def test_a_key_is_a_sign_of_life(at_work: Desktop, clocks: Clocks, qtbot: QtBot) -> None:
    window = at_work.window
    assert window is not None
    for _ in range(3):
        clocks.work(6 * 60)
        at_work.screen_lock.idle.look()
        qtbot.keyClick(window.windowHandle(), Qt.Key.Key_F5)
    assert window.isVisible()
    assert at_work.screen_lock.idle.waiting


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
    at_work.screen_lock.idle.look()
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
    at_work.screen_lock.idle.look()
    locked(at_work, qtbot)
