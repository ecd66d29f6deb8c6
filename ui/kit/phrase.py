"""The two fields of a new passphrase, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kwt_books.domain.access import LEAST_PASSPHRASE, weakness_of
from ui.kit.field import FieldRow, PasswordField
from ui.kit.layout import column
from ui.kit.look import UiContext


class NewPhrase(QWidget):
    """A new passphrase, typed twice."""

    entered = Signal()
    """Enter was pressed in the second field."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui, t = ui, ui.t
        self.phrase, self.again = PasswordField(ui), PasswordField(ui)
        hint = t(
            "At least {least} letters: three or four words that have nothing to do with each other",
            least=LEAST_PASSPHRASE,
        )
        self.phrase_row = FieldRow(ui, t("Passphrase"), self.phrase, hint)
        self.again_row = FieldRow(ui, t("Repeat it"), self.again)
        column(self.phrase_row, self.again_row, parent=self, space=10)
        self.phrase.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.entered)

    def value(self) -> str | None:
        """The phrase, where both are the same and it is not weak; else None, and it is said why."""
        t, phrase = self._ui.t, self.phrase.text()
        weak = weakness_of(phrase)
        self.phrase_row.say(t(weak, least=LEAST_PASSPHRASE) if weak else "", "error")
        differs = not weak and phrase != self.again.text()
        self.again_row.say(t("The two are not the same.") if differs else "", "error")
        if weak or differs:
            (self.phrase if weak else self.again).setFocus()
            return None
        return phrase

    def clear(self) -> None:
        """Empties both fields."""
        self.phrase.clear()
        self.again.clear()
