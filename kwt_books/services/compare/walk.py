"""The walk through both books: entry beside entry until they part, then each to its end.

Nothing is believed for its seal alone: an entry is the same when every column and row of it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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


def compare(first: Connection, second: Connection) -> Comparison:
    """Reads both books once, and again what follows their parting; changes nothing."""
    common, last, head = 0, 0, GENESIS
    parted: tuple[Entry, Entry] | None = None
    for here, there in zip_longest(entries(first), entries(second)):
        if here is None or there is None:
            break
        if here != there:
            parted = (here, there)
            break
        common, last, head = common + 1, here.sequence, here.hash
    sides = _sides(first, second, common, last)
    return Comparison(common, head, *sides, differences=_differences(*parted) if parted else ())


def _sides(first: Connection, second: Connection, common: int, last: int) -> tuple[Side, Side]:
    """What follows the common beginning, and what of it is nowhere in the other book."""
    theirs = Counter(digest for _, digest in _tail(second, last))
    mine = _only(first, last, theirs)
    theirs_alone = +theirs
    return (
        _side(first, common, *mine, next(_tail(first, last), None)),
        _side(second, common, *_only(second, last, theirs_alone, keep=True),
              next(_tail(second, last), None)),
    )  # fmt: skip


def _only(
    connection: Connection, last: int, known: Counter[bytes], *, keep: bool = False
) -> tuple[int, tuple[Line, ...]]:
    """How many entries are not among the `known` (with `keep`: are), and the first of them.

    Each of the known is met once, and taken out of them.
    """
    count = 0
    lines: list[Line] = []
    for line, digest in _tail(connection, last):
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
        mine, theirs = (row[1:] if row is not None else None for row in (one, other))
        if mine != theirs:
            yield Difference(f"{name}.{at}", mine, theirs)
