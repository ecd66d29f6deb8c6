"""The position, and profit and loss."""

from __future__ import annotations

from kwt_books.reports.model import Column, ColumnType, Report
from tests.exporters.pdf_samples.common import (
    AS_OF,
    END,
    HEAD,
    INTEGRAL,
    LINE,
    MONEY,
    MONTH,
    SECTION,
    SUBTOTAL,
    TOTAL,
    UNIT,
    statement,
)


def position() -> Report:
    columns = (
        Column("note", "Catatan", ColumnType.CODE),
        Column("now", "30 Juni 2026", MONEY),
        Column("before", "31 Mei 2026", MONEY),
    )
    rows = statement(
        (SECTION, 0, "ASET"),
        (SECTION, 1, "Aset lancar"),
        (LINE, 2, "Kas dan bank kelompok", "4", 6827575, 4350000),
        (LINE, 2, "Kas titipan KPP (dibatasi penggunaannya)", "4", 300000, 225000),
        (LINE, 2, "Piutang warung titip jual", "5", 68000, 180000),
        (LINE, 2, "Persediaan", "6", 709925, 1525500),
        (SUBTOTAL, 1, "Jumlah aset lancar", None, 7905500, 6280500),
        (SECTION, 1, "Aset tetap"),
        (LINE, 2, "Rumah Bibit", "7", 6000000, 6000000),
        (LINE, 2, "Peralatan Tani", "7", 960000, 960000),
        (LINE, 2, "Peralatan Olahan", "7", 1440000, 1440000),
        (LINE, 2, "Akumulasi penyusutan", "7", -1650000, -1500000),
        (SUBTOTAL, 1, "Jumlah aset tetap, neto", None, 6750000, 6900000),
        (TOTAL, 0, "JUMLAH ASET", None, 14655500, 13180500),
        (SECTION, 0, "LIABILITAS DAN EKUITAS"),
        (SECTION, 1, "Liabilitas"),
        (LINE, 2, "Titipan Iuran KPP", "8", 300000, 225000),
        (LINE, 2, "Simpanan Sukarela", "8", 300000, 300000),
        (SUBTOTAL, 1, "Jumlah liabilitas", None, 600000, 525000),
        (SECTION, 1, "Ekuitas"),
        (LINE, 2, "Simpanan Pokok", "9", 1000000, 1000000),
        (LINE, 2, "Simpanan Wajib", "9", 2000000, 1800000),
        (LINE, 2, "Modal Hibah/Donasi", "9", 7440000, 7440000),
        (LINE, 2, "Dana Cadangan", "10", 630000, 450000),
        (LINE, 2, "Dana Pemeliharaan", "10", 560000, 400000),
        (LINE, 2, "Dana Pembelian Bibit", "10", 620000, 350000),
        (LINE, 2, "Dana Operasional", "10", 352500, 300000),
        (LINE, 2, "Saldo Laba/SHU Belum Dialokasikan", "10", 1453000, 915500),
        (SUBTOTAL, 1, "Jumlah ekuitas", None, 14055500, 12655500),
        (TOTAL, 0, "JUMLAH LIABILITAS DAN EKUITAS", None, 14655500, 13180500),
    )
    return Report(
        "position", "Laporan Posisi Keuangan", columns, rows, parameters=AS_OF, head=HEAD,
        period="Per 30 Juni 2026", unit=UNIT, closing=(INTEGRAL,), place_date=END,
    )  # fmt: skip


def profit_and_loss() -> Report:
    columns = (
        Column("note", "Catatan", ColumnType.CODE),
        Column("now", "Juni 2026", MONEY),
        Column("before", "Mei 2026\n(contoh)", MONEY),
    )
    rows = statement(
        (SECTION, 0, "Pendapatan usaha"),
        (LINE, 1, "Penjualan Sayuran", None, 1680000, 1420000),
        (LINE, 1, "Penjualan Keripik Bayam", None, 663500, 585000),
        (LINE, 1, "Penjualan Keripik Pare", None, 480000, 390000),
        (LINE, 1, "Penjualan Bibit", None, 500000, 250000),
        (SUBTOTAL, 1, "Jumlah pendapatan usaha", "11", 3323500, 2645000),
        (SECTION, 0, "Harga pokok penjualan"),
        (LINE, 1, "HPP Sayuran", None, -560000, -498000),
        (LINE, 1, "HPP Keripik Bayam", None, -428100, -372400),
        (LINE, 1, "HPP Keripik Pare", None, -348775, -286000),
        (LINE, 1, "HPP Bibit", None, -120000, -64000),
        (LINE, 1, "Rusak, Mati & Kedaluwarsa", None, -14350, -52000),
        (SUBTOTAL, 1, "Jumlah harga pokok penjualan", "12", -1471225, -1272400),
        (SUBTOTAL, 0, "LABA KOTOR", None, 1852275, 1372600),
        (SECTION, 0, "Beban usaha"),
        (LINE, 1, "Beban Pemeliharaan", None, -200000, 0),
        (LINE, 1, "Beban Transportasi", None, -80000, -65000),
        (LINE, 1, "Beban Listrik & Air", None, -71500, -69500),
        (LINE, 1, "Beban ATK & Fotokopi", None, -36000, -28000),
        (LINE, 1, "Beban Rapat", None, -60000, -60000),
        (LINE, 1, "Beban Acara & Promosi", None, -46350, 0),
        (LINE, 1, "Beban Penyusutan", "7", -150000, -150000),
        (SUBTOTAL, 1, "Jumlah beban usaha", None, -643850, -372500),
        (SUBTOTAL, 0, "LABA USAHA", None, 1208425, 1000100),
        (SECTION, 0, "Pendapatan dan beban lain-lain"),
        (LINE, 1, "Pendapatan Bunga", None, 2175, 1940),
        (LINE, 1, "Beban Administrasi Bank", None, -5500, -5500),
        (LINE, 1, "Beban Lain & Selisih Kurang", "13", -5100, 0),
        (SUBTOTAL, 1, "Jumlah lain-lain, neto", None, -8425, -3560),
        (SUBTOTAL, 0, "LABA (RUGI) SEBELUM PAJAK PENGHASILAN", None, 1200000, 996540),
        (LINE, 0, "Beban pajak penghasilan", "14", 0, 0),
        (TOTAL, 0, "LABA (RUGI) SETELAH PAJAK PENGHASILAN", None, 1200000, 996540),
    )
    return Report(
        "profit-and-loss", "Laporan Laba Rugi", columns, rows, parameters=MONTH, head=HEAD,
        period="Untuk bulan yang berakhir 30 Juni 2026", unit=UNIT,
        closing=(INTEGRAL, "Kolom Mei 2026 adalah angka contoh tata letak."), place_date=END,
    )  # fmt: skip
