"""An account of very many lines: opening its ledger, jumping in it, looking through all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from benchmarks import workload
from benchmarks.measure import Pair, pair
from kwt_books.book import Book
from kwt_books.i18n.formats import Formats
from kwt_books.reports.context import Parameters
from kwt_books.reports.long_rows import WINDOW, LongRows
from kwt_books.reports.model import Report
from kwt_books.store.driver import sqlite3
from ui.kit.report_model import ReportTexts

ACCOUNT, MONTHS = "1101", 60
_SOUGHT = "bayar 4999"
_TURN = 4 * WINDOW
_FIRST = date(2020, 1, 2)
_STRIDE = 611_953  # prime, so that each jump goes somewhere else
_JUMP = """
    SELECT p.date, p.document, p.amount, d.number, d.payload
    FROM posting p JOIN document d ON d.sequence = p.document
    WHERE p.account = ? ORDER BY p.date, p.document LIMIT ? OFFSET ?
"""
_SUM = "SELECT date, count(*), sum(amount) FROM posting WHERE account = ? GROUP BY date"
_SEEK = """
    SELECT count(*) FROM posting p JOIN document d ON d.sequence = p.document
    WHERE p.account = ? AND d.payload LIKE ?
"""


def write_stream(path: Path, lines: int) -> None:
    """A stream in which so many receipts come into the account."""
    with path.open("w", encoding="utf-8") as file:
        for line in _stream(lines):
            file.write(line + "\n")


def _stream(lines: int) -> Iterator[str]:
    yield from workload.setup()
    days = MONTHS * 30
    for number in range(lines):
        day = _FIRST + timedelta(days=number * days // lines)
        values = {
            "kind": "receipt",
            "date": day.isoformat(),
            "into": ACCOUNT,
            "lines": [{"account": "4201", "amount": 5_000 + number % 900}],
            "memo": f"Pembeli {number % 70} bayar {number % 5_000}",
        }
        yield json.dumps(values)


def pairs(book: Book) -> Iterator[Pair]:
    """Each as the screen does it, beside the least that SQL has to do for it."""
    with closing(sqlite3.connect(str(book.path))) as raw:
        rows = _opened(book)
        texts = ReportTexts(Formats("id"), _report(book))
        lines = f"{len(rows):,} lines"
        yield pair(
            f"open the ledger of {lines}",
            lambda: _opened(book),
            lambda: raw.execute(_SUM, (ACCOUNT,)).fetchall(),
            rounds=3,
        )
        mine, theirs = count(1), count(1)
        last = len(rows) - WINDOW
        yield pair(
            f"jump to {WINDOW} of {lines}",
            lambda: rows[(at := next(mine) * _STRIDE % last) : at + WINDOW],
            lambda: raw.execute(_JUMP, (ACCOUNT, WINDOW, next(theirs) * _STRIDE % last)).fetchall(),
            rounds=9,
        )
        yield pair(
            f"look for a word in {lines}",
            lambda: _found(rows, texts),
            lambda: raw.execute(_SEEK, (ACCOUNT, f"%{_SOUGHT}%")).fetchall(),
            rounds=1,
        )


def _report(book: Book) -> Report:
    asked = Parameters(start=_FIRST, end=_FIRST + timedelta(days=MONTHS * 31), account=ACCOUNT)
    return book.report("general-ledger", asked, "id")


def _opened(book: Book) -> LongRows:
    """With the windows that a screen begins with."""
    rows = _report(book).rows
    assert isinstance(rows, LongRows), "an account of so few lines is no long one"
    rows.read_ahead()
    return rows


def _found(rows: LongRows, texts: ReportTexts) -> int:
    return sum(
        texts.contains(row, _SOUGHT)
        for start in range(0, len(rows), _TURN)
        for _, row in rows.sift(start, min(start + _TURN, len(rows)), _SOUGHT)
    )
