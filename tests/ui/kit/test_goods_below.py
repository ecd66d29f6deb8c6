"""What stands below the goods of a grid: those out of stock, and others to be added; and the
columns that all of them share with their headings.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.values import UNIT
from kwt_books.queries.selling import Good
from tests.ui.kit.plain_row import Row
from tests.ui.painted import painted
from tests.ui.windows import let_go, said
from ui.kit.button import Button
from ui.kit.goods_grid import GoodsGrid
from ui.kit.goods_row import Columns, CounterColumn
from ui.kit.look import UiContext
from ui.kit.more_goods import GoneRow, MoreGoods
from ui.kit.workspace import Workspace

SOLD = Good("chips", "Chips 100 g", "pack", "finished", 12_000, 5 * UNIT)
GONE = Good("greens", "Greens", "bunch", "produce", 3_000, 0)
COLUMNS = Columns((CounterColumn("qty", "Sold"), CounterColumn("given", "Given")),
                  "Stock", "Price", "Amount")  # fmt: skip


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def grid(ui: UiContext, qtbot: QtBot) -> GoodsGrid:
    made = GoodsGrid(ui, COLUMNS, Row)
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show_goods([SOLD])
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.fixture
def more(workspace: Workspace, grid: GoodsGrid) -> MoreGoods:
    return MoreGoods(workspace, grid)


def sides(part: QWidget, around: QWidget) -> tuple[int, int]:
    left = part.mapTo(around, QPoint()).x()
    return left, left + part.width()


def edges_of(row: Row, grid: GoodsGrid, ui: UiContext) -> dict[str, tuple[int, int]]:
    """Where the columns of a row begin and end, by their headings."""
    drawn = {each.what: each.place for each in painted(row, ui.theme).drawn}
    left = row.mapTo(grid, QPoint()).x()
    stock, amount = (drawn[each].translated(left, 0) for each in ("5", "–"))
    numbers = {each.title: sides(row.counters[each.key], grid) for each in COLUMNS.counters}
    return {
        "Stock": (stock.left(), stock.right() + 1), "Price": sides(row.price, grid), **numbers,
        "Amount": (amount.left(), amount.right() + 1),
    }  # fmt: skip


def test_a_thin_line_ends_each_row_of_goods_out_of_stock(more: MoreGoods) -> None:
    more.show_goods([SOLD, GONE], ())
    (gone,) = more.gone
    gone.resize(600, gone.sizeHint().height())
    gone.show()
    (line,) = gone.findChildren(QFrame, "thin_rule")
    assert line.geometry() == QRect(0, gone.height() - 1, gone.width(), 1)


@pytest.mark.parametrize("wider", [0, 1, 100, 400])
def test_columns_stand_below_their_headings(
    grid: GoodsGrid, more: MoreGoods, ui: UiContext, wider: int
) -> None:
    more.show_goods([SOLD, GONE], None)
    more.show_goods([SOLD, GONE], ())
    grid.resize(COLUMNS.width() + wider, 400)
    QApplication.processEvents()
    assert grid.is_wide
    row = grid.row(SOLD.code)
    assert isinstance(row, Row)
    edges = edges_of(row, grid, ui)
    heads = {each.text(): sides(each, grid) for each in grid.heading.findChildren(QLabel)}
    assert {name: heads[name] for name in edges} == edges
    (gone,) = more.gone
    stock, price = (sides(each, grid) for each in gone.findChildren(QLabel)[1:3])
    assert gone.button is not None
    assert (stock, price) == (edges["Stock"], edges["Price"])
    assert sides(gone.button, grid) == (edges["Sold"][0], edges["Amount"][1])
    ends = [heads["Goods"], *edges.values()]
    gaps = {after[0] - before[1] for before, after in pairwise(ends)}
    assert len(gaps) == 1, "columns are as far from each other everywhere"
    assert (ends[0][0], ends[-1][1]) == (16, grid.width() - 16)


def test_numbers_get_a_line_of_their_own_where_one_has_no_room(
    grid: GoodsGrid, more: MoreGoods
) -> None:
    more.show_goods([SOLD, GONE], ())
    told: list[bool] = []
    grid.wide_changed.connect(told.append)
    for width in (COLUMNS.width() - 1, COLUMNS.width()):
        grid.resize(width, 400)
        QApplication.processEvents()
        shown = {each.text(): each.isVisible() for each in grid.heading.findChildren(QLabel)}
        assert (shown["Sold"], shown["Given"], shown["Amount"]) == (*[grid.is_wide] * 2, True)
        assert [row.laid_out for row in grid.rows.values()] == [grid.is_wide]
        (gone,) = more.gone
        assert sides(gone, grid)[1] <= grid.width()
    assert told == [False, True]


@pytest.mark.parametrize(
    ("good", "words", "form"),
    [
        (GONE, "Nothing in store, harvest first", "harvest"),
        (replace(GONE, item_class="finished"), "Nothing in store, produce first", "production"),
        (replace(GONE, item_class="seedling"), "Nothing ready for sale yet", "seedlings_ready"),
        (replace(GONE, item_class="material"), "Nothing in store", ""),
        (replace(GONE, later=1_500), "Not there yet on that day; 1.5 bunch came later", ""),
    ],
)  # fmt: skip
def test_what_is_out_of_stock_tells_how_to_get_some(
    more: MoreGoods, workspace: Workspace, good: Good, words: str, form: str
) -> None:
    wanted: list[tuple[str, Any]] = []
    workspace.form_wanted.connect(lambda name, given: wanted.append((name, given)))
    more.show_goods([good], ())
    (gone,) = more.gone
    told = [*said(gone), *(each.text() for each in gone.findChildren(QPushButton))]
    assert told == ["Greens", "0", "3,000", words]
    if gone.button is not None:
        gone.button.click()
        assert gone.button.toolTip() == gone.button.text()
    assert wanted == ([(form, {"item": "greens"})] if form else [])


MANY = [replace(GONE, code=f"g{n}", name=f"Greens {n}") for n in range(9)]


@pytest.mark.parametrize(
    ("goods", "named", "shown"),
    [
        (MANY[:8], (), MANY[:8]),
        (MANY, (), []),
        (MANY, ("g3", "g5"), [MANY[3], MANY[5]]),
        (MANY[:2], None, []),
        ([MANY[0], replace(MANY[1], later=1)], None, [MANY[1]]),
        ([SOLD, MANY[0]], (), [MANY[0]]),
    ],
)  # fmt: skip
def test_all_goods_are_named_where_they_are_few(
    more: MoreGoods, goods: list[Good], named: tuple[str, ...] | None, shown: list[Good]
) -> None:
    more.show_goods(MANY, ("g0", "g8"))
    more.show_goods(goods, named)
    let_go()
    assert [each.code for each in more.gone] == [each.code for each in shown]
    assert more.findChildren(GoneRow) == more.gone, "those of before are gone"
    assert more.add.isVisible()


def test_goods_are_added_by_their_name(
    grid: GoodsGrid, more: MoreGoods, qtbot: QtBot, workspace: Workspace
) -> None:
    more.show_goods([SOLD, *MANY[:2]], ())
    assert more.picker is None
    more.add.click()
    picker = more.picker
    assert picker is not None
    assert (picker.isVisible(), picker.hasFocus(), more.add.isVisible()) == (True, True, False)
    assert picker.accessibleName() == workspace.ui.t("Add goods")
    more.show_goods([SOLD, *MANY[:2]], ())
    assert not more.add.isVisible(), "the name is being typed"
    picker.set_value("g1")
    picker.changed.emit()
    assert (picker.isVisible(), picker.value(), more.add.isVisible()) == (False, None, True)
    assert [each.code for each in grid.goods] == ["chips", "g1"]
    row = grid.row("g1")
    assert row is not None
    assert QApplication.focusWidget() in (row.counters["qty"], row.counters["qty"].focusProxy())
    assert [each.isVisible() for each in more.gone] == [True, False]
    more.take("g0")
    assert not more.add.isVisible(), "nothing is left"


def test_a_book_without_goods_says_what_to_set_up(more: MoreGoods, workspace: Workspace) -> None:
    gone_to: list[str] = []
    workspace.place_wanted.connect(lambda there: gone_to.append(f"{there.place}/{there.part}"))
    t = workspace.ui.t
    words = [t("Nothing to sell yet"), t("Set up what is grown and sold, with prices.")]

    def told() -> list[bool]:
        labels = {each.text(): each for each in more.findChildren(QLabel)}
        return [each in labels and labels[each].isVisible() for each in words]

    for goods, empty in (([SOLD], False), ([], True), ([SOLD], False), ([], True)):
        more.show_goods(goods, ())
        assert told() == [empty, empty]
    (button,) = (
        each for each in more.findChildren(Button) if each.text() == t("Open the settings")
    )
    button.click()
    assert gone_to == ["settings/items"]
    assert not more.add.isVisible()
