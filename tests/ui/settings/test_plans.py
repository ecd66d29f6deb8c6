"""Programmes and budgets, set up by hand and opened again."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

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
