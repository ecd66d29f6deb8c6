"""What each product leaves after spoilage and samples."""

from __future__ import annotations

from datetime import date

from kwt_books.book import Book
from kwt_books.domain.accounts import PROMOTION, SPOILAGE
from kwt_books.queries.margins import Margin, margins
from kwt_books.queries.sales import find_sales
from tests.books import column
from tests.reports.figures import opening
from tests.reports.test_sales import BookOf
from tests.reports.trade import ITEMS, buy, market, sell, send, settle, undo

JANUARY = (date(2026, 1, 1), date(2026, 1, 31))


def test_all_that_a_product_costs_is_taken_off(book_of: BookOf) -> None:
    """Packs at 6.000 are sold at 10.000: 5 at market where 2 are tasted and 1 spoils, 3 in a shop
    where 1 spoils, and at the count one is missing. What was undone counts for nothing, and
    kilograms of what was not sold for nothing either.
    """
    book = book_of(
        opening(a1101=1_000_000), *ITEMS,
        buy("2026-01-02", "keripik", 50, 300_000), buy("2026-01-02", "sayur", 100, 400_000),
        market("2026-01-05", 50_000,
               {"item": "keripik", "taken": 8, "sold": 5, "spoiled": 1, "sampled": 2}),
        send("2026-01-06", "siti", "keripik", 6),
        settle("2026-01-07", "siti", {"item": "keripik", "sold": 3, "spoiled": 1},
               received={"1101": 30_000}),
        sell("2026-01-08", "keripik", 4, received={"1101": 40_000}),
        undo("2026-01-09", "BKM-2601-0004"),
        {"kind": "stock_count", "date": "2026-01-10", "place": "store",
         "lines": [{"item": "keripik", "counted": 35}, {"item": "sayur", "counted": 99}]},
    )  # fmt: skip
    (keripik,) = book.read(margins, *JANUARY)
    assert keripik == Margin("keripik", "Keripik bayam", 80_000, 48_000, 18_000, 12_000)
    assert keripik.left == 80_000 - 13 * 6_000
    assert book.read(margins, date(2026, 2, 1), date(2026, 2, 28)) == ()


def test_what_was_only_tasted_is_a_product_too(book_of: BookOf) -> None:
    """It stands before what was sold on the same day, and hides nothing of that."""
    book = book_of(
        opening(a1101=1_000_000), *ITEMS,
        buy("2026-01-02", "keripik", 10, 60_000), buy("2026-01-02", "sayur", 10, 40_000),
        market("2026-01-05", 50_000, {"item": "sayur", "taken": 1, "sold": 0, "sampled": 1},
               {"item": "keripik", "taken": 5, "sold": 5}),
    )  # fmt: skip
    assert book.read(margins, *JANUARY) == (
        Margin("keripik", "Keripik bayam", 50_000, 30_000, 0, 0),
        Margin("sayur", "Sayur campur", 0, 0, 0, 4_000),
    )


def test_it_adds_up_to_the_accounts(sample_book: Book) -> None:
    """Sales and costs are those of the sales report, losses and samples those posted."""
    june = (date(2026, 6, 1), date(2026, 6, 30))
    found = sample_book.read(margins, *june)
    goods = sample_book.read(lambda r: find_sales(r.connection, r.setup, *june)).goods
    assert sum(each.revenue for each in found) == sum(each.revenue for each in goods)
    assert sum(each.cost for each in found) == sum(each.cost for each in goods)
    for account, amount in (
        (SPOILAGE, sum(each.lost for each in found)),
        (PROMOTION, sum(each.sampled for each in found)),
    ):
        posted = sample_book.read(
            column,
            "SELECT COALESCE(sum(p.amount), 0) FROM posting p JOIN document d"
            " ON d.sequence = p.document WHERE p.closing = 0"
            " AND p.date BETWEEN '2026-06-01' AND '2026-06-30'"
            f" AND p.account = '{account}' AND d.kind IN"
            " ('market_day', 'consignment_settlement', 'stock_count')",
        )
        assert [amount] == posted, account
    assert [each.left for each in found] == sorted((e.left for e in found), reverse=True)
