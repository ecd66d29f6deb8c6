"""Someone who signs in: name, task, password. The chair's alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog

from kwt_books.domain.access import LEAST_PASSWORD, Role, Someone
from kwt_books.domain.documents.people import PersonSetup
from kwt_books.domain.recording import Recorded
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.setup_form import SetupForm
from ui.widgets.check_field import CheckField
from ui.widgets.field import TextField
from ui.widgets.password_field import PasswordField
from ui.widgets.picker import Choice
from ui.words import ROLES


class PersonForm(SetupForm):
    """`given`: the `person` (`Someone`) that is changed, or none."""

    def __init__(self, desk: Desk, given: Given) -> None:
        there = given.get("person")
        self.there = there if isinstance(there, Someone) else None
        super().__init__(desk, "person", self.there.name if self.there else "")
        t, kit = self.t, self.kit
        self.person_name = self.field(
            "name",
            t("Name"),
            TextField(kit, required=True),
            t("Everything they record bears this name"),
        )
        self.person_name.setEnabled(self.there is None)
        roles = [(str(role), t(name)) for role, name in ROLES.items()]
        self.role = Choice(kit, roles)
        self._role_row = self.labelled("role", t("Task"), self.role)
        self.body.addWidget(self._role_row)
        self.password = self.field(
            "password",
            t("New password") if self.there else t("Password"),
            PasswordField(kit, new=True, required=self.there is None),
            t("Stays as it is when nothing is typed")
            if self.there
            else t("At least {least} letters or figures, hard to guess", least=LEAST_PASSWORD),
        )
        self.active = CheckField(t("May sign in"), ticked=True)
        self.body.addWidget(self.active)
        self.add("active", self.active)
        self.active.setVisible(self.there is not None)
        self.role.changed.connect(self._tell_role)
        there = self.there
        self.start(
            {"name": there.name, "role": str(there.role), "active": there.active} if there else {}
        )
        self._tell_role()

    def _tell_role(self) -> None:
        t = self.t
        texts = {
            Role.TREASURER: t("Records everything, but for what is the chair's"),
            Role.CHAIR: t("Also closes months, opens them again, and decides on people and shares"),
            Role.AUDITOR: t("Reads everything, records nothing"),
        }
        self._role_row.set_hint(texts[Role(self.role.code())])

    def to_command(self) -> PersonSetup:
        return PersonSetup(
            name=(self.person_name.value() or "").strip(),
            role=Role(self.role.code()),
            active=self.active.isChecked(),
        )

    def send(self, done: Callable[[Recorded], None]) -> None:
        person, password = self.to_command(), self.password.value()
        self.desk.tasks.change(
            lambda book: book.people.enrol(person, password),
            {"person"},
            done,
            self._refused,
            settled=self._settled,
            owner=self,
        )


def make(desk: Desk, given: Given) -> QDialog:
    form = PersonForm(desk, given)
    title = form.there.name if form.there is not None else desk.kit.t("Someone who signs in")
    return FormDialog(form, title, prints=False, keeps=False)
