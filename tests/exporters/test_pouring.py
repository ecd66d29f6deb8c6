"""Blocks that are poured onto pages: in their order, none lost, and no page left before it is full.

All lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from kwt_books.exporters.pdf.blocks import (
    Block,
    Keep,
    Shifted,
    Spaced,
    Text,
    marked,
    pages_filled,
    pour,
    stacked,
)
from kwt_books.exporters.pdf.compose import Composed
from kwt_books.exporters.pdf.job import A4, MM, Pen, Squeeze, register
from kwt_books.i18n.catalogue import resources_dir

LINE = 10.0


@dataclass(frozen=True)
class Lines:
    """Lines of ten points, to be split between any two of them, or never."""

    name: int
    first: int
    last: int
    above: float = 0
    solid: bool = False

    def height(self) -> float:
        return LINE * (self.last - self.first)

    def split(self, room: float) -> tuple[Block, Block] | None:
        fits = int(room // LINE)
        if self.solid or not 0 < fits < self.last - self.first:
            return None
        cut = self.first + fits
        return Lines(self.name, self.first, cut), Lines(self.name, cut, self.last)

    def draw(self, page: Any, x: float, top: float) -> None:
        page.drawn.append((self, x, top))


@dataclass
class Pages:
    """What was put on each page, and how far below its ceiling."""

    first: float
    later: float
    floor: float = 100
    fresh: bool = True
    put_on: list[list[tuple[Lines, float]]] = field(default_factory=lambda: [[]])

    def __post_init__(self) -> None:
        self.y = self.floor + self.first

    def put(self, block: Block, top: float) -> None:
        assert isinstance(block, Lines)
        self.put_on[-1].append((block, top - self.floor))

    def next(self) -> None:
        self.put_on.append([])
        self.y, self.fresh = self.floor + self.later, True


pieces = st.builds(
    lambda count, above, solid: (count, above, solid),
    st.integers(1, 30), st.sampled_from([0, 4, 13]), st.booleans(),
)  # fmt: skip


@given(st.lists(pieces, max_size=12), st.integers(30, 150), st.integers(30, 150))
def test_pages_are_filled_in_order_and_turned_only_where_nothing_more_fits(
    made: list[tuple[int, float, bool]], first: int, later: int
) -> None:
    blocks = [Lines(n, 0, count, above, solid) for n, (count, above, solid) in enumerate(made)]
    pages = Pages(first, later)
    pour(blocks, pages)
    assert pages_filled(blocks, first, later) == len(pages.put_on)
    put = [block for page in pages.put_on for block, _ in page]
    lines = [(block.name, at) for block in put for at in range(block.first, block.last)]
    assert lines == [(block.name, at) for block in blocks for at in range(block.last)]
    for number, page in enumerate(pages.put_on):
        room = later if number else first
        y: float = room
        for place, (block, top) in enumerate(page):
            above = blocks[block.name].above if place and block.first == 0 else 0
            assert top == y - above, "each below the one before it, the first at the ceiling"
            y = top - block.height()
            alone = not place and block.solid
            assert y >= 0 or alone, "nothing stands in the foot but what no page can hold"
        if number + 1 < len(pages.put_on) and page:
            coming, _ = pages.put_on[number + 1][0]
            whole = blocks[coming.name]
            before = whole.above if coming.first == 0 else 0
            least = whole.height() if whole.solid else LINE
            assert y - before < least, "it would have had its place"


def test_what_lacks_a_hundredth_of_a_point_still_fits() -> None:
    def pages(height: float) -> int:
        return pages_filled([Lines(0, 0, 1, solid=True), Lines(1, 0, 1, solid=True)], height, 90)

    assert (pages(2 * LINE - 0.009), pages(2 * LINE - 0.02)) == (1, 2)


@dataclass
class Board:
    """A page that remembers what was drawn on it."""

    drawn: list[tuple[Lines, float, float]] = field(default_factory=list)


def drawn(block: Block) -> list[tuple[int, int, float, float]]:
    """Name, first line, left and top of each piece."""
    board: Any = Board()
    block.draw(board, 60, 700)
    return [(each.name, each.first, x, top) for each, x, top in board.drawn]


def test_what_is_kept_together_stands_one_below_the_other_and_only_the_last_goes_on() -> None:
    kept = Keep([Lines(0, 0, 2, above=9), Lines(1, 0, 1, above=4), Lines(2, 0, 3, above=5)])
    assert kept.above == 9
    assert kept.height() == stacked(kept.blocks) == 20 + 4 + 10 + 5 + 30
    assert drawn(kept) == [(0, 0, 60, 700), (1, 0, 60, 676), (2, 0, 60, 661)]
    assert kept.split(20 + 4 + 10 + 5 + LINE - 1) is None
    for lines in (1, 2):
        found = kept.split(20 + 4 + 10 + 5 + lines * LINE)
        assert found is not None
        first, rest = found
        assert first.height() == 39 + lines * LINE
        assert drawn(first) == drawn(kept)
        assert (drawn(rest), rest.above) == ([(2, lines, 60, 700)], 0)


def test_what_is_shifted_or_spaced_is_otherwise_the_same() -> None:
    inner = Lines(0, 0, 3, above=7)
    shifted, spaced = Shifted(inner, 25), Spaced(inner, 2)
    assert (shifted.above, spaced.above) == (7, 2)
    assert shifted.height() == spaced.height() == 30
    assert drawn(shifted) == [(0, 0, 85, 700)]
    assert drawn(spaced) == [(0, 0, 60, 700)]
    assert shifted.split(9) is spaced.split(9) is None
    for made, left in ((shifted, 85), (spaced, 60)):
        found = made.split(20)
        assert found is not None
        assert [drawn(each) for each in found] == [[(0, 0, left, 700)], [(0, 2, left, 700)]]


@pytest.fixture(scope="module")
def fonts() -> None:
    register(resources_dir() / "fonts")


def read(block: Block) -> str:
    """What a paragraph's drawing says."""
    out = BytesIO()
    canvas = Canvas(out, (600, 900))
    page: Any = type("Page", (), {"pen": Pen(canvas)})
    block.draw(page, 60, 850)
    canvas.save()
    return " ".join(PdfReader(out).pages[0].extract_text().split())


