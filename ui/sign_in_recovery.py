"""A new password: with the recovery key, or the first one of a book that came without any."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from kwt_books.app import Book
from kwt_books.domain.access import LEAST_PASSWORD, Role, Someone
from kwt_books.domain.errors import BookError
from kwt_books.domain.recording import Person
from kwt_books.services.explain import explain
from ui.help_keys import add_help_keys
from ui.help_topics import topic_of_window
from ui.kit import Kit
from ui.recovery_key import show_key
from ui.tasks import Tasks
from ui.widgets.button import Button
from ui.widgets.field import FieldRow, TextField
from ui.widgets.fixed import fixed_page
from ui.widgets.label import label, row
from ui.widgets.password_field import PasswordField
from ui.widgets.picker import Choice

_WIDTH = 460


class RecoveryDialog(QDialog):
    """`first`: no one has a password yet; the chair makes one without a key."""

    recovered = Signal(object)
    """The `Person` who has a new password, and is signed in with it."""

    def __init__(
        self,
        kit: Kit,
        tasks: Tasks,
        people: Sequence[Someone],
        name: str = "",
        parent: QWidget | None = None,
        *,
        first: bool = False,
    ) -> None:
        super().__init__(parent)
        self._kit, self._t, self._tasks, self._first = kit, kit.t, tasks, first
        t, self._person = kit.t, Person("")
        self._busy = False
        self.setWindowTitle(t("New password"))
        add_help_keys(self, kit, partial(topic_of_window, "recovery"))
        page = fixed_page(self, kit.theme.px(_WIDTH), margins=24, space=10)
        page.addWidget(label(t("Make a new password"), "title"))
        page.addWidget(label(self._about(), wrap=True))
        able = [
            each.name for each in people if each.active and (not first or each.role is Role.CHAIR)
        ]
        self.who = Choice(kit, [(each, each) for each in able], name)
        page.addWidget(FieldRow(kit, t("Who"), self.who))
        self.key = TextField(kit, required=True, placeholder="XXXX-XXXX-XXXX-XXXX-XXXX")
        self.key_row = FieldRow(
            kit, t("Recovery key"), self.key, t("It stands on the sheet that was printed")
        )
        self.key_row.setVisible(not first)
        page.addWidget(self.key_row)
        self.password = PasswordField(kit, new=True)
        hard = t("At least {least} letters or figures, hard to guess", least=LEAST_PASSWORD)
        self.password_row = FieldRow(kit, t("New password"), self.password, hard)
        page.addWidget(self.password_row)
        page.addLayout(self._buttons())
        for field in (self.key, self.password):
            field.returnPressed.connect(self._next)
        (self.password if first else self.key).setFocus()

    def _buttons(self) -> QHBoxLayout:
        t, kit, line = self._t, self._kit, row(space=8)
        line.addStretch(1)
        line.addWidget(Button(kit, t("Cancel")).when_clicked(self.reject))
        self.save_button = Button(kit, t("Make the password"), kind="primary")
        line.addWidget(self.save_button.when_clicked(self.save))
        return line

    def _about(self) -> str:
        t = self._t
        if self._first:
            return t("This book came without passwords. The chair makes the first one.")
        return t("With the recovery key, a new password replaces the one that was forgotten.")

    def _next(self) -> None:
        if self.password.hasFocus():
            self.save()
        else:
            self.password.setFocus()

    def save(self) -> None:
        key_missing = "" if self._first else self.key.problem()
        self.key_row.say(key_missing, "error")
        self.password_row.say(self.password.problem(), "error")
        if self._busy or key_missing or self.password.problem():
            return
        self._busy = True
        name, key, new, first = self.who.code(), self.key.text(), self.password.text(), self._first

        def work(book: Book) -> tuple[str, Person]:
            people = book.people
            fresh = people.adopt(name, new) if first else people.recover(name, key, new)
            return fresh, book.sign_in(name, new)

        self._tasks.run(work, self._made, self._refused, settled=self._settled, owner=self)

    def _settled(self) -> None:
        self._busy = False

    def reject(self) -> None:
        """Not while the next recovery key is on its way."""
        if not self._busy:
            super().reject()

    def _refused(self, error: BookError) -> None:
        said = explain(error, None, self._t, self._kit.formats)
        (self.password_row if self._first else self.key_row).say(said, "error")

    def _made(self, found: tuple[str, Person]) -> None:
        key, person = found
        dialog = show_key(self._kit, self._tasks, key, self)
        dialog.finished.connect(lambda _result: self._finish(person))

    def _finish(self, person: Person) -> None:
        self.accept()
        self.recovered.emit(person)
