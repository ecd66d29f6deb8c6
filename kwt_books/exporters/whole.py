"""Files that are written whole or not at all, and the order to write out a book."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from kwt_books.domain.errors import StorageError
from kwt_books.domain.files import reachable
from kwt_books.reports.context import Context
from kwt_books.store.engine import take_place, unfinished
from kwt_books.store.untouched import BESIDE, HEAD, is_book, itself

SUFFIX = ".kwt"


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
    written to as they are; a link leads to what is written. Raises `StorageError`; a book and
    what belongs to one is never written over.
    """
    path = itself(reachable(path))
    if _is_of_a_book(path):
        raise StorageError("would-replace-book", path=path)
    if path.exists() and not path.is_file() and not path.is_dir():
        with _written_as_it_is(path) as file:
            yield file
        return
    with unfinished(path) as place:
        with place.open("wb") as file:
            yield file
        take_place(place, path)


@contextmanager
def _written_as_it_is(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("wb") as file:
            yield file
    except OSError as error:
        raise StorageError("cannot-write", path=path, detail=str(error)) from error


def _is_of_a_book(path: Path) -> bool:
    """A book, or a name that is kept for what stands beside one."""
    name = path.name.lower()
    ends = [*(f"{SUFFIX}{end}" for end in BESIDE), f"{SUFFIX}-audit"]
    if any(name.endswith(end) for end in ends):
        return True
    whole = (path.name.removesuffix(end) for end in ("", *BESIDE) if path.name.endswith(end))
    return any(_is_book(path.with_name(each)) for each in whole if each)


def _is_book(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return is_book(file.read(HEAD))
    except OSError:
        return False


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
    before_closing: bool = False
    """Whether a ledger leaves out the postings that close its months."""
    since: str | None = None
    """The seal that a tail continues (64 hex digits); else it begins with the book."""
    at_once: Callable[[Callable[[], Any]], Any] = operator.call
    """Gives what asks of the book and changes nothing, in as few messages as can be."""
