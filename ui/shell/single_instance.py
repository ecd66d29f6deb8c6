"""One window a book: a second start brings the first one's window forward."""

from __future__ import annotations

import ctypes
import hashlib
import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from kwt_books.domain.address import Address

_PATIENCE = 500
"""Milliseconds that the first start has to answer."""
_ANYBODY = 0xFFFF_FFFF
"""ASFW_ANY: any program may come forward."""


def server_name(book: Address) -> str:
    """The name of a book's local socket: one for every spelling of its path,
    another for each user.
    """
    place = os.path.normcase(book.resolve()) if isinstance(book, Path) else str(book)
    text = place + "|" + str(Path.home())
    return "kwt-books-" + hashlib.sha256(text.encode("utf-8")).hexdigest()[:24]


def call_forward(book: Address) -> bool:
    """Asks the window that has this book open to come forward; False where there is none."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(book))
    if not socket.waitForConnected(_PATIENCE):
        return False
    let_come_forward()
    socket.write(b"forward\n")
    socket.waitForBytesWritten(_PATIENCE)
    socket.disconnectFromServer()
    return True


def let_come_forward(user32: Any = None) -> None:
    """Allows the first start to come forward: on Windows only the program in front may."""
    if user32 is None and sys.platform == "win32":
        user32 = ctypes.windll.user32
    if user32 is not None:
        user32.AllowSetForegroundWindow(ctypes.c_uint32(_ANYBODY))


class SingleInstance(QObject):
    """Listens for second starts while a book is open."""

    called = Signal()

    def __init__(self, book: Address) -> None:
        super().__init__()
        name = server_name(book)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        # A program that crashed leaves its socket behind; nobody answered on it.
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def _connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.called.emit()

    def close(self) -> None:
        """Stops listening."""
        self._server.close()
