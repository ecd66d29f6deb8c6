"""The trial balance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kwt_books.book import Book
from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.long_rows import printed

from .figures import by_code, cell, close, day, earn, group, opening, report, spend

BookOf = Callable[..., Book]


def test_the_sample_month(sample_book: Book, expected: dict[str, Any]) -> None:
    after = report(sample_book, "trial-balance", "2026-06")
    before = report(sample_book, "trial-balance", "2026-06", before_closing=True)
    assert by_code(after, "balance") == expected["trial_balance_after_close"]
    assert by_code(before, "balance") == expected["trial_balance_before_close"]
    assert [column.key for column in after.columns] == ["opening", "debit", "credit", "balance"]


def test_paper_has_both_sides(sample_book: Book, expected: dict[str, Any]) -> None:
    found = report(sample_book, "trial-balance", "2026-06", before_closing=True)
    paper = printed(found, Translator("id"))
    assert [(column.group, column.label) for column in paper.columns] == [
        ("Saldo awal", "Debit"), ("Saldo awal", "Kredit"), ("Mutasi", "Debit"),
        ("Mutasi", "Kredit"), ("Saldo akhir", "Debit"), ("Saldo akhir", "Kredit"),
    ]  # fmt: skip
    assert paper.rows[-1].cells == (
        14_680_500, 14_680_500, 12_001_125, 12_001_125, 18_431_175, 18_431_175,
    )  # fmt: skip
    assert cell(paper, "1101", "opening_debit") == 850_000
    assert cell(paper, "1211", "balance_credit") == 1_100_000
    assert paper.period == "Per 30 Juni 2026, sebelum penutupan"
    assert printed(paper, Translator("id")) == paper


def test_days_are_exact_on_both_ends(book_of: BookOf) -> None:
    """Amounts are powers of two, so that any day too many or too few shows."""
    numbered = [
        (f"2026-{month:02d}-{day:02d}", 2 ** (3 * month + day // 10))
        for month in (1, 2, 3, 4)
        for day in (5, 15, 25)
    ]
    book = book_of(opening(a1101=0), *(earn(when, amount) for when, amount in numbered))
    for start, end in (
        ("2026-01-01", "2026-01-31"),
        ("2026-01-06", "2026-01-25"),
        ("2026-01-16", "2026-02-14"),
        ("2026-01-16", "2026-04-15"),
        ("2026-02-01", "2026-04-15"),
        ("2026-01-16", "2026-03-31"),
        ("2026-02-15", "2026-02-15"),
        ("2026-02-01", "2026-02-28"),
        ("2026-02-10", "2026-02-28"),
    ):
        found = report(book, "trial-balance", start=day(start), end=day(end))
        within = sum(amount for when, amount in numbered if start <= when <= end)
        before = sum(amount for when, amount in numbered if when < start)
        assert found.rows[0].cells == (before, within, 0, before + within), (start, end)


def test_until_a_day_everything_counts(book_of: BookOf) -> None:
    book = book_of(opening(a1101=100), earn("2026-01-10", 7), spend("2026-03-10", 2))
    found = report(book, "trial-balance", until=day("2026-03-10"))
    assert found.rows[0].cells == (100, 7, 2, 105)
    assert cell(report(book, "trial-balance", until=day("2026-03-09")), "1101", "balance") == 107


@pytest.mark.parametrize("dated", ["2026-01-01", "2026-01-20"])
def test_the_opening_balance_is_no_movement(book_of: BookOf, dated: str) -> None:
    book = book_of(opening(dated, a1101=100), earn("2026-01-25", 7))
    assert report(book, "trial-balance", "2026-01").rows[0].cells == (100, 7, 0, 107)
    assert report(book, "trial-balance", "2026-02").rows[0].cells == (107, 0, 0, 107)


def test_before_closing_leaves_out_the_closing_of_those_months_alone(book_of: BookOf) -> None:
    book = book_of(
        group({"3201": 100}), opening(a1101=100), earn("2026-01-10", 30), close("2026-01"),
        earn("2026-02-10", 5), close("2026-02"),
    )  # fmt: skip
    found = report(book, "trial-balance", "2026-02", before_closing=True)
    assert by_code(found, "balance") == {"1101": 135, "3101": -100, "3201": -30, "4101": -5}
    both = report(
        book, "trial-balance", start=day("2026-01-01"), end=day("2026-02-28"), before_closing=True
    )
    assert by_code(both, "balance") == {"1101": 135, "3101": -100, "4101": -35}
