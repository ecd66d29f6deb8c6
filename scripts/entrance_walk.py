"""What stands before a book is open: welcome, first start, signing in, locking, recovery."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from time import time_ns

from PySide6.QtWidgets import QApplication, QDialog
from sample_books import PASSWORD, WIB, SampleBooks
from screen_walk import ScreenWalk, Shown

from kwt_books.app import Books
from kwt_books.domain.address import ServerAddress
from kwt_books.domain.values import Month
from kwt_books.queries.oversight import Overseen
from kwt_books.reports.oversight import oversight_pack
from kwt_books.reports.packs import Pack
from ui.first_start.window import Done, FirstStart
from ui.kit.field import PasswordField
from ui.kit.recovery_key import KeyDialog
from ui.kit.workspace import Destination
from ui.shell.oversight import OversightWindow
from ui.shell.server_dialog import ServerDialog
from ui.shell.sign_in import RecoveryDialog, SignIn, Unlock
from ui.shell.start import Desktop
from ui.shell.startup_flow import Waiting

_ANSWERS: dict[str, dict[str, object]] = {
    "group": {
        "name": "KWT Melati / Kaliawi",
        "village": "Kaliawi Persada",
        "district": "Tanjungkarang Pusat",
        "city": "Bandar Lampung",
    },
    "officers": {
        "chair": "Aryanah",
        "treasurer": "Siti Rohmah",
        "umbrella.name": "LKM Persada",
        "umbrella.coordinator": "Hi. Chandra",
        "extension_officer.name": "Dewi Lestari, S.P.",
        "extension_officer.nip": "19780512 200501 2 003",
        "passwords": "yes",
    },
    "money": {"1101": "500000", "1103": "1250000", "2104": "240000", "3104": "1500000"},
    "goods": {
        "usual": {"kangkung": [True, "3000"], "pare": [True, "12000"]},
        "shops": [{"name": "Warung Bu Siti"}, {"name": "Toko Pak Joko"}],
    },
    "sharing": {"allocation.decision": "BA-01/KWT/2026", "allocation.date": "2026-01-11"},
}

_SEEN = datetime(2026, 11, 2, 9, 12, tzinfo=WIB)
_SERVER = ServerAddress("postgresql://koordinator@server.example/kwt", "melati")


class _Groups(Books):
    """Books on a server that nobody has to run: three groups."""

    def __init__(self) -> None:
        """Nothing is opened."""

    def oversee(
        self, server: ServerAddress, month: Month, language: str, *, exceptions: bool = False
    ) -> Pack:
        """What a server would answer."""
        groups = [
            Overseen(name, None, closed=n > 1, turnover=n * 1_250_000, profit=n * 300_000,
                     funds=n * 400_000, late_shops=n - 1, newest="2026-10-30T10:00:00+07:00")
            for n, name in enumerate(("melati", "anggrek", "sukawangi"), start=1)
        ]  # fmt: skip
        return oversight_pack(groups, month, language, (_SEEN, "Dewi"))


_PATIENCE = 60  # times that is waited for the new book


class EntranceWalk:
    def __init__(self, desktop: Desktop, sample: SampleBooks, settle: Callable[[], None]) -> None:
        self._desktop, self._sample, self._settle = desktop, sample, settle

    def everything(self) -> Shown:
        """Ends with nothing on the screen."""
        yield from self._welcome()
        yield from self._keys_and_servers()
        yield from self._first_start()
        yield from self._signing()

    def _welcome(self) -> Shown:
        self._desktop.show_welcome()
        self._settle()
        assert self._desktop.welcome is not None
        yield "welcome-first", self._desktop.welcome
        self._desktop.entrance.close_welcome()
        for path in self._sample.paths.values():
            self._desktop.preferences.remember(path)
        self._desktop.show_welcome()
        self._settle()
        assert self._desktop.welcome is not None
        yield "welcome", self._desktop.welcome
        waiting = Waiting(
            self._desktop.ui, self._desktop.ui.t("The demo book is being made"), lambda: None
        )
        waiting.show()
        self._settle()
        yield "waiting", waiting
        waiting.close()

    # -- an encrypted book, a server -------------------------------------------------------

    def _keys_and_servers(self) -> Shown:
        desktop, path = self._desktop, self._sample.paths["full"]
        unlock = Unlock(desktop.ui, self._sample.books, path)
        server = ServerDialog(desktop.ui)
        groups = OversightWindow(desktop.ui, _Groups(), desktop.problems, _SERVER)
        for name, dialog, refused in (
            ("unlock", unlock, unlock.enter),
            ("server", server, server.go),
            ("groups", groups, None),
        ):
            dialog.show()
            self._settle()
            while dialog is groups and groups.pack is None:
                self._settle()
            yield name, dialog
            if refused is not None:
                refused()
                self._settle()
                yield f"{name}-refused", dialog
            dialog.reject()
            self._settle()

    # -- first start -----------------------------------------------------------------------

    def _first_start(self) -> Shown:
        self._desktop.entrance.show_first_start()
        window = self._desktop.entrance.first_start
        assert isinstance(window, FirstStart)
        self._settle()
        steps = window.questions.steps
        for number, step in enumerate(steps[:-1]):
            window.show_step(number)
            self._settle()
            yield f"first-start-{number + 1}-{step.name}-empty", window
        window.show_step(0)
        window.next()
        self._settle()
        yield "first-start-refused", window
        for step in steps:
            step.restore(_ANSWERS.get(step.name, {}))
            step.complete()
        folder = self._sample.paths["full"].parent / str(time_ns())
        folder.mkdir()
        window.questions.finish.take(folder / "KWT Melati.kwt")
        for field in window.findChildren(PasswordField):
            field.setText(PASSWORD)
        for number, step in enumerate(steps):
            window.show_step(number)
            self._settle()
            yield f"first-start-{number + 1}-{step.name}", window
        yield from self._made(window)

    def _made(self, window: FirstStart) -> Shown:
        window.next()
        for _ in range(_PATIENCE):
            self._settle()
            if isinstance(window.stack.currentWidget(), Done):
                yield "first-start-done", window
                break
        self._desktop.entrance.close_first_start()

    # -- signing in ------------------------------------------------------------------------

    def _signing(self) -> Shown:
        self._desktop.open_book(self._sample.paths["people"])
        self._settle()
        signing = self._desktop.entrance.signing
        assert isinstance(signing, SignIn)
        yield "sign-in", signing
        signing.enter()
        self._settle()
        yield "sign-in-refused", signing
        signing.recover()
        yield from self._dialog("recovery", RecoveryDialog)
        signing.password.setText(PASSWORD)
        signing.enter()
        self._settle()
        window = self._desktop.window
        assert window is not None
        yield from self._people()
        self._desktop.lock()
        self._settle()
        signing = self._desktop.entrance.signing
        assert signing is not None
        yield "locked", signing

    def _people(self) -> Shown:
        window = self._desktop.window
        assert window is not None
        window.show_place(Destination("settings", "people"))
        self._settle()
        yield "settings-people-passwords", window
        yield from ScreenWalk(window, self._settle).forms(["person", "password"])
        key = KeyDialog(self._desktop.ui, "7F3A-91C2-0D4E-B6A8-55F0", lambda: None, window)
        key.open()
        self._settle()
        yield "recovery-key", key
        key.kept.setChecked(True)
        key.reject()
        self._settle()

    def _dialog(self, name: str, kind: type[QDialog]) -> Shown:
        self._settle()
        for each in QApplication.topLevelWidgets():
            if isinstance(each, kind) and each.isVisible():
                yield name, each
                each.close()
                self._settle()
                return
