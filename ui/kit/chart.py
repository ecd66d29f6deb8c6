"""The base of all charts (scale, grid, going through the places), and the chart of twelve months
with bars and a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAccessibleWidget, QSizePolicy, QWidget

from kwt_books.i18n.formats import NIL
from ui.kit.card import paint_disc
from ui.kit.layout import fill, label, row
from ui.kit.look import CENTRE, Theme, UiContext, smooth
from ui.kit.popup import Tip

# -- What all charts share: a scale, a grid, and going through the places with mouse or keys -----


_GAPS = 4
_DISC, _SAID = 88, 44
"""Heights of the disc, and of the words below it, in a chart that is empty."""
_NICE = (1, 2, 5)
_BAR = 30
"""Width of a bar, in pixels at a text size of 100 percent."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Grid lines from `low` to `high` in equal steps."""

    low: int
    high: int
    step: int

    @property
    def ticks(self) -> range:
        """The values of the grid lines."""
        return range(self.low, self.high + 1, self.step)


def scale_for(values: Sequence[int]) -> Scale:
    """The scale for values: at most five lines and one below zero, in steps of 1, 2 or 5 times a
    power of ten.
    """
    if not any(values):
        return Scale(0, 1, 2)  # the line at nothing alone
    most, least = max(1, *values), min(0, *values)
    power = 1
    while True:
        for nice in _NICE:
            step = nice * power
            above, below = -(-most // step), -(least // step)
            if above + below <= _GAPS + (least < 0):
                return Scale(-below * step, above * step, step)
        power *= 10


@dataclass(frozen=True, slots=True)
class Frame:
    """The chart's margins around the plot and its height, in pixels at a text
    size of 100 percent.
    """

    left: int
    top: int
    right: int
    below: int
    height: int
    least: int
    """The least height at which it can be read."""
    width: int = 480
    gap: int = 8
    """Space between the grid's figures and the plot."""


class Swatch(NamedTuple):
    """An entry of a chart's legend: its words, and the colours of a bar's ground and edge; without
    a ground it is a line.
    """

    words: str
    ground: str
    edge: str

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paints what it looks like into 22 by 16 pixels."""
        if self.ground:
            place = QRectF(1.5, 2.5, 11, 11)
            theme.paint_round(painter, place, self.ground, 3, edge=self.edge)
            return
        painter.setPen(QPen(theme.color(self.edge), 2))
        painter.drawLine(QPointF(1, 8), QPointF(21, 8))
        painter.setBrush(theme.color(self.edge))
        painter.drawEllipse(QPointF(11, 8), 3, 3)

    @property
    def width(self) -> int:
        """The pixels it takes across."""
        return 14 if self.ground else 22


class Plot(QWidget):
    """The base of charts: places side by side on a scale; ← and → go through them, their figures in
    a tooltip.
    """

    def __init__(self, ui: UiContext, frame: Frame) -> None:
        super().__init__()
        self._ui, self.frame = ui, frame
        self.scale = scale_for((0, 0))
        self.selected = -1
        self.tip: Tip | None = None
        self.swatches: tuple[Swatch, ...] = ()
        """The legend, where there are several figures."""
        self.on_paper = False
        """Whether it is drawn for a picture, in which nobody can point at anything."""
        self._widest = 0
        """Width of the widest figure of the grid, in pixels: a sign must not be cut off."""
        self.setProperty("ring", 6)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # -- to be overridden ------------------------------------------------------------------

    def _places(self) -> int:
        """How many places there are."""
        raise NotImplementedError

    def _peak(self, place: int) -> int:
        """The value above which a place's tooltip is shown."""
        raise NotImplementedError

    def describe(self, place: int) -> str:
        """The figures of a place in words."""
        raise NotImplementedError

    def tell(self, place: int) -> str:
        """The figures of a place below each other, under what the place is called."""
        heading, _, rest = self.describe(place).partition(": ")
        return "\n".join([heading, *rest.replace("; ", ", ").split(", ")])

    def tick(self, value: int) -> str:
        """The text beside a grid line."""
        return self._ui.formats.compact(value)

    # -- positions -------------------------------------------------------------------------

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self.frame.width, self._ui.theme.px(self.frame.height))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(240, self._ui.theme.px(self.frame.least))

    def plot(self) -> QRect:
        px, frame = self._ui.theme.px, self.frame
        figures = max(px(frame.left), self._widest + frame.gap)
        left = figures if frame.gap else frame.left  # a card's inset doesn't grow with the letters
        return self.rect().adjusted(left, px(frame.top), -frame.right, -px(frame.below))

    def _y(self, value: int) -> float:
        plot, scale = self.plot(), self.scale
        return plot.bottom() - (value - scale.low) * plot.height() / (scale.high - scale.low)

    def place_of(self, place: int) -> float:
        """How far from the left the middle of a place is, in pixels."""
        return self.plot().left() + (place + 0.5) * self._across()

    def _across(self) -> float:
        """The width of one place, in pixels."""
        return self.plot().width() / max(1, self._places())

    # -- showing ---------------------------------------------------------------------------

    def _show(self, name: str, values: Sequence[int]) -> None:
        """Shows new values, and describes them for a screen reader."""
        self.scale, self.selected = scale_for(values), -1
        metrics = self._ui.theme.metrics("caption", figures=True)
        ticks = [self.tick(value) for value in self.scale.ticks] if self.frame.gap else []
        self._widest = max(map(metrics.horizontalAdvance, ticks), default=0)
        texts = [self.describe(place) for place in range(self._places())]
        self.setAccessibleName(name)
        self.setAccessibleDescription("\n".join(texts))
        self.update()

    def _paint_grid(self, painter: QPainter) -> None:
        """Paints the ticks: sharp lines and, where it doesn't run into the one below, the figure of
        each. What follows has smooth edges.
        """
        theme, plot = self._ui.theme, self.plot()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        high, free = theme.metrics("caption", figures=True).height(), self.height()
        for tick in self.scale.ticks:
            y = round(self._y(tick))
            painter.setPen(theme.color("grid" if tick else "line"))
            painter.drawLine(plot.left(), y, plot.right(), y)
            if y + high // 2 > free:
                continue
            free = y - high // 2
            place = QRect(0, y - 12, plot.left() - self.frame.gap, 24)
            theme.write(painter, place, self.tick(tick), "text2", "caption", figures=True, at=right)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_nothing(self, painter: QPainter, text: str) -> None:
        """Paints, in place of the plot, an icon on a disc and why there is nothing yet."""
        theme = self._ui.theme
        side, line = theme.px(_DISC), theme.px(_SAID)
        high = side + line if self.height() >= side + line else line
        top = (self.height() - high) // 2
        if high > line:
            disc = QRect((self.width() - side) // 2, top, side, side)
            paint_disc(painter, theme, "chart-bar", disc)
        below = QRect(0, top + high - line, self.width(), line)
        foot = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        theme.write(painter, below, text, "text2", at=foot)

    def _bar(self, place: int, value: int, wide: int = _BAR, share: float = 0.7) -> QRectF:
        """The bar from nothing to a value; `wide` pixels wide where that is no more than its
        `share` of the place.
        """
        width = min(self._ui.theme.px(wide), self._across() * share)
        top, base = sorted((self._y(value), self._y(0)))
        return QRectF(self.place_of(place) - width / 2, top, width, base - top)

    def _paint_bar(self, painter: QPainter, bar: QRectF, fill: str, edge: str) -> None:
        inside = bar.adjusted(0.5, 0.5, -0.5, -0.5)
        self._ui.theme.paint_round(painter, inside, fill, 3, edge=edge)

    def _write_below(
        self,
        painter: QPainter,
        place: int,
        top: float,
        text: str,
        color: str = "text2",
        *,
        bold: bool = False,
        wide: float = 80,
    ) -> None:
        """Writes a line below a place."""
        below = QRectF(self.place_of(place) - wide / 2, top, wide, self._ui.theme.px(18))
        self._ui.theme.write(painter, below, text, color, "caption", bold=bold, at=CENTRE)

    def _write_year(
        self, painter: QPainter, place: int, top: float, year: str, *, begins_next: bool
    ) -> None:
        """Writes the year that begins at a place; not where the next place has one as well and
        both would run into each other.
        """
        wide = self._ui.theme.metrics("caption").horizontalAdvance(year) + 8
        if not begins_next or wide <= self._across():
            self._write_below(painter, place, top, year)

    # -- going through the places ----------------------------------------------------------

    def select(self, place: int) -> None:
        """Selects a place and shows its figures; -1 selects none."""
        if place == self.selected:
            return
        self.selected = place
        if place >= 0:
            spot = QPoint(round(self.place_of(place)), round(self._y(self._peak(place))) - 8)
            if self.tip is None:
                self.tip = Tip(self._ui, self)
            self.tip.say(self.tell(place), self.mapToGlobal(spot))
        elif self.tip is not None:
            self.tip.hide()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        plot, places = self.plot(), self._places()
        across = event.position().x() - plot.left()
        place = int(across * places // max(1, plot.width()))
        self.select(place if across >= 0 and place < places else -1)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self.select(-1)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        self.select(-1)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.select(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        places = self._places()
        if event.key() == Qt.Key.Key_Escape and self.selected >= 0:
            self.select(-1)
            return
        if step is None or not places:
            super().keyPressEvent(event)
            return
        start = self.selected if self.selected >= 0 else min(-step, 0)
        self.select((start + step) % places)


_FRAME = Frame(48, 24, 1, 40, height=260, least=140, width=560, gap=10)
_DOT = 5.0
"""Radius of the dot of a selected month."""


@dataclass(frozen=True, slots=True)
class Point:
    """A month in whole rupiah; no line where nothing was recorded. `year` is given where a year
    begins.
    """

    label: str
    bar: int
    line: int | None
    year: str = ""


class BarLineChart(Plot):
    """Bars and a line, month by month; the last point is the month in hand."""

    def __init__(self, ui: UiContext, bars: str, line: str) -> None:
        super().__init__(ui, _FRAME)
        self._bars, self._line = bars, line
        self.swatches = (Swatch(bars, "bar", "bar_edge"), Swatch(line, "", "chart_line"))
        self._points: tuple[Point, ...] = ()

    def show_points(self, points: Sequence[Point]) -> None:
        """Shows these months."""
        self._points = tuple(points)
        values = [0, *(value for each in points for value in (each.bar, each.line or 0))]
        self._show(f"{self._bars}, {self._line}", values)

    def _places(self) -> int:
        return len(self._points)

    def _peak(self, place: int) -> int:
        return self._points[place].bar

    def describe(self, place: int) -> str:
        """`Juni 2026: Omzet Rp3.323.500, Keuntungan Rp1.200.000`."""
        point, rupiah = self._points[place], self._ui.formats.rupiah
        year = next((each.year for each in reversed(self._points[: place + 1]) if each.year), "")
        when = f"{point.label} {year}".strip()
        if point.line is None:
            return f"{when}: {NIL}"
        return f"{when}: {self._bars} {rupiah(point.bar)}, {self._line} {rupiah(point.line)}"

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if not self._points:  # the book has not answered yet
            return
        painter = QPainter(self)
        if not any(each.bar or each.line for each in self._points):
            text = self._ui.t("The chart appears once something is earned or spent")
            self._paint_nothing(painter, text)
            return
        self._paint_grid(painter)
        for place in range(len(self._points)):
            self._paint_month(painter, place)
            self._paint_label(painter, place)
        self._paint_line(painter)
        self._paint_figures(painter)  # last: the line would cross them

    def _paint_month(self, painter: QPainter, place: int) -> None:
        theme, point = self._ui.theme, self._points[place]
        if not point.bar:
            return
        now, rect = place == len(self._points) - 1, self._bar(place, point.bar)
        path = QPainterPath()
        path.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, 4), 3, 3)
        clip = QPainterPath()
        clip.addRect(rect)
        painter.setPen(QPen(theme.color("bar_now" if now else "bar_edge"), 1))
        painter.setBrush(theme.color("bar_now" if now else "bar"))
        painter.drawPath(path.intersected(clip))

    def _paint_figures(self, painter: QPainter) -> None:
        """The month in hand's turnover above its bar, on paper every month's."""
        first = 0 if self.on_paper else len(self._points) - 1
        for place, point in enumerate(self._points[first:], first):
            if point.bar:
                self._paint_figure(painter, self._bar(place, point.bar), point)

    def _paint_figure(self, painter: QPainter, rect: QRectF, point: Point) -> None:
        """Above the bar, and above the line's dot where it would lie on that."""
        theme, text = self._ui.theme, self._ui.formats.compact(point.bar)
        width = theme.metrics("caption", bold=True).horizontalAdvance(text) + 2
        place = QRectF(rect.center().x() - width / 2, rect.top() - 22, width, 20)
        place.moveRight(min(place.right(), float(self.width() - 1)))
        dot = self._y(point.line or 0)
        if place.top() - _DOT < dot < place.bottom() + _DOT:
            place.moveBottom(dot - _DOT)
        theme.paint_round(painter, place, "surface", 3)
        theme.write(painter, place, text, "text", "caption", bold=True, at=CENTRE)

    def _paint_label(self, painter: QPainter, place: int) -> None:
        point, now, top = (
            self._points[place],
            place == len(self._points) - 1,
            self.plot().bottom() + 4,
        )
        self._write_below(painter, place, top, point.label, "text" if now else "text2", bold=now)
        if point.year:
            below, after = top + self._ui.theme.px(17), self._points[place + 1 : place + 2]
            begins_next = any(each.year for each in after)
            self._write_year(painter, place, below, point.year, begins_next=begins_next)

    def _paint_line(self, painter: QPainter) -> None:
        theme = self._ui.theme
        dots = {
            at: QPointF(self.place_of(at), self._y(each.line))
            for at, each in enumerate(self._points)
            if each.line is not None
        }
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for name, width in (("surface", 5), ("chart_line", 2)):
            painter.setPen(QPen(theme.color(name), width))
            painter.drawPolyline(list(dots.values()))
        for place, dot in dots.items():
            radius = _DOT if place == self.selected else _DOT - 1
            painter.setPen(QPen(theme.color("surface"), 2))
            painter.setBrush(theme.color("chart_line"))
            painter.drawEllipse(dot, radius, radius)


class _Swatch(QWidget):
    """What a bar or the line looks like, for the legend."""

    def __init__(self, ui: UiContext, swatch: Swatch) -> None:
        super().__init__()
        self._ui, self._swatch = ui, swatch
        self.setFixedSize(swatch.width, 16)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = smooth(self)
        self._swatch.paint(painter, self._ui.theme)


def legend(ui: UiContext, swatches: Sequence[Swatch]) -> QWidget:
    """The legend of a chart."""
    made = QWidget()
    across = row(parent=made, space=6)
    for place, swatch in enumerate(swatches):
        fill(across, *((10,) if place else ()), _Swatch(ui, swatch), label(swatch.words, "caption"))
    return made


# -- What a screen reader is told ----------------------------------------------------------------


def _told_of(_kind: str, thing: QObject) -> QAccessibleInterface | None:
    """A chart is told to be one; its figures are its description."""
    return QAccessibleWidget(thing, QAccessible.Role.Chart) if isinstance(thing, Plot) else None


QAccessible.installFactory(_told_of)
