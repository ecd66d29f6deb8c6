"""The notes to the financial statements."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

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
        "1201": (6_000_000, -1_000_000, -100_000, 4_900_000),
        "1202": (960_000, -200_000, -20_000, 740_000),
        "1203": (1_440_000, -300_000, -30_000, 1_110_000),
        "fixed_assets_net": (8_400_000, -1_500_000, -150_000, 6_750_000),
    }
    assert _amounts(found["11"]) == {
        "outlet-jumat": (2_270_000, 0), "gelar-produk": (400_000, 0), "direct": (300_000, 0),
        "consignment": (353_500, 0), "revenue": (3_323_500, 0),
    }  # fmt: skip
    assert _amounts(found["12"])["spoilage"] == (14_350, 0)
    assert _amounts(found["13"]) == {
        "market_day": (5_000, 0), "cash_count": (100, 0), "shortages": (5_100, 0),
    }  # fmt: skip


def test_the_sample_months_sentences(sample_book: Book) -> None:
    found = sections(report(sample_book, "notes", "2026-06"))
    assert list(found) == [str(number) for number in range(1, 15)]
    assert "Kelurahan Kaliawi Persada, Kecamatan Tanjungkarang Pusat, Kota" in _text(found["1"])
    assert "anggota 20 orang" in _text(found["1"])
    assert _text(found["2"]) == SAK_EMKM
    assert [each.code for each in found["3"]] == [f"{letter}." for letter in "abcdefghij"]
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
    done = book_of(group(), *lines, close("2026-01"))
    assert _compliance(report(done, "notes", "2026-01")) == SAK_EMKM
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
        assert "identitas kelompok belum diisi dan bulan" in _compliance(report(book, "notes"))


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
    assert _amounts(january["7"])["1202"] == (700, 0, -70, 630)
    assert _amounts(february["7"])["1202"] == (0, -70, 70, 0)
    assert _amounts(february["13"])["asset_disposal"] == (630, 0)


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
    assert _amounts(sections(found)["11"]) == {"other": (70, 0), "revenue": (70, 0)}
    assert cell(found, "other", "period") == 70
