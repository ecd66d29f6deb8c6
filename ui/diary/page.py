"""Buku Harian: every document, newest first, narrowed by words, kind and period, with the one
selected told in full; also the filter and the list's model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHeaderView, QStackedWidget, QWidget

from kwt_books.book import Book
from kwt_books.domain.errors import BookError
from kwt_books.domain.values import Month, first_day, last_day
from kwt_books.i18n.formats import NIL
from kwt_books.queries.diary import Place, Sums
from kwt_books.reports.context import Context
from kwt_books.reports.diary import DiaryLine, DiaryPage, Effect, Sought, diary_page, diary_sums
from kwt_books.reports.kinds import titled_kinds
from ui.diary.document import DocumentView, Shown, read, shown
from ui.kit.button import Button
from ui.kit.card import Card, EmptyState
from ui.kit.layout import Folding, figures, fill, label, row
from ui.kit.look import GUTTER, ROW_LIST, UiContext
from ui.kit.page import Page
from ui.kit.picker import Choice
from ui.kit.seek import SeekField, seek_in
from ui.kit.table import LEFT, NOWHERE, RIGHT, Cell, CellModel, Index, Role, Table
from ui.kit.targets import read_part
from ui.kit.workspace import Workspace

# -- The diary's filter: words, a kind of event, a month, a year or the whole book ---------------


MONTH, YEAR, BOOK = "month", "year", "book"
_QUIET = 120  # milliseconds without a key before the book is asked


_ONE_LINE = 780
"""Width that the filter and the buttons beside it need."""


class DiaryFilter(QWidget):
    """What the diary shows: words, a kind of event, a period."""

    changed = Signal()

    def __init__(self, ui: UiContext, month: Month) -> None:
        super().__init__()
        self._ui, t = ui, ui.t
        self._month = month
        hint = t("Any word, voucher number, amount or name (Ctrl+F)")
        self.text = SeekField(ui, t("Number, goods, person"), hint)
        self.text.setAccessibleName(t("Find in the diary"))
        self.text.setMinimumWidth(ui.theme.px(220))
        self.text.setMaximumWidth(ui.theme.px(340))
        kinds = [("", t("All events")), *((kind.name, t(kind.title)) for kind in titled_kinds())]
        self.kind = Choice(ui, kinds)
        self.kind.setAccessibleName(t("Kind of event"))
        self.kind.setMaxVisibleItems(14)
        self.span = Choice(ui, [(code, "") for code in (MONTH, YEAR, BOOK)])
        self.span.setAccessibleName(t("Time span"))
        self.span.setMinimumWidth(ui.theme.px(172))
        self.count = label("", "caption")
        line = row((self.text, 1), self.kind, self.span, parent=self, space=8)
        line.addStretch(0)
        line.addWidget(self.count)
        self._timer = QTimer(self, singleShot=True, interval=_QUIET)
        self._timer.timeout.connect(self.changed)
        self.text.textChanged.connect(lambda _text: self._timer.start())
        self.kind.changed.connect(self._now)
        self.span.changed.connect(self._now)
        self.show_month(month)

    def _now(self) -> None:
        self._timer.stop()
        self.changed.emit()

    def show_month(self, month: Month) -> None:
        """Takes the month in hand, which the first choice of period stands for."""
        self._month = month
        self.span.setItemText(0, self._ui.formats.month(month))
        self.span.setItemText(1, self._ui.t("The year {year}", year=Month(month).year))
        self.span.setItemText(2, self._ui.t("The whole book"))

    def seek(self, text: str, *, everywhere: bool = False) -> None:
        """Fills in words to be found, in the whole book if `everywhere`, and asks at once."""
        self.blockSignals(True)
        self.text.setText(text)
        if everywhere:
            self.span.set_value(BOOK)
            self.kind.set_value("")
        self.blockSignals(False)
        self._now()

    def sought(self) -> Sought:
        """What the book is asked for."""
        kind, span = self.kind.value(), self.span.value()
        kinds = (kind,) if kind else ()
        if span == BOOK:
            return Sought(self.text.text(), kinds=kinds)
        year = Month(self._month).year
        first = self._month if span == MONTH else f"{year}-01"
        last = self._month if span == MONTH else f"{year}-12"
        return Sought(self.text.text(), first_day(first), last_day(last), kinds)

    @property
    def narrowed(self) -> bool:
        """Whether words or a kind keep documents out; the period doesn't count."""
        return bool(self.text.text().strip() or self.kind.value())


