"""An account of one's own, or another name for one that is there."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from kwt_books.domain.documents.setup import AccountSetup
from kwt_books.domain.suggested import free_account
from ui.desk import Desk, Given
from ui.forms.account_words import SORTS, sort_of
from ui.forms.dialog import FormDialog
from ui.forms.setup_form import SetupForm
from ui.widgets.field import TextField
from ui.widgets.picker import Choice


class AccountForm(SetupForm):
    """`given`: `code` of one that is there. What it is to the books can't be changed then."""

    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "account", str(given.get("code") or ""))
        t, kit = self.t, self.kit
        self.there = self.known.accounts.get(self.code)
        sorts = [(name, t(sort.title)) for name, sort in SORTS.items()]
        self.sort = Choice(kit, sorts)
        self.number = TextField(kit, required=True)
        free = t("The next free one") if self.there is None else ""
        self.across(
            (self.labelled("type", t("What sort it is"), self.sort), 3),
            (self.labelled("code", t("Code"), self.number, free), 1),
        )
        self.account_name = self.field(
            "name",
            t("Name"),
            TextField(kit, required=True),
            t("As it will stand in the reports, such as Sewa Lahan"),
        )
        self.english = self.field(
            "name_en", t("Name in English"), TextField(kit), t("May stay empty")
        )
        self.lkm = self.field(
            "lkm_code",
            t("Code in the LKM's books"),
            TextField(kit),
            t("What the LKM calls the same account; may stay empty"),
        )
        self._suggested = ""
        for fixed in (self.sort, self.number):
            fixed.setEnabled(self.there is None)
        self.sort.changed.connect(self._suggest)
        self._suggest()
        self.start(self._standing())

    def _standing(self) -> dict[str, object]:
        there = self.there
        if there is None:
            return {}
        return {
            "type": sort_of(there),
            "code": there.code,
            "name": there.name,
            "name_en": there.name_en,
            "lkm_code": there.lkm_code,
        }

    def _suggest(self) -> None:
        """A free code of the sort, unless someone wrote one of their own."""
        if self.there is None and self.number.text() in ("", self._suggested):
            first = SORTS[self.sort.code()].first
            self._suggested = free_account(first, self.known.accounts)
            self.number.setText(self._suggested)

    def _unread(self) -> list[tuple[str, str]]:
        found = super()._unread()
        if self.there is None and self.number.value() in self.known.accounts:
            found.append(("code", self.t("Another account has this code")))
        return found

    def to_command(self) -> AccountSetup:
        sort, there, name = SORTS[self.sort.code()], self.there, self.account_name.value() or ""
        return AccountSetup(
            code=self.number.value() or "",
            name=name,
            name_en=self.english.value() or name,
            type=there.type if there else sort.type,
            normal=there.normal if there else sort.normal,
            cash=there.cash if there else sort.cash,
            lkm_code=self.lkm.value(),
        )


def make(desk: Desk, given: Given) -> QDialog:
    form = AccountForm(desk, given)
    there = form.there
    title = f"{there.code} {there.name}" if there is not None else desk.kit.t("New account")
    return FormDialog(form, title, prints=False)
