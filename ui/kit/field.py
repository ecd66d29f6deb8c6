"""The inputs: text, notes, money, quantity, count, password, box to tick; and the row that gives a
field its label and message.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionFrame,
    QVBoxLayout,
    QWidget,
)

from kwt_books.domain.access import LEAST_PASSWORD, easily_guessed
from kwt_books.domain.values import LAST_YEAR, UNIT
from kwt_books.i18n.formats import ParseError, parse_product, parse_rupiah
from ui.kit.card import Icon
from ui.kit.layout import column, go_on, label, tooltip
from ui.kit.look import ENTER, ICON, UiContext, restyle
from ui.kit.messages import Message, Touched
from ui.kit.scrolling import bring_into_view
from ui.kit.wrapped import line_height


class Input(Protocol):
    """What a form needs of everything that can be filled in."""

    changed: SignalInstance

    def problem(self) -> str:
        """What is wrong, in words; empty where nothing is."""

    def value(self) -> Any:
        """What a command has: rupiah, thousandths, a code, a date, lines; None for nothing."""

    def set_value(self, value: Any) -> None:
        """Fills in what `value` gives, also as JSON has it, or words that are no value yet."""

    def state(self) -> object:
        """What a draft keeps, as JSON."""

    def restore(self, state: object) -> None:
        """Fills in what `state` gave."""


class Kept:
    """An input whose draft is its value, or the text that is no value yet."""

    def value(self) -> Any:
        """The value, None for nothing; subclasses say which."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Fills in a value; subclasses say how."""
        raise NotImplementedError

    def text(self) -> str:
        """The text as it was typed."""
        return ""

    def problem(self) -> str:
        """What is wrong, in words; by default nothing."""
        return ""

    def state(self) -> object:
        """The value, else the text."""
        value = self.value()
        return value if value is not None else self.text()

    def restore(self, state: object) -> None:
        """Fills in what `state` gave."""
        self.set_value(state)


_BACK_SOON = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_BESIDE_TEXT = 6
"""Pixels that a line edit of Qt keeps free beside its text, with those of the cursor."""


def text_cut_off(field: QLineEdit, font: QFont | None = None) -> bool:
    """Whether a field's text is wider than the field, in its font or another."""
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    place = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
    beside = field.textMargins()
    room = place.width() - beside.left() - beside.right() - _BESIDE_TEXT
    metrics = QFontMetrics(font) if font is not None else field.fontMetrics()
    return metrics.horizontalAdvance(field.displayText()) > room


class TextField(Kept, QLineEdit):
    """One line of text; a `required` one has a problem while it is empty.

    Line ends and tabs that were pasted count as spaces, for names are on one line of a paper.
    """

    changed = Signal()

    def __init__(self, ui: UiContext, *, required: bool = False, placeholder: str = "") -> None:
        super().__init__()
        self.ui, self.required = ui, required
        self._told = False
        """Whether the tooltip is the text."""
        self.setPlaceholderText(placeholder)
        self.textChanged.connect(self.changed)

    def value(self) -> Any:
        """The text without spaces at its ends; None where it is empty."""
        return " ".join(self.text().split()) or None

    def set_value(self, value: Any) -> None:
        """Fills in a text; anything else empties the field. Of a long one the beginning is seen."""
        self.setText(value if isinstance(value, str) else "")
        self.setCursorPosition(0)

    def text(self) -> str:
        return QLineEdit.text(self)

    def problem(self) -> str:
        """That a required text is missing, in words; empty where nothing is wrong."""
        missing = self.required and self.value() is None
        return self.ui.t("Fill this in") if missing else ""

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Shows the beginning of what was typed, unless a menu or window comes up over it."""
        super().focusOutEvent(event)
        if event.reason() not in _BACK_SOON:
            self.setCursorPosition(0)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Lets the tooltip tell the whole text where there is no room for it."""
        super().enterEvent(event)
        if self._told or not self.toolTip():
            self._told = text_cut_off(self)
            self.setToolTip(tooltip(self.displayText()) if self._told else "")


