"""Jual, driven as a treasurer does: by keyboard, by mouse, and against the sample month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.documents.selling import MarketDay
from kwt_books.domain.quantity import UNIT
from tests.ui.sample_parts import Left, book_before, command_of, left_by, lines_of
from ui.desk import Desk, Destination, Message
from ui.drafts import drafts_of
from ui.forms.market_day import MarketDayForm
from ui.forms.market_day.row import MarketRow
from ui.forms.sale import SaleForm
from ui.forms.sale_parts.counter import Counter
from ui.forms.sale_parts.save_bar import SaveBar
from ui.main_window import MainWindow
from ui.pages.sell import FormPart
from ui.pages.sell_list import SalesListPage

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
FRIDAY = "2026-06-05"
Settle = Callable[[Desk], None]


@pytest.fixture
def friday(books: Books, sample_stream: Path, tmp_path: Path) -> Path:
    """The sample as it stood when the first Friday was to be recorded."""
    path = tmp_path / "friday.kwt"
    book_before(books, sample_stream, path, lambda line: line["kind"] == "market_day")
    return path


@pytest.fixture
def wanted(sample_path: Path) -> Left:
    """What the sample's first Friday left in its book."""
    return left_by(sample_path, "market_day", FRIDAY)[0]


@pytest.fixture
def window(
    desk_for: Callable[[Path], Desk], friday: Path, qtbot: QtBot, settle: Settle
) -> MainWindow:
    desk = desk_for(friday)
    made = MainWindow(desk, QIcon())
    qtbot.addWidget(made)
    made.show_place(Destination("home"))
    with qtbot.waitActive(made):
        made.show()
    desk.learn_setup()
    settle(desk)
    return made


@pytest.fixture
def form(window: MainWindow, qtbot: QtBot, settle: Settle) -> MarketDayForm:
    """The page of the Friday outlet, come to with its key."""
    qtbot.keyClick(window, Qt.Key.Key_1, ALT)
    settle(window.desk)
    shown = window.findChild(FormPart)
    assert shown is not None
    found = shown.form
    assert isinstance(found, MarketDayForm)
    return found


def here() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def type_on(qtbot: QtBot, *texts: str) -> None:
    """Each text into the field in hand, and Enter."""
    for text in texts:
        qtbot.keyClicks(here(), text)
        qtbot.keyClick(here(), Qt.Key.Key_Return)


def press(qtbot: QtBot, counter: Counter, sign: str, times: int) -> None:
    """The − or + of a counter."""
    left = 8 if sign == "-" else counter.width() - 8
    for _ in range(times):
        qtbot.mouseClick(
            counter, Qt.MouseButton.LeftButton, pos=QPoint(left, counter.height() // 2)
        )


def fill_first_friday(form: MarketDayForm) -> None:
    form.date.restore(FRIDAY)
    for code, taken, sold in (
        ("sayur", 35, 35), ("keripik-bayam", 18, 13), ("keripik-pare", 10, 6),
    ):  # fmt: skip
        form.grid.rows[code].counters["taken"].type_in(taken * UNIT)
        form.grid.rows[code].counters["sold"].type_in(sold * UNIT)


def pay(form: MarketDayForm, qtbot: QtBot, cash: str, bank: str = "") -> None:
    for field, text in ((form.money.till.cash, cash), (form.money.till.bank, bank)):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, text)


# -- the first Friday ------------------------------------------------------------------------


def test_by_keyboard_alone(
    form: MarketDayForm, window: MainWindow, friday: Path, wanted: Left, qtbot: QtBot
) -> None:
    assert here() is form.grid.rows["sayur"].counters["taken"], "one can begin at once"
    type_on(qtbot, "35", "35", "", "", "")
    type_on(qtbot, "18", "13", "", "", "", "10", "6", "", "", "")
    assert form.money.denominations.isAncestorOf(here()), "after the goods comes the money"
    type_on(qtbot, "5", "", "", "1", *[""] * 6)
    assert here() is form.money.till.cash
    assert form.money.till.cash.number() == 510_000
    type_on(qtbot, "", "100rb")
    form.date.setFocus(Qt.FocusReason.ShortcutFocusReason)
    type_on(qtbot, "5/6")
    with qtbot.waitSignal(window.desk.tasks.changed):
        qtbot.keyClick(here(), Qt.Key.Key_S, CTRL)
    assert left_by(friday, "market_day", FRIDAY) == [wanted]


