"""Rows of the tables as values of the domain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

import orjson

from kwt_books.domain.documents.fields import Codec
from kwt_books.domain.documents.registry import CODECS
from kwt_books.domain.errors import Issue, StorageError
from kwt_books.domain.facts import Close
from kwt_books.domain.kinds import KINDS
from kwt_books.domain.posting import Asset, Growing, Lot
from kwt_books.domain.values import Month

C = TypeVar("C")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None


def lot(row: Sequence[Any]) -> Lot:
    """The lot of a row `(item, name, received, expires, ordinal)`."""
    item, name, received, expires, order = row
    return Lot(item, name, date.fromisoformat(received), _day(expires), order)


def growing(row: Sequence[Any]) -> Growing:
    """The batch or bed of a row `(place, item, since, quantity, value, opened, ended)`."""
    place, item, since, quantity, value, opened, ended = row
    return Growing(place, item, date.fromisoformat(since), quantity, value, opened, ended)


def asset(row: Sequence[Any]) -> Asset:
    """The asset of a row with the columns of table `asset` in their order."""
    code, name, account, cost, accumulated, acquired, life_months, opened, ended = row
    day = date.fromisoformat(acquired)
    return Asset(code, name, account, cost, accumulated, day, life_months, opened, ended)


def closes(found: Iterable[Sequence[Any]]) -> list[Close]:
    """The closes that were not undone, from rows `(kind, sequence, date)` in their order."""
    holding: list[Close] = []
    for kind, sequence, day in found:
        if kind == "month_close":
            holding.append(Close(Month.of_text(day), sequence))
        else:
            holding.pop()
    return holding


def payload_of(written: dict[str, object]) -> str:
    """What an entry recorded, as `chain.canonical` writes it, in a tenth of the time."""
    return orjson.dumps(written).decode()


@lru_cache(maxsize=50_000)
def setup_command(kind: str, payload: str) -> Any:
    """As `recorded_command`, of a setup entry.

    Commands are frozen: one serves whoever reads the same words again, as after every recording.
    """
    return recorded_command(kind, payload)


def recorded_command(kind: str, payload: str) -> Any:
    """The command that an entry of this kind recorded, of its JSON. Raises
    `StorageError("damaged")` for nonsense.
    """
    if kind not in KINDS:
        raise StorageError("damaged", detail=f"kind {kind!r}"[:80])
    return command_of(CODECS[kind], payload)


def command_of(codec: Codec[C], payload: str) -> C:
    """The command of an entry's JSON. Raises `StorageError("damaged")` for nonsense."""
    issues: list[Issue] = []
    try:
        raw = orjson.loads(payload)
        kind = raw.pop("kind", None)
        command = codec.parse(raw, (), issues)
    except (AttributeError, TypeError, ValueError, RecursionError) as error:
        raise StorageError("damaged", detail=str(error)[:80]) from error
    if command is None:
        raise StorageError("damaged", detail=f"{kind}: {issues[0].code}")
    return command
