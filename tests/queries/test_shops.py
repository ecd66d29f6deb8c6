"""What is known of each shop: its goods and their prices, what it keeps and owes, its days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.queries.overview import SHOP_PATIENCE
from kwt_books.queries.shops import Agreed, Commission, last_settled, shops, visits
from tests.books import book_at
from tests.reports.figures import opening
from tests.reports.trade import ITEMS, Line, buy, send, settle, undo

pytestmark = pytest.mark.only_files
JAM: Line = {"kind": "item", "code": "selai", "name": "Selai", "unit": "botol",
             "class": "finished", "sales_account": "4102", "cost_account": "5102"}  # fmt: skip


def shop(code: str, name: str, **more: str) -> Line:
    return {"kind": "party", "code": code, "name": name, "role": "shop", **more}


def day(number: int) -> date:
    return date(2026, 6, number)


def on(number: int) -> str:
    return day(number).isoformat()


@pytest.fixture(scope="module")
def book(books: Books, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Siti settled twice, the second time nothing was sold; Joko kept something only at first."""
    owed = {"party": "wati", "account": "1112", "amount": 70_000}
    begun = {**opening(on(1), a1101=900_000, a1112=75_000), "parties": [owed]}
    paid = {"kind": "receipt", "date": on(11), "into": "1101", "party": "wati",
            "lines": [{"account": "1112", "amount": 20_000}]}  # fmt: skip
    nothing_sold = {"item": "keripik", "sold": 0, "returned": 1, "spoiled": 1}
    lines: tuple[Line, ...] = (
        *ITEMS, JAM,
        shop("dewi", "Bu Dewi", phone="0812", address="Jl. Melati 3"), shop("wati", "Bu Wati"),
        shop("zul", "Toko Zul"), shop("ari", "toko Ari"),
        begun,
        buy(on(1), "keripik", 40, 40_000), buy(on(1), "sayur", 5, 20_000),
        buy(on(1), "selai", 1, 6_000),
        send(on(2), "siti", "keripik", 10), send(on(3), "siti", "keripik", 5),
        send(on(3), "siti", "sayur", 2),
        settle(on(5), "siti", {"item": "keripik", "sold": 4, "price": 9_500},
               {"item": "sayur", "sold": 1}, commission=5_000, received={"1101": 40_000}),
        settle(on(9), "siti", nothing_sold),
        settle(on(10), "siti", {"item": "keripik", "sold": 1, "price": 1_000},
               received={"1101": 1_000}, id="salah"),
        undo(on(10), "salah"),
        send(on(2), "joko", "keripik", 3),
        settle(on(4), "joko", {"item": "keripik", "sold": 1, "price": 9_000}, commission=900,
               received={"1101": 8_100}),
        settle(on(6), "joko", {"item": "keripik", "sold": 1}, received={"1101": 10_000}),
        send(on(2), "dewi", "keripik", 2), send(on(8), "dewi", "selai", 1),
        send(on(2), "wati", "keripik", 1),
        settle(on(7), "wati", {"item": "keripik", "sold": 0, "returned": 1}),
        paid,
    )  # fmt: skip
    path = book_at(books, tmp_path_factory.mktemp("shops") / "book.kwt", lines)
    with closing(books.open(path, read_only=True)) as made:
        yield made


def test_shops_that_hold_goods_longest_come_first_then_those_that_owe(book: Book) -> None:
    found = book.read(shops)
    told = [
        (each.name, each.owed, each.owed_since, each.delivered, each.settled, each.waiting_since)
        for each in found.shops
    ]
    assert told == [
        ("Bu Dewi", 0, None, day(8), None, day(2)),
        ("Warung Pak Joko", 0, None, day(2), day(6), day(6)),
        ("Warung Bu Siti", 5_000, day(5), day(3), day(9), day(9)),
        ("Bu Wati", 50_000, day(1), day(2), day(7), None),
        ("toko Ari", 0, None, None, None, None),
        ("Toko Zul", 0, None, None, None, None),
    ]
    dewi, zul = found.shop("dewi"), found.shop("zul")
    assert dewi is found.shops[0]
    assert zul is found.shops[-1]
    assert found.shop("lain") is None
    assert (dewi.phone, dewi.address) == ("0812", "Jl. Melati 3")
    assert (zul.phone, zul.address) == ("", "")
    late = day(2) + SHOP_PATIENCE
    assert [dewi.is_late(late), dewi.is_late(late + timedelta(days=1))] == [False, True]
    assert not zul.is_late(date.max)


def test_goods_have_the_price_that_was_last_settled(book: Book) -> None:
    found = book.read(shops)
    goods = {
        each.code: [
            (good.item, good.quantity, good.price, good.usual, good.agreed) for good in each.goods
        ]
        for each in found.shops
        if each.goods
    }
    assert goods == {
        "dewi": [("keripik", 2_000, 10_000, 10_000, None), ("selai", 1_000, None, None, None)],
        "joko": [("keripik", 1_000, 9_000, 10_000, day(4))],
        "siti": [("keripik", 9_000, 9_500, 10_000, day(5)), ("sayur", 1_000, 12_000, 12_000, None)],
    }
    worth = {each.code: each.value for each in found.shops if each.goods}
    assert worth == {"dewi": 20_000, "joko": 9_000, "siti": 9 * 9_500 + 12_000}
    (chips,) = (good for good in found.goods if good.code == "keripik")
    there = found.good_at("siti", chips)
    assert (there.price, there.usual, there.agreed) == (9_500, 10_000, day(5))
    assert found.good_at("dewi", chips) is chips


def test_what_a_shop_keeps_is_what_it_kept_when_it_last_sold(book: Book) -> None:
    commissions = book.read(shops).commissions
    assert commissions == {"siti": Commission(5_000, 4 * 9_500 + 12_000, day(5))}
    assert (commissions["siti"].percent, commissions["siti"].of(30_000)) == (100, 3_000)
    assert Commission(1, 2, day(5)).percent == 500, "in tenths"


def test_what_was_settled_by_a_day_and_with_one_shop(book: Book) -> None:
    def settled(until: date, only: str | None = None) -> tuple[object, object]:
        found = book.read(
            lambda reading: last_settled(reading.connection, reading.setup, until, only)
        )
        return dict(found.prices), dict(found.commissions)

    joko = {("joko", "keripik"): Agreed(9_000, day(4))}
    siti = {("siti", "keripik"): Agreed(9_500, day(5))}
    assert settled(day(3)) == ({}, {})
    assert settled(day(4)) == (joko, {"joko": Commission(900, 9_000, day(4))})
    assert settled(date.max)[0] == {**joko, **siti}
    assert settled(date.max, "joko") == (joko, {})
    assert settled(date.max, "dewi") == ({}, {})


def test_another_shops_payments_are_no_visit(book: Book) -> None:
    wrong, *held = book.read(visits, "siti")
    assert (wrong.date, wrong.corrected_by is None) == (day(10), False)
    assert [(each.date, each.returned, each.received, each.owed) for each in held] == [
        (day(9), 2_000, 0, 0),
        (day(5), 0, 40_000, 5_000),
        (day(3), 0, 0, 0),
        (day(3), 0, 0, 0),
        (day(2), 0, 0, 0),
    ]
