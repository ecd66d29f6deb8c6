"""What is asked before a book is shown: the passphrase of an encrypted one; a name and a password;
a new password by the recovery key, and the first password of a book that came without any.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kwt_books.domain.access import LEAST_PASSWORD, Person, Role, User
from kwt_books.domain.errors import BookError
from ui.kit.button import Button
from ui.kit.card import window_head
from ui.kit.dialog import Dialog, dialog_head
from ui.kit.field import FieldRow, PasswordField, TextField
from ui.kit.layout import column, fill, label, row
from ui.kit.look import GUTTER, UiContext
from ui.kit.picker import Choice
from ui.kit.scrolling import fixed_page
from ui.kit.words import role_name
from ui.kit.worker import Tasks, Worker
from ui.shell.chrome import WhoButton

if TYPE_CHECKING:  # not needed to ask who is there, and slow to import
    from kwt_books.app import Books
    from kwt_books.book import Book

_WIDTH = 460
_EACH_SECOND = 1_000


class SecretDialog(Dialog):
    """The base of what asks for a secret before a book is shown: a large field, with the button
    that tries it, by `enter`; the button is off while something is tried. Esc empties the field
    first.
    """

    esc_leaves = True
    """Whether Esc leaves once the field is empty."""

    def __init__(self, ui: UiContext, title: str, explained: str, icon: QIcon | None) -> None:
        super().__init__(ui, title, None, explained, stays=True)
        self._ui, self._t = ui, ui.t
        self.busy = False
        if icon is not None:
            self.setWindowIcon(icon)
        self.page = fixed_page(self, ui.theme.px(_WIDTH), margins=32, space=8)
        self.password = PasswordField(ui)
        self.password.setProperty("scale", "large")
        self.password.returnPressed.connect(self.enter)

    def add_field(self, title: str, button: str, icon: str, hint: str = "") -> None:
        """Adds the field and its button, and gives the field the keyboard."""
        self.row = FieldRow(self._ui, title, self.password, hint)
        self.enter_button = Button(self._ui, button, icon, kind="primary", scale="large")
        fill(self.page, self.row, 8, self.enter_button.when_clicked(self.enter))
        self.password.setFocus()

    def enter(self) -> None:
        """Tries what was typed; subclasses say how."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape and (self.password.text() or not self.esc_leaves):
            self.password.clear()
            self.row.say("")
        else:
            super().keyPressEvent(event)

    def missing(self, text: str) -> bool:
        """Whether nothing was typed, which is then said."""
        if not self.password.text():
            self.row.say(text, "error")
            self.password.setFocus()
        return not self.password.text()

    def may_enter(self) -> bool:
        """Whether something can be tried now."""
        return not self.busy

    def set_busy(self, *, busy: bool) -> None:
        """Notes whether something is being tried."""
        self.busy = busy
        self.enter_button.setEnabled(self.may_enter())

    def refused(self, error: BookError) -> None:
        """Says why it was refused; what is typed next takes its place."""
        from kwt_books.services.explain import explain

        self.row.say(explain(error, None, self._t, self._ui.formats), "error")
        self.password.setFocus()
        self.password.selectAll()


class Unlock(SecretDialog):
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
    ) -> None:
        super().__init__(ui, f"{path.stem} – KWT Books", "unlock", icon)
        t, self._books, self._path = ui.t, books, path
        self._worker = Worker(self)
        self.finished.connect(self._worker.close)
        fill(self.page, window_head(ui, "lock-key", t("This book is encrypted"), path.stem), 12)
        hint = t("The key on its paper opens it too")
        self.add_field(t("Passphrase"), t("Open the book"), "lock-key-open", hint)
        other = Button(ui, t("Another book"), kind="quiet", scale="small")
        self.page.addLayout(row(..., other.when_clicked(self.reject), space=8))

    def enter(self) -> None:
        """Tries what was typed; does nothing while something is being tried."""
        if self.busy or self.missing(self._t("Type the passphrase")):
            return
        secret = self.password.text()
        self.set_busy(busy=True)
        self._worker.submit(
            lambda: self._books.unlock(self._path, secret),
            lambda _: self._opened(),
            self.refused,
            settled=lambda: self.set_busy(busy=False),
            owner=self,
        )

    def _opened(self) -> None:
        self.password.clear()
        self.accept()
        self.unlocked.emit(self._path)


