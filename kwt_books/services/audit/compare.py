"""Two books compared: entry by entry until they part, then each to its end.

Nothing is believed for its seal alone: an entry is the same when every column and row of it is,
but for what is only worked out of its rows (the contra accounts).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from itertools import zip_longest
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, bindparam, func, select

from kwt_books.domain.chain import GENESIS
from kwt_books.domain.posting import LOTS_PER_ENTRY
from kwt_books.services.integrity.entries import DOCUMENTS, LOTS, MOVES, POSTINGS, Entry, entries
from kwt_books.store.engine import driver_errors
from kwt_books.store.expressions import DEBITS, as_text, entry, original, with_original
from kwt_books.store.reads import raw_rows, streamed_rows
from kwt_books.store.tables import document, lot, move, posting

# -- The result of a comparison -------------------------------------------------------------------


class Verdict(StrEnum):
    """How two books relate."""

    SAME = "same"
    FIRST_GOES_ON = "first-goes-on"
    """The second book is the beginning of the first: a backup of it."""
    SECOND_GOES_ON = "second-goes-on"
    PARTED = "parted"
    """After a common beginning each has entries that the other has not."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that an entry says differently in the second book.

    `field` is a column (`date`), a path into what was recorded (`lines.0.amount`), or a row made of
    it, from 1 (`posting.2`).
    """

    field: str
    first: Any
    second: Any


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a list names it. `amount` is the sum of its debits."""

    sequence: int
    number: str | None
    kind: str
    date: str | None
    payload: str
    corrects: str | None
    amount: int

    @property
    def name(self) -> str:
        """Its voucher, else its place in the chain."""
        return self.number or f"#{self.sequence}"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the books.

    `after` counts the entries after the common beginning; `only` those of them that are nowhere in
    the other book, of which `lines` are the first.
    """

    entries: int
    head: str
    after: int
    only: int
    lines: tuple[Line, ...]
    parting: Line | None
    """The first entry after the common beginning."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far two books are the same, and what each has after that."""

    common: int
    """Entries of the common beginning."""
    head: str
    """The seal of its last entry; that of an empty chain where nothing is common."""
    first: Side
    second: Side
    differences: tuple[Difference, ...] = ()
    """Between the two entries at the parting."""

    @property
    def verdict(self) -> Verdict:
        """How the two books relate, by what follows their common beginning."""
        if self.first.after and self.second.after:
            return Verdict.PARTED
        if self.first.after:
            return Verdict.FIRST_GOES_ON
        return Verdict.SECOND_GOES_ON if self.second.after else Verdict.SAME

    @property
    def moved(self) -> int:
        """Entries after the parting that both have, under other seals."""
        return self.first.after - self.first.only


LISTED = 200
"""Entries of only one book that are named; the others are counted."""

_TAIL = (
    select(
        entry.c.sequence,
        entry.c.number,
        entry.c.kind,
        entry.c.date,
        entry.c.payload,
        original.c.number,
        DEBITS,
        entry.c.recorded_at,
        entry.c.recorded_by,
    )
    .select_from(with_original())
    .where(entry.c.sequence > bindparam("last"))
    .order_by(entry.c.sequence)
)
_SIZE = select(func.count(), func.min(document.c.sequence), func.max(document.c.sequence))
_HEAD = select(document.c.hash).where(document.c.sequence == bindparam("sequence"))
_CONTRA = 6
"""The place of the contra account in the row of a posting."""
_POSTINGS = POSTINGS.with_only_columns(
    *(each for each in POSTINGS.selected_columns if each.key != posting.c.contra.key)
)
_AT_ONCE = 1_000
"""Entries whose rows are compared in one go: of a far server five answers."""
_COMPARED = ("kind", "number", "date", "id", "corrects", "at", "by")


Progress = Callable[[int, int], None]
"""Told how many entries have passed, of how many; raises to cancel."""
_EACH = 1_000


