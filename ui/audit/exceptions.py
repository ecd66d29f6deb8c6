"""Yang janggal: what each rule of the exceptions report found and why it asks; the chart of first
digits; and the page of the rules' thresholds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kwt_books.book import Book
from kwt_books.domain.audit import LIMITS, Thresholds, Unit
from kwt_books.domain.values import Month, last_day, month_of
from kwt_books.i18n.catalogue import noop
from kwt_books.reports.context import Parameters
from kwt_books.reports.diary import Sought, diary_page
from kwt_books.reports.exceptions.report import RULE_TITLES, TITLES, worded
from kwt_books.reports.model import Report, Row, RowKind
from ui.audit.conclusion import FindingDialog
from ui.audit.room import AuditPart, AuditRoom
from ui.kit.button import Button, Segment, on_keys
from ui.kit.card import Card, EmptyState, Note, bare
from ui.kit.chart import Frame, Plot, Swatch, legend
from ui.kit.chart_picture import ChartPicture
from ui.kit.field import CountField, FieldRow, MoneyField, NumberField, QuantityField
from ui.kit.field_set import FieldSet
from ui.kit.layout import column, fill, holder, label, no_wider, row, rule, stacked
from ui.kit.list import ListRow, ListTable, head_row
from ui.kit.look import GUTTER, ROW_TWO_LINES, SETTINGS, UiContext
from ui.kit.page import Page
from ui.kit.printing import show_paper
from ui.kit.scrolling import Scrolling
from ui.kit.table import Cell
from ui.kit.worker import Change
from ui.kit.workspace import Workspace, thresholds_of, written_down

# ------------------------------------------------------------------------------------------------
# First digits: how often amounts begin with each, beside how often Benford's law expects it.


_BAR, _MARK = 36, 52
_FRAME = Frame(52, 12, 2, 26, height=240, least=140)
_ODD = 30
"""A digit is shown in amber when its share is more than this off, in tenths of a percent."""


@dataclass(frozen=True, slots=True)
class Share:
    """Documents that begin with a digit; shares in tenths of a percent."""

    digit: str
    count: int
    share: int
    expected: int

    @property
    def stands_out(self) -> bool:
        """Whether the share is far enough from what is expected to be shown in amber."""
        return abs(self.share - self.expected) > _ODD


class DigitChart(Plot):
    """A bar for each digit's share, a stroke where Benford's law expects it."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui, _FRAME)
        self.swatches = (
            Swatch(ui.t("In this book"), "bar", "bar_edge"),
            Swatch(ui.t("Stands out"), "amber_bg", "amber"),
            Swatch(ui.t("Expected (Benford)"), "", "chart_line"),
        )
        self._shares: tuple[Share, ...] = ()

    def show_shares(self, name: str, shares: Sequence[Share]) -> None:
        """Shows the digits; `name` is what the chart is called for a screen reader."""
        self._shares = tuple(shares)
        self._show(name, [value for each in shares for value in (each.share, each.expected)])

    def _places(self) -> int:
        return len(self._shares)

    def _peak(self, place: int) -> int:
        return self._shares[place].share

    def tick(self, value: int) -> str:
        return self._ui.formats.percent(value)

    def describe(self, place: int) -> str:
        """`Angka depan 1: 33 persen dari 512 catatan…`."""
        each, formats = self._shares[place], self._ui.formats
        return self._ui.t.ngettext(
            "Begins with {digit}: {count} document, {share}; expected {expected}",
            "Begins with {digit}: {count} documents, {share}; expected {expected}",
            each.count,
            digit=each.digit,
            count=formats.number(each.count),
            share=formats.percent_fixed(each.share),
            expected=formats.percent_fixed(each.expected),
        )

    # -- painting --------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        self._paint_grid(painter)
        for place, each in enumerate(self._shares):
            self._paint_share(painter, place, each)
            self._paint_expected(painter, place, each)
            self._paint_label(painter, place, each)

    def _paint_share(self, painter: QPainter, place: int, each: Share) -> None:
        fill, edge = ("amber_bg", "amber") if each.stands_out else ("bar", "bar_edge")
        if place == self.selected:
            fill = "amber" if each.stands_out else "bar_now"
        self._paint_bar(painter, self._bar(place, each.share, _BAR, 0.8), fill, edge)

    def _paint_expected(self, painter: QPainter, place: int, each: Share) -> None:
        painter.setPen(QPen(self._ui.theme.color("chart_line"), 2))
        stroke = self._bar(place, each.expected, _MARK, 0.8)
        painter.drawLine(stroke.topLeft(), stroke.topRight())

    def _paint_label(self, painter: QPainter, place: int, each: Share) -> None:
        odd, top = each.stands_out, self.height() - self._ui.theme.px(22)
        text, color = (f"{each.digit} !", "amber") if odd else (each.digit, "text2")
        self._write_below(painter, place, top, text, color, bold=odd)


