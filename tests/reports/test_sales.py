"""Sales three ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kwt_books.book import Book
from kwt_books.reports.model import Report, Row, RowKind

from .figures import cell, earn, opening, report, rows
from .trade import ITEMS, buy, market, sell, send, settle, undo

BookOf = Callable[..., Book]


def section(found: Report, code: str) -> dict[str, Row]:
    """Rows of one section by their codes."""
    heads = [n for n, row in enumerate(found.rows) if row.kind is RowKind.SECTION]
    at = next(n for n in heads if found.rows[n].code == code)
    end = next((n for n in heads if n > at), len(found.rows))
    return {row.code or "": row for row in found.rows[at + 1 : end]}


def shop() -> list[dict[str, Any]]:
    return [
        opening(a1101=1_000_000), *ITEMS, buy("2026-01-02", "sayur", 100, 400_000),
        buy("2026-01-02", "keripik", 50, 300_000),
    ]  # fmt: skip


def test_the_sample_month_reads_as_on_paper(sample_book: Book, expected: dict[str, Any]) -> None:
    found = report(sample_book, "sales", "2026-06")
    channels = section(found, "by-channel")
    assert [(row.label, row.cells[2], row.cells[6]) for row in channels.values()] == [
        ("Outlet Jumat (4 kali buka)", 2_270_000, 683),
        ("Gelar Produk (1 kali buka)", 400_000, 120),
        ("Penjualan langsung", 300_000, 90),
        ("Titip jual Warung Bu Siti", 285_500, 86),
        ("Titip jual Warung Pak Joko", 68_000, 20),
        ("JUMLAH", 3_323_500, 1000),
    ]
    products = section(found, "by-product")
    accounts = {"sayur": "01", "keripik-bayam": "02", "keripik-pare": "03", "bibit-cabai": "04"}
    for item, account in accounts.items():
        assert products[item].cells[2] == expected["profit_loss"]["41" + account]
        assert products[item].cells[3] == -expected["profit_loss"]["51" + account]
    weeks = section(found, "by-week")
    assert list(weeks) == ["2026-W23", "2026-W24", "2026-W25", "2026-W26", "total"]
    assert weeks["2026-W23"].label == "1–7 Juni 2026"


def test_the_price_and_account_are_those_of_the_day(book_of: BookOf) -> None:
    """A price changed later changes nothing that was sold before; nor does another account."""
    sayur = next(each for each in ITEMS if each.get("code") == "sayur")
    moved = {**sayur, "price": 99_999, "sales_account": "4104", "cost_account": "5104"}
    book = book_of(
        *shop(), market("2026-01-05", 24_000, {"item": "sayur", "taken": 2, "sold": 2}),
        moved, sell("2026-01-06", "sayur", 1, price=10_000, received={"1101": 10_000}),
    )  # fmt: skip
    found = section(report(book, "sales"), "by-product")
    assert found["sayur"].cells[:5] == (3_000, "kg", 34_000, 12_000, 22_000)
    assert set(found) == {"sayur", "total"}


def test_margins_round_halves_up_and_can_be_below_nothing(book_of: BookOf) -> None:
    book = book_of(*shop(), sell("2026-01-05", "keripik", 1, price=3_200, received={"1101": 3_200}))
    assert section(report(book, "sales"), "by-product")["keripik"].cells[2:6] == (
        3_200, 6_000, -2_800, -875,
    )  # fmt: skip


def test_spoiled_and_sampled_goods_are_no_cost_of_sales(book_of: BookOf) -> None:
    line = {"item": "keripik", "taken": 10, "sold": 4, "returned": 1, "spoiled": 3, "sampled": 2}
    found = report(book_of(*shop(), market("2026-01-05", 40_000, line, line)), "sales")
    assert section(found, "by-product")["keripik"].cells[:4] == (8_000, "bungkus", 80_000, 48_000)


def test_discounts_and_plain_receipts_stand_apart(book_of: BookOf) -> None:
    book = book_of(
        *shop(),
        sell("2026-01-05", "sayur", 10, discount=20_000, received={"1101": 100_000}),
        earn("2026-01-06", 7_000, "4101"), earn("2026-01-06", 9_000, "4201"),
    )  # fmt: skip
    found = report(book, "sales")
    products, channels = section(found, "by-product"), section(found, "by-channel")
    assert {code: row.cells[2] for code, row in products.items()} == {
        "sayur": 120_000, "4101": 7_000, "4109": -20_000, "total": 107_000,
    }  # fmt: skip
    assert {code: row.cells[2] for code, row in channels.items()} == {
        "direct": 100_000, "other": 7_000, "total": 107_000,
    }  # fmt: skip
    assert products["4101"].label == "Penjualan Sayuran, tanpa rincian barang"
    assert found.figures["revenue"] == 107_000


def test_corrections_take_back_where_they_are_dated(book_of: BookOf) -> None:
    book = book_of(
        *shop(), send("2026-01-10", "siti", "keripik", 10),
        settle("2026-01-20", "siti", {"item": "keripik", "sold": 5, "price": 9_000}, id="s"),
        market("2026-01-21", 12_000, {"item": "sayur", "taken": 1, "sold": 1}, id="m"),
        undo("2026-01-30", "m"), undo("2026-02-01", "s"),
    )  # fmt: skip
    january = report(book, "sales", "2026-01")
    assert section(january, "by-channel")["shop:siti"].cells[:4] == (
        5_000, "bungkus", 45_000, 30_000,
    )  # fmt: skip
    assert section(january, "by-channel")["pasar-pagi"].label == "Pasar Pagi (0 kali buka)"
    assert section(january, "by-channel")["pasar-pagi"].cells[2:4] == (0, 0)
    february = report(book, "sales", "2026-02")
    assert cell(february, "shop:siti", "revenue") == -45_000
    assert cell(february, "shop:siti", "share") is None
    assert february.figures["cost"] == -30_000


def test_a_week_over_the_end_of_a_month_is_cut(book_of: BookOf) -> None:
    found = report(book_of(*shop(), earn("2026-01-01", 5), earn("2026-01-30", 5)), "sales")
    assert [row.label for row in section(found, "by-week").values()] == [
        "1–4 Januari 2026", "26–31 Januari 2026", "JUMLAH",
    ]  # fmt: skip


def test_nothing_sold(book_of: BookOf) -> None:
    found = report(book_of(*shop()), "sales")
    assert [row.kind for row in rows(found, *RowKind)] == [RowKind.TOTAL]
    assert found.figures == {"revenue": 0, "cost": 0, "margin": 0}
