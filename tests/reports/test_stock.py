"""What stands where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kwt_books.book import Book
from kwt_books.reports.model import Report, RowKind

from .figures import cell, day, opening, report, rows
from .trade import ITEMS, buy, send, undo

BookOf = Callable[..., Book]


def standing(found: Report) -> dict[str, Any]:
    return {
        f"{row.code}@{row.cells[0]}": {"qty_thousandths": row.cells[5], "value": row.cells[7]}
        for row in rows(found, RowKind.LINE)
        if row.level == 1
    }


def test_the_sample_month_ends_with(sample_book: Book, expected: dict[str, Any]) -> None:
    assert standing(report(sample_book, "stock")) == expected["stock"]
    assert standing(report(sample_book, "stock", "2026-06")) == expected["stock"]


def test_lots_stand_below_their_item_and_place(book_of: BookOf) -> None:
    book = book_of(
        opening(a1101=100_000), *ITEMS,
        buy("2026-01-02", "keripik", 10, 50_000, lot="A", expires="2026-02-10"),
        buy("2026-01-03", "keripik", 10, 60_000, lot="B", expires="2026-07-20"),
        send("2026-01-04", "siti", "keripik", 4),
    )  # fmt: skip
    found = report(book, "stock")
    assert [(row.code, row.level, *row.cells[:2], *row.cells[4:]) for row in found.rows[:4]] == [
        ("keripik", 1, "store", None, -141, 16_000, "bungkus", 90_000),
        ("A", 2, "store", "A", -141, 6_000, "bungkus", 30_000),
        ("B", 2, "store", "B", 19, 10_000, "bungkus", 60_000),
        ("keripik", 1, "shop:siti", "A", -141, 4_000, "bungkus", 20_000),
    ]
    assert found.rows[3].label == "Keripik bayam, Warung Bu Siti"
    assert found.rows[0].label == "Keripik bayam, gudang"
    sums = {row.code: row.cells[7] for row in rows(found, RowKind.SUBTOTAL, RowKind.TOTAL)}
    assert sums == {"store": 90_000, "shop:siti": 20_000, "total": 110_000}


def test_a_day_before_knows_nothing_of_later(book_of: BookOf) -> None:
    book = book_of(
        opening(a1101=100_000), *ITEMS, {**buy("2026-01-10", "pupuk", 10, 50_000), "id": "x"},
        undo("2026-01-20", "x"), buy("2026-02-01", "pupuk", "2.5", 9_000),
    )  # fmt: skip
    for when, value in (("01-09", 0), ("01-10", 50_000), ("01-19", 50_000), ("01-20", 0)):
        found = report(book, "stock", until=day(f"2026-{when}"))
        assert cell(found, "total", "value") == value
        assert found.parameters["as_of"] == f"2026-{when}"
    now = report(book, "stock")
    assert standing(now) == {"pupuk@store": {"qty_thousandths": 2_500, "value": 9_000}}
