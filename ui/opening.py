"""A book that is being opened, and what decides how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # not needed to show a window
    from kwt_books.app import Book
    from kwt_books.domain.access import Someone
    from ui.desk import Destination


@dataclass(frozen=True, slots=True)
class Opening:
    """A book to be opened, and where to go in it."""

    path: Path
    there: Destination


@dataclass(frozen=True, slots=True)
class Found:
    """What decides how a book is shown."""

    people: tuple[Someone, ...]
    """Who may sign in; none: whoever sits here."""
    protected: bool = False
    """Whether nothing can be written where it lies."""

    @property
    def asks(self) -> bool:
        """Whether someone has to sign in; first passwords can't be made in a protected book."""
        able = any(each.has_password for each in self.people)
        return able or (bool(self.people) and not self.protected)


def found_of(book: Book) -> Found:
    """On the worker."""
    return Found(book.people.everyone(), book.protected)
