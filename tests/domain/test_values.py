"""Months: text that knows its days."""

from __future__ import annotations

import json
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kwt_books.domain.values import Month


def test_a_month_is_its_text() -> None:
    june = Month.of(date(2026, 6, 9))
    assert (june, f"{june}", json.dumps(june), {june: 1}["2026-06"]) == (
        "2026-06", "2026-06", '"2026-06"', 1,
    )  # fmt: skip
    assert (june.year, june.number) == (2026, 6)
    assert (june.first_day, june.last_day) == (date(2026, 6, 1), date(2026, 6, 30))
    assert Month.of_text("2026-06-30") == june


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(-200, 200))
def test_months_are_shifted_and_sorted_as_time_goes(day: date, months: int) -> None:
    month = Month.of(day)
    moved = month.shift(months)
    assert moved.shift(-months) == month
    assert (moved > month) == (moved.first_day > month.first_day)
    assert isinstance(moved, Month)
    assert month.first_day <= day <= month.last_day
    assert month.shift(1).first_day - month.last_day == timedelta(days=1)
