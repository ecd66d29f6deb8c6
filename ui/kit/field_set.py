"""Fields by the paths of a command's keys, with their messages: what forms and the steps of the
first start are made of.
"""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.kit.composite import Composite
from ui.kit.field import FieldRow
from ui.kit.layout import go_on, row
from ui.kit.lines import Lines
from ui.kit.look import ENTER, UiContext
from ui.kit.messages import Messages, Problem, Teller
from ui.kit.picker import Picker

F = TypeVar("F", bound=QWidget)


def enter_goes_on(widget: QWidget, event: QKeyEvent) -> bool:
    """Goes to the next field where Enter was pressed in a line of text; whether it was."""
    plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
    enter = event.key() in ENTER and plain and isinstance(widget.focusWidget(), QLineEdit)
    return enter and go_on(widget)


class FieldSet:
    """A mixin for widgets with fields by path. `_paused` is called once nothing was typed for a
    moment.
    """

    changed: SignalInstance
    ui: UiContext
    body: QVBoxLayout
    """The column of the fields that are added below each other."""

    def __init__(self, quiet: int, *given: Any) -> None:
        """`quiet`: milliseconds without a key that count as a pause; `given` is for the widget."""
        super().__init__(*given)
        self.fields: dict[str, Any] = {}
        """The fields, each an `Input`, by their paths."""
        self._messages = Messages()
        self._tried = False
        assert isinstance(self, QObject)
        self.pause = QTimer(self, singleShot=True, interval=quiet)
        self.pause.timeout.connect(self._paused)

    def add(self, path: str, field: Any, teller: Teller | None = None) -> None:
        """Takes a field that is laid out elsewhere; `teller` shows its messages."""
        self.fields[path] = field
        if teller is not None:
            self._messages.add(path, teller)
            teller.touched.connect(self.pause.start)
        field.changed.connect(self._field_changed)

    def labelled(self, path: str, title: str, field: QWidget, hint: str = "") -> FieldRow:
        """A field with its label, to be laid out by whoever asks for it."""
        made = FieldRow(self.ui, title, field, hint)
        self.add(path, field, made)
        return made

    def field(self, path: str, title: str, field: F, hint: str = "") -> F:
        """Adds a field with its label below those before; gives the field."""
        self.body.addWidget(self.labelled(path, title, field, hint))
        return field

    def across(self, *parts: tuple[QWidget, int], space: int = 12) -> QHBoxLayout:
        """Adds parts side by side, each with its stretch factor; gives their layout."""
        line = row(*parts, space=space)
        self.body.addLayout(line)
        return line

    def _field_changed(self) -> None:
        self.pause.start()
        self.changed.emit()

    def _paused(self) -> None:
        raise NotImplementedError

    def values(self) -> dict[str, Any]:
        """The values of the fields by their paths."""
        return {path: field.value() for path, field in self.fields.items()}

    def state(self) -> dict[str, object]:
        """What a draft keeps: the fields' states by path."""
        return {path: field.state() for path, field in self.fields.items()}

    def restore(self, state: object) -> None:
        """Fills in what `state` gave."""
        found = state if isinstance(state, dict) else {}
        for path, field in self.fields.items():
            if path in found:
                field.restore(found[path])

    # -- what is wrong ---------------------------------------------------------------------

    def wrong_with(self, path: str) -> str:
        """What is wrong with a field, in words; empty where nothing is."""
        return str(self.fields[path].problem())

    def unread(self) -> list[Problem]:
        """The problems of all fields and of their lines: paths and words."""
        found = []
        for path, field in self.fields.items():
            if problem := self.wrong_with(path):
                found.append((path, problem))
            if isinstance(field, Lines):
                found += [(f"{path}.{rest}", said) for rest, said in field.problems()]
        return found

    def show_problems(self, problems: list[Problem]) -> bool:
        """Shows problems beside their fields: all once somebody tried to go on, before that those
        of fields somebody has been in. Whether each has a place.
        """
        return not self._messages.show(problems, everything=self._tried)

    def complete(self) -> bool:
        """Whether every field can be read; else shows what is wrong, and gives the first such
        field the keyboard. A name that is still being typed is read as if one had left its field.
        """
        if isinstance(here := QApplication.focusWidget(), Picker):
            here.settle()
        self._tried = True
        found = self.unread()
        self.show_problems(found)
        self._messages.focus_first(found)
        return not found


def first_of(fields: dict[str, Any]) -> QWidget | None:
    """What gets the keyboard of the first field: of one that consists of several, its own first."""
    first = next(iter(fields.values()), None)
    field = first.field if isinstance(first, Composite) else first
    return field if isinstance(field, QWidget) else None
