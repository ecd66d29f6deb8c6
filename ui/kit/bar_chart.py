"""Charts of one figure over months, batches or ages: bars side by side, and a stroke to hold them
against.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen

from ui.kit.chart import Frame, Plot
from ui.kit.look import UiContext

_BAR, _LABEL = 30, 18
_FRAME = Frame(52, 22, 4, 26, height=150, least=110)
_NAMED = Frame(52, 22, 4, 44, height=190, least=150)
_FILLS = {"": ("bar", "bar_edge"), "now": ("bar_now", "bar_now"), "warn": ("amber_bg", "amber")}


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label below, its value, and what its tip says (`Juni 2026: Rp5.000`).

    Tones: none, now (the one in hand), warn.
    """

    label: str
    value: int
    told: str
    tone: str = ""


def _two_lines(text: str, metrics: QFontMetrics, wide: int) -> tuple[str, str]:
    """As many words as fit into a width, and the others, cut off where they don't fit too."""
    words = text.split()
    fit = len(words)
    while fit > 1 and metrics.horizontalAdvance(" ".join(words[:fit])) >= wide:
        fit -= 1
    lines = (" ".join(words[:fit]), " ".join(words[fit:]))
    first, second = (metrics.elidedText(e, Qt.TextElideMode.ElideRight, wide) for e in lines)
    return first, second


class BarChart(Plot):
    """Bars of whole rupiah; `show_bars` may give a value that all are held against."""

    def __init__(self, ui: UiContext, frame: Frame = _FRAME, *, named: bool = False) -> None:
        """`named`: labels are names, each of which is to be read, in two lines."""
        super().__init__(ui, _NAMED if named else frame)
        self._named = named
        self.bars: tuple[Bar, ...] = ()
        self._mark: int | None = None

    def show_bars(self, name: str, bars: Sequence[Bar], mark: int | None = None) -> None:
        """Shows bars under a name for a screen reader; `mark` is drawn as a broken line."""
        self.bars, self._mark = tuple(bars), mark
        self._show(name, [0, mark or 0, *(each.value for each in bars)])

    def _places(self) -> int:
        return len(self.bars)

    def _peak(self, place: int) -> int:
        return max(0, self.bars[place].value)

    def describe(self, place: int) -> str:
        """What the bar's tip says, in one line."""
        return self.bars[place].told

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        self._paint_grid(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, each in enumerate(self.bars):
            self._paint_bar(painter, place, each)
        (self._paint_names if self._named else self._paint_labels)(painter)
        if self._mark is not None:
            plot, y = self.plot(), self._y(self._mark)
            pen = QPen(self._ui.theme.color("chart_line"), 2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(plot.left(), round(y), plot.right(), round(y))

    def _paint_bar(self, painter: QPainter, place: int, each: Bar) -> None:
        if not each.value:
            return
        theme = self._ui.theme
        fill, edge = _FILLS[each.tone]
        if place == self.selected:
            fill = "amber" if each.tone == "warn" else "bar_edge"
        width = min(theme.px(_BAR), self._across() * 0.7)
        top, base = sorted((self._y(each.value), self._y(0)))
        painter.setPen(QPen(theme.color(edge), 1))
        painter.setBrush(theme.color(fill))
        rect = QRectF(self.place_of(place) - width / 2, top, width, base - top)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if self._named or self.on_paper:
            self._paint_value(painter, rect, each)

    def _paint_value(self, painter: QPainter, rect: QRectF, each: Bar) -> None:
        """The value above its bar, or below one that goes down, where it has room."""
        theme, text = self._ui.theme, self.tick(each.value)
        painter.setFont(theme.font("caption", bold=True))
        painter.setPen(theme.color("text"))
        if painter.fontMetrics().horizontalAdvance(text) > self._across():
            return
        high = theme.px(_LABEL)
        top = rect.top() - high - 2 if each.value > 0 else rect.bottom() + 2
        place = QRectF(rect.center().x() - self._across() / 2, top, self._across(), high)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_names(self, painter: QPainter) -> None:
        """Names below the bars, in two lines where one is too short."""
        theme, plot = self._ui.theme, self.plot()
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        wide, high = self._across() - 8, theme.px(_LABEL)
        for place, each in enumerate(self.bars):
            below = QRectF(self.place_of(place) - wide / 2, plot.bottom() + 4, wide, high)
            for line in _two_lines(each.label, painter.fontMetrics(), round(wide)):
                painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), line)
                below.translate(0, high)

    def _paint_labels(self, painter: QPainter) -> None:
        """Labels below the bars, as many as there is room for; the last one always."""
        theme, plot, bars = self._ui.theme, self.plot(), self.bars
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        widest = max((painter.fontMetrics().horizontalAdvance(e.label) for e in bars), default=0)
        every = max(1, -(-(widest + 8) // max(1, round(self._across()))))
        for place, each in enumerate(bars):
            if (len(bars) - 1 - place) % every:
                continue
            left = self.place_of(place) - widest / 2 - 4
            below = QRectF(left, plot.bottom() + 4, widest + 8, theme.px(_LABEL))
            below.moveRight(min(below.right(), float(self.width())))
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), each.label)
