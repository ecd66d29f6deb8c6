"""Temuan & paket: findings and conclusion, the letter, the pack, another copy beside the book."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QWidget

from kwt_books.app import Book
from kwt_books.domain.errors import BookError
from kwt_books.domain.file_names import file_name_for
from kwt_books.domain.month import last_day
from kwt_books.reports.model import RowKind
from kwt_books.reports.pack import Pack
from kwt_books.services.audit.records import Finding, Records
from ui.forms.finding import FindingDialog, ReplyDialog
from ui.forms.sale_parts.beside import Beside
from ui.long_work import LongWork
from ui.pages.audit_room import AuditPart, AuditRoom
from ui.pages.document_writing import PaperWriter, WritingStrip
from ui.tasks import Progress
from ui.tokens import GUTTER, ROW_TWO_LINES
from ui.widgets.button import Button
from ui.widgets.card import Card, Note
from ui.widgets.date_field import DateField
from ui.widgets.empty import EmptyState
from ui.widgets.field import NoteField
from ui.widgets.label import Elided, column, label, row, rule
from ui.widgets.list_table import Cell, Heading, ListRow, ListTable

_ASIDE, _LEAST = 430, 520
_WHOLE = 1_000


class WrapPart(AuditPart):
    def __init__(self, room: AuditRoom) -> None:
        super().__init__(room)
        self.records: Records | None = None
        self.comparison: Pack | None = None
        self.writer = PaperWriter(self.desk, self)
        self.body.addWidget(WritingStrip(self.kit, self.writer))
        aside = QWidget()
        aside.setObjectName("bare")
        page = column(aside, space=12)
        page.addWidget(self._make_letter())
        page.addWidget(self._make_pack())
        page.addWidget(self._make_comparison())
        page.addStretch(1)
        self.body.addWidget(Beside(self.kit, self._make_findings(), aside, _ASIDE, _LEAST), 1)
        for keys, act in (("Ctrl+N", self.new_finding), ("Ctrl+P", self.show_letter)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- layout ----------------------------------------------------------------------------

    def _make_findings(self) -> Card:
        t, kit, card = self.t, self.kit, Card(margins=0, space=0)
        line = row(space=8)
        line.setContentsMargins(GUTTER, 10, 12, 10)
        line.addWidget(label(t("Findings"), "card"), 1)
        self.reply_button = Button(kit, t("Group's answer"), "chat-text")
        line.addWidget(self.reply_button.when_clicked(self.reply))
        new = Button(kit, t("New finding"), "plus", kind="primary")
        line.addWidget(new.hint(t("New finding"), "Ctrl+N").when_clicked(self.new_finding))
        card.body.addLayout(line)
        card.body.addWidget(rule())
        headings = (
            Heading(t("No.")),
            Heading(t("What was found")),
            Heading(t("Document")),
            Heading(t("Amount"), figures=True),
        )
        self.table = ListTable(kit, headings, ROW_TWO_LINES)
        self.table.stretch(1)
        self.table.setMinimumHeight(kit.theme.px(3 * ROW_TWO_LINES))
        self.table.opened.connect(self._open_finding)
        title = t("Nothing has been written down")
        text = t("A sample, or what looks odd, leads to findings; each gets a number.")
        self.nothing = EmptyState(kit, "flag", title, text)
        self.nothing.setObjectName("bare")
        self.broken = EmptyState(kit, "warning", "")
        self.broken.setObjectName("bare")
        self._stack = QStackedWidget()
        for each in (self.nothing, self.table, self.broken):
            self._stack.addWidget(each)
        card.body.addWidget(self._stack, 1)
        card.body.addWidget(rule())
        card.body.addLayout(self._make_file_line())
        return card

    def _make_file_line(self) -> QHBoxLayout:
        t, line = self.t, row(space=8)
        line.setContentsMargins(GUTTER, 6, 8, 6)
        self.file = Elided("", "caption")
        line.addWidget(self.file, 1)
        other = Button(self.kit, t("Another file"), kind="quiet", scale="small")
        hint = t("Samples, ticks, findings and answers are kept there, never in the book.")
        line.addWidget(other.hint(hint).when_clicked(self.room.choose_file))
        return line

    def _make_letter(self) -> Card:
        t, kit, card = self.t, self.kit, Card(self.t("Conclusion and letter"))
        self.conclusion = NoteField(kit, lines=3)
        self.conclusion.setAccessibleName(t("Conclusion"))
        self.conclusion.setPlaceholderText(t("What the audit comes to, in your own words"))
        card.body.addWidget(self.conclusion)
        line = row(space=8)
        self.keep_button = Button(kit, t("Keep the conclusion"))
        line.addWidget(self.keep_button.when_clicked(self.conclude))
        line.addStretch(1)
        letter = Button(kit, t("Letter of findings"), "file-text")
        line.addWidget(letter.hint(t("Look at it and print it"), "Ctrl+P"))
        letter.when_clicked(self.show_letter)
        card.body.addLayout(line)
        return card

    def _make_pack(self) -> Card:
        t, kit, card = self.t, self.kit, Card(self.t("Audit pack"))
        text = t(
            "All reports, tables, seals and attachments in one ZIP file, with a small program that "
            "checks them without KWT Books."
        )
        card.body.addWidget(label(text, "caption", wrap=True))
        line = row(space=8)
        line.addWidget(label(t("Until"), "label"))
        self.until = DateField(kit, last_day(self.desk.month), weekday=False)
        self.until.setAccessibleName(t("Until"))
        line.addWidget(self.until, 1)
        save = Button(kit, t("Save the pack"), "archive")
        line.addWidget(save.when_clicked(self.choose_pack))
        card.body.addLayout(line)
        return card

    def _make_comparison(self) -> Card:
        t, kit, card = self.t, self.kit, Card(self.t("Another copy of the book"))
        text = t("A backup, say: where both are the same, where they part, what each has after.")
        line = row(space=8)
        line.addWidget(label(text, "caption", wrap=True), 1)
        other = Button(kit, t("Choose"), "git-diff").hint(t("Choose the other copy of the book"))
        line.addWidget(other.when_clicked(self.choose_other))
        card.body.addLayout(line)
        self.compared = Note(kit)
        self.compared.hide()
        card.body.addWidget(self.compared)
        self.all_button = Button(kit, t("Show it all"), "file-text", kind="quiet", scale="small")
        self.all_button.when_clicked(self.show_comparison).hide()
        card.body.addWidget(self.all_button)
        return card

    # -- what was written down -------------------------------------------------------------

    def refresh(self) -> None:
        self.ask(lambda book: self.room.at(book).notebook.read(), self._show, self._refused)

    def _refused(self, error: BookError) -> None:
        self.records = None
        self.broken.retitle(self.desk.explain(error))
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
            self.conclusion.restore(records.conclusion.text)

    def _show_file(self) -> None:
        text = self.t("Kept in {file}, beside the book", file=self.room.file.name)
        if self.room.file.parent != self.desk.book.parent:
            text = self.t("Kept in {file}", file=str(self.room.file))
        self.file.setText(text)

    def _row(self, finding: Finding) -> ListRow:
        t, formats = self.t, self.kit.formats
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
        found = self.records.findings if self.records is not None else ()
        return next((each for each in found if each.number == self.table.key), None)

    def _open_finding(self, _number: object) -> None:
        if self.finding is not None and self.finding.document:
            self.open_document(self.finding.document)

    # -- what the auditor does -------------------------------------------------------------

    def new_finding(self) -> None:
        FindingDialog(self.room, self.window()).open()

    def reply(self) -> None:
        if self.finding is not None:
            ReplyDialog(self.room, self.finding, self.window()).open()

    def conclude(self) -> None:
        text = self.conclusion.value() or ""
        self.room.write(
            lambda desk: desk.notebook.conclude(text),
            lambda _none: self.desk.say(self.t("The conclusion is written down.")),
        )

    def show_letter(self) -> None:
        language, title = self.kit.language, self.t("Letter of findings")
        self.writer.open(title, lambda book: self.room.at(book).letter(language), self)

    # -- the pack --------------------------------------------------------------------------

    def choose_pack(self) -> None:
        until = self.until.value()
        if until is None:
            self.until.setFocus()
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = file_name_for(f"{self.t('Audit pack')} {self.desk.book.stem} {until.isoformat()}")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.t("Save the pack"), str(Path(folder) / f"{name}.zip"), "ZIP (*.zip)"
        )
        if chosen:
            path = Path(chosen)
            self.save_pack(path if path.suffix else path.with_suffix(".zip"))

    def save_pack(self, path: Path) -> None:
        until, language = self.until.value(), self.kit.language

        def work(book: Book, tell: Progress) -> None:
            book.export("audit", path, language=language, progress=tell, until=until)

        LongWork(self.desk, self.t("Making the audit pack"), 0, self.window()).start(
            work, lambda _none: self._packed(path), reads=True
        )

    def _packed(self, path: Path) -> None:
        self.desk.say(
            self.t("in {folder}", folder=str(path.parent)),
            strong=self.t("{name} is saved.", name=path.name),
            offer=self.t("Open the folder"),
            act=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))),
        )

    # -- another copy ----------------------------------------------------------------------

    def choose_other(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.t("Another copy of the book"), "", self.t("Books (*.kwt);;All files (*)")
        )
        if chosen:
            self.compare(Path(chosen))

    def compare(self, other: Path) -> None:
        language = self.kit.language

        def work(book: Book, tell: Progress) -> Pack:
            def told(passed: int, total: int) -> None:
                tell(passed * _WHOLE // max(total, 1))

            return book.compare(other, language, told)

        title = self.t("Laying the books side by side")
        LongWork(self.desk, title, _WHOLE, self.window()).start(work, self._compared)

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
        pack, title = self.comparison, self.t("Two books side by side")
        if pack is not None:
            self.writer.open(title, lambda _book: pack, self)
