"""From when on something looks odd to whoever is at this desk, and where that is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kwt_books.app import Book
from kwt_books.domain.access import Role
from kwt_books.domain.audit import Thresholds
from kwt_books.domain.errors import BookError
from ui.desk import Desk


def audit_file(desk: Desk) -> Path:
    """Beside the book, or where it was put the last time."""
    from kwt_books.services.audit import audit_path  # much that only an audit needs

    return desk.preferences.audit_file(desk.book) or audit_path(desk.book)


def written_down(desk: Desk) -> bool:
    """Whether thresholds are kept in the audit's own file: an auditor's are."""
    return desk.person.role is Role.AUDITOR


def sight_of(desk: Desk) -> Callable[[Book], Thresholds]:
    """To be asked on the worker.

    An auditor's thresholds are in the audit's file, everybody else's are theirs alone, on this
    computer: nobody sets those of another.
    """
    if written_down(desk):
        file = audit_file(desk)
        return lambda book: _of_audit(book, file)
    mine = desk.preferences.thresholds(desk.book, desk.person.name)
    return lambda _book: mine


def _of_audit(book: Book, file: Path) -> Thresholds:
    """The usual ones where the file can't be read; the audit's pages say why it can't."""
    try:
        return book.audit.with_file(file).notebook.read().sight
    except BookError:
        return Thresholds()
