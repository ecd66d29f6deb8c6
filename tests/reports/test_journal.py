"""The journal."""

from __future__ import annotations

from collections.abc import Callable

from kwt_books.book import Book
from kwt_books.reports.model import RowKind

from .figures import earn, opening, report, rows
from .trade import ITEMS, sell, undo

BookOf = Callable[..., Book]


def test_each_document_stands_with_its_postings_below_it(sample_book: Book) -> None:
    found = report(sample_book, "journal", "2026-06")
    heads = rows(found, RowKind.SECTION)
    assert len(heads) == 43
    assert heads[2].label == "Setoran titip jual, Warung Bu Siti"
    assert heads[2].cells[1] == heads[2].code == "BKM-2606-0003"
    at = found.rows.index(heads[2])
    settlement = [row for row in found.rows[at + 1 :] if row.code == heads[2].code]
    assert [row.cells[2:] for row in settlement] == [
        ("4102", 0, 102_000), ("5102", 68_400, 0), ("1130", 0, 68_400),
        ("1129", 17_100, 0), ("1130", 0, 17_100), ("1101", 102_000, 0),
    ]  # fmt: skip
    assert found.rows[-1].cells[3] == found.rows[-1].cells[4] == found.figures["debit"]


def test_who_a_posting_is_about_is_said(book_of: BookOf) -> None:
    stock = {"kind": "grant", "date": "2026-01-02", "account": "3104",
             "items": [{"item": "sayur", "qty": 9, "value": 0}]}  # fmt: skip
    book = book_of(*ITEMS, stock, sell("2026-01-05", "sayur", 1, party="rina"))
    labels = {row.cells[2]: row.label for row in report(book, "journal").rows}
    assert labels["1111"] == "Piutang Usaha (Ibu Rina)"
    assert labels["4101"] == "Penjualan Sayuran"


def test_days_come_before_the_order_of_recording(book_of: BookOf) -> None:
    book = book_of(
        opening(a1101=100), earn("2026-01-20", 7), {**earn("2026-01-10", 5), "id": "x"},
        undo("2026-01-15", "x"), earn("2026-02-01", 1),
    )  # fmt: skip
    found = report(book, "journal", start=None, month="2026-01")
    days = [f"{row.cells[0]:%d}" for row in rows(found, RowKind.SECTION)]
    assert days == ["01", "10", "15", "20"]
    assert found.rows[-1].cells[3:] == (100 + 7 + 5 + 5,) * 2