class NoteField(Kept, QPlainTextEdit):
    """Several lines of text; Tab leaves it. `wanted` is the problem while it is empty."""

    changed = Signal()

    def __init__(self, ui: UiContext, *, lines: int = 2, wanted: str = "") -> None:
        super().__init__()
        self._wanted = wanted
        self.setTabChangesFocus(True)
        self.setFixedHeight(ui.theme.px(20 * lines + 18))
        self.textChanged.connect(self.changed)

    def value(self) -> str | None:
        """The text, None where it is empty."""
        return self.toPlainText().strip() or None

    def set_value(self, value: Any) -> None:
        """Fills in a text; anything else empties the field."""
        self.setPlainText(value if isinstance(value, str) else "")

    def problem(self) -> str:
        """`wanted` while it is empty."""
        return "" if self.value() else self._wanted


# A second base beside a class of Qt must not be one of Qt's own.
if TYPE_CHECKING:
    AnyWidget = QWidget
    AnyLine = QLineEdit
else:
    AnyWidget = AnyLine = object


class TabShows(AnyWidget):
    """A base to put before a class of windows: what Tab comes to is scrolled into sight."""

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - as Qt calls it
        """Goes on by Tab, and shows where to."""
        gone = super().focusNextPrevChild(forward)
        if (focused := self.focusWidget()) is not None:
            bring_into_view(focused)
        return gone


class EnterGoesOn(AnyWidget):
    """A base to put before a class of inputs: Enter goes to the next one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in ENTER:
            go_on(self)
        else:
            super().keyPressEvent(event)


class ClickSelects(AnyLine):
    """A base to put before a class of line edits: what gives it the keyboard, a click too, selects
    all of it, so that typing replaces it. A second click sets the cursor.
    """

    _pressed_in = False

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self._pressed_in = event.reason() == Qt.FocusReason.MouseFocusReason
        if not self._pressed_in:
            self.selectAll()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        super().mouseReleaseEvent(event)
        if self._pressed_in and not self.hasSelectedText():
            self.selectAll()
        self._pressed_in = False


_LEAST_LETTERS = 60
"""Least size of letters in a long number, in percent of the usual one."""
_PADDING, _BEFORE_TEXT = 10, 3
"""Padding of a field in the style sheet; pixels between it and the text, its border included."""


class NumberField(ClickSelects, TextField):
    """The base of money and quantity: a number as text, read as it is written in everyday life."""

    def __init__(self, ui: UiContext, *, required: bool = True, negative: bool = False) -> None:
        super().__init__(ui, required=required)
        self._negative = negative
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._letters = ui.theme.font(figures=True)
        """The font at its usual size."""
        self.setFont(self._letters)
        self.textChanged.connect(self._show_whole)

    def read(self, text: str) -> int:
        """The number in a text. Raises ParseError where there is none."""
        raise NotImplementedError

    def written(self, value: int) -> str:
        """The number as text for the field."""
        raise NotImplementedError

    def value(self) -> Any:
        """The number; None where there is none, or it can't be read."""
        try:
            return self.read(self.text()) if self.text().strip() else None
        except ParseError:
            return None

    def set_value(self, value: Any) -> None:
        """Fills in a number; a text stays as it was typed."""
        self.setText(self.written(value) if isinstance(value, int) else value or "")

    def problem(self) -> str:
        """What is wrong, in words: missing, unreadable, below zero; empty where nothing is."""
        text = self.text().strip()
        if not text:
            return self.ui.t("Fill this in") if self.required else ""
        try:
            value = self.read(text)
        except ParseError as error:
            return self.ui.t(error.code)
        return self.ui.t("Can't be below zero") if value < 0 and not self._negative else ""

    def echo(self) -> str:
        """How the text was understood, where that isn't obvious; else empty."""
        value = self.value()
        if value is None or self.text().strip() in (self.written(value), str(value)):
            return ""
        return self.ui.t("Read as {value}", value=self.shown(value))

    def shown(self, value: int) -> str:
        """The number as `echo` writes it."""
        return self.written(value)

    # -- room for long numbers -------------------------------------------------------------

    def _show_whole(self) -> None:
        """Makes room for a long number: hides what is beside it, then makes the letters smaller."""
        self._make_room(all_there=True)
        if text_cut_off(self, self._letters):
            self._make_room(all_there=False)
        font = QFont(self._letters)
        size, least = font.pixelSize(), self._letters.pixelSize() * _LEAST_LETTERS // 100
        while size > least and text_cut_off(self, font):
            size -= 1
            font.setPixelSize(size)
        if font != self.font():
            self.setFont(font)
            self.setCursorPosition(self.cursorPosition())

    def _make_room(self, *, all_there: bool) -> None:
        """Shows or hides what is beside the number."""

    def _put_beside(self, words: QLabel, *, at_left: bool) -> None:
        """Puts words into the field, on the line that the number stands on."""
        number, beside = QFontMetrics(self._letters), words.fontMetrics()
        stands_on = (self.height() - number.height() + 1) // 2 + number.ascent()
        wide, edge = words.sizeHint().width(), self.ui.theme.px(_PADDING) + _BEFORE_TEXT
        left = edge if at_left else self.width() - edge - wide
        high = max(beside.height(), words.minimumHeight())  # of a line, which the sheet sets
        above = (high - beside.height()) // 2
        words.setGeometry(left, stands_on - beside.ascent() - above, wide, high)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._show_whole()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        value = self.value()
        if value is not None and self.text() != self.written(value):
            self.setText(self.written(value))


