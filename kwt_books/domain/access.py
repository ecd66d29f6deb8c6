"""Who may record what, and how long wrong passwords are held off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kwt_books.domain.errors import Issue


class Role(StrEnum):
    TREASURER = "treasurer"
    CHAIR = "chair"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class User:
    """One of those who may sign in to a book."""

    name: str
    role: Role
    active: bool
    has_password: bool


SHARING = "sharing"
"""The task of changing how profit is shared: part of a group's entry, or of a month's close."""

CHAIR_ONLY = frozenset(
    {"month_close", "month_reopen", "memorial", "appropriation", "person", SHARING}
)


def may_record(role: Role, kind: str) -> bool:
    """The auditor reads everything and records nothing.

    Closing a month and opening it again, memorials, people and the sharing of profit are the
    chair's alone.
    """
    if role is Role.AUDITOR:
        return False
    return kind not in CHAIR_ONLY or role is Role.CHAIR


LEAST_PASSWORD = 6
"""Characters of a password."""
_ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_USUAL = frozenset(
    {"password", "rahasia", "bismillah", "sayang", "indonesia", "merdeka", "bendahara",
     "katasandi", "kwtbooks", "iloveyou"}
)  # fmt: skip
"""What many people take for a password."""
FREE_TRIES = 5
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=15)
"""Whoever tries passwords that are not theirs must not keep the chair away for a day."""


def easily_guessed(password: str, name: str = "") -> bool:
    """Whether it is one sign over and over, signs in a row, a usual word, or the person's name;
    digits at the end make none of them better."""
    plain = "".join(password.casefold().split())
    word = plain.rstrip("0123456789!.") or plain
    names = {"".join(name.casefold().split()), *name.casefold().split()} - {""}
    rows = [each for row in _ROWS for each in (row, row[::-1])]
    return (
        len(set(plain)) <= 2
        or word in _USUAL | names
        or any(plain in row or (word in row and len(word) > 2) for row in rows)
    )


def wait_after(tries: int) -> timedelta:
    """How long nobody can sign in after so many wrong tries on end: twice as long each time."""
    if tries < FREE_TRIES:
        return timedelta(0)
    return min(_FIRST_WAIT * (1 << min(tries - FREE_TRIES, 20)), _LONGEST_WAIT)


# ------------------------------------------------------------------------------------------------
# Who records, when, and what is answered. It stands apart because a start needs nothing else.


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
