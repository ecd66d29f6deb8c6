"""Whatever a receipt or a label says has its place: it is set as large as it fits, and no larger.

All lengths are points.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from kwt_books.exporters.pdf.job import (
    A4,
    F4,
    MM,
    REGULAR,
    SEMIBOLD,
    Job,
    Pen,
    Sheet,
    register,
    wrap,
)
from kwt_books.exporters.pdf.page import define_emblem
from kwt_books.exporters.pdf.slips import draw_labels, draw_receipts
from kwt_books.i18n.catalogue import Translator, resources_dir
from kwt_books.i18n.formats import Formats
from kwt_books.reports.papers import LabelSheet, Receipt
from tests.exporters import pdf_samples as samples
from tests.exporters.ink import Ink, Said

READABLE = MM / 0.486
"""Of letters whose small "o" is a millimetre high."""
STUB, FIELDS = 13 * MM, 59.6 * MM + 33 * MM
on_both = pytest.mark.parametrize("sheet", [A4, F4], ids=["A4", "F4"])


@pytest.fixture(autouse=True, scope="module")
def fonts() -> None:
    register(resources_dir() / "fonts")


def job(sheet: Sheet) -> Job:
    return Job(samples.IDENTITY, samples.IMPRINT, Translator("id"), Formats("id"), sheet)


def receipt(words: int, **more: object) -> Receipt:
    """For a purpose of so many words."""
    one = samples.receipts()[0]
    return replace(one, purpose="Pembelian keripik " * (words // 2), **more)  # type: ignore[arg-type]


def drawn(made: Receipt, sheet: Sheet) -> Ink:
    """The topmost slip of a page."""
    ink = Ink()
    draw_receipts(Pen(ink), [made], job(sheet))
    return ink


def size_of(texts: list[Said]) -> float:
    (size,) = {each.size for each in texts}
    return size


@on_both
def test_what_the_stub_says_is_as_large_as_fits_above_the_slips_end(sheet: Sheet) -> None:
    end, sizes = sheet.height * 2 / 3 + 4 * MM, []
    for words in range(2, 90, 4):
        made = receipt(words)
        stub = [each for each in drawn(made, sheet).texts if each.x == STUB][2:]
        said = [each for each in stub if each.size != 7]
        size, top = size_of(said), sheet.height - 36 - 26
        amount = job(sheet).formats.rupiah_sen(made.amount)
        day = job(sheet).formats.day(made.day)
        values = [(made.number, SEMIBOLD), (day, REGULAR), (made.payer, REGULAR),
                  (made.purpose, REGULAR), (amount, SEMIBOLD)]  # fmt: skip

        def high(at: float, values: list[tuple[str, str]] = values) -> float:
            lines = (wrap(text, font, at, 51.5 * MM - STUB - 6) for text, font in values)
            return sum(len(each) * at * 1.17 + 14 for each in lines)

        fonts = {each.text: each.font for each in said}
        assert {fonts[text] for text in (made.number, amount)} == {SEMIBOLD}, "they stand out"
        assert fonts[day] == REGULAR
        assert top - high(size) > end, "below it all there is air"
        assert size == 8.6 or top - high(size + 0.3) <= end, "no larger one fits"
        assert stub[-1].y - 14 == pytest.approx(top - high(size))
        assert all(below.y < above.y for above, below in pairwise(stub))
        sizes.append(size)
    assert sizes[0] == 8.6 > sizes[-1] >= 4.5
    assert sizes == sorted(sizes, reverse=True)


@on_both
@pytest.mark.parametrize("amount", [180_000, 10**15 - 1])
@pytest.mark.parametrize("receiver", ["Siti Rohmah", "Hj. Siti Rohmah Kusumaningrum Soeryadi"])
def test_fields_stand_clear_of_place_and_date(sheet: Sheet, amount: int, receiver: str) -> None:
    sizes = []
    for words in range(2, 90, 4):
        ink = drawn(receipt(words, amount=amount, receiver=receiver), sheet)
        values = [each for each in ink.texts if each.x == pytest.approx(FIELDS + 4)]
        size, place = size_of(values), ink.text("Bandar Lampung, 2 Juni")
        sizes.append(size)
        lines = [above.y - below.y for above, below in pairwise(values)]
        assert min(lines) == pytest.approx(size * 1.38) or min(lines) >= 14
        assert values[-1].y - place.y > 10, "even the last line"
        labels = [each for each in ink.texts if each.x == pytest.approx(59.6 * MM)][:4]
        starts = [each.y for each in labels]
        assert {each.y for each in values} >= set(starts)
        colons = [each for each in ink.texts if each.text == ":"]
        assert [(each.x, each.y) for each in colons] == [
            (pytest.approx(FIELDS - 6), y) for y in starts
        ]
    assert sizes[0] == pytest.approx(9.6) or amount > 10**9, "where little is said"
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) < 9


def label(words: int, product: str = "Keripik bayam") -> LabelSheet:
    composition = tuple(f"Bahan{n}" for n in range(words))
    return LabelSheet(product, "KB-0806", date(2026, 6, 8), date(2026, 8, 22), 1, composition,
                      "100 g", "2061871012345-28")  # fmt: skip


class OnePage:
    """Pages of which one is open."""

    def __init__(self, sheet: Sheet) -> None:
        self.job, self.ink = job(sheet), Ink()
        self.pen, self.fresh = Pen(self.ink), True


@on_both
def test_a_label_is_set_as_large_as_fits(sheet: Sheet) -> None:
    """And is as low as it can be with letters that can be read."""
    sizes: dict[int, list[float]] = {}
    room = sheet.height - 16 * MM
    for words in range(1, 60, 3):
        page = OnePage(sheet)
        draw_labels(label(words), page)  # type: ignore[arg-type]
        level = sorted({y for _, y, _, to, _ in page.ink.lines_drawn if y == to}, reverse=True)
        end = level[1] + 3.2 * MM
        name, weight, *said = page.ink.texts
        assert not page.fresh
        size = size_of(said)
        sizes.setdefault(round(room / (level[0] - level[1])), []).append(size)
        assert (name.size, weight.size) == (12, 8.6)
        top = sheet.height - (8 + 3.2) * MM
        below = min(weight.y - 3.5, top - 8 * MM - 2)
        assert said[0].y == pytest.approx(below - size * 1.2), "below the weight and the emblem"
        steps = {round(above.y - lower.y, 3) for above, lower in pairwise(said)}
        within, between = round(size * 1.2, 3), round(size * 1.2 + 1.2, 3)
        assert steps <= {within, between}
        assert said[-1].y - 1.2 >= end - 0.01
        if size < 8:
            more = len(said) * 0.2 * 1.2
            assert said[-1].y - 1.2 - more < end + 12, "a larger one would hardly fit"
    usual, *higher = sizes
    assert usual == int(room // (39 * MM))
    assert higher == list(range(usual - 1, usual - 1 - len(higher), -1)), "a row less at a time"
    assert higher, "where much is said"
    for said_in in sizes.values():
        assert 8 >= said_in[0] > said_in[-1] >= READABLE
        assert said_in == sorted(said_in, reverse=True)


@on_both
def test_the_name_of_a_product_is_in_two_lines_at_most(sheet: Sheet) -> None:
    sizes = []
    for words in range(1, 14):
        page = OnePage(sheet)
        draw_labels(label(2, "Keripik " * words), page)  # type: ignore[arg-type]
        names = [each for each in page.ink.texts if each.text.startswith("Keripik")]
        size = size_of(names)
        sizes.append(size)
        assert len(names) <= 2 or size - 0.5 < READABLE
        assert (12 - size) % 0.5 == 0
        top = sheet.height - (8 + 3.2) * MM
        assert [each.y for each in names] == pytest.approx(
            [top - size * (n + 1) for n in range(len(names))]
        )
    assert sizes[0] == 12 > sizes[-1] >= READABLE
    assert sizes == sorted(sizes, reverse=True)


class Outline(Ink):
    """A canvas for the emblem: the points of its leaves."""

    def __init__(self) -> None:
        super().__init__()
        self.points: list[tuple[float, float]] = []

    def beginPath(self) -> Outline:  # noqa: N802
        return self

    def moveTo(self, x: float, y: float) -> None:  # noqa: N802
        self.points.append((x, y))

    def curveTo(self, *ends: float) -> None:  # noqa: N802
        self.points += zip(ends[::2], ends[1::2], strict=True)

    def close(self) -> None:
        """Of a leaf."""

    def drawPath(self, path: Outline, **_: object) -> None:  # noqa: N802
        assert path is self

    def bezier(self, *ends: float) -> None:
        self.curveTo(*ends)

    def beginForm(self, *_: object) -> None:  # noqa: N802
        """Once a file."""

    def endForm(self) -> None:  # noqa: N802
        """Once a file."""


def test_the_plant_of_the_emblem_is_even_on_both_sides_and_grows_within_its_rings() -> None:
    emblem = Outline()
    define_emblem(emblem)
    assert emblem.dots == [(50, 50), (50, 50)]
    points = {(round(x, 6), round(y, 6)) for x, y in emblem.points}
    assert {(round(100 - x, 6), y) for x, y in points} == points
    veins = {tuple(round(each, 6) for each in line[:4]) for line in emblem.lines_drawn}
    assert {(round(100 - x, 6), y, round(100 - to, 6), end) for x, y, to, end in veins} == veins
    assert all((x - 50) ** 2 + (y - 50) ** 2 < 43**2 for x, y in points)
    assert len(points) == 5 * 6 + 4