class MoneyField(NumberField):
    """Whole rupiah: `1200000`, `1.200.000`, `1,2jt` and `250rb` are understood."""

    def __init__(
        self, ui: UiContext, *, required: bool = True, negative: bool = False, large: bool = False
    ) -> None:
        super().__init__(ui, required=required, negative=negative)
        self._sign = QLabel("Rp", self)
        self._sign.setProperty("role", "quiet" if not large else "body")
        self._sign.setProperty("tone", "quiet")
        self._sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if large:
            self.setProperty("scale", "large")
            self._letters = ui.theme.font("card", figures=True)
            self.setFont(self._letters)
        self._make_room(all_there=True)

    def _make_room(self, *, all_there: bool) -> None:
        if self._sign.isHidden() == all_there:
            self._sign.setVisible(all_there)
        self.setTextMargins(self.ui.theme.px(22) if all_there else 0, 0, 0, 0)

    def read(self, text: str) -> int:
        """Whole rupiah. Raises ParseError where there are none."""
        return parse_rupiah(text, self.ui.language)

    def written(self, value: int) -> str:
        """Rupiah without their sign."""
        return self.ui.formats.number(value)

    def shown(self, value: int) -> str:
        return self.ui.formats.rupiah(value)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._put_beside(self._sign, at_left=True)


class QuantityField(NumberField):
    """A quantity in thousandths: `2,5` is 2500, `10x50`, ten packs of fifty, 500000. The unit is
    shown behind the number.
    """

    def __init__(self, ui: UiContext, *, unit: str = "", required: bool = True) -> None:
        super().__init__(ui, required=required)
        self._unit = QLabel("", self)
        self._unit.setTextFormat(Qt.TextFormat.PlainText)
        self._unit.setProperty("tone", "quiet")
        self._unit.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_unit(unit)

    def set_unit(self, unit: str) -> None:
        """Shows a unit behind the number."""
        self._unit.setText(unit)
        self._show_whole()
        self._put_beside(self._unit, at_left=False)

    def _make_room(self, *, all_there: bool) -> None:
        there = all_there and bool(self._unit.text())
        if self._unit.isHidden() == there:
            self._unit.setVisible(there)
        self.setTextMargins(0, 0, self._unit.sizeHint().width() + 4 if there else 0, 0)

    def read(self, text: str) -> int:
        """Thousandths. Raises ParseError where there are none."""
        return parse_product(text, self.ui.language)

    def written(self, value: int) -> str:
        return self.ui.formats.quantity(value)

    def echo(self) -> str:
        """What packs times their content come to; of a plain quantity nothing, it is obvious."""
        return super().echo() if self.text().strip("0123456789., ") else ""

    def shown(self, value: int) -> str:
        return f"{self.written(value)} {self._unit.text()}".strip()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._put_beside(self._unit, at_left=False)


