"""Yang janggal: what each rule found, why it looks, and from when on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from kwt_books.app import Book
from kwt_books.domain.month import Month, last_day
from kwt_books.reports.context import Parameters
from kwt_books.reports.diary import Sought
from kwt_books.reports.model import Report, Row, RowKind
from kwt_books.reports.pack import Pack
from ui.forms.finding import FindingDialog
from ui.pages.audit_digits import DigitChart, Share, digit_legend
from ui.pages.audit_room import AuditPart, AuditRoom
from ui.papers import show_paper
from ui.sight import sight_of
from ui.tokens import GUTTER, ROW_TWO_LINES
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.label import column, label, row, rule
from ui.widgets.list_table import Cell, Heading, ListRow, ListTable
from ui.widgets.tabs import Segment

_LIST, _WORDS = 400, 320
MONTH, BOOK = "month", "book"
DIGITS = "digits"


@dataclass(frozen=True, slots=True)
class Oddity:
    """One thing to ask about; `document` is empty where it is about none."""

    text: str
    document: str
    day: date | None
    amount: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, its reason, and what it found."""

    code: str
    title: str
    why: str
    found: tuple[Oddity, ...] = ()
    verdict: str = ""
    """Of first digits alone: what they come to."""
    shares: tuple[Share, ...] = ()


