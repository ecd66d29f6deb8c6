"""How far a long command is, and where it can be stopped."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

_AT_ONCE = 256 * 1024
"""Bytes."""


class Metered(io.BufferedReader):
    """A stream that knows how much of it was read, also where it can't be sought.

    Once it has come to its end, Ctrl+C is not listened to any more: what is left is writing
    the book, which is done or not done, and cannot be stopped halfway.
    """

    def __init__(self, file: BinaryIO) -> None:
        # Right on the file: a second buffer in between would wait to be full.
        super().__init__(cast("io.RawIOBase", getattr(file, "raw", file)), _AT_ONCE)
        self._read = 0
        self._before: object = None

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size if size is not None else -1)
        self._read += len(line)
        if not line and self._before is None:
            self._before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        return line

    def tell(self) -> int:
        return self._read

    def detach(self) -> io.RawIOBase:
        if self._before is not None:
            signal.signal(signal.SIGINT, cast("signal.Handlers", self._before))
        return super().detach()


def size_of(file: BinaryIO) -> int | None:
    """Bytes of a file; None where that can't be known."""
    try:
        return os.fstat(file.fileno()).st_size or None
    except (OSError, io.UnsupportedOperation):
        return None


@contextmanager
def progress_bar(text: str, total: int | None) -> Iterator[Callable[..., None] | None]:
    """Told how much is done, of how much or not; on a terminal alone."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=total)
        yield lambda done, *_of: bar.update(task, completed=done)
