"""Statements are written once, for SQLite and for PostgreSQL alike."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ClauseElement, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Engine

import kwt_books
from kwt_books.book import Book
from kwt_books.reports.context import Parameters
from kwt_books.reports.diary import Sought, diary_page, diary_sums
from kwt_books.reports.registry import KINDS
from kwt_books.store import statements
from kwt_books.store.reads import sql_of
from kwt_books.store.writes import SERVER, SQLITE, dialect_of

ASKED = {"item": "keripik-bayam"}
ROOT = Path(kwt_books.__file__).parent
_OF_SQLITE = re.compile(
    r"\b(json_extract|json_each|json_tree|instr|strftime|group_concat|rowid|typeof|PRAGMA"
    r"|INSERT OR|CROSS JOIN document|max\(\w+, 0\))",
    re.IGNORECASE,
)
_SQL = re.compile(r"\btext\(\s*f?[\"']|[\"'](SELECT|INSERT|UPDATE|DELETE|PRAGMA)\b")


def in_postgresql(statement: Any) -> str:
    return str(statement.compile(dialect=postgresql.dialect()))


def held(module: Any) -> Iterator[tuple[str, Any]]:
    """The statements that a module holds."""
    for name, value in vars(module).items():
        values = value if isinstance(value, tuple | list) else (value,)
        for each in values:
            if isinstance(each, ClauseElement) and getattr(each, "is_select", False):
                yield f"{module.__name__}.{name}", each


def modules() -> Iterator[Any]:
    for package in ("queries", "services", "exporters", "reports"):
        path = [str(ROOT / package)]
        for found in pkgutil.walk_packages(path, f"kwt_books.{package}."):
            yield importlib.import_module(found.name)
    yield statements


def test_every_statement_that_is_held_compiles_for_postgresql() -> None:
    found = [each for module in modules() for each in held(module)]
    assert len(found) > 100
    for name, statement in found:
        assert not _OF_SQLITE.search(in_postgresql(statement)), name


def test_every_statement_that_is_asked_compiles_for_postgresql(sample_book: Book) -> None:
    """Those too that are put together when they are asked: of each report, of a search."""
    asked: list[Any] = []

    def hear(_connection: Any, statement: Any, *_more: Any) -> None:
        if isinstance(statement, ClauseElement):
            asked.append(statement)

    event.listen(Engine, "before_execute", hear)
    try:
        for name, kind in KINDS.items():
            if name == "document":
                continue
            more: dict[str, Any] = {key: value for key, value in ASKED.items() if key in kind.asks}
            sample_book.report(name, Parameters(month="2026-06", **more), "id")
        for text in ("kacang 12000", "juni", "1101 BKK"):
            sample_book.read_in("id", diary_page, Sought(text))
            sample_book.read_in("id", diary_sums, Sought(text))
    finally:
        event.remove(Engine, "before_execute", hear)
    assert len(asked) > 50
    for statement in asked:
        assert not _OF_SQLITE.search(in_postgresql(statement))


def test_no_sql_is_spelled_outside_the_store() -> None:
    outside = [each for each in ROOT.rglob("*.py") if "store" not in each.relative_to(ROOT).parts]
    assert len(outside) > 100
    spelled = [each for each in outside if _SQL.search(each.read_text(encoding="utf-8"))]
    assert spelled == []


@pytest.mark.parametrize(("engine", "sign"), [(SQLITE, "?"), (SERVER, "%s")])
def test_what_recording_asks_takes_its_values_as_they_stand(engine: str, sign: str) -> None:
    """The driver is handed them by place: none may be a constant that was left out."""
    for name, statement in held(statements):
        made = statement.compile(dialect=dialect_of(engine))
        assert all(value is None for value in made.params.values()), name
        assert sql_of(statement, engine).count(sign) == len(made.positiontup or ()), name
