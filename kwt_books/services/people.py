"""Who uses a book: signing in, passwords, and the recovery key for a lost one.

It protects nothing from somebody who takes the file apart. It keeps honest people to their tasks
and puts the name of who recorded it on every entry.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kwt_books.domain.access import (
    FREE_TRIES,
    LEAST_PASSWORD,
    SIGNS,
    Person,
    Recorded,
    Role,
    User,
    as_compared,
    easily_guessed,
    wait_after,
)
from kwt_books.domain.documents.setup import PersonSetup
from kwt_books.domain.errors import RuleError
from kwt_books.queries.setup import SetupBook
from kwt_books.store.credentials import (
    PASSWORD,
    RECOVERY,
    Credential,
    credential_of,
    forgiven,
    keep,
    those_with_password,
)
from kwt_books.store.opened import OpenBook

if TYPE_CHECKING:
    from kwt_books.services.recorder import Recorder
    from kwt_books.store.state import BookState


# -- Passwords and recovery keys: made, hashed, compared -----------------------------------------


_GROUPS, _GROUP = 5, 4
_TIME, _MEMORY, _LANES = 2, 19 * 1024, 1
"""Argon2id: passes, KiB, lanes; OWASP's least, so that an old computer keeps no one waiting."""
_MOST = (16, 256 * 1024, 8)
"""Passes, KiB and lanes that a later program might ask for."""


def hashed(secret: str) -> str:
    """The Argon2id hash of a secret; slow on purpose."""
    from argon2 import PasswordHasher

    return PasswordHasher(_TIME, _MEMORY, _LANES).hash(secret)


def matches(hash_: str, secret: str) -> bool:
    """Whether the hash was made of this secret.

    A hash that can't be read matches nothing, nor does one that asks for more work than this
    program ever does: it was written into the file to make the computer stand still.
    """
    from argon2 import PasswordHasher, extract_parameters
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        asked = extract_parameters(hash_)
        costs = (asked.time_cost, asked.memory_cost, asked.parallelism)
        if any(cost > most for cost, most in zip(costs, _MOST, strict=True)):
            return False
        return PasswordHasher().verify(hash_, secret)
    except (VerificationError, InvalidHashError, TypeError, ValueError):
        return False


