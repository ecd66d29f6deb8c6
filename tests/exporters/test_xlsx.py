from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from kwt_books.app import Books
from kwt_books.domain.values import MAX_QUANTITY
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind
from kwt_books.reports.packs import Cover, Section
from tests.exporters.plain_samples import (
    COLUMNS,
    NOTES,
    REPORT,
    ROWS,
    SHORT,
    imprint,
    pack,
    written,
)

HEAD_LINE, FIRST = 8, 9
"""Of the sample, counted from 1: title block of five lines, a blank one, two of headings."""


def book(*reports: Report, **how: Any) -> Any:
    return load_workbook(BytesIO(written("xlsx", *reports, **how)))


def sheet(*reports: Report, **how: Any) -> Any:
    return book(*reports, **how).worksheets[0]


def column_of(found: Any, head: str) -> int:
    return next(cell.column for cell in found[HEAD_LINE] if cell.value == head)


def test_title_block_and_headings() -> None:
    found = sheet()
    assert [found.cell(line, 1).value for line in range(1, 7)] == [
        "KWT Sukawangi Sejahtera", "SEGALA MACAM", "Bulan Juni 2026",
        "SEMENTARA, bulan belum ditutup", "(Dinyatakan dalam Rupiah)", None,
    ]  # fmt: skip
    looks = [found.cell(line, 1).font for line in range(1, 6)]
    assert [each.b for each in looks] == [True, True, True, False, False]
    assert [each.i for each in looks] == [False] * 4 + [True]
    heads = [cell.value for cell in found[HEAD_LINE]]
    assert heads == ["Akun", *(column.label for column in COLUMNS)]
    for cell in (*found[HEAD_LINE - 1], *found[HEAD_LINE]):
        assert (cell.font.b, cell.fill.fgColor.rgb) == (True, "FFEDEDED")
        assert (cell.border.top.style, cell.alignment.vertical) == ("thin", "center")
    assert all(cell.alignment.wrap_text for cell in found[HEAD_LINE])
    assert found.cell(HEAD_LINE - 1, column_of(found, "Debit")).value == "Mutasi"
    assert found.freeze_panes == f"A{FIRST}"
    assert found.print_title_rows == f"${HEAD_LINE - 1}:${HEAD_LINE}"


def test_codes_are_shown_where_people_know_a_row_by_them() -> None:
    found = sheet(replace(REPORT, layout=Layout.TRIAL_BALANCE))
    assert [found.cell(line, 1).value for line in (HEAD_LINE, FIRST + 1)] == ["Kode", "1101"]
    section = Row("Kas Tunai Bendahara", code="1101", kind=RowKind.SECTION)
    found = sheet(replace(REPORT, layout=Layout.LEDGER, rows=(section,)))
    assert found.cell(FIRST, 1).value == "1101  Kas Tunai Bendahara"


def test_cells_are_real_numbers_and_dates() -> None:
    found = sheet()
    line = [found.cell(FIRST + 1, column_of(found, column.label)).value for column in COLUMNS]
    assert line[0] == datetime.fromisoformat("2026-06-05")
    assert line[1:3] == ["Jual sayur", "BKM-2606-0001"]
    assert line[3:] == [2.5, 12, 0.683, 1_200_000, 0]
    assert found.cell(FIRST + 2, column_of(found, "Kredit")).value is None


def test_formats_of_numbers() -> None:
    found = sheet()
    formats = {
        column.label: found.cell(FIRST + 1, column_of(found, column.label)).number_format
        for column in COLUMNS
    }
    assert formats["Debit"].startswith("#,##0_);(#,##0);")
    assert formats["Banyak"].startswith("#,##0.0_);(#,##0.0);"), "2,5 has one decimal"
    assert formats["Bagian"].startswith("0.0%")
    assert formats["Tanggal"] == "dd/mm/yyyy"


