"""One's own password: the old one, then the new one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog

from kwt_books.domain.access import LEAST_PASSWORD
from kwt_books.domain.errors import BookError, RuleError
from kwt_books.domain.recording import Recorded
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.setup_form import SetupForm
from ui.widgets.password_field import PasswordField


class PasswordForm(SetupForm):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "password")
        t, kit = self.t, self.kit
        self.old = self.field("old", t("The password until now"), PasswordField(kit))
        hard = t("At least {least} letters or figures, hard to guess", least=LEAST_PASSWORD)
        self.new = self.field("new", t("New password"), PasswordField(kit, new=True), hard)
        self.again = self.field("again", t("New password once more"), PasswordField(kit))
        self.begin()

    def _unread(self) -> list[tuple[str, str]]:
        found = super()._unread()
        if self.again.text() and self.again.text() != self.new.text():
            found.append(("again", self.t("This is not the same")))
        return found

    def check(self) -> None:
        """The book is not asked: each try with a wrong password counts."""
        self._show(self._unread())

    def send(self, done: Callable[[Recorded], None]) -> None:
        name, new, old = self.desk.person.name, self.new.text(), self.old.text()
        nothing = Recorded(0, "person", None, "")
        self.desk.tasks.change(
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
        self._show([("old", self.desk.explain(error))])
        self.old.setFocus()
        self.old.selectAll()


def make(desk: Desk, given: Given) -> QDialog:
    title = desk.kit.t("Password of {name}", name=desk.person.name)
    return FormDialog(PasswordForm(desk), title, prints=False, keeps=False)
