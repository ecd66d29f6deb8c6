"""A closed month: what it came to, how profit was shared, its papers, and opening it again; also
the card with a close's result, shown before the close and after it.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kwt_books.domain.accounts import AccountType
from kwt_books.domain.values import Month, first_day, last_day
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.closing import Closed, MonthState
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report
from ui.closing.form import CloseSums
from ui.kit.button import Button
from ui.kit.card import Badge, Card, Icon, Note
from ui.kit.layout import (
    clear,
    column,
    discard,
    figures,
    fill,
    grid_layout,
    holder,
    label,
    row,
    rule,
    say,
    show_text,
)
from ui.kit.look import GUTTER, UiContext, smooth
from ui.kit.report_table import ReportTable
from ui.kit.scrolling import Beside
from ui.kit.workspace import Workspace

# -- The card with a close's result and how it is shared, before the close and after it ----------


_LINES = (
    (AccountType.INCOME, noop("What was sold")),
    (AccountType.COST, noop("Cost of what was sold")),
    (AccountType.EXPENSE, noop("Running costs")),
    (AccountType.OTHER, noop("Other")),
    (AccountType.TAX, noop("Tax")),
)
_BAR = 6


class PartBar(QWidget):
    """A fund's name, its percent, what it gets, and a bar as long as its share of the largest."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__()
        self._ui = ui
        self._name, self._percent, self._amount, self._tenths = "", 0, 0, 0
        self.setFixedHeight(ui.theme.px(40))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(self._ui.theme.px(240), self._ui.theme.px(40))

    def show_part(self, name: str, percent: int, amount: int, most: int) -> None:
        """Shows a fund's part: whole percents, rupiah; `most` is the percent of
        the largest share.
        """
        self._name, self._percent, self._amount = name, percent, amount
        self._tenths = 1000 * percent // max(1, most)
        words = f"{name}, {percent}%: {self._ui.formats.rupiah(amount)}"
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        theme, painter = self._ui.theme, smooth(self)
        line = QRect(0, 0, self.width(), theme.px(24))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        amount = self._ui.formats.number(self._amount)
        theme.write(painter, line, amount, bold=True, figures=True, at=right)
        before = line.adjusted(0, 0, -theme.px(88), 0)
        percent = self._ui.formats.percent(self._percent * 10)
        theme.write(painter, before, percent, "text2", figures=True, at=right)
        theme.write(painter, before.adjusted(0, 0, -theme.px(44), 0), self._name, elided=True)
        high = theme.px(_BAR)
        track = QRect(0, theme.px(26), self.width(), high)
        for color, length in (("grid", 1000), ("accent", self._tenths)):
            part = QRect(track.left(), track.top(), track.width() * length // 1000, high)
            theme.paint_round(painter, part, color, high / 2)


class PreviewCard(Card):
    """A close's result and the parts of the funds; `closed` where it is recorded already."""

    def __init__(self, ui: UiContext, *, closed: bool = False) -> None:
        super().__init__(space=2)
        self._ui, self._t, self._closed = ui, ui.t, closed
        t = ui.t
        self.body.setContentsMargins(GUTTER, 12, GUTTER, GUTTER)
        self.title = label("", "card")
        said = t("Recorded and settled") if closed else t("Provisional, not recorded")
        self._grid = grid_layout(down=4, wide=0)
        fill(self.body, self.title, label(said, "caption"), 6, self._grid, rule(), 4)
        self._add_result()
        self.body.addSpacing(10)
        self._add_sharing()
        self.body.addStretch(1)
        self.note = Note(
            ui,
            t(
                "Once closed, nothing of the month can be changed. Only the chair can open it "
                "again."
            ),
            icon="lock-simple",
        )
        self.body.addWidget(self.note)
        self.note.setVisible(not closed)

    def _add_result(self) -> None:
        self.result_title = label("", "strong")
        self.result = figures(self._ui, "", "title")
        self.body.addLayout(row((self.result_title, 1), self.result, space=8))

    def _add_sharing(self) -> None:
        self.basis = label("", "caption", wrap=True)
        fill(self.body, label(self._t("Shared among the funds"), "card"), self.basis, 4)
        self._parts: list[PartBar] = []
        self._place = self.body.count()

    def show_sums(self, month: str, sums: CloseSums) -> None:
        """Shows the close's sums; `month` is its name in words."""
        t, number = self._t, self._ui.formats.number
        title = t("{month} is closed", month=month)
        self.title.setText(title if self._closed else t("If {month} is closed", month=month))
        clear(self._grid)
        place = 0
        for kind, title in _LINES:
            amount = sums.by_type.get(kind, 0)
            if amount or kind in (AccountType.INCOME, AccountType.COST, AccountType.EXPENSE):
                self._grid.addWidget(label(t(title), "body"), place, 0)
                self._grid.addWidget(figures(self._ui, number(amount)), place, 1)
                place += 1
        self.result_title.setText(t("Profit") if sums.profit >= 0 else t("Loss"))
        say(self.result, self._ui.formats.rupiah(sums.profit), "error" if sums.profit < 0 else "")

    def show_parts(
        self, names: Mapping[str, str], shares: Mapping[str, int], parts: Mapping[str, int],
        basis: str,
    ) -> None:  # fmt: skip
        """Shows the funds in the order of the mappings: name, percent, rupiah; `basis` says by
        whose decision.
        """
        for old in self._parts:
            self.body.removeWidget(old)
            discard(old)
        most = max(shares.values(), default=0)
        self._parts = [PartBar(self._ui) for _ in parts]
        for place, (bar, (code, amount)) in enumerate(zip(self._parts, parts.items(), strict=True)):
            bar.show_part(names.get(code, code), shares.get(code, 0), amount, most)
            self.body.insertWidget(self._place + place, bar)
        show_text(self.basis, basis)


_ASIDE, _LEAST = 376, 640


def result_asked(first: Month, last: Month) -> Parameters:
    """Parameters of the statement of profit or loss over the months that one close takes."""
    if first == last:
        return Parameters(month=last)
    return Parameters(start=first_day(first), end=last_day(last))


def closed_sums(result: Report, shared: Report) -> CloseSums:
    """The sums of a closed month, read from its statement and from the allocation report."""
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
    """A closed month with its result, its papers, and the chair's way to open it again."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace, self._ui, self._t = workspace, workspace.ui, workspace.ui.t
        self._closed: Closed | None = None
        self._next: Month | None = None
        self.preview = PreviewCard(self._ui, closed=True)
        self.table = ReportTable(self._ui)
        beside = Beside(self._ui, self._make_card(), self._make_aside(), _ASIDE, _LEAST)
        column(parent=self).addWidget(beside)

    # -- layout ----------------------------------------------------------------------------

    def _make_card(self) -> Card:
        card = Card(margins=0, space=0)
        self.table.setMinimumHeight(self._ui.theme.px(220))
        fill(card.body, self._make_top(), rule(), (self.table, 1), rule(), self._make_buttons())
        return card

    def _make_top(self) -> QHBoxLayout:
        self.title, self.about = label("", "card"), label("", "caption", wrap=True)
        self.number = Badge(self._ui)
        icon = Icon(self._ui, "check-circle-fill", "accent_text", 26)
        words = column(self.title, self.about)
        return row(icon, (words, 1), self.number, space=12, margins=(GUTTER, 12, GUTTER, 12))

    def _make_buttons(self) -> QHBoxLayout:
        t, ui = self._t, self._ui
        self.pack_button = Button(
            ui, t("Print the month's report"), "printer", kind="primary", scale="large"
        ).when_clicked(self.print_pack)
        self.minutes_button = Button(
            ui, t("Print the minutes"), "file-text", scale="large"
        ).when_clicked(self._print_minutes)
        self.reopen_button = Button(ui, t("Open again"), "lock-simple-open", kind="danger")
        self.reopen_button.setProperty("scale", "large")
        self.reopen_button.when_clicked(lambda: self._workspace.open_form("month_reopen"))
        line = self.pack_button, self.minutes_button, ..., self.reopen_button
        return row(*line, space=8, margins=(GUTTER, 12, GUTTER, 12))

    def _make_aside(self) -> QWidget:
        self.next_note = Note(self._ui, "", "good")
        self.next_button = self.next_note.offer(self._t("Go there"), self._go_next)
        return holder(column((self.preview, 1), self.next_note, space=12), "canvas")

    # -- what the book says ----------------------------------------------------------------

    def show_closed(self, state: MonthState, result: Report, shared: Report) -> None:
        """Shows a closed month; `result` is the statement over the close's months, `shared` the
        allocation report.
        """
        closed = state.closed
        assert closed is not None
        self._closed, self._next = closed, state.next_open
        t, formats, month = self._t, self._ui.formats, state.month
        self.title.setText(t("{month} is closed", month=formats.month(month)))
        about = [t("Decision {decision}", decision=closed.decision)] if closed.decision else []
        if closed.first != closed.month:
            first, last = formats.month(closed.first), formats.month(closed.month)
            about.append(t("Closed together: {first} to {last}", first=first, last=last))
        if not self._workspace.may("month_reopen"):
            about.append(t("Only the chair can open it again"))
        self.about.setText(" · ".join(about))
        self.about.setVisible(bool(about))
        self.number.show_text(closed.number)
        self.table.show_report(result)
        self._show_sharing(closed, closed_sums(result, shared), shared)
        may = self._workspace.may("month_reopen")
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
        self.preview.show_sums(self._ui.formats.month(closed.month), sums)
        if not sums.shared:
            basis, parts = self._t("There is no profit to share."), {}
        self.preview.show_parts(names, shares, parts, basis)

    # -- its papers ------------------------------------------------------------------------

    def print_pack(self) -> None:
        """Shows the month's statements and books as they would be printed."""
        from kwt_books.services.statements import monthly_pack
        from ui.kit.printing import show_paper  # loads Qt's PDF module

        if self._closed is None:
            return
        month, language = self._closed.month, self._ui.language
        name = self._t("Report of {month}", month=self._ui.formats.month(month))
        show_paper(
            self._workspace, name, lambda book: book.read_in(language, monthly_pack, month), self
        )

    def _print_minutes(self) -> None:
        if self._closed is not None:
            self._workspace.print_voucher(self._closed.number)

    def _go_next(self) -> None:
        if self._next is not None:
            self._workspace.show_month(self._next)


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value
