"""Pages that are a list: of what is set up (search, Enter opens, a button adds), and of Belanja &
Kas (buttons above, sums below).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QWidget

from kwt_books.i18n.formats import NIL
from kwt_books.queries.money import MoneyLine
from ui.kit.button import Button
from ui.kit.card import Card, EmptyState
from ui.kit.field import SeekField
from ui.kit.layout import Beside, FlowLayout, column, figures, fill, label, row, rule
from ui.kit.list import Heading, ListRow, ListTable
from ui.kit.look import GUTTER, ROW_LIST, ROW_TWO_LINES, UiContext
from ui.kit.page import Page
from ui.kit.picker import Choice
from ui.kit.table import Cell
from ui.kit.worker import Change
from ui.kit.workspace import Workspace


class SettingsList(Page):
    """The base of the lists of what is set up. Override `kind`, `kept_in`, `headings`, `words`,
    `row` and `counted`.

    A row's key is the code of what it shows.
    """

    monthly = False

    kind = ""
    """The kind of setup entry, and its form; the buttons are shown to whoever may record it."""
    kept_in = ""
    """The mapping by code in `SetupData` that has what is listed."""
    row_height = ROW_LIST

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.may_change = workspace.may(self.kind)
        self.card = Card(margins=0, space=0)
        self.empty: EmptyState | None = None
        self.chosen: Choice | None = None
        self.seek = SeekField(self.ui, self.t("Search"))
        self.seek.setMaximumWidth(self.ui.theme.px(280))
        self.seek.textChanged.connect(lambda _text: self.fill())
        self.top = row((self.seek, 1), ..., space=12, margins=(GUTTER, 12, GUTTER, 12))
        self.table = ListTable(self.ui, self.headings(), self.row_height)
        self.table.opened.connect(self.open)
        fill(self.card.body, self.top, (self.table, 1), self._foot())
        self.body.addWidget(self.card, 1)
        workspace.setup_changed.connect(self.invalidate)

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("foot")
        self.count = label("", "caption")
        self.foot = row(self.count, ..., parent=foot, space=8, margins=(GUTTER, 10, GUTTER, 10))
        if self.may_change:
            change = Button(self.ui, self.t("Change"), "pencil-simple")
            change.when_clicked(lambda: self.open(self.table.key))
            self.foot.addWidget(change.hint(self.t("Or Enter, or a double click")))
        return foot

    # -- to be overridden ------------------------------------------------------------------

    def headings(self) -> Sequence[Heading]:
        """The table's headings; subclasses say which."""
        raise NotImplementedError

    def known(self) -> Mapping[str, Any]:
        """What can be listed, by code."""
        setup = self.workspace.setup
        return getattr(setup, self.kept_in) if setup is not None else {}

    def ranked(self) -> Iterable[Any]:
        """What can be listed, in the order of the list."""
        return self.known().values()

    def words(self, each: Any) -> str:
        """The words that a search finds it by."""
        raise NotImplementedError

    def sort(self, each: Any) -> str:
        """What `narrow` chooses by."""
        return ""

    def row(self, each: Any) -> ListRow:
        """Its row."""
        raise NotImplementedError

    def open(self, key: Any) -> None:
        """Opens the form of what has this key, where one may change it."""
        if key is not None and self.may_change:
            self.workspace.open_form(self.kind, code=key)

    def counted(self, count: int) -> str:
        """How many are shown, in words."""
        raise NotImplementedError

    # -- parts -----------------------------------------------------------------------------

    def offer(self, text: str, form: str, icon: str = "plus", **given: object) -> None:
        """Adds a button that opens a form, where one may record that."""
        if self.may_change:
            add = Button(self.ui, text, icon)
            add.when_clicked(lambda: self.workspace.open_form(form, **given))
            self.top.addWidget(add)

    def narrow(self, everything: str, choices: Iterable[tuple[str, str]]) -> Choice:
        """Adds a choice of which rows to show beside the search; its code is empty for all."""
        made = Choice(self.ui, [("", everything), *choices])
        made.setAccessibleName(self.t("What is shown"))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.changed.connect(self.fill)
        self.top.insertWidget(1, made)
        self.chosen = made
        return made

    def invite(
        self, icon: str, title: str, text: str, offer: tuple[str, str, str] | None = None
    ) -> None:
        """Makes what is shown in place of an empty list. Whoever may add to it is offered that:
        words, form and icon.
        """
        self.empty = EmptyState(self.ui, icon, title, text)
        words, form, sign = offer or (self.t("Add"), self.kind, "plus")
        if self.may_change:
            self.empty.offer(words, lambda: self.workspace.open_form(form), sign)
        self.body.addWidget(self.empty, 1)
        self.empty.hide()

    # -- what the book says ----------------------------------------------------------------

    def concerns(self, change: Change) -> bool:
        """No: the workspace learns the setup anew and says so."""
        return False  # the workspace emits setup_changed

    def refresh(self) -> None:
        """Fills the list from the setup that is known."""
        self.fill()

    def fill(self) -> None:
        """Fills the list with the rows that match the search, and counts them."""
        found = [self.row(each) for each in self.ranked() if self._is_sought(each)]
        self.table.show_rows(found)
        if self.empty is not None:
            self.card.setVisible(bool(self.known()))
            self.empty.setVisible(not self.known())
        if found and self.table.key is None:
            self.table.select(0)
        self.count.setText(self.counted(len(found)))

    def _is_sought(self, each: Any) -> bool:
        chosen = self.chosen.value() if self.chosen is not None else ""
        found = self.seek.text().strip().casefold() in self.words(each).casefold()
        return found and chosen in ("", self.sort(each))

    def search(self, text: str) -> None:
        """Searches for the header's words."""
        self.seek.setText(text)


