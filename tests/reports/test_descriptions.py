"""What the books say of a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kwt_books.book import Book
from kwt_books.domain.documents.base import Document
from kwt_books.domain.documents.registry import command_classes
from kwt_books.i18n.catalogue import Translator
from kwt_books.queries.setup import SetupBook
from kwt_books.reports.kinds import Describer, venue_name
from kwt_books.reports.model import RowKind
from tests.books import opened

from .figures import earn, opening, report, rows
from .trade import ITEMS, buy, undo

BookOf = Callable[..., Book]


def describe(kind: str, payload: dict[str, Any], names: SetupBook, words: Translator,
             corrected: str | None = None) -> str:  # fmt: skip
    return Describer(names, words).describe(kind, payload, corrected)


LINES = [{"item": "pupuk", "qty": 20}, {"item": "sayur", "qty": "2.5"}, {"item": "benih", "qty": 1}]
SAID: dict[str, tuple[dict[str, Any], str]] = {
    "opening_balance": ({"balances": {}}, "Saldo awal"),
    "receipt": ({"into": "1101", "lines": [{"account": "7101", "amount": 1}]},
                "Penerimaan: Pendapatan Bunga"),
    "payment": ({"from": "1101", "party": "toko", "lines": [
        {"account": code, "amount": 1} for code in ("6104", "6105", "6106", "6104")]},
        "Pembayaran: Beban Listrik & Air, Beban ATK & Fotokopi dan 1 lainnya, Toko Tani"),
    "transfer": ({"from": "1101", "to": "1103", "amount": 1},
                 "Pindah dari Kas Tunai Bendahara ke Bank Rekening Kelompok"),
    "purchase": ({"lines": LINES}, "Beli Pupuk NPK 20 kg, Sayur campur 2,5 kg dan 1 lainnya"),
    "sowing": ({"batch": "SM-1", "item": "bibit", "qty": 400},
               "Semai Bibit cabai 400 batang, semaian SM-1"),
    "tending": ({"bed": "kebun"}, "Perawatan kebun"),
    "seedlings_ready": ({"batch": "SM-1", "ready": 300, "lost": 100},
                        "Bibit siap tanam 300 batang dari semaian SM-1"),
    "harvest": ({"bed": "kebun", "item": "sayur", "qty": 35},
                "Panen Sayur campur 35 kg dari kebun"),
    "planting_end": ({"bed": "kebun"}, "Akhir masa tanam kebun"),
    "production": ({"item": "keripik", "qty": 40}, "Produksi Keripik bayam 40 bungkus"),
    "market_day": ({"venue": "outlet-jumat", "lines": []}, "Hari pasar Outlet Jumat"),
    "sale": ({"lines": LINES[:1], "party": "rina"}, "Jual Pupuk NPK 20 kg, Ibu Rina"),
    "consignment": ({"shop": "siti", "lines": [{"item": "keripik", "qty": 15}]},
                    "Titip Keripik bayam 15 bungkus di Warung Bu Siti"),
    "consignment_settlement": ({"shop": "siti", "lines": []},
                               "Perhitungan titip jual Warung Bu Siti"),
    "grant": ({"items": LINES[:1], "assets": [{"name": "Cangkul"}]},
              "Hibah Pupuk NPK 20 kg, Cangkul"),
    "distribution": ({"lines": LINES[:1]}, "Dibagikan kepada anggota: Pupuk NPK 20 kg"),
    "stock_count": ({"place": "shop:siti", "lines": []}, "Hitung stok di Warung Bu Siti"),
    "cash_count": ({"account": "1101", "counted": 1}, "Hitung Kas Tunai Bendahara"),
    "asset_acquisition": ({"name": "Cangkul", "code": "C"}, "Beli Cangkul"),
    "asset_disposal": ({"code": "C"}, "Pelepasan aset tetap C"),
    "depreciation": ({"month": "2026-06"}, "Penyusutan Juni 2026"),
    "savings": ({"type": "voluntary", "lines": [{"party": "ani", "amount": -5}]},
                "Penarikan simpanan sukarela, Ani"),
    "month_close": ({"month": "2026-06"}, "Tutup bulan Juni 2026"),
    "month_reopen": ({"month": "2026-06", "reason": "Salah hitung"},
                     "Buka kembali bulan Juni 2026: salah hitung"),
    "sale_return": ({"lines": LINES[:1], "of": "x"}, "Retur penjualan: Pupuk NPK 20 kg"),
    "purchase_return": ({"lines": LINES[:1], "party": "toko"},
                        "Retur pembelian: Pupuk NPK 20 kg, Toko Tani"),
    "dues": ({"lines": [{"party": "ani", "months": ["2026-06"]}]}, "Iuran Juni 2026, Ani"),
    "bank_reconciliation": ({"account": "1103", "statement": 1},
                            "Rekonsiliasi bank, Bank Rekening Kelompok"),
    "memorial": ({"reason": "Salah akun", "lines": []}, "Memorial: salah akun"),
    "appropriation": ({"decision": "BA-1", "lines": []}, "Pembagian SHU, BA-1"),
    "register": ({"book": "minutes", "title": "Rapat bulanan"}, "Buku Notulen: Rapat bulanan"),
    "attachment": ({"name": "nota.jpg"}, "Lampiran nota.jpg"),
    "correction": ({"of": "x", "reason": "Salah ketik nol"},
                   "Perbaikan BKK-2606-0010: salah ketik nol"),
}  # fmt: skip


@pytest.fixture
def names(book_of: BookOf) -> SetupBook:
    book = book_of(*ITEMS)
    file = opened(book.path)
    with file.reading() as connection:
        setup = SetupBook(connection)
        _ = setup.items, setup.parties, setup.accounts
    file.close()
    return setup


@pytest.mark.parametrize(
    "kind", [each.kind for each in command_classes() if issubclass(each, Document)]
)
def test_every_kind_has_its_sentence(kind: str, names: SetupBook) -> None:
    payload, said = SAID[kind]
    assert describe(kind, payload, names, Translator("id"), "BKK-2606-0010") == said
    english = describe(kind, payload, names, Translator("en"), "BKK-2606-0010")
    assert english
    assert "{" not in english


@pytest.mark.parametrize(
    ("memo", "said"),
    [
        ("Beli pupuk", "Beli pupuk, Toko Tani"),
        ("Nota toko tani no. 5", "Nota toko tani no. 5"),
        ("  dua\n baris\t ini ", "dua baris ini, Toko Tani"),
    ],
)
def test_a_memo_and_who_it_was_with(names: SetupBook, memo: str, said: str) -> None:
    payload = {"memo": memo, "party": "toko", "lines": LINES}
    assert describe("purchase", payload, names, Translator("id")) == said


@pytest.mark.parametrize(
    ("type_", "amounts", "said"),
    [
        ("principal", {"ani": 5}, "Setoran simpanan pokok, Ani"),
        ("mandatory", {"ani": 5, "budi": 5}, "Setoran simpanan wajib"),
        ("voluntary", {"ani": -5, "budi": 5}, "Setoran simpanan sukarela"),
    ],
)
def test_savings_of_one_member_name_her(
    names: SetupBook, type_: str, amounts: dict[str, int], said: str
) -> None:
    lines = [{"party": party, "amount": amount} for party, amount in amounts.items()]
    assert describe("savings", {"type": type_, "lines": lines}, names, Translator("id")) == said


def test_what_has_two_sides(names: SetupBook) -> None:
    t = Translator("id")
    assert describe("tending", {"batch": "SM-1"}, names, t) == "Perawatan semaian SM-1"
    lost = {"batch": "SM-1", "ready": 0, "destroyed": 5}
    assert describe("seedlings_ready", lost, names, t) == "Bibit mati di semaian SM-1"
    assert describe("grant", {"cash": {"amount": 1}}, names, t) == "Hibah uang"
    count = {"place": "store", "lines": []}
    assert describe("stock_count", count, names, t) == "Hitung stok di gudang"


@pytest.mark.parametrize(
    ("venue", "said"),
    [
        ("outlet-jumat", "Outlet Jumat"),
        ("gelar_produk", "Gelar Produk"),
        ("Pasar SMEP", "Pasar SMEP"),
        ("pasar pagi", "pasar pagi"),
        ("GOR", "GOR"),
    ],
)
def test_a_venue_is_written_as_people_do(venue: str, said: str) -> None:
    assert venue_name(venue) == said


def test_a_correction_names_the_voucher_of_what_it_undoes(book_of: BookOf) -> None:
    book = book_of(
        opening(a1101=100_000), *ITEMS, buy("2026-01-02", "pupuk", 1, 500),
        undo("2026-01-03", "BKK-2601-0001", "BKK ini ganda"), {**earn("2026-01-04", 5), "id": "r"},
        undo("2026-01-05", "r"),
    )  # fmt: skip
    labels = [row.label for row in rows(report(book, "journal"), RowKind.SECTION)]
    assert labels[2] == "Perbaikan BKK-2601-0001: BKK ini ganda"
    assert labels[4] == "Perbaikan BKM-2601-0003: salah ketik"
