"""The window of the first start: the steps at the left, one question at a time, the draft, making
the book, and what is shown once it is made.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from kwt_books.app import Books
from kwt_books.domain.documents.setup import Group
from kwt_books.domain.errors import BookError, RefusedAt
from kwt_books.i18n.catalogue import noop
from kwt_books.services.explain import explain
from kwt_books.services.first_start import Answers, Begun, FirstEntries
from ui.first_start.side import WIDTH, Place, Side, place_of
from ui.first_start.step import Step, margin
from ui.first_start.steps_goods import GoodsStep, StockStep
from ui.first_start.steps_group import FinishStep, GroupStep, OfficersStep, SharingStep
from ui.first_start.steps_money import MoneyStep
from ui.kit.button import Button, on_keys
from ui.kit.card import Disc, Note
from ui.kit.drafts import FIRST_START, first_start_drafts
from ui.kit.field import CheckField
from ui.kit.help_keys import add_help_keys, topic_of_window
from ui.kit.layout import column, fill, holder, label, open_up, pass_by, row, stacked, wrapped
from ui.kit.look import ENTER, GUTTER, UiContext
from ui.kit.party import account_name
from ui.kit.printing import PaperDialog, pdf_of
from ui.kit.recovery_key import OF_PASSWORDS, OF_THE_BOOK, KeyCard, KeyKind
from ui.kit.scrolling import Scrolling
from ui.kit.steps import WizardStep as Heading
from ui.kit.worker import Tasks, Worker
from ui.settings.group import group_of

_WIDTH = 520


class Done(QWidget):
    """What is shown once the book is made."""

    print_key_wanted = Signal(str, object)
    """A key, and its `KeyKind`."""
    print_page_wanted = Signal()
    go_wanted = Signal(str)
    """The book is wanted: the place to begin with."""

    def __init__(
        self, ui: UiContext, recovery_key: str | None, book_key: str | None, name: str
    ) -> None:
        super().__init__()
        t = ui.t
        centre, page = Qt.AlignmentFlag.AlignHCenter, column(space=8)
        ground = holder(page)
        ground.setFixedWidth(ui.theme.px(_WIDTH))
        ready = wrapped(ui, t("The book is ready"), "figure", _WIDTH, centred=True)
        fill(page, (Disc(ui, "check"), 0, centre), 8, ready)
        fill(page, wrapped(ui, name, "body", _WIDTH, centred=True), 8)
        self.kept: CheckField | None = None
        self.unkept = Note(ui, t("Print the key or write it down, then tick the box: it is shown"
                                 " only now."), "warn")  # fmt: skip
        self.unkept.hide()
        self._keys(ui, page, ((recovery_key, OF_PASSWORDS), (book_key, OF_THE_BOOK)))
        first_page = Button(ui, t("Print the first page"), "printer", scale="large")
        self.go = Button(
            ui, t("Record the first Friday"), "shopping-bag-open", kind="primary", scale="large"
        )
        self.go.when_clicked(lambda: self.go_wanted.emit("sell"))
        first_page.when_clicked(self.print_page_wanted.emit)
        self.home = Button(ui, t("Just open the book"), kind="quiet")
        self.home.when_clicked(lambda: self.go_wanted.emit("home"))
        fill(page, row(..., first_page, self.go, ..., space=8), (self.home, 0, centre))
        around = holder(column(..., (ground, 0, centre), ..., margins=GUTTER), "canvas")
        column(Scrolling(around), parent=self)
        self._allow()

    def _keys(
        self, ui: UiContext, page: QVBoxLayout, keys: tuple[tuple[str | None, KeyKind], ...]
    ) -> None:
        t, lines = ui.t, column(space=8)
        for key, kind in keys:
            if key is None:
                continue
            fill(lines, label(t(kind.title), "strong"), wrapped(ui, t(kind.about), "body", _WIDTH))
            out = partial(self.print_key_wanted.emit, key, kind)
            lines.addWidget(KeyCard(ui, key, out))
        if not lines.count():
            return
        self.kept = CheckField(t("I have printed it or written it down"))
        self.kept.changed.connect(self._allow)
        fill(lines, (self.kept, 0, Qt.AlignmentFlag.AlignLeft), 8)
        page.addLayout(lines)

    def _allow(self) -> None:
        """Lets one go on to the book once the box, that the key is kept, is ticked."""
        allowed = self.kept is None or self.kept.isChecked()
        for button in (self.go, self.home):
            button.setEnabled(allowed)
        if allowed:
            self.unkept.hide()

    def leave(self) -> None:
        """Opens the book; while its key isn't kept, says so instead: it is never shown again."""
        if self.kept is None or self.kept.isChecked():
            self.go_wanted.emit("home")
        else:
            self.unkept.show()
            self.kept.setFocus(Qt.FocusReason.TabFocusReason)


