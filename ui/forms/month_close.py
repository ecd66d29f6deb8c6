"""The close of a month, to be put into a page: its decision, how profit is shared, the steps."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kwt_books.domain.access import Role, may_record
from kwt_books.domain.documents.closing import MonthClose
from kwt_books.domain.errors import BookError, InvalidDocument
from kwt_books.domain.month import Month
from kwt_books.domain.recording import Recorded
from kwt_books.i18n.formats import NIL
from kwt_books.queries.overview import SetupData
from ui.desk import Desk
from ui.forms.base import Form
from ui.forms.month_close_foreseen import CloseSums
from ui.forms.month_close_last import LastStep
from ui.forms.month_close_shares import SharesField
from ui.tokens import GUTTER
from ui.widgets.button import Button
from ui.widgets.card import Note, bare, scrolled
from ui.widgets.field import TextField
from ui.widgets.label import column, figures, label, row, rule, set_tone
from ui.widgets.later import Later

LOOK, PROFIT, SHARE, CLOSE = range(4)
NEXT, BACK = "Ctrl+Return", "Ctrl+Backspace"


class MonthCloseForm(Form):
    """Four steps; only the last one records. `look` and `result` fill the first two."""

    step_changed = Signal(int)
    left = Signal()
    """One goes on later."""

    def __init__(self, desk: Desk, month: Month, look: QWidget, result: QWidget) -> None:
        super().__init__(desk, f"month_close_{month}")
        self.month = month
        self.step = LOOK
        self.sums = CloseSums()
        self._along, self._blocking, self._open = "", 0, 0
        self._last: LastStep | None = None
        self._may = may_record(desk.person.role, "month_close")
        self._waits = desk.person.role is Role.TREASURER and desk.person.signed_in
        self._setup: SetupData | None = None
        self.body.setSpacing(0)
        self.shares = SharesField(self.kit)
        self.decision = TextField(self.kit, placeholder=self.t("For example: BA-06/KWT/VI/2026"))
        self._stack = QStackedWidget()
        last = Later(lambda: scrolled(self._make_last()))
        for part in (look, result, scrolled(self._make_shares()), last):
            self._stack.addWidget(part)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(rule())
        self.body.addLayout(self._make_buttons())
        for keys, act in ((NEXT, self.go_on), (BACK, self.go_back)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.begin()
        self.changed.connect(self._show_last)
        self.show_step(LOOK)

    @property
    def name_of_month(self) -> str:
        return self.kit.formats.month_name(int(self.month[5:]))

    # -- the parts -------------------------------------------------------------------------

    def _make_shares(self) -> QWidget:
        t, made = self.t, bare()
        page: QVBoxLayout = column(made, margins=GUTTER, space=12)
        top = row(space=8)
        top.addWidget(label(t("How is the profit shared?"), "card"), 1)
        self.shared_text = figures(self.kit, "", "title")
        top.addWidget(self.shared_text)
        page.addLayout(top)
        self.shared_note = Note(self.kit)
        page.addWidget(self.shared_note)
        self.add("shares", self.shares, self.shares)
        page.addWidget(self.shares)
        decision = self.labelled(
            "decision",
            t("Number of the decision"),
            self.decision,
            t("Of the meeting that settled this close; may stay empty"),
        )
        page.addWidget(decision)
        page.addStretch(1)
        return made

    def _make_last(self) -> QWidget:
        self._last = LastStep(self.kit, self.kit.formats.month(self.month), may=self._may)
        self._show_last()
        return self._last

    def _make_buttons(self) -> QHBoxLayout:
        t, kit = self.t, self.kit
        line = row(space=8)
        line.setContentsMargins(2, 12, GUTTER, 12)  # a quiet button brings its own margin
        self.later = Button(kit, t("Keep it, go on later"), kind="quiet")
        self.later.when_clicked(self.go_later)
        self.hint = label("", "caption")
        self.back_button = Button(kit, t("Back"), "arrow-left", scale="large")
        self.back_button.hint(t("Back"), BACK).when_clicked(self.go_back)
        self.next_button = Button(kit, f"{t('Next')}  →", kind="primary", scale="large")
        self.next_button.hint(t("Next"), NEXT).when_clicked(self.go_on)
        self.close_button = Button(
            kit,
            t("Close {month} & print", month=self.name_of_month),
            "lock-simple",
            kind="primary",
            scale="large",
        )
        self.close_button.hint(t("Close the month"), "Ctrl+S").when_clicked(self.save)
        self.chair_button = Button(
            kit, t("The chair signs in here"), "sign-in", kind="primary", scale="large"
        )
        self.chair_button.when_clicked(self.ask_chair)
        line.addWidget(self.later)
        line.addStretch(1)
        line.addWidget(self.hint)
        for button in (self.back_button, self.next_button, self.close_button, self.chair_button):
            line.addWidget(button)
        self.saving_changed.connect(lambda saving: self.close_button.setEnabled(not saving))
        return line

    # -- what is known ---------------------------------------------------------------------

    def learn(self, setup: SetupData) -> None:
        """The accounts, and what the meeting decided."""
        before = self.state()
        self._setup = setup
        self.shares.learn(setup)
        if before == self._blank:
            self._blank = self.state()

    def show_sums(self, sums: CloseSums, along: str) -> None:
        """`along`: the months that are closed with it, in words."""
        self.sums = sums
        self.shares.show_shared(sums.shared)
        self.shared_text.setText(self.kit.formats.rupiah(sums.shared))
        self.shares.setVisible(sums.shared > 0)
        self._note_shared(sums)
        self._along = along
        self._show_last()

    def _note_shared(self, sums: CloseSums) -> None:
        t, rupiah, text = self.t, self.kit.formats.rupiah, ""
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
        """How many things stand in the way, and how many are not done."""
        self._blocking, self._open = count, open_
        self._show_last()
        self._show_buttons()

    def _show_last(self) -> None:
        if self._last is None:
            return
        t, rupiah, sums = self.t, self.kit.formats.rupiah, self.sums
        lines = [(t("Profit") if sums.profit >= 0 else t("Loss"), rupiah(abs(sums.profit)))]
        if self.shares.parts:
            lines.append((t("Shared among the funds"), rupiah(sums.shared)))
        lines.append((t("Number of the decision"), self.decision.value() or NIL))
        self._last.show_summary(lines)
        self._last.show_along(self._along)
        self._last.show_open(self._open)

    # -- going from step to step -----------------------------------------------------------

    def show_step(self, step: int) -> None:
        self.step = step
        self._stack.setCurrentIndex(step)
        self._show_buttons()
        self.step_changed.emit(step)

    def _show_buttons(self) -> None:
        step, blocked = self.step, self.step == LOOK and self._blocking > 0
        self.back_button.setVisible(step > LOOK)
        self.next_button.setVisible(step < CLOSE)
        self.close_button.setVisible(step == CLOSE and self._may)
        self.chair_button.setVisible(step == CLOSE and self._waits)
        self.next_button.setEnabled(not blocked)
        text = self.t.ngettext("See to {n} thing first", "See to {n} things first", self._blocking)
        waiting = self.t("The chair closes the month.") if step == CLOSE and not self._may else ""
        self.hint.setText(text if blocked else waiting)
        set_tone(self.hint, "error" if blocked else "")

    def go_on(self) -> None:
        if self.step == LOOK and self._blocking:
            return
        if self.step == SHARE and (said := self.shares.problem()):
            self.shares.say(said, "error")
            self.shares.field.setFocus()
            return
        if self.step < CLOSE:
            self.show_step(self.step + 1)
            last = self.close_button if self._may else self.chair_button
            (self.next_button if self.step < CLOSE else last).setFocus()

    def go_back(self) -> None:
        if self.step > LOOK:
            self.show_step(self.step - 1)

    def show_shares(self) -> None:
        """The step where the shares are filled in, also while they stand in the way."""
        self.show_step(SHARE)
        self.shares.field.setFocus()

    def go_later(self) -> None:
        self.keep_draft()
        self.left.emit()

    def ask_chair(self) -> None:
        """What was prepared is kept; the chair finds it again."""
        self.keep_draft()
        self.desk.chair_wanted.emit()

    # -- saving ----------------------------------------------------------------------------

    def save(self, *, then_print: bool = False) -> None:
        """Nothing is closed by a key before one has come to the last step."""
        if self.step == CLOSE and self._may:
            super().save(then_print=then_print)
        else:
            self.keep_draft()

    def _refused(self, error: BookError) -> None:
        """What was typed wrongly stands in the step before."""
        if isinstance(error, InvalidDocument) and any(
            self._messages.knows(issue.field) for issue in error.issues
        ):
            self.show_step(SHARE)
        super()._refused(error)

    def to_command(self) -> MonthClose:
        own = self.shares.own if self.sums.shared > 0 else None
        return MonthClose(
            id=self.command_id, month=self.month, decision=self.decision.value(), shares=own
        )

    def saved_text(self, recorded: Recorded) -> str:
        month = self.kit.formats.month(self.month)
        return self.t("{month} is closed: {number}.", month=month, number=recorded.number)
