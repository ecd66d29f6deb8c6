"""Every report of the sample month as text, in both languages, to be read by a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.reports.context import Parameters
from kwt_books.reports.packs import Pack
from kwt_books.reports.registry import KINDS

from .conftest import GOLDEN

ASKED: dict[str, Parameters] = {
    "stock-card": Parameters(month="2026-06", item="keripik-bayam"),
    "document": Parameters(number="BKK-2606-0001"),
}
"""What a report can't do without, or says most about the month with."""
MONTH = Parameters(month="2026-06")
SECOND = (
    "programme", "member-shares", "savings-card", "savings-grid", "dues", "budget", "notes",
    "bank-reconciliation", "equity-changes", "cash-flow", "progress",
)  # fmt: skip
"""Those of which the sample month says little or nothing."""
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
    golden(f"{name}.{language}", as_text(pack))


@pytest.mark.parametrize("name", SECOND)
def test_a_month_of_the_second_edition_reads_as_it_did(
    name: str, second_book: Book, golden: Callable[[str, str], None]
) -> None:
    golden(f"{name}.edisi-2", as_text(second_book.pack(name, Parameters(month="2027-01"), "id")))


def as_text(pack: Pack) -> str:
    (report,) = pack.reports
    out = BytesIO()
    Books.write(replace(pack, parts=(replace(report, head=HEAD),)), "text", out)
    return out.getvalue().decode()


def test_no_golden_text_outlives_its_report() -> None:
    kept = {path.name.split(".")[0] for path in GOLDEN.glob("*.txt")}
    assert kept <= set(KINDS)
