"""Forms of the garden over the sample month, whose book answers at once: units, and what is chosen
where there is no choice.
"""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.windows import said
from ui.garden.forms import HarvestForm, PlantingEndForm, TendingForm
from ui.kit.workspace import Workspace


def stood(form: Any, qtbot: QtBot) -> Any:
    qtbot.addWidget(form)
    return form


def test_a_harvest_is_counted_in_the_unit_of_the_produce(prompt: Workspace, qtbot: QtBot) -> None:
    form = stood(HarvestForm(prompt, {}), qtbot)
    items = form.known.supplies.setup.items
    produce = [each for each in items.values() if each.item_class == "produce"]
    assert form.item.codes == [
        each.code for each in sorted(produce, key=lambda each: each.name.casefold())
    ]
    for code in form.item.codes:
        form.item.set_value(code)
        for field in (form.qty, form.spoiled):
            assert said(field) == [items[code].unit]
    form.item.set_value(None)
    assert said(form.qty) == said(form.spoiled) == []


@pytest.mark.parametrize("make", [HarvestForm, PlantingEndForm, TendingForm])
def test_the_only_bed_is_chosen(prompt: Workspace, qtbot: QtBot, make: Any) -> None:
    form = stood(make(prompt, {}), qtbot)
    garden = form.known if make is PlantingEndForm else form.known.garden
    (bed,) = garden.beds
    assert (form.bed.codes, form.bed.value()) == ([bed.name], bed.name)
