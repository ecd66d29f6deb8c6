"""The usual goods, to be ticked, each with its price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from kwt_books.domain.documents.setup import Item
from kwt_books.i18n.catalogue import noop
from kwt_books.services.first_answers import Good
from ui.kit import Kit
from ui.widgets.check_field import CheckField
from ui.widgets.field import MoneyField
from ui.widgets.label import column, label

_HEADINGS = {
    "produce": noop("Vegetables and fruit"),
    "seedling": noop("Seedlings"),
    "finished": noop("Made in the kitchen"),
}
_FIRST = ("sayur", "bibit-cabai", "keripik-bayam", "keripik-pare")
"""Ticked to begin with."""


@dataclass(frozen=True, slots=True)
class _Row:
    item: Item
    tick: CheckField
    price: MoneyField


class GoodsGrid(QWidget):
    """An input and the teller of what is wrong with it; a price counts where it is ticked."""

    changed = Signal()
    touched = Signal()
    was_touched = True

    def __init__(self, kit: Kit, items: Sequence[Item]) -> None:
        super().__init__()
        self._kit = kit
        self._rows: dict[str, _Row] = {}
        page = column(self, space=8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        page.addLayout(grid)
        shown = ""
        for item in items:
            if item.item_class != shown:
                shown = item.item_class
                grid.addWidget(self._heading(shown), grid.rowCount(), 0, 1, 3)
            self._add(grid, item)
        self._message: QLabel = label("", "caption", "error", wrap=True)
        self._message.hide()
        page.addWidget(self._message)

    def _heading(self, item_class: str) -> QLabel:
        made = label(self._kit.t(_HEADINGS[item_class]), "label")
        made.setContentsMargins(0, 6 if self._rows else 0, 0, 0)
        return made

    def _add(self, grid: QGridLayout, item: Item) -> None:
        kit, at = self._kit, grid.rowCount()
        ticked = item.code in _FIRST
        made = _Row(item, CheckField(item.name, ticked=ticked), MoneyField(kit, required=False))
        made.price.set_number(item.price)
        made.price.setFixedWidth(kit.theme.px(140))
        made.price.setAccessibleName(kit.t("Price of {item}", item=item.name))
        made.price.setEnabled(ticked)
        made.tick.toggled.connect(made.price.setEnabled)
        for field in (made.tick, made.price):
            field.changed.connect(self.changed)
        self._rows[item.code] = made
        grid.addWidget(made.tick, at, 0)
        grid.addWidget(made.price, at, 1)
        grid.addWidget(label(kit.t("per {unit}", unit=item.unit), "caption"), at, 2)

    def row(self, code: str) -> tuple[CheckField, MoneyField]:
        """The box and the price of a good."""
        found = self._rows[code]
        return found.tick, found.price

    @property
    def goods(self) -> list[Good]:
        """Those that are ticked."""
        return [
            Good(each.item.name, each.item.unit, each.item.item_class, each.price.number(), code)
            for code, each in self._rows.items()
            if each.tick.isChecked()
        ]

    # -- what a step asks ------------------------------------------------------------------

    def problem(self) -> str:
        for each in self._rows.values():
            if each.tick.isChecked() and (wrong := each.price.problem()):
                return f"{each.item.name}: {wrong}"
        return ""

    @property
    def field(self) -> QWidget:
        wrong = (row for row in self._rows.values() if row.tick.isChecked() and row.price.problem())
        found = next(wrong, None)
        return found.price if found is not None else next(iter(self._rows.values())).tick

    def say(self, text: str, tone: str = "") -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))

    def state(self) -> object:
        rows = self._rows.items()
        return {code: [each.tick.isChecked(), each.price.text()] for code, each in rows}

    def restore(self, state: object) -> None:
        found = state if isinstance(state, dict) else {}
        for code, each in self._rows.items():
            match found.get(code):
                case [bool(ticked), str(price)]:
                    each.tick.setChecked(ticked)
                    each.price.restore(price)
