"""The form of savings, told of three members: who saved what, one amount for all, what is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QGridLayout, QLabel
from pytestqt.qtbot import QtBot

from kwt_books.domain.accounts import CASH_BOX, Account, AccountType, Side
from kwt_books.queries.assets import MemberSavings
from kwt_books.queries.money import Choices
from kwt_books.queries.overview import SetupData
from ui.kit.layout import column, holder
from ui.kit.workspace import Workspace
from ui.money.savings import IN, OUT, MemberGrid, SavingsForm

MEMBERS = (
    MemberSavings("ani", "Bu Ani", {"mandatory": 60_000, "voluntary": 5_000},
                  {"mandatory": 10_000, "voluntary": -1_000}),
    MemberSavings("budi", "Bu Budi", {"mandatory": 50_000}, {"mandatory": 20_000}),
    MemberSavings("citra", "Bu Citra", {}, {"mandatory": 20_000}),
)  # fmt: skip
CASH = Account(code=CASH_BOX, name="Kas", name_en="Cash box", type=AccountType.ASSET,
               normal=Side.DEBIT, cash=True)  # fmt: skip
KNOWN = Choices(SetupData(None, {CASH_BOX: CASH}, {}, {}, {}), {CASH_BOX: 30_000}, (), (), ())


def opened(desk: Workspace, qtbot: QtBot, *members: MemberSavings, **given: Any) -> SavingsForm:
    made = SavingsForm(desk, given)
    qtbot.addWidget(made)
    made.found = members
    made.take(KNOWN)
    return made


@pytest.fixture
def form(still: Workspace, qtbot: QtBot) -> SavingsForm:
    return opened(still, qtbot, *MEMBERS)


def held(grid: MemberGrid) -> list[str]:
    return [each.held.text() for each in grid.by_member.values()]


def cells(form: SavingsForm) -> QGridLayout:
    (found,) = form.grid.findChildren(QGridLayout)
    return found


def told(form: SavingsForm) -> list[tuple[str, str]]:
    return [(each.strong, each.text) for each in form.remarks()]


def test_what_each_has_saved_of_the_kind_is_told(form: SavingsForm) -> None:
    assert held(form.grid) == ["60,000", "50,000", "0"]
    assert form.same.placeholderText() == "20,000", "what most paid in last time"
    form.type.choose("voluntary")
    assert held(form.grid) == ["5,000", "0", "0"]
    assert form.same.placeholderText() == "", "nobody paid any in"
    form.same.setText("7000")
    form.type.choose("mandatory")
    assert (held(form.grid)[0], form.same.placeholderText()) == ("60,000", "")


def test_members_stand_down_one_column_and_then_the_other(form: SavingsForm) -> None:
    layout = cells(form)
    for code, place in (("ani", (1, 0)), ("budi", (2, 0)), ("citra", (1, 4))):
        made = form.grid.by_member[code]
        for cell, widget in enumerate((made.name, made.held, made.field)):
            at = layout.indexOf(widget)
            assert layout.getItemPosition(at)[:2] == (place[0], place[1] + cell)
    heads = {}
    for at in range(layout.count()):
        line, across, *_ = layout.getItemPosition(at)
        item = layout.itemAt(at)
        widget = item.widget() if item is not None else None
        if line == 0 and isinstance(widget, QLabel):
            right = bool(widget.alignment() & Qt.AlignmentFlag.AlignRight)
            heads[across] = (widget.text(), right)
    one = [("Member", False), ("Saved so far", True), ("Amount", True)]
    assert heads == {across + cell: one[cell] for across in (0, 4) for cell in range(3)}
    assert [each.field.accessibleName() for each in form.grid.by_member.values()] == [
        "Bu Ani", "Bu Budi", "Bu Citra",
    ]  # fmt: skip


def test_headings_stand_at_one_height(form: SavingsForm) -> None:
    """They are of one height in their row, whatever the letters."""
    vertical, across = Qt.AlignmentFlag.AlignVertical_Mask, range(cells(form).columnCount())
    items = (cells(form).itemAtPosition(0, at) for at in across)
    heads = [item.widget() for item in items if item is not None]
    assert {each.alignment() & vertical for each in heads if isinstance(each, QLabel)} == {
        Qt.AlignmentFlag.AlignVCenter
    }


def test_a_single_member_has_one_column(still: Workspace, qtbot: QtBot) -> None:
    form = opened(still, qtbot, MEMBERS[0])
    assert cells(form).itemAtPosition(0, 2) is not None
    assert cells(form).itemAtPosition(0, 4) is None
    assert form.nobody.isHidden()
    assert not opened(still, qtbot).nobody.isHidden()


def test_one_amount_is_filled_in_for_all(form: SavingsForm) -> None:
    form.grid.by_member["ani"].field.setText("5000")
    form.fill_all()
    assert form.grid.value() == dict.fromkeys(("ani", "budi", "citra"), 20_000)
    assert (form.same.value(), form.total()) == (20_000, 60_000)
    form.same.setText("7000")
    form.fill_button.click()
    assert form.total() == 21_000
    form.same.setText("much")
    form.fill_all()
    assert form.total() == 21_000, "what can't be read is filled in for nobody"
    form.type.choose("voluntary")
    form.same.clear()
    form.same.setPlaceholderText("")
    form.fill_all()
    assert form.total() == 21_000, "nor is nothing"


def test_who_has_left_pays_in_no_more_with_all(still: Workspace, qtbot: QtBot) -> None:
    ani, budi, citra = MEMBERS
    gone, going = (replace(each, left=date(2026, 6, day)) for each, day in ((ani, 5), (budi, 6)))
    form = opened(still, qtbot, gone, going, citra)
    form.date.set_value(date(2026, 6, 5))
    form.same.setText("7000")
    form.fill_all()
    assert form.grid.value() == {"budi": 7_000, "citra": 7_000}, "one leaves a day later"
    form.grid.by_member["ani"].field.setText("500")
    form.fill_all()
    assert form.grid.value() == {"ani": 500, "budi": 7_000, "citra": 7_000}, "as it was typed"
    form.way.choose(OUT)
    form.fill_all()
    assert form.grid.value() == dict.fromkeys(("ani", "budi", "citra"), 7_000)

    def told() -> list[str]:
        return [each.field.placeholderText() for each in form.grid.by_member.values()]

    assert told() == ["left 5 Jun", "left 6 Jun", ""]
    form.found = ani, going, replace(citra, left=date(2026, 6, 7))
    form.take(KNOWN)
    assert told() == ["", "left 6 Jun", "left 7 Jun"], "one has come back, another has left"


def test_who_has_left_and_pays_in_is_told_of(still: Workspace, qtbot: QtBot) -> None:
    form = opened(still, qtbot, replace(MEMBERS[0], left=date(2026, 6, 5)), *MEMBERS[1:])
    form.grid.set_amounts({"ani": 500, "budi": 500})
    for day, said in ((4, []), (5, [("Bu Ani left the group on 5 June 2026.", "")])):
        form.date.set_value(date(2026, 6, day))
        assert told(form) == said
    form.way.choose(OUT)
    assert told(form) == [], "she may take hers out"
    form.way.choose(IN)
    form.grid.set_amounts({"budi": 500})
    assert told(form) == []


def test_members_of_one_name_are_told_apart(still: Workspace, qtbot: QtBot) -> None:
    other = replace(MEMBERS[1], name="bu ani")
    grid = opened(still, qtbot, MEMBERS[0], other, MEMBERS[2]).grid
    names = ["Bu Ani · ani", "bu ani · budi", "Bu Citra"]
    assert [each.field.accessibleName() for each in grid.by_member.values()] == names
    assert [each.name.text() for each in grid.by_member.values()] == names
    grid.set_amounts({"ani": 1})
    assert grid.said_rows() == [("ani", names[0])]


def test_taken_out_is_below_zero_and_asks_whether_there_is_as_much(form: SavingsForm) -> None:
    form.grid.set_amounts({"ani": 60_000, "budi": 50_001})
    assert told(form) == []
    assert [(each.party, each.amount) for each in form.derived()["lines"]] == [
        ("ani", 60_000), ("budi", 50_001),
    ]  # fmt: skip
    form.way.choose("out")
    assert [(each.party, each.amount) for each in form.derived()["lines"]] == [
        ("ani", -60_000), ("budi", -50_001),
    ]  # fmt: skip
    poor, more = told(form)
    assert poor[0] == "Not enough in Cash box."
    assert more == ("Bu Budi takes out more than she has.", "In the book: Rp50,000.")
    form.grid.set_amounts({"ani": 30_000})
    assert told(form) == []
    form.type.choose("voluntary")
    assert told(form) == [("Bu Ani takes out more than she has.", "In the book: Rp5,000.")]


def test_names_stay_where_they_are_while_something_is_asked(still: Workspace, qtbot: QtBot) -> None:
    form = SavingsForm(still, {})
    window = holder(column(form, ...))
    qtbot.addWidget(window)
    form.found = MEMBERS
    form.take(KNOWN)
    form.way.choose("out")
    window.resize(900, form.sizeHint().height() + 200)
    window.show()
    field = form.grid.by_member["citra"].field
    stood, tall = field.mapTo(form, QPoint()), form.height()
    form.grid.set_amounts({"budi": 50_001})
    form.show_remarks()
    qtbot.waitUntil(lambda: form.height() > tall)
    assert field.mapTo(form, QPoint()) == stood


@pytest.mark.parametrize(
    ("amounts", "way"), [((-5, -6), "out"), ((5, 6), "in"), ((-5, 6), "in"), ((), "in")]
)
def test_a_document_says_which_way_it_went(
    still: Workspace, qtbot: QtBot, amounts: tuple[int, ...], way: str
) -> None:
    lines = [{"party": p, "amount": n} for p, n in zip(("ani", "budi"), amounts, strict=False)]
    form = opened(still, qtbot, *MEMBERS, type="mandatory", lines=lines)
    assert form.way.current == way
    assert form.grid.value() == {each["party"]: abs(each["amount"]) for each in lines}


# -- the grid ------------------------------------------------------------------------------------


def test_what_was_filled_in_waits_for_the_members(still: Workspace, qtbot: QtBot) -> None:
    grid = MemberGrid(still.ui)
    qtbot.addWidget(grid)
    grid.set_value({"budi": "70"})
    assert (grid.state(), grid.value(), grid.field) == ({"budi": "70"}, {}, grid)
    grid.learn(MEMBERS)
    assert (grid.state(), grid.value()) == ({"budi": 70}, {"budi": 70})
    more = MemberSavings("ani", "Bu Ani", {"mandatory": 99}, {})
    grid.learn((more, MemberSavings("dewi", "Bu Dewi", {}, {})))
    grid.show_held("mandatory")
    assert held(grid) == ["99", "50,000", "0"], "the amounts are new, the rows are the same"
    assert grid.value() == {"budi": 70}
    grid.set_value(None)
    assert (grid.state(), grid.problem()) == ({}, "Fill in at least one member")


def test_what_is_wrong_gets_the_keyboard_and_is_marked(form: SavingsForm) -> None:
    grid, fields = form.grid, [each.field for each in form.grid.by_member.values()]
    assert grid.field is fields[0]
    fields[1].setText("5")
    fields[2].setText("x")
    assert grid.problem() == fields[2].problem() != ""
    assert grid.field is fields[2]
    assert grid.said_rows() == [("budi", "Bu Budi")]

    def tones() -> list[str]:
        return [each.property("tone") or "" for each in fields]

    grid.mark("budi")
    assert tones() == ["", "error", ""]
    grid.mark("ani", "warn")
    assert tones() == ["warn", "error", ""]
    grid.mark(None)
    assert tones() == [""] * 3


def test_arrows_and_enter_go_from_member_to_member(form: SavingsForm, qtbot: QtBot) -> None:
    fields = [each.field for each in form.grid.by_member.values()]
    with qtbot.waitActive(form):
        form.show()
    fields[0].setFocus()
    down, up, enter = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return
    for key, wanted in ((down, 1), (enter, 2), (up, 1), (up, 0)):
        qtbot.keyClick(form.focusWidget(), key)
        assert form.focusWidget() is fields[wanted]
    qtbot.keyClick(fields[0], Qt.Key.Key_5)
    assert fields[0].value() == 5
    for start, key in ((fields[0], up), (fields[2], down)):
        start.setFocus()
        qtbot.keyClick(start, key)
        assert form.focusWidget() not in fields, "on to what stands before or after them"
