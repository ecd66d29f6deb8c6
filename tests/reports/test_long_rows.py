"""Ledgers too long to be held: whatever window is read, it is a piece of the whole report."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.i18n.formats import Formats
from kwt_books.reports import long_rows
from kwt_books.reports.context import Parameters
from kwt_books.reports.long_rows import LongRows, ReadRows
from kwt_books.reports.model import Report, Row, RowKind
from kwt_books.services.stream import parse_entry
from tests.books import book_at
from tests.oracle.streams import random_stream
from ui.kit.report_model import ReportTexts

ASKED = (
    ("general-ledger", Parameters(start=date(2026, 1, 1), end=date(2026, 12, 31))),
    ("general-ledger", Parameters(start=date(2026, 1, 9), end=date(2026, 3, 8))),
    ("general-ledger", Parameters(month="2026-02", before_closing=True)),
    ("general-ledger", Parameters(month="2026-03", account="1101")),
    ("cash-book", Parameters(start=date(2026, 1, 1), end=date(2026, 12, 31), account="1101")),
    ("cash-book", Parameters(start=date(2026, 2, 7), end=date(2026, 2, 21), account="1103")),
    ("journal", Parameters(start=date(2026, 1, 1), end=date(2026, 12, 31))),
    ("journal", Parameters(start=date(2026, 1, 9), end=date(2026, 3, 8))),
    ("stock-card", Parameters(start=date(2026, 1, 1), end=date(2026, 12, 31), item="keripik-a")),
    ("stock-card", Parameters(start=date(2026, 1, 9), end=date(2026, 3, 8), item="keripik-a")),
)
Pair = tuple[Report, Report]
MEMOS = (
    "Beli pupuk", "", "  dua\n baris ini ", 'Nota "lama" \\ baru', "50%_a", "Straße, ﬁn İ K",
    "BKM-2601-0001 salah", "Rp1.250.000 lunas, sisa 5", "Titip 1101+", "05/02/2026",
)  # fmt: skip


def with_memos(lines: list[str], seed: int) -> Iterator[str]:
    """The same documents, most of them with something that somebody wrote."""
    rng = Random(seed)
    for line in lines:
        entry = json.loads(line)
        if "date" in entry and rng.random() < 0.7:
            entry["memo"] = rng.choice(MEMOS)
        yield json.dumps(entry)


@pytest.fixture(scope="module", params=[2, 5])
def book(request: pytest.FixtureRequest, books: Books, tmp_path_factory: Any) -> Iterator[Book]:
    lines = with_memos(random_stream(request.param, 200, 3), request.param)
    made = books.open(book_at(books, tmp_path_factory.mktemp("long") / "book.kwt", lines))
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
@settings(max_examples=6)
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


@pytest.mark.parametrize(("name", "asked"), ASKED)
def test_a_search_finds_all_that_any_row_says(
    book: Book, name: str, asked: Parameters, long: bool
) -> None:
    """Though it words no more rows than it must."""
    held, read = both(book, name, asked)
    rows, texts = read.rows, ReportTexts(Formats("id"), held)
    assert isinstance(rows, LongRows)
    told = [_texts(texts, row) for row in held.rows]
    free = st.text('abkls0159.,-+/()–% ſßﬁ"\\_', min_size=1, max_size=4)
    shown = st.sampled_from(sorted({text for each in told for text in each if text}))
    part = st.tuples(shown, st.integers(0, 30), st.integers(1, 12))
    parts = part.map(lambda drawn: drawn[0][drawn[1] % len(drawn[0]) :][: drawn[2]])

    @settings(max_examples=60 if long else 20 if asked.account else 8, deadline=None)
    @given(wanted=(parts | free).map(str.strip).filter(bool))
    def finds(wanted: str) -> None:
        wanted = wanted.casefold()
        sifted = rows.sift(0, len(rows), wanted)
        found = [(place, row) for place, row in sifted if texts.contains(row, wanted)]
        assert found == [
            (place, held.rows[place])
            for place, each in enumerate(told)
            if any(wanted in text for text in each)
        ]

    finds()


def _texts(texts: ReportTexts, row: Row) -> list[str]:
    shown = (texts.text(row, section) for section in range(texts.sections))
    return [each.casefold() for each in (*shown, texts.aside(row))]


def test_a_name_behind_a_memo_is_found_and_letters_that_no_engine_folds(
    book_of: Callable[..., Book],
) -> None:
    book = book_of(
        {"kind": "party", "code": "p-1", "name": "Warung Melati", "role": "shop"},
        {
            "kind": "receipt", "date": "2026-01-05", "into": "1101", "party": "p-1",
            "memo": "Titip", "lines": [{"account": "4201", "amount": 5000}],
        },
        {
            "kind": "receipt", "date": "2026-01-06", "into": "1101", "memo": "ÉCLAIR lapis",
            "lines": [{"account": "4201", "amount": 5000}],
        },
    )  # fmt: skip
    _, read = both(book, "cash-book", Parameters(month="2026-01"))
    assert isinstance(read.rows, LongRows)
    labels = [row.label for _, row in read.rows.sift(0, len(read.rows), "p, warung mel")]
    assert "Titip, Warung Melati" in labels
    labels = [row.label for _, row in read.rows.sift(0, len(read.rows), "éclair")]
    assert "ÉCLAIR lapis" in labels


def test_a_search_makes_few_other_rows(book: Book) -> None:
    _, read = both(book, *ASKED[0])
    assert isinstance(read.rows, LongRows)
    assert len([*read.rows.sift(0, len(read.rows), "tidak ada yang begini")]) < len(read.rows) / 3


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
