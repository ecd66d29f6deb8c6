"""Lines of a document that are each about goods: the unit follows from what is picked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from kwt_books.domain.documents.setup import Item
from ui.forms.lines import Line, LineField, Lines
from ui.kit import Kit
from ui.widgets.picker import Picker


class ItemLines(Lines):
    """Fields `item` (`picker`) and `qty` among others. Override `in_order`, `follow`."""

    def __init__(self, kit: Kit, fields: tuple[LineField, ...]) -> None:
        self.items: Mapping[str, Item] = {}
        super().__init__(kit, fields)

    def picker(self) -> Picker:
        return Picker(self._kit, self._choices())

    def in_order(self) -> Iterable[Item]:
        """The goods as they are offered."""
        return self.items.values()

    def _choices(self) -> list[tuple[str, str]]:
        return [(each.code, each.name) for each in self.in_order()]

    def learn(self, items: Mapping[str, Item]) -> None:
        self.items = items
        for line in self.lines:
            line.fields["item"].set_choices(self._choices())
            self.follow(line)

    def _append(self) -> Line:
        line = super()._append()
        line.changed.connect(partial(self.follow, line))
        return line

    def follow(self, line: Line) -> None:
        """The unit behind the number."""
        item = self.items.get(line.fields["item"].code() or "")
        line.fields["qty"].set_unit(item.unit if item is not None else "")
