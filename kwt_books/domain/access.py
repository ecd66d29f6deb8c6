"""Who may record what, how wrong passwords are slowed down, and what a recording answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from kwt_books.domain.errors import Issue
from kwt_books.domain.kinds import KINDS, recorded_by


class Role(StrEnum):
    """What somebody may do in a book; `may_record` says which entries."""

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


def may_record(role: Role, task: str) -> bool:
    """Whether `role` may record a kind of entry, named by itself or by a form, or do `SHARING`.

    The auditor reads everything and records nothing. The sharing of profit is the chair's alone,
    and so are the kinds that say so.
    """
    if role is not Role.TREASURER:
        return role is Role.CHAIR
    kind = KINDS.get(task) or recorded_by(task)
    return task != SHARING and not (kind is not None and kind.chair_only)


LEAST_PASSWORD, LEAST_PASSPHRASE = 6, 12
"""Characters of a password, and of the passphrase of an encrypted book: wrong passwords are
counted, but whoever took an encrypted file away can try as many phrases as their computers can.
"""
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of keys on paper: Crockford's base 32, without letters that look like digits."""
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
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


def weakness_of(phrase: str) -> str:
    """The code of what makes a passphrase weak; empty where nothing does."""
    if len(" ".join(phrase.split())) < LEAST_PASSPHRASE:
        return "passphrase-too-short"
    if easily_guessed(phrase) or len(set(phrase)) < LEAST_PASSPHRASE // 2:
        return "passphrase-too-easy"
    return ""


def as_compared(key: str) -> str:
    """A key from paper without spaces and dashes, in capitals, with O read as 0."""
    return "".join(filter(str.isalnum, key.upper())).translate(_READ_AS)


def wait_after(tries: int) -> timedelta:
    """How long signing in is refused after `tries` wrong passwords in a row.

    Nothing for fewer than `FREE_TRIES`; then one minute, doubled by each try, fifteen at most.
    """
    if tries < FREE_TRIES:
        return timedelta(0)
    return min(_FIRST_WAIT * (1 << min(tries - FREE_TRIES, 20)), _LONGEST_WAIT)


# ------------------------------------------------------------------------------------------------
# Who records, when, and what a recording answers.


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


class Recorded(NamedTuple):
    """The answer to a recording. `warnings` hold nothing up."""

    sequence: int
    kind: str
    number: str | None
    hash: str
    warnings: tuple[Issue, ...] = ()
    moved: int = 0
    """Rupiah: its net effect on cash, whichever way, else all that it debits."""