@pytest.mark.parametrize(("layout", "nil"), [(Layout.STATEMENT, '"–"'), (Layout.TRIAL_BALANCE, "")])
def test_nil_is_a_dash_or_blank_as_on_paper(layout: Layout, nil: str) -> None:
    found = sheet(replace(REPORT, layout=layout))
    pattern = found.cell(FIRST + 1, column_of(found, "Debit")).number_format
    assert pattern.split(";")[2].removesuffix("_)") == nil


@pytest.mark.parametrize("thousandths", [1, 999, 1_000, 123_456_789_012_345, MAX_QUANTITY - 1])
def test_quantities_keep_their_three_decimals(thousandths: int) -> None:
    columns = (Column("qty", "Banyak", ColumnType.QUANTITY),)
    report = replace(
        REPORT, columns=columns, rows=(Row("Beras", (thousandths,)),), provisional=False
    )
    value = sheet(report).cell(7, 2).value
    assert Decimal(repr(value)) * 1000 == thousandths


def test_amounts_beyond_what_a_spreadsheet_can_count_are_text() -> None:
    columns = (Column("now", "Kini", ColumnType.MONEY),)
    amounts = (10**15 - 1, 10**15 + 1, -(10**18) - 1)
    rows = tuple(Row("Kas", (amount,)) for amount in amounts)
    report = replace(REPORT, columns=columns, rows=rows, provisional=False)
    values = [sheet(report).cell(line, 2).value for line in (7, 8, 9)]
    assert values == [10**15 - 1, str(10**15 + 1), str(-(10**18) - 1)]


def test_text_is_never_a_formula() -> None:
    found = sheet()
    cell = found.cell(FIRST + 2, column_of(found, "Uraian"))
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_sums_stand_out() -> None:
    found = sheet()
    at = {row.kind: FIRST + place for place, row in enumerate(ROWS)}
    debit = column_of(found, "Debit")
    assert found.cell(at[RowKind.SECTION], 1).font.bold
    assert not found.cell(FIRST + 1, 1).font.bold
    total = found.cell(at[RowKind.TOTAL], debit)
    assert (total.font.bold, total.border.top.style, total.border.bottom.style) == (
        True, "thin", "double",
    )  # fmt: skip
    assert found.cell(at[RowKind.SUBTOTAL], debit).border.top.style == "thin"
    assert found.cell(FIRST + 1, 1).alignment.indent == 1


_TWO = (Column("a", "A", ColumnType.MONEY), Column("b", "B", ColumnType.QUANTITY))


def _sums(*rows: Row) -> list[tuple[object, object]]:
    """Values of both columns line by line, formulas as they are written."""
    report = replace(REPORT, columns=_TWO, rows=rows, provisional=False, closing=())
    found = sheet(report)
    return [(found.cell(line, 2).value, found.cell(line, 3).value)
            for line in range(7, 7 + len(rows))]  # fmt: skip


def test_sums_are_formulas_where_they_are_those_of_their_lines() -> None:
    found = _sums(
        Row("Satu", kind=RowKind.SECTION),
        Row("a", (5, 1_000)), Row("b", (7, 2_500)),
        Row("Jumlah", (12, 3_500), kind=RowKind.SUBTOTAL),
        Row("c", (1, 1_000)), Row("d", (2, 1_000)),
        Row("Jumlah", (3, 2_000), kind=RowKind.SUBTOTAL),
        Row("Semua", (15, 5_500), kind=RowKind.TOTAL),
    )  # fmt: skip
    assert found[3] == ("=SUBTOTAL(9,B8:B9)", "=SUBTOTAL(9,C8:C9)")
    assert found[6] == ("=SUBTOTAL(9,B11:B12)", "=SUBTOTAL(9,C11:C12)")
    assert found[7] == ("=SUBTOTAL(9,B8:B13)", "=SUBTOTAL(9,C8:C13)")


