"""What the recipes need, and what of it there is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout

from kwt_books.queries.kitchen import Need, RecipeCard
from ui.goods_words import quantity
from ui.kit import Kit
from ui.pages.kitchen_words import enough, makes
from ui.tokens import GUTTER
from ui.widgets.card import Badge, Card, bare, scrolled
from ui.widgets.label import Elided, column, figures, label, row, rule


class NeedsCard(Card):
    """A block for each recipe. `foot` stands below them all."""

    def __init__(self, kit: Kit, title: str) -> None:
        super().__init__(margins=0, space=0)
        self._kit = kit
        self.title = Elided(title, "card")
        heading = column()
        heading.setContentsMargins(GUTTER, 13, GUTTER, 13)
        heading.addWidget(self.title)
        self.body.addLayout(heading)
        self.body.addWidget(rule())
        self._area = scrolled(bare())
        self._area.setMinimumHeight(kit.theme.px(180))
        self.body.addWidget(self._area, 1)
        self._line = rule()
        self.body.addWidget(self._line)
        self.foot = column(space=8)
        self.foot.setContentsMargins(GUTTER, 12, GUTTER, GUTTER)
        self.body.addLayout(self.foot)

    def show_recipes(
        self,
        recipes: Sequence[RecipeCard],
        empty: str,
        *,
        whole: bool = False,
    ) -> None:
        """`whole`: ingredients of which there is enough are shown as well."""
        ground = bare()
        page = column(ground, space=0)
        for place, recipe in enumerate(recipes):
            if place:
                page.addWidget(rule())
            page.addLayout(self._block(recipe, whole=whole))
        if not recipes:
            words = label(empty, "caption", wrap=True)
            words.setContentsMargins(GUTTER, 12, GUTTER, 12)
            page.addWidget(words)
        page.addStretch(1)
        self._area.setWidget(ground)

    def _block(self, recipe: RecipeCard, *, whole: bool) -> QGridLayout:
        kit = self._kit
        grid = QGridLayout()
        grid.setContentsMargins(GUTTER, 12, GUTTER, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        head = row(space=8)
        head.addWidget(Elided(recipe.name, "strong"), 1)
        tone = "warn" if recipe.is_short else "good"
        head.addWidget(Badge(kit, enough(kit, recipe), tone))
        grid.addLayout(head, 0, 0, 1, 3)
        grid.addWidget(label(makes(kit, recipe), "caption"), 1, 0, 1, 3)
        needs = [need for need in recipe.needs if whole or need.missing]
        for place, need in enumerate(needs, start=2):
            self._add_need(grid, place, need)
        return grid

    def _add_need(self, grid: QGridLayout, at: int, need: Need) -> None:
        kit, t = self._kit, self._kit.t
        there = quantity(kit, need.on_hand, need.unit) if need.on_hand else kit.formats.quantity(0)
        grid.addWidget(label(need.name, wrap=True), at, 0)
        wanted = t("needs {quantity}", quantity=quantity(kit, need.quantity, need.unit))
        grid.addWidget(figures(kit, wanted, "caption"), at, 1)
        role, tone = ("label", "warn") if need.missing else ("caption", "")
        grid.addWidget(figures(kit, t("has {quantity}", quantity=there), role, tone), at, 2)
