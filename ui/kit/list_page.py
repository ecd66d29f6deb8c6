"""The base of pages that are a list; and what such pages are made of: buttons above, a foot with
sums, rows of money.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QWidget

from kwt_books.i18n.formats import NIL
from kwt_books.queries.money import MoneyLine
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.layout import FlowLayout, Part, column, figures, fill, label, row, rule
from ui.kit.list import Heading, ListRow, ListTable
from ui.kit.look import GUTTER, ROW_LIST, UiContext
from ui.kit.page import Action, Page
from ui.kit.picker import Choice
from ui.kit.scrolling import TwoCards
from ui.kit.seek import SeekField
from ui.kit.table import Cell
from ui.kit.worker import Change
from ui.kit.workspace import Workspace

E = TypeVar("E")
_SEEK = 260


class ActionBar(QWidget):
    """A button for each action, the first one green; those that may not be
    recorded are left out.
    """

    def __init__(self, workspace: Workspace, actions: Sequence[Action]) -> None:
        super().__init__()
        line = FlowLayout(self, space=8)
        self.buttons: dict[str, Button] = {}
        for place, action in enumerate(actions):
            if not workspace.may(action.form):
                continue
            kind = "default" if place else "primary"
            button = Button(workspace.ui, action.text, action.icon, kind=kind)
            if action.keys:
                button.hint(action.text, action.keys)
            button.when_clicked(partial(action.start, workspace))
            self.buttons.setdefault(action.form, button)
            line.addWidget(button)
        if not self.buttons:
            self.hide()


class Foot(QFrame):
    """The foot of a card: a remark on the left, sums on the right."""

    def __init__(self, ui: UiContext, *sums: str) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.remark = label("", "caption")
        self.line = row(self.remark, ..., space=8, margins=(GUTTER, 10, GUTTER, 10))
        self.sums: dict[str, QLabel] = {}
        for title in sums:
            self.sums[title] = figures(ui, "", "strong")
            fill(self.line, 8, label(title), self.sums[title])
        column(rule(), self.line, parent=self)

    def say(self, remark: str, *sums: str) -> None:
        """Shows the remark, and the sums in the order of their titles."""
        self.remark.setText(remark)
        for figure, text in zip(self.sums.values(), sums, strict=True):
            figure.setText(text)


class ListPage(Page, Generic[E]):
    """The base of pages that list things of one sort: what narrows the list above it, the table, a
    foot that counts and sums up, and what is shown in its place while there is nothing to list.

    Call `lay_out` in the constructor, then `invite`; call `show_all` with what the book answered.
    Override `_row`, whose key is what a thing is known by, and what else the list has of `_words`,
    `_sort`, `_counted`, `_sums`, `_show_chosen` and `open`.
    """

    seek: SeekField
    """The search, where the list has one."""
    counts: tuple[str, str] | None = None
    """The words for one thing and for several (`noop_plural`)."""
    selects_first = True
    """Whether the first row is selected where none was."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.things: Sequence[E] = ()
        """All there is, also what the search leaves out."""
        self.found: dict[Hashable, E] = {}
        """What is listed, by the keys of the rows."""
        self.choice: Choice | None = None
        self._sought = ""
        self._rows: dict[int, ListRow] = {}
        """Rows made since the list was last filled."""

    # -- laid out --------------------------------------------------------------------------

    def lay_out(
        self,
        headings: Sequence[Heading],
        *top: Part,
        actions: Sequence[Action] = (),
        sums: Sequence[str] = (),
        height: int = ROW_LIST,
        tight: bool = False,
        within: TwoCards | None = None,
    ) -> None:
        """Makes the list: what stands above the table, usually `search_box`, the table with
        these headings and rows of this height, the foot with these sums.

        `actions`: buttons above all of it, hidden while there is nothing to list. `tight`: columns
        are closer to each other, for there are many. `within`: the two cards of which the list is
        the first; a pane for the chosen row is the second.
        """
        self.bar = ActionBar(self.workspace, actions)
        if actions:
            self.body.setSpacing(12)
            self.body.addWidget(self.bar)
        self.card = Card(margins=0, space=0)
        self.filled = (within or self.card,)
        self.body.addWidget(*self.filled, 1)  # filled where it stands, so that it is styled once
        if within is not None:
            within.add(self.card)
        self.top = row(*top, space=8, margins=(GUTTER, 12, GUTTER, 12) if top else 0)
        self.card.body.addLayout(self.top)
        self.table = ListTable(self.ui, headings, height, tight=tight, parent=self.card)
        self.table.opened.connect(self.open)
        self.table.chosen.connect(lambda _key: self._show_chosen(self.chosen))
        self.foot = Foot(self.ui, *sums)
        fill(self.card.body, (self.table, 1), self.foot)

    def search_box(self, title: str = "") -> SeekField:
        """Makes the search, to be put above the table; `title` says what is searched."""
        self.seek = SeekField(self.ui, title or self.t("Search"))
        self.seek.setMaximumWidth(self.ui.theme.px(_SEEK))
        self.seek.textChanged.connect(self._look_for)
        self.seek.lead_to(self._into_list)
        self.seek.returnPressed.connect(self._into_list)
        return self.seek

    def _into_list(self) -> None:
        """From the search to the rows, where there are any."""
        if self.found:
            self.table.setFocus()
            if self.table.key is None:
                self.table.select(0)

    def _look_for(self, text: str) -> None:
        self._sought = text.strip().casefold()
        self.fill()

    def narrow(self, everything: str, choices: Iterable[tuple[str, str]]) -> Choice:
        """Adds a choice of which rows to show beside the search; its code is empty for all."""
        made = Choice(self.ui, [("", everything), *choices])
        made.setAccessibleName(self.t("What is shown"))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.changed.connect(self.fill)
        self.top.insertWidget(1, made)
        self.choice = made
        return made

    # -- to be overridden ------------------------------------------------------------------

    def _row(self, each: E) -> ListRow:
        """Its row; the row's key is what it is known by."""
        raise NotImplementedError

    def _row_once(self, each: E) -> ListRow:
        """Its row, the same for the search and the list."""
        if (made := self._rows.get(id(each))) is None:
            made = self._rows[id(each)] = self._row(each)
        return made

    def _words(self, each: E) -> str:
        """The words that a search finds it by: those of its row."""
        return " ".join(cell.text for cell in self._row_once(each).cells)

    def _sort(self, each: E) -> str:
        """What `narrow` chooses by."""
        return ""

    def _fits(self, each: E) -> bool:
        """Whether it is listed: search and choice find it."""
        chosen = self.choice.value() if self.choice is not None else ""
        if chosen not in ("", self._sort(each)):
            return False
        return not self._sought or self._sought in self._words(each).casefold()

    def _counted(self, found: Sequence[E]) -> str:
        """How many are listed, in words."""
        return self.t.ngettext(*self.counts, len(found)) if self.counts is not None else ""

    def _sums(self, found: Sequence[E]) -> Sequence[str]:
        """The sums of the foot."""
        return ()

    def _show_chosen(self, each: E | None) -> None:
        """Shows the one that is selected; None where nothing is listed."""

    def open(self, key: Any) -> None:
        """Opens what Enter or a double click is on: a document in the diary."""
        if key is not None:
            self.workspace.go("journal", key)

    # -- what the book says ----------------------------------------------------------------

    @property
    def chosen(self) -> E | None:
        """What is selected, or None."""
        return self.found.get(self.table.key)

    def show_all(self, things: Iterable[E]) -> None:
        """Lists these things in place of those before."""
        self.things = tuple(things)
        if self.invites:
            self.show_filled(bool(self.things))
            self.bar.setVisible(bool(self.things and self.bar.buttons))
        self.fill()

    def fill(self) -> None:
        """Fills the list with what search and choice find, and counts it."""
        self._rows.clear()
        found = [each for each in self.things if self._fits(each)]
        rows = [self._row_once(each) for each in found]
        self.found = {row.key: each for row, each in zip(rows, found, strict=True)}
        self.table.show_rows(rows)
        if self.selects_first and rows and self.table.key is None:
            self.table.select(0)
        if not rows:
            self._show_chosen(None)
        self.foot.say(self._counted(found), *self._sums(found))


