"""Movements of several periods at once are those of their postings, whatever days they are of."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kwt_books.book import Book
from kwt_books.queries.balances import Turnover, nets, results, sides_before, turnovers
from tests.books import rows

BEGUN = date(2026, 4, 20)
DAYS = st.integers(0, 90).map(lambda days: BEGUN + timedelta(days=days))
PERIODS = st.lists(
    st.tuples(DAYS | st.just(date.min), DAYS).filter(lambda days: days[0] <= days[1]),
    min_size=1,
    max_size=4,
)


@pytest.fixture
def posted(sample_book: Book) -> list[tuple[str, date, int, bool]]:
    query = "SELECT account, date, amount, closing FROM posting"
    return [
        (account, date.fromisoformat(day), amount, bool(closing))
        for account, day, amount, closing in sample_book.read(rows, query)
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(periods=PERIODS, ordinary=st.booleans())
def test_several_periods_are_asked_at_once(
    sample_book: Book,
    posted: list[tuple[str, date, int, bool]],
    periods: list[tuple[date, date]],
    ordinary: bool,
) -> None:
    expected: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(periods))
    for account, day, amount, closing in posted:
        for each, (start, end) in enumerate(periods):
            if start <= day <= end and not (ordinary and closing):
                expected[account][each] += amount
    found = sample_book.read(lambda reading: nets(reading.connection, periods, ordinary=ordinary))
    assert {account: each for account, each in found.items() if any(each)} == {
        account: each for account, each in expected.items() if any(each)
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(period=st.tuples(DAYS, DAYS).map(sorted), before_closing=st.booleans())
def test_a_turnover_is_what_stood_before_and_both_sides_of_its_days(
    sample_book: Book,
    posted: list[tuple[str, date, int, bool]],
    period: list[date],
    before_closing: bool,
) -> None:
    """The opening balance stands before everything, on whichever day it is dated."""
    start, end = period
    brought = sample_book.read(
        rows,
        "SELECT posting.date, account, amount FROM posting JOIN document ON sequence = document"
        " WHERE kind = 'opening_balance'",
    )
    expected: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for account, day, amount, closing in posted:
        if day < start:
            expected[account][0] += amount
        elif day <= end and not (closing and before_closing):
            expected[account][1 if amount > 0 else 2] += abs(amount)
    for day, account, amount in brought:
        if start.isoformat() <= day <= end.isoformat():
            expected[account][0] += amount
            expected[account][1 if amount > 0 else 2] -= abs(amount)

    def asked(reading: Any) -> tuple[Any, ...]:
        connection = reading.connection
        turned = turnovers(connection, start, end, before_closing=before_closing)
        return turned, results(connection, start, end), sides_before(connection, start)

    turned, moved, before = sample_book.read(asked)
    assert {account: each for account, each in turned.items() if each != Turnover()} == {
        account: Turnover(*sums) for account, sums in expected.items() if any(sums)
    }
    ordinary: defaultdict[str, int] = defaultdict(int)
    stood: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for account, day, amount, closing in posted:
        if day < start:
            stood[account][0 if amount > 0 else 1] += abs(amount)
        elif day <= end and not closing:
            ordinary[account] += amount
    assert {account: sum_ for account, sum_ in moved.items() if sum_} == {
        account: sum_ for account, sum_ in ordinary.items() if sum_
    }
    assert {account: [*sides] for account, sides in before.items() if any(sides)} == stood
