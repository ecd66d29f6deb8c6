"""The table of all papers: one flowing block over shared rows.

A piece shows the rows [first, last) of its body. It repeats heading and column heads, carries
running sums over page breaks, closes up when a page would be just a little too short, and keeps
its tail (closing sentence, signatures) together with at least three rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from kwt_books.exporters.pdf.blocks import Block, Page
from kwt_books.exporters.pdf.body import (
    FIGURE_PAD,
    LABEL,
    PAD,
    Body,
    Col,
    Line,
    head_size,
    label_font,
)
from kwt_books.exporters.pdf.job import (
    BAND_GREY,
    BAND_RULE,
    BOLD,
    GRID_RULE,
    INDENT,
    ITALIC,
    REGULAR,
    SEMIBOLD,
    SUBTOTAL_RULE,
    SUM_RULE,
    TOTAL_APART,
    TOTAL_RULE,
    Pen,
    Setting,
    figure_size,
    fitted,
    width,
)
from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.model import SUMS, ColumnType, Layout, RowKind

# ------------------------------------------------------------------------------------------------
# The lines of a table: heads, sums, the grid of a book, and the gaps between kinds of rows.


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
    if not body.lines or body.lines[-1].kind not in SUMS:
        return 1.0
    return 4.5


# -- heads ---------------------------------------------------------------------------------


def _grouped(body: Body) -> bool:
    return any(col.group for col in body.cols)


def _depth(body: Body) -> int:
    return max(len(col.head) for col in body.cols) + _grouped(body)


def head_height(body: Body, setting: Setting) -> float:
    """Points of the columns' names with their numbers; 0 where there are none."""
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
    """Points from the left edge of the table to each edge of a column."""
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
                pen.centre(middle, low - 7, str(number), REGULAR, self.setting.size - 2)
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
            pen.centre(x + (col.x0 + col.x1) / 2, y, text, SEMIBOLD, self.size)
        elif col.figures:
            pen.right(x + col.x1 - FIGURE_PAD, y, text, SEMIBOLD, self.size)
        else:
            pen.left(x + col.x0 + PAD, y, text, SEMIBOLD, self.size)

    def _groups(self) -> None:
        for name, members in groupby(self.body.cols, key=lambda col: col.group):
            cols = list(members)
            if not name:
                continue
            grid = self.setting.grid
            x0 = self.x + cols[0].x0 + (0 if grid else inset(cols[0]))
            x1 = self.x + cols[-1].x1 - (0 if grid else 1.6)
            fit = fitted(name, SEMIBOLD, self.size, x1 - x0)
            self.pen.centre((x0 + x1) / 2, self.top - self.size * 1.26, name, SEMIBOLD, fit)
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
        """The rule below a row of a grid."""
        if self.setting.grid:
            self._fine.append((self.x, bottom, self.x + self.body.width, bottom))

    def between(self, before: Line, line: Line, above: float, space: float) -> None:
        """The rule between two classes of accounts in a trial balance."""
        if self.body.layout is Layout.TRIAL_BALANCE and parted(before, line):
            y = above + space / 2
            self._fine.append((self.x, y, self.x + self.body.width, y))

    def sum_above(self, y: float) -> None:
        """The rule above a line that carries sums forward."""
        if self.setting.grid:
            self.pen.rule(self.x, self.x + self.body.width, y, SUM_RULE)
        else:
            self._over_figures(y, self._figures(), SUBTOTAL_RULE)

    def sum(self, line: Line, above: float, below: float, *, first: bool) -> None:
        """The rules around a subtotal or total."""
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
        """Where upright rules stand: at the edges of the columns; at the outer ones alone where the
        table is empty and has a sentence.
        """
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
            sums = closed and bool(self.body.lines) and self.body.lines[-1].kind in SUMS
            self.pen.rule(self.x, right, bottom, SUM_RULE if sums else 0.5)
            if sums:
                self.pen.rule(self.x, right, bottom - TOTAL_APART, SUM_RULE)
        return bottom


# -- The letters of a table: all rows of a piece in one text object ------------------------------
#
# A ledger sets tens of thousands of strings. ReportLab asks the font for each of them sign by sign
# and places each on the page; written by signs known, and from string to string, they take a third.


_CAP = 0.66
"""Height of a capital or a figure, in type sizes."""

