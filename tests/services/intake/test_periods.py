"""Which month and year rows are of, by what titles, names of sheets and of files say."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.period import Period, Said, month_named, months_in, period_of
from kwt_books.services.intake.sheet import Row, Value

TODAY = date(2026, 11, 30)


def first(month: int, year: int = 2026) -> date:
    return date(year, month, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Januari 2026", [(1, 2026)]),
        ("Jan-Mar 2026", [(1, None), (3, 2026)]),
        ("Feb26", [(2, 2026)]),
        ("Bulan Juli tahun 2025", [(7, 2025)]),
        ("Juli tahun", [(7, None)]),
        ("Juli lalu 2025", [(7, None)]),
        ("Juli 1999", [(7, None)]),
        ("Juli 202", [(7, None)]),
        ("Maret 11", [(3, 2011)]),
        ("Maret 10", [(3, None)]),
        ("Maret 27", [(3, 2027)]),
        ("Maret 28", [(3, None)]),
        ("Buku Kas", []),
    ],
)
def test_months_that_a_text_says(text: str, said: list[tuple[int, int | None]]) -> None:
    """A year of two digits is at most fifteen years ago, or the next one."""
    assert months_in(text, TODAY) == said


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("FEBRUARI", None), (2, None)),
        ((None, "Bulan Maret 2026"), (3, 2026)),
        (("Laporan Kas Bulan Mei 2026",), (5, 2026)),
        (("Maret", "Maret"), (3, None)),
        (("Maret", 5000), None),
        (("Maret", "April"), None),
        (("Maret 5",), None),
        (("Januari - Maret 2026",), None),
        (("Mei Mei",), None),
        (("Jual Maret",), None),
        (("Buku Kas",), None),
        ((None,), None),
    ],
)
def test_a_row_names_a_month_and_nothing_else(
    cells: tuple[Value, ...], said: tuple[int, int | None] | None
) -> None:
    assert month_named(Row(4, cells), TODAY) == said


AUTUMN = (first(11, 2025), first(2))


@pytest.mark.parametrize(
    ("period", "said", "before", "month"),
    [
        (Period(TODAY), Said(2, 2024), first(10), first(2, 2024)),
        (Period(TODAY, None, 2026, span=AUTUMN), Said(12), None, first(12, 2025)),
        (Period(TODAY, None, 2026, span=AUTUMN), Said(11), None, first(11, 2025)),
        (Period(TODAY, None, 2026, span=AUTUMN), Said(2), None, first(2)),
        (Period(TODAY, None, 2026, span=AUTUMN), Said(5), None, first(5)),
        (Period(TODAY, None, 2024), Said(5), first(10), first(5, 2024)),
        (Period(TODAY, first(10), 2026), Said(1), first(10), first(1, 2027)),
        (Period(TODAY, first(10), 2026), Said(3), first(10), first(3, 2027)),
        (Period(TODAY, first(10), 2026), Said(4), first(10), first(4)),
        (Period(TODAY, first(10), 2026), Said(9), first(10), first(9)),
        (Period(TODAY, first(10, 2024), 2024), Said(12), None, first(12, 2024)),
        (Period(TODAY, None, 2024, said=False), Said(11), None, first(11)),
        (Period(TODAY, None, 2026, said=False), Said(12), None, first(12, 2025)),
    ],
)
def test_the_month_of_a_section(
    period: Period, said: Said, before: date | None, month: date
) -> None:
    """Behind December comes January of the next year; September below October does not."""
    assert period.of(said, before) == month


def of(sheet: str, titles: list[Value], file: str = "buku.xlsx", year: int | None = None) -> Period:
    layout = Layout(sheet, "cash_book", 9, 9, year=year)
    named: Any = SimpleNamespace(name=file)
    rows = [Row(number, (title,)) for number, title in enumerate(titles, 1)]
    return period_of(named, layout, rows, TODAY)


@pytest.mark.parametrize(
    ("sheet", "titles", "month", "year", "said"),
    [
        ("Kas", [], None, 2026, False),
        ("Feb 2025", [], first(2, 2025), 2025, True),
        ("Kas 2025", [], None, 2025, True),
        ("Desember", [], first(12, 2025), 2025, False),
        ("November", [], first(11), 2026, False),
        ("Kas", ["Tahun 2025"], None, 2025, True),
        ("Kas", ["SK Lurah No. 12 Tahun 2019"], None, 2026, False),
        ("Kas", ["Tahun 2025", "Tahun 2024"], None, 2026, False),
        ("Kas", [first(3, 2025)], first(3, 2025), 2025, True),
        ("Kas", [date(2025, 3, 2)], None, 2026, False),
        ("Mei", [first(3, 2025)], first(3, 2025), 2025, True),
        ("Kas", ["Bandar Lampung, 31 Januari 2025"], None, 2025, True),
        ("Kas", ["Edisi 123 Januari 2025"], first(1, 2025), 2025, True),
        ("Kas", ["Januari", "Sekretariat"], first(1), 2026, False),
        ("Kas", ["Panen Januari"], None, 2026, False),
        ("Kas", ["Masa panen Januari"], first(1), 2026, False),
        ("Kas", ["Januari 2026", "Bulan Februari 2026"], first(2), 2026, True),
        ("Kas", ["Januari 2026", "Februari 2026"], None, 2026, True),
        ("Kas", ["Bulan Maret 2025", "Bulan Maret 2026"], None, 2026, False),
        ("Kas", ["Bulan Maret", "Bulan Maret 2025"], first(3, 2025), 2025, True),
        ("Kas", ["Bulan Maret", "Bulan Maret 25"], first(3, 2025), 2025, True),
        ("Kas", ["Buku Kas", "Bulan Maret 2025"], first(3, 2025), 2025, True),
        ("Kas", ["Bulan Maret - Maret 2025"], first(3, 2025), 2025, True),
    ],
)
def test_the_month_and_year_that_are_said(
    sheet: str, titles: list[Value], month: date | None, year: int, said: bool
) -> None:
    """What names a period outweighs others; a day and a place are where somebody signed."""
    found = of(sheet, titles)
    assert (found.month, found.year, found.said) == (month, year, said)
    assert found.span is None


@pytest.mark.parametrize(
    ("title", "span"),
    [
        ("Periode Januari - Maret 2026", (first(1), first(3))),
        ("1 Januari s/d 31 Maret 2026", (first(1), first(3))),
        ("Periode November - Januari 2026", (first(11, 2025), first(1))),
        ("Periode Januari 2026 - Maret", (first(1), first(3))),
        ("Periode Maret 2026 - Januari 2026", None),
        ("Periode Januari - Maret", None),
    ],
)
def test_a_title_of_several_months_says_from_when_to_when(
    title: str, span: tuple[date, date] | None
) -> None:
    found = of("Kas", [title])
    assert (found.month, found.span) == (None, span)


def test_the_sheets_name_tells_the_month_of_several() -> None:
    found = of("Jan", ["Periode November 2025 - Januari 2026"])
    assert (found.month, found.year, found.said, found.span) == (first(1), 2026, True, None)
    found = of("Des", ["Periode November 2024 - Januari 2025"])
    assert (found.month, found.year) == (first(12, 2024), 2024)
    assert of("Jan", ["Periode November 2025 - Januari 2026"], year=2024).month == first(1, 2024)


def test_a_month_that_name_and_title_say_otherwise_is_in_doubt() -> None:
    assert of("Feb", ["Bulan Januari 2026"])[1:] == (first(1), 2026, True, None, 2)
    assert of("Jan", ["Bulan Januari 2026"]).other is None
    assert of("Kas", ["Bulan Januari 2026"]).other is None
    assert of("Jan-Feb", ["Bulan Januari 2026"]).other is None


def test_a_year_is_said_by_whatever_stands_nearest() -> None:
    assert of("Kas", [], "kas 2024.xlsx")[1:4] == (None, 2024, True)
    assert of("Kas", ["Tahun 2025"], "kas 2024.xlsx").year == 2025
    assert of("Feb 2023", ["Bulan Februari"], "kas 2024.xlsx").month == first(2, 2023)
    assert of("Feb 2025", [], year=2024)[1:3] == (first(2, 2024), 2024)
