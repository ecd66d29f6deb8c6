"""Where things stand on paper: margins, rules, sizes and pitches as the design gives them.

All lengths are points, but for those that say millimetres.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from math import ceil
from typing import Any

import pytest
from pypdf import PdfReader

from kwt_books.exporters.pdf.document import render
from kwt_books.exporters.pdf.job import REGULAR, width
from kwt_books.exporters.pdf.page import qr_modules, seal_text
from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.packs import Chapter, Cover, Part
from tests.exporters import pdf_samples as samples
from tests.exporters.measures import LEFT, MM, PAPERS, Page, Rule, measured

FIGURES = 31 * MM
"""From one column of a statement's figures to the next."""


@cache
def page(name: str, paper: str) -> Page:
    """Of one of the sample papers; of several the first."""
    made = getattr(samples, name)()
    if isinstance(made, Cover):
        return measured([samples.position()], paper, made)
    return measured([made[0] if isinstance(made, tuple) else made], paper)


on_both = pytest.mark.parametrize("paper", PAPERS)


@on_both
@pytest.mark.parametrize("name", ["position", "trial_balance", "cash_book"])
def test_nothing_stands_beyond_the_margins(name: str, paper: str) -> None:
    made = page(name, paper)
    assert made.wide == pytest.approx(PAPERS[paper][0] * MM, abs=0.01)
    own = [each for each in made.texts if each.y > 0]
    assert all(LEFT - 0.1 <= each.x <= made.right for each in own)
    ruled = [each for each in made.rules if each.thick in (0.25, 0.4, 0.5, 0.8, 1.5)]
    assert all(LEFT - 0.1 <= each.x <= each.to_x <= made.right + 0.1 for each in ruled)


@on_both
@pytest.mark.parametrize(
    ("name", "title", "period", "unit"),
    [
        ("position", "LAPORAN POSISI", "Per 30 Juni", "(Dinyatakan"),
        ("trial_balance", "NERACA SALDO", "Per 30 Juni", "(Dinyatakan"),
        ("cash_book", "BUKU KAS TUNAI", "Bulan Juni", "Akun 1101"),
    ],
)
def test_the_head_of_a_page_is_centred_and_set_as_designed(
    name: str, title: str, period: str, unit: str, paper: str
) -> None:
    made = page(name, paper)
    set_as = [
        ("KWT SUKAWANGI", 15, "Bold"), ("Kelompok Wanita Tani", 9, "Regular"),
        ("Kelurahan", 9, "Regular"), (title, 13.5, "Bold"), (period, 10.5, "Semibold"),
        (unit, 8.5, "It"),
    ]  # fmt: skip
    middle = (LEFT + made.right) / 2
    for begins, size, font in set_as:
        text = made.text(begins)
        assert (text.size, text.font) == (pytest.approx(size), font), begins
        spaced = 0.3 * (len(text.text) - 1) if font == "Bold" else 0  # capitals stand apart
        assert text.middle + spaced / 2 == pytest.approx(middle, abs=0.1), begins
    (thick,), thin = made.across(1.5), made.across(0.4)
    assert made.text("Kelurahan").y > thick.y > thin[0].y > made.text(title).y
    top = (PAPERS[paper][1] - 12) * MM
    below = {"KWT SUKAWANGI": 14.2, "Kelompok Wanita": 26.3, "Kelurahan": 26.3 + 11.6}
    assert [top - made.text(each).y for each in below] == pytest.approx([*below.values()], abs=0.01)
    assert [top - each.y for each in (thick, thin[0])] == pytest.approx(
        [18.4 * MM, 18.4 * MM + 2.4], abs=0.01
    )
    first = (PAPERS[paper][1] - 12 - 20.5) * MM
    assert first - made.text(title).y == pytest.approx(16, abs=0.01), "where the letterhead ends"


@on_both
def test_a_long_address_takes_two_lines_that_can_be_read(paper: str) -> None:
    long = "Kampung Sumber Rejo Sejahtera Bagian Timur Kawasan Perumahan Lama"
    group = replace(samples.IDENTITY, village=long, district=long.replace("Timur", "Barat"))
    made = measured([samples.position()], paper, identity=group)
    kind, rule = made.text("Kelompok Wanita"), made.across(1.5)[0]
    first, second = (each for each in made.texts if rule.y < each.y < kind.y)
    assert f"{first.text} {second.text}".endswith("Kota Bandar Lampung")
    assert 11 < kind.y - first.y < 12
    assert 6 < first.y - second.y < 8
    assert first.size == second.size > 6
    assert second.y - 2 > rule.y


