"""Dapur: what was made, the recipes, and everything made before."""

from __future__ import annotations

from functools import partial

from kwt_books.domain.access import may_record
from kwt_books.queries.kitchen import Kitchen, Made
from ui.desk import Desk
from ui.forms.sale_parts.beside import Beside
from ui.pages.base import Page, TabbedPage
from ui.pages.kitchen_made import ASIDE, CONCERNS, LEAST, LEAST_HIGH, KitchenMadePage, MadeTable
from ui.pages.kitchen_needs import NeedsCard
from ui.pages.kitchen_words import recipe_headings, recipe_row
from ui.tasks import Change
from ui.tokens import ROW_TWO_LINES
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.list_table import ListTable


class RecipesPage(Page):
    """Recipes with what they cost and whether there is enough; the chosen one in full."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self._known: Kitchen | None = None
        card = Card(margins=0, space=0)
        self.table = ListTable(self.kit, recipe_headings(self.kit), ROW_TWO_LINES)
        self.table.setAccessibleName(t("Recipes"))
        self.table.chosen.connect(lambda _key: self._show_chosen())
        self.table.opened.connect(self._make)
        self.table.setMinimumHeight(self.kit.theme.px(LEAST_HIGH))
        card.body.addWidget(self.table, 1)
        self.needs = NeedsCard(self.kit, t("For one recipe"))
        self.make = Button(self.kit, t("Make this"), "cooking-pot", kind="primary")
        self.make.when_clicked(lambda: self._make(self.table.key))
        self.make.setVisible(may_record(desk.person.role, "production"))
        self.needs.foot.addWidget(self.make)
        self.change = Button(self.kit, t("Change the recipe"))
        self.change.when_clicked(partial(desk.go, "settings", "recipes"))
        self.change.setVisible(may_record(desk.person.role, "recipe"))
        self.needs.foot.addWidget(self.change)
        self.beside = Beside(self.kit, card, self.needs, ASIDE, LEAST)
        self.empty = EmptyState(
            self.kit,
            "cooking-pot",
            t("No recipes yet"),
            t("A recipe says what goes into one making. Then amounts fill in by themselves, and "
              "what is missing is known beforehand."),
        )  # fmt: skip
        if may_record(desk.person.role, "recipe"):
            set_up = partial(desk.go, "settings", "recipes")
            self.empty.offer(t("Set up a recipe"), set_up, "plus")
        self.body.addWidget(self.beside, 1)
        self.body.addWidget(self.empty, 1)
        self.empty.hide()

    def _make(self, code: object) -> None:
        if code is not None and may_record(self.desk.person.role, "production"):
            self.desk.open_form("production", recipe=code)

    def concerns(self, change: Change) -> bool:
        return bool(change.kinds & CONCERNS)

    def refresh(self) -> None:
        month = self.desk.month
        self.ask(lambda book: book.farm.kitchen(month), self.show_kitchen)

    def show_kitchen(self, known: Kitchen) -> None:
        self._known = known
        self.beside.setVisible(bool(known.recipes))
        self.empty.setVisible(not known.recipes)
        self.table.show_rows([recipe_row(self.kit, recipe) for recipe in known.recipes])
        if self.table.key is None and known.recipes:
            self.table.select(0)
        self._show_chosen()

    def _show_chosen(self) -> None:
        if self._known is not None:
            recipe = self._known.recipe(self.table.key or "")
            self.needs.show_recipes((recipe,) if recipe is not None else (), "", whole=True)


class MadeBeforePage(Page):
    """The last productions, whatever the month."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self.list = MadeTable(desk, t("Made so far, newest first"))
        self.empty = EmptyState(
            self.kit,
            "cooking-pot",
            t("Nothing was made yet"),
            t("Every production stands here with its cost and its code."),
        )
        if may_record(desk.person.role, "production"):
            make = partial(desk.open_form, "production")
            self.empty.offer(t("Record a production"), make, "plus")
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.empty, 1)
        self.empty.hide()

    def concerns(self, change: Change) -> bool:
        return bool(change.kinds & CONCERNS)

    def follows_month(self) -> bool:
        return False

    def refresh(self) -> None:
        self.ask(lambda book: book.farm.productions(), self.show_made)

    def show_made(self, made: tuple[Made, ...]) -> None:
        self.list.setVisible(bool(made))
        self.empty.setVisible(not made)
        self.list.show_made(made, year=True)


class KitchenPage(TabbedPage):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.add_tab("made", self.t("Production"), KitchenMadePage)
        self.add_tab("recipes", self.t("Recipes"), RecipesPage)
        self.add_tab("history", self.t("History"), MadeBeforePage)
