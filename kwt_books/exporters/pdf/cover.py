"""The first page of a pack: title, a few figures, contents and signatures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kwt_books.exporters.pdf.blocks import Block, Page, Whole, officers, stacked
from kwt_books.exporters.pdf.job import (
    BOLD,
    ITALIC,
    MM,
    REGULAR,
    SEMIBOLD,
    SIGN_SPACE,
    TIGHT_SIGN_SPACE,
    Job,
    fitted,
    in_lines,
    width,
)
from kwt_books.exporters.pdf.page import Pages
from kwt_books.reports.packs import Cover

_INSET = 22 * MM


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a chapter where there is no key."""

    title: str
    key: str = ""


@dataclass
class CoverTitle(Whole):
    """The title of a pack, its period, and the standard it follows."""

    job: Job
    cover: Cover
    width: float
    lead: float

    @cached_property
    def _set(self) -> tuple[float, list[str]]:
        """The type size and the lines; a title that is a little too long is set smaller."""
        return in_lines(self.cover.title.upper(), BOLD, 26, self.width - 16, 19)

    def height(self) -> float:
        """Points, with the space above it."""
        return self.lead + 28 * len(self._set[1]) + 24 + (19 if self.cover.basis else 0) + 12

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws the lines, centred."""
        middle, y = x + self.width / 2, top - self.lead - 18
        size, lines = self._set
        for line in lines:
            page.pen.spaced(middle, y, line, size, 0.4)
            y -= 28
        page.pen.centre(middle, y + 2, self.cover.period, REGULAR, 17)
        if self.cover.basis:
            size = fitted(self.cover.basis, REGULAR, 9.5, self.width)
            page.pen.centre(middle, y - 17.5, self.cover.basis, REGULAR, size)


@dataclass
class Figures(Whole):
    """A few amounts side by side between two rules."""

    job: Job
    figures: tuple[tuple[str, int], ...]
    width: float
    above: float = 0

    def height(self) -> float:
        """Points from rule to rule."""
        return 44

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws the rules, the labels and the amounts."""
        pen, share = page.pen, self.width / len(self.figures)
        pen.rule(x, x + self.width, top, 0.8)
        pen.rule(x, x + self.width, top - 44, 0.8)
        for n, (label, amount) in enumerate(self.figures):
            middle = x + share * (n + 0.5)
            text = self.job.formats.rupiah(amount)
            size = fitted(label, REGULAR, 8.8, share - 10)
            pen.centre(middle, top - 15, label, REGULAR, size)
            size = fitted(text, SEMIBOLD, 14, share - 12)
            pen.centre(middle, top - 34, text, SEMIBOLD, size)
            if n:
                pen.upright(x + share * n, top - 8, top - 37, 0.6)


@dataclass
class ContentsHead(Whole):
    """The heading of the contents."""

    job: Job
    width: float
    above: float = 46

    def height(self) -> float:
        """Points."""
        return 30

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws the heading with its rule."""
        top -= 8
        t, right = self.job.t, x + self.width - _INSET
        page.pen.left(x + _INSET, top - 10, t("Contents"), BOLD, 11)
        page.pen.right(right, top - 10, t("Page"), REGULAR, 8.8)
        page.pen.rule(x + _INSET, right, top - 15, 0.6)


@dataclass
class ContentsLine(Whole):
    """A chapter of the contents, or a numbered part and its page."""

    pages: Pages
    entry: Entry
    number: int
    width: float
    step: float
    above: float = 0

    def height(self) -> float:
        """Points from line to line."""
        return self.step

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws the line; its page number is filled in when all pages are known."""
        pen, left, right = page.pen, x + _INSET, x + self.width - _INSET
        base = top - self.step / 2 - 3
        if not self.entry.key:
            pen.left(left, base, self.entry.title, SEMIBOLD, 9.3)
            return
        pen.right(left + 19, base, f"{self.number}.", REGULAR, 9.5)
        room = right - left - 60
        size = fitted(self.entry.title, REGULAR, 9.5, room)
        pen.left(left + 24, base, self.entry.title, REGULAR, size)
        end = left + 24 + width(self.entry.title, REGULAR, size)
        pen.dotted(end + 5, right - 18, base + 0.5)
        self.pages.refer(self.entry.key, right, base)


@dataclass
class SealLine(Whole):
    """What the seal on this paper means."""

    job: Job
    width: float
    above: float = 3

    def height(self) -> float:
        """Points."""
        return 20

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws a rule and, where the book has a seal, the sentence."""
        page.pen.rule(x + _INSET, x + self.width - _INSET, top, 0.6)
        if self.job.seal:
            text = self.job.t(
                "Seal {seal} ties this report to its book: change one figure in the book and the"
                " seal changes.",
                seal=self.job.seal,
            )
            size = fitted(text, ITALIC, 8.5, self.width)
            page.pen.centre(x + self.width / 2, top - 14, text, ITALIC, size)


def cover_blocks(job: Job, cover: Cover, entries: list[Entry], pages: Pages) -> list[Block]:
    """The cover, as airy as one page allows."""
    room = job.sheet.ceiling(first=True) - job.sheet.floor
    for air in (1.0, 0.8, 0.6, 0.4, 0.25, 0.1):
        blocks = _cover(job, cover, entries, pages, air)
        if stacked(blocks) <= room:
            break
    return blocks


def _cover(job: Job, cover: Cover, entries: list[Entry], pages: Pages, air: float) -> list[Block]:
    width = job.sheet.text_width
    blocks: list[Block] = [CoverTitle(job, cover, width, 60 * air)]
    if cover.figures:
        blocks.append(Figures(job, cover.figures, width))
    if entries:
        blocks += contents_blocks(job, entries, pages, above=2 + 36 * air)
    if cover.place_date:
        space = SIGN_SPACE if air > 0.5 else TIGHT_SIGN_SPACE
        sign = officers(job, job.place_date(cover.place_date), width, space)
        sign.above = 10 + 42 * air
        blocks.append(sign)
    return blocks


def contents_blocks(job: Job, entries: list[Entry], pages: Pages, above: float) -> list[Block]:
    """The contents of a pack as blocks; closer together where there are many entries."""
    width, number = job.sheet.text_width, 0
    step = 15.8 if len(entries) <= 22 else 13.5
    blocks: list[Block] = [ContentsHead(job, width, above)]
    for n, entry in enumerate(entries):
        number += bool(entry.key)
        line = ContentsLine(pages, entry, number, width, step)
        line.above = 5 if n and not entry.key else 0
        blocks.append(line)
    return [*blocks, SealLine(job, width)]
