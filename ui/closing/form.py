"""The forms of a close: what it would come to, its four steps, what the last step says, and opening
a closed month again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QWidget,
)

from kwt_books.book import Book
from kwt_books.domain.access import Recorded, Role
from kwt_books.domain.accounts import FUNDS, SURPLUS, TEMPORARY, Account, AccountType
from kwt_books.domain.documents.closing import MonthClose, MonthReopen
from kwt_books.domain.errors import BookError, InvalidDocument
from kwt_books.domain.values import Month
from kwt_books.i18n.formats import NIL
from kwt_books.queries.overview import SetupData
from kwt_books.services.recorder import Preview
from ui.closing.shares import SharesField
from ui.kit.button import Button, on_keys
from ui.kit.card import Note
from ui.kit.field import FieldRow, NoteField, TextField
from ui.kit.form import Form, FormDialog
from ui.kit.layout import (
    Later,
    clear,
    column,
    figures,
    fill,
    grid_layout,
    holder,
    label,
    pass_by,
    row,
    rule,
    say,
    stacked,
)
from ui.kit.look import GUTTER, UiContext
from ui.kit.scrolling import Scrolling
from ui.kit.workspace import Given, Workspace

# -- What closing a month would come to, read from its postings ----------------------------------


FOR_THE_SUMS = {FUNDS[-1]: 100}
"""Shares used while none are decided: profit and what is shared don't depend on them."""


@dataclass(frozen=True, slots=True)
class CloseSums:
    """What a close comes to, in whole rupiah. `by_type` adds up to `profit`, costs being negative;
    `shared` is part of the profit.
    """

    profit: int = 0
    shared: int = 0
    by_type: Mapping[AccountType, int] = field(default_factory=dict)

    @property
    def covered(self) -> int:
        """The part of the profit that covers earlier losses, in rupiah."""
        return max(0, self.profit) - self.shared


def drafted_close(month: Month) -> MonthClose:
    """The close of a month as a command for a preview; it is never recorded."""
    return MonthClose(month=month, shares=FOR_THE_SUMS)


def close_sums(preview: Preview, accounts: Mapping[str, Account]) -> CloseSums:
    """The sums of a close, read from what it would post: temporary accounts against 3301, then 3301
    shared among the funds (STREAM.md, `month_close`).
    """
    by_type: dict[AccountType, int] = {}
    shared = 0
    for posting in preview.postings:
        kind = accounts[posting.account].type
        if kind in TEMPORARY:
            by_type[kind] = by_type.get(kind, 0) + posting.amount
        elif posting.account != SURPLUS:
            shared -= posting.amount
    return CloseSums(sum(by_type.values()), shared, by_type)


# -- The last step of a close ---------------------------------------------------------------------


class LastStep(QWidget):
    """Says what the close will do. `may`: whether who is signed in may close; else it waits for the
    chair.
    """

    def __init__(self, ui: UiContext, month: str, *, may: bool) -> None:
        super().__init__()
        self.setObjectName("bare")
        self._t = t = ui.t
        self._summary = grid_layout(across=24, down=6, wide=1)
        self.along_note, self.open_note = Note(ui, "", "warn"), Note(ui, "", "warn")
        title = label(t("Close {month}?", month=month), "title")
        notes = (self.along_note, *self._standing(ui, may=may), self.open_note)
        column(title, self._summary, *notes, ..., parent=self, margins=GUTTER, space=12)

    def _standing(self, ui: UiContext, *, may: bool) -> tuple[Note, ...]:
        """The notes that every close has."""
        t = self._t
        papers = Note(
            ui,
            t("Statements, notes, books and the minutes of the allocation can then be printed."),
            icon="printer",
        )
        settled = Note(
            ui,
            t(
                "Nothing dated in it can be recorded or corrected any more. Only the chair can "
                "open it again, and that leaves a trace."
            ),
            strong=t("After this the month is locked."),
            icon="lock-simple",
        )
        if may:
            return papers, settled
        waiting = Note(
            ui,
            t(
                "What was prepared here is kept. She signs in on this computer, looks it over "
                "and closes."
            ),
            strong=t("The chair closes the month."),
            icon="user-circle",
        )
        return waiting, papers, settled

    def show_summary(self, lines: Sequence[tuple[str, str]]) -> None:
        """Shows titles and values, a line each."""
        clear(self._summary)
        for place, (title, value) in enumerate(lines):
            self._summary.addWidget(label(title), place, 0)
            self._summary.addWidget(label(value, "strong"), place, 1)

    def show_along(self, months: str) -> None:
        """Names the months that are closed along with it, in words; empty hides the note."""
        t = self._t
        self.along_note.say(
            t("Their profit is shared with it."), "warn", strong=t("{months} too.", months=months)
        )
        self.along_note.setVisible(bool(months))

    def show_open(self, count: int) -> None:
        """Says how many checks of the first step are still open."""
        self.open_note.say(
            self._t.ngettext(
                "{n} thing in the first step still needs a look. You may close anyway.",
                "{n} things in the first step still need a look. You may close anyway.",
                count,
            ),
            "warn",
        )
        self.open_note.setVisible(count > 0)