def compare(first: Connection, second: Connection, progress: Progress | None = None) -> Comparison:
    """Reads both books once, and again what follows their parting; changes nothing."""
    found = (next(raw_rows(each, _SIZE)) for each in (first, second))
    sizes, begin, end = zip(*found, strict=True)
    steps = _Steps(progress, sum(sizes) + min(sizes))
    whole = min(end) if set(begin) == {1} else 0
    last, head = _beginning(first, second, whole, steps)
    common = last
    parted: tuple[Entry, Entry] | None = None
    rest = [entries(each, last if common else None) for each in (first, second)]
    for here, there in zip_longest(*rest):
        if here is None or there is None:
            break
        if here != there and _recorded(here) != _recorded(there):
            parted = (_recorded(here), _recorded(there))
            break
        common, last, head = common + 1, here.sequence, here.hash
        steps.step()
    sides = _Tails(first, second, last, steps).sides(common)
    return Comparison(common, head, *sides, differences=_differences(*parted) if parted else ())


def _beginning(first: Connection, second: Connection, end: int, steps: _Steps) -> tuple[int, str]:
    """The last entry, at most `end`, up to which both books are the same in every row, contra
    accounts aside, and its seal; as far as whole portions tell, and no entry is missing.

    Where one engine holds both books it makes a text of all rows of a portion, and the texts are
    compared: that takes a fifth of the time that it takes to make entries of them.
    """
    as_texts = first.dialect.name == second.dialect.name
    last = 0
    while last < end:
        some = (last + 1, min(last + _AT_ONCE, end))
        if next(raw_rows(first, _COUNTED, *some))[0] != some[1] - last:
            break
        if not all(_alike(first, second, each, some, as_texts=as_texts) for each in _ROWS_OF):
            break
        steps.step(some[1] - last)
        last = some[1]
    return last, next(raw_rows(first, _HEAD, last), (GENESIS,))[0]


class _RowsOf(NamedTuple):
    """The rows of some entries in one table, and the same as one text."""

    rows: Select[Any]
    text: Select[Any]
    scale: int
    """How many places an entry has in what they are found by."""


def _rows_of(rows: Select[Any], place: ColumnElement[int], scale: int = 1) -> _RowsOf:
    found = rows.where(place.between(_FROM, _TO))
    return _RowsOf(found, as_text(found), scale)


_FROM, _TO = (bindparam(name, type_=BigInteger) for name in ("from", "to"))
_ROWS_OF = (
    _rows_of(DOCUMENTS, document.c.sequence),
    _rows_of(_POSTINGS, posting.c.document),
    _rows_of(MOVES, move.c.document),
    _rows_of(LOTS, lot.c.ordinal, LOTS_PER_ENTRY),
)
_COUNTED = select(func.count()).where(document.c.sequence.between(_FROM, _TO))


def _alike(
    first: Connection, second: Connection, of: _RowsOf, some: tuple[int, int], *, as_texts: bool
) -> bool:
    """Whether the entries from one to another have the same rows in both books."""
    ends = (some[0] * of.scale, (some[1] + 1) * of.scale - 1)
    asked = of.text if as_texts else of.rows
    try:
        mine, theirs = (list(raw_rows(each, asked, *ends)) for each in (first, second))
    except driver_errors():  # no text is made of bytes; each entry is looked at then
        return False
    return mine == theirs


def _recorded(whole: Entry) -> Entry:
    """The entry without what is worked out of its postings: their contra accounts."""
    return whole._replace(
        postings=[(*row[:_CONTRA], *row[_CONTRA + 1 :]) for row in whole.postings]
    )


