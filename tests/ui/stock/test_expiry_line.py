"""The days ahead as a line: where the hand is, and what is painted."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent
from pytestqt.qtbot import QtBot

from kwt_books.domain.values import first_day
from tests.ui.painted import Sheet, noting
from ui.kit.look import GUTTER, Mode, UiContext
from ui.stock.page import SOON, Expiring, ExpiryLine

WIDE, HIGH = 700, 86


class Line(Sheet):
    """Also writes down the dots: where, how large, in which colour."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui.theme)
        self._ui, self._brush = ui, ""
        self.dots: list[tuple[float, float, str]] = []

    def setBrush(self, color: Any) -> None:  # noqa: N802 - Qt's name
        self._brush = self.name_of(color)

    def drawEllipse(self, middle: QPointF, radius: float, _high: float) -> None:  # noqa: N802
        self.dots.append((middle.x(), radius, self._brush))

    def fontMetrics(self) -> QFontMetrics:  # noqa: N802 - Qt's name
        return QFontMetrics(self._ui.theme.font("caption"))


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def line(ui: UiContext, qtbot: QtBot) -> ExpiryLine:
    made = ExpiryLine(ui)
    qtbot.addWidget(made)
    made.resize(WIDE, HIGH)
    days = (timedelta(2), SOON, SOON + timedelta(1), timedelta(100))
    made.show_days([Expiring(ui.today + each, ("Chips 1 pack",)) for each in days])
    return made


def hand(line: ExpiryLine, x: float) -> int:
    none = Qt.MouseButton.NoButton
    at = QPointF(x, HIGH / 2)
    move = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
    line.mouseMoveEvent(move)
    return line.selected


def test_the_nearest_day_is_chosen_unless_all_are_far(line: ExpiryLine, ui: UiContext) -> None:
    near = ui.theme.px(24)
    last = line.place_of(3)
    for x, chosen in (
        (line.place_of(0), 0), (line.place_of(2) + 1, 2), (last, 3), (last - near, 3),
        (last - near - 1, -1),
    ):  # fmt: skip
        assert hand(line, x) == chosen
    line.show_days([])
    assert hand(line, 100) == -1, "there is none"


def test_days_are_dots_and_those_soon_are_amber(
    line: ExpiryLine, ui: UiContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.select(1)
    sheet = Line(ui)
    monkeypatch.setattr("ui.stock.page.smooth", lambda _line: sheet)
    with noting(sheet):
        line.grab()
    px = ui.theme.px
    assert sheet.dots == [
        (line.place_of(0), px(6), "amber"), (line.place_of(1), px(8), "amber"),
        (line.place_of(2), px(6), "accent"), (line.place_of(3), px(6), "accent"),
    ]  # fmt: skip
    ground = next(each for each in sheet.drawn if each.color == "amber_bg")
    assert ground.place.left() == round(line.plot().left())
    assert abs(ground.place.right() - line.place_of(1)) <= 1
    texts = [each for each in sheet.drawn if each.what]
    assert texts[0].what == "today"
    firsts = [first_day(f"2026-{month:02}") for month in range(7, 13)]
    ahead = [each for each in firsts if ui.today < each <= ui.today + timedelta(100)]
    words = {ui.short_day(each) for each in ahead}
    assert {each.what for each in texts[1:]} <= words
    assert len(texts) >= len(words), "there is room for all, but perhaps the first"
    assert all(one.place.right() < other.place.left() for one, other in pairwise(texts))
    assert all(each.place.left() >= 0 and each.place.right() <= WIDE for each in texts)
    assert {each.color for each in texts} == {"text2"}
    assert all(each.place.top() > line.plot().bottom() for each in texts)


def test_a_far_expiry_leaves_the_line_readable(ui: UiContext, qtbot: QtBot) -> None:
    """A year mistyped as 2099 would else draw a line for each of nine hundred months."""
    line = ExpiryLine(ui)
    qtbot.addWidget(line)
    line.resize(1032, 86)
    line.show_days([Expiring(date(2099, 12, 31), ("Keripik 3 bungkus",))])
    drawn, plot, grid = line.grab().toImage(), line.plot(), ui.theme.color("grid")
    across = range(round(plot.left()), round(plot.right()))
    marked = [x for x in across if drawn.pixelColor(x, round(plot.top()) + 4) == grid]
    assert len(marked) < len(across) // 10


@pytest.mark.parametrize("percent", [100, 150])
def test_the_days_and_the_words_below_begin_where_the_card_s_words_do(
    ui: UiContext, qtbot: QtBot, percent: int
) -> None:
    ui.theme.use(Mode.LIGHT, percent)
    line = ExpiryLine(ui)
    qtbot.addWidget(line)
    line.resize(1032, ui.theme.px(86))
    line.show_days([Expiring(date(2026, 7, 31), ("Keripik 3 bungkus",))])
    drawn, plot = line.grab().toImage(), line.plot()
    below, ground = range(plot.bottom() + 8, line.height()), drawn.pixelColor(0, 0)
    written = [x for x in range(200) if any(drawn.pixelColor(x, y) != ground for y in below)]
    assert plot.left() == GUTTER
    assert abs(written[0] - GUTTER) <= 2
