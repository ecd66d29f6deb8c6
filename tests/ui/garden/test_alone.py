"""The garden over the sample month, whose book answers at once: units, what is chosen where there
is no choice, and where the beds stand.
"""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.windows import said
from ui.garden.forms import HarvestForm, PlantingEndForm, TendingForm
from ui.garden.page import GardenPage
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


@pytest.mark.parametrize(
    ("width", "wanted"), [(800, False), (1000, False), (1200, True), (1400, True)]
)
def test_beds_stand_beside_three_stages_or_below_them(
    prompt: Workspace, qtbot: QtBot, width: int, wanted: bool
) -> None:
    """No stage gives way to them."""
    page = stood(GardenPage(prompt), qtbot)
    page.resize(width, 700)
    page.show()
    for _ in range(4):
        QApplication.processEvents()
    stages = [each.mapTo(page, QPoint()) for each in (page.sown, page.nursing, page.ready)]
    beside = page.beds.mapTo(page, QPoint()).x() > stages[-1].x()
    assert beside == wanted
    assert len({each.y() for each in stages}) == 1
