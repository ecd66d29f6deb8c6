"""Who records in a book without passwords: an officer by name, never the computer's account."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Person, Role
from kwt_books.domain.documents.money import Transfer
from kwt_books.i18n.formats import in_indonesia
from kwt_books.reports.story import story
from tests.ui.windows import at_rest, window_over
from ui.kit.workspace import Workspace


@pytest.fixture
def person() -> Person:
    """As the computer knows whoever opened the book."""
    return Person("root", Role.CHAIR)


def recorded_by(workspace: Workspace, qtbot: QtBot) -> str:
    found: list[str] = []
    move = Transfer(date=workspace.ui.today, source="1102", to="1101", amount=5000)

    def work(book: object) -> str:
        number = book.record(move).number  # type: ignore[attr-defined]
        return book.read_in("id", story, number).recorded_by

    workspace.tasks.change(work, ("transfer",), found.append)
    at_rest(workspace, qtbot)
    return found[0]


def test_it_is_the_treasurer_until_somebody_else_is_chosen(
    workspace: Workspace, desk_for: Callable[[Path], Workspace], qtbot: QtBot
) -> None:
    window_over(workspace, qtbot)
    group = workspace.group
    assert group is not None
    assert workspace.person.name == group.treasurer
    assert recorded_by(workspace, qtbot) == group.treasurer
    workspace.choose_recorder(group.chair)
    at_rest(workspace, qtbot)
    assert recorded_by(workspace, qtbot) == group.chair
    again = desk_for(workspace.book)
    again.learn_setup()
    at_rest(again, qtbot)
    assert again.person.name == group.chair, "as it was chosen on this computer"


def test_the_top_shows_who_records(workspace: Workspace, qtbot: QtBot) -> None:
    window = window_over(workspace, qtbot)
    group = workspace.group
    assert group is not None
    assert group.treasurer in window.header.person.accessibleName()
    workspace.choose_recorder(group.chair)
    assert group.chair in window.header.person.accessibleName()


@pytest.mark.parametrize("hours", [-8, 0, 5, 7, 8, 9])
def test_records_bear_a_zone_of_indonesia(monkeypatch: pytest.MonkeyPatch, hours: int) -> None:
    sign = "-" if hours > 0 else "+"  # as POSIX has it
    monkeypatch.setenv("TZ", f"XXX{sign}{abs(hours)}")
    if hasattr(time, "tzset"):
        time.tzset()
    moment = in_indonesia(datetime(2026, 7, 1, 2, 12, tzinfo=UTC))
    assert moment == datetime(2026, 7, 1, 2, 12, tzinfo=UTC)
    offset = moment.utcoffset()
    assert offset in {timedelta(hours=each) for each in (7, 8, 9)}
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()
