"""What a pack costs, what it sells for, and what is left of that."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from kwt_books.domain.money import half_up
from kwt_books.domain.quantity import UNIT
from ui.kit import Kit
from ui.widgets.card import Card, Note
from ui.widgets.label import Elided, figures, label, rule, set_tone

_WIDTH = 272


@dataclass(frozen=True, slots=True)
class Made:
    """Thousandths; rupiah for what went in, for one unit in `price`."""

    unit: str
    quantity: int
    ingredients: int
    costs: int
    price: int | None

    @property
    def cost(self) -> int:
        return self.ingredients + self.costs

    @property
    def unit_cost(self) -> int:
        return half_up(self.cost * UNIT, self.quantity)

    @property
    def margin(self) -> int | None:
        """Rupiah left of the price of one; None without a price."""
        return self.price - self.unit_cost if self.price is not None else None


def share_of(margin: int, price: int) -> int:
    """Tenths of a percent."""
    return half_up(margin * 1000, price)


class CostCard(Card):
    def __init__(self, kit: Kit) -> None:
        t = kit.t
        super().__init__(t("What it costs"), space=8)
        self._kit = kit
        self.setProperty("sunken", True)
        self.setFixedWidth(kit.theme.px(_WIDTH))
        self._lines: dict[str, tuple[QLabel, QLabel]] = {}
        above = self._grid()
        self._add_line(above, "ingredients", t("Ingredients"))
        self._add_line(above, "costs", t("Money spent besides"))
        self._add_line(above, "cost", t("All together"))
        self.body.addWidget(rule())
        self._each = label("", "caption")
        self._figure = figures(kit, "", "figure")
        self._figure.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._each)
        self.body.addWidget(self._figure)
        below = self._grid()
        self._add_line(below, "price", t("Selling price"))
        self._add_line(below, "margin", t("Gain"))
        self.note = Note(kit)
        self.body.addWidget(self.note)
        self.body.addStretch(1)
        self.show_nothing()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        self.body.addLayout(grid)
        return grid

    def _add_line(self, grid: QGridLayout, name: str, title: str) -> None:
        at = grid.rowCount()
        words, figure = Elided(title, "caption"), figures(self._kit, "", "strong")
        grid.addWidget(words, at, 0)
        grid.addWidget(figure, at, 1)
        self._lines[name] = (words, figure)

    def _put(self, name: str, text: str, tone: str = "") -> None:
        figure = self._lines[name][1]
        figure.setText(text)
        set_tone(figure, tone)

    @property
    def text(self) -> str:
        """The figures, for who can't see them."""
        pairs = [f"{words.text()}: {figure.text()}" for words, figure in self._lines.values()]
        return ". ".join((f"{self._each.text()}: {self._figure.text()}", *pairs))

    def show_nothing(self) -> None:
        for name in self._lines:
            self._put(name, "–")
        self._each.setText(self._kit.t("Each"))
        self._figure.setText("–")
        set_tone(self._figure, "quiet")
        self.note.say(
            self._kit.t("Known once what is used and what was made are filled in, "
                        "and the store has enough.")
        )  # fmt: skip
        self.note.show()

    def show_cost(self, made: Made) -> None:
        t, rupiah = self._kit.t, self._kit.formats.rupiah
        self._put("ingredients", rupiah(made.ingredients))
        self._put("costs", rupiah(made.costs))
        self._put("cost", rupiah(made.cost))
        self._each.setText(t("Each {unit}", unit=made.unit))
        self._figure.setText(rupiah(made.unit_cost))
        set_tone(self._figure, "")
        self._put("price", rupiah(made.price) if made.price is not None else "–")
        self._show_margin(made)
        self.setAccessibleName(self.text)

    def _show_margin(self, made: Made) -> None:
        t, formats = self._kit.t, self._kit.formats
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
                t("It costs as much as it sells for, or more. See the amounts and the price."),
                "warn",
            )
