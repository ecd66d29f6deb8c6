"""A closed month: what it came to, who got what, its papers, and the way back for the chair."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kwt_books.domain.access import may_record
from kwt_books.domain.accounts import AccountType
from kwt_books.domain.month import Month, first_day, last_day
from kwt_books.queries.closing import Closed, MonthState
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report
from ui.desk import Desk
from ui.forms.month_close_foreseen import CloseSums
from ui.forms.sale_parts.beside import Beside
from ui.pages.month_close_preview import PreviewCard
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.card import Badge, Card, Note
from ui.widgets.icon import Icon
from ui.widgets.label import column, label, row, rule
from ui.widgets.report_table import ReportTable

_ASIDE, _LEAST = 376, 640


def result_asked(first: Month, last: Month) -> Parameters:
    """The statement of profit or loss over the months that one close takes."""
    if first == last:
        return Parameters(month=last)
    return Parameters(start=first_day(first), end=last_day(last))


def closed_sums(result: Report, shared: Report) -> CloseSums:
    """What the statement and the sharing of a closed month come to."""
    steps = ("revenue", "gross_profit", "operating_profit", "profit_before_tax", "profit")
    amounts = [result.figures[step] for step in steps]
    parts = [now - then for now, then in zip(amounts, [0, *amounts[:-1]], strict=True)]
    kinds = (
        AccountType.INCOME, AccountType.COST, AccountType.EXPENSE, AccountType.OTHER,
        AccountType.TAX,
    )  # fmt: skip
    by_type = dict(zip(kinds, parts, strict=True))
    return CloseSums(shared.figures["profit"], shared.figures["allocated"], by_type)


class ClosedView(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self._desk, self._kit, self._t = desk, desk.kit, desk.kit.t
        self._closed: Closed | None = None
        self._next: Month | None = None
        self.preview = PreviewCard(self._kit, closed=True)
        self.table = ReportTable(self._kit)
        beside = Beside(self._kit, self._make_card(), self._make_aside(), _ASIDE, _LEAST)
        column(self).addWidget(beside)

    # -- layout ----------------------------------------------------------------------------

    def _make_card(self) -> Card:
        card = Card(margins=0, space=0)
        card.body.addLayout(self._make_top())
        card.body.addWidget(rule())
        self.table.setMinimumHeight(self._kit.theme.px(220))
        card.body.addWidget(self.table, 1)
        card.body.addWidget(rule())
        card.body.addLayout(self._make_buttons())
        return card

    def _make_top(self) -> QHBoxLayout:
        top = row(space=12)
        top.setContentsMargins(GUTTER, 12, GUTTER, 12)
        top.addWidget(Icon(self._kit, "check-circle-fill", "accent_text", 26))
        words: QVBoxLayout = column(space=0)
        self.title, self.about = label("", "card"), label("", "caption", wrap=True)
        words.addWidget(self.title)
        words.addWidget(self.about)
        top.addLayout(words, 1)
        self.number = Badge(self._kit)
        top.addWidget(self.number)
        return top

    def _make_buttons(self) -> QHBoxLayout:
        t, kit, line = self._t, self._kit, row(space=8)
        line.setContentsMargins(GUTTER, 12, GUTTER, 12)
        self.pack_button = Button(
            kit, t("Print the month's report"), "printer", kind="primary", scale="large"
        )
        self.pack_button.when_clicked(self.print_pack)
        self.minutes_button = Button(kit, t("Print the minutes"), "file-text", scale="large")
        self.minutes_button.when_clicked(self._print_minutes)
        self.reopen_button = Button(kit, t("Open again"), "lock-simple-open", kind="danger")
        self.reopen_button.setProperty("scale", "large")
        self.reopen_button.when_clicked(lambda: self._desk.open_form("month_reopen"))
        line.addWidget(self.pack_button)
        line.addWidget(self.minutes_button)
        line.addStretch(1)
        line.addWidget(self.reopen_button)
        return line

    def _make_aside(self) -> QWidget:
        made = QWidget()
        made.setObjectName("canvas")
        page = column(made, space=12)
        page.addWidget(self.preview, 1)
        self.next_note = Note(self._kit, "", "good")
        self.next_button = self.next_note.offer(self._t("Go there"), self._go_next)
        page.addWidget(self.next_note)
        return made

    # -- what the book says ----------------------------------------------------------------

    def show_closed(self, state: MonthState, result: Report, shared: Report) -> None:
        """`result`: the statement over the close's months; `shared`: the allocation report."""
        closed = state.closed
        assert closed is not None
        self._closed, self._next = closed, state.next_open
        t, formats, month = self._t, self._kit.formats, state.month
        self.title.setText(t("{month} is closed", month=formats.month(month)))
        about = [t("Decision {decision}", decision=closed.decision)] if closed.decision else []
        if closed.first != closed.month:
            first, last = formats.month(closed.first), formats.month(closed.month)
            about.append(t("Closed together: {first} to {last}", first=first, last=last))
        if not may_record(self._desk.person.role, "month_reopen"):
            about.append(t("Only the chair can open it again"))
        self.about.setText(" · ".join(about))
        self.about.setVisible(bool(about))
        self.number.show_text(closed.number)
        self.table.show_report(result)
        self._show_sharing(closed, closed_sums(result, shared), shared)
        may = may_record(self._desk.person.role, "month_reopen")
        self.reopen_button.setVisible(may and closed.last)
        self.next_note.setVisible(state.next_open is not None)
        if state.next_open is not None:
            name = formats.month(state.next_open)
            self.next_note.say("", "good", strong=t("Next to be closed: {month}", month=name))

    def _show_sharing(self, closed: Closed, sums: CloseSums, shared: Report) -> None:
        rows = [row for row in shared.rows if row.level == 1 and row.code]
        names = {row.code: row.label for row in rows if row.code}
        shares = {row.code: _whole(row.cells[0]) // 10 for row in rows if row.code}
        parts = {row.code: _whole(row.cells[1]) for row in rows if row.code}
        basis = next((row.label for row in shared.rows if row.code == "decision"), "")
        self.preview.show_sums(self._kit.formats.month(closed.month), sums)
        if not sums.shared:
            basis, parts = self._t("There is no profit to share."), {}
        self.preview.show_parts(names, shares, parts, basis)

    # -- its papers ------------------------------------------------------------------------

    def print_pack(self) -> None:
        """The statements and books of the month, seen before they are printed."""
        from ui.papers import show_paper  # brings all of PDF along

        if self._closed is None:
            return
        month, language = self._closed.month, self._kit.language
        name = self._t("Report of {month}", month=self._kit.formats.month(month))
        show_paper(self._desk, name, lambda book: book.statements(month, language), self)

    def _print_minutes(self) -> None:
        if self._closed is not None:
            self._desk.print_voucher(self._closed.number)

    def _go_next(self) -> None:
        if self._next is not None:
            self._desk.show_month(self._next)


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value