@pytest.mark.usefixtures("fonts")
def test_a_paragraph_goes_on_with_two_lines_at_least_and_loses_nothing_where_it_cannot() -> None:
    words = [f"kata{n}" for n in range(70)]
    leading = 9 * 1.3
    whole = Text(marked(" ".join(words)), 300, above=6)
    lines = round(whole.height() / leading)
    assert whole.height() == pytest.approx(lines * leading)
    assert lines > 5
    for room in range(0, int(whole.height()) + 20, 3):
        text = Text(marked(" ".join(words)), 300, above=6)
        found = text.split(room)
        fits = min(int(room / leading), lines - 2)
        if room >= whole.height() or fits < 2:
            assert found is None
            assert read(text).split() == words
            continue
        assert found is not None
        first, rest = found
        heights = [first.height(), rest.height()]
        assert heights == pytest.approx([fits * leading, (lines - fits) * leading])
        assert (first.above, rest.above) == (0, 0)
        if room % 30 == 0:
            assert [*read(first).split(), *read(rest).split()] == words


# -- A part closes up no further than saves a page ------------------------------------------------


STEPS = [(n / 10, 15 * MM) for n in range(11)] + [
    (1, (15 - 3.5 * n / 3) * MM) for n in (1, 2, 3)
]  # fmt: skip
"""Tenths of the way to the closest rows, then the room to sign in three steps to 11.5 mm."""


@pytest.mark.parametrize("rows", [5, 46, 47, 48, 50, 55, 58, 60, 61, 62, 63, 120])
@pytest.mark.parametrize("long", [False, True])
def test_a_part_closes_up_no_further_than_saves_a_page(rows: int, long: bool) -> None:
    def height(pitch: float, sign: float) -> float:
        return rows * (14 - 3 * pitch) + sign

    def make(squeeze: Squeeze) -> Iterable[Block]:
        high = height(squeeze.pitch, squeeze.sign)
        return [Lines(n, 0, 1, solid=False) for n in range(int(high // LINE) + 1)]

    def pages(step: tuple[float, float]) -> int:
        first, later = (A4.ceiling(first=each) - A4.floor for each in (True, False))
        return pages_filled(make(Squeeze(*step)), first, later)

    fewest = min(map(pages, STEPS))
    step = next(each for each in STEPS if pages(each) == fewest)
    part = Composed("", "", "", A4, make, long)
    assert part.fitted() == make(Squeeze(*(STEPS[0] if long else step)))
