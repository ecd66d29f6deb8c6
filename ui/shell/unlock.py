"""The question for the passphrase of an encrypted book, before the book is open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kwt_books.app import Books
from kwt_books.domain.errors import BookError
from ui.kit.button import Button
from ui.kit.card import window_head
from ui.kit.dialog import Dialog
from ui.kit.field import FieldRow, PasswordField
from ui.kit.layout import fill, fixed_page, row
from ui.kit.look import UiContext
from ui.kit.worker import Worker

_WIDTH = 460


class Unlock(Dialog):
    """Asks for the passphrase, or for the key on the paper, until it opens the book at `path`.

    It is accepted then; the key is known to `books` from then on.
    """

    unlocked = Signal(Path)

    def __init__(
        self,
        ui: UiContext,
        books: Books,
        path: Path,
        icon: QIcon | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ui, f"{path.stem} – KWT Books", parent, "unlock", stays=True)
        self._ui, self._t, self._books, self._path = ui, ui.t, books, path
        self._worker = Worker(self)
        self._busy = False
        if icon is not None:
            self.setWindowIcon(icon)
        page = fixed_page(self, ui.theme.px(_WIDTH), margins=32, space=8)
        self._lay_out(page)
        self.finished.connect(self._worker.close)
        self.secret.setFocus()

    def _lay_out(self, page: QVBoxLayout) -> None:
        t, ui = self._t, self._ui
        title = t("This book is encrypted")
        fill(page, window_head(ui, "lock-key", title, self._path.stem), 12)
        self.secret = PasswordField(ui)
        self.secret.setProperty("scale", "large")
        self.secret.returnPressed.connect(self.enter)
        hint = t("The key on its paper opens it too")
        self.row = FieldRow(ui, t("Passphrase"), self.secret, hint)
        fill(page, self.row, 8)
        self.enter_button = Button(ui, t("Open the book"), "lock-key-open", kind="primary",
                                   scale="large")  # fmt: skip
        page.addWidget(self.enter_button.when_clicked(self.enter))
        other = Button(ui, t("Another book"), kind="quiet", scale="small")
        page.addLayout(row(..., other.when_clicked(self.reject), space=8))

    def enter(self) -> None:
        """Tries what was typed; does nothing while something is being tried."""
        if self._busy:
            return
        secret = self.secret.text()
        if not secret:
            self.row.say(self._t("Type the passphrase"), "error")
            self.secret.setFocus()
            return
        self._set_busy(busy=True)
        self._worker.submit(
            lambda: self._books.unlock(self._path, secret),
            lambda _: self._opened(),
            self._refused,
            settled=lambda: self._set_busy(busy=False),
            owner=self,
        )

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.enter_button.setEnabled(not busy)

    def _opened(self) -> None:
        self.secret.clear()
        self.accept()
        self.unlocked.emit(self._path)

    def _refused(self, error: BookError) -> None:
        from kwt_books.services.explain import explain

        self.row.say(explain(error, None, self._t, self._ui.formats), "error")
        self.secret.setFocus()
        self.secret.selectAll()
