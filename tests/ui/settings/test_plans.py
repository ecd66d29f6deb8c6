"""Programmes and budgets, set up by hand and opened again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from tests.services.intake.kept import book as workbook
from tests.ui.money_hand import hand_at
from ui.kit.workspace import Workspace
from ui.settings.plans import BudgetForm, ProgrammeForm


def test_a_programme_numbers_the_lines_of_its_budget(workspace: Workspace, qtbot: QtBot) -> None:
    hand = hand_at(workspace, qtbot, "cash")
    form = hand.open("programme")
    assert isinstance(form, ProgrammeForm)
    form.save()
    hand.type(form.title, "Rumah bibit")
    lines: Any = form.fields["budget"]
    for at, (number, name, amount) in enumerate((("", "Bambu", "500rb"), ("1", "Upah", "200rb"))):
        fields = lines.lines[at].fields
        hand.type(fields["line"], number)
        hand.type(fields["name"], name)
        hand.type(fields["amount"], amount)
    form.save()
    hand.settle()
    assert workspace.setup is not None
    (made,) = workspace.setup.programmes.values()
    assert [(x.line, x.name, x.amount) for x in made.budget] == [
        ("2", "Bambu", 500_000), ("1", "Upah", 200_000),
    ]  # fmt: skip
    again = hand.open("programme", code=made.code)
    assert again.to_command().budget == made.budget


def test_the_budget_of_a_programme_is_filled_in_from_a_spreadsheet(
    workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    hand = hand_at(workspace, qtbot, "cash")
    form = hand.open("programme")
    assert isinstance(form, ProgrammeForm)
    hand.type(form.title, "Rumah bibit")
    path = tmp_path / "rab.xlsx"
    sheet = [["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"],
             [1, "Bambu", 40, "batang", 15000, 600000],
             [2, "Upah", 2, "HOK", 100000, 250000]]  # fmt: skip
    workbook({"RAB": sheet})(path)
    form.open_sheet(path)
    hand.settle()
    assert form.sheet_note.text.startswith("2 baris, seluruhnya Rp850.000.")
    assert "RAB!F3" in form.sheet_note.text, "what differs is pointed at"
    workbook({"RAB": [*sheet, [3, "Cat", 2, "kaleng", "mahal", None]]})(path)
    form.open_sheet(path)
    hand.settle()
    assert "RAB!E4 (mahal)" in form.sheet_note.text
    form.save()
    hand.settle()
    assert workspace.setup is not None
    (made,) = workspace.setup.programmes.values()
    assert [(x.name, x.qty, x.unit, x.amount) for x in made.budget] == [
        ("Bambu", 40_000, "batang", 600_000), ("Upah", 2_000, "HOK", 250_000),
    ]  # fmt: skip


def test_a_budget_is_opened_again_by_its_year(workspace: Workspace, qtbot: QtBot) -> None:
    hand = hand_at(workspace, qtbot, "cash")
    form = hand.open("budget")
    assert isinstance(form, BudgetForm)
    form.save()
    lines: Any = form.fields["lines"]
    assert lines.message.text(), "a budget without a line is none"
    lines.lines[0].fields["account"].set_value("6101")
    hand.type(lines.lines[0].fields["amount"], "1,2jt")
    hand.type(form.year, "2027")
    form.save()
    hand.settle()
    assert workspace.setup is not None
    (made,) = workspace.setup.budgets.values()
    assert (made.year, [(x.account, x.amount) for x in made.lines]) == (
        2027,
        [("6101", 1_200_000)],
    )
    again = hand.open("budget", code="2027")
    assert isinstance(again, BudgetForm)
    assert again.year.text() == "2027"
    assert again.to_command().lines == made.lines
