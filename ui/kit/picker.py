"""Choosing: a picker that finds by typing, a short choice, a number between − and +, and cash
counted by denomination.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QObject,
    QRect,
    QRegularExpression,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QRegularExpressionValidator,
    QResizeEvent,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QListView,
    QWidget,
)
from shiboken6 import isValid

from kwt_books.domain.values import COINS, MAX_QUANTITY, NOTES, UNIT
from kwt_books.i18n.formats import ParseError, parse_quantity
from ui.kit.field import AnyWidget, ClickSelects, EnterGoesOn, Kept
from ui.kit.layout import grid_layout
from ui.kit.look import ENTER, FIELD, FIELD_SMALL, UiContext, restyle
from ui.kit.popup import Completer, cut_corners

Pairs = Iterable[tuple[str, str]]
"""Pairs of code and name."""


def _shared(choices: Pairs) -> frozenset[str]:
    """The names that several have, casefolded."""
    times = Counter(name.casefold() for _, name in choices)
    return frozenset(name for name, number in times.items() if number > 1)


def told_apart(choices: Pairs) -> dict[str, str]:
    """Names by code; those of one name are told apart by their codes."""
    pairs = list(choices)
    shared = _shared(pairs)
    return {code: f"{name} · {code}" if name.casefold() in shared else name for code, name in pairs}


def _offer(box: QComboBox, choices: Pairs) -> frozenset[str]:
    """Puts choices into the box; gives the names that several have, casefolded."""
    pairs = list(choices)
    for code, name in told_apart(pairs).items():
        box.addItem(name, code)
    return _shared(pairs)


class LetsScroll(AnyWidget):
    """A base to put before a class of fields that the wheel would change: it scrolls the page below
    them. They call `no_wheel` when they are made, so that it gives them no keyboard either.
    """

    def no_wheel(self) -> None:
        """Takes the keyboard by Tab and click alone."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        event.ignore()


class _Box(EnterGoesOn, LetsScroll, Kept, QComboBox):
    """A box with a list to choose from."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.no_wheel()


class Picker(_Box):
    """One of many, found by typing a part of its name; the value is a code. A code set before its
    choices are there waits for them.

    Choices of one name are told apart by their codes. A text that matches nothing stays, also in
    drafts: it is never dropped in silence.
    """

    def __init__(
        self, ui: UiContext, choices: Pairs = (), *, required: bool = True, placeholder: str = ""
    ) -> None:
        super().__init__()
        self._ui, self.required = ui, required
        self._code: str | None = None
        self.setLineEdit(QLineEdit(self))
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        edit = self.lineEdit()
        assert edit is not None
        self._edit = edit
        self._text = ""  # the text; when a window is destroyed, the line edit goes before the form
        edit.textChanged.connect(self._remember)
        edit.setPlaceholderText(placeholder)
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt's own; ours comes with the keyboard
        self._found: Completer | None = None
        edit.installEventFilter(self)
        self.activated.connect(self._activated)
        edit.textEdited.connect(self._edited)
        self.set_choices(choices)

    def _offer_found(self) -> None:
        """Lets the choices that hold what is typed come up below. Most pickers of a form are never
        typed in, and a list is a window of its own.
        """
        if self._found is None:
            self._found = Completer(self.model(), self)
            self._found.choices.setAccessibleName(self.accessibleName())
            self.setCompleter(self._found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.InputMethod):
            self._offer_found()
        return False

    # -- choices ---------------------------------------------------------------------------

    def set_choices(self, choices: Pairs) -> None:
        """Sets the choices; what was picked stays picked where it is still offered."""
        kept, typed = self._code, self.typed
        with QSignalBlocker(self):
            self.clear()
            self._shared = _offer(self, choices)
            self.setCurrentIndex(-1)
            self._edit.clear()
        if kept is not None:
            self._show(kept)
        elif typed:
            self._edit.setText(typed)

    @property
    def codes(self) -> list[str]:
        """The codes offered."""
        return [str(self.itemData(place)) for place in range(self.count())]

    def value(self) -> str | None:
        """The code picked, None where none is."""
        return self._picked()

    def _picked(self) -> str | None:
        """The code picked, if it is offered."""
        return self._code if self._code is not None and self.findData(self._code) >= 0 else None

    @property
    def typed(self) -> str:
        """The text, where it is none of the choices; else empty."""
        return " ".join(self._text.split()) if self._code is None else ""

    def _remember(self, text: str) -> None:
        self._text = text

    def set_value(self, value: Any) -> None:
        """Picks a code, or fills in `{"typed": …}` as a draft keeps a text that matches nothing."""
        match value:
            case {"typed": str(typed)}:
                self.set_value(None)
                self._edit.setText(typed)
                self._edited(typed)
            case str() | None:
                before, self._code = self._code, value
                self._show(value)
                if value != before:
                    self.changed.emit()
            case _:
                self.set_value(None)

    def _show(self, code: str | None) -> None:
        place = self.findData(code) if code is not None else -1
        self.setCurrentIndex(place)
        if place < 0:
            self._edit.clear()
        if self.hasFocus():  # chosen by the arrows: what is typed next comes in its place
            self._edit.setSelection(len(self._text), -len(self._text))
        else:
            self._edit.setCursorPosition(0)

    def _activated(self, place: int) -> None:
        self.set_value(str(self.itemData(place)))

    def _edited(self, text: str) -> None:
        place = self.findText(text.strip(), Qt.MatchFlag.MatchFixedString)
        self._code = str(self.itemData(place)) if place >= 0 else None
        self.changed.emit()

    def settle(self) -> None:
        """Picks the only choice that contains the text, as when one leaves the field."""
        text = self._edit.text().strip()
        if self._picked() is None and text:
            found = [
                place
                for place in range(self.count())
                if text.casefold() in self.itemText(place).casefold()
            ]
            if len(found) == 1:
                self._activated(found[0])

    # -- what a form asks ------------------------------------------------------------------

    def problem(self) -> str:
        """What is wrong, in words: nothing picked, or a text that matches nothing."""
        if self._picked() is not None:
            return ""
        if self.typed:
            return self._ui.t("Choose one from the list")
        return self._ui.t("Choose one") if self.required else ""

    def state(self) -> object:
        """What a draft keeps: the code, else the text."""
        return {"typed": self.typed} if self.typed else self._code

    # -- Qt --------------------------------------------------------------------------------

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Names its parts too, the line edit and the list, for they have the keyboard."""
        super().setAccessibleName(name)
        for part in (self._edit, self.view()):
            part.setAccessibleName(name)
        if self._found is not None:
            self._found.choices.setAccessibleName(name)

    def setAccessibleDescription(self, text: str) -> None:  # noqa: N802 - Qt's name
        super().setAccessibleDescription(text)
        self._edit.setAccessibleDescription(text)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self._offer_found()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        if isValid(self._edit):  # not while the window goes
            self.settle()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in ENTER:
            self.settle()
        super().keyPressEvent(event)


