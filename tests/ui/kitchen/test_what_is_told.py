"""What a production costs, what recipes need, and what labels are asked for, each alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.queries.kitchen import Kitchen, Made, Need, RecipeCard, kitchen
from kwt_books.services.slips import LabelWish
from tests.ui.windows import said, shown_with
from ui.kit.look import UiContext
from ui.kit.workspace import Workspace
from ui.kitchen.forms import CostCard, Costing, share_of
from ui.kitchen.page import BatchCosts, KitchenMadePage, LabelDialog, NeedsCard

MADE = Costing("bungkus", 40_000, 130_000, 30_000, 10_000)
CHIPS = RecipeCard(
    "r1", "keripik", "Keripik", "bungkus", 40_000,
    (Need("bayam", "Bayam", "kg", 2_000, 6_500), Need("garam", "Garam", "kg", 1_000, 0)),
    10_000, 4_000,
)  # fmt: skip


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


def test_a_production_tells_its_cost_and_what_a_pack_gains(ui: UiContext, qtbot: QtBot) -> None:
    card = CostCard(ui)
    qtbot.addWidget(card)
    waits = "Shown once ingredients and result are filled in and the store has enough."
    assert card.text == (
        "Cost per pack: –. Ingredients: –. Other costs: –. Total cost: –. Selling price: –. Gain: –"
    )
    assert card.note.text == waits
    card.show_cost(MADE)
    assert card.text == (
        "Cost per bungkus: Rp4,000. Ingredients: Rp130,000. Other costs: Rp30,000. "
        "Total cost: Rp160,000. Selling price: Rp10,000. Gain: Rp6,000 · 60%"
    )
    assert card.accessibleName() == card.text
    assert card.note.isHidden()
    card.show_cost(replace(MADE, price=4_000))
    assert "Gain: Rp0 · 0%" in card.text
    assert card.note.property("tone") == "warn"
    assert not card.note.isHidden()
    for price in (None, 0):
        card.show_cost(replace(MADE, price=price))
        assert card.text.endswith("Gain: –")
        assert card.note.text == "No price is set up for it yet."
        assert not card.note.isHidden()
    card.show_nothing()
    assert card.note.text == waits
    assert (MADE.cost, MADE.unit_cost, MADE.margin) == (160_000, 4_000, 6_000)
    assert replace(MADE, price=None).margin is None
    assert share_of(1, 3) == 333


def test_recipes_tell_what_they_need_and_what_is_there(ui: UiContext, qtbot: QtBot) -> None:
    card = NeedsCard(ui, "Missing ingredients")
    qtbot.addWidget(card)
    card.show_recipes((CHIPS,), "Nothing is missing.")
    assert said(card) == [
        "Missing ingredients", "Keripik", "not enough", "1 recipe makes 40 bungkus", "Garam",
        "needs 1 kg", "has 0",
    ]  # fmt: skip
    card.show_recipes((CHIPS,), "", whole=True)
    assert said(card)[4:] == ["Bayam", "needs 2 kg", "has 6.5 kg", "Garam", "needs 1 kg", "has 0"]
    tones = {each.text(): each.property("tone") for each in card.findChildren(QLabel)}
    assert (tones["has 6.5 kg"], tones["has 0"]) == ("", "warn")
    card.show_recipes((), "Nothing is missing.")
    assert said(card) == ["Missing ingredients", "Nothing is missing."]


def test_labels_are_as_many_as_packs_and_remember_the_licence(
    workspace: Workspace, qtbot: QtBot
) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    workspace.preferences.of(workspace.book).note_licence("keripik", "P-IRT 1")
    made = Made("BM-1", date(2026, 6, 20), "keripik", "Keripik 100 g", "bungkus", 39_500,
                      160_000, "K-1", None, 12_000, 10_000, (), None)  # fmt: skip
    dialog = LabelDialog(workspace, made, over)
    assert dialog.windowTitle() == "Labels for K-1"
    assert "Labels: Keripik" in said(dialog)
    assert dialog.wish() == LabelWish(40, "100 g", "P-IRT 1", False)
    assert dialog.count.most == 2_000_000
    dialog.count.set_value(7_000)
    dialog.licence.setText("")
    dialog.weight.setText("90 g")
    dialog.priced.setChecked(True)
    assert dialog.wish() == LabelWish(7, "90 g", "", True)
    assert dialog.paper.current == "F4"


def test_costs_are_drawn_where_the_list_leaves_room(prompt: Workspace, qtbot: QtBot) -> None:
    found: list[Kitchen] = []
    prompt.tasks.run(lambda book: book.read(kitchen, "2026-06"), found.append)
    one = found[0].made[0]
    page = KitchenMadePage(prompt)
    qtbot.addWidget(page)
    before = (one, replace(one, number="BM-0", date=date(2026, 5, 2)))
    known = replace(found[0], made=(one,))
    shown_with(page, page=known, before=before)
    page.show()
    for height, drawn in ((900, True), (300, False), (900, True)):
        page.resize(1200, height)
        assert page.costs.isVisible() == drawn
    shown_with(page, page=replace(known, made=(one,) * 5), before=before)
    assert not page.costs.isVisible(), "a longer list needs the room"


def batch(number: int, cost: int, **other: object) -> Made:
    made = Made(
        f"BM-{number}", date(2026, 6, number), "keripik", "Keripik", "bungkus", 10_000, cost,
        f"L-{number}", None, 0, 9_000, (), None,
    )  # fmt: skip
    return replace(made, **other)  # type: ignore[arg-type]


def test_batches_of_one_product_stand_in_their_order(workspace: Workspace, qtbot: QtBot) -> None:
    """Without other products and what was undone; one batch alone needs no chart."""
    costs = BatchCosts(workspace)
    qtbot.addWidget(costs)
    newest, other = batch(9, 70_000), batch(8, 10_000, item="pare")
    undone, oldest = batch(7, 20_000, corrected_by="BM-8"), batch(5, 50_000)
    costs.show_batches(newest, (newest, other, undone, oldest))
    assert [(bar.value, bar.tone) for bar in costs.chart.bars] == [(5_000, ""), (7_000, "now")]
    assert not costs.isHidden()
    costs.show_batches(other, (newest, other, undone, oldest))
    assert costs.isHidden()
    costs.show_batches(None, (newest, oldest))
    assert costs.isHidden()