class SignIn(SecretDialog):
    """Asks who is there. `locked`: a book is open behind it, which only its button closes."""

    signed_in = Signal(object)
    """The `Person` who signed in and records from now on."""
    other_wanted = Signal()
    """Another book is wanted."""

    def __init__(
        self,
        ui: UiContext,
        tasks: Tasks,
        people: Sequence[User],
        book_name: str,
        *,
        icon: QIcon,
        locked: bool = False,
    ) -> None:
        super().__init__(ui, f"{book_name} – KWT Books", "sign_in", icon)
        t, self._tasks, self.esc_leaves = ui.t, tasks, not locked
        self._waiting: datetime | None = None
        self.people = [each for each in people if each.active]
        head = window_head(
            ui, "lock-key" if locked else "leaf", t("Who is using the book?"), book_name
        )
        fill(self.page, head, 12)
        self._who()
        self.add_field(t("Password"), t("Sign in"), "sign-in")
        self.page.addLayout(self._helps(locked=locked))
        self._timer = QTimer(self, interval=_EACH_SECOND)
        self._timer.timeout.connect(self.look_at_clock)

    # -- layout ----------------------------------------------------------------------------

    def _who(self) -> None:
        self.buttons = []
        for each in self.people:
            button = WhoButton(self._ui, each.name, role_name(self._t, each.role))
            button.toggled.connect(self._chosen)
            # A name that is clicked is meant; the arrow keys go on to the next one.
            button.clicked.connect(self._meant)
            self.page.addWidget(button)
            self.buttons.append(button)
        if self.buttons:
            self.buttons[0].setChecked(True)

    def _helps(self, *, locked: bool) -> QHBoxLayout:
        t = self._t
        forgot = Button(self._ui, t("I forgot my password"), kind="quiet", scale="small")
        text = t("Close the book") if locked else t("Another book")
        other = Button(self._ui, text, kind="quiet", scale="small")
        other.when_clicked(self.reject if locked else self.other_wanted.emit)
        return row(forgot.when_clicked(self.recover), ..., other, space=8)

    # -- who -------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The name chosen."""
        return next((each.name for each in self.buttons if each.isChecked()), "")

    def choose(self, name: str) -> None:
        """Chooses a person by name."""
        for button in self.buttons:
            if button.name == name:
                button.setChecked(True)

    def _meant(self) -> None:
        self.password.setFocus()

    def _chosen(self, on: bool) -> None:
        if on and hasattr(self, "row"):
            self.password.clear()
            self._wait_for(None)
            self.row.say("")

    # -- signing in ------------------------------------------------------------------------

    def enter(self) -> None:
        """Signs in with the password typed; does nothing while the book is being asked."""
        if not self.may_enter() or self.missing(self._t("Type your password")):
            return
        name, password = self.name, self.password.text()
        self.set_busy(busy=True)
        self._tasks.run(
            lambda book: book.sign_in(name, password),
            self._entered,
            self.refused,
            settled=lambda: self.set_busy(busy=False),
            owner=self,
        )

    def may_enter(self) -> bool:
        """Whether nothing is tried, and nobody has to wait."""
        return not self.busy and self._waiting is None

    def _entered(self, person: Person) -> None:
        self.password.clear()
        self.signed_in.emit(person)

    def refused(self, error: BookError) -> None:
        """Says why, and lets nobody try before the time the error names."""
        until = error.params.get("until")
        self._wait_for(until if isinstance(until, datetime) else None)
        super().refused(error)

    def _wait_for(self, until: datetime | None) -> None:
        """Lets nobody try before that time, and counts the time down."""
        self._waiting = until
        self.enter_button.setEnabled(self.may_enter())
        if until is None:
            self._timer.stop()
        else:
            self._timer.start()

    def look_at_clock(self) -> None:
        """Lets somebody try again once the wait is over."""
        if self._waiting is not None and self._ui.clock() >= self._waiting:
            self._wait_for(None)
            self.row.say("")

    def recover(self) -> None:
        """Opens the dialog that sets a new password by the recovery key."""
        dialog = RecoveryDialog(self._ui, self._tasks, self.people, self.name, self)
        dialog.recovered.connect(self._entered)
        dialog.open()


