"""The goods of a form: a heading, a row each, and what can still be added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from kwt_books.queries.selling import Good
from ui.forms.sale_parts.columns import Columns
from ui.forms.sale_parts.counter import Counter
from ui.forms.sale_parts.heading import Heading
from ui.forms.sale_parts.in_sight import RowsInSight
from ui.forms.sale_parts.row import GoodsRow, added
from ui.forms.sale_parts.shrinking import Shrinking
from ui.kit import Kit
from ui.widgets.label import column, label, rule

_LEAST = 100


class GoodsGrid(QWidget):
    """An input: the lines of a document. Arrow keys go from number to number.

    Goods come after it was made (`show_goods`); what was put back before that waits for them.
    It tells what is wrong with each line in its row: `lines.2.taken` is the third filled row.
    """

    changed = Signal()
    touched = Signal()
    finished = Signal()
    """Someone went on from the last number."""
    wide_changed = Signal(bool)
    """Whether a row stands on one line now."""

    def __init__(
        self, kit: Kit, columns: Columns, make_row: Callable[[Kit, Good, Columns], GoodsRow]
    ) -> None:
        super().__init__()
        self.kit, self.columns, self._make_row = kit, columns, make_row
        self.was_touched = False
        self._filling, self._due = 0, False
        self._known: dict[str, Good] = {}
        self._waiting: list[Mapping[str, object]] | None = []
        self.is_wide = True
        """Whether a row stands on one line."""
        page = column(self)
        self.heading = Heading(kit, columns)
        page.addWidget(self.heading)
        page.addWidget(rule())
        self._ground = RowsInSight(self._made)
        page.addWidget(self._scrolled(), 1)
        self._message = label("", "label", "error", wrap=True)
        self._message.setContentsMargins(16, 8, 16, 8)
        self._message.hide()
        page.addWidget(self._message)

    def _scrolled(self) -> QScrollArea:
        self.area = Shrinking(self._ground, self.kit.theme.px(_LEAST))
        self.area.viewport().installEventFilter(self)
        self.area.verticalScrollBar().valueChanged.connect(self._show_seen)
        return self.area

    def _show_seen(self) -> None:
        below = self.area.verticalScrollBar().value()
        self._ground.show_down_to(below + self.area.viewport().height())

    # -- the rows --------------------------------------------------------------------------

    @property
    def rows(self) -> Mapping[str, GoodsRow]:
        """Those that have been looked at so far; in the others nothing is filled in.

        A copy: what is laid out anew may bring others into sight.
        """
        return dict(self._ground.rows)

    @property
    def goods(self) -> list[Good]:
        """Of all rows, made or not."""
        return [self._known[code] for code in self._ground.codes]

    def row(self, code: str) -> GoodsRow | None:
        """Where these goods are filled in, if they are here."""
        return self._ground.row(code) if code in self._ground.codes else None

    def show_goods(self, goods: Sequence[Good], known: Sequence[Good] = ()) -> None:
        """Rows for these goods, in this order, and for those of `known` that are filled in."""
        lines, first = self.state(), self._waiting is not None
        self._waiting = None
        with self._at_once():
            self._show_goods(goods, known, lines, first=first)

    def _show_goods(
        self,
        goods: Sequence[Good],
        known: Sequence[Good],
        lines: Sequence[Mapping[str, object]],
        *,
        first: bool,
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
            first = True
        if first:
            self._fill(lines)

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
        """However many rows change: who adds them up is told once."""
        self._filling += 1
        try:
            yield
        finally:
            self._filling -= 1
        if not self._filling:
            self._tell()

    def _rebuild(self, codes: Sequence[str]) -> None:
        """Other rows; the keyboard stays where it was."""
        here = self.window().focusWidget()  # also while the window does not stand there yet
        at = next((place for place in self._places() if here in _of(place[0])), None)
        self._ground.put(codes)
        self._show_seen()
        if at is not None and (row := self.row(at[1])) is not None:
            row.counters[at[2]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _places(self) -> Iterator[tuple[Counter, str, str]]:
        for code, row in self.rows.items():
            for key, counter in row.counters.items():
                yield counter, code, key

    def add_good(self, good: Good) -> GoodsRow:
        """A row at the end; the one that is there already."""
        self._known.setdefault(good.code, good)
        return self._ground.row(good.code)

    def _made(self, code: str) -> GoodsRow:
        made = self._make_row(self.kit, self._known[code], self.columns)
        made.restore({})  # numbers that follow look like it from the beginning
        made.changed.connect(self._row_changed)
        made.touched.connect(self._row_touched)
        made.moved.connect(self._move)
        made.lay_out(wide=self.is_wide)
        return made

    def add_below(self, widget: QWidget) -> None:
        """Something that comes after the rows and scrolls with them."""
        self._ground.below.addWidget(widget)

    @property
    def filled(self) -> list[GoodsRow]:
        return [row for row in self.rows.values() if row.is_filled]

    @property
    def amount(self) -> int:
        return sum(row.amount for row in self.rows.values())

    def total(self, key: str) -> int:
        return sum(row.number(key) for row in self.rows.values())

    def _row_touched(self) -> None:
        self.was_touched = True
        self.touched.emit()

    # -- going about with the keyboard -----------------------------------------------------

    def focus_first(self) -> None:
        row = next(iter(self.rows.values()), None)
        if row is not None:
            self._focus(row, 0)

    def _move(self, counter: QWidget, rows: int, across: int) -> None:
        """From one number to another; past the end of a row into the next."""
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
        row.show()  # now: a window that comes forward leaves the keyboard to nobody unseen
        list(row.counters.values())[place].setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(row, 0, 8)

    # -- as an input -----------------------------------------------------------------------

    def problem(self) -> str:
        if not self.filled:
            return self.kit.t("Fill in at least one kind of goods")
        return next(filter(None, (row.problem() for row in self.rows.values())), "")

    def state(self) -> list[Mapping[str, object]]:
        if self._waiting is not None:
            return self._waiting
        states = [row.state() for row in self.rows.values()]
        return [state for state in states if len(state) > 1]

    def restore(self, state: object) -> None:
        found: Iterable[object] = state if isinstance(state, list | tuple) else ()
        lines: list[Mapping[str, object]] = [line for line in found if isinstance(line, dict)]
        with self._at_once():
            self._due = True
            if self._waiting is not None:
                self._waiting = lines
            else:
                self._fill(lines)

    def _fill(self, lines: Sequence[Mapping[str, object]]) -> None:
        by_item: dict[str, Mapping[str, object]] = {}
        for line in lines:
            code = str(line.get("item"))
            by_item[code] = added(by_item[code], line) if code in by_item else line
            if code in self._known:
                self.add_good(self._known[code])
        for code, row in self.rows.items():
            row.restore(by_item.get(code, {}))
            if code not in by_item:
                row.was_touched = False

    # -- as a teller -----------------------------------------------------------------------

    @property
    def field(self) -> QWidget:
        wrong = (row for row in self.rows.values() if row.problem())
        row = next(wrong, None) or next(iter(self.filled or self.rows.values()), None)
        return next(iter(row.counters.values())) if row is not None else self

    def say(self, text: str, tone: str = "") -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))

    def say_at(self, rest: str, text: str) -> bool:
        number = rest.partition(".")[0]
        if not number.isdecimal() or int(number) >= len(self.filled):
            return False
        self.filled[int(number)].say(text, "error")
        return True

    def clear(self) -> None:
        for row in self.rows.values():
            row.say("")

    # -- room ------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Resize:
            bar = self.width() - self.area.viewport().width()
            self.heading.leave_room(bar)
            self._show_seen()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        wide = self.width() >= self.kit.theme.px(self.columns.width())
        if wide != self.is_wide:
            self.is_wide = wide
            self.wide_changed.emit(wide)
            self.heading.show_numbers(wide)
            for row in self.rows.values():
                row.lay_out(wide=wide)
            self._show_seen()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self.kit.theme.px(240), super().minimumSizeHint().height())


def _of(counter: Counter) -> tuple[QWidget, QWidget | None]:
    """Who has the keyboard when the counter does."""
    return counter, counter.focusProxy()