class FieldRow(Touched):
    """A label above a field, a hint or message below it.

    `say("…", "error")` replaces the hint until `say("")`. Money fields echo by themselves how
    they were understood.
    """

    def __init__(
        self, ui: UiContext, title: str, field: QWidget, hint: str = "", *, wraps: bool = True
    ) -> None:
        """`wraps`: messages may have several lines; then the height follows the width."""
        super().__init__()
        self._ui, self.field, self._hint = ui, field, hint
        self.title = label(title.replace("&", "&&"), "label")
        self.title.setBuddy(field)
        self._wraps = wraps
        self._message: Message | None = None
        self.page: QVBoxLayout = column(self.title, field, ..., parent=self, space=4)
        if not field.accessibleName():
            field.setAccessibleName(title)
        self._said = False
        field.installEventFilter(self)
        if isinstance(field, NumberField):
            field.textEdited.connect(self._echo)
        self.say("")

    @property
    def message(self) -> str:
        """The message shown."""
        return self._message.text() if self._message is not None else ""

    def _tell(self, text: str, tone: str) -> None:
        """Shows words below the field; most fields never need the place for them."""
        if self._message is None:
            if not text:
                return
            self._message = Message(self._ui, wraps=self._wraps)
            self.page.insertWidget(self.page.indexOf(self.field) + 1, self._message)
        self._message.say(text, tone)

    def keep_room(self) -> FieldRow:
        """Keeps the height of a message of one line also while there is none, so that nothing
        below moves when one comes; gives the row.
        """
        line = line_height(self._ui.theme.font("caption"))
        above = self.title.sizeHint().height() + self.field.sizeHint().height()
        self.setMinimumHeight(above + line + 2 * self.page.spacing())
        return self

    def set_hint(self, text: str) -> None:
        """Sets the text shown below the field while there is no message."""
        self._hint = text
        if not self._said:
            self.say("")

    def say(self, text: str, tone: str = "") -> None:
        """Shows a message; an empty one shows the hint. Tones: warn (may go on), error (may not),
        good.
        """
        self._said = bool(text)
        self._tell(text or self._hint, tone if text else "")
        restyle(self.field, tone=tone if text and tone != "good" else "")
        self.field.setAccessibleDescription(text or self._hint)
        if not text and self.field.hasFocus():
            self._echo()

    def _echo(self) -> None:
        if isinstance(self.field, NumberField) and not self._said:
            echo = self.field.echo()
            self._tell(echo or self._hint, "good" if echo else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.FocusOut and not self._said:
            self._tell(self._hint, "")
        return super().eventFilter(watched, event)


class CheckField(EnterGoesOn, Kept, QCheckBox):
    """A box to tick: Space ticks it, Enter goes on."""

    changed = Signal()

    def __init__(self, text: str = "", *, ticked: bool = False) -> None:
        super().__init__(text.replace("&", "&&"))
        self.setChecked(ticked)
        self.setProperty("ring", 4)
        self.toggled.connect(lambda _on: self.changed.emit())

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: object) -> None:
        """Ticks it for True, else not."""
        self.setChecked(value is True)

    def text(self) -> str:
        """The words beside the box."""
        return QCheckBox.text(self)


# -- A whole number: days, years, percents -------------------------------------------------------


