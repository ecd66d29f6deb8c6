"""What is typed in a row of goods: how many, and at which price."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from kwt_books.domain.documents.fields import QUANTITY
from kwt_books.domain.values import parse_quantity
from kwt_books.i18n.formats import parse_rupiah
from ui.kit.field import NumberField
from ui.kit.layout import tooltip
from ui.kit.look import ENTER, UiContext, restyle
from ui.kit.picker import Stepper

# -- A number of goods in a grid of such numbers -------------------------------------------------


_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ACROSS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_MARGINS = 6
"""Width of a line edit's margins and frame."""


class Counter(Stepper):
    """A number in a grid of goods. Arrow keys go from cell to cell, Enter to the next; `*` takes
    all that is left.
    """

    typed = Signal()
    """A number was typed, stepped to or cleared."""
    moved = Signal(int, int)
    """Rows and columns to move by."""
    all_wanted = Signal()
    left = Signal()
    """The field lost the keyboard."""
    button_width = 22

    def __init__(self, ui: UiContext, title: str, parent: QWidget | None = None) -> None:
        super().__init__(ui, parent=parent)
        self.setAccessibleName(title)
        self._crowded = False
        self._edit.textChanged.connect(self._fit)

    @property
    def is_own(self) -> bool:
        """Whether the number was typed, not computed."""
        return self._typed

    @property
    def is_being_cleared(self) -> bool:
        """Whether the field has the keyboard and is empty; it isn't computed again until it is
        left.
        """
        return self.hasFocus() and not self._edit.text().strip()

    def give_up(self) -> None:
        """Lets the number be computed again."""
        self._typed = False

    def type_in(self, thousandths: int) -> None:
        """Fills in thousandths as if they had been typed."""
        self._own(True)
        self._show(thousandths)

    def _own(self, typed: bool) -> None:
        super()._own(typed)
        self.typed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in _DOWN:
            self.moved.emit(_DOWN[key], 0)
        elif plain and key in _ACROSS and self._at_edge(_ACROSS[key]):
            self.moved.emit(0, _ACROSS[key])
        elif key in ENTER:
            self.moved.emit(0, 1)
        elif event.text() == "*":
            self.all_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _at_edge(self, step: int) -> bool:
        edit = self._edit
        if edit.hasSelectedText():
            return edit.selectedText() == edit.text()
        return edit.cursorPosition() == (len(edit.text()) if step > 0 else 0)

    # -- room for long numbers -------------------------------------------------------------

    def _fit(self) -> None:
        """Hides − and + where a long number needs their room; their keys go on working."""
        room = self.width() - 2 * self._ui.theme.px(self.button_width) - _MARGINS
        crowded = self.fontMetrics().horizontalAdvance(self._edit.text()) > room
        if crowded != self._crowded:
            self._crowded = crowded
            restyle(self, crowded=crowded)
            beside = 1 if crowded else self._ui.theme.px(self.button_width) + 1
            self._edit.setGeometry(self.rect().adjusted(beside, 1, -beside, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self._crowded:
            QAbstractSpinBox.paintEvent(self, event)
        else:
            super().paintEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.left.emit()


def quantity_json(thousandths: int) -> object:
    """Thousandths as documents write them: a whole number, or text with a decimal point."""
    return QUANTITY.encode(thousandths)


def quantity_of(raw: object) -> int:
    """Thousandths of a number in a document or draft; 0 where it can't be read."""
    try:
        return parse_quantity(str(raw))
    except ValueError:
        return 0


# -- A price in a row of goods, which can be changed there ---------------------------------------


_AROUND = 20
"""Width of the field's margins."""


class PriceField(NumberField):
    """A price in rupiah; it looks like text until one points at it. Empty stands for the usual
    price, which is set up in the book.
    """

    def __init__(self, ui: UiContext, usual: int | None, title: str) -> None:
        super().__init__(ui, required=usual is None)
        self.usual = usual
        self.setProperty("flat", True)
        self.setAccessibleName(title)
        self._about = ui.t("Click to change the price for this time")
        self.explain("")
        self.set_value(usual)

    def take_room(self, least: int) -> None:
        """Makes the field `least` pixels wide, or as wide as its price needs."""
        self._least = least
        self._fit()
        self.textChanged.connect(self._fit)

    def _fit(self) -> None:
        needed = self.fontMetrics().horizontalAdvance(self.text()) + self.ui.theme.px(_AROUND)
        self.setFixedWidth(max(self._least, needed))

    def read(self, text: str) -> int:
        """Rupiah of a text; raises what `parse_rupiah` does."""
        return parse_rupiah(text, self.ui.language)

    def written(self, value: int) -> str:
        return self.ui.formats.number(value)

    @property
    def price(self) -> int | None:
        """The price in force: the typed one, else the usual one."""
        typed = self.value()
        return self.usual if typed is None else typed

    @property
    def special(self) -> int | None:
        """The price where it differs from the usual one, else None."""
        return self.price if self.price != self.usual else None

    def only_tell(self, why: str) -> None:
        """Makes it plain text, which neither mouse nor Tab can get into; `why` is its tooltip."""
        self.setReadOnly(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._about = why
        self.explain(self.accessibleDescription())

    def explain(self, text: str) -> None:
        """Says in the tooltip, and to a screen reader, where the price is from."""
        self.setToolTip(tooltip(f"{text}\n{self._about}".strip()))
        self.setAccessibleDescription(text)

    def use(self, price: int | None) -> None:
        """Fills in a price; None stands for the usual one."""
        self.set_value(self.usual if price is None else price)

    def set_usual(self, price: int | None) -> None:
        """Takes another usual price; a typed one stays, even one that can't be read."""
        untouched = not self.text() or (self.usual is not None and self.value() == self.usual)
        self.usual = price
        if untouched:
            self.use(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape and self.special is not None:
            self.use(None)
            return
        super().keyPressEvent(event)
