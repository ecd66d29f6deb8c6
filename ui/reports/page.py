"""Laporan: every report on the screen with its printed pages beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QObject
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent

from kwt_books.book import Book
from kwt_books.domain.errors import BookError
from kwt_books.domain.values import Month, first_day, last_day, month_of
from kwt_books.queries.margins import Margin, margins
from kwt_books.queries.overview import SetupData, setup_data
from kwt_books.reports.context import Context, Parameters
from kwt_books.reports.diary import Sought, diary_page
from kwt_books.reports.long_rows import LongRows
from kwt_books.reports.model import Report
from kwt_books.reports.packs import Pack
from kwt_books.reports.registry import KINDS
from ui.kit.chart_picture import ChartPicture
from ui.kit.layout import column, row
from ui.kit.look import GUTTER
from ui.kit.page import Page
from ui.kit.party import account_name
from ui.kit.preview import Paper, print_paper
from ui.kit.printing import PaperDialog, PaperWriter
from ui.kit.seek import seek_in
from ui.kit.targets import part_of, read_part, target_of
from ui.kit.worker import Job
from ui.kit.workspace import Workspace, thresholds_of
from ui.reports.asked import Asked
from ui.reports.catalogue import ReportList, entry_of
from ui.reports.packs import PackChooser
from ui.reports.summary import Summary
from ui.reports.view import NARROW, WIDE, ReportSide, ReportView

# -- What the page of reports asks the book for, on the worker -----------------------------------


_WITH_MARGINS = "sales"


@dataclass(frozen=True, slots=True)
class Answer:
    """A report as a pack, and the choices of the fields that depend on the period."""

    pack: Pack
    numbers: tuple[tuple[str, str], ...] = ()
    lots: tuple[tuple[str, str, str], ...] = ()
    margins: tuple[Margin, ...] = ()
    """What each product leaves, of the sales report."""


def _margins(context: Context, asked: Parameters) -> tuple[Margin, ...]:
    period = context.asking(asked).period
    return margins(context, period.start, period.end)


def answer(book: Book, name: str, asked: Parameters, language: str) -> Answer:
    """A report and the choices of the fields that depend on the period. Runs on the worker."""
    pack, asks = book.pack(name, asked, language), KINDS[name].asks
    numbers: tuple[tuple[str, str], ...] = ()
    lots: tuple[tuple[str, str, str], ...] = ()
    if isinstance(rows := pack.reports[0].rows, LongRows):
        rows.read_ahead()
    if "number" in asks:
        sought = Sought(start=asked.start, end=asked.end, kinds=("market_day",))
        if asked.month is not None:
            sought = replace(sought, start=first_day(asked.month), end=last_day(asked.month))
        found = book.read_in(language, diary_page, sought).lines
        numbers = tuple(
            (line.number, f"{line.day.day}/{line.day.month} · {line.text}") for line in found
        )
    if "lot" in asks:
        register = replace(asked, lot=None, item=None)
        rows = book.report(name, register, language).rows
        lots = tuple(
            (str(each.cells[0]), str(each.cells[1]), each.label) for each in rows if each.code
        )
    left = book.read(_margins, asked) if name == _WITH_MARGINS else ()
    return Answer(pack, numbers, lots, left)


def paper_name(pack: Pack) -> str:
    """The name of a pack's file: title and period."""
    report = pack.reports[0]
    return " ".join(filter(None, (report.title, report.period)))


T = TypeVar("T")
_FIRST = "profit-loss"
_LIST = 222
_LEAST_TABLE, _LEAST_PAGES, _WIDEST = 430, 318, 520
_MOST_PREVIEWED = 2_500
"""Rows up to which a report's pages are made without being asked for."""
_LOOKS = 250  # milliseconds after a report was shown, then its pages are made
_SLOW = 400  # milliseconds without an answer, then the page says that it waits for one


