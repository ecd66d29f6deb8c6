"""The blocks a page is filled with, how they are put on pages, titles and signatures.

A block knows its height, may be able to split, and draws itself below a point. It is as wide as it
was made for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Protocol

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from kwt_books.domain.values import Month
from kwt_books.exporters.pdf.job import (
    BOLD,
    ITALIC,
    REGULAR,
    SEMIBOLD,
    SIGN_COLUMN,
    SIGN_RULE,
    SIGN_SPACE,
    Job,
    Pen,
    Squeeze,
    fitted,
    width,
    wrap,
)
from kwt_books.reports.context import Period, short_span
from kwt_books.reports.model import Report
from kwt_books.reports.packs import Section


class Page(Protocol):
    """What a block draws on: the pen, and which page this is."""

    pen: Pen

    @property
    def number(self) -> int:
        """The page's number, from 1."""


class Block(Protocol):
    """A piece of a page: it knows its height, may split, and draws itself."""

    @property
    def above(self) -> float:
        """Space before the block; dropped at the top of a page."""

    def height(self) -> float:
        """Its height in points, without the space above it."""

    def split(self, room: float) -> tuple[Block, Block] | None:
        """Two blocks, the first at most `room` points high; None where it can't be split so."""

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws it with its upper left corner at `x` and `top`."""


class Whole:
    """What blocks that never split have in common."""

    above: float = 0

    def split(self, room: float) -> tuple[Block, Block] | None:
        """None: it never splits."""
        return None


_AMOUNT_BEFORE_WORDS = re.compile(r"(Rp[0-9.,]*[0-9])(?= \([^()]*rupiah\))")


def marked(text: str) -> str:
    """Plain text for a paragraph; an amount that its words follow stands out."""
    return _AMOUNT_BEFORE_WORDS.sub(r"<b>\1</b>", escape(" ".join(text.split()), quote=False))


class Text:
    """A paragraph. `markup` holds ReportLab's tags, everything from outside escaped already."""

    def __init__(
        self, markup: str, width: float, size: float = 9, *, above: float = 0, leading: float = 1.3
    ) -> None:
        style = ParagraphStyle(
            "text", fontName=REGULAR, fontSize=size, leading=size * leading,
            bulletFontName=REGULAR, splitLongWords=1, allowWidows=0, allowOrphans=0,
        )  # fmt: skip
        self._start(Paragraph(markup, style), width, above)

    def _start(self, paragraph: object, width: float, above: float) -> None:
        self.paragraph: object = paragraph
        self.width = width
        self.above = above
        self._height: float = paragraph.wrap(width, 1e6)[1]  # type: ignore[attr-defined]

    def height(self) -> float:
        """The height of its lines, points."""
        return self._height

    def split(self, room: float) -> tuple[Block, Block] | None:
        """The lines that fit into `room` points and the rest; None where it can't be split so."""
        pieces = self.paragraph.split(self.width, room)  # type: ignore[attr-defined]
        if len(pieces) != 2:
            # It forgets its lines where it finds no place to be split.
            self.paragraph.wrap(self.width, 1e6)  # type: ignore[attr-defined]
            return None
        halves = []
        for piece in pieces:
            half = Text.__new__(Text)
            half._start(piece, self.width, 0)
            halves.append(half)
        return halves[0], halves[1]

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws the lines below `top`."""
        self.paragraph.drawOn(page.pen.canvas, x, top - self._height)  # type: ignore[attr-defined]


@dataclass
class WritingLine(Whole):
    """A dotted line to be filled in by hand, after its label."""

    label: str
    width: float
    above: float = 4

    def height(self) -> float:
        """Points."""
        return 18

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws the label and the dotted line."""
        base = top - 12
        page.pen.left(x, base, self.label, REGULAR, 9.3)
        after = width(self.label, REGULAR, 9.3) + 5 if self.label else 0
        page.pen.dotted(x + after, x + self.width, base - 2)


def said(text: str, width: float, size: float, *, above: float = 0, leading: float = 1.3) -> Block:
    """A paragraph; where nothing but dots follow its label, a dotted line up to the margin."""
    label, dots, rest = text.partition("…")
    if dots and not rest.strip("…"):
        return WritingLine(label.strip(), width, above)
    return Text(marked(text), width, size, above=above, leading=leading)


