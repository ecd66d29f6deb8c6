"""Names that the program suggests: of batches and of lots, by their day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection, text

from kwt_books.domain.posting import BATCH
from kwt_books.queries.setup import SetupBook

_BATCH_SINCE = text("SELECT max(since) FROM growing WHERE place = :place")
_LOT_SINCE = text("SELECT received FROM lot WHERE item = :item AND name = :name")


def next_batch(connection: Connection, day: date) -> str:
    """`SM-0604`, of seedlings sown on 4 June."""

    def since(name: str) -> str | None:
        found: str | None = connection.execute(_BATCH_SINCE, {"place": BATCH + name}).scalar()
        return found

    return _free("SM", day, since)


def next_lot(connection: Connection, setup: SetupBook, item: str, day: date) -> str:
    """`KB-0608`, of keripik bayam made on 8 June."""

    def since(name: str) -> str | None:
        values = {"item": item, "name": name}
        found: str | None = connection.execute(_LOT_SINCE, values).scalar()
        return found

    return _free(_initials(setup.item_name(item)), day, since)


def _initials(name: str) -> str:
    """Of the first two words; two letters of a name of one word."""
    words = [word for word in name.split() if word[:1].isalpha()]
    if len(words) > 1:
        return (words[0][0] + words[1][0]).upper()
    return words[0][:2].upper() if words else "L"


def _free(prefix: str, day: date, since: Callable[[str], str | None]) -> str:
    """With the year where another year has the name already; numbered within a day."""
    stem = f"{prefix}-{day:%m%d}"
    taken = since(stem)
    if taken is not None and taken[:4] != f"{day.year:04d}":
        stem = f"{prefix}-{day:%y%m%d}"
    name, number = stem, 1
    while since(name) is not None:
        number += 1
        name = f"{stem}-{number}"
    return name
