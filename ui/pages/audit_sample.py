"""Sampel: documents drawn by a seed that anybody can draw again, ticked off one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from kwt_books.domain.errors import BookError
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.model import Report, Row, RowKind
from kwt_books.services.audit import AuditDesk
from kwt_books.services.audit.records import SampleRecord, Tick
from kwt_books.services.sampling.paper import AGREES, DIFFERS, MISSING
from ui.forms.finding import FindingDialog
from ui.forms.sale_parts.beside import Beside
from ui.forms.sampling import METHODS, OF, SamplingDialog
from ui.pages.audit_room import AuditPart, AuditRoom
from ui.pages.audit_tick import TickPanel
from ui.pages.document_writing import PaperWriter, WritingStrip
from ui.tokens import GUTTER, ROW_TWO_LINES
from ui.widgets.button import Button
from ui.widgets.card import Card, Note
from ui.widgets.empty import EmptyState
from ui.widgets.label import column, label, row, rule
from ui.widgets.list_table import Cell, Heading, ListRow, ListTable
from ui.widgets.picker import Choice

_ASIDE, _LEAST = 340, 560
STATES = {
    "": ("square", "quiet", noop("Not looked at")),
    AGREES: ("check-square-fill", "good", noop("Agrees")),
    DIFFERS: ("warning-circle-fill", "warn", noop("Differs")),
    MISSING: ("x-circle-fill", "error", noop("Paper missing")),
}
"""Icon, tone and words of what was found."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A kept sample, its working paper as it stands, and the names of all of them."""

    names: tuple[str, ...]
    record: SampleRecord | None = None
    report: Report | None = None
    ticks: Mapping[str, Tick] | None = None


