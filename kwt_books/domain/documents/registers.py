"""The books a group keeps beside its accounts: guests, activities, minutes, letters and more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from kwt_books.domain.documents.base import Dated, optional, required
from kwt_books.domain.documents.fields import Choice, Text, Whole
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts

BOOKS: Mapping[str, Mapping[str, bool]] = {
    "guests": {"name": True, "from": False, "position": False, "purpose": True,
               "impression": False},
    "activities": {"title": True, "place": False, "people": False, "result": False},
    "minutes": {"title": True, "number": False, "place": False, "people": False,
                "decisions": True},
    "letters": {"direction": True, "number": True, "party": True, "subject": True},
    "advice": {"officer": True, "advice": True, "done": False},
    "upkeep": {"facility": True, "condition": True, "action": False},
}  # fmt: skip
"""The keys of each book in the order of its columns, and whether each is required."""

CONDITIONS = ("good", "minor", "major")
DIRECTIONS = ("in", "out")
_TEXT = Text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Register(Dated):
    """A line of one of the group's books; it posts nothing and has no voucher number."""

    kind: ClassVar[str] = "register"
    may_record_nothing: ClassVar[bool] = True
    numbered: ClassVar[bool] = False
    book: str = required(Choice(BOOKS))
    name: str | None = optional(_TEXT)
    origin: str | None = optional(_TEXT, key="from")
    position: str | None = optional(_TEXT)
    purpose: str | None = optional(_TEXT)
    impression: str | None = optional(_TEXT)
    title: str | None = optional(_TEXT)
    place: str | None = optional(_TEXT)
    people: int | None = optional(Whole(0, 10**6))
    result: str | None = optional(_TEXT)
    number: str | None = optional(_TEXT)
    decisions: str | None = optional(_TEXT)
    direction: str | None = optional(Choice(DIRECTIONS))
    party: str | None = optional(_TEXT)
    subject: str | None = optional(_TEXT)
    officer: str | None = optional(_TEXT)
    advice: str | None = optional(_TEXT)
    done: str | None = optional(_TEXT)
    facility: str | None = optional(_TEXT)
    condition: str | None = optional(Choice(CONDITIONS))
    action: str | None = optional(_TEXT)

    def check(self, facts: Facts) -> Iterator[Issue]:
        """The keys are those of its book, and those that must be there are."""
        own = BOOKS[self.book]
        for key in _KEYS:
            given = getattr(self, _ATTRIBUTES.get(key, key)) is not None
            if given and key not in own:
                yield Issue(key, "unknown-key", {"key": key})
            elif not given and own.get(key):
                yield Issue(key, "missing", {"key": key})

    def post(self, draft: Draft) -> None:
        """Nothing: no account and no stock changes."""


_ATTRIBUTES = {"from": "origin"}
_KEYS = tuple(dict.fromkeys(key for keys in BOOKS.values() for key in keys))
