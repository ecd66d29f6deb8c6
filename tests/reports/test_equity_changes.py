"""The statement of changes in equity."""

from __future__ import annotations

from collections.abc import Callable

from kwt_books.book import Book

from .figures import close, codes, day, earn, group, opening, report, row, spend

BookOf = Callable[..., Book]


def test_the_sample_month(sample_book: Book) -> None:
    found = report(sample_book, "equity-changes", "2026-06")
    assert {each.code: each.cells for each in found.rows} == {
        "3101": (1_000_000, 0, 0, 0, 0, 0, 1_000_000),
        "3102": (1_800_000, 0, 0, 0, 200_000, 0, 2_000_000),
        "3104": (7_440_000, 0, 0, 0, 0, 0, 7_440_000),
        "3201": (450_000, 0, 180_000, 0, 0, 0, 630_000),
        "3202": (400_000, 0, 360_000, -200_000, 0, 0, 560_000),
        "3203": (350_000, 0, 360_000, -90_000, 0, 0, 620_000),
        "3204": (300_000, 0, 300_000, -247_500, 0, 0, 352_500),
        "3301": (915_500, 1_200_000, -1_200_000, 537_500, 0, 0, 1_453_000),
        "equity": (12_655_500, 1_200_000, 0, 0, 200_000, 0, 14_055_500),
    }


def test_an_open_months_profit_stands_by_itself(book_of: BookOf) -> None:
    book = book_of(group(), opening(a1101=900), earn("2026-01-10", 100))
    found = report(book, "equity-changes", "2026-01")
    assert row(found, "current_profit").cells == (0, 100, 0, 0, 0, 0, 100)
    assert row(found, "current_profit").label == "Laba (rugi) bulan berjalan"


def test_a_close_takes_over_the_profit_of_months_before(book_of: BookOf) -> None:
    book = book_of(
        group({"3201": 100}), opening(a1101=900), earn("2026-01-10", 100),
        earn("2026-02-10", 20), close("2026-02"),
    )  # fmt: skip
    found = report(book, "equity-changes", "2026-02")
    assert row(found, "current_profit").cells == (100, -100, 0, 0, 0, 0, 0)
    assert row(found, "3301").cells == (0, 120, -120, 0, 0, 0, 0)
    assert row(found, "equity").cells == (1000, 20, 0, 0, 0, 0, 1020)
    both = report(book, "equity-changes", start=day("2026-01-01"), end=day("2026-02-28"))
    assert "current_profit" not in codes(both)
    assert row(both, "equity").cells == (900, 120, 0, 0, 0, 0, 1020)


def test_what_members_and_donors_bring_and_take(book_of: BookOf) -> None:
    member = {"kind": "party", "code": "ani", "name": "Ani", "role": "member"}
    saving = {
        "kind": "savings", "date": "2026-01-05", "type": "mandatory", "account": "1101",
        "lines": [{"party": "ani", "amount": 50}],
    }  # fmt: skip
    book = book_of(
        group(), member, opening(a1101=900, a3204=-60), saving,
        {**saving, "date": "2026-01-06", "lines": [{"party": "ani", "amount": -20}]},
        {"kind": "grant", "date": "2026-01-07", "account": "3104",
         "cash": {"into": "1101", "amount": 300}},
        spend("2026-01-08", 40, "3101", fund="3204", id="x"),
        {"kind": "correction", "date": "2026-01-09", "of": "x", "reason": "keliru"},
        spend("2026-01-10", 10, "3101"),
    )  # fmt: skip
    found = report(book, "equity-changes", "2026-01")
    assert row(found, "3102").cells == (0, 0, 0, 0, 30, 0, 30)
    assert row(found, "3104").cells == (0, 0, 0, 0, 300, 0, 300)
    assert row(found, "3101").cells == (840, 0, 0, 0, -10, 0, 830)
    assert row(found, "3204").cells == (60, 0, 0, 0, 0, 0, 60)
    assert row(found, "equity").cells == (900, 0, 0, 0, 320, 0, 1220)


def test_a_fund_that_is_spent_is_released(book_of: BookOf) -> None:
    book = book_of(group(), opening(a1101=900, a3204=-60), spend("2026-01-08", 40, fund="3204"))
    found = report(book, "equity-changes", "2026-01")
    assert row(found, "3204").cells == (60, 0, 0, -40, 0, 0, 20)
    assert row(found, "3301").cells == (0, 0, 0, 40, 0, 0, 40)
