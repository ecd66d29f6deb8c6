"""Who records, when, and what is answered. It stands apart because a start needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from kwt_books.domain.access import Role
from kwt_books.domain.errors import Issue


@dataclass(frozen=True, slots=True)
class Stamp:
    """When (ISO date and time) and by whom something was recorded."""

    at: str
    by: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who records. `signed_in`: the book itself has made sure of it."""

    name: str
    role: Role = Role.TREASURER
    signed_in: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """The answer to a recording. `warnings` hold nothing up."""

    sequence: int
    kind: str
    number: str | None
    hash: str
    warnings: tuple[Issue, ...] = ()
