"""Hitung stok: what is really there, against what the book says."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from kwt_books.app import Book
from kwt_books.domain.accounts import OVERAGE, SPOILAGE
from kwt_books.domain.documents.counts import CountLine, StockCount
from kwt_books.domain.posting import STORE
from kwt_books.domain.quantity import parse_quantity
from kwt_books.i18n.words import capitalised
from kwt_books.queries.shelves import ShelfItem, Shelves
from kwt_books.services.treasury import Foreseen
from ui.desk import Desk, Given
from ui.forms.dialog import FormWindow
from ui.forms.farm_form import FarmForm
from ui.forms.sale_parts.beside import Beside
from ui.forms.stock_count_grid import CountGrid
from ui.forms.stock_count_row import Counted
from ui.kit import Kit
from ui.papers import show_paper
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.card import Card, Note
from ui.widgets.label import Elided, column, figures, label, row, rule, set_tone
from ui.widgets.opened import open_up
from ui.widgets.picker import Picker

_ASIDE, _LEAST, _HIGH, _FIELDS = 316, 620, 820, 320
_WIDE = 720
"""What the list has in a window of its own: names on one line."""


class StockCountForm(FarmForm):
    """A part of the page of stock; its buttons are its own."""

    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "stock_count", given)
        self.place, self.grid = Picker(self.kit), CountGrid(self.kit)
        self.place.choose(STORE)
        self._typed: dict[str, dict[str, str]] = {}
        self._shown = STORE
        card = Card(margins=0, space=0)
        card.body.addLayout(self._top())
        card.body.addWidget(rule())
        self.add("lines", self.grid, self.grid)
        self._add_more()
        card.body.addWidget(self.grid, 1)
        self.body.addWidget(Beside(self.kit, card, self._aside(), _ASIDE, _LEAST), 1)
        self.place.changed.connect(self._place_changed)
        self.changed.connect(self._show_progress)
        self._given = {**given, "lines": _texts(self.kit, given)} if "lines" in given else given
        self.start()

    # -- layout ----------------------------------------------------------------------------

    def _top(self) -> QGridLayout:
        t, grid = self.t, QGridLayout()
        grid.setContentsMargins(GUTTER, 12, GUTTER, 6)
        grid.setHorizontalSpacing(12)
        fields = (self.labelled("place", t("Counted at"), self.place), self.day_field())
        for at, field in enumerate(fields):
            field.setMaximumWidth(self.kit.theme.px(_FIELDS))
            grid.addWidget(field, 0, at)
        sheet = Button(self.kit, t("Count sheet"), "printer")
        sheet.hint(t("A list to be filled in with a pencil")).when_clicked(self.print_sheet)
        beside = QWidget()
        page = column(beside, space=4)
        page.addWidget(label(" ", "label"))
        page.addWidget(sheet)
        page.addStretch(1)
        grid.addWidget(beside, 0, 2)
        for at, share in enumerate((400, 400, 0, 1)):  # on a wide screen the rest is free
            grid.setColumnStretch(at, share)
        return grid

    def _add_more(self) -> None:
        """Goods that the book knows nothing of here."""
        self.more = Picker(self.kit, required=False, placeholder=self.t("Something else found"))
        self.more.setAccessibleName(self.t("Something else found"))
        self.more.changed.connect(self._add_found)
        line = row(space=8)
        line.setContentsMargins(GUTTER, 10, GUTTER, 12)
        line.addWidget(self.more, 1)
        line.addStretch(1)
        self.grid.below.addLayout(line)

    def _aside(self) -> Card:
        t, card = self.t, Card(self.t("What came of it"))
        self._figures: dict[str, QLabel] = {}
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for at, (name, title) in enumerate(
            (("done", t("Counted so far")), ("short", t("Short")), ("over", t("Over")))
        ):
            self._figures[name] = figures(self.kit, "", "strong")
            grid.addWidget(Elided(title, "caption"), at, 0)
            grid.addWidget(self._figures[name], at, 1)
        card.body.addLayout(grid)
        self.outcome = Note(self.kit)
        card.body.addWidget(self.outcome)
        card.body.addWidget(self.memo_field())
        card.body.addStretch(1)
        words = t("Items left blank were not counted; they stay as they are in the book.")
        card.body.addWidget(label(words, "caption", wrap=True))
        self.save_button = Button(self.kit, t("Save"), kind="primary", scale="large")
        self.save_button.hint(t("Save"), "Ctrl+S").when_clicked(self.save)
        self.saving_changed.connect(lambda saving: self.save_button.setEnabled(not saving))
        card.body.addWidget(self.save_button)
        return card

    # -- what is there ---------------------------------------------------------------------

    def ask(self, book: Book) -> Shelves:
        return book.farm.shelves()

    def learnt(self, known: Shelves) -> None:
        store = capitalised(self.t("store"))
        self.place.set_choices([(place, name or store) for place, name in known.places])
        self._shown = self.place.code() or STORE
        self._show_items()

    def _show_items(self) -> None:
        known: Shelves | None = self.known
        if known is None:
            return
        typed = self.grid.state()
        there = [item for item in known.items if item.at(self._shown) or item.code in typed]
        self.grid.show_items([self._counted(item) for item in there])
        self._offer_rest()
        self._show_progress()

    def _counted(self, item: ShelfItem) -> Counted:
        return Counted(item.code, item.name, item.unit, item.at(self._shown))

    def _place_changed(self) -> None:
        """What was typed at one place waits there."""
        place = self.place.code()
        if place is None or place == self._shown:
            return
        self._typed[self._shown] = self.grid.state()
        self._shown = place
        self.grid.restore(self._typed.get(place, {}))
        self._show_items()

    def _add_found(self) -> None:
        code = self.more.code()
        item = self.known.item(code) if self.known is not None and code else None
        if item is not None:
            self.grid.focus_row(self.grid.add_item(self._counted(item)))
            QTimer.singleShot(0, self, self._offer_rest)  # the list is still open now

    def _offer_rest(self) -> None:
        known: Shelves | None = self.known
        if known is not None:
            self.more.choose(None)
            rest = [item for item in known.items if item.code not in self.grid.rows]
            self.more.set_choices([(item.code, item.name) for item in rest])

    # -- what comes of it ------------------------------------------------------------------

    def _show_progress(self) -> None:
        done = self.t("{done} of {all}", done=len(self.grid.filled), all=len(self.grid.rows))
        self._figures["done"].setText(done)

    def foresee(self, foreseen: Foreseen) -> None:
        t, rupiah = self.t, self.kit.formats.rupiah
        short = sum(each.amount for each in foreseen.postings if each.account == SPOILAGE)
        over = -sum(each.amount for each in foreseen.postings if each.account == OVERAGE)
        for name, amount in (("short", short), ("over", over)):
            self._figures[name].setText(rupiah(amount) if amount else "–")
            set_tone(self._figures[name], "warn" if amount else "")
        filled = self.grid.filled
        readable = filled and not self.grid.problem() and not foreseen.issues
        if not readable:
            self.tell("")
        elif all(each.field.number() == each.item.book for each in filled):
            self.tell(t("What was counted agrees with the book."), "good", strong=t("All right."))
        else:
            words = t("Goods that are short become a cost, goods that are over an income.")
            self.tell(words, "warn", strong=t("The book follows the count."))

    def print_sheet(self) -> None:
        place, language = self._shown, self.kit.language
        name = self.t("Count sheet")
        show_paper(
            self.desk, name, lambda book: book.farm.count_sheet(place, language), self.window()
        )

    def start_anew(self) -> None:
        self._typed.clear()
        super().start_anew()

    def to_command(self) -> StockCount:
        day = self.date.value()
        assert day is not None
        return StockCount(
            id=self.command_id,
            date=day,
            place=self.place.code() or "",
            lines=tuple(
                CountLine(item=each.item.code, counted=each.field.number() or 0)
                for each in self.grid.filled
            ),
            memo=self.memo.value(),
        )


def _texts(kit: Kit, given: Given) -> dict[str, str]:
    """The lines of a count as the grid takes them back."""
    lines = given["lines"]
    found = [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
    counted = {str(line["item"]): parse_quantity(str(line["counted"])) for line in found}
    return {item: kit.formats.quantity(quantity) for item, quantity in counted.items()}


class CountDialog(FormWindow):
    """The count in a window of its own, to be filled in again."""

    def __init__(self, form: StockCountForm) -> None:
        super().__init__(form, form.t("Count the stock"))
        column(self, margins=GUTTER).addWidget(form)
        px = form.kit.theme.px
        open_up(self, px(_ASIDE + _WIDE) + 3 * GUTTER, px(_HIGH))


def make(desk: Desk, given: Given) -> QDialog:
    return CountDialog(StockCountForm(desk, given))
