"""Nothing of the screen is let go on the book's thread."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.kit.worker import Worker


class Noted:
    """Part of a circle, as widgets and what they are connected to are."""

    def __init__(self, threads: list[threading.Thread]) -> None:
        self.threads, self.me = threads, self

    def __del__(self) -> None:
        self.threads.append(threading.current_thread())


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


def test_circles_are_let_go_on_the_screens_thread(worker: Worker, qtbot: QtBot) -> None:
    gone: list[threading.Thread] = []
    for _ in range(10):
        Noted(gone)

    def allocate() -> int:
        """More than enough for a collection, were it automatic."""
        return len([[number] for number in range(20 * gc.get_threshold()[0])])

    done: list[int] = []
    worker.submit(allocate, done.append)
    qtbot.waitUntil(lambda: bool(done))
    gc.collect()
    assert len(gone) == 10
    assert set(gone) == {threading.main_thread()}


def test_what_a_job_holds_is_let_go_on_the_screens_thread(worker: Worker, qtbot: QtBot) -> None:
    gone: list[threading.Thread] = []

    class Held:
        def work(self) -> None:
            pass

        def __del__(self) -> None:
            gone.append(threading.current_thread())

    for _ in range(50):
        worker.submit(Held().work, lambda _found: None)
    qtbot.waitUntil(lambda: not worker.busy)
    gc.collect()
    assert len(gone) == 50
    assert set(gone) == {threading.main_thread()}


def test_collecting_goes_on_while_a_worker_lives(worker: Worker) -> None:
    assert not gc.isenabled()
    threads: list[threading.Thread] = []
    for _ in range(gc.get_threshold()[0] + 1):
        Noted(threads)
    worker.collector.collect()
    assert threads, "the timer does what Python would have done"


def test_the_last_worker_hands_it_back(qtbot: QtBot) -> None:
    first, second = Worker(), Worker()
    first.close()
    assert not gc.isenabled()
    second.close()
    assert gc.isenabled()
