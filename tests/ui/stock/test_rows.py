"""What rows of goods and lots say, without a window and a book."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kwt_books.queries.layers import StockedItem, StockedLot, StockOnHand
from ui.kit.look import UiContext
from ui.kit.table import Cell
from ui.stock.page import (
    Expiring,
    expiring_days,
    expiry,
    lot_row,
    place_name,
    stock_row,
)

TODAY = date(2026, 6, 30)
CHIPS = StockedLot("store", "K-2", date(2026, 6, 20), TODAY + timedelta(60), 12_000, 48_000)
OLD = StockedLot("shop:siti", "K-1", date(2026, 5, 2), TODAY + timedelta(5), 3_000, 11_000)
ITEM = StockedItem("keripik", "Keripik", "bungkus", "finished", 10_000, (OLD, CHIPS))
SEEDS = StockedItem("benih", "Benih", "biji", "seed", None)
STOCK = StockOnHand((ITEM, SEEDS), (("store", ""), ("shop:siti", "Warung Siti")), TODAY)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (None, ("", "")),
        (-2, ("expired 2 days ago", "error")),
        (-1, ("expired 1 day ago", "error")),
        (0, ("expires today", "error")),
        (1, ("1 day left", "warn")),
        (14, ("14 days left", "warn")),
        (15, ("15 days left", "good")),
    ],
)
def test_a_lot_tells_how_long_it_keeps(
    left: int | None, said: tuple[str, str], english: UiContext
) -> None:
    expires = TODAY + timedelta(left) if left is not None else None
    assert expiry(english, STOCK, CHIPS._replace(expires=expires)) == said


def test_goods_tell_where_they_stand_and_what_expires_first(english: UiContext) -> None:
    row = stock_row(english, STOCK, ITEM)
    assert row.key == "keripik"
    assert row.cells == (
        Cell("Keripik", aside="Products", bold=True),
        Cell("12 bungkus"),
        Cell("3 bungkus"),
        Cell("59,000"),
        Cell("5 days left", tone="warn", badge=True),
    )


def test_goods_of_which_there_are_none_are_quiet(english: UiContext) -> None:
    row = stock_row(english, STOCK, SEEDS)
    assert [each.text for each in row.cells] == ["Benih", "–", "–", "–", ""]
    assert {each.tone for each in row.cells[1:4]} == {"quiet"}
    assert not row.cells[0].bold
    keeping = ITEM._replace(lots=(CHIPS._replace(expires=None),))
    assert stock_row(english, STOCK, keeping).cells[4] == Cell("")


def test_a_lot_tells_its_place_and_its_days(english: UiContext) -> None:
    row = lot_row(english, STOCK, ITEM, OLD)
    assert row.key == ("keripik", "K-1", "shop:siti")
    assert row.cells == (
        Cell("Keripik", "lot K-1", bold=True),
        Cell("Warung Siti", "since 2 May"),
        Cell("5 Jul"),
        Cell("5 days left", tone="warn", badge=True),
        Cell("3 bungkus"),
        Cell("11,000"),
    )
    keeping = lot_row(english, STOCK, ITEM, CHIPS._replace(expires=None)).cells
    assert keeping[1:4] == (
        Cell("Store", "since 20 Jun"), Cell("–", tone="quiet"), Cell("no expiry", tone="quiet"),
    )  # fmt: skip
    assert place_name(english, STOCK, "shop:gone") == "Store"


def test_what_expires_on_one_day_stands_together(english: UiContext) -> None:
    other = StockedItem("sambal", "Sambal", "botol", "finished", 1)
    assert expiring_days(english, [
        (ITEM, CHIPS), (ITEM, OLD), (ITEM, CHIPS._replace(lot="K-3")),
        (other, OLD._replace(quantity=2_000)), (other, CHIPS._replace(quantity=0)),
        (other, CHIPS._replace(expires=None)),
    ]) == [
        Expiring(date(2026, 7, 5), ("Keripik 3 bungkus", "Sambal 2 botol")),
        Expiring(date(2026, 8, 29), ("Keripik 24 bungkus",)),
    ]  # fmt: skip
