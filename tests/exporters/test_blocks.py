"""Blocks of a printed page draw no more than the height they tell, and what they draw is in place.

All lengths are points.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from kwt_books.exporters.pdf.blocks import (
    Block,
    Heading,
    Shifted,
    Sign,
    Signatory,
    Title,
    WritingLine,
    said,
)
from kwt_books.exporters.pdf.charts import Bars, Year
from kwt_books.exporters.pdf.job import MM, register
from kwt_books.exporters.pdf.notes import Large, NoteHeading
from kwt_books.exporters.pdf.vouchers import Fields
from kwt_books.i18n.catalogue import Translator, resources_dir
from kwt_books.i18n.formats import Formats
from kwt_books.reports.packs import Bar, BarChart, YearChart
from tests.exporters.ink import CAPITALS, LEFT, TOP, WIDE, Ink, drawn

WORDS = Translator("id")
FORMATS = Formats("id")


@pytest.fixture(autouse=True, scope="module")
def fonts() -> None:
    register(resources_dir() / "fonts")


CHAIR = Signatory(("Disetujui oleh:", "Ketua,"), "Aryanah")
TREASURER = Signatory(("Dibuat oleh:", "Bendahara,"), "Siti Rohmah")
GUIDE = Signatory(("Mengetahui:", "Koordinator LKM,"), "Hi. Chandra Kartawijaya")
OFFICER = Signatory(("Mengetahui:", "Penyuluh,"), "Ir. Suprapto", "NIP 19700101 199803 1 001")
LONG = Signatory(("Dibuat oleh:", "Bendahara,"), "Raden Ayu Siti Nur Rohmah binti Haji Abdul Karim")
PLACE = "Bandar Lampung, 30 Juni 2026"
BARS = BarChart(
    "Penjualan",
    (
        Bar("Outlet Jumat", 2_000_000, 500),
        Bar("Gelar hasil produk kelompok swadaya masyarakat binaan pusat pendamping usaha se-kota",
            1_000_000, 250),
        Bar("Retur", -500_000, None),
    ),
)  # fmt: skip
YEAR = YearChart(
    "Setahun", ("Jan", "Feb", "Mar"), (3_000_000, 0, 1_500_000), (500_000, -1_000_000, 250_000)
)

LONG_REFERENCE = "Kuitansi nomor 12/VI dari PLN dan Toko Sinar untuk listrik dan alat tulis " * 3
BLOCKS: dict[str, Block] = {
    "fields of a voucher": Fields((("Tanggal", "2 Juni 2026"), ("Acuan", LONG_REFERENCE)), WIDE),
    "line to write on": WritingLine("Nama", WIDE),
    "heading": Heading("B. Perubahan dana"),
    "title": Title("Laporan posisi keuangan", "Per 30 Juni 2026", "(Rupiah)", "SEMENTARA", WIDE),
    "title alone": Title("Laporan posisi keuangan", "", "", "", WIDE),
    "long title": Title("Laporan " * 20, "Juni 2026", "", "", WIDE),
    "heading of a note": NoteHeading("4", "Kas dan setara kas", WIDE),
    "long heading of a note": NoteHeading("4", "Kas dan setara kas " * 8, WIDE),
    "large figure": Large("Rp1.200.000", WIDE),
    "two sign": Sign(PLACE, CHAIR, TREASURER, (), WIDE),
    "undated": Sign("", CHAIR, TREASURER, (), WIDE),
    "one signs": Sign(PLACE, None, TREASURER, (), WIDE),
    "three sign": Sign(PLACE, CHAIR, TREASURER, (GUIDE,), WIDE),
    "four sign": Sign(PLACE, CHAIR, LONG, (GUIDE, OFFICER), WIDE),
    "one below has a number": Sign("", CHAIR, TREASURER, (OFFICER,), WIDE),
    "bars": Bars(BARS, FORMATS, WIDE),
    "year": Year(YEAR, FORMATS, WORDS, WIDE),
    "item of a list": Shifted(WritingLine("Nama", WIDE - 40), 40, "a."),
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_draws_within_the_height_it_tells_and_fills_it(name: str) -> None:
    block = BLOCKS[name]
    ink, end = drawn(block), TOP - block.height()
    assert TOP - 14 < ink.highest() <= TOP + 0.5
    spare = 18 if name in ("title", "title alone", "long title") else 13
    assert end <= ink.lowest() < end + spare, "not even another line would have its place"
    assert all(each.x >= LEFT for each in ink.texts)
    assert block.split(block.height() - 1) is None or name == "item of a list"


def test_what_is_filled_in_by_hand_has_its_dots_from_the_label_to_the_margin() -> None:
    block = said("Nama pemeriksa ………………", WIDE, 9)
    assert isinstance(block, WritingLine)
    ink = drawn(block)
    (label,), ((x, y, to_x, to_y, thick),) = ink.texts, ink.lines_drawn
    assert (label.text, label.x) == ("Nama pemeriksa", LEFT)
    assert label.y - 4 < y == to_y < label.y
    assert to_x == pytest.approx(LEFT + WIDE)
    assert LEFT + 40 < x < LEFT + 80
    ((fine, gap),) = ink.dashes
    assert (thick, fine < 1 < gap) == (0.6, True), "dots, not dashes"
    (bare,) = drawn(said("……………", WIDE, 9)).lines_drawn
    assert (bare[0], bare[2]) == (LEFT, LEFT + WIDE)
    assert not isinstance(said("Kas… dan bank", WIDE, 9), WritingLine)


def signed(*below: Signatory, place: str = PLACE, right: Signatory = TREASURER) -> Ink:
    return drawn(Sign(place, CHAIR, right, below, WIDE))


def test_the_date_moves_all_signatures_down_by_the_height_it_adds() -> None:
    dated, undated = Sign(PLACE, CHAIR, LONG, (GUIDE,), WIDE), Sign("", CHAIR, LONG, (GUIDE,), WIDE)
    ink, without = drawn(dated), drawn(undated)
    more = dated.height() - undated.height()
    assert 12 < more < 16
    assert ink.texts[0].text == PLACE
    moved = zip(ink.texts[1:], without.texts, strict=True)
    assert all(one == other._replace(y=other.y - more) for one, other in moved)


def test_a_date_behind_the_name_of_a_large_place_ends_at_the_margin() -> None:
    for words in range(1, 30):
        said = drawn(Sign("Bandar " * words + PLACE, CHAIR, TREASURER, (), WIDE)).texts[0]
        centred = LEFT + WIDE - 31 * MM
        assert said.middle == pytest.approx(min(centred, LEFT + WIDE - (said.end - said.x) / 2))
        assert LEFT - 0.01 <= said.x < said.end <= LEFT + WIDE + 0.01
        assert (said.size < 9.3) == (said.x < LEFT + 0.01), "small only where a line has no room"


def test_there_are_fifteen_millimetres_for_each_to_sign() -> None:
    ink = signed(GUIDE)
    for office, name in (("Ketua", "Aryanah"), ("Koordinator", "Hi. Chandra")):
        above, below = ink.text(office), ink.text(name)
        assert below.size == 10
        assert 15 * MM - 2 < above.y - below.y - CAPITALS * below.size < 15 * MM + 6
    tight = drawn(Sign("", CHAIR, TREASURER, (), WIDE, 11.5 * MM))
    wide = drawn(Sign("", CHAIR, TREASURER, (), WIDE))
    assert tight.text("Aryanah").y - wide.text("Aryanah").y == pytest.approx(3.5 * MM)


def test_a_long_name_grows_upward_and_all_rules_stay_at_one_height() -> None:
    ink = signed(right=LONG)
    rules = [each for each in ink.lines_drawn if each[-1] == 0.5]
    assert len({round(y, 3) for _x, y, *_ in rules}) == 1
    first, second = ink.text("Raden"), ink.text("Abdul")
    assert first.y - second.y == pytest.approx(12)
    assert second.y == ink.text("Aryanah").y
    assert ink.text("Bendahara").y - first.y > 15 * MM


def test_a_name_as_wide_as_its_column_is_broken_before_it_meets_its_neighbour() -> None:
    for letters in range(30, 50):
        name = f"Siti {'n' * letters}"
        ink = signed(right=Signatory((), name))
        ruled = [to_x - x for x, _y, to_x, _to_y, _thick in ink.lines_drawn]
        assert max(ruled) <= 62 * MM + 2
        assert min(ruled) == pytest.approx(42 * MM)


def test_fields_have_their_values_in_one_column_and_one_may_stand_out() -> None:
    rows = (("Nama", "Aryanah"), ("Jabatan", "Ketua, " * 30), ("Alamat", "Kaliawi"))
    ink = drawn(Fields(rows, WIDE, label_width=58, indent=34, number="1.", strong=0))
    labels = [ink.text(label) for label, _ in rows]
    assert [each.x for each in labels] == [LEFT + 34] * 3
    assert ink.text("1.").x == LEFT + 34 - 17
    values = [each for each in ink.texts if each.x == LEFT + 34 + 58 + 8]
    assert values[0].y == labels[0].y
    assert values[-1].y == labels[2].y, "below all lines of the one before"
    apart = [above.y - below.y for above, below in pairwise(values)]
    assert apart == pytest.approx([12.4] * (len(values) - 1))
    assert len(values) > 3


def test_one_who_takes_note_signs_in_the_middle_and_two_below_the_others() -> None:
    one = signed(GUIDE)
    middles = [(x + to_x) / 2 - LEFT for x, _y, to_x, _to_y, thick in one.lines_drawn]
    assert middles == pytest.approx([31 * MM, WIDE - 31 * MM, WIDE / 2])
    upper = one.lines_drawn[0][1]
    assert upper - 12 < one.text("Mengetahui").y < upper
    two = signed(GUIDE, OFFICER)
    middles = [(x + to_x) / 2 - LEFT for x, _y, to_x, _to_y, thick in two.lines_drawn]
    assert middles == pytest.approx([31 * MM, WIDE - 31 * MM] * 2)
    assert two.text("Mengetahui").y + 10 < two.lines_drawn[0][1], "clear of the names above"
    assert two.text("NIP").y == pytest.approx(two.lines_drawn[-1][1] - 10)
    alone = drawn(Sign(PLACE, None, TREASURER, (), WIDE))
    ((x, _y, to_x, _to_y, _thick),) = alone.lines_drawn
    assert (x + to_x) / 2 == pytest.approx(LEFT + WIDE - 31 * MM)


def test_bars_are_as_long_as_their_values_with_name_and_figure_beside() -> None:
    ink = drawn(BLOCKS["bars"])
    assert len({*ink.filled}) == 1
    assert 0.5 < ink.filled[0] < 1
    assert not ink.kept, "what comes after is black again"
    axis = ink.lines_drawn[-1][0]
    assert [box[0] for box in ink.boxes] == pytest.approx([axis] * 3)
    long = [wide for _x, _y, wide, _high in ink.boxes]
    assert long == pytest.approx([long[0], long[0] / 2, long[0] / 4])
    assert LEFT + 0.28 * WIDE <= axis <= LEFT + 0.42 * WIDE
    figures = [ink.text(each) for each in ("2.000.000", "1.000.000", "(500.000)")]
    for figure, (x, y, wide, high) in zip(figures, ink.boxes, strict=True):
        assert figure.x == pytest.approx(x + wide + 4)
        assert figure.y == pytest.approx(y + high / 2 - 3)
    returned = drawn(Bars(BarChart("", (Bar("Retur", -1, -25),)), FORMATS, WIDE))
    assert returned.text("(2,5%)").x > returned.text("(1)").end, "below zero as in the table"
    assert LEFT + 0.9 * WIDE < ink.text("50,0%").x + 20 < LEFT + WIDE
    assert ink.text("50,0%").y == figures[0].y
    middles = [y + high / 2 for _x, y, _wide, high in ink.boxes]
    assert [middles[0] - middles[1], middles[1] - middles[2]] == pytest.approx([17.6] * 2)
    broken = [each for each in ink.texts if each.x < axis and "etur" not in each.text][1:]
    one, *two = broken
    assert one.y == pytest.approx(middles[0] - 3)
    assert [each.size for each in two] == [7, 7], "in two lines, small"
    assert sum(each.y for each in two) / 2 == pytest.approx(middles[1] - 3)
    assert two[0].y - two[1].y == pytest.approx(7)


@pytest.mark.parametrize(
    ("most", "step"),
    [(0, 1), (5, 1), (6, 2), (10, 2), (11, 5), (25, 5), (26, 10), (50, 10), (51, 20),
     (3_323_500, 1_000_000), (5_000_001, 2_000_000)],
)  # fmt: skip
def test_the_scale_of_a_year_has_five_steps_at_most_of_one_two_or_five(
    most: int, step: int
) -> None:
    year = Year(YearChart("", ("Jan",), (most,), (0,)), FORMATS, WORDS, WIDE)
    assert (year.step, year.low) == (step, 0)
    assert year.top == max(-(-most // step), 1) * step
    down = Year(YearChart("", ("Jan",), (0,), (-most,)), FORMATS, WORDS, WIDE)
    assert (down.step, down.low) == (step, -most // step * step)
    assert down.top == (0 if most else 1)


def test_a_year_is_drawn_to_scale() -> None:
    ink = drawn(Year(YEAR, FORMATS, WORDS, WIDE))
    scale = [each for each in ink.lines_drawn if each[-1] in (0.25, 0.6) and each[1] == each[3]]
    heights = [y for _x, y, *_ in scale]
    assert [each[-1] for each in scale] == [0.25, 0.6, 0.25, 0.25, 0.25], "zero is the thick one"
    lightness = [ink.greys[ink.lines_drawn.index(each)] for each in scale]
    assert lightness[1] == 0 < min(lightness[:1] + lightness[2:]), "and the black one"
    grey, white = sorted(set(ink.filled))
    assert 0.5 < grey < white == 1, "figures stand on white, before the lines of the scale"
    zero, million = heights[1], heights[2] - heights[1]
    assert heights == pytest.approx([zero + million * n for n in range(-1, 4)])
    assert 4 * million == pytest.approx(150)
    (january, march), legend = ink.boxes[0:3:2], ink.boxes[-1]
    assert january[1] == march[1] == pytest.approx(zero)
    assert (january[3], march[3]) == pytest.approx((3 * million, 1.5 * million))
    assert [y for _x, y in ink.dots[:3]] == pytest.approx(
        [zero + million / 2, zero - million, zero + million / 4]
    )
    line = [each for each in ink.lines_drawn if each[-1] == 1.2 and each[1] != each[3]]
    assert [each[:4] for each in line] == [
        (*ink.dots[0], *ink.dots[1]),
        (*ink.dots[1], *ink.dots[2]),
    ]
    left, right = scale[0][0], scale[0][2]
    slot = (right - left) / 3
    assert [x for x, _y in ink.dots[:3]] == pytest.approx(
        [left + slot * (n + 0.5) for n in range(3)]
    )
    assert right == LEFT + WIDE
    assert january[0] + january[2] / 2 == pytest.approx(ink.dots[0][0])
    for told, (x, y, wide, high) in (("3 jt", january), ("1,5 jt", march)):
        text = next(each for each in ink.texts if each.text == told and each.size == 7)
        assert y + high < text.y < y + high + 5, "its figure stands over it"
        assert x < text.x < x + wide
    assert all(ink.text(month).y < heights[0] - 5 for month in YEAR.months)
    assert legend[1] > heights[-1], "above the chart"