class SamplePart(AuditPart):
    def __init__(self, room: AuditRoom) -> None:
        super().__init__(room)
        self.shown = Shown(())
        self._wanted = ""
        self._next: str | None = None
        self.writer = PaperWriter(self.desk, self)
        t = self.t
        self._stack = QStackedWidget()
        nothing = EmptyState(
            self.kit,
            "check-square",
            t("No sample has been drawn yet"),
            t(
                "Say what error must not go unseen; the program draws the documents to look at. "
                "The same seed draws the same sample again, on any computer."
            ),
        )
        nothing.offer(t("New sample"), self.new_sample, "plus")
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._make_page())
        self.problem = Note(self.kit)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.body.addWidget(self._stack, 1)
        for keys, act in (("Ctrl+N", self.new_sample), ("Ctrl+P", self.show_paper)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- layout ----------------------------------------------------------------------------

    def _make_page(self) -> QWidget:
        ground = QWidget()
        ground.setObjectName("canvas")
        page = column(ground, space=12)
        t, kit = self.t, self.kit
        line = row(space=8)
        self.which = Choice(kit, ())
        self.which.setMinimumWidth(kit.theme.px(120))
        self.which.setAccessibleName(t("Sample"))
        self.which.changed.connect(self._chosen)
        line.addWidget(self.which)
        self.about = label("", "caption", wrap=True)
        line.addWidget(self.about, 1)
        new = Button(kit, t("New sample"), "plus", kind="primary")
        line.addWidget(new.hint(t("New sample"), "Ctrl+N").when_clicked(self.new_sample))
        paper = Button(kit, t("Working paper"), "printer")
        line.addWidget(paper.hint(t("Working paper"), "Ctrl+P").when_clicked(self.show_paper))
        book = Button(kit, "", "table").hint(t("Save as Excel or PDF"))
        line.addWidget(book.when_clicked(self.save_paper))
        page.addLayout(line)
        page.addWidget(WritingStrip(kit, self.writer))
        self.panel = TickPanel(kit)
        self.panel.ticked.connect(self.tick)
        self.panel.opened.connect(lambda: self.open_document(self.table.key))
        self.panel.finding_wanted.connect(self.new_finding)
        page.addWidget(Beside(kit, self._make_list(), self.panel, _ASIDE, _LEAST), 1)
        return ground

    def _make_list(self) -> Card:
        t, kit, card = self.t, self.kit, Card(margins=0, space=0)
        headings = (
            Heading(t("Document")),
            Heading(t("What it was")),
            Heading(t("Amount"), figures=True),
            Heading(t("Result")),
        )
        self.table = ListTable(kit, headings, ROW_TWO_LINES)
        self.table.stretch(1)
        self.table.setMinimumHeight(kit.theme.px(4 * ROW_TWO_LINES))
        self.table.chosen.connect(lambda _key: self._show_document())
        self.table.opened.connect(self.open_document)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(lambda: self.tick(AGREES, None, ""))
        card.body.addWidget(self.table, 1)
        card.body.addWidget(rule())
        foot = row(space=8)
        foot.setContentsMargins(GUTTER, 8, GUTTER, 8)
        self.result = label("", "caption", wrap=True)
        foot.addWidget(self.result, 1)
        card.body.addLayout(foot)
        return card

    # -- what the audit's file says --------------------------------------------------------

    def refresh(self) -> None:
        wanted, language = self._wanted, self.kit.language
        self.ask(lambda book: read(self.room.at(book), wanted, language), self._show, self._refused)

    def _refused(self, error: BookError) -> None:
        self.problem.say(self.desk.explain(error), "error")
        self.problem.show()
        self._stack.setCurrentIndex(0)

    def _show(self, shown: Shown) -> None:
        self.problem.hide()
        self.shown = shown
        self._stack.setCurrentIndex(1 if shown.record is not None else 0)
        if shown.record is None or shown.report is None:
            return
        self.which.blockSignals(True)
        self.which.clear()
        for name in shown.names:
            self.which.addItem(name, name)
        self.which.choose(shown.record.name)
        self.which.blockSignals(False)
        self.about.setText(self._summary(shown.record))
        lines = [each for each in shown.report.rows if each.kind is RowKind.LINE]
        self.table.show_rows([self._row(each) for each in lines])
        self._show_result(len(lines))
        if self._next is not None:
            self.table.choose(self._next)
            self._next = None
        elif self.table.key is None and lines:
            self.table.select(0)
        self._show_document()

    def _summary(self, record: SampleRecord) -> str:
        t, formats = self.t, self.kit.formats
        parts = [
            t(OF[record.of]) if record.of in OF else self._account(record.of),
            t(METHODS[record.method]),
            f"{formats.numeric_day(record.start)}–{formats.numeric_day(record.end)}",
            t("{drawn} of {count} documents", drawn=formats.number(len(record.items)),
              count=formats.number(record.count)),
        ]  # fmt: skip
        if record.materiality:
            sure = t("materiality {amount} at {confidence}%", confidence=record.confidence,
                     amount=formats.rupiah(record.materiality))  # fmt: skip
            parts.append(sure)
        parts.append(t("seed {seed}", seed=record.seed))
        return " · ".join(parts)

    def _account(self, code: str) -> str:
        known = self.desk.setup.accounts.get(code) if self.desk.setup is not None else None
        return f"{code} {known.name if known is not None else ''}".strip()

    def _row(self, line: Row) -> ListRow:
        number, formats = line.code or "", self.kit.formats
        day, amount = line.cells[2:4]
        tick = self._tick(number)
        icon, tone, words = STATES[tick.outcome if tick is not None else ""]
        second = formats.numeric_day(day)  # type: ignore[arg-type]
        return ListRow(
            number,
            (
                Cell(number, second, bold=True),
                Cell(line.label, self._remark(number, tick)),
                Cell(formats.number(amount)),  # type: ignore[arg-type]
                Cell(self.t(words), icon=icon, tone=tone),
            ),
        )

    def _remark(self, number: str, tick: Tick | None) -> str:
        record, t = self.shown.record, self.t
        assert record is not None
        hits = next(each.hits for each in record.items if each.document == number)
        parts = [t("drawn {count} times", count=hits)] if hits > 1 else []
        if tick is not None and tick.audited is not None:
            amount = self.kit.formats.rupiah(tick.audited)
            parts.append(t("by the paper {amount}", amount=amount))
        if tick is not None and tick.note:
            parts.append(tick.note)
        return " · ".join(parts)

    def _tick(self, number: str) -> Tick | None:
        return (self.shown.ticks or {}).get(number)

    def _show_result(self, drawn: int) -> None:
        t, formats, report = self.t, self.kit.formats, self.shown.report
        done = len(self.shown.ticks or {})
        text = t("{done} of {drawn} looked at.", done=formats.number(done),
                 drawn=formats.number(drawn))  # fmt: skip
        if report is not None and done:
            figures = report.figures
            text += " " + t(
                "Errors: {count}, {found}; most likely in all {likely}.",
                count=formats.number(figures["errors"]),
                found=formats.rupiah(figures["error_found"]),
                likely=formats.rupiah(figures["error_likely"]),
            )
            if "error_at_most" in figures and done >= drawn:
                most = formats.rupiah(figures["error_at_most"])
                text += " " + t("Not more than {most}.", most=most)
        self.result.setText(text)

    def _show_document(self) -> None:
        number = self.table.key
        if number is None or self.shown.report is None:
            return
        line = next(each for each in self.shown.report.rows if each.code == number)
        amount = line.cells[3]
        assert isinstance(amount, int)
        self.panel.show_document(str(number), line.label, amount, self._tick(str(number)))

    # -- what the auditor does -------------------------------------------------------------

    def _chosen(self) -> None:
        self._wanted = self.which.code()
        self.invalidate()

    def new_sample(self) -> None:
        dialog = SamplingDialog(self.room, self.shown.names, self.window())

        def drawn() -> None:
            self._wanted = dialog.drawn
            self.invalidate()

        dialog.accepted.connect(drawn)
        dialog.open()

    def tick(self, outcome: str, audited: int | None, note: str) -> None:
        """Writes down what was found, and goes on to the next that is still open."""
        record, number = self.shown.record, self.table.key
        if record is None or number is None:
            return
        name, document = record.name, str(number)
        self._next = self._after(document)
        self.room.write(
            lambda desk: desk.notebook.tick(name, document, outcome, audited, note),
            lambda _none: None,
        )

    def _after(self, number: str) -> str:
        """The next document not looked at yet; the same where there is none."""
        record = self.shown.record
        assert record is not None
        documents = [each.document for each in record.items]
        place = documents.index(number)
        following = documents[place + 1 :] + documents[:place]
        return next((each for each in following if self._tick(each) is None), number)

    def new_finding(self) -> None:
        number = str(self.table.key or "")
        tick = self._tick(number)
        amount = self.panel.difference() if tick is not None and tick.outcome != AGREES else None
        FindingDialog(
            self.room, self.window(), document=number, amount=amount,
            text=tick.note if tick is not None else "",
        ).open()  # fmt: skip

    # -- the working paper -----------------------------------------------------------------

    def show_paper(self) -> None:
        record, language = self.shown.record, self.kit.language
        if record is None:
            return
        title = self.t("Sample {name}", name=record.name)
        self.writer.open(
            title, lambda book: self.room.at(book).working_paper(record.name, language), self
        )

    def save_paper(self) -> None:
        record, language = self.shown.record, self.kit.language
        if record is None:
            return
        self.writer.save_as(
            lambda book: self.room.at(book).working_paper(record.name, language),
            ("xlsx", "pdf", "csv"),
            self.t("Sample {name}", name=record.name),
            self,
        )


def read(desk: AuditDesk, wanted: str, language: str) -> Shown:
    """On the worker: the sample of that name, else the newest one."""
    records = desk.notebook.read()
    names = tuple(each.name for each in records.samples)
    record = records.sample(wanted) or next(reversed(records.samples), None)
    if record is None:
        return Shown(names)
    report = desk.working_paper(record.name, language).reports[0]
    return Shown(names, record, report, records.ticks_of(record.name))
