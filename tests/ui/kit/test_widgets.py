"""Charts, steps, months, notes, papers."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from kwt_books.domain.values import Month
from scripts.layout_faults import faults
from tests.ui.windows import said
from ui.kit.button import Button, OneOf, TabStrip, with_keys
from ui.kit.calendar import MonthPopup
from ui.kit.card import Badge, Card, Disc, EmptyState, Key, Note
from ui.kit.chart import scale_for
from ui.kit.date_field import MonthButton
from ui.kit.dialog import Choice, MessageDialog
from ui.kit.layout import column, holder, stacked
from ui.kit.list import ToDoList, ToDoRow
from ui.kit.look import GUTTER, UiContext
from ui.kit.popup import Menu
from ui.kit.preview import Paper
from ui.kit.scrolling import Beside

# -- the chart -----------------------------------------------------------------------------


@given(st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=24))
def test_every_value_has_its_place_on_the_scale(values: list[int]) -> None:
    scale = scale_for(values)
    assert scale.low <= min(0, *values)
    assert scale.high >= max(values)
    assert 0 in scale.ticks
    assert (2 if any(values) else 1) <= len(scale.ticks) <= 6, "nothing is one line, without a 1"
    assert str(scale.step).rstrip("0") in ("1", "2", "5")


# -- choosing ------------------------------------------------------------------------------


def test_tabs_without_room_stand_in_a_menu_and_none_is_cut(ui: UiContext, qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    tabs = TabStrip(ui)
    tabs.setParent(ground)
    names = ("Periksa buku", "Kertas & buku", "Yang janggal", "Sampel", "Temuan & paket")
    for name in names:
        tabs.add(name, name)
    tabs.resize(900, tabs.height())
    ground.resize(900, tabs.height())
    ground.show()
    assert tabs.hidden_tabs == ()
    assert tabs.more.isHidden()
    tabs.resize(420, tabs.height())
    assert tabs.hidden_tabs == names[-len(tabs.hidden_tabs) :]
    tabs.more.click()
    menu = tabs.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert tuple(each.text().replace("&&", "&") for each in menu.actions()) == tabs.hidden_tabs
    assert all(each.text().count("&") in (0, 2) for each in menu.actions())
    menu.actions()[-1].trigger()
    menu.close()
    assert tabs.current == names[-1]
    assert names[-1] not in tabs.hidden_tabs
    qtbot.waitUntil(lambda: not faults(tabs))


def test_the_keyboard_goes_along_with_the_chosen_tab(ui: UiContext, qtbot: QtBot) -> None:
    ground, tabs = QWidget(), TabStrip(ui)
    qtbot.addWidget(ground)
    tabs.setParent(ground)
    tabs.add("one", "Satu")
    tabs.add("two", "Dua")
    elsewhere = QPushButton(ground)
    with qtbot.waitActive(ground):
        ground.show()
    first, second = tabs.tabs["one"], tabs.tabs["two"]
    elsewhere.setFocus()
    tabs.choose("two")
    assert elsewhere.hasFocus()
    second.setFocus()
    tabs.choose("one")
    assert first.hasFocus()


def test_tab_goes_to_the_one_that_is_checked(ui: UiContext, qtbot: QtBot) -> None:
    """Also where the program checks it, and to each while none is."""
    page = QWidget()
    qtbot.addWidget(page)
    group, buttons = OneOf(page), [QPushButton(name, page) for name in "abc"]
    for each in buttons:
        each.setCheckable(True)
        group.add(each)

    def stops() -> str:
        tab = Qt.FocusPolicy.TabFocus
        return "".join(each.text() for each in buttons if each.focusPolicy() & tab)

    assert stops() == "abc"
    for each in (buttons[1], buttons[2], buttons[0]):
        each.setChecked(True)
        assert stops() == each.text()


def test_tabs_go_round_with_the_arrows(ui: UiContext, qtbot: QtBot) -> None:
    tabs = TabStrip(ui)
    qtbot.addWidget(tabs)
    for name in ("one", "two", "three"):
        tabs.add(name, name.title())
    with qtbot.waitActive(tabs):
        tabs.show()
    assert tabs.current == "one"
    qtbot.keyClick(tabs, Qt.Key.Key_Left)
    assert tabs.current == "three"
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.current == "one"


def test_a_month_is_chosen_from_its_year(ui: UiContext, qtbot: QtBot) -> None:
    button = MonthButton(ui)
    qtbot.addWidget(button)
    button.show_month("2026-06")
    assert button.text() == ui.formats.month("2026-06")
    button.open()
    popup = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MonthPopup))
    back = popup.findChildren(Button)[0]
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    march = next(b for b in popup.findChildren(Button) if b.text() == ui.formats.month_name(3))
    with qtbot.waitSignal(button.chosen) as chosen:
        qtbot.mouseClick(march, Qt.MouseButton.LeftButton)
    assert chosen.args == ["2025-03"]


def test_closed_months_bear_a_lock_and_months_to_come_can_t_be_chosen(
    ui: UiContext, qtbot: QtBot
) -> None:
    """The clock stands on the first of July 2026."""
    ui.days.closed_through = Month("2026-04")
    popup = MonthPopup(ui, Month("2026-06"))
    qtbot.addWidget(popup)
    cells = [each for each in popup.findChildren(Button) if each.property("cell")]
    locked = [number for number, each in enumerate(cells, 1) if not each.icon().isNull()]
    assert locked == [1, 2, 3, 4]
    assert cells[0].accessibleName() != ui.formats.month_name(1), "a lock is said, too"
    assert [each.isEnabled() for each in cells] == [True] * 7 + [False] * 5
    before, after = (
        next(b for b in popup.findChildren(Button) if ui.t(name) in b.toolTip())
        for name in ("Previous year", "Next year")
    )
    assert before.isEnabled()
    assert not after.isEnabled()
    for button, year in ((before, "2025"), (before, "2024"), (after, "2025"), (after, "2026")):
        button.click()
        assert year in said(popup)
    assert [each.isEnabled() for each in cells] == [True] * 7 + [False] * 5
    before.click()
    assert all(each.isEnabled() and not each.icon().isNull() for each in cells)


def test_the_months_of_a_year_stand_in_four_rows_of_three(ui: UiContext, qtbot: QtBot) -> None:
    popup = MonthPopup(ui, Month("2026-06"))
    qtbot.addWidget(popup)
    popup.show()
    cells = [each for each in popup.findChildren(Button) if each.property("cell")]
    assert [each.text() for each in cells] == [ui.formats.month_name(n) for n in range(1, 13)]
    for number, each in enumerate(cells):
        here = each.geometry()
        assert (each.property("kind"), each.property("scale")) == ("quiet", "small")
        if number % 3:
            before = cells[number - 1].geometry()
            assert (before.top(), before.right()) < (here.top() + 1, here.left())
        if number >= 3:
            above = cells[number - 3].geometry()
            assert above.left() == here.left()
            assert above.bottom() < here.top()
    assert [bool(each.property("chosen")) for each in cells] == [n == 6 for n in range(1, 13)]
    assert [bool(each.property("now")) for each in cells] == [n == 7 for n in range(1, 13)]
    assert cells[5].hasFocus()


def test_months_before_the_first_of_a_book_are_no_closed_ones(ui: UiContext, qtbot: QtBot) -> None:
    """Once a month was closed nothing can be dated before it; till then the past may yet come."""
    ui.days.recorded = Month("2026-03"), Month("2026-08")
    for closed, can_be, locked in (
        ("2026-04", [3, 4, 5, 6, 7, 8], [3, 4]),
        (None, [*range(1, 9)], []),
    ):
        ui.days.closed_through = Month(closed) if closed else None
        popup = MonthPopup(ui, Month("2026-06"))
        qtbot.addWidget(popup)
        cells = [each for each in popup.findChildren(Button) if each.property("cell")]
        assert [n for n, each in enumerate(cells, 1) if each.isEnabled()] == can_be
        assert [n for n, each in enumerate(cells, 1) if not each.icon().isNull()] == locked
        earlier = next(
            b for b in popup.findChildren(Button) if ui.t("Previous year") in b.toolTip()
        )
        assert earlier.isEnabled() is (closed is None)


# -- saying --------------------------------------------------------------------------------


def test_a_note_says_words_and_not_markup(ui: UiContext, qtbot: QtBot) -> None:
    note = Note(ui, "Titip <b>5</b> & lain", "warn", strong="Kas kurang.")
    qtbot.addWidget(note)
    assert note.text == "Kas kurang. Titip <b>5</b> & lain"
    assert "&lt;b&gt;" in note.findChildren(QLabel)[-1].text()
    done: list[int] = []
    offered = note.offer("Lihat", lambda: done.append(1))
    qtbot.mouseClick(offered, Qt.MouseButton.LeftButton)
    assert done == [1]


def test_a_badge_and_its_tone(ui: UiContext, qtbot: QtBot) -> None:
    badge = Badge(ui, "2", "warn")
    qtbot.addWidget(badge)
    badge.show_text("0", "good")
    assert badge.text == "0"
    assert badge.property("tone") == "good"


def test_a_hint_names_the_keys(ui: UiContext, qtbot: QtBot) -> None:
    button = Button(ui, "", "printer").hint("Cetak", "Ctrl+P")
    qtbot.addWidget(button)
    assert button.toolTip() == with_keys(ui.t, "Cetak", "Ctrl+P") == "Cetak (Ctrl+P)"
    assert "Ctrl+P" in button.toolTip()
    assert button.accessibleName() == "Cetak"
    assert Button(ui, "Simpan & cetak").text() == "Simpan && cetak"


def test_the_last_choice_is_the_default(ui: UiContext, qtbot: QtBot) -> None:
    done: list[str] = []
    choices = (
        Choice("Catat titipan", act=lambda: done.append("record")),
        Choice("Betulkan angka", "primary", lambda: done.append("mend")),
    )
    dialog = MessageDialog(ui, "Belum bisa", "Hanya ada 15.", what="Kurangi.", choices=choices)
    with qtbot.waitActive(dialog):
        dialog.open()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert done == ["mend"]


def test_a_message_holds_a_path_of_whatever_length(ui: UiContext, qtbot: QtBot) -> None:
    folders, name = "Salinan dari komputer lama\\" * 6, "Buku_Kas_" * 12
    path = rf"C:\Users\Siti\{folders}{name}.kwt"
    dialog = MessageDialog(ui, "Buku tidak bisa dibuka", f"{path} tidak ditemukan.", what="Cari.")
    with qtbot.waitActive(dialog):
        dialog.open()
    told = next(each for each in dialog.findChildren(QLabel) if path in each.text())
    assert told.height() >= told.heightForWidth(told.width())
    assert dialog.rect().contains(QRect(told.mapTo(dialog, QPoint()), told.size()))


@pytest.mark.parametrize("later", [False, True])
def test_an_empty_state_offers_the_first_thing_to_do(
    ui: UiContext, qtbot: QtBot, *, later: bool
) -> None:
    """With what is added before it is shown and after, in the same places."""
    done: list[int] = []
    state = EmptyState(ui, "cooking-pot", "Belum ada produksi", "Catat.", later=later)
    qtbot.addWidget(state)
    state.tell_keys("atau tekan", ("Alt", "6"), "dari halaman mana pun")
    state.offer("Catat produksi", lambda: done.append(1), "plus")
    assert bool(state.findChildren(QWidget)) is not later
    state.show()
    state.offer("Lihat Mei", lambda: done.append(2), primary=False)
    first, second = state.findChildren(Button)
    assert (first.text(), second.text()) == ("Catat produksi", "Lihat Mei")
    for each in (first, second):
        qtbot.mouseClick(each, Qt.MouseButton.LeftButton)
    assert done == [1, 2]
    (key, *_) = state.findChildren(Key)
    disc = state.findChild(Disc)
    assert disc is not None
    assert disc.y() < first.y() < key.y()
    state.hide()
    state.show()
    assert len(state.findChildren(Button)) == 2, "made once"


def test_an_empty_state_does_without_its_picture_in_a_low_room(ui: UiContext, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    state = EmptyState(ui, "cooking-pot", "Belum ada produksi", "Catat.")
    state.setParent(page)
    page.show()
    disc = state.findChild(Disc)
    assert disc is not None
    whole = QSize(600, state.minimumSizeHint().height() + disc.height())
    state.resize(whole)
    assert disc.isVisible()
    state.resize(600, state.minimumSizeHint().height())
    assert not disc.isVisible()
    assert state.height() >= state.minimumSizeHint().height()
    state.resize(whole)
    assert disc.isVisible()


def test_what_stands_beside_gets_a_share_of_a_large_screen(ui: UiContext, qtbot: QtBot) -> None:
    main, aside = QWidget(), QWidget()
    both = Beside(ui, main, aside, 400, 500)
    qtbot.addWidget(both)
    both.show()
    widths = []
    for width in (1134, 1360, 1688):
        both.resize(width, 600)
        QApplication.processEvents()
        widths.append(aside.width())
    assert widths == [400, 400 + (1360 - 1160) // 4, 400 * 5 // 4]
    both.resize(700, 600)
    QApplication.processEvents()
    assert aside.width() == main.width() > 500, "below each other"


def test_cards_stay_where_they_are_when_they_get_too_high(ui: UiContext, qtbot: QtBot) -> None:
    """The bar comes up in the margin of the page, and goes with the cards."""
    main, aside, page = QWidget(), QWidget(), QWidget()
    both = Beside(ui, main, aside, 400, 500)
    column(both, parent=page, margins=GUTTER)
    qtbot.addWidget(page)
    page.resize(1200, 600)
    with qtbot.waitExposed(page):
        page.show()
    before = main.geometry().right(), aside.geometry().right()
    assert not both.bar.isVisible()
    main.setMinimumHeight(1000)
    qtbot.waitUntil(both.bar.isVisible)
    assert (main.geometry().right(), aside.geometry().right()) == before
    assert both.geometry().right() < both.bar.x()
    assert both.bar.geometry().right() < page.width()
    both.hide()
    assert not both.bar.isVisible()


def test_cards_that_were_hidden_while_the_window_changed_fit_into_it(
    ui: UiContext, qtbot: QtBot
) -> None:
    """Of two cards beside each other one has to go below the other then."""
    main, aside, other = QWidget(), QWidget(), QWidget()
    main.setMinimumSize(600, 700)
    both = Beside(ui, main, aside, 400, 500)
    pages = stacked(holder(column(holder(column(both)), margins=GUTTER)), other)
    window = holder(column(pages))
    qtbot.addWidget(window)
    window.resize(1200, 600)
    with qtbot.waitExposed(window):
        window.show()
    pages.setCurrentIndex(1)
    for width in (1100, 800):
        window.resize(width, 600)
        QApplication.processEvents()
    pages.setCurrentIndex(0)
    qtbot.waitUntil(lambda: both.is_stacked)
    assert main.width() == aside.width() == both.width()


def test_what_waits_leads_there(ui: UiContext, qtbot: QtBot) -> None:
    todo, done = ToDoList(ui), list[str]()
    qtbot.addWidget(todo)
    todo.show_rows([ToDoRow("Mei", "Lewat", "clock", lambda: done.append("may"))])
    qtbot.mouseClick(todo.rows[0], Qt.MouseButton.LeftButton)
    assert done == ["may"]
    todo.show_rows([])
    assert not todo.rows


def test_a_menu_shows_icons_keys_and_what_is_chosen(ui: UiContext, qtbot: QtBot) -> None:
    menu, told = Menu(ui, title="A & B"), list[object]()
    qtbot.addWidget(menu)
    plain = menu.offer("Open & close", lambda: told.append("plain"))
    shown = menu.offer("Print", lambda: told.append("shown"), "printer", keys="Ctrl+P")
    deeper = menu.deeper("Size & look", "moon")
    deeper.choose((("A&B", 1), ("C", 2)), 2, told.append)
    assert [each.icon().isNull() for each in (plain, shown, deeper)] == [True, False, False]
    assert menu.deeper("More").icon().isNull()
    titles = menu.title(), plain.text(), shown.text(), deeper.title()
    assert titles == ("A && B", "Open && close", "Print\tCtrl+P", "Size && look")
    first, second = deeper.actions()
    assert (first.text(), first.isChecked(), second.isChecked()) == ("A&&B", False, True)
    for each in (plain, shown, first):
        each.trigger()
    assert told == ["plain", "shown", 1]
    assert (first.isChecked(), second.isChecked()) == (True, False), "one of them"
    assert menu.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground), "round corners"


@pytest.mark.parametrize(("made", "behind"), [(QWidget, "canvas"), (QDialog, "surface")])
def test_what_fills_a_card_is_cut_off_round_at_its_corners(
    made: type[QWidget], behind: str, ui: UiContext, qtbot: QtBot
) -> None:
    around, card = made(), Card(margins=0)
    qtbot.addWidget(around)
    content = QLabel()
    content.setStyleSheet("background: #ff00ff")
    card.body.addWidget(content)
    column(card, parent=around)
    around.resize(200, 100)
    around.show()
    QApplication.processEvents()
    picture, color = card.grab().toImage(), ui.theme.color
    right, low = picture.width() - 1, picture.height() - 1
    for x, y in ((0, 0), (right, 0), (0, low), (right, low)):
        assert picture.pixelColor(x, y) == color(behind)
    for x, y in ((right // 2, 0), (right // 2, low), (0, low // 2), (right, low // 2)):
        assert picture.pixelColor(x, y) == color("line"), "an edge"
    assert picture.pixelColor(right // 2, low // 2) == QColor("#ff00ff")
    corners = card.findChildren(QWidget)[-1]
    assert corners.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


# -- papers --------------------------------------------------------------------------------


@pytest.fixture
def pdf() -> bytes:
    """Two pages, upright and wide."""
    out = BytesIO()
    canvas = Canvas(out)
    for size in (A4, landscape(A4)):
        canvas.setPageSize(size)
        canvas.drawString(72, 72, "Kuitansi")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_printing_keeps_each_page_s_own_shape(qtbot: QtBot, pdf: bytes, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    assert list(Paper(pdf).printing(printer)) == [1, 2]
    pages = PdfReader(tmp_path / "out.pdf").pages
    shapes = [page.mediabox.width > page.mediabox.height for page in pages]
    assert shapes == [False, True]
