"""The blocks a page is filled with, and how they fall onto pages.

A block knows its height, may be able to split, and draws itself below a point. Everything here is
as wide as it was made for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from kwt_books.exporters.pdf import fonts
from kwt_books.exporters.pdf.pen import Pen


class Page(Protocol):
    """Where a block draws: the pen, and which page this is."""

    pen: Pen

    @property
    def number(self) -> int: ...


class Block(Protocol):
    @property
    def above(self) -> float:
        """Space before the block; dropped at the top of a page."""

    def height(self) -> float: ...

    def split(self, room: float) -> tuple[Block, Block] | None:
        """Two blocks, the first at most `room` high; None where that is not to be had."""

    def draw(self, page: Page, x: float, top: float) -> None: ...


class Whole:
    """What blocks that never split have in common."""

    above: float = 0

    def split(self, room: float) -> tuple[Block, Block] | None:
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
            "text", fontName=fonts.REGULAR, fontSize=size, leading=size * leading,
            bulletFontName=fonts.REGULAR, splitLongWords=1, allowWidows=0, allowOrphans=0,
        )  # fmt: skip
        self._start(Paragraph(markup, style), width, above)

    def _start(self, paragraph: object, width: float, above: float) -> None:
        self.paragraph: object = paragraph
        self.width = width
        self.above = above
        self._height: float = paragraph.wrap(width, 1e6)[1]  # type: ignore[attr-defined]

    def height(self) -> float:
        return self._height

    def split(self, room: float) -> tuple[Block, Block] | None:
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
        self.paragraph.drawOn(page.pen.canvas, x, top - self._height)  # type: ignore[attr-defined]


@dataclass
class Heading(Whole):
    """The name of a table or chart among others: `B. Perubahan dana`."""

    text: str
    above: float = 14
    size: float = 10

    def height(self) -> float:
        return self.size * 1.45

    def draw(self, page: Page, x: float, top: float) -> None:
        page.pen.left(x, top - self.size, self.text, fonts.SEMIBOLD, self.size)


class Shifted:
    """A block moved to the right: what stands under a numbered note."""

    def __init__(self, block: Block, by: float, label: str = "", size: float = 9.5) -> None:
        self.block, self.by, self.label, self.size = block, by, label, size
        self.above = block.above

    def height(self) -> float:
        return self.block.height()

    def split(self, room: float) -> tuple[Block, Block] | None:
        pieces = self.block.split(room)
        if pieces is None:
            return None
        one, other = pieces
        return Shifted(one, self.by, self.label, self.size), Shifted(other, self.by)

    def draw(self, page: Page, x: float, top: float) -> None:
        if self.label:
            at = x + self.by - LABEL_ROOM if self.by > 30 else x
            page.pen.left(at, top - self.size * 1.02, self.label, fonts.REGULAR, self.size)
        self.block.draw(page, x + self.by, top)


LABEL_ROOM = 17.0
"""How far the letter of a list item stands before its text, points."""


class Keep:
    """Blocks that stay together; only the last may go on to the next page, if it can split."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = list(blocks)
        self.above = blocks[0].above

    def height(self) -> float:
        return stacked(self.blocks)

    def split(self, room: float) -> tuple[Block, Block] | None:
        before = stacked(self.blocks[:-1])
        last = self.blocks[-1]
        pieces = last.split(room - before - last.above)
        if pieces is None:
            return None
        first, rest = pieces
        return Keep([*self.blocks[:-1], Spaced(first, last.above)]), rest

    def draw(self, page: Page, x: float, top: float) -> None:
        for at, block in enumerate(self.blocks):
            top -= block.above if at else 0
            block.draw(page, x, top)
            top -= block.height()


class Spaced:
    """A block with another space before it."""

    def __init__(self, block: Block, above: float) -> None:
        self.block, self.above = block, above

    def height(self) -> float:
        return self.block.height()

    def split(self, room: float) -> tuple[Block, Block] | None:
        return self.block.split(room)

    def draw(self, page: Page, x: float, top: float) -> None:
        self.block.draw(page, x, top)


def stacked(blocks: Sequence[Block]) -> float:
    """Height of blocks one below the other, the space before the first left out."""
    return sum(b.height() for b in blocks) + sum(b.above for b in blocks[1:])


class Place(Protocol):
    """Pages being filled from above: where the next block begins, and how to go on."""

    y: float
    floor: float
    fresh: bool
    """Nothing stands on this page yet."""

    def put(self, block: Block, top: float) -> None: ...

    def next(self) -> None: ...


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
    """Pages that only count themselves: how many would these blocks fill?"""

    def __init__(self, first: float, later: float) -> None:
        self.y, self.floor, self.fresh = first, 0.0, True
        self.later = later
        self.pages = 1

    def put(self, block: Block, top: float) -> None:
        pass

    def next(self) -> None:
        self.pages += 1
        self.y, self.fresh = self.later, True


def pages_filled(blocks: Iterable[Block], first: float, later: float) -> int:
    """Pages that blocks fill, given the room on the first page and on those behind it."""
    rehearsal = Rehearsal(first, later)
    pour(blocks, rehearsal)
    return rehearsal.pages
