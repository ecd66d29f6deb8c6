"""The card of the money of a sale, and what is said in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.forms.base import Form
from ui.forms.sale_parts.till import Till
from ui.widgets.card import Card
from ui.widgets.label import label


class TillCard(Card):
    """Tells what is wrong with the money, in `said`; watches its fields as their event filter."""

    touched = Signal()

    def __init__(self, form: Form, parent: QWidget, *, proposes: bool, space: int) -> None:
        super().__init__(space=space)
        self.setParent(parent)
        self.form, self.kit, self.t = form, form.kit, form.t
        self.was_touched = False
        self.till = Till(self.kit, proposes=proposes)
        self.said = label("", "label", "error", wrap=True)
        self.said.hide()

    @property
    def field(self) -> QWidget:
        return self.till.cash

    @property
    def message(self) -> str:
        return self.said.text()

    def say(self, text: str, tone: str = "") -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.FocusOut and not self.was_touched:
            self.was_touched = True
            self.touched.emit()
        return False
