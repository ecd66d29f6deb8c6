"""What a product is made of, for how many of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog

from kwt_books.domain.documents.setup import Recipe, RecipeInput
from kwt_books.domain.suggested import code_for
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.lines import Line, LineField, Lines
from ui.forms.setup_form import SetupForm
from ui.widgets.field import QuantityField
from ui.widgets.picker import Picker

_USED = ("ingredient", "packaging", "produce", "finished")


class RecipeForm(SetupForm):
    """`given`: `code` of one that is there, or the `output` of a new one."""

    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "recipe", str(given.get("code") or ""))
        t, kit, items = self.t, self.kit, self.known.items
        made = [(each.code, each.name) for each in items.values() if each.item_class == "finished"]
        self.output = Picker(kit, made)
        self.yields = QuantityField(kit)
        self.across(
            (self.labelled("output", t("Product made"), self.output), 3),
            (self.labelled("yield", t("One time makes"), self.yields, t("Packs, such as 40")), 2),
        )
        used = [(each.code, each.name) for each in items.values() if each.item_class in _USED]
        self.inputs = self.lines(
            "inputs",
            Lines(
                kit,
                (
                    LineField("item", t("Made of"), lambda: Picker(kit, used), 3),
                    LineField(
                        "qty",
                        t("Quantity"),
                        lambda: QuantityField(kit),
                        2,
                        t("for one time of making; packs and labels belong to it"),
                    ),
                ),
            ),
        )
        self.output.changed.connect(self._show_units)
        self.inputs.changed.connect(self._show_units)
        self.start(self._standing(given))
        self._show_units()

    def _standing(self, given: Given) -> dict[str, object]:
        there, written = self.known.recipes.get(self.code), self.kit.formats.quantity
        if there is None:
            return {"output": given["output"]} if "output" in given else {}
        inputs = [{"item": each.item, "qty": written(each.qty)} for each in there.inputs]
        return {"output": there.output, "yield": written(there.yields), "inputs": inputs}

    def _show_units(self) -> None:
        self._show_unit(self.output.code(), self.yields)
        for line in self.inputs.lines:
            self._show_unit(line.fields["item"].code(), line.fields["qty"])

    def _show_unit(self, code: str | None, field: Any) -> None:
        item = self.known.items.get(code or "")
        field.set_unit(item.unit if item is not None else "")

    def to_command(self) -> Recipe:
        output, yields = self.output.code(), self.yields.number()
        assert output is not None
        assert yields is not None
        return Recipe(
            code=self.code or code_for(f"resep {output}", self.known.recipes),
            output=output,
            yields=yields,
            inputs=tuple(_input(line) for line in self.inputs.filled),
        )


def _input(line: Line) -> RecipeInput:
    return RecipeInput(item=line.fields["item"].code(), qty=line.fields["qty"].number())


def make(desk: Desk, given: Given) -> QDialog:
    return FormDialog(RecipeForm(desk, given), desk.kit.t("Recipe"), prints=False)
