"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from kwt_books.domain.errors import StorageError
from kwt_books.domain.files import reachable
from kwt_books.reports.context import Context
from kwt_books.store.engine import take_place

_SQLITE, _KIND = b"SQLite format 3\0", slice(68, 72)
"""How a book's file begins, and where SQLite keeps the `application_id` that makes it one."""


@contextmanager
def opened(out: Path | BinaryIO) -> Iterator[BinaryIO]:
    """`out` to be written to; what is open already stays open."""
    if isinstance(out, Path):
        with whole_file(out) as file:
            yield file
    else:
        yield out
        out.flush()


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its place at `path` when the block ends, or leaves no trace.

    A full disk or an error halfway leaves what stood there before. Pipes and devices are
    written to as they are. Raises `StorageError`; a book is never written over.
    """
    path = reachable(path)
    if _is_book(path):
        raise StorageError("would-replace-book", path=path)
    special = path.exists() and not path.is_file() and not path.is_dir()
    place = path if special else path.with_name(path.name + ".unfinished")
    try:
        with place.open("wb") as file:
            yield file
            file.flush()
            if not special:
                os.fsync(file.fileno())
        if not special:
            take_place(place, path)
    except OSError as error:
        code = "disk-full" if error.errno == errno.ENOSPC else "cannot-write"
        raise StorageError(code, path=path, detail=str(error)) from error
    finally:
        if not special:
            with suppress(OSError):
                place.unlink(missing_ok=True)


def _is_book(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            head = file.read(_KIND.stop)
    except OSError:
        return False
    return head.startswith(_SQLITE) and head[_KIND] == b"KWTB"


# -- What an exporter of a whole book works with -------------------------------------------------


@dataclass(frozen=True, slots=True)
class BookOrder:
    """One consistent view of the book, and what is wanted of it."""

    context: Context
    attachments: bool = False
    """Whether the bytes of attachments are wanted too."""
    progress: Callable[[int], None] | None = None
    """Told the entries written so far; raises to cancel."""
    until: date | None = None
    """The day that an audit pack's reports go to; else the end of the last month."""
