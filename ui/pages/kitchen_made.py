"""What was made in the month, and what is missing for the next time."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from kwt_books.domain.access import may_record
from kwt_books.queries.kitchen import Kitchen, Made
from ui.desk import Desk
from ui.forms.sale_parts.beside import Beside
from ui.pages.base import Page
from ui.pages.kitchen_labels import LabelDialog
from ui.pages.kitchen_needs import NeedsCard
from ui.pages.kitchen_words import made_headings, made_row, shopping_list
from ui.tasks import Change
from ui.tokens import GUTTER, ROW_TWO_LINES
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.label import Elided, column, figures, label, row, rule
from ui.widgets.list_table import ListTable

ASIDE, LEAST, LEAST_HIGH = 376, 560, 240
_LEAST_MADE = 700
"""Productions have more columns than recipes."""
CONCERNS = {
    "production", "recipe", "item", "purchase", "harvest", "correction", "sale", "market_day",
    "consignment", "consignment_settlement", "distribution", "stock_count", "grant",
    "opening_balance", "sowing", "tending",
}  # fmt: skip


class MadeTable(Card):
    """Productions with what can be done with the chosen one."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__(margins=0, space=0)
        self._desk, self._kit = desk, desk.kit
        t = self._kit.t
        self._made: dict[str, Made] = {}
        heading = row(space=8)
        heading.setContentsMargins(GUTTER, 10, 12, 10)
        self.title = Elided(title, "card")
        heading.addWidget(self.title, 1)
        if may_record(desk.person.role, "production"):
            make = Button(self._kit, t("Record a production"), "plus", kind="primary")
            make.hint(t("Record a production"), "Alt+6")
            heading.addWidget(make.when_clicked(partial(desk.open_form, "production")))
        self.body.addLayout(heading)
        self.body.addWidget(rule())
        self.table = ListTable(self._kit, made_headings(self._kit), ROW_TWO_LINES)
        self.table.setAccessibleName(title)
        self.table.chosen.connect(lambda _key: self._show_chosen())
        self.table.opened.connect(lambda number: desk.go("journal", str(number)))
        self.table.setMinimumHeight(self._kit.theme.px(LEAST_HIGH))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._make_foot())

    def _make_foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("foot")
        page = column(foot)
        page.addWidget(rule())
        line = row(space=8)
        line.setContentsMargins(GUTTER, 8, 12, 8)
        self._sum = figures(self._kit, "", "strong")
        line.addWidget(label(self._kit.t("Cost in all"), "caption"))
        line.addWidget(self._sum)
        line.addStretch(1)
        t = self._kit.t
        self.buttons: list[Button] = [
            Button(self._kit, t("Labels"), "printer", scale="small").when_clicked(self.open_labels),
            Button(self._kit, t("See the record"), scale="small").when_clicked(self._open),
        ]
        for button in self.buttons:
            line.addWidget(button)
        page.addLayout(line)
        return foot

    @property
    def chosen(self) -> Made | None:
        return self._made.get(self.table.key or "")

    def show_made(self, made: tuple[Made, ...], *, year: bool = False) -> None:
        self._made = {each.number: each for each in made}
        self.table.show_rows([made_row(self._kit, each, year=year) for each in made])
        if self.table.key is None and made:
            self.table.select(0)
        cost = sum(each.cost for each in made if each.corrected_by is None)
        self._sum.setText(self._kit.formats.rupiah(cost))
        self._show_chosen()

    def _show_chosen(self) -> None:
        made = self.chosen
        self.buttons[0].setEnabled(made is not None and made.corrected_by is None)
        self.buttons[1].setEnabled(made is not None)

    def open_labels(self) -> None:
        if self.chosen is not None:
            LabelDialog(self._desk, self.chosen, self.window()).open()

    def _open(self) -> None:
        if self.chosen is not None:
            self._desk.go("journal", self.chosen.number)


class KitchenMadePage(Page):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._known: Kitchen | None = None
        self.list = MadeTable(desk, self.t("Made"))
        self.empty: EmptyState | None = None
        main = QWidget()
        main.setObjectName("bare")
        self._main = column(main)
        self._main.addWidget(self.list)
        self.needs = NeedsCard(self.kit, self.t("Missing ingredients"))
        self._fill_foot()
        self.body.addWidget(Beside(self.kit, main, self.needs, ASIDE, _LEAST_MADE), 1)

    def _make_empty(self, known: Kitchen) -> EmptyState:
        t, month = self.t, self._name(self.desk.month)
        empty = EmptyState(
            self.kit,
            "cooking-pot",
            t("Nothing was made in {month}", month=month),
            t("Record every time you fry. Ingredients go down and chips go up by themselves, "
              "so that the cost of each pack is always known."),
        )  # fmt: skip
        if may_record(self.desk.person.role, "production"):
            make = partial(self.desk.open_form, "production")
            empty.offer(t("Record a production"), make, "plus")
            empty.tell_keys(t("or press"), ("Alt", "6"), t("on any page"))
        if (last := known.last_month) is not None and last != self.desk.month:
            go = partial(self.desk.show_month, last)
            empty.offer(t("See {month}", month=self._name(last)), go, primary=False)
        return empty

    def _fill_foot(self) -> None:
        t = self.t
        self._copy = Button(self.kit, t("Copy the shopping list"), "shopping-cart-simple")
        self._copy.hint(t("To be pasted into a message")).when_clicked(self._copy_list)
        self.needs.foot.addWidget(self._copy)
        self._set_up = Button(self.kit, t("Set up a recipe"), "plus")
        self._set_up.when_clicked(lambda: self.desk.go("settings", "recipes"))
        self.needs.foot.addWidget(self._set_up)

    # -- what the book says ----------------------------------------------------------------

    def concerns(self, change: Change) -> bool:
        return bool(change.kinds & CONCERNS)

    def refresh(self) -> None:
        month = self.desk.month
        self.ask(lambda book: book.farm.kitchen(month), self.show_kitchen)

    def show_kitchen(self, known: Kitchen) -> None:
        self._known = known
        self.list.title.setText(self.t("Made in {month}", month=self._name(self.desk.month)))
        self.list.setVisible(bool(known.made))
        self.list.show_made(known.made)
        if self.empty is not None:
            self._main.removeWidget(self.empty)
            self.empty.hide()
            self.empty.deleteLater()
            self.empty = None
        if not known.made:
            self.empty = self._make_empty(known)
            self._main.addWidget(self.empty)
        self._show_needs(known)

    def _show_needs(self, known: Kitchen) -> None:
        t = self.t
        short = any(recipe.is_short for recipe in known.recipes)
        self.needs.title.setText(t("Missing ingredients") if short else t("Ingredients"))
        self.needs.show_recipes(
            known.recipes, t("With a recipe, amounts fill in by themselves. None is set up yet.")
        )
        self._copy.setVisible(short)
        may = may_record(self.desk.person.role, "recipe")
        self._set_up.setVisible(not known.recipes and may)

    def _name(self, month: str) -> str:
        return self.kit.formats.month_name(int(month[5:]))

    def _copy_list(self) -> None:
        if self._known is not None:
            text = shopping_list(self.kit, self._known, self.kit.today)
            QGuiApplication.clipboard().setText(text)
            self.desk.say(
                self.t("Paste it into a message."), strong=self.t("The shopping list is copied.")
            )
