"""What is counted of the stock, row by row, without a book."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.stock import CountLine
from tests.ui.painted import painted
from tests.ui.windows import let_go
from ui.kit.card import Icon
from ui.kit.layout import column
from ui.kit.look import UiContext
from ui.stock.forms import Counted, CountGrid, CountRow

CHIPS = Counted("chips", "Chips", "pack", 5_000)
GREENS = Counted("greens", "Greens", "bunch", 2_500)
SOIL = Counted("soil", "Soil", "kg", 0)


@pytest.fixture
def grid(english: UiContext, around: QWidget, qtbot: QtBot) -> CountGrid:
    before, made = QPushButton("before"), CountGrid(english)
    made.show_items([CHIPS, GREENS, SOIL])
    column(before, (made, 1), parent=around)
    around.resize(640, 400)
    with qtbot.waitActive(around):
        around.show()
    return made


def row(grid: CountGrid, code: str = "chips") -> CountRow:
    return grid.rows[code]


@pytest.mark.parametrize(
    ("typed", "words", "tone", "icon"),
    [("5", "agrees", "good", "check-circle"), ("4", "1 pack short", "warn", "arrow-down"),
     ("6.5", "1.5 pack over", "warn", "arrow-up"), ("", "", "", ""), ("many", "", "", "")],
)  # fmt: skip
def test_a_count_is_told_beside_what_the_book_has(
    grid: CountGrid, english: UiContext, typed: str, words: str, tone: str, icon: str
) -> None:
    counted = row(grid)
    counted.field.setText("9")
    counted.field.setText(typed)
    (told,) = [each for each in counted.findChildren(Icon) if each.parent() is not counted][:1]
    assert (counted.difference.text(), told.isVisible()) == (words, bool(icon))
    if icon:
        assert counted.difference.property("tone") == tone
        drawn = painted(told, english.theme).texts
        assert drawn == [(f"<{icon}>", "accent_text" if tone == "good" else "amber")]
    assert counted.is_filled is bool(typed)
    assert [each.text() for each in counted.findChildren(QLabel)][:2] == ["Chips", "5 pack"]
    assert counted.field.accessibleName() == "Chips, counted"


def test_columns_stand_below_their_headings(grid: CountGrid) -> None:
    heads = {each.text(): each for each in grid.findChildren(QLabel) if each.isVisible()}
    counted = row(grid)
    places = {"As recorded": heads["5 pack"], "Counted": counted.field,
              "Difference": counted.difference.parentWidget()}  # fmt: skip
    for title, part in places.items():
        assert part is not None
        for corner in (part.rect().topLeft(), part.rect().topRight()):
            head = heads[title].mapTo(grid, corner if corner.x() == 0 else QPoint(
                heads[title].width() - 1, 0))  # fmt: skip
            assert abs(part.mapTo(grid, corner).x() - head.x()) <= 1, title


def test_arrows_go_from_row_to_row(grid: CountGrid, qtbot: QtBot) -> None:
    grid.focus_first()
    for key, code in (("Down", "greens"), ("Down", "soil"), ("Down", "soil"), ("Up", "greens"),
                      ("Up", "chips"), ("Up", "chips")):  # fmt: skip
        here = QApplication.focusWidget()
        qtbot.keyClick(here, Qt.Key.Key_Down if key == "Down" else Qt.Key.Key_Up)
        assert row(grid, code).field.hasFocus()
    first = grid.window().findChild(QPushButton)
    assert first is not None
    first.setFocus()
    for code in ("chips", "greens", "soil"):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert row(grid, code).field.hasFocus()


def test_only_what_was_counted_is_a_line(grid: CountGrid) -> None:
    told: list[int] = []
    grid.changed.connect(lambda: told.append(len(grid.filled)))
    assert (grid.problem(), grid.value()) == ("Fill in what you counted", ())
    row(grid, "greens").field.setText("0")
    row(grid).field.setText("4.5")
    assert grid.value() == (CountLine(item="chips", counted=4_500),
                            CountLine(item="greens", counted=0))  # fmt: skip
    assert (grid.problem(), told[-1]) == ("", 2)
    assert grid.field is row(grid).field
    row(grid, "soil").field.setText("many")
    assert grid.problem() == row(grid, "soil").field.problem() != ""
    assert grid.field is row(grid, "soil").field, "the one with a problem"


def test_a_count_is_looked_at_once_a_row_was_left(grid: CountGrid) -> None:
    assert not grid.was_touched
    row(grid, "greens").touch()
    assert grid.was_touched


def test_what_was_filled_in_waits_for_its_item(grid: CountGrid) -> None:
    grid.set_value({"chips": "4", "pots": "7"})
    assert grid.state() == {"chips": 4_000, "pots": "7"}
    grid.show_items([replace(CHIPS, book=4_000), GREENS, SOIL])
    assert (row(grid).difference.text(), row(grid).field.text()) == ("agrees", "4")
    grid.show_items([Counted("pots", "Pots", "", 1_000), CHIPS])
    let_go()
    assert [*grid.rows] == ["pots", "chips"]
    assert {code: each.field.text() for code, each in grid.rows.items()} == {
        "pots": "7", "chips": "4",
    }  # fmt: skip
    assert len(grid.findChildren(CountRow)) == 2
    grid.set_value(None)
    assert (grid.state(), grid.filled) == ({}, [])


def test_a_message_stands_in_the_row_that_it_is_about(grid: CountGrid) -> None:
    row(grid, "greens").field.setText("3")
    row(grid, "soil").field.setText("1")
    assert grid.say_at("1.counted", "Too much")
    assert row(grid, "soil").field.property("tone") == "error"
    assert "Too much" in [each.text() for each in row(grid, "soil").findChildren(QLabel)]
    assert not grid.say_at("2.counted", "Nowhere")
    row(grid, "soil").say("Sure?", "warn")
    assert row(grid, "soil").field.property("tone") == "warn"
    grid.clear()
    assert row(grid, "soil").field.property("tone") == ""
