"""A number between − and +, for counting things one by one."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QValidator
from PySide6.QtWidgets import QAbstractSpinBox
from shiboken6 import isValid

from kwt_books.domain.quantity import MAX_QUANTITY, UNIT
from kwt_books.i18n.parse import ParseError, parse_quantity
from ui.kit import Kit, restyle
from ui.tokens import FIELD


class Stepper(QAbstractSpinBox):
    """Thousandths of a unit, stepped by whole units; digits type, ↑ ↓ + − step, Enter moves on.

    `set_computed` shows a number that follows from others: sunken, still open to typing, after
    which it is one's own (`computed` is False) until it is cleared.
    """

    changed = Signal()
    button_width = 26
    """As in the style sheet."""

    def __init__(self, kit: Kit, value: int = 0) -> None:
        super().__init__()
        self._kit = kit
        self._value = 0
        self._typed = False
        self.computed = False
        self.most = MAX_QUANTITY
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFont(kit.theme.font(bold=True, figures=True))
        self.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToPreviousValue)
        edit = self.lineEdit()
        assert edit is not None
        self._edit = edit
        self._edit.textEdited.connect(self._text_edited)
        self._show(value)

    # -- the number ------------------------------------------------------------------------

    def value(self) -> int:
        return self._value

    def set_value(self, thousandths: int) -> None:
        """One's own number."""
        self._show(thousandths)
        restyle(self, computed=False)
        self.computed = False

    def set_computed(self, thousandths: int) -> None:
        """Shown unless someone typed a number of their own."""
        if self._typed:
            return
        self.computed = True
        self._show(thousandths)
        restyle(self, computed=True)

    def _show(self, thousandths: int) -> None:
        text = self._kit.formats.quantity(thousandths)
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
            value = parse_quantity(text, self._kit.language) if text.strip() else 0
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
        try:
            typed = parse_quantity(self._edit.text().strip() or "0", self._kit.language)
        except ParseError as error:
            return self._kit.t(error.code)
        if typed < 0:
            return self._kit.t("Not below zero")
        most = self._kit.formats.quantity(self.most)
        return self._kit.t("At most {most}", most=most) if typed > self.most else ""

    def state(self) -> object:
        return [self._value, self._typed]

    def restore(self, state: object) -> None:
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
        flag = QAbstractSpinBox.StepEnabledFlag
        up = flag.StepUpEnabled if self._value < self.most else flag.StepNone
        return up | (flag.StepDownEnabled if self._value > 0 else flag.StepNone)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return QValidator.State.Acceptable, text, position

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.text() in ("+", "-"):
            self.stepBy(1 if event.text() == "+" else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        if isValid(self._edit) and not self.problem():  # not while the window goes
            self._show(self._value)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._kit.theme.px(82), self._kit.theme.px(FIELD))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        theme, painter = self._kit.theme, QPainter(self)
        side, width = theme.px(14), theme.px(self.button_width)
        top = (self.height() - side) // 2
        enabled = self.stepEnabled() if self.isEnabled() else QAbstractSpinBox.StepEnabledFlag(0)
        flag = QAbstractSpinBox.StepEnabledFlag
        sides = (
            ("minus", (width - side) // 2, flag.StepDownEnabled),
            ("plus", self.width() - width + (width - side) // 2, flag.StepUpEnabled),
        )
        for name, left, needed in sides:
            color = theme.color("text2" if enabled & needed else "field")
            theme.draw_icon(painter, name, color, QRect(left, top, side, side))