# -- All steps together: what one takes from another, and what they come to ----------------------


class Questions(QObject):
    """The steps, what one takes from another, and their answers together."""

    changed = Signal()

    def __init__(self, ui: UiContext, books: Books) -> None:
        super().__init__()
        t, self._ui, self._books = ui.t, ui, books
        usual, chart = books.usual_goods(), books.chart()
        self.group = GroupStep(
            ui, t("Whose book is this?"), t("The name is printed on every report.")
        )
        self.officers = OfficersStep(
            ui, t("Who leads the group?"), t("They sign the reports at the end of a month.")
        )
        self.money = MoneyStep(
            ui,
            t("How much money does the group have when the book begins?"),
            t("Count it, then enter it as it is. Leave empty what is not there."),
        )
        self.goods = GoodsStep(
            ui,
            t("What do you grow and sell?"),
            t("Tick it and look at the price. More can be added at any time."),
            usual,
        )
        self.stock = StockStep(
            ui,
            t("What goods and tools are there?"),
            t("Count what there is. Leave empty what is not there, or what is counted later."),
        )
        self.sharing = SharingStep(
            ui,
            t("How is profit shared?"),
            t("As the members decided. It can be changed by another decision."),
            chart,
        )
        self.finish = FinishStep(
            ui, t("Is everything right?"), t("Click a step on the left to go back to it.")
        )
        self.steps: tuple[Step, ...] = (
            self.group, self.officers, self.money, self.goods, self.stock, self.sharing,
            self.finish,
        )  # fmt: skip
        for step in self.steps:
            step.changed.connect(self.changed)

    # -- what was answered -----------------------------------------------------------------

    def answers(self) -> Answers:
        """All answers."""
        return Answers(
            group=self._group(),
            start=self.money.day,
            goods=self.goods.goods,
            partners=[*self.money.partners, *self.goods.partners],
            members=self.money.members,
            money=self.money.balances | self.sharing.balances,
            stock=[each for each in self.stock.goods if each.item],
            growing=[each for each in self.stock.plants if each.item],
            things=self.stock.owned,
            people=self.officers.people,
        )

    def entries(self) -> FirstEntries:
        """The answers as the first entries of a book."""
        return self._books.first_entries(self.answers())

    def _group(self) -> Group:
        asked = (self.group, self.officers, self.sharing)
        said = {path: each for step in asked for path, each in step.values().items()}
        if not self.sharing.decided:
            said = {path: each for path, each in said.items() if not path.startswith("allocation.")}
            return group_of(said)
        return group_of({**said, "allocation.date": said["allocation.date"] or self._ui.today})

    def state(self) -> dict[str, object]:
        """What a draft keeps: the steps' states by name."""
        return {step.name: step.state() for step in self.steps}

    def restore(self, state: object) -> None:
        """Fills in what `state` gave; goods come before the stock that consists of them."""
        found = state if isinstance(state, dict) else {}
        for step in self.steps:
            if step is self.stock:
                self._offer_goods()
            if step.name in found:
                step.restore(found[step.name])

    # -- from one to the next --------------------------------------------------------------

    def prepare(self, place: int) -> None:
        """Gives a step, counted from 0, what it needs of those before it."""
        step = self.steps[place]
        if step is self.group:
            self.group.show_officers(self.officers.values())
        elif step is self.goods:
            self.goods.know(self.money.partners)
        elif step is self.stock:
            self._offer_goods()
        elif step is self.finish:
            self._offer_goods()
            self.finish.suggest(self.group.summary())
            self.finish.show_entries(self.summary(), self.entries())

    def _offer_goods(self) -> None:
        self.goods.know(self.money.partners)
        known = Answers(group=self._group(), start=self.money.day, goods=self.goods.goods)
        self.stock.offer(self._books.first_entries(known).items, self.goods.shop_names)

    def summary(self) -> list[tuple[str, str]]:
        """Titles and answers for the last step."""
        t, formats = self._ui.t, self._ui.formats
        goods = sum(each.value for each in (*self.stock.goods, *self.stock.plants))
        things = sum(each.cost for each in self.stock.owned)
        said = self.group.values()
        place = ", ".join(filter(None, (said["village"], said["city"])))
        passwords = t("With passwords") if self.officers.uses_passwords else t("Without passwords")
        return [
            (t("Group"), " · ".join(filter(None, (self.group.summary(), place)))),
            (t("Officers"), f"{self.officers.summary()} · {passwords}"),
            (t("Recorded from"), formats.day(self.money.day)),
            (t("Opening cash & bank"), formats.rupiah(self.money.cash)),
            (t("Goods & shops"), self.goods.summary()),
            (t("Goods and seedlings"), formats.rupiah(goods)),
            (t("Seedling house and tools, as bought"), formats.rupiah(things)),
            (t("Shares of profit"), self._shares()),
        ]

    def _shares(self) -> str:
        if not self.sharing.decided:
            return self._ui.t("Not yet")
        chart, shares = self._books.chart(), self.sharing.shares.value().items()
        return ", ".join(
            f"{account_name(self._ui, chart[code])} {share}%" for code, share in shares
        )

    def place_of(self, error: RefusedAt) -> Place | None:
        """The step and field that an error is about, or None."""
        return place_of(self.steps, self.entries().beginning().commands, error)