class OddPart(AuditPart):
    def __init__(self, room: AuditRoom) -> None:
        super().__init__(room)
        self.rules: tuple[Rule, ...] = ()
        self.body.addLayout(self._make_top())
        line = row(space=GUTTER)
        line.addWidget(self._make_list())
        line.addWidget(self._make_found(), 1)
        self.body.addLayout(line, 1)
        shortcut = QShortcut(QKeySequence("Ctrl+N"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.new_finding)
        self.desk.sight_changed.connect(self.invalidate)

    # -- layout ----------------------------------------------------------------------------

    def _make_top(self) -> QHBoxLayout:
        t = self.t
        line = row(space=12)
        self.span = Segment(self.kit, ((MONTH, t("Month in hand")), (BOOK, t("The whole book"))))
        self.span.chosen.connect(lambda _name: self.invalidate())
        line.addWidget(self.span)
        self.period = label("", "caption", wrap=True)
        line.addWidget(self.period, 1)
        limits = Button(self.kit, t("Thresholds"), "sliders-horizontal", kind="quiet")
        limits.hint(t("From when on something looks odd"))
        line.addWidget(limits.when_clicked(lambda: self.desk.go("settings", "odd")))
        self.paper_button = Button(self.kit, t("Print or save"), "printer")
        line.addWidget(self.paper_button.when_clicked(self.show_paper))
        return line

    def _make_list(self) -> Card:
        card = Card(margins=0, space=0)
        card.setFixedWidth(self.kit.theme.px(_LIST))
        headings = (Heading(self.t("Rule")), Heading("", figures=True))
        self.list = ListTable(self.kit, headings)
        self.list.set_tight(True)
        self.list.chosen.connect(lambda _code: self._show_rule())
        card.body.addWidget(self.list, 1)
        return card

    def _make_found(self) -> Card:
        t, kit, card = self.t, self.kit, Card(margins=0, space=0)
        words = column(space=4)
        words.setContentsMargins(GUTTER, 12, GUTTER, 12)
        self.title, self.why = label("", "card", wrap=True), label("", "caption", wrap=True)
        line = row(space=8)
        line.addWidget(self.title, 1)
        self.finding_button = Button(
            kit, t("Write down a finding"), "flag", kind="quiet", scale="small"
        )
        self.finding_button.hint(t("Write down a finding"), "Ctrl+N")
        line.addWidget(self.finding_button.when_clicked(self.new_finding))
        words.addLayout(line)
        words.addWidget(self.why)
        card.body.addLayout(words)
        card.body.addWidget(rule())
        headings = (
            Heading(t("Document")),
            Heading(t("What to ask about")),
            Heading(t("Amount"), figures=True),
        )
        self.table = ListTable(kit, headings, ROW_TWO_LINES)
        self.table.stretch(1)
        self.table.opened.connect(self._open)
        self.nothing = EmptyState(kit, "check", t("Nothing looks odd here"), width=_WORDS)
        self.nothing.setObjectName("bare")
        self._stack = QStackedWidget()
        for each in (self.table, self.nothing, self._make_digits()):
            self._stack.addWidget(each)
        card.body.addWidget(self._stack, 1)
        return card

    def _make_digits(self) -> QWidget:
        ground = QWidget()
        ground.setObjectName("bare")
        page = column(ground, margins=GUTTER, space=8)
        self.chart = DigitChart(self.kit)
        page.addWidget(self.chart, 1)
        page.addWidget(digit_legend(self.kit))
        self.verdict = label("", "strong", wrap=True)
        page.addWidget(self.verdict)
        return ground

    # -- what the book says ----------------------------------------------------------------

    def shows_notes(self) -> bool:
        return False

    def follows_month(self) -> bool:
        return self.span.current == MONTH

    def refresh(self) -> None:
        asked, language = self._asked(), self.kit.language
        self.ask(lambda book: book.report("exceptions", asked(book), language), self.show_report)

    def _asked(self) -> Callable[[Book], Parameters]:
        """On the worker: of which days, and from when on something is odd."""
        month, whole, sight = self.desk.month, self.span.current == BOOK, sight_of(self.desk)
        return lambda book: replace(asked_of(book, month, whole=whole), thresholds=sight(book))

    def show_report(self, report: Report) -> None:
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
            number = self.kit.formats.number(count)
            cells = (Cell(rule_.title, icon="question"), Cell(number, tone="warn", badge=True))
        else:
            cells = (Cell(rule_.title, icon="check", tone="quiet"), Cell("0", tone="quiet"))
        return ListRow(rule_.code, cells)

    @property
    def rule(self) -> Rule | None:
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

    def _row(self, place: int, each: Oddity) -> ListRow:
        formats = self.kit.formats
        day = formats.numeric_day(each.day) if each.day is not None else ""
        amount = formats.number(each.amount) if each.amount is not None else ""
        # What it is about comes first; the rest has a line of its own, so that all can be read.
        about, _, rest = each.text.partition(": ")
        where = Cell(each.document or day, day if each.document else "", bold=bool(each.document))
        cells = (where, Cell(about, rest), Cell(amount))
        return ListRow(place, cells)

    @property
    def oddity(self) -> Oddity | None:
        """The one that is selected."""
        shown, place = self.rule, self.table.key
        if shown is None or not isinstance(place, int) or place >= len(shown.found):
            return None
        return shown.found[place]

    def _open(self, _place: object) -> None:
        if self.oddity is not None:
            self.open_document(self.oddity.document)

    def new_finding(self) -> None:
        odd = self.oddity
        if odd is not None:
            FindingDialog(
                self.room, self.window(), document=odd.document, amount=odd.amount, text=odd.text
            ).open()

    def show_paper(self) -> None:
        asked, language = self._asked(), self.kit.language

        def make(book: Book) -> Pack:
            return book.pack("exceptions", asked(book), language)

        show_paper(self.desk, self.t("What looks odd"), make, self.window())


def asked_of(book: Book, month: Month, *, whole: bool) -> Parameters:
    """On the worker: the month, or everything until the end of the last one."""
    if not whole:
        return Parameters(month=month)
    newest = book.diary(Sought(), book.language).lines[:1]
    last = max(month, newest[0].day.isoformat()[:7]) if newest else month
    return Parameters(end=last_day(last))


def rules_of(report: Report) -> Iterator[Rule]:
    """The report, rule by rule. Its first section lists them; first digits come last."""
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
            yield replace(made, found=tuple(_oddity(each) for each in lines))


def _oddity(row_: Row) -> Oddity:
    document, day, amount = row_.cells[:3]
    return Oddity(
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
