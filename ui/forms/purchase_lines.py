"""What was bought, line by line: the goods, how much, for how much, and what one came to."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from kwt_books.domain.documents.buying import PurchaseLine
from kwt_books.domain.documents.setup import Item
from kwt_books.domain.money import half_up
from kwt_books.domain.quantity import UNIT
from ui.forms.item_lines import ItemLines
from ui.forms.lines import Line, LineField
from ui.kit import Kit
from ui.widgets.date_field import DateField
from ui.widgets.field import MoneyField, QuantityField, TextField
from ui.widgets.label import figures

_CLASSES = ("ingredient", "packaging", "seed", "input", "seedling", "produce", "finished")
"""Bought most often first."""


class Each(QWidget):
    """What one unit came to; follows from the line and is nobody's to fill in."""

    changed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._text: QLabel = figures(kit, "", "caption", "quiet")
        self._text.setParent(self)

    def show_price(self, quantity: int | None, amount: int | None) -> None:
        """Thousandths and rupiah."""
        text = ""
        if quantity and amount:
            text = "@ " + self._kit.formats.number(half_up(amount * UNIT, quantity))
        self._text.setText(text)

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        self._text.setGeometry(self.rect())
        self._text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def problem(self) -> str:
        return ""

    def state(self) -> object:
        return None

    def restore(self, state: object) -> None:
        pass


class PurchaseLines(ItemLines):
    def __init__(self, kit: Kit) -> None:
        t = kit.t
        fields = (
            LineField("item", t("Goods"), self.picker, 8),
            LineField("qty", t("How many"), lambda: QuantityField(kit), 4),
            LineField(
                "amount",
                t("Price in all"),
                lambda: MoneyField(kit),
                4,
                t("what all of it cost by the receipt, not one of it"),
            ),
            LineField("each", t("Price each"), lambda: Each(kit), 3),
            LineField(
                "expires",
                t("Best before"),
                lambda: DateField(kit, required=False, weekday=False),
                5,
                t("the date printed on the pack; may stay empty"),
            ),
            LineField(
                "lot",
                t("Lot"),
                lambda: TextField(kit),
                3,
                t("a code on the pack, such as L-0701, to tell deliveries apart; may stay empty"),
            ),
        )
        super().__init__(kit, fields)

    def in_order(self) -> Iterable[Item]:
        order = {name: place for place, name in enumerate(_CLASSES)}
        return sorted(
            self.items.values(), key=lambda each: (order[each.item_class], each.name.casefold())
        )

    def follow(self, line: Line) -> None:
        """The unit behind the number, and what one came to."""
        super().follow(line)
        line.fields["each"].show_price(line.fields["qty"].number(), line.fields["amount"].number())

    def total(self) -> int:
        return sum(line.fields["amount"].number() or 0 for line in self.lines)

    def command_lines(self) -> tuple[PurchaseLine, ...]:
        return tuple(
            PurchaseLine(
                item=line.fields["item"].code(),
                qty=line.fields["qty"].number(),
                amount=line.fields["amount"].number(),
                expires=line.fields["expires"].value(),
                lot=line.fields["lot"].value(),
            )
            for line in self.filled
        )
