"""Ordinary months raise no alarm; every rule explains itself; it prints."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import RowKind
from tests.reports.exceptions.lines import BookOf, only, report_of


def test_an_ordinary_month_raises_no_alarm(sample_book: Book) -> None:
    """Nobody went to the bank with it."""
    assert only(report_of(sample_book)) == {"corrections": 1, "unreconciled": 1}


def test_the_demo_raises_its_corrections_and_the_payments_without_a_receipt(
    books: Books, book_of: BookOf
) -> None:
    lines = (resources_dir() / "demo" / "2026.jsonl").read_text("utf-8").splitlines()
    corrections = sum(json.loads(line)["kind"] == "correction" for line in lines)
    report = report_of(book_of(*lines), start=date(2026, 1, 1), end=date(2026, 12, 31))
    found = only(report)
    assert found.pop("corrections") == corrections
    assert found.keys() == {"receipts", "unreconciled", "memorials"}
    unattached = [line for line in lines if json.loads(line)["kind"] != "attachment"]
    report = report_of(book_of(*unattached), start=date(2026, 1, 1), end=date(2026, 12, 31))
    found.pop("receipts")
    assert only(report) == {"corrections": corrections, **found}


def test_every_rule_explains_itself_in_both_languages(sample_book: Book) -> None:
    texts = []
    for language in ("id", "en"):
        report = sample_book.report("exceptions", Parameters(month="2026-06"), language)
        sections = [row.label for row in report.rows if row.kind is RowKind.SECTION]
        notes = [row for row in report.rows if row.kind is RowKind.NOTE]
        assert len(sections) == len(report.figures) + 2
        assert len(notes) >= len(sections)
        assert all("{" not in row.label for row in report.rows)
        texts.append(sections)
    assert not set(texts[0]) & set(texts[1])


def test_it_prints(sample_book: Book, books: Books) -> None:
    pack = sample_book.pack("exceptions", Parameters(month="2026-06"), "id")
    for format_ in ("pdf", "xlsx", "csv", "text", "json"):
        out = BytesIO()
        books.write(pack, format_, out)
        assert out.getvalue()
