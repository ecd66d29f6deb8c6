"""The program as it would be some versions later."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kwt_books.store import schema


@dataclass(frozen=True)
class Later:
    """Columns that tables have besides, and indexes there are besides."""

    tables: dict[str, str]
    indexes: dict[str, str]


def be_later(monkeypatch: pytest.MonkeyPatch, version: int, made: Later | None = None) -> None:
    """The program knows `version`, and what books consist of there."""
    for module in ("engine", "file"):
        monkeypatch.setattr(f"kwt_books.store.{module}.SCHEMA_VERSION", version)
    if made is None:
        return
    parts = dict(schema.expected())
    for table, column in made.tables.items():
        head, _, rest = parts["table", table].partition("(")
        parts["table", table] = schema.plain(f"{head}({column}, {rest}")
    parts |= {("index", name): sql for name, sql in made.indexes.items()}
    monkeypatch.setattr(schema, "expected", lambda: parts)
    monkeypatch.setattr(schema, "AS_EXPECTED", schema.digest(parts))
