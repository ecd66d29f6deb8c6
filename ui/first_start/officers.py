"""Step: who leads the group, whose group it is, and whether one signs in with a password."""

from __future__ import annotations

from kwt_books.domain.access import LEAST_PASSWORD, Role
from kwt_books.domain.documents.people import PersonSetup
from kwt_books.domain.documents.setup import ExtensionOfficer, Umbrella
from kwt_books.services.people import Newcomer
from ui.first_start.step import Step
from ui.widgets.card import Card
from ui.widgets.field import FieldRow, TextField
from ui.widgets.label import label
from ui.widgets.letterhead import Named
from ui.widgets.password_field import PasswordField
from ui.widgets.segment_field import SegmentField


class OfficersStep(Step):
    name = "officers"

    def build(self) -> None:
        t, kit = self.t, self.kit
        self.chair = self.ask(
            "chair", t("Chair"), TextField(kit, required=True), t("Signs every report")
        )
        self.treasurer = self.ask(
            "treasurer", t("Treasurer"), TextField(kit, required=True), t("Keeps this book")
        )
        self.lkm = self.ask(
            "umbrella.name",
            t("LKM or institution above it"),
            TextField(kit, required=True),
            t("Whose group you are"),
        )
        self.coordinator = self.ask(
            "umbrella.coordinator",
            t("Its coordinator"),
            TextField(kit, required=True),
            t("Signs below the officers"),
        )
        self.officer = self.ask(
            "extension_officer.name",
            t("Extension officer"),
            TextField(kit),
            t("From the agriculture office; may stay empty"),
        )
        self.nip = self.ask(
            "extension_officer.nip", t("NIP"), TextField(kit), t("Belongs to the name above it")
        )
        for field in (
            self.chair, self.treasurer, self.lkm, self.coordinator, self.officer, self.nip,
        ):  # fmt: skip
            field.setProperty("scale", "large")
        self.right.addWidget(self._passwords())
        self._show_passwords()

    def _passwords(self) -> Card:
        t, kit = self.t, self.kit
        card = Card(t("Passwords"), space=10)
        self.use = SegmentField(kit, (("no", t("Without")), ("yes", t("With passwords"))))
        self.use.setAccessibleName(t("Passwords"))
        card.body.addWidget(self.use)
        self.add("passwords", self.use)
        self._about = label("", "caption", wrap=True)
        card.body.addWidget(self._about)
        self.chair_password = PasswordField(kit, new=True)
        self.treasurer_password = PasswordField(kit, new=True)
        self._rows = []
        hard = t("At least {least} letters or figures, hard to guess", least=LEAST_PASSWORD)
        for path, title, field in (
            ("chair_password", t("Password of the chair"), self.chair_password),
            ("treasurer_password", t("Password of the treasurer"), self.treasurer_password),
        ):
            made = FieldRow(kit, title, field, hard)
            self.add(path, field, made)
            card.body.addWidget(made)
            self._rows.append(made)
        self.use.changed.connect(self._show_passwords)
        return card

    @property
    def uses_passwords(self) -> bool:
        return self.use.code() == "yes"

    def _show_passwords(self) -> None:
        t, wanted = self.t, self.uses_passwords
        for made, field in zip(
            self._rows, (self.chair_password, self.treasurer_password), strict=True
        ):
            made.setVisible(wanted)
            field.required = wanted
        self._about.setText(
            t("Each of the two signs in with their own; at the end a recovery key is shown.")
            if wanted
            else t("Enough for whoever keeps the book alone. Passwords can be added later.")
        )

    def problems(self) -> list[tuple[str, str]]:
        found = []
        if bool(self.officer.value()) != bool(self.nip.value()):
            missing = "extension_officer.nip" if self.officer.value() else "extension_officer.name"
            found.append((missing, self.t("Fill this in")))
        if self.uses_passwords and _alike(self.chair, self.treasurer):
            found.append(("treasurer", self.t("With passwords, the names must differ")))
        return found

    # -- what was answered -----------------------------------------------------------------

    @property
    def named(self) -> Named:
        return Named(
            above=self.lkm.value() or "",
            chair=self.chair.value() or "",
            treasurer=self.treasurer.value() or "",
            coordinator=self.coordinator.value() or "",
        )

    @property
    def umbrella(self) -> Umbrella:
        return Umbrella(name=self.lkm.value() or "", coordinator=self.coordinator.value() or "")

    @property
    def extension_officer(self) -> ExtensionOfficer | None:
        name, nip = self.officer.value(), self.nip.value()
        return ExtensionOfficer(name=name, nip=nip) if name and nip else None

    @property
    def people(self) -> list[Newcomer]:
        """Chair and treasurer, where passwords are wanted."""
        if not self.uses_passwords:
            return []
        chair = PersonSetup(name=self.chair.value() or "", role=Role.CHAIR)
        treasurer = PersonSetup(name=self.treasurer.value() or "", role=Role.TREASURER)
        return [
            (chair, self.chair_password.value()),
            (treasurer, self.treasurer_password.value()),
        ]

    def summary(self) -> str:
        return ", ".join(filter(None, (self.chair.value(), self.treasurer.value())))


def _alike(one: TextField, other: TextField) -> bool:
    return (one.value() or "").casefold() == (other.value() or "").casefold()
