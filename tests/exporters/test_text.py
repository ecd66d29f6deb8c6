from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind
from tests.exporters.plain_samples import COLUMNS, NOTES, REPORT, ROWS, SHORT, written


def lines(*reports: Report, language: str = "id") -> list[str]:
    return written("text", *reports, language=language).decode().splitlines()


def line_with(text: str, found: list[str]) -> str:
    return next(line for line in found if text in line)


def test_heading_closing_and_seal() -> None:
    found = lines()
    assert found[:5] == [
        "KWT Sukawangi Sejahtera",
        "SEGALA MACAM",
        "Bulan Juni 2026",
        "SEMENTARA, bulan belum ditutup",
        "(Dinyatakan dalam Rupiah)",
    ]
    assert found[-3:] == ["Kalimat penutup.", "", f"Segel {SHORT}"]


def test_a_table_is_as_wide_as_what_it_holds() -> None:
    """Drawn by hand: labels with their indents, figures to the right, sums between rules."""
    columns = (
        Column("day", "Tanggal", ColumnType.DATE),
        Column("debit", "Debit", ColumnType.MONEY, group="Mutasi"),
        Column("credit", "Kredit", ColumnType.MONEY, group="Mutasi"),
    )
    rows = (
        Row("Kas", kind=RowKind.SECTION),
        Row("Kas Tunai", (date(2026, 6, 5), 1_200_000, 35_000), level=1),
        Row("Bank", (date(2026, 6, 30), -5_000, 700), level=1),
        Row("Jumlah", (None, 1_195_000, 35_700), kind=RowKind.SUBTOTAL),
        Row("JUMLAH", (None, 1_195_000, 35_700), kind=RowKind.TOTAL),
    )
    drawn = """
                         ------Mutasi------
Akun         Tanggal          Debit  Kredit
-------------------------------------------
Kas
  Kas Tunai  05/06/2026  1.200.000   35.000
  Bank       30/06/2026     (5.000)     700
                         ----------  ------
Jumlah                   1.195.000   35.700
                         ----------  ------
JUMLAH                   1.195.000   35.700
                         ==========  ======
"""
    report = Report("small", "Kecil", columns, rows, label="Akun", label_at=0)
    assert lines(report) == ["KWT Sukawangi Sejahtera", "KECIL", *drawn.splitlines()]


def test_digits_of_a_column_stand_under_each_other() -> None:
    """A parenthesis hangs outside; a nil is a dash."""
    found = lines()
    positive, negative = line_with("1.200.000", found), line_with("(5.000)", found)
    assert positive.index("1.200.000") + len("1.200.000") == negative.index("(5.000)") + 6
    assert "2,5" in positive
    assert "(0,25)" in negative
    assert positive.endswith("–")


def test_numbers_follow_the_language() -> None:
    assert "1,200,000" in line_with("Kas Tunai", lines(language="en"))


def test_neighbouring_columns_share_their_groups_heading() -> None:
    found = lines()
    group, heads = line_with("Mutasi", found), line_with("Kredit", found)
    assert heads.index("Debit") - 6 <= group.index("Mutasi") <= heads.index("Kredit")


def test_sums_are_ruled() -> None:
    found = lines()
    total = next(place for place, line in enumerate(found) if "JUMLAH" in line)
    at = found[total].index("1.195.000")
    assert found[total - 1][at] == "-"
    assert found[total + 1][at] == "="


def test_headings_and_notes_run_over_the_whole_line() -> None:
    sentence = "Belum diperiksa. " * 9
    found = lines(replace(REPORT, rows=(*ROWS, Row(sentence, kind=RowKind.NOTE))))
    assert line_with("Belum", found).startswith("Belum diperiksa. Belum")
    assert max(map(len, found)) <= 100


def test_long_text_is_broken_so_that_all_fits_a_hundred_columns() -> None:
    memo = "Beli media tanam, benih cabai dan benih terong untuk persemaian bulan Juli " * 3
    columns = (*COLUMNS[:3], *COLUMNS[-2:])
    row = ROWS[1]._replace(cells=(date(2026, 7, 1), memo, "BKK-2607-0001", 1_200_000, 0))
    found = lines(replace(REPORT, columns=columns, rows=(row,)))
    assert max(map(len, found)) <= 100
    words = " ".join(" ".join(found).split())
    assert all(word in words for word in memo.split())
    assert line_with("1.200.000", found)


@pytest.mark.parametrize(
    ("parameters", "written_as"),
    [({"month": "2026-06"}, "05/06"), ({"as_of": "2027-01-31"}, "05/06/2026"), ({}, "05/06/2026")],
)
def test_a_book_leaves_out_the_year_that_its_title_says(
    parameters: dict[str, str], written_as: str
) -> None:
    columns = (
        Column("date", "Tanggal", ColumnType.DATE),
        Column("text", "Uraian", ColumnType.TEXT),
    )
    row = Row("", cells=(date(2026, 6, 5), "Outlet"))
    found = lines(replace(REPORT, columns=columns, rows=(row,), parameters=parameters))
    assert written_as in line_with("Outlet", found).split()


