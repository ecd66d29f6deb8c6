"""Tutup Bulan: the page that leads from the checks of a month over its result and its shares to the
close, or shows a closed month.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from PySide6.QtWidgets import QWidget

from kwt_books.book import Book
from kwt_books.domain.access import Recorded
from kwt_books.domain.documents.buying import Depreciation
from kwt_books.domain.documents.closing import MonthClose
from kwt_books.domain.errors import Issue
from kwt_books.domain.posting import DEPRECIATED
from kwt_books.domain.values import Month
from kwt_books.queries.closing import MonthState, month_state
from kwt_books.queries.overview import SetupData, setup_data
from kwt_books.reports.context import Context, Parameters
from kwt_books.reports.model import Report
from kwt_books.reports.registry import build_report
from kwt_books.services.recorder import Preview
from ui.closing.checks import (
    ERROR,
    GOOD,
    OPEN,
    WARN,
    Checker,
    CheckList,
    CloseActions,
    ExceptionsFound,
    Looked,
    exceptions_of,
)
from ui.closing.closed import ClosedView, PreviewCard, result_asked
from ui.closing.form import CLOSE, LOOK, MonthCloseForm, close_sums, drafted_close
from ui.kit.card import Badge, Card, EmptyState
from ui.kit.layout import Later, column, discard, holder, label, row, rule
from ui.kit.look import GUTTER
from ui.kit.page import Page
from ui.kit.party import account_name
from ui.kit.report_table import ReportTable
from ui.kit.scrolling import Beside
from ui.kit.steps import StepList, WizardStep
from ui.kit.workspace import Workspace, thresholds_of

_ASIDE, _LEAST = 376, 640
LAST = "last"
"""The page's part that is the close's last step."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the book answers about a month."""

    setup: SetupData
    state: MonthState
    preview: Preview
    issues: Preview
    """The preview of the close with the shares that the group decided."""
    depreciation: Preview
    result: Report
    shared: Report
    odd: ExceptionsFound | None
    """What the exceptions report names, where it was asked for along with the rest."""


