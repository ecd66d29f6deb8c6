from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from dataclasses import replace

import pytest
from plain_samples import COLUMNS, NOTES, REPORT, ROWS, written

from kwt_books.reports.model import Report, Row


def table(*reports: Report, language: str = "id") -> list[list[str]]:
    raw = written("csv", *reports, language=language)
    text = raw.removeprefix(BOM_UTF8).decode()
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


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


def test_values_are_raw() -> None:
    assert table()[2] == [
        "1101", "Kas Tunai", "1", "line", "2026-06-05", "Jual sayur", "BKM-2606-0001",
        "2500", "12", "683", "1200000", "0",
    ]  # fmt: skip
    assert table()[3][-2:] == ["-5000", ""]


@pytest.mark.parametrize("text", ["=1+1", "+62 812", "-kurang", "@siti", "\tx", "\rx"])
def test_text_is_never_run_as_a_formula(text: str) -> None:
    row = Row(text, (None, text), code=text)
    assert table(replace(REPORT, label=text, rows=(row,)))[1][:2] == [f"'{text}", f"'{text}"]
    found = table(replace(REPORT, label=text, rows=(row,)))
    assert found[0][1] == found[1][5] == f"'{text}"


def test_text_of_any_kind_comes_back_as_it_was() -> None:
    text = 'Beli "media", pupuk;\nbaris kedua – ñ'
    assert table(replace(REPORT, rows=(Row(text),)))[1][1] == text


def test_several_reports_stand_apart() -> None:
    found = table(REPORT, NOTES)
    assert found[len(ROWS) + 1] == []
    assert found[len(ROWS) + 2][4] == "Juni 2026"