_LEAST_LIST = 240
_LIST_WIDTH, _EMPTY_WIDTH = 400, 320
MONTH, BOOK = "month", "book"
DIGITS = "digits"


@dataclass(frozen=True, slots=True)
class ExceptionFound:
    """One thing a rule found; `document` is empty where it is about none."""

    text: str
    document: str
    day: date | None
    amount: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the exceptions report, its reason, and what it found."""

    code: str
    title: str
    why: str
    found: tuple[ExceptionFound, ...] = ()
    verdict: str = ""
    """For the rule of first digits alone: its conclusion, in words."""
    shares: tuple[Share, ...] = ()


class ExceptionsPart(AuditPart):
    """The part with the rules at the left and what the chosen rule found at the right."""

    scrolls = True

    def __init__(self, room: AuditRoom) -> None:
        super().__init__(room)
        self.rules: tuple[Rule, ...] = ()
        line = row((self._make_list(), 1), (self._make_found(), 2), space=GUTTER)
        fill(self.body, self._make_top(), (line, 1))
        on_keys(self, "Ctrl+N", self.new_finding)
        self.workspace.thresholds_changed.connect(self.invalidate)

    # -- layout ----------------------------------------------------------------------------

    def _make_top(self) -> QHBoxLayout:
        t = self.t
        self.span = Segment(self.ui, ((MONTH, t("Selected month")), (BOOK, t("The whole book"))))
        self.span.chosen.connect(lambda _name: self.invalidate())
        self.period = label("", "caption", wrap=True)
        limits = Button(self.ui, t("Thresholds"), "sliders-horizontal", kind="quiet")
        limits.hint(t("When something counts as odd"))
        limits.when_clicked(lambda: self.workspace.go("settings", "exceptions"))
        self.paper_button = Button(self.ui, t("Print or save"), "printer")
        self.paper_button.when_clicked(self.show_paper)
        return row(self.span, (self.period, 1), limits, self.paper_button, space=12)

    def _make_list(self) -> Card:
        card = Card(margins=0, space=0)
        card.setMinimumWidth(self.ui.theme.px(_LEAST_LIST))
        card.setMaximumWidth(self.ui.theme.px(_LIST_WIDTH))
        headings = head_row(self.t("Rule"), "", figures=(1,))
        self.list = ListTable(self.ui, headings, tight=True)
        self.list.chosen.connect(lambda _code: self._show_rule())
        card.body.addWidget(self.list, 1)
        return card

    def _make_found(self) -> Card:
        t, ui, card = self.t, self.ui, Card(margins=0, space=0)
        self.title, self.why = label("", "card", wrap=True), label("", "caption", wrap=True)
        self.finding_button = Button(
            ui, t("Note a finding"), "flag", kind="quiet", scale="small"
        ).hint(t("Note a finding"), "Ctrl+N")
        line = row((self.title, 1), self.finding_button.when_clicked(self.new_finding), space=8)
        fill(card.body, column(line, self.why, space=4, margins=(GUTTER, 12, GUTTER, 12)), rule())
        headings = head_row(t("Document"), t("What to ask about"), t("Amount"), figures=(2,))
        self.table = ListTable(ui, headings, ROW_TWO_LINES)
        self.table.stretch(1)
        self.table.opened.connect(self._open)
        self.nothing = EmptyState(ui, "check", t("Nothing looks odd here"), width=_EMPTY_WIDTH)
        self.nothing.setObjectName("bare")
        self._stack = stacked(self.table, self.nothing, self._make_digits())
        policy = QSizePolicy.Policy
        self._stack.setSizePolicy(policy.Preferred, policy.Ignored)  # it takes what is left
        card.body.addWidget(self._stack, 1)
        return card

    def _make_digits(self) -> QWidget:
        self.chart = DigitChart(self.ui)
        ChartPicture(self.workspace, self.chart)
        self.verdict = label("", "strong", wrap=True)
        told = row(legend(self.ui, self.chart.swatches), ...)
        page = column((self.chart, 1), told, self.verdict, margins=GUTTER, space=8)
        return holder(page, "bare")

    # -- what the book says ----------------------------------------------------------------

    def shows_notes(self) -> bool:
        return False

    def follows_month(self) -> bool:
        """Whether the month in hand is looked at, not the whole book."""
        return self.span.current == MONTH

    def refresh(self) -> None:
        asked, language = self._asked(), self.ui.language
        self.ask(lambda book: book.report("exceptions", asked(book), language), self.show_report)

    def _asked(self) -> Callable[[Book], Parameters]:
        """What gives the report's days and thresholds; it runs on the worker."""
        month, whole, sight = (
            self.workspace.month,
            self.span.current == BOOK,
            thresholds_of(self.workspace),
        )
        return lambda book: replace(asked_of(book, month, whole=whole), thresholds=sight(book))

    def show_report(self, report: Report) -> None:
        """Shows the exceptions report, its first rule with something found selected."""
        self.rules = tuple(rules_of(report))
        found = sum(len(rule.found) for rule in self.rules)
        count = self.t.ngettext("{n} question", "{n} questions", found)
        self.period.setText(f"{report.period} · {count}")
        self.list.show_rows([self._rule_row(each) for each in self.rules])
        if self.list.key is None:
            first = next((each for each in self.rules if each.found), self.rules[0])
            self.list.choose(first.code)
        self._show_rule()

    def _rule_row(self, rule_: Rule) -> ListRow:
        count = len(rule_.found)
        if rule_.code == DIGITS:
            cells = (Cell(rule_.title, icon="chart-bar"), Cell())
        elif count:
            number = self.ui.formats.number(count)
            cells = (Cell(rule_.title, icon="question"), Cell(number, tone="warn", badge=True))
        else:
            cells = (Cell(rule_.title, icon="check", tone="quiet"), Cell("0", tone="quiet"))
        return ListRow(rule_.code, cells)

    @property
    def rule(self) -> Rule | None:
        """The rule selected in the list, or None."""
        return next((each for each in self.rules if each.code == self.list.key), None)

    def _show_rule(self) -> None:
        shown = self.rule
        if shown is None:
            return
        self.title.setText(shown.title)
        self.why.setText(shown.why)
        self.finding_button.setVisible(bool(shown.found))
        if shown.shares:
            self.chart.show_shares(shown.title, shown.shares)
            self.verdict.setText(shown.verdict)
            self._stack.setCurrentIndex(2)
        elif shown.found:
            rows = [self._row(place, each) for place, each in enumerate(shown.found)]
            self.table.show_rows(rows)
            if self.table.key is None:
                self.table.select(0)
            self._stack.setCurrentIndex(0)
        else:
            self.nothing.retitle(shown.verdict or self.t("Nothing looks odd here"))
            self._stack.setCurrentIndex(1)

    def _row(self, place: int, each: ExceptionFound) -> ListRow:
        formats = self.ui.formats
        day = formats.numeric_day(each.day) if each.day is not None else ""
        amount = formats.number(each.amount) if each.amount is not None else ""
        # The document comes first; the reason has a line of its own, so that all of it can be read.
        about, _, rest = each.text.partition(": ")
        where = Cell(each.document or day, day if each.document else "", bold=bool(each.document))
        cells = (where, Cell(about, rest), Cell(amount))
        return ListRow(place, cells)

    @property
    def selected(self) -> ExceptionFound | None:
        """What is selected among the things that the rule found, or None."""
        shown, place = self.rule, self.table.key
        if shown is None or not isinstance(place, int) or place >= len(shown.found):
            return None
        return shown.found[place]

    def _open(self, _place: object) -> None:
        if self.selected is not None:
            self.open_document(self.selected.document)

    def new_finding(self) -> None:
        """Opens a new finding, filled in with what is selected."""
        of = self.selected
        if of is not None:
            FindingDialog(
                self.room, self.window(), document=of.document, amount=of.amount, text=of.text
            ).open()

    def show_paper(self) -> None:
        """Shows the exceptions report as it would be printed."""
        asked, language = self._asked(), self.ui.language
        show_paper(
            self.workspace,
            self.t("What looks odd"),
            lambda book: book.pack("exceptions", asked(book), language),
            self.window(),
        )


