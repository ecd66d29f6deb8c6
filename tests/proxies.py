"""A line between a desk and its server that is slow, counts what is asked, or breaks when told."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Cut = Callable[[bytes], str]
"""Told what a desk sends: "" to go on, `before` or `after` to break before or after sending it."""


def never(_sent: bytes) -> str:
    return ""


class Proxy:
    """Hands bytes on in both directions, each `delay` seconds after they came."""

    def __init__(self, port: int, delay: float = 0.0) -> None:
        self._target = port
        self.delay = delay
        self.cut: Cut = never
        self.asked = 0
        """How many times a desk began to ask: that many answers were waited for."""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                desk, _ = self._listening.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            for each in (desk, server):
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open |= {desk, server}
            line = _Line(self, desk, server)
            for work in (line.ask, line.answer):
                threading.Thread(target=work, daemon=True).start()

    def break_off(self) -> None:
        """Breaks every connection that is open."""
        for each in tuple(self._open):
            self._open.discard(each)
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def close_door(self) -> None:
        """Takes no new connection; whoever calls is refused."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def close(self) -> None:
        self.close_door()
        self.break_off()


# PostgreSQL's protocol: each message is a letter and its length; the first ones lack the letter.
_STARTUP = b""
_ASKS = {_STARTUP, b"p", b"Q", b"S", b"H"}
"""Password, simple query, Sync and Flush: until one of them comes the server owes no answer."""
_READY = b"Z\0\0\0\5"


class _Line:
    """One connection: what is asked and what is answered.

    Questions sent together wait for one answer, in however many pieces they are handed on.
    """

    def __init__(self, proxy: Proxy, desk: socket.socket, server: socket.socket) -> None:
        self.proxy, self.desk, self.server = proxy, desk, server
        self.waits = False
        """Whether the desk waits for an answer."""
        self._begun, self._started = b"", False
        self._unanswered = 0
        """How many Syncs and simple queries the server has not said to be ready after."""
        self.is_cut = False

    def ask(self) -> None:
        for sent in _received(self.desk):
            self._note_asked(sent)
            said = self.proxy.cut(sent)
            self.is_cut = bool(said)  # before it is sent: the answer may come at once
            if said != "before":
                time.sleep(self.proxy.delay / 2)
                with suppress(OSError):
                    self.server.sendall(sent)
            if said:
                with suppress(OSError):  # the server goes on with what it was asked
                    self.server.shutdown(socket.SHUT_WR)
                break
        self._end(self.desk)

    def _note_asked(self, sent: bytes) -> None:
        letters = list(self._letters(sent))
        self._unanswered += letters.count(b"S") + letters.count(b"Q")
        if not self.waits and not _ASKS.isdisjoint(letters):
            self.waits = True
            self.proxy.asked += 1

    def _letters(self, sent: bytes) -> Iterator[bytes]:
        """Those of the messages that are whole now; what is begun waits for the rest."""
        self._begun += sent
        while len(self._begun) >= 5:
            letter = self._begun[:1] if self._started else _STARTUP
            at = len(letter)
            end = at + int.from_bytes(self._begun[at : at + 4])
            if len(self._begun) < end:
                return
            if letter == _STARTUP:  # version 3, or a question before it: whether to encrypt
                self._started = self._begun[4:6] == b"\0\3"
            yield letter
            self._begun = self._begun[end:]

    def answer(self) -> None:
        for sent in _received(self.server):
            if self.is_cut:
                continue
            time.sleep(self.proxy.delay / 2)
            self._unanswered = max(0, self._unanswered - sent.count(_READY))
            self.waits = self._unanswered > 0
            with suppress(OSError):
                self.desk.sendall(sent)
        self._end(self.desk)

    def _end(self, end: socket.socket) -> None:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def _received(end: socket.socket) -> Iterator[bytes]:
    while True:
        try:
            found = end.recv(65_536)
        except OSError:
            return
        if not found:
            return
        yield found


@contextmanager
def proxy_to(port: int, delay: float = 0.0) -> Iterator[Proxy]:
    proxy = Proxy(port, delay)
    try:
        yield proxy
    finally:
        proxy.close()
