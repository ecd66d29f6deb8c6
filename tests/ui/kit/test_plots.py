"""Where charts put bars, lines and words, measured against their own scale."""

from __future__ import annotations

from itertools import pairwise
from unittest.mock import patch

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.painted import Drawn, painted
from ui.kit.bar_chart import Bar, BarChart
from ui.kit.chart import BarLineChart, Point, Swatch, legend, scale_for
from ui.kit.look import UiContext

MONTHS = [Point("Nov", 2_000_000, 500_000, "2025"), Point("Dec", 0, -250_000),
          Point("Jan", 4_000_000, None, "2026"), Point("Feb", 1_000_000, 1_500_000)]  # fmt: skip


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def chart(ui: UiContext, qtbot: QtBot) -> BarLineChart:
    made = BarLineChart(ui, "Turnover", "Profit")
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show_points(MONTHS)
    with qtbot.waitActive(made):
        made.show()
    return made


def height_of(chart: BarLineChart | BarChart, value: int) -> float:
    """Pixels from the top at which a value stands: the scale spans the plot."""
    plot, scale = chart.plot(), chart.scale
    return plot.bottom() - plot.height() * (value - scale.low) / (scale.high - scale.low)


def texts(chart: BarLineChart | BarChart, ui: UiContext) -> dict[str, Drawn]:
    """What is written, by its words; the first where the same is written twice."""
    drawn = reversed(painted(chart, ui.theme).drawn)
    return dict(reversed({each.what: each for each in drawn if each.what}.items()))


def test_the_grid_has_a_figure_beside_each_line(chart: BarLineChart, ui: UiContext) -> None:
    values = [value for each in MONTHS for value in (each.bar, each.line or 0)]
    assert chart.scale == scale_for(values)
    drawn, plot = texts(chart, ui), chart.plot()
    for tick in chart.scale.ticks:
        told = drawn[ui.formats.compact(tick)]
        assert told.color in ("text2", "text")
        assert abs(told.place.center().y() - height_of(chart, tick)) <= 2
        assert told.place.right() < plot.left()
    assert chart.rect().contains(plot)


def test_months_stand_side_by_side_with_their_names_below(
    chart: BarLineChart, ui: UiContext
) -> None:
    drawn, plot = texts(chart, ui), chart.plot()
    across = plot.width() / len(MONTHS)
    for place, month in enumerate(MONTHS):
        middle = plot.left() + across * (place + 0.5)
        assert chart.place_of(place) == pytest.approx(middle)
        name = drawn[month.label]
        now = month is MONTHS[-1]
        assert (name.color, name.font.bold()) == (("text", True) if now else ("text2", False))
        assert abs(name.place.center().x() - middle) <= 2
        assert name.place.top() > plot.bottom()
        if month.year:
            assert drawn[month.year].place.top() >= name.place.bottom()
    assert [each for each in ("2025", "2026") if each in drawn] == ["2025", "2026"]


def test_bars_reach_from_nothing_to_their_value(chart: BarLineChart) -> None:
    bars: list[QRectF] = []
    with patch.object(
        QPainter, "drawPath", lambda _painter, path: bars.append(path.boundingRect())
    ):
        chart.grab()
    shown = [(place, each) for place, each in enumerate(MONTHS) if each.bar]
    assert len(bars) == len(shown), "a month of nothing has no bar"
    for bar, (place, month) in zip(bars, shown, strict=True):
        assert bar.top() == pytest.approx(height_of(chart, month.bar), abs=1)
        assert bar.bottom() == pytest.approx(height_of(chart, 0), abs=1)
        assert bar.center().x() == pytest.approx(chart.place_of(place), abs=1)
        assert bar.width() <= 0.7 * chart.plot().width() / len(MONTHS) + 1