class SettingsList(ListPage[E]):
    """The base of lists of what is set up: a search above, buttons for whoever may change it.

    A row's key is the code of what it shows.
    """

    monthly = False

    kind = ""
    """The kind of setup entry, and its form; the buttons are shown to whoever may record it."""
    kept_in = ""
    """The mapping by code in `SetupData` that has what is listed."""
    add_icon = "plus"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.may_change = workspace.may(self.kind)
        workspace.setup_changed.connect(self.invalidate)

    def lay_out(self, headings: Sequence[Heading], *top: Part, **more: Any) -> None:
        """Makes the list with its search, and the buttons that add something and change what is
        selected.
        """
        super().lay_out(headings, (self.search_box(), 1), ..., *top, **more)
        if self.may_change:
            add = Button(self.ui, self.t("Add"), self.add_icon)
            self.top.addWidget(add.when_clicked(partial(self.workspace.open_form, self.kind)))
            change = Button(self.ui, self.t("Change"), "pencil-simple")
            change.when_clicked(lambda: self.open(self.table.key))
            self.foot.line.addWidget(change.hint(self.t("Or Enter, or a double click")))

    def invite_first(self, icon: str, title: str, text: str) -> None:
        """Makes what is shown while nothing is set up; it offers to begin."""
        self.invite(icon, title, text, Action(self.t("Add"), "plus", self.kind))

    def ranked(self) -> Iterable[E]:
        """What can be listed, in the order of the list."""
        setup = self.workspace.setup
        known: Mapping[str, E] = getattr(setup, self.kept_in) if setup is not None else {}
        return known.values()

    def open(self, key: Any) -> None:
        """Opens the form of what has this key, where one may change it."""
        if key is not None and self.may_change:
            self.workspace.open_form(self.kind, code=key)

    def concerns(self, change: Change) -> bool:
        """No: the workspace learns the setup anew and says so."""
        return False  # the workspace emits setup_changed

    def refresh(self) -> None:
        """Fills the list from the setup that is known."""
        self.show_all(self.ranked())