# ------------------------------------------------------------------------------------------------
# What the parts of Belanja & Kas share: a bar of buttons, a foot with sums, rows of money.


@dataclass(frozen=True, slots=True)
class Action:
    """A button that opens a form: its words, icon and form."""

    text: str
    icon: str
    form: str
    keys: str = ""
    given: dict[str, object] = field(default_factory=dict)


class ActionBar(QWidget):
    """A button for each action, the first one green; those that may not be
    recorded are left out.
    """

    def __init__(self, workspace: Workspace, actions: Sequence[Action]) -> None:
        super().__init__()
        line = FlowLayout(self, space=8)
        self.buttons: dict[str, Button] = {}
        self.icons: list[str] = []
        for place, action in enumerate(actions):
            if not workspace.may(action.form):
                continue
            kind = "default" if place else "primary"
            button = Button(workspace.ui, action.text, action.icon, kind=kind)
            if action.keys:
                button.hint(action.text, action.keys)
            button.when_clicked(partial(workspace.open_form, action.form, **action.given))
            self.buttons.setdefault(action.form, button)
            self.icons.append(action.icon)
            line.addWidget(button)
        if not self.buttons:
            self.hide()


def lead(beside: Beside, *, left: bool = False) -> None:
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


class Foot(QFrame):
    """The foot of a card: a remark on the left, sums on the right."""

    def __init__(self, ui: UiContext, *sums: str) -> None:
        super().__init__()
        self.setObjectName("foot")
        page = column(rule(), parent=self)
        self.remark = label("", "caption")
        self.line = row(self.remark, ..., space=8, margins=(GUTTER, 10, GUTTER, 10))
        self.sums: dict[str, QLabel] = {}
        for title in sums:
            fill(self.line, 8, label(title))
            self.sums[title] = figures(ui, "", "strong")
            self.line.addWidget(self.sums[title])
        page.addLayout(self.line)


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
            Cell(ui.formats.short_day(line.day), tone=quiet),
            Cell(line.number, tone="quiet"),
            Cell(line.text, aside=ui.t("undone") * gone, icon=icon, tone=quiet, struck=gone),
            Cell(amount, tone=tone, bold=not gone and bool(line.amount), struck=gone),
            Cell(ui.formats.number(line.balance), tone=quiet),
        ),
    )


# -- A part of Belanja & Kas that is one list: what can be recorded above it, sums below ---------


class ListPart(Page):
    """The base of a part that is one list. Call `lay_out` in the constructor, and `show_filled`
    whenever the list has come anew.
    """

    def lay_out(
        self,
        actions: Sequence[Action],
        headings: Sequence[Heading],
        sums: Sequence[str],
        height: int = ROW_TWO_LINES,
    ) -> None:
        """Makes the bar of actions, the table with these headings, and the foot with these sums."""
        self.bar = ActionBar(self.workspace, actions)
        self.body.setSpacing(12)
        self.card = Card(margins=0, space=0)
        self.table = ListTable(self.ui, headings, height)
        self.foot = Foot(self.ui, *sums)
        fill(self.card.body, (self.table, 1), self.foot)
        fill(self.body, self.bar, (self.card, 1))

    def invite(self, empty: EmptyState, *, action: int | None = None) -> None:
        """Takes what is shown while the list is empty; it offers the action at that place."""
        self.empty = empty
        buttons = list(self.bar.buttons.values())
        if action is not None and action < len(buttons):
            first = buttons[action]
            icon = self.bar.icons[action]
            empty.offer(first.text().replace("&&", "&"), first.click, icon)
        self.body.addWidget(empty, 1)
        empty.hide()

    def show_filled(self, filled: bool) -> None:
        """Shows the list, or what is shown while it is empty."""
        self.card.setVisible(filled)
        self.bar.setVisible(filled and bool(self.bar.buttons))
        self.empty.setVisible(not filled)
