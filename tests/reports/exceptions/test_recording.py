"""How documents were recorded: late, at night, undone, opened again, counted short."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.conftest import WIB
from tests.reports.exceptions.lines import (
    CASH,
    SETUP,
    BookOf,
    Line,
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


def stamped(line: Line, moment: str, by: str = "Siti") -> Line:
    return {**line, "recorded": {"at": moment, "by": by}}


def begun(moment: str = "2026-06-01T08:00:00+07:00") -> list[Line]:
    return [stamped(line, moment) for line in SETUP]


@pytest.mark.parametrize(
    ("second", "is_odd"),
    [
        ("2026-06-10T09:00:00+07:00", False),
        ("2026-06-10T08:55:00+07:00", False),
        ("2026-06-10T08:54:59+07:00", True),
        ("2026-06-10T02:00:00Z", False),
        ("2026-06-10T01:00:00Z", True),
        ("2026-06-11T09:00:00+07:00", False),
    ],
)
def test_a_clock_that_goes_back(book_of: BookOf, second: str, is_odd: bool) -> None:
    """Not where two computers differ by minutes, nor where they stand in different zones."""
    lines = [
        stamped(CASH, "2026-06-10T09:00:00+07:00"),
        stamped(payment(70_000, "2026-06-09"), second, "Wati"),
    ]
    report = report_of(book_of(*begun(), *lines))
    assert vouchers(report, "clock") == (["BKK-2606-0001"] if is_odd else [])
    if is_odd:
        assert "Wati" in found(report, "clock")[0].label


@pytest.mark.parametrize(("day", "is_odd"), [("2026-07-02", False), ("2026-07-03", True)])
def test_a_time_still_to_come(book_of: BookOf, day: str, is_odd: bool) -> None:
    """The report is of 1 July; a clock may be a zone ahead, no more."""
    line = stamped(CASH, f"{day}T09:00:00+07:00")
    assert vouchers(report_of(book_of(*begun(), line)), "clock") == (
        ["BKM-2606-0001"] if is_odd else []
    )


@pytest.mark.parametrize(("day", "is_odd"), [("2026-06-09", False), ("2026-06-08", True)])
def test_a_document_recorded_before_its_date(book_of: BookOf, day: str, is_odd: bool) -> None:
    lines = [stamped(CASH, "2026-06-02T09:00:00+07:00"),
             stamped(payment(70_000, "2026-06-10"), f"{day}T09:00:00+07:00")]  # fmt: skip
    assert vouchers(report_of(book_of(*begun(), *lines)), "clock") == (
        ["BKK-2606-0001"] if is_odd else []
    )


def test_a_forged_time_stands_out(book_of: BookOf) -> None:
    """As where somebody recorded years back, in another's name."""
    forged = stamped(payment(70_000), "2001-01-01T00:00:00+07:00", "Presiden Republik")
    report = report_of(book_of(*begun(), stamped(CASH, "2026-06-02T09:00:00+07:00"), forged))
    (row,) = found(report, "clock")
    assert "Presiden Republik" in row.label


@pytest.mark.only_files
@pytest.mark.parametrize(("day", "is_odd"), [("2026-06-21", False), ("2026-06-22", True)])
def test_a_time_after_the_file_was_last_written(book_of: BookOf, day: str, is_odd: bool) -> None:
    """Written on 20 June, at 9: whoever recorded later had another clock."""
    book = book_of(*begun(), stamped(CASH, "2026-06-02T09:00:00+07:00"),
                   stamped(payment(70_000), f"{day}T08:00:00+07:00"))  # fmt: skip
    assert vouchers(report_of(book), "clock") == [], "it was written just now"
    book.rest()
    _written(book.path, datetime(2026, 6, 20, 9, tzinfo=WIB))
    report = report_of(book)
    assert vouchers(report, "clock") == (["BKK-2606-0001"] if is_odd else [])
    if is_odd:
        assert "20 Juni 2026" in found(report, "clock")[0].label


@pytest.mark.only_files
def test_a_file_older_than_its_first_entry_says_nothing(book_of: BookOf) -> None:
    """As where it was unpacked by a program that doesn't keep times."""
    book = book_of(*begun(), stamped(CASH, "2026-06-02T09:00:00+07:00"))
    book.rest()
    _written(book.path, datetime(2026, 5, 1, tzinfo=WIB))
    assert vouchers(report_of(book), "clock") == []


def _written(path: Path, at: datetime) -> None:
    for each in (path, path.with_name(f"{path.name}-wal")):
        if each.exists():
            os.utime(each, (at.timestamp(), at.timestamp()))


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
