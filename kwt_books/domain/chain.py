"""The chain of entries: how they are written for the seal, and how people compare its head."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

GENESIS = "0" * 64
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def canonical(value: object) -> str:
    """JSON without spaces, its keys as they stand; text outside ASCII as itself."""
    return _encode(value)


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