_FIGURE_FONT = {
    RowKind.TOTAL: BOLD,
    RowKind.SUBTOTAL: SEMIBOLD,
    RowKind.NOTE: ITALIC,
}


_THOUSANDTHS = 1000
"""Steps are written in thousandths of a point, from one whole number of them to the next."""


class Lettering:
    """Writes the text of a table's rows in one text object."""

    def __init__(self, pen: Pen, body: Body, setting: Setting, x: float) -> None:
        self.pen = pen
        self.body, self.setting, self.x = body, setting, x
        self._written = ["BT"]
        self._at = (0, 0)
        self.drop = (setting.pitch + _CAP * setting.size) / 2
        self._font: tuple[str, float] | None = None
        self._widths: dict[tuple[str, str, float], float] = {}
        self._label = next((n for n, c in enumerate(body.cols) if c.key == LABEL), 0)

    def line(self, line: Line, top: float) -> None:
        """Writes a row below `top`."""
        base = top - self.drop
        size = self.setting.size
        figure_font = _FIGURE_FONT.get(line.kind, REGULAR)
        for place, (col, text) in enumerate(zip(self.body.cols, line.cells, strict=True)):
            if not text:
                continue
            if col.align == "right":
                self._figure(col, base, text, figure_font)
            elif place in line.wrapped:
                for n, part in enumerate(line.wrapped[place]):
                    self._words(col, base - n * self.setting.leading, part, line, size)
            else:
                self._words(col, base, text, line, size)

    def _words(self, col: Col, base: float, text: str, line: Line, size: float) -> None:
        label = col.key == LABEL
        font = label_font(line) if label else (
            ITALIC if line.kind is RowKind.NOTE else REGULAR
        )  # fmt: skip
        x = col.x0 + PAD + (INDENT * line.level if label else 0)
        if self.body.tight and not col.flexible:
            size = fitted(text, font, size, col.room)
        if col.align == "centre":
            x = (col.x0 + col.x1 - self._width(text, font, size)) / 2
        self._put(x, base, text, font, size)

    def _width(self, text: str, font: str, size: float) -> float:
        """Width of a string that comes again and again: dates, codes."""
        key = (text, font, size)
        if key not in self._widths:
            self._widths[key] = width(text, font, size)
        return self._widths[key]

    def _figure(self, col: Col, base: float, text: str, font: str) -> None:
        size = figure_size(font, self.setting.size)
        if self.body.tight:
            size = fitted(text, font, size, col.room + PAD)
        # Amounts are grouped alike and their figures are of one width: the length tells it all.
        same = "0" * len(text) if col.type is ColumnType.MONEY and text[-1].isdigit() else text
        wide = self._amount_width(text, same, font, size)
        hang = self._width(")", font, size) if text[-1] == ")" else 0
        self._put(col.x1 - FIGURE_PAD + hang - wide, base, text, font, size)

    def _amount_width(self, text: str, same: str, font: str, size: float) -> float:
        key = (same, font, size)
        if key not in self._widths:
            self._widths[key] = width(text, font, size)
        return self._widths[key]

    def carried(self, top: float, label: str, texts: list[str]) -> None:
        """A line that carries sums over a page break."""
        base = top - self.drop
        col = self.body.cols[self._label]
        size = self.setting.size
        if col.align == "left":
            room = (col.room if self.body.setting.grid else self._clear(texts)) + 1
            size = fitted(label, ITALIC, size, room)
        self._put(col.x0 + PAD, base, label, ITALIC, size)
        for place, text in enumerate(texts):
            if text:
                self._figure(self.body.cols[place], base, text, SEMIBOLD)

    def _clear(self, texts: list[str]) -> float:
        """Room from the label to the first figure behind it."""
        cols = self.body.cols
        until = next(
            (cols[n].x0 for n in range(self._label + 1, len(cols)) if texts[n]), cols[-1].x1
        )
        return until - cols[self._label].x0 - 2 * PAD

    def note(self, top: float, text: str) -> None:
        """One line in italics over all columns."""
        self._put(PAD, top - self.drop, text, ITALIC, self.setting.size)

    def _put(self, x: float, y: float, text: str, font: str, size: float) -> None:
        codes = self.pen.codes(font)
        if self._font != (font, size):
            self._written.append(f"{codes.name} {size:g} Tf")
            self._font = (font, size)
        to = round((self.x + x) * _THOUSANDTHS), round(y * _THOUSANDTHS)
        right, up = (to[0] - self._at[0]) / _THOUSANDTHS, (to[1] - self._at[1]) / _THOUSANDTHS
        self._at = to
        try:
            self._written.append(f"{right:g} {up:g} Td ({codes.of(text)}) Tj")
        except KeyError:
            self._written.append(f"{right:g} {up:g} Td")
            parts = codes.in_subsets(text)
            self._written += (f"{name} {size:g} Tf ({part}) Tj" for name, part in parts)
            self._font = None

    def done(self) -> None:
        """Draws what was written."""
        self.pen.canvas.addLiteral("\n".join((*self._written, "ET")))


