"""The people of a book: who they are and what they may do. Their passwords stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kwt_books.domain.access import Role
from kwt_books.domain.documents.base import Setup, optional, required
from kwt_books.domain.documents.shapes import Choice, Code, Flag
from kwt_books.domain.errors import Issue
from kwt_books.domain.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSetup(Setup):
    """Someone who signs in. The name is who they are: everything they record bears it."""

    kind: ClassVar[str] = "person"
    keyed_by: ClassVar[str] = "name"
    name: str = required(Code())
    role: Role = required(Choice(Role, Role))
    active: bool = optional(Flag(), True)

    @property
    def leads(self) -> bool:
        return self.active and self.role is Role.CHAIR

    def check(self, facts: Facts) -> Iterator[Issue]:
        others = [each for each in facts.people() if each.name != self.name]
        if any(each.name.casefold() == self.name.casefold() for each in others):
            yield Issue("name", "person-alike", {"name": self.name})
        if not self.leads and not any(each.leads for each in others):
            yield Issue("active" if not self.active else "role", "chair-needed")
