"""The seal: SHA-256 over an entry's canonical bytes, each holding the one before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256

FORMAT = 1
GENESIS = "0" * 64
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def canonical(value: object) -> str:
    """JSON without spaces, its keys as they stand; text outside ASCII as itself."""
    return _encode(value)


def seal(
    previous: str,
    number: str | None,
    kind: str,
    date: str | None,
    payload: str,
    postings: Iterable[Sequence[object]],
    moves: Iterable[Sequence[object]],
    lots: Iterable[Sequence[object]],
    at: str,
    by: str,
) -> str:
    """The hash (64 hex digits) of one entry.

    The bytes are one JSON object with sorted keys. `payload`, the entry as a stream carries
    it, is itself canonical JSON and goes in as it is under `stream`, so that whoever changes
    any byte of it changes the hash. Rows are
    `(account, amount, party, closing)`, `(place, item, lot, quantity, value)` and
    `(item, name, received, expires)`.
    """
    rest = {
        "at": at,
        "by": by,
        "date": date,
        "format": FORMAT,
        "kind": kind,
        "lots": lots,
        "moves": moves,
        "number": number,
        "postings": postings,
        "previous": previous,
    }
    text = f'{_encode(rest)[:-1]},"stream":{payload}}}'
    return sha256(text.encode()).hexdigest()


def short_code(head: str) -> str:
    """The head as people compare it on paper: `7F3A-91C2-0D4E`."""
    digits = head[:12].upper()
    return "-".join(digits[start : start + 4] for start in range(0, 12, 4))
