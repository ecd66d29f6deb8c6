"""One kind of goods in a grid: what is there, its price, the numbers to fill in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractSpinBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from kwt_books.domain.documents.fields import QUANTITY
from kwt_books.domain.values import UNIT, half_up, parse_quantity
from kwt_books.i18n.formats import parse_rupiah
from kwt_books.queries.selling import Good
from ui.kit.card import Icon
from ui.kit.field import Input, NumberField
from ui.kit.layout import Elided, column, figures, fill, label, row, tooltip
from ui.kit.lines import bound
from ui.kit.look import GUTTER, ICON_SMALL, UiContext, restyle
from ui.kit.picker import Stepper

# -- A number of goods in a grid of such numbers -------------------------------------------------


_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_MARGINS = 6
"""What a line edit keeps free around its text, and the frame."""
_ACROSS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Counter(Stepper):
    """Arrow keys go from cell to cell, Enter to the next; `*` takes all that is left."""

    typed = Signal()
    """Someone typed or stepped: the number is theirs now, or given up where it was cleared."""
    moved = Signal(int, int)
    """Rows and columns to go."""
    all_wanted = Signal()
    left = Signal()
    """The keyboard has gone elsewhere."""
    button_width = 22

    def __init__(self, ui: UiContext, title: str) -> None:
        super().__init__(ui)
        self.setAccessibleName(title)
        self._crowded = False
        self._edit.textChanged.connect(self._fit)

    @property
    def is_own(self) -> bool:
        return self._typed

    @property
    def is_being_cleared(self) -> bool:
        """One is in it and has rubbed it out: not to be filled in before one has left."""
        return self.hasFocus() and not self._edit.text().strip()

    def give_up(self) -> None:
        """The number may be computed again."""
        self._typed = False

    def type_in(self, thousandths: int) -> None:
        """As if someone had typed it."""
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
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
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
        """A long number takes the room of the − and +; their keys go on working."""
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

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.left.emit()


def quantity_json(thousandths: int) -> object:
    """As documents write it: a whole number, or text with a point."""
    return QUANTITY.encode(thousandths)


def quantity_of(raw: object) -> int:
    """Thousandths of what a document or a draft carries; nil where it can't be read."""
    try:
        return parse_quantity(str(raw))
    except ValueError:
        return 0


# -- A price that stands in a row of goods and can be changed there ------------------------------


_AROUND = 20
"""What stands around the figures of a field."""


