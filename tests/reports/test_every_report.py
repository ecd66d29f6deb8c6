"""What all reports have in common: what they are asked, where they lead, how paper sets them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import ColumnType, Layout, Ref, RefKind, Report, RowKind
from kwt_books.reports.packs import Section
from kwt_books.reports.registry import KINDS
from tests.books import column
from tests.reports.test_golden import ASKED, MONTH, SECOND

SUMS = {RowKind.SUBTOTAL, RowKind.TOTAL}
LAYOUTS = {
    Layout.TRIAL_BALANCE: {"trial-balance"},
    Layout.NOTES: {"notes", "exceptions"},
    Layout.LEDGER: {"general-ledger", "stock-card", "savings-grid", "dues"},
    Layout.BOOK: {
        "cash-book", "savings-card", "member-shares", "residents", "programme",
        "bank-reconciliation", *(name for name in KINDS if name.endswith("-book")),
    },
}  # fmt: skip
"""The rest are statements. Books are ruled, their columns numbered."""
UNSIGNED = {"stock-card", "lots", "document", "exceptions"}
"""What is looked at and not handed in."""
UNCODED = {"member-book", "officer-book", "inventory-book", "document", "exceptions"}
"""Lists of what has no page of its own, and what is laid out as a letter."""
CARRIED = {
    "trial-balance": ["debit", "credit"], "journal": ["debit", "credit"],
    "general-ledger": ["debit", "credit"], "cash-book": ["in", "out"],
}  # fmt: skip
"""Columns whose sums are carried from page to page."""


@pytest.fixture(scope="module")
def june(books: Books, sample_path: Path) -> dict[str, Report]:
    book = books.open(sample_path, read_only=True)
    made = {name: one(book, name, ASKED.get(name, MONTH)) for name in KINDS}
    book.close()
    return made


def one(book: Book, name: str, asked: Parameters) -> Report:
    return book.report(name, asked, "id")


def test_each_says_its_name_what_it_was_asked_and_the_state_of_its_book(
    june: dict[str, Report], sample_book: Book
) -> None:
    *_, head = sample_book.read(column, "SELECT hash FROM document ORDER BY sequence")
    for name, report in june.items():
        assert (report.name, report.head) == (name, head)
        assert report.title.strip(), name
        assert name == "document" or report.parameters["month"] == "2026-06", name
        if "as_of" in report.parameters:
            assert report.parameters["as_of"] == "2026-06-30"
        money = any(each.type is ColumnType.MONEY for each in report.columns)
        if money and report.layout is Layout.STATEMENT and name != "document":
            assert "upiah" in report.unit, name


def test_paper_is_set_as_books_or_statements_are_and_signed_on_the_last_day(
    june: dict[str, Report],
) -> None:
    for name, report in june.items():
        layout = next((each for each, names in LAYOUTS.items() if name in names), Layout.STATEMENT)
        assert report.layout is layout, name
        day = date(2026, 6, 26) if name == "market-day" else date(2026, 6, 30)
        assert report.place_date == (None if name in UNSIGNED else day), name
        assert [each.key for each in report.columns if each.summed] == CARRIED.get(name, []), name
        assert 0 <= report.label_at <= len(report.columns)
        for each in report.columns:
            if each.key == "signature":
                assert each.by_hand >= 22, name


def test_paper_tells_of_an_open_month_and_of_what_was_asked_as_the_table_does(
    second_book: Book,
) -> None:
    found = set()
    for asked in ({"month": "2026-12"}, {"start": date(2026, 12, 5), "end": date(2027, 2, 9)}):
        pack = second_book.pack("programme", Parameters(**asked), "id")  # type: ignore[arg-type]
        assert pack.on_paper[0] == pack.parts[0]
        found.add(pack.reports[0].provisional)
        funds = second_book.pack("funds", Parameters(**asked), "id")  # type: ignore[arg-type]
        (paper,) = funds.on_paper
        assert isinstance(paper, Section)
        assert paper.provisional == funds.reports[0].provisional
        assert paper.parameters == funds.reports[0].parameters
    assert found == {True, False}


def leads(report: Report, books: dict[RefKind, set[str]]) -> None:
    for row in report.rows:
        plain = row.kind in {RowKind.NOTE, RowKind.SECTION, RowKind.SUBTOTAL}
        assert row.code or plain or report.name in UNCODED, (report.name, row.label)
        if isinstance(row.code, Ref):
            known = books[row.code.kind]
            assert row.code.code in known, (report.name, row.code)
            if row.code.kind is RefKind.LOT:
                assert row.code.of in books[RefKind.ITEM], (report.name, row.code)


def known(book: Book) -> dict[RefKind, set[str]]:
    setup = {
        kind: {*book.read(column, f"SELECT code FROM setup WHERE kind = '{kind}'")}
        for kind in (RefKind.ITEM, RefKind.PARTY, RefKind.ACCOUNT)
    }
    return {
        **setup,
        RefKind.DOCUMENT: {*book.read(column, "SELECT number FROM document WHERE number NOTNULL")},
        RefKind.LOT: {*book.read(column, "SELECT name FROM lot")},
    }


def test_rows_lead_to_what_the_book_has(june: dict[str, Report], sample_book: Book) -> None:
    there = known(sample_book)
    for report in june.values():
        leads(report, there)


def test_rows_of_programmes_shares_and_dues_lead_there_too(second_book: Book) -> None:
    there = known(second_book)
    for name in SECOND:
        report = one(second_book, name, Parameters(month="2027-01"))
        leads(report, there)
        assert report.parameters["month"] == "2027-01"


def test_sums_stand_no_deeper_than_their_lines_and_lines_no_higher_than_their_heading(
    june: dict[str, Report],
) -> None:
    for name, report in june.items():
        for above, below in zip(report.rows, report.rows[1:], strict=False):
            if above.kind is RowKind.LINE and below.kind in SUMS:
                assert below.level <= above.level, (name, below.label)
            if above.kind is RowKind.SECTION and below.kind is RowKind.LINE and below.code:
                assert above.level <= below.level, (name, below.label)
        assert all(0 <= row.level <= 2 for row in report.rows), name
        for row in report.rows:
            assert re.sub(r"\s+", " ", row.label).strip() == row.label, (name, row.label)
