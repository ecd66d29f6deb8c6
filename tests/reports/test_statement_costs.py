"""Statements of whole months read the kept sums, however many documents there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from kwt_books.i18n.catalogue import Translator
from kwt_books.queries.setup import BookView
from kwt_books.reports.context import Context, Parameters
from kwt_books.reports.registry import build_report
from tests.books import opened
from tests.conftest import NOW

pytestmark = pytest.mark.only_files
KEPT = ("position", "profit-loss", "trial-balance", "progress")
BY_MONTH = ("equity-changes", "cash-flow", "funds", "allocation")
ONE_DOCUMENT = "SEARCH posting USING PRIMARY KEY (document=?)"


@contextmanager
def _context(path: Path, **asked: Any) -> Iterator[Context]:
    file = opened(path)
    with file.reading() as connection:
        view = BookView(connection)
        words = Translator("id")
        yield Context(connection, Parameters(**asked), words, NOW, view)
    file.close()


def _plans(context: Context, name: str) -> set[str]:
    """How SQLite finds the rows of every query that a report asks."""
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, sql: str, values: Any, *_: object) -> None:
        asked.append((sql, values))

    engine = context.connection.engine
    event.listen(engine, "before_cursor_execute", note)
    build_report(name, context)
    event.remove(engine, "before_cursor_execute", note)
    assert asked
    plans: set[str] = set()
    for sql, values in asked:
        found = context.connection.exec_driver_sql("EXPLAIN QUERY PLAN " + sql, values)
        plans |= {str(row[3]) for row in found}
    return plans


@pytest.mark.parametrize("name", KEPT)
def test_whole_months_come_from_the_kept_sums(sample_path: Path, name: str) -> None:
    """Of the postings only those of the opening balance are read."""
    with _context(sample_path, month="2026-06") as context:
        plans = _plans(context, name)
    assert not [plan for plan in plans if plan.startswith(("SCAN posting", "SCAN document"))]
    assert {plan for plan in plans if "posting" in plan} <= {ONE_DOCUMENT}


@pytest.mark.parametrize("name", BY_MONTH)
def test_what_goes_by_documents_reads_those_of_its_days(sample_path: Path, name: str) -> None:
    with _context(sample_path, month="2026-06") as context:
        plans = _plans(context, name)
    tables = ("posting", "document", "move", "p", "d", "o", "s", "f")
    assert not [plan for plan in plans if plan.startswith(tuple(f"SCAN {t}" for t in tables))]


def test_days_within_a_month_read_their_documents_alone(sample_path: Path) -> None:
    with _context(sample_path, start=date(2026, 6, 5), end=date(2026, 6, 20)) as context:
        plans = _plans(context, "trial-balance")
    assert not [plan for plan in plans if plan.startswith("SCAN") and "balance" not in plan]