def test_by_mouse(
    form: MarketDayForm, window: MainWindow, friday: Path, wanted: Left, qtbot: QtBot
) -> None:
    printed: list[str] = []
    window.desk.print_wanted.disconnect()
    window.desk.print_wanted.connect(printed.append)
    form.date.restore(FRIDAY)
    for code, taken, sold in (("keripik-bayam", 18, 13), ("keripik-pare", 10, 6)):
        counters = form.grid.rows[code].counters
        press(qtbot, counters["taken"], "+", taken + 1)
        press(qtbot, counters["taken"], "-", 1)
        press(qtbot, counters["sold"], "+", sold)
    vegetables = form.grid.rows["sayur"].counters
    for key in ("taken", "sold"):
        qtbot.mouseClick(vegetables[key], Qt.MouseButton.LeftButton)
        qtbot.keyClicks(vegetables[key], "*")
    qtbot.mouseClick(form.money.till.cash, Qt.MouseButton.LeftButton)
    pay(form, qtbot, "510.000", "100.000")
    button = form.money.buttons.print_button
    with qtbot.waitSignal(window.desk.tasks.changed):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.mouseDClick(button, Qt.MouseButton.LeftButton)
        qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.desk.tasks.busy)
    assert left_by(friday, "market_day", FRIDAY) == [wanted], "a double click records once"
    assert printed == [wanted.number], "and prints once"
    assert not form.grid.filled, "the sheet is empty again"


def test_the_answer_names_the_voucher_and_offers_the_sheet(
    form: MarketDayForm, window: MainWindow, wanted: Left, qtbot: QtBot
) -> None:
    said: list[Message] = []
    window.desk.said.connect(said.append)
    fill_first_friday(form)
    pay(form, qtbot, "510000", "100000")
    with qtbot.waitSignal(form.saved):
        form.save()
    assert wanted.number in f"{said[0].strong} {said[0].text}"
    assert said[0].act is not None


def test_a_difference_is_said_in_words_before_it_is_saved(
    form: MarketDayForm, qtbot: QtBot
) -> None:
    fill_first_friday(form)
    assert "Rp" not in form.money.note.text, "nothing was counted yet"
    form.save()
    assert not form.saving, "the money comes first"
    assert here() is form.money.till.cash
    form.money.denominations.set_counts(
        {"100000": 3, "50000": 2, "20000": 3, "10000": 3, "5000": 2, "2000": 2, "1000": 1}
    )
    assert form.money.till.total == 505_000
    pay(form, qtbot, "505000", "100000")
    assert not form.money.denominations.counts, "an amount typed takes the place of the pieces"
    assert "Kas kurang Rp5.000" in form.money.note.text
    pay(form, qtbot, "515000", "100000")
    assert "Kas lebih Rp5.000" in form.money.note.text
    pay(form, qtbot, "510000", "100000")
    assert form.money.note.property("tone") == "good"


def test_more_than_there_is_stands_beside_the_goods_and_nothing_is_recorded(
    form: MarketDayForm, friday: Path, qtbot: QtBot
) -> None:
    fill_first_friday(form)
    row = form.grid.rows["keripik-bayam"]
    row.counters["taken"].type_in(25 * UNIT)
    assert "23" in row.message or "20" in row.message
    pay(form, qtbot, "610000")
    form.save()
    qtbot.waitUntil(lambda: not form.saving)
    assert "Stok Keripik bayam 100 g di gudang tinggal" in row.message
    assert not form.grid.rows["keripik-pare"].message
    assert left_by(friday, "market_day", FRIDAY) == []
    row.counters["taken"].type_in(18 * UNIT)
    qtbot.waitUntil(lambda: "di gudang tinggal" not in row.message)
    assert row.number("sold") == 13 * UNIT, "what was typed is still there"


