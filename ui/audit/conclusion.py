"""Temuan & paket: findings and conclusion, the letter of findings, the audit pack, and a second
copy of the book compared with this one; also the base of the audit's dialogs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from kwt_books.book import Book
from kwt_books.domain.errors import BookError, InvalidDocument
from kwt_books.domain.files import file_name_for
from kwt_books.domain.values import last_day
from kwt_books.reports.model import RowKind
from kwt_books.reports.packs import Pack
from kwt_books.services.audit.file import Finding, Records
from kwt_books.services.audit.service import AuditService
from ui.audit.room import AuditPart, AuditRoom
from ui.kit.button import Button, on_keys
from ui.kit.card import Card, EmptyState, Note, bare
from ui.kit.date_field import DateField
from ui.kit.dialog import dialog_head
from ui.kit.drafts import digest
from ui.kit.field import MoneyField, NoteField, TextField
from ui.kit.field_set import FieldSet
from ui.kit.file_dialog import Use, ask_where, ask_which
from ui.kit.folders import show_file
from ui.kit.help_keys import add_help_keys
from ui.kit.layout import (
    Elided,
    column,
    fill,
    holder,
    label,
    open_up,
    pass_by,
    row,
    rule,
    stacked,
)
from ui.kit.list import ListRow, ListTable, head_row
from ui.kit.look import GUTTER, ROW_TWO_LINES
from ui.kit.printing import PaperWriter, WritingStrip
from ui.kit.scrolling import Beside, Scrolling
from ui.kit.table import Cell
from ui.kit.worker import Progress
from ui.kit.workspace import LongWork

_WIDTH, _LEAST, _MOST = 520, 240, 648
_QUIET = 250  # milliseconds without a key that count as a pause
T = TypeVar("T")
W = TypeVar("W", bound=QWidget)


class AuditDialog(FieldSet, QDialog):
    """The base of dialogs that write into the audit's own file: add fields, override `save`. Ctrl+S
    saves, F1 opens the guide, Esc leaves, but not while it is being written; what was typed is kept
    as a draft until it is.
    """

    changed = Signal()
    """Something was typed or picked."""
    topic = "audit"
    """The section of the guide that explains it."""

    def __init__(self, room: AuditRoom, title: str, save: str, parent: QWidget | None) -> None:
        super().__init__(_QUIET)
        self.setParent(parent, Qt.WindowType.Dialog)
        self.room, self.workspace = room, room.workspace
        self.ui, self.t = room.workspace.ui, room.workspace.ui.t
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        add_help_keys(self, self.ui, lambda: self.topic)
        ground = bare()
        self.problem = Note(self.ui)
        self.problem.hide()
        self.drafted = Note(self.ui, self.t("Your last draft is here again."))
        self.drafted.offer(self.t("Start over"), self._start_over)
        self.drafted.hide()
        self._drafts = self.workspace.drafts
        self._draft = ""
        self._blank: dict[str, object] = {}
        self.body = column(self.problem, self.drafted, parent=ground, margins=GUTTER, space=8)
        heading = dialog_head(self.ui, "shield-check", title)
        self._area = Scrolling(ground)
        page = column(heading, (self._area, 1), rule(), parent=self)
        self.cancel_button = Button(self.ui, self.t("Cancel"), kind="quiet", scale="large")
        self.save_button = (
            Button(self.ui, save, kind="primary", scale="large")
            .hint(save, "Ctrl+S")
            .when_clicked(self.try_save)
        )
        self.save_button.setShortcut("Ctrl+S")
        buttons = (self.cancel_button.when_clicked(self.reject), self.save_button)
        pass_by(self.cancel_button, self.save_button)
        page.addLayout(row(..., *buttons, space=8, margins=GUTTER))

    def fit(self, *about: object) -> None:
        """Ends the fields; call it once they are all there. `about`: what its draft is told apart
        by, beside the auditor and the audit's file; without it none is kept.
        """
        self._blank = self.state()
        if about:
            apart = (self.workspace.person.name, self.room.file, type(self).__name__, *about)
            self._draft = f"audit-{digest(' '.join(map(str, apart)))}"
            self.cancel_button.hint(self.t("Close; your draft is kept"), "Esc")
        kept = self._drafts.read(self._draft) if about else None
        if kept is not None and kept != self._blank:
            self.restore(kept)
            self.drafted.show()
        self.pause.stop()
        self.body.addStretch(1)
        open_up(self, self.ui.theme.px(_WIDTH), self.ui.theme.px(_LEAST))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """As high as its fields, and no higher than the screen."""
        if (layout := self.layout()) is not None:
            layout.activate()
        high = self.height() + self._area.missing() + 8
        open_up(self, self.width(), min(high, self.ui.theme.px(_MOST)))
        super().showEvent(event)

    def wrong_with(self, path: str) -> str:
        """What is wrong with a field, in words; nothing with one that isn't shown."""
        return super().wrong_with(path) if self.fields[path].isVisible() else ""

    def _paused(self) -> None:
        self._keep_draft()

    def _keep_draft(self) -> None:
        self.pause.stop()
        if self._draft and self.save_button.isEnabled():
            self._drafts.keep(self._draft, self.state(), self._blank)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        super().hideEvent(event)
        if self.pause.isActive():
            self._keep_draft()

    def _start_over(self) -> None:
        self.restore(self._blank)
        self._drafts.discard(self._draft)
        self.drafted.hide()
        self._messages.clear()
        self._tried = False
        self.pause.stop()

    def reject(self) -> None:
        """Closes and keeps a draft; waits while it is being written, for that may be refused."""
        if self.save_button.isEnabled():
            self._keep_draft()
            super().reject()

    def try_save(self) -> None:
        """Saves once no field has anything wrong in it."""
        self.problem.hide()
        if self.complete() and self.save_button.isEnabled():
            self._keep_draft()
            self.save_button.setEnabled(False)
            self.save()

    def save(self) -> None:
        """Writes what was filled in into the audit's file; subclasses say how."""
        raise NotImplementedError

    def write(self, work: Callable[[AuditService], T], said: Callable[[T], str]) -> None:
        """Writes something into the audit's file, says what became of it, and closes."""
        drafts, draft = self._drafts, self._draft

        def written(audit: AuditService) -> T:
            found = work(audit)
            if draft:
                drafts.discard(draft)
            return found

        def saved(found: T) -> None:
            self.workspace.say(said(found))
            self.accept()

        self.room.write(written, saved, self.refused, owner=self)

    def refused(self, error: BookError) -> None:
        """Shows the error beside the field it names, else above all fields."""
        problems = [("", self.workspace.explain(error))]
        if isinstance(error, InvalidDocument):  # `findings.2.advice` is about `advice`
            said = ((each.field.rpartition(".")[2], each) for each in error.issues)
            problems = [(path, self.workspace.explain(each)) for path, each in said]
        left = self._messages.show(problems, everything=True)
        self._messages.focus_first(problems)
        self.problem.say("\n".join(left), "error")
        self.problem.setVisible(bool(left))
        self.save_button.setEnabled(True)