LOOK, PROFIT, SHARE, CLOSE = range(4)
NEXT, BACK = "Ctrl+Return", "Ctrl+Backspace"


class MonthCloseForm(Form):
    """The close in four steps; only the last one records. `look` and `result` are the widgets of
    the first two.
    """

    makes = MonthClose
    is_the_page = True
    is_shared = True
    says_amount = False  # all that it moves between accounts tells nobody anything

    step_changed = Signal(int)
    left = Signal()
    """The form was left, its draft kept, to go on later."""

    def __init__(self, workspace: Workspace, month: Month, look: QWidget, result: QWidget) -> None:
        super().__init__(workspace, f"month_close_{month}")
        self.month = month
        self.step = LOOK
        self.sums = CloseSums()
        self._along, self.blocking, self.open = "", 0, 0
        self._last: LastStep | None = None
        self._may = workspace.may("month_close")
        self._waits = workspace.person.role is Role.TREASURER and workspace.person.signed_in
        self._setup: SetupData | None = None
        self.body.setSpacing(0)
        self.shares = SharesField(self.ui)
        self.decision = TextField(self.ui, placeholder=self.t("For example: BA-06/KWT/VI/2026"))
        last = Later(lambda: Scrolling(self._make_last()))
        self._stack = stacked(look, result, Scrolling(self._make_shares()), last)
        fill(self.body, (self._stack, 1), rule(), self._make_buttons())
        for keys, act in ((NEXT, self.go_on), (BACK, self.go_back)):
            on_keys(self, keys, act, repeats=False, anywhere=True)
        self.begin()
        self.changed.connect(self._show_last)
        self.show_step(LOOK)

    # -- the parts -------------------------------------------------------------------------

    def _make_shares(self) -> QWidget:
        t = self.t
        self.shared_text = figures(self.ui, "", "title")
        top = row((label(t("How is the profit shared?"), "card"), 1), self.shared_text, space=8)
        self.shared_note = Note(self.ui)
        self.add("shares", self.shares, self.shares)
        decision = self.labelled(
            "decision",
            t("Decision number"),
            self.decision,
            t("Of the meeting that decided on this close; optional"),
        )
        parts = top, self.shared_note, self.shares, decision
        return holder(column(*parts, ..., margins=GUTTER, space=12), "bare")

    def _make_last(self) -> QWidget:
        self._last = LastStep(self.ui, self.ui.formats.month(self.month), may=self._may)
        self._show_last()
        return self._last

    def _make_buttons(self) -> QHBoxLayout:
        t, ui = self.t, self.ui
        self.later = Button(ui, t("Save and finish later"), kind="quiet", scale="large")
        self.later.when_clicked(self.go_later)
        self.hint = label("", "caption")
        self.back_button = Button(ui, t("Back"), "arrow-left", scale="large")
        self.back_button.hint(t("Back"), BACK).when_clicked(self.go_back).decides()
        self.next_button = Button(ui, f"{t('Next')}  →", kind="primary", scale="large")
        self.next_button.hint(t("Next"), NEXT).when_clicked(self.go_on).keeps_place()
        close = t("Close {month}", month=ui.formats.month(self.month))
        self.close_button = Button(ui, close, "lock-simple", kind="primary", scale="large")
        self.close_button.hint(t("Close & print"), "Ctrl+S").when_clicked(self.save)
        self.chair_button = Button(
            ui, t("The chair signs in here"), "sign-in", kind="primary", scale="large"
        )
        self.chair_button.when_clicked(self.ask_chair)
        self.locks(self.close_button)
        pass_by(self.back_button, self.next_button)
        return row(
            self.close_button, self.chair_button, self.later, ...,
            self.hint, self.back_button, self.next_button,
            space=8, margins=(GUTTER, 12, GUTTER, 12),
        )  # fmt: skip

    # -- what is known ---------------------------------------------------------------------

    def learn(self, setup: SetupData) -> None:
        """Takes the accounts and the shares that the meeting decided."""
        before = self.state()
        self._setup = setup
        self.shares.learn(setup)
        if before == self._blank:
            self._blank = self.state()

    def show_sums(self, sums: CloseSums, along: str) -> None:
        """Shows what the close comes to; `along` names the months closed with it, in words."""
        self.sums = sums
        self.shares.show_shared(sums.shared)
        self.shared_text.setText(self.ui.formats.rupiah(sums.shared))
        self.shares.setVisible(sums.shared > 0)
        self._note_shared(sums)
        self._along = along
        self._show_last()

    def _note_shared(self, sums: CloseSums) -> None:
        t, rupiah, text = self.t, self.ui.formats.rupiah, ""
        if sums.profit <= 0:
            text = t("There is no profit to share. The loss stays and is made up for later.")
        elif sums.covered:
            text = t(
                "Of {profit} profit, {covered} first makes up for earlier losses.",
                profit=rupiah(sums.profit),
                covered=rupiah(sums.covered),
            )
        self.shared_note.say(text)
        self.shared_note.setVisible(bool(text))

    def show_blocking(self, count: int, open_: int) -> None:
        """Takes how many checks stand in the way of the close, and how many are open."""
        self.blocking, self.open = count, open_
        self._show_last()
        self._show_buttons()

    def _show_last(self) -> None:
        if self._last is None:
            return
        t, rupiah, sums = self.t, self.ui.formats.rupiah, self.sums
        lines = [(t("Profit") if sums.profit >= 0 else t("Loss"), rupiah(abs(sums.profit)))]
        if self.shares.parts:
            lines.append((t("Shared among the funds"), rupiah(sums.shared)))
        lines.append((t("Decision number"), self.decided() or NIL))
        self._last.show_summary(lines)
        self._last.show_along(self._along)
        self._last.show_open(self.open)

    def decided(self) -> str:
        """The decision the close rests on: the one typed, else the group's own on its shares."""
        group = self._setup.group if self._setup is not None else None
        if self.shares.own is not None or group is None or group.allocation is None:
            return self.decision.value() or ""
        return self.decision.value() or group.allocation.decision or ""

    # -- going from step to step -----------------------------------------------------------

    def show_step(self, step: int) -> None:
        """Shows a step, LOOK to CLOSE."""
        self.step = step
        self._stack.setCurrentIndex(step)
        self._show_buttons()
        for button in (self.back_button, self.next_button):
            button.rest()
        self.step_changed.emit(step)

    def _show_buttons(self) -> None:
        step, blocked = self.step, self.step == LOOK and self.blocking > 0
        self.back_button.setVisible(step > LOOK)
        self.next_button.setVisible(step < CLOSE)
        self.close_button.setVisible(step == CLOSE and self._may)
        self.chair_button.setVisible(step == CLOSE and self._waits)
        self.next_button.setEnabled(not blocked)
        text = self.t.ngettext(
            "Sort out {n} thing first", "Sort out {n} things first", self.blocking
        )
        say(self.hint, text if blocked else "", "error" if blocked else "")

    def go_on(self) -> None:
        """Shows the next step, unless checks stand in the way or the shares don't add up."""
        if self.step == LOOK and self.blocking:
            return
        if self.step == SHARE and (said := self.shares.problem()):
            self.shares.touch()  # else what is checked in the next pause would wipe it off
            self.shares.say(said, "error")
            self.shares.field.setFocus()
            return
        if self.step < CLOSE:
            self.show_step(self.step + 1)
            last = self.close_button if self._may else self.chair_button
            (self.next_button if self.step < CLOSE else last).setFocus()

    def go_to(self, step: int) -> None:
        """Goes to a step; beyond those seen only as far as nothing is in the way."""
        if step <= self.step:
            self.show_step(step)
            return
        while self.step < step:
            before = self.step
            self.go_on()
            if self.step == before:
                return

    def go_back(self) -> None:
        """Shows the step before."""
        if self.step > LOOK:
            self.show_step(self.step - 1)

    def show_shares(self) -> None:
        """Shows the step with the shares, also while their not adding up stands in the way."""
        self.show_step(SHARE)
        self.shares.field.setFocus()

    def go_later(self) -> None:
        """Keeps the draft and leaves the form."""
        self.keep_draft()
        self.left.emit()

    def ask_chair(self) -> None:
        """Keeps the draft for the chair, who may close the month."""
        self.keep_draft()
        self.workspace.chair_wanted.emit()

    # -- saving ----------------------------------------------------------------------------

    def save(self, *, then_print: bool = False) -> None:
        """Closes the month, but only from the last step: Ctrl+S does nothing before."""
        if self.step == CLOSE and self._may:
            super().save(then_print=then_print)
        else:
            self.keep_draft()

    def _refused(self, error: BookError) -> None:
        """Shows the step with the shares where the error is about them."""
        if isinstance(error, InvalidDocument) and any(
            self._messages.knows(issue.field) for issue in error.issues
        ):
            self.show_step(SHARE)
        super()._refused(error)

    def derived(self) -> dict[str, Any]:
        """The month, and the shares where they differ from those decided."""
        own = self.shares.own if self.sums.shared > 0 else None
        return {"month": self.month, "shares": own}

    def saved_text(self, recorded: Recorded) -> str:
        month = self.ui.formats.month(self.month)
        return self.t("{month} is closed: {number}.", month=month, number=recorded.number)