@dataclass
class Heading(Whole):
    """The name of a table or chart among others: `B. Perubahan dana`."""

    text: str
    above: float = 14
    size: float = 10

    def height(self) -> float:
        """The height of its one line, points."""
        return self.size * 1.45

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws the line."""
        page.pen.left(x, top - self.size, self.text, SEMIBOLD, self.size)


class Shifted:
    """A block moved to the right: what stands under a numbered note."""

    def __init__(self, block: Block, by: float, label: str = "", size: float = 9.5) -> None:
        self.block, self.by, self.label, self.size = block, by, label, size
        self.above = block.above

    def height(self) -> float:
        """The block's height, points."""
        return self.block.height()

    def split(self, room: float) -> tuple[Block, Block] | None:
        """The block's two pieces, both shifted; the label goes with the first."""
        pieces = self.block.split(room)
        if pieces is None:
            return None
        one, other = pieces
        return Shifted(one, self.by, self.label, self.size), Shifted(other, self.by)

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws the label, and the block to the right of it."""
        if self.label:
            at = x + self.by - LABEL_ROOM if self.by > 30 else x
            page.pen.left(at, top - self.size * 1.02, self.label, REGULAR, self.size)
        self.block.draw(page, x + self.by, top)


LABEL_ROOM = 17.0
"""How far the letter of a list item stands before its text, points."""


class Keep:
    """Blocks that stay together; only the last may go on to the next page, if it can split."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = list(blocks)
        self.above = blocks[0].above

    def height(self) -> float:
        """The height of all blocks with the space between them, points."""
        return stacked(self.blocks)

    def split(self, room: float) -> tuple[Block, Block] | None:
        """All blocks with the last one's first piece, and its second; None where it can't split."""
        before = stacked(self.blocks[:-1])
        last = self.blocks[-1]
        pieces = last.split(room - before - last.above)
        if pieces is None:
            return None
        first, rest = pieces
        return Keep([*self.blocks[:-1], Spaced(first, last.above)]), rest

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws the blocks one below the other."""
        for at, block in enumerate(self.blocks):
            top -= block.above if at else 0
            block.draw(page, x, top)
            top -= block.height()


class Spaced:
    """A block with another space before it."""

    def __init__(self, block: Block, above: float) -> None:
        self.block, self.above = block, above

    def height(self) -> float:
        """The block's height, points."""
        return self.block.height()

    def split(self, room: float) -> tuple[Block, Block] | None:
        """The block's two pieces."""
        return self.block.split(room)

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws the block."""
        self.block.draw(page, x, top)


def stacked(blocks: Sequence[Block]) -> float:
    """Height of blocks one below the other, the space before the first left out."""
    return sum(b.height() for b in blocks) + sum(b.above for b in blocks[1:])


class Place(Protocol):
    """Pages being filled from above: the next block begins at `y`, and none goes below `floor`."""

    y: float
    floor: float
    fresh: bool
    """Nothing stands on this page yet."""

    def put(self, block: Block, top: float) -> None:
        """Draws a block below `top`."""

    def next(self) -> None:
        """Goes on to a new page."""


def pour(blocks: Iterable[Block], place: Place) -> None:
    """Fill pages with blocks, splitting those that can be split."""
    for block in blocks:
        _fall(block, place)


def _fall(block: Block, place: Place) -> None:
    while True:
        above = 0 if place.fresh else block.above
        room = place.y - place.floor - above
        if block.height() <= room + 0.01:
            break
        pieces = block.split(room)
        if pieces is not None:
            first, block = pieces
            place.put(first, place.y - above)
            place.next()
        elif place.fresh:
            break  # higher than a page and not to be split: drawn as it is
        else:
            place.next()
    place.y -= above
    place.put(block, place.y)
    place.y -= block.height()
    place.fresh = False


class Rehearsal:
    """Pages that are counted and not drawn."""

    def __init__(self, first: float, later: float) -> None:
        self.y, self.floor, self.fresh = first, 0.0, True
        self.later = later
        self.pages = 1

    def put(self, block: Block, top: float) -> None:
        """Nothing is drawn."""

    def next(self) -> None:
        """Counts one more page."""
        self.pages += 1
        self.y, self.fresh = self.later, True


def pages_filled(blocks: Iterable[Block], first: float, later: float) -> int:
    """Pages that blocks fill, given the room on the first page and on those behind it."""
    rehearsal = Rehearsal(first, later)
    pour(blocks, rehearsal)
    return rehearsal.pages


# -- The title over a part, and the short words for its period that go into head and foot --------


@dataclass
class Title(Whole):
    """Title in capitals, period, unit; `extra` says that the month is still open."""

    title: str
    period: str
    unit: str
    extra: str
    width: float
    after: float = 8

    def _lines(self) -> list[str]:
        return wrap(self.title.upper(), BOLD, 13.5, self.width * 0.92)

    def height(self) -> float:
        """The height of its lines and the space after them, points."""
        rest = sum(12.6 for text in (self.period, self.unit, self.extra) if text)
        return 3 + 16 * len(self._lines()) + rest + self.after

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws the lines, centred."""
        middle = x + self.width / 2
        y = top - 16
        for line in self._lines():
            page.pen.spaced(middle, y, line, 13.5, 0.3)
            y -= 16
        y += 2.4
        for text, font, size in (
            (self.period, SEMIBOLD, 10.5),
            (self.extra, SEMIBOLD, 8.5),
            (self.unit, ITALIC, 8.5),
        ):
            if text:
                fit = fitted(text, font, size, self.width)
                page.pen.centre(middle, y, text, font, fit)
                y -= 12.6


