"""Inputs of several fields, which show their own messages beside the lines they are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.kit.field import Kept
from ui.kit.look import UiContext
from ui.kit.messages import Message, Touched, at_line


class Composite(Kept, Touched):
    """The base of inputs of several fields; a subclass lays out its `message`.

    Override `field` (what gets the keyboard) and, where lines show messages of their own, `say_at`
    and `clear`.
    """

    changed = Signal()

    def __init__(self, ui: UiContext, role: str = "caption", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self.message = Message(ui, role)

    def watch(self, field: Any) -> None:
        """Takes a field: its changes are changes of this input, and leaving it touches it."""
        field.changed.connect(self.changed)
        field.installEventFilter(self)

    @property
    def field(self) -> QWidget:
        """What gets the keyboard when something is wrong."""
        return self

    def is_over(self, _rest: str) -> bool:
        """Whether somebody has been at a place of its own: in all of it."""
        return self.was_touched

    def say(self, text: str, tone: str = "") -> None:
        """Shows a message about all of it; an empty one hides it."""
        self.message.say(text, tone or "error")


class RowComposite(Composite):
    """The base of inputs whose rows have no room for messages: a row's error is said below all of
    them, after its name.

    Override `said_rows` and, where rows can be marked, `mark`.
    """

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self._of_row, self._of_row_tone = "", ""
        self.marked: str | None = None
        """The key of the row that something is said about."""

    def said_rows(self) -> Sequence[tuple[str, str]]:
        """Key and name of each row that the command has a line of, in its order."""
        raise NotImplementedError

    def mark(self, key: str | None, tone: str = "error") -> None:
        """Marks the row of a key as wrong, or with `warn` as asked about; None unmarks all rows."""

    def say(self, text: str, tone: str = "") -> None:
        """Shows a message about all rows; an empty one shows that about one row, if any."""
        self.message.say(text or self._of_row, (tone if text else self._of_row_tone) or "error")

    def say_at(self, rest: str, text: str, tone: str = "error") -> bool:
        """Shows a message about the row that `rest` (`3.amount`) names; whether there is such a
        row.
        """
        row = at_line(rest, self.said_rows())
        if row is None:
            return False
        key, name = row
        self.mark(key, tone)
        self.marked = self.marked or key
        self._of_row, self._of_row_tone = f"{name}: {text}", tone
        self.say("")
        return True

    def clear(self) -> None:
        """Forgets the errors of rows."""
        self._of_row, self.marked = "", None
        self.mark(None)
