"""Warung, driven as a treasurer does, against what the sample month's documents left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.values import UNIT
from kwt_books.queries.shops import shops
from tests.ui.sample_parts import Line, left_by
from tests.ui.selling.hand import type_on
from ui.kit.drafts import drafts_of
from ui.kit.look import GUTTER
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow
from ui.shops.forms import ConsignmentForm, DebtForm, SettlementForm
from ui.shops.page import ShopsPage

CTRL = Qt.KeyboardModifier.ControlModifier
SETTLED, LEFT = "2026-06-25", "2026-06-10"
Settle = Callable[[Workspace], None]
Open = Callable[[Path], MainWindow]


@pytest.fixture
def open_window(window_at: Callable[[str], Open]) -> Open:
    return window_at("shops")


def settled_by(shop: str) -> Callable[[Line], bool]:
    return lambda line: (
        line["kind"] == "consignment_settlement" and (line["shop"], line["date"]) == (shop, SETTLED)
    )


def page_of(window: MainWindow) -> ShopsPage:
    assert isinstance(window.page, ShopsPage)
    return window.page


def part(window: MainWindow, text: str) -> QPushButton:
    """A button of the segment in the panel."""
    parts = page_of(window).panel.parts.findChildren(QPushButton)
    return next(button for button in parts if button.text() == text)


def click_shop(window: MainWindow, qtbot: QtBot, name: str) -> None:
    table = page_of(window).table
    row = next(
        n for n in range(table.model().rowCount()) if table.model().index(n, 0).data() == name
    )
    place = table.visualRect(table.model().index(row, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


# -- the list --------------------------------------------------------------------------------


def test_says_what_stands_there_and_what_is_owed(
    open_window: Open, book_path: Path, books: Books
) -> None:
    window = open_window(book_path)
    page = page_of(window)
    book = books.open(book_path, read_only=True)
    known = book.read(shops)
    book.close()
    shown = {shop.code: shop for shop in known.shops}
    assert (shown["joko"].owed, shown["joko"].value) == (68_000, 17_000)
    assert shown["joko"].owed_since is not None
    assert shown["joko"].owed_since.isoformat() == SETTLED
    assert (shown["siti"].owed, shown["siti"].value) == (0, 45_000)
    model = page.table.model()
    rows = [[model.index(row, col).data() for col in range(5)] for row in range(2)]
    assert ["Warung Pak Joko", "2 bungkus", "17.000", "68.000"] in [row[:4] for row in rows]
    assert not page.panel.debt.isHidden(), "who owes is told so at once"
    (total,) = (each for each in page.findChildren(QLabel) if each.text() == "Rp68.000")
    assert total.palette().windowText().color() == page.ui.theme.color("amber")


def test_search_finds_shops_and_goods(open_window: Open, book_path: Path, qtbot: QtBot) -> None:
    page = page_of(open_window(book_path))
    for text, found in (("joko", 1), ("keripik", 2), ("pare", 1), ("sawi", 0)):
        page.seek.setText(text)
        assert page.table.model().rowCount() == found, text


# -- settling --------------------------------------------------------------------------------


def test_settling_takes_two_clicks_and_the_numbers(
    open_window: Open, before: Callable[[Callable[[Line], bool]], tuple[Path, Line]],
    sample_path: Path, qtbot: QtBot,
) -> None:  # fmt: skip
    path, line = before(settled_by("siti"))
    window = open_window(path)
    click_shop(window, qtbot, "Warung Bu Siti")
    qtbot.mouseClick(part(window, "Terima setoran"), Qt.MouseButton.LeftButton)
    form = page_of(window).panel.form("settle")
    assert isinstance(form, SettlementForm)
    assert [row.good.on_hand for row in form.grid.rows.values()] == [15 * UNIT, 15 * UNIT]
    assert form.grid.rows["keripik-pare"].named.texts[1] == "100 g · ada 15"
    form.date.set_value(SETTLED)
    form.grid.focus_first()
    type_on(qtbot, "11", "3", "1", "10", "", "")
    assert QApplication.focusWidget() is form.till.cash
    row = form.grid.rows["keripik-pare"]
    row.price.setText("9.000")
    assert form.due == form.till.cash.value() == 183_500, "paid in full unless one says so"
    assert "Lunas" in form.remains.text
    form.memo.setText(line["memo"])
    with qtbot.waitSignal(form.saved):
        qtbot.keyClick(form.till.cash, Qt.Key.Key_S, CTRL)
    (made,) = left_by(path, "consignment_settlement", SETTLED)
    (wanted,) = left_by(sample_path, "consignment_settlement", SETTLED, '"siti"')
    assert made == wanted


def test_what_is_not_paid_is_kept_as_owed_and_paid_later(
    open_window: Open, before: Callable[[Callable[[Line], bool]], tuple[Path, Line]],
    sample_path: Path, qtbot: QtBot, settle: Settle,
) -> None:  # fmt: skip
    path, _line = before(settled_by("joko"))
    window = open_window(path)
    click_shop(window, qtbot, "Warung Pak Joko")
    form = page_of(window).panel.form("settle")
    assert isinstance(form, SettlementForm)
    form.date.set_value(SETTLED)
    row = form.grid.rows["keripik-bayam"]
    row.counters["sold"].type_in(9_000 * UNIT)
    assert row.message, "more than the shop has"
    assert "Lunas" not in form.remains.text, "nothing reads as done beside what is refused"
    row.counters["sold"].type_in(8 * UNIT)
    row.price.setText("8.500")
    form.till.cash.put(0)
    assert "Rp68.000" in form.remains.text
    with qtbot.waitSignal(form.saved):
        form.save()
    (made,) = left_by(path, "consignment_settlement", SETTLED, '"joko"')
    (wanted,) = left_by(sample_path, "consignment_settlement", SETTLED, '"joko"')
    assert made == wanted
    settle(window.workspace)
    page_of(window).panel.pay_debt()
    settle(window.workspace)
    debt = window.findChild(DebtForm)
    assert debt is not None
    assert debt.amount.value() == 68_000, "all that is owed is proposed"
    debt.date.set_value(day := "2026-06-30")
    with qtbot.waitSignal(debt.saved):
        debt.save()
    (paid,) = left_by(path, "receipt", day)
    assert ("1112", -68_000, "joko", 0) in paid.postings
    settle(window.workspace)
    assert page_of(window).panel.debt.isHidden()


def test_a_price_that_is_only_told_is_no_stop(workspace: Workspace, qtbot: QtBot) -> None:
    """Goods are left at a shop without a price of their own; what they will bring is plain text."""
    form = ConsignmentForm(workspace, {})
    qtbot.addWidget(form)
    form.reload()
    form.shop.set_value("siti")
    form.show()
    qtbot.waitUntil(lambda: len(form.grid.rows) > 1)
    first, second = list(form.grid.rows.values())[:2]
    first.counters["qty"].setFocus()
    qtbot.keyClick(first.counters["qty"], Qt.Key.Key_Tab)
    assert form.focusWidget() is second.counters["qty"]
    qtbot.mouseClick(first.price, Qt.MouseButton.LeftButton)
    assert not first.price.hasFocus()


def test_each_shop_keeps_what_was_typed_for_it(
    open_window: Open, before: Callable[[Callable[[Line], bool]], tuple[Path, Line]],
    qtbot: QtBot,
) -> None:  # fmt: skip
    path, _line = before(settled_by("siti"))
    window = open_window(path)
    panel = page_of(window).panel
    for name, sold in (("Warung Bu Siti", 7), ("Warung Pak Joko", 4)):
        click_shop(window, qtbot, name)
        panel.form("settle").grid.rows["keripik-bayam"].counters["sold"].type_in(sold * UNIT)
    click_shop(window, qtbot, "Warung Bu Siti")
    form = panel.form("settle")
    assert form.grid.rows["keripik-bayam"].number("sold") == 7 * UNIT
    form.keep_draft()
    again = SettlementForm(window.workspace, {"shop": "siti"}, own=False)
    qtbot.addWidget(again)
    again.reload()
    qtbot.waitUntil(lambda: bool(again.grid.rows))
    assert again.grid.rows["keripik-bayam"].number("sold") == 7 * UNIT
    assert drafts_of(window.workspace.folders.data, path).read(again.name) is not None


# -- leaving goods ---------------------------------------------------------------------------


def test_goods_are_left_with_two_clicks_and_recorded_once(
    open_window: Open, before: Callable[[Callable[[Line], bool]], tuple[Path, Line]],
    sample_path: Path, qtbot: QtBot,
) -> None:  # fmt: skip
    path, _line = before(lambda line: line["kind"] == "consignment")
    window = open_window(path)
    printed: list[str] = []
    window.workspace.print_wanted.disconnect()
    window.workspace.print_wanted.connect(printed.append)
    click_shop(window, qtbot, "Warung Bu Siti")
    qtbot.mouseClick(part(window, "Titip barang"), Qt.MouseButton.LeftButton)
    form = page_of(window).panel.form("consign")
    assert isinstance(form, ConsignmentForm)
    form.date.set_value(LEFT)
    counter = form.grid.rows["keripik-bayam"].counters["qty"]
    right = QPoint(counter.width() - 8, counter.height() // 2)
    for _ in range(15):
        qtbot.mouseClick(counter, Qt.MouseButton.LeftButton, pos=right)
    with qtbot.waitSignal(form.saved):
        qtbot.mouseClick(form.buttons.both, Qt.MouseButton.LeftButton)
        qtbot.mouseDClick(form.buttons.both, Qt.MouseButton.LeftButton)
        qtbot.mouseRelease(form.buttons.both, Qt.MouseButton.LeftButton)
    (made,) = left_by(path, "consignment", LEFT)
    (wanted,) = left_by(sample_path, "consignment", LEFT, '"siti"')
    assert made == wanted
    assert printed == [wanted.number], "the receipt to be signed"


def test_no_more_can_be_left_than_there_is(
    open_window: Open, before: Callable[[Callable[[Line], bool]], tuple[Path, Line]],
    qtbot: QtBot,
) -> None:  # fmt: skip
    path, _line = before(lambda line: line["kind"] == "consignment")
    window = open_window(path)
    click_shop(window, qtbot, "Warung Bu Siti")
    form = page_of(window).panel.form("consign")
    row = form.grid.rows["keripik-pare"]
    row.counters["qty"].type_in(row.good.on_hand + UNIT)
    form.save()
    qtbot.waitUntil(lambda: not form.saving)
    assert "Stok Keripik pare 100 g di gudang tinggal" in row.message
    assert left_by(path, "consignment", LEFT) == []


# -- again -----------------------------------------------------------------------------------


def test_a_sheet_s_first_words_keep_their_distance_from_its_head(
    open_window: Open, book_path: Path
) -> None:
    window = open_window(book_path)
    for name in ("consignment", "settlement"):
        window.workspace.open_form(name)
        dialog = window.form(name)
        assert dialog is not None
        head = dialog.layout().itemAt(0)
        assert head is not None
        form = dialog.form  # type: ignore[attr-defined]
        assert form.mapTo(dialog, QPoint(0, 0)).y() >= head.geometry().bottom() + 8
        fields = form.shop.mapTo(dialog, QPoint(0, 0))
        form.say_above("Coba periksa sekali lagi", "warn")
        QApplication.processEvents()
        note, below = form.note.geometry(), form.shop.mapTo(form, QPoint(0, 0)).y()
        assert (note.left(), form.width() - 1 - note.right()) == (GUTTER, GUTTER), "the edges"
        form.say_above("", "")
        form.note.hide()
        QApplication.processEvents()
        assert form.shop.mapTo(dialog, QPoint(0, 0)) == fields, "no room is left for it"
        assert note.bottom() < below
        dialog.reject()
