"""What the panel of an item shows, and what counting and sharing out tell before they are saved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.domain.posting import STORE
from kwt_books.domain.values import UNIT
from kwt_books.queries.layers import StockedItem, StockedLot, StockOnHand
from tests.ui.windows import said
from ui.kit.look import UiContext
from ui.kit.workspace import Workspace
from ui.stock.page import Expiring, ExpiryLine, ItemPanel

TODAY = date(2026, 7, 1)
CHIPS = StockedLot(STORE, "K-2", date(2026, 6, 20), TODAY + timedelta(60), 12 * UNIT, 48_000)
OLD = StockedLot("shop:siti", "K-1", date(2026, 5, 2), TODAY + timedelta(5), 3 * UNIT, 12_000)
ITEM = StockedItem("keripik", "Keripik", "bungkus", "finished", 10_000, (OLD, CHIPS))
SEEDS = StockedItem("benih", "Benih", "biji", "seed", None,
                    (StockedLot(STORE, "B-1", date(2026, 6, 1), None, 5 * UNIT, 500),))  # fmt: skip
STOCK = StockOnHand((ITEM, SEEDS), ((STORE, ""), ("shop:siti", "Warung Siti")), TODAY)
Told = tuple[str, str]


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


def test_an_item_tells_where_it_stands_and_its_lots(workspace: Workspace, qtbot: QtBot) -> None:
    panel = ItemPanel(workspace)
    qtbot.addWidget(panel)
    panel.show_item(STOCK, ITEM)
    assert said(panel) == [
        "Keripik", "Products · bungkus", "Store", "12 bungkus", "Warung Siti", "3 bungkus",
        "Cost each", "Rp4,000", "Selling price", "Rp10,000", "Total value", "Rp60,000",
        "Lots, in the order they are taken", "K-1", "Warung Siti · since 2 May", "3 bungkus",
        "5 days left", "K-2", "Store · since 20 Jun", "12 bungkus", "60 days left",
    ]  # fmt: skip
    wanted: list[str] = []
    workspace.place_wanted.connect(lambda there: wanted.append(f"{there.place}/{there.part}"))
    panel.card_button.click()
    assert wanted == ["reports/stock-card?item=keripik"]
    panel.show_item(STOCK, SEEDS)
    texts = said(panel)
    assert "Selling price" not in texts
    assert texts[-3:] == ["B-1", "Store · since 1 Jun", "5 biji"], "keeps for good"
    panel.show_item(STOCK, SEEDS._replace(lots=()))
    texts = said(panel)
    assert texts[texts.index("Store") + 1] == "0 biji"
    assert texts[texts.index("Cost each") + 1] == "–"
    assert "Lots, in the order they are taken" not in texts
    panel.show_item(STOCK, None)
    assert said(panel) == []
    assert not panel.card_button.isEnabled()


def test_days_ahead_stand_in_their_order_on_the_line(ui: UiContext, qtbot: QtBot) -> None:
    line = ExpiryLine(ui)
    qtbot.addWidget(line)
    line.resize(600, 86)
    days = [Expiring(TODAY - timedelta(3), ("Sawi 1 kg",)), Expiring(TODAY, ("Pare 2 kg",)),
            Expiring(TODAY + timedelta(40), ("Keripik 3 bungkus", "Stik 1 pak"))]  # fmt: skip
    line.show_days(days)
    first, second, last = map(line.place_of, range(3))
    assert first == second == line.plot().left(), "what is over stands at the beginning"
    assert last == line.plot().left() + line.plot().width()
    assert line.describe(2) == "10 August 2026: Keripik 3 bungkus, Stik 1 pak"
    line.show_days([*days[:2], Expiring(TODAY + timedelta(15), ())])
    half = line.plot().left() + line.plot().width() / 2
    assert line.place_of(2) == half, "thirty days at least"