def test_a_sum_of_anything_else_stays_a_number() -> None:
    """Nor does a total above it add it up again."""
    found = _sums(
        Row("a", (5, 1_000)), Row("b", (7, 1_000)),
        Row("Laba", (99, 2_000), kind=RowKind.SUBTOTAL),
        Row("Semua", (12, 2_000), kind=RowKind.TOTAL),
    )  # fmt: skip
    assert found[2] == (99, "=SUBTOTAL(9,C7:C8)")
    assert found[3] == (12, "=SUBTOTAL(9,C7:C9)")


def test_one_line_alone_is_no_sum() -> None:
    found = _sums(
        Row("a", (5, 1_000)), Row("Jumlah", (5, 1_000), kind=RowKind.SUBTOTAL),
        Row("b", (6, 1_000)), Row("Jumlah", (6, 1_000), kind=RowKind.SUBTOTAL),
        Row("Semua", (11, 2_000), kind=RowKind.TOTAL),
        Row("c", (1, 1_000)), Row("d", (1, 1_000)), Row("Lain", (2, 2_000), kind=RowKind.TOTAL),
    )  # fmt: skip
    assert [first for first, _ in found] == [5, 5, 6, 6, 11, 1, 1, "=SUBTOTAL(9,B12:B13)"]


def test_columns_are_as_wide_as_what_they_hold() -> None:
    """A heading or sentence over the whole line widens nothing; a label counts its indent."""
    long = Row("Kalimat yang panjang sekali, jauh lebih panjang dari kolom", kind=RowKind.NOTE)
    wide = Row("x" * 60, (None, "y" * 60, "BKM-2606-0001", 12_500, 1, 1, 1, 1))
    found = sheet(replace(REPORT, rows=(*ROWS[:2], long)))
    width = {cell.value: int(found.column_dimensions[cell.column_letter].width)
             for cell in found[HEAD_LINE]}  # fmt: skip
    assert width["Akun"] == len("Kas Tunai") + 2 + 2
    assert width["Debit"] == len("(1,200,000)") + 2
    assert width["Tanggal"] == len("dd/mm/yyyy") + 2
    assert width["Lembar"] == len("Lembar") + 2, "no narrower than the heading's longest word"
    widest = sheet(replace(REPORT, rows=(wide,)))
    assert int(widest.column_dimensions["A"].width) == 48
    opening = Row("Saldo awal", (None,) * 6 + (10**12, None), kind=RowKind.NOTE)
    found = sheet(replace(REPORT, rows=(opening, *ROWS[:2])))
    letter = found.cell(1, column_of(found, "Debit")).column_letter
    assert int(found.column_dimensions[letter].width) == len("(1,000,000,000,000)") + 2


def test_a_workbook_with_a_cover_begins_with_what_is_in_it() -> None:
    made = replace(pack(REPORT, replace(REPORT, title="Lain", period="Mei 2026")),
                   cover=Cover("Paket Audit", "Juni 2026"))  # fmt: skip
    out = BytesIO()
    Books.write(made, "xlsx", out)
    found = load_workbook(out)
    contents = found.worksheets[0]
    assert [contents.cell(line, 1).value for line in range(1, 9)] == [
        "KWT Sukawangi Sejahtera", "Paket Audit", "Juni 2026", f"Segel {SHORT}", None,
        "Laporan", "Segala Macam", "Lain",
    ]  # fmt: skip
    assert [contents.cell(line, 2).value for line in (6, 7, 8)] == [
        "Periode", "Bulan Juni 2026", "Mei 2026",
    ]  # fmt: skip
    strong = [(line, 1) for line in (1, 2, 6)] + [(6, 2)]
    for place in [(line, column) for line in range(1, 9) for column in (1, 2)]:
        assert bool(contents.cell(*place).font.b) == (place in strong), place
    assert (contents["A2"].font.sz, contents["A1"].font.sz) == (13, 11)
    assert [int(contents.column_dimensions[each].width) for each in "AB"] == [48, 44]
    assert (contents.page_setup.paperSize, contents.page_setup.fitToHeight) == (14, 0)
    links = [contents.cell(line, 1).hyperlink.location for line in (7, 8)]
    assert links == [f"'{name}'!A1" for name in found.sheetnames[1:]]
    assert (found.properties.title, found.properties.subject) == ("Paket Audit", "Juni 2026")


