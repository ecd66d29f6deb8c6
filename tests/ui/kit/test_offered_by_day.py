"""Forms of kitchen and garden offer what their day has, and say why something isn't there."""

from __future__ import annotations

from datetime import date

from pytestqt.qtbot import QtBot

from tests.ui.every_form import EveryForm, form_of
from ui.kit.lines import GoodsLines
from ui.kit.workspace import Workspace


def test_another_day_has_other_ingredients(workspace: Workspace, qtbot: QtBot) -> None:
    """Oil was bought on the eighth of June."""
    every = EveryForm(workspace, qtbot)
    form = form_of(every.open("production", {"date": "2026-06-01"}))
    assert form is not None
    lines = form.fields["inputs"]
    assert isinstance(lines, GoodsLines)
    lines.set_value([{"item": "minyak", "qty": 1}])
    every.settle()
    supplies = lines.supplies
    assert supplies is not None
    assert not supplies.on_hand.get("minyak")
    assert supplies.later["minyak"] > 0
    words = workspace.ui.formats.quantity(supplies.later["minyak"])
    assert words in lines.lines[0].message
    form.fields["date"].set_value(date(2026, 6, 30))
    every.settle()
    assert lines.supplies is not None
    assert lines.supplies.on_hand["minyak"] > 0
    assert not lines.lines[0].message
