"""Signing in, wrong passwords, the recovery key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.access import FREE_TRIES, Person, Role, User, wait_after
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.documents.setup import PersonSetup
from kwt_books.reports.story import story
from tests.conftest import NOW, Watch
from tests.ui.shell.sign_in.hand import AUDITOR, CHAIR, LEFT, PASSWORD, TREASURER, asking, enter
from tests.ui.windows import opened
from ui.home.page import HomePage
from ui.kit.look import UiContext
from ui.kit.recovery_key import KeyDialog
from ui.kit.workspace import Destination, Workspace
from ui.shell.sign_in import RecoveryDialog, SignIn
from ui.shell.start import Desktop


def test_the_file_alone_tells_who_may_sign_in(guarded: tuple[Path, str], books: Books) -> None:
    book = books.open(guarded[0])
    book.sign_in(CHAIR, PASSWORD)
    book.people.enrol(PersonSetup(name=TREASURER, role=Role.TREASURER, active=False))
    book.people.enrol(PersonSetup(name="Bu Nur", role=Role.TREASURER))
    known = book.people.everyone()
    book.close()
    assert {each.has_password for each in known} == {each.active for each in known} == {True, False}
    assert books.people_of(guarded[0]) == known


def test_people_who_came_after_the_first_look_are_asked_all_the_same(
    desktop: Desktop, guarded: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """The window stands already; it is taken away before any figure is in it."""
    monkeypatch.setattr(desktop.books, "people_of", lambda _path: ())
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
    assert desktop.window.workspace.person.name == TREASURER


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
    assert window.workspace.person == Person(name, role, signed_in=True)
    assert name in window.header.person.accessibleName()
    for place in ("home", "sell", "shops", "settings"):
        window.show_place(Destination(place))
        qtbot.waitUntil(lambda: not window.workspace.tasks.busy)


def test_what_is_recorded_bears_the_name(asked: SignIn, desktop: Desktop, qtbot: QtBot) -> None:
    enter(asked, TREASURER, PASSWORD, qtbot)
    opened(desktop, qtbot)
    assert desktop.tasks is not None
    told: list[str] = []
    command = Transfer(date=NOW.date(), source="1101", to="1103", amount=5_000)
    desktop.tasks.run(
        lambda book: book.read_in("id", story, book.record(command).number or "").recorded_by,
        told.append,
    )
    qtbot.waitUntil(lambda: told == [TREASURER])


def test_who_clicks_her_name_types_her_password_next(asked: SignIn, qtbot: QtBot) -> None:
    """By the mouse or by Enter: what is typed goes nowhere else."""
    for choose in (
        lambda each: qtbot.mouseClick(each, Qt.MouseButton.LeftButton),
        lambda each: qtbot.keyClick(each, Qt.Key.Key_Return),
    ):
        asked.buttons[2].setFocus()
        choose(asked.buttons[2])
        assert asked.name == TREASURER
        assert asked.focusWidget() is asked.password


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
        qtbot.waitUntil(lambda before=before: asked.row.message != before and not asked.busy)
        assert asked.enter_button.isEnabled() == (tries < FREE_TRIES)
    enter(asked, CHAIR, PASSWORD, qtbot)
    assert not asked.busy, "nobody is asked while it is locked"
    watch.now += wait_after(FREE_TRIES)
    asked.look_at_clock()
    assert asked.enter_button.isEnabled()
    enter(asked, CHAIR, PASSWORD, qtbot)
    opened(desktop, qtbot)


def test_the_recovery_key_helps_out(
    asked: SignIn, desktop: Desktop, guarded: tuple[Path, str], qtbot: QtBot
) -> None:
    asked.choose(TREASURER)
    asked.recover()
    dialog = asked.findChild(RecoveryDialog)
    assert dialog.who.value() == TREASURER
    dialog.save()
    assert dialog.key_row.message
    dialog.key.setText("salah")
    dialog.password.setText("bayam-merah")
    dialog.save()
    qtbot.waitUntil(lambda: "salah" in dialog.key_row.message)
    dialog.key.setText(guarded[1].lower())
    qtbot.waitUntil(lambda: not dialog.busy)
    dialog.save()
    qtbot.waitUntil(lambda: dialog.findChild(KeyDialog) is not None)
    kept = dialog.findChild(KeyDialog)
    kept.reject()
    assert kept.isVisible(), "the new key must be kept first"
    kept.kept.setChecked(True)
    qtbot.mouseClick(kept.done_button, LEFT)
    opened(desktop, qtbot)
    assert desktop.window is not None
    assert desktop.window.workspace.person.name == TREASURER


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
    assert desktop.window.workspace.person.name == CHAIR


def test_who_no_longer_signs_in_makes_no_first_password(
    ui: UiContext, workspace: Workspace, qtbot: QtBot
) -> None:
    people = (User("Marlina", Role.CHAIR, active=False, has_password=False),
              User(CHAIR, Role.CHAIR, active=True, has_password=False))  # fmt: skip
    dialog = RecoveryDialog(ui, workspace.tasks, people, first=True)
    qtbot.addWidget(dialog)
    assert dialog.who.value() == CHAIR


def test_leaving_the_question_leads_elsewhere(
    asked: SignIn, desktop: Desktop, qtbot: QtBot
) -> None:
    asked.other_wanted.emit()
    assert desktop.welcome is not None
    assert desktop.entrance.signing is None