def asked_of(book: Book, month: Month, *, whole: bool) -> Parameters:
    """Parameters of the report: the month, or everything until the end of the book's last one. Runs
    on the worker.
    """
    if not whole:
        return Parameters(month=month)
    newest = book.read_in(book.language, diary_page, Sought()).lines[:1]
    last = max(month, month_of(newest[0].day)) if newest else month
    return Parameters(end=last_day(last))


def rules_of(report: Report) -> Iterator[Rule]:
    """The report's rules in its order; its first section lists them, first digits come last."""
    sections: list[tuple[Row, list[Row]]] = []
    for each in report.rows:
        if each.kind is RowKind.SECTION:
            sections.append((each, []))
        elif sections:
            sections[-1][1].append(each)
    codes = [each.code or "" for each in sections[0][1] if each.kind is RowKind.LINE]
    for code, (title, rows) in zip((*codes, DIGITS), sections[1:], strict=True):
        notes = [each.label for each in rows if each.kind is RowKind.NOTE]
        made = Rule(code, title.label, notes[0] if notes else "")
        lines = [each for each in rows if each.kind is RowKind.LINE]
        if code == DIGITS:
            shares = tuple(_share(each) for each in lines)
            yield replace(made, verdict=notes[-1] if len(notes) > 1 else "", shares=shares)
        else:
            yield replace(made, found=tuple(_exception_found(each) for each in lines))