class Choice(_Box):
    """One of a few; something is always chosen. Enter goes on."""

    def __init__(self, ui: UiContext, choices: Pairs, current: str = "") -> None:
        super().__init__()
        _offer(self, choices)
        self._list: QListView | None = None
        self.set_value(current or str(self.itemData(0)))
        self.currentIndexChanged.connect(lambda _place: self.changed.emit())

    def set_choices(self, choices: Pairs, current: str) -> None:
        """Sets the choices, and the one that is chosen, without `changed`."""
        with QSignalBlocker(self):
            self.clear()
            _offer(self, choices)
            self.set_value(current)

    def value(self) -> str:
        return str(self.currentData())

    def set_value(self, value: object) -> None:
        """Chooses a code, the first where it isn't offered."""
        if isinstance(value, str):
            self.setCurrentIndex(max(0, self.findData(value)))

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        super().setAccessibleName(name)
        if self._list is not None:
            self._list.setAccessibleName(name)

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """Opens the list, which is made when it is first opened."""
        if self._list is None:
            self._list = QListView()
            self.setView(self._list)
            self._list.setAccessibleName(self.accessibleName())
        super().showPopup()
        cut_corners(self.view().window())


# -- A number between − and +, for counting ------------------------------------------------------


_STEP = QAbstractSpinBox.StepEnabledFlag
_STEPS = {
    (False, False): _STEP.StepNone,
    (True, False): _STEP.StepDownEnabled,
    (False, True): _STEP.StepUpEnabled,
    (True, True): _STEP.StepDownEnabled | _STEP.StepUpEnabled,
}
"""What Qt is told by whether the number can go down and up; it asks hundreds of times a sheet."""


