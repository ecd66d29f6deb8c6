"""The first digits of amounts, as rows and as a chart."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import BytesIO

from kwt_books.app import Books
from kwt_books.domain.audit import first_digits
from kwt_books.reports.context import Parameters
from kwt_books.reports.packs import BarChart, Section
from tests.reports.exceptions.lines import CASH, SETUP, BookOf, payment, report_of


def test_first_digits_from_300_documents_on(books: Books, book_of: BookOf) -> None:
    amounts = [1_000 + 137 * n * n % 90_000 for n in range(1, 301)]
    days = [f"2026-06-{n % 30 + 1:02}" for n in range(300)]
    lines = [payment(amount, day) for amount, day in zip(amounts, days, strict=True)]
    few, many = (book_of(*SETUP, CASH, *lines[:n]) for n in (298, 299))
    assert not any(row.code == "digits" for row in report_of(few).rows)
    rows = {row.code: row for row in report_of(many).rows if row.code}
    expected = Counter(str(amount)[0] for amount in [9_000_000, *amounts[:299]])
    digits = first_digits([9_000_000, *amounts[:299]])
    for digit in range(1, 10):
        number, share, law = rows[f"digit-{digit}"].cells[3:]
        assert number == expected[str(digit)]
        assert (share, law) == (digits.shares[digit - 1], digits.expected[digit - 1])
    assert rows["digits"].cells[3] == 300


def test_first_digits_are_a_chart_on_paper(books: Books, book_of: BookOf) -> None:
    days = [f"2026-06-{n % 30 + 1:02}" for n in range(300)]
    lines = [payment(1_000 + 37 * n, day) for n, day in enumerate(days)]
    pack = book_of(*SETUP, CASH, *lines).pack("exceptions", Parameters(month="2026-06"), "id")
    (section,) = pack.on_paper
    assert isinstance(section, Section)
    made = pack.reports[0]
    assert (section.title, section.period, section.unit) == (made.title, made.period, made.unit)
    assert (section.provisional, section.parameters) == (True, {"month": "2026-06"})
    report, chart = section.parts
    assert report == replace(pack.reports[0], head="", provisional=False, parameters={})
    assert isinstance(chart, BarChart)
    counts = [row.cells[3] for row in pack.reports[0].rows if str(row.code).startswith("digit-")]
    assert [bar.value for bar in chart.bars] == counts
    books.write(pack, "pdf", BytesIO())
