"""Produksi: ingredients of the store become packs; what one costs is seen before saving."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QDialog, QWidget

from kwt_books.app import Book
from kwt_books.domain.documents.production import Production
from kwt_books.domain.documents.setup import Item
from kwt_books.domain.money import half_up
from kwt_books.domain.recording import Recorded
from kwt_books.queries.kitchen import Kitchen, RecipeCard
from kwt_books.services.slips.labels import LabelWish
from kwt_books.services.treasury import Foreseen
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.farm_form import FarmForm
from ui.forms.farm_lines import CostLines, GoodsLines, Planned
from ui.forms.production_cost import CostCard, Made
from ui.forms.production_labels import show_labels
from ui.widgets.date_field import DateField
from ui.widgets.field import QuantityField, TextField
from ui.widgets.label import column, row
from ui.widgets.picker import Picker

WIDTH = 1040
_CLASSES = ("produce", "ingredient", "packaging", "finished", "input")
_RECIPE, _ITEM = "recipe:", "item:"


class ProductionForm(FarmForm):
    """`given` may name a `recipe`. What is picked is a recipe, or an item that has none.

    A lot that is given is not taken over: the name stays with the production that was undone.
    """

    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "production", given)
        left = QWidget()
        self.cost = CostCard(self.kit)
        across = row(space=16)
        across.addWidget(left, 1)
        across.addWidget(self.cost)
        self.body.addLayout(across)
        self.body = column(left, space=12)
        self._make_fields()
        self.body.addWidget(self.memo_field())
        self.body.addStretch(1)
        self._given = {key: each for key, each in given.items() if key not in ("item", "lot")}
        self._wanted = str(given.get("recipe") or given.get("item") or "")
        self.start()

    def _make_fields(self) -> None:
        t, kit = self.t, self.kit
        self.item, self.lot = Picker(kit), TextField(kit)
        self.target = QuantityField(kit, required=False)
        self.qty, self.expires = QuantityField(kit), DateField(kit, required=False, weekday=False)
        item = self.labelled("item", t("What is made"), self.item)
        self.across((self.day_field(), 2), (item, 3))
        self._expires_row = self.labelled("expires", t("Best before"), self.expires)
        self.across(
            (self.labelled("target", t("To make"), self.target, t("Scales the recipe")), 4),
            (self.labelled("qty", t("Made"), self.qty, t("Good packs alone")), 4),
            (self.labelled("lot", t("Production code"), self.lot, t("Stands on each pack")), 4),
            (self._expires_row, 5),
        )
        self.inputs = GoodsLines(kit, t("Ingredients from the store"), _CLASSES, t("Used"))
        self.lines("inputs", self.inputs)
        self.costs = CostLines(kit, t("Money spent besides"))
        self.lines("costs", self.costs)
        self.item.changed.connect(self._chosen)
        self.target.changed.connect(self._scale)
        self.date.changed.connect(self._date_lot)

    def ask(self, book: Book) -> Kitchen:
        return book.farm.kitchen(self.desk.month)

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
        """The recipe asked for, that of the item asked for, or the only one there is."""
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
        code = self.item.code() or ""
        if self.known is None or not code.startswith(_RECIPE):
            return None
        found: RecipeCard | None = self.known.recipe(code.removeprefix(_RECIPE))
        return found

    @property
    def _item(self) -> Item | None:
        if self.known is None:
            return None
        recipe = self._recipe
        code = recipe.output if recipe else (self.item.code() or "").removeprefix(_ITEM)
        found: Item | None = self.known.supplies.setup.items.get(code)
        return found

    # -- suggesting ------------------------------------------------------------------------

    def _chosen(self) -> None:
        """Amounts of the recipe, what it cost besides last time, a lot and its expiry."""
        item, recipe = self._item, self._recipe
        if item is None:
            return
        if "inputs" not in self._given:
            self.suggest("target", self.kit.formats.quantity(recipe.yields) if recipe else "")
            self.suggest("costs", self.costs.states_of(self.known.costs_of(item.code)))
            self._scale()
        self._follow()

    def _planned(self) -> list[Planned]:
        """The recipe's ingredients, scaled to what is wanted."""
        recipe, target = self._recipe, self.target.number()
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
        target = self.target.number()
        if self._recipe is not None and target:
            self.suggest("qty", self.kit.formats.quantity(target))

    def _follow(self) -> None:
        item = self._item
        unit = item.unit if item is not None else ""
        for field in (self.target, self.qty):
            field.set_unit(unit)
        self.target.setEnabled(item is None or self._recipe is not None)
        self._date_lot()

    def _date_lot(self) -> None:
        """Name and expiry of the lot follow from the item and the day."""
        item, day = self._item, self.date.value()
        if item is None or day is None:
            return
        usual, t = self._usual_expiry(), self.t
        if "expires" not in self._given:
            self.suggest("expires", usual.isoformat() if usual is not None else "")
        hint = (
            t.ngettext("Keeps for {n} day", "Keeps for {n} days", item.shelf_life_days)
            if item.shelf_life_days
            else t("How long it keeps is not set up")
        )
        self._expires_row.set_hint(hint)
        code = item.code

        def name(book: Book) -> str:
            return book.farm.next_lot(code, day)

        def named(lot: str) -> None:
            self.suggest("lot", lot)

        self.desk.tasks.run(name, named, key=("name", id(self)), owner=self)

    def _usual_expiry(self) -> date | None:
        item, day = self._item, self.date.value()
        if item is None or day is None or item.shelf_life_days is None:
            return None
        return day + timedelta(days=item.shelf_life_days)

    # -- what it comes to ------------------------------------------------------------------

    def foresee(self, foreseen: Foreseen) -> None:
        item = self._item
        made = next((move for move in foreseen.moves if move.quantity > 0), None)
        if item is None or made is None:
            self.cost.show_nothing()
            return
        used = -sum(move.value for move in foreseen.moves if move.quantity < 0)
        self.cost.show_cost(Made(item.unit, made.quantity, used, made.value - used, item.price))

    def _recorded(self, recorded: Recorded, *, then_print: bool) -> None:
        """What is printed are the labels, with the licence that was given last time."""
        item, over = self._item, self.window().parentWidget()
        labels = then_print and item is not None and over is not None
        super()._recorded(recorded, then_print=then_print and not labels)
        if labels and item is not None and over is not None and recorded.number is not None:
            licence = self.desk.preferences.licence(self.desk.book, item.code)
            show_labels(self.desk, recorded.number, LabelWish(licence=licence), over)

    def to_command(self) -> Production:
        day, item = self.date.value(), self._item
        assert day is not None
        expires = self.expires.value()
        return Production(
            id=self.command_id,
            date=day,
            item=item.code if item is not None else "",
            qty=self.qty.number() or 0,
            inputs=self.inputs.command_lines(),
            costs=self.costs.command_lines(),
            lot=self.lot.value(),
            expires=expires if expires != self._usual_expiry() else None,
            memo=self.memo.value(),
        )


def make(desk: Desk, given: Given) -> QDialog:
    return FormDialog(ProductionForm(desk, given), desk.kit.t("Produce"), width=WIDTH).with_room()
