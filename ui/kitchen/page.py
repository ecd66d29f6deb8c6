"""Dapur: the month's productions with missing ingredients, the recipes, productions before, and
printing labels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from kwt_books.domain.kind import Touch
from kwt_books.domain.values import UNIT
from kwt_books.i18n.formats import NIL
from kwt_books.queries.kitchen import Kitchen, Made, Need, RecipeCard, kitchen, productions
from kwt_books.services.slips import LabelWish, split_weight
from ui.kit.bar_chart import Bar, BarChart
from ui.kit.button import Button, Segment
from ui.kit.card import Badge, Card, bare
from ui.kit.chart_picture import ChartPicture
from ui.kit.dialog import Dialog, dialog_head
from ui.kit.field import CheckField, FieldRow, TextField
from ui.kit.layout import Elided, column, figures, fill, grid_layout, label, row, rule
from ui.kit.list import ListRow, head_row
from ui.kit.list_page import ListPage
from ui.kit.look import GUTTER, ROW_TWO_LINES, UiContext
from ui.kit.page import Action, TabbedPage
from ui.kit.picker import Stepper
from ui.kit.scrolling import Beside, Scrolling, TwoCards
from ui.kit.table import Cell
from ui.kit.words import quantity
from ui.kit.workspace import Workspace
from ui.kitchen.forms import share_of, show_labels

_BATCHES, _ROOM = 24, 460
"""The most batches that are drawn, and how high a page is that has room for them at all."""


class BatchCosts(Card):
    """The batches of one product; hidden while there are fewer than two."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(space=4)
        self._ui = workspace.ui
        self._title, self._price = label("", "card"), label("", "caption")
        self.chart = BarChart(self._ui)
        ChartPicture(workspace, self.chart)
        fill(self.body, row(self._title, ..., self._price), (self.chart, 1))
        self.hide()

    def has_room(self, page: QWidget) -> bool:
        """Whether a page is high enough for the bars beside its list."""
        return page.height() >= self._ui.theme.px(_ROOM)

    def show_batches(self, chosen: Made | None, made: Iterable[Made]) -> None:
        """Shows the batches of the product that was chosen; `made` has the newest first."""
        batches = [
            each
            for each in made
            if chosen is not None and each.item == chosen.item and each.corrected_by is None
        ][:_BATCHES]
        self.setVisible(len(batches) > 1)
        if chosen is None or len(batches) < 2:
            return
        t, formats = self._ui.t, self._ui.formats
        title = t("Cost of one {item}, batch by batch", item=chosen.name)
        self._title.setText(title)
        price = formats.rupiah(chosen.price) if chosen.price else ""
        self._price.setText(t("Broken line: price {price}", price=price) if price else "")
        bars = [
            Bar(
                self._ui.short_day(each.date),
                each.unit_cost,
                f"{formats.day(each.date)}: {formats.rupiah(each.unit_cost)}, {each.lot}",
                "now" if each.number == chosen.number else "",
            )
            for each in reversed(batches)
        ]
        self.chart.show_bars(title, bars, chosen.price)


_WIDTH, _MOST = 460, 2000


