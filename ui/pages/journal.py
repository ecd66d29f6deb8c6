"""Buku Harian: every document, newest first; one of them told in full."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHeaderView, QStackedWidget

from kwt_books.domain.errors import BookError
from kwt_books.queries.diary import Place, Sums
from kwt_books.reports.diary import DiaryPage, Sought
from ui.desk import Desk
from ui.pages.base import Page
from ui.pages.document import DocumentView, Shown, read
from ui.pages.journal_filter import DiaryFilter
from ui.pages.journal_model import EVENT, DiaryModel
from ui.pages.reports_targets import read_part
from ui.tokens import GUTTER, ROW_LIST
from ui.widgets.card import Card
from ui.widgets.cells import Role
from ui.widgets.empty import EmptyState
from ui.widgets.label import figures, label, row
from ui.widgets.table import Table

_DOCUMENT, _LEAST_LIST, _TIGHT_LIST = 420, 530, 800
_BROWSES = 60  # milliseconds that a line is selected before its document is read
_ADDS_UP = 250  # milliseconds that a search stands before its documents are added up
_ENOUGH = 40
"""Lines that fill a screen: until there are as many, a search goes on by itself."""


class TotalBar(QFrame):
    """Below the list, dressed like the bar below a report."""


class JournalPage(Page):
    """A part is a voucher number, or `?text=…` to look for words in the whole book."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._after: Place | None = None
        self._asking = False
        self._round = 0
        self._wanted: str | None = None
        self._lay_out()
        self._browses = self.timer(_BROWSES, self._read_current)
        self._adds_up = self.timer(_ADDS_UP, self._ask_sums)
        self._add_keys()

    def _lay_out(self) -> None:
        self.filter = DiaryFilter(self.kit, self.desk.month)
        self.filter.changed.connect(self._seek)
        self.filter.text.left.connect(self._into_list)
        self.model = DiaryModel(self.kit, self)
        self.model.more_wanted.connect(self._ask_more)
        self.table = Table(self.kit, ROW_LIST, tight=True)
        self.table.use(self.model, EVENT)
        self.table.setAccessibleName(self.t("Diary"))
        self.table.horizontalHeader().setSectionResizeMode(EVENT, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(self._selected)
        self.table.activated.connect(lambda _index: self._open_current())
        self.empty: EmptyState | None = None
        self._list = QStackedWidget()
        card = Card(margins=0, space=0)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self._sums_bar())
        self._list.addWidget(card)
        self.document = DocumentView(self.desk)
        self.document.back_wanted.connect(self.close_document)
        self.body.setSpacing(12)
        self.body.addWidget(self.filter)
        across = row(space=GUTTER)
        across.addWidget(self._list, 1)
        across.addWidget(self.document)
        self.body.addLayout(across, 1)

    def _sums_bar(self) -> QFrame:
        bar = TotalBar()
        line = self._sums = row(bar, space=8)
        self._received, self._paid = (
            figures(self.kit, "", "strong"),
            figures(self.kit, "", "strong"),
        )
        for text, figure in ((self.t("In"), self._received), (self.t("Out"), self._paid)):
            line.addWidget(label(text, "caption"))
            line.addWidget(figure)
            line.addSpacing(12)
        line.addStretch(1)
        return bar

    def _add_keys(self) -> None:
        acts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+F", self.filter.text.setFocus),
            ("Ctrl+P", self.document.print_paper),
            ("Ctrl+R", self.document.correct),
            ("Esc", self._escape),
        )
        for keys, act in acts:
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # -- the list --------------------------------------------------------------------------

    def refresh(self) -> None:
        self.filter.show_month(self.desk.month)
        self.reload()

    def search(self, text: str) -> None:
        """From the header: in the whole book."""
        self.filter.seek(text, everywhere=True)

    def show_part(self, part: str) -> None:
        number, given = read_part(part)
        if given.get("text"):
            self.search(given["text"])
        elif number:
            self.open(number)

    def _seek(self) -> None:
        """Something else is wanted: the list comes out from behind a document."""
        self.close_document(to_list=False)
        self.reload()

    def reload(self) -> None:
        """From the newest on, as the filter has it now."""
        self._round += 1
        self._after = None
        self._ask_page(first=True)

    def _ask_more(self) -> None:
        if not self._asking and self.model.has_more:
            self._ask_page(first=False)

    def _ask_page(self, *, first: bool) -> None:
        sought, after, language, turn = (
            self.filter.sought(), self._after, self.kit.language, self._round,
        )  # fmt: skip
        self._asking = True

        def done(page: DiaryPage) -> None:
            if turn == self._round:
                self._show_page(page, sought, first=first)

        def failed(error: BookError) -> None:
            self._asking = False
            self.desk.problems.show(error)

        self.ask(lambda book: book.diary(sought, language, after), done, failed, key="lines")

    def _show_page(self, page: DiaryPage, sought: Sought, *, first: bool) -> None:
        self._asking, self._after = False, page.after
        has_more = page.after is not None
        if first:
            kept = self._current_number()
            self.model.show_lines(page.lines, has_more=has_more)
            self._select_again(kept)
            self.filter.count.setText("")
            self._adds_up.start()
        else:
            self.model.add_lines(page.lines, has_more=has_more)
        if has_more and len(self.model.lines) < _ENOUGH:
            self._ask_page(first=False)
            return
        self._show_empty(sought)

    def _ask_sums(self) -> None:
        sought, language = self.filter.sought(), self.kit.language
        self.ask(lambda book: book.diary_sums(sought, language), self._show_sums, key="sums")

    def _show_sums(self, sums: Sums) -> None:
        formats = self.kit.formats
        self.filter.count.setText(
            self.t.ngettext("{number} entry", "{number} entries", sums.documents,
                            number=formats.number(sums.documents))
        )  # fmt: skip
        self._received.setText(formats.rupiah(sums.received))
        self._paid.setText(formats.rupiah(sums.paid))

    def _show_empty(self, sought: Sought) -> None:
        """Why there is nothing, and what can be done."""
        if self.model.lines:
            self._list.setCurrentIndex(0)
            return
        if self.filter.narrowed or sought.start is None:
            self._put_empty(self._not_found(sought) if self.filter.narrowed else self._no_book())
            return
        language = self.kit.language

        def looked(page: DiaryPage) -> None:
            self._put_empty(self._not_then() if page.lines else self._no_book())

        self.ask(lambda book: book.diary(Sought(), language), looked, key="lines")

    def _put_empty(self, empty: EmptyState) -> None:
        if self.empty is not None:
            self._list.removeWidget(self.empty)
            self.empty.deleteLater()
        self.empty = empty
        self._list.addWidget(empty)
        self._list.setCurrentWidget(empty)
        self.document.show_document(None)
        self._fit()

    def _not_found(self, sought: Sought) -> EmptyState:
        t, text = self.t, sought.text.strip()
        title = t("Nothing found for “{text}”", text=text) if text else t("Nothing of this kind")
        advice = t("Try fewer words, another kind or a longer period.")
        found = EmptyState(self.kit, "magnifying-glass", title, advice)
        if sought.start is not None:
            found.offer(t("Look in the whole book"), self._look_everywhere)
        else:
            found.offer(t("Show everything again"), lambda: self.filter.seek("", everywhere=True))
        return found

    def _not_then(self) -> EmptyState:
        found = EmptyState(self.kit, "notebook", self.t("Nothing was recorded in this time"))
        found.offer(self.t("Show the whole book"), self._look_everywhere)
        return found

    def _no_book(self) -> EmptyState:
        text = self.t("Everything you record is listed here, newest first.")
        found = EmptyState(self.kit, "notebook", self.t("The diary is still empty"), text)
        if not self.desk.only_reads:
            found.offer(self.t("Record something"), lambda: self.desk.go("home"), "plus")
        return found

    def _look_everywhere(self) -> None:
        self.filter.seek(self.filter.text.text(), everywhere=True)

    # -- one document ----------------------------------------------------------------------

    def _current_number(self) -> str | None:
        index = self.table.currentIndex()
        return str(index.data(Role.RAW)) if index.isValid() else None

    def _select_again(self, number: str | None) -> None:
        """What was looked at stays; else the newest, where there is room for it."""
        wanted = self._wanted or number
        place = self.model.row_of(wanted) if wanted else None
        if place is not None:
            self.table.select(place)
        elif self._wanted is None and self.model.lines and not self._single:
            self.table.select(0)
        if self._wanted is not None or self.document.story is not None:
            self._read(self._wanted or number or "")

    def _selected(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and not self._single:
            self._wanted = None
            self._browses.start()

    def _read_current(self) -> None:
        self._read(self._current_number() or "")

    def _open_current(self) -> None:
        number = self._current_number()
        if number is not None:
            self.open(number)

    def open(self, number: str) -> None:
        """Shows a document, in the list or not."""
        self._wanted = number
        place = self.model.row_of(number)
        if place is not None:
            self.table.select(place)
        self._wanted = number
        self._read(number)

    def _read(self, number: str) -> None:
        if not number:
            return
        language = self.kit.language
        self._browses.stop()
        self.ask(
            lambda book: read(book, number, language), self._show_document, self._missed,
            key="document",
        )  # fmt: skip

    def _show_document(self, shown: Shown) -> None:
        self.document.show_document(shown)
        self._fit()

    def _missed(self, error: BookError) -> None:
        self.desk.say(self.desk.explain(error), "warn")

    def _escape(self) -> None:
        """Out of a search first, then out of a document."""
        if self.filter.text.hasFocus() and self.filter.text.text():
            self.filter.text.clear()
        else:
            self.close_document()

    def close_document(self, *, to_list: bool = True) -> None:
        """Back to the list, where there is no room for both; `to_list`: with the keyboard."""
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
        if self._single and len(self.model.lines) == 1:
            self._open_current()

    # -- room ------------------------------------------------------------------------------

    @property
    def _single(self) -> bool:
        px = self.kit.theme.px
        return self.width() < px(_DOCUMENT) + px(_LEAST_LIST) + 3 * GUTTER

    def _fit(self) -> None:
        """List and document side by side; where it is narrow, one or the other."""
        single, there = self._single, self.document.story is not None
        self.document.setVisible(there or (not single and bool(self.model.lines)))
        self._list.setVisible(not (single and there))
        if self.document.alone != single:
            self.document.alone = single
            self.document.show_document(self.document.shown)
        px = self.kit.theme.px
        wide, left = px(_DOCUMENT), self.width() - 2 * GUTTER
        if single:
            self.document.setMinimumWidth(0)
            self.document.setMaximumWidth(16_777_215)
        else:
            beside = min(max(wide, self.width() * 42 // 100), wide * 5 // 4)
            self.document.setFixedWidth(beside)
            left -= beside + GUTTER if self.document.isVisibleTo(self) else 0
        self.table.set_tight(left < px(_TIGHT_LIST))
        self._sums.setContentsMargins(self.table.pad, 8, GUTTER, 8)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()
