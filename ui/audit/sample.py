"""Sampel: documents drawn by a seed, so that anybody can draw the same again; each is ticked off
here, and a new sample is planned.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from kwt_books.domain.errors import BookError
from kwt_books.domain.sampling import FACTORS, Method, Plan
from kwt_books.domain.values import first_day, last_day
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report, Row, RowKind
from kwt_books.reports.packs import Pack
from kwt_books.services.audit.file import SampleRecord, Tick
from kwt_books.services.audit.sampling import (
    AGREES,
    ALL,
    DIFFERS,
    MISSING,
    PAYMENTS,
    RECEIPTS,
    Asked,
)
from kwt_books.services.audit.service import AuditService
from ui.audit.conclusion import AuditDialog, FindingDialog
from ui.audit.room import AuditPart, AuditRoom
from ui.kit.button import Button, on_keys
from ui.kit.card import Card, EmptyState, Note, bare
from ui.kit.date_field import DateField
from ui.kit.document_form import level
from ui.kit.field import CountField, FieldRow, MoneyField, TextField
from ui.kit.layout import column, figures, fill, holder, label, row, rule, say, stacked
from ui.kit.list import ListRow, ListTable, head_row
from ui.kit.look import GUTTER, ROW_TWO_LINES, UiContext
from ui.kit.party import account_name
from ui.kit.picker import Choice, Picker
from ui.kit.printing import PaperWriter, WritingStrip
from ui.kit.scrolling import Beside
from ui.kit.table import Cell
from ui.kit.worker import Job

# -- One document of a sample: its outcome and the amount audited --------------------------------


_ACTS = (
    (AGREES, noop("Paper and amount agree"), "check", "primary"),
    (DIFFERS, noop("The amount differs"), "warning", "default"),
    (MISSING, noop("The paper is missing"), "x", "default"),
)


class TickPanel(Card):
    """The selected document of a sample: its amount, the amount audited, outcome and remark."""

    ticked = Signal(str, object, str)
    """Outcome, the amount audited (rupiah or None), remark."""
    opened = Signal()
    finding_wanted = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__(space=8)
        self._ui, t = ui, ui.t
        self._amount = 0
        self.number, self.text = label("", "card"), label("", wrap=True)
        show = Button(ui, t("Show"), kind="quiet", scale="small")
        top = row(
            (self.number, 1),
            show.hint(t("Opens the document in the diary")).when_clicked(self.opened.emit),
            space=8,
        )
        fill(self.body, top, self.text)
        self.amount = figures(ui, "", "title")
        self.body.addWidget(self.amount)
        self.audited = MoneyField(ui, required=False)
        self.audited_row = FieldRow(
            ui, t("Amount according to the paper"), self.audited, t("Only if it differs")
        )
        self.body.addWidget(self.audited_row)
        self.note = TextField(ui)
        self.body.addWidget(FieldRow(ui, t("Remark"), self.note))
        self.buttons: dict[str, Button] = {}
        for outcome, words, icon, kind in _ACTS:
            button = Button(ui, t(words), icon, kind=kind).when_clicked(
                partial(self._press, outcome)
            )
            self.buttons[outcome] = button
            self.body.addWidget(button)
        self.buttons[AGREES].hint(t("Space in the list does the same"))
        finding = Button(ui, t("Note a finding"), "flag", kind="quiet")
        self.body.addWidget(finding.when_clicked(self.finding_wanted.emit))
        self.state = label("", "caption", wrap=True)
        fill(self.body, self.state, ...)

    def show_document(self, number: str, text: str, amount: int, tick: Tick | None) -> None:
        """Shows a document, its amount in rupiah and what was found of it before, if anything."""
        ui, same = self._ui, number == self.number.text()
        self._amount = amount
        self.number.setText(number)
        self.text.setText(text)
        self.amount.setText(ui.formats.rupiah(amount))
        self.audited_row.say("")
        if not same or tick is not None:
            self.audited.set_value(tick.audited if tick is not None else None)
            self.note.set_value(tick.note if tick is not None else "")
        moment = ui.t("Checked {at} by {name}", at=_moment(ui, tick), name=tick.by) if tick else ""
        self.state.setText(moment)

    def difference(self) -> int:
        """How far the amount audited is from the recorded one, in rupiah; nothing audited counts as
        0.
        """
        return abs(self._amount - (self.audited.value() or 0))

    def _press(self, outcome: str) -> None:
        audited = self.audited.value()
        if outcome == DIFFERS and audited is None:
            self.audited_row.say(self._ui.t("What does the paper say?"), "error")
            self.audited.setFocus()
            return
        kept = audited if outcome == DIFFERS else None
        self.ticked.emit(outcome, kept, self.note.value() or "")


def _moment(ui: UiContext, tick: Tick) -> str:
    return ui.formats.date_time(datetime.fromisoformat(tick.at))


# -- The dialog of a new sample: population, method, confidence, seed ----------------------------


METHODS = {
    Method.MONETARY: noop("Monetary units"),
    Method.RANDOM: noop("Simple random"),
    Method.STRATIFIED: noop("Stratified"),
}
MEANS = {
    Method.MONETARY: noop("The larger an amount, the likelier it is drawn."),
    Method.RANDOM: noop("Every document is as likely as any other."),
    Method.STRATIFIED: noop("Some of every stratum."),
}
OF = {
    PAYMENTS: noop("Payments: what went out"),
    RECEIPTS: noop("Receipts: what came in"),
    ALL: noop("All documents"),
}
STRATA = {
    "amount": noop("By size of the amount"),
    "kind": noop("By kind of document"),
    "month": noop("By month"),
}
_CONFIDENCE = 95


class SamplingDialog(AuditDialog):
    """Plans a new sample; says while one types how many documents would be drawn."""

    topic = "audit#sample"

    def __init__(
        self, room: AuditRoom, taken: Collection[str], parent: QWidget | None = None
    ) -> None:
        t = room.workspace.ui.t
        super().__init__(room, t("New sample"), t("Draw the sample"), parent)
        self.drawn = ""
        self._job: Job[Pack] | None = None
        self._make_fields(_free_name(taken))
        self.said = label("", "strong", wrap=True)
        self.body.addWidget(self.said)
        self.method.changed.connect(self._show_strata)
        self._show_strata()
        self.fit()
        self.materiality.setFocus()
        self._paused()

    # -- fields ----------------------------------------------------------------------------

    def _make_fields(self, name: str) -> None:
        t, ui, workspace = self.t, self.ui, self.workspace
        accounts = workspace.setup.accounts.values() if workspace.setup is not None else ()
        names = [(code, t(text)) for code, text in OF.items()]
        names += [(each.code, f"{each.code} {account_name(ui, each)}") for each in accounts]
        self.of = Picker(ui, names)
        self.of.set_value(PAYMENTS)
        self.method = Choice(ui, [(str(each), t(text)) for each, text in METHODS.items()])
        self.method_row = self.labelled("method", t("Method"), self.method)
        self._pair(self.labelled("of", t("Sample from"), self.of), self.method_row)
        self.by = Choice(ui, [(each, t(text)) for each, text in STRATA.items()])
        self.by_row = self.labelled("by", t("Strata"), self.by)
        self.body.addWidget(self.by_row)
        self.start = DateField(ui, first_day(workspace.month), weekday=False)
        self.end = DateField(ui, last_day(workspace.month), weekday=False)
        self._pair(
            self.labelled("start", t("First day"), self.start),
            self.labelled("end", t("Last day"), self.end),
        )
        self.materiality = MoneyField(ui, required=False)
        hint = t("The error that must not be missed")
        sure = [(str(each), f"{each}%") for each in sorted(FACTORS, reverse=True)]
        self.confidence = Choice(ui, sure, str(_CONFIDENCE))
        self._pair(
            self.labelled("materiality", t("Materiality"), self.materiality, hint),
            self.labelled("confidence", t("Confidence"), self.confidence),
        )
        self.count = CountField(ui, unit=t("documents"), required=False, most=5_000)
        self.name = TextField(ui, required=True)
        self.name.set_value(name)
        hint = t("Instead of materiality, if you know how many")
        self._pair(
            self.labelled("count", t("Number of documents"), self.count, hint),
            self.labelled("name", t("Name of the sample"), self.name),
        )
        self._make_seed()

    def _make_seed(self) -> None:
        t, ui = self.t, self.ui
        self.seed = TextField(ui, required=True)
        self.seed.set_value(secrets.token_hex(4))
        hint = t("Whoever enters the same seed draws the same sample.")
        holder = bare()
        again = Button(ui, t("Another seed"), "shuffle").when_clicked(
            lambda: self.seed.set_value(secrets.token_hex(4))
        )
        seed = self.labelled("seed", t("Seed"), self.seed, hint)
        row((seed, 1), level(again), parent=holder, space=8)
        self.body.addWidget(holder)

    def _pair(self, *rows: FieldRow) -> None:
        self.across(*((each, 1) for each in rows))

    def _show_strata(self) -> None:
        method = Method(self.method.value())
        self.by_row.setVisible(method is Method.STRATIFIED)
        self.method_row.set_hint(self.t(MEANS[method]))

    # -- what it comes to ------------------------------------------------------------------

    def _plan(self) -> tuple[Plan, Asked, Parameters]:
        plan = Plan(
            Method(self.method.value()),
            self.seed.value() or "",
            max(self.materiality.value() or 0, 0),
            int(self.confidence.value()),
            max(self.count.value() or 0, 0),
        )
        asked = Asked(self.of.value() or PAYMENTS, self.by.value())
        return plan, asked, Parameters(start=self.start.value(), end=self.end.value())

    def _paused(self) -> None:
        """Asks how many documents would be drawn."""
        if self._job is not None:
            self._job.cancel()
        plan, asked, days = self._plan()
        if not plan.materiality and not plan.size:
            text = self.t("Fill in materiality, or how many documents to examine.")
            self._say(text, "")
            return
        language = self.ui.language
        self._job = self.workspace.tasks.run(
            lambda book: book.audit.sample(plan, asked, days, language),
            self._previewed,
            lambda error: self._say(self.workspace.explain(error), "error"),
            key=(id(self), "sample"),
            owner=self,
        )

    def _previewed(self, pack: Pack) -> None:
        found, formats = pack.reports[0], self.ui.formats
        value = next((row_.cells[3] for row_ in found.rows if row_.code == "total"), 0)
        text = self.t.ngettext(
            "{drawn} of {count} document would be drawn: {amount} of {value}.",
            "{drawn} of {count} documents would be drawn: {amount} of {value}.",
            found.figures["population"],
            drawn=formats.number(found.figures["drawn"]),
            count=formats.number(found.figures["population"]),
            amount=formats.rupiah(value if isinstance(value, int) else 0),
            value=formats.rupiah(found.figures["population_value"]),
        )
        self._say(text, "good")

    def _say(self, text: str, tone: str) -> None:
        say(self.said, text, tone)

    # -- drawing ---------------------------------------------------------------------------

    def save(self) -> None:
        """Draws the sample and keeps it in the audit's file."""
        plan, asked, days = self._plan()
        name, language = self.name.value() or "", self.ui.language

        def saved(_pack: Pack) -> None:
            self.drawn = name
            self.accept()

        self.room.write(
            lambda workspace: workspace.sample(plan, asked, days, language, name),
            saved,
            self.refused,
            owner=self,
        )