def test_what_cannot_be_broken_is_shown_all_the_same() -> None:
    columns = tuple(Column(f"c{n}", f"Bulan {n}", ColumnType.MONEY) for n in range(12))
    found = lines(replace(REPORT, columns=columns, rows=(Row("Jumlah", (10**9,) * 12),)))
    assert line_with("1.000.000.000", found).count("1.000.000.000") == 12


def test_notes_are_paragraphs_and_small_tables() -> None:
    found = lines(NOTES)
    assert "1. UMUM" in found
    paragraph = line_with("Kelompok ini", found)
    assert 80 < len(paragraph) <= 100
    assert "Banyak" not in "\n".join(found)  # a column that this note does not use
    assert line_with("Kas Tunai", found).endswith("1.730.900")


def test_codes_are_shown_where_people_know_a_row_by_them() -> None:
    assert "1101" not in "\n".join(lines())
    assert line_with("1101", lines(replace(REPORT, layout=Layout.TRIAL_BALANCE)))
    section = Row("Kas Tunai Bendahara", code="1101", kind=RowKind.SECTION)
    assert "1101  Kas Tunai Bendahara" in lines(
        replace(REPORT, rows=(section,), layout=Layout.LEDGER)
    )


def test_labels_stand_where_the_report_puts_them() -> None:
    found = lines(replace(REPORT, label_at=2, layout=Layout.BOOK))
    heads = line_with("Tanggal", found).split()
    assert heads.index("Tanggal") < heads.index("Uraian") < heads.index("Akun")


@pytest.mark.parametrize(("language", "said"), [("id", "Tidak ada transaksi"), ("en", "No trans")])
def test_an_empty_report_says_so(language: str, said: str) -> None:
    assert any(said in line for line in lines(replace(REPORT, rows=()), language=language))


def test_several_reports_follow_each_other() -> None:
    found = lines(REPORT, replace(REPORT, title="Lagi", columns=COLUMNS[:2]))
    assert found.index("SEGALA MACAM") < found.index("LAGI")


def test_a_share_has_tenths_where_one_of_its_column_has_them() -> None:
    columns = (
        Column("one", "Satu", ColumnType.PERCENT),
        Column("two", "Dua", ColumnType.PERCENT),
    )
    rows = (Row("Outlet", (500, 500)), Row("Warung", (305, 250)))
    found = lines(replace(REPORT, columns=columns, rows=rows))
    assert line_with("Outlet", found).split() == ["Outlet", "50,0%", "50%"]
    assert line_with("Warung", found).split() == ["Warung", "30,5%", "25%"]


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("", []),
        ("dalam Rupiah", ["(dalam Rupiah)"]),
        ("Akun 1101 (Rupiah)", ["Akun 1101 (Rupiah)"]),
    ],
)
def test_a_unit_has_one_pair_of_parentheses(unit: str, said: list[str]) -> None:
    found = lines(replace(REPORT, unit=unit, provisional=False))
    assert found[3 : found.index("")] == said


def test_rows_without_labels_have_no_column_for_them() -> None:
    columns = (Column("day", "Tanggal", ColumnType.DATE), Column("no", "Nomor", ColumnType.CODE))
    row = Row("", (date(2026, 6, 5), "BKM-1"))
    report = replace(REPORT, columns=columns, rows=(row,), label="Akun")
    assert line_with("Tanggal", lines(report)).split() == ["Tanggal", "Nomor"]
    assert "Akun" in lines(replace(report, rows=(row._replace(label="Kas"),)))[6]


def test_columns_of_text_give_way_until_all_fits() -> None:
    """No narrower than twelve characters, nor than the longest word over them."""
    heads = ("K1", "K2", "K3", "K4", "Persekutuan-perdagangan")
    columns = tuple(Column(head, head, ColumnType.TEXT) for head in heads)
    cells = ("satu dua tiga empat lima enam tujuh delapan sembilan",) * 5
    for more, widest in (((), 100), (("K5", "K6", "K7"), 7 * 12 + 23 + 7 * 2)):
        every = (*(Column(head, head, ColumnType.TEXT) for head in more), *columns)
        row = Row("", (*cells, *cells[: len(more)]))
        found = lines(replace(REPORT, columns=every, rows=(row,), label=""))
        table = found[6 : found.index("Kalimat penutup.")]
        ruled = line_with("-----", table)
        assert len(ruled) == widest, "all of the page, or as narrow as can be read"
        assert table[0].endswith("Persekutuan-perdagangan")


def test_items_of_the_notes_hang_behind_their_letters() -> None:
    item = Row("Dasar penyusunan memakai biaya historis. " * 5, code="a.", level=1,
               kind=RowKind.NOTE)  # fmt: skip
    found = lines(replace(NOTES, rows=(NOTES.rows[0], item)))
    first = next(place for place, line in enumerate(found) if "a. Dasar" in line)
    assert found[first].startswith("  a. Dasar")
    assert all(line.startswith("     ") for line in found[first + 1 :] if line)
    assert len(found[first + 1]) > 60
