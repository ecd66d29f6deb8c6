"""Where things stand on labels and receipts that are cut apart. Lengths are points."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kwt_books.exporters.pdf.job import BOLD, width
from kwt_books.reports.papers import LabelSheet
from tests.exporters import pdf_samples as samples
from tests.exporters.measures import MM, PAPERS, Page, measured

on_both = pytest.mark.parametrize("paper", PAPERS)
EDGE, PAD = 8 * MM, 3.2 * MM
A_PAGE = {"F4": 24, "A4": 21}
"""Labels at least 39 mm high, in three columns."""
SMALLEST = MM / 0.486
"""Of letters whose small "o" is a millimetre high."""
PLAIN = LabelSheet(
    "Keripik bayam", "KB-0806", date(2026, 6, 8), date(2026, 8, 22), 30,
    ("Daun bayam", "Tepung beras", "Bumbu"), "100 g", "2061871012345-28",
)  # fmt: skip


def cut(made: Page) -> tuple[list[float], list[float]]:
    """Where the lines to cut along stand: upright ones from the left, level ones from above."""
    dashed = [each for each in made.rules if each.thick == 0.6]
    upright = [each.x for each in dashed if each.x == each.to_x]
    level = [each.y for each in dashed if each.y == each.to_y]
    return sorted(upright), sorted(level, reverse=True)


def labels(paper: str, **changed: object) -> Page:
    return measured([replace(PLAIN, **changed)], paper)  # type: ignore[arg-type]


@on_both
def test_labels_fill_the_page_between_lines_to_cut_along(paper: str) -> None:
    made = labels(paper)
    wide, high = (each * MM for each in PAPERS[paper])
    upright, level = cut(made)
    rows = A_PAGE[paper] // 3
    apart = (wide - 2 * EDGE) / 3
    assert upright == pytest.approx([EDGE + apart * n for n in range(4)], abs=0.01)
    step = (high - 2 * EDGE) / rows
    assert 39 * MM <= step < 39 * MM * (rows + 1) / rows
    assert level == pytest.approx([high - EDGE - step * n for n in range(rows + 1)], abs=0.01)
    names = [each for each in made.texts if each.text == "Keripik bayam"]
    assert len(names) == A_PAGE[paper]
    corners = [(x + PAD, y - PAD - 12) for y in level[:-1] for x in upright[:-1]]
    assert [(each.x, each.y) for each in names] == [
        pytest.approx(each, abs=0.01) for each in corners
    ]
    one = [each for each in made.texts if each.x < upright[1] and each.y > level[1]]
    assert [(each.text, each.font) for each in one[:4]] == [
        ("Keripik bayam", "Bold"), ("Berat bersih 100 g", "Semibold"),
        ("Komposisi: Daun bayam, tepung beras, bumbu", "Regular"),
        ("Baik digunakan sebelum: 22 Agustus 2026", "Semibold"),
    ]  # fmt: skip
    assert "Kode produksi: KB-0806 (8 Juni 2026)" in {each.text for each in one}
    assert "P-IRT No. 2061871012345-28" in {each.text for each in one}
    assert all(below.y < above.y - 8 for above, below in pairwise(one))
    assert all(each.end <= upright[1] - PAD + 0.1 and each.y > level[1] + PAD for each in one)


def test_a_label_fits_however_much_it_says() -> None:
    """A long name stays in two lines left of the emblem; the rest is set smaller."""
    much = labels("A4", product="Keripik bayam merah organik rasa balado pedas manis",
                  composition=tuple(f"Bahan nomor {n}" for n in range(8)), barcode="KB",
                  price=12_500)  # fmt: skip
    upright, level = cut(much)
    one = [each for each in much.texts if each.x < upright[1] and each.y > level[1]]
    names = [each for each in one if each.font == "Bold" and "Rp" not in each.text]
    assert len(names) == 2
    assert SMALLEST <= names[0].size < 12
    assert names[0].y - names[1].y == pytest.approx(names[0].size)
    assert all(each.end <= upright[1] - PAD - 8 * MM - 5.9 for each in names)
    said = [each for each in one if each.font == "Regular"]
    assert said[0].size < 8
    assert min(each.y for each in said) >= level[1] + PAD + 13 + MM, "above price and bars"


NAMED = st.text("abcdefghijklmnopqrstuvwxyz MW", min_size=1, max_size=60)


@settings(max_examples=40, deadline=None)
@given(
    paper=st.sampled_from(sorted(PAPERS)),
    product=NAMED,
    composition=st.lists(NAMED, max_size=30).map(tuple),
    net_weight=st.text("100 gram bersih", max_size=60),
    licence=st.sampled_from(["", "2061871012345-28"]),
    price=st.none() | st.integers(1, 10**12),
    barcode=st.sampled_from(["", "KB", "KERIPIK-BAYAM-100"]),
)
def test_on_a_label_nothing_lies_over_anything_else(paper: str, **said: Any) -> None:
    """Every word of it can be read, above the bars, within the lines that it is cut along: labels
    that say much are higher."""
    made = labels(paper, count=1, **said)
    upright, level = cut(made)
    one = [each for each in made.texts if each.x < upright[1] and each.y > level[1]]
    bars = [each for each in made.boxes if each[3] == pytest.approx(6.5 * MM)]
    foot = [each for each in bars if each[0] < upright[1] and level[1] < each[1] < level[0]]
    assert bool(foot) == bool(said["barcode"])
    edge = foot[0][1] + foot[0][3] if foot else level[1] + PAD
    price = [each for each in one if each.text.startswith("Rp")]
    others = [each for each in one if each not in price]
    assert len(price) == (said["price"] is not None)
    assert all(min(each.y for each in others) >= other.y + other.size * 0.6 for other in price)
    assert min(each.y for each in others) >= edge
    assert all(above.y - below.y >= below.size * 0.99 for above, below in pairwise(others))
    assert all(each.end <= upright[1] - PAD + 0.1 for each in one)
    assert all(each.size >= SMALLEST for each in others)
    high_enough = level[0] - PAD - 8 * MM
    assert all(
        each.end <= upright[1] - PAD - 8 * MM - 5.9 for each in others if each.y > high_enough
    ), "left of the emblem"
    words = "".join(each.text for each in others).replace(" ", "").lower()
    for each in (said["product"], *said["composition"]):
        assert each.replace(" ", "").lower() in words


def test_the_price_stands_beside_short_bars_and_above_long_ones() -> None:
    for code, over in (("KB", 0.0), ("KERIPIK-BAYAM-100", 6.5 * MM + MM)):
        made = labels("A4", barcode=code, price=12_500)
        upright, level = cut(made)
        foot = level[1] + PAD
        bars = [each for each in made.boxes if each[3] == pytest.approx(6.5 * MM)]
        first = [each for each in bars if each[1] == pytest.approx(foot) and each[0] < upright[1]]
        price = next(each for each in made.texts if each.text == "Rp12.500")
        assert (price.size, price.font) == (13, "Bold")
        assert price.end == pytest.approx(upright[1] - PAD, abs=0.1)
        assert price.y == pytest.approx(foot + over + 1, abs=0.01)
        assert first, code
        assert PAD <= first[0][0] - upright[0] < PAD + 72 / 203
        if not over:
            assert first[-1][0] + first[-1][2] < price.end - width("Rp12.500", BOLD, 13)
        beside = [each for each in made.texts if each.x < upright[1] and each.y > level[1]]
        others = [each.y for each in beside if each is not price]
        assert min(others) > foot + max(6.5 * MM, 13) + MM


def test_a_price_alone_takes_the_foot_of_its_label() -> None:
    made = labels("A4", price=12_500)
    assert not [each for each in made.boxes if each[3] == pytest.approx(6.5 * MM)]
    _upright, level = cut(made)
    price = next(each for each in made.texts if each.text == "Rp12.500")
    assert price.y == pytest.approx(level[1] + PAD + 1, abs=0.01)


@on_both
def test_three_receipts_are_cut_at_thirds_and_their_stubs_at_the_left(paper: str) -> None:
    made = measured(list(samples.receipts()), paper)
    wide, high = (each * MM for each in PAPERS[paper])
    across = [each for each in made.rules if each.thick == 0.6 and each.x == pytest.approx(6 * MM)]
    assert [each.y for each in across] == pytest.approx([high * 2 / 3, high / 3], abs=0.01)
    assert [each.to_x for each in across] == pytest.approx([wide - 6 * MM] * 2, abs=0.01)
    stubs = [each for each in made.rules if each.x == each.to_x == pytest.approx(51.5 * MM)]
    tops = [high, high * 2 / 3, high / 3]
    assert [each.y for each in stubs] == pytest.approx([top - 6 * MM for top in tops], abs=0.01)
    ends = [top - high / 3 + 5.5 * MM for top in tops]
    assert [each.to_y for each in stubs] == pytest.approx(ends, abs=0.01)
    for one, top in zip(samples.receipts(), tops, strict=True):
        inside = [each for each in made.texts if top - high / 3 < each.y < top]
        stub = [each for each in inside if each.x < 51.5 * MM]
        assert all(each.x == pytest.approx(13 * MM) for each in stub)
        assert all(each.end < 51.5 * MM for each in stub)
        assert all(below.y < above.y - 6 for above, below in pairwise(stub))
        assert stub[0].y == pytest.approx(top - 36), "the stub's title"
        heads = [each.text for each in stub]
        assert heads[:4] == ["KUITANSI", "Bonggol untuk arsip", "Nomor", one.number]
        main = [each for each in inside if each.x > 51.5 * MM]
        assert all(59.6 * MM - 0.1 <= each.x < each.end <= wide - 14 * MM for each in main)
        number = next(each for each in main if each.text.startswith("No. "))
        title = next(each for each in main if each.text == "KUITANSI")
        assert (title.size, number.size) == (17, 9)
        right = wide - 14.5 * MM
        assert [title.end, number.end] == pytest.approx([right] * 2, abs=0.1)
        assert title.y - number.y == pytest.approx(14)


@on_both
def test_fields_of_a_receipt_are_ruled_and_its_words_banded(paper: str) -> None:
    made = measured([samples.receipts()[0]], paper)
    right = made.wide - 14.5 * MM
    labels = ["Sudah terima dari", "Banyaknya uang", "Untuk pembayaran", "Cara bayar"]
    rows = [next(each for each in made.texts if each.text == label) for label in labels]
    apart = [above.y - below.y for above, below in pairwise(rows)]
    assert apart == pytest.approx([{"F4": 20, "A4": 19}[paper]] * 3), "a line each"
    at = 59.6 * MM + 33 * MM
    values = [next(each for each in made.texts if each.y == row.y and each.x > at) for row in rows]
    assert [each.x for each in values] == pytest.approx([at + 4] * 4, abs=0.01)
    assert [each.font for each in values] == ["Semibold", "It", "Regular", "Regular"]
    lines = [each for each in made.rules if each.thick == 0.5 and each.x == pytest.approx(at)]
    assert [each.to_x for each in lines] == pytest.approx([right] * 3)
    assert all(0 < value.y - line.y < 5 for value, line in zip(
        [values[0], *values[2:]], lines, strict=True))  # fmt: skip
    (band,) = (each for each in made.boxes if each[0] == pytest.approx(at))
    assert band[0] + band[2] == pytest.approx(right)
    assert band[1] < values[1].y < band[1] + band[3]
    assert band[3] == pytest.approx(9.6 * 1.38 + 3)


@on_both
def test_the_amount_stands_between_two_rules_and_the_stamp_has_its_size(paper: str) -> None:
    small, large, _ = samples.receipts()
    base = PAPERS[paper][1] * MM * 2 / 3 + 8.5 * MM + 7
    for receipt, dashes in ((small, 0), (large, 4)):
        made = measured([receipt], paper)
        ruled = [each for each in made.rules if each.thick == 0.6 and each.y == each.to_y]
        amount = [each for each in ruled if each.x == pytest.approx(59.6 * MM)]
        assert [each.y for each in amount] == pytest.approx([base + 28, base])
        text = next(each for each in made.texts if each.size == 15)
        assert base < text.y < base + 28
        wide = max(44 * MM, text.end - text.x + 10)
        assert amount[0].to_x - amount[0].x == pytest.approx(wide, abs=0.1)
        ends = (amount[0].to_x, made.wide)
        stamp = [each for each in made.rules if each.thick == 0.6 and ends[0] < each.x < ends[1]]
        assert len(stamp) == dashes
        if dashes:
            xs, ys = (
                {x for e in stamp for x in (e.x, e.to_x)},
                {y for e in stamp for y in (e.y, e.to_y)},
            )
            assert max(xs) - min(xs) == pytest.approx(32 * MM)
            assert (max(ys) - min(ys), min(ys)) == pytest.approx((24 * MM, base))
            assert min(xs) >= ends[0] + 10 * MM + 12 - 0.01, "clear of the seal"
            for words, part in (("Meterai", 0.57), ("Rp10.000", 0.43)):
                said = next(each for each in made.texts if each.text == words)
                assert said.y == pytest.approx(base + 24 * MM * part)
                assert min(xs) < said.x < said.end < max(xs)
        name = next(each for each in made.texts if each.text == "Siti Rohmah")
        place = next(each for each in made.texts if each.text.startswith("Bandar Lampung, "))
        assert place.y - name.y >= 55, "room to sign"
        assert base + 4 < name.y < base + 10


@pytest.mark.parametrize(
    ("code", "modules"),
    [
        ("KB", 4 * 11 + 13),
        ("KERIPIK-BAYAM-ABC", 19 * 11 + 13),
        ("KERIPIK-BAYAM-ABCD", 7 * 11 + 13),
        ("KERIPIK-É", 7 * 11 + 13),
        ("KB\t1", 7 * 11 + 13),
    ],
)
def test_a_code_too_long_or_odd_for_bars_has_ten_digits_of_its_own(code: str, modules: int) -> None:
    """Code 128 takes eleven modules a sign, with one to begin and one to check, and thirteen to
    stop; two digits are one sign. A label has room for 232.
    """

    def bars(code: str) -> list[tuple[float, ...]]:
        boxes = labels("A4", barcode=code, count=1).boxes
        return [each for each in boxes if each[3] == pytest.approx(6.5 * MM)]

    drawn = bars(code)
    wide = drawn[-1][0] + drawn[-1][2] - drawn[0][0]
    assert wide == pytest.approx(modules * 2 * 72 / 203, abs=0.01)
    assert drawn == bars(code), "the same on whatever it is printed"
    assert drawn != bars(f"{code}X")
