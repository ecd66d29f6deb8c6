"""Hitung stok, what is really there against what the book says; and goods shared out to members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QWidget

from kwt_books.book import Book
from kwt_books.domain.accounts import OVERAGE, SPOILAGE
from kwt_books.domain.documents.buying import Distribution
from kwt_books.domain.documents.stock import CountLine, StockCount
from kwt_books.domain.posting import STORE
from kwt_books.domain.values import parse_quantity
from kwt_books.i18n.catalogue import capitalised, noop
from kwt_books.queries.layers import StockedItem, StockOnHand, Supplies, stock_on_hand
from kwt_books.reports.stock import count_sheet
from kwt_books.services.recorder import Preview
from ui.kit.button import Button
from ui.kit.card import Card, Icon, Note, bare
from ui.kit.composite import Composite
from ui.kit.document_form import FarmForm, level
from ui.kit.field import QuantityField
from ui.kit.form import FormWindow, opens
from ui.kit.layout import (
    Elided,
    column,
    discard,
    figures,
    fill,
    grid_layout,
    label,
    open_up,
    row,
    rule,
    say,
    tabbed_before,
)
from ui.kit.lines import GoodsLines
from ui.kit.look import GUTTER, ICON_SMALL, UiContext, restyle
from ui.kit.messages import Message, Touched, at_line
from ui.kit.picker import Picker
from ui.kit.printing import show_paper
from ui.kit.scrolling import Beside, Scrolling
from ui.kit.workspace import Given, Workspace

# -- One item to be counted: what the book says, what was counted, the difference in words -------


_MIDDLE = Qt.AlignmentFlag.AlignVCenter
BOOK, COUNTED, DIFFERENCE = 110, 140, 170
"""Widths of the columns, pixels at a text size of 100 percent."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class Counted:
    """An item at a place, and thousandths of it by the book."""

    code: str
    name: str
    unit: str
    book: int


