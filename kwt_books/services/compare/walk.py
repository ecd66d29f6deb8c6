"""The walk through both books: entry beside entry until they part, then each to its end.

Nothing is believed for its seal alone: an entry is the same when every column and row of it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import blake2b
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection

from kwt_books.domain.chain import GENESIS
from kwt_books.services.compare.outcome import Comparison, Difference, Line, Side
from kwt_books.services.integrity.entries import Entry, entries
from kwt_books.services.integrity.rows import select

LISTED = 200
"""So many entries of what only one book has are named; the others are counted."""

_TAIL = """
    SELECT d.sequence, d.number, d.kind, d.date, d.payload,
        (SELECT o.number FROM document o WHERE o.sequence = d.corrects),
        (SELECT coalesce(sum(max(amount, 0)), 0) FROM posting WHERE document = d.sequence),
        d.recorded_at, d.recorded_by
    FROM document d WHERE d.sequence > ? ORDER BY d.sequence
"""
_SIZE = "SELECT count(*), max(sequence) FROM document"
_HEAD = "SELECT hash FROM document WHERE sequence = ?"
_COLUMNS = ("kind", "number", "date", "id", "corrects", "at", "by")


Progress = Callable[[int, int], None]
"""Told how many entries have passed, of how many; raises to cancel."""
_EACH = 1_000


def compare(first: Connection, second: Connection, progress: Progress | None = None) -> Comparison:
    """Reads both books once, and again what follows their parting; changes nothing."""
    sizes = [next(select(each, _SIZE))[0] for each in (first, second)]
    steps = _Steps(progress, sum(sizes) + min(sizes))
    common, last, head = 0, 0, GENESIS
    parted: tuple[Entry, Entry] | None = None
    for here, there in zip_longest(entries(first), entries(second)):
        if here is None or there is None:
            break
        if here != there:
            parted = (here, there)
            break
        common, last, head = common + 1, here.sequence, here.hash
        steps.step()
    sides = _Tails(first, second, last, steps).sides(common)
    return Comparison(common, head, *sides, differences=_differences(*parted) if parted else ())


class _Steps:
    """Counts entries that were read, and says so now and then."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._passed = progress, total, 0

    def step(self) -> None:
        self._passed += 1
        if self._progress is not None and self._passed % _EACH == 0:
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
    size, newest = next(select(connection, _SIZE))
    head = next(select(connection, _HEAD, newest), (GENESIS,))[0]
    return Side(size, head, size - common, only, lines, parting[0] if parting else None)


def _tail(connection: Connection, last: int) -> Iterator[tuple[Line, bytes]]:
    """The entries after `last`, each with a digest of what was recorded, when and by whom."""
    for *line, at, by in select(connection, _TAIL, last):
        said = "\0".join(map(str, (line[4], at, by)))
        yield Line(*line), blake2b(said.encode(), digest_size=16).digest()


# -- two entries at the parting ------------------------------------------------------------


def _differences(here: Entry, there: Entry) -> tuple[Difference, ...]:
    """What the second says otherwise; the seals only where nothing else explains them."""
    found = {
        each.field: each
        for each in (
            *_columns(here, there, _COLUMNS),
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
