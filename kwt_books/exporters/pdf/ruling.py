"""The lines of a table: heads, sums, the grid of a book, and the gaps between kinds of rows."""

from __future__ import annotations

from itertools import groupby, pairwise

from kwt_books.exporters.pdf import fonts
from kwt_books.exporters.pdf.body import Body, Line
from kwt_books.exporters.pdf.columns import FIGURE_PAD, PAD, Col, head_size
from kwt_books.exporters.pdf.measures import (
    BAND_GREY,
    BAND_RULE,
    GRID_RULE,
    SUBTOTAL_RULE,
    SUM_RULE,
    TOTAL_APART,
    TOTAL_RULE,
    Setting,
)
from kwt_books.exporters.pdf.pen import Pen
from kwt_books.reports.model import Layout, RowKind

_SUMS = (RowKind.SUBTOTAL, RowKind.TOTAL)
_NOMINAL = 14.6
_LEAD_IN = 3.0
"""Between the head's lower rule and the first row of a table without grid."""

# Kind of row above -> kind below -> points at the nominal pitch.
_GAPS = {
    RowKind.SECTION: {RowKind.SECTION: 0.5, RowKind.SUBTOTAL: 2.5, RowKind.TOTAL: 3},
    RowKind.LINE: {RowKind.SECTION: 5, RowKind.SUBTOTAL: 2.5, RowKind.TOTAL: 3, RowKind.NOTE: 2},
    RowKind.NOTE: {RowKind.SECTION: 5, RowKind.SUBTOTAL: 2.5, RowKind.TOTAL: 3, RowKind.LINE: 2},
    RowKind.SUBTOTAL: {RowKind.SECTION: 5.5, RowKind.SUBTOTAL: 6.5, RowKind.TOTAL: 8},
    RowKind.TOTAL: {
        RowKind.SECTION: 9.5, RowKind.SUBTOTAL: 10, RowKind.TOTAL: 10, RowKind.LINE: 7,
        RowKind.NOTE: 7,
    },
}  # fmt: skip
_FAMILY_GAP = 3.6
_NUMBERED = 9.5
"""Height of the row of numbers under the names of a book's columns."""


def gap(before: Line | None, line: Line, layout: Layout, setting: Setting) -> float:
    """Points before a row, by what stands above it."""
    if before is None or setting.grid:
        return 0
    if layout is Layout.TRIAL_BALANCE and parted(before, line):
        return _FAMILY_GAP * setting.pitch / 11.6
    return _GAPS[before.kind].get(line.kind, 0) * setting.pitch / _NOMINAL


def parted(before: Line, line: Line) -> bool:
    """Whether a trial balance is ruled between these two: another class of accounts begins."""
    return (
        before.kind is RowKind.LINE
        and line.kind is RowKind.LINE
        and bool(before.family)
        and before.family != line.family
    )


def foot(body: Body) -> float:
    """What the double rule of the last row needs below it."""
    if not body.lines or body.lines[-1].kind not in _SUMS:
        return 1.0
    return 4.5


# -- heads ---------------------------------------------------------------------------------


def _grouped(body: Body) -> bool:
    return any(col.group for col in body.cols)


def _depth(body: Body) -> int:
    below = max((len(col.head) for col in body.cols), default=1)
    return max(below, 1) + _grouped(body)


def head_height(body: Body, setting: Setting) -> float:
    if not _headed(body):
        return 0
    numbered = _NUMBERED if setting.numbered else 0
    return _band(body, setting) + numbered + (0 if setting.grid else _LEAD_IN)


def _headed(body: Body) -> bool:
    return any(col.head != ("",) or col.group for col in body.cols)


def _band(body: Body, setting: Setting) -> float:
    size = head_size(setting)
    return 0.72 * size + _depth(body) * size * 1.14 + (0.5 * size if _grouped(body) else 0)


def draw_head(pen: Pen, body: Body, setting: Setting, x: float, top: float) -> float:
    """The grey band with the columns' names; where the rows begin below it."""
    return _Head(pen, body, setting, x, top).draw() if _headed(body) else top


def edges(body: Body) -> list[float]:
    return [0, *(col.x1 for col in body.cols)]


