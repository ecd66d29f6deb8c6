"""Movements of several periods at once are those of their postings, whatever days they are of."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kwt_books.book import Book
from kwt_books.queries.balances import nets
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
