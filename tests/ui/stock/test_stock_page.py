"""Persediaan: what stands where, how long it keeps, and counting it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.accounts import CLASS_ACCOUNTS, OVERAGE, SHARED_PRODUCE, SPOILAGE
from kwt_books.domain.posting import STORE
from kwt_books.domain.values import UNIT, half_up
from kwt_books.queries.layers import StockedItem, StockedLot, StockOnHand, stock_on_hand
from kwt_books.reports.context import Parameters
from kwt_books.reports.stock import count_sheet
from tests.ui.farm_hand import FarmHand
from tests.ui.sample_parts import left_by
from ui.kit.targets import part_of
from ui.kit.workspace import Destination, Workspace
from ui.shell.window import MainWindow
from ui.stock.forms import StockCountForm
from ui.stock.page import CountPage, LotsPage, StockPage

Settle = Callable[[Workspace], None]
DAY = "2026-07-01"


@pytest.fixture
def in_front() -> str:
    return "stock"


@pytest.fixture
def beneath(workspace: Workspace) -> Workspace:
    workspace.show_month("2026-07")
    return workspace


@pytest.fixture
def known(books: Books, sample_path: Path) -> StockOnHand:
    book = books.open(sample_path, read_only=True)
    found = book.read(stock_on_hand)
    book.close()
    return found


@pytest.fixture
def form(window: MainWindow, qtbot: QtBot, settle: Settle) -> StockCountForm:
    window.show_place(Destination("stock", "count"))
    settle(window.workspace)
    page = window.page.findChild(CountPage)  # type: ignore[union-attr]
    assert page is not None
    return page.form


# -- what is there -------------------------------------------------------------------------


def test_shows_what_the_report_of_stock_shows(
    window: MainWindow, books: Books, sample_path: Path, known: StockOnHand
) -> None:
    book = books.open(sample_path, read_only=True)
    report = book.report("stock", Parameters(), "id")
    book.close()
    total = next(row for row in report.rows if row.code == "total")
    page = window.page.findChild(StockPage)  # type: ignore[union-attr]
    assert page is not None
    assert page.value.text() == window.workspace.ui.formats.rupiah(total.cells[-1])  # type: ignore[arg-type]
    assert page.table.model().rowCount() == len(known.items)


def test_places_and_words_sift_the_list(
    window: MainWindow, known: StockOnHand, qtbot: QtBot
) -> None:
    page = window.page.findChild(StockPage)  # type: ignore[union-attr]
    assert page is not None
    shops = next(
        button for button in page.where.findChildren(QPushButton) if button.text() == "Di warung"
    )
    qtbot.mouseClick(shops, Qt.MouseButton.LeftButton)
    assert page.table.model().rowCount() == sum(bool(item.at_shops) for item in known.items)
    qtbot.keyClicks(page.seek, "pare")
    assert page.table.model().rowCount() == 1
    assert page.panel.item is not None
    assert "pare" in page.panel.item.code
    qtbot.keyClicks(page.seek, "x")
    assert page.table.model().rowCount() == 0
    told = " ".join(each.text() for each in page.panel.findChildren(QLabel))
    assert "pare" not in told.casefold()


def test_a_double_click_opens_the_card(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page.findChild(StockPage)  # type: ignore[union-attr]
    assert page is not None
    wanted: list[Destination] = []
    window.workspace.place_wanted.connect(wanted.append)
    code = page.table.key
    spot = page.table.row_rect(0).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert wanted == [Destination("reports", part_of("stock-card", item=code))]


def test_lots_stand_in_the_order_they_expire(
    window: MainWindow, known: StockOnHand, settle: Settle
) -> None:
    window.show_place(Destination("stock", "lots"))
    settle(window.workspace)
    page = window.page.findChild(LotsPage)  # type: ignore[union-attr]
    assert page is not None
    days = [lot.expires or date.max for _, lot in known.lots]
    assert days == sorted(days)
    assert page.table.model().rowCount() == len(days)


# -- counting ------------------------------------------------------------------------------


def count(form: StockCountForm, item: str, text: str, qtbot: QtBot) -> None:
    field = form.grid.rows[item].field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def item_of(known: StockOnHand, code: str) -> StockedItem:
    found = known.item(code)
    assert found is not None
    return found


def save(form: StockCountForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.workspace.tasks.changed):
        qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not form.workspace.tasks.busy)


def test_short_and_over_become_cost_and_income(
    form: StockCountForm, book_path: Path, known: StockOnHand, qtbot: QtBot
) -> None:
    """Short at the cost of what is missing, over at that of the last layer."""
    short, over = item_of(known, "keripik-pare"), item_of(known, "pupuk")
    assert short.at(STORE) > UNIT
    count(form, short.code, "1", qtbot)
    count(form, over.code, "20,5", qtbot)
    rows = form.grid.rows
    assert "kurang 1 bungkus" in rows[short.code].difference.text()
    assert "lebih 0,5 kg" in rows[over.code].difference.text()
    qtbot.waitUntil(lambda: "Rp" in form.figures["over"].text())
    save(form, qtbot)
    (left,) = left_by(book_path, "stock_count", DAY)
    amounts = {account: amount for account, amount, *_ in left.postings}
    lots = [lot for lot in short.lots if lot.place == STORE]
    assert amounts[SPOILAGE] == half_up(lots[0].value * UNIT, lots[0].quantity)
    extra = 20_500 - over.at(STORE)
    assert -amounts[OVERAGE] == half_up(over.lots[-1].value * extra, over.lots[-1].quantity)
    assert not form.grid.filled, "the next count begins empty"
    assert rows[short.code].item.book == UNIT, "and against the book as it is now"


def test_a_count_that_agrees_says_so_and_is_kept(
    form: StockCountForm, book_path: Path, known: StockOnHand, qtbot: QtBot
) -> None:
    item = item_of(known, "minyak")
    count(form, item.code, form.ui.formats.quantity(item.at(STORE)), qtbot)
    assert form.grid.rows[item.code].difference.text() == "cocok"
    qtbot.waitUntil(lambda: form.outcome.property("tone") == "good")
    save(form, qtbot)
    (left,) = left_by(book_path, "stock_count", DAY)
    assert not left.postings


def test_found_goods_can_be_added(
    form: StockCountForm, book_path: Path, known: StockOnHand, qtbot: QtBot
) -> None:
    item = item_of(known, "sayur")
    assert not item.at(STORE)
    form.more.set_value(item.code)
    count(form, item.code, "2", qtbot)
    save(form, qtbot)
    (left,) = left_by(book_path, "stock_count", DAY)
    cost = form.workspace.setup.items[item.code].standard_cost  # type: ignore[union-attr]
    assert (OVERAGE, -half_up(2 * UNIT * (cost or 0), UNIT), None, 0) in left.postings


def test_the_sheet_lists_what_to_count_and_not_how_much(
    books: Books, sample_path: Path, known: StockOnHand
) -> None:
    book = books.open(sample_path, read_only=True)
    out = BytesIO()
    Books.write(book.paper("id", count_sheet, STORE), "pdf", out)
    book.close()
    text = " ".join(page.extract_text() for page in PdfReader(out).pages)
    for item in known.items:
        assert (item.name in text) == (bool(item.at(STORE)) or not item.lots), item.name
    held = item_of(known, "polybag").at(STORE)
    assert str(held // UNIT) not in text.replace(".", "")


# -- sharing -------------------------------------------------------------------------------


def test_goods_are_shared_with_the_members(
    window: MainWindow, book_path: Path, known: StockOnHand, qtbot: QtBot
) -> None:
    hand, item = FarmHand(window, qtbot), item_of(known, "keripik-pare")
    form = hand.open("distribution")
    hand.day(form.date, DAY)
    fields = form.rows.lines[0].fields
    hand.pick(fields["item"], item.code)
    hand.type(fields["qty"], "1")
    hand.save(form)
    (left,) = left_by(book_path, "distribution", DAY)
    lot = next(lot for lot in item.lots if lot.place == STORE)
    cost = half_up(lot.value * UNIT, lot.quantity)
    amounts = {account: amount for account, amount, *_ in left.postings}
    assert amounts == {SHARED_PRODUCE: cost, CLASS_ACCOUNTS[item.item_class]: -cost}


def test_more_than_there_is_is_refused_beside_the_line(
    window: MainWindow, book_path: Path, known: StockOnHand, qtbot: QtBot
) -> None:
    hand, item = FarmHand(window, qtbot), item_of(known, "minyak")
    form = hand.open("distribution")
    fields = form.rows.lines[0].fields
    hand.pick(fields["item"], item.code)
    more = item.at(STORE) + UNIT
    hand.type(fields["qty"], form.ui.formats.quantity(more))
    left = form.ui.formats.quantity(item.at(STORE))
    assert left in form.rows.lines[0].message
    qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    hand.settle()
    assert item.name in form.rows.lines[0].message
    assert not left_by(book_path, "distribution", DAY)


def test_an_item_without_cost_shares_nothing_of_its_value() -> None:
    """Donated goods have no value: a unit of what stands costs nothing."""
    lot = StockedLot(STORE, "HIBAH", date(2026, 6, 22), None, 5 * UNIT, 0)
    item = StockedItem("bibit", "Bibit", "batang", "seedling", None, (lot,))
    assert item.unit_cost == 0
    assert item._replace(lots=()).unit_cost is None
