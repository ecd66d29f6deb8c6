"""Months as `YYYY-MM` text, which sorts as time does."""

from __future__ import annotations

import calendar
from datetime import date

Month = str
FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Voucher numbers carry two digits of the year."""


def month_of(day: date) -> Month:
    return day.isoformat()[:7]


def parse_month(text: str) -> Month:
    """`text` if it is a month of the books' century; `ValueError` otherwise."""
    if len(text) != 7:
        raise ValueError(text)
    day = date.fromisoformat(text + "-01")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return text


def first_day(month: Month) -> date:
    return date.fromisoformat(month + "-01")


def last_day(month: Month) -> date:
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, calendar.monthrange(year, number)[1])


def shift(month: Month, months: int) -> Month:
    """The month so many months later (earlier, when negative)."""
    index = _index(month) + months
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def months_between(first: Month, last: Month) -> int:
    """How many months from `first` to `last`, both counted; not positive when reversed."""
    return _index(last) - _index(first) + 1


def month_range(first: Month, last: Month) -> list[Month]:
    return [shift(first, step) for step in range(months_between(first, last))]


def _index(month: Month) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1