@pytest.mark.parametrize("words", [1, 12, 16, 40])
def test_long_titles_have_room_in_the_contents(words: int) -> None:
    title = ("Buku " * words).strip()
    cover, out = Cover("Paket Audit", "Juni 2026"), BytesIO()
    Books.write(replace(pack(replace(REPORT, title=title)), cover=cover), "xlsx", out)
    wide = int(load_workbook(out).worksheets[0].column_dimensions["A"].width)
    assert wide == min(max(len(title) + 2, 48), 80)


def test_a_text_that_its_neighbour_would_cut_is_broken() -> None:
    column = Column("memo", "Catatan", ColumnType.TEXT)
    for letters in (46, 47):
        text = "x" * letters
        kinds = (RowKind.LINE, RowKind.TOTAL, RowKind.NOTE, RowKind.SECTION)
        rows = [Row(text, (text,), kind=kind) for kind in kinds] + [Row(text[2:], level=1)]
        report = replace(REPORT, columns=(column,), rows=tuple(rows), provisional=False)
        found = sheet(report)
        cells = [row for row in found.iter_rows() if str(row[0].value).startswith("xxx")]
        broken = [tuple(bool(cell.alignment.wrap_text) for cell in row) for row in cells]
        cut = letters > 46
        assert broken == [(cut, cut), (cut, cut), (False, cut), (False, cut), (cut, False)]


def test_a_table_without_a_title_has_that_of_its_section() -> None:
    section = Section("Penjualan", (replace(REPORT, title=""), replace(REPORT, title="Kas")))
    made, out = replace(pack(), parts=(section,)), BytesIO()
    assert [each.title for each in made.reports] == ["Penjualan", "Kas"]
    Books.write(made, "xlsx", out)
    found = load_workbook(out)
    assert found.sheetnames == ["Penjualan", "Kas"]
    assert found.worksheets[0]["A2"].value == "PENJUALAN"


def test_tables_can_be_filtered_by_their_headings() -> None:
    last = FIRST + len(ROWS) - 1
    assert sheet().auto_filter.ref == f"A{HEAD_LINE}:{'ABCDEFGHIJ'[len(COLUMNS)]}{last}"


def test_every_note_has_a_sheet_with_the_columns_it_uses() -> None:
    columns = (Column("now", "Kini", ColumnType.MONEY), Column("then", "Lalu", ColumnType.MONEY))
    rows = (
        Row("Umum", code="1", kind=RowKind.SECTION), Row("Kalimat.", kind=RowKind.NOTE),
        Row("Kas", code="2", kind=RowKind.SECTION), Row("Tunai", (5, None)),
    )  # fmt: skip
    found = book(replace(NOTES, columns=columns, rows=rows, provisional=False, label_at=2))
    assert found.sheetnames == ["1. Umum", "2. Kas"]
    heads = [cell.value for line in found["2. Kas"].iter_rows() for cell in line]
    assert "Kini" in heads
    assert "Lalu" not in heads
    lines = list(found["2. Kas"].iter_rows(values_only=True))
    assert lines[-1] == (5, "Tunai"), "labels behind the columns that are left"


def test_closing_sentences_stand_below() -> None:
    found, line = sheet(), FIRST + len(ROWS) + 1
    assert found.cell(line, 1).value == "Kalimat penutup."
    (merged,) = found.merged_cells.ranges
    assert (merged.min_row, merged.max_row, merged.max_col) == (line, line, len(COLUMNS) + 1)


@pytest.mark.parametrize(("paper", "number"), [("", 14), ("F4", 14), ("A4", 9)])
def test_paper_is_the_one_asked_for_or_the_groups(paper: str, number: int) -> None:
    assert sheet(paper=paper).page_setup.paperSize == number


