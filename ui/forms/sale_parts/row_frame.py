"""How a row of goods is laid out, and where it says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from kwt_books.queries.selling import Good
from ui.forms.sale_parts.columns import AMOUNT, GAP, PRICE, STOCK, Columns
from ui.forms.sale_parts.counter import Counter
from ui.forms.sale_parts.names import name_and_size, size_or_unit
from ui.forms.sale_parts.price import PriceField
from ui.kit import Kit, restyle
from ui.tokens import GUTTER, ICON_SMALL
from ui.widgets.icon import Icon
from ui.widgets.label import Elided, column, figures, label, row

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_WIDEST = 140
_LOOSE, _TIGHT = (8, GUTTER, 9), (5, GUTTER, 6)
"""Above, right, below."""


class RowFrame(QWidget):
    """Name, stock, price, numbers and amount on one line; or the numbers on a second one."""

    def __init__(self, kit: Kit, good: Good, columns: Columns) -> None:
        super().__init__()
        self.kit, self.good, self.columns = kit, good, columns
        self.price = PriceField(kit, good.price, f"{columns.price}, {good.name}")
        self.counters: Mapping[str, Counter] = {
            each.key: self._counter(each.title, each.tip) for each in columns.counters
        }
        self._laid_out: bool | None = None
        self._stock, self._amount = figures(kit), figures(kit, "", "strong")
        self._there = Elided("", "caption")
        self._second: QGridLayout | None = None
        self._text: QLabel | None = None
        self._page = page = column(self, space=4)
        page.setContentsMargins(GUTTER, *(_TIGHT if columns.tight else _LOOSE))
        self._above = row(space=GAP)
        self._above.addWidget(self._names(), 1, _MIDDLE)
        self._add_beside()
        self._amount.setMinimumWidth(kit.theme.px(AMOUNT))
        self._above.addWidget(self._amount, 0, _MIDDLE)
        page.addLayout(self._above)
        self.lay_out(wide=True)
        self._order_tabs()

    # -- making ----------------------------------------------------------------------------

    def _counter(self, title: str, tip: str) -> Counter:
        counter = Counter(self.kit, f"{title}, {self.good.name}")
        counter.setToolTip(tip)
        return counter

    def _names(self) -> QWidget:
        made = QWidget()
        page = column(made)
        name, size = name_and_size(self.good.name, self.good.unit)
        shown = Elided(name, "strong")
        shown.setToolTip(self.good.name)
        page.addWidget(shown)
        if self.columns.tight:
            page.addWidget(self._there)
            page.addLayout(self._price_below())
        else:
            page.addWidget(Elided(size, "caption"))
        return made

    def _price_below(self) -> QVBoxLayout:
        page, line = column(), row(space=0)
        self.price.setProperty("below", True)
        self.price.setAlignment(Qt.AlignmentFlag.AlignLeft | _MIDDLE)
        self.price.take_room(self.kit.theme.px(PRICE - 8))
        line.addWidget(label("@", "caption"))
        line.addWidget(self.price)
        line.addStretch(1)
        page.addLayout(line)
        return page

    def _add_beside(self) -> None:
        if self.columns.tight:
            self._stock.setParent(self)
            self._stock.hide()
            return
        self._there.setParent(self)
        self._there.hide()
        px = self.kit.theme.px
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
        line = row(self._message, space=8)
        self._icon = Icon(self.kit, "warning", "amber", ICON_SMALL)
        text = label("", "label", wrap=True)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(text, 1)
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
        width = self.kit.theme.px(self.columns.counter_width)
        for counter in self.counters.values():
            if self._second is not None:
                self._second.removeWidget(counter)
            counter.setFixedWidth(width)
            self._above.insertWidget(self._above.count() - 1, counter, 0, _MIDDLE)
        if self._second is not None:
            self._below.hide()

    def _on_two_lines(self) -> None:
        px = self.kit.theme.px
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
        QPainter(self).fillRect(0, bottom, self.width(), 1, self.kit.theme.color("grid"))

    # -- what it says ----------------------------------------------------------------------

    def show_stock(self, on_hand: int) -> None:
        text = self.kit.formats.quantity(on_hand)
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
        self._amount.setText("–" if amount is None else self.kit.formats.number(amount))
        restyle(self._amount, tone="quiet" if amount is None else "")

    @property
    def message(self) -> str:
        return self._text.text() if self._text is not None else ""
