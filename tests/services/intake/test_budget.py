"""The budget of a programme (RAB) as groups and agencies write it in a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from kwt_books.domain.errors import RuleError
from kwt_books.services.intake.budget import read_budget
from kwt_books.services.intake.sheet import open_sheets
from tests.services.intake.kept import Rows
from tests.services.intake.kept import book as workbook

RAB: Rows = [
    ["RENCANA ANGGARAN BIAYA (RAB)"],
    ["PEKARANGAN PANGAN LESTARI 2026"],
    [],
    ["No", "Uraian", "Volume", "Satuan", "Harga Satuan (Rp)", "Jumlah (Rp)"],
    [1, 2, 3, 4, 5, 6],
    ["A", "Rumah bibit"],
    [1, "Bambu", 40, "batang", 15000, 600000],
    [2, "Paranet", "12,5", "m", "Rp 22.000", None],
    [None, "Sub total", None, None, None, 875000],
    ["B", "Sarana", None, None, None, 1000000],
    [1, "Polybag", 20, "pak", 30000, 600000],
    [2, "Pupuk kandang", None, None, None, 400000],
    ["C", "Upah"],
    [1, "Tukang", 4, "HOK", 100000, 450000],
    [None, "JUMLAH TOTAL", None, None, None, 2325000],
    [],
    [None, "Bandar Lampung, 3 Maret 2026"],
    [None, "Ketua"],
]


def budget_of(tmp_path: Path, rows: Rows):
    path = tmp_path / "rab.xlsx"
    workbook({"RAB": rows})(path)
    return read_budget(open_sheets(path))


def test_lines_sections_and_amounts_are_read(tmp_path: Path) -> None:
    found = budget_of(tmp_path, RAB)
    assert [(x.line, x.section, x.name, x.qty, x.unit, x.amount) for x in found.lines] == [
        ("1", "Rumah bibit", "Bambu", 40000, "batang", 600000),
        ("2", "Rumah bibit", "Paranet", 12500, "m", 275000),
        ("B1", "Sarana", "Polybag", 20000, "pak", 600000),
        ("B2", "Sarana", "Pupuk kandang", None, None, 400000),
        ("C1", "Upah", "Tukang", 4000, "HOK", 450000),
    ]
    (odd,) = found.remarks
    assert (str(odd.cell), odd.issue.code) == ("RAB!F14", "budget-differs")
    assert odd.issue.params == {"balance": 450000, "total": 400000}
    assert not found.stops


def test_a_section_of_a_single_line_is_not_counted_twice(tmp_path: Path) -> None:
    found = budget_of(tmp_path, [
        RAB[3],
        ["I", "Sarana pembibitan", None, None, None, 1500000],
        [1, "Rak bibit", 5, "unit", 300000, 1500000],
        ["II", "Bibit", None, None, None, 600000],
        [1, "Cabai", 300, "batang", 2000, None],
        ["III", "Lain-lain"],
        [1, "Transport", None, None, None, 400000],
        [2, "Konsumsi", None, None, None, 400000],
        [None, "JUMLAH", None, None, None, 2900000],
    ])  # fmt: skip
    assert [(each.section, each.name, each.amount) for each in found.lines] == [
        ("Sarana pembibitan", "Rak bibit", 1500000),
        ("Bibit", "Cabai", 600000),
        ("Lain-lain", "Transport", 400000),
        ("Lain-lain", "Konsumsi", 400000),
    ]


def test_what_is_too_long_for_a_programme_is_cut_off(tmp_path: Path) -> None:
    """A cut number that is taken stands behind the letter of its section, as long as before."""
    line = ["b" * 25, "n" * 300, 2, "u" * 60, 500, 1000]
    found = budget_of(tmp_path, [RAB[3], ["A", "Sarana"], line, line])
    assert [each.line for each in found.lines] == ["B" * 20, "A" + "B" * 19]
    assert {(len(each.name), len(each.unit or "")) for each in found.lines} == {(200, 40)}


def test_what_can_not_be_read_stops_it(tmp_path: Path) -> None:
    found = budget_of(tmp_path, [*RAB[3:7], [2, "Paku", 3, "kg", None, None],
                                 [3, "Cat", None, None, None, "mahal"]])  # fmt: skip
    told = {str(each.cell): each.issue.code for each in found.stops}
    assert told == {"RAB!F5": "budget-amount-missing", "RAB!F6": "amount-not-a-number"}


def test_what_is_no_budget_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no-budget"):
        budget_of(tmp_path, [["Nama", "Alamat"], ["Bu Marni", "RT 02"]])
