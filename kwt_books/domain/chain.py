"""The seal: SHA-256 over an entry's canonical bytes, each holding the one before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from json.encoder import encode_basestring as _text
from typing import Any

FORMAT = 1
GENESIS = "0" * 64
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_TRUTH = {False: "false", True: "true"}


def canonical(value: object) -> str:
    """JSON without spaces, its keys as they stand; text outside ASCII as itself."""
    return _encode(value)


def seal(
    previous: str,
    number: str | None,
    kind: str,
    date: str | None,
    payload: str,
    postings: Iterable[Sequence[Any]],
    moves: Iterable[Sequence[Any]],
    lots: Iterable[Sequence[Any]],
    at: str,
    by: str,
) -> str:
    """The hash (64 hex digits) of one entry.

    It is SHA-256 over one JSON object with sorted keys. `payload`, the entry as a stream carries
    it, is itself canonical JSON and goes in unchanged under `stream`, so that a change of any of
    its bytes changes the hash. Rows begin with
    `(account, amount, party, closing)`, `(place, item, lot, quantity, value)` and
    `(item, name, received, expires)`. Values of another type raise `TypeError`, `ValueError` or
    `KeyError` and are never sealed.
    """
    return sha256(
        f'{{"at":{_text(at)},"by":{_text(by)},"date":{_maybe(date)},"format":{FORMAT}'
        f',"kind":{_text(kind)},"lots":[{_lots(lots)}],"moves":[{_moves(moves)}]'
        f',"number":{_maybe(number)},"postings":[{_postings(postings)}]'
        f',"previous":{_text(previous)},"stream":{payload}}}'.encode()
    ).hexdigest()


# Rows are written here rather than by the encoder: verifying a book does little else.


def _postings(rows: Iterable[Sequence[Any]]) -> str:
    return ",".join(
        [f"[{_text(row[0])},{row[1]:d},{_maybe(row[2])},{_TRUTH[row[3]]}]" for row in rows]
    )


def _moves(rows: Iterable[Sequence[Any]]) -> str:
    return ",".join(
        [f"[{_text(row[0])},{_text(row[1])},{_text(row[2])},{row[3]:d},{row[4]:d}]" for row in rows]
    )


def _lots(rows: Iterable[Sequence[Any]]) -> str:
    return ",".join(
        [f"[{_text(row[0])},{_text(row[1])},{_text(row[2])},{_maybe(row[3])}]" for row in rows]
    )


def _maybe(text: str | None) -> str:
    return "null" if text is None else _text(text)


def short_code(head: str) -> str:
    """The head as people compare it on paper: its first twelve hex digits, `7F3A-91C2-0D4E`."""
    digits = head[:12].upper()
    return "-".join(digits[start : start + 4] for start in range(0, 12, 4))


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest entry of a book, and when it was recorded."""

    book: str
    """The seal of the first entry: it tells one book from another."""
    entries: int
    head: str
    at: datetime


class Course(StrEnum):
    """What became of a book since it was seen."""

    ON = "on"
    """All that was seen is in it."""
    OLDER = "older"
    """It ends before what was seen: a copy from earlier, or one without its newest entries."""
    APART = "apart"
    """Something else was recorded where what was seen stood."""
