"""What someone types as a date: `5/6`, `5-6-26`, `5 juni`, `hari ini`, `kemarin`, `jumat`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kwt_books.domain.month import FIRST_YEAR, LAST_YEAR
from kwt_books.i18n.formats import Formats

_AWAY = {
    "hari ini": 0, "today": 0, "kemarin": -1, "yesterday": -1, "kemarin dulu": -2,
    "besok": 1, "tomorrow": 1, "lusa": 2,
}  # fmt: skip
_PARTS = re.compile(r"([0-9]{1,2})(?:[\s/.-]+([0-9]{1,2}|[a-z]{3,}))?(?:[\s/.-]+([0-9]{2,4}))?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def parse_date(text: str, today: date, formats: Formats, near: date | None = None) -> date | None:
    """None where no date can be read. What is left out is taken from `near` (else today).

    A weekday is the last one of that name, today included.
    """
    words = " ".join(text.lower().replace(",", " ").split())
    if words in _AWAY:
        return today + timedelta(days=_AWAY[words])
    if (weekday := _weekday(words, formats)) is not None:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    if iso := _ISO.fullmatch(words):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    first, _, rest = words.partition(" ")
    if rest and _weekday(first, formats) is not None:
        words = rest
    found = _PARTS.fullmatch(words)
    if found is None:
        return None
    around = near or today
    month = _month(found[2], formats) if found[2] else around.month
    year = int(found[3]) if found[3] else around.year
    return _date(year + 2000 if year < 100 else year, month, int(found[1])) if month else None


def _weekday(word: str, formats: Formats) -> int | None:
    monday = date(2024, 1, 1)
    for number in range(7):
        if word == formats.weekday(monday + timedelta(days=number)).lower():
            return number
    return None


def _month(word: str, formats: Formats) -> int | None:
    """A number, or the beginning of a month's name: at least three letters."""
    if word.isdecimal():
        return int(word)
    for number in range(1, 13):
        if formats.month_name(number).lower().startswith(word):
            return number
    return None


def _date(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
