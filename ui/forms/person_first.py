"""The first people of a book: from here on one signs in."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from kwt_books.app import Book
from kwt_books.domain.access import LEAST_PASSWORD, Role
from kwt_books.domain.documents.people import PersonSetup
from kwt_books.domain.recording import Person
from kwt_books.services.people import Newcomer
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.setup_form import SetupForm
from ui.recovery_key import show_key
from ui.widgets.card import Note
from ui.widgets.field import TextField
from ui.widgets.label import label
from ui.widgets.password_field import PasswordField

WIDTH = 620


class FirstPeopleForm(SetupForm):
    """The chair with a password; the treasurer with one, or without for now."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "first-people")
        t, kit, group = self.t, self.kit, self.known.group
        self.body.addWidget(
            label(
                t("From then on everyone signs in with their own password, and every entry bears"
                  " the name of who recorded it."),
                wrap=True,
            )
        )  # fmt: skip
        self.chair = TextField(kit, required=True)
        self.chair_password = PasswordField(kit, new=True)
        self.treasurer = TextField(kit)
        self.treasurer_password = PasswordField(kit, new=True, required=False)
        hard = t("At least {least} letters or figures, hard to guess", least=LEAST_PASSWORD)
        self.across(
            (self.labelled("chair", t("Chair"), self.chair), 1),
            (self.labelled("chair_password", t("Password"), self.chair_password, hard), 1),
        )
        self.across(
            (self.labelled("treasurer", t("Treasurer"), self.treasurer), 1),
            (self.labelled("treasurer_password", t("Password"), self.treasurer_password, hard), 1),
        )
        self.body.addWidget(
            Note(kit, t("At the end a recovery key is shown. Have the printer ready, or a pen."))
        )
        names = {"chair": group.chair, "treasurer": group.treasurer} if group is not None else {}
        self.start(names)

    def _unread(self) -> list[tuple[str, str]]:
        found = super()._unread()
        if self.treasurer.value() and not self.treasurer_password.value():
            found.append(("treasurer_password", self.t("Fill this in")))
        return found

    def check(self) -> None:
        """The book is asked only when it is meant."""
        self._show(self._unread())

    def people(self) -> list[Newcomer]:
        chair = PersonSetup(name=self.chair.value() or "", role=Role.CHAIR)
        found: list[Newcomer] = [(chair, self.chair_password.value())]
        if name := self.treasurer.value():
            person = PersonSetup(name=name, role=Role.TREASURER)
            found.append((person, self.treasurer_password.value()))
        return found

    def save(self, *, then_print: bool = False) -> None:
        if self.saving:
            return
        self._tried = True
        unread = self._unread()
        if unread:
            self._show(unread)
            self._messages.focus_first(unread)
            return
        self._set_saving(saving=True)
        people = self.people()
        name, password = people[0][0].name, people[0][1] or ""

        def begin(book: Book) -> tuple[str, Person]:
            key = book.people.begin(people)
            return key, book.sign_in(name, password)

        self.desk.tasks.change(
            begin, {"person"}, self._begun, self._refused, settled=self._settled, owner=self
        )

    def _begun(self, found: tuple[str, Person]) -> None:
        key, person = found
        self.start_anew()
        dialog = show_key(self.kit, self.desk.tasks, key, self.window())
        dialog.finished.connect(lambda _result: self._signed_in(person))

    def _signed_in(self, person: Person) -> None:
        self.window().close()
        self.desk.person_changed.emit(person)


def make(desk: Desk, given: Given) -> QDialog:
    title = desk.kit.t("Who uses this book?")
    form = FirstPeopleForm(desk)
    return FormDialog(form, title, prints=False, keeps=False, width=WIDTH)
