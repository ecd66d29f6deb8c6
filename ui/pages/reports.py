"""Laporan: every report on screen, with its paper beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QObject
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut, QShowEvent

from kwt_books.app import Book
from kwt_books.domain.errors import BookError
from kwt_books.domain.month import Month
from kwt_books.queries.overview import SetupData
from kwt_books.reports.diary import Sought
from kwt_books.reports.model import Report
from kwt_books.reports.pack import Pack
from kwt_books.reports.registry import KINDS
from ui.desk import Desk
from ui.pages.base import Page
from ui.pages.document_printing import print_pdf
from ui.pages.document_writing import PaperWriter
from ui.pages.reports_answer import Answer, answer, paper_name
from ui.pages.reports_asked import Asked, AskedBar
from ui.pages.reports_catalog import entry_of
from ui.pages.reports_list import ReportList
from ui.pages.reports_side import NARROW, WIDE, ReportSide
from ui.pages.reports_summary import MonthSummary, month_summary, summary_text
from ui.pages.reports_table import ReportView
from ui.pages.reports_targets import read_part, target_of
from ui.papers import PaperDialog
from ui.sight import sight_of
from ui.tasks import Job
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.label import column, row

T = TypeVar("T")
_FIRST = "profit-loss"
_LIST = 222
_LEAST_TABLE, _WIDEST = 430, 520
_MOST_PREVIEWED = 2_500
"""Rows of a report whose pages are made without being asked for."""
_LOOKS = 250  # milliseconds that a report stays before its pages are made
_SLOW = 400  # milliseconds after which it is said that something is being worked out


class ReportsPage(Page):
    """A part is the name of a report, perhaps with what is asked of it (`part_of`)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._name = ""
        self._setup: SetupData | None = None
        self._asked: Asked | None = None
        self._pack: Pack | None = None
        self._pdf: bytes | None = None
        self._waiting: list[Callable[[bytes], object]] = []
        self._job: Job[Answer] | None = None
        self._fold_wanted = True if desk.preferences.pages_folded else None
        self._list_wanted = False
        self._own_paper = True
        self.writer = PaperWriter(desk, self)
        self._looker = PaperWriter(desk, self)  # another: looking must not stop what is kept
        self._looker.stopped.connect(self._wait_no_more)
        self._lay_out()
        self._looks = self.timer(_LOOKS, self._show_pages)
        self._slow = self.timer(_SLOW, self._say_slow)
        self._add_keys()
        desk.setup_changed.connect(self._group_changed)
        self._group_changed()

    def _lay_out(self) -> None:
        kit, t = self.kit, self.t
        self.list = ReportList(kit)
        self.list.setFixedWidth(kit.theme.px(_LIST))
        self.pack_button = Button(kit, self._pack_name())
        self.pack_button.hint(t("Statements and books of the month together, with a cover"))
        foot = column(margins=12)
        foot.addWidget(self.pack_button.when_clicked(self.open_month_pack))
        self.list.body.addLayout(foot)
        self.asked = AskedBar(kit)
        self.view = ReportView(kit, self.asked)
        self.view.table.model.away = self._away
        self.side = ReportSide(kit, self._looker, self.writer)
        across = row(space=GUTTER)
        across.addWidget(self.list)
        across.addWidget(self.view, 1)
        across.addWidget(self.side)
        self.body.addLayout(across, 1)
        self.list.chosen.connect(partial(self.desk.go, "reports"))
        self.list.entered.connect(self.view.table.view.setFocus)
        self.asked.changed.connect(self._ask)
        self.asked.paper_changed.connect(self._paper_chosen)
        self.view.table.view.activated.connect(self._open)
        self.view.stopped.connect(self._stop)
        side = self.side
        side.print_wanted.connect(self.print_report)
        side.pdf_wanted.connect(lambda: self.save_report("pdf"))
        side.table_wanted.connect(self._save_table)
        side.summary_wanted.connect(self.copy_summary)
        side.preview_wanted.connect(self.look_at_pages)
        side.fold_wanted.connect(self._fold_chosen)
        side.list_wanted.connect(self.show_list)

    def _add_keys(self) -> None:
        acts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+P", self.print_report),
            ("Ctrl+S", lambda: self.save_report("pdf")),
            ("Ctrl+E", self._save_table),
            ("Ctrl+Shift+C", self.copy_summary),
            ("Ctrl+F", self.view.seek.setFocus),
            ("Ctrl+L", self.show_list),
        )
        for keys, act in acts:
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # -- which report ----------------------------------------------------------------------

    @property
    def name(self) -> str:
        return self._name

    @property
    def report(self) -> Report | None:
        """What is shown."""
        return self._pack.reports[0] if self._pack is not None else None

    def show_part(self, part: str) -> None:
        name, given = read_part(part)
        if name not in KINDS:
            return
        self._forget_asked()
        self._name, self._list_wanted = name, False
        self.list.show_current(name)
        self.asked.show_report(name, given, self.desk.month)
        self.desk.title_changed.emit(self.part_title())
        self.invalidate()

    def part_title(self) -> str:
        entry = entry_of(self.t, self._name) if self._name else None
        return entry.title if entry is not None else ""

    def search(self, text: str) -> None:
        self.view.seek.setText(text)

    def _pack_name(self) -> str:
        return self.t("All of {month}", month=self.kit.formats.month(self.desk.month))

    def refresh(self) -> None:
        self.pack_button.setText(self._pack_name())
        if not self._name:
            self.desk.go("reports", _FIRST)
            return
        language = self.kit.language

        def learn(book: Book) -> tuple[SetupData, Month]:
            newest = book.diary(Sought(), language).lines[:1]
            return book.setup(), newest[0].day.isoformat()[:7] if newest else ""

        self.ask(learn, self._learnt, key="setup")

    def _learnt(self, found: tuple[SetupData, Month]) -> None:
        self._setup, self.asked.newest = found
        self.asked.offer(self._setup)
        self._ask()

    def _ask(self) -> None:
        """Asks the book for the report as the fields have it now."""
        self._asked = self.asked.asked(self.desk.month)
        self._forget_asked()
        self._looks.stop()
        self._forget_pages()
        if self._asked.missing:
            self._pack = None
            self.view.show_missing(self._asked.missing)
            self._show_shown()
            return
        name, parameters, language = self._name, self._asked.parameters, self.kit.language
        sight = sight_of(self.desk)

        def work(book: Book) -> Answer:
            asked = parameters
            if "thresholds" in KINDS[name].asks:
                asked = replace(parameters, thresholds=sight(book))
            return answer(book, name, asked, language)

        self._job = self.desk.tasks.read(
            work,
            self._answered,
            self._refused,
            key=(id(self), "report"),
            owner=self,
        )
        self._slow.start()

    def _answered(self, found: Answer) -> None:
        self._job = None
        self._slow.stop()
        self._pack = found.pack
        if "number" in KINDS[self._name].asks:
            self.asked.offer_numbers(list(found.numbers))
        if "lot" in KINDS[self._name].asks:
            self.asked.offer_lots(found.lots)
        self.view.show_report(found.pack.reports[0], self.desk.month)
        self._show_shown()
        if not self._look_soon():
            text = self.t("A long report: its pages are made when you ask for them.")
            self.side.show_none(text, offer=True)

    def _refused(self, error: BookError) -> None:
        self._job, self._pack = None, None
        self._slow.stop()
        self.view.show_missing(self.desk.explain(error))
        self._show_shown()

    def _away(self, read: Callable[[], T], done: Callable[[T], object], owner: QObject) -> Job[T]:
        """The rows of long reports are read where the book is."""
        return self.desk.tasks.read(lambda _book: read(), done, owner=owner)

    def _say_slow(self) -> None:
        self.view.show_working()

    def _forget_asked(self) -> None:
        """What is being worked out is not what is asked now."""
        self._slow.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _stop(self) -> None:
        self._forget_asked()
        self.view.show_missing(self.t("Stopped."), offer=self.t("Work it out again"), act=self._ask)

    def _show_shown(self) -> None:
        there = self._pack is not None and bool(self._pack.reports[0].rows)
        self.side.enable(on=there)
        self._fit()
        if not there:
            self.side.show_none(self.t("Nothing to print yet."))

    # -- from a figure to what stands behind it ---------------------------------------------

    def _open(self, index: QModelIndex) -> None:
        model = self.view.table.model
        shown, row_ = self.view.shown, self.view.row_at(index)
        if shown is None or row_ is None or self._setup is None or self._asked is None:
            return
        column_ = model.column(index.column())
        key = column_.key if column_ is not None else ""
        target = target_of(shown, row_, key, self._asked.parameters, self._setup)
        if target is not None:
            self.desk.go(target.place, target.part)

    # -- the paper -------------------------------------------------------------------------

    def _group_changed(self) -> None:
        if self._own_paper and self.desk.group is not None:
            self.asked.show_paper(self.desk.group.paper)

    def _paper_chosen(self) -> None:
        self._own_paper = False
        self._forget_pages()
        if self._pack is not None:
            self._looks.start()

    def _forget_pages(self) -> None:
        self._pdf = None
        self._looker.cancel()

    def _paper(self) -> Pack:
        assert self._pack is not None
        return replace(self._pack, paper=self.asked.paper.code())

    def _look_soon(self) -> bool:
        """Whether the pages of what is shown are made unasked: those of a long report are not."""
        short = self._pack is not None and len(self._pack.reports[0].rows) <= _MOST_PREVIEWED
        if short:
            self._looks.start()
        return short

    def _show_pages(self) -> None:
        """Beside the table, where there is room for them and somebody looks."""
        if self.isVisible() and not self.side.folded:
            self._with_pages(self.side.show_pages)

    def _with_pages(self, then: Callable[[bytes], object]) -> None:
        """Calls `then` with the PDF, which is made once however many wait for it."""
        if self._pack is None or not self._pack.reports[0].rows:
            return
        if self._pdf is not None:
            then(self._pdf)
            return
        self._waiting.append(then)
        if not self._looker.busy:
            paper = self._paper()
            self._looker.show(lambda _book: paper, self._pages_made)

    def _wait_no_more(self) -> None:
        self._waiting.clear()

    def _pages_made(self, pdf: bytes) -> None:
        self._pdf = pdf
        waiting, self._waiting = self._waiting, []
        if not self.side.folded and self.side.show_pages not in waiting:
            self.side.show_pages(pdf)
        for then in waiting:
            then(pdf)

    def print_report(self) -> None:
        self._with_pages(lambda pdf: print_pdf(self.desk, pdf, self, self._save_pdf))

    def _save_table(self) -> None:
        self.save_report("xlsx", "csv")

    def _save_pdf(self) -> None:
        self.save_report("pdf")

    def save_report(self, *kinds: str) -> None:
        if self._pack is not None:
            paper = self._paper()
            self.writer.save_as(lambda _book: paper, kinds, paper_name(paper), self)

    def look_at_pages(self) -> None:
        """In a window of their own."""
        if self._pack is not None:
            name = paper_name(self._pack)
            self._with_pages(lambda pdf: self._open_paper(name, pdf, self._save_table))

    def open_month_pack(self) -> None:
        """The statements and books of the month: seen, printed, kept."""
        month, language, paper = self.desk.month, self.kit.language, self.asked.paper.code()
        name = self.t("Monthly report {month}", month=self.kit.formats.month(month))

        def make(book: Book) -> Pack:
            return replace(book.statements(month, language), paper=paper)

        keep = partial(self.writer.save_as, make, ("xlsx", "csv"), name, self)
        self.writer.show(make, lambda pdf: self._open_paper(name, pdf, keep))

    def _open_paper(self, name: str, pdf: bytes, keep_table: Callable[[], object]) -> None:
        PaperDialog(self.kit, name, pdf, self.window(), keep_table=keep_table).open()

    def copy_summary(self) -> None:
        month, language = self.desk.month, self.kit.language
        self.ask(lambda book: month_summary(book, month, language), self._copied, key="summary")

    def _copied(self, found: MonthSummary) -> None:
        QGuiApplication.clipboard().setText(summary_text(self.kit, found))
        self.desk.say(self.t("Paste it into the group's chat."), strong=self.t("Summary copied."))

    # -- room ------------------------------------------------------------------------------

    def _fold_chosen(self, narrow: bool) -> None:
        self._fold_wanted = self.desk.preferences.pages_folded = narrow
        self._fit()
        self._show_pages()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        told_anew = self._stale
        super().showEvent(event)
        if self._pdf is None and not told_anew:
            self._look_soon()

    def show_list(self) -> None:
        """Where it had to go for a wide table, until a report is chosen."""
        self._list_wanted = True
        self._fit()
        self.list.search.setFocus()

    def _fit_list(self) -> None:
        """Where a table would scroll to the side even without pages beside it, the list goes."""
        px = self.kit.theme.px
        room = self.width() - px(_LIST) - px(NARROW) - 4 * GUTTER
        crowded = self._pack is not None and self.view.least_width() > room
        hides = crowded and not self._list_wanted
        if hides and self.list.isAncestorOf(self.focusWidget()):
            self.view.table.view.setFocus()
        self.list.setVisible(not hides)
        self.side.list_button.setVisible(hides)

    def _fit(self) -> None:
        """The pages stand beside the table where both have room."""
        self._fit_list()
        beside = 0 if self.list.isHidden() else self.list.width() + GUTTER
        px, rest = self.kit.theme.px, self.width() - beside - 3 * GUTTER
        wide = min(max(px(WIDE), self.width() * 27 // 100), px(_WIDEST))
        room = rest - wide
        forced = room < px(_LEAST_TABLE)
        crowded = self.view.natural_width() > room and self._pack is not None
        narrow = forced or (crowded if self._fold_wanted is None else self._fold_wanted)
        self.side.fold(narrow=narrow, forced=forced, wide=wide)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()
