"""Ledgers too long to be held: whatever window is read, it is a piece of the whole report."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kwt_books.app import Book, Books
from kwt_books.reports import long_rows
from kwt_books.reports.context import Parameters
from kwt_books.reports.long_rows import LongRows, ReadRows
from kwt_books.reports.model import Report, Row, RowKind
from kwt_books.services.stream import parse_entry
from tests.oracle.streams import random_stream

ASKED = (
    ("general-ledger", Parameters(start=date(2026, 1, 1), end=date(2026, 12, 31))),
    ("general-ledger", Parameters(start=date(2026, 1, 9), end=date(2026, 3, 8))),
    ("general-ledger", Parameters(month="2026-02", before_closing=True)),
    ("general-ledger", Parameters(month="2026-03", account="1101")),
    ("cash-book", Parameters(start=date(2026, 1, 1), end=date(2026, 12, 31), account="1101")),
    ("cash-book", Parameters(start=date(2026, 2, 7), end=date(2026, 2, 21), account="1103")),
    ("journal", Parameters(start=date(2026, 1, 1), end=date(2026, 12, 31))),
    ("journal", Parameters(start=date(2026, 1, 9), end=date(2026, 3, 8))),
)
Pair = tuple[Report, Report]


@pytest.fixture(scope="module", params=[2, 5])
def book(request: pytest.FixtureRequest, books: Books, tmp_path_factory: Any) -> Iterator[Book]:
    path: Path = tmp_path_factory.mktemp("long") / "book.kwt"
    lines = random_stream(request.param, 200, 3)
    books.import_stream(path, io.BytesIO("\n".join(lines).encode()))
    made = books.open(path)
    yield made
    made.close()


def both(book: Book, name: str, asked: Parameters) -> Pair:
    """A report that holds its rows, and the same one that reads them."""
    held = book.report(name, asked, "id")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(long_rows, "MOST_HELD", 0)
        read = book.report(name, asked, "id")
    assert isinstance(held.rows, tuple)
    assert isinstance(read.rows, LongRows)
    return held, read


@pytest.mark.parametrize(("name", "asked"), ASKED)
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_window_is_a_piece_of_the_whole(
    book: Book, name: str, asked: Parameters, data: st.DataObject
) -> None:
    """In whatever order they are read: places that are remembered must not lead astray."""
    held, read = both(book, name, asked)
    assert replace(read, rows=held.rows) == held
    places = st.integers(0, len(held.rows))
    for start, stop in data.draw(st.lists(st.tuples(places, places), max_size=8)):
        assert tuple(read.rows[start:stop]) == held.rows[start:stop]
    assert tuple(read.rows) == held.rows


def test_a_balance_follows_from_the_one_before(book: Book) -> None:
    _, read = both(book, *ASKED[4])
    balance = 0
    for row in read.rows:
        if row.kind is RowKind.NOTE:
            balance = row.cells[5]  # type: ignore[assignment]
        elif row.kind is RowKind.LINE:
            balance += row.cells[3] - row.cells[4]  # type: ignore[operator]
            assert row.cells[5] == balance
    assert read.figures["balance"] == balance


def test_what_is_recorded_later_does_not_come_in_between(book: Book) -> None:
    _, read = both(book, *ASKED[4])
    before = tuple(read.rows)
    line = (
        '{"kind": "receipt", "date": "2026-04-01", "into": "1101",'
        ' "lines": [{"account": "4201", "amount": 5000}]}'
    )
    book.record(parse_entry(line.encode())[0])
    assert tuple(read.rows) == before
    assert both(book, *ASKED[4])[0].rows != before


def test_rows_of_parts_are_one_after_the_other() -> None:
    many = [Row(str(n)) for n in range(1, 9)]
    read = ReadRows(8, lambda start, stop: many[start:stop])
    rows = LongRows([(Row("0"),), (), read, (Row("9"), Row("10"))])
    assert [row.label for row in rows] == [str(n) for n in range(11)]
    assert rows[-1].label == "10"
    assert [row.label for row in rows.held] == ["0", "9", "10"]
    assert rows.without_last()[-1].label == "9"
    with pytest.raises(IndexError):
        rows[11]
