"""What the page of the garden shows of plants and beds that no book has, and what its forms tell
before they are saved.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from kwt_books.domain.accounts import SPOILAGE
from kwt_books.domain.posting import Move, Posting
from kwt_books.domain.values import UNIT
from kwt_books.queries.garden import Amount, Batch, Bed, Garden, ReadyLot
from kwt_books.services.recorder import Preview
from tests.ui.windows import said
from ui.garden.forms import (
    HarvestForm,
    PlantingEndForm,
    SeedlingsReadyForm,
    SowingForm,
    TendingForm,
    batch_choices,
    bed_choices,
)
from ui.garden.page import GardenPage, StageColumn
from ui.kit.document_form import DocumentForm
from ui.kit.look import UiContext
from ui.kit.table import Cell
from ui.kit.workspace import Workspace

TODAY = date(2026, 6, 30)
YOUNG = Batch("S-1", "bibit", "Cabai", "batang", TODAY - timedelta(3), 400 * UNIT, 60_000)
GROWN = Batch("S-2", "bibit", "Tomat", "polybag", TODAY - timedelta(20), 90 * UNIT, 30_000)
LOT = ReadyLot("L-1", "bibit", "Cabai", "batang", TODAY - timedelta(9), 10 * UNIT, 2_500,
               made=90 * UNIT, sown=TODAY - timedelta(30))  # fmt: skip
BED = Bed("Kebun", TODAY - timedelta(40), 75_000, ("Kangkung", "Bayam"), TODAY - timedelta(30),
          TODAY - timedelta(2), (Amount("Kangkung", "kg", 5 * UNIT),))  # fmt: skip
BARE = Bed("Pagar", TODAY - timedelta(1), 0)
FULL = Garden((YOUNG, GROWN), (LOT,), (BED, BARE), (Amount("Kangkung", "kg", 5 * UNIT),),
              (Amount("Kangkung", "kg", UNIT // 2),), TODAY)  # fmt: skip
NOTHING = Preview()


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def page(workspace: Workspace, qtbot: QtBot) -> GardenPage:
    made = GardenPage(workspace)
    qtbot.addWidget(made)
    return made


def heads(column: StageColumn) -> list[str]:
    return said(column)[:3]


def test_each_stage_has_its_plants_and_their_number(page: GardenPage) -> None:
    page.show_garden(FULL)
    assert heads(page.sown) == ["Sprouting", "400 seeds", "New seeds, up to 10 days"]
    assert heads(page.nursing) == ["Nursery", "90 polybag", "In polybags, tended"]
    assert heads(page.ready) == ["Ready", "10 batang", "Can be sold or planted"]
    columns = (page.sown, page.nursing, page.ready)
    assert [[each.name for each in column.cards] for column in columns] == [
        ["S-1"], ["S-2"], ["L-1"],
    ]  # fmt: skip
    assert "500 seedlings in 3 groups" in said(page)
    mixed = replace(GROWN, name="S-3", unit="batang", left=10 * UNIT)
    page.show_garden(replace(FULL, batches=(GROWN, mixed), ready=()))
    assert "100" in heads(page.nursing), "units that differ are not named"
    assert said(page.sown)[-1].startswith("No new seeds."), "what to do is told below"
    assert said(page.ready)[-1].startswith("Seedlings that are ready")
    page.show_garden(replace(FULL, batches=(), ready=()))
    assert "group" not in " ".join(said(page)), "no count of nothing"


def test_beds_tell_what_they_hold_and_gave(page: GardenPage, workspace: Workspace) -> None:
    page.show_garden(FULL)
    beds = page.beds
    assert [each.cells for each in beds.table.list_model.rows] == [
        (Cell("Kebun", "Kangkung, Bayam", bold=True), Cell("5 kg", "Harvest 28 Jun", bold=True)),
        (Cell("Pagar", "Nothing planted yet", bold=True), Cell("–", "No harvest yet")),
    ]
    texts = said(beds)
    for title, figure in (
        ("Harvest June", "5 kg"), ("Spoiled at harvest", "0.5 kg"),
        ("Cost still in the ground", "Rp165,000"),
    ):  # fmt: skip
        assert texts[texts.index(title) + 1] == figure
    page.show_garden(replace(FULL, yields=(), spoiled=()))
    texts = said(beds)
    assert texts[texts.index("Spoiled at harvest") + 1] == "–"


def test_what_can_be_done_with_a_bed_comes_with_its_choice(page: GardenPage) -> None:
    page.show_garden(FULL)
    beds = page.beds
    assert not beds.note.isHidden(), "a bed is to be picked first"
    assert all(each.isHidden() for each in beds.buttons.values())
    page.show_part("Pagar")
    assert beds.table.key == "Pagar"
    assert beds.note.isHidden()
    assert not any(each.isHidden() for each in beds.buttons.values())
    opened: list[tuple[str, dict[str, object]]] = []
    page.workspace.form_wanted.connect(lambda name, given: opened.append((name, given)))
    for button in (*beds.buttons.values(), *page.verbs.values()):
        button.click()
    bed = {"bed": "Pagar"}
    assert opened == [
        ("harvest", bed), ("tending", bed), ("planting_end", bed),
        ("sowing", {}), ("tending", bed), ("harvest", bed), ("seedlings_ready", {}),
    ]  # fmt: skip
    page.show_garden(replace(FULL, beds=()))
    assert "No beds yet" in said(beds)
    assert beds.table.isHidden()


def test_an_empty_garden_is_offered_its_first_work(page: GardenPage) -> None:
    page.show_garden(Garden((), (), (), (), (), TODAY))
    assert not page.empty.isHidden()
    assert page.beds.parentWidget() is not None
    words = [each.text() for each in page.empty.findChildren(QPushButton)]
    assert words == ["Sow", "Start a bed"]
    assert {"Nothing is growing yet", "Alt", "8"} <= {*said(page.empty)}
    opened: list[tuple[str, dict[str, object]]] = []
    page.workspace.form_wanted.connect(lambda name, given: opened.append((name, given)))
    for each in page.empty.findChildren(QPushButton):
        each.click()
    assert opened == [("sowing", {}), ("tending", {"where": "new_bed"})]


def test_pickers_tell_what_a_day_has_not(ui: UiContext) -> None:
    day = TODAY - timedelta(10)
    assert batch_choices(ui, FULL, day) == [
        ("S-2", "S-2 · Tomat · 90 polybag"),
        ("S-1", "S-1 · Cabai · 400 batang · only since 27 Jun"),
    ]
    assert bed_choices(ui, FULL, YOUNG.since) == [
        ("Kebun", "Kebun · Kangkung"), ("Pagar", "Pagar · only since 29 Jun"),
    ]  # fmt: skip
    for day in (None, TODAY):
        assert [text for _, text in batch_choices(ui, FULL, day)] == [
            "S-1 · Cabai · 400 batang", "S-2 · Tomat · 90 polybag",
        ]  # fmt: skip
    assert batch_choices(ui, FULL, YOUNG.since)[0][0] == "S-1", "there on its first day"


def told(form: DocumentForm) -> tuple[str, str]:
    return form.outcome.text, form.outcome.property("tone")


def made(form: Any, qtbot: QtBot, known: Any = None) -> Any:
    qtbot.addWidget(form)
    if known is not None:
        form.known = known
        form.learnt(known)
    return form


def test_sowing_tells_what_a_seed_costs(workspace: Workspace, qtbot: QtBot) -> None:
    form = made(SowingForm(workspace, {}), qtbot)
    form.qty.set_value(40 * UNIT)
    moves = (
        Move("store", "benih", "", -40 * UNIT, -9_000),
        Move("batch:S", "bibit", "", 40 * UNIT, 10_000),
    )
    form.preview(Preview(moves=moves))
    assert told(form) == ("The batch starts with Rp10,000. Rp250 per seed.", "")
    resting = ("The batch's cost is worked out from seeds, soil and money spent.", "")
    form.preview(NOTHING)
    assert told(form) == resting
    form.qty.set_value(None)
    form.preview(Preview(moves=moves))
    assert told(form) == resting


def test_tending_asks_for_one_place_and_tells_what_is_added(
    workspace: Workspace, qtbot: QtBot
) -> None:
    form = made(TendingForm(workspace, {}), qtbot)
    rows = {"bed": form.bed, "new_bed": form.new_bed, "batch": form.batch}
    for chosen in rows:
        form.where.choose(chosen)
        shown = [name for name, field in rows.items() if not field.parentWidget().isHidden()]
        assert shown == [chosen]
        assert [name for name, field in rows.items() if field.required] == [chosen]
        assert form.seedlings.isHidden() == (chosen == "batch")
    form.preview(
        Preview(moves=(Move("store", "pupuk", "L", -UNIT, -4_000), Move("bed:K", "", "", 0, 7_000)))
    )
    assert told(form) == ("Rp7,000 is added to its cost.", "")
    form.preview(NOTHING)
    assert told(form)[0].startswith("Everything recorded here")


def test_seedlings_ready_tell_what_stays_and_what_is_lost(
    workspace: Workspace, qtbot: QtBot
) -> None:
    form = made(SeedlingsReadyForm(workspace, {}), qtbot, replace(FULL, batches=(GROWN,)))
    assert form.batch.value() == "S-2", "the only one"
    rest = next(each for each in form.findChildren(QPushButton) if "normal losses" in each.text())
    assert "90 of 90 polybag stay in the batch" in said(form)
    assert rest.isHidden(), "nothing was said of any"
    form.ready.set_value(70 * UNIT)
    form.killed.set_value(5 * UNIT)
    assert "15 of 90 polybag stay in the batch" in said(form)
    assert not rest.isHidden()
    rest.click()
    assert form.lost.value() == 15 * UNIT
    assert rest.isHidden(), "none is left"
    form.lost.set_value(16 * UNIT)
    assert "1 polybag more than there are" in said(form)
    store = Move("store", "bibit", "L", 70 * UNIT, 17_500)
    form.preview(Preview(moves=(store,)))
    assert told(form) == ("Each seedling costs Rp250.", "")
    lost = Posting(SPOILAGE, 1_250)
    form.preview(Preview((lost, Posting("1123", -1_250)), (store,)))
    assert told(form) == ("Each seedling costs Rp250. Rp1,250 is lost.", "warn")
    form.preview(NOTHING)
    assert told(form)[0].startswith("The cost per seedling")


def test_a_harvest_tells_its_cost_and_what_the_bed_still_holds(
    workspace: Workspace, qtbot: QtBot
) -> None:
    form = made(HarvestForm(workspace, {}), qtbot)
    qtbot.waitUntil(lambda: form.known is not None)
    form.known = form.known._replace(garden=replace(FULL, beds=(BED,)))
    form.learnt(form.known)
    form.bed.set_value("Kebun")
    form.preview(
        Preview(
            moves=(Move("bed:Kebun", "", "", 0, -20_000), Move("store", "k", "L", UNIT, 20_000))
        )
    )
    assert told(form) == ("The harvest costs Rp20,000. Cost still in the bed: Rp55,000.", "")
    form.preview(NOTHING)
    assert told(form)[0].startswith("The harvest's cost is worked out")
    form.known = form.known._replace(garden=replace(FULL, beds=()))
    form.learnt(form.known)
    assert told(form) == (
        "There are no beds yet. Record the first work on it under Tend; then it can be harvested.",
        "warn",
    )
    form.preview(NOTHING)
    assert told(form)[1] == "warn", "and stays"


def test_closing_a_bed_tells_what_becomes_a_cost(workspace: Workspace, qtbot: QtBot) -> None:
    form = made(PlantingEndForm(workspace, {}), qtbot, replace(FULL, beds=(BED,)))
    assert form.bed.value() == "Kebun"
    form.preview(Preview(moves=(Move("bed:Kebun", "", "", 0, -20_000),)))
    assert told(form)[0] == (
        "The bed leaves the list. The cost still in it, Rp20,000, becomes a cost of harvest."
    )
    form.preview(Preview(moves=(Move("bed:Kebun", "", "", 0, 0),)))
    assert told(form)[0] == "The bed leaves the list. No cost is left in it."
    form.preview(NOTHING)
    assert told(form)[0].startswith("A bed that is closed")


@pytest.mark.parametrize(
    ("make", "empty", "first"),
    [
        (SeedlingsReadyForm, "batches", "Nothing grows in the nursery."),
        (PlantingEndForm, "beds", "There are no beds yet."),
    ],
)
def test_a_form_of_the_garden_says_what_must_be_there_first(
    workspace: Workspace,
    qtbot: QtBot,
    make: type[SeedlingsReadyForm | PlantingEndForm],
    empty: str,
    first: str,
) -> None:
    form = made(make(workspace, {}), qtbot, FULL)
    assert form.note.isHidden()
    form = made(make(workspace, {}), qtbot, replace(FULL, **{empty: ()}))
    assert first in form.note.text
