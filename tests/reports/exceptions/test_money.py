"""Money: paid twice, without a receipt, round, unstamped, below nil, too much in the house."""

from __future__ import annotations

from datetime import date

import pytest

from kwt_books.reports.model import RowKind
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
    vouchers,
)


def test_the_same_payment_twice(book_of: BookOf) -> None:
    twice = [payment(70_000, party="toko"), payment(70_000, party="toko")]
    near = [payment(70_000, party="ani"), payment(70_001, party="toko"),
            payment(70_000, "2026-06-11", party="toko")]  # fmt: skip
    report = report_of(book_of(*SETUP, CASH, *twice, *near))
    (row,) = found(report, "twice")
    assert row.cells[0] == "BKK-2606-0002"
    assert "BKK-2606-0001" in row.label


def test_a_second_one_that_was_undone_is_none(book_of: BookOf) -> None:
    undo = {"kind": "correction", "date": "2026-06-12", "of": "x", "reason": "Dobel"}
    lines = [payment(70_000, party="toko"), payment(70_000, party="toko", id="x"), undo]
    assert "twice" not in only(report_of(book_of(*SETUP, CASH, *lines)))


def test_payments_without_a_receipt(book_of: BookOf) -> None:
    attached = {"kind": "attachment", "of": "x", "name": "nota.jpg", "type": "image/jpeg",
                "sha256": "0" * 64}  # fmt: skip
    lines = [payment(150_000, id="x"), payment(120_000), payment(99_999), attached]
    assert vouchers(report_of(book_of(*SETUP, CASH, *lines)), "receipts") == ["BKK-2606-0002"]


def test_a_book_without_attachments_keeps_its_receipts_on_paper(book_of: BookOf) -> None:
    report = report_of(book_of(*SETUP, CASH, payment(150_000), payment(170_000)))
    assert "receipts" not in only(report)
    notes = [row.label for row in report.rows if row.kind is RowKind.NOTE]
    assert any("kertasnya: 2." in note for note in notes)


def test_round_amounts(book_of: BookOf) -> None:
    report = report_of(book_of(*SETUP, CASH, payment(1_500_000), payment(1_450_000)))
    assert vouchers(report, "round") == ["BKK-2606-0001"]


def test_receipts_without_duty_stamp(book_of: BookOf) -> None:
    lines = [
        payment(5_000_001, party="toko"),
        payment(5_000_001, "2026-06-11", party="toko", memo="Kuitansi bermaterai"),
        payment(5_000_000, "2026-06-12", party="toko"),
        payment(5_000_001, "2026-06-13", party="ani"),
    ]
    report = report_of(book_of(*SETUP, CASH, {**CASH, "memo": "e-Meterai"}, *lines))
    assert vouchers(report, "stamps") == ["BKK-2606-0001"]


def test_papers_with_outsiders_bear_stamps_and_a_market_days_do_not(book_of: BookOf) -> None:
    much, money = 5_000_001, {"1103": 5_000_001}
    sold = {"item": "keripik", "price": much}
    lines: list[Line] = [
        purchase("keripik", 9, 90),
        {"kind": "market_day", "date": "2026-06-03", "venue": "pasar", "received": money,
         "lines": [{**sold, "taken": 1, "sold": 1}]},
        {"kind": "sale", "date": "2026-06-04", "lines": [{**sold, "qty": 1}], "received": money},
        {"kind": "consignment", "date": "2026-06-05", "shop": "siti",
         "lines": [{"item": "keripik", "qty": 1}]},
        {"kind": "consignment_settlement", "date": "2026-06-06", "shop": "siti",
         "lines": [{**sold, "sold": 1}], "received": money},
        {"kind": "asset_acquisition", "date": "2026-06-07", "code": "A", "name": "Alat",
         "account": "1203", "cost": much, "life_months": 10, "paid_from": "1103"},
        {"kind": "transfer", "date": "2026-06-08", "from": "1103", "to": "1101", "amount": much},
    ]  # fmt: skip
    report = report_of(book_of(*SETUP, CASH, *lines))
    assert sorted(row.cells[1].day for row in found(report, "stamps")) == [4, 6, 7]


def test_days_on_which_cash_was_below_nil(book_of: BookOf) -> None:
    lines = [payment(9_000_001, "2026-06-05"), payment(5, "2026-06-07"),
             {**CASH, "date": "2026-06-09"}]  # fmt: skip
    report = report_of(book_of(*SETUP, CASH, *lines))
    (row,) = found(report, "cash-below-nil")
    assert row.cells[:3] == ("BKK-2606-0001", date(2026, 6, 5), -6)
    assert "05/06/2026" in row.label
    assert "08/06/2026" in row.label


@pytest.mark.parametrize(("last", "is_odd"), [("2026-06-10", False), ("2026-06-11", True)])
def test_much_cash_in_the_house(book_of: BookOf, last: str, is_odd: bool) -> None:
    lines = [
        {**CASH, "date": "2026-06-05", "into": "1101"},
        {"kind": "transfer", "date": last, "from": "1101", "to": "1103", "amount": 8_000_000},
    ]
    report = report_of(book_of(*SETUP, *lines))
    assert [row.cells[2] for row in found(report, "much-cash")] == ([9_000_000] if is_odd else [])


def test_a_balance_below_nil_that_was_carried_in(book_of: BookOf) -> None:
    """The days before the period count for nothing, what they left behind does."""
    lines = [payment(10_000_000, "2026-06-05"), {**CASH, "date": "2026-07-03"}]
    book = book_of(*SETUP, CASH, *lines)
    (row,) = found(report_of(book, month="2026-07"), "cash-below-nil")
    assert row.cells[:3] == (None, date(2026, 7, 1), -1_000_000)
    assert "02/07/2026" in row.label
    assert found(report_of(book, month="2026-08"), "cash-below-nil") == []
