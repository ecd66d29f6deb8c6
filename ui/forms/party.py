"""A shop, supplier, customer, member or office: new or changed."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from kwt_books.domain.documents.setup import Party
from kwt_books.domain.recording import Recorded
from kwt_books.domain.suggested import code_for
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.party_words import ROLES
from ui.forms.setup_form import SetupForm
from ui.widgets.field import NoteField, TextField
from ui.widgets.picker import Choice


class PartyForm(SetupForm):
    """`given`: `code` of one that is there, or the `role` of a new one."""

    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "party", str(given.get("code") or ""))
        t, kit = self.t, self.kit
        self.party_name = self.field("name", t("Name"), TextField(kit, required=True))
        roles = [(code, t(name)) for code, name in ROLES.items()]
        self.role = self.field("role", t("What they are to the group"), Choice(kit, roles))
        self.phone = self.field("phone", t("Phone"), TextField(kit), t("May stay empty"))
        self.address = self.field("address", t("Address"), NoteField(kit), t("May stay empty"))
        there = self.known.parties.get(self.code)
        if there is not None:
            standing = {
                "name": there.name,
                "role": there.role,
                "phone": there.phone,
                "address": there.address,
            }
            self.start(standing)
        else:
            self.start({"role": given["role"]} if "role" in given else {})

    def to_command(self) -> Party:
        name = self.party_name.value() or ""
        return Party(
            code=self.code or code_for(name, self.known.parties),
            name=name,
            role=self.role.code(),
            phone=self.phone.value(),
            address=self.address.value(),
        )

    def saved_text(self, recorded: Recorded) -> str:
        return self.t("Saved.")


def make(desk: Desk, given: Given) -> QDialog:
    form = PartyForm(desk, given)
    there = form.known.parties.get(form.code)
    title = there.name if there is not None else desk.kit.t("Someone the group deals with")
    return FormDialog(form, title, prints=False)
