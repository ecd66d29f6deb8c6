from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from dataclasses import replace

import pytest

from kwt_books.reports.model import Column, ColumnType, Report, Row
from tests.exporters.plain_samples import COLUMNS, NOTES, REPORT, ROWS, written


def table(*reports: Report, language: str = "id") -> list[list[str]]:
    raw = written("csv", *reports, language=language)
    text = raw.removeprefix(BOM_UTF8).decode()
    sign = "," if language == "en" else ";"
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))


def test_excel_is_told_the_encoding_and_lines_end_as_the_standard_says() -> None:
    raw = written("csv")
    assert raw.startswith(BOM_UTF8)
    assert raw.count(b"\n") == raw.count(b"\r\n") == len(ROWS) + 1


def test_labels_come_first_and_groups_tell_columns_apart() -> None:
    head = table()[0]
    assert head[:4] == ["Kode", "Akun", "Tingkat", "Jenis"]
    assert head[-2:] == ["Mutasi Debit", "Mutasi Kredit"]
    assert table(language="en")[0][:4] == ["Code", "Akun", "Level", "Kind"]


def test_every_row_has_a_field_for_every_column() -> None:
    assert {len(row) for row in table()} == {4 + len(COLUMNS)}


def test_values_are_as_a_spreadsheet_of_the_language_reads_them() -> None:
    said = ["1101", "Kas Tunai", "1", "line", "2026-06-05", "Jual sayur", "BKM-2606-0001"]
    assert table()[2] == [*said, "2,5", "12", "68,3", "1200000", "0"]
    assert table(language="en")[2] == [*said, "2.5", "12", "68.3", "1200000", "0"]
    assert table()[3][-2:] == ["-5000", ""]


@pytest.mark.parametrize("text", ["=1+1", "+62 812", "-kurang", "@siti", "\tx", "\rx", "\nx"])
def test_text_is_never_run_as_a_formula(text: str) -> None:
    row = Row(text, (None, text), code=text)
    assert table(replace(REPORT, label=text, rows=(row,)))[1][:2] == [f"'{text}", f"'{text}"]
    found = table(replace(REPORT, label=text, rows=(row,)))
    assert found[0][1] == found[1][5] == f"'{text}"


SEPARATORS = ",;|\t\n\r"


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "+A1", "-A1+1", "-2+cmd|' /C calc'!A0"])
def test_no_separator_makes_a_formula_of_what_follows(separator: str, formula: str) -> None:
    """Spreadsheets part fields by the sign that the computer is set to, quotes or not."""
    for between in ("", " ", '"', ' "'):
        text = f"Toko{separator}{between}{formula}"
        written_ = written("csv", replace(REPORT, rows=(Row(text),))).decode()
        for each in SEPARATORS:
            fields = (field.strip('\r\n "') for field in written_.split(each))
            assert not [field for field in fields if field.startswith(formula)]


@pytest.mark.parametrize(
    "text", ["Retur, -5 ikat", "[1,-5,3]", "Bayam-segar, kangkung", "x,+7", "a;-1.500,25", "1-2"]
)
def test_numbers_and_dashes_within_text_stay(text: str) -> None:
    assert table(replace(REPORT, rows=(Row(text),)))[1][1] == text


def test_text_of_any_kind_comes_back_as_it_was() -> None:
    text = 'Beli "media", pupuk;\nbaris kedua – ñ'
    assert table(replace(REPORT, rows=(Row(text),)))[1][1] == text


@pytest.mark.parametrize(
    ("thousandths", "read"),
    [(300_000, "300"), (2_750, "2,75"), (1, "0,001"), (-1_500, "-1,5"), (0, "0")],
)
def test_quantities_are_as_they_read(thousandths: int, read: str) -> None:
    columns = (Column("qty", "Banyak", ColumnType.QUANTITY),)
    report = replace(REPORT, columns=columns, rows=(Row("Bibit", (thousandths,)),))
    assert table(report)[1][-1] == read


def test_several_reports_stand_apart() -> None:
    found = table(REPORT, NOTES)
    assert found[len(ROWS) + 1] == []
    assert found[len(ROWS) + 2][4] == "Juni 2026"
