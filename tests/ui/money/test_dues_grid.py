"""The grid of dues by itself: ticks, amounts and what is wrong with them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.money import DuesLine
from kwt_books.domain.values import Month
from ui.kit.look import UiContext
from ui.kit.ticks import TICK
from ui.money.dues import DuesGrid

NAMES = {"a": "Bu Ani", "b": "Pak Budi"}
JANUARY, PAYS = 1, 13


@pytest.fixture
def grid(english: UiContext, qtbot: QtBot) -> DuesGrid:
    made = DuesGrid(english)
    qtbot.addWidget(made)
    made.learn(NAMES, {"b": frozenset({Month("2026-01"), Month("2025-12")})})
    made.use_rate(10_000)
    return made


def said(grid: DuesGrid, row: int) -> str:
    """A row's months as ticks and dots, and what it pays."""
    cells = [grid.table.said(row, at) for at in range(JANUARY, PAYS + 1)]
    return "".join("x" if each == TICK else "." for each in cells[:-1]) + f" {cells[-1]}"


def test_a_month_is_ticked_and_taken_back(grid: DuesGrid) -> None:
    told: list[int] = []
    grid.changed.connect(lambda: told.append(grid.total()))
    assert [grid.table.said(row, 0) for row in range(2)] == ["Bu Ani", "Pak Budi"]
    assert [said(grid, row) for row in range(2)] == ["............ ", "x........... "]
    assert not grid.was_touched
    for at in (JANUARY, JANUARY + 11, JANUARY + 1):
        grid.press(0, at)
        assert grid.was_touched, "what is wrong is told from the first tick on"
    assert said(grid, 0) == "xx.........x 30,000"
    assert (grid.table.currentRow(), grid.table.currentColumn()) == (0, JANUARY + 1)
    grid.press(0, JANUARY)
    assert said(grid, 0) == ".x.........x 20,000"
    assert told == [10_000, 20_000, 30_000, 20_000]
    for row, at in ((1, JANUARY), (0, 0), (0, PAYS)):
        grid.press(row, at)
    assert len(told) == 4, "paid before, the name, the amount: no month to tick"
    assert grid.value() == (
        DuesLine(party="a", months=(Month("2026-02"), Month("2026-12")), amount=20_000),
    )
    assert grid.said_rows() == [("a", "Bu Ani")]


def test_another_year_shows_its_own_months(grid: DuesGrid) -> None:
    grid.press(0, JANUARY)
    grid.show_year(2025)
    assert [said(grid, row) for row in range(2)] == ["............ 10,000", "...........x "]
    grid.press(0, PAYS - 1)
    assert said(grid, 0) == "...........x 20,000"
    assert grid.value()[0].months == (Month("2025-12"), Month("2026-01"))


def test_an_amount_of_its_own_stands_until_a_month_is_ticked(grid: DuesGrid) -> None:
    cell = grid.table.item(0, PAYS)
    assert cell is not None
    assert not cell.flags() & Qt.ItemFlag.ItemIsEditable, "nothing is paid yet"
    grid.press(0, JANUARY)

    def type_in(text: str) -> None:
        cell = grid.table.item(0, PAYS)
        assert cell is not None
        assert cell.flags() & Qt.ItemFlag.ItemIsEditable
        cell.setText(text)

    type_in(" 7500 ")
    assert (said(grid, 0)[13:], grid.total()) == ("7,500", 7_500)
    type_in("much")
    assert (said(grid, 0)[13:], grid.total()) == ("much", 0)
    asked = "What does it pay? Fill in the dues of a month above, or the amount here"
    assert grid.problem() == f"Bu Ani: {asked}"
    grid.press(0, JANUARY + 1)
    assert (said(grid, 0)[13:], grid.problem()) == ("20,000", "")


def test_without_a_rate_each_house_says_what_it_pays(grid: DuesGrid) -> None:
    told: list[int | None] = []
    grid.changed.connect(lambda: told.append(grid.rate))
    for rate in (None, None, 5_000, 5_000):
        grid.use_rate(rate)
    assert told == [None, 5_000]
    assert grid.problem() == "Tick at least one month"
    grid.use_rate(None)
    grid.press(1, JANUARY + 4)
    assert grid.problem().startswith("Pak Budi: ")
    assert (grid.value()[0].amount, said(grid, 1)[13:]) == (0, "")
    grid.use_rate(2_000)
    assert (grid.problem(), grid.total()) == ("", 2_000)


def test_a_draft_and_a_document_fill_it_in(grid: DuesGrid) -> None:
    grid.press(0, JANUARY)
    kept = grid.state()
    assert kept == {"a": {"months": ["2026-01"], "amount": ""}}
    told: list[int] = []
    grid.changed.connect(lambda: told.append(grid.total()))
    grid.set_value([
        {"party": "b", "months": ["2026-01", "2026-03"], "amount": 12_000},
        {"party": "gone", "months": ["2026-02"]},
    ])  # fmt: skip
    assert [said(grid, row) for row in range(3)] == [
        "............ ", "x.x......... 12,000", ".x.......... 10,000",
    ]  # fmt: skip
    assert grid.table.said(2, 0) == "gone", "paid once, and no resident now"
    assert told == [22_000]
    grid.press(1, JANUARY)
    assert said(grid, 1) == "x.x......... 10,000", "what was paid before stays ticked"
    grid.set_value(kept)
    assert (grid.state(), grid.table.rowCount()) == (kept, 2)
    grid.set_value(None)
    assert grid.value() == ()
