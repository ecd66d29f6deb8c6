"""Lines of a document as one input, without a form: which there are, what is said of each, and
where the keyboard goes.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.lines import AccountLine, ItemLine
from kwt_books.domain.documents.setup import Item
from kwt_books.queries.layers import Supplies
from tests.ui.windows import let_go, said
from ui.kit.button import Button
from ui.kit.field import QuantityField, TextField
from ui.kit.layout import column
from ui.kit.lines import AccountLines, CostLines, GoodsLines, Line, LineField, Lines
from ui.kit.look import UiContext
from ui.kit.messages import Messages

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def lines(ui: UiContext, around: QWidget, qtbot: QtBot) -> Lines:
    fields = (
        LineField("item", "Goods", lambda: TextField(ui), 2, "as it is called"),
        LineField("qty", "How many", lambda: QuantityField(ui)),
    )
    made = Lines(ui, fields)
    column(made, ..., parent=around)
    around.resize(500, 400)
    with qtbot.waitActive(around):
        around.show()
    return made


def fill(lines: Lines, *values: tuple[str, int]) -> None:
    lines.set_value([{"item": item, "qty": qty} for item, qty in values])


def rows(lines: Lines) -> list[tuple[object, object]]:
    return [(each.fields["item"].value(), each.fields["qty"].value()) for each in lines.lines]


def test_the_last_line_is_always_blank(lines: Lines) -> None:
    told: list[int] = []
    lines.changed.connect(lambda: told.append(len(lines.filled)))
    assert (len(lines.lines), lines.problem()) == (1, "Fill in at least one line")
    lines.lines[0].fields["item"].setText("pare")
    assert (rows(lines), told) == ([("pare", None), (None, None)], [1])
    lines.lines[0].fields["qty"].setText("2")
    assert len(lines.lines) == 2
    assert lines.value() == (ItemLine(item="pare", qty=2_000),)
    assert (lines.problem(), lines.problems()) == ("", [])
    lines.lines[1].fields["qty"].setText("x")
    assert [place for place, _ in lines.problems()] == ["1.qty"]
    assert lines.field is lines.lines[1].fields["qty"], "where something is wrong"
    assert (lines.total("qty"), len(lines.lines)) == (2_000, 3)


def test_lines_are_removed_by_button_and_keys(lines: Lines, qtbot: QtBot) -> None:
    fill(lines, ("a", 1_000), ("b", 2_000), ("c", 3_000))
    removers = [each for each in lines.findChildren(Button) if each.property("removes")]
    assert all(each.accessibleName() == "Remove this line" for each in removers)
    removers[1].click()
    assert rows(lines) == [("a", 1_000), ("c", 3_000), (None, None)]
    removers[0].click()
    assert rows(lines) == [("c", 3_000), (None, None)], "the first keeps its place"
    fill(lines, ("a", 1_000), ("b", 2_000))
    lines.lines[0].fields["qty"].setFocus()
    qtbot.keyClick(lines.lines[0].fields["qty"], Qt.Key.Key_Delete, CTRL)
    assert rows(lines) == [("b", 2_000), (None, None)]
    assert lines.lines[0].fields["qty"].hasFocus(), "the same column"
    lines.lines[1].fields["item"].setFocus()
    qtbot.keyClick(lines.lines[1].fields["item"], Qt.Key.Key_Delete, CTRL)
    assert len(lines.lines) == 2, "the blank one stays"
    fill(lines, ("a", 1_000), ("b", 2_000))
    first = lines.lines[0].fields
    for each in first.values():
        each.setText("")
    first["qty"].setFocus()
    qtbot.keyClick(first["qty"], Qt.Key.Key_Delete, CTRL)
    assert rows(lines) == [("b", 2_000), (None, None)], "a blank one before others goes"
    let_go()
    assert len(lines.findChildren(Line)) == 2


def test_what_is_wrong_is_told_below_its_line(lines: Lines) -> None:
    fill(lines, ("a", 1_000), ("b", 2_000))
    assert lines.say_at("1.qty", "Too many")
    second = lines.lines[1]
    assert (second.message, second.fields["qty"].property("tone")) == ("Too many", "error")
    assert second.fields["item"].property("tone") == ""
    assert lines.lines[0].message == ""
    assert not lines.say_at("2.qty", "Nowhere")
    lines.clear()
    assert (second.message, second.fields["qty"].property("tone")) == ("", "")
    lines.say("Fill in at least one line")
    assert lines.lines[0].field.property("tone") == "error"
    lines.say("")
    assert lines.lines[0].field.property("tone") == ""
    assert lines.message.text() == ""


def heard(lines: Lines) -> list[str]:
    """What a form would show of the lines while one types."""
    messages = Messages()
    messages.add("lines", lines)
    wrong = [("lines", lines.problem())] if lines.problem() else []
    wrong += [(f"lines.{rest}", text) for rest, text in lines.problems()]
    messages.show(wrong, everything=False)
    return [
        each for each in (*(line.message for line in lines.lines), lines.message.text()) if each
    ]


def test_what_a_line_still_lacks_is_told_once_it_is_left(lines: Lines, qtbot: QtBot) -> None:
    told: list[bool] = []
    lines.touched.connect(lambda: told.append(True))
    item, qty = lines.lines[0].fields.values()
    item.setFocus()
    qtbot.keyClick(item, Qt.Key.Key_Tab)
    assert (heard(lines), len(told)) == ([], 1), "one is in the line, of which nothing is there yet"
    item.setFocus()
    qtbot.keyClicks(item, "pare")
    assert heard(lines) == [qty.problem()], "its field was left before"
    lines.set_value([])
    qtbot.keyClicks(item, "pare")
    qtbot.keyClick(item, Qt.Key.Key_Tab)
    assert (heard(lines), lines.problem(), lines.problems()[0][0]) == ([], "", "0.qty")
    QApplication.processEvents()  # as between two keys: the next line is shown by then
    told.clear()
    qtbot.keyClick(qty, Qt.Key.Key_Tab)
    assert (heard(lines), len(told)) == ([qty.problem()], 1)


def test_what_cannot_be_read_is_told_once_its_field_is_left(lines: Lines, qtbot: QtBot) -> None:
    item, qty = lines.lines[0].fields.values()
    qty.setFocus()
    qtbot.keyClicks(qty, "tepung")
    assert heard(lines) == []
    item.setFocus()
    qtbot.keyClicks(item, "pare")
    assert heard(lines) == [qty.problem()]


def test_a_draft_brings_the_lines_back(lines: Lines) -> None:
    told: list[int] = []
    fill(lines, ("a", 1_000), ("b", 2_000))
    kept = lines.state()
    lines.changed.connect(lambda: told.append(len(lines.filled)))
    for value in ([], None, "nonsense"):
        lines.set_value(value)
        assert (rows(lines), told[-1]) == ([(None, None)], 0)
        assert not lines.lines[0].was_touched
    lines.set_value(kept)
    assert rows(lines)[:2] == [("a", 1_000), ("b", 2_000)]
    lines.set_value((ItemLine(item="c", qty=500),))
    assert rows(lines) == [("c", 500), (None, None)]


def test_tab_goes_through_the_lines_in_their_order(lines: Lines, qtbot: QtBot) -> None:
    fill(lines, ("a", 1_000), ("b", 2_000))
    QApplication.processEvents()  # as between two keys: a new line is shown by then
    fields = [field for line in lines.lines for field in line.fields.values()]
    fields[0].setFocus()
    for field in fields[1:]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert field.hasFocus()


def test_a_column_is_hidden_with_its_heading(lines: Lines) -> None:
    fill(lines, ("a", 1_000))
    for shown in (False, False, True):
        lines.show_column("qty", shown=shown)
        fill(lines, ("a", 1_000), ("b", 2_000))
        heads = {each.text(): each.isVisible() for each in lines.findChildren(QLabel)}
        assert (heads["Goods"], heads["How many"]) == (True, shown)
        QApplication.processEvents()
        assert [each.fields["qty"].isVisible() for each in lines.lines] == [shown] * 3
    assert "Goods: as it is called." in said(lines)


def test_fields_have_the_names_of_their_headings(lines: Lines) -> None:
    first = lines.lines[0].fields
    assert [each.accessibleName() for each in first.values()] == ["Goods", "How many"]
    assert first["item"].accessibleDescription() == "as it is called"
    assert first["item"].width() > first["qty"].width(), "twice the share"


# -- accounts, costs and goods -------------------------------------------------------------------


def test_an_account_is_filled_into_the_blank_line(ui: UiContext, qtbot: QtBot) -> None:
    made = AccountLines(ui, "What for")
    qtbot.addWidget(made)
    made.learn([("6101", "Repairs"), ("2101", "Debts")])
    made.fill("2101", 40_000)
    assert made.value() == (AccountLine(account="2101", amount=40_000),)
    made.fill("6101", 5)
    assert (made.total(), made.names("6101"), made.names("6102")) == (40_005, True, False)
    assert [line.fields["account"].codes for line in made.lines] == [["6101", "2101"]] * 3
    costs = CostLines(ui, "What it cost")
    qtbot.addWidget(costs)
    assert costs.problem() == "", "there may be none"
    assert costs.lines[0].fields["from"].state() == "1101"


def item(code: str, kind: str = "seed") -> Item:
    return Item(code=code, name=code.title(), unit="bag", item_class=kind)


@pytest.fixture
def goods(ui: UiContext, qtbot: QtBot) -> GoodsLines:
    made = GoodsLines(ui, "Goods", ("seed",))
    qtbot.addWidget(made)
    setup: Any = SimpleNamespace(items={c: item(c) for c in ("chili", "greens", "corn")} |
                                 {"chips": item("chips", "finished")})  # fmt: skip
    made.learn(Supplies(setup, {"greens": 5_000, "chips": 9_000}, {"corn": 2_000}))
    return made


def unit_of(line: Line) -> str:
    (words,) = line.fields["qty"].findChildren(QLabel)
    return words.text()


def test_what_the_store_has_is_told_behind_the_quantity(goods: GoodsLines) -> None:
    assert goods.lines[0].fields["item"].codes == ["greens", "chili", "corn"], "those at hand first"
    for code, wanted, told, short in (
        ("greens", 5_000, "of 5 bag", ""), ("greens", 5_001, "of 5 bag", "Only 5 bag in the store"),
        ("chili", 1, "of 0 bag", "None in the store"),
        ("corn", 1, "of 0 bag", "On that day 0 bag; 2 bag came later"),
    ):  # fmt: skip
        goods.set_value([{"item": code, "qty": wanted}])
        line = goods.lines[0]
        assert (unit_of(line), line.message) == (told, short)
        goods.clear()
        assert line.message == short, "a warning stays"
    goods.set_value([])
    assert (unit_of(goods.lines[0]), goods.lines[0].message) == ("", "")


def test_what_is_learnt_later_is_told_of_lines_that_are_there(
    goods: GoodsLines, ui: UiContext, qtbot: QtBot
) -> None:
    made = GoodsLines(ui, "Goods", ("seed",))
    qtbot.addWidget(made)
    made.set_value([{"item": "greens", "qty": 6_000}])
    assert made.lines[0].message == ""
    assert goods.supplies is not None
    made.learn(goods.supplies)
    assert (unit_of(made.lines[0]), made.lines[0].message) == (
        "of 5 bag", "Only 5 bag in the store",
    )  # fmt: skip


def said_by(goods: GoodsLines) -> list[tuple[object, object]]:
    return rows(goods)[:-1]


def test_a_plan_gives_way_to_what_somebody_changed(goods: GoodsLines) -> None:
    goods.plan([("chili", 1_000), ("greens", 2_000)])
    assert said_by(goods) == [("chili", 1_000), ("greens", 2_000)]
    goods.plan([("chili", 1_500), ("greens", 3_000)])
    assert said_by(goods) == [("chili", 1_500), ("greens", 3_000)]
    goods.lines[0].fields["qty"].set_value(9_000)
    goods.plan([("chili", 2_000), ("greens", 4_000)])
    assert said_by(goods) == [("chili", 9_000), ("greens", 4_000)], "one's own stands"
    goods.plan([("corn", 500), ("chili", 2_500)])
    assert said_by(goods) == [("corn", 500), ("chili", 9_000)]
    goods.plan([("corn", None)])
    assert said_by(goods) == [("corn", None), ("chili", 9_000)]
    goods.assume([("corn", None), ("chili", 9_000)])
    goods.plan([("greens", 100)])
    assert said_by(goods) == [("greens", 100)], "taken for planned, they go with their plan"
