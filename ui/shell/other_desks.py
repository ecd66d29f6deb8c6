"""Listens, while a book on a server is open, for what other desks record in it."""

from __future__ import annotations

import threading
from contextlib import closing

from PySide6.QtCore import QObject, Signal

from kwt_books.app import Books
from kwt_books.domain.address import ServerAddress
from kwt_books.domain.errors import BookError
from ui.shell.passwords import with_password

_EACH, _AGAIN = 0.5, 5.0
"""Seconds between two looks whether it is still wanted, and until a server is called again."""


class OtherDesks(QObject):
    """Emits `heard` on the screen's thread once another desk has recorded something."""

    heard = Signal()

    def __init__(self, books: Books, address: ServerAddress, parent: QObject) -> None:
        super().__init__(parent)
        self._books, self._address = books, address
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="other desks", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listens no longer."""
        self._over.set()
        self._thread.join()

    def _listen(self) -> None:
        while not self._over.is_set():
            try:
                self._until_lost()
            except BookError:  # the book itself says so, once something is asked of it
                self._over.wait(_AGAIN)

    def _until_lost(self) -> None:
        address = with_password(self._address)
        assert isinstance(address, ServerAddress)
        with closing(self._books.bell(address)) as bell:
            while not self._over.is_set():
                if bell.wait(_EACH):
                    self.heard.emit()
