"""Lists that are no cash book: sales, members against months, debts; what is doubtful is asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kwt_books.app import Book
from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.documents.setup import Item, Party
from kwt_books.queries.intake import known_to_intake
from kwt_books.services.intake.sheet import open_sheets
from kwt_books.services.intake.taking import Taking, layouts_of, plan, take
from tests.services.intake.kept import book as workbook

TODAY = date(2026, 11, 30)
GRID = [["No", "Nama", "Jan", "Feb", "Mar", "Total"],
        [1, "Siti Aminah", 10000, 10000, None, 20000],
        [2, "Nurjanah", 10000, None, None, 10000]]  # fmt: skip


def planned(book: Book, path: Path, sheet: str, rows: list[list[Any]]) -> Taking:
    workbook({sheet: rows})(path)
    file = open_sheets(path)
    return plan(file, book.read(known_to_intake), layouts_of(file), TODAY)


def told(taking: Taking) -> dict[str, str]:
    return {str(x.cell): x.issue.code for x in (*taking.stops, *taking.asked)}


@pytest.mark.parametrize(
    ("title", "table"),
    [("Iuran", "by_month"), ("Simpanan anggota", "by_month"), ("Barang", "by_month")],
)
def test_names_against_months_are_never_goods(
    new_book: Book, tmp_path: Path, title: str, table: str
) -> None:
    taking = planned(new_book, tmp_path / "a.xlsx", title, GRID)
    assert [each.table for each in taking.layouts] == [table]
    assert set(told(taking).values()) == {"by-month-of-what"}
    assert not any(isinstance(each.command, Item) for each in taking.entries)


def test_who_is_a_member_already_is_not_set_up_again(new_book: Book, tmp_path: Path) -> None:
    """A customer of the same name is somebody else."""
    new_book.record(Party(code="nur", name="Nurjanah", role="member"))
    new_book.record(Party(code="siti", name="SITI AMINAH", role="customer"))
    rows = [["SIMPANAN WAJIB 2026"], *GRID]
    taking = planned(new_book, tmp_path / "a.xlsx", "Simpanan", rows)
    met = [each.command for each in taking.entries if isinstance(each.command, Party)]
    assert [(each.name, each.role) for each in met] == [("Siti Aminah", "member")]


def test_goods_without_a_quantity_are_set_up_and_not_there(new_book: Book, tmp_path: Path) -> None:
    rows = [["Nama Barang", "Jenis", "Satuan", "Stok", "Harga Modal"],
            ["Bayam", "sayuran", "ikat", None, 1000], ["Sawi", "sayuran", "ikat", 0, 1000],
            ["Tomat", "sayuran", "kg", 2, 1000]]  # fmt: skip
    commands = [
        each.command for each in planned(new_book, tmp_path / "a.xlsx", "Barang", rows).entries
    ]
    assert [each.name for each in commands if isinstance(each, Item)] == ["Bayam", "Sawi", "Tomat"]
    (opening,) = (each for each in commands if isinstance(each, OpeningBalance))
    assert [(each.qty, each.value) for each in opening.stock] == [(2_000, 2_000)]


def test_a_name_alone_makes_nothing(new_book: Book, tmp_path: Path) -> None:
    taking = planned(new_book, tmp_path / "a.xlsx", "Sheet1", [["No", "Nama", "Catatan lain"],
                                                               [1, "Siti", "rajin"]])  # fmt: skip
    assert not taking.entries


def test_a_month_that_grew_after_it_was_taken_is_told_and_not_doubled(
    new_book: Book, tmp_path: Path
) -> None:
    rows = [["SIMPANAN WAJIB 2026"], *GRID]
    workbook({"Simpanan": rows})(path := tmp_path / "a.xlsx")
    file = open_sheets(path)
    take(new_book, file, layouts_of(file), TODAY, meant=True)
    rows[3] = [2, "Nurjanah", 10000, 10000, 15000, 35000]
    again = planned(new_book, path, "Simpanan", rows)
    assert [each.command.date for each in again.entries] == [date(2026, 3, 31)]  # type: ignore[attr-defined]
    assert told(again) == {"Simpanan!D3": "month-taken-otherwise",
                           "Simpanan!E4": "day-of-month-end"}  # fmt: skip
    assert again.known_rows == 1


def test_what_a_row_comes_to_is_held_against_its_months(new_book: Book, tmp_path: Path) -> None:
    rows = [["SIMPANAN WAJIB 2026"], GRID[0], [1, "Siti", 10000, "v", None, 10000],
            [2, "Nur", 10000, 5000, None, 10000]]  # fmt: skip
    taking = planned(new_book, tmp_path / "a.xlsx", "Simpanan", rows)
    assert told(taking) == {"Simpanan!D3": "amount-not-a-number", "Simpanan!F4": "total-differs",
                            "Simpanan!C3": "day-of-month-end"}  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "headings", "row", "doubts"),
    [
        ("Sayur", ["Tanggal", "Nama Barang", "Jumlah Rp"], ["1/7/2026", "Bayam", 5000],
         {"Sayur!C2": "sold-guessed"}),
        ("Jual", ["Tanggal", "Nama Barang", "Banyaknya", "Harga"], ["1/7/2026", "Bayam", 3, 2000],
         {"Jual!D2": "amount-worked-out"}),
        ("Jual", ["Tanggal", "Nama Barang", "Total", "Ket"], ["1/7/2026", "Bayam", 6, "DP 2.000"],
         {"Jual!D2": "paid-in-part"}),
        ("Jual", ["Tanggal", "Nama Barang", "Total", "Ket"], ["1/7/2026", "Bayam", 6000, "ngebon"],
         {"Jual!D2": "not-paid"}),
        ("Hutang", ["No", "Nama", "Jumlah"], [1, "Warung Sri", 9000],
         {"Hutang!C2": "debt-owed"}),
    ],
)  # fmt: skip
def test_what_a_list_leaves_open_is_asked(
    new_book: Book,
    tmp_path: Path,
    sheet: str,
    headings: list[str],
    row: list[Any],
    doubts: dict[str, str],
) -> None:
    taking = planned(new_book, tmp_path / "a.xlsx", sheet, [headings, row])
    assert told(taking) == doubts
