"""What forms of selling begin with: goods in the order of a stall, market days; what was sold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.values import Month
from kwt_books.queries.selling import SessionLine, sales_of, selling
from tests.books import book_at
from tests.reports.figures import opening
from tests.reports.trade import ITEMS, Line, buy, market, sell, send, settle, undo

pytestmark = pytest.mark.only_files


def finished(code: str, name: str, kind: str = "finished") -> Line:
    return {"kind": "item", "code": code, "name": name, "unit": "botol", "class": kind,
            "sales_account": "4102", "cost_account": "5102"}  # fmt: skip


@pytest.fixture(scope="module")
def book(books: Books, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    cheap = {"item": "keripik", "taken": 5, "sold": 2, "sampled": 1, "returned": 2,
                  "price": 9_000}  # fmt: skip
    lines: tuple[Line, ...] = (
        *ITEMS, finished("abon", "abon"), finished("selai", "Selai"),
        opening(a1101=500_000),
        buy("2026-01-02", "sayur", 9, 36_000), buy("2026-01-02", "keripik", 20, 20_000),
        buy("2026-01-02", "abon", 1, 6_000), buy("2026-01-02", "bibit", 5, 5_000),
        market("2026-01-03", 30_000,
               {"item": "sayur", "taken": 3, "sold": "2.5", "returned": "0.5"}, venue="outlet"),
        market("2026-01-10", 18_000, cheap,
               {"item": "sayur", "taken": 1, "sold": 0, "returned": 1}),
        market("2026-01-11", 10_000, {"item": "keripik", "taken": 1, "sold": 1}, id="salah"),
        undo("2026-01-12", "salah"),
        send("2026-01-13", "siti", "keripik", 6),
        settle("2026-01-14", "siti", {"item": "keripik", "sold": 3}, commission=3_000,
               received={"1101": 20_000}),
        sell("2026-01-31", "sayur", 1, party="rina", discount=2_000,
             received={"1101": 2_000, "1103": 5_000}),
        sell("2026-02-01", "sayur", 1, received={"1101": 12_000}),
    )  # fmt: skip
    path = book_at(books, tmp_path_factory.mktemp("selling") / "book.kwt", lines)
    with closing(books.open(path, read_only=True)) as made:
        yield made


def test_goods_at_hand_come_first_produce_before_what_was_made(book: Book) -> None:
    """What has no accounts of sales is not for sale."""
    found = book.read(selling)
    told = [(each.code, each.on_hand, each.price) for each in found.goods]
    assert told == [
        ("sayur", 4_500, 12_000),
        ("abon", 1_000, None),
        ("keripik", 11_000, 10_000),
        ("bibit", 5_000, 2_000),
        ("selai", 0, None),
    ]
    assert found.good("abon") is found.goods[1]
    assert found.good("pupuk") is None


def test_a_price_is_special_where_a_shop_has_another_one(book: Book) -> None:
    good = book.read(selling).goods[0]
    agreed = replace(good, agreed=date(2026, 1, 5), usual=good.price)
    assert [good.is_special, agreed.is_special] == [False, False]
    assert replace(agreed, price=11_000).is_special


def test_market_days_that_hold_the_newest_first(book: Book) -> None:
    found = book.read(selling).sessions
    assert [(each.date, each.venue) for each in found] == [
        (date(2026, 1, 10), "pasar-pagi"),
        (date(2026, 1, 3), "outlet"),
    ]
    assert found[0].lines == (
        SessionLine("keripik", 5_000, 2_000, 9_000), SessionLine("sayur", 1_000, 0, None),
    )  # fmt: skip


def test_sales_tell_what_they_earned_brought_and_left_owing(book: Book) -> None:
    """Less discount; what a shop keeps is no less earned. What was undone is among them."""
    found = book.read(sales_of, Month("2026-01"))
    chips, greens = ("Keripik bayam", "bungkus"), ("Sayur campur", "kg")
    told = [
        (each.where, each.goods, each.revenue, each.received, each.owed, each.corrected_by is None)
        for each in found
    ]
    assert told == [
        ("rina", ((greens[0], 1_000, greens[1]),), 10_000, 7_000, 3_000, True),
        ("siti", ((chips[0], 3_000, chips[1]),), 30_000, 20_000, 7_000, True),
        ("pasar-pagi", ((chips[0], 1_000, chips[1]),), 10_000, 10_000, 0, False),
        ("pasar-pagi", ((chips[0], 2_000, chips[1]),), 18_000, 18_000, 0, True),
        ("outlet", ((greens[0], 2_500, greens[1]),), 30_000, 30_000, 0, True),
    ]
    assert [each.kind for each in found[:3]] == ["sale", "consignment_settlement", "market_day"]
