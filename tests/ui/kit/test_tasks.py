"""The worker: answers on the screen's thread, older questions forgotten, an orderly end."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from kwt_books.book import Book
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.errors import RuleError, StorageError
from ui.kit.worker import Change, Progress, Tasks, Worker
from ui.kit.workspace import LongWork, Workspace


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


def test_work_is_done_elsewhere_and_answered_here(worker: Worker, qtbot: QtBot) -> None:
    answers: list[tuple[int, int]] = []
    worker.submit(threading.get_ident, lambda there: answers.append((there, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(answers))
    there, here = answers[0]
    assert here == threading.get_ident()
    assert there != here


def test_a_later_question_of_a_key_supersedes_the_earlier(worker: Worker, qtbot: QtBot) -> None:
    gate, answers = threading.Event(), list[str]()
    worker.submit(gate.wait, lambda _: None)
    for text in ("first", "second", "third"):
        worker.submit(lambda text=text: text, answers.append, key="page")
    gate.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert answers == ["third"]


def test_a_cancelled_job_is_settled_without_an_answer(worker: Worker, qtbot: QtBot) -> None:
    gate, told = threading.Event(), list[str]()
    job = worker.submit(
        gate.wait, lambda _: told.append("done"), settled=lambda: told.append("settled")
    )
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert told == ["settled"]


def test_nobody_is_told_once_the_owner_is_gone(worker: Worker, qtbot: QtBot) -> None:
    owner, answers = QObject(), list[int]()
    worker.submit(lambda: 1, answers.append, owner=owner, settled=lambda: answers.append(2))
    delete(owner)
    qtbot.waitUntil(lambda: not worker.busy)
    assert answers == []


def test_an_expected_error_goes_to_whoever_asked(worker: Worker, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise RuleError("month-closed", month="2026-05")

    heard: list[str] = []
    worker.submit(refuse, lambda _: heard.append("done"), lambda error: heard.append(error.code))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["month-closed"]
    with qtbot.waitSignal(worker.refused) as refused:
        worker.submit(refuse, lambda _: None)
    assert refused.args is not None
    assert refused.args[0].code == "month-closed"


def test_a_bug_is_reported_and_the_worker_goes_on(worker: Worker, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        worker.submit(list[int]().pop, lambda _: None, lambda _: pytest.fail("not expected"))
        qtbot.waitUntil(lambda: not worker.busy)
    assert [kind for kind, *_ in caught] == [IndexError]
    answers: list[int] = []
    worker.submit(lambda: 7, answers.append)
    qtbot.waitUntil(lambda: answers == [7])


def test_closing_waits_for_the_work_in_hand_and_drops_the_rest() -> None:
    worker, started, done = Worker(), threading.Event(), list[int]()

    def work() -> None:
        started.set()
        done.append(1)

    worker.submit(work, lambda _: done.append(2))
    started.wait()
    worker.submit(lambda: done.append(3), lambda _: done.append(4))
    worker.close()
    assert done[0] == 1
    assert 2 not in done
    assert 4 not in done
    assert not worker.busy


def test_busy_is_told_once_on_and_once_off(worker: Worker, qtbot: QtBot) -> None:
    heard: list[bool] = []
    worker.busy_changed.connect(heard.append)
    for _ in range(3):
        worker.submit(lambda: None, lambda _: None)
    qtbot.waitUntil(lambda: not worker.busy)
    assert heard == [True, False]


def test_long_work_of_someone_who_is_gone_stops(workspace: Workspace, qtbot: QtBot) -> None:
    owner, told, heard = QObject(), list[int](), list[str]()

    def work(_book: Book, tell: Progress) -> None:
        for number in range(100_000):
            tell(number)
            told.append(number)

    workspace.tasks.pause()
    workspace.tasks.long(
        work,
        lambda _: heard.append("done"),
        lambda _: None,
        settled=lambda: heard.append("settled"),
        owner=owner,
    )
    delete(owner)
    workspace.tasks.resume()
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    assert (told, heard) == ([], [])


def test_recording_says_what_changed(workspace: Workspace, qtbot: QtBot) -> None:
    workspace.show_month("2026-07")
    command = Transfer(date=workspace.ui.today, source="1101", to="1103", amount=50_000)
    order: list[object] = []
    workspace.tasks.changed.connect(order.append)
    workspace.tasks.record(command, order.append)
    qtbot.waitUntil(lambda: len(order) == 2)
    recorded, change = order
    assert isinstance(change, Change)
    assert change.kinds == {"transfer"}
    assert change.number == recorded.number  # type: ignore[attr-defined]


def test_a_closed_form_has_recorded_all_the_same(workspace: Workspace, qtbot: QtBot) -> None:
    command = Transfer(date=workspace.ui.today, source="1101", to="1103", amount=50_000)
    owner = QObject()
    with qtbot.waitSignal(workspace.tasks.changed):
        workspace.tasks.record(command, lambda _: pytest.fail("the owner is gone"), owner=owner)
        delete(owner)


def test_long_work_tells_how_far_it_is_and_stops_when_cancelled(
    workspace: Workspace, qtbot: QtBot
) -> None:
    steps: list[int] = []
    ended: list[str] = []
    go_on = threading.Event()

    def work(book: Book, progress: Progress) -> None:
        for step in range(1_000_000):
            progress(step)
            go_on.wait(0.001)
        pytest.fail("it should have been cancelled")

    job = workspace.tasks.long(
        work, lambda _: ended.append("done"), steps.append, settled=lambda: ended.append("settled")
    )
    qtbot.waitUntil(lambda: len(steps) >= 2)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == ["settled"]
    assert steps == sorted(steps)


def test_a_book_that_can_not_be_opened_is_an_expected_error(qtbot: QtBot) -> None:
    def refuse() -> Book:
        raise StorageError("no-such-book", path="x")

    tasks = Tasks(refuse)
    heard: list[str] = []
    tasks.run(lambda book: book.path, lambda _: None, lambda error: heard.append(error.code))
    qtbot.waitUntil(lambda: heard == ["no-such-book"])
    tasks.close()


@pytest.mark.parametrize("reads", [False, True])
def test_what_was_written_before_esc_was_heard_is_told_all_the_same(
    workspace: Workspace, qtbot: QtBot, reads: bool
) -> None:
    begun, go_on, heard = threading.Event(), threading.Event(), list[str]()

    def work(_book: Book, _tell: Progress) -> str:
        begun.set()
        go_on.wait(10)
        return "done"

    dialog = LongWork(workspace, "Menghitung", 10)
    dialog.stopped.connect(lambda: heard.append("stopped"))
    dialog.start(work, heard.append, reads=reads)
    qtbot.waitUntil(begun.is_set)
    dialog.reject()
    go_on.set()
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    assert heard == (["stopped"] if reads else ["done"])


@pytest.mark.parametrize("left", [False, True])
def test_long_work_shows_a_bar_and_can_be_left(
    workspace: Workspace, qtbot: QtBot, left: bool
) -> None:
    read, go_on, told = threading.Event(), threading.Event(), list[str]()

    def work(book: Book, tell: Progress) -> str:
        read.wait()
        tell(40)
        go_on.wait()
        tell(100)
        return "done"

    dialog = LongWork(workspace, "Membaca buku", 100)
    dialog.start(work, told.append)
    assert (dialog.bar.minimum(), dialog.bar.maximum()) == (0, 0), "it only moves"
    read.set()
    qtbot.waitUntil(lambda: dialog.bar.value() == 400)
    assert dialog.bar.maximum() == 1_000
    if left:
        dialog.reject()
        assert not dialog.cancel_button.isEnabled()
    with qtbot.waitSignal(dialog.accepted):
        go_on.set()
    assert told == ([] if left else ["done"])
