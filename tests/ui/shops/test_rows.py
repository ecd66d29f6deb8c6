"""What a shop's row says, without a window and a book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kwt_books.queries.shops import GoodAtShop, Shop
from tests.conftest import NOW
from ui.kit.look import UiContext
from ui.kit.table import Cell
from ui.shops.page import shop_row

TODAY = NOW.date()
GOODS = (
    GoodAtShop("keripik", "Keripik", "bungkus", 12_000, 9_000, 10_000),
    GoodAtShop("sambal", "Sambal", "botol", 3_000, 15_000),
    GoodAtShop("stik", "Stik", "bungkus", 8_000, None),
)
SHOP = Shop("siti", "Warung Siti", "0812", "Jl. Kaliawi", GOODS, 68_000, TODAY - timedelta(9),
            settled=TODAY - timedelta(4), waiting_since=TODAY - timedelta(14))  # fmt: skip


def test_a_shop_tells_its_goods_its_debt_and_its_last_settlement(english: UiContext) -> None:
    row = shop_row(english, SHOP, TODAY)
    assert row.key == "siti"
    assert row.cells == (
        Cell("Warung Siti", "Jl. Kaliawi", bold=True),
        Cell("20 bungkus, 3 botol"),
        Cell("153,000"),
        Cell("68,000", "9 days", tone="warn", bold=True),
        Cell("14 days"),
    )
    assert shop_row(english, replace(SHOP, address=""), TODAY).cells[0].second == "0812"


def test_a_shop_without_goods_and_debt_is_quiet(english: UiContext) -> None:
    paid = replace(SHOP, goods=(), owed=0, waiting_since=None)
    assert shop_row(english, paid, TODAY).cells[1:] == (
        Cell("nothing", tone="quiet"),
        Cell("–", tone="quiet"),
        Cell("–", tone="quiet"),
        Cell("4 days"),
    )
    ahead = shop_row(english, replace(SHOP, owed=-5_000), TODAY).cells[3]
    assert ahead == Cell("−5,000", tone="quiet"), "the group owes the shop"


@pytest.mark.parametrize(
    ("waits", "settled", "cell"),
    [
        (15, 40, Cell("15 days", tone="warn", badge=True, icon="clock")),
        (14, 40, Cell("14 days")),
        (14, None, Cell("never", "14 days")),
        (None, None, Cell("–", tone="quiet")),
        (None, 0, Cell("today")),
        (None, 1, Cell("1 day")),
    ],
)
def test_a_shop_that_waits_for_long_is_marked(
    waits: int | None, settled: int | None, cell: Cell, english: UiContext
) -> None:
    def before(days: int | None) -> date | None:
        return TODAY - timedelta(days) if days is not None else None

    shop = replace(SHOP, waiting_since=before(waits), settled=before(settled))
    assert shop_row(english, shop, TODAY).cells[4] == cell
