"""A row of goods in a grid: its columns and layout, and the lines of documents that it is filled
from and makes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from kwt_books.domain.values import UNIT, half_up
from kwt_books.queries.selling import Good
from ui.kit.card import Icon
from ui.kit.field import Input
from ui.kit.goods_fields import Counter, PriceField, quantity_json, quantity_of
from ui.kit.layout import column, fill, grid_layout, label, row, tooltip
from ui.kit.lines import bound
from ui.kit.look import GUTTER, ICON_SMALL, UiContext, restyle
from ui.kit.messages import MESSAGE_COLORS, MESSAGE_ICONS, is_left
from ui.kit.written import Written, name_and_size, size_or_unit

# -- The columns of a grid of goods, and their widths --------------------------------------------


STOCK, PRICE, AMOUNT, GAP = 44, 72, 78, 8
_NAME = 92


@dataclass(frozen=True, slots=True)
class CounterColumn:
    """A column of numbers. `key` is that of the command; `tip` explains the number."""

    key: str
    title: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """A grid's headings; widths in pixels at a text size of 100 percent."""

    counters: tuple[CounterColumn, ...]
    stock: str = ""
    price: str = ""
    amount: str = ""
    counter_width: int = 82
    tight: bool = False
    """Whether stock and price are below the name instead of in columns of their own."""

    @property
    def beside(self) -> tuple[int, ...]:
        """Widths of the columns between name and numbers."""
        return () if self.tight else (STOCK, PRICE)

    def width(self) -> int:
        """The width that a row needs on one line, with room for the name."""
        cells = [*self.beside, *[self.counter_width] * len(self.counters), AMOUNT]
        return 2 * GUTTER + _NAME + sum(cells) + GAP * len(cells)


# -- The layout of a row of goods, with its message ----------------------------------------------


_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_WIDEST = 140
_LOOSE, _TIGHT = (8, GUTTER, 8), (4, GUTTER, 4)
"""Margins above, right, below."""
_LEAST_NAME = 32