class MonthClosePage(Page):
    """The page of the month in hand: open, closed or without anything to close."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._found: Found | None = None
        self._odd: ExceptionsFound | None = None
        self._print_next = False
        self._begins_at = LOOK
        self.form: MonthCloseForm | None = None
        self._open: QWidget | None = None
        self._front: QWidget | None = None
        """The widget shown in place of the form, if any."""
        self.steps: StepList | None = None
        self.result: ReportTable | None = None

    @cached_property
    def closed(self) -> ClosedView:
        """The view of a closed month, made when it is first needed."""
        made = ClosedView(self.workspace)
        made.hide()
        self.body.addWidget(made, 1)
        return made

    def _nothing_to_close(self) -> EmptyState:
        """What is shown where there is nothing to close, made when it is first needed."""
        if not self.invites:
            t = self.t
            text = t(
                "Record the month's events first. Then you see here what is missing, what the "
                "month earned and how it is shared.")  # fmt: skip
            made = self.invite("calendar-check", t("Nothing to close yet"), text)
            made.offer(t("Go to Home"), lambda: self.workspace.go("home"), "house")
        return self.empty

    # -- an open month ---------------------------------------------------------------------

    def _make_open(self, month: Month) -> QWidget:
        """The steps in a row, the form below them, the result beside it."""
        t = self.t
        steps = (t("Check"), t("See the profit"), t("Share it out"), t("Close & print"))
        strip = Card(margins=0)
        self.steps = StepList(self.ui, [WizardStep(title) for title in steps], across=True)
        strip.body.addWidget(self.steps)
        self.preview = PreviewCard(self.ui)
        self.list = CheckList(self.ui)
        look, result = self._make_look(month), Later(self._make_result)
        self.form = MonthCloseForm(self.workspace, month, look, result)
        self.form.step_changed.connect(self._show_step)
        self.steps.wanted.connect(self.form.go_to)
        self.list.done.connect(self.form.next_button.setFocus)
        self.form.left.connect(lambda: self.workspace.go("home"))
        self.form.saved.connect(self._closed_now)
        self.form.changed.connect(self._form_changed)
        card = Card(margins=0, space=0)
        cards = Beside(self.ui, card, self.preview, _ASIDE, _LEAST)
        ground = holder(column(strip, (cards, 1), space=GUTTER), "canvas")
        self.body.insertWidget(0, ground, 1)
        card.body.addWidget(self.form)  # now that all around it stands: Qt styles it only once
        return ground

    def _show_step(self, step: int) -> None:
        if self.steps is not None:
            self.steps.seen = max(self.steps.seen, step)
            self.steps.show_step(step)
        if step == CLOSE:  # what is agreed to there is how the book stands now, whoever records
            self.refresh()

    def _make_look(self, month: Month) -> QWidget:
        self.badges = {tone: Badge(self.ui, "", tone) for tone in (GOOD, WARN, ERROR)}
        name = self.ui.formats.month(month)
        title = label(self.t("Before {month} is closed", month=name), "card")
        badges = self.badges.values()
        top = row(title, ..., *badges, space=8, margins=(GUTTER, 12, GUTTER, 12))
        return holder(column(top, rule(), (self.list, 1)))

    def _make_result(self) -> QWidget:
        self.result_title = label("", "card")
        top = row((self.result_title, 1), space=8, margins=(GUTTER, 12, GUTTER, 12))
        self.result = ReportTable(self.ui)
        self.result.setMinimumHeight(self.ui.theme.px(220))
        made = holder(column(top, rule(), (self.result, 1)))
        self._show_result()
        return made

    # -- what the book says ----------------------------------------------------------------

    def refresh(self) -> None:
        month, language = self.workspace.month, self.ui.language
        look = self._look(month)

        def work(book: Book) -> Found:
            return book.at_one_moment(lambda book: _ask(book, month, language, look))

        self.ask(work, self._show)

    def _show(self, found: Found) -> None:
        self._found, state = found, found.state
        nothing = state.next_open is None and state.closed is None and not state.documents
        if nothing or state.closed is not None:
            self._drop_form()
            self._bring(self.closed if state.closed is not None else self._nothing_to_close())
            if state.closed is not None:
                self.closed.show_closed(state, found.result, found.shared)
                if self._print_next:
                    self.closed.print_pack()
            self._print_next = False
            return
        self._bring(None)
        if self.form is None or self.form.month != state.month:
            self._drop_form()
            self._open = self._make_open(state.month)
            assert self.form is not None
            self.form.show_step(self._begins_at)
            self._begins_at = LOOK
        self._odd = found.odd or self._odd
        self._show_open(found)
        if found.odd is None:
            self.ask(self._look(state.month), self._show_odd, key="odd")

    def _bring(self, part: QWidget | None) -> None:
        if self._front is not None and self._front is not part:
            self._front.hide()
        self._front = part
        if part is not None:
            part.show()

    def _drop_form(self) -> None:
        if self._open is not None and self.form is not None:
            self.form.keep_draft()
            self.body.removeWidget(self._open)
            discard(self._open)
        self._open, self.form, self._odd, self.result = None, None, None, None

    def _show_open(self, found: Found) -> None:
        assert self.form is not None
        state, formats = found.state, self.ui.formats
        sums = close_sums(found.preview, found.setup.accounts)
        along = self._span(state.along)
        self.form.learn(found.setup)
        self.form.show_sums(sums, along)
        self.preview.show_sums(formats.month_alone(state.month), sums)
        self._show_result()
        self._show_parts()
        self._show_checks()

    def _show_result(self) -> None:
        if self._found is None or self.result is None:
            return
        state = self._found.state
        self.result.show_report(self._found.result)
        span = self._span((*state.along, state.month))
        self.result_title.setText(self.t("What {month} earned", month=span))

    def _span(self, months: tuple[Month, ...]) -> str:
        """`April – Mei 2026`; empty without months."""
        names = [self.ui.formats.month(month) for month in months]
        return " – ".join(dict.fromkeys((names[0], names[-1]))) if names else ""

    def _form_changed(self) -> None:
        self._show_parts()
        self._show_checks()

    def _show_parts(self) -> None:
        if self.form is None or self._found is None:
            return
        setup, field = self._found.setup, self.form.shares
        names = {
            code: account_name(self.ui, setup.accounts[code])
            for code in field.value()
            if code in setup.accounts
        }
        self.preview.show_parts(names, field.value(), field.parts, self._basis(setup))

    def _basis(self, setup: SetupData) -> str:
        if self.form is None:
            return ""
        if self.form.sums.shared <= 0:
            return self.t("There is no profit to share.")
        if not self.form.shares.complete:
            return self.t("The shares must add up to 100%")
        if setup.group is None or self.form.shares.own is not None:
            return self.t("Shares for this month only")
        decided = setup.group.allocation
        if decided is None:
            return self.t("Shares for this month only")
        return self.t("Decision {decision}", decision=decided.decision)

    def _look(self, month: Month) -> Callable[[Book], ExceptionsFound]:
        """What gives the month's exceptions; it runs on the worker."""
        sight, language = thresholds_of(self.workspace), self.ui.language

        def look(book: Book) -> ExceptionsFound:
            asked = Parameters(month=month, thresholds=sight(book))
            return exceptions_of(book.report("exceptions", asked, language))

        return look

    def _show_odd(self, odd: ExceptionsFound) -> None:
        self._odd = odd
        self._show_checks()

    def _show_checks(self) -> None:
        found, form = self._found, self.form
        if found is None or form is None:
            return
        due = sum(m.value for m in found.depreciation.moves if m.place.startswith(DEPRECIATED))
        looked = Looked(found.state, due, self._against(found), self._odd)
        actions = CloseActions(self.depreciate, form.show_shares)
        checks = Checker(self.workspace, looked, actions).checks()
        if not self.workspace.may("depreciation"):
            checks = [replace(each, act=None) if each.records else each for each in checks]
        self.list.show_checks(checks)
        waits = self.list.count(WARN, OPEN)
        counts = {tone: self.list.count(tone) for tone in self.badges} | {WARN: waits}
        words = {
            GOOD: self.t("{n} done", n=counts[GOOD]),
            WARN: self.t("{n} to check", n=counts[WARN]),
            ERROR: self.t("{n} blocking", n=counts[ERROR]),
        }
        for tone, badge in self.badges.items():
            badge.show_text(words[tone], tone)
            badge.setVisible(counts[tone] > 0)
        form.show_blocking(counts[ERROR], waits)

    def _against(self, found: Found) -> tuple[Issue, ...]:
        """The preview's issues but those that the form's own shares settle."""
        filled_in = self.form is not None and self.form.shares.complete
        issues = found.issues.issues
        return tuple(each for each in issues if not (each.code == "no-shares" and filled_in))

    @property
    def part(self) -> str:
        """`last` while the last step is shown, else empty."""
        return LAST if self.form is not None and self.form.step == CLOSE else ""

    def show_part(self, part: str) -> None:
        """Shows a month (`2026-06`), or the last step, where the chair goes on
        from the treasurer.
        """
        if part == LAST:
            self._begins_at = CLOSE
        else:
            self.workspace.show_month(Month(part))

    # -- actions ---------------------------------------------------------------------------

    def depreciate(self) -> None:
        """Records the month's depreciation."""
        workspace, command = self.workspace, Depreciation(month=self.workspace.month)
        # No note: the list shows that it is done, and the number.
        workspace.tasks.record(command, _said, workspace.problems.show, owner=self)

    def _closed_now(self, _recorded: Recorded) -> None:
        """Shows the papers next, once the page has asked the changed book again."""
        self._print_next = True


def _said(_recorded: Recorded) -> None:
    pass


def _ask(book: Book, month: Month, language: str, look: Callable[[Book], ExceptionsFound]) -> Found:
    """What the page shows. Exceptions take a while to look for: near by they are asked for later,
    once the rest is shown.
    """
    setup, state, result, shared = book.read_in(language, _stands, month)
    preview, issues, depreciation = book.previews(
        drafted_close(month), MonthClose(month=month), Depreciation(month=month)
    )
    odd = look(book) if book.is_far and state.closed is None else None
    return Found(setup, state, preview, issues, depreciation, result, shared, odd)


def _stands(context: Context, month: Month) -> tuple[SetupData, MonthState, Report, Report]:
    """What a month comes to, read at one moment."""
    state = month_state(context, month)
    first = state.closed.first if state.closed is not None else min((*state.along, month))
    last = state.closed.month if state.closed is not None else month
    return (
        setup_data(context),
        state,
        build_report("profit-loss", context.asking(result_asked(first, last))),
        build_report("allocation", context.asking(Parameters(month=last))),
    )