class PriceField(NumberField):
    """Looks like text until one points at it. Empty: the price that was set up."""

    def __init__(self, ui: UiContext, usual: int | None, title: str) -> None:
        super().__init__(ui, required=usual is None)
        self.usual = usual
        self.setProperty("flat", True)
        self.setAccessibleName(title)
        self.setToolTip(ui.t("Click to change the price for this time"))
        self.set_value(usual)

    def take_room(self, least: int) -> None:
        """`least` pixels, or what the price needs: none is shown without its first figures."""
        self._least = least
        self._fit()
        self.textChanged.connect(self._fit)

    def _fit(self) -> None:
        needed = self.fontMetrics().horizontalAdvance(self.text()) + self.ui.theme.px(_AROUND)
        self.setFixedWidth(max(self._least, needed))

    def read(self, text: str) -> int:
        return parse_rupiah(text, self.ui.language)

    def written(self, value: int) -> str:
        return self.ui.formats.number(value)

    @property
    def price(self) -> int | None:
        """What holds now: what was typed, else the usual one."""
        typed = self.value()
        return self.usual if typed is None else typed

    @property
    def special(self) -> int | None:
        """Only where it is another than the usual one."""
        return self.price if self.price != self.usual else None

    def use(self, price: int | None) -> None:
        """Another price; None: the usual one."""
        self.set_value(self.usual if price is None else price)

    def set_usual(self, price: int | None) -> None:
        """The price set up has changed; what one typed stays, also where it is no price."""
        untouched = not self.text() or (self.usual is not None and self.value() == self.usual)
        self.usual = price
        if untouched:
            self.use(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape and self.special is not None:
            self.use(None)
            return
        super().keyPressEvent(event)


# -- How goods are called in a narrow column -----------------------------------------------------


_SIZE = re.compile(
    r"(.+?)\s+(\d[\d.,]*\s*(?:g|gr|gram|ons|kg|ml|cc|l|liter|cm|lbr|pcs))", re.IGNORECASE
)


def name_and_size(name: str, unit: str) -> tuple[str, str]:
    """`Keripik bayam 100 g`, `bungkus` become `Keripik bayam` and `100 g, bungkus`."""
    found = _SIZE.fullmatch(name)
    return (found[1], f"{found[2]}, {unit}") if found else (name, unit)


def size_or_unit(name: str, unit: str) -> str:
    """What tells goods of one name apart: `100 g`, else what they are counted in."""
    found = _SIZE.fullmatch(name)
    return found[2] if found else unit


# -- What stands in a grid of goods, and how wide it is ------------------------------------------


STOCK, PRICE, AMOUNT, GAP = 44, 72, 78, 8
_NAME = 92


@dataclass(frozen=True, slots=True)
class CounterColumn:
    """`key` as in the command; `tip` says what the number is."""

    key: str
    title: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Headings; measures at a text size of 100 percent."""

    counters: tuple[CounterColumn, ...]
    stock: str = ""
    price: str = ""
    amount: str = ""
    counter_width: int = 82
    tight: bool = False
    """Stock and price stand below the name instead of in columns of their own."""

    @property
    def beside(self) -> tuple[int, ...]:
        """Widths of what stands between the name and the numbers."""
        return () if self.tight else (STOCK, PRICE)

    def width(self) -> int:
        """What a row needs on one line, with room for a name."""
        cells = [*self.beside, *[self.counter_width] * len(self.counters), AMOUNT]
        return 2 * GUTTER + _NAME + sum(cells) + GAP * len(cells)


# -- How a row of goods is laid out, and where it says what is wrong -----------------------------


_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_WIDEST = 140
_LOOSE, _TIGHT = (8, GUTTER, 9), (5, GUTTER, 6)
"""Above, right, below."""


class RowFrame(QWidget):
    """Name, stock, price, numbers and amount on one line; or the numbers on a second one."""

    def __init__(self, ui: UiContext, good: Good, columns: Columns) -> None:
        super().__init__()
        self.ui, self.good, self.columns = ui, good, columns
        self.price = PriceField(ui, good.price, f"{columns.price}, {good.name}")
        self.counters: Mapping[str, Counter] = {
            each.key: self._counter(each.title, each.tip) for each in columns.counters
        }
        self._laid_out: bool | None = None
        self._stock, self._amount = figures(ui), figures(ui, "", "strong")
        self._there = Elided("", "caption")
        self._second: QGridLayout | None = None
        self._text: QLabel | None = None
        self._page = page = column(parent=self, space=4)
        page.setContentsMargins(GUTTER, *(_TIGHT if columns.tight else _LOOSE))
        self._above = row((self._names(), 1, _MIDDLE), space=GAP)
        self._add_beside()
        self._amount.setMinimumWidth(ui.theme.px(AMOUNT))
        self._above.addWidget(self._amount, 0, _MIDDLE)
        page.addLayout(self._above)
        self.lay_out(wide=True)
        self._order_tabs()

    # -- making ----------------------------------------------------------------------------

    def _counter(self, title: str, tip: str) -> Counter:
        counter = Counter(self.ui, f"{title}, {self.good.name}")
        counter.setToolTip(tooltip(tip))
        return counter

    def _names(self) -> QWidget:
        made = QWidget()
        name, size = name_and_size(self.good.name, self.good.unit)
        shown = Elided(name, "strong")
        shown.setToolTip(tooltip(self.good.name))
        page = column(shown, parent=made)
        if self.columns.tight:
            fill(page, self._there, self._price_below())
        else:
            page.addWidget(Elided(size, "caption"))
        return made

    def _price_below(self) -> QVBoxLayout:
        page, line = column(), row(space=0)
        self.price.setProperty("below", True)
        self.price.setAlignment(Qt.AlignmentFlag.AlignLeft | _MIDDLE)
        self.price.take_room(self.ui.theme.px(PRICE - 8))
        fill(line, label("@", "caption"), self.price, ...)
        page.addLayout(line)
        return page

    def _add_beside(self) -> None:
        if self.columns.tight:
            self._stock.setParent(self)
            self._stock.hide()
            return
        self._there.setParent(self)
        self._there.hide()
        px = self.ui.theme.px
        self._stock.setMinimumWidth(px(STOCK))
        self.price.take_room(px(PRICE))
        for widget in (self._stock, self.price):
            self._above.addWidget(widget, 0, _MIDDLE)

    def _second_line(self) -> QGridLayout:
        """Where the numbers stand under their headings; made when first needed."""
        self._below = QWidget()
        made = QGridLayout(self._below)
        made.setContentsMargins(0, 0, 0, 0)
        made.setHorizontalSpacing(GAP)
        made.setVerticalSpacing(2)
        for at, each in enumerate(self.columns.counters):
            caption = label(each.title, "caption")
            caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            made.addWidget(caption, 0, at)
        self._page.insertWidget(1, self._below)
        return made

    def _message_line(self) -> QLabel:
        """Where something is said below the numbers; made when first needed."""
        self._message = QWidget()
        self._icon = Icon(self.ui, "warning", "amber", ICON_SMALL)
        text = label("", "label", wrap=True)
        row((self._icon, 0, Qt.AlignmentFlag.AlignTop), (text, 1), parent=self._message, space=8)
        self._page.addWidget(self._message)
        return text

    # -- laying out ------------------------------------------------------------------------

    def lay_out(self, *, wide: bool) -> None:
        """All on one line, or the numbers on a line of their own with their headings."""
        if self._laid_out == wide:
            return
        self._laid_out = wide
        if wide:
            self._on_one_line()
        else:
            self._on_two_lines()

    def _on_one_line(self) -> None:
        width = self.ui.theme.px(self.columns.counter_width)
        for counter in self.counters.values():
            if self._second is not None:
                self._second.removeWidget(counter)
            counter.setFixedWidth(width)
            self._above.insertWidget(self._above.count() - 1, counter, 0, _MIDDLE)
        if self._second is not None:
            self._below.hide()

    def _on_two_lines(self) -> None:
        px = self.ui.theme.px
        if self._second is None:
            self._second = self._second_line()
        for at, counter in enumerate(self.counters.values()):
            self._above.removeWidget(counter)
            counter.setMinimumWidth(px(self.columns.counter_width - 16))
            counter.setMaximumWidth(px(_WIDEST))
            self._second.addWidget(counter, 1, at)
        self._below.show()

    def come_after(self, before: QWidget) -> None:
        """In the order of Tab: rows are made when everything else in the window is there."""
        QWidget.setTabOrder(before, self.price)
        self._order_tabs()

    def _order_tabs(self) -> None:
        before: QWidget = self.price
        for counter in self.counters.values():
            QWidget.setTabOrder(before, counter)
            before = counter

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        bottom = self.height() - 1
        QPainter(self).fillRect(0, bottom, self.width(), 1, self.ui.theme.color("grid"))

    # -- what it says ----------------------------------------------------------------------

    def show_stock(self, on_hand: int) -> None:
        text = self.ui.formats.quantity(on_hand)
        self._stock.setText(text)
        self._stock.setAccessibleName(f"{self.columns.stock} {text} {self.good.unit}")

    def show_there(self, text: str) -> None:
        """Below the name, where there is no column for it."""
        apart = size_or_unit(self.good.name, self.good.unit)
        self._there.setText(f"{apart} · {text}")

    def show_text(self, text: str, tone: str) -> None:
        if self._text is None:
            if not text:
                return
            self._text = self._message_line()
        self._text.setText(text)
        self._message.setVisible(bool(text))
        error = tone == "error"
        self._icon.show_icon("x-circle" if error else "warning", "red" if error else "amber")
        restyle(self._text, tone=tone)

    def show_amount(self, amount: int | None) -> None:
        self._amount.setText("–" if amount is None else self.ui.formats.number(amount))
        restyle(self._amount, tone="quiet" if amount is None else "")

    @property
    def message(self) -> str:
        return self._text.text() if self._text is not None else ""


def added(line: Mapping[str, object], other: Mapping[str, object]) -> Mapping[str, object]:
    """Two lines of one item as one: a grid has a row for each item."""
    total = dict(line)
    for key in other:
        if key not in ("item", "price", "own"):
            total[key] = quantity_json(quantity_of(line.get(key, 0)) + quantity_of(other[key]))
    return total


class GoodsRow(RowFrame):
    """Override `settle` where numbers follow from others, and `sold` for what is paid for."""

    makes: type[Any]
    """What the command has as its lines."""
    changed = Signal()
    touched = Signal()
    moved = Signal(object, int, int)
    """A counter of the row, and the rows and columns to go from it."""

    def __init__(self, ui: UiContext, good: Good, columns: Columns) -> None:
        super().__init__(ui, good, columns)
        self.was_touched = False
        self._told = self._restoring = False
        self.recent: list[str] = []
        """Keys of the numbers that are one's own, the latest last."""
        self.price.changed.connect(self._changed)
        self.price.installEventFilter(self)
        for key, counter in self.counters.items():
            self._connect(key, counter)
        self.show_stock(good.on_hand)
        self._show_amount()

    def _connect(self, key: str, counter: Counter) -> None:
        counter.typed.connect(lambda: self._typed(key))
        counter.changed.connect(self._changed)
        counter.left.connect(self._left)
        counter.moved.connect(lambda rows, across: self.moved.emit(counter, rows, across))
        counter.all_wanted.connect(lambda: self._take_all(key))

    # -- what it says ----------------------------------------------------------------------

    def show_good(self, good: Good) -> None:
        """The book has changed: another stock or price."""
        self.good = good
        self.price.set_usual(good.price)
        self.show_stock(good.on_hand)
        self._changed()

    def say(self, text: str, tone: str = "") -> None:
        """What is wrong; empty: what the row has to say by itself."""
        self._told = bool(text)
        self.show_text(*((text, tone) if text else self.remark()))

    def remark(self) -> tuple[str, str]:
        """Something worth knowing, with its tone."""
        problem = self.problem() if self.is_filled else ""
        return problem, "error" if problem else ""

    def sold(self) -> int:
        """Thousandths that are paid for."""
        raise NotImplementedError

    @property
    def amount(self) -> int:
        """What the line comes to, as it will be booked."""
        return half_up((self.price.price or 0) * self.sold(), UNIT)

    def _show_amount(self) -> None:
        self.show_amount(self.amount if self.sold() else None)

    # -- numbers ---------------------------------------------------------------------------

    def number(self, key: str) -> int:
        return self.counters[key].value()

    def settle(self) -> None:
        """Numbers that follow from others."""

    def all_of(self, key: str) -> int:
        """What `*` puts in: all that can be."""
        return self.good.on_hand

    def _take_all(self, key: str) -> None:
        counter = self.counters[key]
        counter.type_in(self.all_of(key))
        counter.selectAll()

    def _typed(self, key: str) -> None:
        self._remember(key)
        self._changed()

    def _remember(self, key: str) -> None:
        if key in self.recent:
            self.recent.remove(key)
        if self.counters[key].is_own:
            self.recent.append(key)

    def compute(self, key: str, thousandths: int) -> None:
        """What follows from the other numbers, unless this one is one's own."""
        counter = self.counters[key]
        if not counter.is_being_cleared:
            counter.set_computed(max(0, thousandths))

    def give_up(self, key: str) -> None:
        """This number is no longer one's own."""
        self.counters[key].give_up()
        self._remember(key)

    def _changed(self) -> None:
        if self._restoring:
            return
        self.settle()
        self._show_amount()
        if not self._told:
            self.say("")
        self.changed.emit()

    def _left(self) -> None:
        self.settle()
        self._touch()

    def _touch(self) -> None:
        """Going through a row without filling it in is nothing to speak of."""
        if self.is_filled and not self.was_touched:
            self.was_touched = True
            self.touched.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.FocusOut:
            self._touch()
        return False

    # -- what a form asks ------------------------------------------------------------------

    @property
    def is_filled(self) -> bool:
        return any(counter.value() for counter in self.counters.values())

    def problem(self) -> str:
        fields: tuple[Input, ...] = (*self.counters.values(), self.price)
        return next(filter(None, (field.problem() for field in fields)), "")

    def value(self) -> Any:
        """The line of the command."""
        said = {key: counter.value() for key, counter in self.counters.items()}
        return bound(self.makes, {"item": self.good.code, "price": self.asked, **said})

    @property
    def asked(self) -> int | None:
        """The price that the document says."""
        return self.price.special

    def state(self) -> dict[str, object]:
        """As a line of the document, and which numbers are one's own."""
        found: dict[str, object] = {"item": self.good.code}
        for key, counter in self.counters.items():
            if counter.value():
                found[key] = quantity_json(counter.value())
        if self.price.special is not None:
            found["price"] = self.price.special
        own = [key for key, counter in self.counters.items() if counter.is_own]
        if own:
            found["own"] = own
        return found

    def restore(self, line: Mapping[str, object]) -> None:
        """A line of a document, or what `state` gave."""
        said = line.get("own")
        own = said if isinstance(said, list) else self.own_of(line)
        self._restoring = True
        for key, counter in self.counters.items():
            counter.restore([quantity_of(line.get(key, 0)), key in own])
            self._remember(key)
        self._restoring = False
        price = line.get("price")
        self.price.use(price if isinstance(price, int) else None)
        self._changed()

    def own_of(self, line: Mapping[str, object]) -> Collection[str]:
        """Which numbers of a document's line are taken as typed; the others follow."""
        return line