# -- A finding, and the group's answer to it ------------------------------------------------------


class FindingDialog(AuditDialog):
    """A new finding; document, amount (rupiah) and text may be filled in beforehand."""

    topic = "audit#wrap"

    def __init__(
        self,
        room: AuditRoom,
        parent: QWidget | None = None,
        *,
        document: str = "",
        amount: int | None = None,
        text: str = "",
    ) -> None:
        t = room.workspace.ui.t
        super().__init__(room, t("New finding"), t("Note it"), parent)
        ui = self.ui
        told = NoteField(ui, lines=4, wanted=t("Fill this in"))
        self.text = self.field("text", t("What was found"), told)
        self.text.set_value(text)
        about = t("Document it is about")
        self.document = self.field("document", about, TextField(ui), t("Optional"))
        self.document.set_value(document)
        amount_ = MoneyField(ui, required=False)
        self.amount = self.field("amount", t("Amount involved"), amount_, t("Optional"))
        self.amount.set_value(amount)
        self.advice = self.field("advice", t("Advice to the group"), NoteField(ui, lines=2))
        self.fit(document, text)
        self.text.setFocus()

    def save(self) -> None:
        """Writes the finding down; its number comes back."""
        text, document = self.text.value() or "", self.document.value()
        amount, advice = self.amount.value(), self.advice.value() or ""

        self.write(
            lambda audit: audit.find(text, document, amount, advice),
            lambda found: self.t("Finding {number} is noted.", number=found.number),
        )


