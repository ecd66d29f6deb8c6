"""What a book's file tells before any of the database's own library is loaded."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from kwt_books.domain.access import Role, Someone
from kwt_books.store.untouched import open_untouched

_PEOPLE = """
    SELECT payload, EXISTS (
        SELECT 1 FROM credential WHERE credential.kind = 'password' AND person = setup.code
    ) FROM setup WHERE setup.kind = 'person' ORDER BY code
"""


def people_of(path: Path) -> tuple[Someone, ...] | None:
    """Who may sign in to a book; None where the file can't tell: opening it will say why."""
    try:
        with closing(open_untouched(path)) as connection:
            found = connection.execute(_PEOPLE).fetchall()
        return tuple(_someone(json.loads(payload), bool(known)) for payload, known in found)
    except (sqlite3.Error, OSError, LookupError, TypeError, ValueError):
        return None


def _someone(raw: dict[str, object], has_password: bool) -> Someone:
    return Someone(
        str(raw["name"]), Role(str(raw["role"])), raw.get("active", True) is True, has_password
    )
