"""Iuran warga: houses against months, as a treasurer ticks them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.money import DuesLine
from scripts.layout_faults import faults
from tests.ui.money_hand import CTRL, Hand, hand_at
from tests.ui.sample_parts import command_of
from ui.kit.workspace import Workspace
from ui.money.dues import DuesForm

HOUSES = {"rumah-1": "Bu Ani", "rumah-2": "Bu Budi", "rumah-3": "Pak Cahyo"}


@pytest.fixture
def hand(workspace: Workspace, qtbot: QtBot) -> Hand:
    made = hand_at(workspace, qtbot, "cash")
    for code, name in HOUSES.items():
        line = {"kind": "party", "code": code, "name": name, "role": "resident"}
        workspace.tasks.record(command_of(line), lambda _recorded: None)
    workspace.show_month("2026-07")
    made.settle()
    return made


def tick(form: DuesForm, qtbot: QtBot, row: int, *months: int) -> None:
    """By the space bar, months by their number."""
    table = form.grid.table
    for month in months:
        table.setCurrentCell(row, month)
        qtbot.keyClick(table, Qt.Key.Key_Space)


def test_what_is_ticked_is_recorded_and_is_paid_from_then_on(hand: Hand, qtbot: QtBot) -> None:
    form = hand.open("dues")
    assert isinstance(form, DuesForm)
    hand.type(form.rate, "10rb")
    tick(form, qtbot, 0, 6, 7)
    tick(form, qtbot, 2, 7, 8)
    tick(form, qtbot, 2, 8)  # taken back
    assert form.total() == 30_000
    assert form.grid.table.said(0, 13) == "20.000"
    assert form.command().lines == (  # type: ignore[attr-defined]
        DuesLine(party="rumah-1", months=("2026-06", "2026-07"), amount=20_000),  # type: ignore[arg-type]
        DuesLine(party="rumah-3", months=("2026-07",), amount=10_000),  # type: ignore[arg-type]
    )
    assert hand.save(form).moved == 30_000
    again = hand.open("dues")
    assert isinstance(again, DuesForm)
    tick(again, qtbot, 0, 6, 8)  # June is paid: it can't be ticked again
    tick(again, qtbot, 1, 6)
    assert [(line.party, line.months) for line in again.grid.value()] == [
        ("rumah-1", ("2026-08",)),
        ("rumah-2", ("2026-06",)),
    ]
    assert again.total() == 20_000, "a month is what it was the last time"


@pytest.mark.usefixtures("large_letters")
def test_headings_stand_above_what_they_name(hand: Hand) -> None:
    """Names at the left, ticks in the middle, amounts at the right."""
    form = hand.open("dues")
    assert isinstance(form, DuesForm)
    table, side = form.grid.table, Qt.AlignmentFlag
    form.grid.press(0, 6)
    for column, wanted in ((0, side.AlignLeft), (6, side.AlignHCenter), (13, side.AlignRight)):
        heading, cell = table.horizontalHeaderItem(column), table.item(0, column)
        assert heading is not None
        assert cell is not None
        at = wanted | side.AlignVCenter
        assert (heading.textAlignment(), cell.textAlignment()) == (at.value, at.value), column


def test_with_the_largest_letters_a_year_fits_a_laptops_screen(hand: Hand) -> None:
    form = hand.open("dues")
    assert isinstance(form, DuesForm)
    form.window().resize(1366, 688)
    hand.settle()
    assert not faults(form.window())


def test_an_amount_of_its_own_and_what_is_wrong_with_it(hand: Hand, qtbot: QtBot) -> None:
    form = hand.open("dues")
    assert isinstance(form, DuesForm)
    qtbot.keyClick(form, Qt.Key.Key_S, CTRL)
    assert form.grid.message.text(), "nobody pays"
    tick(form, qtbot, 1, 7)
    qtbot.keyClick(form, Qt.Key.Key_S, CTRL)
    assert "Bu Budi" in form.grid.message.text(), "nobody said how much"
    item = form.grid.table.item(1, 13)
    assert item is not None
    item.setText("banyak")
    assert "Bu Budi" in form.grid.problem()
    item.setText("7500")
    assert not form.grid.problem()
    assert form.total() == 7_500
    kept = form.state()["lines"]
    form.grid.restore({})
    form.grid.restore(kept)
    assert form.total() == 7_500


def test_a_month_paid_twice_is_refused_beside_the_houses(hand: Hand, qtbot: QtBot) -> None:
    given = {"account": "1104", "lines": [{"party": "rumah-2", "months": ["2026-07"], "amount": 5}]}
    hand.save(hand.open("dues", **given))
    form = hand.open("dues", **given)
    assert isinstance(form, DuesForm)
    qtbot.keyClick(form, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "Bu Budi" in form.grid.message.text())
    assert "sudah dibayar" in form.grid.message.text()


def test_houses_of_one_name_are_told_apart_and_those_left_told_of(hand: Hand) -> None:
    workspace = hand.window.workspace
    for line in (
        {"kind": "party", "code": "rumah-4", "name": "bu ani", "role": "resident"},
        {"kind": "party", "code": "rumah-3", "name": "Pak Cahyo", "role": "resident",
         "left": "2026-06-05"},
    ):  # fmt: skip
        workspace.tasks.record(command_of(line), lambda _recorded: None)
    hand.settle()
    table = hand.open("dues").grid.table
    moved = workspace.ui.t("moved out {day}", day="5 Jun")
    assert [table.said(row, 0) for row in range(table.rowCount())] == [
        "Bu Ani · rumah-1", "bu ani · rumah-4", "Bu Budi", f"Pak Cahyo · {moved}",
    ]  # fmt: skip
