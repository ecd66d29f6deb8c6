"""Charts of one figure over months, batches or ages: bars side by side, and a stroke to hold them
against.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen

from ui.kit.chart import Frame, Plot
from ui.kit.look import CENTRE, UiContext

_LABEL = 18
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
        for place, each in enumerate(self.bars):
            if each.value:
                self._paint_value_of(painter, place, each)
        (self._paint_names if self._named else self._paint_labels)(painter)
        if self._mark is not None:
            plot, y = self.plot(), self._y(self._mark)
            pen = QPen(self._ui.theme.color("chart_line"), 2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(plot.left(), round(y), plot.right(), round(y))

    def _paint_value_of(self, painter: QPainter, place: int, each: Bar) -> None:
        fill, edge = _FILLS[each.tone]
        if place == self.selected:
            fill = "amber" if each.tone == "warn" else "bar_edge"
        bar = self._bar(place, each.value)
        self._paint_bar(painter, bar, fill, edge)
        if self._named or self.on_paper:
            self._paint_figure(painter, bar, each)

    def _paint_figure(self, painter: QPainter, bar: QRectF, each: Bar) -> None:
        """The value above its bar, or below one that goes down, where it has room."""
        theme, text = self._ui.theme, self.tick(each.value)
        if theme.metrics("caption", bold=True).horizontalAdvance(text) > self._across():
            return
        high = theme.px(_LABEL)
        top = bar.top() - high - 2 if each.value > 0 else bar.bottom() + 2
        place = QRectF(bar.center().x() - self._across() / 2, top, self._across(), high)
        theme.write(painter, place, text, "text", "caption", bold=True, at=CENTRE)

    def _paint_names(self, painter: QPainter) -> None:
        """Names below the bars, in two lines where one is too short."""
        theme, top = self._ui.theme, self.plot().bottom() + 4
        wide, high = self._across() - 8, theme.px(_LABEL)
        for place, each in enumerate(self.bars):
            lines = _two_lines(each.label, theme.metrics("caption"), round(wide))
            for at, line in enumerate(lines):
                self._write_below(painter, place, top + at * high, line, wide=wide)

    def _paint_labels(self, painter: QPainter) -> None:
        """Labels below the bars, as many as there is room for; the last one always, moved back from
        the edge where it would be cut off.
        """
        theme, plot, bars = self._ui.theme, self.plot(), self.bars
        metrics = theme.metrics("caption")
        widest = max((metrics.horizontalAdvance(each.label) for each in bars), default=0)
        across = max(1, round(self._across()))
        moved = max(0, (widest + 8 - across) // 2 - self.frame.right)
        every = max(1, -(-(widest + 8 + moved) // across))
        for place, each in enumerate(bars):
            if (len(bars) - 1 - place) % every:
                continue
            left = self.place_of(place) - widest / 2 - 4
            below = QRectF(left, plot.bottom() + 4, widest + 8, theme.px(_LABEL))
            below.moveRight(min(below.right(), float(self.width())))
            theme.write(painter, below, each.label, "text2", "caption", at=CENTRE)
