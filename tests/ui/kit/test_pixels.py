"""The look measured in pixels: lines that letters stand on, insets, heights, contrast, fonts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QListView,
    QMenu,
    QMessageBox,
    QRadioButton,
    QStyle,
    QWidget,
)
from pytestqt.qtbot import QtBot

from kwt_books.domain.values import UNIT, Month
from kwt_books.queries.selling import Good
from ui.kit.button import Button
from ui.kit.card import Note
from ui.kit.date_field import MonthButton
from ui.kit.field import CheckField, MoneyField, NoteField, QuantityField, TextField
from ui.kit.goods_row import Columns, CounterColumn, RowFrame
from ui.kit.layout import column, label
from ui.kit.lines import LineField, Lines
from ui.kit.look import Mode, Theme, UiContext, restyle
from ui.kit.picker import Choice, Picker, Stepper
from ui.kit.wrapped import Rich, Wrapped

WIDE, BORDER = 200, 4
LETTERS = "HHH"
"""Without anything that hangs below the line."""


class Ink(NamedTuple):
    """The first column and the last row of the pixels that differ from the ground."""

    left: int
    bottom: int


def luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def pixels(widget: QWidget, left: int, right: int) -> Iterator[tuple[int, int, float]]:
    """Column, row and contrast with the ground of what is drawn between two columns."""
    image = widget.grab().toImage()
    ground = luminance(image.pixelColor(widget.width() // 2 + 30, BORDER + 2))
    for y in range(BORDER, widget.height() - BORDER):
        for x in range(left, right):
            seen = luminance(image.pixelColor(x, y))
            yield x, y, (max(seen, ground) + 0.05) / (min(seen, ground) + 0.05)


def ink(widget: QWidget, left: int = BORDER, right: int = 100) -> Ink:
    found = [(x, y) for x, y, contrast in pixels(widget, left, right) if contrast > 2.5]
    return Ink(min(x for x, _ in found), max(y for _, y in found))


Show = Callable[[QWidget], QWidget]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    grounds = []  # Qt deletes what nobody holds

    def shown(widget: QWidget) -> QWidget:
        ground = QWidget()
        grounds.append(ground)
        qtbot.addWidget(ground)
        widget.setFixedWidth(WIDE)
        column(widget, parent=ground)
        ground.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        ground.show()
        ground.setFocus()  # a field that has the keyboard shows its cursor
        QApplication.processEvents()
        return widget

    return shown


def fields(ui: UiContext) -> dict[str, QWidget]:
    """One of each kind that begins with the same letters."""
    text = TextField(ui)
    text.setText(LETTERS)
    choices = [("1", LETTERS)]
    picker = Picker(ui, choices)
    picker.set_value("1")
    return {"text": text, "picker": picker, "choice": Choice(ui, choices, "1")}


@pytest.mark.parametrize("percent", [100, 125, 150])
@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.CONTRAST])
def test_fields_have_one_height_one_inset_and_one_line(
    mode: Mode, percent: int, theme: Theme, ui: UiContext, show: Show
) -> None:
    """Also while they are refused: nothing jumps."""
    theme.use(mode, percent)
    seen, heights = {}, {}
    for name, field in fields(ui).items():
        shown = show(field)
        for tone in ("", "error"):
            restyle(shown, tone=tone)
            QApplication.processEvents()
            seen[name, tone] = ink(shown)
            heights[name, tone] = shown.height()
    assert len({each.left for each in seen.values()}) == 1, seen
    lines = {each.bottom for each in seen.values()}
    spare = percent == 125  # there letters of 18 pixels are 21.8 high, which Qt rounds its own way
    assert max(lines) - min(lines) <= spare, seen
    assert set(heights.values()) == {theme.px(36)}, heights


def test_what_has_the_keyboard_has_a_green_edge(ui: UiContext, show: Show, qtbot: QtBot) -> None:
    """A number that was computed too: it can be typed over."""
    stepper, money = Stepper(ui), MoneyField(ui)
    stepper.set_computed(1000)
    restyle(money, computed=True)
    for field in (*fields(ui).values(), stepper, money):
        shown = show(field)
        with qtbot.waitActive(shown.window()):
            shown.window().activateWindow()
        shown.setFocus()
        QApplication.processEvents()
        edge = shown.grab().toImage().pixelColor(WIDE // 2, 1)
        assert edge == ui.theme.color("accent"), type(field).__name__


@pytest.mark.parametrize("scale", ["", "small"])
def test_a_number_stands_on_the_line_of_its_sign_and_its_unit(
    scale: str, ui: UiContext, show: Show
) -> None:
    money, quantity = MoneyField(ui), QuantityField(ui, unit="H")
    money.set_value(1)
    quantity.set_value(1000)
    for field in (money, quantity):
        restyle(field, scale=scale)
        shown = show(field)
        sign = shown.findChild(QLabel)
        assert sign is not None
        sign.setText("H")  # of "Rp" a part hangs below the line
        left, right = sign.geometry().left(), sign.geometry().right() + 1
        stands = ink(shown, left, right).bottom
        sign.hide()
        assert ink(shown, right=WIDE - BORDER).bottom == stands


@pytest.mark.parametrize("percent", [100, 110, 125, 150])
def test_the_figures_of_goods_stand_on_one_line(
    percent: int, theme: Theme, ui: UiContext, show: Show
) -> None:
    """Stock, price, number and amount: some are painted, others stand in fields."""
    theme.use(Mode.LIGHT, percent)
    good = Good("cabai", "Cabai rawit", "kg", "produce", 11, 11 * UNIT)
    columns = Columns((CounterColumn("qty", "Banyak"),), "Stok", "Harga", "Jumlah")
    shown = RowFrame(ui, good, columns)
    shown.show_stock(good.on_hand)
    shown.counters["qty"].type_in(11 * UNIT)
    shown.show_amount(11)
    shown.lay_out(wide=True)
    ground = QWidget()
    column(shown, parent=ground)
    ground.resize(theme.px(700), theme.px(60))
    image = ground.grab().toImage()

    def bottom(left: int, right: int) -> int:
        """The last row of the letters between two columns, of what is dark there."""
        rows = range(theme.px(12), theme.px(44))
        dark = [y for y in rows for x in range(left, right) if image.pixelColor(x, y).value() < 110]
        return max(dark)

    counter = shown.counters["qty"].geometry().adjusted(theme.px(24), 0, -theme.px(24), 0)
    places = [
        shown.stock.geometry(), shown.price.geometry(), counter, shown.amount_shown.geometry()
    ]  # fmt: skip
    stands = [bottom(each.left(), each.right()) for each in places]
    assert len(set(stands)) == 1, stands


@pytest.mark.parametrize(
    ("mode", "least"), [(Mode.LIGHT, 4.5), (Mode.DARK, 4.5), (Mode.CONTRAST, 7)]
)
def test_what_stands_for_nothing_can_be_read(
    mode: Mode, least: float, theme: Theme, ui: UiContext, show: Show
) -> None:
    """Words in an empty field, and the nought of a number."""
    theme.use(mode, 100)
    note = NoteField(ui)
    note.setPlaceholderText(LETTERS)
    stepper = Stepper(ui)
    made = (TextField(ui, placeholder=LETTERS), Picker(ui, placeholder=LETTERS), note, stepper)
    for each in made:
        shown = show(each)
        middle = each is stepper
        between = (80, 120) if middle else (BORDER, 100)
        darkest = max(contrast for _, _, contrast in pixels(shown, *between))
        assert darkest >= least, (type(each).__name__, darkest)


def test_the_middle_of_a_stepper_is_white(ui: UiContext, show: Show) -> None:
    stepper = show(Stepper(ui, 1000))
    image = stepper.grab().toImage()
    assert image.pixelColor(60, 10) == ui.theme.color("surface")
    assert image.pixelColor(5, 10) == ui.theme.color("head")


@pytest.mark.parametrize(("role", "line"), [("caption", 18), ("body", 20)])
@pytest.mark.parametrize("percent", [100, 150])
def test_lines_are_as_far_apart_as_the_look_says(
    role: str, line: int, percent: int, theme: Theme, show: Show
) -> None:
    """Whatever the family of the letters asks for: 18 pixels and 20."""
    theme.use(Mode.LIGHT, percent)
    one, three = label("H", role, wrap=True), label("H\nH\nH", role, wrap=True)
    heights = [show(each).height() for each in (one, three)]
    wanted = theme.px(line)
    assert heights[0] in range(wanted - 1, wanted + 2), "a pixel for rounding"
    assert heights[1] == 3 * heights[0]
    rows = {y for _, y, contrast in pixels(three, BORDER, 60) if contrast > 2.5}
    begins = [y for y in sorted(rows) if y - 1 not in rows]
    assert [later - before for before, later in pairwise(begins)] == [heights[0]] * 2


def test_a_note_and_a_story_keep_the_same_lines(ui: UiContext, show: Show) -> None:
    """Rich text too: 18 pixels in a note, 20 in the body."""
    one, two = Note(ui, "H", strong="H"), Note(ui, "H\nH", strong="H")
    assert show(two).height() - show(one).height() == 18
    assert show(Rich("H<br>H<br>H")).height() - show(Rich("H")).height() == 40


def test_nothing_beside_the_month_moves_when_it_changes(ui: UiContext, show: Show) -> None:
    button = MonthButton(ui)
    show(button)
    wide = set()
    for month in range(1, 13):
        button.show_month(Month(f"2026-{month:02}"))
        wide.add(button.sizeHint().width())
    assert len(wide) == 1


def test_words_that_wrap_take_the_lines_they_need(show: Show) -> None:
    shown = show(label("satu dua tiga empat lima enam tujuh delapan sembilan", wrap=True))
    assert isinstance(shown, Wrapped)
    one = label("H", wrap=True).sizeHint().height()
    assert shown.heightForWidth(WIDE) == shown.height()
    assert shown.height() in (2 * one, 3 * one)
    assert shown.heightForWidth(2000) == one


@pytest.mark.parametrize("kind", [Wrapped, Rich])
def test_a_path_of_windows_may_go_on_in_the_next_line(
    show: Show, kind: type[Wrapped | Rich]
) -> None:
    longest = "OneDrive-Dinas-Pertanian"
    path = rf"C:\Users\SitiRohmah\{longest}\Documents\Pembukuan"
    shown, alone = show(kind(path)), show(kind(longest + "\\"))
    assert shown.minimumSizeHint().width() == alone.minimumSizeHint().width()
    assert shown.heightForWidth(WIDE) > alone.heightForWidth(WIDE)


def test_a_name_longer_than_a_line_goes_on_in_the_next(show: Show) -> None:
    name = "Pembukuan_" * 12
    shown, one = show(label(name, wrap=True)), label("H", wrap=True).sizeHint().height()
    assert shown.minimumSizeHint().width() < shown.fontMetrics().horizontalAdvance(name) // 2
    assert shown.heightForWidth(WIDE) // one >= shown.fontMetrics().horizontalAdvance(name) / WIDE


def test_a_path_that_wraps_is_told_as_it_was_given() -> None:
    made = Wrapped(r"C:\Users\Siti")
    assert made.text() == r"C:\Users\Siti"
    made.setText(r"D:\Buku\2026")
    assert made.text() == r"D:\Buku\2026"


def test_headings_stand_above_their_fields(ui: UiContext, qtbot: QtBot) -> None:
    """However long a heading is, in whatever width."""
    columns = (
        LineField("item", "Barang", lambda: Picker(ui), 3),
        LineField("qty", "Harga seluruhnya, kalau ada", lambda: QuantityField(ui), 1),
        LineField("price", "Harga", lambda: MoneyField(ui), 2),
    )
    lines = Lines(ui, columns)
    qtbot.addWidget(lines)
    lines.append()
    lines.show()
    for width in (560, 900):
        lines.resize(width, 300)
        QApplication.processEvents()
        heads = [each for each in lines.findChildren(QLabel) if each.property("role") == "label"]
        for line in lines.lines:
            for head, field in zip(heads, line.fields.values(), strict=True):
                left = field.mapTo(lines, QPoint(0, 0)).x()
                assert abs(head.x() - left) <= 1, (width, head.text())


def test_the_letters_reach_what_qt_makes_itself(theme: Theme, qtbot: QtBot) -> None:
    """Where the computer has letters of its own for menus, lists and messages, as Windows does."""
    for name in ("QMenu", "QListView", "QMessageBox", "QTipLabel"):
        QApplication.setFont(QFont("Courier", 7), name)
    theme.use(Mode.LIGHT, 125)
    for made in (QMenu(), QListView(), QMessageBox()):
        qtbot.addWidget(made)
        made.ensurePolished()
        assert made.font().family() == theme.family
        assert made.font().pixelSize() == theme.px(14)
    assert QApplication.font("QTipLabel").pixelSize() == theme.px(14)


def test_icons_of_a_menu_grow_with_the_letters(theme: Theme, qtbot: QtBot) -> None:
    for percent in (100, 150):
        theme.use(Mode.LIGHT, percent)
        menu = QMenu()
        qtbot.addWidget(menu)
        menu.ensurePolished()
        side = menu.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize, None, menu)
        assert side == theme.px(16)


def test_the_ring_alone_tells_that_tab_has_come_to_a_button(ui: UiContext, qtbot: QtBot) -> None:
    """Qt's own style puts a grey box around the words, once keys are used in a window."""
    parts: list[QAbstractButton] = [
        Button(ui, "Simpan", "check", kind=kind)
        for kind in ("primary", "default", "quiet", "danger")
    ]
    parts += [CheckField("Lunas"), QRadioButton("Tunai")]
    ground = QWidget()
    column(*parts, parent=ground, space=12, margins=12)
    qtbot.addWidget(ground)
    with qtbot.waitActive(ground):
        ground.show()
    quiet = [each.grab().toImage() for each in parts]
    for _ in parts:
        qtbot.keyClick(ground.focusWidget() or ground, Qt.Key.Key_Tab)
        here = ground.focusWidget()
        place = next(n for n, each in enumerate(parts) if each is here)
        assert parts[place].grab().toImage() == quiet[place], parts[place].text()
