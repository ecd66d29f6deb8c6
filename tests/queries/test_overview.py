"""How the group stands, seen from its books."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.values import shift
from kwt_books.queries.overview import CASH_LIMIT, MONTHS, SOON, overview, setup_data
from kwt_books.reports.context import Parameters
from tests.books import book_at, like
from tests.conftest import NOW, WIB

MONTH = "2026-06"


def test_the_sample_month(sample_book: Book, expected: dict[str, Any]) -> None:
    found = sample_book.read(overview, MONTH)
    income = sum(amount for code, amount in expected["profit_loss"].items() if code[0] == "4")
    assert found.group is not None
    assert (found.this.month, found.before.month) == (MONTH, shift(MONTH, -1))
    assert found.this.turnover == income
    assert found.this.profit == expected["profit"]
    assert found.this.cash == expected["position"]["cash"]
    assert found.this.assets == expected["position"]["total_assets"]
    assert len(found.year) == MONTHS
    assert (found.year[-1].turnover, found.year[-1].profit) == (income, expected["profit"])
    assert not any(each.turnover or each.profit for each in found.year[:-1])


def test_what_the_opening_brought_stood_there_before(sample_book: Book) -> None:
    found = sample_book.read(overview, MONTH)
    balance = sample_book.report("trial-balance", Parameters(month=MONTH), "id")
    opening = {row.code: row.cells[0] for row in balance.rows if row.code}
    cash = sample_book.read(setup_data).cash_accounts
    assert found.before.cash == sum(opening.get(each.code, 0) for each in cash)
    assert found.before.turnover == found.before.profit == 0


def test_a_month_later_the_month_before_is_the_sample(sample_book: Book) -> None:
    this, later = (
        sample_book.read(overview, MONTH).this,
        sample_book.read(overview, shift(MONTH, 1)),
    )
    assert later.before == this
    assert later.this.cash == this.cash
    assert later.this.profit == 0


def test_an_empty_book_has_nothing_waiting(books: Books, tmp_path: Path) -> None:
    book = books.create(tmp_path / "new.kwt")
    found = book.read(overview, MONTH)
    book.close()
    assert found.group is None
    assert found.recorded is None
    assert found.todo.open_months == found.todo.expiring == found.todo.shops == ()
    assert found.todo.cash_over is None


def receipt(amount: int, day: str = "2026-06-05") -> dict[str, Any]:
    lines = [{"account": "7101", "amount": amount}]
    return {"kind": "receipt", "date": day, "into": "1101", "lines": lines}


@pytest.mark.parametrize("over", [0, 1])
def test_cash_beyond_the_limit_waits_for_the_bank(book_of: Callable[..., Book], over: int) -> None:
    found = book_of(receipt(CASH_LIMIT + over)).read(overview, MONTH)
    assert found.todo.cash_over == (CASH_LIMIT + over if over else None)


def test_months_that_are_over_wait_to_be_closed(book_of: Callable[..., Book]) -> None:
    """The clock stands on the first of July: April to June are over."""
    receipts = [receipt(1_000, f"2026-0{month}-05") for month in (4, 6, 7)]
    assert book_of(*receipts).read(overview, MONTH).todo.open_months == (
        "2026-04",
        "2026-05",
        MONTH,
    )
    close = {"kind": "month_close", "month": "2026-05", "decision": "x", "shares": {"3201": 100}}
    assert book_of(*receipts, close).read(overview, MONTH).todo.open_months == (MONTH,)


SETUP: list[dict[str, Any]] = [
    {
        "kind": "item", "code": "keripik", "name": "Keripik", "unit": "bungkus",
        "class": "finished", "price": 10_000, "sales_account": "4102", "cost_account": "5102",
    },
    {"kind": "party", "code": "siti", "name": "Warung Bu Siti", "role": "shop"},
]  # fmt: skip


def bought(expires: str, qty: int = 10, lot: str = "a") -> dict[str, Any]:
    line = {"item": "keripik", "qty": qty, "amount": 50_000, "lot": lot, "expires": expires}
    return {"kind": "purchase", "date": "2026-05-01", "paid_from": "1101", "lines": [line]}


def test_goods_that_expire_soon_are_to_be_sold_first(book_of: Callable[..., Book]) -> None:
    last = NOW.date() + SOON
    days = {"later": last + timedelta(1), "soon": last, "over": NOW.date() - timedelta(1)}
    lots = [bought(f"{day}", lot=lot) for lot, day in days.items()]
    over, soon = book_of(*SETUP, *lots).read(overview, MONTH).todo.expiring
    assert (over.lot, over.name, over.unit, over.quantity) == ("over", "Keripik", "bungkus", 10_000)
    assert (soon.lot, soon.expires) == ("soon", last)


def test_a_shop_that_holds_goods_settles_now_and_then(book_of: Callable[..., Book]) -> None:
    left = {
        "kind": "consignment", "date": "2026-05-10", "shop": "siti",
        "lines": [{"item": "keripik", "qty": 8}],
    }  # fmt: skip
    settled = {
        "kind": "consignment_settlement", "date": "2026-06-25", "shop": "siti",
        "lines": [{"item": "keripik", "sold": 3}], "received": {"1101": 30_000},
    }  # fmt: skip
    goods = (*SETUP, bought("2026-09-01"))
    (shop,) = book_of(*goods, left).read(overview, MONTH).todo.shops
    assert (shop.name, shop.kinds) == ("Warung Bu Siti", 1)
    assert shop.days == (NOW.date() - date(2026, 5, 10)).days
    assert book_of(*goods, left, settled).read(overview, MONTH).todo.shops == ()


@pytest.mark.parametrize("amount", [100_000, 100_001])
def test_goods_that_cost_more_than_their_price(book_of: Callable[..., Book], amount: int) -> None:
    """Ten at ten thousand each: a rupiah more is more than they bring."""
    goods = bought("2026-09-01")
    goods["lines"][0]["amount"] = amount
    found = book_of(*SETUP, goods).read(overview, MONTH).todo.under_cost
    expected = [("keripik", 10_000, 10_001)] if amount > 100_000 else []
    assert [(each.item, each.price, each.cost) for each in found] == expected


def test_a_later_clock_finds_more_waiting(tmp_path: Path, books: Books) -> None:
    path = book_at(books, tmp_path / "later.kwt", (*SETUP, bought("2026-09-01")))
    late = like(books, lambda: datetime(2026, 9, 1, tzinfo=WIB), books.person)
    book = late.open(path)
    found = book.read(overview, MONTH).todo
    book.close()
    assert [lot.lot for lot in found.expiring] == ["a"]


@pytest.mark.parametrize(("today", "missed"), [(18, [12]), (19, [12]), (20, [12, 19])])
def test_fridays_of_the_running_month_without_an_outlet(
    tmp_path: Path, books: Books, today: int, missed: list[int]
) -> None:
    """Of 5, 12 and 19 June the first was recorded; today may still come."""
    market = {
        "kind": "market_day", "date": "2026-06-05", "venue": "Outlet Jumat", "received": {},
        "lines": [{"item": "keripik", "taken": 1, "sold": 0, "returned": 1}],
    }  # fmt: skip
    path = book_at(books, tmp_path / "jumat.kwt", (*SETUP, bought("2026-09-01"), market))
    clock = like(books, lambda: datetime(2026, 6, today, 9, tzinfo=WIB), books.person)
    book = clock.open(path)
    found = book.read(overview, MONTH).todo.fridays
    book.close()
    assert found == tuple(date(2026, 6, day) for day in missed)


def test_the_set_up_is_given_whole(sample_book: Book) -> None:
    found = sample_book.read(setup_data)
    assert found.group is not None
    assert found.items["sayur"].name == "Sayur campur"
    assert {each.code for each in found.cash_accounts} >= {"1101", "1103"}
    with pytest.raises(TypeError):
        found.items["x"] = found.items["sayur"]  # type: ignore[index]
