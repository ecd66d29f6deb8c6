"""Sheets as groups really keep them, with their faults, written anew by each test.

What each must come to stands beside it, counted by hand from its rows.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Kept:
    """A file somebody brings, and what it must come to: rupiah in and out of each cash account."""

    name: str
    write: Callable[[Path], None]
    came: Mapping[str, int] = field(default_factory=dict)
    went: Mapping[str, int] = field(default_factory=dict)
    opened: Mapping[str, int] = field(default_factory=dict)
    documents: int = 0
    accounts: Mapping[str, int] = field(default_factory=dict)
    """Balances that some accounts end with; debit positive."""
    first: date | None = None
    last: date | None = None
    odd: int = 0
    """Cells that are to be looked at."""
    parties: Mapping[str, str] = field(default_factory=dict)
    """Names and roles that are set up."""
    items: Mapping[str, str] = field(default_factory=dict)
    """Names and classes that are set up."""


def book(
    sheets: Mapping[str, Rows], merged: Sequence[tuple[str, str, Any]] = ()
) -> Callable[[Path], None]:
    """Writes a workbook; days become days of the spreadsheet, `=` a sum with its value kept."""

    def write(path: Path) -> None:
        workbook = Workbook(str(path))
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(number, column, value, day)  # type: ignore[arg-type]
                    elif isinstance(value, tuple):
                        sheet.write_formula(number, column, value[0], None, value[1])
                    elif value is not None:
                        sheet.write(number, column, value)
            for where, span, value in merged:
                if where == name:
                    sheet.merge_range(span, value)
        workbook.close()

    return write


def text(rows: Rows, separator: str, encoding: str, before: str = "") -> Callable[[Path], None]:
    """Writes a list of values."""

    def write(path: Path) -> None:
        out = StringIO()
        csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
        path.write_bytes((before + out.getvalue()).encode(encoding))

    return write


PLAIN = Kept(
    "buku kas biasa.xlsx",
    book({"Kas Januari": [
        ["BUKU KAS UMUM"],
        ["KWT MELATI"],
        ["Bulan : Januari 2026"],
        [],
        ["No", "Tanggal", "Uraian", "Masuk", "Keluar", "Saldo"],
        [1, 2, 3, 4, 5, 6],
        ["", "", "Saldo bulan lalu", None, None, 500000],
        [1, date(2026, 1, 3), "Jual kangkung 40 ikat", 120000, None, 620000],
        [2, date(2026, 1, 5), "Beli pupuk kandang", None, 75000, 545000],
        [],
        [3, date(2026, 1, 9), "Jual keripik bayam", 250000, None, 795000],
        ["", "", "JUMLAH", 370000, 75000, 795000],
        [],
        ["", "", "", "Bandar Lampung, 31 Januari 2026"],
        ["", "Ketua", "", "", "Bendahara"],
        [],
        ["", "Aryanah", "", "", "Siti Rohmah"],
    ]}),
    {"1101": 370000}, {"1101": 75000}, {"1101": 500000}, 4,
    {"4101": -120000, "4102": -250000, "5101": 75000}, date(2026, 1, 3), date(2026, 1, 9),
)  # fmt: skip

TWO_HEADINGS = Kept(
    "debet kredit.xlsx",
    book(
        {"Sheet1": [
            ["LAPORAN KEUANGAN KELOMPOK WANITA TANI"],
            [],
            ["No.", "Tgl", "Uraian", None, None, None],
            [None, None, None, "Debet", "Kredit", "Saldo"],
            [1, "03/02/2026", "Penjualan sayur", 200000, None, 200000],
            [2, "10/02/2026", "Bensin ke pasar", None, 20000, 180000],
            [3, "17/02/2026", "Konsumsi rapat", None, 85000, 95000],
            [None, None, "Total", 200000, 105000, None],
        ]},
        [("Sheet1", "D3:F3", "Jumlah (Rp)")],
    ),
    {"1101": 200000}, {"1101": 105000}, {}, 3,
    {"4101": -200000, "6103": 20000, "6106": 85000}, date(2026, 2, 3), date(2026, 2, 17),
)  # fmt: skip

DAY_ONCE = Kept(
    "tanggal digabung.xlsx",
    book(
        {"Kas": [
            ["Tanggal", "Keterangan", "Pemasukan", "Pengeluaran"],
            [None, "Jual bayam", 45000, None],
            [None, "Jual cabe", 60000, None],
            [None, "Ongkos ojek", None, 15000],
            ["12 Maret 2026", "Jual tomat", 52000, None],
            [None, "Beli bibit terong", None, 30000],
        ]},
        [("Kas", "A2:A4", "5 Maret 2026")],
    ),
    {"1101": 157000}, {"1101": 45000}, {}, 5,
    {"4101": -157000, "6103": 15000, "5101": 30000}, date(2026, 3, 5), date(2026, 3, 12),
)  # fmt: skip

DAY_NUMBERS = Kept(
    "hanya tanggal.xlsx",
    book({"FEB": [
        ["BUKU KAS HARIAN"],
        ["BULAN FEBRUARI 2026"],
        ["TGL", "URAIAN", "MASUK", "KELUAR", "SISA"],
        [None, "Sisa bulan lalu", None, None, 100000],
        [2, "Arisan", 150000, None, 250000],
        [2, "Fotokopi undangan", None, 12000, 238000],
        [28, "Iuran wajib anggota", 100000, None, 338000],
    ]}),
    {"1101": 250000}, {"1101": 12000}, {"1101": 100000}, 4,
    {"2105": -150000, "6105": 12000, "3102": -100000}, date(2026, 2, 2), date(2026, 2, 28),
)  # fmt: skip

RUPIAH_WORDS = Kept(
    "rupiah tertulis.xlsx",
    book({"Buku Kas": [
        ["No", "Tgl", "Keterangan", "Debit (Rp)", "Kredit (Rp)", "Saldo (Rp)"],
        [1, "1-4-2026", "Hibah dari Dinas", "Rp 5.000.000,-", "-", "Rp 5.000.000,-"],
        [2, "2-4-2026", "Beli paranet dan bambu", "-", "Rp. 1.250.000,00", "Rp 3.750.000,-"],
        [3, "3-4-2026", "Upah tukang", "", "Rp 300.000", "Rp3.450.000"],
        [4, "4-4-2026", "Jual bibit cabai", "Rp 87.500,-", "", "3.537.500"],
    ]}),
    {"1101": 5087500}, {"1101": 1550000}, {}, 4,
    {"4201": -5000000, "6101": 1250000, "6102": 300000, "4104": -87500},
    date(2026, 4, 1), date(2026, 4, 4),
)  # fmt: skip

WINDOWS_LIST = Kept(
    "kas dari windows.csv",
    text([
        ["Tanggal", "Uraian – catatan", "Masuk", "Keluar"],
        ["05/05/2026", "Jual “daun kelor”", "35.000", ""],
        ["06/05/2026", "Beli plastik kemasan", "", "22.500"],
    ], ";", "cp1252"),
    {"1101": 35000}, {"1101": 22500}, {}, 2, {"4101": -35000, "5102": 22500},
    date(2026, 5, 5), date(2026, 5, 6),
)  # fmt: skip

UNICODE_LIST = Kept(
    "kas teks unicode.txt",
    text([
        ["Tanggal", "Uraian", "Masuk", "Keluar", "Saldo"],
        ["1 Jun 2026", "Simpanan pokok anggota baru", "50.000", "", "50.000"],
        ["2 Jun 2026", "Beli buku kas dan pulpen", "", "18.000", "32.000"],
    ], "\t", "utf-16"),
    {"1101": 50000}, {"1101": 18000}, {}, 2, {"3101": -50000, "6105": 18000},
    date(2026, 6, 1), date(2026, 6, 2),
)  # fmt: skip

ENGLISH_AMOUNTS = Kept(
    "hp.csv",
    text([
        ["Date", "Description", "In", "Out", "Balance"],
        ["2026-07-01", "Jual pakcoy", "1,250,000", "", "1,250,000"],
        ["2026-07-02", "Token listrik", "", "102,500.00", "1,147,500"],
    ], ",", "utf-8"),
    {"1101": 1250000}, {"1101": 102500}, {}, 2, {"4101": -1250000, "6104": 102500},
    date(2026, 7, 1), date(2026, 7, 2),
)  # fmt: skip

MONTHS = Kept(
    "semester.xlsx",
    book({
        "Jan 2026": [
            ["Tgl", "Uraian", "Debet", "Kredit", "Saldo"],
            [None, "Saldo awal", None, None, 250000],
            [date(2026, 1, 10), "Jual terong", 90000, None, 340000],
            [None, "Jumlah bulan ini", 90000, 0, 340000],
        ],
        "Feb 2026": [
            ["Tgl", "Uraian", "Debet", "Kredit", "Saldo"],
            [None, "Saldo bulan lalu", None, None, 340000],
            [date(2026, 2, 14), "Beli benih kangkung", None, 40000, 300000],
            [None, "Jumlah bulan ini", 0, 40000, None],
            [None, "Jumlah s/d bulan lalu", 90000, 0, None],
            [None, "Jumlah s/d bulan ini", 90000, 40000, None],
        ],
        "Mar 2026": [
            ["Tgl", "Uraian", "Debet", "Kredit", "Saldo"],
            [None, "Saldo bulan lalu", 300000, None, 300000],
            [date(2026, 3, 2), "Arisan", 50000, None, 350000],
        ],
        "Catatan": [["Jangan lupa tagih Bu Marni"]],
    }),
    {"1101": 140000}, {"1101": 40000}, {"1101": 250000}, 4,
    {"4101": -90000, "5101": 40000, "2105": -50000}, date(2026, 1, 10), date(2026, 3, 2),
)  # fmt: skip

CASH_AND_BANK = Kept(
    "kas dan bank.xlsx",
    book({
        "Buku Kas": [
            ["Tanggal", "Uraian", "Masuk", "Keluar", "Saldo"],
            [date(2026, 8, 3), "Jual sayur", 700000, None, 700000],
            [date(2026, 8, 4), "Setor ke bank", None, 500000, 200000],
        ],
        "Buku Bank": [
            ["Tanggal", "Uraian", "Masuk", "Keluar", "Saldo"],
            [date(2026, 8, 4), "Setor tunai", 500000, None, 500000],
            [date(2026, 8, 31), "Bunga bank", 1250, None, 501250],
            [date(2026, 8, 31), "Biaya administrasi bank", None, 5500, 495750],
        ],
    }),
    {"1101": 700000, "1103": 501250}, {"1101": 500000, "1103": 5500}, {}, 4,
    {"4101": -700000, "7101": -1250, "7201": 5500}, date(2026, 8, 3), date(2026, 8, 31), 1,
)  # fmt: skip

ONE_COLUMN = Kept(
    "satu kolom.xlsx",
    book({"Sheet1": [
        ["Tanggal", "Jenis", "Keterangan", "Jumlah"],
        ["01/09/2026", "Masuk", "Penjualan keripik pare", 180000],
        ["02/09/2026", "Keluar", "Beli minyak goreng", 64000],
        ["02/09/2026", "Keluar", "Gas elpiji 3 kg", 22000],
    ]}),
    {"1101": 180000}, {"1101": 86000}, {}, 3, {"4103": -180000, "5102": 86000},
    date(2026, 9, 1), date(2026, 9, 2),
)  # fmt: skip

SIGNED = Kept(
    "pakai kurung.xlsx",
    book({"KAS": [
        ["tgl", "uraian", "jumlah", "saldo"],
        ["5/10/2026", "jual labu", "310.000", "310.000"],
        ["6/10/2026", "upah panen", "(250.000)", "60.000"],
        ["7/10/2026", "denda terlambat", "10.000", "70.000"],
    ]}),
    {"1101": 320000}, {"1101": 250000}, {}, 3,
    {"4101": -310000, "6102": 250000, "7102": -10000}, date(2026, 10, 5), date(2026, 10, 7),
)  # fmt: skip

WEEKLY_SUMS = Kept(
    "mingguan.xlsx",
    book({"Outlet": [
        ["CATATAN OUTLET JUMAT"],
        ["Hari/Tanggal", "Uraian", "Penerimaan", "Pengeluaran"],
        ["Jumat, 2 Januari 2026", "Penjualan outlet", 405000, None],
        ["Jumat, 2 Januari 2026", "Parkir dan angkut", None, 25000],
        [None, "Jumlah minggu I", 405000, 25000],
        ["Jumat, 9 Januari 2026", "Penjualan outlet", 380000, None],
        [None, "Jumlah minggu II", 380000, None],
        [None, None, 785000, 25000],
    ]}),
    {"1101": 785000}, {"1101": 25000}, {}, 3, {"4101": -785000, "6103": 25000},
    date(2026, 1, 2), date(2026, 1, 9),
)  # fmt: skip

SERIALS = Kept(
    "angka tanggal.xlsx",
    book({"Sheet2": [
        [None, "NO", "TANGGAL", "NO. BUKTI", "URAIAN", "PENERIMAAN", "PENGELUARAN", "SALDO"],
        [None, 1, 2, 3, 4, 5, 6, 7],
        [],
        [None, 1, 46023, "001", "Pinjaman UPK", 2000000, None, ("=F4", 2000000)],
        [None, 2, 46030, "002", "Angsuran UPK", None, 200000, ("=H4-G5", 1800000)],
        [None, 3, 46030, "003", "Jasa", None, 20000, ("=H5-G6", 1780000)],
        [None, None, None, None, "TOTAL", ("=SUM(F4:F6)", 2000000), ("=SUM(G4:G6)", 220000)],
    ]}),
    {"1101": 2000000}, {"1101": 220000}, {}, 3, {"2201": -1800000, "7202": 20000},
    date(2026, 1, 1), date(2026, 1, 8),
)  # fmt: skip

WRONG_BALANCE = Kept(
    "salah hitung.xlsx",
    book({"Kas": [
        ["Tanggal", "Uraian", "Masuk", "Keluar", "Saldo"],
        [date(2026, 4, 1), "Jual timun", 80000, None, 80000],
        [date(2026, 4, 2), "Beli solatip dan kertas", None, 15000, 75000],
        [date(2026, 4, 3), "Jual sawi", 20000, None, 95000],
    ]}),
    {"1101": 100000}, {"1101": 15000}, {}, 3, {"4101": -100000, "6105": 15000},
    date(2026, 4, 1), date(2026, 4, 3), 1,
)  # fmt: skip

NO_HEADINGS = Kept(
    "tanpa judul.csv",
    text([
        ["01/05/2026", "Jual singkong", "90000", "", "90000"],
        ["03/05/2026", "Beli garam dan bawang", "", "17000", "73000"],
        ["08/05/2026", "Jual stik bayam", "60000", "", "133000"],
    ], ";", "utf-8-sig"),
    {"1101": 150000}, {"1101": 17000}, {}, 3,
    {"4101": -90000, "5102": 17000, "4102": -60000}, date(2026, 5, 1), date(2026, 5, 8),
)  # fmt: skip

MISNAMED = Kept(
    "laporan lama.xls",
    book({"Laporan": [
        ["No", "Hari/Tgl", "Jenis Transaksi", "Uang Masuk", "Uang Keluar", "Sisa Uang", "Ket"],
        [1, "Senin 6-Jul-26", "Titip jual warung Bu Siti", 95000, None, 95000, "lunas"],
        [2, "Selasa 7-Jul-26", "Kue dan teh untuk tamu", None, 45000, 50000, None],
    ]}),
    {"1101": 95000}, {"1101": 45000}, {}, 2, {"4102": -95000, "6106": 45000},
    date(2026, 7, 6), date(2026, 7, 7),
)  # fmt: skip

SAVINGS = Kept(
    "simpanan anggota.xlsx",
    book({"Simpanan": [
        ["DAFTAR SIMPANAN ANGGOTA"],
        ["No", "Nama Anggota", "Alamat", "No HP", "Simp. Pokok", "Simp. Wajib", "Sukarela", "Jml"],
        [1, "Sumiati", "RT 01", 81234567890, 50000, 120000, None, 170000],
        [2, "Nur Hayati", "RT 02", "0812-1111-2222", 50000, 90000, 25000, 165000],
        [3, "Hj. Aminah", "RT 02", None, 50000, 60000, None, 110000],
        [None, "JUMLAH", None, None, 150000, 270000, 25000, 445000],
    ]}),
    documents=1,
    accounts={"3101": -150000, "3102": -270000, "2106": -25000},
    parties={"Sumiati": "member", "Nur Hayati": "member", "Hj. Aminah": "member"},
)  # fmt: skip

STOCK = Kept(
    "stok barang.xlsx",
    book({"Stok Barang": [
        ["No", "Nama Barang", "Satuan", "Jumlah", "Harga Beli", "Harga Jual", "Nilai"],
        [1, "Keripik pare 100 g", "bungkus", "24", 6500, 10000, 156000],
        [2, "Bibit terong", "batang", "1.200", 500, 1500, 600000],
        [3, "Pupuk NPK", "kg", "12,5", 14000, None, 175000],
        [None, "Total", None, None, None, None, 931000],
    ]}),
    documents=1,
    accounts={"1129": 156000, "1124": 600000, "1122": 175000},
    items={"Keripik pare 100 g": "finished", "Bibit terong": "seedling", "Pupuk NPK": "input"},
)  # fmt: skip

INVENTORY = Kept(
    "daftar inventaris.xlsx",
    book({"Inventaris": [
        ["DAFTAR INVENTARIS KELOMPOK"],
        ["No", "Nama Barang", "Tahun Perolehan", "Harga (Rp)", "Kondisi"],
        [1, "Mesin peniris minyak", 2025, "1.440.000", "baik"],
        [2, "Cangkul dan sekop", 2024, "480.000", "baik"],
        [3, "Rumah bibit", "15/03/2024", "6.000.000", "perlu perbaikan"],
    ]}),
    documents=1,
    accounts={"1203": 1440000, "1202": 480000, "1201": 6000000},
)  # fmt: skip

DEBTORS = Kept(
    "piutang.xlsx",
    book({"Piutang": [
        ["Daftar Utang Piutang per 1 Januari 2026"],
        ["Nama", "Sebagai", "Piutang", "Utang"],
        ["Bu Marni", "pembeli", 75000, None],
        ["Toko Tani Makmur", "pemasok", None, 150000],
        ["UPK Persada", "UPK", None, "1.000.000"],
        ["Total", None, 75000, 1150000],
    ]}),
    documents=1,
    accounts={"1111": 75000, "2101": -150000, "2201": -1000000},
    parties={"Bu Marni": "customer", "Toko Tani Makmur": "supplier", "UPK Persada": "agency"},
)  # fmt: skip

BY_PURPOSE = Kept(
    "kolom per keperluan.xlsx",
    book({"Juli": [
        ["BUKU KAS KWT MELATI", None, None, "Tahun 2026"],
        ["No", "Tanggal", "Uraian", "Penjualan", "Iuran Wajib", "Lain-lain",
         "Bahan", "Transport", "Konsumsi", "Saldo"],
        [None, None, "Saldo bulan lalu", None, None, None, None, None, None, 150000],
        [1, 3, "Keripik bayam 12 bungkus", 120000, None, None, None, None, None, 270000],
        [2, None, "Wajib bulan Juli", None, 60000, None, None, None, None, 330000],
        [3, 5, "Ke pasar beli minyak goreng", None, None, None, 48000, 15000, None, 267000],
        [4, 19, "Rapat bulanan", None, None, None, None, None, 35000, 232000],
        [5, 20, "Denda terlambat", None, None, 5000, None, None, None, 237000],
        [None, None, "Jumlah", 120000, 60000, 5000, 48000, 15000, 35000, None],
    ]}),
    {"1101": 185000}, {"1101": 98000}, {"1101": 150000}, 7,
    {"4102": -120000, "3102": -60000, "5102": 48000, "6103": 15000, "6106": 35000, "7102": -5000},
    date(2026, 7, 3), date(2026, 7, 20),
)  # fmt: skip

UNDER_IN_AND_OUT = Kept(
    "masuk dan keluar menurut jenis.xlsx",
    book(
        {"BKU": [
            ["BUKU KAS UMUM", None, None, None, None, None, None, None, None],
            ["Tgl", "Uraian", "PENERIMAAN", None, None, "PENGELUARAN", None, None, "Saldo"],
            [None, None, "Penjualan", "Hibah", "Jumlah", "Sarana", "Upah", "Jumlah", None],
            ["1/9/26", "Dana P2L tahap I", None, 3000000, 3000000, None, None, None, 3000000],
            ["2/9/26", "Paku, bambu", None, None, None, 450000, None, 450000, 2550000],
            [None, "Tukang 2 hari", None, None, None, None, 200000, 200000, 2350000],
            ["30/9/26", "Panen kangkung", 85000, None, 85000, None, None, None, 2435000],
            [None, "Jumlah", 85000, 3000000, 3085000, 450000, 200000, 650000, None],
        ]},
        [("BKU", "A1:I1", "BUKU KAS UMUM"), ("BKU", "C2:E2", "PENERIMAAN"),
         ("BKU", "F2:H2", "PENGELUARAN"), ("BKU", "A2:A3", "Tgl"), ("BKU", "B2:B3", "Uraian"),
         ("BKU", "I2:I3", "Saldo")],
    ),
    {"1101": 3085000}, {"1101": 650000}, {}, 4,
    {"4201": -3000000, "6101": 450000, "6102": 200000, "4101": -85000},
    date(2026, 9, 1), date(2026, 9, 30),
)  # fmt: skip

SHARED_OUT = Kept(
    "tabelaris.xlsx",
    book({"Kas 2026": [
        ["Tgl", "Uraian", "Debet", "Kredit", "Saldo", "Penjualan", "Arisan", "Pupuk", "Lain-lain"],
        ["28 Nov", "Sayur dan arisan", 210000, None, 210000, 160000, 50000, None, None],
        ["29 Nov", "Toko Makmur", None, 90000, 120000, None, None, 90000, None],
        ["29 Nov", "Jenguk Bu Warni", None, 25000, 95000, None, None, None, 25000],
        ["30 Nov", "Fotokopi", None, 5000, 90000, None, None, None, None],
    ]}),
    {"1101": 210000}, {"1101": 120000}, {}, 5,
    {"4101": -160000, "2105": -50000, "5101": 90000, "7202": 25000, "6105": 5000},
    date(2026, 11, 28), date(2026, 11, 30),
)  # fmt: skip

PAIRS = Kept(
    "kas dan bank berdampingan.xlsx",
    book({"Buku Kas": [
        ["Tanggal", "Uraian", "Kas", None, None, "Bank", None, None],
        [None, None, "D", "K", "Saldo", "D", "K", "Saldo"],
        [date(2026, 5, 4), "Jual terong", 300000, None, 300000, None, None, None],
        [date(2026, 5, 5), "Setor ke BRI", None, 250000, 50000, 250000, None, 250000],
        [date(2026, 5, 29), "Bunga", None, None, 50000, 1500, None, 251500],
        [date(2026, 5, 29), "Biaya admin", None, None, 50000, None, 3000, 248500],
    ]}),
    {"1101": 300000, "1103": 251500}, {"1101": 250000, "1103": 3000}, {}, 4,
    {"4101": -300000, "7101": -1500, "7201": 3000}, date(2026, 5, 4), date(2026, 5, 29),
)  # fmt: skip

A_MONTH_A_SHEET = Kept(
    "BKU fasilitator 2025-2026.xlsx",
    book({
        "Nov": [
            ["Bulan : Nopember"], ["Tahun 2025"],
            ["Tgl", "Uraian", "Penerimaan", "Pengeluaran", "Saldo"],
            [None, "Jumlah pindahan", None, None, 75000],
            [8, "Jual sawi", 40000, None, 115000],
            [None, "Jual tomat", 30000, None, 145000],
            [None, "Dipindahkan", 70000, None, 145000],
        ],
        "Des - Jan": [
            ["Tgl", "Uraian", "Penerimaan", "Pengeluaran", "Saldo"],
            [None, "Pindahan dari Nopember", None, None, 145000],
            ["28/12/2025", "Sewa stan bazar", None, 60000, 85000],
            ["3/1", "Jual keripik", 90000, None, 175000],
        ],
    }),
    {"1101": 160000}, {"1101": 60000}, {"1101": 75000}, 5,
    {"4101": -70000, "6108": 60000, "4102": -90000}, date(2025, 11, 8), date(2026, 1, 3),
)  # fmt: skip

NO_YEAR = Kept(
    "tanpa tahun.xlsx",
    book({"Kas": [
        ["Tanggal", "Uraian", "Masuk", "Keluar"],
        [None, "Sisa bulan lalu", 20000, None],
        ["15 Des", "Jual bayam", 30000, None],
        ["5 Jan", "Beli benih", None, 12000],
    ]}),
    {"1101": 30000}, {"1101": 12000}, {"1101": 20000}, 3,
    {"4101": -30000, "5101": 12000}, date(2025, 12, 15), date(2026, 1, 5), 1,
)  # fmt: skip

TWO_SIDES = Kept(
    "masuk kiri keluar kanan.xlsx",
    book(
        {"Maret": [
            ["Buku Kas Bulan Maret 2026"],
            ["PEMASUKAN", None, None, "PENGELUARAN", None, None],
            ["Tanggal", "Keterangan", "Jumlah", "Tanggal", "Keterangan", "Jumlah"],
            [1, "Saldo awal", 500000, 3, "Beli bibit", 80000],
            [2, "Penjualan sayur", 150000, 6, "Transport outlet", 20000],
            [6, "Outlet jumat", 425000, None, None, None],
            [13, "Outlet jumat", 390000, 31, "Saldo", 1365000],
            ["Total", None, 1465000, "Total", None, 1465000],
        ]},
        [("Maret", "A2:C2", "PEMASUKAN"), ("Maret", "D2:F2", "PENGELUARAN")],
    ),
    {"1101": 965000}, {"1101": 100000}, {"1101": 500000}, 6,
    {"4101": -965000, "5101": 80000, "6103": 20000}, date(2026, 3, 2), date(2026, 3, 13),
)  # fmt: skip

ONE_DAY_FOR_BOTH = Kept(
    "satu tanggal dua sisi.xlsx",
    book(
        {"Kas": [
            ["Tanggal", "Masuk", None, "Keluar", None],
            [None, "Uraian", "Rp", "Uraian", "Rp"],
            ["2/3/2026", "Jual sayur", 100000, "Bensin", 15000],
            ["9/3/2026", None, None, "Pupuk", 20000],
            [None, None, None, "Ojek", 5000],
            ["10/3/2026", "Jual cabe", 50000, None, None],
            [None, "Jumlah", 150000, "Jumlah", 40000],
        ]},
        [("Kas", "A1:A2", "Tanggal"), ("Kas", "B1:C1", "Masuk"), ("Kas", "D1:E1", "Keluar")],
    ),
    {"1101": 150000}, {"1101": 40000}, {}, 5,
    {"4101": -150000, "6103": 20000, "5101": 20000}, date(2026, 3, 2), date(2026, 3, 10),
)  # fmt: skip

MONTHS_BESIDE = Kept(
    "dua bulan berdampingan.xlsx",
    book({"2026": [
        ["JANUARI", None, None, None, None, None, "FEBRUARI"],
        ["Tgl", "Uraian", "Masuk", "Keluar", "Saldo", None,
         "Tgl", "Uraian", "Masuk", "Keluar", "Saldo"],
        [3, "Jual sayur", 100000, None, 100000, None, 4, "Jual cabe", 50000, None, 130000],
        [9, "Ojek", None, 20000, 80000, None, 6, "Pupuk", None, 30000, 100000],
        [None, None, None, None, None, None, 7, "Fotokopi", None, 1000, 99000],
    ]}),
    {"1101": 150000}, {"1101": 51000}, {}, 5,
    {"4101": -150000, "6103": 20000, "5101": 30000, "6105": 1000},
    date(2026, 1, 3), date(2026, 2, 7),
)  # fmt: skip

SECTIONS = Kept(
    "rekap tiga bulan.xlsx",
    book({"Rekap": [
        ["LAPORAN KEUANGAN KWT MELATI"], ["Periode Januari - Maret 2026"], [],
        ["JANUARI"],
        ["Tanggal", "Uraian", "Masuk", "Keluar", "Saldo"],
        ["05", "Penjualan sayur kangkung", 120000, None, 120000],
        ["12", "Beli benih", None, 45000, 75000],
        ["JUMLAH", None, 120000, 45000],
        [],
        ["FEBRUARI"],
        ["Tanggal", "Uraian", "Masuk", "Keluar", "Saldo"],
        ["02", "Penjualan bibit", 200000, None, 275000],
        ["15", "Konsumsi rapat", None, 60000, 215000],
        ["JUMLAH", None, 200000, 60000],
    ]}),
    {"1101": 320000}, {"1101": 105000}, {}, 4,
    {"4101": -120000, "4104": -200000, "5101": 45000, "6106": 60000},
    date(2026, 1, 5), date(2026, 2, 15),
)  # fmt: skip

NEWEST_FIRST = Kept(
    "terbaru di atas.xlsx",
    book({"Kas": [
        ["Tanggal", "Keterangan", "Masuk", "Keluar", "Saldo"],
        ["30/07/2026", "Jual sayur", 100000, None, 1100000],
        ["15/07/2026", "Beli pupuk", None, 50000, 1000000],
        ["02/07/2026", "Jual bibit", 50000, None, 1050000],
        [None, "Saldo awal", None, None, 1000000],
    ]}),
    {"1101": 150000}, {"1101": 50000}, {"1101": 1000000}, 4,
    {"4101": -100000, "4104": -50000, "5101": 50000}, date(2026, 7, 2), date(2026, 7, 30),
)  # fmt: skip

AMERICAN = Kept(
    "komputer inggris.xlsx",
    book({name: [
        [f"KAS {name} 26"], ["Tgl", "Keterangan", "D", "K", "Saldo"],
        [f"{month}/10/26", "Jual tomat", 150000, None, 150000],
        [f"{month}/20/26", "Beli pupuk", None, 50000, 100000],
    ] for month, name in ((1, "Jan"), (2, "Feb"), (3, "Mar"))}),
    {"1101": 450000}, {"1101": 150000}, {}, 6, {"4101": -450000, "5101": 150000},
    date(2026, 1, 10), date(2026, 3, 20),
)  # fmt: skip

PAID_BY_MONTH = Kept(
    "iuran wajib.xlsx",
    book({"Iuran 2026": [
        ["IURAN WAJIB ANGGOTA TAHUN 2026"],
        ["No", "Nama", "Jan", "Feb", "Mar", "Apr", "Total"],
        [1, "Siti Aminah", 10000, 10000, 10000, None, 30000],
        [2, "Nurjanah", 10000, "10.000", None, None, 20000],
        [3, "Hj. Warni", None, None, None, None, None],
        [None, "Jumlah", 20000, 20000, 10000, None, 50000],
    ]}),
    {"1101": 50000}, {}, {}, 3, {"3102": -50000}, date(2026, 1, 31), date(2026, 3, 31), 1,
    {"Siti Aminah": "member", "Nurjanah": "member"},
)  # fmt: skip

DUES_BY_MONTH = Kept(
    "kpp.xlsx",
    book({"KPP": [
        ["IURAN KPP PEMELIHARAAN JALAN"], ["Tahun 2025/2026"],
        ["No", "Nama Warga", "Blok", date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)],
        [1, "Pak Tono", "A1", 5000, 5000, 5000],
        [2, "Bu Sri", "A2", 5000, None, None],
    ]}),
    {"1101": 20000}, {}, {}, 3, {"2104": -20000}, date(2025, 11, 30), date(2026, 1, 31), 1,
    {"Pak Tono": "resident", "Bu Sri": "resident"},
)  # fmt: skip

SOLD = Kept(
    "daftar penjualan.xlsx",
    book({"Penjualan": [
        ["Tanggal", "Nama Barang", "Banyaknya", "Satuan", "Harga", "Jumlah", "Pembeli", "Ket"],
        ["2026-07-01", "Bibit cabai", 10, "polybag", 5000, 50000, "Bu Ani", "lunas"],
        ["2026-07-03", "Keripik bayam", 5, "bks", 10000, 50000, "Warung Tono", "belum bayar"],
        ["2026-07-04", "Keripik bayam", 2, "bks", 10000, 20000, None, "lunas"],
        [None, "Total", None, None, None, 120000, None, None],
    ]}),
    {"1101": 70000}, {}, {}, 2, {"4104": -50000, "4102": -20000},
    date(2026, 7, 1), date(2026, 7, 4), 1,
)  # fmt: skip

BOUGHT = Kept(
    "belanja.xlsx",
    book({"Belanja Juli": [
        ["Tgl", "Nama Barang", "Jumlah", "Harga Satuan", "Total", "Toko"],
        ["02/07/2026", "Minyak goreng", "2 liter", "18.000", "36.000", "Toko Jaya"],
        ["02/07/2026", "Plastik kemasan", "1,5", "10.000", "15.000", "Toko Jaya"],
    ]}),
    {}, {"1101": 51000}, {}, 2, {"5102": 51000}, date(2026, 7, 2), date(2026, 7, 2), 1,
)  # fmt: skip

OWED = Kept(
    "hutang kelompok.xlsx",
    book({"Hutang": [
        ["No", "Kepada", "Jumlah", "Keterangan"],
        [1, "Toko Tani", "150.000", "pupuk"],
        [2, "Toko Jaya", "20.000", None],
    ]}),
    documents=1, accounts={"2101": -170000},
    parties={"Toko Tani": "supplier", "Toko Jaya": "supplier"},
)  # fmt: skip

OWES = Kept(
    "hutang warung.xlsx",
    book({"Piutang": [
        ["No", "Nama", "Jumlah Hutang", "Keterangan"],
        [1, "Warung Tono", "150.000", "keripik"],
        [2, "Bu Ani", "35.000", "bibit"],
    ]}),
    documents=1, accounts={"1111": 185000},
    parties={"Warung Tono": "customer", "Bu Ani": "customer"},
)  # fmt: skip

EVERY = (
    PLAIN, TWO_HEADINGS, DAY_ONCE, DAY_NUMBERS, RUPIAH_WORDS, WINDOWS_LIST, UNICODE_LIST,
    ENGLISH_AMOUNTS, MONTHS, CASH_AND_BANK, ONE_COLUMN, SIGNED, WEEKLY_SUMS, SERIALS,
    WRONG_BALANCE, NO_HEADINGS, MISNAMED, SAVINGS, STOCK, INVENTORY, DEBTORS,
    BY_PURPOSE, UNDER_IN_AND_OUT, SHARED_OUT, PAIRS, A_MONTH_A_SHEET, NO_YEAR,
    TWO_SIDES, ONE_DAY_FOR_BOTH, MONTHS_BESIDE, SECTIONS, NEWEST_FIRST, AMERICAN,
    PAID_BY_MONTH, DUES_BY_MONTH, SOLD, BOUGHT, OWED, OWES,
)  # fmt: skip