def test_the_line_goes_through_the_months_that_have_one(chart: BarLineChart) -> None:
    lines: list[list[QPointF]] = []
    dots: list[tuple[QPointF, float]] = []
    with (
        patch.object(QPainter, "drawPolyline", lambda _painter, points: lines.append(points)),
        patch.object(
            QPainter, "drawEllipse", lambda _p, dot, wide, _high: dots.append((dot, wide))
        ),
    ):
        chart.grab()
        chart.select(0)
        chart.grab()
    known = [(place, each.line) for place, each in enumerate(MONTHS) if each.line is not None]
    assert len(lines) == 4, "on a ground of its own, each time"
    for line in lines:
        assert [(each.x(), each.y()) for each in line] == [
            (pytest.approx(chart.place_of(place)), pytest.approx(height_of(chart, value)))
            for place, value in known
        ]
    plain, chosen = dots[:3], dots[3:]
    assert [dot for dot, _ in plain] == [dot for dot, _ in chosen] == lines[0]
    assert chosen[0][1] > plain[0][1], "the one that is pointed at is larger"
    assert [wide for _, wide in chosen[1:]] == [wide for _, wide in plain[1:]]


def test_the_figure_of_the_month_in_hand_stands_above_its_bar(
    chart: BarLineChart, ui: UiContext
) -> None:
    figure = ui.formats.compact(MONTHS[-1].bar)
    told = painted(chart, ui.theme).drawn[-1]
    assert (told.what, told.color, told.font.bold()) == (figure, "text", True)
    assert told.place.bottom() <= height_of(chart, MONTHS[-1].bar)
    assert chart.rect().contains(told.place)
    chart.on_paper = True
    last = [each.what for each in painted(chart, ui.theme).drawn if each.font.bold()]
    figures = [ui.formats.compact(each.bar) for each in MONTHS if each.bar]
    assert [each for each in last if each in figures] == figures, "on paper every month's"


def test_figures_come_up_as_one_goes_through_the_months(
    chart: BarLineChart, ui: UiContext, qtbot: QtBot
) -> None:
    rupiah = ui.formats.rupiah
    assert chart.describe(1) == f"Dec 2025: Turnover Rp0, Profit {rupiah(-250_000)}"
    assert chart.describe(2) == "Jan 2026: –"
    assert chart.tell(3).split("\n") == ["Feb 2026", "Turnover Rp1,000,000", "Profit Rp1,500,000"]
    assert chart.accessibleDescription().split("\n") == [chart.describe(at) for at in range(4)]
    left, right = Qt.Key.Key_Left, Qt.Key.Key_Right
    keys = (right, 0), (right, 1), (left, 0), (left, 3), (left, 2), (right, 3), (right, 0)
    for key, place in keys:
        qtbot.keyClick(chart, key)
        assert chart.selected == place
        assert chart.tip is not None
        assert chart.tip.isVisible()
        said = " ".join(each.text() for each in chart.tip.findChildren(QLabel))
        assert MONTHS[place].label in said or MONTHS[place].label in chart.tell(place)
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert (chart.selected, chart.tip is not None and chart.tip.isVisible()) == (-1, False)
    qtbot.keyClick(chart, left)
    assert chart.selected == 3, "the month in hand first"
    chart.hide()
    assert chart.selected == -1


