"""The forms of the kitchen: a production with what a pack costs, its labels, and recipes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from kwt_books.book import Book
from kwt_books.domain.access import Recorded
from kwt_books.domain.documents.lines import Cost
from kwt_books.domain.documents.setup import Item, Recipe, RecipeInput
from kwt_books.domain.documents.stock import Production
from kwt_books.domain.values import UNIT, half_up
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.kitchen import Kitchen, RecipeCard, Spent, kitchen, next_lot
from kwt_books.reports.packs import Pack
from kwt_books.services.recorder import Preview
from kwt_books.services.slips import LabelWish, labels
from ui.kit.card import Card, Note
from ui.kit.date_field import DateField
from ui.kit.document_form import FarmForm, SetupForm
from ui.kit.field import QuantityField, TextField
from ui.kit.form import opens
from ui.kit.layout import Elided, column, figures, fill, grid_layout, label, row, rule, say
from ui.kit.lines import CostLines, GoodsLines, LineField, Lines, Planned
from ui.kit.look import UiContext
from ui.kit.picker import Picker
from ui.kit.printing import show_paper
from ui.kit.workspace import Given, Workspace

# -- What a pack costs, its price, and the margin ------------------------------------------------


_WIDTH = 272


@dataclass(frozen=True, slots=True)
class Costing:
    """What was made: `quantity` in thousandths, `ingredients` and `costs` in rupiah, `price` for
    one unit.
    """

    unit: str
    quantity: int
    ingredients: int
    costs: int
    price: int | None

    @property
    def cost(self) -> int:
        """What all of it costs, in rupiah."""
        return self.ingredients + self.costs

    @property
    def unit_cost(self) -> int:
        """What one unit costs, in rupiah, rounded half up."""
        return half_up(self.cost * UNIT, self.quantity)

    @property
    def margin(self) -> int | None:
        """The price less the cost of one, in rupiah; None without a price."""
        return self.price - self.unit_cost if self.price is not None else None


def share_of(margin: int, price: int) -> int:
    """The margin as a share of the price, in tenths of a percent."""
    return half_up(margin * 1000, price)


class CostCard(Card):
    """What a production costs, what one unit does, and the margin."""

    def __init__(self, ui: UiContext) -> None:
        t = ui.t
        super().__init__(t("What it costs"), space=8)
        self._ui = ui
        self.setProperty("sunken", True)
        self.setFixedWidth(ui.theme.px(_WIDTH))
        self._lines: dict[str, tuple[QLabel, QLabel]] = {}
        above = self._grid()
        self._add_line(above, "ingredients", t("Ingredients"))
        self._add_line(above, "costs", t("Other costs"))
        self._add_line(above, "cost", t("Total cost"))
        self._each = label("", "caption")
        self.figure = figures(ui, "", "figure")
        self.figure.setAlignment(Qt.AlignmentFlag.AlignLeft)
        fill(self.body, rule(), self._each, self.figure)
        below = self._grid()
        self._add_line(below, "price", t("Selling price"))
        self._add_line(below, "margin", t("Gain"))
        self.note = Note(ui)
        fill(self.body, self.note, ...)
        self.show_nothing()

    def _grid(self) -> QGridLayout:
        grid = grid_layout(down=6, wide=0)
        self.body.addLayout(grid)
        return grid

    def _add_line(self, grid: QGridLayout, name: str, title: str) -> None:
        at = grid.rowCount()
        words, figure = Elided(title, "caption"), figures(self._ui, "", "strong")
        grid.addWidget(words, at, 0)
        grid.addWidget(figure, at, 1)
        self._lines[name] = (words, figure)

    def _put(self, name: str, text: str, tone: str = "") -> None:
        say(self._lines[name][1], text, tone)

    @property
    def text(self) -> str:
        """The figures as text, for a screen reader."""
        pairs = [f"{words.text()}: {figure.text()}" for words, figure in self._lines.values()]
        return ". ".join((f"{self._each.text()}: {self.figure.text()}", *pairs))

    def show_nothing(self) -> None:
        """Shows dashes, and when the cost will be known."""
        for name in self._lines:
            self._put(name, "–")
        self._each.setText(self._ui.t("Cost per pack"))
        say(self.figure, "–", "quiet")
        self.note.say(
            self._ui.t("Shown once ingredients and result are filled in and the store has enough.")
        )  # fmt: skip
        self.note.show()

    def show_cost(self, made: Costing) -> None:
        """Shows what was made and what it costs."""
        t, rupiah = self._ui.t, self._ui.formats.rupiah
        self._put("ingredients", rupiah(made.ingredients))
        self._put("costs", rupiah(made.costs))
        self._put("cost", rupiah(made.cost))
        self._each.setText(t("Cost per {unit}", unit=made.unit))
        say(self.figure, rupiah(made.unit_cost), "")
        self._put("price", rupiah(made.price) if made.price is not None else "–")
        self._show_margin(made)
        self.setAccessibleName(self.text)

    def _show_margin(self, made: Costing) -> None:
        t, formats = self._ui.t, self._ui.formats
        if made.margin is None or not made.price:
            self._put("margin", "–")
            self.note.say(t("No price is set up for it yet."))
            self.note.show()
            return
        share = formats.percent(share_of(made.margin, made.price))
        good = made.margin > 0
        text = f"{formats.rupiah(made.margin)} · {share}"
        self._put("margin", text, "good" if good else "error")
        self.note.setVisible(not good)
        if not good:
            self.note.say(
                t("It costs as much as it sells for, or more. Check the amounts and the price."),
                "warn",
            )


# -- Labels of a production ----------------------------------------------------------------------


def show_labels(
    workspace: Workspace, number: str, wish: LabelWish, parent: QWidget, *, paper: str = ""
) -> None:
    """Shows a production's labels as they would be printed; `paper` is F4 or A4, else the group's
    own.
    """

    def make(book: Book) -> Pack:
        # Labels are in Indonesian, which buyers read, whatever the screen's language.
        return replace(book.paper("id", labels, number, wish), paper=paper)

    show_paper(workspace, workspace.ui.t("Labels, {number}", number=number), make, parent)


_CLASSES = ("produce", "ingredient", "packaging", "finished", "input")
_RECIPE, _ITEM = "recipe:", "item:"


class ProductionForm(FarmForm):
    """A production (STREAM.md, `production`). A recipe is picked, or an item without one; `given`
    may name a `recipe`.

    A lot that is given is not taken over: its name stays with the production that was undone.
    """

    makes = Production

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "production", given)
        left = QWidget()
        self.cost = CostCard(self.ui)
        self.body.addLayout(row((left, 1), self.cost, space=16))
        self.body = column(parent=left, space=12)
        self._make_fields()
        fill(self.body, self.memo_field(), ...)
        self._given = {key: each for key, each in given.items() if key not in ("item", "lot")}
        self._wanted = str(given.get("recipe") or given.get("item") or "")
        self.start()

    def _make_fields(self) -> None:
        t, ui = self.t, self.ui
        self.item, self.lot = Picker(ui), TextField(ui)
        self.target = QuantityField(ui, required=False)
        self.qty, self.expires = QuantityField(ui), DateField(ui, required=False, weekday=False)
        self.across((self.day_field(), 2), (self.labelled("item", t("What is made"), self.item), 3))
        self._expires_row = self.labelled("expires", t("Best before"), self.expires)
        self.across(
            (self.labelled("target", t("To make"), self.target, t("Scales the recipe")), 4),
            (self.labelled("qty", t("Made"), self.qty, t("Good packs only")), 4),
            (self.labelled("lot", t("Production code"), self.lot, t("Printed on each pack")), 4),
            (self._expires_row, 5),
        )
        self.inputs = self.lines(
            "inputs", GoodsLines(ui, t("Ingredients from the store"), _CLASSES, t("Used"))
        )
        self.costs = self.lines("costs", CostLines(ui, t("Other costs")))
        self.item.changed.connect(self._chosen)
        self.target.changed.connect(self._scale)
        self.date.changed.connect(self._date_lot)

    def ask(self, book: Book) -> Kitchen:
        """The month's kitchen; runs on the worker."""
        return book.read(kitchen, self.workspace.month, self.asked_day)

    def learnt(self, known: Kitchen) -> None:
        self.inputs.learn(known.supplies)
        self.costs.learn(known.supplies)
        self.item.set_choices(self._choices(known))
        if self.item.state() is None:
            self._pick_wanted(known)
        else:
            self.inputs.assume(self._planned())
        words = self.t(
            "No finished goods are set up yet. Set them up under Settings, Goods & prices."
        )
        self.lacks(words, not self.item.codes)
        self._follow()

    # -- what is made ----------------------------------------------------------------------

    def _choices(self, known: Kitchen) -> list[tuple[str, str]]:
        outputs = [recipe.output for recipe in known.recipes]
        choices = [
            (
                _RECIPE + recipe.code,
                recipe.name
                if outputs.count(recipe.output) == 1
                else f"{recipe.name} · {recipe.code}",
            )
            for recipe in known.recipes
        ]
        others = [
            (_ITEM + item.code, item.name)
            for item in known.supplies.of_classes("finished")
            if item.code not in outputs
        ]
        return [*choices, *sorted(others, key=lambda each: each[1].casefold())]

    def _pick_wanted(self, known: Kitchen) -> None:
        """Picks the recipe that was given, that of the item given, or the only one there is."""
        codes = [_RECIPE + each.code for each in known.recipes if self._is_wanted(each)]
        codes += [code for code in self.item.codes if code == _ITEM + self._wanted]
        if not codes and not self._wanted and len(self.item.codes) == 1:
            codes = self.item.codes
        if codes:
            self.suggest("item", codes[0])

    def _is_wanted(self, recipe: RecipeCard) -> bool:
        return bool(self._wanted) and self._wanted in (recipe.code, recipe.output)

    @property
    def _recipe(self) -> RecipeCard | None:
        code = self.item.value() or ""
        if self.known is None or not code.startswith(_RECIPE):
            return None
        found: RecipeCard | None = self.known.recipe(code.removeprefix(_RECIPE))
        return found

    @property
    def _item(self) -> Item | None:
        if self.known is None:
            return None
        recipe = self._recipe
        code = recipe.output if recipe else (self.item.value() or "").removeprefix(_ITEM)
        found: Item | None = self.known.supplies.setup.items.get(code)
        return found

    # -- suggesting ------------------------------------------------------------------------

    def _chosen(self) -> None:
        """Suggests quantities of the recipe, the costs of last time, a lot and its expiry."""
        item, recipe = self._item, self._recipe
        if item is None:
            return
        if "inputs" not in self._given:
            self.suggest("target", recipe.yields if recipe else None)
            self.suggest("costs", [_cost(each) for each in self.known.costs_of(item.code)])
            self._scale()
        self._follow()

    def _planned(self) -> list[Planned]:
        """The recipe's ingredients, scaled to the quantity made."""
        recipe, target = self._recipe, self.target.value()
        if recipe is None:
            return []
        return [
            (need.item, half_up(need.quantity * target, recipe.yields) if target else None)
            for need in recipe.needs
        ]

    def _scale(self) -> None:
        if self.known is None or "inputs" in self._given:
            return
        self.inputs.plan(self._planned())
        target = self.target.value()
        if self._recipe is not None and target:
            self.suggest("qty", target)

    def _follow(self) -> None:
        item = self._item
        unit = item.unit if item is not None else ""
        for field in (self.target, self.qty):
            field.set_unit(unit)
        self.target.setEnabled(item is None or self._recipe is not None)
        self._date_lot()

    def _date_lot(self) -> None:
        """Suggests the lot's name and expiry by the item and the day."""
        item, day = self._item, self.date.value()
        if item is None or day is None:
            return
        usual, t = self._usual_expiry(), self.t
        if "expires" not in self._given:
            self.suggest("expires", usual)
        hint = (
            t.ngettext("Keeps for {n} day", "Keeps for {n} days", item.shelf_life_days)
            if item.shelf_life_days
            else t("Its shelf life is not set up")
        )
        self._expires_row.set_hint(hint)
        code, named = item.code, partial(self.suggest, "lot")
        self.ask_book(lambda book: book.read(next_lot, code, day), named, key="name")

    def _usual_expiry(self) -> date | None:
        item, day = self._item, self.date.value()
        if item is None or day is None or item.shelf_life_days is None:
            return None
        return day + timedelta(days=item.shelf_life_days)

    # -- what it comes to ------------------------------------------------------------------

    def preview(self, preview: Preview) -> None:
        """Shows what the production costs."""
        item = self._item
        made = next((move for move in preview.moves if move.quantity > 0), None)
        if item is None or made is None:
            self.cost.show_nothing()
            return
        used = -sum(move.value for move in preview.moves if move.quantity < 0)
        self.cost.show_cost(Costing(item.unit, made.quantity, used, made.value - used, item.price))

    def _recorded(self, recorded: Recorded, *, then_print: bool) -> None:
        """Prints the labels, where wanted, with the P-IRT number of last time."""
        item, over = self._item, self.window().parentWidget()
        labels = then_print and item is not None and over is not None
        super()._recorded(recorded, then_print=then_print and not labels)
        if labels and item is not None and over is not None and recorded.number is not None:
            licence = self.workspace.preferences.of(self.workspace.book).licence(item.code)
            show_labels(self.workspace, recorded.number, LabelWish(licence=licence), over)

    def derived(self) -> dict[str, Any]:
        """The item of the recipe; the expiry only where it differs from the usual one."""
        item, expires = self._item, self.expires.value()
        return {
            "item": item.code if item is not None else "",
            "expires": expires if expires != self._usual_expiry() else None,
        }


