"""The notes to the financial statements."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.reports.model import Report, Row, RowKind

from .figures import cell, close, day, earn, group, opening, report, rows, sections, spend

BookOf = Callable[..., Book]
SAK_EMKM = (
    "Laporan keuangan disusun sesuai dengan Standar Akuntansi Keuangan Entitas Mikro, Kecil, dan "
    "Menengah (SAK EMKM)."
)


def _amounts(found: list[Row]) -> dict[str | None, tuple[object, ...]]:
    """The values of each line and sum, empty cells left out."""
    sums = (RowKind.LINE, RowKind.TOTAL)
    return {
        each.code: tuple(value for value in each.cells if value is not None)
        for each in found
        if each.kind in sums
    }


def _text(found: list[Row]) -> str:
    return " ".join(each.label for each in found if each.kind is RowKind.NOTE)


def test_the_sample_months_tables(sample_book: Book) -> None:
    found = sections(report(sample_book, "notes", "2026-06"))
    assert _amounts(found["4"]) == {
        "1101": (1_730_900, 850_000),
        "1102": (100_000, 100_000),
        "1103": (4_996_675, 3_400_000),
        "1104": (300_000, 225_000),
        "cash": (7_127_575, 4_575_000),
    }
    assert _amounts(found["5"]) == {
        "siti": (0, 180_000), "joko": (68_000, 0), "receivables": (68_000, 180_000),
    }  # fmt: skip
    assert _amounts(found["6"])["inventories"] == (709_925, 1_525_500)
    assert _amounts(found["7"]) == {
        "1201": (6_000_000, 0, 0, 6_000_000),
        "1202": (960_000, 0, 0, 960_000),
        "1203": (1_440_000, 0, 0, 1_440_000),
        "1211": (-1_000_000, -100_000, 0, -1_100_000),
        "1212": (-200_000, -20_000, 0, -220_000),
        "1213": (-300_000, -30_000, 0, -330_000),
        "fixed_assets_net": (6_900_000, -150_000, 0, 6_750_000),
    }
    assert _amounts(found["11"]) == {
        "outlet-jumat": (2_270_000,), "gelar-produk": (400_000,), "direct": (300_000,),
        "consignment": (353_500,), "revenue": (3_323_500,),
    }  # fmt: skip
    assert _amounts(found["12"])["spoilage"] == (14_350,)
    assert _amounts(found["13"]) == {
        "market_day": (5_000,), "cash_count": (100,), "shortages": (5_100,),
    }  # fmt: skip


def test_the_sample_months_sentences(sample_book: Book) -> None:
    found = sections(report(sample_book, "notes", "2026-06"))
    assert list(found) == [str(number) for number in range(1, 16)]
    assert "Kelurahan Kaliawi Persada, Kecamatan Tanjungkarang Pusat, Kota" in _text(found["1"])
    assert "anggota 20 orang" in _text(found["1"])
    assert "angka pembanding Mei 2026 tidak tersedia" in _text(found["2"])
    assert [each.code for each in found["3"]] == [f"{letter}." for letter in "abcdefghijk"]
    assert "Rumah Bibit 60 bulan, Peralatan Tani 48 bulan" in _text(found["3"])
    assert "BA-01/KWT/I/2026" in _text(found["3"])
    assert "Titipan Iuran KPP Rp300.000" in _text(found["8"])
    assert "bertambah Rp75.000" in _text(found["8"])
    assert "Simpanan Wajib bertambah Rp200.000 pada Juni 2026, dari 20 anggota" in _text(found["9"])
    assert "diterima hibah dari Dinas Pertanian Kota Bandar Lampung" in _text(found["9"])
    assert "nilai nihil" in _text(found["9"])
    assert "Tidak ada beban pajak penghasilan" in _text(found["14"])
    labels = [each.label for each in found["13"]]
    assert labels[:2] == [
        "Kas kurang pada hari pasar (BKM-2606-0012)",
        "Kas kurang saat opname (BKK-2606-0013)",
    ]


def test_the_statements_refer_to_notes_that_tell_of_the_same_amount(sample_book: Book) -> None:
    found = sections(report(sample_book, "notes", "2026-06"))
    position = report(sample_book, "position", "2026-06")
    referred: dict[str, int] = {}
    for each in rows(position, RowKind.LINE):
        number, amount = each.cells[0], each.cells[1]
        assert isinstance(number, str)
        assert isinstance(amount, int)
        referred[number] = referred.get(number, 0) + amount
    assert referred.keys() <= found.keys()
    for number, code in (("4", "cash"), ("5", "receivables"), ("6", "inventories")):
        assert _amounts(found[number])[code][0] == referred[number]
    assert _amounts(found["7"])["fixed_assets_net"][-1] == referred["7"]


def _compliance(found: Report) -> str:
    return _text(sections(found)["2"])


def test_compliance_is_claimed_of_a_complete_set_alone(
    book_of: BookOf, books: Books, tmp_path: Path
) -> None:
    lines = [opening(a1101=900), earn("2026-01-10", 100)]
    counted = {"kind": "cash_count", "date": "2026-02-28", "account": "1101", "counted": 1_000}
    done = book_of(group(), *lines, close("2026-01"), counted, close("2026-02"))
    assert _compliance(report(done, "notes", "2026-02")) == SAK_EMKM
    first = _compliance(report(done, "notes", "2026-01"))
    assert "kas tidak diopname pada Januari 2026" in first
    assert "angka pembanding Desember 2025 tidak tersedia" in first
    part = report(done, "notes", start=day("2026-01-01"), end=day("2026-01-20"))
    assert "tidak berakhir pada akhir bulan" in _compliance(part)
    still_open = _compliance(report(book_of(group(), *lines), "notes", "2026-01"))
    assert "bulan Januari 2026 belum ditutup" in still_open
    assert "sesuai dengan" not in still_open
    reopened = {"kind": "month_reopen", "month": "2026-01", "reason": "nota susulan"}
    undone = book_of(group(), *lines, close("2026-01"), reopened)
    assert "belum ditutup" in _compliance(report(undone, "notes", "2026-01"))
    nobody = book_of(*lines[:1], close("2026-01"))
    assert "identitas kelompok belum diisi" in _compliance(report(nobody, "notes", "2026-01"))
    with closing(books.create(tmp_path / "kosong.kwt")) as book:
        assert "identitas kelompok belum diisi, bulan" in _compliance(report(book, "notes"))


def test_receivables_and_payables_by_who_owes(book_of: BookOf) -> None:
    parties = [
        {"kind": "party", "code": code, "name": code.title(), "role": role}
        for code, role in (("ani", "customer"), ("budi", "customer"), ("toko", "supplier"))
    ]
    balances = opening(a1111=30, a1113=7, a1141=5, a2101=-12, a2201=-40)
    balances["parties"] = [
        {"party": "ani", "account": "1111", "amount": 10},
        {"party": "budi", "account": "1111", "amount": 20},
        {"party": "toko", "account": "2101", "amount": -12},
    ]
    paid = {**earn("2026-01-09", 4, "1111"), "party": "ani"}
    found = sections(report(book_of(*parties, balances, paid), "notes", "2026-01"))
    assert _amounts(found["5"]) == {
        "ani": (6, 10), "budi": (20, 20), "1113": (7, 7), "1141": (5, 5), "receivables": (38, 42),
    }  # fmt: skip
    assert _amounts(found["8"]) == {"toko": (12, 12), "2201": (40, 40),
                                    "other_liabilities": (52, 52)}  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "title"),
    [
        ({"a1112": 5}, "Piutang warung titip jual"),
        ({"a1111": 5}, "Piutang"),
        ({"a1111": 5, "a1112": 5}, "Piutang"),
        ({"a1112": 5, "a1141": 5}, "Piutang dan uang muka"),
        ({}, "Piutang"),
    ],
)
def test_the_note_on_receivables_is_called_by_what_there_is(
    claims: dict[str, int], title: str, book_of: BookOf
) -> None:
    found = report(book_of(opening(a1101=9, **claims)), "notes", "2026-01")
    heads = {each.code: each.label for each in rows(found, RowKind.SECTION)}
    assert heads["5"] == title


def test_a_disposed_asset_leaves_nothing(book_of: BookOf) -> None:
    asset = {
        "kind": "asset_acquisition", "date": "2026-01-08", "code": "A", "name": "Alat",
        "account": "1202", "cost": 700, "life_months": 10, "paid_from": "1101",
    }  # fmt: skip
    book = book_of(
        opening(a1101=900), asset, {"kind": "depreciation", "month": "2026-01"},
        {"kind": "asset_disposal", "date": "2026-02-09", "code": "A"},
    )  # fmt: skip
    january, february = (sections(report(book, "notes", month)) for month in ("2026-01", "2026-02"))
    assert _amounts(january["7"])["1202"] == (0, 700, 0, 700)
    assert _amounts(january["7"])["1212"] == (0, -70, 0, -70)
    assert _amounts(february["7"])["1202"] == (700, 0, -700, 0)
    assert _amounts(february["7"])["1212"] == (-70, 0, 70, 0)
    assert _amounts(february["7"])["fixed_assets_net"] == (630, 0, -630, 0)
    assert _amounts(february["13"])["asset_disposal"] == (630, 0)


def test_depreciation_of_a_month_with_a_disposal_is_that_of_the_statement(book_of: BookOf) -> None:
    """What went away with an asset is no less depreciation."""
    tools = [
        {"kind": "asset_acquisition", "date": "2026-01-08", "code": code, "name": code,
         "account": "1202", "cost": cost, "life_months": 10, "paid_from": "1101"}
        for code, cost in (("A", 700), ("B", 500))
    ]  # fmt: skip
    book = book_of(
        opening(a1101=9_000), *tools, {"kind": "depreciation", "month": "2026-01"},
        {"kind": "asset_disposal", "date": "2026-02-09", "code": "A"},
        {"kind": "depreciation", "month": "2026-02"},
    )  # fmt: skip
    _, depreciated, gone, _ = _amounts(sections(report(book, "notes", "2026-02"))["7"])["1212"]
    assert (depreciated, gone) == (-50, 70)
    assert cell(report(book, "profit-loss", "2026-02"), "6109", "amount") == 50


def test_donated_capital_by_who_gave_it(book_of: BookOf) -> None:
    giver = {"kind": "party", "code": "dinas", "name": "Dinas", "role": "agency"}
    grant = {"kind": "grant", "date": "2026-02-07", "account": "3104", "party": "dinas",
             "cash": {"into": "1101", "amount": 300}}  # fmt: skip
    book = book_of(giver, opening(a1101=900, a3104=-500), grant)
    found = sections(report(book, "notes", "2026-02"))["9"]
    assert {each.label: each.cells[4:6] for each in found if each.level == 1}.items() >= {
        "Saldo awal pembukuan": (500, 500), "Dinas": (300, 0),
    }.items()  # fmt: skip
    assert _amounts(found)["3104"] == (800, 500)


def test_what_was_mended_of_a_closed_month_is_told(book_of: BookOf) -> None:
    wrong = {**spend("2026-01-11", 30), "id": "w"}
    undone = {"kind": "correction", "date": "2026-02-03", "of": "w", "reason": "bukan beban"}
    lines = [opening(a1101=900), wrong]
    closed = report(book_of(group(), *lines, close("2026-01"), undone), "notes", "2026-02")
    told = _text(sections(closed)["15"])
    assert "BKM-2602-0001 tanggal 3 Februari 2026 membatalkan BKK-2601-0001" in told
    assert "11 Januari 2026, Rp30: bukan beban." in told
    still_open = report(book_of(group(), *lines, undone), "notes", "2026-02")
    assert "Tidak ada koreksi" in _text(sections(still_open)["15"])


def test_a_month_that_was_opened_again_is_told(book_of: BookOf) -> None:
    again = {"kind": "month_reopen", "month": "2026-01", "reason": "nota  susulan."}
    lines = (group(), opening(a1101=900), earn("2026-01-11", 30), close("2026-01"), again)
    january, february = (
        _text(sections(report(book_of(*lines), "notes", month))["15"])
        for month in ("2026-01", "2026-02")
    )
    assert "(BM-2601-0002): nota susulan." in january
    assert "susulan" not in february


def test_a_corrected_grant_is_not_told_of(book_of: BookOf) -> None:
    grant = {
        "kind": "grant", "date": "2026-01-07", "account": "3104", "id": "g",
        "cash": {"into": "1101", "amount": 300},
    }  # fmt: skip
    undone = {"kind": "correction", "date": "2026-01-08", "of": "g", "reason": "keliru"}
    told = sections(report(book_of(opening(a1101=9), grant), "notes", "2026-01"))
    assert "diterima hibah senilai Rp300" in _text(told["9"])
    found = sections(report(book_of(opening(a1101=9), grant, undone), "notes", "2026-01"))
    assert _text(found["9"]) == (
        "Tidak ada penambahan simpanan pokok, simpanan wajib, atau hibah pada Januari 2026."
    )


def test_income_without_goods_is_other(book_of: BookOf) -> None:
    book = book_of(opening(a1101=900), earn("2026-01-10", 100), spend("2026-01-11", 30, "4109"))
    found = report(book, "notes", "2026-01")
    assert _amounts(sections(found)["11"]) == {"other": (70,), "revenue": (70,)}
    assert cell(found, "other", "period") == 70
