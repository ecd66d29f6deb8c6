"""What the group grows, buys, makes and sells, with its prices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kwt_books.domain.documents.setup import Item
from ui.desk import Desk
from ui.goods_words import SHORT_CLASSES
from ui.pages.settings_list import SettingsList
from ui.widgets.list_table import Cell, Heading, ListRow


class ItemsPage(SettingsList):
    kind = "item"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        classes = [(code, t(name)) for code, name in SHORT_CLASSES.items()]
        self.classes = self.narrow(t("Everything"), classes)
        self.offer(t("Add"), "item")
        empty = self.empty_state(
            "package",
            t("No goods yet"),
            t("Set up what the group grows and sells, and what it buys for that."),
        )
        if self.may_change:
            empty.offer(t("Add"), lambda: desk.open_form("item"), "plus")

    def headings(self) -> tuple[Heading, ...]:
        t = self.t
        return (
            Heading(t("Goods")),
            Heading(t("Kind")),
            Heading(t("Counted in")),
            Heading(t("Selling price"), figures=True),
            Heading(t("Keeps for"), figures=True),
        )

    def rows(self, sought: str) -> Iterator[ListRow]:
        items = self.desk.setup.items if self.desk.setup is not None else {}
        self.show_empty(empty=not items)
        order = list(SHORT_CLASSES)
        ranked = sorted(
            items.values(), key=lambda item: (order.index(item.item_class), item.name.casefold())
        )
        for item in ranked:
            chosen = self.classes.code() in ("", item.item_class)
            if chosen and sought in f"{item.name} {item.code}".casefold():
                yield self._row(item)

    def _row(self, item: Item) -> ListRow:
        t, formats = self.t, self.kit.formats
        days = item.shelf_life_days
        return ListRow(
            item.code,
            (
                Cell(item.name, bold=True),
                Cell(t(SHORT_CLASSES[item.item_class]), tone="quiet"),
                Cell(item.unit),
                Cell(formats.number(item.price) if item.price else "–"),
                Cell(t.ngettext("{n} day", "{n} days", days) if days else "–"),
            ),
        )

    def counted(self, count: int) -> str:
        return self.t.ngettext("{n} kind of goods", "{n} kinds of goods", count)

    def open(self, key: Any) -> None:
        if key is not None and self.may_change:
            self.desk.open_form("item", code=key)