class RowFrame(QWidget):
    """Name, stock, price, numbers and amount, on one line or with the numbers on a second one."""

    def __init__(
        self, ui: UiContext, good: Good, columns: Columns, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.ui, self.good, self.columns = ui, good, columns
        self.price = PriceField(ui, good.price, f"{columns.price}, {good.name}")
        self.price.setParent(self)
        self.counters: Mapping[str, Counter] = {
            each.key: self._counter(each.title, each.tip) for each in columns.counters
        }
        self.laid_out: bool | None = None
        px = ui.theme.px
        self.named = Written(ui, px(_LEAST_NAME), "body", "caption", bold=True)
        self.named.grows = True
        self.named.texts = list(name_and_size(good.name, good.unit))
        self.named.fit()
        self.stock = Written(ui, px(STOCK), "body")
        self.amount_shown = Written(ui, px(AMOUNT), "body", bold=True)
        self._written = [self.named, self.amount_shown]
        self._say_name()
        self._second: QGridLayout | None = None
        self._text: QLabel | None = None
        self._page = page = column(parent=self, space=4)
        page.setContentsMargins(GUTTER, *(_TIGHT if columns.tight else _LOOSE))
        self._above = row(space=GAP)
        page.addLayout(self._above)
        if columns.tight:
            self._add_price_below()
        else:
            self._add_beside()
        self._above.addItem(self.amount_shown)
        self._order_tabs()

    # -- making ----------------------------------------------------------------------------

    def _counter(self, title: str, tip: str) -> Counter:
        counter = Counter(self.ui, f"{title}, {self.good.name}", self)
        counter.setToolTip(tooltip(tip))
        return counter

    def _add_price_below(self) -> None:
        """Puts the price below the name."""
        px, names, line = self.ui.theme.px, column(), row(space=0)
        self._above.addLayout(names, 1)
        # In the middle of the row, which stays as low as it is where there is room to spare.
        self._above.setAlignment(names, _MIDDLE)
        names.addItem(self.named)
        names.addLayout(line)
        self.price.setProperty("below", True)
        self.price.setAlignment(Qt.AlignmentFlag.AlignLeft | _MIDDLE)
        self.price.take_room(px(PRICE - 8))
        at = Written(self.ui, 0, "caption")
        at.texts = ["@"]
        at.fit()
        self._written.append(at)
        line.addItem(at)
        fill(line, self.price, ...)

    def _add_beside(self) -> None:
        """Puts stock and price beside the name."""
        self._written.append(self.stock)
        self._above.addItem(self.named)
        self._above.addItem(self.stock)
        self.price.take_room(self.ui.theme.px(PRICE))
        self._above.addWidget(self.price, 0, _MIDDLE)

    def _second_line(self) -> QGridLayout:
        """The line of the numbers under their own headings, made when first needed."""
        self._below = QWidget()
        made = grid_layout(self._below, across=GAP, down=2, margins=0)
        for at, each in enumerate(self.columns.counters):
            caption = label(each.title, "caption")
            caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            made.addWidget(caption, 0, at)
        self._page.insertWidget(1, self._below)
        return made

    def _message_line(self) -> QLabel:
        """The label of the message below the numbers, made when first needed."""
        self._message = QWidget()
        self._icon = Icon(self.ui, "warning", "amber", ICON_SMALL)
        text = label("", "label", wrap=True)
        row((self._icon, 0, Qt.AlignmentFlag.AlignTop), (text, 1), parent=self._message, space=8)
        self._page.addWidget(self._message)
        return text

    # -- laying out ------------------------------------------------------------------------

    def lay_out(self, *, wide: bool) -> None:
        """Lays everything out on one line, or the numbers, with headings, on a second one."""
        if self.laid_out == wide:
            return
        self.laid_out = wide
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
        """Puts the row after a widget in the order of Tab, for rows are made later than what
        follows them.
        """
        self._order_tabs(before)

    def _order_tabs(self, *before: QWidget) -> None:
        stops = (*before, self.price, *self.counters.values())
        nowhere = Qt.FocusPolicy.NoFocus  # a price that is only told would break the order
        for one, other in pairwise(each for each in stops if each.focusPolicy() != nowhere):
            QWidget.setTabOrder(one, other)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        painter, bottom = QPainter(self), self.height() - 1
        painter.fillRect(0, bottom, self.width(), 1, self.ui.theme.color("grid"))
        for each in self._written:
            each.paint(painter)

    # -- what it says ----------------------------------------------------------------------

    def show_stock(self, on_hand: int) -> None:
        """Shows how much is in stock, in thousandths."""
        text = self.ui.formats.quantity(on_hand)
        self._write(self.stock, text)
        self.setAccessibleDescription(f"{self.columns.stock} {text} {self.good.unit}")

    def show_there(self, text: str) -> None:
        """Shows a text below the name, where stock and price have no columns."""
        apart = size_or_unit(self.good.name, self.good.unit)
        self.named.texts[1] = f"{apart} · {text}"
        self._say_name()
        self.update()

    def _say_name(self) -> None:
        """Says the whole name, and what is below it, to the mouse and to a screen reader."""
        self.setToolTip(tooltip(f"{self.good.name}\n{self.named.texts[1]}"))
        self.setAccessibleName(self.good.name)

    def _write(self, place: Written, text: str, tone: str = "text") -> None:
        if [text] != place.texts or tone != place.tone:
            place.texts, place.tone = [text], tone
            place.fit()
            self._above.invalidate()
            self.update()

    def show_text(self, text: str, tone: str) -> None:
        """Shows a message below the numbers; an empty one hides it."""
        if self._text is None:
            if not text:
                return
            self._text = self._message_line()
        self._text.setText(text)
        self._message.setVisible(bool(text))
        self._icon.setVisible(tone in MESSAGE_ICONS)
        if tone in MESSAGE_ICONS:
            self._icon.show_icon(MESSAGE_ICONS[tone], MESSAGE_COLORS[tone])
        restyle(self._text, tone=tone or "quiet")

    def show_amount(self, amount: int | None) -> None:
        """Shows what the line comes to, in rupiah; None as a dash."""
        text = "–" if amount is None else self.ui.formats.number(amount)
        self._write(self.amount_shown, text, "text3" if amount is None else "text")

    @property
    def message(self) -> str:
        """The message shown."""
        return self._text.text() if self._text is not None else ""


def added(line: Mapping[str, object], other: Mapping[str, object]) -> Mapping[str, object]:
    """Two lines of one item as one line, for a grid has a row for each item."""
    total = dict(line)
    for key in other:
        if key not in ("item", "price", "own"):
            total[key] = quantity_json(quantity_of(line.get(key, 0)) + quantity_of(other[key]))
    return total


class GoodsRow(RowFrame):
    """A row that fills and makes a line of the command. Override `settle` where numbers follow from
    others, and `sold` for what is paid for.
    """

    makes: type[Any]
    """The class of the command's lines."""
    changed = Signal()
    touched = Signal()
    moved = Signal(object, int, int)
    """A counter of the row, and the rows and columns to move by from it."""

    def __init__(
        self, ui: UiContext, good: Good, columns: Columns, parent: QWidget | None = None
    ) -> None:
        super().__init__(ui, good, columns, parent)
        self.was_touched = False
        self._told = self._restoring = False
        self.recent: list[str] = []
        """Keys of the numbers that were typed, the latest last."""
        self.price.changed.connect(self._changed)
        self.price.installEventFilter(self)
        for key, counter in self.counters.items():
            self._connect(key, counter)
        self.show_stock(good.on_hand)
        self.price.explain(self._as_agreed())
        self._show_amount()

    def _connect(self, key: str, counter: Counter) -> None:
        counter.typed.connect(lambda: self._typed(key))
        counter.changed.connect(self._changed)
        counter.left.connect(self._left)
        counter.moved.connect(lambda rows, across: self.moved.emit(counter, rows, across))
        counter.all_wanted.connect(lambda: self._take_all(key))

    # -- what it says ----------------------------------------------------------------------

    def show_good(self, good: Good) -> None:
        """Takes the goods anew, with another stock or price."""
        self.good = good
        self.price.set_usual(good.price)
        self.price.explain(self._as_agreed())
        self.show_stock(good.on_hand)
        self._changed()

    def say(self, text: str, tone: str = "") -> None:
        """Shows what is wrong; an empty text shows the row's own remark."""
        self._told = bool(text)
        if not text:
            text, tone = self.remark()
        self.show_text(text, tone)

    def remark(self) -> tuple[str, str]:
        """A remark of the row itself and its tone; both empty where there is none."""
        problem = self.problem() if self.is_filled else ""
        return problem, "error" if problem else ""

    def too_few(self, wanted: int) -> tuple[str, str]:
        """A remark that the store has less than what is wanted, in thousandths; both empty where it
        has enough.
        """
        if wanted <= self.good.on_hand:
            return "", ""
        text = self.ui.t(
            "Only {available} {unit} of {item} are in the store.",
            available=self.ui.formats.quantity(max(0, self.good.on_hand)),
            unit=self.good.unit,
            item=self.good.name,
        )
        return text, "error"

    def _as_agreed(self) -> str:
        """That the price is what the shop last settled for; empty where it is the usual one."""
        good, formats = self.good, self.ui.formats
        if not good.is_special:
            return ""
        assert good.agreed is not None
        last = self.ui.t("As last settled, on {day}.", day=formats.day(good.agreed))
        if good.usual is None:
            return last
        return f"{last} {self.ui.t('Usually {price}.', price=formats.rupiah(good.usual))}"

    def sold(self) -> int:
        """How much is paid for, in thousandths."""
        raise NotImplementedError

    @property
    def amount(self) -> int:
        """What the line comes to, in rupiah, as it will be booked."""
        return half_up((self.price.price or 0) * self.sold(), UNIT)

    def _show_amount(self) -> None:
        self.show_amount(self.amount if self.sold() else None)

    # -- numbers ---------------------------------------------------------------------------

    def number(self, key: str) -> int:
        """The number of a column, in thousandths."""
        return self.counters[key].value()

    def settle(self) -> None:
        """Computes the numbers that follow from others."""

    def all_of(self, key: str) -> int:
        """What `*` fills into a number, in thousandths: all that there can be."""
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
        """Fills in a number that follows from others, unless it was typed."""
        counter = self.counters[key]
        if not counter.is_being_cleared:
            counter.set_computed(max(0, thousandths))

    def give_up(self, key: str) -> None:
        """Lets a number be computed again."""
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
        """Marks the row as touched, unless nothing is filled in."""
        if self.is_filled and not self.was_touched:
            self.was_touched = True
            self.touched.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if is_left(event):
            self._touch()
        return False

    # -- what a form asks ------------------------------------------------------------------

    @property
    def is_filled(self) -> bool:
        """Whether any number is above 0."""
        return any(counter.value() for counter in self.counters.values())

    def problem(self) -> str:
        """What is wrong with a number or the price, in words; empty where nothing is."""
        fields: tuple[Input, ...] = (*self.counters.values(), self.price)
        return next(filter(None, (field.problem() for field in fields)), "")

    def value(self) -> Any:
        """The line of the command."""
        said = {key: counter.value() for key, counter in self.counters.items()}
        return bound(self.makes, {"item": self.good.code, "price": self.asked, **said})

    @property
    def asked(self) -> int | None:
        """The price for the document: only where it differs from the usual one."""
        return self.price.special

    def state(self) -> dict[str, object]:
        """The line as a document has it, with the keys of the typed numbers under `own`."""
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
        """Fills in a line of a document, or what `state` gave."""
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
        """Which numbers of a document's line count as typed; the others are computed."""
        return line


class FromStoreRow(GoodsRow):
    """A row whose one number goes out of the store, which may have too few."""

    def sold(self) -> int:
        """How much goes out, in thousandths."""
        return self.number("qty")

    def remark(self) -> tuple[str, str]:
        """That the store has too few."""
        said = super().remark()
        return said if said[0] else self.too_few(self.sold())