class LabelDialog(Dialog):
    """Asks for the labels of a production; Enter shows the sheet, Esc closes. The P-IRT number is
    remembered.
    """

    def __init__(self, workspace: Workspace, made: Made, parent: QWidget) -> None:
        ui, t = workspace.ui, workspace.ui.t
        super().__init__(ui, t("Labels for {lot}", lot=made.lot), parent)
        self._workspace, self._made, self._over = workspace, made, parent
        self.setFixedWidth(ui.theme.px(_WIDTH))
        name, weight = split_weight(made.name)
        self.count = Stepper(ui, -(-made.quantity // UNIT) * UNIT)
        self.count.most = _MOST * UNIT
        self.weight, self.licence = TextField(ui), TextField(ui)
        self.weight.setText(weight)
        self.licence.setText(workspace.preferences.of(workspace.book).licence(made.item))
        count = FieldRow(ui, t("How many labels"), self.count)
        weight_row = FieldRow(ui, t("Net weight"), self.weight)
        across = row((count, 1), (weight_row, 1), space=12)
        hint = t("Leave it empty if you have none")
        licence = FieldRow(ui, t("P-IRT number"), self.licence, hint)
        self.priced = CheckField(t("With price and bar code"))
        usual = workspace.group.paper if workspace.group is not None else "F4"
        self.paper = Segment(ui, (("F4", "F4"), ("A4", "A4")), usual)
        paper = FieldRow(ui, t("Paper"), self.paper)
        form = column(across, licence, self.priced, paper, margins=GUTTER, space=12)
        head = dialog_head(ui, "barcode", f"{t('Labels')}: {name}")
        column(head, (form, 1), rule(), self._buttons(), parent=self)

    def _buttons(self) -> QHBoxLayout:
        ui, t = self._workspace.ui, self._workspace.ui.t
        leave = Button(ui, t("Cancel"), kind="quiet", scale="large").when_clicked(self.reject)
        show = Button(ui, t("Preview & print"), "printer", kind="primary", scale="large")
        show.when_clicked(self.show_sheet).setDefault(True)
        return row(..., leave, show, space=8, margins=GUTTER)

    def wish(self) -> LabelWish:
        """How many labels, with which weight and P-IRT number."""
        return LabelWish(
            self.count.value() // UNIT,
            self.weight.value() or "",
            self.licence.value() or "",
            self.priced.isChecked(),
        )

    def show_sheet(self) -> None:
        """Shows the sheet as it would be printed."""
        workspace, wish = self._workspace, self.wish()
        workspace.preferences.of(workspace.book).note_licence(self._made.item, wish.licence)
        show_labels(workspace, self._made.number, wish, self._over, paper=self.paper.current)
        self.accept()


# -- Productions and recipes as rows and words ---------------------------------------------------


def made_row(ui: UiContext, made: Made) -> ListRow:
    """A production as a row: its lot, what one has cost and gains in rupiah, what is left."""
    formats, undone = ui.formats, made.corrected_by is not None
    lot = ui.t("lot {lot}", lot=made.lot)
    if undone:
        lot = ui.t("undone by {number}", number=made.corrected_by)
    cells = (
        Cell(made.name, lot, bold=not undone, struck=undone),
        Cell(ui.short_day(made.date)),
        Cell(formats.quantity(made.quantity), made.unit, struck=undone),
        Cell(formats.number(made.unit_cost), struck=undone),
        _margin(ui, made.price, made.unit_cost),
        _left(ui, made),
    )
    return ListRow(made.number, cells)


def recipe_row(ui: UiContext, recipe: RecipeCard) -> ListRow:
    """A recipe as a row: last cost, price and gain in rupiah, and whether there is enough."""
    number, cost, price = ui.formats.number, recipe.last_cost, recipe.price
    return ListRow(
        recipe.code,
        (
            Cell(recipe.name, makes(ui, recipe), bold=True),
            Cell(number(cost) if cost is not None else NIL, tone="" if cost else "quiet"),
            Cell(number(price) if price is not None else NIL, tone="" if price else "quiet"),
            _margin(ui, price, cost) if cost is not None else Cell(NIL, tone="quiet"),
            Cell(enough(ui, recipe), tone="warn" if recipe.is_short else "good", badge=True),
        ),
    )


def _margin(ui: UiContext, price: int | None, cost: int) -> Cell:
    if not price:
        return Cell(NIL, tone="quiet")
    margin = price - cost
    share = ui.formats.percent(share_of(margin, price))
    tone = "good" if margin > 0 else "error"
    return Cell(ui.formats.number(margin), share, tone=tone)


def _left(ui: UiContext, made: Made) -> Cell:
    if not made.left:
        return Cell(ui.t("none left"), tone="quiet")
    until = ui.t("best before {day}", day=ui.short_day(made.expires)) if made.expires else ""
    return Cell(ui.formats.quantity(made.left), until)


def makes(ui: UiContext, recipe: RecipeCard) -> str:
    """What a recipe yields: `1 resep jadi 40 bungkus`."""
    return ui.t("1 recipe makes {quantity}", quantity=quantity(ui, recipe.yields, recipe.unit))


def enough(ui: UiContext, recipe: RecipeCard) -> str:
    """For how many times of a recipe the store has enough, in words."""
    if recipe.is_short:
        return ui.t("not enough")
    return ui.t.ngettext("enough for {n} recipe", "enough for {n} recipes", recipe.times)


def shopping_list(ui: UiContext, kitchen: Kitchen, today: date) -> str:
    """The ingredients missing for one of every recipe, as text for a message."""
    needed: Counter[str] = Counter()
    for recipe in kitchen.recipes:
        for need in recipe.needs:
            needed[need.item] += need.quantity
    items, there = kitchen.supplies.setup.items, kitchen.supplies.on_hand
    short = {code: amount - there.get(code, 0) for code, amount in needed.items()}
    missing = {code: amount for code, amount in short.items() if amount > 0}
    lines = [
        f"- {items[code].name}: {quantity(ui, missing[code], items[code].unit)}"
        for code in sorted(missing, key=lambda code: items[code].name)
    ]
    title = ui.t("Shopping list, {day}", day=ui.formats.day(today))
    return "\n".join((title, *lines)) if lines else ""


class NeedsCard(Card):
    """A block for each recipe; `foot` is below them all."""

    def __init__(self, ui: UiContext, title: str) -> None:
        super().__init__(margins=0, space=0)
        self._ui = ui
        self.title = Elided(title, "card")
        fill(self.body, column(self.title, margins=(GUTTER, 12, GUTTER, 12)), rule())
        self._area = Scrolling(bare())
        self._area.setMinimumHeight(ui.theme.px(180))
        self.body.addWidget(self._area, 1)
        self._line = rule()
        self.body.addWidget(self._line)
        self.foot = column(space=8, margins=(GUTTER, 12, GUTTER, GUTTER))
        self.body.addLayout(self.foot)

    def show_recipes(
        self,
        recipes: Sequence[RecipeCard],
        empty: str,
        *,
        whole: bool = False,
    ) -> None:
        """Shows the recipes; `whole` with ingredients of which there is enough too, `empty` where
        nothing is missing.
        """
        words = label("" if recipes else empty, "caption", wrap=True)
        words.setContentsMargins(GUTTER, 12, GUTTER, 12)
        blocks = [(rule(), self._block(recipe, whole=whole)) for recipe in recipes]
        parts = [part for block in blocks for part in block][1:]
        self._area.show_parts(*(parts or (words,)))

    def _block(self, recipe: RecipeCard, *, whole: bool) -> QGridLayout:
        ui = self._ui
        grid = grid_layout(across=12, down=4, margins=(GUTTER, 12, GUTTER, 10), wide=0)
        tone = "warn" if recipe.is_short else "good"
        head = row((Elided(recipe.name, "strong"), 1), Badge(ui, enough(ui, recipe), tone), space=8)
        grid.addLayout(head, 0, 0, 1, 3)
        grid.addWidget(label(makes(ui, recipe), "caption"), 1, 0, 1, 3)
        needs = [need for need in recipe.needs if whole or need.missing]
        for place, need in enumerate(needs, start=2):
            self._add_need(grid, place, need)
        return grid

    def _add_need(self, grid: QGridLayout, at: int, need: Need) -> None:
        ui, t = self._ui, self._ui.t
        there = quantity(ui, need.on_hand, need.unit) if need.on_hand else ui.formats.quantity(0)
        grid.addWidget(label(need.name, wrap=True), at, 0)
        wanted = t("needs {quantity}", quantity=quantity(ui, need.quantity, need.unit))
        grid.addWidget(figures(ui, wanted, "caption"), at, 1)
        role, tone = ("label", "warn") if need.missing else ("caption", "")
        grid.addWidget(figures(ui, t("has {quantity}", quantity=there), role, tone), at, 2)


# -- The month's productions, and missing ingredients --------------------------------------------


ASIDE, LEAST, LEAST_HIGH = 376, 560, 240
_FEW = 4
"""Productions of a month below which there is room for a chart."""
_LEAST_MADE = 700
"""Least width of the productions, which have more columns than recipes."""


class MadeList(ListPage[Made]):
    """Productions, with buttons for the chosen one; `costs` shows the batches of its product."""

    shows = Touch.GOODS
    shown_kinds = frozenset({"item", "recipe"})

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.costs = BatchCosts(workspace)

    def lay_out_made(self, title: str) -> None:
        """Makes the list below this title, and its buttons."""
        t, ui = self.t, self.ui
        self.title = Elided(title, "card")
        make = Button(ui, t("Record a production"), "plus", kind="primary")
        make.hint(t("Record a production"), "Alt+6")
        make.when_clicked(partial(self.workspace.open_form, "production"))
        make.only_where(self.workspace.may("production"))
        titles = t("Product"), t("Date"), t("Made"), t("Cost each"), t("Gain"), t("Left")
        self.lay_out(
            head_row(*titles, figures=(2, 3, 4, 5)), (self.title, 1), make,
            sums=(t("Total cost"),), height=ROW_TWO_LINES, tight=True,
        )  # fmt: skip
        self.top.setContentsMargins(GUTTER, 10, 12, 10)  # room is scarce below the chart of costs
        self.foot.line.setContentsMargins(GUTTER, 8, 12, 8)
        self.table.setAccessibleName(title)
        self.table.setMinimumHeight(ui.theme.px(LEAST_HIGH))
        self.buttons: list[Button] = [
            Button(ui, t("Labels"), "printer", scale="small").when_clicked(self.open_labels),
            Button(ui, t("See the record"), scale="small").when_clicked(
                lambda: self.open(self.table.key)
            ),
        ]
        for place, button in enumerate(self.buttons):
            self.foot.line.insertWidget(place, button)

    def _row(self, made: Made) -> ListRow:
        return made_row(self.ui, made)

    def _sums(self, found: Sequence[Made]) -> tuple[str]:
        cost = sum(each.cost for each in found if each.corrected_by is None)
        return (self.ui.formats.rupiah(cost),)

    def _show_chosen(self, made: Made | None) -> None:
        self.buttons[0].setEnabled(made is not None and made.corrected_by is None)
        self.buttons[1].setEnabled(made is not None)
        self._show_costs()

    def _show_costs(self) -> None:
        """Draws the batches, where the list leaves room for them."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._show_costs()

    def open_labels(self) -> None:
        """Opens the dialog of labels of the chosen production."""
        if self.chosen is not None:
            LabelDialog(self.workspace, self.chosen, self.window()).open()


class KitchenMadePage(MadeList):
    """The month's productions, with what is missing for the next ones."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._known: Kitchen | None = None
        main = bare()
        self.made: tuple[Made, ...] = ()
        """Productions of all months, the newest first."""
        self._main = column(parent=main, space=12)
        self.needs = NeedsCard(self.ui, self.t("Missing ingredients"))
        self.beside = Beside(self.ui, main, self.needs, ASIDE, _LEAST_MADE)
        self.lay_out_made(self.t("Made"))
        fill(self._main, (self.card, 1), self.costs)
        self._fill_foot()
        self.body.addWidget(self.beside, 1)

    def _invite(self, known: Kitchen) -> None:
        """Makes what stands in the list's place while nothing was made in the month."""
        t, month = self.t, self._name(self.workspace.month)
        text = t(
            "Record it every time you fry. Ingredients go down and chips go up automatically, so "
            "the cost of each pack is always known.")  # fmt: skip
        make = Action(t("Record a production"), "plus", "production")
        title = t("Nothing was made in {month}", month=month)
        empty = self.invite("cooking-pot", title, text, make)
        self._main.addWidget(empty)
        if self.workspace.may("production"):
            empty.tell_keys(t("or press"), ("Alt", "6"), t("on any page"))
        if (last := known.last_month) is not None and last != self.workspace.month:
            go = partial(self.workspace.show_month, last)
            empty.offer(t("See {month}", month=self._name(last)), go, primary=False)

    def _fill_foot(self) -> None:
        t = self.t
        self.copy_button = Button(self.ui, t("Copy the shopping list"), "shopping-cart-simple")
        self.copy_button.hint(t("Ready to paste into a message")).when_clicked(self._copy_list)
        self._set_up = Button(self.ui, t("Set up a recipe"), "plus")
        self._set_up.when_clicked(lambda: self.workspace.go("settings", "recipes"))
        fill(self.needs.foot, self.copy_button, self._set_up)

    # -- what the book says ----------------------------------------------------------------

    def refresh(self) -> None:
        month = self.workspace.month
        self.ask(lambda book: book.read(kitchen, month), self.show_kitchen)
        self.ask(lambda book: book.read(productions), self._show_before, key="before")

    def _show_before(self, made: tuple[Made, ...]) -> None:
        self.made = made
        self._show_costs()

    def _show_costs(self) -> None:
        known = self._known
        few = known is not None and 0 < len(known.made) <= _FEW
        room = few and self.costs.has_room(self)
        self.costs.show_batches(self.chosen if room else None, self.made)

    def show_kitchen(self, known: Kitchen) -> None:
        """Shows the productions and the missing ingredients."""
        self._known = known
        self.title.setText(self.t("Made in {month}", month=self._name(self.workspace.month)))
        self._invite(known)
        self.show_all(known.made)
        self._show_needs(known)
        self._show_costs()

    def _show_needs(self, known: Kitchen) -> None:
        t = self.t
        short = any(recipe.is_short for recipe in known.recipes)
        self.needs.title.setText(t("Missing ingredients") if short else t("Ingredients"))
        self.needs.show_recipes(
            known.recipes, t("With a recipe, amounts fill in automatically. None is set up yet.")
        )
        self.copy_button.setVisible(short)
        may = self.workspace.may("recipe")
        self._set_up.setVisible(not known.recipes and may)

    def _name(self, month: str) -> str:
        return self.ui.formats.month_alone(month)

    def _copy_list(self) -> None:
        if self._known is not None:
            text = shopping_list(self.ui, self._known, self.ui.today)
            QGuiApplication.clipboard().setText(text)
            self.workspace.say(
                self.t("Paste it into a message."), strong=self.t("The shopping list is copied.")
            )


class RecipesPage(ListPage[RecipeCard]):
    """Recipes with their costs and whether there is enough; the chosen one in full."""

    shows = Touch.GOODS
    shown_kinds = frozenset({"item", "recipe"})

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.beside = TwoCards(self.ui, ASIDE, LEAST)
        titles = t("Recipe"), t("Last cost each"), t("Selling price"), t("Gain"), t("Ingredients")
        headings = head_row(*titles, figures=(1, 2, 3))
        self.lay_out(headings, height=ROW_TWO_LINES, within=self.beside)
        self.foot.hide()
        self.table.setAccessibleName(t("Recipes"))
        self.table.setMinimumHeight(self.ui.theme.px(LEAST_HIGH))
        self.needs = NeedsCard(self.ui, t("For one recipe"))
        self.make = Button(self.ui, t("Make this"), "cooking-pot", kind="primary")
        self.make.when_clicked(lambda: self.open(self.table.key))
        self.make.only_where(workspace.may("production"))
        self.needs.foot.addWidget(self.make)
        self.change = Button(self.ui, t("Change the recipe"))
        self.change.when_clicked(partial(workspace.go, "settings", "recipes"))
        self.change.only_where(workspace.may("recipe"))
        self.needs.foot.addWidget(self.change)
        self.beside.add(self.needs)
        text = t(
            "A recipe says what goes into one batch. Amounts then fill in automatically, and you "
            "know beforehand what is missing.")  # fmt: skip
        empty = self.invite("cooking-pot", t("No recipes yet"), text)
        if workspace.may("recipe"):
            set_up = partial(workspace.go, "settings", "recipes")
            empty.offer(t("Set up a recipe"), set_up, "plus")

    def open(self, key: object) -> None:
        """Opens the form of a production by this recipe, for whoever may record one."""
        if key is not None and self.workspace.may("production"):
            self.workspace.open_form("production", recipe=key)

    def refresh(self) -> None:
        """Asks for the month's kitchen."""
        month = self.workspace.month
        self.ask(lambda book: book.read(kitchen, month), lambda known: self.show_all(known.recipes))

    def _row(self, recipe: RecipeCard) -> ListRow:
        return recipe_row(self.ui, recipe)

    def _show_chosen(self, recipe: RecipeCard | None) -> None:
        self.needs.show_recipes((recipe,) if recipe is not None else (), "", whole=True)


class MadeBeforePage(MadeList):
    """The last productions of any month."""

    monthly, scrolls = False, True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        t = self.t
        self.body.setSpacing(12)
        self.body.addWidget(self.costs)
        self.lay_out_made(t("Made so far, newest first"))
        text = t("Every production is listed here with its cost and its code.")
        make = Action(t("Record a production"), "plus", "production")
        self.invite("cooking-pot", t("Nothing has been made yet"), text, make)

    def refresh(self) -> None:
        self.ask(lambda book: book.read(productions), self.show_all)

    def _show_costs(self) -> None:
        self.costs.show_batches(self.chosen if self.costs.has_room(self) else None, self.things)


class KitchenPage(TabbedPage):
    """The page of the kitchen, its parts behind tabs."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.add_tabs(
            "kitchen", {"made": KitchenMadePage, "recipes": RecipesPage, "history": MadeBeforePage}
        )
