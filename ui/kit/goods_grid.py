"""The goods of a form: a heading, a row each, and what can still be added."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kwt_books.i18n.catalogue import noop
from kwt_books.queries.selling import Good
from ui.kit.button import Button
from ui.kit.card import Disc
from ui.kit.field import Kept
from ui.kit.goods_row import (
    AMOUNT,
    GAP,
    PRICE,
    STOCK,
    Columns,
    Counter,
    GoodsRow,
    added,
    name_and_size,
)
from ui.kit.layout import (
    Elided,
    Shrinking,
    column,
    figures,
    fill,
    label,
    row,
    rule,
    tabbed_before,
    tooltip,
)
from ui.kit.look import GUTTER, UiContext
from ui.kit.picker import Picker
from ui.kit.workspace import Workspace

# -- Rows of goods, made as far down as one can see ----------------------------------------------


_AHEAD = 2
"""Rows below the last one that is seen: where Tab and the arrow keys go next."""


class RowsInSight(QWidget):
    """A row is some twenty widgets: of many goods only those are made that are looked at.

    `rows` has what is made, always the first of `codes`; below them room is kept for the
    others. Who does not look but listens gets all of them at once.
    """

    def __init__(self, make: Callable[[str], GoodsRow]) -> None:
        super().__init__()
        self._make = make
        self.codes: list[str] = []
        self.rows: dict[str, GoodsRow] = {}
        self._unmade = QWidget()
        self._page: QVBoxLayout = column(self._unmade, parent=self)
        self.below: QVBoxLayout = column()
        """Something that comes after the rows and scrolls with them."""
        self._page.addLayout(self.below)
        self._page.addStretch()  # without a share of its own: what is below may want the room
        self._keep_room()

    def put(self, codes: Sequence[str]) -> None:
        """Other rows than those there were."""
        old = list(self.rows.values())
        self.rows.clear()  # first: what is hidden moves the keyboard, and with it what is seen
        self.codes = []
        for gone in old:
            self._page.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.codes = list(codes)
        self._keep_room()

    def row(self, code: str) -> GoodsRow:
        """Its row; made, with all above it, if it was not yet. A new code comes last."""
        if code not in self.codes:
            self.codes.append(code)
        while code not in self.rows:
            self._add()
        self._keep_room()
        return self.rows[code]

    def show_down_to(self, bottom: int) -> None:
        """Makes what is above `bottom`, and a little more."""
        listening = QAccessible.isActive()
        while len(self.rows) < len(self.codes):
            height = self._height()
            if not listening and self.rows and height - self._row_height() * _AHEAD > bottom:
                break
            self._add()
        self._keep_room()

    def _add(self) -> None:
        before = self._reached_before()
        code = self.codes[len(self.rows)]
        made = self.rows[code] = self._make(code)
        self._page.insertWidget(self._page.indexOf(self._unmade), made)
        if before is not None:
            made.come_after(before)

    def _reached_before(self) -> QWidget | None:
        """The end of the row above, or what Tab reaches before all rows."""
        above = next(reversed(self.rows.values()), None)
        return list(above.counters.values())[-1] if above is not None else tabbed_before(self)

    def _height(self) -> int:
        return sum(made.sizeHint().height() for made in self.rows.values())

    def _row_height(self) -> int:
        """Of a row as most are."""
        return self._height() // max(1, len(self.rows))

    def _keep_room(self) -> None:
        """The bar at the side moves as if all were there."""
        left = len(self.codes) - len(self.rows)
        self._unmade.setVisible(left > 0)
        self._unmade.setFixedHeight(left * self._row_height())


# -- The headings over a grid of goods -----------------------------------------------------------


class Heading(QFrame):
    """Each stands over its column, as the rows are laid out."""

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
            stock.setMaximumWidth(px(2 * STOCK))  # into the room of the names
            self._add(columns.price, px(PRICE), right, margin=px(7))
        for each in columns.counters:
            made = self._add(each.title, px(columns.counter_width), Qt.AlignmentFlag.AlignCenter)
            self._counters.append(made)
        self._add(columns.amount, px(AMOUNT), right)
        self.leave_room(0)

    def _add(
        self, title: str, width: int, alignment: Qt.AlignmentFlag, *, margin: int = 0
    ) -> QLabel:
        made = label(title, "label")
        made.setFixedWidth(width)
        made.setAlignment(alignment)
        made.setContentsMargins(0, 0, margin, 0)
        self._line.addWidget(made)
        return made

    def leave_room(self, right: int) -> None:
        """For the scroll bar beside the rows."""
        self._line.setContentsMargins(GUTTER, 0, GUTTER + right, 0)

    def show_numbers(self, shown: bool) -> None:
        for each in self._counters:
            each.setVisible(shown)


_LEAST = 100


class GoodsGrid(Kept, QWidget):
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
        self,
        ui: UiContext,
        columns: Columns,
        make_row: Callable[[UiContext, Good, Columns], GoodsRow],
    ) -> None:
        super().__init__()
        self.ui, self.columns, self._make_row = ui, columns, make_row
        self.was_touched = False
        self._filling, self._due = 0, False
        self._known: dict[str, Good] = {}
        self._waiting: list[Mapping[str, object]] | None = []
        self.is_wide = True
        """Whether a row stands on one line."""
        self.heading = Heading(ui, columns)
        self._ground = RowsInSight(self._made)
        self._message = label("", "label", "error", wrap=True)
        self._message.setContentsMargins(16, 8, 16, 8)
        self._message.hide()
        column(self.heading, rule(), (self._scrolled(), 1), self._message, parent=self)

    def _scrolled(self) -> QScrollArea:
        self.area = Shrinking(self._ground, self.ui.theme.px(_LEAST))
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
        for code, good in self.rows.items():
            for key, counter in good.counters.items():
                yield counter, code, key

    def add_good(self, good: Good) -> GoodsRow:
        """A row at the end; the one that is there already."""
        self._known.setdefault(good.code, good)
        return self._ground.row(good.code)

    def _made(self, code: str) -> GoodsRow:
        made = self._make_row(self.ui, self._known[code], self.columns)
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
            return self.ui.t("Fill in at least one kind of goods")
        return next(filter(None, (row.problem() for row in self.rows.values())), "")

    def state(self) -> list[Mapping[str, object]]:
        if self._waiting is not None:
            return self._waiting
        states = [row.state() for row in self.rows.values()]
        return [state for state in states if len(state) > 1]

    def value(self) -> tuple[Any, ...]:
        return tuple(row.value() for row in self.filled)

    def set_value(self, value: object) -> None:
        found: Iterable[object] = value if isinstance(value, list | tuple) else ()
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
        for code, good in self.rows.items():
            good.restore(by_item.get(code, {}))
            if code not in by_item:
                good.was_touched = False

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
        for good in self.rows.values():
            good.say("")

    # -- room ------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Resize:
            bar = self.width() - self.area.viewport().width()
            self.heading.leave_room(bar)
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


def _of(counter: Counter) -> tuple[QWidget, QWidget | None]:
    """Who has the keyboard when the counter does."""
    return counter, counter.focusProxy()


# -- Below the rows: goods that are out of stock, and a way to add others ------------------------


_NAMED = 8
"""As many goods as this are all named, in stock or not."""
_SOURCES = {
    "produce": (noop("Nothing in store, harvest first"), "harvest"),
    "finished": (noop("Nothing in store, produce first"), "production"),
    "seedling": (noop("Nothing ready for sale yet"), "seedlings_ready"),
}
"""By class of goods: what is said, and the form that brings some."""


class GoneRow(QWidget):
    """Goods that there are none of, in the columns of the grid."""

    def __init__(self, workspace: Workspace, good: Good, columns: Columns) -> None:
        super().__init__()
        self.code = good.code
        ui = workspace.ui
        page = column(parent=self)
        name, size = name_and_size(good.name, good.unit)
        said = Elided(name, "body", "quiet")
        said.setToolTip(tooltip(f"{good.name}, {size}"))
        line = row((said, 1), space=GAP, margins=(GUTTER, 4, GUTTER, 4))
        self._add(line, figures(ui, "0", tone="quiet"), ui.theme.px(STOCK))
        price = ui.formats.number(good.price) if good.price else "–"
        made = figures(ui, price, tone="quiet")
        made.setContentsMargins(0, 0, ui.theme.px(7), 0)
        self._add(line, made, ui.theme.px(PRICE))
        text, form = _SOURCES.get(good.item_class, (noop("Nothing in store"), ""))
        counters = len(columns.counters) * (columns.counter_width + GAP) - GAP
        self._rest = ui.theme.px(counters + AMOUNT + GAP)
        self._least = ui.theme.px(120)
        self._said: QWidget = Elided(ui.t(text), "caption")
        self.button: Button | None = None
        if form:
            button = Button(ui, ui.t(text), kind="quiet", scale="small").hint(ui.t(text))
            button.setProperty("calm", True)
            self._said = self.button = button.when_clicked(
                lambda: workspace.open_form(form, item=good.code)
            )
        self._add(line, self._said, self._rest)
        fill(page, line, rule(thin=True))

    def lay_out(self, *, wide: bool) -> None:
        """In the columns of the grid, or in as little room as there is."""
        self._said.setMinimumWidth(self._rest if wide else self._least)
        self._said.setMaximumWidth(self._rest)

    @staticmethod
    def _add(line: QHBoxLayout, widget: QWidget, width: int) -> None:
        widget.setFixedWidth(width)
        line.addWidget(widget)


class MoreGoods(QWidget):
    """`show_goods` after the grid has got its rows."""

    def __init__(self, workspace: Workspace, grid: GoodsGrid) -> None:
        super().__init__()
        self._workspace, self._ui, self._grid = workspace, workspace.ui, grid
        self._goods: dict[str, Good] = {}
        self.gone: list[GoneRow] = []
        self._rows = column()
        self._nothing = self._make_nothing()
        page = column(self._rows, self._nothing, parent=self)
        grid.wide_changed.connect(self._lay_out)
        self._foot = QWidget()
        t = self._ui.t
        self.add = Button(self._ui, t("Add goods"), "plus", kind="quiet").when_clicked(self._pick)
        self.picker = Picker(self._ui, required=False, placeholder=t("Type the name of the goods"))
        self.picker.setAccessibleName(t("Add goods"))
        self.picker.setFixedWidth(self._ui.theme.px(260))
        self.picker.changed.connect(self._picked)
        self.picker.hide()
        line = row(self.add, self.picker, parent=self._foot, space=8, margins=(4, 8, GUTTER, 8))
        self.line = line
        """Where other things to add may stand as well."""
        line.addStretch(1)
        page.addWidget(self._foot)

    def _make_nothing(self) -> QWidget:
        """What is shown in a book that has nothing to sell."""
        t, made = self._ui.t, QWidget()
        centre, policy = Qt.AlignmentFlag.AlignHCenter, QSizePolicy.Policy
        made.setSizePolicy(policy.Preferred, policy.Expanding)
        button = Button(self._ui, t("Open the settings"), "gear-six")
        column(
            ...,
            (Disc(self._ui, "shopping-bag-open", 56), 0, centre),
            (label(t("There is nothing to sell yet"), "card"), 0, centre),
            (label(t("Set up what is grown and sold, with prices."), "caption"), 0, centre),
            (button.when_clicked(lambda: self._workspace.go("settings", "items")), 0, centre),
            ...,
            parent=made,
            space=8,
            margins=32,
        )
        made.hide()
        return made

    def _lay_out(self, wide: bool) -> None:
        for gone in self.gone:
            gone.lay_out(wide=wide)

    def show_goods(self, goods: Sequence[Good], named: Collection[str] | None) -> None:
        """`named`: the goods that are shown even if there are none; None: no such are."""
        self._nothing.setVisible(not goods)
        self._foot.setVisible(bool(goods))
        self._goods = {good.code: good for good in goods}
        for old in self.gone:
            self._rows.removeWidget(old)
            old.deleteLater()
        few, there = len(goods) <= _NAMED, self._there
        shown = [good for good in goods if few or good.code in (named or ())]
        if named is None:
            shown = []
        self.gone = [
            GoneRow(self._workspace, good, self._grid.columns)
            for good in shown
            if good.code not in there
        ]
        for made in self.gone:
            made.lay_out(wide=self._grid.is_wide)
            self._rows.addWidget(made)
            self._put_in_tab_order(made)
        self._offer()

    def _put_in_tab_order(self, made: GoneRow) -> None:
        """Behind the goods above it, not behind all of the window."""
        before = tabbed_before(self.add)
        if before is not None and made.button is not None:
            QWidget.setTabOrder(before, made.button)

    @property
    def _there(self) -> set[str]:
        return {good.code for good in self._grid.goods}

    def _offer(self) -> None:
        there = self._there
        left = [good for good in self._goods.values() if good.code not in there]
        self.picker.set_choices([(good.code, good.name) for good in left])
        self.add.setVisible(bool(left) and self.picker.isHidden())
        for gone in self.gone:
            gone.setVisible(gone.code not in there)

    def _pick(self) -> None:
        self.add.hide()
        self.picker.show()
        self.picker.setFocus(Qt.FocusReason.TabFocusReason)

    def _picked(self) -> None:
        code = self.picker.value()
        if code is not None:
            self.picker.hide()
            self.picker.set_value(None)
            self.take(code)

    def take(self, code: str) -> None:
        """A row to fill in, though the book has none of it yet."""
        made = self._grid.add_good(self._goods[code])
        self._offer()
        next(iter(made.counters.values())).setFocus(Qt.FocusReason.TabFocusReason)
