"""One kind of goods in a grid: what is there, its price, the numbers to fill in."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QEvent, QObject, Signal

from kwt_books.domain.money import half_up
from kwt_books.domain.quantity import UNIT
from kwt_books.queries.selling import Good
from ui.forms.sale_parts.columns import Columns
from ui.forms.sale_parts.counter import Counter, quantity_json, quantity_of
from ui.forms.sale_parts.row_frame import RowFrame
from ui.kit import Kit
from ui.widgets.field import Input


def added(line: Mapping[str, object], other: Mapping[str, object]) -> Mapping[str, object]:
    """Two lines of one item as one: a grid has a row for each item."""
    total = dict(line)
    for key in other:
        if key not in ("item", "price", "own"):
            total[key] = quantity_json(quantity_of(line.get(key, 0)) + quantity_of(other[key]))
    return total


class GoodsRow(RowFrame):
    """Override `settle` where numbers follow from others, and `sold` for what is paid for."""

    changed = Signal()
    touched = Signal()
    moved = Signal(object, int, int)
    """A counter of the row, and the rows and columns to go from it."""

    def __init__(self, kit: Kit, good: Good, columns: Columns) -> None:
        super().__init__(kit, good, columns)
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
