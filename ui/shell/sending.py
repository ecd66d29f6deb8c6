"""Sending what is new in a group's book to its mirror on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.address import ServerAddress
from kwt_books.domain.errors import BookError
from ui.kit.worker import Change, Progress
from ui.kit.workspace import LongWork, Workspace
from ui.shell.passwords import with_password
from ui.shell.server_dialog import ServerDialog

if TYPE_CHECKING:
    from kwt_books.services.mirroring import Pushed


class Sending(QObject):
    """Asks where the mirror is, sends there what it lacks, and says how much that was."""

    def __init__(self, workspace: Workspace, books: Books, window: QWidget) -> None:
        super().__init__(window)
        self._workspace, self._books, self._window = workspace, books, window
        self.dialog: ServerDialog | LongWork | None = None

    def ask(self) -> None:
        """Asks for the mirror; where the book was sent before, it stands there already."""
        ui = self._workspace.ui
        known = self._workspace.preferences.of(self._workspace.book).mirror
        dialog = ServerDialog(ui, known, to_send=True, parent=self._window)
        dialog.open_wanted.connect(self.send)
        self.dialog = dialog
        dialog.open()

    def send(self, mirror: ServerAddress) -> None:
        """Sends to the mirror what it lacks; the first time all of the book."""
        workspace, books = self._workspace, self._books

        def work(book: Book, _tell: Progress) -> Pushed:
            there = with_password(mirror)
            assert isinstance(there, ServerAddress)
            return books.push(book.path, there)

        title = workspace.ui.t("The book is sent to its mirror")
        self.dialog = long = LongWork(workspace, title, 0, self._window, stops=False)
        long.start(work, lambda done: self._sent(mirror, done), self._failed)

    def _sent(self, mirror: ServerAddress, done: Pushed) -> None:
        workspace, t = self._workspace, self._workspace.ui.t
        noted = workspace.preferences.of(workspace.book)
        noted.mirror, noted.sent = mirror, workspace.ui.today
        workspace.tasks.changed.emit(Change(frozenset({"mirror"})))
        if done.entries:
            told = t.ngettext("{n} new entry was sent.", "{n} new entries were sent.", done.entries)
        else:
            told = t("It already holds the whole book.")
        workspace.say(told, strong=t("The mirror is up to date."))

    def _failed(self, error: BookError) -> None:
        self._workspace.problems.show(error, self._workspace.ui.t("Nothing was sent"))
