"""Programmes and budgets, set up by hand and opened again."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.services.intake.kept import book as workbook
from tests.ui.money_hand import hand_at
from ui.kit.workspace import Workspace
from ui.settings.plans import ProgrammeForm


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
