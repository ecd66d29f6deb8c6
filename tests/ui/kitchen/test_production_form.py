"""The form of a production over the sample month, whose book answers at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.posting import STORE, Move
from kwt_books.domain.values import UNIT, half_up
from kwt_books.queries.kitchen import RecipeCard
from kwt_books.services.recorder import Preview
from kwt_books.services.slips import LabelWish
from tests.ui.windows import said
from ui.kit.layout import column
from ui.kit.look import UiContext
from ui.kit.workspace import Workspace
from ui.kitchen.forms import ProductionForm

DAY = date(2026, 6, 24)


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


def opened(desk: Workspace, qtbot: QtBot, **given: Any) -> Any:
    made = ProductionForm(desk, given)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def form(prompt: Workspace, qtbot: QtBot) -> Any:
    made = opened(prompt, qtbot)
    made.date.set_value(DAY)
    return made


def without(form: Any, recipe: RecipeCard) -> str:
    """Takes a recipe away; the choice of what it makes is given."""
    rest = tuple(each for each in form.known.recipes if each.code != recipe.code)
    form.take(replace(form.known, recipes=rest))
    return f"item:{recipe.output}"


def used(form: Any) -> dict[str, int]:
    return {line.item: line.qty for line in form.inputs.value()}


def test_recipes_come_first_and_then_what_has_none(form: Any) -> None:
    without(form, form.known.recipes[0])
    recipes = [f"recipe:{each.code}" for each in form.known.recipes]
    made = {each.output for each in form.known.recipes}
    rest = [each for each in form.known.supplies.of_classes("finished") if each.code not in made]
    rest.sort(key=lambda each: each.name.casefold())
    assert form.item.codes == [*recipes, *(f"item:{each.code}" for each in rest)]
    assert recipes
    assert rest
    assert form.item.value() is None, "of several none is proposed"


def test_what_has_no_recipe_stands_by_its_name(form: Any) -> None:
    supplies = form.known.supplies
    codes = sorted(each.code for each in supplies.of_classes("finished"))
    names = {code: f"{'aB'[at % 2]}{9 - at}" for at, code in enumerate(codes)}
    items = supplies.setup.items
    named = {code: replace(items[code], name=names[code]) for code in codes}
    setup = replace(supplies.setup, items={**items, **named})
    form.take(replace(form.known, recipes=(), supplies=replace(supplies, setup=setup)))
    assert form.item.codes == [
        f"item:{code}" for code in sorted(codes, key=lambda code: names[code].casefold())
    ]
    assert len(codes) > 1


def test_a_recipe_fills_in_what_it_needs(form: Any) -> None:
    recipe = form.known.recipes[0]
    item = form.known.supplies.setup.items[recipe.output]
    form.item.set_value(f"recipe:{recipe.code}")
    assert (form.target.value(), form.qty.value()) == (recipe.yields, recipe.yields)
    assert used(form) == {need.item: need.quantity for need in recipe.needs}
    costs = form.known.costs_of(recipe.output)
    assert costs, "the sample names some"
    assert [(each.label, each.amount) for each in form.costs.value()] == [
        (each.label, each.amount) for each in costs
    ]
    assert form.lot.value()
    assert form.expires.value() == DAY + timedelta(days=item.shelf_life_days)
    assert f"Keeps for {item.shelf_life_days} days" in said(form)
    form.target.set_value(2 * recipe.yields)
    assert form.qty.value() == 2 * recipe.yields
    assert used(form) == {need.item: 2 * need.quantity for need in recipe.needs}
    form.qty.set_value(UNIT)
    form.target.set_value(3 * recipe.yields)
    assert form.qty.value() == UNIT, "what was counted stays"
    assert form.derived() == {"item": recipe.output, "expires": None}, "the usual day goes unsaid"
    form.date.set_value(DAY - timedelta(1))
    assert form.expires.value() == DAY + timedelta(days=item.shelf_life_days - 1)
    form.expires.set_value(DAY)
    assert form.derived()["expires"] == DAY


def test_what_has_no_recipe_is_not_scaled(form: Any) -> None:
    code = without(form, form.known.recipes[0])
    item = form.known.supplies.setup.items[code.removeprefix("item:")]
    form.item.set_value(code)
    assert not form.target.isEnabled()
    assert (form.target.value(), used(form)) == (None, {})
    assert form.derived()["item"] == item.code
    form.item.set_value(f"recipe:{form.known.recipes[0].code}")
    assert form.target.isEnabled()


def test_what_is_wanted_is_picked(prompt: Workspace, qtbot: QtBot, form: Any) -> None:
    recipe = form.known.recipes[-1]
    for given in ({"recipe": recipe.code}, {"item": recipe.output}):
        assert opened(prompt, qtbot, **given).item.value() == f"recipe:{recipe.code}"
    assert opened(prompt, qtbot, recipe="none").item.value() is None


def test_the_cost_is_that_of_what_is_used_and_spent(form: Any) -> None:
    recipe = form.known.recipes[0]
    form.item.set_value(f"recipe:{recipe.code}")
    item = form.known.supplies.setup.items[recipe.output]
    moves = (
        Move(STORE, "a", "L-1", -UNIT, -30_000), Move(STORE, "b", "L-2", -UNIT, -10_000),
        Move(STORE, item.code, "K-1", 20 * UNIT, 45_000),
    )  # fmt: skip
    form.preview(Preview(moves=moves))
    rupiah = form.ui.formats.rupiah
    each = half_up(45_000 * UNIT, 20 * UNIT)
    for words in (
        f"Cost per {item.unit}: {rupiah(each)}", f"Ingredients: {rupiah(40_000)}",
        f"Other costs: {rupiah(5_000)}", f"Total cost: {rupiah(45_000)}",
        f"Selling price: {rupiah(item.price)}", f"Gain: {rupiah(item.price - each)}",
    ):  # fmt: skip
        assert words in form.cost.text
    form.preview(Preview())
    assert "Total cost: –" in form.cost.text


def test_labels_bear_the_number_of_last_time(
    workspace: Workspace,
    qtbot: QtBot,
    settle: Callable[[Workspace], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[tuple[object, ...]] = []
    monkeypatch.setattr("ui.kitchen.forms.show_labels", lambda *given: shown.append(given))
    over = QWidget()
    qtbot.addWidget(over)
    form: Any = ProductionForm(workspace, {})
    column(form, parent=QDialog(over))
    form.date.set_value(date(2026, 7, 1))
    settle(workspace)
    recipe = form.known.recipes[0]
    form.item.set_value(f"recipe:{recipe.code}")
    form.inputs.set_value(())
    workspace.preferences.of(workspace.book).note_licence(recipe.output, "P-IRT 2063271")
    for _ in range(2):  # what was asked is answered
        form.save(then_print=True)
        settle(workspace)
    ((_, number, wish, where),) = shown
    assert number
    assert (wish, where) == (LabelWish(licence="P-IRT 2063271"), over)