def _cost(spent: Spent) -> Cost:
    return Cost(label=spent.label, amount=spent.amount, source=spent.source)


make_production = opens(ProductionForm, noop("Produce"), width=1040)


_USED = ("ingredient", "packaging", "produce", "finished")


class RecipeForm(SetupForm):
    """A recipe. `given` has the `code` of a known one, or the `output` of a new one."""

    makes = Recipe
    kept_in = "recipes"

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "recipe", given)
        t, ui, items = self.t, self.ui, self.known.items
        made = [(each.code, each.name) for each in items.values() if each.item_class == "finished"]
        self.output = Picker(ui, made)
        self.yields = QuantityField(ui)
        self.across(
            (self.labelled("output", t("Product made"), self.output), 3),
            (self.labelled("yield", t("One batch makes"), self.yields, t("Packs, such as 40")), 2),
        )
        used = [(each.code, each.name) for each in items.values() if each.item_class in _USED]
        told = t("for one batch, packs and labels included")
        fields = (
            LineField("item", t("Made of"), lambda: Picker(ui, used), 3),
            LineField("qty", t("Quantity"), lambda: QuantityField(ui), 2, told),
        )
        self.inputs = self.lines("inputs", Lines(ui, fields, RecipeInput))
        self.output.changed.connect(self._show_units)
        self.inputs.changed.connect(self._show_units)
        self.start(given)
        self._show_units()

    def _show_units(self) -> None:
        self._show_unit(self.output.value(), self.yields)
        for line in self.inputs.lines:
            self._show_unit(line.fields["item"].value(), line.fields["qty"])

    def _show_unit(self, code: str | None, field: Any) -> None:
        item = self.known.items.get(code or "")
        field.set_unit(item.unit if item is not None else "")

    def derived(self) -> dict[str, Any]:
        """The code: that of the known recipe, or a new one made of the product's."""
        return {"code": self.code_for(f"resep {self.output.value()}")}


make_recipe = opens(RecipeForm, noop("Recipe"), prints=False)
