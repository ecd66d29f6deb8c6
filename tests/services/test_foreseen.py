"""What is recorded on a far server is tried before, portion by portion, and comes in its order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kwt_books.domain.errors import RuleError
from kwt_books.services import foreseen

Log = list[tuple[str, Any]]


class State:
    """Says what is done with it; `far` as a server's is."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.waits_for_write = False

    def flush(self) -> None:
        self.log.append(("flush", None))


class Recorder:
    """Tries on the state that it is given."""

    def __init__(self, state: State) -> None:
        self.state = state

    def on(self, state: State) -> Recorder:
        return Recorder(state)


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Log:
    monkeypatch.setattr(foreseen, "foresees", lambda state: True)
    monkeypatch.setattr(foreseen, "foresee", lambda state, trying: trying(State(state.log)))
    return []


def run(
    log: Log, things: list[int], attempt: Callable[[Recorder, int], None], **named: Any
) -> list[int]:
    """The things as they come; what was done before each stands in the log."""

    def tried(recorder: Recorder, thing: int) -> None:
        log.append(("tried", thing))
        attempt(recorder, thing)

    recorder: Any = Recorder(State(log))
    found = []
    for each in foreseen.foreseen(things, recorder, tried, **named):  # type: ignore[arg-type]
        log.append(("came", each))
        found.append(each)
    return found


def test_a_hundred_are_tried_before_the_first_of_them_comes(log: Log) -> None:
    assert run(log, list(range(250)), lambda recorder, thing: None) == list(range(250))
    for first, last in ((0, 100), (100, 200), (200, 250)):
        portion = log[2 * first : 2 * last]
        assert portion == [
            (what, each) for what in ("tried", "came") for each in range(first, last)
        ]


def test_what_is_heavy_makes_a_portion_of_its_own(log: Log) -> None:
    things = [1024 * 1024 - 1, 1, 1024 * 1024, 5]
    assert run(log, things, lambda recorder, thing: None, weight=lambda n: n) == things
    assert [what for what, _ in log] == ["tried"] * 2 + ["came"] * 2 + ["tried", "came"] * 2


def test_what_is_refused_in_trying_comes_all_the_same(log: Log) -> None:
    def refuse(recorder: Recorder, thing: int) -> None:
        if thing == 1:
            raise RuleError("month-closed")
        if thing == 2:
            raise ValueError(thing)

    assert run(log, [0, 1, 2, 3], refuse) == [0, 1, 2, 3]
    assert log[:4] == [("tried", each) for each in range(4)]


def test_what_asks_for_those_before_it_is_tried_again_once_they_are_written(log: Log) -> None:
    def wait(recorder: Recorder, thing: int) -> None:
        recorder.state.waits_for_write = thing in (2, 3)

    assert run(log, [0, 1, 2, 3, 4], wait) == [0, 1, 2, 3, 4]
    assert log == [
        *(("tried", each) for each in (0, 1, 2)),
        ("came", 0), ("came", 1), ("flush", None),
        ("tried", 2), ("came", 2), ("flush", None),  # even alone, it comes
        ("tried", 3), ("came", 3), ("flush", None),
        ("tried", 4), ("came", 4),
    ]  # fmt: skip


def test_near_by_nothing_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreseen, "foresees", lambda state: False)
    log: Log = []
    assert run(log, [1, 2], lambda recorder, thing: None) == [1, 2]
    assert log == [("came", 1), ("came", 2)]
