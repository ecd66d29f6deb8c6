"""What all charts share: a scale, a grid, and going through the places with mouse or keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.kit import Kit
from ui.widgets.icon import paint_disc

_GAPS = 4
_DISC, _SAID = 88, 44
"""The disc of what is still empty, and the room of the words below it."""
_NICE = (1, 2, 5)


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


@dataclass(frozen=True, slots=True)
class Frame:
    """Pixels at a text size of 100: what surrounds the plot, and how high the chart is."""

    left: int
    top: int
    right: int
    below: int
    height: int
    least: int
    """The height below which it can't be read."""
    width: int = 480
    gap: int = 8
    """Between the figures of the grid and the plot."""


class Plot(QWidget):
    """Places side by side on a scale. ← → go through them, their figures in a tooltip."""

    def __init__(self, kit: Kit, frame: Frame) -> None:
        super().__init__()
        self._kit, self._frame = kit, frame
        self._scale = scale_for((0, 0))
        self.selected = -1
        self.setProperty("ring", 6)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # -- to be overridden ------------------------------------------------------------------

    def _places(self) -> int:
        """How many there are."""
        raise NotImplementedError

    def _peak(self, place: int) -> int:
        """The value that the tooltip of a place stands above."""
        raise NotImplementedError

    def describe(self, place: int) -> str:
        """The figures of a place in words."""
        raise NotImplementedError

    def _tick(self, value: int) -> str:
        """What stands beside a line of the grid."""
        return self._kit.formats.compact(value)

    # -- where things stand ----------------------------------------------------------------

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._frame.width, self._kit.theme.px(self._frame.height))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(240, self._kit.theme.px(self._frame.least))

    def _plot(self) -> QRect:
        px, frame = self._kit.theme.px, self._frame
        return self.rect().adjusted(px(frame.left), px(frame.top), -frame.right, -px(frame.below))

    def _y(self, value: int) -> float:
        plot, scale = self._plot(), self._scale
        return plot.bottom() - (value - scale.low) * plot.height() / (scale.high - scale.low)

    def _x(self, place: int) -> float:
        return self._plot().left() + (place + 0.5) * self._across()

    def _across(self) -> float:
        """How wide one place is."""
        return self._plot().width() / max(1, self._places())

    # -- showing ---------------------------------------------------------------------------

    def _show(self, name: str, values: Sequence[int]) -> None:
        """New values; the figures are there for screen readers too."""
        self._scale, self.selected = scale_for(values), -1
        texts = [self.describe(place) for place in range(self._places())]
        self.setAccessibleName(name)
        self.setAccessibleDescription("\n".join(texts))
        self.update()

    def _paint_grid(self, painter: QPainter) -> None:
        theme, plot = self._kit.theme, self._plot()
        painter.setFont(theme.font("caption", figures=True))
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for tick in self._scale.ticks:
            y = round(self._y(tick))
            painter.setPen(theme.color("grid" if tick else "line"))
            painter.drawLine(plot.left(), y, plot.right(), y)
            painter.setPen(theme.color("text2"))
            place = QRect(0, y - 12, plot.left() - self._frame.gap, 24)
            painter.drawText(place, flags, self._tick(tick))

    def _paint_nothing(self, painter: QPainter, icon: str, text: str) -> None:
        """Instead of the plot: an icon on a disc, and below it why there is nothing yet."""
        theme = self._kit.theme
        side, line = theme.px(_DISC), theme.px(_SAID)
        high = side + line if self.height() >= side + line else line
        top = (self.height() - high) // 2
        if high > line:
            disc = QRect((self.width() - side) // 2, top, side, side)
            paint_disc(painter, theme, icon, disc)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text2"))
        below = QRect(0, top + high - line, self.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, text)

    # -- going through the places ----------------------------------------------------------

    def select(self, place: int) -> None:
        """Shows the figures of a place; -1: of none."""
        if place == self.selected:
            return
        self.selected = place
        if place < 0:
            QToolTip.hideText()
        else:
            spot = QPoint(round(self._x(place)), round(self._y(self._peak(place))) - 8)
            QToolTip.showText(self.mapToGlobal(spot), self.describe(place), self)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        plot, places = self._plot(), self._places()
        across = event.position().x() - plot.left()
        place = int(across * places // max(1, plot.width()))
        self.select(place if across >= 0 and place < places else -1)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self.select(-1)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.select(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        places = self._places()
        if step is None or not places:
            super().keyPressEvent(event)
            return
        start = self.selected if self.selected >= 0 else min(-step, 0)
        self.select((start + step) % places)
