"""Days of a sheet are read as they are meant, or asked: never another day without a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kwt_books.app import Book
from kwt_books.domain.documents.base import Dated
from kwt_books.queries.intake import known_to_intake
from kwt_books.services.intake.days import Order, order_of
from kwt_books.services.intake.sheet import open_sheets
from kwt_books.services.intake.taking import Taking, layouts_of, plan
from kwt_books.services.intake.values import DAY_FIRST, MONTH_FIRST, YEAR_FIRST, orders_of
from tests.services.intake.kept import book as workbook
from tests.services.intake.kept import text

TODAY = date(2026, 11, 30)
HEADINGS = ["Tanggal", "Uraian", "Masuk", "Keluar"]


def read(book: Book, path: Path) -> tuple[list[str], dict[str, str]]:
    """The days of the rows, and by cell what is asked or has to be mended."""
    file = open_sheets(path)
    taking = plan(file, book.read(known_to_intake), layouts_of(file), TODAY)
    return days_of(taking), {
        str(each.cell): each.issue.code for each in (*taking.stops, *taking.asked)
    }


@pytest.mark.parametrize(
    ("written", "orders"),
    [
        ("5/6/2026", {DAY_FIRST, MONTH_FIRST}),
        ("31/12/26", {DAY_FIRST}),
        ("12/31/26", {MONTH_FIRST}),
        ("32/12/26", set()),
        ("31/0/26", set()),
        ("11/12/13", {DAY_FIRST, MONTH_FIRST, YEAR_FIRST}),
        ("10/12/27", {DAY_FIRST, MONTH_FIRST}),  # 2010 is too long ago, 2027 to come
        ("11/12/28", {YEAR_FIRST}),
        ("5/6/026", set()),
        ("5/6", {DAY_FIRST, MONTH_FIRST}),
        ("Jumat, 5/13", {MONTH_FIRST}),
        ("kemarin", set()),
    ],
)
def test_figures_can_be_meant_as_a_day_near_today(written: str, orders: set[str]) -> None:
    """Years of two digits are at most fifteen years ago, or the next one."""
    assert orders_of(written, TODAY) == orders


def days_of(taking: Taking) -> list[str]:
    return [
        f"{each.command.date:%d/%m/%y}" for each in taking.entries
        if isinstance(each.command, Dated)
    ]  # fmt: skip


def column(days: Sequence[Any]) -> list[list[Any]]:
    return [HEADINGS, *([day, "Jual bayam", 1000, None] for day in days)]


def test_the_month_stands_over_its_rows(new_book: Book, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Periode Desember 2025 - Februari 2026"], []]
    for month, days in (("DESEMBER", ("05", "29")), ("Januari", (2, "31")), ("Bulan Feb", (7, 8))):
        rows += [[month], HEADINGS, *([day, "Jual bayam", 1000, None] for day in days)]
        rows += [["JUMLAH", None, 2000, None], []]
    workbook({"Rekap": rows})(path := tmp_path / "rekap.xlsx")
    days, doubts = read(new_book, path)
    assert days == ["05/12/25", "29/12/25", "02/01/26", "31/01/26", "07/02/26", "08/02/26"]
    assert not doubts


def test_a_title_of_several_months_gives_none(new_book: Book, tmp_path: Path) -> None:
    rows = [["Periode Januari - Maret 2026"], *column(["05", "12 Feb", "20", "3"])]
    workbook({"Rekap": rows})(path := tmp_path / "rekap.xlsx")
    days, doubts = read(new_book, path)
    assert days == ["12/02/26", "20/02/26"]
    assert doubts == {"Rekap!A3": "month-missing", "Rekap!A6": "month-missing"}


def test_undated_rows_belong_to_the_heading_above_them(new_book: Book, tmp_path: Path) -> None:
    workbook({"Kas": [
        HEADINGS,
        ["03/07/2026", "Jual bayam", 1000, None],
        ["04/07/2026", "Belanja:", None, None],
        [None, "minyak", None, 300],
        [None, "plastik", None, 200],
        ["09/07/2026", "Rapat", None, None],
        ["10/07/2026", "Jual sawi", 500, None],
    ]})(path := tmp_path / "kas.xlsx")  # fmt: skip
    file = open_sheets(path)
    taking = plan(file, new_book.read(known_to_intake), layouts_of(file), TODAY)
    assert days_of(taking) == ["03/07/26", "04/07/26", "04/07/26", "10/07/26"]
    told = {str(x.cell): x.issue.code for x in taking.remarks if x.issue.code == "amount-missing"}
    assert told == {"Kas!C6": "amount-missing"}, "only where no row below has the amount"


@pytest.mark.parametrize(
    ("title", "before"),
    [("Bulan Juli 2026", []), ("Buku Kas", [["03/07/2026", "Jual bayam", 1000, None]])],
)
def test_the_number_of_a_day_heads_the_rows_below_it_too(
    title: str, before: list[list[Any]], new_book: Book, tmp_path: Path
) -> None:
    below = [["05", "Belanja:", None, None], [None, "minyak", None, 300]]
    workbook({"Kas": [[title], HEADINGS, *before, *below]})(path := tmp_path / "kas.xlsx")
    days, doubts = read(new_book, path)
    assert days == [*(["03/07/26"] if before else []), "05/07/26"]
    assert not doubts


@pytest.mark.parametrize(
    ("cells", "month", "expected"),
    [
        (["3/2/2026", "2/2/2026"], None, Order()),  # two days may stand in any order
        (["3/2/2026", "2/2/2026", "1/2/2026"], None, Order(falling=True)),
        (["3/2/2026", "3/2/2026", "2/2/2026"], None, Order(falling=True)),
        (["3/2/2026", "3/2/2026", "3/2/2026"], None, Order()),
        (["3/2/2026", "2/2/2026", "3/2/2026"], None, Order()),
        (["13/1/26", date(2026, 2, 12)], None, Order(turned=True)),
        (["13/1/26", date(2026, 2, 13)], None, Order()),
        (["13/1/26", "1/2/26", date(2026, 2, 1)], None, Order()),
        (["1/13/26", date(2026, 2, 1)], None, Order(MONTH_FIRST)),
        ([date(2026, 2, 1)], None, Order()),
        (["2/1/26", "2/3/26"], date(2026, 2, 1), Order(MONTH_FIRST)),
        (["2/1/26", "2/3/26"], date(2025, 2, 1), Order()),
        (["2/1/26", "2/3/26"], date(2026, 5, 1), Order()),
        (["1/5/26", "1/8/26"], None, Order()),
        (["1/5/26", "1/9/26"], None, Order(doubtful=True)),
        (["11/12/13", "12/12/13"], None, Order()),
        (["11/12/13", "11/12/14"], None, Order(doubtful=True)),  # a year apart, or two days of 2011
        (["5", "Rapat", None, "6"], None, Order()),
    ],
)  # fmt: skip
def test_how_a_column_is_written(cells: list[Any], month: date | None, expected: Order) -> None:
    """Months apart as one writes them, days apart the other way round: that is in doubt."""
    assert order_of(cells, TODAY, month) == expected


@pytest.mark.parametrize(
    ("sheet", "days", "read_as", "doubts"),
    [
        ("Kas", ["1/10/26", "1/20/26", "2/3/26"], ["10/01/26", "20/01/26", "03/02/26"], {}),
        ("Jan 26", ["1/10/26", "1/12/26"], ["10/01/26", "12/01/26"], {}),
        ("Kas", ["03/02/2026", "10/02/2026"], ["03/02/26", "10/02/26"], {}),
        ("Kas", ["26/07/01", "26/07/15", "26/08/02"], ["01/07/26", "15/07/26", "02/08/26"], {}),
        ("Kas", ["13/01/26", "02/14/26", "20/02/26"], ["13/01/26", "20/02/26"],
         {"A3": "day-order-differs"}),
        ("Kas", ["2/1/26", "9/1/26", "2/2/26", "9/2/26"],
         ["02/01/26", "09/01/26", "02/02/26", "09/02/26"], {}),
        ("Kas", ["1/5/26", "1/12/26", "2/2/26"], ["05/01/26", "12/01/26", "02/02/26"],
         {"A2": "day-order-guessed"}),
        ("Kas", ["1/2/26", "1/9/26"], ["01/02/26", "01/09/26"],
         {"A2": "day-order-guessed", "A3": "day-far"}),
        ("Kas", ["5 Jan 26", "31/04/2026"], ["05/01/26"], {"A3": "day-not-understood"}),
        ("Kas", ["13/1/26", date(2026, 2, 1)], ["13/01/26", "01/02/26"], {"A3": "day-turned"}),
        ("Kas", ["Jum'at, 2-1-2026", "'05/01/2026", "20260109"],
         ["02/01/26", "05/01/26", "09/01/26"], {}),
        ("Kas", ["02/01/2026", "05/01/2025"], ["02/01/26", "05/01/25"], {"A3": "day-far"}),
        ("Kas", ["02/01/2026", "21/07/2026"], ["02/01/26", "21/07/26"], {}),
        ("Kas", ["02/01/2026", "22/07/2026"], ["02/01/26", "22/07/26"], {"A3": "day-far"}),
        ("Kas", ["02/01/2026", "05/01/2025", "06/01/2025"], ["02/01/26", "05/01/25", "06/01/25"],
         {"A3": "day-far"}),
        ("Kas", ["28 Jan 2026", 28, 28, 27], ["28/01/26"] * 3, {"A5": "month-missing"}),
        ("Nov 2025 - Jan 2026", ["31/10/2025", "01/11/2025", "31/01/2026", "01/02/2026"],
         ["31/10/25", "01/11/25", "31/01/26", "01/02/26"],
         {"A2": "day-outside", "A5": "day-outside"}),
        ("Kas", ["30 Nov", "1 Des"], ["30/11/26", "01/12/26"], {"A2": "year-guessed"}),
        ("Kas", ["1 Des", "2 Jan"], ["01/12/25", "02/01/26"], {"A2": "year-guessed"}),
        ("Kas", ["02/01/2026", "2026"], ["02/01/26"], {"A3": "day-not-understood"}),
        ("Kas", ["02/01/2026", 5.1], ["02/01/26"], {"A3": "day-not-understood"}),
        ("Feb 2026", ["02/02/2026", "05/03/2026"], ["02/02/26", "05/03/26"],
         {"A3": "day-elsewhere"}),
        ("Tahun 2026", ["02/02/2026", "05/12/2025"], ["02/02/26", "05/12/25"],
         {"A3": "day-outside"}),
        ("Kas", ["28 Jan 2026", 30, 2], ["28/01/26", "30/01/26"], {"A4": "month-missing"}),
    ],
)  # fmt: skip
def test_a_column_is_read_in_one_way(
    sheet: str,
    days: list[Any],
    read_as: list[str],
    doubts: dict[str, str],
    new_book: Book,
    tmp_path: Path,
) -> None:
    workbook({sheet: column(days)})(path := tmp_path / "buku.xlsx")
    found, told = read(new_book, path)
    assert found == read_as
    assert told == {f"{sheet}!{cell}": code for cell, code in doubts.items()}


def test_a_title_that_was_left_from_another_month_is_asked(new_book: Book, tmp_path: Path) -> None:
    rows = [["Bulan Januari 2026"], *column([3, 9])]
    workbook({"Feb": rows})(path := tmp_path / "buku.xlsx")
    days, doubts = read(new_book, path)
    assert days == ["03/01/26", "09/01/26"]
    assert doubts == {"Feb!A3": "month-in-doubt"}


def test_where_somebody_signed_is_no_month_of_the_rows(new_book: Book, tmp_path: Path) -> None:
    rows = [["Bandar Lampung, 5 April 2026"], *column([3, 9])]
    workbook({"Kas": rows})(path := tmp_path / "buku.xlsx")
    days, doubts = read(new_book, path)
    assert not days
    assert set(doubts.values()) == {"month-missing"}


@pytest.mark.parametrize("last", [["Tanggal", "Masuk", "Keluar", "Uraian"],
                                  ["No", "Nama Barang", "Satuan", "Harga Jual"]])  # fmt: skip
def test_another_table_below_is_not_read_as_the_first(
    last: list[str], new_book: Book, tmp_path: Path
) -> None:
    rows = [*column(["03/07/2026", "04/07/2026"]), [], last, ["05/07/2026", "500", 700, 900]]
    workbook({"Kas": rows})(path := tmp_path / "buku.xlsx")
    days, doubts = read(new_book, path)
    assert days == ["03/07/26", "04/07/26"]
    code = "columns-change" if "Uraian" in last else "another-table"
    assert doubts == {"Kas!A5": code}


def test_rows_above_the_headings_are_not_left_out_without_a_word(
    new_book: Book, tmp_path: Path
) -> None:
    rows = [*column(["03/07/2026"]), HEADINGS, ["04/07/2026", "Jual sawi", 700, None]]
    workbook({"Kas": rows})(path := tmp_path / "buku.xlsx")
    file = open_sheets(path)
    (layout,) = layouts_of(file)
    chosen = replace(layout, heading=3, last=3)
    taking = plan(file, new_book.read(known_to_intake), (chosen,), TODAY)
    assert days_of(taking) == ["04/07/26"]
    assert [(str(each.cell), each.issue.code) for each in taking.asked] == [("Kas!2", "row-above")]


FORMATS = {DAY_FIRST: "%d/%m/%y", MONTH_FIRST: "%m/%d/%y", YEAR_FIRST: "%y/%m/%d"}


@given(
    st.lists(st.dates(date(2024, 1, 1), date(2026, 11, 30)), min_size=1, max_size=20),
    st.sampled_from(sorted(FORMATS)),
)
def test_the_order_of_a_column_is_that_of_its_writer_or_doubtful(
    days: list[date], order: str
) -> None:
    days.sort()
    found = order_of([f"{each:{FORMATS[order]}}" for each in days], TODAY)
    if any(each.day > 12 for each in days) and order != YEAR_FIRST:
        # Of years such as 25 and 26 a day may be made too: only then it may be another.
        assert found.order == order or all(each.day in range(11, 28) for each in days)
    elif found.order != order:
        assert found.doubtful or found.order == DAY_FIRST


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.dates(date(2026, 1, 1), date(2026, 11, 30)), min_size=1, max_size=12),
    st.sampled_from(["%d/%m/%Y", "%d-%m-%y", "%m/%d/%Y", "%Y-%m-%d", "%y.%m.%d", "%d", "%d/%m"]),
    st.booleans(),
)
def test_a_writer_s_days_come_in_or_somebody_is_asked(
    new_book: Book, tmp_path: Path, days: list[date], form: str, sections: bool
) -> None:
    """A list of text in any of these forms, with the months over their rows or without.

    A month that stands first shows only by a day that no month can be, or by the month over it.
    """
    days.sort()
    assume(sections or form != "%d")
    assume(sections or form != "%m/%d/%Y" or any(day.day > 12 for day in days))
    rows: list[list[Any]] = [["Buku Kas 2026"], HEADINGS]
    month = 0
    for day in days:
        if sections and day.month != month:
            month = day.month
            rows.append([f"{day:%B}".upper(), "", "", ""])
        rows.append([f"{day:{form}}", "Jual bayam", "1.000", ""])
    path = tmp_path / "kas.csv"
    text(rows, ";", "utf-8")(path)
    found, doubts = read(new_book, path)
    assert doubts or found == [f"{each:%d/%m/%y}" for each in days]
