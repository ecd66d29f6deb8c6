"""Periksa buku: every check of the book, each with its outcome in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from kwt_books.book import Book
from kwt_books.domain.chain import short_code
from kwt_books.domain.errors import BookError
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.context import Parameters
from kwt_books.services.explain import explain
from kwt_books.services.integrity.entries import CHECKS, Outcome
from ui.audit.room import AuditPart, AuditRoom
from ui.kit.button import Button
from ui.kit.card import Card, Note
from ui.kit.layout import column, fill, holder, label, progress_bar, row
from ui.kit.list import ListRow, ListTable, head_row
from ui.kit.look import ROW_TWO_LINES
from ui.kit.table import Cell, raw
from ui.kit.worker import Change, Job, Progress

_WHOLE = 1_000
MEANS = {
    "file": noop("SQLite reads every page of the file without damage."),
    "guards": noop(
        "Everything that keeps recorded documents from being changed in the file is in place."
    ),
    "chain": noop("The seal of every document is recalculated and leads to the next."),
    "entries": noop("Date, number and amounts in the tables are those that were sealed."),
    "balanced": noop("Debit and credit of every document are equal to the rupiah."),
    "numbers": noop("No voucher number is missing, and none occurs twice."),
    "closed-months": noop("Nothing came into a month after it was closed."),
    "parties": noop("What is owed adds up by name to its account."),
    "stock": noop("No goods were taken that were not there."),
    "controls": noop("Goods, plants and assets are worth what their accounts say."),
    "attachments": noop("Photos and files are, byte for byte, those that were attached."),
    "kept-balances": noop("The balances kept in the file are those of the documents."),
    "kept-layers": noop("The stock kept by lot is that of the documents."),
    "kept-plants": noop("The seedlings and beds kept are those of the documents."),
    "kept-assets": noop("The assets kept are those of the documents."),
    "kept-programmes": noop("What is left of each programme's money agrees with the documents."),
    "kept-savings": noop("The savings kept by member are those of the documents."),
    "kept-dues": noop("The months of dues kept as paid are those of the documents."),
    "kept-numbers": noop("The last number of each series is that of the documents."),
    "kept-setup": noop("Names, prices and recipes in use are those recorded last."),
    "trial-balance": noop("All balances add up to zero."),
}
"""By check: what it looks at, in words that need no book-keeping."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the book gave: outcomes, the number of documents, the chain's last hash."""

    outcomes: tuple[Outcome, ...]
    documents: int = 0
    head: str = ""


