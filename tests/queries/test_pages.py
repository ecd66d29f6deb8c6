"""What pages show of goods, shops and assets agrees with the accounts and with itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.accounts import ACCUMULATED, CLASS_ACCOUNTS, CONSIGNED
from kwt_books.domain.posting import SHOP, STORE
from kwt_books.queries.assets import asset_register
from kwt_books.queries.layers import StockOnHand, stock_on_hand
from kwt_books.queries.shops import shops
from tests.books import column


@pytest.fixture(params=["sample_path", "second_path"])
def book(request: pytest.FixtureRequest, books: Books) -> Iterator[Book]:
    made = books.open(request.getfixturevalue(request.param), read_only=True)
    yield made
    made.close()


def balance(book: Book, *accounts: str) -> int:
    """By all postings; rupiah, debit positive."""
    named = ", ".join(f"'{each}'" for each in accounts)
    query = f"SELECT COALESCE(sum(amount), 0) FROM posting WHERE account IN ({named})"
    (found,) = book.read(column, query)
    return int(found)


@pytest.fixture
def stock(book: Book) -> StockOnHand:
    return book.read(stock_on_hand)


def test_goods_are_worth_what_their_accounts_say(book: Book, stock: StockOnHand) -> None:
    """In the store by their class, at shops on 1130."""
    for item_class, account in CLASS_ACCOUNTS.items():
        worth = sum(
            lot.value
            for item in stock.items
            if CLASS_ACCOUNTS[item.item_class] == account
            for lot in item.lots
            if lot.place == STORE
        )
        assert worth == balance(book, account), item_class
    at_shops = [lot.value for _, lot in stock.lots if lot.place.startswith(SHOP)]
    assert sum(at_shops) == balance(book, CONSIGNED)
    assert sum(item.value for item in stock.items) == sum(lot.value for _, lot in stock.lots)


def test_what_stands_is_in_the_store_or_at_shops(stock: StockOnHand) -> None:
    assert any(item.lots for item in stock.items)
    for item in stock.items:
        assert item.quantity == item.at(STORE) + item.at_shops
        assert item.quantity == sum(lot.quantity for lot in item.lots)
        if item.quantity:
            assert item.unit_cost is not None
            apart = abs(item.unit_cost * item.quantity - item.value * 1_000)
            assert 2 * apart <= item.quantity, "to the nearest rupiah"
        else:
            assert item.unit_cost is None


def test_what_expires_first_stands_first(stock: StockOnHand) -> None:
    dated = [lot.expires for _, lot in stock.lots if lot.expires is not None]
    assert dated == sorted(dated)
    assert all(lot.expires is None for _, lot in stock.lots[len(dated) :])
    for item in stock.items:
        own = [lot.expires for lot in item.lots if lot.expires is not None]
        assert item.expires == (min(own) if own else None)
    for _, lot in stock.lots:
        left = lot.days_left(stock.today)
        assert (left is None) == (lot.expires is None)
        assert left is None or stock.today + timedelta(days=left) == lot.expires


def test_goods_at_a_shop_are_worth_its_prices(book: Book) -> None:
    found = book.read(shops)
    assert found.shops
    for shop in found.shops:
        for good in shop.goods:
            agreed = found.prices.get((shop.code, good.item))
            usual = next((each.price for each in found.goods if each.code == good.item), None)
            price = (agreed.price if agreed is not None else usual) or 0
            assert good.price == price or good.price is None
            assert abs(good.value * 1_000 - price * good.quantity) * 2 <= 1_000
        assert shop.value == sum(good.value for good in shop.goods)
    owed = sum(shop.owed for shop in found.shops)
    assert owed == balance(book, "1112")


def test_assets_are_worth_what_their_accounts_say(book: Book) -> None:
    register = book.read(asset_register)
    for account, written_off in ACCUMULATED.items():
        owned = [each for each in register.owned if each.asset.account == account]
        assert sum(each.value for each in owned) == balance(book, account, written_off), account
    assert all(each.asset.ended is None for each in register.owned)
    assert {each.asset.code for each in register.owned} <= register.codes
