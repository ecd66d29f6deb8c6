"""Whole rupiah: rounding and sharing out. Money is an `int` everywhere."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Mapping
from datetime import date

MAX_AMOUNT = 10**15
"""The largest amount a document may name (STREAM.md, rules)."""


def half_up(numerator: int, denominator: int) -> int:
    """The quotient to the nearest rupiah, halves up (STREAM.md, rounding)."""
    return (2 * numerator + denominator) // (2 * denominator)


def share_out(amount: int, shares: Mapping[str, int]) -> dict[str, int]:
    """`amount` split by whole percents that add to 100, losing nothing.

    Each gets the floor of its share; the rupiah left over go one each to the largest
    remainders, ties in the order of the keys (STREAM.md, month_close).
    """
    parts = {key: amount * percent // 100 for key, percent in shares.items()}
    left = amount - sum(parts.values())
    by_remainder = sorted(shares, key=lambda key: -(amount * shares[key] % 100))
    for key in by_remainder[:left]:
        parts[key] += 1
    return parts


# -- Quantities as integer thousandths of an item's unit -----------------------------------------


UNIT = 1000
MAX_QUANTITY = 10**15
_PLAIN = re.compile(r"([0-9]+)(?:\.([0-9]{1,3}))?", re.ASCII)


def parse_quantity(text: str) -> int:
    """Plain digits with at most three decimals, as thousandths; `ValueError` otherwise."""
    match = _PLAIN.fullmatch(text)
    if match is None or len(match[1]) > 15:
        raise ValueError(text)
    return int(match[1]) * UNIT + int((match[2] or "").ljust(3, "0"))


def quantity_text(thousandths: int) -> str:
    """The shortest plain decimal: `2500` is `2.5`."""
    sign = "-" if thousandths < 0 else ""
    whole, rest = divmod(abs(thousandths), UNIT)
    return f"{sign}{whole}.{rest:03d}".rstrip("0") if rest else f"{sign}{whole}"


# -- Months as `YYYY-MM` text, which sorts as time does ------------------------------------------


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


# -- What of a text can be kept and seen ---------------------------------------------------------


LONGEST_SOUGHT = 200
"""Signs that can be sought: SQLite takes neither a pattern nor words without end."""


def readable(text: str) -> bool:
    """Whether text holds no control character and nothing UTF-8 cannot carry."""
    return not any(
        unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in text
    )


def visible(text: str) -> bool:
    """Whether text holds more than spaces and signs without a shape, as a zero width space."""
    if text.isprintable():
        return bool(text) and not text.isspace()
    return any(char.isprintable() and not char.isspace() for char in text)
