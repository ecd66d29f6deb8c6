"""Allocation and funds, and the minutes of the allocation."""

from __future__ import annotations

from datetime import date

from kwt_books.reports.model import Column, ColumnType, Report, Row
from kwt_books.reports.packs import Section
from kwt_books.reports.papers import AllocationLine, AllocationMinutes
from tests.exporters.pdf_samples.common import END, LINE, MONEY, MONTH, TEXT, TOTAL, UNIT, statement


def funds() -> Section:
    allocation = Report(
        "allocation", "A. Alokasi laba",
        (Column("share", "Bagian", ColumnType.PERCENT), Column("amount", "Jumlah", MONEY)),
        statement(
            (LINE, 0, "Laba setelah pajak bulan Juni 2026", None, 1200000),
            (LINE, 1, "Dana Pemeliharaan", 300, 360000),
            (LINE, 1, "Dana Pembelian Bibit", 300, 360000),
            (LINE, 1, "Dana Operasional", 250, 300000),
            (LINE, 1, "Dana Cadangan", 150, 180000),
            (TOTAL, 0, "Jumlah alokasi", 1000, 1200000),
        ),
        label="Dana",
    )  # fmt: skip
    movements = Report(
        "movements", "B. Perubahan dana",
        (
            Column("opening", "Saldo\n31 Mei 2026", MONEY),
            Column("allocated", "Alokasi\nJuni 2026", MONEY),
            Column("released", "Realisasi\nJuni 2026", MONEY),
            Column("closing", "Saldo\n30 Juni 2026", MONEY),
        ),
        statement(
            (LINE, 0, "Dana Pemeliharaan", 400000, 360000, -200000, 560000),
            (LINE, 0, "Dana Pembelian Bibit", 350000, 360000, -90000, 620000),
            (LINE, 0, "Dana Operasional", 300000, 300000, -247500, 352500),
            (LINE, 0, "Dana Cadangan", 450000, 180000, 0, 630000),
            (TOTAL, 0, "Jumlah dana", 1500000, 1200000, -537500, 2162500),
        ),
        label="Dana",
    )  # fmt: skip
    return Section(
        "Laporan Alokasi Laba dan Dana", (allocation, movements, releases()),
        period="Untuk bulan yang berakhir 30 Juni 2026", unit=UNIT, parameters=MONTH,
        intro=("Dasar: keputusan rapat anggota BA-01/KWT/I/2026 tanggal 11 Januari 2026; alokasi"
               " bulan ini ditetapkan dengan BA-06/KWT/VI/2026.",),
        closing=("Saldo laba belum dialokasikan setelah alokasi: Rp1.453.000 (Mei 2026: Rp915.500"
                 " ditambah realisasi dana Rp537.500). Dibulatkan dengan sisa terbesar; jumlah"
                 " bagian selalu sama dengan laba yang dibagi.",),
        place_date=END,
    )  # fmt: skip


def releases() -> Report:
    lines = (
        (3, "BKK-2606-0001", "Beli benih sayur", "Pembelian Bibit", 90000),
        (17, "BKK-2606-0007", "Listrik, air, ATK", "Operasional", 107500),
        (27, "BKK-2606-0009", "Perbaikan rumah bibit", "Pemeliharaan", 200000),
        (28, "BKK-2606-0010", "Konsumsi rapat", "Operasional", 192500),
        (28, "BKM-2606-0013", "Koreksi: salah ketik nol", "Operasional", -192500),
        (28, "BKK-2606-0011", "Konsumsi rapat, transport", "Operasional", 140000),
    )
    rows = [Row(text, (date(2026, 6, d), no, fund, v)) for d, no, text, fund, v in lines]
    rows.append(Row("Jumlah realisasi", (None, None, None, 537500), kind=TOTAL))
    columns = (
        Column("date", "Tgl", ColumnType.DATE),
        Column("voucher", "No. bukti", ColumnType.CODE),
        Column("fund", "Dana", TEXT),
        Column("amount", "Jumlah", MONEY),
    )
    return Report(
        "releases", "C. Rincian realisasi dana", columns, tuple(rows), label="Uraian", label_at=2
    )


def allocation_minutes() -> AllocationMinutes:
    return AllocationMinutes(
        "BA-06/KWT/VI/2026", END, "2026-06", 1200000, 1200000,
        (
            AllocationLine("3202 Dana Pemeliharaan", 30, 360000),
            AllocationLine("3203 Dana Pembelian Bibit", 30, 360000),
            AllocationLine("3204 Dana Operasional", 25, 300000),
            AllocationLine("3201 Dana Cadangan", 15, 180000),
        ),
        decision="BA-01/KWT/I/2026", decision_day=date(2026, 1, 11), voucher="BM-2606-0016",
    )  # fmt: skip
