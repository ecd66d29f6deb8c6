"""Who signs in, with which task; or that nobody needs to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kwt_books.app import Book
from kwt_books.domain.access import Someone
from ui.desk import Desk
from ui.pages.settings_list import SettingsList
from ui.preferences import IDLE_MINUTES
from ui.recovery_key import show_key
from ui.tasks import Change
from ui.tokens import ROW_TWO_LINES
from ui.widgets.button import Button
from ui.widgets.dialog import Choice as Answer
from ui.widgets.dialog import MessageDialog
from ui.widgets.label import label
from ui.widgets.list_table import Cell, Heading, ListRow
from ui.widgets.picker import Choice
from ui.words import role_name


class PeoplePage(SettingsList):
    kind = "person"
    row_height = ROW_TWO_LINES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self._known: tuple[Someone, ...] = ()
        self.idle = self._idle_choice()
        self.offer(t("Add"), "person", "user-plus")
        self._add_buttons()
        empty = self.empty_state(
            "lock-key",
            t("This book needs no password"),
            t("Whoever keeps the book alone may leave it so. If several people use it, each one"
              " signs in, and the chair's tasks stay the chair's."),
        )  # fmt: skip
        if self.may_change:
            act = lambda: desk.open_form("first_people")  # noqa: E731
            empty.offer(t("Use passwords"), act, "lock-key")

    def _idle_choice(self) -> Choice:
        """How long until the book asks again who is there; of this computer."""
        t = self.t
        texts = [
            (str(each), t.ngettext("after {n} minute", "after {n} minutes", each) if each
             else t("not at all"))
            for each in IDLE_MINUTES
        ]  # fmt: skip
        made = Choice(self.kit, texts, str(self.desk.preferences.idle_minutes))
        made.setAccessibleName(t("Lock the screen"))
        made.changed.connect(self._idle_changed)
        self.top.addWidget(label(t("Lock the screen"), "caption"))
        self.top.addWidget(made)
        return made

    def _idle_changed(self) -> None:
        minutes = int(self.idle.code())
        self.desk.preferences.idle_minutes = minutes
        self.desk.idle_changed.emit(minutes)

    def _add_buttons(self) -> None:
        t, desk = self.t, self.desk
        own = Button(self.kit, t("My password"), "lock-simple")
        own.when_clicked(lambda: desk.open_form("password"))
        own.setVisible(desk.person.signed_in)
        self.foot.insertWidget(self.foot.count() - 1, own)
        if self.may_change:
            key = Button(self.kit, t("New recovery key"), "key").when_clicked(self.ask_new_key)
            key.hint(t("Where the sheet with the last one is lost"))
            self.foot.insertWidget(self.foot.count() - 1, key)

    def headings(self) -> tuple[Heading, ...]:
        t = self.t
        return Heading(t("Name")), Heading(t("Task")), Heading(t("Password")), Heading("")

    # -- what the book says ----------------------------------------------------------------

    def concerns(self, change: Change) -> bool:
        return "person" in change.kinds

    def refresh(self) -> None:
        self.ask(lambda book: book.people.everyone(), self._learnt)

    def _learnt(self, known: tuple[Someone, ...]) -> None:
        self._known = known
        self.show_empty(empty=not known)
        self.fill()

    def rows(self, sought: str) -> Iterator[ListRow]:
        t = self.t
        for each in sorted(self._known, key=lambda one: (not one.active, one.name.casefold())):
            if sought not in each.name.casefold():
                continue
            tone = "" if each.active else "quiet"
            here = each.name == self.desk.person.name
            yield ListRow(
                each.name,
                (
                    Cell(each.name, t("This is you") if here else "", bold=True, tone=tone),
                    Cell(role_name(t, each.role), tone=tone),
                    Cell(t("Has one"), tone="good", icon="check-circle", badge=True)
                    if each.has_password
                    else Cell(t("None yet"), tone="warn", icon="warning-circle", badge=True),
                    Cell("" if each.active else t("No longer signs in"), tone="quiet"),
                ),
            )

    def counted(self, count: int) -> str:
        return self.t.ngettext("{n} person", "{n} people", count)

    def open(self, key: Any) -> None:
        found = next((each for each in self._known if each.name == key), None)
        if found is not None and self.may_change:
            self.desk.open_form("person", person=found)

    # -- the key on paper ------------------------------------------------------------------

    def ask_new_key(self) -> MessageDialog:
        t = self.t
        dialog = MessageDialog(
            self.kit,
            t("Make a new recovery key?"),
            t("The key on the sheet until now is worth nothing then."),
            tone="warn",
            choices=(Answer(t("Cancel")), Answer(t("New key"), "primary", self._new_key)),
            parent=self.window(),
        )
        dialog.open()
        return dialog

    def _new_key(self) -> None:
        def make(book: Book) -> str:
            return book.people.new_key()

        tasks = self.desk.tasks
        tasks.run(make, lambda key: show_key(self.kit, tasks, key, self.window()), owner=self)