def test_wide_reports_are_printed_across() -> None:
    narrow = replace(REPORT, columns=COLUMNS[:1])
    wide = replace(REPORT, columns=COLUMNS[-1:] * 12, rows=(Row("Kas", (10**9,) * 12),))
    assert sheet(narrow).page_setup.orientation == "portrait"
    assert sheet(wide).page_setup.orientation == "landscape"
    assert sheet(wide).page_setup.fitToHeight == 0
    assert sheet(wide).sheet_properties.pageSetUpPr.fitToPage


def test_the_seal_is_at_the_foot_and_in_the_properties() -> None:
    found = book(replace(REPORT, title="Laba & Rugi"))
    foot = found.worksheets[0].oddFooter
    assert foot.left.text == f"Segel {SHORT}"
    assert foot.center.text.replace("&&", "&") == "Laba & Rugi"
    properties = found.properties
    assert (properties.title, properties.keywords) == ("Laba & Rugi", SHORT)
    assert properties.creator == "Siti Rohmah"
    assert properties.subject == "Bulan Juni 2026"
    assert properties.description == "KWT Books 1.0.0"
    assert properties.created == datetime.fromisoformat("2026-07-01T02:12")


def test_each_report_has_a_sheet_with_a_name_excel_takes() -> None:
    title = "Laporan [Posisi]: Keuangan/Per 30 Juni 2026?"
    found = book(*(replace(REPORT, title=title) for _ in range(3)), NOTES)
    names = found.sheetnames
    assert len({name.lower() for name in names}) == 5, "the two notes have a sheet each"
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


def test_notes_are_wrapped_paragraphs() -> None:
    found = sheet(NOTES)
    labels = [row[0] for row in found.iter_rows()]
    assert "1. UMUM" in [cell.value for cell in labels]
    paragraph = next(cell for cell in labels if str(cell.value).startswith("Kelompok"))
    assert paragraph.alignment.wrap_text
    assert found.column_dimensions["A"].width > 60


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert written("xlsx") == written("xlsx")


def test_a_moment_without_a_zone_is_taken_as_it_is() -> None:
    moment = imprint().printed_at.replace(tzinfo=None)
    out = BytesIO()
    Books.write(replace(pack(), imprint=replace(imprint(), printed_at=moment)), "xlsx", out)
    assert load_workbook(out).properties.created == moment


def test_shares_quantities_and_sentences_look_like_what_they_are() -> None:
    found = sheet(replace(REPORT, closing=("Kalimat. " * 60,)))
    note = found.cell(FIRST + 5, 1)
    assert (note.value, note.font.i) == ("Angka belum diperiksa pengawas.", True)
    assert not found.cell(FIRST + 1, 1).font.i
    heads = {cell.value: cell for cell in found[HEAD_LINE]}
    assert [heads[name].alignment.horizontal for name in ("Akun", "Tanggal", "Debit")] == [
        "left", "left", "right",
    ]  # fmt: skip
    assert heads["Akun"].font.b
    assert heads["Akun"].border.bottom.style == "thin"
    assert found.cell(2, 1).font.sz == 14
    assert found.cell(5, 1).font.i
    line = FIRST + len(ROWS) + 1
    widths = [found.column_dimensions["ABCDEFGHI"[n]].width for n in range(9)]
    lines = 540 // sum(map(int, widths)) + 1
    assert found.row_dimensions[line].height == 15 * lines
    margins = found.page_margins
    assert (margins.left, margins.right) == (0.87, 0.6), "room to punch it"
    assert found.print_title_rows == "$7:$8"


def test_one_column_has_its_closing_sentence_in_its_own_cell() -> None:
    found = sheet(replace(REPORT, columns=(), rows=(Row("Satu"),), provisional=False))
    values = [cell.value for (cell,) in found.iter_rows(max_col=1)]
    assert values[-1] == "Kalimat penutup."
    assert not found.merged_cells.ranges
    assert found.auto_filter.ref is None, "one row is nothing to choose from"
