"""Small charts in black and grey, with every figure written beside its bar."""

from __future__ import annotations

from itertools import pairwise

from kwt_books.exporters.cells import bracketed
from kwt_books.exporters.pdf.blocks import Page, Whole
from kwt_books.exporters.pdf.job import (
    BAR_GREY,
    REGULAR,
    SEMIBOLD,
    Pen,
    figure_size,
    fitted,
    in_lines,
    width,
)
from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats
from kwt_books.reports.packs import BarChart, YearChart

_SIZE, _SMALL = 8.8, 7.0
_HEAD = 17.0
_HIGH = 150


class Bars(Whole):
    """Horizontal bars: label, bar, value and share."""

    def __init__(self, chart: BarChart, formats: Formats, width: float, step: float = 17.6) -> None:
        self.chart, self.formats, self.width, self.step = chart, formats, width, step
        self.above = 15

    def height(self) -> float:
        """Title and bars, points."""
        return _HEAD + max(len(self.chart.bars), 1) * self.step + 4

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws the title and the bars."""
        pen = page.pen
        pen.left(x, top - 10, self.chart.title, SEMIBOLD, 10)
        top -= _HEAD
        names = max((width(b.label, REGULAR, _SIZE) for b in self.chart.bars), default=0)
        axis = x + min(max(names + 8, self.width * 0.28), self.width * 0.42)
        texts = [self._texts(bar.value, bar.share) for bar in self.chart.bars]
        beside = max((self._wide(*text) for text in texts), default=0) + 8
        most = max((abs(bar.value) for bar in self.chart.bars), default=0) or 1
        scale = (x + self.width - axis - beside) * 0.97 / most
        for n, (bar, text) in enumerate(zip(self.chart.bars, texts, strict=True)):
            middle = top - (n + 0.5) * self.step
            self._bar(pen, axis, middle, abs(bar.value) * scale, text)
            self._name(pen, bar.label, axis - 6, middle, axis - x - 6)
        pen.upright(axis, top + 1, top - len(self.chart.bars) * self.step - 1, 0.6)

    @staticmethod
    def _name(pen: Pen, text: str, right: float, middle: float, room: float) -> None:
        size, lines = in_lines(text, REGULAR, _SIZE, room, _SMALL)
        top = middle - 3 + (len(lines) - 1) * size / 2
        for n, line in enumerate(lines):
            pen.right(right, top - n * size, line, REGULAR, size)

    def _bar(
        self, pen: Pen, axis: float, middle: float, long: float, text: tuple[str, str]
    ) -> None:
        canvas = pen.canvas
        canvas.saveState()
        canvas.setFillGray(BAR_GREY)
        canvas.setLineWidth(0.5)
        canvas.rect(axis, middle - 5, long, 10, stroke=1, fill=1)
        canvas.restoreState()
        at = axis + long + 4
        size = figure_size(SEMIBOLD, _SIZE)
        pen.left(at, middle - 3, text[0], SEMIBOLD, size)
        at += width(text[0], SEMIBOLD, size) + 4
        pen.left(at, middle - 3, text[1], REGULAR, _SIZE)

    def _texts(self, value: int, share: int | None) -> tuple[str, str]:
        amount = self.formats.accounting(value)
        if share is None:
            return amount, ""
        return amount, bracketed(self.formats.percent_fixed(abs(share)), share)

    @staticmethod
    def _wide(value: str, percent: str) -> float:
        return width(f"{value}  {percent}", SEMIBOLD, _SIZE)


class Year(Whole):
    """Twelve months: turnover as bars, profit as a line with dots."""

    def __init__(self, chart: YearChart, formats: Formats, t: Translator, width: float) -> None:
        self.chart, self.formats, self.t = chart, formats, t
        self.width = width
        self.above = 15
        values = (0, *chart.turnover, *chart.profit)
        self.step = _nice_step(max(values) - min(values))
        self.low = min(values) // self.step * self.step
        self.top = max(-(-max(values) // self.step) * self.step, self.low + self.step)

    def height(self) -> float:
        """Title, chart and names of months, points."""
        return _HEAD + _HIGH + 30

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws the title, the scale, the bars and the line."""
        pen = page.pen
        pen.left(x, top - 10, self.chart.title, SEMIBOLD, 10)
        base = top - _HEAD - 8 - _HIGH
        left, right = x + self._axis(), x + self.width
        self._scale(pen, left, right, base)
        slot = (right - left) / max(len(self.chart.months), 1)
        middles = [left + slot * (n + 0.5) for n in range(len(self.chart.months))]
        self._turnover(pen, middles, base, min(slot * 0.56, 30))
        self._profit(pen, middles, base)
        for middle, month in zip(middles, self.chart.months, strict=True):
            size = fitted(month, REGULAR, 7.8, slot - 2)
            pen.centre(middle, base - 10, month, REGULAR, size)
        self._legend(pen, right, top - 9)

    def _axis(self) -> float:
        """Points for the figures beside the scale's lines."""
        values = range(self.low, self.top + 1, self.step)
        texts = map(self.formats.compact, values)
        return max(40, *(width(text, REGULAR, 7.5) + 4 for text in texts))

    def _y(self, value: int, base: float) -> float:
        return base + (value - self.low) * _HIGH / (self.top - self.low)

    def _scale(self, pen: Pen, left: float, right: float, base: float) -> None:
        canvas = pen.canvas
        for value in range(self.low, self.top + 1, self.step):
            y = self._y(value, base)
            canvas.saveState()
            canvas.setStrokeGray(0 if value == 0 else BAR_GREY)
            pen.rule(left, right, y, 0.6 if value == 0 else 0.25)
            canvas.restoreState()
            pen.right(left - 4, y - 2.5, self.formats.compact(value), REGULAR, 7.5)

    def _turnover(self, pen: Pen, middles: list[float], base: float, wide: float) -> None:
        zero = self._y(0, base)
        for middle, value in zip(middles, self.chart.turnover, strict=True):
            if not value:
                continue
            y = self._y(value, base)
            pen.canvas.saveState()
            pen.canvas.setFillGray(BAR_GREY)
            pen.canvas.setLineWidth(0.5)
            pen.canvas.rect(middle - wide / 2, min(zero, y), wide, abs(y - zero), fill=1)
            pen.canvas.restoreState()
            text = self.formats.compact(value)
            size = fitted(text, REGULAR, 7, wide * 1.6)
            half = width(text, REGULAR, size) / 2 + 1
            pen.band(middle - half, max(zero, y) + 1.2, 2 * half, size * 0.95, 1)
            pen.centre(middle, max(zero, y) + 2.5, text, REGULAR, size)

    def _profit(self, pen: Pen, middles: list[float], base: float) -> None:
        points = [(x, self._y(v, base)) for x, v in zip(middles, self.chart.profit, strict=True)]
        pen.canvas.setLineWidth(1.2)
        pen.canvas.lines([(*a, *b) for a, b in pairwise(points)])
        for x, y in points:
            pen.canvas.circle(x, y, 1.9, stroke=0, fill=1)

    def _legend(self, pen: Pen, right: float, y: float) -> None:
        profit, turnover = self.t("Monthly profit"), self.t("Monthly turnover")
        at = right - width(profit, REGULAR, 8)
        pen.left(at, y, profit, REGULAR, 8)
        pen.rule(at - 20, at - 4, y + 2.6, 1.2)
        pen.canvas.circle(at - 12, y + 2.6, 1.9, stroke=0, fill=1)
        at -= 30 + width(turnover, REGULAR, 8)
        pen.left(at, y, turnover, REGULAR, 8)
        pen.canvas.saveState()
        pen.canvas.setFillGray(BAR_GREY)
        pen.canvas.setLineWidth(0.5)
        pen.canvas.rect(at - 16, y - 0.4, 12, 6.4, fill=1)
        pen.canvas.restoreState()


def _nice_step(span: int) -> int:
    """A step of 1, 2 or 5 times a power of ten that makes four to eight lines, whole rupiah."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if span <= factor * power * 5:
                return factor * power
        power *= 10