def test_what_was_typed_is_there_after_a_crash(
    form: MarketDayForm, window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    desk = window.desk
    fill_first_friday(form)
    form.money.denominations.set_counts({"100000": 5})
    qtbot.waitUntil(lambda: drafts_of(desk.folders.data, desk.book).read("market_day") is not None)
    again = MarketDayForm(desk, {})
    qtbot.addWidget(again)
    again.reload()
    settle(desk)
    assert again.state() == form.state()
    assert again.money.till.cash.number() == 500_000
    assert not again.note.isHidden()


def test_goods_that_arrive_meanwhile_come_into_the_sheet(
    form: MarketDayForm, window: MainWindow, sample_stream: Path, qtbot: QtBot, settle: Settle
) -> None:
    fill_first_friday(form)
    before = form.state()["lines"]
    assert "daun-bayam" not in form.grid.rows
    harvest = next(
        line for line in lines_of(sample_stream)
        if line["kind"] == "harvest" and line["item"] == "daun-bayam"
    )  # fmt: skip
    window.desk.tasks.record(command_of(harvest), lambda _recorded: None)
    qtbot.waitUntil(lambda: "daun-bayam" in form.grid.rows)
    assert form.state()["lines"] == before


# -- the numbers of a row --------------------------------------------------------------------


@pytest.fixture
def row(form: MarketDayForm) -> MarketRow:
    found = form.grid.rows["keripik-bayam"]
    assert isinstance(found, MarketRow)
    return found


def enter(row: MarketRow, **numbers: int) -> None:
    for key, number in numbers.items():
        row.counters[key].type_in(number * UNIT)


def numbers(row: MarketRow) -> list[int]:
    return [row.number(key) // UNIT for key in ("taken", "sold", "returned", "spoiled", "sampled")]


def test_returned_follows_from_sold(row: MarketRow) -> None:
    enter(row, taken=18, sold=13, spoiled=1, sampled=1)
    assert numbers(row) == [18, 13, 3, 1, 1]
    assert row.counters["returned"].computed


def test_sold_follows_once_returned_is_counted_and_the_other_way_round(row: MarketRow) -> None:
    enter(row, taken=18, sold=10, returned=3)
    assert numbers(row) == [18, 15, 3, 0, 0]
    assert row.counters["sold"].computed
    enter(row, sold=12)
    assert numbers(row) == [18, 12, 6, 0, 0]
    assert row.counters["returned"].computed


def test_taken_follows_where_nobody_says_it(row: MarketRow) -> None:
    enter(row, sold=12, returned=2)
    assert numbers(row) == [14, 12, 2, 0, 0]
    enter(row, taken=18)
    assert sum(numbers(row)[1:]) == 18


def test_a_number_being_rubbed_out_is_not_filled_in(row: MarketRow, qtbot: QtBot) -> None:
    enter(row, taken=18, returned=3)
    sold = row.counters["sold"]
    sold.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(sold, Qt.Key.Key_Delete)
    assert sold.text() == ""
    qtbot.keyClicks(sold, "9")
    assert numbers(row)[:3] == [18, 9, 9]


def test_arrow_keys_go_about_the_grid(form: MarketDayForm, qtbot: QtBot) -> None:
    rows = list(form.grid.rows.values())
    first = rows[0].counters
    first["taken"].setFocus(Qt.FocusReason.TabFocusReason)
    for key, wanted in (
        (Qt.Key.Key_Right, first["sold"]),
        (Qt.Key.Key_Down, rows[1].counters["sold"]),
        (Qt.Key.Key_Left, rows[1].counters["taken"]),
        (Qt.Key.Key_Left, first["sampled"]),
    ):
        qtbot.keyClick(here(), key)
        assert here() is wanted
    qtbot.keyClicks(here(), "++-")
    assert first["sampled"].value() == UNIT


# -- other days and papers -------------------------------------------------------------------


@pytest.fixture
def full(desk: Desk, qtbot: QtBot, settle: Settle) -> Callable[[dict[str, object]], MarketDayForm]:
    """Sheets over the whole sample month."""

    def make(given: dict[str, object]) -> MarketDayForm:
        made = MarketDayForm(desk, given)
        qtbot.addWidget(made)
        made.reload()
        settle(desk)
        return made

    return make


def test_starts_on_the_last_friday_of_the_month_in_hand(
    full: Callable[[dict[str, object]], MarketDayForm], desk: Desk
) -> None:
    sheet = full({})
    assert sheet.date.value().isoformat() == "2026-06-26"  # type: ignore[union-attr]
    assert "BKM-2606-0012" in sheet.date_row.message, "that Friday is recorded already"
    desk.show_month("2026-05")
    assert sheet.date.value().isoformat() == "2026-05-29"  # type: ignore[union-attr]
    assert not sheet.date_row.message


def test_last_friday_can_be_copied_with_one_key(
    full: Callable[[dict[str, object]], MarketDayForm], qtbot: QtBot
) -> None:
    sheet = full({})
    with qtbot.waitActive(sheet):
        sheet.show()
    qtbot.keyClick(sheet.date, Qt.Key.Key_L, CTRL)
    row = sheet.grid.rows["keripik-pare"]
    assert row.number("taken") == row.good.on_hand == 2 * UNIT, "no more than there is"
    assert sheet.grid.filled == [row]


def documents(stream: Path, *kinds: str) -> list[dict[str, object]]:
    return [line for line in lines_of(stream) if line["kind"] in kinds]


def test_a_document_comes_back_into_the_form_as_it_was(
    full: Callable[[dict[str, object]], MarketDayForm], sample_stream: Path
) -> None:
    for line in documents(sample_stream, "market_day"):
        sheet = full({**line, "ref": "7"})
        asked, wanted = sheet.to_command(), replace(command_of(line), ref="7")
        assert isinstance(wanted, MarketDay)
        assert by_item(replace(asked, id=None)) == by_item(wanted)


def by_item(day: MarketDay) -> MarketDay:
    """Lines as a grid may order them."""
    return replace(day, lines=tuple(sorted(day.lines, key=lambda line: line.item)))


def test_a_fair_names_its_venue(
    desk: Desk, qtbot: QtBot, settle: Settle, books: Books, book_path: Path
) -> None:
    fair = MarketDayForm(desk, {}, fair=True)
    qtbot.addWidget(fair)
    fair.reload()
    settle(desk)
    fair.grid.rows["bibit-cabai"].counters["sold"].type_in(4 * UNIT)
    fair.money.till.cash.put(10_000)
    fair.save()
    assert not fair.saving, "where was it?"
    qtbot.keyClicks(fair.venue, "gelar produk")
    assert fair.venue.value() == "gelar-produk", "known from before, in its own writing"
    fair.venue.setText("Pasar Tani")
    fair.date.restore("2026-07-01")
    with qtbot.waitSignal(fair.saved):
        fair.save()
    book = books.open(book_path, read_only=True)
    assert book.selling().sessions[0].venue == "Pasar Tani"
    book.close()


def test_an_account_s_name_makes_no_key_of_its_own(form: MarketDayForm) -> None:
    till = form.money.till
    till.accounts = [replace(till.accounts[0], name="Kas & Dompet")]
    bar = form.findChild(SaveBar)
    assert bar is not None
    bar.menu.aboutToShow.emit()
    (cash, _bank) = bar.menu.findChildren(QMenu)
    assert [each.text() for each in cash.actions()] == ["Kas && Dompet"]


# -- sales with a nota -----------------------------------------------------------------------


@pytest.fixture
def sale(
    books: Books, sample_stream: Path, tmp_path: Path, desk_for: Callable[[Path], Desk],
    qtbot: QtBot, settle: Settle,
) -> SaleForm:  # fmt: skip
    """A sale of seedlings on the day of the sample's."""
    path = tmp_path / "sale.kwt"
    book_before(books, sample_stream, path, lambda line: line["kind"] == "sale")
    desk = desk_for(path)
    desk.learn_setup()
    made = SaleForm(desk, {}, seedlings=True)
    qtbot.addWidget(made)
    made.reload()
    settle(desk)
    made.date.restore("2026-06-14")
    return made


def test_seedlings_paid_in_full(sale: SaleForm, sample_path: Path, qtbot: QtBot) -> None:
    assert list(sale.grid.rows) == ["bibit-cabai"]
    sale.grid.rows["bibit-cabai"].counters["qty"].type_in(120 * UNIT)
    assert sale.payment.till.cash.number() == 300_000, "paid in cash unless one says otherwise"
    with qtbot.waitSignal(sale.saved):
        sale.save()
    (made,) = left_by(sale.desk.book, "sale", "2026-06-14")
    assert made == left_by(sample_path, "sale", "2026-06-14")[0]


def test_what_is_owed_needs_a_buyer_who_may_be_new(sale: SaleForm, qtbot: QtBot) -> None:
    sale.grid.rows["bibit-cabai"].counters["qty"].type_in(120 * UNIT)
    sale.payment.discount.setText("20.000")
    sale.payment.ways.choose("owed")
    sale.payment.till.cash.put(80_000)
    assert "Rp200.000" in sale.payment.note.text
    sale.save()
    qtbot.waitUntil(lambda: not sale.saving)
    assert left_by(sale.desk.book, "sale", "2026-06-14") == []
    sale.buyer.setFocus()
    qtbot.keyClicks(sale.buyer, "Bu Ningsih")
    with qtbot.waitSignal(sale.saved):
        sale.save()
    (made,) = left_by(sale.desk.book, "sale", "2026-06-14")
    assert ("1111", 200_000, "bu-ningsih", 0) in made.postings
    assert ("4109", 20_000, None, 0) in made.postings


def test_more_than_is_due_is_refused_beside_the_money(sale: SaleForm, qtbot: QtBot) -> None:
    sale.grid.rows["bibit-cabai"].counters["qty"].type_in(2 * UNIT)
    sale.payment.till.cash.put(6_000)
    sale.save()
    qtbot.waitUntil(lambda: not sale.saving)
    assert "Rp5.000" in sale.payment.message
    assert left_by(sale.desk.book, "sale", "2026-06-14") == []


def test_a_sale_that_is_refused_leaves_no_new_buyer_behind(sale: SaleForm, qtbot: QtBot) -> None:
    sale.grid.rows["bibit-cabai"].counters["qty"].type_in(2 * UNIT)
    sale.payment.till.cash.put(6_000)
    sale.buyer.setFocus()
    qtbot.keyClicks(sale.buyer, "Bu Ningsih")
    sale.save()
    qtbot.waitUntil(lambda: not sale.saving)
    assert sale.payment.message
    sale.desk.learn_setup()
    qtbot.waitUntil(lambda: not sale.desk.tasks.busy)
    assert sale.desk.setup is not None
    assert "bu-ningsih" not in sale.desk.setup.parties


def test_a_price_for_this_time_alone(sale: SaleForm, qtbot: QtBot) -> None:
    row = sale.grid.rows["bibit-cabai"]
    row.price.setText("3rb")
    row.counters["qty"].type_in(10 * UNIT)
    assert sale.payment.due == 30_000
    command = sale.to_command()
    assert command.lines[0].price == 3_000
    row.price.setText("2.500")
    assert sale.to_command().lines[0].price is None


# -- the list --------------------------------------------------------------------------------


def test_the_list_shows_what_the_month_sold(
    desk: Desk, qtbot: QtBot, settle: Settle, sample_stream: Path
) -> None:
    page = SalesListPage(desk)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    settle(desk)
    sold = documents(sample_stream, "market_day", "sale", "consignment_settlement")
    assert page.table.model().rowCount() == len(sold)
    desk.show_month("2026-09")
    settle(desk)
    assert page.empty.isVisible()


def test_a_long_number_is_shown_whole(form: MarketDayForm, qtbot: QtBot) -> None:
    counter = form.grid.rows["keripik-bayam"].counters["taken"]
    edit = counter.lineEdit()
    assert edit is not None
    for thousandths in (7_000, 35_500, 1_250_000, 12_250):
        counter.type_in(thousandths)
        room = edit.width() - 4  # what a line edit keeps free around its text
        assert edit.fontMetrics().horizontalAdvance(edit.text()) <= room