class VerifyPart(AuditPart):
    """The part that checks the book, with a line for each check."""

    def __init__(self, room: AuditRoom) -> None:
        super().__init__(room)
        self.checked: Checked | None = None
        self._at: datetime | None = None
        self._job: Job[Checked] | None = None
        self.note = Note(self.ui)
        self.show_button = self.note.offer(self.t("Show"), self._show_first)
        self.note.hide()
        t = self.t
        self.table = ListTable(
            self.ui, head_row(t("What is checked"), t("Document"), t("Result")),
            ROW_TWO_LINES,
        )  # fmt: skip
        self.table.clicked.connect(lambda index: self._open(str(raw(index))))
        self.table.opened.connect(lambda key: self._open(str(key)))
        card = Card(margins=0, space=0)
        card.body.addWidget(self.table, 1)
        fill(self.body, self._make_top(), self.note, (card, 1))
        self.workspace.tasks.changed.connect(self._outdated)
        self._fill()

    def _make_top(self) -> Card:
        t, card = self.t, Card()
        title = label(t("Is this book still as it was recorded?"), "card")
        text = t("Everything is recalculated from the first document on; the book is only read.")
        words = column(title, label(text, "caption", wrap=True), space=2)
        self.run_button = Button(self.ui, t("Check now"), "shield-check", kind="primary",
                                 scale="large")  # fmt: skip
        self.run_button.hint(t("Check now"), "F5").when_clicked(self.run)
        fill(card.body, row((words, 1), self.run_button, space=16), self._make_progress())
        QShortcut(QKeySequence("F5"), self).activated.connect(self.run)
        return card

    def _make_progress(self) -> QWidget:
        self.bar = progress_bar()
        self.stop_button = Button(self.ui, self.t("Stop"), kind="quiet", scale="small")
        self.stop_button.when_clicked(self.stop)
        told = label(self.t("Checking…"), "caption")
        self.progress = holder(row(told, (self.bar, 1), self.stop_button, space=12), "bare")
        self.progress.hide()
        return self.progress

    def shows_notes(self) -> bool:
        return False

    def _outdated(self, _change: Change) -> None:
        """Marks the outcomes as those of an earlier state of the book."""
        if self.checked is None:
            return
        self.checked = None
        self._fill()
        self.note.say(self.t("Something was recorded since then. Check again."), "warn")
        self.show_button.hide()

    # -- checking --------------------------------------------------------------------------

    def run(self) -> None:
        """Checks the book in the background; does nothing while a check is running."""
        if self._job is not None:
            return
        self.run_button.setEnabled(False)
        self.bar.setRange(0, 0)
        self.progress.show()
        self.note.hide()
        language = self.ui.language
        self._job = self.workspace.tasks.long(
            lambda book, tell: check(book, tell, language),
            self._done,
            self._tell,
            self._failed,
            settled=self._settled,
            owner=self,
        )

    def stop(self) -> None:
        """Cancels the check that is running."""
        if self._job is not None:
            self._job.cancel()

    def _tell(self, amount: int) -> None:
        self.bar.setRange(0, _WHOLE)
        self.bar.setValue(amount)

    def _done(self, checked: Checked) -> None:
        self.checked, self._at = checked, self.ui.clock()
        self._fill()
        self._say_result()

    def _failed(self, error: BookError) -> None:
        self.note.say(self.workspace.explain(error), "error")
        self.show_button.hide()
        self.note.show()

    def _settled(self) -> None:
        self._job = None
        self.progress.hide()
        self.run_button.setEnabled(True)

    # -- what was found --------------------------------------------------------------------

    @property
    def failures(self) -> list[Outcome]:
        """The outcomes that did not pass."""
        return [each for each in self.checked.outcomes if not each.passed] if self.checked else []

    @property
    def first_bad(self) -> Outcome | None:
        """The first outcome that names a bad document, else the first that failed, or None."""
        blamed = [each for each in self.failures if each.sequence is not None]
        first = min(blamed, key=lambda each: each.sequence or 0, default=None)
        return first or next(iter(self.failures), None)

    def _say_result(self) -> None:
        assert self.checked is not None
        assert self._at is not None
        t, formats, bad = self.t, self.ui.formats, self.first_bad
        moment = formats.date_time(self._at)
        if bad is None:
            text = t.ngettext(
                "{documents} document, checked {moment}. Last seal: {seal}.",
                "{documents} documents, checked {moment}. Last seal: {seal}.",
                self.checked.documents,
                documents=formats.number(self.checked.documents),
                moment=moment, seal=short_code(self.checked.head),
            )  # fmt: skip
            self.note.say(text, "good", strong=t("The book is as it was recorded."))
        else:
            found = self._explain(bad)
            where = bad.document or t("The file as a whole")
            text = t("First found: {where}. {what}", where=where, what=found)
            self.note.say(text, "error", strong=t("The book is not as it was recorded."))
            self.show_button.setText(t("Show {number}", number=bad.number or ""))
        self.show_button.setVisible(bad is not None and bool(bad.number))
        self.note.show()

    def _explain(self, outcome: Outcome) -> str:
        if outcome.details is None:
            return ""
        return explain(outcome.details, self.workspace.setup, self.t, self.ui.formats)

    def _fill(self) -> None:
        """Fills the table, failed checks first; before the first run each is shown as open."""
        outcomes = self.checked.outcomes if self.checked is not None else ()
        rows = [self._row(each) for each in sorted(outcomes, key=lambda each: each.passed)]
        self.table.show_rows(rows or [self._open_row(name) for name in CHECKS])

    def _open_row(self, name: str) -> ListRow:
        title = self.t.gettext(f"check-{name}")
        cells = (
            Cell(title, self.t(MEANS[name]), icon="circle-dashed"),
            Cell(),
            Cell(self.t("Not checked yet"), tone="quiet"),
        )
        return ListRow(name, cells)

    def _row(self, outcome: Outcome) -> ListRow:
        t, title = self.t, self.t.gettext(f"check-{outcome.check}")
        if outcome.passed:
            icon, tone = "check-circle-fill", "good"
            second, result = t(MEANS[outcome.check]), t("In order")
        else:
            icon, tone = "x-circle-fill", "error"
            second, result = self._explain(outcome), t("WRONG")
        cells = (
            Cell(title, second, icon=icon, tone=tone, bold=not outcome.passed),
            Cell(outcome.document or "", bold=True),
            Cell(result, tone=tone, badge=True),
        )
        return ListRow(outcome.check, cells)

    # -- to the document -------------------------------------------------------------------

    def _open(self, check: str) -> None:
        found = next((each for each in self.failures if each.check == check), None)
        if found is not None and found.number:
            self.open_document(found.number)
        elif found is not None and found.sequence is not None:
            text = self.t("This entry belongs to the set-up: it has no voucher to show.")
            self.workspace.say(text, "warn")

    def _show_first(self) -> None:
        if self.first_bad is not None:
            self.open_document(self.first_bad.number)


def check(book: Book, tell: Progress, language: str) -> Checked:
    """Checks the book and, where all is well, counts its documents. Runs on the worker."""

    def told(passed: int, total: int) -> None:
        tell(passed * _WHOLE // max(total, 1))

    outcomes = book.verify(told)
    if not all(each.passed for each in outcomes):
        return Checked(outcomes)
    imprint = book.pack("trial-balance", Parameters(), language).imprint
    return Checked(outcomes, imprint.documents, imprint.head)
