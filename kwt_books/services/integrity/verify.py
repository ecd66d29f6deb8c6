"""Verification of a book: every check in its order, in one pass through the entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import Connection, LargeBinary, Select, cast, func, select

from kwt_books.domain.documents.setup import AccountSetup
from kwt_books.domain.errors import Issue
from kwt_books.services.integrity import checks
from kwt_books.services.integrity.checks import Kept, Recount, first_difference
from kwt_books.services.integrity.entries import CHECKS, Entry, Outcome, entries, payload_of
from kwt_books.store.engine import damage_of, driver_errors, table_astray
from kwt_books.store.expressions import total
from kwt_books.store.reads import raw_rows, streamed_rows
from kwt_books.store.schema import differing
from kwt_books.store.tables import attachment, balance, document

Progress = Callable[[int, int], None]
"""Told how many entries have passed, of how many; raises to cancel."""

_EACH = 1_000
_PORTION = 25
"""Entries that are read and then shown to the checks: as many as the processor's own memory holds,
with their rows. Of ten times as many all checks together take a quarter longer.
"""
_NAMED = 5
"""How many foreign tables, indexes and triggers are named."""
_THOROUGH = 5_000
"""Entries up to which the indexes are compared with their tables as well."""
_COUNT = select(func.count()).select_from(document)
_NET = select(total(balance.c.debit - balance.c.credit))
_ATTACHMENTS = (
    select(attachment.c.document, document.c.payload, cast(attachment.c.data, LargeBinary))
    .select_from(attachment.outerjoin(document, document.c.sequence == attachment.c.document))
    .order_by(attachment.c.document)
)
_SENSELESS = (
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    OverflowError,
    StopIteration,
)
"""What reading a row that no program wrote can raise, besides what the drivers do."""


def _senseless() -> tuple[type[Exception], ...]:
    return (*driver_errors(), *_SENSELESS)


def verify(
    connection: Connection, chart: Iterable[AccountSetup], progress: Progress | None = None
) -> tuple[Outcome, ...]:
    """Every check of a book, each passed or with the first thing it found.

    A damaged file makes checks fail and raises nothing. `chart` is the one that books begin with.
    """
    return _Verification(connection, chart).run(progress)


class _Verification:
    def __init__(self, connection: Connection, chart: Iterable[AccountSetup]) -> None:
        self._connection = connection
        self._failed: dict[str, Outcome] = {}
        self._recount = Recount(chart)
        self._watching: dict[str, checks.See] = {
            "chain": checks.Chain().see,
            "entries": checks.Entries(connection).see,
            "balanced": checks.balanced,
            "numbers": checks.Numbers().see,
            "closed-months": checks.ClosedMonths().see,
            "parties": checks.Parties().see,
            "controls": checks.Controls().see,
            "stock": self._recount.see,
        }

    def run(self, progress: Progress | None) -> tuple[Outcome, ...]:
        self._whole("file", self._file)
        self._whole("guards", self._guards)
        self._pass_through(progress)
        self._whole("attachments", self._attachments)
        for kept in self._recount.kept():
            self._compare(kept)
        self._whole("trial-balance", self._trial_balance)
        return tuple(self._failed.get(name, Outcome(name, True)) for name in CHECKS)

    def _fail(self, check: str, details: Issue, entry: Entry | None = None) -> None:
        sequence, number = (entry.sequence, entry.number) if entry is not None else (None, None)
        if details.code == "entry-missing":
            sequence, number = details.params["sequence"], None  # type: ignore[assignment]
        self._failed.setdefault(check, Outcome(check, False, sequence, number, details))

    # -- entry by entry -------------------------------------------------------------------

    def _pass_through(self, progress: Progress | None) -> None:
        """Shows every entry to the checks; where reading fails, those not yet decided fail too."""
        passing = entries(self._connection)
        try:
            total = self._value(_COUNT)
        except _senseless():
            total = 0
        passed = 0
        last: Entry | None = None
        while True:
            some, error = _portion(passing)
            self._show(some)
            last = some[-1] if some else last
            if error is not None:
                for check in self._watching:
                    self._fail(check, _unreadable(error), last)
                return
            if not some:
                return
            passed += len(some)
            if progress is not None and passed % _EACH == 0:
                progress(passed, total)

    def _show(self, some: list[Entry]) -> None:
        """Each check sees all of a portion before the next one does, which is faster than by turns;
        one that found something sees no more.
        """
        for check, see in list(self._watching.items()):
            for entry in some:
                try:
                    details = see(entry)
                except _senseless() as error:
                    details = _unreadable(error)
                if details is not None:
                    self._fail(check, details, entry)
                    del self._watching[check]
                    break

    # -- as a whole -----------------------------------------------------------------------

    def _whole(self, check: str, find: Callable[[], Issue | None]) -> None:
        try:
            details = find()
        except _senseless() as error:
            details = _unreadable(error)
        if details is not None:
            self._fail(check, details)

    def _value(self, statement: Select[Any]) -> int:
        value: int = next(raw_rows(self._connection, statement))[0]
        return value

    def _file(self) -> Issue | None:
        thorough = self._value(_COUNT) <= _THOROUGH
        damage = damage_of(self._connection, thorough=thorough)
        if damage is not None:
            return Issue("", "file-damaged", {"detail": damage})
        table = table_astray(self._connection)
        return Issue("", "rows-astray", {"table": table}) if table is not None else None

    def _guards(self) -> Issue | None:
        """Tables, indexes and triggers are those of this program, and no others."""
        parts = differing(self._connection)
        if not parts:
            return None
        names = ", ".join(str(name)[:40] for _, name in parts[:_NAMED])
        return Issue("", "guards-differ", {"count": len(parts), "names": names})

    def _attachments(self) -> Issue | None:
        """The bytes beside the chain are those whose digest is in it."""
        for sequence, text, data in streamed_rows(self._connection, _ATTACHMENTS):
            kept = sha256(data).hexdigest() if isinstance(data, bytes) else None
            if payload_of(text).get("sha256") != kept:
                details = Issue("", "bytes-differ", {"name": payload_of(text).get("name", "")})
                self._failed["attachments"] = Outcome("attachments", False, sequence, None, details)
                break
        return None

    def _compare(self, kept: Kept) -> None:
        """Compares a kept table with the recount; it fails where the recount did."""
        stopped = self._failed.get("stock")
        if stopped is None:
            self._whole(kept.check, lambda: first_difference(self._connection, kept))
            return
        details = Issue("", "not-counted")
        self._failed[kept.check] = Outcome(
            kept.check, False, stopped.sequence, stopped.number, details
        )

    def _trial_balance(self) -> Issue | None:
        total = self._value(_NET)
        return Issue("", "trial-unbalanced", {"total": total}) if total else None


def _portion(passing: Iterator[Entry]) -> tuple[list[Entry], BaseException | None]:
    """The next entries, and why no more of them can be read."""
    some: list[Entry] = []
    try:
        for entry in islice(passing, _PORTION):
            some.append(entry)  # noqa: PERF402 - those before an error are kept
    except _senseless() as error:
        return some, error
    return some, None


def _unreadable(error: BaseException) -> Issue:
    return Issue("", "entry-unreadable", {"detail": str(error)[:200]})
