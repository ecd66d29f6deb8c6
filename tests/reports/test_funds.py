"""Funds: their movements, and what they were spent on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kwt_books.book import Book
from kwt_books.i18n.catalogue import Translator
from kwt_books.queries.setup import BookView
from kwt_books.reports.context import Context, Parameters
from kwt_books.reports.funds import allocation_and_funds
from kwt_books.reports.long_rows import printed
from kwt_books.reports.model import Report, RowKind
from tests.books import opened
from tests.conftest import NOW

from .figures import cell, close, codes, earn, group, opening, report, row, spend

BookOf = Callable[..., Book]


def _releases(found: Report) -> list[tuple[object, ...]]:
    """Voucher, day, fund and amount of each release."""
    start = codes(found).index("releases_section")
    return [
        (each.code, *each.cells[-3:]) for each in found.rows[start:] if each.kind is RowKind.LINE
    ]


def test_the_sample_month(sample_book: Book) -> None:
    found = report(sample_book, "funds", "2026-06")
    movements = {each.code: each.cells[:4] for each in found.rows[:5]}
    assert movements == {
        "3202": (400_000, 360_000, 200_000, 560_000),
        "3203": (350_000, 360_000, 90_000, 620_000),
        "3204": (300_000, 300_000, 247_500, 352_500),
        "3201": (450_000, 180_000, 0, 630_000),
        "funds": (1_500_000, 1_200_000, 537_500, 2_162_500),
    }
    june, seeds, running = date(2026, 6, 1), "Dana Pembelian Bibit", "Dana Operasional"
    assert _releases(found) == [
        ("BKK-2606-0001", june.replace(day=3), seeds, 90_000),
        ("BKK-2606-0007", june.replace(day=17), running, 107_500),
        ("BKK-2606-0009", june.replace(day=27), "Dana Pemeliharaan", 200_000),
        ("BKK-2606-0010", june.replace(day=28), running, 192_500),
        ("BKM-2606-0013", june.replace(day=28), running, -192_500),
        ("BKK-2606-0011", june.replace(day=28), running, 140_000),
    ]
    assert cell(found, "releases", "amount") == 537_500
    assert row(found, "BKK-2606-0009").label == "Perbaikan rumah bibit"


def test_a_release_is_corrected_in_a_later_month(book_of: BookOf) -> None:
    book = book_of(
        group(), opening(a1101=900, a3204=-500),
        spend("2026-01-10", 300, fund="3204", id="a"), close("2026-01"),
        {"kind": "correction", "date": "2026-02-03", "of": "a", "reason": "keliru"},
    )  # fmt: skip
    january, february = (report(book, "funds", month) for month in ("2026-01", "2026-02"))
    assert row(january, "3204").cells[:4] == (500, 0, 300, 200)
    assert row(february, "3204").cells[:4] == (200, 0, -300, 500)
    assert [each[-1] for each in _releases(february)] == [-300]


def test_money_moved_on_a_fund_directly_stands_in_a_column_of_its_own(book_of: BookOf) -> None:
    """Only what `fund` released is a release, whatever else the payment touches."""
    book = book_of(
        group(), opening(a1101=900, a3201=-500, a3204=-500),
        spend("2026-01-10", 80, "3201"),
        spend("2026-01-11", 30, "3201", fund="3204"),
        spend("2026-01-12", 40, "3301"),
    )  # fmt: skip
    found = report(book, "funds", "2026-01")
    assert [column.key for column in found.columns[:5]] == [
        "opening", "allocated", "released", "other", "closing",
    ]  # fmt: skip
    assert row(found, "3201").cells[:5] == (500, 0, 0, -110, 390)
    assert row(found, "3204").cells[:5] == (500, 0, 30, 0, 470)
    assert [each[-1] for each in _releases(found)] == [30]


def test_a_release_stops_at_what_the_fund_holds(book_of: BookOf) -> None:
    book = book_of(group(), opening(a1101=900, a3204=-100), spend("2026-01-10", 300, fund="3204"))
    found = report(book, "funds", "2026-01")
    assert row(found, "3204").cells[:4] == (100, 0, 100, 0)


def test_a_liability_that_gets_a_share_is_a_fund(book_of: BookOf) -> None:
    book = book_of(
        group({"2111": 25, "3201": 75}), opening(a1101=900), earn("2026-01-10", 400),
        close("2026-01"), spend("2026-02-10", 60, fund="2111"),
    )  # fmt: skip
    assert row(report(book, "funds", "2026-01"), "2111").cells[:4] == (0, 100, 0, 100)
    february = report(book, "funds", "2026-02")
    assert row(february, "2111").cells[:4] == (100, 0, 60, 40)
    assert codes(february)[:2] == ["2111", "3201"]


def test_a_reopened_month_takes_its_allocation_back(book_of: BookOf) -> None:
    book = book_of(
        group({"3201": 100}), opening(a1101=900), earn("2026-01-10", 400), close("2026-01"),
        {"kind": "month_reopen", "month": "2026-01", "reason": "nota susulan"},
    )  # fmt: skip
    assert row(report(book, "funds", "2026-01"), "3201").cells[:4] == (0, 0, 0, 0)


def test_without_a_group_only_funds_in_use_stand_there(book_of: BookOf) -> None:
    found = report(book_of(opening(a1101=900, a3203=-20)), "funds", "2026-01")
    assert codes(found) == ["3203", "funds", "releases_section", "releases"]


@contextmanager
def _context(path: Path, month: str) -> Iterator[Context]:
    file = opened(path)
    with file.reading() as connection:
        asked = Parameters(month=month)
        yield Context(connection, asked, Translator("id"), NOW, BookView(connection))
    file.close()


def test_paper_has_allocation_movements_and_releases_together(sample_path: Path) -> None:
    with _context(sample_path, "2026-06") as context:
        paper = allocation_and_funds(context)
    assert [part.title for part in paper.parts] == [
        "A. Alokasi laba", "B. Perubahan dana", "C. Rincian realisasi dana",
    ]  # fmt: skip
    assert paper.intro == (
        "Dasar: keputusan rapat anggota BA-01/KWT/I/2026 tanggal 11 Januari 2026; alokasi bulan "
        "ini ditetapkan dengan BA-06/KWT/VI/2026.",
    )
    assert paper.closing == (
        "Saldo laba belum dialokasikan setelah alokasi: Rp1.453.000 (31 Mei 2026: Rp915.500 "
        "ditambah realisasi dana Rp537.500).",
        "Dibulatkan dengan sisa terbesar; jumlah bagian selalu sama dengan laba yang dibagi.",
    )
    movements, releases = paper.parts[1:]
    assert isinstance(movements, Report)
    assert isinstance(releases, Report)
    assert cell(printed(movements, Translator("id")), "funds", "released") == -537_500
    first = releases.rows[0]
    assert (first.cells[1], first.cells[2]) == ("BKK-2606-0001", "Pembelian Bibit")


def test_the_unallocated_profit_is_explained_by_releases_where_they_are_all_that_moved_it(
    book_of: BookOf,
) -> None:
    """A loss is another reason, of which this sentence says nothing."""
    earned, released = earn("2026-01-09", 500), spend("2026-01-10", 300, fund="3204")
    for lines, sentence in (
        (
            (earned, released),
            "alokasi: Rp300 (31 Desember 2025: Rp0 ditambah realisasi dana Rp300).",
        ),
        ((released,), "alokasi: Rp0 (31 Desember 2025: Rp0)."),
        ((earned,), "alokasi: Rp0 (31 Desember 2025: Rp0)."),
    ):
        book = book_of(group(), opening("2025-12-31", a1101=900, a3204=-500), *lines,
                       close("2026-01"))  # fmt: skip
        with _context(book.path, "2026-01") as context:
            paper = allocation_and_funds(context)
        assert any(each.endswith(sentence) for each in paper.closing), paper.closing
