"""The base of the steps (a title, questions below it, what they come to at the right), questions
with their fields, and lines that optional.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget

from ui.kit.card import Card
from ui.kit.composite import Composite
from ui.kit.field import FieldRow, MoneyField
from ui.kit.field_set import FieldSet, enter_goes_on, first_of
from ui.kit.layout import column, fill, label, row
from ui.kit.lines import LineField, Lines
from ui.kit.look import UiContext
from ui.kit.messages import Problem, Touched
from ui.kit.scrolling import Scrolling

# -- A question with its field beside it, and lines that optional --------------------------


_LABEL = 268


class Question(Touched):
    """Words at the left, a field at the right, its message below the field.

    `fold` puts the field below the words where there is little room.
    """

    def __init__(self, ui: UiContext, title: str, field: Any, hint: str, width: int) -> None:
        super().__init__()
        self._ui = ui
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
        self._row.touched.connect(self.touch)
        self._row.setMinimumWidth(ui.theme.px(min(width, 232)))
        self._row.setMaximumWidth(ui.theme.px(width))
        field.setAccessibleDescription(hint)
        fill(self._line, self._words, (self._row, 1))
        self._line.addStretch(0)

    def fold(self, *, narrow: bool) -> None:
        """Puts the field below the words, or beside them."""
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._line.setSpacing(4 if narrow else self._ui.theme.px(20))

    @property
    def field(self) -> QWidget:
        """The field."""
        return self._row.field

    @property
    def message(self) -> str:
        """The message shown."""
        return self._row.message

    def say(self, text: str, tone: str = "") -> None:
        """Shows a message; an empty one hides it."""
        self._row.say(text, tone)


class OptionalLines(Lines):
    """Lines that may all stay empty."""

    def __init__(self, ui: UiContext, fields: tuple[LineField, ...]) -> None:
        super().__init__(ui, fields, optional=True)

    def value(self) -> tuple[dict[str, Any], ...]:
        """The values of each line that is not blank, by the keys of its columns."""
        return tuple(line.value() for line in self.filled)


def lines_card(title: str, hint: str, lines: QWidget, total: QWidget | None = None) -> Card:
    """A card with lines, what they are for and what they come to."""
    card = Card(title, space=8)
    if total is not None and card.heading is not None:
        card.heading.addWidget(total)
    if hint:
        card.body.addWidget(label(hint, "caption", wrap=True))
    card.body.addWidget(lines)
    return card


F = TypeVar("F", bound=QWidget)
C = TypeVar("C", bound=Composite)
_ASIDE = 350
_MARGIN, _SMALL_MARGIN, _WIDE, _TOP = 56, 24, 820, 28
_MOST = 1200
"""Greatest width of a question with what it comes to."""
_LEAST = 520
"""Width from which words and field are side by side."""
_QUIET = 150  # milliseconds without a key before sums are computed again
_MUCH = 1_000_000_000
"""Rupiah that hardly a group has: asked about once more, for nothing yet tells what is usual."""


def margin(ui: UiContext, width: int) -> int:
    """The margin at both sides in an area of that width, in pixels."""
    return ui.theme.px(_MARGIN if width >= ui.theme.px(_WIDE) else _SMALL_MARGIN)


class Step(FieldSet, Scrolling):
    """The base of a step. Override `build`, and where needed `summary`, `entered`, `problems` and
    `recount`.
    """

    changed = Signal()
    name = ""

    def __init__(
        self, ui: UiContext, title: str, about: str, *, aside: int = _ASIDE, least: int = _LEAST
    ) -> None:
        """`aside` is the width of the right side, `least` what the left needs beside it."""
        super().__init__(_QUIET)
        self.ui, self.t = ui, ui.t
        self._aside_width, self._least = aside, least
        self._questions: list[Question] = []
        self._asked: list[Problem] = []
        """What was asked about; going on again with the same figures goes on."""
        ground = QWidget()
        ground.setObjectName("canvas")
        px = ui.theme.px
        self._page = column(parent=ground)
        self.number = label("", "caption")
        self._page.addWidget(self.number)
        self._page.addWidget(label(title, "figure", wrap=True))
        fill(self._page, 2, label(about, tone="quiet", wrap=True), px(24))
        self._across: QBoxLayout = row(space=px(40))
        self.left = column(space=px(16))
        self.right = column(space=px(12))
        self._beside = QWidget()
        self._beside.setLayout(self.right)
        fill(self._across, (self.left, 1), (self._beside, 0, Qt.AlignmentFlag.AlignTop))
        fill(self._page, self._across, ...)
        self.setWidget(ground)
        self.build()
        self.left.addStretch(1)
        self._beside.setVisible(self.right.count() > 0)

    # -- to be overridden ------------------------------------------------------------------

    def build(self) -> None:
        """Adds the step's fields."""
        raise NotImplementedError

    def summary(self) -> str:
        """The answers in a few words, for the list of steps."""
        return ""

    def entered(self) -> None:
        """Is called when the step is shown."""

    def recount(self) -> None:
        """Computes what the answers come to, after something was typed."""

    def problems(self) -> list[tuple[str, str]]:
        """Problems beyond single fields: path and words."""
        return []

    # -- fields ----------------------------------------------------------------------------

    def ask(self, path: str, title: str, field: F, hint: str = "", *, width: int = 340) -> F:
        """Adds a field, large, with its question below those before; gives the field."""
        if isinstance(field, QLineEdit):
            field.setProperty("scale", "large")
        question = Question(self.ui, title, field, hint, width)
        self._questions.append(question)
        self.left.addWidget(question)
        self.add(path, field, question)
        return field

    def ask_text(self, texts: Mapping[str, tuple[str, F]], path: str, hint: str = "") -> None:
        """Adds the field of a path among titles and fields by path."""
        title, field = texts[path]
        self.ask(path, title, field, hint)

    def add_lines(self, path: str, lines: C) -> C:
        """Adds lines, or another input that shows its own messages; gives it."""
        self.add(path, lines, lines)
        return lines

    def question(self, path: str) -> Question:
        """The question of a field."""
        return next(each for each in self._questions if each.field is self.fields[path])

    def _paused(self) -> None:
        self.recount()
        self.show_problems(self.unread())

    def show_problems(self, problems: list[Problem]) -> bool:
        """Shows problems beside their fields; while there are none, what is asked about stays."""
        if not problems and self._asked and self._asked == self.unusual():
            self._messages.show(self._asked, everything=True, tone="warn")
            return True
        return super().show_problems(problems)

    # -- what is wrong ---------------------------------------------------------------------

    def unread(self) -> list[Problem]:
        """The problems of single fields, then those beyond them."""
        return super().unread() + self.problems()

    def unusual(self) -> list[Problem]:
        """Amounts with so many noughts that they are seldom meant: paths and words."""
        return [
            (path, self._asking(value))
            for path, field in self._amounts()
            if (value := field.value() or 0) >= _MUCH
        ]

    def _asking(self, amount: int) -> str:
        return self.t(
            "{amount} is very much. Is the number of zeros right? If so, go on.",
            amount=self.ui.formats.rupiah(amount),
        )

    def _amounts(self) -> Iterator[tuple[str, MoneyField]]:
        """The fields of money, those of lines too, with their paths."""
        for path, field in self.fields.items():
            if isinstance(field, MoneyField):
                yield path, field
            elif isinstance(field, Lines):
                for place, line in enumerate(field.filled):
                    for key, each in line.fields.items():
                        if isinstance(each, MoneyField):
                            yield f"{path}.{place}.{key}", each

    def complete(self) -> bool:
        """Whether nothing is missing or wrong; else shows what is, scrolls to its first field and
        gives it the keyboard. What is unusual is asked about once.
        """
        done = super().complete()
        if done and (asked := self.unusual()) != self._asked:
            self._asked = asked
            self.show_problems([])
            self._messages.focus_first(asked)
            done = not asked
        if not done:
            self._bring_forward()
        self.recount()
        return done

    def point_out(self) -> None:
        """Gives the first field with something wrong or asked about the keyboard."""
        self._messages.focus_first(self.unread() or self._asked)
        self._bring_forward()

    def _bring_forward(self) -> None:
        """Scrolls to the field that has the keyboard."""
        if (focused := self.focusWidget()) is not None:
            self.ensureWidgetVisible(focused, 0, self.ui.theme.px(60))

    def speaks_of(self, path: str) -> bool:
        """Whether a message about that path can be shown here."""
        return self._messages.knows(path)

    def show_problem(self, path: str, text: str) -> None:
        """Shows an error of the book at a path."""
        self.pause.stop()  # else recounting would clear it at once
        problems = [(path, text)]
        self._messages.show(problems, everything=True)
        self._messages.focus_first(problems)
        self._bring_forward()

    # -- the draft -------------------------------------------------------------------------

    def restore(self, state: object) -> None:
        """Fills in what `state` gave, and computes what it comes to."""
        super().restore(state)
        self.pause.stop()
        self.recount()

    def first_field(self) -> QWidget | None:
        """The field that gets the keyboard when the step is shown."""
        return first_of(self.fields)

    # -- Qt --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not enter_goes_on(self, event):
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
