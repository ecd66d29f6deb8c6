"""Whether a book still contains the state that a code stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from kwt_books.domain.chain import GENESIS
from kwt_books.domain.errors import Issue
from kwt_books.services.integrity.checks import Chain
from kwt_books.services.integrity.entries import entries
from kwt_books.services.integrity.rows import select

Progress = Callable[[int, int], None]
"""Told how many entries have passed, of how many; raises to cancel."""

_EACH = 1_000
_FIND = (
    "SELECT sequence, number, kind, date, recorded_at, recorded_by FROM document"
    " WHERE substr(hash, 1, 12) = ? ORDER BY sequence"
)


class Verdict(StrEnum):
    CONTAINED = "contained"
    """Every entry up to that one is as it was sealed."""
    CHANGED = "changed"
    """The code is there, but an entry before it is not what was sealed."""
    UNKNOWN = "unknown"
    """No state of this book ever had that code; the book itself is sealed throughout."""
    UNKNOWN_CHANGED = "unknown-changed"
    """As before, and an entry of the book is not what was sealed."""


@dataclass(frozen=True, slots=True)
class State:
    """What a code stands for in a book. `sequence` 0 is the book before its first entry."""

    verdict: Verdict
    code: str
    sequence: int | None = None
    number: str | None = None
    kind: str = ""
    date: str | None = None
    at: str = ""
    by: str = ""
    bad: str | None = None
    """The first entry that is not as it was sealed: its voucher or its place."""
    details: Issue | None = None


def find_state(connection: Connection, code: str, progress: Progress | None = None) -> State:
    """Looks the code up and computes every seal up to it anew; nothing is believed."""
    if GENESIS.startswith(code):
        return State(Verdict.CONTAINED, code, 0)
    found = next(select(connection, _FIND, code), None)
    last = found[0] if found is not None else None
    bad, details = _first_bad(connection, last, progress)
    if found is None:
        verdict = Verdict.UNKNOWN if bad is None else Verdict.UNKNOWN_CHANGED
        return State(verdict, code, bad=bad, details=details)
    verdict = Verdict.CONTAINED if bad is None else Verdict.CHANGED
    sequence, number, kind, day, at, by = found
    return State(verdict, code, sequence, number, kind, day, at, by, bad, details)


def _first_bad(
    connection: Connection, last: int | None, progress: Progress | None
) -> tuple[str | None, Issue | None]:
    """The first entry up to `last` whose seal, link or place is wrong, and what is."""
    total = last or next(select(connection, "SELECT count(*) FROM document"))[0]
    chain = Chain()
    for passed, entry in enumerate(entries(connection), start=1):
        if last is not None and entry.sequence > last:
            break
        try:
            details = chain.see(entry)
        except (TypeError, ValueError, LookupError) as error:  # rows that no program wrote
            details = Issue("", "entry-unreadable", {"detail": str(error)})
        if details is not None:
            return entry.number or f"#{entry.sequence}", details
        if progress is not None and passed % _EACH == 0:
            progress(passed, total)
    return None, None
