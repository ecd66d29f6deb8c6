"""What rows of productions and recipes say, and the list of what is to be bought."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kwt_books.domain.documents.setup import Item
from kwt_books.queries.kitchen import Kitchen, Made, Need, RecipeCard
from kwt_books.queries.layers import Supplies
from kwt_books.queries.overview import SetupData
from ui.kit.look import UiContext
from ui.kit.table import Cell
from ui.kitchen.page import enough, made_row, recipe_row, shopping_list

MADE = Made("BM-1", date(2026, 6, 20), "keripik", "Keripik", "bungkus", 40_000, 160_000, "K-1",
            date(2026, 8, 19), 12_000, 10_000, (), None)  # fmt: skip
CHIPS = RecipeCard(
    "r1", "keripik", "Keripik", "bungkus", 40_000,
    (Need("bayam", "Bayam", "kg", 2_000, 6_500), Need("tepung", "Tepung", "kg", 1_000, 4_000)),
    10_000, 4_000,
)  # fmt: skip


def test_a_production_tells_cost_gain_and_what_is_left(english: UiContext) -> None:
    row = made_row(english, MADE)
    assert row.key == "BM-1"
    assert row.cells == (
        Cell("Keripik", "lot K-1", bold=True),
        Cell("20 Jun"),
        Cell("40", "bungkus"),
        Cell("4,000"),
        Cell("6,000", "60%", tone="good"),
        Cell("12", "best before 19 Aug"),
    )
    assert made_row(english, replace(MADE, left=0)).cells[5] == Cell("none left", tone="quiet")
    assert made_row(english, replace(MADE, expires=None)).cells[5] == Cell("12")


@pytest.mark.parametrize(
    ("price", "cell"),
    [
        (None, Cell("–", tone="quiet")),
        (4_001, Cell("1", "0%", tone="good")),
        (4_000, Cell("0", "0%", tone="error")),
        (3_000, Cell("−1,000", "−33.3%", tone="error")),
    ],
)
def test_a_gain_is_told_in_rupiah_and_of_the_price(
    price: int | None, cell: Cell, english: UiContext
) -> None:
    assert made_row(english, replace(MADE, price=price)).cells[4] == cell
    assert recipe_row(english, replace(CHIPS, price=price)).cells[3] == cell


def test_a_production_that_was_undone_is_struck_out(english: UiContext) -> None:
    cells = made_row(english, replace(MADE, corrected_by="BM-2")).cells
    assert cells[0] == Cell("Keripik", "undone by BM-2", struck=True)
    assert [each.struck for each in cells[:4]] == [True, False, True, True]


def test_a_recipe_tells_cost_price_and_for_how_many_times_there_is_enough(
    english: UiContext,
) -> None:
    row = recipe_row(english, CHIPS)
    assert row.key == "r1"
    assert row.cells == (
        Cell("Keripik", "1 recipe makes 40 bungkus", bold=True),
        Cell("4,000"),
        Cell("10,000"),
        Cell("6,000", "60%", tone="good"),
        Cell("enough for 3 recipes", tone="good", badge=True),
    )
    unknown = recipe_row(english, replace(CHIPS, price=None, last_cost=None)).cells
    assert unknown[1:4] == (Cell("–", tone="quiet"),) * 3
    once = replace(CHIPS, needs=(Need("bayam", "Bayam", "kg", 2_000, 2_000),))
    assert enough(english, once) == "enough for 1 recipe"
    short = replace(CHIPS, needs=(*CHIPS.needs, Need("garam", "Garam", "kg", 100, 99)))
    assert recipe_row(english, short).cells[4] == Cell("not enough", tone="warn", badge=True)


def test_what_is_to_be_bought_is_what_all_recipes_together_lack(english: UiContext) -> None:
    items = {
        code: Item(code=code, name=code.title(), unit="kg", item_class="ingredient")
        for code in ("bayam", "tepung")
    }
    setup = SetupData(None, {}, items, {}, {})
    there = Supplies(setup, {"bayam": 3_000, "tepung": 2_000})
    kitchen = Kitchen(there, (CHIPS, replace(CHIPS, code="r2")), (), {}, None)
    assert shopping_list(english, kitchen, date(2026, 6, 30)) == (
        "Shopping list, 30 June 2026\n- Bayam: 1 kg"
    )
    nothing = replace(kitchen, supplies=Supplies(setup, {"tepung": 500}))
    assert shopping_list(english, nothing, date(2026, 6, 30)).splitlines()[1:] == [
        "- Bayam: 4 kg", "- Tepung: 1.5 kg",
    ]  # fmt: skip
    assert shopping_list(english, replace(kitchen, recipes=(CHIPS,)), date(2026, 6, 30)) == ""