class RecoveryDialog(Dialog):
    """Sets a new password by the recovery key. `first`: nobody has a password yet, and the chair
    makes the first one without a key.
    """

    recovered = Signal(object)
    """The `Person` who has a new password and is signed in with it."""

    def __init__(
        self,
        ui: UiContext,
        tasks: Tasks,
        people: Sequence[User],
        name: str = "",
        parent: QWidget | None = None,
        *,
        first: bool = False,
    ) -> None:
        t, self._person = ui.t, Person("")
        super().__init__(ui, t("New password"), parent, "recovery", stays=True)
        self._ui, self._t, self._tasks, self._first = ui, t, tasks, first
        self.busy = False
        whole = fixed_page(self, ui.theme.px(_WIDTH), margins=0, space=0)
        page = column(label(self._about(), wrap=True), margins=GUTTER, space=10)
        fill(whole, dialog_head(ui, "key", t("Create a new password")), (page, 1))
        able = [
            each.name for each in people if each.active and (not first or each.role is Role.CHAIR)
        ]
        self.who = Choice(ui, [(each, each) for each in able], name)
        page.addWidget(FieldRow(ui, t("Who"), self.who))
        self.key = TextField(ui, required=True, placeholder="XXXX-XXXX-XXXX-XXXX-XXXX")
        self.key_row = FieldRow(ui, t("Recovery key"), self.key, t("It is on the printed sheet"))
        self.key_row.setVisible(not first)
        page.addWidget(self.key_row)
        self.password = PasswordField(ui, new=True)
        hard = t("At least {least} letters or figures, hard to guess", least=LEAST_PASSWORD)
        self.password_row = FieldRow(ui, t("New password"), self.password, hard)
        fill(page, self.password_row, self.buttons())
        for field in (self.key, self.password):
            field.returnPressed.connect(self._next)
        (self.password if first else self.key).setFocus()

    def buttons(self) -> QHBoxLayout:
        t, ui = self._t, self._ui
        leave = Button(ui, t("Cancel")).when_clicked(self.reject)
        self.save_button = Button(ui, t("Create the password"), kind="primary")
        return row(..., leave, self.save_button.when_clicked(self.save), space=8)

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
        """Sets the password and signs in; shows beside the fields what is wrong with them."""
        key_missing = "" if self._first else self.key.problem()
        self.key_row.say(key_missing, "error")
        self.password_row.say(self.password.problem(), "error")
        if self.busy or key_missing or self.password.problem():
            return
        self.busy = True
        name, key, new, first = self.who.value(), self.key.text(), self.password.text(), self._first

        def work(book: Book) -> tuple[str, Person]:
            people = book.people
            fresh = people.adopt(name, new) if first else people.recover(name, key, new)
            return fresh, book.sign_in(name, new)

        self._tasks.run(work, self._made, self._refused, settled=self._settled, owner=self)

    def _settled(self) -> None:
        self.busy = False

    def reject(self) -> None:
        """Closes the dialog, but not while a new recovery key is being made."""
        if not self.busy:
            super().reject()

    def _refused(self, error: BookError) -> None:
        from kwt_books.services.explain import explain

        said = explain(error, None, self._t, self._ui.formats)
        (self.password_row if self._first else self.key_row).say(said, "error")

    def _made(self, found: tuple[str, Person]) -> None:
        key, person = found
        from ui.kit.recovery_key import show_key

        dialog = show_key(self._ui, self._tasks, key, self)
        dialog.finished.connect(lambda _result: self._finish(person))

    def _finish(self, person: Person) -> None:
        self.accept()
        self.recovered.emit(person)
