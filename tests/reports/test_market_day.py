"""The sheet of one market day."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kwt_books.book import Book
from kwt_books.domain.errors import RuleError

from .figures import cell, codes, opening, report
from .trade import ITEMS, buy, market, undo

BookOf = Callable[..., Book]

SHOP = (
    opening(a1101=1_000_000), *ITEMS, buy("2026-01-02", "sayur", 100, 400_000),
    buy("2026-01-02", "keripik", 50, 300_000),
)  # fmt: skip
GREENS = {"item": "sayur", "taken": 5, "sold": "2.5", "returned": 1, "spoiled": "1.5"}
CHIPS = {"item": "keripik", "taken": 4, "sold": 3, "sampled": 1, "price": 9_000}


def test_goods_and_money_of_a_day(book_of: BookOf) -> None:
    day = market("2026-01-05", 50_000, GREENS, CHIPS)
    day["received"] = {"1101": 50_000, "1103": 8_000, "1102": 0}
    found = report(book_of(*SHOP, day), "market-day")
    assert codes(found) == ["sayur", "keripik", "sales", "1101", "1103", "total"]
    assert [row.cells[:8] for row in found.rows[:2]] == [
        (5_000, 2_500, 1_000, 1_500, 0, "kg", 12_000, 30_000),
        (4_000, 3_000, 0, 0, 1_000, "bungkus", 9_000, 27_000),
    ]
    assert [cell(found, code, "received") for code in ("1101", "1103")] == [50_000, 8_000]
    assert found.rows[-1].cells[7:] == (57_000, 58_000, 1_000)
    assert found.period == "Pasar Pagi, Senin, 5 Januari 2026"


def test_without_a_number_the_last_that_holds(book_of: BookOf) -> None:
    book = book_of(
        *SHOP, market("2026-01-05", 30_000, GREENS), market("2026-01-12", 27_000, CHIPS, id="x"),
        undo("2026-02-12", "x", "Salah hari"),
    )  # fmt: skip
    assert report(book, "market-day", "2026-01").parameters["number"] == "BKM-2601-0002"
    undone = report(book, "market-day", number="BKM-2601-0003")
    assert undone.closing == ("Sudah dibatalkan dengan BKK-2602-0001.",)
    assert undone.figures["revenue"] == 27_000


def test_the_price_is_that_of_the_day(book_of: BookOf) -> None:
    sayur = next(each for each in ITEMS if each.get("code") == "sayur")
    book = book_of(*SHOP, market("2026-01-05", 30_000, GREENS), {**sayur, "price": 1})
    assert cell(report(book, "market-day"), "sayur", "price") == 12_000


def test_the_sample_months_last_day_was_short(sample_book: Book) -> None:
    found = report(sample_book, "market-day", "2026-06")
    assert found.parameters["number"] == "BKM-2606-0012"
    assert cell(found, "total", "difference") == -5_000


def test_a_month_without_one_has_no_rows(sample_book: Book) -> None:
    assert report(sample_book, "market-day", "2026-05").rows == ()


@pytest.mark.parametrize(
    ("number", "refusal"),
    [("BKM-2606-9999", "unknown-document"), ("BKM-2606-0002", "not-a-market-day")],
)
def test_what_is_not_known_is_refused(sample_book: Book, number: str, refusal: str) -> None:
    with pytest.raises(RuleError) as refused:
        report(sample_book, "market-day", number=number)
    assert refused.value.code == refusal