TRAVELLING = 3
"""How many rows go with the signatures to a new page, sums included."""

_FEW = 9
"""Fewer rows than this make a page of a trial balance that looks left over."""

_SMALL = 190.0
"""Height of rows, points, up to which a solid table stays whole."""


@dataclass(frozen=True)
class Rolled:
    """A body at one pitch: where each row begins, in points below the first."""

    body: Body
    setting: Setting
    tops: Sequence[float]
    gaps: Sequence[float]

    @classmethod
    def roll(cls, body: Body, setting: Setting) -> Rolled:
        """The body at this setting's pitch."""
        tops, gaps, y = [], [], 0.0
        extra = setting.leading
        before: Line | None = None
        for line in body.lines:
            space = gap(before, line, body.layout, setting)
            tops.append(y)
            gaps.append(space)
            y += space + setting.pitch + (line.depth - 1) * extra
            before = line
        tops.append(y)
        return cls(body, setting, tops, gaps)


@dataclass(frozen=True)
class Table:
    """A table as a block: the rows from `first` up to `last` of a body."""

    rolled: Rolled
    t: Translator
    heading: str = ""
    aside: str = ""
    """Small, at the right end of the heading: `Saldo normal debit`."""
    tail: tuple[Block, ...] = ()
    above: float = 0
    first: int = 0
    last: int = -1
    empty: str = ""
    """What a table without rows says."""
    solid: bool = False
    """Whether, being small, it goes to the next page rather than being split."""

    # -- measures --------------------------------------------------------------------------

    @property
    def body(self) -> Body:
        """The columns and all rows."""
        return self.rolled.body

    @property
    def setting(self) -> Setting:
        """Type size and pitch."""
        return self.rolled.setting

    @property
    def end(self) -> int:
        """The place after its last row."""
        return len(self.body.lines) if self.last < 0 else self.last

    @property
    def starts(self) -> bool:
        """Whether it has the body's first row."""
        return self.first == 0

    @property
    def ends(self) -> bool:
        """Whether it has the body's last row."""
        return self.end == len(self.body.lines)

    def head_height(self) -> float:
        """Heading and names of columns, points."""
        return head_height(self.body, self.setting) + (17 if self.heading else 0)

    def rows_height(self, first: int, last: int) -> float:
        """Rows and the lines that carry sums, without the space before the first row."""
        if not self.body.lines:
            return self.setting.pitch
        tops, gaps = self.rolled.tops, self.rolled.gaps
        height = tops[last] - tops[first] - (gaps[first] if first < last else 0)
        if self.body.carries:
            height += self.setting.pitch * (first > 0)
            height += self._carry_height() * (last < len(self.body.lines))
        return height + (foot(self.body) if last == len(self.body.lines) else 0)

    def _carry_height(self) -> float:
        """The line that carries sums to the next page, with a little air above its rules."""
        return self.setting.pitch + (0 if self.setting.grid else 2.2)

    def tail_height(self) -> float:
        """The blocks after the last row, points."""
        return sum(block.above + block.height() for block in self.tail)

    def height(self) -> float:
        """All of it, points."""
        tail = self.tail_height() if self.ends else 0
        return self.head_height() + self.rows_height(self.first, self.end) + tail

    # -- page breaks -----------------------------------------------------------------------

    def split(self, room: float) -> tuple[Block, Block] | None:
        """The rows that fit into `room` points and the rest; None where it can't be split well."""
        if self.solid and self.rows_height(0, len(self.body.lines)) < _SMALL:
            return None
        cut = self._cut(room - self.head_height())
        if cut is None:
            return None
        return replace(self, last=cut, tail=()), replace(self, first=cut, above=0)

    def _cut(self, room: float) -> int | None:
        """The row before which to break; None where nothing useful fits."""
        if room <= 0 or not self.body.lines:
            return None
        tops, gaps = self.rolled.tops, self.rolled.gaps
        carried = 0.0
        if self.body.carries:
            carried = self._carry_height() + (self.setting.pitch if self.first else 0)
        limit = tops[self.first] + gaps[self.first] + room - carried + 0.01
        fitting = bisect_right(tops, limit) - 1
        cut = self._whole_class(self._decent(min(fitting, self._last_cut())))
        fewest = self.first + (1 if self.first else 2)
        if cut < fewest and self.first:  # the page is its own, and has no room for what travels
            cut = min(fitting, self.end - 1)
        return cut if cut >= fewest else None

    def _last_cut(self) -> int:
        """The latest break that leaves enough rows beside the sums at the end."""
        lines = self.body.lines
        at = len(lines)
        while at > self.first and lines[at - 1].kind in SUMS:
            at -= 1
        sums = len(lines) - at
        return at - max(2, TRAVELLING - sums) if at > self.first else len(lines) - TRAVELLING

    def _whole_class(self, cut: int) -> int:
        """A trial balance with a few rows left over breaks where a class of accounts begins."""
        lines = self.body.lines
        if self.body.layout is not Layout.TRIAL_BALANCE or len(lines) - cut >= _FEW:
            return cut
        starts = range(len(lines) - _FEW, self.first + (cut - self.first) // 2, -1)
        return next((at for at in starts if parted(lines[at - 1], lines[at])), cut)

    def _decent(self, cut: int) -> int:
        """Not behind a heading of rows, not before a sum."""
        lines = self.body.lines
        while cut > self.first and (
            lines[cut].kind in SUMS or lines[cut - 1].kind is RowKind.SECTION
        ):
            cut -= 1
        return cut

    # -- drawing ---------------------------------------------------------------------------

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws heading, names of columns, rows and tail."""
        y = top
        if self.heading:
            y = self._draw_heading(page, x, y)
        y = draw_head(page.pen, self.body, self.setting, x, y)
        y = self._draw_rows(page, x, y)
        for block in self.tail if self.ends else ():
            y -= block.above
            block.draw(page, x, y)
            y -= block.height()

    def _draw_heading(self, page: Page, x: float, y: float) -> float:
        base = y - 9.8
        text = self.heading if self.starts else self.t("{title} (continued)", title=self.heading)
        beside = width(self.aside, REGULAR, 8.5) + 8 if self.aside else 0
        size = fitted(text, SEMIBOLD, 9.8, self.body.width - beside)
        page.pen.left(x, base, text, SEMIBOLD, size)
        if self.aside:
            page.pen.right(x + self.body.width, base, self.aside, REGULAR, 8.5)
        return y - 17

    def _draw_rows(self, page: Page, x: float, y: float) -> float:
        body, pitch = self.body, self.setting.pitch
        letters = Lettering(page.pen, body, self.setting, x)
        rules = Rules(page.pen, body, self.setting, x, y)
        if not body.lines:
            letters.note(y, self.empty)
            y -= pitch
            rules.row(y)
        if body.carries and self.first:
            text = self.t("Brought forward from page {page}", page=page.number - 1)
            letters.carried(y, text, body.carried(self.first))
            y -= pitch
            rules.row(y)
        start = y + self.rolled.tops[self.first]
        if self.first < self.end:
            start += self.rolled.gaps[self.first]
        y = self._draw_lines(letters, rules, start, y)
        if body.carries and not self.ends:
            text = self.t("Carried forward to page {page}", page=page.number + 1)
            y -= self._carry_height() - pitch
            rules.sum_above(y)
            letters.carried(y, text, body.carried(self.end))
            y -= pitch
            rules.row(y)
        letters.done()
        return rules.done(y, closed=self.ends) - (foot(body) if self.ends else 0)

    def _draw_lines(self, letters: Lettering, rules: Rules, start: float, y: float) -> float:
        lines, tops, gaps = self.body.lines, self.rolled.tops, self.rolled.gaps
        for at in range(self.first, self.end):
            line = lines[at]
            above = start - tops[at] - gaps[at]
            y = start - tops[at + 1]
            if at > self.first:
                rules.between(lines[at - 1], line, above, gaps[at])
            if line.kind in SUMS:
                rules.sum(line, above, y, first=at == 0 or lines[at - 1].kind not in SUMS)
            letters.line(line, above)
            rules.row(y)
        return y
