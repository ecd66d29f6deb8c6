"""The opening balances of a book that was made without any, asked for with the first start's own
steps.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QStackedWidget

from kwt_books.domain.access import Recorded
from kwt_books.domain.documents.base import Command
from kwt_books.domain.errors import BookError, RefusedAt
from kwt_books.services.first_start import Answers, FirstEntries, UsualGoods
from ui.first_start.side import place_of
from ui.first_start.step import Step
from ui.first_start.steps_goods import StockStep
from ui.first_start.steps_money import MoneyStep
from ui.kit.button import Button, on_keys
from ui.kit.document_form import NOTHING_SET_UP
from ui.kit.drafts import drafts_of
from ui.kit.layout import column, label, open_up, row
from ui.kit.look import ENTER, GUTTER
from ui.kit.workspace import Given, Workspace

_NAME = "opening"
_WIDTH, _HEIGHT = 1080, 820


class OpeningDialog(QDialog):
    """Asks for money, then for goods and tools; records the opening at once, with the parties it
    names.
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.window)
        t, ui = workspace.ui.t, workspace.ui
        self._workspace, self._ui, self._t = workspace, ui, t
        self._known = workspace.setup or NOTHING_SET_UP
        self._drafts = drafts_of(workspace.folders.data, workspace.book)
        self._saving = False
        self.setWindowTitle(t("What there was at the start"))
        self.money = MoneyStep(
            ui,
            t("How much money did the group have?"),
            t("On the day the book begins. Leave empty what was not there."),
        )
        self.money.know(self._known.parties.values())
        self.stock = StockStep(
            ui,
            t("What goods and tools were there?"),
            t("Count what there is. Leave empty what is not there, or what is counted later."),
        )
        self.stack = QStackedWidget()
        page = column((self.stack, 1), parent=self)
        for step in self.steps:
            step.number.hide()
            self.stack.addWidget(step)
        bar = QFrame()
        bar.setObjectName("bar")
        bar.setLayout(self._buttons())
        page.addWidget(bar)
        open_up(self, ui.theme.px(_WIDTH), ui.theme.px(_HEIGHT))
        self._restore()
        on_keys(self, "Ctrl+S", self.next, repeats=False, anywhere=True)
        self.show_step(0)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The two steps."""
        return (self.money, self.stock)

    def _buttons(self) -> QHBoxLayout:
        t, ui = self._t, self._ui
        self.back_button = Button(ui, t("Back"), "arrow-left", scale="large")
        self.back_button.when_clicked(lambda: self.show_step(0))
        self.next_button = Button(ui, t("Next"), kind="primary", scale="large")
        self.next_button.when_clicked(self.next).keeps_place()
        self.save_button = Button(ui, t("Save"), "check", kind="primary", scale="large")
        self.save_button.hint(t("Save"), "Ctrl+S").when_clicked(self.next)
        for button in (self.back_button, self.next_button):  # a click leaves the keyboard where
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the step that it leads to puts it
        said = label(t("Not recorded yet"), "caption")
        buttons = self.back_button, self.save_button
        return row(*buttons, ..., said, self.next_button, space=8, margins=GUTTER)

    def show_step(self, place: int) -> None:
        """Shows a step, counted from 0."""
        if self.steps[place] is self.stock:
            self._offer()
        self.stack.setCurrentIndex(place)
        self.back_button.setVisible(place > 0)
        self.next_button.setVisible(place == 0)
        self.save_button.setVisible(place > 0)
        first = self.steps[place].first_field()
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def next(self) -> None:
        """Shows the next step where this one is complete; after the last one it records."""
        place = self.stack.currentIndex()
        if self._saving or not self.steps[place].complete():
            return
        if place == 0:
            self.show_step(1)
        elif not self.save_button.deaf:
            self._save()

    def _offer(self) -> None:
        """Offers the book's goods and shops, and the shops named in the step before."""
        shops = [each.name for each in self._known.parties.values() if each.role == "shop"]
        named = [each.name for each in self.money.partners if each.role == "shop"]
        known = {each.casefold() for each in shops}
        shops += [each for each in dict.fromkeys(named) if each.casefold() not in known]
        self.stock.offer(self._known.items, shops)

    # -- what is recorded ------------------------------------------------------------------

    def entries(self) -> FirstEntries:
        """The answers as the first entries of a book."""
        known = self._known
        assert known.group is not None
        answers = Answers(
            group=known.group,
            start=self.money.day,
            partners=self.money.partners,
            members=self.money.members,
            money=self.money.balances,
            stock=self.stock.goods,
            growing=self.stock.plants,
            things=self.stock.owned,
        )
        usual = UsualGoods({}, {}, {})
        return FirstEntries(answers, usual, known.accounts, known.items, known.parties)

    def commands(self) -> tuple[Command, ...]:
        """What is recorded: new parties, then the opening."""
        entries = self.entries()
        return (*entries.new_parties, entries.opening())

    def _save(self) -> None:
        *before, command = self.commands()
        self._saving = True
        self._workspace.tasks.record(
            command, self._saved, self._refused, before=before, settled=self._settled, owner=self
        )

    def _saved(self, recorded: Recorded) -> None:
        self._drafts.discard(_NAME)
        number = recorded.number or ""
        self._workspace.say("", strong=self._t("Saved {number}.", number=number))
        self.accept()

    def _refused(self, error: BookError) -> None:
        if not isinstance(error, RefusedAt) or (
            (place := place_of(self.steps, self.commands(), error)) is None
        ):
            self._workspace.problems.show(error)
            return
        step, path = place
        self.show_step(self.steps.index(step))
        step.show_problem(path, self._workspace.explain(error.issues[0]))

    def _settled(self) -> None:
        self._saving = False

    def reject(self) -> None:
        """Closes, but not while it is being recorded, for that would leave a draft of it."""
        if not self._saving:
            super().reject()

    # -- the draft -------------------------------------------------------------------------

    def _restore(self) -> None:
        draft = self._drafts.read(_NAME) or {}
        for step in self.steps:
            if step is self.stock:
                self._offer()
            step.restore(draft.get(step.name))
            step.changed.connect(self._keep)

    def _keep(self) -> None:
        self._drafts.write(_NAME, {step.name: step.state() for step in self.steps})

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        enter = event.key() in ENTER
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.next()
        elif not enter:
            super().keyPressEvent(event)


def make_opening(workspace: Workspace, given: Given) -> QDialog:
    """The dialog of the opening balances; that of the group first, where the book has none."""
    if workspace.group is None:
        from ui.settings.group import make_group

        return make_group(workspace, {})
    return OpeningDialog(workspace)
