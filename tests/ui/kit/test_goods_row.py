"""A row of goods by itself: its keys, its price, what it says, and the lines it is filled from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.selling import SaleLine
from kwt_books.domain.values import UNIT
from kwt_books.queries.selling import Good
from tests.ui.kit.plain_row import Row
from tests.ui.painted import painted
from ui.kit.goods_fields import Counter, PriceField
from ui.kit.goods_row import Columns, CounterColumn, added
from ui.kit.look import UiContext

GOOD = Good("keripik", "Keripik pare 100 g", "pack", "finished", 12_000, 20 * UNIT)
COLUMNS = Columns((CounterColumn("qty", "Sold", "What was sold"),), "In store", "Price", "Amount")
TWO = replace(COLUMNS, counters=(*COLUMNS.counters, CounterColumn("given", "Given")))
LONG = 123_456_789 * UNIT


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def row(ui: UiContext, qtbot: QtBot) -> Row:
    return shown(Row(ui, GOOD, COLUMNS), qtbot)


def shown(made: Row, qtbot: QtBot, *, wide: bool = True) -> Row:
    qtbot.addWidget(made)
    made.resize(600, 60)
    made.lay_out(wide=wide)
    with qtbot.waitActive(made):
        made.show()
    return made


def edit_of(counter: Counter) -> QLineEdit:
    edit = counter.lineEdit()
    assert edit is not None
    return edit


def test_a_number_that_is_left_is_written_out(row: Row, qtbot: QtBot) -> None:
    counter = row.counters["qty"]
    counter.setFocus()
    edit_of(counter).selectAll()
    qtbot.keyClicks(counter, "07")
    assert edit_of(counter).text() == "07"
    counter.clearFocus()
    assert (edit_of(counter).text(), counter.value()) == ("7", 7 * UNIT)


# -- keys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "at", "moves"),
    [
        (Qt.Key.Key_Up, 1, [(-1, 0)]), (Qt.Key.Key_Down, 1, [(1, 0)]),
        (Qt.Key.Key_Return, 1, [(0, 1)]), (Qt.Key.Key_Enter, 1, [(0, 1)]),
        (Qt.Key.Key_Left, 0, [(0, -1)]), (Qt.Key.Key_Left, 1, []), (Qt.Key.Key_Left, 2, []),
        (Qt.Key.Key_Right, 0, []), (Qt.Key.Key_Right, 1, []), (Qt.Key.Key_Right, 2, [(0, 1)]),
        (Qt.Key.Key_Left, (0, 2), [(0, -1)]), (Qt.Key.Key_Right, (0, 2), [(0, 1)]),
        (Qt.Key.Key_Left, (0, 1), []), (Qt.Key.Key_Right, (1, 1), []),
    ],
)  # fmt: skip
def test_arrows_leave_a_number_at_its_edges(
    row: Row, qtbot: QtBot, key: Qt.Key, at: int | tuple[int, int], moves: list[tuple[int, int]]
) -> None:
    counter, told = row.counters["qty"], []
    counter.type_in(12 * UNIT)
    counter.setFocus()
    row.moved.connect(lambda at, rows, across: told.append((at, rows, across)))
    if isinstance(at, int):
        edit_of(counter).deselect()
        edit_of(counter).setCursorPosition(at)
    else:
        edit_of(counter).setSelection(*at)
    qtbot.keyClick(counter, key)
    assert told == [(counter, *each) for each in moves]
    assert counter.value() == 12 * UNIT


def test_an_arrow_with_another_key_is_no_move_but_one_of_the_keypad_is(
    row: Row, qtbot: QtBot
) -> None:
    told: list[int] = []
    row.moved.connect(lambda _at, rows, _across: told.append(rows))
    down, modifier = Qt.Key.Key_Down, Qt.KeyboardModifier
    qtbot.keyClick(row.counters["qty"], down, modifier.ControlModifier)
    assert told == []
    qtbot.keyClick(row.counters["qty"], down, modifier.KeypadModifier)
    assert told == [1]


def test_a_star_takes_all_there_is(row: Row, qtbot: QtBot) -> None:
    counter = row.counters["qty"]
    qtbot.keyClicks(counter, "*")
    assert (counter.value(), counter.is_own) == (GOOD.on_hand, True)
    assert edit_of(counter).selectedText() == "20"


def test_minus_and_plus_give_way_to_a_long_number(row: Row, ui: UiContext) -> None:
    counter = row.counters["qty"]
    for number, beside, icons in ((LONG, 1, 0), (7 * UNIT, ui.theme.px(22) + 1, 2)):
        counter.type_in(number)
        assert edit_of(counter).geometry() == counter.rect().adjusted(beside, 1, -beside, -1)
        assert len(painted(counter, ui.theme).texts) == icons
        assert bool(counter.property("crowded")) == (icons == 0)


# -- the price -----------------------------------------------------------------------------------


@pytest.fixture
def price(ui: UiContext, qtbot: QtBot) -> PriceField:
    made = PriceField(ui, 12_000, "Price, Keripik")
    qtbot.addWidget(made)
    return made


def test_the_usual_price_needs_no_telling(price: PriceField, qtbot: QtBot) -> None:
    def said() -> tuple[str, int | None, int | None, str]:
        return price.text(), price.price, price.special, price.problem()

    assert said() == ("12,000", 12_000, None, "")
    assert price.accessibleName() == "Price, Keripik"
    price.clear()
    assert said() == ("", 12_000, None, ""), "empty stands for it"
    price.use(9_000)
    assert said() == ("9,000", 9_000, 9_000, "")
    price.set_usual(15_000)
    assert said() == ("9,000", 9_000, 9_000, ""), "a typed one stays"
    qtbot.keyClick(price, Qt.Key.Key_Escape)
    assert said() == ("15,000", 15_000, None, "")
    price.set_usual(16_000)
    assert said() == ("16,000", 16_000, None, ""), "nobody had typed it"
    price.clear()
    price.set_usual(17_000)
    assert said() == ("17,000", 17_000, None, "")
    price.setText("abc")
    price.set_usual(18_000)
    assert price.text() == "abc", "what can't be read is still to be mended"
    assert price.problem()


def test_goods_without_a_usual_price_need_one(ui: UiContext, qtbot: QtBot) -> None:
    made = PriceField(ui, None, "Price")
    qtbot.addWidget(made)
    assert (made.price, made.special, bool(made.problem())) == (None, None, True)
    made.set_usual(5_000)
    assert (made.text(), made.special) == ("5,000", None)
    other = PriceField(ui, None, "Price")
    qtbot.addWidget(other)
    other.use(4_000)
    other.set_usual(5_000)
    assert other.special == 4_000, "typed before there was a usual one"


def test_the_price_is_as_wide_as_it_needs(price: PriceField) -> None:
    price.take_room(72)
    assert (price.minimumWidth(), price.maximumWidth()) == (72, 72)
    price.use(123_456_789_000)
    words = price.fontMetrics().horizontalAdvance(price.text())
    assert words < price.minimumWidth() == price.maximumWidth() < words + 40


def test_a_price_that_is_only_told_is_reached_by_nothing(price: PriceField) -> None:
    assert price.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert price.toolTip() == "Click to change the price for this time"
    price.explain("As last settled.")
    assert price.accessibleDescription() == "As last settled."
    assert price.toolTip().splitlines() == [
        "As last settled.", "Click to change the price for this time",
    ]  # fmt: skip
    price.only_tell("Fixed by the shop")
    assert price.isReadOnly()
    assert price.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert price.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert price.toolTip().splitlines() == ["As last settled.", "Fixed by the shop"]


@pytest.mark.parametrize(
    ("good", "told"),
    [
        (GOOD, ""),
        (replace(GOOD, usual=12_000, agreed=date(2026, 6, 5)), ""),
        (replace(GOOD, usual=13_000, agreed=date(2026, 6, 5)),
         "As last settled, on 5 June 2026. Usually Rp13,000."),
        (replace(GOOD, agreed=date(2026, 6, 5)), "As last settled, on 5 June 2026."),
    ],
)  # fmt: skip
def test_a_price_of_the_shop_says_since_when(row: Row, good: Good, told: str) -> None:
    row.show_good(good)
    assert row.price.accessibleDescription() == told
    assert row.price.toolTip().startswith(told)


# -- what it says --------------------------------------------------------------------------------


def test_a_row_paints_name_size_stock_and_amount(row: Row, ui: UiContext) -> None:
    def texts() -> list[tuple[str, str, bool]]:
        drawn = painted(row, ui.theme).drawn
        return [(each.what, each.color, each.font.bold()) for each in drawn if "<" not in each.what]

    name = [("Keripik pare", "text", True), ("100 g, pack", "text2", False)]
    assert texts() == [*name, ("–", "text3", True), ("20", "text", False)]
    assert row.accessibleName() == GOOD.name
    assert row.accessibleDescription() == "In store 20 pack"
    assert row.toolTip().splitlines() == [GOOD.name, "100 g, pack"]
    row.counters["qty"].type_in(1_500)
    row.show_good(replace(GOOD, price=13_001, on_hand=7 * UNIT))
    assert row.amount == (3 * 13_001 + 1) // 2
    assert texts() == [*name, ("19,502", "text", True), ("7", "text", False)]
    assert row.counters["qty"].accessibleName() == f"Sold, {GOOD.name}"
    assert row.counters["qty"].toolTip() == "What was sold"


def test_stock_and_price_stand_below_the_name_where_it_is_tight(
    ui: UiContext, qtbot: QtBot
) -> None:
    row = shown(Row(ui, GOOD, replace(COLUMNS, tight=True)), qtbot)
    row.show_there("3 there")
    assert row.toolTip().splitlines() == [GOOD.name, "100 g · 3 there"]
    drawn = {each.what: each.place for each in painted(row, ui.theme).drawn}
    assert [*drawn] == ["Keripik pare", "100 g · 3 there", "–", "@", "<minus>", "<plus>"]
    price = row.price.geometry()
    assert drawn["Keripik pare"].bottom() < drawn["100 g · 3 there"].bottom() < price.bottom()
    assert drawn["@"].right() + 1 == price.left()
    assert row.rect().contains(price)
    assert not drawn["100 g · 3 there"].intersects(price)
    assert row.price.alignment() & Qt.AlignmentFlag.AlignLeft


def test_what_is_wrong_is_told_until_it_is_not(row: Row) -> None:
    counter, told = row.counters["qty"], []
    row.changed.connect(lambda: told.append(row.message))
    row.say("")
    assert not [each for each in row.findChildren(QLabel) if each.isVisible()], "not even made"
    row.say("More than there is", "error")
    counter.type_in(2 * UNIT)
    assert row.message == "More than there is", "until it is asked about again"
    row.say("")
    assert row.message == ""
    row.price.setText("x")
    counter.type_in(UNIT)
    assert row.message == row.price.problem() != ""
    row.price.use(None)
    assert (row.message, told[-1]) == ("", "")
    row.price.setText("x")
    counter.type_in(0)
    assert row.message == "", "nothing is sold of it"


@pytest.mark.parametrize("tone", ["error", "warn", ""])
def test_a_message_has_the_icon_of_its_tone(row: Row, tone: str, qtbot: QtBot) -> None:
    row.say("Look", "error")
    row.say("Look here", tone)
    (label,) = row.findChildren(QLabel)
    assert label.text() == "Look here"
    assert label.property("tone") == (tone or "quiet")
    icons = [each for each in row.children()[-1].children() if hasattr(each, "show_icon")]
    assert [each.isVisible() for each in icons] == [bool(tone)]
    row.say("")
    assert not label.isVisible()


@pytest.mark.parametrize(
    ("wanted", "there", "told"),
    [(20, 20, ""), (21, 20, "Only 20 pack of Keripik pare 100 g are in the store."),
     (1, -3, "Only 0 pack of Keripik pare 100 g are in the store.")],
)  # fmt: skip
def test_more_than_the_store_has_is_told(row: Row, wanted: int, there: int, told: str) -> None:
    row.show_good(replace(GOOD, on_hand=there * UNIT))
    assert row.too_few(wanted * UNIT) == (told, "error" if told else "")


# -- numbers and lines ---------------------------------------------------------------------------


def test_a_row_is_the_line_of_a_command(row: Row) -> None:
    assert (row.is_filled, row.state()) == (False, {"item": "keripik"})
    row.counters["qty"].type_in(2_500)
    assert row.is_filled
    assert row.value() == SaleLine(item="keripik", qty=2_500)
    assert row.state() == {"item": "keripik", "qty": "2.5", "own": ["qty"]}
    row.price.use(11_000)
    assert row.value() == SaleLine(item="keripik", qty=2_500, price=11_000)
    assert row.state() == {"item": "keripik", "qty": "2.5", "price": 11_000, "own": ["qty"]}


def test_a_line_fills_a_row_and_an_empty_one_clears_it(ui: UiContext, qtbot: QtBot) -> None:
    row, told = shown(Row(ui, GOOD, TWO), qtbot), []
    row.changed.connect(lambda: told.append(row.amount))
    line = {"item": "keripik", "qty": 3, "given": 2, "price": 9_000, "own": ["given"]}
    row.restore(line)
    assert row.state() == line
    assert {*told} == {27_000}, "told when all of it stands"
    assert row.recent == ["given"]
    row.restore({"item": "keripik", "qty": 4})
    assert row.state() == {"item": "keripik", "qty": 4, "own": ["qty"]}, "a document's are typed"
    assert row.recent == ["qty"]
    row.compute("qty", 5 * UNIT)
    assert row.number("qty") == 4 * UNIT, "typed"
    row.give_up("qty")
    assert row.recent == []
    row.compute("qty", 5 * UNIT)
    row.compute("given", -UNIT)
    assert [row.number(key) for key in ("qty", "given")] == [5 * UNIT, 0]
    for key in ("qty", "given", "qty"):
        row.counters[key].type_in(UNIT)
    assert row.recent == ["given", "qty"], "the latest last"
    row.restore({"qty": "nonsense", "price": "9000"})
    assert row.state() == {"item": "keripik", "own": ["qty"]}


def test_two_lines_of_an_item_are_one() -> None:
    one = {"item": "a", "sold": "1.5", "price": 7, "own": ["sold"]}
    other = {"item": "a", "sold": 2, "taken": 3, "price": 9, "own": ["taken"]}
    assert added(one, other) == {**one, "sold": "3.5", "taken": 3}


def test_a_row_is_touched_once_it_was_left_with_a_number(row: Row) -> None:
    left, told = QFocusEvent(QEvent.Type.FocusOut), []
    row.touched.connect(lambda: told.append(True))
    QApplication.sendEvent(row.price, left)
    assert (row.was_touched, told) == (False, [])
    row.counters["qty"].type_in(UNIT)
    assert not row.was_touched
    QApplication.sendEvent(row.price, QFocusEvent(QEvent.Type.FocusIn))
    assert not row.was_touched
    for part in (row.price, row.counters["qty"], row.price):
        QApplication.sendEvent(part, left)
        assert (row.was_touched, told) == (True, [True])


def test_numbers_stand_beside_the_name_or_below_it_with_their_headings(
    ui: UiContext, qtbot: QtBot
) -> None:
    row = shown(Row(ui, GOOD, TWO), qtbot, wide=False)
    one, other = row.counters.values()

    def places() -> tuple[QRect, QRect]:
        QApplication.processEvents()
        at = (QRect(each.mapTo(row, each.rect().topLeft()), each.size()) for each in (one, other))
        return next(at), next(at)

    name = painted(row, ui.theme).drawn[0].place
    heads = [each for each in row.findChildren(QLabel) if each.isVisible()]
    assert [each.text() for each in heads] == ["Sold", "Given"]
    for place, head in zip(places(), heads, strict=True):
        assert place.top() > name.bottom()
        assert head.mapTo(row, head.rect().center()).x() == place.center().x(), "above its number"
        assert COLUMNS.counter_width - 16 <= place.width() <= 140
        assert row.rect().contains(place)
    row.lay_out(wide=True)
    assert not any(each.isVisible() for each in heads)
    first, second = places()
    name = painted(row, ui.theme).drawn[0].place
    assert first.width() == second.width() == COLUMNS.counter_width
    assert name.right() < first.left() < first.right() < second.left()
    assert abs(first.center().y() - row.price.geometry().center().y()) <= 1
    row.lay_out(wide=False)
    assert [each.isVisible() for each in heads] == [True, True]
