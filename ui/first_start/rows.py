"""A question with its field beside it, and lines that may stay empty."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.forms.lines import Lines
from ui.kit import Kit
from ui.widgets.card import Card
from ui.widgets.field import FieldRow
from ui.widgets.label import column, label, row

_LABEL = 268


class Question(QWidget):
    """The words at the left, the field at the right; what is wrong stands below the field.

    It tells what is to be said of its field, as `ui.forms.messages` asks. Where there is little
    room, `fold` puts the field below the words.
    """

    touched = Signal()

    def __init__(self, kit: Kit, title: str, field: Any, hint: str, width: int) -> None:
        super().__init__()
        self._kit, self.was_touched = kit, False
        self._line: QBoxLayout = row(self, space=kit.theme.px(20))
        self._words = QWidget()
        words = column(self._words)
        name = label(title, "strong", wrap=True)
        name.setBuddy(field)
        words.addWidget(name)
        if hint:
            words.addWidget(label(hint, "caption", wrap=True))
        words.addStretch(1)
        self._words.setFixedWidth(kit.theme.px(_LABEL))
        self._row = FieldRow(kit, title, field)
        self._row.title.hide()
        self._row.touched.connect(self._touched)
        self._row.setMinimumWidth(kit.theme.px(min(width, 232)))
        self._row.setMaximumWidth(kit.theme.px(width))
        field.setAccessibleDescription(hint)
        self._line.addWidget(self._words)
        self._line.addWidget(self._row, 1)
        self._line.addStretch(0)

    def fold(self, *, narrow: bool) -> None:
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._line.setSpacing(4 if narrow else self._kit.theme.px(20))

    @property
    def field(self) -> QWidget:
        return self._row.field

    @property
    def message(self) -> str:
        return self._row.message

    def say(self, text: str, tone: str = "") -> None:
        self._row.say(text, tone)

    def _touched(self) -> None:
        self.was_touched = True
        self.touched.emit()


class OptionalLines(Lines):
    """Lines of which none need to be filled in."""

    def problem(self) -> str:
        return ""


def lines_card(title: str, hint: str, lines: QWidget, total: QWidget | None = None) -> Card:
    """A white frame around lines, with what they are for and what they come to."""
    card = Card(title, space=8)
    if total is not None and card.heading is not None:
        card.heading.addWidget(total)
    if hint:
        card.body.addWidget(label(hint, "caption", wrap=True))
    card.body.addWidget(lines)
    return card
