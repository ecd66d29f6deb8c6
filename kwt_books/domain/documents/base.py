"""What all entries of the chain have in common."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from kwt_books.domain.documents.fields import Code, Date, Shape, Text
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts

if TYPE_CHECKING:  # an opening book reads set-up entries alone: nothing is posted yet
    from kwt_books.domain.draft import Draft


def required(shape: Shape, key: str | None = None) -> Any:
    """A field every such document must carry; `key` where JSON calls it otherwise."""
    return field(metadata={"shape": shape, "key": key, "required": True})


def optional(shape: Shape, default: Any = None, key: str | None = None) -> Any:
    """A field that may be missing. Its default is not written out."""
    return field(default=default, metadata={"shape": shape, "key": key, "required": False})


def listed(shape: Shape) -> Any:
    """A list that may be missing."""
    return optional(shape, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """An entry to be recorded."""

    kind: ClassVar[str]

    def check(self, facts: Facts) -> Iterator[Issue]:
        """Yields what the book has against the command.

        It is called once the values have their shapes and what they name exists.
        """
        return iter(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup(Command):
    """A change of the book's set-up: sealed, without a voucher number."""

    keyed_by: ClassVar[str] = "code"
    """The key that says which one is changed; empty where there is but one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Command):
    """An entry that takes effect on a day and leaves postings, moves or a statement."""

    may_record_nothing: ClassVar[bool] = False
    """Whether one without postings and moves still says something."""

    id: str | None = optional(Code())
    memo: str | None = optional(Text(may_be_empty=True))
    ref: str | None = optional(Text(longest=200, may_be_empty=True))

    numbered: ClassVar[bool] = True
    """Whether it gets a voucher number."""

    @property
    def day(self) -> dt.date | None:
        """The date on which it takes effect; None for a document without one."""
        raise NotImplementedError

    def post(self, draft: Draft) -> None:
        """Adds its postings and moves (STREAM.md, documents)."""
        raise NotImplementedError

    def field_of(self, account: str, party: str | None) -> str:
        """The field to be mended where the document overdraws `account`, or `party` on it."""
        return ""

    def records(self, draft: Draft) -> bool:
        """Whether the draft holds anything worth recording: a posting, or a move not nil."""
        if self.may_record_nothing or draft.postings:
            return True
        return any(move.quantity or move.value for move in draft.moves)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Document):
    """A document that bears its own date."""

    date: dt.date = required(Date())

    @property
    def day(self) -> dt.date:
        """The document's date."""
        return self.date