def _exception_found(row_: Row) -> ExceptionFound:
    document, day, amount = row_.cells[:3]
    return ExceptionFound(
        row_.label,
        document if isinstance(document, str) else "",
        day if isinstance(day, date) else None,
        amount if isinstance(amount, int) else None,
    )


def _share(row_: Row) -> Share:
    count, share, expected = row_.cells[3:6]
    assert isinstance(count, int)
    assert isinstance(share, int)
    assert isinstance(expected, int)
    return Share((row_.code or "").removeprefix("digit-"), count, share, expected)


# -- The thresholds of each rule, explained, for the person who is signed in ---------------------


_FIELDS, _THRESHOLD_WIDTH = 324, 560
_QUIET = 250  # milliseconds without a key that count as a pause
_FIRST = 100
"""Stretch of the explanations: they grow up to `_WORDS` before the space at the right does."""
_PER_TENTH = 100
"""Thousandths of a percent in a tenth of a percent."""
UNITS = {Unit.DAYS: noop("days"), Unit.MONTHS: noop("months"), Unit.PERCENT: "%"}
WHY = {
    "backdated": noop("A document recorded long after its date is asked about."),
    "odd-hours": noop(
        "Books are seldom kept at night. Entries imported together have no time of their own."
    ),
    "counts": noop("Cash or goods were counted, and the book said this much more or less."),
    "receipts": noop("Payments from this amount on need a photo of their receipt."),
    "round": noop("What things cost is seldom a round sum."),
    "stamps": noop("By law receipts of more than Rp5,000,000 bear a duty stamp (meterai)."),
    "much-cash": noop("Money kept in a house for long belongs in the bank."),
    "under-cost": noop("Goods sold for less than they cost."),
    "yields": noop(
        "A production that yielded much more or less than the same product did in earlier months."
    ),
    "losses": noop("Goods spoiled and seedlings lost; up to this it always counts as normal."),
    "shops": noop("Shops with goods or debts that have not settled for this long."),
    "digits": noop("With fewer documents their first digits say nothing."),
}
"""What the thresholds of a rule are for."""


