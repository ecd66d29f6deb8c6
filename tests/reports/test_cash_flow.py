"""The statement of cash flows."""

from __future__ import annotations

from collections.abc import Callable

from kwt_books.book import Book

from .figures import by_code, cell, close, codes, earn, group, opening, report, spend
from .trade import ITEMS

BookOf = Callable[..., Book]


def test_the_sample_month(sample_book: Book) -> None:
    """Each line is the sum of the vouchers of the cash book that belong to it."""
    found = report(sample_book, "cash-flow", "2026-06")
    sold = 610_000 + 520_000 + 300_000 + 620_000 + 400_000 + 183_500 + 515_000
    settled = 102_000 + 180_000
    assert by_code(found, "amount") == {
        "from_customers": sold + settled,
        "to_suppliers": -(90_000 + 160_000 + 248_000 + 48_000),
        "wages": -(58_000 + 58_000),
        "expenses": -(107_500 + 40_000 + 200_000 + 140_000),
        "other_operating": 2_175 - 5_500 - 100,
        "savings": 200_000,
        "held": 75_000,
        "opening_cash": 4_575_000,
        "1104": 300_000,
    }
    assert cell(found, "closing_cash", "amount") == 7_127_575
    assert any("1104" in text for text in found.closing)


def test_every_kind_of_cash_has_its_line(book_of: BookOf) -> None:
    book = book_of(
        group(),
        opening(a1101=9000, a1111=500, a2101=-400, a2201=-300, a2107=-200),
        earn("2026-01-02", 100, "1111"),
        spend("2026-01-02", 90, "2101"),
        spend("2026-01-03", 80, "2201"),
        earn("2026-01-03", 1000, "2201"),
        spend("2026-01-04", 70, "2107"),
        spend("2026-01-04", 60, "6102"),
        spend("2026-01-05", 50, "8101"),
        spend("2026-01-05", 40, "1141"),
        earn("2026-01-06", 30, "4201"),
        spend("2026-01-06", 20, "1103"),
        {"kind": "transfer", "date": "2026-01-07", "from": "1101", "to": "1104", "amount": 10},
        {"kind": "asset_acquisition", "date": "2026-01-08", "code": "A", "name": "Alat",
         "account": "1202", "cost": 700, "life_months": 10, "paid_from": "1101"},
        {"kind": "asset_disposal", "date": "2026-01-09", "code": "A", "received": {"1103": 600}},
    )  # fmt: skip
    found = report(book, "cash-flow", "2026-01")
    assert by_code(found, "amount") == {
        "from_customers": 100, "to_suppliers": -90, "wages": -60, "taxes": -50,
        "other_operating": -40, "assets_bought": -700, "assets_sold": 600, "grants": 30,
        "loans": 920, "members": -70, "opening_cash": 9000, "1104": 10,
    }  # fmt: skip
    assert [cell(found, each, "amount") for each in ("operating", "investing", "financing")] == [
        -140, -100, 880,
    ]  # fmt: skip
    assert cell(found, "closing_cash", "amount") == 9640


def test_a_payment_of_several_accounts_is_split_by_its_lines(book_of: BookOf) -> None:
    """The release of a fund moves no cash, and a correction takes its line back."""
    lines = [{"account": "6102", "amount": 33}, {"account": "6103", "amount": 10},
             {"account": "7201", "amount": 1}]  # fmt: skip
    payment = {
        "kind": "payment", "date": "2026-01-08", "from": "1101", "lines": lines, "fund": "3204",
        "id": "p",
    }  # fmt: skip
    start = [group(), opening(a1101=900, a3204=-40), payment]
    found = report(book_of(*start), "cash-flow", "2026-01")
    assert by_code(found, "amount") == {
        "wages": -33, "expenses": -10, "other_operating": -1, "opening_cash": 900,
    }  # fmt: skip
    undone = {"kind": "correction", "date": "2026-01-08", "of": "p", "reason": "keliru"}
    found = report(book_of(*start, undone), "cash-flow", "2026-01")
    assert by_code(found, "amount") == {"opening_cash": 900}


def test_the_month_before_stands_beside(book_of: BookOf) -> None:
    book = book_of(
        group(), opening(a1101=900), earn("2026-01-10", 100), close("2026-01"),
        spend("2026-02-10", 7),
    )  # fmt: skip
    found = report(book, "cash-flow", "2026-02")
    assert by_code(found, "previous") == {"from_customers": 100, "opening_cash": 900}
    assert cell(found, "closing_cash", "previous") == cell(found, "opening_cash", "amount") == 1000
    assert cell(found, "net_change", "amount") == -7


def test_a_month_with_nothing(book_of: BookOf) -> None:
    found = report(book_of(opening(a1101=900)), "cash-flow", "2026-03")
    assert by_code(found, "amount") == {"opening_cash": 900}
    assert {"operating", "investing", "financing", "restricted"} <= set(codes(found))


def test_an_asset_bought_on_credit_is_invested_when_it_is_paid(book_of: BookOf) -> None:
    """What was owed first is paid first: 100 of goods, then 150 of 300 for the asset."""
    toko = {"kind": "party", "code": "toko", "name": "Toko", "role": "supplier"}
    book = book_of(
        toko, *ITEMS, opening(a1101=1_000),
        {"kind": "purchase", "date": "2026-01-03", "party": "toko",
         "lines": [{"item": "pupuk", "qty": 1, "amount": 100}]},
        {"kind": "asset_acquisition", "date": "2026-01-04", "code": "A", "name": "Alat",
         "account": "1202", "cost": 300, "life_months": 10, "party": "toko"},
        {**spend("2026-01-20", 250, "2101"), "party": "toko", "id": "bayar"},
        {"kind": "correction", "date": "2026-02-02", "of": "bayar", "reason": "salah toko"},
        {**spend("2026-03-05", 400, "2101"), "party": "toko"},
    )  # fmt: skip
    flows = [
        (cell(found, "to_suppliers", "amount"), cell(found, "assets_bought", "amount"))
        for found in (report(book, "cash-flow", f"2026-0{month}") for month in (1, 2, 3))
    ]
    assert flows == [(-100, -150), (100, 150), (-100, -300)]
