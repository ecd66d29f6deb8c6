"""The days ahead as a line: where the hand is, and what is painted."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent
from pytestqt.qtbot import QtBot

from kwt_books.domain.values import first_day
from tests.ui.painted import Sheet, noting
from ui.kit.look import UiContext
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
