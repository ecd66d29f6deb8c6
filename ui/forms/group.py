"""Whose book it is: the group, its officers, its LKM, and what its reports look like."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from kwt_books.domain.documents.setup import Allocation, ExtensionOfficer, Group, Umbrella
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.setup_form import SetupForm
from ui.forms.sharing_field import SharingField
from ui.forms.sharing_words import USUAL, funds
from ui.widgets.date_field import DateField
from ui.widgets.field import TextField
from ui.widgets.label import label
from ui.widgets.picker import Choice

WIDTH = 720


class GroupForm(SetupForm):
    """Asks for the sharing of profit too, where the book has no group yet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "group", "group")
        self._group = self.known.group
        self._names()
        self._officers()
        self._papers()
        self._sharing()
        self.start(_standing(self._group) if self._group is not None else _blank())

    def _text(self, path: str, title: str, *, required: bool = True, hint: str = "") -> TextField:
        """A field that is laid out with `across` at once: its row is its parent."""
        field = TextField(self.kit, required=required)
        self.labelled(path, title, field, hint)
        return field

    def _beside(self, *fields: TextField | Choice | DateField) -> None:
        rows = [field.parentWidget() for field in fields]
        self.across(*((row, 1) for row in rows if row is not None))

    def _names(self) -> None:
        t = self.t
        self.group_name = self._text(
            "name", t("Name of the group"), hint=t("Just as on the group's stamp or decree")
        )
        self._beside(self.group_name)
        self.village = self._text("village", t("Village"))
        self.district = self._text("district", t("District"))
        self.city = self._text("city", t("City or regency"))
        self._beside(self.village, self.district, self.city)

    def _officers(self) -> None:
        t = self.t
        self.chair = self._text("chair", t("Chair"))
        self.treasurer = self._text("treasurer", t("Treasurer"))
        self._beside(self.chair, self.treasurer)
        self.lkm = self._text("umbrella.name", t("LKM or institution above it"))
        self.coordinator = self._text("umbrella.coordinator", t("Its coordinator"))
        self._beside(self.lkm, self.coordinator)
        empty = t("May stay empty")
        self.officer = self._text(
            "extension_officer.name", t("Extension officer"), required=False, hint=empty
        )
        self.nip = self._text("extension_officer.nip", t("NIP"), required=False, hint=empty)
        self._beside(self.officer, self.nip)

    def _papers(self) -> None:
        t, kit = self.t, self.kit
        self.language = Choice(kit, (("id", "Bahasa Indonesia"), ("en", "English")))
        self.paper = Choice(kit, (("F4", t("F4 (folio), 21.5 × 33 cm")), ("A4", t("A4"))))
        self.labelled("language", t("Language of the reports"), self.language)
        self.labelled(
            "paper",
            t("Paper in the printer"),
            self.paper,
            t("It is written on the pack of paper"),
        )
        self._beside(self.language, self.paper)

    def _sharing(self) -> None:
        if self._group is not None:
            return
        t, kit = self.t, self.kit
        self.body.addWidget(label(t("How profit is shared"), "card"))
        self.shares = SharingField(kit, funds(kit, self.known.accounts, ()))
        self.body.addWidget(self.shares)
        self.add("allocation.shares", self.shares, self.shares)
        self.decision = self._text("allocation.decision", t("Number of the decision"))
        self.date = DateField(kit, kit.today)
        self.labelled("allocation.date", t("Decided on"), self.date)
        self._beside(self.decision, self.date)

    def _unread(self) -> list[tuple[str, str]]:
        """An officer is named with the NIP, or not at all."""
        found = super()._unread()
        if bool(self.officer.value()) != bool(self.nip.value()):
            missing = "extension_officer.nip" if self.officer.value() else "extension_officer.name"
            found.append((missing, self.t("Fill this in")))
        return found

    def to_command(self) -> Group:
        name, nip = self.officer.value(), self.nip.value()
        return Group(
            name=_of(self.group_name),
            village=_of(self.village),
            district=_of(self.district),
            city=_of(self.city),
            chair=_of(self.chair),
            treasurer=_of(self.treasurer),
            umbrella=Umbrella(name=_of(self.lkm), coordinator=_of(self.coordinator)),
            extension_officer=ExtensionOfficer(name=name, nip=nip) if name and nip else None,
            language=self.language.code(),
            paper=self.paper.code(),
            allocation=self._allocation(),
        )

    def _allocation(self) -> Allocation:
        if self._group is not None:
            return self._group.allocation
        day = self.date.value()
        assert day is not None
        return Allocation(decision=_of(self.decision), date=day, shares=self.shares.shares)


def _of(field: TextField) -> str:
    return field.value() or ""


def _standing(group: Group) -> dict[str, object]:
    officer = group.extension_officer
    return {
        "name": group.name,
        "village": group.village,
        "district": group.district,
        "city": group.city,
        "chair": group.chair,
        "treasurer": group.treasurer,
        "umbrella.name": group.umbrella.name,
        "umbrella.coordinator": group.umbrella.coordinator,
        "extension_officer.name": officer.name if officer else "",
        "extension_officer.nip": officer.nip if officer else "",
        "language": group.language,
        "paper": group.paper,
    }


def _blank() -> dict[str, object]:
    return {"allocation.shares": {code: str(percent) for code, percent in USUAL.items()}}


def make(desk: Desk, given: Given) -> QDialog:
    return FormDialog(GroupForm(desk), desk.kit.t("The group"), prints=False, width=WIDTH)
