"""Whom the group owes."""

from __future__ import annotations

from collections.abc import Callable

from kwt_books.book import Book
from kwt_books.reports.model import RowKind

from .figures import by_code, cell, codes, opening, report, spend
from .trade import ITEMS, buy

BookOf = Callable[..., Book]


def test_suppliers_and_members_are_owed(book_of: BookOf) -> None:
    book = book_of(
        opening(a1101=1_000_000, a2102=-5_000), *ITEMS,
        buy("2026-01-02", "pupuk", 10, 50_000, party="toko"),
        spend("2026-02-10", 20_000, "2101", party="toko"),
        buy("2026-02-15", "pupuk", 1, 6_000, party="toko"),
    )  # fmt: skip
    found = report(book, "payables", "2026-02")
    assert codes(found) == ["2101", "toko", "2101", "2102", "none", "2102", "total"]
    keys = ("opening", "added", "paid", "owed", "days_0_30", "days_31_60")
    assert [cell(found, "toko", key) for key in keys] == [
        50_000, 6_000, 20_000, 36_000, 6_000, 30_000,
    ]  # fmt: skip
    assert found.figures["owed"] == 41_000


def test_nothing_owed(sample_book: Book) -> None:
    found = report(sample_book, "payables", "2026-06")
    assert codes(found) == ["total"]
    assert found.figures["owed"] == 0


def test_loans_and_shares_of_profit_are_owed_too(book_of: BookOf) -> None:
    """Savings, dues that are kept and money of programmes have papers of their own."""
    book = book_of(opening(a1101=900, a2102=-20, a2107=-30, a2201=-40, a2104=-50, a2106=-60))
    found = report(book, "payables", "2026-01")
    assert by_code(found, "owed", RowKind.SUBTOTAL) == {"2102": 20, "2107": 30, "2201": 40}
    assert cell(found, "total", "owed") == 90
