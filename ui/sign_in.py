"""Who is there: a name, a password, and what helps when it is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from kwt_books.domain.access import Someone
from kwt_books.domain.errors import BookError
from kwt_books.domain.recording import Person
from ui.help_keys import add_help_keys
from ui.help_topics import topic_of_window
from ui.kit import Kit
from ui.tasks import Tasks
from ui.widgets.button import Button
from ui.widgets.field import FieldRow
from ui.widgets.fixed import fixed_page
from ui.widgets.icon import Disc
from ui.widgets.label import column, label, row
from ui.widgets.password_field import PasswordField
from ui.widgets.who_button import WhoButton
from ui.words import role_name

_WIDTH = 460
_EACH_SECOND = 1_000


class SignIn(QDialog):
    """`locked`: a book is open behind it, and Esc closes that."""

    signed_in = Signal(object)
    """The `Person` who records from now on."""
    other_wanted = Signal()
    """Another book is to be opened."""

    def __init__(
        self,
        kit: Kit,
        tasks: Tasks,
        people: Sequence[Someone],
        book_name: str,
        *,
        icon: QIcon,
        locked: bool = False,
    ) -> None:
        super().__init__()
        self._kit, self._t, self._tasks = kit, kit.t, tasks
        self._waiting: datetime | None = None
        self._busy = False
        self.people = [each for each in people if each.active]
        self.setWindowIcon(icon)
        add_help_keys(self, kit, partial(topic_of_window, "sign_in"))
        self.setWindowTitle(f"{book_name} – KWT Books")
        page = fixed_page(self, kit.theme.px(_WIDTH), margins=32, space=8)
        self._head(page, book_name, locked=locked)
        self._who(page)
        self.password = PasswordField(kit)
        self.password.setProperty("scale", "large")
        self.password.returnPressed.connect(self.enter)
        self.row = FieldRow(kit, self._t("Password"), self.password)
        page.addWidget(self.row)
        page.addSpacing(8)
        self.enter_button = Button(
            kit, self._t("Sign in"), "sign-in", kind="primary", scale="large"
        )
        page.addWidget(self.enter_button.when_clicked(self.enter))
        page.addLayout(self._helps(locked=locked))
        self._timer = QTimer(self)
        self._timer.setInterval(_EACH_SECOND)
        self._timer.timeout.connect(self._look_at_clock)
        self.password.setFocus()

    # -- layout ----------------------------------------------------------------------------

    def _head(self, page: QVBoxLayout, book_name: str, *, locked: bool) -> None:
        t, line = self._t, row(space=16)
        line.addWidget(Disc(self._kit, "lock-key" if locked else "leaf", 56))
        words = column()
        words.addStretch(1)
        words.addWidget(label(t("Who is there?"), "title"))
        words.addWidget(label(book_name, "caption", wrap=True))
        words.addStretch(1)
        line.addLayout(words, 1)
        page.addLayout(line)
        page.addSpacing(12)

    def _who(self, page: QVBoxLayout) -> None:
        self._buttons = []
        for each in self.people:
            button = WhoButton(self._kit, each.name, role_name(self._t, each.role))
            button.toggled.connect(self._chosen)
            page.addWidget(button)
            self._buttons.append(button)
        if self._buttons:
            self._buttons[0].setChecked(True)

    def _helps(self, *, locked: bool) -> QHBoxLayout:
        t, line = self._t, row(space=8)
        forgot = Button(self._kit, t("I forgot my password"), kind="quiet", scale="small")
        line.addWidget(forgot.when_clicked(self.recover))
        line.addStretch(1)
        text = t("Close the book") if locked else t("Another book")
        other = Button(self._kit, text, kind="quiet", scale="small")
        other.when_clicked(self.reject if locked else self.other_wanted.emit)
        line.addWidget(other)
        return line

    # -- who -------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """Who was chosen."""
        return next((each.name for each in self._buttons if each.isChecked()), "")

    def choose(self, name: str) -> None:
        for button in self._buttons:
            if button.name == name:
                button.setChecked(True)

    def _chosen(self, on: bool) -> None:
        if on and hasattr(self, "row"):
            self.password.clear()
            self._wait_for(None)
            self.row.say("")

    # -- signing in ------------------------------------------------------------------------

    def enter(self) -> None:
        """Asks the book; once at a time."""
        if self._busy or self._waiting is not None:
            return
        name, password = self.name, self.password.text()
        if not password:
            self.row.say(self._t("Type your password"), "error")
            self.password.setFocus()
            return
        self._set_busy(busy=True)
        self._tasks.run(
            lambda book: book.sign_in(name, password),
            self._entered,
            self._refused,
            settled=lambda: self._set_busy(busy=False),
            owner=self,
        )

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.enter_button.setEnabled(not busy and self._waiting is None)

    def _entered(self, person: Person) -> None:
        self.password.clear()
        self.signed_in.emit(person)

    def _refused(self, error: BookError) -> None:
        from kwt_books.services.explain import explain

        self.row.say(explain(error, None, self._t, self._kit.formats), "error")
        until = error.params.get("until")
        self._wait_for(until if isinstance(until, datetime) else None)
        self.password.setFocus()
        self.password.selectAll()

    def _wait_for(self, until: datetime | None) -> None:
        """Nobody gets in before then; the clock says when it is over."""
        self._waiting = until
        self.enter_button.setEnabled(until is None and not self._busy)
        if until is None:
            self._timer.stop()
            return
        self._timer.start()

    def _look_at_clock(self) -> None:
        if self._waiting is not None and self._kit.clock() >= self._waiting:
            self._wait_for(None)
            self.row.say("")

    def recover(self) -> None:
        from ui.sign_in_recovery import RecoveryDialog

        dialog = RecoveryDialog(self._kit, self._tasks, self.people, self.name, self)
        dialog.recovered.connect(self._entered)
        dialog.open()
