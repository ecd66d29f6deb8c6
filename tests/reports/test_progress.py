"""Turnover, profit and assets month by month."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from kwt_books.app import Books
from kwt_books.book import Book

from .figures import close, codes, earn, group, opening, report, row, spend

BookOf = Callable[..., Book]


def test_the_sample_month(sample_book: Book) -> None:
    found = report(sample_book, "progress", "2026-06")
    assert row(found, "2026-06").cells == (3_323_500, 1_200_000, 14_655_500)
    assert codes(found) == ["2026-06", "total"]


def test_months_without_documents_stand_there_too(book_of: BookOf) -> None:
    book = book_of(
        group(), opening(a1101=900), earn("2026-01-10", 100), close("2026-01"),
        spend("2026-03-10", 7), earn("2026-03-11", 2, "7101"),
    )  # fmt: skip
    found = report(book, "progress", "2026-03")
    assert [(each.code, each.cells) for each in found.rows] == [
        ("2026-01", (100, 100, 1000)),
        ("2026-02", (0, 0, 1000)),
        ("2026-03", (0, -5, 995)),
        ("total", (100, 95, None)),
    ]


def test_no_more_than_twelve_months(book_of: BookOf) -> None:
    lines = [earn(f"2025-{month:02d}-10", 2**month) for month in range(1, 13)]
    book = book_of(opening("2025-01-01", a1101=0), *lines, earn("2026-01-10", 1))
    found = report(book, "progress")
    assert codes(found)[0] == "2025-02"
    assert len(found.rows) == 13
    assert row(found, "2025-02").cells == (4, 4, 6)
    assert row(found, "2026-01").cells == (1, 1, 2**13 - 1)


def test_before_the_first_month_and_without_any(
    book_of: BookOf, books: Books, tmp_path: Path
) -> None:
    early = report(book_of(opening(a1101=900)), "progress", "2025-03")
    assert row(early, "2025-03").cells == (0, 0, 0)
    with closing(books.create(tmp_path / "kosong.kwt")) as book:
        assert report(book, "progress").rows[0].cells == (0, 0, 0)
