"""Charts: what they say, where their places stand, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from kwt_books.book import Book
from kwt_books.domain.files import file_name_for
from kwt_books.queries.overview import setup_data
from ui.kit.bar_chart import Bar, BarChart
from ui.kit.chart import BarLineChart, Point
from ui.kit.chart_picture import ChartPicture
from ui.kit.look import DARK, LIGHT, Mode, Theme, UiContext
from ui.kit.phone import WIDTH
from ui.kit.workspace import Workspace


def test_a_screen_reader_hears_of_a_chart_with_its_values(ui: UiContext, qtbot: QtBot) -> None:
    chart = BarChart(ui)
    qtbot.addWidget(chart)
    chart.show_bars("Kas", [Bar("Jun", 5, "Juni: Rp5")])
    told = QAccessible.queryAccessibleInterface(chart)
    assert told.role() == QAccessible.Role.Chart
    assert told.text(QAccessible.Text.Name) == "Kas"
    assert told.text(QAccessible.Text.Description) == "Juni: Rp5"


@pytest.fixture
def dark(theme: Theme) -> Theme:
    theme.use(Mode.DARK, 100)
    return theme


@pytest.fixture
def pictured(workspace: Workspace, qtbot: QtBot) -> ChartPicture:
    chart = BarChart(workspace.ui, named=True)
    qtbot.addWidget(chart)
    chart.resize(400, 160)
    chart.show_bars("Untung: tiap barang", [Bar("Keripik", 5_000, ""), Bar("Sayur", -2_000, "")])
    return ChartPicture(workspace, chart)


def test_a_chart_is_copied_in_light_colours_as_wide_as_a_phone(
    pictured: ChartPicture, dark: Theme
) -> None:
    """Whatever look is on the screen, and without moving anything there."""
    before = pictured.chart.size()
    pictured.copy()
    image = QGuiApplication.clipboard().image()
    assert image.width() == WIDTH
    assert image.pixelColor(2, 2) == QColor(LIGHT.surface)
    seen = {image.pixelColor(x, y).name().upper() for x in range(0, WIDTH, 5)
            for y in range(0, image.height(), 5)}  # fmt: skip
    assert {LIGHT.bar, LIGHT.grid} <= seen, "bars and grid are drawn"
    assert pictured.chart.size() == before
    assert not pictured.chart.on_paper
    assert dark.color("surface") == QColor(DARK.surface)


def test_the_day_of_a_picture_stands_beside_a_long_name(
    pictured: ChartPicture, workspace: Workspace, sample_book: Book
) -> None:
    setup = workspace.setup = sample_book.read(setup_data)
    assert setup.group is not None
    short = pictured.picture()
    group = replace(setup.group, name="Kelompok Wanita Tani Sukamaju " * 5)
    workspace.setup = replace(setup, group=group)
    long = pictured.picture()
    day = workspace.ui.theme.metrics("caption").horizontalAdvance(
        workspace.ui.formats.day(workspace.ui.today)
    )
    scale = WIDTH / workspace.ui.theme.px(480)
    left, high = WIDTH - round((16 + day) * scale), round(34 * scale)
    ends = [each.copy(left, each.height() - high, WIDTH - left, high) for each in (short, long)]
    assert ends[0] == ends[1]
    assert len({ends[0].pixel(x, y) for x in range(0, ends[0].width(), 2)
                for y in range(ends[0].height())}) > 1, "something is written there"  # fmt: skip


def test_no_line_crosses_a_figure(ui: UiContext, qtbot: QtBot) -> None:
    """The line to a month that is far above the others passes where theirs are written."""
    chart = BarLineChart(ui, "Omzet", "Keuntungan")
    qtbot.addWidget(chart)
    chart.resize(560, 260)
    line = ui.theme.color("chart_line").rgb()

    def crossed(profit: int) -> bool:
        """Whether the line is seen where the figure of a low month stands."""
        chart.show_points([Point("Mei", 100_000, profit), Point("Jun", 9_000_000, 9_000_000)])
        image = chart.grab().toImage()
        left, base = round(chart.place_of(0)), chart.plot().bottom()
        figure = image.copy(left - 12, base - 22, 24, 16)
        pixels = (figure.pixel(x, y) for x in range(figure.width()) for y in range(figure.height()))
        return line in pixels

    chart.on_paper = True
    assert not crossed(0)
    dot = QPoint(round(chart.place_of(0)), 0)
    for profit in range(0, 1_000_000, 100_000):  # below, on and above the figure
        chart.show_points([Point("Mei", 100_000, profit), Point("Jun", 9_000_000, 9_000_000)])
        scale, plot = chart.scale, chart.plot()
        dot.setY(round(plot.bottom() - (profit - scale.low) * plot.height() / scale.high))
        assert chart.grab().toImage().pixel(dot) == line, "no figure covers a month's dot"
    chart.on_paper = False
    assert crossed(0), "without a figure there is the line"


def test_a_chart_is_saved_as_a_picture(
    pictured: ChartPicture, workspace: Workspace, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    asked: list[str] = []

    def choose(_parent: object, _title: str, offered: str, *_rest: object) -> tuple[str, str]:
        asked.append(Path(offered).name)
        return str(tmp_path / "untung.png"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    with qtbot.waitSignal(workspace.said) as said:
        pictured.choose_file()
    assert asked == [f"{file_name_for('Untung: tiap barang')}.png"], "a name that a file can have"
    assert QImage(str(tmp_path / "untung.png")).width() == WIDTH
    assert said.args is not None
    assert "untung.png" in said.args[0].strong


def test_a_picture_that_finds_no_folder_says_so(
    pictured: ChartPicture, workspace: Workspace, tmp_path: Path
) -> None:
    pictured.save(tmp_path / "tidak-ada" / "untung.png")
    shown = workspace.problems.shown
    assert shown is not None
    assert shown.windowTitle() == workspace.ui.t("The picture was not saved")
    shown.close()


def test_no_figure_of_the_grid_is_cut_off(ui: UiContext, qtbot: QtBot) -> None:
    """A loss of half a million must not read as half a million."""
    chart = BarChart(ui)
    qtbot.addWidget(chart)
    chart.resize(400, 160)
    chart.show_bars("Laba", [Bar("Jun", -500_000, ""), Bar("Jul", 123_456_789_000, "")])
    metrics = ui.theme.metrics("caption", figures=True)
    texts = [chart.tick(value) for value in chart.scale.ticks]
    room = chart.plot().left() - chart.frame.gap
    assert max(map(metrics.horizontalAdvance, texts)) <= room


def test_figures_of_a_low_grid_do_not_run_into_each_other(
    ui: UiContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside: list[QRect] = []

    def write(_theme: Theme, _on: object, place: QRect, *_: object, **_how: object) -> None:
        if place.left() == 0:
            beside.append(place)

    monkeypatch.setattr(Theme, "write", write)
    chart, high = BarChart(ui), ui.theme.metrics("caption", figures=True).height()
    qtbot.addWidget(chart)
    chart.show_bars("Saldo", [Bar("Okt", 9_500_000, ""), Bar("Nov", 14_323_335, "")])
    for height in (60, 100, 260):
        beside.clear()
        chart.resize(400, height)
        chart.grab()
        assert beside
        assert all(
            one.center().y() - other.center().y() >= high - 1 for one, other in pairwise(beside)
        )
    assert len(beside) == len(chart.scale.ticks)