def new_recovery_key() -> str:
    """A new key of a hundred random bits, to be written on paper: `7QK2-M4TD-…`."""
    groups = ("".join(secrets.choice(SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


Newcomer = tuple[PersonSetup, str | None]
"""Someone new, with a password or without one yet."""


class People:
    """The people of one book, as the person who uses it may see and change them."""

    def __init__(self, file: OpenBook, who: Person, clock: Callable[[], datetime]) -> None:
        self._file = file
        self._who = who
        self._clock = clock

    def everyone(self) -> tuple[User, ...]:
        """Everybody who is set up; nobody in a book that is kept without signing in."""
        with self._file.reading() as connection:
            known = SetupBook(connection).people.values()
            having = those_with_password(connection) if known else frozenset()
        return tuple(User(each.name, each.role, each.active, each.name in having) for each in known)

    # -- signing in ------------------------------------------------------------------------

    def sign_in(self, name: str, password: str) -> Person:
        """The person, if the password is right.

        Raises `RuleError`: `no-such-person`, `no-password-yet`, `wrong-password` or `locked-out`.
        Where nothing can be written wrong tries are not counted: nothing can be recorded there
        either.
        """
        begin = self._file.reading if self._file.protected else self._file.writing
        with begin() as connection:
            person = _active(connection, name)
            refused = self._try(connection, name, password)
        if refused is not None:
            raise refused
        return Person(person.name, person.role, signed_in=True)

    def recover(self, name: str, key: str, password: str) -> str:
        """Sets a new password with the recovery key; the key that replaces it.

        Nobody guesses a hundred random bits: wrong keys keep nobody waiting, and the right one
        opens while wrong passwords do. Raises `RuleError`: `no-such-person`, `no-password-yet` or
        `wrong-recovery-key`.
        """
        fresh, new = new_recovery_key(), _new_password(name, password)
        with self._file.writing() as connection:
            _active(connection, name)
            kept = credential_of(connection, RECOVERY)
            if kept is None:
                raise RuleError("no-password-yet", name=name)
            if not matches(kept.hash, as_compared(key)):
                raise RuleError("wrong-recovery-key")
            keep(connection, new)
            keep(connection, _kept_key(fresh))
        return fresh

    def _try(self, connection: Connection, person: str, secret: str) -> RuleError | None:
        """None where the password is right. A wrong try is counted: it must not be rolled back."""
        now, kept = self._clock(), credential_of(connection, PASSWORD, person)
        if kept is None:
            return RuleError("no-password-yet", name=person)
        waits = _still_waits(kept, now)
        if waits is not None:
            return waits
        if matches(kept.hash, secret):
            if kept != forgiven(kept) and not self._file.protected:
                keep(connection, forgiven(kept))
            return None
        if self._file.protected:
            return RuleError("wrong-password-uncounted")
        wait = wait_after(kept.tries + 1)
        until = now + wait if wait else None
        kept = replace(kept, tries=kept.tries + 1, locked_until=until)
        keep(connection, kept)
        left = FREE_TRIES - kept.tries
        if left > 0:
            return RuleError("wrong-password", left=left)
        return _still_waits(kept, now)

    # -- who there is ----------------------------------------------------------------------

    def begin(self, people: Sequence[Newcomer]) -> str:
        """Enters the first people of a book; the recovery key, which is shown this once.

        Raises `RuleError`: `people-already`, or `chair-needs-password`, since nobody but the chair
        may let others in.
        """
        from kwt_books.services.recorder import Recorder

        beginning = FirstPeople(people)
        with self._file.state(write=True) as state:
            if any(True for _ in state.people()):
                raise RuleError("people-already")
            who = Person(self._who.name, Role.CHAIR)
            beginning.enter(state, Recorder(state, who, self._clock, free=True))
        return beginning.key

    def enrol(self, person: PersonSetup, password: str | None = None) -> Recorded:
        """Adds or changes a person, perhaps with a new password.

        Raises `RuleError` where the password is too short or this person may not.
        """
        from kwt_books.services.recorder import Recorder

        new = _new_password(person.name, password) if password is not None else None
        with self._file.state(write=True) as state:
            recorded = Recorder(state, self._who, self._clock).record(person)
            if new is not None:
                keep(state.connection, new)
        return recorded

    def set_password(self, name: str, password: str, old: str = "") -> None:
        """Sets one's own password, given the old one, or as chair somebody else's.

        Raises `RuleError`: a wrong old password as `sign_in`, `sign-in-first` or `not-permitted`.
        """
        new = _new_password(name, password)
        refused = None
        with self._file.writing() as connection:
            _active(connection, name)
            if name == self._who.name and self._who.signed_in:
                refused = self._try(connection, name, old)
            else:
                self._must_lead(connection)
            if refused is None:
                keep(connection, new)
        if refused is not None:
            raise refused

    def new_key(self) -> str:
        """A recovery key in place of a lost one. Raises `RuleError` for anybody but the chair."""
        key = new_recovery_key()
        with self._file.writing() as connection:
            self._must_lead(connection)
            keep(connection, _kept_key(key))
        return key

    def adopt(self, chair: str, password: str) -> str:
        """Sets the chair's first password in a book without any; the recovery key.

        So it is where a book is made of a stream, which never holds passwords. Raises
        `RuleError("sign-in-first")` where somebody has a password already.
        """
        key, new = new_recovery_key(), _new_password(chair, password)
        with self._file.writing() as connection:
            if those_with_password(connection) or _active(connection, chair).role != Role.CHAIR:
                raise RuleError("sign-in-first")
            for each in (new, _kept_key(key)):
                keep(connection, each)
        return key

    def must_lead(self) -> None:
        """Raises `RuleError` unless the chair has signed in; where nobody has to, anybody may.

        `sign-in-first` or `not-permitted`.
        """
        with self._file.reading() as connection:
            if SetupBook(connection).people:
                self._must_lead(connection)

    def _must_lead(self, connection: Connection) -> None:
        known = SetupBook(connection).people.get(self._who.name)
        if not self._who.signed_in or known is None or not known.active:
            raise RuleError("sign-in-first")
        if known.role is not Role.CHAIR:
            raise RuleError("not-permitted", role=known.role, kind="person")


class FirstPeople:
    """The people a book begins with, their passwords, and the recovery key."""

    def __init__(self, people: Sequence[Newcomer]) -> None:
        if not any(person.leads and password for person, password in people):
            raise RuleError("chair-needs-password")
        self.key = new_recovery_key()
        self._people = sorted(people, key=lambda each: not each[0].leads)
        named = [(person.name, password) for person, password in people if password]
        self._kept = [_new_password(*each) for each in named] + [_kept_key(self.key)]

    def enter(self, state: BookState, recorder: Recorder) -> None:
        """Records them within the transaction of `state`; a chair first."""
        for person, _ in self._people:
            recorder.record(person)
        for each in self._kept:
            keep(state.connection, each)


def _new_password(name: str, password: str) -> Credential:
    if len(password) < LEAST_PASSWORD:
        raise RuleError("password-too-short", least=LEAST_PASSWORD)
    if easily_guessed(password, name):
        raise RuleError("password-too-easy")
    return Credential(PASSWORD, name, hashed(password))


def _kept_key(key: str) -> Credential:
    return Credential(RECOVERY, "", hashed(as_compared(key)))


def _active(connection: Connection, name: str) -> PersonSetup:
    person = SetupBook(connection).people.get(name)
    if person is None or not person.active:
        raise RuleError("no-such-person", name=name)
    return person


def _still_waits(kept: Credential, now: datetime) -> RuleError | None:
    """The refusal while a lock holds, at most the usual wait: the clock may have been wrong."""
    if kept.locked_until is None:
        return None
    left = min(kept.locked_until - now, wait_after(kept.tries))
    if left <= timedelta(0):
        return None
    minutes = -(-left // timedelta(minutes=1))
    return RuleError("locked-out", minutes=minutes, until=now + left)
