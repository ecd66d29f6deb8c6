"""A part of Belanja & Kas that is one list: what can be recorded above it, sums below."""

from __future__ import annotations

from collections.abc import Sequence

from ui.pages.base import Page
from ui.pages.money_parts import Deed, DeedBar, Foot
from ui.tokens import ROW_TWO_LINES
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.list_table import Heading, ListTable


class ListPart(Page):
    """Call `lay_out` in the constructor, then `show_filled` whenever the list has come anew."""

    def lay_out(
        self,
        deeds: Sequence[Deed],
        headings: Sequence[Heading],
        sums: Sequence[str],
        height: int = ROW_TWO_LINES,
    ) -> None:
        self.deeds = DeedBar(self.desk, deeds)
        self.body.setSpacing(12)
        self.body.addWidget(self.deeds)
        self.card = Card(margins=0, space=0)
        self.table = ListTable(self.kit, headings, height)
        self.card.body.addWidget(self.table, 1)
        self.foot = Foot(self.kit, *sums)
        self.card.body.addWidget(self.foot)
        self.body.addWidget(self.card, 1)

    def invite(self, empty: EmptyState, *, deed: int | None = None) -> None:
        """What is shown while there is nothing; it offers the deed of that place."""
        self.empty = empty
        buttons = list(self.deeds.buttons.values())
        if deed is not None and deed < len(buttons):
            first = buttons[deed]
            icon = self.deeds.icons[deed]
            empty.offer(first.text().replace("&&", "&"), first.click, icon)
        self.body.addWidget(empty, 1)
        empty.hide()

    def show_filled(self, filled: bool) -> None:
        self.card.setVisible(filled)
        self.deeds.setVisible(filled and bool(self.deeds.buttons))
        self.empty.setVisible(not filled)
