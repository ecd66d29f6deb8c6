"""The numbers of a row: what was typed, and what follows from it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.domain.values import UNIT
from tests.ui.selling.hand import here
from ui.selling.market_day import MarketDayForm, MarketRow


@pytest.fixture
def row(form: MarketDayForm) -> MarketRow:
    found = form.grid.rows["keripik-bayam"]
    assert isinstance(found, MarketRow)
    return found


def enter(row: MarketRow, **numbers: int) -> None:
    for key, number in numbers.items():
        row.counters[key].type_in(number * UNIT)


def numbers(row: MarketRow) -> list[int]:
    return [row.number(key) // UNIT for key in ("taken", "sold", "returned", "spoiled", "sampled")]


def test_returned_follows_from_sold(row: MarketRow) -> None:
    enter(row, taken=18, sold=13, spoiled=1, sampled=1)
    assert numbers(row) == [18, 13, 3, 1, 1]
    assert row.counters["returned"].computed


def test_sold_follows_once_returned_is_counted_and_the_other_way_round(row: MarketRow) -> None:
    enter(row, taken=18, sold=10, returned=3)
    assert numbers(row) == [18, 15, 3, 0, 0]
    assert row.counters["sold"].computed
    enter(row, sold=12)
    assert numbers(row) == [18, 12, 6, 0, 0]
    assert row.counters["returned"].computed


def test_taken_follows_where_nobody_says_it(row: MarketRow) -> None:
    enter(row, sold=12, returned=2)
    assert numbers(row) == [14, 12, 2, 0, 0]
    enter(row, taken=18)
    assert sum(numbers(row)[1:]) == 18


def test_a_number_being_rubbed_out_is_not_filled_in(row: MarketRow, qtbot: QtBot) -> None:
    enter(row, taken=18, returned=3)
    sold = row.counters["sold"]
    sold.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(sold, Qt.Key.Key_Delete)
    assert sold.text() == ""
    qtbot.keyClicks(sold, "9")
    assert numbers(row)[:3] == [18, 9, 9]


def test_arrow_keys_go_about_the_grid(form: MarketDayForm, qtbot: QtBot) -> None:
    rows = list(form.grid.rows.values())
    first = rows[0].counters
    first["taken"].setFocus(Qt.FocusReason.TabFocusReason)
    for key, wanted in (
        (Qt.Key.Key_Right, first["sold"]),
        (Qt.Key.Key_Down, rows[1].counters["sold"]),
        (Qt.Key.Key_Left, rows[1].counters["taken"]),
        (Qt.Key.Key_Left, first["sampled"]),
    ):
        qtbot.keyClick(here(), key)
        assert here() is wanted
    qtbot.keyClicks(here(), "++-")
    assert first["sampled"].value() == UNIT


def test_a_long_number_is_shown_whole(form: MarketDayForm, qtbot: QtBot) -> None:
    counter = form.grid.rows["keripik-bayam"].counters["taken"]
    edit = counter.lineEdit()
    assert edit is not None
    for thousandths in (7_000, 35_500, 1_250_000, 12_250):
        counter.type_in(thousandths)
        room = edit.width() - 4  # what a line edit keeps free around its text
        assert edit.fontMetrics().horizontalAdvance(edit.text()) <= room