class _Steps:
    """Counts entries that were read, and says so now and then."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._passed = progress, total, 0

    def step(self, entries_: int = 1) -> None:
        told = self._passed // _EACH
        self._passed += entries_
        if self._progress is not None and self._passed // _EACH > told:
            self._progress(min(self._passed, self._total), self._total)


class _Tails:
    """What follows the common beginning, and what of it is nowhere in the other book."""

    def __init__(self, first: Connection, second: Connection, last: int, steps: _Steps) -> None:
        self._first, self._second, self._last, self._steps = first, second, last, steps

    def sides(self, common: int) -> tuple[Side, Side]:
        first, second, last = self._first, self._second, self._last
        theirs = Counter(digest for _, digest in self._read(second))
        mine = self._only(first, theirs)
        only = self._only(second, +theirs, keep=True)
        return (
            _side(first, common, *mine, next(_tail(first, last), None)),
            _side(second, common, *only, next(_tail(second, last), None)),
        )

    def _read(self, connection: Connection) -> Iterator[tuple[Line, bytes]]:
        for found in _tail(connection, self._last):
            self._steps.step()
            yield found

    def _only(
        self, connection: Connection, known: Counter[bytes], *, keep: bool = False
    ) -> tuple[int, tuple[Line, ...]]:
        """How many entries are not among the `known` (with `keep`: are), and the first of them.

        Each of the known is met once, and taken out of them.
        """
        count = 0
        lines: list[Line] = []
        for line, digest in self._read(connection):
            met = known[digest] > 0
            if met:
                known[digest] -= 1
            if met is keep:
                count += 1
                if len(lines) < LISTED:
                    lines.append(line)
        return count, tuple(lines)


def _side(
    connection: Connection,
    common: int,
    only: int,
    lines: tuple[Line, ...],
    parting: tuple[Line, bytes] | None,
) -> Side:
    size, _, newest = next(raw_rows(connection, _SIZE))
    head = next(raw_rows(connection, _HEAD, newest), (GENESIS,))[0]
    return Side(size, head, size - common, only, lines, parting[0] if parting else None)


def _tail(connection: Connection, last: int) -> Iterator[tuple[Line, bytes]]:
    """The entries after `last`, each with a digest of what was recorded, when and by whom."""
    for *line, at, by in streamed_rows(connection, _TAIL, last):
        said = "\0".join(map(str, (line[4], at, by)))
        yield Line(*line), blake2b(said.encode(), digest_size=16).digest()


# -- two entries at the parting ------------------------------------------------------------


def _differences(here: Entry, there: Entry) -> tuple[Difference, ...]:
    """What the second says otherwise; the seals only where nothing else explains them."""
    found = {
        each.field: each
        for each in (
            *_columns(here, there, _COMPARED),
            *_values(here.payload, there.payload, ""),
            *_rows("posting", here.postings, there.postings),
            *_rows("move", here.moves, there.moves),
            *_rows("lot", here.lots, there.lots),
        )
    }
    if not found:
        found = {each.field: each for each in _columns(here, there, ("sequence", "text"))}
    rest = () if found else _columns(here, there, ("previous", "hash"))
    return (*found.values(), *rest)


def _columns(here: Entry, there: Entry, names: tuple[str, ...]) -> Iterator[Difference]:
    for name in names:
        one, other = getattr(here, name), getattr(there, name)
        if one != other:
            yield Difference(name, one, other)


def _values(here: Any, there: Any, path: str) -> Iterator[Difference]:
    """Values of what was recorded, down to the smallest that differ."""
    if isinstance(here, dict) and isinstance(there, dict):
        keys: Any = sorted(here.keys() | there.keys())
        pairs = ((key, here.get(key), there.get(key)) for key in keys)
    elif isinstance(here, list) and isinstance(there, list):
        pairs = ((at, *pair) for at, pair in enumerate(zip_longest(here, there)))
    else:
        if here != there:
            yield Difference(path, here, there)
        return
    for key, one, other in pairs:
        yield from _values(one, other, f"{path}.{key}" if path else str(key))


def _rows(name: str, here: list[Any], there: list[Any]) -> Iterator[Difference]:
    """Rows that were made of the entry, without the number of the entry they belong to."""
    for at, (one, other) in enumerate(zip_longest(here, there), start=1):
        mine, theirs = (row[:-1] if row is not None else None for row in (one, other))
        if mine != theirs:
            yield Difference(f"{name}.{at}", mine, theirs)