class _Head:
    def __init__(self, pen: Pen, body: Body, setting: Setting, x: float, top: float) -> None:
        self.pen, self.body, self.setting, self.x, self.top = pen, body, setting, x, top
        self.size = head_size(setting)
        self.high = _band(body, setting)
        self.numbered = _NUMBERED if setting.numbered else 0

    def draw(self) -> float:
        pen, x, wide, low = self.pen, self.x, self.body.width, self.top - self.high
        pen.band(x, low, wide, self.high, BAND_GREY)
        if self.setting.grid:
            self._boxes(low)
        else:
            pen.rule(x, x + wide, self.top, BAND_RULE)
            pen.rule(x, x + wide, low, BAND_RULE)
        self._names()
        return low - self.numbered - (0 if self.setting.grid else _LEAD_IN)

    def _boxes(self, low: float) -> None:
        pen, x, right, bottom = self.pen, self.x, self.x + self.body.width, low - self.numbered
        if self.numbered:
            pen.band(x, bottom, right - x, self.numbered, 0.97)
            pen.rule(x, right, low, GRID_RULE)
            for number, col in enumerate(self.body.cols, start=1):
                middle = x + (col.x0 + col.x1) / 2
                pen.centre(middle, low - 7, str(number), fonts.REGULAR, self.setting.size - 2)
        pen.rule(x, right, self.top, 0.5)
        pen.rule(x, right, bottom, 0.5)
        over = self._group_room()
        inside = {one.x1 for one, other in pairwise(self.body.cols) if _joined(one, other)}
        for edge in edges(self.body):
            pen.upright(x + edge, self.top - (over if edge in inside else 0), bottom, GRID_RULE)

    def _group_room(self) -> float:
        return self.size * (1.14 + 0.5) if _grouped(self.body) else 0

    def _names(self) -> None:
        step = self.size * 1.14
        group_room = self._group_room()
        for col in self.body.cols:
            over = group_room if col.group else 0
            free = self.high - over - len(col.head) * step
            base = self.top - over - free / 2 - self.size * 0.9
            for n, text in enumerate(col.head):
                self._name(col, base - n * step, text)
        if group_room:
            self._groups()

    def _name(self, col: Col, y: float, text: str) -> None:
        pen, x = self.pen, self.x
        if col.align == "centre" or (self.setting.grid and col.figures):
            pen.centre(x + (col.x0 + col.x1) / 2, y, text, fonts.SEMIBOLD, self.size)
        elif col.figures:
            pen.right(x + col.x1 - FIGURE_PAD, y, text, fonts.SEMIBOLD, self.size)
        else:
            pen.left(x + col.x0 + PAD, y, text, fonts.SEMIBOLD, self.size)

    def _groups(self) -> None:
        for name, members in groupby(self.body.cols, key=lambda col: col.group):
            cols = list(members)
            if not name:
                continue
            grid = self.setting.grid
            x0 = self.x + cols[0].x0 + (0 if grid else inset(cols[0]))
            x1 = self.x + cols[-1].x1 - (0 if grid else 1.6)
            fit = fonts.fitted(name, fonts.SEMIBOLD, self.size, x1 - x0)
            self.pen.centre((x0 + x1) / 2, self.top - self.size * 1.26, name, fonts.SEMIBOLD, fit)
            under = self.top - (self._group_room() if grid else self.size * 1.72)
            self.pen.rule(x0, x1, under, GRID_RULE if grid else BAND_RULE)


def _joined(one: Col, other: Col) -> bool:
    """Whether two neighbours share a heading."""
    return bool(one.group) and one.group == other.group


def inset(col: Col) -> float:
    """Where the rule over a column's figures begins, from its left edge."""
    return min(7.4, (col.x1 - col.x0) * 0.1)


# -- rows ----------------------------------------------------------------------------------


class Rules:
    """Collects the lines of a piece and draws those of one weight together."""

    def __init__(self, pen: Pen, body: Body, setting: Setting, x: float, top: float) -> None:
        self.pen, self.body, self.setting, self.x, self.top = pen, body, setting, x, top
        self._fine: list[tuple[float, float, float, float]] = []

    def row(self, bottom: float) -> None:
        if self.setting.grid:
            self._fine.append((self.x, bottom, self.x + self.body.width, bottom))

    def between(self, before: Line, line: Line, above: float, space: float) -> None:
        if self.body.layout is Layout.TRIAL_BALANCE and parted(before, line):
            y = above + space / 2
            self._fine.append((self.x, y, self.x + self.body.width, y))

    def sum_above(self, y: float) -> None:
        if self.setting.grid:
            self.pen.rule(self.x, self.x + self.body.width, y, SUM_RULE)
        else:
            self._over_figures(y, self._figures(), SUBTOTAL_RULE)

    def sum(self, line: Line, above: float, below: float, *, first: bool) -> None:
        if self.setting.grid:
            if first:
                self.pen.rule(self.x, self.x + self.body.width, above, SUM_RULE)
            return
        cols = [c for c, text in zip(self.body.cols, line.cells, strict=True) if text and c.figures]
        self._over_figures(above - 0.3, cols, SUBTOTAL_RULE)
        if line.kind is RowKind.TOTAL:
            self._over_figures(below - 0.4, cols, TOTAL_RULE)
            self._over_figures(below - 0.4 - TOTAL_APART, cols, TOTAL_RULE)

    def _figures(self) -> list[Col]:
        return [self.body.cols[place] for place in self.body.sums]

    def _over_figures(self, y: float, cols: list[Col], weight: float) -> None:
        for col in cols:
            self.pen.rule(self.x + col.x0 + inset(col), self.x + col.x1 - 1.6, y, weight)

    def _uprights(self) -> list[float]:
        """The edges of the columns; only the outer ones around what an empty table says."""
        every = edges(self.body)
        return every if self.body.lines else [every[0], every[-1]]

    def done(self, bottom: float, *, closed: bool) -> float:
        """Draw what was collected; a grid gets its uprights and, at its end, a double rule."""
        canvas = self.pen.canvas
        if self.setting.grid:
            self._fine += [
                (self.x + edge, self.top, self.x + edge, bottom) for edge in self._uprights()
            ]
        if self._fine:
            canvas.setLineWidth(GRID_RULE)
            canvas.lines(self._fine)
        if self.setting.grid:
            right = self.x + self.body.width
            sums = closed and bool(self.body.lines) and self.body.lines[-1].kind in _SUMS
            self.pen.rule(self.x, right, bottom, SUM_RULE if sums else 0.5)
            if sums:
                self.pen.rule(self.x, right, bottom - TOTAL_APART, SUM_RULE)
        return bottom