class Stepper(EnterGoesOn, LetsScroll, QAbstractSpinBox):
    """A number in thousandths, stepped by whole units: digits type, ↑ ↓ + − step, Enter goes on.

    `set_computed` shows a number that follows from others, sunken; it can be typed over, after
    which `computed` is False until it is cleared.
    """

    changed = Signal()
    button_width = 26
    """Width of a button in pixels, as in the style sheet."""

    def __init__(self, ui: UiContext, value: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self._value = 0
        self._typed = False
        self.computed = False
        self.most = MAX_QUANTITY
        self._pressed_in = False
        """Whether the click that gave it the keyboard isn't over yet."""
        self.no_wheel()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFont(ui.theme.font(bold=True, figures=True))
        self.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToPreviousValue)
        self._edit.textEdited.connect(self._text_edited)
        self._show(value)

    @property
    def _edit(self) -> QLineEdit:
        """Qt's own, asked for anew, since nobody in Python owns it: a class of Python's would
        answer for each of its events.
        """
        edit = self.lineEdit()
        assert edit is not None
        return edit

    # -- the number ------------------------------------------------------------------------

    def value(self) -> int:
        """The number in thousandths."""
        return self._value

    def set_value(self, thousandths: int) -> None:
        """Fills in thousandths as a typed number."""
        self._show(thousandths)
        restyle(self, computed=False)
        self.computed = False

    def set_computed(self, thousandths: int) -> None:
        """Fills in a computed number, unless one was typed."""
        if self._typed:
            return
        self.computed = True
        self._show(thousandths)
        restyle(self, computed=True)

    def _show(self, thousandths: int) -> None:
        text = self._ui.formats.quantity(thousandths)
        if self._edit.text() != text:
            self._edit.setText(text)
        self._take(thousandths)

    def _take(self, thousandths: int) -> None:
        restyle(self, nil=thousandths == 0)
        if thousandths != self._value:
            self._value = thousandths
            self.changed.emit()

    def _text_edited(self, text: str) -> None:
        self._own(bool(text.strip()))
        try:
            value = parse_quantity(text, self._ui.language) if text.strip() else 0
        except ParseError:
            return
        if 0 <= value <= self.most:
            self._take(value)

    def _own(self, typed: bool) -> None:
        self._typed = typed
        if typed and self.computed:
            self.computed = False
            restyle(self, computed=False)

    # -- what a form asks ------------------------------------------------------------------

    def problem(self) -> str:
        """What is wrong, in words: unreadable, below zero, above `most`; empty where nothing is."""
        try:
            typed = parse_quantity(self._edit.text().strip() or "0", self._ui.language)
        except ParseError as error:
            return self._ui.t(error.code)
        if typed < 0:
            return self._ui.t("Can't be below zero")
        most = self._ui.formats.quantity(self.most)
        return self._ui.t("At most {most}", most=most) if typed > self.most else ""

    def state(self) -> object:
        """What a draft keeps: the number and whether it was typed."""
        return [self._value, self._typed]

    def restore(self, state: object) -> None:
        """Fills in what `state` gave."""
        match state:
            case [int(value), bool(typed)]:
                self._typed = typed
                self.set_value(value)

    # -- Qt --------------------------------------------------------------------------------

    def stepBy(self, steps: int) -> None:  # noqa: N802 - Qt's name
        self._own(True)
        self._show(max(0, min(self._value + steps * UNIT, self.most)))
        self._edit.selectAll()

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:  # noqa: N802 - Qt's name
        return _STEPS[self._value > 0, self._value < self.most]

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Accepts any text; `problem` says what is wrong with it."""
        return QValidator.State.Acceptable, text, position

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.text() in ("+", "-"):
            self.stepBy(1 if event.text() == "+" else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Selects all of it, as a click does that gives it the keyboard."""
        super().focusInEvent(event)
        self._edit.installEventFilter(self)
        self._pressed_in = event.reason() == Qt.FocusReason.MouseFocusReason
        if not self._pressed_in:
            self._edit.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.MouseButtonRelease:
            if self._pressed_in and not self._edit.hasSelectedText():
                self._edit.selectAll()
            self._pressed_in = False
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        if isValid(self._edit):  # not while the window goes
            self._edit.removeEventFilter(self)
            if not self.problem():
                self._show(self._value)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._ui.theme.px(82), self._ui.theme.px(FIELD))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        theme, painter = self._ui.theme, QPainter(self)
        side, width = theme.px(14), theme.px(self.button_width)
        top = (self.height() - side) // 2
        if self.isEnabled() and not self.computed:
            middle = self.rect().adjusted(width, 3, -width, -3)
            painter.fillRect(middle, theme.color("soft" if self.hasFocus() else "surface"))
        beside = (width - side) // 2
        sides = (
            ("minus", beside, self._value > 0),
            ("plus", self.width() - width + beside, self._value < self.most),
        )
        for name, left, can in sides:
            color = theme.color("text2" if can and self.isEnabled() else "field")
            theme.draw_icon(painter, name, color, QRect(left, top, side, side))