class ThresholdsPage(FieldSet, Page):
    """The thresholds of the exceptions report. An auditor's are kept in the audit's own file,
    everybody else's on this computer.
    """

    monthly = False
    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_QUIET, workspace)
        self.room = AuditRoom(workspace, self)
        self.rows: dict[str, FieldRow] = {}
        self.where = Note(self.ui, "", icon="info")
        card, ground = Card(margins=0, space=0), bare()
        self.body.addLayout(no_wider(card, self.ui.theme.px(SETTINGS)), 1)
        card.body.addWidget(Scrolling(ground), 1)
        self._fill(ground)
        fill(card.body, rule(), self._buttons())
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.save)
        workspace.thresholds_changed.connect(self.invalidate)

    # -- layout ----------------------------------------------------------------------------

    def _fill(self, ground: QWidget) -> None:
        page = column(self.where, parent=ground, margins=GUTTER, space=12)
        for code, names in groupby(LIMITS, lambda name: LIMITS[name].rule):
            fill(page, self._rule(code, list(names)), rule(thin=True))
        fill(page, ...)

    def _rule(self, code: str, names: list[str]) -> QHBoxLayout:
        title, why = self.t(RULE_TITLES[code]), label(self.t(WHY[code]), "caption", wrap=True)
        told = holder(column(label(title, "card"), why, ..., space=2))
        told.setMaximumWidth(self.ui.theme.px(_THRESHOLD_WIDTH))
        fields = column(space=8)
        for name in names:
            usual = worded(name, getattr(Thresholds(), name), self.t, self.ui.formats)
            hint = self.t("usually {value}", value=usual)
            made = self.labelled(name, self.t(TITLES[name]), self._field(name), hint)
            made.setFixedWidth(self.ui.theme.px(_FIELDS))
            made.touched.connect(self._paused)
            self.rows[name] = made
            fields.addWidget(made)
        return row((told, _FIRST), fields, ..., space=16)

    def _field(self, name: str) -> NumberField:
        limit, ui = LIMITS[name], self.ui
        if limit.unit is Unit.RUPIAH:
            return MoneyField(ui)
        unit = self.t(UNITS.get(limit.unit, ""))
        if limit.unit in (Unit.PERCENT, Unit.QUANTITY):
            return QuantityField(ui, unit=unit)
        return CountField(ui, unit=unit, most=limit.most)

    def _buttons(self) -> QHBoxLayout:
        back = self.t("Back to the usual ones")
        usual = Button(self.ui, back, "arrow-counter-clockwise", scale="large")
        usual.when_clicked(partial(self.fill, Thresholds()))
        self.save_button = (
            Button(self.ui, self.t("Save"), kind="primary", scale="large")
            .hint(self.t("Save"), "Ctrl+S")
            .when_clicked(self.save)
        )
        return row(usual, ..., self.save_button, space=8, margins=(GUTTER, 12, GUTTER, 12))

    def concerns(self, change: Change) -> bool:
        """No: nothing that is recorded changes the thresholds."""
        return False

    # -- what holds ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Shows where the thresholds are kept, and asks for those in force."""
        if written_down(self.workspace):
            text = self.t(
                "They are kept in the audit's own file, {file}. Reports say which of them are not"
                " the usual ones.",
                file=self.room.file.name,
            )
        else:
            text = self.t(
                "They apply to {name} on this computer only; an auditor's are kept in the "
                "audit's own file. Reports say which of them are not the usual ones.",
                name=self.workspace.person.name,
            )
        self.where.say(text)
        self.ask(thresholds_of(self.workspace), self.fill)

    def fill(self, thresholds: Thresholds) -> None:
        """Fills the fields with the thresholds."""
        for name, value in asdict(thresholds).items():
            self.fields[name].set_value(value * _scale(name))
        self._tried = False
        self._messages.clear()

    def read(self) -> Thresholds | None:
        """The thresholds in the fields; None where one of the fields has an error."""
        if not self.complete():
            return None
        return Thresholds().with_values({name: self._value(name) for name in self.fields})

    def _value(self, name: str) -> int:
        return (self.fields[name].value() or 0) // _scale(name)

    def wrong_with(self, path: str) -> str:
        """What is wrong with a threshold, in words: also where it is beyond its limits."""
        said, limit = super().wrong_with(path), LIMITS[path]
        if said or limit.least <= self._value(path) <= limit.most:
            return said
        ends = (limit.least, limit.most)
        least, most = (worded(path, each, self.t, self.ui.formats) for each in ends)
        return self.t("From {least} to {most}", least=least, most=most)

    def _paused(self) -> None:
        self.show_problems(self.unread())

    def save(self) -> None:
        """Keeps the thresholds in the audit's file or on this computer."""
        wanted = self.read()
        if wanted is None:
            return
        if written_down(self.workspace):
            self.room.write(lambda audit: audit.notebook.set_thresholds(wanted), self._saved)
            return
        noted = self.workspace.preferences.of(self.workspace.book)
        noted.note_thresholds(self.workspace.person.name, wanted)
        self._saved()

    def _saved(self, _none: None = None) -> None:
        self.workspace.say(self.t("The thresholds are saved."))
        self.workspace.thresholds_changed.emit()


def _scale(name: str) -> int:
    """Field units in a threshold's unit: percents are thousandths in a field, else tenths."""
    return _PER_TENTH if LIMITS[name].unit is Unit.PERCENT else 1
