"""Plain values of the domain: money, quantities, months and text.

Money is whole rupiah and quantities are thousandths of a unit, both `int` everywhere; a month is
`YYYY-MM` text.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache

MAX_AMOUNT = 10**15
"""The largest amount a document may name (STREAM.md, rules)."""


def half_up(numerator: int, denominator: int) -> int:
    """The quotient to the nearest rupiah, halves up (STREAM.md, rounding)."""
    return (2 * numerator + denominator) // (2 * denominator)


NOTES = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000)
COINS = (1_000, 500, 200, 100)
"""Rupiah in circulation, the largest first."""
MUCH = 10
"""Times what is usual: one nought too many."""


def is_far_off(amount: int, usual: int) -> bool:
    """Whether an amount is ten times the usual one, or a tenth of it."""
    return amount >= MUCH * usual or amount * MUCH <= usual


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
    """Thousandths of plain digits with at most three decimals.

    Raises `ValueError` for any other text.
    """
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


FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Voucher numbers carry two digits of the year."""
_MONTHS_KEPT = 4_000
"""Days and months of which it is known: a report asks for the same few again and again."""


class Month(str):
    """`YYYY-MM`: sorts as time does, and is the text that streams and the file hold.

    `Month(text)` takes the text as it is; `parse` checks it.
    """

    __slots__ = ()

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.isoformat()[:7])

    @classmethod
    def of_text(cls, day: str) -> Month:
        """The month of a day that is written as `YYYY-MM-DD`."""
        return cls(day[:7])

    @classmethod
    def parse(cls, text: str) -> Month:
        """`text`, if it is a month of the books' century. Raises `ValueError` otherwise."""
        if len(text) != 7:
            raise ValueError(text)
        day = date.fromisoformat(text + "-01")
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(text)
        return cls(text)

    @classmethod
    def _at(cls, place: int) -> Month:
        return cls(f"{place // 12:04d}-{place % 12 + 1:02d}")

    @property
    def year(self) -> int:
        """The year."""
        return int(self[:4])

    @property
    def number(self) -> int:
        """1 for January to 12 for December."""
        return int(self[5:])

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def place(self) -> int:
        """Months since January of the year 0."""
        return self.year * 12 + self.number - 1

    def shift(self, months: int) -> Month:
        """The month so many months later (earlier, when negative)."""
        return Month._at(self.place + months)


def moment_of(recorded: str) -> datetime | None:
    """When something was recorded, by its stamp; None where that has only a day."""
    if len(recorded) <= len("2026-06-30"):
        return None
    return datetime.fromisoformat(recorded)


# Many documents have the same days, and each asks several times.


@lru_cache(_MONTHS_KEPT)
def iso(day: date) -> str:
    """A day as `YYYY-MM-DD`."""
    return day.isoformat()


@lru_cache(_MONTHS_KEPT)
def day_of(text: str) -> date:
    """The day of an ISO date. Raises `ValueError` for any other text."""
    return date.fromisoformat(text)


@lru_cache(_MONTHS_KEPT)
def month_of_text(day: str) -> Month:
    """The month of a day that is written as `YYYY-MM-DD`."""
    return Month.of_text(day)


@lru_cache(_MONTHS_KEPT)
def month_of(day: date) -> Month:
    """The month a day lies in."""
    return Month.of(day)


@lru_cache(_MONTHS_KEPT)
def first_day(month: str) -> date:
    """The first day of a month."""
    return Month(month).first_day


@lru_cache(_MONTHS_KEPT)
def last_day(month: str) -> date:
    """The last day of a month."""
    return Month(month).last_day


def shift(month: str, months: int) -> Month:
    """The month so many months later (earlier, when negative); of plain text too, as signals and
    files hand months on.
    """
    return Month(month).shift(months)


def months_between(first: str, last: str) -> int:
    """How many months from `first` to `last`, both counted; not positive when reversed."""
    return Month(last).place - Month(first).place + 1


def month_range(first: str, last: str) -> list[Month]:
    """The months from `first` to `last`, both among them; empty when reversed."""
    return [shift(first, step) for step in range(months_between(first, last))]


def months_of(year: int) -> list[Month]:
    """The twelve months of a year."""
    return month_range(f"{year:04d}-01", f"{year:04d}-12")


# -- What of a text can be kept and seen ---------------------------------------------------------


LONGEST_SOUGHT = 200
"""Characters that can be searched for: SQLite limits the length of a pattern."""


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


def furthest_day(today: date) -> date:
    """The last day that is taken from a hand: the end of next month."""
    return last_day(shift(month_of(today), 1))