class CountField(QuantityField):
    """A whole number, not thousandths, up to `most`; the unit is shown behind it."""

    def __init__(
        self, ui: UiContext, *, unit: str = "", required: bool = True, most: int = 36_500
    ) -> None:
        super().__init__(ui, unit=unit, required=required)
        self._most = most

    def value(self) -> int | None:
        """The number; None where there is none, or it isn't whole."""
        number = super().value()
        return number // UNIT if number is not None and number % UNIT == 0 else None

    def written(self, value: int) -> str:
        return super().written(value * UNIT)

    def problem(self) -> str:
        """What is wrong, in words: as for quantities, not whole, above `most`."""
        if found := super().problem():
            return found
        number = super().value() or 0
        if number % UNIT:
            return self.ui.t("Enter a whole number")
        most = self.ui.formats.number(self._most)
        return self.ui.t("At most {most}", most=most) if number > self._most * UNIT else ""


class YearField(CountField):
    """A year, written without a sign between its thousands."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui, most=LAST_YEAR)

    def written(self, value: int) -> str:
        return str(value)


class PasswordField(TextField):
    """A password, shown as dots unless one asks to see it. `new`: it has to be long enough. Spaces
    at its ends belong to it.
    """

    def __init__(self, ui: UiContext, *, required: bool = True, new: bool = False) -> None:
        super().__init__(ui, required=required)
        self._new = new
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = FieldIcon(ui, self, "eye", self.turn, trailing=True)
        self._show_eye()

    def value(self) -> str | None:
        """The password as typed, None where it is empty."""
        return self.text() or None

    def problem(self) -> str:
        """What is wrong, in words: missing, or a new one too short."""
        if self._new and self.text() and len(self.text()) < LEAST_PASSWORD:
            return self.ui.t("password-too-short", least=LEAST_PASSWORD)
        if self._new and easily_guessed(self.text()) and self.text():
            return self.ui.t("password-too-easy")
        return super().problem()

    def state(self) -> object:
        """Nothing: passwords are kept nowhere."""
        return ""

    def restore(self, state: object) -> None:
        """Empties the field."""
        self.clear()

    def turn(self) -> None:
        """Shows the password, or dots again."""
        seen = self.echoMode() == QLineEdit.EchoMode.Normal
        mode = QLineEdit.EchoMode.Password if seen else QLineEdit.EchoMode.Normal
        self.setEchoMode(mode)
        self._show_eye()

    def _show_eye(self) -> None:
        t, hidden = self.ui.t, self.echoMode() == QLineEdit.EchoMode.Password
        self.eye.show_icon("eye" if hidden else "eye-slash", "text2")
        said = t("Show the password") if hidden else t("Hide the password")
        self.eye.setToolTip(said)
        self.eye.setAccessibleName(said)


_BEFORE, _AFTER = 10, 6
"""Pixels before the icon and between it and the text."""


class FieldIcon(Icon):
    """An icon before the text of a field, or behind it, as large as the letters are; `act` is done
    at a click.
    """

    def __init__(
        self,
        ui: UiContext,
        field: QLineEdit,
        name: str,
        act: Callable[[], object] | None = None,
        *,
        trailing: bool = False,
    ) -> None:
        super().__init__(ui, name, "text2", ICON)
        self.setParent(field)
        self._field, self._act, self._trailing = field, act, trailing
        beside = self.width() + _AFTER
        field.setTextMargins(0 if trailing else beside, 0, beside if trailing else 0, 0)
        field.installEventFilter(self)
        self.setCursor(Qt.CursorShape.PointingHandCursor if act else Qt.CursorShape.IBeamCursor)
        if act is None:
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._put()

    def _put(self) -> None:
        left = self._field.width() - _BEFORE - self.width() if self._trailing else _BEFORE
        self.move(left, (self._field.height() - self.height()) // 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Resize:
            self._put()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Does what the icon is for."""
        if self._act is not None:
            self._act()
