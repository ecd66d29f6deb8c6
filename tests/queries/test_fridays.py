"""Which Fridays of a month a group that sells on Fridays has recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kwt_books.book import Book
from kwt_books.domain.values import Month
from kwt_books.queries.fridays import Fridays, fridays_of
from tests.reports.figures import opening
from tests.reports.trade import ITEMS, buy, market, undo

pytestmark = pytest.mark.only_files
OCTOBER = Month("2025-10")
"""Its first Friday is the third, its last day a Friday."""


def _fridays(book: Book, until: date, month: Month = OCTOBER) -> Fridays:
    return book.read(lambda reading: fridays_of(reading.connection, month, until))


def _october(*days: int) -> tuple[date, ...]:
    return tuple(date(2025, 10, day) for day in days)


@pytest.fixture
def selling(book_of: Callable[..., Book]) -> Callable[..., Book]:
    """A book whose group sold on these days; the last one is undone where that is wanted."""

    def make(*days: str, undone: bool = False) -> Book:
        line = {"item": "sayur", "taken": 1, "sold": 1}
        sold = [market(day, 12_000, line, id=f"pasar-{day}") for day in days]
        undos = [undo(days[-1], f"pasar-{days[-1]}")] if undone else []
        goods = buy("2025-06-02", "sayur", 50, 200_000)
        return book_of(opening("2025-06-01", a1101=1_000_000), *ITEMS, goods, *sold, *undos)

    return make


def test_every_friday_was_held_or_missed_the_last_day_of_a_month_too(
    selling: Callable[..., Book],
) -> None:
    book = selling("2025-09-26", "2025-10-10", "2025-10-14", "2025-10-31")
    held, missed = _october(10, 31), _october(3, 17, 24)
    assert _fridays(book, date(2026, 1, 1)) == Fridays(held, missed)
    assert _fridays(book, date(2025, 10, 31)) == Fridays(held, missed)
    assert _fridays(book, date(2025, 10, 17)) == Fridays(_october(10), _october(3, 17))


def test_none_is_missed_before_the_first(selling: Callable[..., Book]) -> None:
    book = selling("2025-10-17")
    assert _fridays(book, date(2026, 1, 1)) == Fridays(_october(17), _october(24, 31))


@pytest.mark.parametrize(
    ("day", "sells"),
    [
        ("2025-06-27", False),  # more than 92 days before the month
        ("2025-07-04", True),
        ("2025-10-14", False),  # a Tuesday
        ("2025-11-07", False),
    ],
)
def test_who_sold_on_no_friday_lately_misses_none(
    day: str, sells: bool, selling: Callable[..., Book]
) -> None:
    missed = _october(3, 10, 17, 24, 31) if sells else ()
    assert _fridays(selling(day), date(2026, 1, 1)) == Fridays((), missed)


def test_a_day_that_was_undone_was_not_held(selling: Callable[..., Book]) -> None:
    book = selling("2025-10-03", "2025-10-10", undone=True)
    assert _fridays(book, date(2025, 10, 12)) == Fridays(_october(3), _october(10))
