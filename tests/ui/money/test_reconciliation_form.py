"""Cocokkan dengan bank: the difference is seen while one types, and must be nothing to save."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.queries.reconciliations import BankLine
from tests.ui.money_hand import CTRL, hand_at
from tests.ui.sample_parts import command_of
from tests.ui.windows import message, notes_of
from ui.kit.look import UiContext
from ui.kit.ticks import TICK
from ui.kit.workspace import Workspace
from ui.money.reconciliation import OutstandingList, ReconciliationForm

DAY = "2026-07-01"


def test_what_the_bank_has_yet_to_show_is_ticked_until_it_agrees(
    workspace: Workspace, qtbot: QtBot
) -> None:
    hand = hand_at(workspace, qtbot, "cash")
    line = {"kind": "transfer", "date": DAY, "from": "1101", "to": "1103", "amount": 25_000}
    workspace.tasks.record(command_of(line), lambda _recorded: None)
    workspace.show_month("2026-07")
    hand.settle()
    form = hand.open("bank_reconciliation")
    assert isinstance(form, ReconciliationForm)
    hand.day(form.date, DAY)
    hand.settle()
    book = form.expected
    assert book is not None
    hand.type(form.statement, str(book - 25_000))
    assert "25.000" in notes_of(form)
    qtbot.keyClick(form, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "25.000" in message(form, "statement"))
    table = form.outstanding.table
    place = next(at for at in range(table.rowCount()) if table.said(at, 4) == "25.000")
    number = table.said(place, 2)
    table.setCurrentCell(place, 0)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert form.outstanding.value() == (number,)
    assert form.expected == book - 25_000
    assert "Cocok" in notes_of(form)
    assert hand.save(form).moved == 0
    again = hand.open("bank_reconciliation")
    hand.day(again.date, DAY)
    hand.settle()
    assert again.outstanding.value() == (number,), "it is still on its way"


def test_ticks_stand_where_documents_are_chosen(ui: UiContext, qtbot: QtBot) -> None:
    """By their ids, as a document bears them, or by their numbers."""
    chosen = OutstandingList(ui)
    qtbot.addWidget(chosen)
    day = date(2026, 6, 30)
    chosen.learn(
        (
            BankLine("setor", "BM-1", day, "Setor", 25_000, waited=False),
            BankLine("cek", "BKK-2", day, "Cek", -10_000, waited=False),
            BankLine("", "BKM-3", day, "Jual", 4_000, waited=False),
        )
    )

    def ticks() -> list[bool]:
        return [chosen.table.said(place, 0) == TICK for place in range(3)]

    assert (ticks(), chosen.unseen()) == ([False] * 3, 0)
    chosen.set_value(["setor", "BKM-3"])
    assert (ticks(), chosen.unseen()) == ([True, False, True], 29_000)
    chosen.press(0, 0)
    chosen.press(1, 4)
    assert (ticks(), chosen.unseen()) == ([False, True, True], -6_000)
    assert chosen.value() == ("BKM-3", "BKK-2")
    assert [chosen.table.said(1, column) for column in range(1, 5)] == [
        "30 Juni 2026", "BKK-2", "Cek", "−10.000",
    ]  # fmt: skip
    chosen.set_value(None)
    assert ticks() == [False] * 3