# -- The diary's lines as a table that grows as one scrolls --------------------------------------


DATE, NUMBER, EVENT, MONEY = range(4)


class DiaryModel(CellModel):
    """The diary's lines. Emits `more_wanted` when the last ones come into view and the book has
    more.
    """

    more_wanted = Signal()

    def __init__(self, ui: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self.lines: list[DiaryLine] = []
        self.has_more = False

    def show_lines(self, lines: Sequence[DiaryLine], *, has_more: bool) -> None:
        """Shows these lines in place of those before."""
        self.beginResetModel()
        self.lines, self.has_more = list(lines), has_more
        self.endResetModel()

    def add_lines(self, lines: Sequence[DiaryLine], *, has_more: bool) -> None:
        """Adds older lines at the end."""
        self.has_more = has_more
        if lines:
            first = len(self.lines)
            self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
            self.lines.extend(lines)
            self.endInsertRows()

    def row_of(self, number: str) -> int | None:
        """The row of a document's number, None where it isn't listed."""
        return next((row for row, line in enumerate(self.lines) if line.number == number), None)

    # -- Qt --------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else 4

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's name
        """Whether the book has more lines."""
        return not parent.isValid() and self.has_more

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt's name
        """Emits `more_wanted`."""
        self.more_wanted.emit()

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        t = self._ui.t
        return (t("Date"), t("Number"), t("What happened"), t("Money"))[section]

    def cell(self, row: int, column: int) -> Cell:
        """What a cell shows; documents that were undone are struck through."""
        line = self.lines[row]
        undone = line.corrected_by is not None
        return Cell(
            self._text(line, column),
            aside=self._ui.t("undone") if undone and column == EVENT else "",
            tone=_tone(line, column),
            icon=_icon(line) if column == EVENT else "",
            icon_says=self._attached(line) if column == EVENT else "",
            bold=column == MONEY and _comes_in(line) and not undone,
            struck=undone and column in (EVENT, MONEY),
        )

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Money at the right, all else at the left."""
        return RIGHT if column == MONEY else LEFT

    def spills(self, column: int) -> bool:
        """What happened runs on as far as the money leaves room."""
        return column == EVENT

    def raw(self, row: int, column: int) -> str:
        """The document's number, whichever cell it is."""
        return self.lines[row].number

    def _text(self, line: DiaryLine, column: int) -> str:
        if column == DATE:
            return self._ui.short_day(line.day)
        if column == NUMBER:
            return line.number
        return line.text if column == EVENT else self._money(line)

    def _money(self, line: DiaryLine) -> str:
        number, t = self._ui.formats.number, self._ui.t
        match line.effect:
            case Effect.CASH:
                return f"+{number(line.amount)}" if line.amount > 0 else number(line.amount)
            case Effect.MOVED:
                return t("moved {amount}", amount=number(line.amount))
            case Effect.BILLED:
                return t("billed {amount}", amount=number(line.amount))
            case Effect.OWED:
                return t("owed {amount}", amount=number(line.amount))
        return NIL

    def _attached(self, line: DiaryLine) -> str:
        count = line.attachments
        return self._ui.t.ngettext("{n} attachment", "{n} attachments", count) if count else ""


def _icon(line: DiaryLine) -> str:
    if line.corrects:
        return "arrow-u-up-left"
    return "paperclip" if line.attachments else ""


def _comes_in(line: DiaryLine) -> bool:
    return line.effect is Effect.CASH and line.amount > 0


def _tone(line: DiaryLine, column: int) -> str:
    if column == NUMBER or (line.corrected_by is not None and column != DATE):
        return "quiet"
    if column != MONEY:
        return ""
    if _comes_in(line):
        return "good"
    return "" if line.effect is Effect.CASH else "quiet"


_DOCUMENT, _LEAST_LIST, _TIGHT_LIST = 420, 530, 800
_BROWSES = 60  # milliseconds after a line was selected, then its document is read
_ADDS_UP = 250  # milliseconds after the last change of a search, then its documents are added up
_ENOUGH = 40
"""Lines that fill a screen: a search asks for more by itself until it has as many."""


@dataclass(frozen=True, slots=True)
class _Sight:
    """A page of the list, and what came along with it."""

    page: DiaryPage
    shown: Shown | None = None
    sums: Sums | None = None


def _sight(context: Context, sought: Sought, wanted: str | None, *, beside: bool) -> _Sight:
    """The first page, its sums, and the document of it that will be shown: the one that is wanted,
    or where there is room `beside` the list the newest.

    Near by these are asked one after the other, so that the list is there first.
    """
    page = diary_page(context, sought)
    numbers = [line.number for line in page.lines]
    number = wanted if wanted in numbers else numbers[0] if numbers and beside else None
    return _Sight(
        page,
        shown(context, number) if number is not None else None,
        diary_sums(context, sought),
    )


class TotalBar(QFrame):
    """The bar below the list, styled like the one below a report."""


class JournalPage(Page):
    """The diary. Its part is a voucher number, or `?text=…` to look for words in the whole book."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._after: Place | None = None
        self._asking = False
        self._round = 0
        self._wanted: str | None = None
        self._reading: str | None = None
        """The number of the document that was asked for last."""
        self._came: Shown | None = None
        """The document that came along with the list, until it is shown or another one is."""
        self._lay_out()
        self._browses = self.timer(_BROWSES, self._read_current)
        self._adds_up = self.timer(_ADDS_UP, self._ask_sums)
        self._add_keys()

    def _lay_out(self) -> None:
        self.filter = DiaryFilter(self.ui, self.workspace.month)
        self.filter.changed.connect(self._seek)
        self.filter.text.lead_to(self._into_list)
        self.filter.text.returnPressed.connect(self._open_found)
        self.model = DiaryModel(self.ui, self)
        self.model.more_wanted.connect(self._ask_more)
        self.body.setSpacing(12)
        top = Folding(self.ui, self.filter, *self._sheet_buttons(), least=_ONE_LINE)
        self.list, card = QStackedWidget(), Card(margins=0, space=0)
        line = row((self.list, 1), space=GUTTER)
        fill(self.body, top, (line, 1))
        self.list.addWidget(card)
        self.table = Table(self.ui, ROW_LIST, card, tight=True)
        self.table.use(self.model, EVENT)
        self.table.setAccessibleName(self.t("Diary"))
        self.table.horizontalHeader().setSectionResizeMode(EVENT, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(self._selected)
        self.table.activated.connect(lambda _index: self._open_current())
        self.nothing: EmptyState | None = None
        fill(card.body, (self.table, 1), self._sums_bar())
        self.document = DocumentView(self.workspace, self)
        self.document.back_wanted.connect(self.close_document)
        line.addWidget(self.document)

    def _sheet_buttons(self) -> tuple[Button, ...]:
        """What leads to sheets that are taken, and that were."""
        ui, t, wanted = self.ui, self.t, self.workspace.open_form
        take, taken = Button(ui, "", "table"), Button(ui, "", "clock-counter-clockwise")
        take.hint(t("Import from Excel")).when_clicked(lambda: wanted("take_sheets"))
        taken.hint(t("Imported from Excel")).when_clicked(lambda: wanted("acts"))
        bank = Button(ui, "", "bank").hint(t("Compare with the bank"))
        bank.when_clicked(lambda: wanted("bank_list"))
        for button in (take, bank):
            button.setEnabled(self.workspace.may("receipt"))
        return take, bank, taken

    def _sums_bar(self) -> QFrame:
        bar = TotalBar()
        line = self._sums = row(parent=bar, space=8)
        self._received, self._paid = (
            figures(self.ui, "", "strong"),
            figures(self.ui, "", "strong"),
        )
        for text, figure in ((self.t("In"), self._received), (self.t("Out"), self._paid)):
            fill(line, label(text, "caption"), figure, 12)
        line.addStretch(1)
        return bar

    def _add_keys(self) -> None:
        acts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+F", partial(seek_in, self.filter.text)),
            ("Ctrl+P", self.document.print_paper),
            ("Ctrl+R", self.document.correct),
            ("Esc", self.close_document),
        )
        for keys, act in acts:
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # -- the list --------------------------------------------------------------------------

    def refresh(self) -> None:
        """Asks again for the documents of the month in hand."""
        self.filter.show_month(self.workspace.month)
        self.reload()

    def show_part(self, part: str) -> None:
        """Shows a document, or what a search finds."""
        number, given = read_part(part)
        if given.get("text"):
            self.filter.seek(given["text"], everywhere=True)
        elif number:
            self.open(number)

    def here(self, part: str) -> str:
        """The document that is selected by now, unless a search led here."""
        number, given = read_part(part)
        return part if given else self._current_number() or number

    def _seek(self) -> None:
        """Asks anew after the filter changed; where there is room for one only, shows the list."""
        self._wanted = None
        self.close_document(to_list=False)
        self.reload()

    def reload(self) -> None:
        """Asks for the newest documents that the filter lets through."""
        self._round += 1
        self._after = None
        self._ask_page(first=True)

    def _ask_more(self) -> None:
        if not self._asking and self.model.has_more:
            self._ask_page(first=False)

    def _ask_page(self, *, first: bool) -> None:
        sought, after, language, turn = (
            self.filter.sought(), self._after, self.ui.language, self._round,
        )  # fmt: skip
        wanted, beside = self._wanted or self._current_number(), first and not self._single
        self._asking = True

        def work(book: Book) -> _Sight:
            if first and book.is_far:
                return book.read_in(language, _sight, sought, wanted, beside=beside)
            return _Sight(book.read_in(language, diary_page, sought, after))

        def done(sight: _Sight) -> None:
            if turn == self._round:
                self._show_page(sight, sought, first=first)

        def failed(error: BookError) -> None:
            self._asking = False
            self.workspace.problems.show(error)

        self.ask(work, done, failed, key="lines")

    def _show_page(self, sight: _Sight, sought: Sought, *, first: bool) -> None:
        page = sight.page
        self._asking, self._after = False, page.after
        has_more = page.after is not None
        if first:
            kept, self._came = self._current_number(), sight.shown
            self.model.show_lines(page.lines, has_more=has_more)
            self._select_again(kept)
            if not page.lines and self._wanted is None:
                self._forget_document()
            self.filter.count.setText("")
            if sight.sums is not None:
                self._show_sums(sight.sums)
            else:
                self._adds_up.start()
        else:
            self.model.add_lines(page.lines, has_more=has_more)
            if not self.table.currentIndex().isValid():
                self._select_again(None)
        if has_more and len(self.model.lines) < _ENOUGH:
            self._ask_page(first=False)
            return
        self._show_empty(sought)

    def _ask_sums(self) -> None:
        sought, language = self.filter.sought(), self.ui.language
        self.ask(
            lambda book: book.read_in(language, diary_sums, sought), self._show_sums, key="sums"
        )

    def _show_sums(self, sums: Sums) -> None:
        formats = self.ui.formats
        self.filter.count.setText(
            self.t.ngettext("{number} entry", "{number} entries", sums.documents,
                            number=formats.number(sums.documents))
        )  # fmt: skip
        self._received.setText(formats.rupiah(sums.received))
        self._paid.setText(formats.rupiah(sums.paid))

    def _show_empty(self, sought: Sought) -> None:
        """Says why nothing is listed, and offers what can be done."""
        if self.model.lines:
            self.list.setCurrentIndex(0)
            return
        if self.filter.narrowed or sought.start is None:
            self._put_empty(self._not_found(sought) if self.filter.narrowed else self._no_book())
            return
        language = self.ui.language

        def looked(page: DiaryPage) -> None:
            self._put_empty(self._not_then() if page.lines else self._no_book())

        self.ask(lambda book: book.read_in(language, diary_page, Sought()), looked, key="lines")

    def _put_empty(self, empty: EmptyState) -> None:
        if self.nothing is not None:
            self.list.removeWidget(self.nothing)
            self.nothing.deleteLater()
        self.nothing = empty
        self.list.addWidget(empty)
        self.list.setCurrentWidget(empty)
        self._fit()

    def _not_found(self, sought: Sought) -> EmptyState:
        t, text = self.t, sought.text.strip()
        title = t("Nothing found for “{text}”", text=text) if text else t("Nothing of this kind")
        advice = t("Try fewer words, another kind or a longer period.")
        found = EmptyState(self.ui, "magnifying-glass", title, advice)
        if sought.start is not None:
            found.offer(t("Search the whole book"), self._look_everywhere)
        else:
            found.offer(t("Show everything again"), lambda: self.filter.seek("", everywhere=True))
        return found

    def _not_then(self) -> EmptyState:
        found = EmptyState(self.ui, "notebook", self.t("Nothing was recorded in this period"))
        found.offer(self.t("Show the whole book"), self._look_everywhere)
        return found

    def _no_book(self) -> EmptyState:
        text = self.t("Everything you record is listed here, newest first.")
        found = EmptyState(self.ui, "notebook", self.t("The diary is still empty"), text)
        if not self.workspace.only_reads:
            found.offer(self.t("Record something"), lambda: self.workspace.go("home"), "plus")
        return found

    def _look_everywhere(self) -> None:
        self.filter.seek(self.filter.text.text(), everywhere=True)

    # -- one document ----------------------------------------------------------------------

    def _current_number(self) -> str | None:
        index = self.table.currentIndex()
        return str(index.data(Role.RAW)) if index.isValid() else None

    def _select_again(self, number: str | None) -> None:
        """Selects the document shown before, else the newest where there is room for one.

        What is wanted by its number is shown, in the list or not; what is no longer in the list
        isn't.
        """
        wanted = self._wanted or number
        place = self.model.row_of(wanted) if wanted else None
        if place is None and self._wanted is None and self.model.lines and not self._single:
            place = 0
        if place is not None:
            wanted = self.model.lines[place].number
            self.table.select(place)
        elif self._wanted is None:
            wanted = None
        if wanted is not None and (self._wanted is not None or self.document.story is not None):
            self._read(wanted)

    def _selected(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and not self._single:
            self._wanted = None
            self._browses.start()
            self._wait_for(self._current_number())

    def _read_current(self) -> None:
        self._read(self._current_number() or "")

    def _open_current(self) -> None:
        number = self._current_number()
        if number is not None:
            self.open(number)

    def open(self, number: str) -> None:
        """Shows a document, and selects its line where it is listed."""
        place = self.model.row_of(number)
        if place is not None:
            self.table.select(place)
        else:
            self.table.setCurrentIndex(QModelIndex())
        self._wanted = number
        self._read(number)

    def _read(self, number: str) -> None:
        if not number:
            return
        language = self.ui.language
        self._browses.stop()
        self._reading = number
        came, self._came = self._came, None
        if came is not None and came.story.number == number:
            self._show_document(came)
            return
        self._wait_for(number)
        self.ask(
            lambda book: read(book, number, language), self._show_document, self._missed,
            key="document",
        )  # fmt: skip

    def _wait_for(self, number: str | None) -> None:
        """Disables the shown document's actions until the one selected in the list is shown."""
        story = self.document.story
        self.document.waits = story is not None and story.number != number

    def _show_document(self, shown: Shown) -> None:
        if shown.story.number != self._reading or self._browses.isActive():
            return  # another one was asked for since
        self.document.show_document(shown)
        self._fit()

    def _forget_document(self) -> None:
        """Clears the document; an answer that is still on its way won't be shown."""
        self._browses.stop()
        self._reading = None
        self.document.show_document(None)
        self._fit()

    def _missed(self, error: BookError) -> None:
        self._forget_document()
        self.workspace.say(self.workspace.explain(error), "warn")

    def close_document(self, *, to_list: bool = True) -> None:
        """Shows the list again where there is no room for both; `to_list` gives it the keyboard."""
        if self._single and self.document.story is not None:
            self._wanted = None
            self.document.show_document(None)
            self._fit()
            if to_list:
                self.table.setFocus()

    def _into_list(self) -> None:
        self.table.setFocus()
        if not self.table.currentIndex().isValid():
            self.table.select(0)

    def _open_found(self) -> None:
        """Into the list; the only one found is opened at once where there is room for one."""
        self._into_list()
        if self._single and len(self.model.lines) == 1:
            self._open_current()

    # -- room ------------------------------------------------------------------------------

    @property
    def _single(self) -> bool:
        px = self.ui.theme.px
        return self.width() < px(_DOCUMENT) + px(_LEAST_LIST) + 3 * GUTTER

    def _fit(self) -> None:
        """Shows list and document side by side, or one of them where the window is narrow."""
        single, there = self._single, self.document.story is not None
        self.document.setVisible(there or (not single and bool(self.model.lines)))
        self.list.setVisible(not (single and there))
        if self.document.alone != single:
            self.document.alone = single
            self.document.show_document(self.document.shown)
        px = self.ui.theme.px
        wide, left = px(_DOCUMENT), self.width() - 2 * GUTTER
        if single:
            self.document.setMinimumWidth(0)
            self.document.setMaximumWidth(16_777_215)
        else:
            beside = min(max(wide, self.width() * 42 // 100), wide * 5 // 4)
            self.document.setFixedWidth(beside)
            left -= beside + GUTTER if self.document.isVisibleTo(self) else 0
        self.table.set_tight(left < px(_TIGHT_LIST))
        self._sums.setContentsMargins(GUTTER, 8, GUTTER, 8)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()