class CountRow(Touched):
    """The row of an item to be counted."""

    changed = Signal()
    moved = Signal(int)
    """So many rows down from here."""

    def __init__(self, ui: UiContext, item: Counted) -> None:
        super().__init__()
        self._ui, self.item = ui, item
        self.field = QuantityField(ui, unit=item.unit, required=False)
        self.field.setAccessibleName(ui.t("{item}, counted", item=item.name))
        self.field.changed.connect(self._changed)
        self.field.installEventFilter(self)
        px = ui.theme.px
        grid = grid_layout(self, across=12, down=2, margins=(GUTTER, 8, GUTTER, 8), wide=0)
        grid.addWidget(label(item.name, "strong", wrap=True), 0, 0)
        self._book = figures(ui)
        self._book.setFixedWidth(px(BOOK))
        self.field.setFixedWidth(px(COUNTED))
        grid.addWidget(self._book, 0, 1, _MIDDLE)
        grid.addWidget(self.field, 0, 2, _MIDDLE)
        grid.addWidget(self._make_difference(), 0, 3, _MIDDLE)
        self._message = Message(ui)
        grid.addWidget(self._message, 1, 0, 1, 4)
        self.show_item(item)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setPen(self._ui.theme.color("grid"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _make_difference(self) -> QWidget:
        ground = QWidget()
        ground.setFixedWidth(self._ui.theme.px(DIFFERENCE))
        self._icon = Icon(self._ui, "check-circle", "accent_text", ICON_SMALL)
        self.difference = Elided("", "label")
        row(self._icon, (self.difference, 1), parent=ground, space=6)
        return ground

    def show_item(self, item: Counted) -> None:
        """As the book has it now."""
        self.item = item
        self._book.setText(f"{self._ui.formats.quantity(item.book)} {item.unit}")
        self._show_difference()

    def _changed(self) -> None:
        self._show_difference()
        self.changed.emit()

    def _show_difference(self) -> None:
        counted, t = self.field.value(), self._ui.t
        self._icon.setVisible(counted is not None)
        if counted is None:
            self.difference.setText("")
            return
        more = counted - self.item.book
        amount = f"{self._ui.formats.quantity(abs(more))} {self.item.unit}"
        if not more:
            text, tone, icon = t("agrees"), "good", "check-circle"
        elif more < 0:
            text, tone, icon = t("{quantity} short", quantity=amount), "warn", "arrow-down"
        else:
            text, tone, icon = t("{quantity} over", quantity=amount), "warn", "arrow-up"
        say(self.difference, text, tone)
        self._icon.show_icon(icon, "accent_text" if tone == "good" else "amber")

    def kept(self) -> int | str:
        """What a draft keeps: thousandths, or the text that is no number."""
        counted = self.field.value()
        return counted if isinstance(counted, int) else self.field.text()

    @property
    def is_filled(self) -> bool:
        """Whether anything was typed."""
        return bool(self.field.text().strip())

    def say(self, text: str, tone: str = "error") -> None:
        """Shows a message below the row; an empty one hides it."""
        self._message.say(text, tone)
        restyle(self.field, tone=tone if text else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self.moved.emit(step)
                return True
        return super().eventFilter(watched, event)


# -- Items to be counted, row by row -------------------------------------------------------------


class CountGrid(Composite):
    """An input: what was counted, by item; items left blank were not counted.

    It tells what is wrong with each line in its row.
    """

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui, "label")
        self.rows: dict[str, CountRow] = {}
        self._waiting: dict[str, int | str] = {}
        ground = bare()
        self.below = column()
        self._page = column(self.below, ..., parent=ground)
        self._area = Scrolling(ground)
        self._area.setMinimumHeight(ui.theme.px(220))
        self.message.setContentsMargins(GUTTER, 8, GUTTER, 8)
        column(self._heading(), rule(), (self._area, 1), self.message, parent=self)

    def _heading(self) -> QFrame:
        t, px, head = self._ui.t, self._ui.theme.px, QFrame()
        head.setObjectName("heading")
        head.setFixedHeight(px(36))
        line = row((Elided(t("Item"), "label"), 1), parent=head, space=12)
        line.setContentsMargins(GUTTER, 0, GUTTER, 0)
        for title, width in ((t("As recorded"), BOOK), (t("Counted"), COUNTED)):
            words = label(title, "label")
            words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            words.setFixedWidth(px(width))
            line.addWidget(words)
        words = label(t("Difference"), "label")
        words.setFixedWidth(px(DIFFERENCE))
        line.addWidget(words)
        return head

    # -- rows ------------------------------------------------------------------------------

    def show_items(self, items: Sequence[Counted]) -> None:
        """Rows for these items, in this order. What was filled in stays."""
        texts = self.state()
        if [item.code for item in items] == list(self.rows):
            for item in items:
                self.rows[item.code].show_item(item)
        else:
            for gone in self.rows.values():
                self._page.removeWidget(gone)
                discard(gone)
            self.rows = {}
            for item in items:
                self.add_item(item)
        self._fill(texts)

    def add_item(self, item: Counted) -> CountRow:
        """Adds a row at the end, and gives it."""
        made = CountRow(self._ui, item)
        self.rows[item.code] = made
        made.changed.connect(self.changed)
        made.touched.connect(self.touch)
        made.moved.connect(lambda step: self._move(made, step))
        self._page.insertWidget(self._page.count() - 2, made)
        above = [row.field for row in self.rows.values() if row is not made]
        before = above[-1] if above else tabbed_before(self)
        if before is not None:
            QWidget.setTabOrder(before, made.field)
        return made

    def _move(self, start: CountRow, step: int) -> None:
        rows = list(self.rows.values())
        at = rows.index(start) + step
        if 0 <= at < len(rows):
            self.focus_row(rows[at])

    def focus_row(self, wanted: CountRow) -> None:
        """Gives a row the keyboard, and scrolls to it."""
        wanted.field.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(wanted, 0, 8)

    def focus_first(self) -> None:
        """Gives the first row the keyboard."""
        if self.rows:
            self.focus_row(next(iter(self.rows.values())))

    @property
    def filled(self) -> list[CountRow]:
        """The rows in which something was typed."""
        return [each for each in self.rows.values() if each.is_filled]

    # -- as an input -----------------------------------------------------------------------

    def problem(self) -> str:
        """What is wrong, in words: nothing filled in, or a row's problem; empty
        where nothing is.
        """
        if not self.filled:
            return self._ui.t("Fill in what you counted")
        return next(filter(None, (each.field.problem() for each in self.filled)), "")

    def state(self) -> dict[str, int | str]:
        """What a draft keeps: thousandths by item, and texts that are no number."""
        filled = {code: each.kept() for code, each in self.rows.items() if each.is_filled}
        return {**self._waiting, **filled}

    def value(self) -> tuple[CountLine, ...]:
        """The lines of the count, in thousandths."""
        return tuple(
            CountLine(item=each.item.code, counted=each.field.value() or 0) for each in self.filled
        )

    def set_value(self, value: object) -> None:
        """Fills in what `state` gave; what is of items not shown yet waits for them."""
        found = value if isinstance(value, dict) else {}
        self._waiting = {}
        kept = {code: each if isinstance(each, int) else str(each) for code, each in found.items()}
        self._fill(kept, every=True)
        self.changed.emit()

    def _fill(self, kept: Mapping[str, int | str], *, every: bool = False) -> None:
        """What belongs to items that are not there yet waits for them."""
        self._waiting = {code: each for code, each in kept.items() if code not in self.rows}
        for code, each in self.rows.items():
            if every or code in kept:
                each.field.set_value(kept.get(code, ""))

    # -- as a teller -----------------------------------------------------------------------

    @property
    def field(self) -> QWidget:
        """What gets the keyboard: the first row with a problem, else the first filled one."""
        wrong = (each for each in self.filled if each.field.problem())
        first = next(wrong, None) or next(iter(self.filled or self.rows.values()), None)
        return first.field if first is not None else self

    def say_at(self, rest: str, text: str, tone: str = "error") -> bool:
        """Shows a message in the row that `rest` (`2.counted`) names; whether
        there is such a row.
        """
        row = at_line(rest, self.filled)
        if row is not None:
            row.say(text, tone)
        return row is not None

    def clear(self) -> None:
        """Clears the rows' messages."""
        for each in self.rows.values():
            each.say("")


_ASIDE, _LEAST, _HIGH, _FIELDS = 316, 620, 820, 320
_WIDE = 720
"""What the list has in a window of its own: names on one line."""


class StockCountForm(FarmForm):
    """A part of the page of stock; its buttons are its own."""

    makes = StockCount

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "stock_count", given)
        self.place, self.grid = Picker(self.ui), CountGrid(self.ui)
        self.place.set_value(STORE)
        self._typed: dict[str, dict[str, int | str]] = {}
        self._shown = STORE
        card = Card(margins=0, space=0)
        fill(card.body, self._top(), rule())
        self.add("lines", self.grid, self.grid)
        self._add_more()
        card.body.addWidget(self.grid, 1)
        self.body.addWidget(Beside(self.ui, card, self._aside(), _ASIDE, _LEAST), 1)
        self.place.changed.connect(self._place_changed)
        self.changed.connect(self._show_progress)
        self._given = {**given, "lines": _counts(given)} if "lines" in given else given
        self.start()

    # -- layout ----------------------------------------------------------------------------

    def _top(self) -> QGridLayout:
        t, grid = self.t, grid_layout(across=12, margins=(GUTTER, 12, GUTTER, 6))
        fields = (self.labelled("place", t("Counted at"), self.place), self.day_field())
        for at, field in enumerate(fields):
            field.setMaximumWidth(self.ui.theme.px(_FIELDS))
            grid.addWidget(field, 0, at)
        sheet = Button(self.ui, t("Count sheet"), "printer")
        sheet.hint(t("A list to be filled in with a pencil")).when_clicked(self.print_sheet)
        grid.addWidget(level(sheet), 0, 2)
        for at, share in enumerate((400, 400, 0, 1)):  # on a wide screen the rest is free
            grid.setColumnStretch(at, share)
        return grid

    def _add_more(self) -> None:
        """Goods that the book knows nothing of here."""
        self.more = Picker(self.ui, required=False, placeholder=self.t("Something else found"))
        self.more.setAccessibleName(self.t("Something else found"))
        self.more.changed.connect(self._add_found)
        line = row((self.more, 1), ..., space=8, margins=(GUTTER, 10, GUTTER, 12))
        self.grid.below.addLayout(line)

    def _aside(self) -> Card:
        t, card = self.t, Card(self.t("Result of the count"))
        self.figures: dict[str, QLabel] = {}
        grid = grid_layout(down=6, wide=0)
        for at, (name, title) in enumerate(
            (("done", t("Counted so far")), ("short", t("Short")), ("over", t("Over")))
        ):
            self.figures[name] = figures(self.ui, "", "strong")
            grid.addWidget(Elided(title, "caption"), at, 0)
            grid.addWidget(self.figures[name], at, 1)
        card.body.addLayout(grid)
        self.outcome = Note(self.ui)
        fill(card.body, self.outcome, self.memo_field(), ...)
        words = t("Items left blank were not counted; they stay as they are in the book.")
        card.body.addWidget(label(words, "caption", wrap=True))
        self.save_button = Button(self.ui, t("Save"), kind="primary", scale="large")
        self.save_button.hint(t("Save"), "Ctrl+S").when_clicked(self.save)
        self.locks(self.save_button)
        card.body.addWidget(self.save_button)
        return card

    # -- what is there ---------------------------------------------------------------------

    def ask(self, book: Book) -> StockOnHand:
        """What the book has at each place; runs on the worker."""
        return book.read(stock_on_hand)

    def learnt(self, known: StockOnHand) -> None:
        store = capitalised(self.t("store"))
        self.place.set_choices([(place, name or store) for place, name in known.places])
        self._shown = self.place.value() or STORE
        self._show_items()

    def _show_items(self) -> None:
        known: StockOnHand | None = self.known
        if known is None:
            return
        typed = self.grid.state()
        there = [item for item in known.items if item.at(self._shown) or item.code in typed]
        self.grid.show_items([self._counted(item) for item in there])
        self._offer_rest()
        self._show_progress()

    def _counted(self, item: StockedItem) -> Counted:
        return Counted(item.code, item.name, item.unit, item.at(self._shown))

    def _place_changed(self) -> None:
        """What was typed at one place waits there."""
        place = self.place.value()
        if place is None or place == self._shown:
            return
        self._typed[self._shown] = self.grid.state()
        self._shown = place
        self.grid.set_value(self._typed.get(place, {}))
        self._show_items()

    def _add_found(self) -> None:
        code = self.more.value()
        item = self.known.item(code) if self.known is not None and code else None
        if item is not None:
            self.grid.focus_row(self.grid.add_item(self._counted(item)))
            self._show_progress()
            QTimer.singleShot(0, self, self._offer_rest)  # the list is still open now

    def _offer_rest(self) -> None:
        known: StockOnHand | None = self.known
        if known is not None:
            if self.more.value() is not None:  # it has a row now; words half typed stay
                self.more.set_value(None)
            rest = [item for item in known.items if item.code not in self.grid.rows]
            self.more.set_choices([(item.code, item.name) for item in rest])

    # -- what comes of it ------------------------------------------------------------------

    def _show_progress(self) -> None:
        done = self.t("{done} of {all}", done=len(self.grid.filled), all=len(self.grid.rows))
        self.figures["done"].setText(done)

    def preview(self, preview: Preview) -> None:
        """Shows what is short and over, in rupiah, and whether the count agrees with the book."""
        t, rupiah = self.t, self.ui.formats.rupiah
        short = sum(each.amount for each in preview.postings if each.account == SPOILAGE)
        over = -sum(each.amount for each in preview.postings if each.account == OVERAGE)
        for name, amount in (("short", short), ("over", over)):
            say(self.figures[name], rupiah(amount) if amount else "–", "warn" if amount else "")
        filled = self.grid.filled
        readable = filled and not self.grid.problem() and not preview.issues
        if not readable:
            self.tell("")
        elif all(each.field.value() == each.item.book for each in filled):
            self.tell(t("What was counted agrees with the book."), "good", strong=t("All right."))
        else:
            words = t("Missing goods become a cost, extra goods an income.")
            self.tell(words, "warn", strong=t("The book follows the count."))

    def print_sheet(self) -> None:
        """Shows the count sheet of the place as it would be printed."""
        place, language = self._shown, self.ui.language
        name = self.t("Count sheet")
        show_paper(
            self.workspace,
            name,
            lambda book: book.paper(language, count_sheet, place),
            self.window(),
        )

    def start_anew(self) -> None:
        """Empties the form, for all places."""
        super().start_anew()
        self._typed.clear()  # last: leaving a place keeps what was typed there


def _counts(given: Given) -> dict[str, int]:
    """The lines of a count as the grid takes them back: thousandths by item."""
    lines = given["lines"]
    found = [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
    return {str(line["item"]): parse_quantity(str(line["counted"])) for line in found}


class CountDialog(FormWindow):
    """The count in a window of its own, to be filled in again."""

    def __init__(self, form: StockCountForm) -> None:
        title = form.t("Count the stock")
        super().__init__(form, title)
        self.lay_out(title)
        px = form.ui.theme.px
        open_up(self, px(_ASIDE + _WIDE) + 3 * GUTTER, px(_HIGH))


def make_stock_count(workspace: Workspace, given: Given) -> QDialog:
    """The dialog of a count."""
    return CountDialog(StockCountForm(workspace, given))


_CLASSES = ("produce", "finished", "seedling", "seed", "input", "ingredient", "packaging")


class DistributionForm(FarmForm):
    """Pembagian hasil: goods of the store go to the members (STREAM.md, `distribution`)."""

    makes = Distribution

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "distribution", given)
        self.across((self.day_field(), 1))
        self.rows = self.lines(
            "lines", GoodsLines(self.ui, self.t("What is shared"), _CLASSES, required=True)
        )
        self.finish(self.t("Recorded as a cost for the members, at what it cost to grow or make."))
        self.memo.setPlaceholderText(self.t("For whom? Optional"))

    def learnt(self, known: Supplies) -> None:
        self.rows.learn(known)

    def preview(self, preview: Preview) -> None:
        """Shows what the goods are worth, in rupiah."""
        value = -sum(move.value for move in preview.moves)
        if not preview.moves:
            self.tell("")
            return
        strong = self.t("Worth {value}.", value=self.ui.formats.rupiah(value))
        self.tell(self._resting, strong=strong)


make_distribution = opens(
    DistributionForm, noop("Share with the members"), prints=False, verb=noop("Share out")
)
