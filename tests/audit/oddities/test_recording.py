"""How documents were recorded: late, at night, undone, opened again, counted short."""

from __future__ import annotations

from datetime import date

import pytest

from tests.audit.oddities.lines import (
    CASH,
    SETUP,
    BookOf,
    at,
    found,
    only,
    payment,
    report_of,
    vouchers,
)


@pytest.mark.parametrize(("days", "is_odd"), [(14, False), (15, True)])
def test_backdated_documents(book_of: BookOf, days: int, is_odd: bool) -> None:
    report = report_of(book_of(*SETUP, at(CASH), at(payment(70_000), days=days)))
    assert vouchers(report, "backdated") == (["BKK-2606-0001"] if is_odd else [])


def test_the_days_of_an_import_are_not_held_against_it(book_of: BookOf) -> None:
    """Its lines say nothing of when they were first written down."""
    lines = [payment(70_000 + n, f"2026-06-{n + 1:02}") for n in range(20)]
    assert "backdated" not in only(report_of(book_of(*SETUP, CASH, *lines)))


@pytest.mark.parametrize(("hour", "is_odd"), [(4, True), (5, False), (21, False), (22, True)])
def test_odd_hours(book_of: BookOf, hour: int, is_odd: bool) -> None:
    report = report_of(book_of(*SETUP, at(CASH), at(payment(70_000), hour=hour)))
    assert vouchers(report, "odd-hours") == (["BKK-2606-0001"] if is_odd else [])


def test_corrections_name_what_they_undid(book_of: BookOf) -> None:
    undo = {"kind": "correction", "date": "2026-06-12", "of": "x", "reason": "Dobel"}
    report = report_of(book_of(*SETUP, CASH, payment(70_000, id="x"), undo))
    (row,) = found(report, "corrections")
    assert row.cells[:3] == ("BKM-2606-0002", date(2026, 6, 12), 70_000)
    assert "BKK-2606-0001" in row.label
    assert "dobel" in row.label


def test_months_opened_again(book_of: BookOf) -> None:
    close = {"kind": "month_close", "month": "2026-06"}
    reopen = {"kind": "month_reopen", "month": "2026-06", "reason": "Nota tertinggal"}
    report = report_of(book_of(*SETUP, CASH, close, reopen))
    (row,) = found(report, "reopened")
    assert "nota tertinggal" in row.label


@pytest.mark.parametrize(("counted", "is_odd"), [(8_990_001, False), (8_990_000, True)])
def test_counts_with_differences(book_of: BookOf, counted: int, is_odd: bool) -> None:
    counting = {"kind": "cash_count", "date": "2026-06-20", "account": "1103", "counted": counted}
    report = report_of(book_of(*SETUP, CASH, counting))
    assert [row.cells[2] for row in found(report, "counts")] == ([10_000] if is_odd else [])
