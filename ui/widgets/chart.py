"""Twelve months of turnover as bars, of profit as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from kwt_books.i18n.formats import NIL
from ui.kit import Kit
from ui.widgets.label import label, row

_BAR, _GAPS = 30, 4
_NICE = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Point:
    """Whole rupiah; no line where nothing was recorded. `year` stands where a year begins."""

    label: str
    bar: int
    line: int | None
    year: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """Grid lines from `low` to `high` in equal steps."""

    low: int
    high: int
    step: int

    @property
    def ticks(self) -> range:
        return range(self.low, self.high + 1, self.step)


def scale_for(values: Sequence[int]) -> Scale:
    """Five lines at the most, one more below zero; steps of 1, 2 or 5 times a power of ten."""
    most, least = max(1, *values), min(0, *values)
    power = 1
    while True:
        for nice in _NICE:
            step = nice * power
            above, below = -(-most // step), -(least // step)
            if above + below <= _GAPS + (least < 0):
                return Scale(-below * step, above * step, step)
        power *= 10


class BarLineChart(QWidget):
    """The last point is the month in hand. ← → go through the months, the figures in a tooltip."""

    def __init__(self, kit: Kit, bars: str, line: str) -> None:
        super().__init__()
        self._kit, self._bars, self._line = kit, bars, line
        self._points: tuple[Point, ...] = ()
        self._scale = scale_for((0, 0))
        self.selected = -1
        self.setProperty("ring", 6)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(560, self._kit.theme.px(260))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(240, self._kit.theme.px(140))

    def show_points(self, points: Sequence[Point]) -> None:
        self._points = tuple(points)
        self._scale = scale_for(
            [0, *(value for each in points for value in (each.bar, each.line or 0))]
        )
        self.selected = -1
        texts = [self.describe(place) for place in range(len(points))]
        self.setAccessibleName(f"{self._bars}, {self._line}")
        self.setAccessibleDescription("\n".join(texts))
        self.update()

    def describe(self, place: int) -> str:
        """`Juni 2026: Omzet Rp3.323.500, Keuntungan Rp1.200.000`."""
        point, rupiah = self._points[place], self._kit.formats.rupiah
        year = next((each.year for each in reversed(self._points[: place + 1]) if each.year), "")
        when = f"{point.label} {year}".strip()
        if point.line is None:
            return f"{when}: {NIL}"
        return f"{when}: {self._bars} {rupiah(point.bar)}, {self._line} {rupiah(point.line)}"

    # -- where things stand ----------------------------------------------------------------

    def _plot(self) -> QRect:
        px = self._kit.theme.px
        return self.rect().adjusted(px(48), px(24), -1, -px(40))

    def _y(self, amount: int) -> float:
        plot, scale = self._plot(), self._scale
        span = scale.high - scale.low
        return plot.bottom() - (amount - scale.low) * plot.height() / span

    def _x(self, place: int) -> float:
        plot = self._plot()
        return plot.left() + (place + 0.5) * plot.width() / max(1, len(self._points))

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        if all(each.line is None for each in self._points):
            painter.setPen(self._kit.theme.color("text2"))
            text = self._kit.t("The chart appears once something is recorded")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
            return
        self._paint_grid(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(len(self._points)):
            self._paint_bar(painter, place)
            self._paint_label(painter, place)
        self._paint_line(painter)

    def _paint_grid(self, painter: QPainter) -> None:
        theme, plot = self._kit.theme, self._plot()
        painter.setFont(theme.font("caption", figures=True))
        for tick in self._scale.ticks:
            y = round(self._y(tick))
            painter.setPen(theme.color("line" if tick == 0 else "grid"))
            painter.drawLine(plot.left(), y, plot.right(), y)
            painter.setPen(theme.color("text2"))
            place = QRect(0, y - 12, plot.left() - 10, 24)
            text = self._kit.formats.compact(tick)
            painter.drawText(
                place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text
            )

    def _paint_bar(self, painter: QPainter, place: int) -> None:
        theme, point = self._kit.theme, self._points[place]
        if not point.bar:
            return
        now = place == len(self._points) - 1
        width = min(theme.px(_BAR), self._plot().width() / max(1, len(self._points)) * 0.7)
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

    # -- going through the months ----------------------------------------------------------

    def select(self, place: int) -> None:
        """Shows the figures of a month; -1: of none."""
        if place == self.selected:
            return
        self.selected = place
        if place < 0:
            QToolTip.hideText()
        else:
            spot = QPoint(round(self._x(place)), round(self._y(self._points[place].bar)) - 8)
            QToolTip.showText(self.mapToGlobal(spot), self.describe(place), self)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        plot = self._plot()
        across = event.position().x() - plot.left()
        place = int(across * len(self._points) // max(1, plot.width()))
        self.select(place if across >= 0 and place < len(self._points) else -1)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self.select(-1)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.select(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._points:
            super().keyPressEvent(event)
            return
        start = self.selected if self.selected >= 0 else min(-step, 0)
        self.select((start + step) % len(self._points))


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
