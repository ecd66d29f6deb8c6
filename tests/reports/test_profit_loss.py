"""The statement of profit or loss."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kwt_books.book import Book
from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.long_rows import printed
from kwt_books.reports.model import RowKind

from .figures import by_code, cell, close, day, earn, group, opening, report, rows, spend

BookOf = Callable[..., Book]


def test_the_sample_month(sample_book: Book, expected: dict[str, Any]) -> None:
    found = report(sample_book, "profit-loss", "2026-06")
    wanted = {code: abs(amount) for code, amount in expected["profit_loss"].items()}
    assert by_code(found, "amount") == wanted
    assert cell(found, "profit", "amount") == found.figures["profit"] == expected["profit"]
    for code, first in (("revenue", "4"), ("cost_of_sales", "5"), ("expenses", "6")):
        parts = [amount for account, amount in wanted.items() if account.startswith(first)]
        assert cell(found, code, "amount") == sum(parts)


def test_paper_has_what_the_sample_month_took_off_in_parentheses(
    sample_book: Book, expected: dict[str, Any]
) -> None:
    paper = printed(report(sample_book, "profit-loss", "2026-06"), Translator("id"))
    assert by_code(paper, "amount") == expected["profit_loss"]
    assert cell(paper, "cost_of_sales", "amount") == -1_471_225
    assert cell(paper, "expenses", "amount") == -643_850
    assert cell(paper, "profit", "amount") == 1_200_000
    assert printed(paper, Translator("id")) == paper


def test_it_reads_as_on_paper(sample_book: Book) -> None:
    found = report(sample_book, "profit-loss", "2026-06")
    assert found.period == "Untuk bulan yang berakhir 30 Juni 2026"
    assert [column.label for column in found.columns] == [
        "Catatan", "Juni 2026", "Mei 2026\ntidak tersedia",
    ]  # fmt: skip
    kinds = (RowKind.SECTION, RowKind.SUBTOTAL, RowKind.TOTAL)
    assert [(each.label, each.level) for each in rows(found, *kinds)] == [
        ("Pendapatan usaha", 0),
        ("Jumlah pendapatan usaha", 1),
        ("Harga pokok penjualan", 0),
        ("Jumlah harga pokok penjualan", 1),
        ("LABA KOTOR", 0),
        ("Beban usaha", 0),
        ("Jumlah beban usaha", 1),
        ("LABA USAHA", 0),
        ("Pendapatan dan beban lain-lain", 0),
        ("Jumlah lain-lain, neto", 1),
        ("LABA (RUGI) SEBELUM PAJAK PENGHASILAN", 0),
        ("LABA (RUGI) SETELAH PAJAK PENGHASILAN", 0),
    ]
    notes = {each.code: each.cells[0] for each in found.rows if each.cells[0]}
    assert notes == {
        "revenue": "11", "cost_of_sales": "12", "6109": "7", "7202": "13", "8101": "14",
    }  # fmt: skip


def test_discounts_other_items_and_tax_each_work_on_profit_by_their_side(book_of: BookOf) -> None:
    book = book_of(
        opening(a1101=1000),
        earn("2026-01-02", 900),
        spend("2026-01-02", 50, "4109"),
        spend("2026-01-03", 200, "6103"),
        earn("2026-01-04", 30, "7101"),
        spend("2026-01-04", 70, "7202"),
        spend("2026-01-05", 11, "8101"),
    )
    found = report(book, "profit-loss", "2026-01")
    assert by_code(found, "amount") == {
        "4101": 900, "4109": -50, "6103": 200, "7101": 30, "7202": 70, "8101": 11,
    }  # fmt: skip
    assert cell(found, "revenue", "amount") == 850
    assert cell(found, "other", "amount") == -40
    assert cell(found, "profit_before_tax", "amount") == 610
    assert cell(found, "profit", "amount") == 599


def test_closing_is_left_out_and_the_month_before_stands_beside(book_of: BookOf) -> None:
    book = book_of(
        group(), opening(a1101=1000), earn("2026-01-10", 500), close("2026-01"),
        spend("2026-02-10", 70), close("2026-02"),
    )  # fmt: skip
    found = report(book, "profit-loss", "2026-02")
    assert (cell(found, "4101", "amount"), cell(found, "4101", "previous")) == (0, 500)
    assert (cell(found, "profit", "amount"), cell(found, "profit", "previous")) == (-70, 500)


def test_several_months_stand_beside_as_many_before(book_of: BookOf) -> None:
    lines = [earn(f"2026-{month:02d}-15", 10**month) for month in range(1, 6)]
    found = report(
        book_of(opening(), *lines), "profit-loss", start=day("2026-03-01"), end=day("2026-04-30")
    )
    assert cell(found, "4101", "amount") == 10**3 + 10**4
    assert cell(found, "4101", "previous") == 10**1 + 10**2
    assert found.columns[2].label == "01/01/2026–28/02/2026"


def test_days_stand_beside_as_many_days_before(book_of: BookOf) -> None:
    lines = [earn(f"2026-03-{number:02d}", 2**number) for number in range(1, 31)]
    found = report(
        book_of(opening(), *lines), "profit-loss", start=day("2026-03-11"), end=day("2026-03-13")
    )
    assert cell(found, "4101", "amount") == 2**11 + 2**12 + 2**13
    assert cell(found, "4101", "previous") == 2**8 + 2**9 + 2**10


def test_a_month_with_nothing_has_its_sums(book_of: BookOf) -> None:
    found = report(book_of(opening(a1101=5)), "profit-loss", "2026-03")
    assert not by_code(found, "amount")
    assert cell(found, "8101", "amount") == cell(found, "profit", "amount") == 0
