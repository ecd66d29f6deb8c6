"""Every report of the sample month as text, in both languages, to be read by a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.reports.context import Parameters
from kwt_books.reports.registry import KINDS

from .conftest import GOLDEN

ASKED: dict[str, Parameters] = {
    "stock-card": Parameters(month="2026-06", item="keripik-bayam"),
    "document": Parameters(number="BKK-2606-0001"),
}
"""What a report can't do without, or says most about the month with."""
MONTH = Parameters(month="2026-06")
HEAD = "7f3a91c20d4e" + "0" * 52
"""In place of the real one: what is sealed is not what is read here."""


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", KINDS)
def test_the_sample_month_reads_as_it_did(
    name: str, language: str, sample_book: Book, golden: Callable[[str, str], None]
) -> None:
    pack = sample_book.pack(name, ASKED.get(name, MONTH), language)
    (report,) = pack.reports
    assert {len(row.cells) for row in report.rows} <= {0, len(report.columns)}
    out = BytesIO()
    Books.write(replace(pack, parts=(replace(report, head=HEAD),)), "text", out)
    golden(f"{name}.{language}", out.getvalue().decode())


def test_no_golden_text_outlives_its_report() -> None:
    kept = {path.name.split(".")[0] for path in GOLDEN.glob("*.txt")}
    assert kept <= set(KINDS)
