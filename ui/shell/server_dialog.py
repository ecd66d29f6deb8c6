"""Asks for a book on a server: where it is, whose login it is, and its password."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from kwt_books.domain.address import ServerAddress, server_address
from kwt_books.domain.errors import StorageError
from kwt_books.i18n.formats import Formats
from kwt_books.services.explain import explain
from ui.kit.button import Button
from ui.kit.card import window_head
from ui.kit.dialog import Dialog
from ui.kit.field import FieldRow, PasswordField, TextField
from ui.kit.layout import fill, row
from ui.kit.look import UiContext
from ui.kit.scrolling import fixed_page
from ui.shell.passwords import keep_password

_WIDTH = 520


class ServerDialog(Dialog):
    """Emits the address of the book that is wanted; `known` fills in what was opened before.

    `to_send`: the mirror that the book which is open is sent to.
    """

    open_wanted = Signal(object)
    """A `ServerAddress`, with the password that was typed."""
    all_wanted = Signal(object)
    """The address of a database, whose groups are to be seen side by side."""

    def __init__(
        self,
        ui: UiContext,
        known: ServerAddress | None = None,
        *,
        to_send: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        t = ui.t
        title = t("Send the book to a mirror") if to_send else t("Open a book on a server")
        super().__init__(ui, title, parent, "welcome")
        self._ui, self._t, self._to_send = ui, t, to_send
        page = fixed_page(self, ui.theme.px(_WIDTH), margins=32, space=8)
        second = t("Whoever looks after the server tells you all of this.")
        fill(page, window_head(ui, "database", title, second), 12)
        self._make_fields()
        for each in self.rows.values():
            page.addWidget(each)
        self.keeps = QCheckBox(t("Keep the password in this computer's keyring"))
        fill(page, self.keeps, 8)
        done = t("Send") if to_send else t("Open")
        self.open_button = Button(ui, done, kind="primary").when_clicked(self.go)
        page.addLayout(
            row(..., Button(ui, t("Cancel")).when_clicked(self.reject), self.open_button, space=8)
        )
        self.password.returnPressed.connect(self.go)
        if known is not None:
            self._fill(known)
        self.host.setFocus()

    def _make_fields(self) -> None:
        ui, t = self._ui, self._t
        self.host, self.database, self.book, self.user = (TextField(ui) for _ in range(4))
        self.password = PasswordField(ui)
        self.rows = {
            "host": FieldRow(ui, t("Server"), self.host),
            "database": FieldRow(ui, t("Database"), self.database),
            "book": FieldRow(
                ui,
                t("Book"),
                self.book,
                t("The mirror's name on the server, a book of its own.")
                if self._to_send
                else t("Empty: all groups side by side, for coordinators."),
            ),
            "user": FieldRow(ui, t("Your name there"), self.user),
            "password": FieldRow(ui, t("Password"), self.password),
        }

    def _fill(self, known: ServerAddress) -> None:
        for field, text in (
            (self.host, known.host),
            (self.database, known.database),
            (self.book, known.book),
            (self.user, known.user),
        ):
            field.setText(text)

    def go(self) -> None:
        """Emits the address, or says at its field what is missing or can't be."""
        for each in self.rows.values():
            each.say("")
        for name in ("host", "database", *(("book",) if self._to_send else ()), "user"):
            if not getattr(self, name).text().strip():
                self.rows[name].say(self._t("This is required."), "error")
                getattr(self, name).setFocus()
                return
        try:
            found = server_address(
                self.host.text(),
                self.database.text(),
                self.user.text(),
                self.book.text(),
                self.password.text(),
            )
        except StorageError as error:
            name = "book" if error.code == "bad-book-name" else "host"
            said = explain(error, None, self._t, Formats(self._t.language))
            self.rows[name].say(said, "error")
            return
        if self.keeps.isChecked() and found.password and not keep_password(found):
            self.keeps.setChecked(False)
            text = self._t("This computer can't keep passwords. It will be asked for each time.")
            self.rows["password"].say(text, "error")
            return
        wanted = self.open_wanted if found.book else self.all_wanted
        wanted.emit(found)
        self.accept()
