"""Goods at the shops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kwt_books.book import Book
from kwt_books.domain.errors import RuleError
from kwt_books.reports.model import Report, Row, RowKind

from .figures import codes, opening, report, rows
from .trade import ITEMS, buy, send, settle, undo

BookOf = Callable[..., Book]

START = (opening(a1101=1_000_000), *ITEMS, buy("2026-01-02", "keripik", 50, 300_000))


def total(found: Report, shop: str) -> dict[str, Any]:
    (row,) = (row for row in rows(found, RowKind.SUBTOTAL) if row.code == f"shop:{shop}")
    return values(found, row)


def values(found: Report, row: Row) -> dict[str, Any]:
    return dict(zip([column.key for column in found.columns], row.cells, strict=True))


def test_the_sample_month_reads_as_on_paper(sample_book: Book) -> None:
    found = report(sample_book, "consignment", "2026-06")
    keys = ("opening", "delivered", "sold", "returned", "spoiled", "left", "revenue")
    wanted = {
        "siti": (15_000, 30_000, 33_000, 6_000, 1_000, 5_000, 285_500),
        "joko": (0, 10_000, 8_000, 0, 0, 2_000, 68_000),
    }
    for shop, figures in wanted.items():
        assert tuple(total(found, shop)[key] for key in keys) == figures
    assert [total(found, "joko")[key] for key in ("owed", "owed_days", "settled_days")] == [
        68_000, 5, 5,
    ]  # fmt: skip
    assert [total(found, "siti")[key] for key in ("owed", "owed_days")] == [0, None]
    assert found.figures["value"] == 48_575


def test_a_month_opens_with_what_was_left(book_of: BookOf) -> None:
    book = book_of(
        *START, send("2026-01-05", "siti", "keripik", 20),
        settle("2026-01-20", "siti", {"item": "keripik", "sold": 6, "returned": 2, "spoiled": 1},
               received={"1101": 10_000}),
        {"kind": "stock_count", "date": "2026-02-03", "place": "shop:siti",
         "lines": [{"item": "keripik", "counted": 9}]},
        settle("2026-02-20", "siti", {"item": "keripik", "sold": 1}, id="x"),
        undo("2026-02-25", "x"),
        {"kind": "receipt", "date": "2026-02-26", "into": "1101", "party": "siti",
         "lines": [{"account": "1112", "amount": 20_000}]},
    )  # fmt: skip
    january = total(report(book, "consignment", "2026-01"), "siti")
    assert [january[key] for key in ("opening", "left", "value", "owed", "owed_days")] == [
        0, 11_000, 66_000, 50_000, 11,
    ]  # fmt: skip
    february = total(report(book, "consignment", "2026-02"), "siti")
    assert {key: february[key] for key in ("opening", "sold", "counted", "left", "revenue")} == {
        "opening": 11_000, "sold": 0, "counted": -2_000, "left": 9_000, "revenue": 0,
    }  # fmt: skip
    assert (february["owed"], february["owed_days"]) == (30_000, 39)
    assert february["settled_days"] == 39, "a settlement that was undone settled nothing"


def test_goods_of_different_units_are_not_added_up(book_of: BookOf) -> None:
    book = book_of(
        *START, buy("2026-01-03", "sayur", 10, 40_000), send("2026-01-05", "siti", "keripik", 5),
        send("2026-01-05", "siti", "sayur", "2.5"), send("2026-01-06", "joko", "sayur", 1),
    )  # fmt: skip
    found = report(book, "consignment")
    assert total(found, "siti")["left"] is None
    assert total(found, "joko")["left"] == 1_000
    assert total(found, "siti")["value"] == 40_000
    assert found.figures == {"value": 44_000, "revenue": 0, "owed": 0}


def test_one_shop_alone_even_with_nothing(sample_book: Book, book_of: BookOf) -> None:
    alone = report(sample_book, "consignment", "2026-06", shop="joko")
    assert codes(alone) == ["shop:joko", "keripik-bayam", "shop:joko", "total"]
    empty = report(book_of(*START), "consignment", shop="joko")
    assert codes(empty) == ["shop:joko", "shop:joko", "total"]
    for shop, refusal in (("nobody", "unknown-party"), ("toko-tani", "wrong-role")):
        with pytest.raises(RuleError) as refused:
            report(sample_book, "consignment", shop=shop)
        assert refused.value.code == refusal
