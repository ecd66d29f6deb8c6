"""What pages of the garden, of shops and of sales list of a small group's days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kwt_books.book import Book
from kwt_books.domain.values import Month
from kwt_books.queries.documents import eve
from kwt_books.queries.garden import garden
from kwt_books.queries.money import till
from kwt_books.queries.selling import sales_of
from kwt_books.queries.shops import visits
from tests.reports.figures import earn, opening, spend
from tests.reports.trade import ITEMS, buy, market, sell, send, settle, undo

JANUARY = Month("2026-01")
DAY = timedelta(days=1)


@pytest.fixture
def book(book_of: Callable[..., Book]) -> Book:
    """Its shop owed money at the beginning, and pays some of it beside a settlement."""
    owed = {"party": "siti", "account": "1112", "amount": 70_000}
    begun = {**opening(a1101=900_000, a1112=70_000), "parties": [owed]}
    paid = {"kind": "receipt", "date": "2026-01-09", "into": "1101", "party": "siti",
            "lines": [{"account": "1112", "amount": 20_000}]}  # fmt: skip
    ready = {"kind": "seedlings_ready", "date": "2026-01-20", "batch": "SM-1", "ready": 40}
    other = {"kind": "item", "code": "lain", "name": "Bibit terong", "unit": "batang",
             "class": "seedling", "price": 2_000}  # fmt: skip
    return book_of(
        *ITEMS,
        other,
        begun,
        buy("2026-01-02", "benih", 100, 10_000),
        buy("2026-01-06", "lain", 2, 3_000, lot="SM-1"),
        buy("2026-01-02", "bibit", 9, 9_000, party="toko", lot="SM-0"),
        buy("2026-01-03", "keripik", 30, 60_000),
        {"kind": "sowing", "date": "2026-01-04", "batch": "SM-1", "item": "bibit", "qty": 60,
         "inputs": [{"item": "benih", "qty": 60}]},
        ready,
        {**ready, "date": "2026-01-21", "ready": 5, "id": "salah"},
        undo("2026-01-22", "salah"),
        sell("2026-01-23", "bibit", 3, party="rina"),
        sell("2026-01-24", "bibit", 8, received={"1101": 16_000}),
        {"kind": "tending", "date": "2026-01-25", "bed": "B1",
         "seedlings": [{"item": "bibit", "qty": 2}]},
        send("2026-01-05", "siti", "keripik", 20),
        settle("2026-01-08", "siti", {"item": "keripik", "sold": 6, "returned": 1},
               received={"1101": 25_000}),
        paid,
        market("2026-01-10", 40_000, {"item": "keripik", "taken": 4, "sold": 4}),
    )  # fmt: skip


def test_seedlings_are_as_old_as_the_batch_they_came_from(book: Book) -> None:
    """Those that were bought have no such day, whatever their lot is called, and bear who sold
    them.
    """
    found = book.read(garden, JANUARY)
    rows = [(lot.lot, lot.sown, lot.source, lot.made, lot.sold, lot.planted) for lot in found.ready]
    assert rows == [
        ("SM-1", None, "", 2_000, 0, 0),
        ("SM-1", date(2026, 1, 4), "", 40_000, 2_000, 2_000),
    ]
    assert [(lot.item, lot.left, lot.value, lot.unit_cost) for lot in found.ready] == [
        ("lain", 2_000, 3_000, 1_500), ("bibit", 36_000, 3_600, 100),
    ]  # fmt: skip
    (batch,) = found.batches
    assert (batch.name, batch.sown, batch.ready, batch.left) == ("SM-1", 60_000, 40_000, 20_000)
    assert (batch.value, batch.unit_cost, batch.tended) == (2_000, 100, False)
    assert [batch.age(batch.since - DAY), batch.age(batch.since + DAY)] == [0, 1]
    assert (found.plants, found.value) == (58_000, 2_000 + 200)
    assert not found.is_empty
    assert found.batch("SM-1") is batch
    assert [bed.name for bed in found.beds if found.bed(bed.name) is bed] == ["B1"]
    assert (found.batch("B1"), found.bed("SM-1")) == (None, None)


def test_where_nothing_grows_the_garden_is_empty(book_of: Callable[..., Book]) -> None:
    found = book_of(opening(a1101=1_000)).read(garden, JANUARY)
    assert found.is_empty
    assert (found.plants, found.value, found.yields, found.spoiled) == (0, 0, (), ())


def test_a_shops_history_is_what_was_brought_settled_and_paid(book: Book) -> None:
    """What it owed at the beginning is no visit."""
    rows = [
        (each.kind, each.date.day, each.goods, each.returned, each.received, each.owed)
        for each in book.read(visits, "siti")
    ]
    chips = ("Keripik bayam", "bungkus")
    assert rows == [
        ("receipt", 9, (), 0, 20_000, -20_000),
        ("consignment_settlement", 8, ((*chips, 6_000),), 1_000, 25_000, 35_000),
        ("consignment", 5, ((*chips, 20_000),), 0, 0, 0),
    ]


def test_sales_say_where_or_to_whom(book: Book) -> None:
    found = book.read(sales_of, JANUARY)
    assert [(each.where, each.revenue, each.received, each.owed) for each in found] == [
        ("", 16_000, 16_000, 0),
        ("rina", 6_000, 0, 6_000),
        ("pasar-pagi", 40_000, 40_000, 0),
        ("siti", 60_000, 25_000, 35_000),
    ]


def test_the_first_of_all_days_has_no_eve() -> None:
    assert eve(date.min) == date.min
    assert eve(date(2026, 3, 1)) == date(2026, 2, 28)


def test_the_till_counts_what_lies_there_month_by_month(book_of: Callable[..., Book]) -> None:
    """What goes from one account to another is moved, and neither received nor paid."""
    count = {"kind": "cash_count", "account": "1101", "counted": 90_000}
    move = {"kind": "transfer", "from": "1101", "to": "1103", "amount": 30_000}
    book = book_of(
        opening("2025-12-05", a1101=100_000),
        {**count, "date": "2025-12-31", "counted": 100_000},
        spend("2026-01-05", 10_000),
        {**count, "date": "2026-01-06"},
        {**move, "date": "2026-01-07"},
        earn("2026-01-08", 4_000),
        {**count, "date": "2026-01-09", "counted": 64_000, "id": "salah"},
        undo("2026-01-10", "salah"),
        {**count, "date": "2026-02-01", "counted": 64_000},
    )
    found = book.read(till, JANUARY)
    held = {each.account.code: each for each in found.accounts}
    drawer, bank = held["1101"], held["1103"]
    assert (drawer.opening, drawer.received, drawer.paid) == (100_000, 4_000, 40_000)
    assert (drawer.balance, drawer.counted) == (64_000, date(2026, 1, 6))
    assert (bank.balance, bank.counted) == (30_000, None)
    assert (found.received, found.paid) == (4_000, 10_000)
    assert found.months == {Month("2025-12"): 100_000, JANUARY: 94_000}
    lines = [(each.day.day, each.amount, each.moved, each.balance) for each in found.lines]
    assert lines == [
        (8, 4_000, 0, 94_000),
        (7, 0, 30_000, 90_000),
        (5, -10_000, 0, 90_000),
    ]
    one = book.read(till, JANUARY, "1103")
    assert [(each.amount, each.moved, each.balance) for each in one.lines] == [(30_000, 0, 30_000)]
    assert (one.received, one.paid, one.months) == (30_000, 0, {JANUARY: 30_000})


def test_what_a_book_begins_with_is_received_where_it_has_no_opening(
    book_of: Callable[..., Book],
) -> None:
    found = book_of(earn("2026-01-05", 7_000)).read(till, JANUARY)
    assert (found.received, found.paid, found.months) == (7_000, 0, {JANUARY: 7_000})
