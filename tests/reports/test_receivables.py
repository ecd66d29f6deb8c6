"""Who owes the group, and since when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwt_books.book import Book
from kwt_books.queries.money import Moved, unpaid

from .figures import cell, codes, day, earn, opening, report
from .trade import ITEMS, buy, sell, undo

BookOf = Callable[..., Book]

AGES = ("days_0_30", "days_31_60", "days_61_90", "days_over_90")
START = (opening(a1101=1_000_000), *ITEMS, buy("2026-01-02", "sayur", 100, 400_000))


def owe(when: str, kilos: int, **more: Any) -> dict[str, Any]:
    return sell(when, "sayur", kilos, price=1_000, party="rina", **more)


def pay(when: str, amount: int, **more: Any) -> dict[str, Any]:
    return {**earn(when, amount, "1111"), "party": "rina", **more}


def test_the_sample_month(sample_book: Book) -> None:
    found = report(sample_book, "receivables", "2026-06")
    assert codes(found) == ["1112", "joko", "siti", "1112", "total"]
    assert [cell(found, "siti", key) for key in ("opening", "added", "paid", "owed")] == [
        180_000, 0, 180_000, 0,
    ]  # fmt: skip
    assert found.figures["owed"] == 68_000


@pytest.mark.parametrize(
    ("days", "age"), [(0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3), (400, 3)]
)
def test_a_debt_ages(book_of: BookOf, days: int, age: int) -> None:
    book = book_of(*START, owe("2026-01-05", 3))
    found = report(book, "receivables", until=day("2026-01-05") + timedelta(days=days))
    assert [cell(found, "rina", key) for key in AGES].index(3_000) == age


def test_what_is_paid_pays_the_oldest(book_of: BookOf) -> None:
    book = book_of(
        *START, owe("2026-01-05", 3), owe("2026-02-05", 5), owe("2026-03-25", 7),
        pay("2026-03-20", 2_000), pay("2026-03-28", 4_000),
    )  # fmt: skip
    found = report(book, "receivables", "2026-03")
    assert [cell(found, "rina", key) for key in ("opening", "added", "paid", "owed", *AGES)] == [
        8_000, 7_000, 6_000, 9_000, 7_000, 2_000, 0, 0,
    ]  # fmt: skip


def test_a_correction_is_neither_payment_nor_debt(book_of: BookOf) -> None:
    book = book_of(
        *START, owe("2026-01-05", 3), owe("2026-03-05", 5, id="x"),
        pay("2026-03-06", 1_000, id="y"), undo("2026-03-20", "x"), undo("2026-03-21", "y"),
    )  # fmt: skip
    found = report(book, "receivables", "2026-03")
    assert [cell(found, "rina", key) for key in ("opening", "added", "paid", "owed", *AGES)] == [
        3_000, 0, 0, 3_000, 0, 0, 3_000, 0,
    ]  # fmt: skip


def test_who_paid_too_much_and_who_has_no_name(book_of: BookOf) -> None:
    book = book_of(
        opening(a1101=1_000_000, a1113=50_000), *ITEMS, buy("2026-01-02", "sayur", 9, 9_000),
        owe("2026-01-05", 3), pay("2026-01-06", 10_000),
    )  # fmt: skip
    found = report(book, "receivables")
    assert [cell(found, "rina", key) for key in ("owed", "days_0_30")] == [-7_000, -7_000]
    assert cell(found, "none", "opening") == 50_000
    assert found.figures["owed"] == 43_000


amounts = st.integers(0, 50)


@given(st.lists(st.tuples(st.integers(0, 20), amounts, amounts), min_size=1, max_size=12))
def test_what_is_unpaid_is_the_newest_that_makes_up_the_debt(
    moves: list[tuple[int, int, int]],
) -> None:
    start = day("2026-01-01")
    moved = [Moved(start + timedelta(days=n), add, pay, True) for n, add, pay in moves]
    found = unpaid(moved)
    owed = sum(add - pay for _, add, pay in moves)
    assert sum(amount for _, amount in found) == owed
    if owed <= 0:
        return
    added = {each.day: 0 for each in moved}
    for each in moved:
        added[each.day] += each.added
    (oldest, part), *newer = found
    assert 0 < part <= added[oldest]
    assert newer == [(when, added[when]) for when in sorted(added) if when > oldest and added[when]]
