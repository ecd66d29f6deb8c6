"""What the page of shops shows of a shop and its documents that no book has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Role
from kwt_books.queries.shops import GoodAtShop, Shop, Visit
from tests.ui.windows import said
from ui.kit.button import Button
from ui.kit.look import UiContext
from ui.kit.table import Cell
from ui.kit.workspace import Workspace
from ui.shops.page import ShopHistory, ShopMonths, ShopPanel

GOODS = (GoodAtShop("keripik", "Keripik", "bungkus", 12_000, 9_000, 10_000),)
SHOP = Shop("siti", "Warung Siti", "0812", "Jl. Kaliawi", GOODS, 68_000, date(2026, 6, 5),
            delivered=date(2026, 6, 20))  # fmt: skip
SETTLED = Visit(
    "BKM-2", date(2026, 6, 25), "consignment_settlement",
    (("Keripik", "bungkus", 8_000), ("Stik", "pak", 2_500)), 0, 40_000, 5_000, None,
)  # fmt: skip
LEFT = Visit("BM-1", date(2026, 5, 2), "consignment", (), 0, 0, 0, "BM-9")
PAID = replace(SETTLED, number="BKM-1", date=date(2026, 4, 9), owed=-3_000, received=3_000)


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def panel(workspace: Workspace, settle: Callable[[Workspace], None], around: QWidget) -> ShopPanel:
    workspace.learn_setup()
    settle(workspace)
    return ShopPanel(workspace, around)


def test_a_shop_s_documents_tell_what_was_left_sold_and_owed(
    workspace: Workspace, qtbot: QtBot
) -> None:
    history = ShopHistory(workspace)
    qtbot.addWidget(history)
    history.show()
    history.take("siti", (SETTLED, LEFT))
    history.ask("siti")
    settled, left = (each.cells for each in history.table.list_model.rows)
    assert settled[0] == Cell("Settled up", "25 June 2026", bold=True)
    assert settled[1] == Cell("Keripik 8 bungkus, Stik 2.5 pak", "BKM-2")
    assert settled[2] == Cell("40,000", "owed 5,000")
    assert left[0].tone == "quiet"
    assert not left[0].bold
    assert left[1] == Cell("–", "Undone by BM-9", tone="quiet", struck=True)
    assert left[2] == Cell("–", tone="quiet")
    history.take("siti", (PAID,))
    history.ask("siti")
    assert history.table.list_model.rows[0].cells[2] == Cell("3,000"), "paid, not owed"
    wanted: list[str] = []
    workspace.print_wanted.connect(wanted.append)
    workspace.place_wanted.connect(lambda there: wanted.append(f"{there.place}/{there.part}"))
    history.table.select(0)
    for each in history.findChildren(Button):
        each.click()
    assert wanted == ["BKM-1", "journal/BKM-1"]
    history.take("siti", ())
    history.ask("siti")
    assert history.table.isHidden()
    assert "Nothing has happened with this shop yet." in said(history)


def test_months_are_drawn_where_there_are_two(workspace: Workspace, qtbot: QtBot) -> None:
    months = ShopMonths(workspace)
    qtbot.addWidget(months)
    months.show_visits("Siti", (SETTLED, replace(LEFT, received=9), PAID))
    assert [(bar.label, bar.value, bar.told) for bar in months.chart.bars] == [
        ("Apr", 3_000, "April 2026: Rp3,000"),
        ("May", 0, "May 2026: Rp0"),
        ("Jun", 40_000, "June 2026: Rp40,000"),
    ]
    assert not months.isHidden()
    assert "What Siti paid each month" in said(months)
    months.show_visits("Siti", (SETTLED,))
    assert months.isHidden()
    months.show_visits("Siti", ())
    assert months.isHidden()
    old = replace(PAID, date=date(2025, 1, 9))
    months.show_visits("Siti", (SETTLED, old))
    assert len(months.chart.bars) == 12, "the newest"


@pytest.mark.parametrize("role", [Role.TREASURER, Role.AUDITOR])
def test_who_only_reads_chooses_between_no_parts(
    still: Workspace, around: QWidget, role: Role
) -> None:
    still.person = replace(still.person, role=role)
    made = ShopPanel(still, around)
    assert made.parts.isHidden() == made.more.isHidden() == (role is Role.AUDITOR)


def test_a_shop_is_told_with_what_it_owes(panel: ShopPanel) -> None:
    panel.show_shop(SHOP)
    texts = said(panel)
    assert {"Warung Siti", "0812 · goods left 20 June 2026"} <= {*texts}
    assert panel.debt.text == "Owes Rp68,000 since 5 Jun"
    assert panel.debt.property("tone") == "warn"
    assert panel.parts.current == "settle", "goods stand there"
    panel.show_shop(replace(SHOP, code="joko", phone="", goods=(), owed=0, delivered=None))
    assert "Jl. Kaliawi" in said(panel)
    assert panel.debt.isHidden()
    assert panel.parts.current == "consign", "nothing to settle"
    panel.choose_part("history")
    panel.show_shop(replace(SHOP, phone="", address="", delivered=None))
    assert panel.parts.current == "history", "who looks back goes on looking back"
    assert panel.stack.currentWidget() is panel.history
    assert "No goods were left there yet" in said(panel)
    panel.choose_part("nothing")
    assert panel.parts.current == "history"
