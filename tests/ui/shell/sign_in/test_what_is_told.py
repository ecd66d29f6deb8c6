"""What the questions for a password say, and when they let one try, without a book behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.access import LEAST_PASSWORD, Person, Role, User
from kwt_books.domain.errors import BookError
from tests.conftest import NOW
from tests.ui.windows import said
from ui.kit.button import Button
from ui.kit.look import UiContext
from ui.kit.worker import Tasks
from ui.shell.sign_in import RecoveryDialog, SignIn, Unlock

PEOPLE = (
    User("Melati", Role.CHAIR, True, True),
    User("Sri", Role.TREASURER, True, True),
    User("Gone", Role.CHAIR, False, True),
)


class Asked:
    """Stands for the tasks of a book: what is asked waits for its answer."""

    def __init__(self) -> None:
        self.times = 0
        self.answer: Callable[..., object] = print
        self.refuse: Callable[[BookError], object] = print
        self.settle: Callable[[], object] = print

    def run(self, _work: object, done: Any, failed: Any, *, settled: Any, owner: object) -> None:
        self.times += 1
        self.answer, self.refuse, self.settle = done, failed, settled


class AtWork:
    """Stands for a worker: what it is given waits for its end."""

    def __init__(self) -> None:
        self.jobs: list[Any] = []
        self.closed = False

    def submit(self, work: Any, done: Any, refused: Any, *, settled: Any, owner: object) -> None:
        job = SimpleNamespace(work=work, done=done, refused=refused, settled=settled)
        self.jobs.append(job)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def clock() -> list[datetime]:
    return [NOW]


@pytest.fixture
def ui(english: UiContext, clock: list[datetime]) -> UiContext:
    return replace(english, clock=lambda: clock[-1])


@pytest.fixture
def tasks() -> Asked:
    return Asked()


@pytest.fixture
def question(ui: UiContext, tasks: Asked, qtbot: QtBot) -> Callable[..., SignIn]:
    def make(**about: bool) -> SignIn:
        made = SignIn(ui, cast("Tasks", tasks), PEOPLE, "June", icon=QIcon(), **about)
        qtbot.addWidget(made)
        with qtbot.waitActive(made):
            made.show()
        return made

    return make


def buttons(shown: SignIn | RecoveryDialog | Unlock) -> dict[str, Button]:
    return {each.text(): each for each in shown.findChildren(Button) if each.text()}


def test_everybody_who_may_sign_in_is_asked_about(question: Callable[..., SignIn]) -> None:
    shown = question()
    assert shown.windowTitle() == "June – KWT Books"
    assert {"Who is using the book?", "June", "Password"} <= {*said(shown)}
    assert [each.name for each in shown.buttons] == ["Melati", "Sri"]
    assert shown.name == "Melati", "the first one"
    shown.password.setText("half")
    shown.row.say("Wrong", "error")
    shown.choose("Sri")
    assert (shown.name, shown.password.text()) == ("Sri", "")
    assert "Wrong" not in said(shown), "that was said to somebody else"


@pytest.mark.parametrize(("locked", "other"), [(False, "Another book"), (True, "Close the book")])
def test_esc_empties_the_field_and_leaves_only_where_no_book_is_open(
    question: Callable[..., SignIn], qtbot: QtBot, locked: bool, other: str
) -> None:
    shown, wanted = question(locked=locked), list[bool]()
    shown.other_wanted.connect(lambda: wanted.append(True))
    shown.password.setText("half")
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert (shown.password.text(), shown.isVisible()) == ("", True)
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.isVisible() is locked
    buttons(shown)[other].click()
    assert (shown.isVisible(), len(wanted)) == (False, 0 if locked else 1)


def test_one_password_is_tried_at_a_time(question: Callable[..., SignIn], tasks: Asked) -> None:
    shown, told = question(), list[Person]()
    shown.signed_in.connect(told.append)
    shown.enter()
    assert tasks.times == 0
    assert "Type your password" in said(shown)
    shown.password.setText("secret")
    shown.enter()
    shown.enter()
    assert (tasks.times, shown.enter_button.isEnabled()) == (1, False)
    tasks.refuse(BookError("wrong-password", left=4))
    tasks.settle()
    assert shown.enter_button.isEnabled()
    assert shown.password.selectedText(), "what is typed next takes its place"
    shown.enter()
    tasks.answer(Person("Melati", Role.CHAIR))
    tasks.settle()
    assert (shown.password.text(), [each.name for each in told]) == ("", ["Melati"])


def test_whoever_tried_too_often_waits(
    question: Callable[..., SignIn], tasks: Asked, clock: list[datetime]
) -> None:
    shown = question()
    shown.password.setText("secret")
    shown.enter()
    tasks.refuse(BookError("too-many-tries", until=NOW + timedelta(seconds=30)))
    tasks.settle()
    assert (shown.enter_button.isEnabled(), shown.may_enter()) == (False, False)
    shown.look_at_clock()
    assert not shown.may_enter(), "not yet"
    clock.append(NOW + timedelta(seconds=30))
    shown.look_at_clock()
    assert (shown.enter_button.isEnabled(), shown.may_enter()) == (True, True)


@pytest.fixture
def recovery(ui: UiContext, tasks: Asked, qtbot: QtBot) -> Callable[..., RecoveryDialog]:
    def make(**about: Any) -> RecoveryDialog:
        made = RecoveryDialog(ui, cast("Tasks", tasks), PEOPLE, **about)
        qtbot.addWidget(made)
        with qtbot.waitActive(made):
            made.show()
        return made

    return make


def test_a_forgotten_password_is_replaced_by_the_key(
    recovery: Callable[..., RecoveryDialog], tasks: Asked, qtbot: QtBot
) -> None:
    shown = recovery(name="Sri")
    hard = f"At least {LEAST_PASSWORD} letters or figures, hard to guess"
    assert {
        "With the recovery key, a new password replaces the one that was forgotten.", hard,
        "Recovery key", "It is on the printed sheet",
    } <= {*said(shown)}  # fmt: skip
    assert shown.who.value() == "Sri"
    assert [shown.who.itemText(at) for at in range(shown.who.count())] == ["Melati", "Sri"]
    assert shown.key.hasFocus()
    buttons(shown)["Create the password"].click()
    assert tasks.times == 0
    shown.key.setText("AAAA")
    qtbot.keyClick(shown.key, Qt.Key.Key_Return)
    assert (tasks.times, shown.password.hasFocus()) == (0, True)
    shown.password.setText("tanggul-jambu-7")
    qtbot.keyClick(shown.password, Qt.Key.Key_Return)
    shown.save()
    assert (tasks.times, shown.busy) == (1, True)
    shown.reject()
    assert shown.isVisible(), "a new key is being made"
    tasks.refuse(BookError("wrong-key"))
    tasks.settle()
    assert (shown.busy, bool(shown.key_row.message)) == (False, True)
    shown.reject()
    assert not shown.isVisible()


def test_the_first_password_is_the_chair_s(
    recovery: Callable[..., RecoveryDialog], tasks: Asked
) -> None:
    shown = recovery(first=True)
    assert "This book came without passwords. The chair makes the first one." in said(shown)
    assert [shown.who.itemText(at) for at in range(shown.who.count())] == ["Melati"]
    assert (shown.key_row.isVisible(), shown.password.hasFocus()) == (False, True)
    shown.password.setText("tanggul-jambu-7")
    shown.save()
    assert tasks.times == 1
    tasks.refuse(BookError("wrong-key"))
    assert shown.password_row.message


def test_a_book_that_is_locked_asks_for_its_passphrase(
    ui: UiContext, books: Books, tmp_path: Path, qtbot: QtBot
) -> None:
    shown = Unlock(ui, books, tmp_path / "June.kwt", QIcon())
    qtbot.addWidget(shown)
    shown.show()
    assert shown.windowTitle() == "June – KWT Books"
    assert {
        "This book is encrypted",
        "June",
        "Passphrase",
        "The key on its paper opens it too",
    } <= {*said(shown)}
    shown.enter()
    assert "Type the passphrase" in said(shown)
    assert not shown.busy
    buttons(shown)["Another book"].click()
    assert not shown.isVisible()


def test_a_phrase_that_opens_is_tried_once_and_not_kept(
    ui: UiContext, books: Books, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[tuple[object, ...]] = []
    monkeypatch.setattr(books, "unlock", lambda *given: tried.append(given))
    tasks = AtWork()
    monkeypatch.setattr("ui.shell.sign_in.Worker", lambda _owner: tasks)
    path = tmp_path / "June.kwt"
    shown, opened = Unlock(ui, books, path, QIcon()), list[object]()
    qtbot.addWidget(shown)
    shown.unlocked.connect(opened.append)
    shown.show()
    shown.password.setText("cangkul hujan")
    shown.enter()
    shown.enter()
    (job,) = tasks.jobs
    assert not shown.enter_button.isEnabled()
    job.work()
    assert tried == [(path, "cangkul hujan")]
    job.refused(BookError("wrong-password", left=4))
    job.settled()
    assert (shown.isVisible(), shown.enter_button.isEnabled()) == (True, True)
    shown.enter()
    tasks.jobs[1].done(None)
    assert (opened, shown.password.text(), shown.isVisible()) == ([path], "", False)
    assert tasks.closed
