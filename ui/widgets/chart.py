"""Twelve months of turnover as bars, of profit as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from kwt_books.i18n.formats import NIL
from ui.kit import Kit
from ui.widgets.label import label, row
from ui.widgets.plot import Frame, Plot

_BAR = 30
_FRAME = Frame(48, 24, 1, 40, height=260, least=140, width=560, gap=10)


@dataclass(frozen=True, slots=True)
class Point:
    """Whole rupiah; no line where nothing was recorded. `year` stands where a year begins."""

    label: str
    bar: int
    line: int | None
    year: str = ""


class BarLineChart(Plot):
    """The last point is the month in hand."""

    def __init__(self, kit: Kit, bars: str, line: str) -> None:
        super().__init__(kit, _FRAME)
        self._bars, self._line = bars, line
        self._points: tuple[Point, ...] = ()

    def show_points(self, points: Sequence[Point]) -> None:
        self._points = tuple(points)
        values = [0, *(value for each in points for value in (each.bar, each.line or 0))]
        self._show(f"{self._bars}, {self._line}", values)

    def _places(self) -> int:
        return len(self._points)

    def _peak(self, place: int) -> int:
        return self._points[place].bar

    def describe(self, place: int) -> str:
        """`Juni 2026: Omzet Rp3.323.500, Keuntungan Rp1.200.000`."""
        point, rupiah = self._points[place], self._kit.formats.rupiah
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
        if all(each.line is None for each in self._points):
            text = self._kit.t("The chart appears once something is recorded")
            self._paint_nothing(painter, "chart-bar", text)
            return
        self._paint_grid(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(len(self._points)):
            self._paint_bar(painter, place)
            self._paint_label(painter, place)
        self._paint_line(painter)

    def _paint_bar(self, painter: QPainter, place: int) -> None:
        theme, point = self._kit.theme, self._points[place]
        if not point.bar:
            return
        now = place == len(self._points) - 1
        width = min(theme.px(_BAR), self._across() * 0.7)
        top, base = self._y(point.bar), self._y(0)
        rect = QRectF(self._x(place) - width / 2, min(top, base), width, abs(base - top))
        path = QPainterPath()
        path.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, 4), 3, 3)
        clip = QPainterPath()
        clip.addRect(rect)
        painter.setPen(QPen(theme.color("bar_now" if now else "bar_edge"), 1))
        painter.setBrush(theme.color("bar_now" if now else "bar"))
        painter.drawPath(path.intersected(clip))
        if now:
            self._paint_figure(painter, rect, point.bar)

    def _paint_figure(self, painter: QPainter, rect: QRectF, amount: int) -> None:
        theme = self._kit.theme
        painter.setFont(theme.font("caption", bold=True))
        painter.setPen(theme.color("text"))
        text = self._kit.formats.compact(amount)
        width = painter.fontMetrics().horizontalAdvance(text) + 2
        place = QRectF(rect.center().x() - width / 2, rect.top() - 22, width, 20)
        place.moveRight(min(place.right(), float(self.width() - 1)))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_label(self, painter: QPainter, place: int) -> None:
        theme, point, plot = self._kit.theme, self._points[place], self._plot()
        now = place == len(self._points) - 1
        painter.setFont(theme.font("caption", bold=now))
        painter.setPen(theme.color("text" if now else "text2"))
        below = QRectF(self._x(place) - 40, plot.bottom() + 4, 80, theme.px(18))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, point.label)
        if point.year:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("text2"))
            below.translate(0, theme.px(17))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, point.year)

    def _paint_line(self, painter: QPainter) -> None:
        theme = self._kit.theme
        dots = {
            at: QPointF(self._x(at), self._y(each.line))
            for at, each in enumerate(self._points)
            if each.line is not None
        }
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for name, width in (("surface", 5), ("chart_line", 2)):
            painter.setPen(QPen(theme.color(name), width))
            painter.drawPolyline(list(dots.values()))
        for place, dot in dots.items():
            radius = 5.0 if place == self.selected else 4.0
            painter.setPen(QPen(theme.color("surface"), 2))
            painter.setBrush(theme.color("chart_line"))
            painter.drawEllipse(dot, radius, radius)


class _Swatch(QWidget):
    """What a bar or the line looks like, for the legend."""

    def __init__(self, kit: Kit, *, line: bool) -> None:
        super().__init__()
        self._kit, self._line = kit, line
        self.setFixedSize(22 if line else 14, 16)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._kit.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._line:
            painter.setPen(theme.color("bar_edge"))
            painter.setBrush(theme.color("bar"))
            painter.drawRoundedRect(QRectF(1.5, 2.5, 11, 11), 3, 3)
            return
        painter.setPen(QPen(theme.color("chart_line"), 2))
        painter.drawLine(QPointF(1, 8), QPointF(21, 8))
        painter.setBrush(theme.color("chart_line"))
        painter.drawEllipse(QPointF(11, 8), 3, 3)


def legend(kit: Kit, bars: str, line: str) -> QWidget:
    made = QWidget()
    across = row(made, space=6)
    across.addWidget(_Swatch(kit, line=False))
    across.addWidget(label(bars, "caption"))
    across.addSpacing(16)
    across.addWidget(_Swatch(kit, line=True))
    across.addWidget(label(line, "caption"))
    return made
