"""The table of all papers: one flowing block over shared rows.

A piece shows the rows [first, last) of its body. It repeats heading and column heads, carries
running sums over page breaks, closes up when a page would be just a little too short, and keeps
its tail (closing sentence, signatures) together with at least three rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kwt_books.exporters.pdf import fonts, ruling
from kwt_books.exporters.pdf.blocks import Block, Page
from kwt_books.exporters.pdf.body import Body, Line
from kwt_books.exporters.pdf.lettering import Lettering
from kwt_books.exporters.pdf.measures import Setting
from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.model import Layout, RowKind

TRAVELLING = 3
"""How many rows go with the signatures to a new page, sums included."""

_FEW = 9
"""Fewer rows than this make a page of a trial balance that looks left over."""

_SMALL = 190.0
"""Height of rows, points, up to which a solid table stays whole."""

_SUMS = (RowKind.SUBTOTAL, RowKind.TOTAL)


@dataclass(frozen=True)
class Rolled:
    """A body at one pitch: where each row begins, in points below the first."""

    body: Body
    setting: Setting
    tops: Sequence[float]
    gaps: Sequence[float]

    @classmethod
    def roll(cls, body: Body, setting: Setting) -> Rolled:
        tops, gaps, y = [], [], 0.0
        extra = setting.leading
        before: Line | None = None
        for line in body.lines:
            gap = ruling.gap(before, line, body.layout, setting)
            tops.append(y)
            gaps.append(gap)
            y += gap + setting.pitch + (line.depth - 1) * extra
            before = line
        tops.append(y)
        return cls(body, setting, tops, gaps)


@dataclass(frozen=True)
class Table:
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
    """Small among others: goes to the next page rather than in two."""

    # -- measures --------------------------------------------------------------------------

    @property
    def body(self) -> Body:
        return self.rolled.body

    @property
    def setting(self) -> Setting:
        return self.rolled.setting

    @property
    def end(self) -> int:
        return len(self.body.lines) if self.last < 0 else self.last

    @property
    def starts(self) -> bool:
        return self.first == 0

    @property
    def ends(self) -> bool:
        return self.end == len(self.body.lines)

    def head_height(self) -> float:
        return ruling.head_height(self.body, self.setting) + (17 if self.heading else 0)

    def rows_height(self, first: int, last: int) -> float:
        """Rows and the lines that carry sums, without the space before the first row."""
        if not self.body.lines:
            return self.setting.pitch
        tops, gaps = self.rolled.tops, self.rolled.gaps
        height = tops[last] - tops[first] - (gaps[first] if first < last else 0)
        if self.body.carries:
            height += self.setting.pitch * (first > 0)
            height += self._carry_height() * (last < len(self.body.lines))
        return height + (ruling.foot(self.body) if last == len(self.body.lines) else 0)

    def _carry_height(self) -> float:
        """The line that carries sums to the next page, with a little air above its rules."""
        return self.setting.pitch + (0 if self.setting.grid else 2.2)

    def tail_height(self) -> float:
        return sum(block.above + block.height() for block in self.tail)

    def height(self) -> float:
        tail = self.tail_height() if self.ends else 0
        return self.head_height() + self.rows_height(self.first, self.end) + tail

    # -- page breaks -----------------------------------------------------------------------

    def split(self, room: float) -> tuple[Block, Block] | None:
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
        cut = bisect_right(tops, limit) - 1
        cut = self._whole_class(self._decent(min(cut, self._last_cut())))
        fewest = self.first + (1 if self.first else 2)
        return cut if cut >= fewest else None

    def _last_cut(self) -> int:
        """The latest break that leaves enough rows beside the sums at the end."""
        lines = self.body.lines
        at = len(lines)
        while at > self.first and lines[at - 1].kind in _SUMS:
            at -= 1
        sums = len(lines) - at
        return at - max(2, TRAVELLING - sums) if at > self.first else len(lines) - TRAVELLING

    def _whole_class(self, cut: int) -> int:
        """A trial balance with a few rows left over breaks where a class of accounts begins."""
        lines = self.body.lines
        if self.body.layout is not Layout.TRIAL_BALANCE or len(lines) - cut >= _FEW:
            return cut
        starts = range(len(lines) - _FEW, self.first + (cut - self.first) // 2, -1)
        return next((at for at in starts if ruling.parted(lines[at - 1], lines[at])), cut)

    def _decent(self, cut: int) -> int:
        """Not behind a heading of rows, not before a sum."""
        lines = self.body.lines
        while cut > self.first and (
            lines[cut].kind in _SUMS or lines[cut - 1].kind is RowKind.SECTION
        ):
            cut -= 1
        return cut

    # -- drawing ---------------------------------------------------------------------------

    def draw(self, page: Page, x: float, top: float) -> None:
        y = top
        if self.heading:
            y = self._draw_heading(page, x, y)
        y = ruling.draw_head(page.pen, self.body, self.setting, x, y)
        y = self._draw_rows(page, x, y)
        for block in self.tail if self.ends else ():
            y -= block.above
            block.draw(page, x, y)
            y -= block.height()

    def _draw_heading(self, page: Page, x: float, y: float) -> float:
        size = 9.8
        text = self.heading if self.starts else self.t("{title} (continued)", title=self.heading)
        page.pen.left(x, y - size, text, fonts.SEMIBOLD, size)
        if self.aside:
            page.pen.right(x + self.body.width, y - size, self.aside, fonts.REGULAR, 8.5)
        return y - 17

    def _draw_rows(self, page: Page, x: float, y: float) -> float:
        body, pitch = self.body, self.setting.pitch
        letters = Lettering(page.pen, body, self.setting, x)
        rules = ruling.Rules(page.pen, body, self.setting, x, y)
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
        return rules.done(y, closed=self.ends) - (ruling.foot(body) if self.ends else 0)

    def _draw_lines(self, letters: Lettering, rules: ruling.Rules, start: float, y: float) -> float:
        lines, tops, gaps = self.body.lines, self.rolled.tops, self.rolled.gaps
        for at in range(self.first, self.end):
            line = lines[at]
            above = start - tops[at] - gaps[at]
            y = start - tops[at + 1]
            if at > self.first:
                rules.between(lines[at - 1], line, above, gaps[at])
            if line.kind in _SUMS:
                rules.sum(line, above, y, first=at == 0 or lines[at - 1].kind not in _SUMS)
            letters.line(line, above)
            rules.row(y)
        return y
