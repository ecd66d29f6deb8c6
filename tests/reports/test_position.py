"""The statement of financial position."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import RowKind
from tests.conftest import NOW

from .figures import (
    by_code,
    cell,
    close,
    codes,
    day,
    earn,
    group,
    opening,
    report,
    row,
    rows,
    spend,
)

BookOf = Callable[..., Book]


def test_the_sample_month(sample_book: Book, expected: dict[str, Any]) -> None:
    found = report(sample_book, "position", "2026-06")
    wanted = expected["position"]
    assert {name: found.figures[name] for name in wanted} == wanted
    for code in ("fixed_assets_net", "total_assets", "liabilities", "equity", "inventories"):
        assert cell(found, code, "amount") == wanted[code]
    assert cell(found, "total_liabilities_and_equity", "amount") == wanted["total_assets"]
    assert cell(found, "group_cash", "amount") + cell(found, "1104", "amount") == wanted["cash"]
    after = expected["trial_balance_after_close"]
    for code, amount in by_code(found, "amount").items():
        if code in after:
            assert amount == abs(after[code]), code


def test_it_reads_as_on_paper(sample_book: Book) -> None:
    found = report(sample_book, "position", "2026-06")
    assert [(each.label, each.level, each.kind.value) for each in found.rows] == [
        ("ASET", 0, "section"),
        ("Aset lancar", 1, "section"),
        ("Kas dan bank kelompok", 2, "line"),
        ("Kas titipan KPP (dibatasi penggunaannya)", 2, "line"),
        ("Piutang warung titip jual", 2, "line"),
        ("Persediaan", 2, "line"),
        ("Jumlah aset lancar", 1, "subtotal"),
        ("Aset tetap", 1, "section"),
        ("Rumah Bibit", 2, "line"),
        ("Peralatan Tani", 2, "line"),
        ("Peralatan Olahan", 2, "line"),
        ("Akumulasi penyusutan", 2, "line"),
        ("Jumlah aset tetap, neto", 1, "subtotal"),
        ("JUMLAH ASET", 0, "total"),
        ("LIABILITAS DAN EKUITAS", 0, "section"),
        ("Liabilitas", 1, "section"),
        ("Titipan Iuran KPP", 2, "line"),
        ("Simpanan Sukarela", 2, "line"),
        ("Jumlah liabilitas", 1, "subtotal"),
        ("Ekuitas", 1, "section"),
        ("Simpanan Pokok", 2, "line"),
        ("Simpanan Wajib", 2, "line"),
        ("Modal Hibah/Donasi", 2, "line"),
        ("Dana Cadangan", 2, "line"),
        ("Dana Pemeliharaan", 2, "line"),
        ("Dana Pembelian Bibit", 2, "line"),
        ("Dana Operasional", 2, "line"),
        ("Saldo Laba/SHU Belum Dialokasikan", 2, "line"),
        ("Jumlah ekuitas", 1, "subtotal"),
        ("JUMLAH LIABILITAS DAN EKUITAS", 0, "total"),
    ]
    assert [column.label for column in found.columns] == ["Catatan", "30 Juni 2026", "31 Mei 2026"]
    notes = [cell(found, each.code or "", "note") for each in rows(found, RowKind.LINE)]
    assert notes == ["4", "4", "5", "6", *["7"] * 4, "8", "8", *["9"] * 3, *["10"] * 5]


def test_the_opening_balance_is_what_stood_the_month_before(
    sample_book: Book,
) -> None:
    found = report(sample_book, "position", "2026-06")
    assert cell(found, "total_assets", "previous") == 13_180_500
    assert cell(found, "group_cash", "previous") == 850_000 + 100_000 + 3_400_000
    assert cell(found, "accumulated_depreciation", "previous") == -1_500_000


def test_an_open_month_balances_by_its_result(book_of: BookOf) -> None:
    book = book_of(group(), opening(a1101=1000), earn("2026-01-10", 500), spend("2026-01-11", 120))
    found = report(book, "position", "2026-01")
    assert cell(found, "current_profit", "amount") == 380
    assert row(found, "current_profit").label == "Laba (rugi) bulan berjalan"
    assert cell(found, "total_assets", "amount") == 1380
    assert cell(found, "total_liabilities_and_equity", "amount") == 1380
    assert found.provisional


def test_months_left_open_say_so_and_one_close_takes_them_all(book_of: BookOf) -> None:
    lines = [group(), opening(a1101=1000), earn("2026-01-10", 500), earn("2026-02-10", 70)]
    found = report(book_of(*lines), "position", "2026-02")
    assert row(found, "current_profit").label == "Laba (rugi) yang belum ditutup"
    assert (cell(found, "current_profit", "amount"), cell(found, "current_profit", "previous")) == (
        570,
        500,
    )
    closed = book_of(*lines, close("2026-02"))
    assert cell(report(closed, "position", "2026-01"), "current_profit", "amount") == 500
    assert not report(closed, "position", "2026-01").provisional
    found = report(closed, "position", "2026-02")
    assert cell(found, "current_profit", "amount") == 0
    assert cell(found, "3201", "amount") == 342


def test_a_reopened_month_stands_as_before_its_close(book_of: BookOf) -> None:
    lines = [group(), opening(a1101=1000), earn("2026-01-10", 500)]
    undone = [close("2026-01"), {"kind": "month_reopen", "month": "2026-01", "reason": "salah"}]
    before = report(book_of(*lines), "position", "2026-01")
    after = report(book_of(*lines, *undone), "position", "2026-01")
    assert after.rows == before.rows
    assert after.provisional


def test_a_day_within_a_month(book_of: BookOf) -> None:
    book = book_of(group(), opening(a1101=1000), earn("2026-02-10", 500), earn("2026-02-20", 70))
    found = report(book, "position", until=day("2026-02-10"))
    assert cell(found, "group_cash", "amount") == 1500
    assert cell(found, "group_cash", "previous") == 1000
    assert found.place_date == day("2026-02-10")
    assert found.parameters["as_of"] == "2026-02-10"


def test_nobody_signs_a_period_that_still_runs_at_its_end(book_of: BookOf) -> None:
    """Today is 1 July: June is signed on its last day, July and the year today."""
    book = book_of(group(), opening(a1101=1000), earn("2026-02-10", 500))
    dated = {
        asked: book.pack("position", Parameters(until=day(asked)), "id").parts[0].place_date
        for asked in ("2026-06-30", "2026-07-31", "2026-12-31")
    }
    assert dated == {
        "2026-06-30": day("2026-06-30"), "2026-07-31": NOW.date(), "2026-12-31": NOW.date(),
    }  # fmt: skip


def test_accounts_that_a_group_adds_fall_in_with_their_type(book_of: BookOf) -> None:
    def account(code: str, kind: str, side: str, **more: Any) -> dict[str, Any]:
        named = {"name": f"Akun {code}", "name_en": f"Account {code}"}
        return {"kind": "account", "code": code, "type": kind, "normal": side, **named, **more}

    book = book_of(
        account("1105", "asset", "debit", cash=True),
        account("1114", "asset", "debit"),
        account("1142", "asset", "debit"),
        account("kas-toko", "asset", "debit", cash=True),
        account("2202", "liability", "credit"),
        account("3302", "equity", "credit"),
        opening(a1105=10, a1114=20, a1142=30, a2202=-5, a3302=-7) | {"date": "2026-01-01"},
    )
    found = report(book, "position", "2026-01")
    assert found.figures["cash"] == 10
    assert found.figures["receivables"] == 20
    assert cell(found, "1142", "amount") == 30
    assert cell(found, "2202", "amount") == found.figures["liabilities"] == 5
    assert cell(found, "3302", "amount") == 7
    assert found.figures["equity"] == 55


def test_cash_below_zero_is_pointed_out(book_of: BookOf) -> None:
    book = book_of(opening(a1103=100), spend("2026-01-05", 30))
    (_, warning) = report(book, "position", "2026-01").closing
    assert "1101 Kas Tunai Bendahara" in warning
    assert "−Rp30" in warning


def test_an_empty_book_has_its_totals(books: Books, tmp_path: Path) -> None:
    with closing(books.create(tmp_path / "kosong.kwt")) as book:
        found = report(book, "position")
    for code in ("total_assets", "liabilities", "equity", "total_liabilities_and_equity"):
        assert cell(found, code, "amount") == cell(found, code, "previous") == 0
    assert "current_profit" not in codes(found)


def test_nothing_stands_before_the_first_month(sample_book: Book) -> None:
    assert not any(report(sample_book, "position", "2026-05").figures.values())
    later = report(sample_book, "position", "2026-09")
    june = report(sample_book, "position", "2026-06")
    assert later.figures == june.figures
    assert cell(later, "total_assets", "previous") == june.figures["total_assets"]
