"""Reports too long to be held: read as they are written, and left when nobody wants them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kwt_books.app import Books
from kwt_books.exporters.pdf import document
from kwt_books.exporters.pdf.document import render
from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.long_rows import WINDOW, LongRows, ReadRows
from kwt_books.reports.model import Layout, Report, Row, RowKind
from tests.exporters import pdf_samples as samples
from tests.exporters.plain_samples import pack

LINES = 1_700
TALE = "Beli bahan olahan untuk pesanan hajatan " * 70
"""Longer than a page is high."""


def account(number: int, lines: int) -> Iterator[Row]:
    yield Row(
        f"Rekening {number}", ("Saldo normal debit",), code=f"110{number}", kind=RowKind.SECTION
    )
    balance = 0
    for n in range(lines):
        debit, credit = (n * n + 10, None) if n % 3 else (None, n + 7)
        balance += (debit or 0) - (credit or 0)
        day = date(2026, 1, 1) + timedelta(days=n % 365)
        label = TALE if n in (37, 1_203) else f"Setoran {'W' * (n % 23)} {n}"
        yield Row(label, (day, f"BKM-2606-{n:04}", debit, credit, balance), level=n % 2)
    yield Row("Jumlah", (None, None, balance, 0, balance), kind=RowKind.TOTAL)


def report(rows: Sequence[Row], layout: Layout) -> Report:
    columns = samples.book_columns(contra=False, one="Debit", other="Kredit")
    return Report(
        "ledger", "Buku Besar", columns, rows, period="Tahun 2026", label="Uraian", label_at=2,
        layout=layout, place_date=samples.END, closing=("Kalimat penutup.",),
    )  # fmt: skip


def pdf(made: Report) -> bytes:
    out = io.BytesIO()
    render([made], samples.IDENTITY, samples.IMPRINT, Translator("id"), out)
    return out.getvalue()


@pytest.mark.parametrize("layout", [Layout.LEDGER, Layout.BOOK, Layout.STATEMENT])
@pytest.mark.parametrize("lengths", [(LINES,), (3, LINES, 0, 999, 12), (1_198, 1_199, 2)])
def test_a_paper_set_by_the_page_is_the_one_set_at_once(
    layout: Layout, lengths: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = tuple(row for n, lines in enumerate(lengths) for row in account(n, lines))
    by_the_page = pdf(report(rows, layout))
    monkeypatch.setattr(document, "_FLOWING", len(rows))
    assert by_the_page == pdf(report(rows, layout))


class Shelf:
    """Lines that are made when they are read, by windows."""

    def __init__(self, count: int) -> None:
        self.read: list[int] = []
        self.rows = LongRows([ReadRows(count, self._lines)])

    def _lines(self, start: int, stop: int) -> list[Row]:
        self.read.append(start)
        return [*account(1, stop)][1 + start : 1 + stop]


class Unwanted(Exception):  # noqa: N818 - not an error: nobody waits for it any more
    pass


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv"])
def test_long_rows_are_read_by_the_window_and_no_more_than_twice(kind: str) -> None:
    shelf = Shelf(5 * WINDOW)
    Books.write(pack(report(shelf.rows, Layout.LEDGER)), kind, io.BytesIO())
    whole = [at for at in shelf.read if at]
    assert sorted(set(whole)) == [WINDOW * n for n in range(1, 5)]
    assert len(whole) <= 2 * 4


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv"])
@pytest.mark.parametrize("heard", [2, 9, 14])
def test_nothing_more_is_read_once_nobody_waits_for_it(kind: str, heard: int) -> None:
    """While rows are measured, and while they are set."""
    shelf, calls = Shelf(5 * WINDOW), 0
    read_by_then = 0

    def told(_amount: int) -> None:
        nonlocal calls, read_by_then
        calls += 1
        if calls == heard:
            read_by_then = len(shelf.read)
            raise Unwanted

    made = replace(pack(report(shelf.rows, Layout.LEDGER)), progress=told)
    if kind == "pdf" or heard < 14:
        with pytest.raises(Unwanted):
            Books.write(made, kind, io.BytesIO())
        assert len(shelf.read) == read_by_then
    else:
        Books.write(made, kind, io.BytesIO())
        assert calls < heard, "told of every few hundred rows"


def test_joining_the_pages_can_be_stopped_too() -> None:
    """Each page is at least three things in the file: itself, what is on it, its number."""
    out, calls = io.BytesIO(), 0
    done: list[int] = []

    def told(amount: int) -> None:
        done.append(amount)
        if calls and len(done) == calls:
            raise Unwanted

    made = pack(report(Shelf(5 * WINDOW).rows, Layout.LEDGER))
    Books.write(replace(made, progress=told), "pdf", io.BytesIO())
    pages = max(done[-9:])
    assert done[-3 * pages :] == [pages] * (3 * pages)
    calls = len(done)
    done.clear()
    with pytest.raises(Unwanted):
        Books.write(replace(made, progress=told), "pdf", out)
    assert not out.getvalue()
