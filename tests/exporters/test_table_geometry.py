"""Where tables stand that go on to another page, share headings or are empty, in points."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind
from tests.exporters import pdf_samples as samples
from tests.exporters.measures import LEFT, MM, Page, Rule, measured

MONEY = ColumnType.MONEY


def book(count: int) -> Report:
    rows = [
        Row(f"Setoran {n}", (date(2026, 6, 1 + n % 28), f"BKM-2606-{n:04}", 1000, None, 1000 * n))
        for n in range(1, count + 1)
    ]
    rows.append(Row("Jumlah", (None, None, 1000 * count, 0, 1000 * count), kind=RowKind.TOTAL))
    return Report(
        "cash", "Buku Kas Tunai", samples.book_columns(contra=False, one="Masuk", other="Keluar"),
        tuple(rows), label="Uraian", label_at=2, layout=Layout.BOOK, period="Bulan Juni 2026",
        closing=("Buku ini ditutup.",),
    )  # fmt: skip


def level(made: Page, thick: float) -> list[float]:
    """Heights of the rules of a grid, from above."""
    found = {round(each.y, 2) for each in made.across(thick)}
    return sorted(found, reverse=True)


def uprights(made: Page) -> list[Rule]:
    return [each for each in made.rules if each.x == each.to_x and each.thick == 0.25]


def test_a_book_that_goes_on_repeats_its_head_and_ends_in_a_double_rule_only_once() -> None:
    first, last = (measured([book(80)], "F4", number=number) for number in (1, 2))
    for made in (first, last):
        heads = [made.text(name) for name in ("Tanggal", "No. bukti", "Uraian", "Masuk")]
        assert len({each.y for each in heads}) == 1
        numbers = [each for each in made.texts if each.text in set("123456") and each.size == 7]
        assert len(numbers) == 6
        lines = sorted({round(each.x, 2) for each in uprights(made)})
        assert len(lines) == 7
        assert (lines[0], lines[-1]) == pytest.approx((LEFT, made.right), abs=0.01)
        rows = level(made, 0.25)[1:]
        apart = [above - below for above, below in pairwise(rows)]
        assert len(apart) > 20
        assert apart == pytest.approx([13.6] * len(apart), abs=0.02)
    carried, brought = first.text("Dipindahkan"), last.text("Pindahan")
    assert (carried.text, brought.text) == ("Dipindahkan ke halaman 2", "Pindahan dari halaman 1")
    (over,) = level(first, 0.8)
    assert over - 13.6 < carried.y < over, "a rule of sums over what is carried"
    below = min(each.y for each in first.across(0.5))
    assert below == pytest.approx(over - 13.6, abs=0.02), "the page ends under it"
    assert min(each.to_y for each in uprights(first)) == pytest.approx(below, abs=0.02)
    assert 0 <= below - 27.5 * MM < 13.6, "no other row fits above the foot"
    sum_over, ends, doubled = level(last, 0.8)
    assert (sum_over - ends, ends - doubled) == pytest.approx((13.6, 1.9), abs=0.02)
    assert ends < last.text("Jumlah").y < sum_over
    assert min(each.to_y for each in uprights(last)) == pytest.approx(ends, abs=0.02)
    first_row = min(
        (each for each in last.texts if "BKM" in each.text), key=lambda each: brought.y - each.y
    )
    assert brought.y - first_row.y == pytest.approx(13.6, abs=0.02)


def test_a_page_that_goes_on_says_whose_and_of_what_over_a_rule() -> None:
    made = measured([book(80)], "F4", number=2)
    name, title = (
        made.text("KWT Sukawangi"),
        made.text("Buku Kas Tunai, Bulan Juni"),
    )
    assert (name.x, name.size, name.font) == (pytest.approx(LEFT, abs=0.01), 9, "Semibold")
    assert (title.end, title.font) == (pytest.approx(made.right, abs=0.1), "Regular")
    line = made.across(0.4)[0]
    assert name.y == title.y == pytest.approx(line.y + 5)
    assert title.text == "Buku Kas Tunai, Bulan Juni 2026 (lanjutan)"
    assert line.y == pytest.approx(330 * MM - 12 * MM - 14.5)
    assert made.text("Tanggal").y < line.y - 9, "the table begins below"


def test_a_long_heading_of_a_table_ends_before_what_stands_beside_it() -> None:
    for words in (1, 8, 14, 20):
        name, aside = "Warung Bu Siti " * words, "Saldo normal debit"
        head = Row(name, (None, None, aside), code="1101", kind=RowKind.SECTION)
        report = replace(book(80), rows=(head, *book(80).rows))
        first, last = (measured([report], "A4", number=number) for number in (1, 2))
        for made in (first, last):
            said, beside = made.text("1101"), made.text(aside)
            assert said.end < beside.x - 7
            assert beside.end == pytest.approx(made.right, abs=0.1)
            assert said.y == beside.y
        assert last.text("1101").text.endswith("(lanjutan)")


def test_who_writes_in_a_column_has_room() -> None:
    """Thirty millimetres for a signature, rows two lines high; labels by hand have their room."""
    columns = (
        Column("no", "No.", ColumnType.CODE),
        Column("sign", "Tanda tangan", ColumnType.TEXT, by_hand=30),
    )
    rows = tuple(Row("", (str(n), None)) for n in range(1, 9))
    report = Report("guests", "Tamu", columns, rows, label="Nama", label_at=1, label_by_hand=60,
                    layout=Layout.BOOK)  # fmt: skip
    made = measured([report], "F4")
    lines = sorted({round(each.x, 2) for each in uprights(made)})
    number, name, sign = (other - one for one, other in pairwise(lines))
    assert name >= 60 * MM - 0.1
    assert sign >= 30 * MM - 0.1
    assert number < 20 * MM
    heights = level(made, 0.25)[1:]
    high = {round(above - below, 1) for above, below in pairwise(heights)}
    assert high == {round(13.6 + 9 * 1.17, 1)}
    plain = tuple(replace(column, by_hand=0) for column in columns)
    usual = level(measured([replace(report, columns=plain, label_by_hand=0)], "F4"), 0.25)[1:]
    assert {round(above - below, 1) for above, below in pairwise(usual)} == {13.6}


def test_what_a_table_ends_with_stands_clear_of_its_double_rule() -> None:
    made = measured([book(3)], "F4")
    doubled, closing = level(made, 0.8)[-1], made.text("Buku ini")
    assert 4 < doubled - (closing.y + 0.67 * closing.size) < 16
    statement = measured([samples.position()], "F4")
    note = statement.text("Catatan atas")
    above = min(each.y for each in statement.rules if each.thick == 0.5 and each.y > note.y)
    assert 3 < above - (note.y + 0.67 * note.size) < 16


@pytest.mark.parametrize("paper", ["F4", "A4"])
def test_a_heading_that_columns_share_stands_over_a_rule_as_wide_as_they(paper: str) -> None:
    made = measured([samples.trial_balance()], paper)
    top, bottom = (each.y for each in made.across(0.8)[:2])
    heads = sorted((each for each in made.texts if bottom < each.y < top), key=lambda each: each.x)
    groups = [made.text(name) for name in ("Saldo awal", "Mutasi", "Saldo akhir")]
    sides = [each for each in heads if each.text in ("Debit", "Kredit")]
    ruled = [each for each in made.rules if each.thick == 0.8 and bottom < each.y < top]
    assert [each.text for each in sides] == ["Debit", "Kredit"] * 3
    assert len({each.y for each in ruled}) == 1
    for group, line, under in zip(groups, ruled, zip(sides[::2], sides[1::2], strict=True),
                                  strict=True):  # fmt: skip
        assert group.middle == pytest.approx((line.x + line.to_x) / 2, abs=0.1)
        assert under[0].y == under[1].y < line.y < group.y
        assert line.x < under[0].x < under[1].end <= line.to_x + 2
    assert all(one.to_x < other.x for one, other in pairwise(ruled)), "a gap between them"
    name = made.text("Nama akun")
    assert sides[0].y < name.y < groups[0].y, "in the middle of the band"


def test_a_grid_without_rows_has_its_sentence_between_two_uprights() -> None:
    made = measured([replace(book(1), rows=())], "F4")
    said = made.text("Tidak ada")
    sides = [each for each in uprights(made) if min(each.y, each.to_y) < said.y]
    assert [each.x for each in sides] == pytest.approx([LEFT, made.right], abs=0.1)
    assert not level(made, 0.8), "nothing is summed"


def test_labels_of_a_note_stand_where_its_columns_say() -> None:
    """Here behind the first of those that the note uses."""
    columns = tuple(
        Column(key, key.upper(), ColumnType.TEXT) for key in ("unused", "no", "kept", "left")
    )
    rows = (
        Row("Persediaan", code="4", kind=RowKind.SECTION),
        Row("Keripik", (None, "I", "Rak", None)),
        Row("Benih", (None, "II", "Laci", None)),
    )
    notes = Report("notes", "Catatan", columns, rows, label="Barang", label_at=2,
                   layout=Layout.NOTES)  # fmt: skip
    made = measured([notes], "F4")
    heads = [made.text(each).x for each in ("NO", "Barang", "KEPT")]
    assert heads == sorted(heads)
    row = made.text("I ")
    assert (row.text, row.x) == ("I Keripik Rak", pytest.approx(heads[0], abs=0.01))
    assert not {"UNUSED", "LEFT"} & {each.text for each in made.texts}
