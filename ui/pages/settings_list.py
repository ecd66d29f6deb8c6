"""A list of what is set up: found by typing, opened with Enter, added to with a button."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from kwt_books.domain.access import may_record
from ui.desk import Desk
from ui.pages.base import Page
from ui.tasks import Change
from ui.tokens import GUTTER, ROW_LIST
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.empty import EmptyState
from ui.widgets.label import label, row
from ui.widgets.list_table import Heading, ListRow, ListTable
from ui.widgets.picker import Choice
from ui.widgets.seek_field import SeekField


class SettingsList(Page):
    """Override `kind`, `headings`, `rows` and `open`; the rest is here.

    A row's key is the code of what it shows.
    """

    kind = ""
    """The kind of setup entry: who may record it sees the buttons."""
    row_height = ROW_LIST

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.may_change = may_record(desk.person.role, self.kind)
        self.card = Card(margins=0, space=0)
        self.top = row(space=12)
        self.top.setContentsMargins(GUTTER, 12, GUTTER, 12)
        self.seek = SeekField(self.kit, self.t("Search"))
        self.seek.setMaximumWidth(self.kit.theme.px(280))
        self.seek.textChanged.connect(lambda _text: self.fill())
        self.top.addWidget(self.seek, 1)
        self.top.addStretch(1)
        self.card.body.addLayout(self.top)
        self.table = ListTable(self.kit, self.headings(), self.row_height)
        self.table.opened.connect(self.open)
        self.card.body.addWidget(self.table, 1)
        self.card.body.addWidget(self._foot())
        self.body.addWidget(self.card, 1)
        desk.setup_changed.connect(self.invalidate)

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("foot")
        self.foot = row(foot, space=8)
        self.foot.setContentsMargins(GUTTER, 10, GUTTER, 10)
        self.count = label("", "caption")
        self.foot.addWidget(self.count)
        self.foot.addStretch(1)
        if self.may_change:
            change = Button(self.kit, self.t("Change"), "pencil-simple")
            change.when_clicked(lambda: self.open(self.table.key))
            self.foot.addWidget(change.hint(self.t("Or Enter, or a double click")))
        return foot

    # -- to be overridden ------------------------------------------------------------------

    def headings(self) -> Sequence[Heading]:
        raise NotImplementedError

    def rows(self, sought: str) -> Iterable[ListRow]:
        """Those with what was typed (small letters) in them."""
        raise NotImplementedError

    def open(self, key: Any) -> None:
        """The form of one; None: of nothing in particular."""
        raise NotImplementedError

    def counted(self, count: int) -> str:
        """How many are shown, in words."""
        raise NotImplementedError

    # -- parts -----------------------------------------------------------------------------

    def offer(self, text: str, form: str, icon: str = "plus", **given: object) -> None:
        """A button that adds something, where one may."""
        if self.may_change:
            add = Button(self.kit, text, icon)
            add.when_clicked(lambda: self.desk.open_form(form, **given))
            self.top.addWidget(add)

    def narrow(self, everything: str, choices: Iterable[tuple[str, str]]) -> Choice:
        """A choice of which to show, beside the search; its code is empty for all."""
        made = Choice(self.kit, [("", everything), *choices])
        made.setAccessibleName(self.t("What is shown"))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.changed.connect(self.fill)
        self.top.insertWidget(1, made)
        return made

    def empty_state(self, icon: str, title: str, text: str) -> EmptyState:
        """Shown in place of the list while nothing is there; `show_empty` decides."""
        self.empty = EmptyState(self.kit, icon, title, text)
        self.body.addWidget(self.empty, 1)
        self.empty.hide()
        return self.empty

    def show_empty(self, *, empty: bool) -> None:
        self.card.setVisible(not empty)
        self.empty.setVisible(empty)

    # -- what the book says ----------------------------------------------------------------

    def follows_month(self) -> bool:
        return False

    def concerns(self, change: Change) -> bool:
        return False  # the desk learns the set-up anew and says so

    def refresh(self) -> None:
        self.fill()

    def fill(self) -> None:
        found = list(self.rows(self.seek.text().strip().casefold()))
        self.table.show_rows(found)
        if found and self.table.key is None:
            self.table.select(0)
        self.count.setText(self.counted(len(found)))

    def search(self, text: str) -> None:
        self.seek.setText(text)
