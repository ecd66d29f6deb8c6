"""Which task recording something belongs to, where that is not its kind alone."""

from __future__ import annotations

from kwt_books.domain.access import SHARING
from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.closing import MonthClose
from kwt_books.domain.documents.setup import Group


def task_of(command: Command, group: Group | None) -> str:
    """What recording a command comes to, for `access.may_record`: its kind, or `SHARING`."""
    standing = group.allocation if group is not None else None
    if isinstance(command, Group) and standing not in (None, command.allocation):
        return SHARING
    if isinstance(command, MonthClose) and command.shares is not None and standing is not None:
        return command.kind if command.shares == standing.shares else SHARING
    return command.kind
