"""Which month and year the rows of a sheet are of, as titles and names of sheets say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.sheet import Row, SheetFile
from kwt_books.services.intake.values import MONTHS, plain

_MONTH = re.compile(r"([a-z]+)\s*(20\d\d|\d\d)")
_YEAR = re.compile(r"\b20\d\d\b")
_OTHER_YEARS = frozenset(("sk", "nomor", "no", "berdiri", "akta", "perda", "keputusan", "telp"))
"""Words beside years of something else: `SK Lurah No. 12 Tahun 2019`."""


class Period(NamedTuple):
    """What is known of the days of a sheet before a row is read."""

    today: date
    month: date | None = None
    """The first day of its month."""
    year: int | None = None
    said: bool = True
    """Whether the year is said somewhere; else it is the one that today's day makes likely."""


def period_of(file: SheetFile, layout: Layout, above: Iterable[Row], today: date) -> Period:
    """The period of a sheet, by the titles over its headings, its name and that of the file."""
    titles = [each for row in above for each in row.values if isinstance(each, str)]
    days = [each for row in above for each in row.values if isinstance(each, date)]
    whole = next(_whole_months((*titles, layout.sheet)), None)
    if whole is None and days:
        whole = days[0].replace(day=1)
    if layout.year is not None:
        number = whole.month if whole is not None else _month_alone(layout.sheet, titles)
        month = date(layout.year, number, 1) if number is not None else None
        return Period(today, month, layout.year)
    if whole is not None:
        return Period(today, whole, whole.year)
    year = _year(titles, layout.sheet) or _year((), Path(file.name).stem)
    number = _month_alone(layout.sheet, titles)
    if number is None:
        return Period(today, None, year or today.year, year is not None)
    likely = today.year - (number > today.month)
    return Period(today, date(year or likely, number, 1), year or likely, year is not None)


def _whole_months(texts: Iterable[str]) -> Iterator[date]:
    """The months that are said with their year: `Bulan: Januari 2026`."""
    for text in texts:
        for name, year in _MONTH.findall(plain(text)):
            number = MONTHS.get(name)
            if number is not None:
                yield date(int(year) + (2000 if len(year) == 2 else 0), number, 1)


def _month_alone(sheet: str, titles: Iterable[str]) -> int | None:
    """A month without a year: of the sheet's name, or of a title `Bulan: Januari`."""
    texts = [(plain(sheet).split(), True), *((plain(each).split(), False) for each in titles)]
    for words, named in texts:
        found = [MONTHS[word] for word in words if word in MONTHS]
        if len(found) == 1 and (named or len(words) == 1 or "bulan" in words):
            return found[0]
    return None


def _year(titles: Iterable[str], name: str) -> int | None:
    """The one year that is said."""
    said = [each for each in (*titles, name) if not _OTHER_YEARS & set(plain(each).split())]
    found = {int(year) for each in said for year in _YEAR.findall(plain(each))}
    return found.pop() if len(found) == 1 else None
