"""The register of fixed assets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kwt_books.book import Book

from .figures import cell, codes, day, opening, report
from .trade import undo

BookOf = Callable[..., Book]


def acquire(when: str, code: str, cost: int, **more: Any) -> dict[str, Any]:
    return {"kind": "asset_acquisition", "date": when, "code": code, "name": f"Alat {code}",
            "account": "1203", "cost": cost, "life_months": 10,
            "paid_from": "1101", **more}  # fmt: skip


def write_off(month: str, **more: Any) -> dict[str, Any]:
    return {"kind": "depreciation", "month": month, **more}


START = opening(a1101=1_000_000)


def test_the_sample_month(sample_book: Book, expected: dict[str, Any]) -> None:
    found = report(sample_book, "assets", "2026-06")
    assert found.figures == {
        "cost": 8_400_000, "accumulated": 1_650_000,
        "book_value": expected["position"]["fixed_assets_net"], "depreciation": 150_000,
    }  # fmt: skip
    assert cell(found, "RB-1", "acquired") == day("2025-08-01")


def test_one_that_went_stands_apart(book_of: BookOf) -> None:
    book = book_of(
        START, acquire("2026-01-05", "A", 10_000), acquire("2026-01-05", "B", 5_000),
        write_off("2026-01"), write_off("2026-02"),
        {"kind": "asset_disposal", "date": "2026-02-28", "code": "A", "received": {"1101": 1}},
    )  # fmt: skip
    found = report(book, "assets", "2026-02")
    assert codes(found) == ["1203", "B", "1203", "disposed", "A", "total"]
    assert [cell(found, "A", key) for key in ("cost", "accumulated", "depreciation")] == [
        0, 0, 1_000,
    ]  # fmt: skip
    assert cell(found, "A", "disposed") == day("2026-02-28")
    assert found.rows[4].label == "Alat A (biaya perolehan Rp10.000, nilai buku Rp8.000)"
    assert found.figures == {
        "cost": 5_000, "accumulated": 1_000, "book_value": 4_000, "depreciation": 1_500,
    }  # fmt: skip
    assert codes(report(book, "assets", "2026-03")) == ["1203", "B", "1203", "total"]
    before = report(book, "assets", until=day("2026-02-27"))
    assert cell(before, "A", "book_value") == 9_000


def test_what_was_undone(book_of: BookOf) -> None:
    book = book_of(
        START, acquire("2026-01-05", "A", 10_000, id="a"), undo("2026-02-05", "a"),
        acquire("2026-01-05", "B", 5_000), write_off("2026-01", id="d"), undo("2026-02-10", "d"),
        {"kind": "asset_disposal", "date": "2026-02-15", "code": "B", "id": "g"},
        undo("2026-02-16", "g"),
    )  # fmt: skip
    january = report(book, "assets", "2026-01")
    assert [cell(january, "A", key) for key in ("account", "cost")] == ["1203", 10_000]
    assert cell(january, "B", "depreciation") == 500
    february = report(book, "assets", "2026-02")
    assert codes(february) == ["1203", "B", "1203", "total"]
    assert cell(february, "B", "depreciation") == -500
    assert cell(february, "B", "disposed") is None


def test_each_asset_of_an_opening_that_was_undone_is_itself(book_of: BookOf) -> None:
    def owned(code: str, account: str, cost: int) -> dict[str, Any]:
        return {"code": code, "name": f"Alat {code}", "account": account, "cost": cost,
                "accumulated": 0, "acquired": "2025-12-01", "life_months": 10}  # fmt: skip

    begun = {
        **opening(a1101=100_000, a1202=7_000, a1203=9_000), "id": "x",
        "assets": [owned("A", "1202", 7_000), owned("B", "1203", 9_000)],
    }  # fmt: skip
    book = book_of(begun, undo("2026-02-01", "x"))
    found = report(book, "assets", "2026-01")
    for code, account, cost in (("A", "1202", 7_000), ("B", "1203", 9_000)):
        assert [cell(found, code, key) for key in ("account", "cost")] == [account, cost]
    assert codes(report(book, "assets", "2026-02")) == ["total"]


def test_a_code_that_came_anew(book_of: BookOf) -> None:
    book = book_of(
        START, acquire("2026-01-05", "A", 10_000), write_off("2026-01"),
        {"kind": "asset_disposal", "date": "2026-02-02", "code": "A"},
        acquire("2026-02-03", "A", 500, account="1202"), write_off("2026-02"),
    )  # fmt: skip
    found = report(book, "assets", "2026-02")
    assert codes(found) == ["1202", "A", "1202", "disposed", "A", "total"]
    new, old = (row for row in found.rows if row.code == "A")
    assert new.cells[3:7] == (500, 50, 450, 50)
    assert old.cells[3:] == (0, 0, 0, 0, day("2026-02-02"))
    assert cell(report(book, "assets", "2026-01"), "A", "account") == "1203"
