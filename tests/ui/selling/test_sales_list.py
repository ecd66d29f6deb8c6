"""The list of the month's sales, of sales that no book has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Role
from kwt_books.domain.documents.setup import Party
from kwt_books.domain.values import UNIT
from kwt_books.queries.overview import SetupData
from kwt_books.queries.selling import SaleEntry
from tests.ui.windows import said, shown_with
from ui.kit.button import Button
from ui.kit.table import Cell
from ui.kit.workspace import Workspace
from ui.selling.page import SalesListPage, SellPage

SETUP = SetupData(None, {}, {}, {"wati": Party(code="wati", name="Bu Wati", role="customer")}, {})
GOODS = (("Chips", 3 * UNIT, "pack"), ("Kale", 1_500, "kg"))
MARKET = SaleEntry(
    "HP-1", date(2026, 6, 5), "market_day", "pasar-kota", GOODS, 40_000, 38_000, 0, None
)
SOLD = replace(MARKET, number="NT-2", kind="sale", where="wati", received=10_000, owed=30_000)
WALK_IN = replace(MARKET, number="NT-3", kind="sale", where="")
UNDONE = replace(WALK_IN, number="NT-4", corrected_by="BM-9")


@pytest.fixture
def sales(still: Workspace, qtbot: QtBot) -> SalesListPage:
    made = SalesListPage(still)
    qtbot.addWidget(made)
    shown_with(made, page=(SETUP, (MARKET, SOLD, WALK_IN, UNDONE)))
    return made


def buttons(part: QWidget) -> dict[str, Button]:
    return {each.text(): each for each in part.findChildren(Button) if not each.isHidden()}


def test_a_sale_tells_where_what_and_what_is_not_paid(sales: SalesListPage) -> None:
    goods = "Chips 3 pack, Kale 1.5 kg"
    market, sold, walk_in, undone = (each.cells for each in sales.table.list_model.rows)
    assert market == (
        Cell("5 June 2026", "HP-1"), Cell("Pasar Kota", "Market day"), Cell(goods),
        Cell("40,000", bold=True), Cell("38,000"), Cell("–"),
    )  # fmt: skip
    assert sold[1] == Cell("Bu Wati", "Direct sale")
    assert sold[4:] == (Cell("10,000"), Cell("30,000", tone="warn"))
    assert walk_in[1] == Cell("Direct sale"), "nobody is named"
    assert undone == (
        Cell("5 June 2026", "NT-4", tone="quiet"), Cell("Direct sale", tone="quiet"),
        Cell(goods, "Undone by BM-9", tone="quiet", struck=True),
        Cell("40,000", tone="quiet", struck=True), Cell("38,000", tone="quiet"), Cell("–"),
    )  # fmt: skip


def test_what_was_undone_is_not_counted(sales: SalesListPage) -> None:
    told = said(sales.foot)
    assert told[0] == "3 sales"
    assert told[told.index("Sales") + 1] == "Rp120,000"
    shown_with(sales, page=(SETUP, (MARKET, UNDONE)))
    assert said(sales.foot)[0] == "1 sale"


def test_the_one_chosen_is_printed_and_opened(sales: SalesListPage) -> None:
    wanted: list[str] = []
    desk = sales.workspace
    desk.print_wanted.connect(wanted.append)
    desk.place_wanted.connect(lambda there: wanted.append(f"{there.place}/{there.part}"))
    desk.form_wanted.connect(lambda name, _given: wanted.append(name))
    assert sales.table.key is None, "none until one is chosen"
    foot = buttons(sales.foot)
    assert list(foot) == ["Print", "Open", "Goods came back"]
    foot["Print"].click()
    foot["Open"].click()
    assert wanted == []
    sales.table.select(1)
    for each in foot.values():
        each.click()
    assert wanted == ["NT-2", "journal/NT-2", "sale_return"]
    hints = [each.toolTip() for each in foot.values()]
    for hint, words in zip(
        hints, ("Print the one chosen", "Open it in the diary", "Return from a buyer"), strict=True
    ):
        assert words in hint


def test_a_month_without_sales_leads_to_the_outlet(still: Workspace, qtbot: QtBot) -> None:
    wanted: list[str] = []
    still.place_wanted.connect(lambda there: wanted.append(f"{there.place}/{there.part}"))
    for role, offered in ((Role.CHAIR, ["Friday outlet"]), (Role.AUDITOR, [])):
        still.person = replace(still.person, role=role)
        page = SalesListPage(still)
        qtbot.addWidget(page)
        shown_with(page, page=(SETUP, ()))
        assert not page.empty.isHidden()
        assert page.card.isHidden()
        assert list(buttons(page.empty)) == offered
        for each in buttons(page.empty).values():
            each.click()
        assert ("Goods came back" in buttons(page.foot)) == bool(offered)
    assert wanted == ["sell/market_day"]


def test_who_only_reads_finds_the_list_alone(still: Workspace, qtbot: QtBot) -> None:
    for role, parts in ((Role.CHAIR, 5), (Role.AUDITOR, 1)):
        still.person = replace(still.person, role=role)
        page = SellPage(still)
        qtbot.addWidget(page)
        assert len(page.tabs.names) == parts
        assert list(page.tabs.names)[-1] == "list"
