"""A grid of goods: rows made as far down as one can see, and their headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from kwt_books.queries.selling import Good
from ui.kit.composite import Composite
from ui.kit.goods_fields import Counter
from ui.kit.goods_row import AMOUNT, GAP, PRICE, STOCK, Columns, GoodsRow, added
from ui.kit.layout import column, discard, label, row, rule, tabbed_before
from ui.kit.look import GUTTER, UiContext
from ui.kit.messages import at_line
from ui.kit.scrolling import Shrinking

# -- Rows of goods, made as far down as one can see ----------------------------------------------


class RowsInSight(QWidget):
    """Rows of which only those are made that are in sight, for each is some twenty widgets; Tab
    makes the next one.

    `rows` has the ones made, always the first of `codes`; below them room is kept for the others.
    All are made at once while a screen reader is on.
    """

    def __init__(self, make: Callable[[str], GoodsRow]) -> None:
        super().__init__()
        self._make = make
        self.codes: list[str] = []
        self.rows: dict[str, GoodsRow] = {}
        self._unmade = QWidget()
        self._page: QVBoxLayout = column(self._unmade, parent=self)
        self.below: QVBoxLayout = column()
        """Widgets below the rows that scroll with them."""
        self._page.addLayout(self.below)
        self._page.addStretch()  # no stretch factor: what is below may want the room
        self._keep_room()

    def put(self, codes: Sequence[str]) -> None:
        """Shows rows of these codes in place of those before."""
        old = list(self.rows.values())
        self.rows.clear()  # first: hiding a row moves the focus, and with it what is in sight
        self.codes = []
        for gone in old:
            self._page.removeWidget(gone)
            discard(gone)
        self.codes = list(codes)
        self._keep_room()

    def row(self, code: str) -> GoodsRow:
        """The row of a code; it and all above it are made if they weren't. A
        new code comes last.
        """
        if code not in self.codes:
            self.codes.append(code)
        while code not in self.rows:
            self._add()
        self._keep_room()
        return self.rows[code]

    def show_down_to(self, bottom: int) -> None:
        """Makes the rows that begin above `bottom`, in pixels; the first one always."""
        listening, height = QAccessible.isActive(), self._height()
        while self._has_more and (listening or not self.rows or height < bottom):
            height += self._add().sizeHint().height()
        self._keep_room()

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: N802 - Qt's name
        last, here = next(reversed(self.rows.values()), None), self.window().focusWidget()
        if forwards and self._has_more and last is not None and last.isAncestorOf(here):
            self._add()
            self._keep_room()
        return super().focusNextPrevChild(forwards)

    @property
    def _has_more(self) -> bool:
        return len(self.rows) < len(self.codes)

    def _add(self) -> GoodsRow:
        before = self._reached_before()
        code = self.codes[len(self.rows)]
        made = self.rows[code] = self._make(code)
        self._page.insertWidget(self._page.indexOf(self._unmade), made)
        made.show()  # at once: Tab comes to no hidden widget, and the height counts none
        if before is not None:
            made.come_after(before)
        return made

    def _reached_before(self) -> QWidget | None:
        """What Tab reaches before a row: the end of the row above, or what is before the grid."""
        above = next(reversed(self.rows.values()), None)
        return list(above.counters.values())[-1] if above is not None else tabbed_before(self)

    def _height(self) -> int:
        return sum(made.sizeHint().height() for made in self.rows.values())

    def _row_height(self) -> int:
        """The height of most rows, in pixels."""
        return self._height() // max(1, len(self.rows))

    def _keep_room(self) -> None:
        """Keeps room for the rows not made, so that the scroll bar is right."""
        left = len(self.codes) - len(self.rows)
        self._unmade.setVisible(left > 0)
        if left:
            self._unmade.setFixedHeight(left * self._row_height())


# -- The headings over a grid of goods -----------------------------------------------------------


class Heading(QFrame):
    """The headings, each over its column of the rows."""

    def __init__(self, ui: UiContext, columns: Columns) -> None:
        super().__init__()
        self.setObjectName("heading")
        self.setFixedHeight(ui.theme.px(36))
        self._counters: list[QLabel] = []
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._line = row((label(ui.t("Goods"), "label"), 1), parent=self, space=GAP)
        px = ui.theme.px
        if not columns.tight:
            stock = self._add(columns.stock, px(STOCK), right)
            stock.setMaximumWidth(px(2 * STOCK))  # wider, for names have room to spare
            self._add(columns.price, px(PRICE), right, margin=px(8))
        for each in columns.counters:
            made = self._add(each.title, px(columns.counter_width), Qt.AlignmentFlag.AlignCenter)
            self._counters.append(made)
        self._add(columns.amount, px(AMOUNT), right)
        self._line.setContentsMargins(GUTTER, 0, GUTTER, 0)

    def _add(
        self, title: str, width: int, alignment: Qt.AlignmentFlag, *, margin: int = 0
    ) -> QLabel:
        made = label(title, "label")
        made.setFixedWidth(width)
        made.setAlignment(alignment)
        made.setContentsMargins(0, 0, margin, 0)
        self._line.addWidget(made)
        return made

    def show_numbers(self, shown: bool) -> None:
        """Shows or hides the headings of the numbers."""
        for each in self._counters:
            each.setVisible(shown)


_LEAST = 100


class GoodsGrid(Composite):
    """The lines of a document as an input. Arrow keys go from number to number.

    Goods come after it was made (`show_goods`); a draft filled in before waits for them. It shows
    an error of a line in the line's row: `lines.2.taken` is the third filled row.
    """

    finished = Signal()
    """Enter was pressed in the last number."""
    wide_changed = Signal(bool)
    """Whether rows are on one line now."""

    def __init__(
        self,
        ui: UiContext,
        columns: Columns,
        make_row: Callable[[UiContext, Good, Columns, QWidget], GoodsRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ui, "label", parent)
        self.ui, self.columns, self._make_row = ui, columns, make_row
        self._filling, self._due = 0, False
        self._known: dict[str, Good] = {}
        self._waiting: list[Mapping[str, object]] | None = []
        self.is_wide = True
        """Whether a row is on one line."""
        self.heading = Heading(ui, columns)
        self._ground = RowsInSight(self._made)
        self.message.setContentsMargins(16, 8, 16, 8)
        column(self.heading, rule(), (self._scrolled(), 1), self.message, parent=self)

    def _scrolled(self) -> QScrollArea:
        self.area = Shrinking(self._ground, self.ui.theme.px(_LEAST), self)
        self.area.viewport().installEventFilter(self)
        self.area.verticalScrollBar().valueChanged.connect(self._show_seen)
        return self.area

    def _show_seen(self) -> None:
        below = self.area.verticalScrollBar().value()
        self._ground.show_down_to(below + self.area.viewport().height())

    # -- the rows --------------------------------------------------------------------------

    @property
    def rows(self) -> Mapping[str, GoodsRow]:
        """The rows made so far, by code; in the others nothing is filled in.

        A copy: a new layout may make more rows meanwhile.
        """
        return dict(self._ground.rows)

    @property
    def goods(self) -> list[Good]:
        """The goods of all rows, made or not."""
        return [self._known[code] for code in self._ground.codes]

    def row(self, code: str) -> GoodsRow | None:
        """The row of a code, None where it isn't in the grid."""
        return self._ground.row(code) if code in self._ground.codes else None

    def show_goods(self, goods: Sequence[Good], known: Sequence[Good] = ()) -> None:
        """Shows rows for these goods, in this order, and for those of `known`
        that are filled in.
        """
        lines = self.state()
        self._waiting = None
        with self._at_once():
            self._show_goods(goods, known, lines)

    def _show_goods(
        self,
        goods: Sequence[Good],
        known: Sequence[Good],
        lines: Sequence[Mapping[str, object]],
    ) -> None:
        self._known = {good.code: good for good in (*known, *goods)}
        named = [str(line.get("item")) for line in lines]
        codes = [good.code for good in goods]
        codes += [code for code in named if code in self._known and code not in codes]
        if codes == self._ground.codes:
            for code, row in self.rows.items():
                row.show_good(self._known[code])
        else:
            self._rebuild(codes)
            self._fill_in(_by_item(lines))

    def _row_changed(self) -> None:
        self._due = True
        if not self._filling:
            self._tell()

    def _tell(self) -> None:
        if self._due:
            self._due = False
            self.changed.emit()

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Emits `changed` once, however many rows change within."""
        self._filling += 1
        try:
            yield
        finally:
            self._filling -= 1
        if not self._filling:
            self._tell()

    def _rebuild(self, codes: Sequence[str]) -> None:
        """Shows other rows; the keyboard stays where it was."""
        here = self.window().focusWidget()  # also while the window isn't shown yet
        at = next((place for place in self._places() if here in _of(place[0])), None)
        self._ground.put(codes)
        self._show_seen()
        if at is not None and (row := self.row(at[1])) is not None:
            row.counters[at[2]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _places(self) -> Iterator[tuple[Counter, str, str]]:
        for code, each in self.rows.items():
            for key, counter in each.counters.items():
                yield counter, code, key

    def add_good(self, good: Good) -> GoodsRow:
        """Adds a row at the end and gives it, or the one that is there already."""
        self._known.setdefault(good.code, good)
        return self._ground.row(good.code)

    def _made(self, code: str) -> GoodsRow:
        made = self._make_row(self.ui, self._known[code], self.columns, self._ground)
        made.restore({})  # computed numbers look computed from the beginning
        made.changed.connect(self._row_changed)
        made.touched.connect(self.touch)
        made.moved.connect(self._move)
        made.lay_out(wide=self.is_wide)
        return made

    def add_below(self, widget: QWidget) -> None:
        """Adds a widget below the rows that scrolls with them."""
        self._ground.below.addWidget(widget)

    @property
    def filled(self) -> list[GoodsRow]:
        """The rows with a number in them."""
        return [row for row in self.rows.values() if row.is_filled]

    @property
    def amount(self) -> int:
        """What all lines come to, in rupiah."""
        return sum(row.amount for row in self.rows.values())

    def total(self, key: str) -> int:
        """The sum of the numbers of a column, in thousandths."""
        return sum(row.number(key) for row in self.rows.values())

    # -- moving with the keyboard ----------------------------------------------------------

    def focus_first(self) -> None:
        """Gives the first number the keyboard."""
        row = next(iter(self.rows.values()), None)
        if row is not None:
            self._focus(row, 0)

    def _move(self, counter: QWidget, rows: int, across: int) -> None:
        """Moves the keyboard by rows and columns; past the end of a row into the next."""
        codes, keys = self._ground.codes, [each.key for each in self.columns.counters]
        code, key = next((code, key) for at, code, key in self._places() if at is counter)
        goal, place = codes.index(code) + rows, keys.index(key) + across
        if not 0 <= place < len(keys):
            goal, place = (goal - 1, len(keys) - 1) if place < 0 else (goal + 1, 0)
        if 0 <= goal < len(codes):
            self._focus(self._ground.row(codes[goal]), place)
        elif across:
            self.finished.emit()

    def _focus(self, row: GoodsRow, place: int) -> None:
        row.show()  # first: Qt gives no hidden widget the keyboard
        list(row.counters.values())[place].setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(row, 0, 8)

    # -- as an input -----------------------------------------------------------------------

    def problem(self) -> str:
        """What is wrong, in words: nothing filled in, or what a row says; empty
        where nothing is.
        """
        if not self.filled:
            return self.ui.t("Fill in at least one kind of goods")
        return next(filter(None, (row.problem() for row in self.rows.values())), "")

    def state(self) -> list[Mapping[str, object]]:
        """What a draft keeps: the lines with a number in them."""
        if self._waiting is not None:
            return self._waiting
        states = [row.state() for row in self.rows.values()]
        return [state for state in states if len(state) > 1]

    def value(self) -> tuple[Any, ...]:
        """The lines of the command, one a filled row."""
        return tuple(row.value() for row in self.filled)

    def set_value(self, value: object) -> None:
        """Fills in lines of a document or draft, at once or when the goods are there."""
        found: Iterable[object] = value if isinstance(value, list | tuple) else ()
        lines: list[Mapping[str, object]] = [line for line in found if isinstance(line, dict)]
        with self._at_once():
            self._due = True
            if self._waiting is not None:
                self._waiting = lines
            else:
                self._fill(lines)

    def _fill(self, lines: Sequence[Mapping[str, object]]) -> None:
        by_item = _by_item(lines)
        for code, each in self.rows.items():
            if code not in by_item:
                each.restore({})
                each.was_touched = False
        self._fill_in(by_item)

    def _fill_in(self, by_item: Mapping[str, Mapping[str, object]]) -> None:
        """Fills in the rows of these items; the others stay as they are."""
        for code, line in by_item.items():
            if code in self._known:
                self.add_good(self._known[code]).restore(line)

    # -- as what shows its own message -----------------------------------------------------

    @property
    def field(self) -> QWidget:
        """What gets the keyboard: the first number of a row with an error, else
        of the first row.
        """
        wrong = (row for row in self.rows.values() if row.problem())
        row = next(wrong, None) or next(iter(self.filled or self.rows.values()), None)
        return next(iter(row.counters.values())) if row is not None else self

    def say_at(self, rest: str, text: str, tone: str = "error") -> bool:
        """Shows a message in the row that `rest` (`2.taken`) names; whether there is such a row."""
        row = at_line(rest, self.filled)
        if row is not None:
            row.say(text, tone)
        return row is not None

    def clear(self) -> None:
        """Clears the rows' messages."""
        for each in self.rows.values():
            each.say("")

    # -- room ------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Resize:
            self._show_seen()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        wide = self.width() >= self.ui.theme.px(self.columns.width())
        if wide != self.is_wide:
            self.is_wide = wide
            self.wide_changed.emit(wide)
            self.heading.show_numbers(wide)
            for row in self.rows.values():
                row.lay_out(wide=wide)
            self._show_seen()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self.ui.theme.px(240), super().minimumSizeHint().height())


def _by_item(lines: Iterable[Mapping[str, object]]) -> Mapping[str, Mapping[str, object]]:
    """One line for each item, for a grid has a row for each."""
    found: dict[str, Mapping[str, object]] = {}
    for line in lines:
        code = str(line.get("item"))
        found[code] = added(found[code], line) if code in found else line
    return found


def _of(counter: Counter) -> tuple[QWidget, QWidget | None]:
    """The widgets that have the keyboard when the counter does."""
    return counter, counter.focusProxy()