class ReportsPage(Page):
    """The page of reports. Its part is a report's name, with parameters where given (`part_of`)."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._name = ""
        self._setup: SetupData | None = None
        self._asked: Asked | None = None
        self.pack: Pack | None = None
        self.pdf: bytes | None = None
        self._waiting: list[Callable[[bytes], object]] = []
        self._job: Job[Answer] | None = None
        self._fold_wanted = True if workspace.preferences.pages_folded else None
        self._list_wanted = False
        self._own_paper = True
        self._left: dict[str, int] = {}
        """The rows that led away, by the parts that lead back to their reports."""
        self.writer = PaperWriter(workspace, self)
        self.looker = PaperWriter(workspace, self)  # of its own: looking mustn't stop a file
        self.looker.stopped.connect(self._wait_no_more)
        self._lay_out()
        self.looks = self.timer(_LOOKS, self._show_pages)
        self._slow = self.timer(_SLOW, self.view.show_working)
        self._add_keys()
        workspace.setup_changed.connect(self._group_changed)
        self._group_changed()

    def _lay_out(self) -> None:
        ui = self.ui
        self.list = ReportList(ui, self)
        self.list.setFixedWidth(ui.theme.px(_LIST))
        self.packs = PackChooser(self.workspace)
        self.packs.wanted.connect(self.open_pack)
        self.list.body.addLayout(column(self.packs, margins=12))
        self.view = ReportView(ui, self)
        self.asked = self.view.asked
        self.view.table.model.away = self._away
        ChartPicture(self.workspace, self.view.progress, self.t("Progress"))
        ChartPicture(self.workspace, self.view.margins)
        self.side = ReportSide(ui, self, self.looker, self.writer)
        self.body.addLayout(row(self.list, (self.view, 1), self.side, space=GUTTER), 1)
        self.list.chosen.connect(partial(self.workspace.go, "reports"))
        self.list.entered.connect(self.view.table.view.setFocus)
        self.asked.changed.connect(self._ask)
        self.asked.paper_changed.connect(self._paper_chosen)
        self.view.table.view.activated.connect(self._open)
        self.view.stopped.connect(self._stop)
        side = self.side
        side.print_wanted.connect(self.print_report)
        side.pdf_wanted.connect(lambda: self.save_report("pdf"))
        side.table_wanted.connect(self._save_table)
        self.summary = Summary(self.workspace, side)
        side.summary_wanted.connect(lambda: self.summary.show_menu(side.summary_button))
        side.preview_wanted.connect(self.look_at_pages)
        side.fold_wanted.connect(self._fold_chosen)
        side.list_wanted.connect(self.show_list)

    def _add_keys(self) -> None:
        acts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+P", self.print_report),
            ("Ctrl+S", lambda: self.save_report("pdf")),
            ("Ctrl+E", self._save_table),
            ("Ctrl+Shift+C", self.summary.copy_text),
            ("Ctrl+F", partial(seek_in, self.view.seek)),
            ("Ctrl+L", self.show_list),
        )
        for keys, act in acts:
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # -- which report ----------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The name of the report chosen."""
        return self._name

    @property
    def report(self) -> Report | None:
        """The report shown, or None."""
        return self.pack.reports[0] if self.pack is not None else None

    def show_part(self, part: str) -> None:
        """Shows a report with the parameters given; does nothing for an unknown one."""
        name, given = read_part(part)
        if name not in KINDS:
            return
        self._forget_asked()
        self._name, self._list_wanted = name, False
        self.list.show_current(name)
        self.asked.show_report(name, given, self.workspace.month)
        self.workspace.title_changed.emit(self.part_title())
        self.invalidate()

    def here(self, part: str) -> str:
        """The report with what was chosen for it since."""
        return part_of(self._name, **self.asked.chosen()) if self._name else part

    def part_title(self) -> str:
        """The report's short name."""
        entry = entry_of(self.t, self._name) if self._name else None
        return entry.title if entry is not None else ""

    def refresh(self) -> None:
        self.packs.show_span()
        if not self._name:
            self.workspace.go("reports", _FIRST)
            return
        language = self.ui.language

        def learn(context: Context) -> tuple[SetupData, Month]:
            newest = diary_page(context, Sought()).lines[:1]
            return setup_data(context), month_of(newest[0].day) if newest else Month()

        self.ask(lambda book: book.read_in(language, learn), self._learnt, key="setup")

    def _learnt(self, found: tuple[SetupData, Month]) -> None:
        self._setup, self.asked.newest = found
        self.asked.offer(self._setup)
        self._ask()

    def _ask(self) -> None:
        """Asks for the report with the parameters in the fields."""
        self._asked = self.asked.asked(self.workspace.month)
        self._forget_asked()
        self.looks.stop()
        self.forget_pages()
        if self._asked.missing:
            self.pack = None
            self.view.show_missing(self._asked.missing)
            self._show_shown()
            return
        name, parameters, language = self._name, self._asked.parameters, self.ui.language
        sight = thresholds_of(self.workspace)

        def work(book: Book) -> Answer:
            asked = parameters
            if "thresholds" in KINDS[name].asks:
                asked = replace(parameters, thresholds=sight(book))
            return answer(book, name, asked, language)

        self._job = self.workspace.tasks.read(
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
        self.pack = found.pack
        if "number" in KINDS[self._name].asks:
            self.asked.offer_numbers(list(found.numbers))
        if "lot" in KINDS[self._name].asks:
            self.asked.offer_lots(found.lots)
        if (setup := self.workspace.setup) is not None:
            names = {code: account_name(self.ui, each) for code, each in setup.accounts.items()}
            self.view.table.model.accounts = names
        self.view.show_report(found.pack.reports[0], self.workspace.month, found.margins)
        if (row_left := self._left.pop(self.here(""), None)) is not None:
            self.view.table.view.select(row_left)
        self._show_shown()
        if not self._look_soon():
            text = self.t("A long report: its pages are made when you ask for them.")
            self.side.show_none(text, offer=True)

    def _refused(self, error: BookError) -> None:
        self._job, self.pack = None, None
        self._slow.stop()
        self.view.show_missing(self.workspace.explain(error))
        self._show_shown()

    def _away(self, read: Callable[[], T], done: Callable[[T], object], owner: QObject) -> Job[T]:
        """Reads on the worker, where long reports read their rows."""
        return self.workspace.tasks.read(lambda _book: read(), done, owner=owner)

    def _forget_asked(self) -> None:
        """Cancels the report being worked out, for another one is wanted."""
        self._slow.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _stop(self) -> None:
        self._forget_asked()
        self.view.show_missing(self.t("Stopped."), offer=self.t("Recalculate"), act=self._ask)

    def _show_shown(self) -> None:
        there = self.pack is not None and bool(self.pack.reports[0].rows)
        self.side.enable(on=there)
        self._fit()
        if not there:
            self.side.show_none(self.t("Nothing to print yet."))

    # -- from a figure to the documents behind it -------------------------------------------

    def _open(self, index: QModelIndex) -> None:
        model = self.view.table.model
        shown, row_ = self.view.shown, self.view.row_at(index)
        if shown is None or row_ is None or self._setup is None or self._asked is None:
            return
        column_ = model.column(index.column())
        key = column_.key if column_ is not None else ""
        target = target_of(shown, row_, key, self._asked.parameters, self._setup)
        if target is not None:
            self._left[self.here("")] = index.row()
            self.workspace.go(target.place, target.part)

    # -- the paper -------------------------------------------------------------------------

    def _group_changed(self) -> None:
        if self._own_paper and self.workspace.group is not None:
            self.asked.show_paper(self.workspace.group.paper)

    def _paper_chosen(self) -> None:
        self._own_paper = False
        self.forget_pages()
        if self.pack is not None:
            self.looks.start()

    def forget_pages(self) -> None:
        """Lets go of the pages made of what was shown before."""
        self.pdf = None
        self.looker.cancel()

    def paper(self) -> Pack:
        """The pack that is shown, on the paper that was chosen."""
        assert self.pack is not None
        return replace(self.pack, paper=self.asked.paper.value())

    def _look_soon(self) -> bool:
        """Makes the pages of a short report soon; False for a long one, where one asks for them."""
        short = self.pack is not None and len(self.pack.reports[0].rows) <= _MOST_PREVIEWED
        if short:
            self.looks.start()
        return short

    def _show_pages(self) -> None:
        """Shows the pages beside the table, where there is room and the page is in sight."""
        if self.isVisible() and not self.side.folded:
            self._with_pages(self.side.show_pages)

    def _with_pages(self, then: Callable[[bytes], object]) -> None:
        """Calls `then` with the PDF, which is made once for all that wait for it."""
        if self.pack is None or not self.pack.reports[0].rows:
            return
        if self.pdf is not None:
            then(self.pdf)
            return
        self._waiting.append(then)
        if not self.looker.busy:
            paper = self.paper()
            self.looker.show(lambda _book: paper, self._pages_made)

    def _wait_no_more(self) -> None:
        self._waiting.clear()

    def _pages_made(self, pdf: bytes) -> None:
        self.pdf = pdf
        waiting, self._waiting = self._waiting, []
        if not self.side.folded and self.side.show_pages not in waiting:
            self.side.show_pages(pdf)
        for then in waiting:
            then(pdf)

    def print_report(self) -> None:
        """Prints the report."""
        save = partial(self.save_report, "pdf")
        self._with_pages(lambda pdf: print_paper(self.ui, Paper(pdf), self, save))

    def _save_table(self) -> None:
        self.save_report("xlsx", "csv")

    def save_report(self, *kinds: str) -> None:
        """Asks for a file of one of these kinds, and writes the report into it."""
        if self.pack is not None:
            paper = self.paper()
            self.writer.save_as(lambda _book: paper, kinds, paper_name(paper), self)

    def look_at_pages(self) -> None:
        """Shows the pages in a window of their own."""
        if self.pack is not None:
            name = paper_name(self.pack)
            self._with_pages(lambda pdf: self._open_paper(name, pdf, self._save_table))

    def open_pack(self) -> None:
        """Shows what is chosen of the month or the year together, to be printed or saved."""
        name, make = self.packs.title(), self.packs.maker(self.asked.paper.value())
        keep = partial(self.writer.save_as, make, ("xlsx", "csv"), name, self)
        self.writer.show(make, lambda pdf: self._open_paper(name, pdf, keep))

    def _open_paper(self, name: str, pdf: bytes, keep_table: Callable[[], object]) -> None:
        PaperDialog(self.ui, name, pdf, self.window(), keep_table=keep_table).open()

    # -- room ------------------------------------------------------------------------------

    def _fold_chosen(self, narrow: bool) -> None:
        self._fold_wanted = self.workspace.preferences.pages_folded = narrow
        self._fit()
        self._show_pages()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        told_anew = self._stale
        super().showEvent(event)
        if self.pdf is None and not told_anew:
            self._look_soon()

    def show_list(self) -> None:
        """Shows the list again where a wide table took its place, until a report is chosen."""
        self._list_wanted = True
        self._fit()
        self.list.search.setFocus()

    def _fit_list(self) -> None:
        """Hides the list where the table, even without pages beside it, would scroll sideways."""
        px = self.ui.theme.px
        room = self.width() - px(_LIST) - px(NARROW) - 4 * GUTTER
        crowded = self.pack is not None and self.view.least_width() > room
        hides = crowded and not self._list_wanted
        if hides and self.list.isAncestorOf(self.focusWidget()):
            self.view.table.view.setFocus()
        self.list.setVisible(not hides)
        self.side.list_button.setVisible(hides)

    def _fit(self) -> None:
        """Shows the pages beside the table where both have room."""
        self._fit_list()
        beside = 0 if self.list.isHidden() else self.list.width() + GUTTER
        px, rest = self.ui.theme.px, self.width() - beside - 3 * GUTTER
        needed, wide = self.view.natural_width(), max(px(WIDE), self.width() * 27 // 100)
        wide = max(px(_LEAST_PAGES), min(wide, px(_WIDEST), rest - needed))
        room = rest - wide
        forced = room < px(_LEAST_TABLE)
        crowded = needed > room and self.pack is not None
        narrow = forced or (crowded if self._fold_wanted is None else self._fold_wanted)
        self.side.fold(narrow=narrow, forced=forced, wide=wide)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()
