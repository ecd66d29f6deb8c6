"""The forms of people who sign in: a person, the first people of a book, and one's own password."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kwt_books.book import Book
from kwt_books.domain.access import LEAST_PASSWORD, Person, Recorded, Role, User
from kwt_books.domain.documents.setup import PersonSetup
from kwt_books.domain.errors import BookError, RuleError
from kwt_books.i18n.catalogue import Translator, noop
from kwt_books.services.people import Newcomer
from ui.kit.card import Note
from ui.kit.document_form import SetupForm
from ui.kit.field import CheckField, PasswordField, TextField
from ui.kit.form import opens
from ui.kit.layout import label
from ui.kit.picker import Choice
from ui.kit.recovery_key import show_key
from ui.kit.words import ROLES
from ui.kit.workspace import Given, Workspace


def hard_to_guess(t: Translator) -> str:
    """What is asked of a new password, in words."""
    return t("At least {least} letters or figures, hard to guess", least=LEAST_PASSWORD)


def first_people(said: Mapping[str, Any]) -> list[Newcomer]:
    """The chair and, where one is named, the treasurer, with their passwords, of values by path:
    here and in a book's first steps.
    """
    named = ((role, said[str(role)] or "") for role in (Role.CHAIR, Role.TREASURER))
    return [
        (PersonSetup(name=name, role=role), said[f"{role}_password"])
        for role, name in named
        if name or role is Role.CHAIR
    ]


class PersonForm(SetupForm):
    """A person who signs in; `given["person"]` is the `User` to be changed, if any. Only the chair
    may record it.
    """

    makes = PersonSetup

    def __init__(self, workspace: Workspace, given: Given) -> None:
        user = given.get("person")
        self.user = user if isinstance(user, User) else None
        super().__init__(workspace, "person", {"code": self.user.name if self.user else ""})
        t, ui = self.t, self.ui
        self.person_name = self.field(
            "name",
            t("Name"),
            TextField(ui, required=True),
            t("Everything they record bears this name"),
        )
        self.person_name.setEnabled(self.user is None)
        roles = [(str(role), t(name)) for role, name in ROLES.items()]
        self.role = Choice(ui, roles)
        self._role_row = self.labelled("role", t("Role"), self.role)
        self.body.addWidget(self._role_row)
        self.password = self.field(
            "password",
            t("New password") if self.user else t("Password"),
            PasswordField(ui, new=True, required=self.user is None),
            t("Leave empty to keep the current one") if self.user else hard_to_guess(t),
        )
        self.active = CheckField(t("May sign in"), ticked=True)
        self.body.addWidget(self.active)
        self.add("active", self.active)
        self.active.setVisible(self.user is not None)
        self.role.changed.connect(self._tell_role)
        if (user := self.user) is not None:
            self.start({"name": user.name, "role": str(user.role), "active": user.active})
        else:
            self.start()
        self._tell_role()

    def window_title(self) -> str:
        """The name of the person that is there already."""
        return self.code

    def _tell_role(self) -> None:
        t = self.t
        texts = {
            Role.TREASURER: t("Records everything except what only the chair may"),
            Role.CHAIR: t("Also closes months, opens them again, and decides on people and shares"),
            Role.AUDITOR: t("Reads everything, records nothing"),
        }
        self._role_row.set_hint(texts[Role(self.role.value())])

    def derived(self) -> dict[str, Any]:
        """The name without spaces at its ends, the role."""
        return {"role": Role(self.role.value())}

    def send(self, done: Callable[[Recorded], None]) -> None:
        """Records the person and sets the password, both or neither."""
        person, password = self.to_command(), self.password.value()
        assert isinstance(person, PersonSetup)
        self.workspace.tasks.change(
            lambda book: book.people.enrol(person, password),
            {"person"},
            done,
            self._refused,
            settled=self._settled,
            owner=self,
        )


make_person = opens(PersonForm, noop("User of the book"), prints=False, keeps=False)


class FirstPeopleForm(SetupForm):
    """The chair with a password; the treasurer, who may get one later."""

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "first-people")
        t, ui, group = self.t, self.ui, self.known.group
        told = t("From then on everyone signs in with their own password, and every entry bears"
                 " the name of who recorded it.")  # fmt: skip
        self.body.addWidget(label(told, wrap=True))
        self.chair = TextField(ui, required=True)
        self.chair_password = PasswordField(ui, new=True)
        self.treasurer = TextField(ui)
        self.treasurer_password = PasswordField(ui, new=True, required=False)
        hard = hard_to_guess(t)
        self.across(
            (self.labelled("chair", t("Chair"), self.chair), 1),
            (self.labelled("chair_password", t("Password"), self.chair_password, hard), 1),
        )
        self.across(
            (self.labelled("treasurer", t("Treasurer"), self.treasurer), 1),
            (self.labelled("treasurer_password", t("Password"), self.treasurer_password, hard), 1),
        )
        ready = t("At the end a recovery key is shown. Have the printer ready, or a pen.")
        self.body.addWidget(Note(ui, ready))
        names = {"chair": group.chair, "treasurer": group.treasurer} if group is not None else {}
        self.start(names)

    def unread(self) -> list[tuple[str, str]]:
        found = super().unread()
        if self.treasurer.value() and not self.treasurer_password.value():
            found.append(("treasurer_password", self.t("Fill this in")))
        return found

    def check(self) -> None:
        """Asks nothing of the book before the form is saved."""
        self.show_problems(self.unread())

    def save(self, *, then_print: bool = False) -> None:
        """Sets the people up, signs the chair in, and shows the recovery key."""
        if self.saving:
            return
        if not self.complete():
            return
        self._set_saving(saving=True)
        people = first_people(self.values())
        name, password = people[0][0].name, people[0][1] or ""

        def begin(book: Book) -> tuple[str, Person]:
            key = book.people.begin(people)
            return key, book.sign_in(name, password)

        self.workspace.tasks.change(
            begin, {"person"}, self._begun, self._refused, settled=self._settled, owner=self
        )

    def _begun(self, found: tuple[str, Person]) -> None:
        key, person = found
        self.start_anew()
        dialog = show_key(self.ui, self.workspace.tasks, key, self.window())
        dialog.finished.connect(lambda _result: self._signed_in(person))

    def _signed_in(self, person: Person) -> None:
        self.window().close()
        self.workspace.person_changed.emit(person)


make_first_people = opens(
    FirstPeopleForm,
    noop("Who uses this book?"),
    prints=False,
    keeps=False,
    width=620,
)


class PasswordForm(SetupForm):
    """Changes one's own password."""

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "password")
        t, ui = self.t, self.ui
        self.old = self.field("old", t("Current password"), PasswordField(ui))
        new = PasswordField(ui, new=True)
        self.new = self.field("new", t("New password"), new, hard_to_guess(t))
        self.again = self.field("again", t("Repeat the new password"), PasswordField(ui))
        self.begin()

    def window_title(self) -> str:
        """Whose password it is."""
        return self.t("Password of {name}", name=self.workspace.person.name)

    def unread(self) -> list[tuple[str, str]]:
        found = super().unread()
        if self.again.text() and self.again.text() != self.new.text():
            found.append(("again", self.t("The two are not the same")))
        return found

    def check(self) -> None:
        """Asks nothing of the book, for each try with a wrong password counts."""
        self.show_problems(self.unread())

    def send(self, done: Callable[[Recorded], None]) -> None:
        """Sets the new password."""
        name, new, old = self.workspace.person.name, self.new.text(), self.old.text()
        nothing = Recorded(0, "person", None, "")
        self.workspace.tasks.change(
            lambda book: book.people.set_password(name, new, old),
            {"person"},
            lambda _: done(nothing),
            self._wrong,
            settled=self._settled,
            owner=self,
        )

    def _wrong(self, error: BookError) -> None:
        if not isinstance(error, RuleError):
            self._refused(error)
            return
        self.show_problems([("old", self.workspace.explain(error))])
        self.old.setFocus()
        self.old.selectAll()


make_password = opens(PasswordForm, noop("My password"), prints=False, keeps=False)