_QUIET = 250  # milliseconds without a key before the draft is written
_SIDE = 26
"""Percent of the width that the steps take at most."""
_LEAST_STEP = 690
"""Width that the lines of goods need; with less the steps at the left fold to their numbers."""
_ALL = 760
"""Width that the bar at the foot needs for all its words."""
_GAP = "\N{EN SPACE}"
"""Space between a text and the arrow behind it."""

STEPS = (
    ("group", noop("Group"), noop("Name and village")),
    ("officers", noop("Officers"), noop("Chair, treasurer, LKM")),
    ("money", noop("Money at the start"), noop("Cash, bank and money held")),
    ("goods", noop("Goods & shops"), noop("What is sold, and where")),
    ("stock", noop("Stock & tools"), noop("What there was then")),
    ("sharing", noop("Sharing of the profit"), noop("Decision of the meeting")),
    ("finish", noop("Finish"), noop("Review and create the book")),
)


class FirstStart(QWidget):
    """The window in which a new book is made, step by step."""

    book_wanted = Signal(object, str)
    """A book was made: its path, and the place to begin with."""
    left = Signal()
    """The window was closed, its draft kept, to go on another time."""
    language_chosen = Signal(str)
    """The window has to be built anew in this language; the answers are in the draft."""

    def __init__(self, ui: UiContext, books: Books, data: Path, icon: QIcon) -> None:
        super().__init__()
        self._ui, self._t, self._books = ui, ui.t, books
        self._drafts = first_start_drafts(data)
        self._worker: Worker | None = None
        self._tasks: Tasks | None = None
        self._done_with = self._working = False
        self._done: Done | None = None
        self.setWindowIcon(icon)
        add_help_keys(self, ui, partial(topic_of_window, "first_start"))
        self.setWindowTitle(f"{self._t('New book')} – KWT Books")
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(800, 448)  # a laptop at 150 percent has no more
        open_up(self, 1366, 688)
        self.questions = Questions(ui, books)
        self._lay_out()
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET)
        self._quiet.timeout.connect(self.keep_draft)
        self.questions.changed.connect(self._quiet.start)
        self.questions.group.language_chosen.connect(self._language_chosen)
        self._add_keys()
        self._restore()

    # -- layout ----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        t = self._t
        headings = [Heading(t(title), t(about)) for _, title, about in STEPS]
        self.side = Side(self._ui, headings)
        self.side.steps.wanted.connect(self.show_step)
        self.stack = stacked(*self.questions.steps)
        self._bar = self._buttons()
        row(self.side, (column((self.stack, 1), self._bar), 1), parent=self)

    def _buttons(self) -> QFrame:
        t, ui, bar = self._t, self._ui, QFrame()
        bar.setObjectName("bar")
        self._line = line = row(parent=bar, space=8)
        self.back_button = Button(ui, t("Back"), "arrow-left", scale="large")
        self.back_button.hint(t("Back"), "Alt+Left").when_clicked(self.back).decides()
        self.later_button = Button(ui, t("Finish later"), scale="large")
        self.later_button.when_clicked(self.close)
        self.next_button = Button(ui, t("Next") + _GAP, kind="primary", scale="large")
        self.next_button.hint(t("Next"), "Ctrl+Return").when_clicked(self.next).keeps_place()
        self.next_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow behind
        self.make_button = Button(ui, t("Create the book"), "check", kind="primary", scale="large")
        self.make_button.hint(t("Create the book"), "Ctrl+Return").when_clicked(self.next)
        self.next_button.set_icon("arrow-right")
        for button in (self.back_button, self.next_button):  # a click leaves the keyboard where
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the step that it leads to puts it
        self._kept = label(t("The book is not created yet"), "caption")
        fill(line, self.back_button, self.make_button, ...)
        fill(line, self._kept, 8, self.later_button, self.next_button)
        return bar

    def _add_keys(self) -> None:
        on_keys(self, "Alt+Left", self.back, repeats=False, anywhere=True)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            on_keys(self, keys, self.next, repeats=False, anywhere=True)

    # -- from step to step -----------------------------------------------------------------

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps, from the first to the one that makes the book."""
        return self.questions.steps

    @property
    def place(self) -> int:
        """The number of the step shown, from 0."""
        return self.stack.currentIndex()

    def show_step(self, place: int) -> None:
        """Shows a step, with what it needs of the answers before it."""
        if self._done_with:
            return
        steps, t = self.questions.steps, self._t
        self.questions.prepare(place)
        self._show_seconds()
        self.side.steps.seen = max(self.side.steps.seen, place)
        self.side.steps.show_step(place)
        shown = steps[place]
        shown.number.setText(t("Step {number} of {all}", number=place + 1, all=len(steps)))
        self.stack.setCurrentWidget(shown)
        self.back_button.setVisible(place > 0)
        last = place == len(steps) - 1
        self.next_button.setVisible(not last)
        self.make_button.setVisible(last)
        pass_by(self.back_button, self.make_button if last else self.next_button)
        for button in (self.back_button, self.next_button):
            button.rest()
        shown.entered()
        shown.verticalScrollBar().setValue(0)
        if (field := shown.first_field()) is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            (self.make_button if last else self.next_button).setFocus(Qt.FocusReason.TabFocusReason)
        self.keep_draft()

    def _show_seconds(self) -> None:
        """Shows the answers below the titles of the steps seen."""
        for place, (step, (_, _, about)) in enumerate(
            zip(self.questions.steps, STEPS, strict=True)
        ):
            seen = place <= self.side.steps.seen
            said = step.summary() if seen else ""
            self.side.steps.show_second(place, said or self._t(about))

    def next(self) -> None:
        """Shows the next step where this one is complete; after the last one it makes the book."""
        if self._done_with or self._working:
            return
        steps = self.questions.steps
        if self.place + 1 < len(steps):
            if steps[self.place].complete():
                self.show_step(self.place + 1)
        elif not self.make_button.deaf and self._all_complete():
            self._make()

    def _all_complete(self) -> bool:
        """Whether all steps are complete; else shows the first that isn't: a click can skip it."""
        for place, step in enumerate(self.questions.steps):
            if not step.complete():
                self.show_step(place)
                step.point_out()
                return False
        return True

    def back(self) -> None:
        """Shows the step before."""
        if self.place > 0:
            self.show_step(self.place - 1)

    # -- the draft -------------------------------------------------------------------------

    def _restore(self) -> None:
        draft = self._drafts.read(FIRST_START) or {}
        self.questions.restore(draft.get("answers"))
        seen = draft.get("seen")
        self.side.steps.seen = seen if isinstance(seen, int) else 0
        place = draft.get("place")
        last = len(self.questions.steps) - 1
        self.show_step(max(0, min(place, last)) if isinstance(place, int) else 0)

    def keep_draft(self) -> None:
        """Writes the answers to the disk, without passwords."""
        self._quiet.stop()
        if self._done_with:
            return
        self._show_seconds()
        self._drafts.write(
            FIRST_START,
            {
                "place": self.place,
                "seen": self.side.steps.seen,
                "name": self.questions.group.summary(),
                "answers": self.questions.state(),
            },
        )

    def _language_chosen(self, language: str) -> None:
        if language != self._ui.language:
            self.keep_draft()
            self.language_chosen.emit(language)

    # -- the book --------------------------------------------------------------------------

    def _make(self) -> None:
        finish = self.questions.finish
        finish.refuse("")
        phrase = finish.phrase.value() if finish.encrypts.isChecked() else None
        if finish.encrypts.isChecked() and phrase is None:
            return
        self._set_working(working=True)
        path, beginning = finish.path, self.questions.entries().beginning()
        if self._worker is None:
            self._worker = Worker(self)
        self._worker.submit(
            lambda: self._books.begin(path, beginning, phrase),
            partial(self._made, path),
            self._refused,
            settled=lambda: self._set_working(working=False),
            owner=self,
        )

    def _set_working(self, *, working: bool) -> None:
        self._working = working
        for button in (self.make_button, self.back_button, self.later_button):
            button.setEnabled(not working)

    def _refused(self, error: BookError) -> None:
        """Shows the book's error beside its field, else above the sums of the last step."""
        said = explain(error, self.questions.entries(), self._t, self._ui.formats)
        if isinstance(error, RefusedAt):
            place = self.questions.place_of(error)
            if place is not None:
                step, path = place
                self.show_step(self.questions.steps.index(step))
                step.show_problem(path, said)
                return
        self.questions.finish.refuse(said)

    def _made(self, path: Path, begun: Begun) -> None:
        self._done_with = True
        self._drafts.discard(FIRST_START)
        steps = self.side.steps
        steps.seen = -1
        steps.show_step(len(steps.steps))
        self._bar.hide()
        name = self.questions.group.summary()
        self.questions.finish.phrase.clear()
        book_key = self._books.key_on_paper(path)
        done = self._done = Done(self._ui, begun.recovery_key, book_key, f"{name} · {path.name}")
        done.go_wanted.connect(lambda place: self._go(path, place))
        done.print_page_wanted.connect(lambda: self._print_page(path))
        done.print_key_wanted.connect(partial(self._print_key, path))
        self.stack.addWidget(done)
        self.stack.setCurrentWidget(done)
        (done.kept or done.go).setFocus(Qt.FocusReason.TabFocusReason)

    def _book(self, path: Path) -> Tasks:
        if self._tasks is None:
            self._tasks = Tasks(lambda: self._books.open(path), self)
        return self._tasks

    def _print_page(self, path: Path) -> None:
        """Shows the statement of the first day as it would be printed."""
        from kwt_books.reports.context import Parameters

        t, language = self._t, self._ui.language
        asked = Parameters(until=self.questions.money.day)
        self._book(path).run(
            lambda book: pdf_of(book.pack("position", asked, language)),
            lambda pdf: PaperDialog(self._ui, t("First page"), pdf, self).open(),
            owner=self,
        )

    def _print_key(self, path: Path, key: str, kind: KeyKind) -> None:
        t, language = self._t, self._ui.language
        self._book(path).run(
            lambda book: pdf_of(book.paper(language, kind.sheet, key)),
            lambda pdf: PaperDialog(self._ui, t(kind.title), pdf, self).open(),
            owner=self,
        )

    def _go(self, path: Path, place: str) -> None:
        self._stop()
        self.book_wanted.emit(path, place)

    # -- Qt --------------------------------------------------------------------------------

    def _stop(self) -> None:
        for worker in (self._worker, self._tasks):
            if worker is not None:
                worker.close()
        self._worker = self._tasks = None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        px = self._ui.theme.px
        aside = min(px(WIDTH), self.width() * _SIDE // 100)
        self.side.take(aside, narrow=self.width() - aside < px(_LEAST_STEP))
        room = self.width() - self.side.width()
        at_sides = margin(self._ui, room)
        self._line.setContentsMargins(at_sides, 16, at_sides, 16)
        self._kept.setVisible(room >= px(_ALL))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        focused = self.focusWidget()
        enter = event.key() in ENTER
        if enter and isinstance(focused, QAbstractButton):
            focused.click()
        elif event.key() == Qt.Key.Key_Escape:
            (self._done.leave if self._done is not None else self.close)()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        if self._working:  # the recovery key is being made
            event.ignore()
            return
        if self._done is not None and event.spontaneous():  # by a hand, not by the program's end
            event.ignore()
            self._done.leave()
            return
        self.keep_draft()
        self._stop()
        super().closeEvent(event)
        self.left.emit()
