"""Encrypting the book that is open, another passphrase for it, and making it readable again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from kwt_books.domain.access import Role
from kwt_books.domain.errors import BookError
from ui.kit.button import Button
from ui.kit.card import Card, Note
from ui.kit.dialog import Choice, Dialog, MessageDialog, dialog_head
from ui.kit.layout import column, fill, label, row
from ui.kit.look import GUTTER, UiContext
from ui.kit.phrase import NewPhrase
from ui.kit.recovery_key import OF_THE_BOOK, show_key
from ui.kit.scrolling import fixed_page
from ui.kit.worker import Change
from ui.kit.workspace import LongWork, Workspace

if TYPE_CHECKING:
    from kwt_books.services.encryption import Encrypted

_WIDTH = 520


class EncryptionCard(Card):
    """Says whether the book is encrypted, and offers the chair to change it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.ui.t("Encryption"), margins=20, space=12)
        self._workspace, self._ui, self._t = workspace, workspace.ui, workspace.ui.t
        ui, t = self._ui, self._t
        self.state = Note(ui)
        self.body.addWidget(self.state)
        self.tell(
            t("An encrypted book opens with a passphrase. Whoever finds or steals the computer or"
              " a flash drive with a backup can read nothing in it. Reports that were printed or"
              " saved as files are not encrypted.")
        )  # fmt: skip
        self.encrypt_button = Button(ui, t("Encrypt the book"), "lock-key")
        self.encrypt_button.when_clicked(self.ask)
        self.decrypt_button = Button(ui, t("Remove encryption"), "lock-key-open", kind="quiet")
        self.decrypt_button.when_clicked(self.ask_to_decrypt)
        self.key_button = Button(ui, t("Show its key"), "key").when_clicked(self.show_key)
        self.whose = label(t("Only the chair changes this, signed in."), "caption")
        self.body.addWidget(self.whose)
        buttons = (self.encrypt_button, self.key_button, self.decrypt_button)
        self.body.addLayout(row(*buttons, ..., space=8))
        self.dialog: QDialog | None = None
        self._encrypted = False

    def refresh(self) -> None:
        """Asks whether the book is encrypted, and shows it."""
        self._workspace.tasks.run(
            lambda book: book.encrypted, self._show, key="encrypted", owner=self
        )

    def _show(self, encrypted: bool) -> None:
        t, may = self._t, self._workspace.person.role is Role.CHAIR
        self._encrypted = encrypted
        if encrypted:
            self.state.say(t("It opens with its passphrase, or with the key on its paper."),
                           "good", strong=t("This book is encrypted."))  # fmt: skip
        else:
            self.state.say(t("Anyone who has the file can read it."),
                           strong=t("This book is not encrypted."))  # fmt: skip
        self.encrypt_button.setText(t("Change the passphrase") if encrypted
                                    else t("Encrypt the book"))  # fmt: skip
        self.encrypt_button.setVisible(may)
        self.whose.setVisible(not may)
        for button in (self.key_button, self.decrypt_button):
            button.setVisible(may and encrypted)

    # -- what the chair does ---------------------------------------------------------------

    def ask(self) -> None:
        """Asks for a new passphrase, and encrypts the book with it."""
        dialog = PhraseDialog(self._ui, self.window(), another=self._encrypted)
        dialog.chosen.connect(self.encrypt)
        self.dialog = dialog
        dialog.open()

    def ask_to_decrypt(self) -> None:
        """Asks once more, and makes the book readable again."""
        t = self._t
        self.dialog = MessageDialog(
            self._ui,
            t("Remove the encryption?"),
            t("Anyone who has the file can then read it, and its backups too."),
            tone="warn",
            choices=(
                Choice(t("Remove encryption"), "danger", partial(self.encrypt, None)),
                Choice(t("Leave it encrypted"), "primary"),
            ),
            parent=self.window(),
        )
        self.dialog.open()

    def encrypt(self, phrase: str | None) -> None:
        """Encrypts the book with a passphrase; None: makes it readable."""
        text, another = self._t("The book is rewritten, compared and checked"), self._encrypted
        self.dialog = long = LongWork(self._workspace, text, 0, self.window(), stops=False)
        long.start(
            lambda book, _tell: book.encrypt(phrase), partial(self._done, another), self._failed
        )

    def _done(self, another: bool, done: Encrypted) -> None:
        workspace, t = self._workspace, self._t
        workspace.tasks.changed.emit(Change(frozenset({"encryption"})))
        self.refresh()
        if done.key is None:
            strong = t("The book is not encrypted any more.")
            text = t("Everybody who has the file can read it.")
        else:
            strong = t("The passphrase is changed.") if another else t("The book is encrypted.")
            text = t("It opens with its passphrase from now on.")
            if another:
                text = t("Copies kept elsewhere still open with the old one: keep its sheet.")
        if done.left:
            left = t.ngettext("{n} backup could not be rewritten and stays as it was.",
                              "{n} backups could not be rewritten and stay as they were.",
                              len(done.left))  # fmt: skip
            workspace.say(f"{text} {left}", "warn", strong=strong)
        else:
            workspace.say(text, strong=strong)
        self._show_key(done.key)

    def show_key(self) -> None:
        """Shows the key of the book, to be printed once more."""
        self._workspace.tasks.run(lambda book: book.key_on_paper(), self._show_key, owner=self)

    def _show_key(self, key: str | None) -> None:
        if key is not None:
            tasks = self._workspace.tasks
            self.dialog = show_key(self._ui, tasks, key, self.window(), OF_THE_BOOK)

    def _failed(self, error: BookError) -> None:
        self._workspace.problems.show(error, self._t("The book stays as it was"))


class PhraseDialog(Dialog):
    """Asks for a new passphrase, twice, and emits it; `another`: in place of the one there is."""

    chosen = Signal(str)

    def __init__(
        self, ui: UiContext, parent: QWidget | None = None, *, another: bool = False
    ) -> None:
        t = ui.t
        super().__init__(ui, t("Passphrase"), parent, "unlock", stays=True)
        whole = fixed_page(self, ui.theme.px(_WIDTH), margins=0, space=0)
        told = label(
            t("It is asked for whenever the program opens the book. Nobody can find it out or"
              " replace it: without it and without the key that is shown next, everything in the"
              " book is lost."),
            wrap=True,
        )  # fmt: skip
        self.fields = NewPhrase(ui)
        self.fields.entered.connect(self.save)
        leave = Button(ui, t("Cancel")).when_clicked(self.reject)
        verb, head = t("Encrypt the book"), t("A passphrase for this book")
        if another:
            verb, head = t("Change the passphrase"), t("Another passphrase for this book")
        self.save_button = Button(ui, verb, kind="primary")
        line = row(..., leave, self.save_button.when_clicked(self.save), space=8)
        page = column(told, self.fields, line, margins=GUTTER, space=12)
        fill(whole, dialog_head(ui, "lock-simple", head), (page, 1))
        self.fields.phrase.setFocus()

    def save(self) -> None:
        """Emits the phrase and closes; where something is wrong with it, that is said."""
        phrase = self.fields.value()
        if phrase is None:
            return
        self.fields.clear()
        self.accept()
        self.chosen.emit(phrase)
