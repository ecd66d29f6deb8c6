"""Whom the group owes."""

from __future__ import annotations

from collections.abc import Callable

from kwt_books.book import Book

from .figures import cell, codes, opening, report, spend
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
