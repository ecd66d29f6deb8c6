"""What each product is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kwt_books.domain.documents.setup import Item, Recipe
from ui.desk import Desk
from ui.pages.settings_list import SettingsList
from ui.tokens import ROW_TWO_LINES
from ui.widgets.list_table import Cell, Heading, ListRow


class RecipesPage(SettingsList):
    kind = "recipe"
    row_height = ROW_TWO_LINES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self.table.stretch(1)
        self.offer(t("Add"), "recipe")
        empty = self.empty_state(
            "cooking-pot",
            t("No recipes yet"),
            t("With a recipe, a production is filled in with one choice and a number of packs."),
        )
        if self.may_change:
            empty.offer(t("Add"), lambda: desk.open_form("recipe"), "plus")

    def headings(self) -> tuple[Heading, ...]:
        t = self.t
        return (
            Heading(t("Product made")),
            Heading(t("Made of")),
            Heading(t("One time makes"), figures=True),
        )

    def rows(self, sought: str) -> Iterator[ListRow]:
        setup = self.desk.setup
        recipes = setup.recipes if setup is not None else {}
        items = setup.items if setup is not None else {}
        self.show_empty(empty=not recipes)
        for recipe in recipes.values():
            made = items.get(recipe.output)
            row = self._row(recipe, made, items)
            if any(sought in cell.text.casefold() for cell in row.cells):
                yield row

    def _row(self, recipe: Recipe, made: Item | None, items: Any) -> ListRow:
        quantity = self.kit.formats.quantity

        def of(code: str, amount: int) -> str:
            item = items.get(code)
            unit, name = (item.unit, item.name) if item is not None else ("", code)
            return f"{name} {quantity(amount)} {unit}".strip()

        inputs = ", ".join(of(each.item, each.qty) for each in recipe.inputs)
        unit = made.unit if made is not None else ""
        name = made.name if made is not None else recipe.output
        return ListRow(
            recipe.code,
            (
                Cell(name, bold=True),
                Cell(inputs),
                Cell(f"{quantity(recipe.yields)} {unit}".strip()),
            ),
        )

    def counted(self, count: int) -> str:
        return self.t.ngettext("{n} recipe", "{n} recipes", count)

    def open(self, key: Any) -> None:
        if key is not None and self.may_change:
            self.desk.open_form("recipe", code=key)