# -- Below each other and of money: what the parts of Belanja & Kas share ------------------------


def lead(beside: TwoCards, *, left: bool = False) -> None:
    """Puts the second card above the first where they are below each other; `left`: also at its
    left.
    """
    ground = beside.widget()
    line = ground.layout() if ground is not None else None
    assert isinstance(line, QBoxLayout)
    direction = QBoxLayout.Direction

    def turn(stacked: bool) -> None:
        if stacked:
            line.setDirection(direction.BottomToTop)
        elif left:
            line.setDirection(direction.RightToLeft)

    beside.stacked.connect(turn)
    turn(beside.is_stacked)


def signed(ui: UiContext, amount: int) -> str:
    """An amount in rupiah with its sign: `+75.000`, `−5.500`; a dash for 0."""
    text = ui.formats.number(amount)
    return f"+{text}" if amount > 0 else text if amount else NIL


def money_row(ui: UiContext, line: MoneyLine) -> ListRow:
    """A row: day, number, what it was, the amount, the balance after it."""
    gone, undoes = line.corrected_by is not None, line.corrects is not None
    icon = "arrow-u-up-left" if undoes else "paperclip" if line.attached else ""
    quiet = "quiet" if gone else ""
    amount = signed(ui, line.amount)
    if not line.amount and line.moved:
        amount = ui.t("moved {amount}", amount=ui.formats.number(line.moved))
    tone = "quiet" if gone or not line.amount else "good" if line.amount > 0 else ""
    return ListRow(
        line.number,
        (
            Cell(ui.short_day(line.day), tone=quiet),
            Cell(line.number, tone="quiet"),
            Cell(line.text, aside=ui.t("undone") * gone, icon=icon, tone=quiet, struck=gone),
            Cell(amount, tone=tone, bold=not gone and bool(line.amount), struck=gone),
            Cell(ui.formats.number(line.balance), tone=quiet),
        ),
    )