@pytest.mark.parametrize(
    ("share", "place"), [(0.01, 0), (0.24, 0), (0.26, 1), (0.99, 3), (1.01, -1), (-0.01, -1)]
)
def test_the_mouse_points_at_the_month_below_it(
    chart: BarLineChart, share: float, place: int
) -> None:
    plot = chart.plot()
    at = QPointF(plot.left() + share * plot.width(), plot.center().y())
    chart.select(2)
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(QMouseEvent.Type.MouseMove, at, chart.mapToGlobal(at), none, none,
                       Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(chart, move)
    assert chart.selected == place


def test_a_year_is_left_out_where_it_would_run_into_the_next(ui: UiContext, qtbot: QtBot) -> None:
    for width, shown in ((600, ["2025", "2026"]), (260, ["2026"])):
        made = BarLineChart(ui, "Turnover", "Profit")
        qtbot.addWidget(made)
        made.resize(width, 300)
        many = [Point(str(n), 1, 1) for n in range(10)]
        made.show_points([Point("Dec", 1, 1, "2025"), Point("Jan", 1, 1, "2026"), *many])
        assert [each for each in ("2025", "2026") if each in texts(made, ui)] == shown


def test_nothing_earned_or_spent_is_told_in_words(ui: UiContext, qtbot: QtBot) -> None:
    made = BarLineChart(ui, "Turnover", "Profit")
    qtbot.addWidget(made)
    made.resize(600, 300)
    assert painted(made, ui.theme).drawn == [], "the book has not answered"
    made.show_points([Point("Jan", 0, 0), Point("Feb", 0, None)])
    words = "The chart appears once something is earned or spent"
    assert [*texts(made, ui)][-1] == words
    assert made.rect().contains(texts(made, ui)[words].place)
    made.resize(600, made.minimumSizeHint().height() // 4)
    assert [*texts(made, ui)] == [words], "without a picture where it is low"


def test_the_legend_says_what_is_what(ui: UiContext, qtbot: QtBot) -> None:
    swatches = (Swatch("Bars", "bar", "bar_edge"), Swatch("Line", "", "chart_line"))
    made = legend(ui, swatches)
    qtbot.addWidget(made)
    made.show()
    words = made.findChildren(QLabel)
    assert [each.text() for each in words] == ["Bars", "Line"]
    assert words[0].geometry().right() < words[1].x()
    pictures = [each for each in made.children() if hasattr(each, "grab") and each not in words]
    assert [each.width() for each in pictures] == [each.width for each in swatches] == [14, 22]
    assert [each.color for each in painted(pictures[0], ui.theme).drawn] == ["bar"]
    for picture, word in zip(pictures, words, strict=True):
        assert picture.geometry().right() < word.x()


def test_bars_of_one_figure_are_told_and_marked(ui: UiContext, qtbot: QtBot) -> None:
    made = BarChart(ui)
    qtbot.addWidget(made)
    made.resize(500, 240)
    bars = [Bar("May", 10, "May: 10", ""), Bar("Jun", 30, "Jun: 30", "now"),
            Bar("Jul", -5, "Jul: -5", "warn")]  # fmt: skip
    made.show_bars("Months", bars)
    assert made.accessibleName() == "Months"
    assert made.accessibleDescription().split("\n") == [each.told for each in bars]
    drawn = texts(made, ui)
    names = [drawn[each.label].place for each in bars]
    assert all(one.center().x() < other.center().x() for one, other in pairwise(names))
    assert all(made.rect().contains(each) for each in names)
    made.select(1)
    assert made.tip is not None
    assert made.mapFromGlobal(made.tip.geometry().center()).x() > 0
    assert made.tip.geometry().topLeft() != QPoint(0, 0)


def bars_of(ui: UiContext, qtbot: QtBot, *bars: Bar, named: bool = True, mark: int | None = None,
            width: int = 600) -> BarChart:  # fmt: skip
    made = BarChart(ui, named=named)
    qtbot.addWidget(made)
    made.resize(width, made.sizeHint().height())
    made.show_bars("Products", bars, mark)
    return made


def test_a_figure_stands_in_the_middle_above_its_bar_or_below_a_loss(
    ui: UiContext, qtbot: QtBot
) -> None:
    bars = (Bar("Chips", 4_000_000, ""), Bar("Jam", -2_500_000, "", "warn"), Bar("Tea", 0, ""),
            Bar("Kale", 1_500_000, "", "now"))  # fmt: skip
    chart = bars_of(ui, qtbot, *bars)
    drawn = painted(chart, ui.theme).drawn

    def fills() -> list[str]:
        return [each.color for each in painted(chart, ui.theme).drawn
                if each.color.startswith(("bar", "amber"))]  # fmt: skip

    assert fills() == ["bar", "amber_bg", "bar_now"], "nothing is drawn of nothing"
    for place, each in enumerate(bars):
        found = [said for said in drawn if said.what == chart.tick(each.value) and said.font.bold()]
        assert len(found) == bool(each.value)
        for figure in found:
            assert abs(figure.place.center().x() - chart.place_of(place)) < 2
            end = height_of(chart, each.value)
            gap = end - figure.place.bottom() if each.value > 0 else figure.place.top() - end
            assert 0 <= gap <= 4
            assert chart.rect().contains(figure.place)
    middles = [each.place.center().x() for each in drawn if each.color.startswith(("bar", "amber"))]
    places = [chart.place_of(place) for place, each in enumerate(bars) if each.value]
    assert all(abs(one - other) < 2 for one, other in zip(middles, places, strict=True))
    chart.select(0)
    assert fills() == ["bar_edge", "amber_bg", "bar_now"], "what is pointed at"
    chart.select(1)
    assert fills() == ["bar", "amber", "bar_now"]
    plain = bars_of(ui, qtbot, *bars, named=False)
    assert not any(each.font.bold() for each in painted(plain, ui.theme).drawn)
    plain.on_paper = True
    assert sum(each.font.bold() for each in painted(plain, ui.theme).drawn) == 3
    narrow = bars_of(ui, qtbot, *bars, width=110)
    assert not any(each.font.bold() for each in painted(narrow, ui.theme).drawn), "no room for it"


def test_names_go_on_in_a_second_line_and_are_cut_off_there(ui: UiContext, qtbot: QtBot) -> None:
    names = "Chips", "Chips of spinach and bananas fried", "Unbreakablelongname"
    chart = bars_of(ui, qtbot, *(Bar(each, 5, "") for each in names), width=420)
    below = [each for each in painted(chart, ui.theme).drawn
             if each.what and each.place.top() > chart.plot().bottom()]  # fmt: skip
    texts = [each.what for each in below]
    assert texts[0] == "Chips"
    one, two = texts[1:3] if texts[1] else texts[2:4]
    assert f"{one} {two}".startswith("Chips of spinach")
    room = chart.plot().width() / len(chart.bars) - 8
    metrics = ui.theme.metrics("caption")
    assert all(metrics.horizontalAdvance(each) <= room for each in texts)
    assert any(each.endswith("…") for each in texts)
    for each in below:
        assert chart.rect().contains(each.place)
    heights = sorted({each.place.top() for each in below})
    assert len(heights) == 2
    assert heights[1] - heights[0] == ui.theme.px(18)


@pytest.mark.parametrize("width", [240, 260, 300, 360, 420, 500, 700])
def test_labels_are_left_out_where_they_would_touch_but_not_the_last(
    ui: UiContext, qtbot: QtBot, width: int
) -> None:
    labels = [f"{day} Jun" for day in range(1, 13)]
    chart = bars_of(ui, qtbot, *(Bar(each, 5, "") for each in labels), named=False, width=width)
    shown = [each for each in painted(chart, ui.theme).drawn if each.what in labels]
    names = [each.what for each in shown]
    places = [labels.index(each) for each in names]
    assert places[-1] == len(labels) - 1
    assert len({other - one for one, other in pairwise(places)}) == 1, "every other, third …"
    for one, other in pairwise(shown):
        assert one.place.right() <= other.place.left()
    widest = max(ui.theme.metrics("caption").horizontalAdvance(each) for each in labels)
    if len(names) < len(labels):
        step = places[1] - places[0]
        across = chart.plot().width() / len(labels)
        assert (step - 1) * across < 1.5 * (widest + 8), "as many as there is room for"
    for place, each in zip(places, shown, strict=True):
        assert each.place.right() <= chart.width()
        assert abs(each.place.center().x() - chart.place_of(place)) < 2 or place == places[-1]


def test_a_stroke_to_hold_bars_against_goes_across_at_its_height(
    ui: UiContext, qtbot: QtBot
) -> None:
    for mark in (None, 3_000_000):
        chart = bars_of(ui, qtbot, Bar("Jun", 1_000_000, ""), mark=mark)
        with patch.object(QPainter, "drawLine") as drawn:
            chart.grab()
        lines = [each.args for each in drawn.call_args_list]
        ticks = len(chart.scale.ticks)
        assert len(lines) == ticks + (mark is not None)
        if mark is not None:
            plot, scale = chart.plot(), chart.scale
            high = plot.bottom() - plot.height() * (mark - scale.low) / (scale.high - scale.low)
            left, top, right, bottom = lines[-1]
            assert (left, right, top) == (plot.left(), plot.right(), bottom)
            assert abs(top - high) <= 1
            assert scale.low <= mark <= scale.high