def test_a_group_that_nobody_guides_says_only_what_it_is() -> None:
    alone = replace(samples.IDENTITY, umbrella="")
    made = measured([samples.position()], "A4", identity=alone)
    assert made.text("Kelompok Wanita Tani").text == "Kelompok Wanita Tani"


@on_both
def test_the_band_of_heads_lies_between_two_rules(paper: str) -> None:
    made = page("position", paper)
    above, below = made.across(0.8)
    heads = [made.text(each) for each in ("Catatan", "30 Juni 2026", "31 Mei 2026")]
    assert all(below.y < head.y < above.y for head in heads)
    assert all((head.font, head.y) == ("Semibold", heads[0].y) for head in heads)
    ends = sorted({rule.to_x for rule in sums(made)})
    hanging = [end - head.end for head, end in zip(heads[1:], ends, strict=True)]
    assert hanging[0] == pytest.approx(hanging[1], abs=0.01)
    assert 3 < hanging[0] < 3.5, "a closing parenthesis"
    assert heads[2].end - heads[1].end == pytest.approx(FIGURES, abs=0.1)


def sums(made: Page) -> list[Rule]:
    """The rules of sums: those of half a point right of the labels, above the signatures."""
    foot = made.text("Catatan atas").y
    return [each for each in made.rules if each.thick == 0.5 and each.y > foot]


