"""The first page of a pack: as airy as it can be, and what stands where on it, in points."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kwt_books.exporters.pdf.blocks import Block, Sign, stacked
from kwt_books.exporters.pdf.cover import (
    ContentsHead,
    ContentsLine,
    CoverTitle,
    Entry,
    Figures,
    SealLine,
    contents_blocks,
    cover_blocks,
)
from kwt_books.exporters.pdf.job import (
    A4,
    BOLD,
    ITALIC,
    MM,
    REGULAR,
    SEMIBOLD,
    Job,
    register,
    width,
)
from kwt_books.exporters.pdf.papers import CutLine
from kwt_books.i18n.catalogue import Translator, resources_dir
from kwt_books.i18n.formats import Formats
from kwt_books.reports.packs import Cover
from tests.exporters import pdf_samples as samples
from tests.exporters.ink import CAPITALS, LEFT, TOP, WIDE, drawn

JOB = Job(samples.IDENTITY, samples.IMPRINT, Translator("id"), Formats("id"), A4)
FIGURES = (("Laba", 1_200_000), ("Kas", 7_127_575), ("Aset", 14_655_500))
COVER = Cover("Laporan Keuangan", "Juni 2026", "SAK EMKM", FIGURES, date(2026, 6, 30))
MIDDLE = LEFT + WIDE / 2


class Referred:
    """Pages that remember what was referred to."""

    def __init__(self) -> None:
        self.at: list[tuple[str, float, float]] = []

    def refer(self, key: str, x: float, y: float) -> None:
        self.at.append((key, x, y))


@pytest.fixture(autouse=True, scope="module")
def fonts() -> None:
    register(resources_dir() / "fonts")


def entries(count: int) -> list[Entry]:
    return [Entry(f"Bagian {n}", f"part{n}") for n in range(count)]


def airs(blocks: list[Block]) -> set[float]:
    """How airy a cover says it is, by each of the spaces that depend on it."""
    found = set()
    for block in blocks:
        if isinstance(block, CoverTitle):
            found.add(round(block.lead / 60, 3))
        elif isinstance(block, ContentsHead):
            found.add(round((block.above - 2) / 36, 3))
        elif isinstance(block, Sign):
            found.add(round((block.above - 10) / 42, 3))
            assert block.space == (15 if max(found) > 0.5 else 11.5) * MM
    return found


@pytest.mark.parametrize("count", range(40))
def test_a_cover_is_as_airy_as_one_page_allows(count: int) -> None:
    room = A4.height - A4.top - 20.5 * MM - A4.floor
    pages: Any = Referred()
    blocks = cover_blocks(JOB, COVER, entries(count), pages)
    (air,) = airs(blocks)
    steps = [1.0, 0.8, 0.6, 0.4, 0.25, 0.1]
    assert air in steps
    assert stacked(blocks) <= room or air == steps[-1]
    if air < 1:
        more = steps[steps.index(air) - 1] - air
        spaces = 60 + (36 if count else 0) + 42
        signing = 3.5 * MM if air < 0.5 < air + more else 0
        assert stacked(blocks) + spaces * more + signing > room, "not airier"


def test_a_cover_has_no_more_than_it_is_given() -> None:
    pages: Any = Referred()
    bare = cover_blocks(JOB, Cover("Paket", "2026"), [], pages)
    assert [type(each) for each in bare] == [CoverTitle]
    whole = cover_blocks(JOB, COVER, entries(2), pages)
    assert [type(each) for each in whole] == [
        CoverTitle, Figures, ContentsHead, ContentsLine, ContentsLine, SealLine, Sign
    ]  # fmt: skip
    sign = whole[-1]
    assert isinstance(sign, Sign)
    assert sign.place_date == "Bandar Lampung, 30 Juni 2026"


@pytest.mark.parametrize("basis", ["", "SAK EMKM"])
@pytest.mark.parametrize("title", ["Laporan", "Laporan keuangan " * 4])
def test_the_title_of_a_pack_is_centred_with_its_period_and_standard(
    title: str, basis: str
) -> None:
    block = CoverTitle(JOB, Cover(title, "Juni 2026", basis), WIDE, 30)
    *lines, period = [each for each in drawn(block).texts if each.text != basis]
    size = lines[0].size
    assert " ".join(each.text for each in lines) == title.upper().strip()
    assert len(lines) == (2 if len(title) > 20 else 1)
    assert size <= 26
    for n, line in enumerate(lines):
        assert (line.font, line.size, line.y) == (BOLD, size, TOP - 30 - 18 - 28 * n)
        spaced = width(line.text, BOLD, size) + 0.4 * (len(line.text) - 1)
        assert line.x == pytest.approx(MIDDLE - spaced / 2)
        assert spaced < WIDE - 10
    below = lines[-1].y - 28
    assert (period.font, period.size, period.y) == (REGULAR, 17, below + 2)
    assert period.middle == pytest.approx(MIDDLE)
    high = 30 + 28 * len(lines) + 24 + 12
    if basis:
        said = drawn(block).text(basis)
        assert (said.font, said.size, said.y) == (REGULAR, 9.5, below - 17.5)
        assert said.middle == pytest.approx(MIDDLE)
        high += 19
    assert block.height() == high


def test_the_amounts_of_a_cover_stand_in_equal_parts_between_two_rules() -> None:
    block = Figures(JOB, FIGURES, WIDE)
    ink = drawn(block)
    rules = [(LEFT, TOP - down, LEFT + WIDE, TOP - down, 0.8) for down in (0, 44)]
    assert ink.lines_drawn[:2] == rules
    between = [(LEFT + WIDE / 3 * n, TOP - 8, LEFT + WIDE / 3 * n, TOP - 37, 0.6) for n in (1, 2)]
    assert ink.lines_drawn[2:] == [pytest.approx(each) for each in between]
    assert block.height() == 44
    labels, amounts = ink.texts[::2], ink.texts[1::2]
    for n, (label, amount) in enumerate(zip(labels, amounts, strict=True)):
        assert (label.text, amount.text) == (FIGURES[n][0], JOB.formats.rupiah(FIGURES[n][1]))
        assert (label.font, label.size, label.y) == (REGULAR, 8.8, TOP - 15)
        assert (amount.font, amount.size, amount.y) == (SEMIBOLD, 14, TOP - 34)
        middle = LEFT + WIDE / 3 * (n + 0.5)
        assert [label.middle, amount.middle] == pytest.approx([middle] * 2)
    long = drawn(Figures(JOB, (("Laba setelah pajak penghasilan", 10**15),) * 4, WIDE)).texts
    assert all(each.end - each.x <= WIDE / 4 - 9.9 for each in long)


def test_parts_are_numbered_in_the_contents_and_chapters_stand_apart() -> None:
    listed = [Entry("Satu"), Entry("A", "a"), Entry("B", "b"), Entry("Dua"), Entry("C", "c")]
    pages: Any = Referred()
    head, *lines, seal = contents_blocks(JOB, listed, pages, 46)
    assert isinstance(head, ContentsHead)
    assert (head.above, head.height(), seal.above, seal.height()) == (46, 30, 3, 20)
    assert [each.above for each in lines] == [0, 0, 0, 5, 0]
    assert {each.height() for each in lines} == {15.8}
    inset, right = LEFT + 22 * MM, LEFT + A4.text_width - 22 * MM
    told = []
    for entry, line in zip(listed, lines, strict=True):
        ink = drawn(line)
        base = TOP - 15.8 / 2 - 3
        assert {each.y for each in ink.texts} == {base}
        if not entry.key:
            (only,) = ink.texts
            assert (only.x, only.text, only.font) == (inset, entry.title, SEMIBOLD)
            continue
        number, title = ink.texts
        told.append(number.text)
        assert number.end == pytest.approx(inset + 19)
        assert (title.x, title.text, title.font, title.size) == (
            inset + 24, entry.title, REGULAR, 9.5
        )  # fmt: skip
        (dots,) = ink.lines_drawn
        assert dots == pytest.approx((title.end + 5, base + 0.5, right - 18, base + 0.5, 0.6))
        assert pages.at[-1] == (entry.key, right, base)
    assert told == ["1.", "2.", "3."]
    long = ContentsLine(pages, Entry("Laporan " * 20, "x"), 1, A4.text_width, 15.8)
    assert drawn(long).texts[1].end <= right - 36 + 0.01


def test_the_contents_begin_with_a_ruled_heading_and_end_with_what_the_seal_means() -> None:
    inset, right = LEFT + 22 * MM, LEFT + WIDE - 22 * MM
    ink = drawn(ContentsHead(JOB, WIDE))
    title, page = ink.texts
    assert (title.x, title.y, title.font, title.size) == (inset, TOP - 18, BOLD, 11)
    assert (page.end, page.y, page.size) == (pytest.approx(right), TOP - 18, 8.8)
    assert ink.lines_drawn == [pytest.approx((inset, TOP - 23, right, TOP - 23, 0.6))]
    ink = drawn(SealLine(JOB, WIDE))
    (said,) = ink.texts
    assert said.text.startswith("Segel 7F3A-91C2-0D4E")
    assert (said.middle, said.y, said.font) == (pytest.approx(MIDDLE), TOP - 14, ITALIC)
    assert said.end <= LEFT + WIDE
    assert ink.lines_drawn == [pytest.approx((inset, TOP, right, TOP, 0.6))]


def test_a_slip_is_cut_off_along_dots_on_both_sides_of_its_words() -> None:
    block = CutLine("gunting di sini", WIDE)
    ink = drawn(block)
    (said,) = ink.texts
    assert (said.font, said.size, said.middle) == (ITALIC, 7.5, pytest.approx(MIDDLE))
    one, other = ink.lines_drawn
    assert one == pytest.approx((LEFT, TOP - 7, said.x - 5, TOP - 7, 0.6))
    assert other == pytest.approx((said.end + 5, TOP - 7, LEFT + WIDE, TOP - 7, 0.6))
    assert said.y < TOP - 7 < said.y + CAPITALS * said.size, "the dots are at half its height"
    assert (block.height(), block.above) == (14, 14)