# -- Cash counted by denomination ----------------------------------------------------------------


FACES = tuple(dict.fromkeys((*NOTES, *COINS)))
_MOST = 99_999
_DIGITS = QRegularExpression("[0-9]{0,5}")
"""Digits alone: Qt's validator of whole numbers would accept `1.000` in some languages."""
_APART = 8
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LARGE, _ROW = 38, 42
"""Heights of a row with a field of the usual size: the least, and the greatest."""


class _Count(EnterGoesOn, ClickSelects, QLineEdit):
    """A small field for a number of pieces: ↑ ↓ + − step, Enter goes on."""

    def __init__(self, ui: UiContext, face: int) -> None:
        super().__init__()
        self.setProperty("scale", "small")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFont(ui.theme.font(bold=True, figures=True))
        self._ui = ui
        self.show_large(large=False)
        self.setPlaceholderText("0")
        self.setValidator(QRegularExpressionValidator(_DIGITS, self))
        self.setAccessibleName(ui.t("Number of {face}", face=ui.formats.rupiah(face)))

    def show_large(self, *, large: bool) -> None:
        px = self._ui.theme.px
        self.setFixedSize(px(64), px(FIELD if large else FIELD_SMALL))
        restyle(self, scale="" if large else "small")

    def pieces(self) -> int:
        return int(self.text() or 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Plus: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_Minus: -1}
        by = step.get(Qt.Key(event.key()))
        if by is not None:
            pieces = max(0, min(self.pieces() + by, _MOST))
            self.setText(str(pieces) if pieces else "")
            self.textEdited.emit(self.text())
        else:
            super().keyPressEvent(event)


class DenominationGrid(Kept, QWidget):
    """Pieces by face value, as a cash count has them; `total` in rupiah. Face values and amounts
    are painted beside the fields.
    """

    changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._fields: dict[int, _Count] = {}
        self._faces = {face: f"{ui.formats.number(face)} ×" for face in FACES}
        self._amounts = dict.fromkeys(FACES, "")
        self._grid = grid_layout(self, across=_APART, down=2, margins=0, wide=2)
        for place, face in enumerate(FACES):
            field = self._fields[face] = _Count(ui, face)
            field.textEdited.connect(self._edited)
            self._grid.addWidget(field, place, 1)
        self._grid.setColumnMinimumWidth(0, self._widest(self._faces))
        self._large = False
        self._least: QSize | None = None
        self.setMaximumHeight(ui.theme.px(_ROW * len(FACES)))
        self._show()

    @property
    def total(self) -> int:
        """The sum in rupiah."""
        return sum(face * pieces for face, pieces in self._pieces().items())

    def value(self) -> dict[str, int]:
        """Pieces by face value as text, without those at 0."""
        return {str(face): pieces for face, pieces in self._pieces().items() if pieces}

    def _pieces(self) -> dict[int, int]:
        return {face: field.pieces() for face, field in self._fields.items()}

    def set_value(self, value: object) -> None:
        """Fills in pieces by face value; others are cleared."""
        counts = value if isinstance(value, dict) else {}
        for face, field in self._fields.items():
            pieces = counts.get(str(face), 0)
            field.setText(str(pieces) if pieces else "")
        self._edited()

    def _edited(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for face, pieces in self._pieces().items():
            self._amounts[face] = self._ui.formats.number(face * pieces)
            self._fields[face].setAccessibleDescription(self._amounts[face])
        self._grid.setColumnMinimumWidth(2, self._widest(self._amounts))
        self.update()

    def _widest(self, texts: dict[int, str]) -> int:
        """The width that the longest of the texts needs, with the gap from the fields."""
        metrics = self._ui.theme.metrics(figures=True)
        return _APART + max(metrics.horizontalAdvance(text) for text in texts.values())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._ui.theme, QPainter(self)
        for face, field in self._fields.items():
            place, color = field.geometry(), "text" if field.pieces() else "text3"
            before = QRect(0, place.top(), place.left() - _APART, place.height())
            left = place.right() + 1 + _APART
            after = QRect(left, place.top(), self.width() - left, place.height())
            for rect, text in ((before, self._faces[face]), (after, self._amounts[face])):
                theme.write(painter, rect, text, color, figures=True, at=_RIGHT)

    # -- room ------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The size with small fields, for large ones shrink where there is no room."""
        if self._least is None:
            self._least = super().minimumSizeHint()
        return self._least

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        large = self.height() >= self._ui.theme.px(_LARGE * len(FACES))
        if large != self._large:
            self._large = large
            for field in self._fields.values():
                field.show_large(large=large)
