"""The seal: SHA-256 over an entry's canonical bytes, each holding the one before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

import orjson

FORMAT = 1
_TRUTH = {False: False, True: True}
"""Also of the 0 and 1 that the file holds; what else it may hold is neither."""


def seal(
    previous: str,
    number: str | None,
    kind: str,
    date: str | None,
    payload: str,
    postings: Sequence[Sequence[Any]],
    moves: Sequence[Sequence[Any]],
    lots: Iterable[Sequence[Any]],
    at: str,
    by: str,
) -> str:
    """The hash (64 hex digits) of one entry.

    It is SHA-256 over one JSON object with sorted keys. `payload`, the entry as a stream carries
    it, is itself canonical JSON and goes in unchanged under `stream`, so that a change of any of
    its bytes changes the hash. Rows begin with
    `(account, amount, party, closing)`, `(place, item, lot, quantity, value)` and
    `(item, name, received, expires)`. What no book holds in these places (bytes, an amount that is
    not whole, text with half a character) raises `TypeError`, `ValueError` or `KeyError` and is
    never sealed.
    """
    amounts = sum([row[1] for row in postings]) + sum([row[3] + row[4] for row in moves])
    if type(amounts) is not int:
        raise TypeError(amounts)
    written = orjson.dumps(
        {
            "at": at,
            "by": by,
            "date": date,
            "format": FORMAT,
            "kind": kind,
            "lots": [row[:4] for row in lots],
            "moves": [row[:5] for row in moves],
            "number": number,
            "postings": [(row[0], row[1], row[2], _TRUTH[row[3]]) for row in postings],
            "previous": previous,
            "stream": orjson.Fragment(payload.encode()),
        }
    )
    return sha256(written).hexdigest()
