"""Which month and year the rows of a sheet are of, as titles, names of sheets and rows say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.sheet import Row, SheetFile
from kwt_books.services.intake.values import MONTHS, plain

_YEAR = re.compile(r"\b20\d\d\b")
_OTHER_YEARS = frozenset(("sk", "nomor", "no", "berdiri", "akta", "perda", "keputusan", "telp"))
"""Words beside years of something else: `SK Lurah No. 12 Tahun 2019`."""
_OF_PERIODS = frozenset(("bulan", "bln", "periode", "masa", "month", "period"))
_NEXT_YEAR = 6
"""By how many months a month is below the one before, where it is of the next year."""
_AROUND = _OF_PERIODS | frozenset(
    ("buku", "kas", "umum", "laporan", "keuangan", "tahun", "th", "catatan", "transaksi", "year")
)
"""What may stand beside the month in a row that names nothing else."""


class Said(NamedTuple):
    """A month that is said, and the year where one stands behind it."""

    month: int
    year: int | None = None


class Period(NamedTuple):
    """What is known of the days of a sheet before a row is read."""

    today: date
    month: date | None = None
    """The first day of its month."""
    year: int | None = None
    said: bool = True
    """Whether the year is said somewhere; else it is the one that today's day makes likely."""
    span: tuple[date, date] | None = None
    """The first days of the first and the last month, where a title says several."""
    other: int | None = None
    """The month that the sheet's name says, where a title says another."""

    def of(self, said: Said, before: date | None) -> date:
        """The month that a row within the sheet names; `before` is the month until there."""
        if said.year is not None:
            return date(said.year, said.month, 1)
        if self.span is not None:
            for year in range(self.span[0].year, self.span[1].year + 1):
                if self.span[0] <= (found := date(year, said.month, 1)) <= self.span[1]:
                    return found
        if self.month is None and self.year is not None and self.said:
            return date(self.year, said.month, 1)
        if before is not None:  # behind December comes January; September below October does not
            return date(before.year + (before.month - said.month > _NEXT_YEAR), said.month, 1)
        if self.year is not None and self.said:
            return date(self.year, said.month, 1)
        return date(self.today.year - (said.month > self.today.month), said.month, 1)


def period_of(file: SheetFile, layout: Layout, above: Iterable[Row], today: date) -> Period:
    """The period of a sheet, by the titles over its headings, its name and that of the file."""
    rows = list(above)
    titles = [each for row in rows for each in row.texts]
    days = [each for row in rows for each in row.values if isinstance(each, date) and each.day == 1]
    in_titles, in_name = _of_titles(titles, today), months_in(layout.sheet, today)
    span = next((_span(each) for each in (*in_titles, in_name) if len(_different(each)) > 1), None)
    month = _only([*(each[0] for each in in_titles if len(_different(each)) == 1)])
    if month is None and days and span is None:
        month = Said(days[0].month, days[0].year)
    named = _only(in_name) if len(_different(in_name)) == 1 else None
    other = named.month if month is not None and named is not None else None
    month = month or named
    year = layout.year or (month.year if month is not None else None)
    year = year or (named.year if named is not None else None) or _year(titles, layout.sheet)
    year = year or _year((), Path(file.name).stem)
    if span is not None and month is not None and month.year is None and layout.year is None:
        within = Period(today, span=span).of(month, None)
        year = within.year
    if month is None:
        return Period(today, None, year or today.year, year is not None, span)
    likely = year or today.year - (month.month > today.month)
    differs = other if other != month.month else None
    return Period(today, date(likely, month.month, 1), likely, year is not None, None, differs)


def month_named(row: Row, today: date) -> Said | None:
    """The month that a row names and nothing else: `FEBRUARI`, `Bulan Maret 2026`."""
    said = [each for each in row.values if each is not None]
    texts = {each for each in said if isinstance(each, str)}
    if len(texts) != 1 or len(said) != len([each for each in said if each in texts]):
        return None
    words = plain(next(iter(texts))).split()
    found = months_in(" ".join(words), today)
    rest = [each for each in words if each not in MONTHS and not each.isdigit()]
    figures = [each for each in words if each.isdigit()]
    years = [found[0].year] if found and found[0].year is not None else []
    alone = len(_different(found)) == 1 and len(figures) == len(years) and len(found) == 1
    return found[0] if alone and _AROUND.issuperset(rest) else None


def months_in(text: str, today: date) -> list[Said]:
    """The months that a text says, each with the year behind it.

    A year of two digits is none of more than a few years ago: `Maret 12` is a day.
    """
    words = plain(text).split()
    words = [part for word in words for part in re.findall(r"[a-z]+|\d+", word)]
    found = []
    for at, word in enumerate(words):
        if word in MONTHS:
            behind = words[at + 1] if at + 1 < len(words) else ""
            if behind in _OF_YEARS and at + 2 < len(words):
                behind = words[at + 2]
            found.append(Said(MONTHS[word], _year_written(behind, today)))
    return found


_OF_YEARS = frozenset(("tahun", "th", "thn", "year"))


def _year_written(word: str, today: date) -> int | None:
    if len(word) == 4 and word.startswith("20") and word.isdigit():
        return int(word)
    if len(word) == 2 and word.isdigit() and today.year - 15 <= 2000 + int(word) <= today.year + 1:
        return 2000 + int(word)
    return None


def _of_titles(titles: Sequence[str], today: date) -> list[list[Said]]:
    """What titles say of months; those that name the period outweigh others.

    A title with a day is where and when somebody signed: `Bandar Lampung, 31 Januari 2026`.
    """
    of_period, others = [], []
    for each in titles:
        words = plain(each).split()
        found = months_in(each, today)
        if not found:
            continue
        if _OF_PERIODS & set(words):
            of_period.append(found)
        elif not _has_day(words) or len(found) > 1:
            whole = any(said.year is not None for said in found) or len(words) == 1
            others += [found] if whole else []
    return of_period or others


def _has_day(words: Sequence[str]) -> bool:
    return any(
        word in MONTHS and words[at - 1].isdigit() and len(words[at - 1]) < 3
        for at, word in enumerate(words)
        if at
    )


def _different(said: Sequence[Said]) -> set[tuple[int, int | None]]:
    """The different months; one with a year is the same as one without."""
    whole = {each for each in said if each.year is not None}
    months = {each.month for each in whole}
    return {(each.month, each.year) for each in said if each in whole or each.month not in months}


def _span(said: Sequence[Said]) -> tuple[date, date] | None:
    """From the first to the last of several months; None where no year is said."""
    first, last = said[0], said[-1]
    year = last.year or first.year
    if year is None:
        return None
    ends = date(year, last.month, 1)
    begins = date(first.year or (year - (first.month > last.month)), first.month, 1)
    return (begins, ends) if begins <= ends else None


def _only(said: Sequence[Said]) -> Said | None:
    """The month that all say, with its year where one says it; None where they differ."""
    months, years = {each.month for each in said}, {each.year for each in said if each.year}
    if len(months) != 1 or len(years) > 1:
        return None
    return next((each for each in said if each.year is not None), said[0])


def _year(titles: Iterable[str], name: str) -> int | None:
    """The one year that is said."""
    said = [each for each in (*titles, name) if not _OTHER_YEARS & set(plain(each).split())]
    found = {int(year) for each in said for year in _YEAR.findall(plain(each))}
    return found.pop() if len(found) == 1 else None