# -- Buka kembali: the chair opens the last closed month again and gives the reason --------------


class MonthReopenForm(Form):
    """Opens the last closed month again; asks for the reason."""

    makes = MonthReopen
    says_amount = False

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "month_reopen")
        t, ui = self.t, self.ui
        self._month: Month = workspace.month
        self.shown = TextField(ui)
        self.shown.setReadOnly(True)
        self.shown.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        row = FieldRow(ui, t("Month"), self.shown)
        self._messages.add("month", row)
        self.body.addWidget(row)
        self.reason = NoteField(ui, lines=3, wanted=t("Say why the month is opened again"))
        self.field("reason", t("Why"), self.reason, t("Listed in the diary and under Checks"))
        undone = t(
            "Its close is undone and can be recorded again. Statements that were signed no longer "
            "hold; both closes stay in the book."
        )
        signs = t("Ask the chair to sign in and open it.")
        self.chair_only = Note(ui, signs, strong=t("Chair only."))
        fill(self.body, Note(ui, undone, "warn"), self.chair_only)
        self.chair_only.setVisible(workspace.person.role is not Role.CHAIR)
        self.begin(**{path: value for path, value in given.items() if path == "reason"})
        workspace.tasks.run(_closed_through, self._learnt, owner=self)

    def _learnt(self, month: Month | None) -> None:
        self._month = month or self._month
        self.shown.setText(self.ui.formats.month(self._month))

    def derived(self) -> dict[str, Any]:
        """The month that is opened."""
        return {"month": self._month}

    def saved_text(self, recorded: Recorded) -> str:
        return self.t("{month} is open again.", month=self.ui.formats.month(self._month))


def _closed_through(book: Book) -> Month | None:
    return book.read(lambda reading: reading.chain.closed_through)


def make_month_reopen(workspace: Workspace, given: Given) -> QDialog:
    """The dialog that opens a month again."""
    title = workspace.ui.t("Open a month again")
    form, verb = MonthReopenForm(workspace, given), workspace.ui.t("Open again")
    return FormDialog(form, title, prints=False, width=520, verb=verb)