def title_of(job: Job, part: Report | Section, width: float, squeeze: Squeeze) -> Title:
    """The title over a report or section, with its period and unit."""
    unit = part.unit
    if unit and "(" not in unit:
        unit = f"({unit})"
    extra = job.t("PROVISIONAL, month not closed yet") if part.provisional else ""
    return Title(part.title, part.period, unit, extra, width, after=8 - 5 * squeeze.pitch)


# -- The foot of a page --------------------------------------------------------------------


def short_period(parameters: Mapping[str, str], period: str, job: Job) -> str:
    """`30 Juni 2026`, `Juni 2026` or `Tahun 2026`, from the report's parameters; else its own
    words.
    """
    for key in ("as_of", "date", "until"):
        if (value := parameters.get(key, "")) and _is_day(value):
            return job.formats.day(date.fromisoformat(value))
    if _is_month(month := parameters.get("month", "")):
        return job.formats.month(month)
    days = parameters.get("start", ""), parameters.get("end", "")
    if not all(map(_is_day, days)):
        return period
    return short_span(Period(*map(date.fromisoformat, days)), job.formats, job.t)


def state_of(job: Job, parameters: Mapping[str, str]) -> str:
    """`month Juni 2026 closed`, or not closed yet, for the foot; empty where no month is named or
    several books are told of.
    """
    days = (parameters.get(key, "") for key in ("as_of", "until", "end"))
    month = parameters.get("month") or next((Month.of_text(day) for day in days if day), "")
    if not _is_month(month) or not job.imprint.head:
        return ""
    closed = month <= (job.imprint.closed_through or "")
    text = "month {month} closed" if closed else "month {month} not closed yet"
    return job.t(text, month=job.formats.month(month))


def _is_month(text: str) -> bool:
    return len(text) == 7 and _is_day(f"{text}-01")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


# -- The signatures. They are never split, and never stand on a page of their own ----------------


