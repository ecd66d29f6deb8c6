"""Every report of a book says the same, whether the book lies in a file or on a server."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.errors import RuleError
from kwt_books.reports import long_rows
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report
from kwt_books.reports.registry import KINDS
from tests.books import column
from tests.conftest import DATA
from tests.oracle.streams import random_stream
from tests.servers import Server, place_on

pytestmark = pytest.mark.only_files  # each test has both itself
STREAMS = {
    "juni-2026": (DATA / "juni-2026.jsonl").read_bytes(),
    "edisi-2": (DATA / "edisi-2.jsonl").read_bytes(),
    "random": "\n".join(random_stream(5, 200, 3)).encode(),
}
ONE_OF = {
    "account": "SELECT DISTINCT account FROM posting ORDER BY account",
    "item": "SELECT DISTINCT item FROM move ORDER BY item",
    "lot": "SELECT DISTINCT lot FROM move WHERE lot <> '' ORDER BY lot",
    "shop": "SELECT DISTINCT place FROM move ORDER BY place",
    "member": "SELECT DISTINCT party FROM saving ORDER BY party",
    "programme": "SELECT code FROM programme ORDER BY code",
    "number": "SELECT number FROM document WHERE number IS NOT NULL ORDER BY sequence",
}
"""What a report can be asked for one of, and what all of them are found by."""
MOST = 4
"""How many of them, from the first to the last."""
LONG = ("journal", "general-ledger", "cash-book", "stock-card")
"""Reports that are read in pieces where they are too long to be held."""


@pytest.fixture(scope="module", params=STREAMS)
def pair(
    request: pytest.FixtureRequest,
    books: Books,
    server: Server,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Book, Book]]:
    """The same stream in a file and on a server."""
    path = tmp_path_factory.mktemp("engines") / f"{request.param}.kwt"
    on_server = place_on(server, path)
    for address in (path, on_server):
        books.import_stream(address, io.BytesIO(STREAMS[request.param]))
    with (
        closing(books.open(path, read_only=True)) as here,
        closing(books.open(on_server, read_only=True)) as there,
    ):
        yield here, there


def questions(asks: tuple[str, ...], book: Book) -> Iterator[Parameters]:
    """Every month, all there is, and some of what the report can be asked for one of."""
    yield Parameters()
    for month in book.read(column, "SELECT month FROM balance GROUP BY month ORDER BY month"):
        yield Parameters(month=month)
    for name in ONE_OF.keys() & set(asks):
        found = book.read(column, ONE_OF[name])
        for one in found[:: max(1, len(found) // MOST)]:
            yield Parameters(**{name: one})


def said(book: Book, name: str, question: Parameters) -> Report | tuple[Any, ...]:
    try:
        report = book.report(name, question, "id")
    except RuleError as refused:
        return refused.code, refused.params
    return replace(report, rows=tuple(report.rows))


@pytest.mark.parametrize("name", KINDS)
def test_a_report_says_the_same_on_both(pair: tuple[Book, Book], name: str) -> None:
    here, there = pair
    for question in questions(KINDS[name].asks, here):
        assert said(there, name, question) == said(here, name, question), question


@pytest.mark.parametrize("name", LONG)
def test_a_report_too_long_to_be_held_says_the_same_on_both(
    pair: tuple[Book, Book], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_rows, "MOST_HELD", 0)
    test_a_report_says_the_same_on_both(pair, name)
