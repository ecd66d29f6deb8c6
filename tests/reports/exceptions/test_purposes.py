"""Money that is somebody's, entries that nothing proves, and goods on days they weren't there."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import Any

import pytest

from kwt_books.book import Book
from kwt_books.store.driver import sqlite3
from tests.reports.exceptions.lines import (
    CASH,
    SETUP,
    BookOf,
    Line,
    found,
    only,
    payment,
    purchase,
    report_of,
)

PROGRAMME: Line = {
    "kind": "programme", "code": "gizi", "name": "Kebun Gizi",
    "budget": [
        {"line": "1", "name": "Upah", "amount": 60_000},
        {"line": "2", "name": "Alat", "amount": 90_000},
    ],
}  # fmt: skip
GIVEN: Line = {
    "kind": "grant", "date": "2026-06-01", "account": "2110", "programme": "gizi",
    "cash": {"into": "1103", "amount": 100_000},
}  # fmt: skip


def of_programme(amount: int, day: str, line: str | None = None, **more: Any) -> Line:
    made = payment(amount, day, programme="gizi", **more)
    if line is not None:
        made["lines"][0]["budget"] = line
    return made


def undo(of: str) -> Line:
    return {"kind": "correction", "date": "2026-06-29", "of": of, "reason": "Salah"}


# -- programmes ----------------------------------------------------------------------------


def test_a_programme_that_had_less_left(book_of: BookOf) -> None:
    lines = [of_programme(70_000, "2026-06-05"), of_programme(40_000, "2026-06-06"),
             of_programme(5_000, "2026-06-07"), of_programme(9_000, "2026-06-08", id="x"),
             undo("x")]  # fmt: skip
    report = report_of(book_of(*SETUP, CASH, PROGRAMME, GIVEN, *lines))
    rows = found(report, "overspent")
    assert [row.cells[:3] for row in rows] == [
        ("BKK-2606-0002", date(2026, 6, 6), 10_000),
        ("BKK-2606-0003", date(2026, 6, 7), 5_000),
    ]
    assert all("Kebun Gizi" in row.label for row in rows)


def test_money_given_back_is_no_spending_beyond(book_of: BookOf) -> None:
    back = payment(30_000, "2026-06-09", programme="gizi")
    back["lines"].append({"account": "2110", "amount": 70_000})
    assert "overspent" not in only(report_of(book_of(*SETUP, CASH, PROGRAMME, GIVEN, back)))


def test_a_budget_line_that_came_to_more_than_was_planned(book_of: BookOf) -> None:
    lines = [
        of_programme(50_000, "2026-05-20", "1"),
        of_programme(10_000, "2026-06-05", "1"),
        of_programme(1_000, "2026-06-06", "1"),
        of_programme(7_000, "2026-06-07", "2"),
    ]
    given = {**GIVEN, "date": "2026-05-01"}
    book = book_of(*SETUP, CASH, PROGRAMME, given, *lines)
    (row,) = found(report_of(book), "overspent")
    assert row.cells[:3] == ("BKK-2606-0002", date(2026, 6, 6), 1_000)
    assert "Upah" in row.label
    assert "overspent" not in only(report_of(book, month="2026-05")), "it was within it then"
    assert "overspent" not in only(report_of(book, month="2026-07")), "nothing was spent of it"


# -- memorials, the bank, dues -------------------------------------------------------------


def test_memorial_entries_are_all_named(book_of: BookOf) -> None:
    memorial = {
        "kind": "memorial", "date": "2026-06-20", "reason": "Listrik Juni",
        "lines": [{"account": "6104", "debit": 45_000}, {"account": "2101", "credit": 45_000}],
    }  # fmt: skip
    lines = [memorial, {**memorial, "id": "x"}, undo("x")]
    (row,) = found(report_of(book_of(*SETUP, *lines)), "memorials")
    assert row.cells[:3] == ("BM-2606-0001", date(2026, 6, 20), 45_000)


def test_months_that_were_not_held_against_the_bank(book_of: BookOf) -> None:
    reconciled = {"kind": "bank_reconciliation", "date": "2026-05-31", "account": "1103",
                  "statement": 8_990_000}  # fmt: skip
    lines = [{**CASH, "date": "2026-05-02"}, payment(10_000, "2026-05-04"), reconciled,
             payment(20_000, "2026-06-04"), payment(1, "2026-07-04")]  # fmt: skip
    report = report_of(book_of(*SETUP, *lines), start=date(2026, 5, 1), end=date(2026, 7, 31))
    assert [(row.cells[1], row.cells[2]) for row in found(report, "unreconciled")] == [
        (date(2026, 6, 30), 8_970_000)
    ], "May is reconciled, July isn't over"


def test_a_reconciliation_that_was_undone_is_missing(book_of: BookOf) -> None:
    reconciled = {"kind": "bank_reconciliation", "date": "2026-06-30", "account": "1103",
                  "statement": 9_000_000, "id": "x"}  # fmt: skip
    lines = [CASH, reconciled, {**undo("x"), "date": "2026-06-30"}]
    assert only(report_of(book_of(*SETUP, *lines)))["unreconciled"] == 1
    assert "unreconciled" not in only(report_of(book_of(*SETUP, *lines[:2])))


def test_dues_that_bear_nobodys_name(book_of: BookOf) -> None:
    named = ((5_000, {"party": "ani"}), (7_000, {}), (9_000, {"id": "x"}))
    lines = [
        {"kind": "receipt", "date": "2026-06-05", "into": "1104",
         "lines": [{"account": "2104", "amount": amount}], **more}
        for amount, more in named
    ]  # fmt: skip
    opening = {"kind": "opening_balance", "date": "2026-06-01",
               "balances": {"1104": 3_000, "2104": -3_000}}  # fmt: skip
    report = report_of(book_of(*SETUP, opening, *lines, undo("x")))
    (row,) = found(report, "nameless-dues")
    assert row.cells[:3] == ("BKM-2606-0003", date(2026, 6, 5), 7_000)


# -- goods on their day --------------------------------------------------------------------


def dated(book: Book, number: str, day: str) -> None:
    """Gives a document another day, as only a book of before, or a hand in the file, can."""
    with closing(sqlite3.connect(book.path)) as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            file.execute(f"DROP TRIGGER {name}")
        (sequence,) = file.execute(
            "SELECT sequence FROM document WHERE number = ?", (number,)
        ).fetchone()
        for table, key in (("document", "sequence"), ("posting", "document"), ("move", "document")):
            file.execute(f"UPDATE {table} SET date = ? WHERE {key} = ?", (day, sequence))
        file.commit()


def sale(quantity: int, day: str) -> Line:
    return {"kind": "distribution", "date": day, "lines": [{"item": "kemasan", "qty": quantity}]}


@pytest.fixture
def early(book_of: BookOf) -> Book:
    """Ten came on the 10th; six of them went on the 8th, all but one of the rest on the 12th."""
    lines = [purchase("kemasan", 10, 20_000, "2026-06-10"), sale(6, "2026-06-11"),
             sale(3, "2026-06-12")]  # fmt: skip
    book = book_of(*SETUP, CASH, *lines)
    dated(book, "BM-2606-0001", "2026-06-08")
    return book


@pytest.mark.only_files
def test_goods_below_nil_on_some_days(early: Book) -> None:
    (row,) = found(report_of(early), "stock-below-nil")
    assert row.cells[:2] == ("BM-2606-0001", date(2026, 6, 8))
    assert "-6" in row.label.replace("−", "-")
    assert "08/06/2026" in row.label
    assert "09/06/2026" in row.label


@pytest.mark.only_files
def test_goods_below_nil_when_the_period_begins(early: Book) -> None:
    report = report_of(early, start=date(2026, 6, 9), end=date(2026, 6, 30))
    assert [row.cells[:2] for row in found(report, "stock-below-nil")] == [(None, date(2026, 6, 9))]
    after = report_of(early, start=date(2026, 6, 10), end=date(2026, 6, 30))
    assert "stock-below-nil" not in only(after)


@pytest.mark.only_files
def test_goods_that_went_before_their_lot_came(early: Book) -> None:
    (row,) = found(report_of(early), "before-lot")
    assert row.cells[:3] == ("BM-2606-0001", date(2026, 6, 8), 12_000)
    assert "10/06/2026" in row.label