_SIZE, _NAME, _STEP = 9.3, 10.0, 12.0
_RISE = 5.0
"""How far the lower signature reaches up beside the rules of the upper two."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """`over` the signing space, the name under it, and what stands below the rule."""

    over: tuple[str, ...]
    name: str = ""
    below: str = ""

    def names(self) -> list[str]:
        """The name in lines; a long one grows upward from its rule."""
        return wrap(self.name, SEMIBOLD, _NAME, SIGN_COLUMN - 4) if self.name else []

    def lines_over(self) -> list[str]:
        """The lines above the signing space."""
        return [line for text in self.over
                for line in wrap(text, REGULAR, _SIZE, SIGN_COLUMN)]  # fmt: skip

    def height(self, space: float) -> float:
        """Points, with `space` for signing."""
        names = (max(len(self.names()), 1) - 1) * _STEP + 6
        return len(self.lines_over()) * _STEP + space + names + (_STEP if self.below else 0)


@dataclass
class Sign(Whole):
    """Two or three columns of signatures and the date above the right one."""

    place_date: str
    left: Signatory | None
    right: Signatory
    below: tuple[Signatory, ...]
    width: float
    space: float = SIGN_SPACE
    above: float = 13

    def _upper(self) -> list[Signatory]:
        return [one for one in (self.left, self.right) if one]

    def _lower_step(self) -> float:
        """From the rules of the upper row to the lower one: a single one stands between them."""
        return -_RISE if len(self.below) == 1 else 7

    def height(self) -> float:
        """Points from the date to the lowest name."""
        dated = _STEP + 3 if self.place_date else 0
        below = row_height(self.below, self.space) + self._lower_step() if self.below else 0
        return dated + row_height(self._upper(), self.space) + below + 2

    def draw(self, page: Page, x: float, top: float) -> None:
        """Draws the date and the signatures."""
        column = min(SIGN_COLUMN, self.width / 2)
        at_left, at_right = x + column / 2, x + self.width - column / 2
        if self.place_date:
            size = fitted(self.place_date, REGULAR, _SIZE, self.width)
            half = width(self.place_date, REGULAR, size) / 2
            middle = min(at_right, x + self.width - half)
            page.pen.centre(middle, top - _SIZE, self.place_date, REGULAR, size)
            top -= _STEP + 3
        places = [at_left, at_right] if self.left else [at_right]
        top = self._draw_row(page.pen, self._upper(), places, top)
        if self.below:
            places = [x + self.width / 2] if len(self.below) == 1 else [at_left, at_right]
            self._draw_row(page.pen, self.below, places, top - self._lower_step())

    def _draw_row(
        self, pen: Pen, row: Sequence[Signatory], places: Sequence[float], top: float
    ) -> float:
        """Signatories side by side, their rules at one height; the row's lower end."""
        foot = top - row_height(row, self.space)
        rule = foot + (_STEP if any(one.below for one in row) else 0)
        for one, middle in zip(row, places, strict=True):
            for n, text in enumerate(one.lines_over()):
                pen.centre(middle, top - _SIZE - n * _STEP, text, REGULAR, _SIZE)
            self._name(pen, one, middle, rule)
        return foot

    @staticmethod
    def _name(pen: Pen, one: Signatory, middle: float, rule: float) -> None:
        names = one.names()
        for n, name in enumerate(reversed(names)):
            pen.centre(middle, rule + 3.2 + n * _STEP, name, SEMIBOLD, _NAME)
        wide = max([SIGN_RULE, *(width(n, SEMIBOLD, _NAME) + 6 for n in names)])
        pen.rule(middle - wide / 2, middle + wide / 2, rule, 0.5)
        if one.below:
            size = fitted(one.below, REGULAR, 8.5, SIGN_COLUMN)
            pen.centre(middle, rule - 10, one.below, REGULAR, size)


def row_height(row: Sequence[Signatory], space: float) -> float:
    """The height of signatures side by side, points."""
    return max(one.height(space) for one in row)


def officers(job: Job, place_date: str, width: float, space: float) -> Sign:
    """Treasurer right, chair left, coordinator (and extension officer) below."""
    t, one = job.t, job.identity
    left = Signatory((t("Approved by:"), t("Chair,")), one.chair)
    right = Signatory((t("Prepared by:"), t("Treasurer,")), one.treasurer)
    return Sign(place_date, left, right, witnesses(job), width, space)


def examiner(job: Job, place_date: str, name: str, width: float, space: float) -> Sign:
    """Whoever examined the books, alone."""
    return Sign(place_date, None, Signatory((job.t("Auditor,"),), name), (), width, space)


def witnesses(job: Job) -> tuple[Signatory, ...]:
    """Who takes note: the umbrella's coordinator, the extension officer, both or neither."""
    t, one = job.t, job.identity
    found = []
    if one.coordinator:
        of = t("Coordinator of {umbrella},", umbrella=one.umbrella) if one.umbrella else t(
            "Coordinator,"
        )  # fmt: skip
        found.append(Signatory((t("Acknowledged by:"), of), one.coordinator))
    if one.officer:
        nip = f"NIP {one.officer_nip}" if one.officer_nip else ""
        over = (t("Acknowledged by:"), t("Extension officer,"))
        found.append(Signatory(over, one.officer, nip))
    return tuple(found)
