"""One step: a question as its title, fields below, what they come to at the right."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QScrollArea, QWidget

from ui.kit.card import Card
from ui.kit.field import FieldRow, Input
from ui.kit.layout import column, fill, label, row
from ui.kit.lines import LineField, Lines
from ui.kit.look import UiContext
from ui.kit.messages import Messages, Teller

# -- A question with its field beside it, and lines that may stay empty --------------------------


_LABEL = 268


class Question(QWidget):
    """The words at the left, the field at the right; what is wrong stands below the field.

    It tells what is to be said of its field, as `ui.forms.messages` asks. Where there is little
    room, `fold` puts the field below the words.
    """

    touched = Signal()

    def __init__(self, ui: UiContext, title: str, field: Any, hint: str, width: int) -> None:
        super().__init__()
        self._ui, self.was_touched = ui, False
        self._line: QBoxLayout = row(parent=self, space=ui.theme.px(20))
        self._words = QWidget()
        name = label(title, "strong", wrap=True)
        name.setBuddy(field)
        words = column(name, parent=self._words)
        if hint:
            words.addWidget(label(hint, "caption", wrap=True))
        words.addStretch(1)
        self._words.setFixedWidth(ui.theme.px(_LABEL))
        self._row = FieldRow(ui, title, field)
        self._row.title.hide()
        self._row.touched.connect(self._touched)
        self._row.setMinimumWidth(ui.theme.px(min(width, 232)))
        self._row.setMaximumWidth(ui.theme.px(width))
        field.setAccessibleDescription(hint)
        fill(self._line, self._words, (self._row, 1))
        self._line.addStretch(0)

    def fold(self, *, narrow: bool) -> None:
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._line.setSpacing(4 if narrow else self._ui.theme.px(20))

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

    def __init__(self, ui: UiContext, fields: tuple[LineField, ...]) -> None:
        super().__init__(ui, fields, optional=True)

    def value(self) -> tuple[dict[str, Any], ...]:
        """What each of them says, by the keys of its columns."""
        return tuple(line.value() for line in self.filled)


def lines_card(title: str, hint: str, lines: QWidget, total: QWidget | None = None) -> Card:
    """A white frame around lines, with what they are for and what they come to."""
    card = Card(title, space=8)
    if total is not None and card.heading is not None:
        card.heading.addWidget(total)
    if hint:
        card.body.addWidget(label(hint, "caption", wrap=True))
    card.body.addWidget(lines)
    return card


F = TypeVar("F", bound=QWidget)
_ASIDE = 350
_MARGIN, _SMALL_MARGIN, _WIDE, _TOP = 56, 24, 820, 28
_MOST = 1200
"""Widest room of a question and what it comes to: they stay beside each other."""
_LEAST = 520
"""What words and field need beside each other."""
_QUIET = 150  # milliseconds without a key before the sums are done again


def margin(ui: UiContext, width: int) -> int:
    """At both sides of what is `width` wide."""
    return ui.theme.px(_MARGIN if width >= ui.theme.px(_WIDE) else _SMALL_MARGIN)


class Step(QScrollArea):
    """Override `build`, and where it pays `summary`, `entered`, `problems` and `recount`."""

    changed = Signal()
    name = ""

    def __init__(
        self, ui: UiContext, title: str, about: str, *, aside: int = _ASIDE, least: int = _LEAST
    ) -> None:
        """`aside`: how wide the right side is; `least`: what the left needs beside it."""
        super().__init__()
        self.ui, self.t = ui, ui.t
        self._aside_width, self._least = aside, least
        self.inputs: dict[str, Any] = {}
        self._messages = Messages()
        self._questions: list[Question] = []
        self._tried = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ground = QWidget()
        ground.setObjectName("canvas")
        px = ui.theme.px
        self._page = column(parent=ground)
        self.number = label("", "caption")
        self._page.addWidget(self.number)
        self._page.addWidget(label(title, "figure", wrap=True))
        self._page.addSpacing(2)
        self._page.addWidget(label(about, tone="quiet", wrap=True))
        self._page.addSpacing(px(24))
        self._across: QBoxLayout = row(space=px(40))
        self.left = column(space=px(18))
        self.right = column(space=px(12))
        self._beside = QWidget()
        self._beside.setLayout(self.right)
        fill(self._across, (self.left, 1), (self._beside, 0, Qt.AlignmentFlag.AlignTop))
        self._page.addLayout(self._across)
        self._page.addStretch(1)
        self.setWidget(ground)
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET)
        self._quiet.timeout.connect(self._paused)
        self.build()
        self.left.addStretch(1)
        self._beside.setVisible(self.right.count() > 0)

    # -- to be overridden ------------------------------------------------------------------

    def build(self) -> None:
        """Put the fields in."""
        raise NotImplementedError

    def summary(self) -> str:
        """What was answered, in a few words for the list of steps."""
        return ""

    def entered(self) -> None:
        """The step is shown now."""

    def recount(self) -> None:
        """Something was typed: what it comes to."""

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong beyond single fields."""
        return []

    # -- fields ----------------------------------------------------------------------------

    def ask(self, path: str, title: str, field: F, hint: str = "", *, width: int = 340) -> F:
        """A field with its question, below those before; the field itself is returned."""
        question = Question(self.ui, title, field, hint, width)
        self._questions.append(question)
        self.left.addWidget(question)
        self.add(path, field, question)
        return field

    def add(self, path: str, field: Any, teller: Teller | None = None) -> None:
        """A field that stands somewhere else; `teller` shows what is wrong with it."""
        self.inputs[path] = field
        if teller is not None:
            self._messages.add(path, teller)
            teller.touched.connect(self._quiet.start)
        field.changed.connect(self._field_changed)

    def add_lines(self, path: str, lines: Lines) -> Lines:
        self.add(path, lines, lines)
        return lines

    def question(self, path: str) -> Question:
        return next(each for each in self._questions if each.field is self.inputs[path])

    def _field_changed(self) -> None:
        self._quiet.start()
        self.changed.emit()

    def _paused(self) -> None:
        self.recount()
        self._show(self._all_problems())

    # -- what is wrong ---------------------------------------------------------------------

    def _all_problems(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for path, field in self.inputs.items():
            if problem := field.problem():
                found.append((path, problem))
            if isinstance(field, Lines):
                found += [(f"{path}.{rest}", said) for rest, said in field.problems()]
        return found + self.problems()

    def _show(self, problems: list[tuple[str, str]]) -> None:
        self._messages.show(problems, everything=self._tried)

    def complete(self) -> bool:
        """Whether one may go on; what is missing is shown, the first of it gets the keyboard."""
        self._tried = True
        found = self._all_problems()
        self._show(found)
        if found:
            self._messages.focus_first(found)
            self._bring_forward()
        self.recount()
        return not found

    def _bring_forward(self) -> None:
        """What has the keyboard is seen."""
        if (focused := self.focusWidget()) is not None:
            self.ensureWidgetVisible(focused, 0, self.ui.theme.px(60))

    def speaks_of(self, path: str) -> bool:
        """Whether there is a place where it can be said."""
        return self._messages.knows(path)

    def show_problem(self, path: str, text: str) -> None:
        """What the book itself said when all of it was to be recorded."""
        self._quiet.stop()  # else it would be wiped off again at once
        problems = [(path, text)]
        self._messages.show(problems, everything=True)
        self._messages.focus_first(problems)
        self._bring_forward()

    # -- what stands there -----------------------------------------------------------------

    def values(self) -> dict[str, Any]:
        """What stands in the fields, by their paths."""
        return {path: field.value() for path, field in self.inputs.items()}

    def state(self) -> dict[str, object]:
        return {path: field.state() for path, field in self.inputs.items()}

    def restore(self, state: object) -> None:
        found = state if isinstance(state, dict) else {}
        for path, field in self.inputs.items():
            if path in found:
                field.restore(found[path])
        self._quiet.stop()
        self.recount()

    def first_field(self) -> QWidget | None:
        field: Input | None = next(iter(self.inputs.values()), None)
        return field if isinstance(field, QWidget) else None

    # -- Qt --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() and isinstance(self.focusWidget(), QLineEdit):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        seen = self.viewport().width()
        px, side = self.ui.theme.px, margin(self.ui, seen)
        room = min(seen - 2 * side, px(_MOST))
        self._page.setContentsMargins(side, px(_TOP), seen - side - room, px(_TOP))
        beside = self._beside.isVisibleTo(self)
        aside = px(self._aside_width) + px(40) if beside else 0
        stacked = room - aside < px(self._least)
        direction = QBoxLayout.Direction
        self._across.setDirection(direction.TopToBottom if stacked else direction.LeftToRight)
        self._beside.setFixedWidth(px(self._aside_width) if not stacked else room)
        for question in self._questions:
            question.fold(narrow=room < px(_LEAST))
