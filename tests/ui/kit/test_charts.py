"""Charts: what they say, where their places stand, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from kwt_books.book import Book
from kwt_books.domain.files import file_name_for
from kwt_books.queries.kitchen import Made
from kwt_books.queries.overview import setup_data
from kwt_books.queries.shops import Visit
from tests.ui.windows import window_over
from ui.kit.bar_chart import Bar, BarChart
from ui.kit.chart import BarLineChart, Point
from ui.kit.chart_picture import ChartPicture
from ui.kit.look import DARK, GUTTER, LIGHT, Mode, Theme, UiContext
from ui.kit.phone import WIDTH
from ui.kit.workspace import Workspace
from ui.kitchen.page import BatchCosts, KitchenPage, MadeBeforePage
from ui.money.page import MoneyPage, TillPart
from ui.shops.page import ShopMonths
from ui.stock.page import Expiring, ExpiryLine


def test_bars_are_said_and_gone_through_with_keys(ui: UiContext, qtbot: QtBot) -> None:
    chart = BarChart(ui)
    qtbot.addWidget(chart)
    chart.resize(400, 160)
    chart.show()
    chart.show_bars("Kas", [Bar("Jun", 5, "Juni: Rp5"), Bar("Jul", -2, "Juli: −Rp2")], mark=9)
    assert chart.accessibleName() == "Kas"
    assert chart.accessibleDescription() == "Juni: Rp5\nJuli: −Rp2"
    assert chart.scale.low < 0 <= 9 <= chart.scale.high
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert chart.selected == 0
    assert chart.tip is not None
    assert (chart.tip.heading.text(), chart.tip.words.text()) == ("Juni", "Rp5")
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.selected == -1
    assert not chart.tip.isVisible()


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


def test_years_below_neighbours_do_not_run_into_each_other(ui: UiContext, qtbot: QtBot) -> None:
    chart = BarLineChart(ui, "Omzet", "Keuntungan")
    qtbot.addWidget(chart)
    ends = Point("Jan", 5, 5, "2026"), Point("Feb", 5, 5)

    def below(first: Point) -> bool:
        """Whether the first year is written in a chart of that month and eleven more."""
        chart.show_points((first, *ends, *(Point("Mar", 5, 5) for _ in range(9))))
        image = chart.grab().toImage()
        middle, half = round(chart.place_of(0)), 6
        high = ui.theme.px(17)
        foot = image.copy(middle - half, image.height() - high + 4, 2 * half, high - 8)
        return (
            len({foot.pixel(x, y) for x in range(foot.width()) for y in range(foot.height())}) > 1
        )

    chart.resize(420, 260)
    assert not below(Point("Des", 5, 5, "2025"))
    chart.resize(1400, 260)
    assert below(Point("Des", 5, 5, "2025"))


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


def test_a_book_of_nothing_earned_has_no_scale(ui: UiContext, qtbot: QtBot) -> None:
    chart = BarLineChart(ui, "Omzet", "Keuntungan")
    qtbot.addWidget(chart)
    chart.resize(560, 260)
    looks = []
    for line in (None, 0):
        chart.show_points([Point("Jun", 0, line, "2026")])
        looks.append(chart.grab().toImage())
    assert looks[0] == looks[1]
    bars = BarChart(ui)
    qtbot.addWidget(bars)
    bars.show_bars("Kas", [Bar("Jun", 0, "")])
    assert [bars.tick(value) for value in bars.scale.ticks] == ["0"]


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


def test_days_of_expiry_stand_in_proportion(ui: UiContext, qtbot: QtBot) -> None:
    """The clock stands on the first of July; what is over stands where the line begins."""
    line = ExpiryLine(ui)
    qtbot.addWidget(line)
    line.resize(1032, 86)
    days = [date(2026, 6, 1), date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 30)]
    line.show_days([Expiring(day, ("Keripik 3 bungkus",)) for day in days])
    assert line.place_of(0) == line.place_of(1)
    gaps = [later - before for before, later in pairwise(map(line.place_of, range(1, 4)))]
    assert abs(gaps[0] - gaps[1]) < 0.01
    assert "Keripik 3 bungkus" in line.accessibleDescription()


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
    assert GUTTER <= written[0] <= GUTTER + 2


def test_the_till_draws_what_it_says(workspace: Workspace, qtbot: QtBot) -> None:
    """The last bar is what the accounts come to; the sample is one month and needs no chart."""
    page = window_over(workspace, qtbot, "cash").page
    assert isinstance(page, MoneyPage)
    part = page.findChild(TillPart)
    assert part is not None
    assert part.till is not None
    accounts = sum(each.balance for each in part.till.accounts)
    assert list(part.till.months.values())[-1] == accounts
    assert part.by_month.isHidden() == (len(part.till.months) < 2)


def test_the_history_draws_the_batches_of_what_is_chosen(
    workspace: Workspace, qtbot: QtBot
) -> None:
    page = window_over(workspace, qtbot, "kitchen").page
    assert isinstance(page, KitchenPage)
    page.show_part("history")
    part = page.findChild(MadeBeforePage)
    assert part is not None
    qtbot.waitUntil(lambda: bool(part.things))
    chosen = part.chosen
    assert chosen is not None
    same = [each for each in part.things if each.item == chosen.item and each.corrected_by is None]
    assert part.costs.isHidden() == (len(same) < 2)
    if len(same) > 1:
        costs = [each.unit_cost for each in reversed(same)]
        assert [each.value for each in part.costs.chart.bars] == costs


def batch(number: int, cost: int, **other: object) -> Made:
    made = Made(
        f"BM-{number}", date(2026, 6, number), "keripik", "Keripik", "bungkus", 10_000, cost,
        f"L-{number}", None, 0, 9_000, (), None,
    )  # fmt: skip
    return replace(made, **other)  # type: ignore[arg-type]


def test_batches_of_one_product_stand_in_their_order(workspace: Workspace, qtbot: QtBot) -> None:
    """Without other products and what was undone; one batch alone needs no chart."""
    costs = BatchCosts(workspace)
    qtbot.addWidget(costs)
    newest, other = batch(9, 70_000), batch(8, 10_000, item="pare")
    undone, oldest = batch(7, 20_000, corrected_by="BM-8"), batch(5, 50_000)
    costs.show_batches(newest, (newest, other, undone, oldest))
    assert [(bar.value, bar.tone) for bar in costs.chart.bars] == [(5_000, ""), (7_000, "now")]
    assert not costs.isHidden()
    costs.show_batches(other, (newest, other, undone, oldest))
    assert costs.isHidden()
    costs.show_batches(None, (newest, oldest))
    assert costs.isHidden()


def visit(day: date, received: int, corrected_by: str | None = None) -> Visit:
    return Visit("BKM-1", day, "consignment_settlement", (), 0, received, 0, corrected_by)


def test_months_of_a_shop_have_no_gap(workspace: Workspace, qtbot: QtBot) -> None:
    """A month without a settlement is a month of nothing; what was undone is none."""
    months = ShopMonths(workspace)
    qtbot.addWidget(months)
    visits = [
        visit(date(2027, 1, 20), 30_000), visit(date(2027, 1, 2), 5_000),
        visit(date(2026, 12, 31), 99_000, "BM-1"), visit(date(2026, 11, 1), 40_000),
    ]  # fmt: skip
    months.show_visits("Warung Bu Siti", visits)
    assert [each.value for each in months.chart.bars] == [40_000, 0, 35_000]
    assert not months.isHidden()
    months.show_visits("Warung Bu Siti", visits[:2])
    assert months.isHidden()


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
