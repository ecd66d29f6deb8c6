"""Money of a programme: what is left of it and of its budget is told before anything is saved."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from tests.ui.money_hand import Hand, hand_at
from tests.ui.sample_parts import Line, command_of
from tests.ui.windows import LAPTOP, notes_of
from ui.kit.form import FormDialog
from ui.kit.workspace import Destination, Workspace
from ui.money.assets import AssetAcquisitionForm
from ui.money.buying import GrantForm, PurchaseForm
from ui.money.forms import PaymentForm
from ui.money.lists import ProgrammeList
from ui.reports.page import ReportsPage

FRAME = 48
"""Pixels that Windows puts around a dialog."""
KEBUN: Line = {
    "kind": "programme", "code": "kebun-gizi", "name": "Kebun gizi",
    "budget": [
        {"line": "A", "name": "Pupuk", "amount": 60_000},
        {"line": "B", "name": "Upah", "amount": 300_000},
    ],
}  # fmt: skip
JALAN: Line = {
    "kind": "programme",
    "code": "jalan",
    "name": "Jalan setapak",
    "budget": [{"line": "A", "name": "Semen", "amount": 5_000}],
}
GIVEN: Line = {
    "kind": "grant", "date": "2026-07-01", "account": "2110", "programme": "kebun-gizi",
    "cash": {"into": "1103", "amount": 500_000},
}  # fmt: skip


def hand_with(workspace: Workspace, qtbot: QtBot, *lines: Line) -> Hand:
    made = hand_at(workspace, qtbot, "cash")
    for line in lines:
        workspace.tasks.record(command_of(line), lambda _recorded: None)
    workspace.show_month("2026-07")
    made.settle()
    return made


@pytest.fixture
def hand(workspace: Workspace, qtbot: QtBot) -> Hand:
    return hand_with(workspace, qtbot, KEBUN, JALAN, GIVEN)


def test_what_it_is_paid_out_of_is_one_row_and_a_laptop_shows_all_of_it(hand: Hand) -> None:
    form = hand.open("payment")
    assert isinstance(form, PaymentForm)
    assert form.source_row.y() == form.programme_row.y()
    dialog = form.window()
    assert isinstance(dialog, FormDialog)
    dialog.resize(dialog.width(), LAPTOP[1] - FRAME)
    hand.settle()
    area = dialog.findChild(QScrollArea)
    assert area is not None
    assert area.verticalScrollBar().maximum() == 0


def test_what_is_left_is_told_while_one_types(hand: Hand) -> None:
    form = hand.open("payment")
    assert isinstance(form, PaymentForm)
    line = form.rows.lines[0].fields
    assert line["budget"].isHidden(), "no programme pays yet"
    hand.pick(form.programme, "kebun-gizi")
    assert not line["budget"].isHidden()
    assert "Rp500.000" in notes_of(form)
    hand.pick(line["account"], "6101")
    hand.type(line["amount"], "250rb")
    hand.pick(line["budget"], "B")
    hand.settle()
    assert "Setelah ini: Rp250.000" in notes_of(form)
    assert "Setelah ini sisanya Rp50.000" in notes_of(form)
    hand.save(form)

    again = hand.open("payment")
    assert isinstance(again, PaymentForm)
    line = again.rows.lines[0].fields
    hand.pick(again.programme, "kebun-gizi")
    hand.pick(line["account"], "6101")
    hand.pick(line["budget"], "B")
    hand.type(line["amount"], "60rb")
    hand.settle()
    assert "terlampaui Rp10.000" in notes_of(again), "what was spent before counts"
    hand.type(line["amount"], "260rb")
    assert "tidak menutup Rp10.000" in notes_of(again), "more than the programme has left"


def test_fund_or_programme_pays_and_a_line_is_of_one_budget(hand: Hand) -> None:
    form = hand.open("payment", fund="3202")
    assert isinstance(form, PaymentForm)
    hand.pick(form.programme, "kebun-gizi")
    assert form.fund.value() is None
    budget = form.rows.lines[0].fields["budget"]
    hand.pick(budget, "A")
    hand.pick(form.programme, "jalan")
    assert budget.value() is None, "line A of another budget is another thing"
    hand.pick(form.fund, "3202")
    assert form.programme.value() is None
    assert budget.isHidden()


def test_goods_and_a_tool_are_charged_to_the_budget(hand: Hand) -> None:
    form = hand.open("purchase")
    assert isinstance(form, PurchaseForm)
    hand.pick(form.programme, "kebun-gizi")
    line = form.rows.lines[0].fields
    hand.pick(line["item"], "pupuk")
    hand.type(line["qty"], "10")
    hand.type(line["amount"], "45rb")
    hand.pick(line["budget"], "A")
    hand.settle()
    assert "sisanya Rp15.000" in notes_of(form)
    assert not form.rows.lines[1].fields["budget"].isHidden(), "so in lines to come"
    hand.save(form)
    tool = hand.open("asset_acquisition")
    assert isinstance(tool, AssetAcquisitionForm)
    assert tool.budget_row.isHidden()
    hand.pick(tool.programme, "kebun-gizi")
    hand.type(tool.title, "Rak")
    hand.pick(tool.account, "1203")
    hand.type(tool.cost, "20rb")
    hand.pick(tool.budget, "A")
    hand.settle()
    assert "terlampaui Rp5.000" in notes_of(tool)
    assert hand.save(tool).moved == 20_000


def test_a_part_is_paid_and_the_rest_owed(hand: Hand) -> None:
    form = hand.open("purchase")
    assert isinstance(form, PurchaseForm)
    assert form.way is not None
    assert form.paid_row.isHidden()
    form.way.choose("part")
    line = form.rows.lines[0].fields
    hand.pick(line["item"], "pupuk")
    hand.type(line["qty"], "10")
    hand.type(line["amount"], "45rb")
    form.save()
    assert form.paid_row.message, "how much is not said"
    hand.type(form.paid, "45rb")
    hand.pick(form.party, "toko-tani")
    form.save()
    hand.settle()
    assert form.paid_row.message, "all of it is no part"
    hand.type(form.paid, "20rb")
    assert hand.save(form).moved == 20_000
    owed = hand.open("purchase").known.owed
    assert [(each.party, each.owed) for each in owed] == [("toko-tani", 25_000)]


def test_money_for_a_purpose_needs_its_programme(workspace: Workspace, qtbot: QtBot) -> None:
    hand = hand_with(workspace, qtbot)
    form = hand.open("grant")
    assert isinstance(form, GrantForm)
    assert form.programme_row.isHidden(), "nobody gives for a purpose here"
    form.account.set_value("2110")
    hand.type(form.amount, "500rb")
    assert "Belum ada program" in notes_of(form)
    form.save()
    assert form.programme_row.message
    workspace.tasks.record(command_of(KEBUN), lambda _recorded: None)
    hand.settle()
    assert "Belum ada program" not in notes_of(form)
    hand.pick(form.programme, "kebun-gizi")
    hand.save(form)
    assert hand.open("payment").known.programmes == {"kebun-gizi": 500_000}


def test_grants_show_what_is_left_of_each_programme(hand: Hand) -> None:
    hand.window.show_place(Destination("cash", "grants"))
    hand.settle()
    part = hand.window.page.findChild(ProgrammeList)
    assert part is not None
    assert part.isVisible()
    model = part.table.model()
    rows = {
        model.index(row, 0).data(): [model.index(row, at).data() for at in (2, 3, 4)]
        for row in range(model.rowCount())
    }
    assert rows == {"Kebun gizi": ["500.000", "–", "500.000"], "Jalan setapak": ["–", "–", "–"]}
    part.table.opened.emit("kebun-gizi")
    hand.settle()
    assert isinstance(hand.window.page, ReportsPage)
    assert hand.window.page.asked.picker("programme").value() == "kebun-gizi"
