"""Small parts of forms of money."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from kwt_books.domain.month import Month, first_day, last_day, month_of
from ui.forms.dialog import FormDialog
from ui.kit import Kit
from ui.widgets.label import column, label
from ui.widgets.tabs import Segment

_TALL = 600


class Switch(Segment):
    """A segment as an input of a form."""

    changed = Signal()

    def __init__(self, kit: Kit, choices: tuple[tuple[str, str], ...], current: str = "") -> None:
        super().__init__(kit, choices, current)
        self._names = tuple(name for name, _ in choices)
        self.chosen.connect(lambda _name: self.changed.emit())

    def problem(self) -> str:
        return ""

    def state(self) -> object:
        return self.current

    def restore(self, state: object) -> None:
        if state in self._names:
            self.choose(str(state))


def level(widget: QWidget) -> QWidget:
    """A widget without a label, on the line of the fields beside it."""
    made = QWidget()
    page = column(made, space=4)
    page.addWidget(label(" ", "label"))
    page.addWidget(widget)
    page.addStretch(1)
    return made


def tall(dialog: FormDialog) -> FormDialog:
    """With room for lines that are still to come."""
    dialog.resize(dialog.width(), dialog.form.kit.theme.px(_TALL))
    return dialog


def clear(layout: QLayout) -> None:
    """Takes everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (gone := item.widget()) is not None:
            gone.hide()
            gone.deleteLater()


def usual_day(kit: Kit, month: Month) -> date:
    """Today; of another month in hand its last day, or its first where it is still to come."""
    if month_of(kit.today) == month:
        return kit.today
    return last_day(month) if last_day(month) < kit.today else first_day(month)