@on_both
def test_a_subtotal_has_one_rule_above_and_a_total_two_below(paper: str) -> None:
    made = page("position", paper)
    ruled = sums(made)
    columns = sorted({(round(each.x, 1), round(each.to_x, 1)) for each in ruled})
    (first, first_end), (second, second_end) = columns
    assert [second - first, second_end - first_end] == pytest.approx([FIGURES] * 2, abs=0.1)
    assert made.right - second_end < 3
    heights = sorted({round(each.y, 2) for each in ruled}, reverse=True)
    assert len(ruled) == 2 * len(heights), "under each column"
    expected = {"Jumlah aset lancar": (1, 0), "Jumlah aset tetap": (1, 0), "JUMLAH ASET": (1, 2),
                "Jumlah liabilitas": (1, 0), "Jumlah ekuitas": (1, 0),
                "JUMLAH LIABILITAS": (1, 2)}  # fmt: skip
    for label, (over, under) in expected.items():
        row = made.text(label)
        above = [each for each in heights if 0 < each - row.y < 14]
        below = [each for each in heights if 0 < row.y - each < 9]
        assert (len(above), len(below)) == (over, under), label
        assert [one - other for one, other in pairwise(below)] == pytest.approx(
            [1.9] * (under // 2)
        )
    assert len(heights) == sum(over + under for over, under in expected.values())


@on_both
def test_levels_are_indented_and_sums_set_so_that_columns_stay_true(paper: str) -> None:
    made = page("position", paper)
    size = {"F4": 10, "A4": 9.5}[paper]
    rows = [("ASET", 0, "Bold"), ("Aset lancar", 1, "Semibold"), ("Persediaan", 2, "Regular"),
            ("Jumlah aset lancar", 1, "Semibold"), ("JUMLAH ASET", 0, "Bold")]  # fmt: skip
    begins = made.text("ASET").x
    assert 0 < begins - LEFT < 5
    for label, level, font in rows:
        row = made.text(label)
        assert (row.font, row.size) == (font, pytest.approx(size)), label
        assert row.x == pytest.approx(begins + 11 * level, abs=0.01), label
    assert made.text("7.905.500").size == pytest.approx(size * 497 / 513)
    assert made.text("14.655.500").size == pytest.approx(size * 497 / 528)


@pytest.mark.parametrize(
    ("name", "paper", "begins", "pitch", "size"),
    [
        ("position", "F4", ("Kas dan bank", "Kas titipan", "Piutang", "Persediaan"), 14.6, 10),
        ("cash_book", "F4", ("02/06 BKM-2606-0003", "02/06 BKM-2606-0004", "03/06"), 13.6, 9),
        ("trial_balance", "F4", ("1101", "1102", "1103", "1104"), 10.3, 8.5),
    ],
)
def test_rows_stand_as_far_apart_as_designed(
    name: str, paper: str, begins: tuple[str, ...], pitch: float, size: float
) -> None:
    """A page that would hold too little closes up, no closer than the last figure here."""
    rows = [page(name, paper).text(each) for each in begins]
    apart = [above.y - below.y for above, below in pairwise(rows)]
    assert apart == pytest.approx([pitch] * len(apart), abs=0.01)
    assert {row.size for row in rows} == {size}


def test_a_long_description_takes_lines_of_its_own() -> None:
    """It stands behind columns that are never broken, and goes down, not beyond its column."""
    report = samples.cash_book()
    long = report.rows[2]._replace(label="Setoran titip jual warung " * 8)
    rows = (*report.rows[:2], long, *report.rows[3:])
    made = measured([replace(report, rows=rows)], "F4")
    one, other = made.text("02/06 BKM-2606-0003"), made.text("02/06 BKM-2606-0004")
    column = 384.95 - 169.45  # as it is ruled
    lines = ceil(width(long.label.strip(), REGULAR, 9) / column)
    assert lines == 4
    assert one.y - other.y > 13.6 + (lines - 1) * 9


def test_a_page_that_closes_up_stays_readable() -> None:
    made = page("position", "A4")
    first, second = made.text("Kas dan bank"), made.text("Kas titipan")
    assert 10.8 <= first.y - second.y < 13


@on_both
def test_a_book_is_ruled_into_a_grid_with_numbered_columns(paper: str) -> None:
    made = page("cash_book", paper)
    upright = [each for each in made.rules if each.x == each.to_x and each.thick == 0.25]
    lines = sorted({round(each.x, 2) for each in upright})
    assert len(lines) == 7
    assert (lines[0], lines[-1]) == pytest.approx((LEFT, made.right), abs=0.01)
    assert len(upright) == 14, "the heads' and the rows'"
    numbers = [next(each for each in made.texts if each.text == str(n)) for n in range(1, 7)]
    size = made.text("Tanggal").size / 0.95 - 2
    assert [number.size for number in numbers] == pytest.approx([size] * 6), "two less than rows"
    middles = [(one + other) / 2 for one, other in pairwise(lines)]
    assert [number.middle for number in numbers] == pytest.approx(middles, abs=0.1)
    level = sorted({each.y for each in made.across(0.25)}, reverse=True)[1:]
    apart = {round(one - other, 2) for one, other in pairwise(level)}
    assert len(apart) == 1, "one pitch"


@on_both
def test_accounts_of_one_class_stand_between_thin_lines(paper: str) -> None:
    made = page("trial_balance", paper)
    codes = [each for each in made.texts if each.text[:4].isdigit() and each.font == "Regular"]
    changes = sum(one.text[0] != other.text[0] for one, other in pairwise(codes))
    assert len(made.across(0.25)) == changes
    for line in made.across(0.25):
        above = min((each for each in codes if each.y > line.y), key=lambda each: each.y)
        below = max((each for each in codes if each.y < line.y), key=lambda each: each.y)
        assert above.text[0] != below.text[0]


@on_both
def test_each_signs_over_a_rule_of_their_own(paper: str) -> None:
    made = page("position", paper)
    foot = made.text("Catatan atas").y
    rules = [each for each in made.rules if each.thick == 0.5 and each.y < foot]
    assert [each.to_x - each.x for each in rules] == pytest.approx([42 * MM] * 3, abs=0.01)
    by_name = {
        "Aryanah": ("Ketua,", LEFT + 31 * MM), "Siti Rohmah": ("Bendahara,", made.right - 31 * MM),
        "Hi. Chandra": ("Koordinator", (LEFT + made.right) / 2),
    }  # fmt: skip
    for name, (office, middle) in by_name.items():
        text = made.text(name)
        rule = next(each for each in rules if (each.x + each.to_x) / 2 == pytest.approx(middle))
        assert (text.size, text.font) == (10, "Semibold")
        assert [text.middle, made.text(office).middle] == pytest.approx([middle] * 2, abs=0.1)
        assert 0 < text.y - rule.y < 5
        assert 11.5 * MM - 1 <= made.text(office).y - text.y <= 15 * MM + 20
    assert made.text("Mengetahui").y < made.text("Aryanah").y


@on_both
def test_the_foot_tells_seal_and_page(paper: str) -> None:
    made = page("position", paper)
    line = made.across(0.4)[-1]
    seal, book, when = (made.text(each) for each in ("Segel", "Buku KWT", "Dicetak"))
    assert (seal.size, seal.font, book.size, when.size) == (8.5, "Semibold", 7.5, 7.5)
    assert seal.x == book.x == when.x == pytest.approx(LEFT + 10 * MM + 6.8, abs=1)
    told = [each for each in made.texts if each.y in (book.y, when.y) and each.x > made.wide / 2]
    assert len(told) == 2
    assert [each.end for each in told] == pytest.approx([made.right] * 2, abs=0.1)
    assert line.y == pytest.approx((11 + 15 - 0.8) * MM, abs=0.01)
    below = [line.y - each.y for each in (seal, book, when)]
    assert below == pytest.approx([11, 20.4, 29.4], abs=0.01)
    assert when.y > 11 * MM


def test_a_long_foot_takes_two_lines_on_either_side() -> None:
    name = "Kelompok Wanita Tani Sukawangi Sejahtera Makmur Bersama Kaliawi Persada"
    title = "Laporan Posisi Keuangan Gabungan Kelompok Wanita Tani Sekecamatan Tanjungkarang Pusat"
    report = replace(samples.position(), title=title)
    made = measured([report], "A4", identity=replace(samples.IDENTITY, name=name))
    line = made.across(0.4)[-1]
    foot = [each for each in made.texts if 11 * MM < each.y < line.y and each.font == "Regular"]
    left = sorted((each for each in foot if each.x < made.wide / 2), key=lambda each: -each.y)
    right = sorted((each for each in foot if each.x > made.wide / 2), key=lambda each: -each.y)
    for side in (left, right):
        assert [line.y - each.y for each in side] == pytest.approx([20.4, 28.4, 36.4], abs=0.01)
    assert [each.end for each in right] == pytest.approx([made.right] * 3, abs=0.1)
    assert right[2].text.startswith("KWT Books")
    assert left[0].text.startswith("Buku Kelompok Wanita")
    assert left[2].text.startswith("Dicetak")
    assert " ".join(each.text for each in left[:2]).endswith("bulan Juni 2026 ditutup")
    widest = max(each.end for each in left)
    assert widest + 9 < min(each.x for each in right), "they don't meet"


def test_an_examiner_signs_alone_and_a_coordinator_says_of_whom() -> None:
    made = measured([replace(samples.position(), examiner="Budi Santoso, S.E.")], "F4")
    assert made.text("Budi Santoso").middle == pytest.approx(made.right - 31 * MM, abs=0.1)
    assert made.text("Pemeriksa").y > made.text("Budi Santoso").y
    assert not [each for each in made.texts if each.text in ("Aryanah", "Siti Rohmah")]
    guided = page("position", "F4").text("Koordinator")
    assert guided.text == "Koordinator LKM Persada Mandiri,"
    alone = replace(samples.IDENTITY, umbrella="")
    said = measured([samples.position()], "F4", identity=alone).text("Koordinator")
    assert said.text == "Koordinator,"


@on_both
def test_contents_lead_with_dots_to_the_page(paper: str) -> None:
    parts: list[Part] = [Chapter("Laporan"), samples.position(), samples.cash_book()]
    made = measured(parts, paper, samples.cover(), contents=True)
    left, right = LEFT + 22 * MM, made.right - 22 * MM
    first, second = made.text("Laporan Posisi Keuangan"), made.text("Buku Kas Tunai")
    chapter = next(each for each in made.texts if each.text == "Laporan")
    assert (chapter.x, chapter.font) == (pytest.approx(left, abs=0.01), "Semibold")
    assert [first.x, second.x] == pytest.approx([left + 24] * 2, abs=0.01)
    assert [first.y - second.y, chapter.y - first.y] == pytest.approx([15.8] * 2)
    for entry, number in ((first, "1."), (second, "2.")):
        told = next(each for each in made.texts if each.text == number)
        assert (told.y, told.end) == (entry.y, pytest.approx(left + 19, abs=0.1))
        dots = next(each for each in made.rules if 0 < each.y - entry.y < 1)
        assert dots.thick == 0.6
        assert [dots.x, dots.to_x] == pytest.approx([entry.end + 5, right - 18], abs=0.1)
    head = made.text("Daftar isi")
    assert head.x == pytest.approx(left, abs=0.01)
    assert made.text("Halaman").end == pytest.approx(right, abs=0.1)


@pytest.mark.parametrize(("entries", "step"), [(22, 15.8), (23, 13.5)])
def test_long_contents_close_up(entries: int, step: float) -> None:
    parts: list[Part] = [replace(samples.position(), title=f"Laporan {n}") for n in range(entries)]
    made = measured(parts, "F4", contents=True)
    apart = made.text("Laporan 1").y - made.text("Laporan 2").y
    assert made.text("Laporan 3").y - made.text("Laporan 4").y == pytest.approx(step)
    assert apart == pytest.approx(step)


def test_two_pages_side_by_side_share_a_sheet_that_lies_across() -> None:
    out = BytesIO()
    parts: list[Part] = [samples.position(), samples.cash_book(), samples.position()]
    render(parts, samples.IDENTITY, samples.IMPRINT, Translator("id"), out, paper="A4", two_up=True)
    sheets = PdfReader(out).pages
    assert len(sheets) == 2
    for sheet, titles in zip(sheets, (("POSISI", "KAS TUNAI"), ("POSISI",)), strict=True):
        wide, high = float(sheet.mediabox.width), float(sheet.mediabox.height)
        assert (wide, high) == pytest.approx((297 * MM, 210 * MM), abs=0.1)
        found: dict[str, tuple[float, float]] = {}

        def see(text: str, cm: list[float], tm: list[float], _font: Any, _size: float,
                found: dict[str, tuple[float, float]] = found) -> None:  # fmt: skip
            if text.strip():
                scale = cm[0]
                found[text.strip()] = (tm[4] * scale + cm[4], scale)

        sheet.extract_text(visitor_text=see)
        for half, title in enumerate(titles):
            (x, scale) = next(at for text, at in found.items() if title in text)
            assert half * wide / 2 < x < (half + 1) * wide / 2
            assert scale == pytest.approx(min(297 / 2 / 210, 210 / 297), abs=0.001)


def test_the_seal_is_drawn_as_its_code_says() -> None:
    out = BytesIO()
    render([samples.position()], samples.IDENTITY, samples.IMPRINT, Translator("id"), out)
    forms: Any = PdfReader(out).pages[0]["/Resources"]["/XObject"]  # type: ignore[index]
    drawn = next(forms[name] for name in forms if name.endswith(".seal")).get_data().decode()
    modules = qr_modules(seal_text("7F3A-91C2-0D4E"))
    step = 10 * MM / len(modules)
    dark: set[tuple[int, int]] = set()
    for x, y, wide, high in re.findall(r"(\S+) (\S+) (\S+) (\S+) re", drawn):
        assert float(high) == pytest.approx(step, abs=0.001)
        row, col = round((10 * MM - float(y)) / step) - 1, round(float(x) / step)
        dark |= {(row, col + n) for n in range(round(float(wide) / step))}
    assert dark == {(r, c) for r, row in enumerate(modules) for c, one in enumerate(row) if one}


@on_both
def test_figures_of_a_cover_stand_between_two_rules(paper: str) -> None:
    made = page("cover", paper)
    above, below = made.across(0.8)
    assert above.y - below.y == pytest.approx(44)
    labels = [made.text(each) for each in ("Laba bulan ini", "Kas dan setara", "Jumlah aset")]
    amounts = [made.text(each) for each in ("Rp1.200.000", "Rp7.127.575", "Rp14.655.500")]
    for label, amount in zip(labels, amounts, strict=True):
        assert below.y < amount.y < label.y < above.y
        assert label.middle == pytest.approx(amount.middle, abs=0.1)
        assert (label.font, amount.font) == ("Regular", "Semibold")
    apart = [other.middle - one.middle for one, other in pairwise(labels)]
    assert apart == pytest.approx([(made.right - LEFT) / 4] * 2, abs=0.1)


@on_both
def test_whoever_received_signs_within_the_paper(paper: str) -> None:
    made = page("receipts", paper)
    place, received = made.text("Bandar Lampung, 2 Juni"), made.text("Yang menerima")
    assert place.middle == pytest.approx(received.middle, abs=0.1)
    assert place.end <= made.right + 0.1
    assert place.y > received.y > made.text("Siti Rohmah").y
    far = replace(samples.IDENTITY, city="Kabupaten Penukal Abab Lematang Ilir Utara")
    shifted = measured([samples.receipts()[0]], paper, identity=far).text("Penukal Abab")
    assert shifted.end <= made.wide - 14 * MM
    assert shifted.middle < received.middle


@on_both
def test_a_year_is_drawn_as_bars_and_a_line_from_month_to_month(paper: str) -> None:
    made = page("year", paper)
    line = [each for each in made.rules if each.thick == 1.2 and each.y != each.to_y]
    assert len(line) == 11
    assert [(each.to_x, each.to_y) for each in line[:-1]] == [(each.x, each.y) for each in line[1:]]
    months = [next(each for each in made.texts if each.text == name) for name in ("Jul", "Jun")]
    assert [line[0].x, line[-1].to_x] == pytest.approx([each.middle for each in months], abs=0.1)
    falls = [each.to_y < each.y for each in line]
    assert falls == [False, True, False, False, False, True, True, False, False, False, False]
    legend = next(each for each in made.texts if each.text == "Omzet")
    (box,) = (each for each in made.boxes if each[2] == pytest.approx(12) and each[3] < 7)
    assert 0 < legend.x - (box[0] + box[2]) < 6
    assert box[1] < legend.y + 3 < box[1] + box[3]