def _free_name(taken: Collection[str]) -> str:
    """`S-01`, `S-02`… as in the working papers."""
    number = 1
    while f"S-{number:02}" in taken:
        number += 1
    return f"S-{number:02}"


_ASIDE, _LEAST = 340, 560
STATES = {
    "": ("square", "quiet", noop("Not examined")),
    AGREES: ("check-square-fill", "good", noop("Agrees")),
    DIFFERS: ("warning-circle-fill", "warn", noop("Differs")),
    MISSING: ("x-circle-fill", "error", noop("Paper missing")),
}
"""Icon, tone and words by outcome."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The kept sample on the screen, its working paper as of now, and the names of all samples."""

    names: tuple[str, ...]
    record: SampleRecord | None = None
    report: Report | None = None
    ticks: Mapping[str, Tick] | None = None


class SamplePart(AuditPart):
    """The part with a sample's documents, to be ticked off one by one."""

    def __init__(self, room: AuditRoom) -> None:
        super().__init__(room)
        self.shown = Shown(())
        self._wanted = ""
        self._next: str | None = None
        self.writer = PaperWriter(self.workspace, self)
        t = self.t
        nothing = EmptyState(
            self.ui,
            "check-square",
            t("No sample has been drawn yet"),
            t(
                "Say which error must not be missed; the program draws the documents to examine. "
                "The same seed draws the same sample again, on any computer."
            ),
        )
        nothing.offer(t("New sample"), self.new_sample, "plus")
        self._stack = stacked(nothing, self._make_page())
        self.problem = Note(self.ui)
        self.problem.hide()
        fill(self.body, self.problem, (self._stack, 1))
        for keys, act in (("Ctrl+N", self.new_sample), ("Ctrl+P", self.show_paper)):
            on_keys(self, keys, act)

    # -- layout ----------------------------------------------------------------------------

    def _make_page(self) -> QWidget:
        t, ui = self.t, self.ui
        self.which = Choice(ui, ())
        self.which.setMinimumWidth(ui.theme.px(120))
        self.which.setAccessibleName(t("Sample"))
        self.which.changed.connect(self._chosen)
        self.about = label("", "caption", wrap=True)
        new = Button(ui, t("New sample"), "plus")
        new.hint(t("New sample"), "Ctrl+N").when_clicked(self.new_sample)
        paper = Button(ui, t("Working paper"), "printer")
        paper.hint(t("Working paper"), "Ctrl+P").when_clicked(self.show_paper)
        book = Button(ui, "", "table").hint(t("Save as Excel or PDF")).when_clicked(self.save_paper)
        line = row(self.which, (self.about, 1), new, paper, book, space=8)
        self.panel = TickPanel(ui)
        self.panel.ticked.connect(self.tick)
        self.panel.opened.connect(lambda: self.open_document(self.table.key))
        self.panel.finding_wanted.connect(self.new_finding)
        cards = Beside(ui, self._make_list(), self.panel, _ASIDE, _LEAST)
        page = column(line, WritingStrip(ui, self.writer), (cards, 1), space=12)
        return holder(page, "canvas")

    def _make_list(self) -> Card:
        t, ui, card = self.t, self.ui, Card(margins=0, space=0)
        headings = head_row(t("Document"), t("Details"), t("Amount"), t("Result"), figures=(2,))
        self.table = ListTable(ui, headings, ROW_TWO_LINES)
        self.table.stretch(1)
        self.table.setMinimumHeight(ui.theme.px(4 * ROW_TWO_LINES))
        self.table.chosen.connect(lambda _key: self._show_document())
        self.table.opened.connect(self.open_document)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(lambda: self.tick(AGREES, None, ""))
        self.result = label("", "caption", wrap=True)
        foot = row((self.result, 1), space=8, margins=(GUTTER, 8, GUTTER, 8))
        fill(card.body, (self.table, 1), rule(), foot)
        return card

    # -- what the audit's file says --------------------------------------------------------

    def refresh(self) -> None:
        wanted, language = self._wanted, self.ui.language
        self.ask(lambda book: read(self.room.at(book), wanted, language), self._show, self._refused)

    def _refused(self, error: BookError) -> None:
        self.problem.say(self.workspace.explain(error), "error")
        self.problem.show()
        self._stack.setCurrentIndex(0)

    def _show(self, shown: Shown) -> None:
        self.problem.hide()
        self.shown = shown
        self._stack.setCurrentIndex(1 if shown.record is not None else 0)
        if shown.record is None or shown.report is None:
            return
        self.which.set_choices(((name, name) for name in shown.names), shown.record.name)
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
        t, formats = self.t, self.ui.formats
        parts = [
            t(OF[record.of]) if record.of in OF else self._account(record.of),
            t(METHODS[record.method]),
            f"{formats.numeric_day(record.start)}–{formats.numeric_day(record.end)}",
            t.ngettext("{drawn} of {count} document", "{drawn} of {count} documents", record.count,
                       drawn=formats.number(len(record.items)),
                       count=formats.number(record.count)),
        ]  # fmt: skip
        if record.materiality:
            sure = t("materiality {amount} at {confidence}%", confidence=record.confidence,
                     amount=formats.rupiah(record.materiality))  # fmt: skip
            parts.append(sure)
        parts.append(t("seed {seed}", seed=record.seed))
        return " · ".join(parts)

    def _account(self, code: str) -> str:
        known = (
            self.workspace.setup.accounts.get(code) if self.workspace.setup is not None else None
        )
        return f"{code} {known.name if known is not None else ''}".strip()

    def _row(self, line: Row) -> ListRow:
        number, formats = line.code or "", self.ui.formats
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
            amount = self.ui.formats.rupiah(tick.audited)
            parts.append(t("according to the paper {amount}", amount=amount))
        if tick is not None and tick.note:
            parts.append(tick.note)
        return " · ".join(parts)

    def _tick(self, number: str) -> Tick | None:
        return (self.shown.ticks or {}).get(number)

    def _show_result(self, drawn: int) -> None:
        t, formats, report = self.t, self.ui.formats, self.shown.report
        done = len(self.shown.ticks or {})
        text = t("{done} of {drawn} examined.", done=formats.number(done),
                 drawn=formats.number(drawn))  # fmt: skip
        if report is not None and done:
            figures = report.figures
            text += " " + t(
                "Errors: {count}, {found}; most likely in total {likely}.",
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
        self._wanted = self.which.value()
        self.invalidate()

    def new_sample(self) -> None:
        """Opens the dialog of a new sample, and shows the sample once it is drawn."""
        dialog = SamplingDialog(self.room, self.shown.names, self.window())

        def drawn() -> None:
            self._wanted = dialog.drawn
            self.invalidate()

        dialog.accepted.connect(drawn)
        dialog.open()

    def tick(self, outcome: str, audited: int | None, note: str) -> None:
        """Writes down what was found of the selected document, and selects the next open one."""
        record, number = self.shown.record, self.table.key
        if record is None or number is None:
            return
        name, document = record.name, str(number)
        self._next = self._after(document)
        self.room.write(
            lambda workspace: workspace.notebook.tick(name, document, outcome, audited, note),
            lambda _none: None,
        )

    def _after(self, number: str) -> str:
        """The next document that is not ticked off; the same one where there is none."""
        record = self.shown.record
        assert record is not None
        documents = [each.document for each in record.items]
        place = documents.index(number)
        following = documents[place + 1 :] + documents[:place]
        return next((each for each in following if self._tick(each) is None), number)

    def new_finding(self) -> None:
        """Opens a new finding about the selected document, with the difference."""
        number = str(self.table.key or "")
        tick = self._tick(number)
        amount = self.panel.difference() if tick is not None and tick.outcome != AGREES else None
        FindingDialog(
            self.room, self.window(), document=number, amount=amount,
            text=tick.note if tick is not None else "",
        ).open()  # fmt: skip

    # -- the working paper -----------------------------------------------------------------

    def show_paper(self) -> None:
        """Shows the sample's working paper as it would be printed."""
        record, language = self.shown.record, self.ui.language
        if record is None:
            return
        title = self.t("Sample {name}", name=record.name)
        self.writer.open(
            title, lambda book: self.room.at(book).working_paper(record.name, language), self
        )

    def save_paper(self) -> None:
        """Saves the sample's working paper as a file."""
        record, language = self.shown.record, self.ui.language
        if record is None:
            return
        self.writer.save_as(
            lambda book: self.room.at(book).working_paper(record.name, language),
            ("xlsx", "pdf", "csv"),
            self.t("Sample {name}", name=record.name),
            self,
        )


def read(workspace: AuditService, wanted: str, language: str) -> Shown:
    """The sample of that name, else the newest one. Runs on the worker."""
    records = workspace.notebook.read()
    names = tuple(each.name for each in records.samples)
    record = records.sample(wanted) or next(reversed(records.samples), None)
    if record is None:
        return Shown(names)
    report = workspace.working_paper(record.name, language).reports[0]
    return Shown(names, record, report, records.ticks_of(record.name))