class ReplyDialog(AuditDialog):
    """The group's answer to a finding."""

    topic = "audit#wrap"

    def __init__(self, room: AuditRoom, finding: Finding, parent: QWidget | None = None) -> None:
        t = room.workspace.ui.t
        title = t("The group's answer to finding {number}", number=finding.number)
        super().__init__(room, title, t("Note it"), parent)
        self._number = finding.number
        self.body.addWidget(label(finding.text, wrap=True))
        said = NoteField(self.ui, lines=4, wanted=t("Fill this in"))
        self.answer = self.field("answer", t("The group's answer"), said)
        self.answer.set_value(finding.answer)
        self.fit(finding.number)
        self.answer.setFocus()

    def save(self) -> None:
        """Writes the answer down beside its finding."""
        number, answer = self._number, self.answer.value() or ""

        self.write(
            lambda audit: audit.notebook.reply(number, answer),
            lambda _none: self.t("The answer is noted."),
        )


_ASIDE, _LEAST = 430, 520
_WHOLE = 1_000


class WrapPart(AuditPart):
    """The part with findings, conclusion, letter, pack and the comparison of two copies."""

    def __init__(self, room: AuditRoom) -> None:
        super().__init__(room)
        self.records: Records | None = None
        self.comparison: Pack | None = None
        self.writer = PaperWriter(self.workspace, self)
        self.body.addWidget(WritingStrip(self.ui, self.writer))
        cards = self._make_letter(), self._make_pack(), self._make_comparison()
        aside = holder(column(*cards, ..., space=12), "bare")
        self.body.addWidget(Beside(self.ui, self._make_findings(), aside, _ASIDE, _LEAST), 1)
        for keys, act in (("Ctrl+N", self.new_finding), ("Ctrl+P", self.show_letter)):
            on_keys(self, keys, act)

    # -- layout ----------------------------------------------------------------------------

    def _make_findings(self) -> Card:
        t, ui, card = self.t, self.ui, Card(margins=0, space=0)
        self.reply_button = Button(ui, t("Group's answer"), "chat-text").when_clicked(self.reply)
        new = Button(ui, t("New finding"), "plus", kind="primary").hint(t("New finding"), "Ctrl+N")
        parts = (label(t("Findings"), "card"), 1), self.reply_button
        line = row(
            *parts, new.when_clicked(self.new_finding), space=8, margins=(GUTTER, 10, 12, 10)
        )
        fill(card.body, line, rule())
        headings = head_row(t("No."), t("What was found"), t("Document"), t("Amount"), figures=(3,))
        self.table = ListTable(ui, headings, ROW_TWO_LINES)
        self.table.stretch(1)
        self.table.setMinimumHeight(ui.theme.px(3 * ROW_TWO_LINES))
        self.table.opened.connect(self._open_finding)
        title = t("No findings yet")
        text = t("A sample, or what looks odd, leads to findings; each gets a number.")
        self.nothing = EmptyState(ui, "flag", title, text)
        self.nothing.setObjectName("bare")
        self.broken = EmptyState(ui, "warning", "")
        self.broken.setObjectName("bare")
        self._stack = stacked(self.nothing, self.table, self.broken)
        fill(card.body, (self._stack, 1), rule(), self._make_file_line())
        return card

    def _make_file_line(self) -> QHBoxLayout:
        t, self.file = self.t, Elided("", "caption")
        other = Button(self.ui, t("Another file"), kind="quiet", scale="small")
        other.hint(t("Samples, ticks, findings and answers are kept there, never in the book."))
        other.when_clicked(self.room.choose_file)
        return row((self.file, 1), other, space=8, margins=(GUTTER, 6, 8, 6))

    def _make_letter(self) -> Card:
        t, ui, card = self.t, self.ui, Card(self.t("Conclusion and letter"))
        self.conclusion = NoteField(ui, lines=3)
        self.conclusion.setAccessibleName(t("Conclusion"))
        self.conclusion.setPlaceholderText(t("The result of the audit, in your own words"))
        self.keep_button = Button(ui, t("Save the conclusion")).when_clicked(self.conclude)
        letter = Button(ui, t("Letter of findings"), "file-text")
        letter.hint(t("Preview and print"), "Ctrl+P").when_clicked(self.show_letter)
        fill(card.body, self.conclusion, row(self.keep_button, ..., letter, space=8))
        return card

    def _make_pack(self) -> Card:
        t, ui, card = self.t, self.ui, Card(self.t("Audit pack"))
        text = t(
            "All reports, tables, seals and attachments in one ZIP file, with a small program that "
            "checks them without KWT Books."
        )
        self.until = DateField(ui, last_day(self.workspace.month), weekday=False)
        self.until.setAccessibleName(t("Until"))
        save = Button(ui, t("Save the pack"), "archive").when_clicked(self.choose_pack)
        line = row(label(t("Until"), "label"), (self.until, 1), save, space=8)
        fill(card.body, label(text, "caption", wrap=True), line)
        return card

    def _make_comparison(self) -> Card:
        t, ui, card = self.t, self.ui, Card(self.t("Another copy of the book"))
        text = t(
            "A backup, for example: up to where both are the same, where they part, and what "
            "each has after that."
        )
        other = Button(ui, t("Choose"), "git-diff").hint(t("Choose the other copy of the book"))
        line = row(
            (label(text, "caption", wrap=True), 1), other.when_clicked(self.choose_other), space=8
        )
        self.compared = Note(ui)
        self.compared.hide()
        self.all_button = Button(ui, t("Show it all"), "file-text", kind="quiet", scale="small")
        self.all_button.when_clicked(self.show_comparison).hide()
        fill(card.body, line, self.compared, self.all_button)
        return card

    # -- what was written down -------------------------------------------------------------

    def refresh(self) -> None:
        self.ask(lambda book: self.room.at(book).notebook.read(), self._show, self._refused)

    def _refused(self, error: BookError) -> None:
        self.records = None
        self.broken.retitle(self.workspace.explain(error))
        self._stack.setCurrentWidget(self.broken)
        self._show_file()

    def _show(self, records: Records) -> None:
        before = self.records.conclusion if self.records is not None else None
        self.records = records
        self._show_file()
        self.table.show_rows([self._row(each) for each in records.findings])
        self._stack.setCurrentWidget(self.table if records.findings else self.nothing)
        self.reply_button.setEnabled(bool(records.findings))
        if records.findings and self.table.key is None:
            self.table.select(0)
        typed = self.conclusion.value()
        if records.conclusion is not None and typed in (None, before.text if before else None):
            self.conclusion.set_value(records.conclusion.text)

    def _show_file(self) -> None:
        text = self.t("Kept in {file}, beside the book", file=self.room.file.name)
        book = self.workspace.book
        if not isinstance(book, Path) or self.room.file.parent != book.parent:
            text = self.t("Kept in {file}", file=str(self.room.file))
        self.file.setText(text)

    def _row(self, finding: Finding) -> ListRow:
        t, formats = self.t, self.ui.formats
        second = finding.advice
        if finding.answer:
            second = t("The group's answer: {text}.", text=finding.answer.rstrip("."))
        amount = formats.number(finding.amount) if finding.amount is not None else ""
        return ListRow(
            finding.number,
            (
                Cell(str(finding.number), tone="quiet"),
                Cell(finding.text, second, bold=True),
                Cell(finding.document or "", tone="quiet"),
                Cell(amount),
            ),
        )

    @property
    def finding(self) -> Finding | None:
        """The finding selected in the table, or None."""
        found = self.records.findings if self.records is not None else ()
        return next((each for each in found if each.number == self.table.key), None)

    def _open_finding(self, _number: object) -> None:
        if self.finding is not None and self.finding.document:
            self.open_document(self.finding.document)

    # -- what the auditor does -------------------------------------------------------------

    def new_finding(self) -> None:
        """Opens the dialog of a new finding."""
        FindingDialog(self.room, self.window()).open()

    def reply(self) -> None:
        """Opens the dialog of the group's answer to the selected finding."""
        if self.finding is not None:
            ReplyDialog(self.room, self.finding, self.window()).open()

    def conclude(self) -> None:
        """Writes the conclusion down."""
        text = self.conclusion.value() or ""
        self.room.write(
            lambda workspace: workspace.notebook.conclude(text),
            lambda _none: self.workspace.say(self.t("The conclusion is saved.")),
        )

    def show_letter(self) -> None:
        """Shows the letter of findings as it would be printed."""
        language, title = self.ui.language, self.t("Letter of findings")
        self.writer.open(title, lambda book: self.room.at(book).letter(language), self)

    # -- the pack --------------------------------------------------------------------------

    def choose_pack(self) -> None:
        """Asks where the pack shall be saved, and saves it there."""
        until = self.until.value()
        if until is None:
            self.until.setFocus()
            return
        name = file_name_for(
            f"{self.t('Audit pack')} {self.workspace.book.stem} {until.isoformat()}"
        )
        kinds = [(".zip", "ZIP (*.zip)")]
        if path := ask_where(self, self.t("Save the pack"), name, kinds):
            self.save_pack(path)

    def save_pack(self, path: Path) -> None:
        """Writes the audit pack, a ZIP, up to the day chosen."""
        until, language = self.until.value(), self.ui.language

        def work(book: Book, tell: Progress) -> None:
            book.export("audit", path, language=language, progress=tell, until=until)

        LongWork(self.workspace, self.t("Making the audit pack"), 0, self.window()).start(
            work, lambda _none: self._packed(path), reads=True
        )

    def _packed(self, path: Path) -> None:
        self.workspace.say(
            self.t("in {folder}", folder=str(path.parent)),
            strong=self.t("{name} is saved.", name=path.name),
            offer=self.t("Open the folder"),
            act=lambda: show_file(path.parent),
        )

    # -- another copy ----------------------------------------------------------------------

    def choose_other(self) -> None:
        """Asks for another copy of the book, and compares the two."""
        pattern = self.t("Books (*.kwt);;All files (*)")
        for path in ask_which(self, self.t("Another copy of the book"), pattern, Use.BOOK):
            self.compare(path)

    def compare(self, other: Path) -> None:
        """Compares this book with another copy, behind a bar with Cancel."""
        language = self.ui.language

        def work(book: Book, tell: Progress) -> Pack:
            def told(passed: int, total: int) -> None:
                tell(passed * _WHOLE // max(total, 1))

            return book.compare(other, language, told)

        title = self.t("Comparing the books")
        LongWork(self.workspace, title, _WHOLE, self.window()).start(work, self._compared)

    def _compared(self, pack: Pack) -> None:
        self.comparison = pack
        report = pack.reports[0]
        verdict = report.parameters["verdict"]
        sentence = next(each.label for each in report.rows if each.kind is RowKind.NOTE)
        parting = [each.label for each in report.rows if (each.code or "").startswith("parting-")]
        tone = "error" if verdict == "parted" else "good"
        self.compared.say("\n".join((sentence, *parting)), tone)
        self.compared.show()
        self.all_button.show()

    def show_comparison(self) -> None:
        """Shows the paper of the last comparison."""
        pack, title = self.comparison, self.t("Two books side by side")
        if pack is not None:
            self.writer.open(title, lambda _book: pack, self)
