"""Goods in a grid of which only those in sight are made."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractSlider, QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kwt_books.domain.values import UNIT
from kwt_books.queries.selling import Good
from ui.kit.button import Button
from ui.kit.goods_grid import GoodsGrid
from ui.kit.goods_row import Columns, CounterColumn
from ui.kit.look import GUTTER, Mode, Theme, UiContext
from ui.kit.more_goods import MoreGoods
from ui.kit.workspace import Workspace
from ui.selling.market_day import MarketRow
from ui.selling.sale import SaleRow

KEYS = ("taken", "sold", "returned", "spoiled", "sampled")
MANY = 40
GOODS = [
    Good(f"sayur-{n}", f"Sayur {n} (ikat)", "ikat", "produce", 3_000, 20 * UNIT)
    for n in range(MANY)
]
LAST = GOODS[-1].code


@pytest.fixture
def grid(ui: UiContext, qtbot: QtBot) -> GoodsGrid:
    counters = tuple(CounterColumn(key, key.title()) for key in KEYS)
    made = GoodsGrid(ui, Columns(counters, "Stok", "Harga", "Jumlah"), MarketRow)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show_goods(GOODS)
    with qtbot.waitActive(made):
        made.show()
    return made


def state_of(number: int, taken: int, sold: int) -> dict[str, object]:
    code = GOODS[number].code
    return {"item": code, "taken": taken, "sold": sold, "own": ["taken", "sold"]}


def covered(grid: GoodsGrid) -> bool:
    """Whether what is seen is all rows, without a gap."""
    bar, shown = grid.area.verticalScrollBar(), list(grid.rows.values())
    bottom = bar.value() + grid.area.viewport().height()
    return shown[-1].geometry().bottom() >= bottom or len(shown) == MANY


def test_few_rows_stay_low_in_a_high_window(ui: UiContext, qtbot: QtBot) -> None:
    """The room below them stays empty, also where the price stands below the name."""
    for tight in (False, True):
        columns = Columns((CounterColumn("qty", "Laku"),), "Stok", "Harga", "Jumlah", tight=tight)
        made = GoodsGrid(ui, columns, SaleRow)
        qtbot.addWidget(made)
        made.resize(600, 900)
        made.add_below(QLabel("Tetap di warung"))
        made.show_goods(GOODS[:2])
        made.show()
        QApplication.processEvents()
        for row in made.rows.values():
            assert row.height() == row.sizeHint().height(), tight


def test_buttons_below_the_rows_are_within_their_margin(
    workspace: Workspace, theme: Theme, qtbot: QtBot
) -> None:
    """With strong contrast they have an edge, which begins where the names do."""
    theme.use(Mode.CONTRAST, 100)
    columns = Columns((CounterColumn("qty", "Laku"),), "Stok", "Harga", "Jumlah")
    made = GoodsGrid(workspace.ui, columns, SaleRow)
    qtbot.addWidget(made)
    more = MoreGoods(workspace, made)
    made.show_goods(GOODS[:1])
    more.show_goods(GOODS[:2], ())
    made.resize(900, 400)
    made.show()
    note = Button(workspace.ui, "Tambah catatan", kind="quiet")
    more.line.insertWidget(1, note)
    for first in (more.add, note):
        QApplication.processEvents()
        image = made.grab().toImage()
        middle = first.mapTo(made, first.rect().center()).y()
        edges = [x for x in range(1, 200) if image.pixelColor(x, middle).value() < 110]
        assert edges[0] == GUTTER
        more.add.hide()


def test_rows_are_made_as_far_as_one_looks(grid: GoodsGrid, qtbot: QtBot) -> None:
    bar = grid.area.verticalScrollBar()
    assert len(grid.rows) < MANY
    assert [good.code for good in grid.goods] == [good.code for good in GOODS]
    for value in (*range(0, bar.maximum(), 100), bar.maximum()):
        bar.setValue(value)
        qtbot.waitUntil(lambda: covered(grid))
    assert list(grid.rows) == [good.code for good in GOODS]


def test_the_bar_knows_all_of_them(grid: GoodsGrid, qtbot: QtBot) -> None:
    before = grid.area.verticalScrollBar().maximum()
    assert grid.row(LAST) is not None
    QApplication.processEvents()
    assert grid.area.verticalScrollBar().maximum() == before


def test_a_refused_row_moves_no_column(grid: GoodsGrid, qtbot: QtBot) -> None:
    """Not even where its message is what no longer fits: the bar takes no width."""
    grid.show_goods(GOODS[:4])
    row, bar = next(iter(grid.rows.values())), grid.area.verticalScrollBar()
    grid.resize(900, grid.height() - grid.area.viewport().height() + 4 * row.sizeHint().height())
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    assert grid.area.bar.isHidden()
    before = [counter.mapTo(grid, QPoint()).x() for counter in row.counters.values()]
    row.say("Laku lebih banyak daripada yang dibawa", "error")
    qtbot.waitUntil(grid.area.bar.isVisible)
    assert [counter.mapTo(grid, QPoint()).x() for counter in row.counters.values()] == before
    content = row.mapTo(grid.area, row.amount_shown.geometry().topRight()).x()
    assert content < grid.area.bar.x(), "it lies over the margin"


def test_the_bar_moves_what_it_stands_beside(grid: GoodsGrid, qtbot: QtBot) -> None:
    grid.area.bar.triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)
    qtbot.waitUntil(lambda: len(grid.rows) == MANY)
    assert grid.rows[LAST].visibleRegion().boundingRect().height() == grid.rows[LAST].height()
    grid.area.verticalScrollBar().setValue(0)
    assert grid.area.bar.value() == 0


def test_rows_made_later_look_like_the_first(grid: GoodsGrid) -> None:
    first, last = next(iter(grid.rows.values())), grid.row(LAST)
    assert last is not None
    told = [[counter.computed for counter in row.counters.values()] for row in (first, last)]
    assert told[0] == told[1]
    assert any(told[0])


def test_a_bigger_window_shows_more(grid: GoodsGrid, qtbot: QtBot) -> None:
    before = len(grid.rows)
    grid.resize(900, 800)
    qtbot.waitUntil(lambda: len(grid.rows) > before and covered(grid))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_the_keyboard_comes_through_all_of_them(grid: GoodsGrid, qtbot: QtBot, key: Qt.Key) -> None:
    later = QPushButton("made later than the first rows", grid)
    later.show()
    grid.focus_first()
    been, finished = set(), []
    grid.finished.connect(lambda: finished.append(True))
    for _ in range(MANY * (len(KEYS) + 1)):
        found = QApplication.focusWidget()
        assert found is not None
        if found is later:
            break
        been.add(found.accessibleName())
        qtbot.keyClick(found, key)
        QApplication.processEvents()  # as between two keys: a new row is shown by then
    wanted = {f"{key.title()}, {good.name}" for key in KEYS for good in GOODS}
    assert wanted <= been
    assert bool(finished) == (key == Qt.Key.Key_Return)


def test_down_goes_from_row_to_row(grid: GoodsGrid, qtbot: QtBot) -> None:
    grid.focus_first()
    for good in GOODS:
        found = QApplication.focusWidget()
        assert found is not None
        assert found.accessibleName() == f"Taken, {good.name}"
        qtbot.keyClick(found, Qt.Key.Key_Down)


def test_a_draft_far_below_is_there_and_counts(grid: GoodsGrid, qtbot: QtBot) -> None:
    lines = [state_of(2, 10, 8), state_of(MANY - 2, 5, 5)]
    with qtbot.waitSignal(grid.changed):
        grid.set_value(lines)
    assert [row.good.code for row in grid.filled] == [line["item"] for line in lines]
    assert grid.amount == (8 + 5) * 3_000
    kept = grid.state()
    grid.show_goods([replace(good, on_hand=good.on_hand - UNIT) for good in GOODS])
    assert grid.state() == kept
    grid.show_goods(GOODS[1:])
    assert grid.state() == kept
    grid.set_value([])
    assert not grid.filled
    assert grid.amount == 0


def test_goods_that_are_added_come_last(grid: GoodsGrid) -> None:
    added = replace(GOODS[0], code="bayam", name="Bayam")
    row = grid.add_good(added)
    assert grid.goods[-1] == added
    assert list(grid.rows.values())[-1] is row


def test_who_listens_to_the_screen_gets_all_at_once(
    ui: UiContext, grid: GoodsGrid, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    grid.show_goods(GOODS[1:])
    assert len(grid.rows) == MANY - 1


def test_more_rows_come_into_sight_while_others_are_laid_out(
    grid: GoodsGrid, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out, told = MarketRow.lay_out, []

    def seen(row: MarketRow, *, wide: bool) -> None:
        lay_out(row, wide=wide)
        if not told:
            told.append(wide)
            grid.row(LAST)

    monkeypatch.setattr(MarketRow, "lay_out", seen)
    grid.resize(400, 400)
    QApplication.processEvents()
    assert told == [False]
    assert {row.laid_out for row in grid.rows.values()} == {False}
