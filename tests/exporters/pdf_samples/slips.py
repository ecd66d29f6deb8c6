"""Receipts, vouchers and slips."""

from __future__ import annotations

from datetime import date

from kwt_books.reports.papers import (
    ConsignmentSlip,
    GoodsLine,
    Receipt,
    SaleSlip,
    Voucher,
    VoucherKind,
    VoucherLine,
)


def receipts() -> tuple[Receipt, ...]:
    return (
        Receipt("BKM-2606-0004", date(2026, 6, 2), "Warung Bu Siti", 180000,
                "Pelunasan piutang titip jual bulan Mei 2026", "Tunai", "Siti Rohmah"),
        Receipt("BKM-2607-0003 (contoh)", date(2026, 7, 3),
                "Koperasi Karyawan Lampung Makmur (contoh)", 5250000,
                "Pesanan 525 bungkus keripik bayam dan keripik pare 100 g, diambil di rumah"
                " produksi", "Tunai Rp250.000, transfer bank Rp5.000.000", "Siti Rohmah"),
        Receipt("BKM-2606-0007", date(2026, 6, 14), "Pembeli bibit cabai rawit", 300000,
                "120 batang bibit cabai rawit @ Rp2.500", "Tunai", "Siti Rohmah"),
    )  # fmt: skip


def voucher() -> Voucher:
    return Voucher(
        VoucherKind.CASH_OUT, "BKK-2606-0007", date(2026, 6, 17), "Listrik, air, ATK",
        (
            VoucherLine("6104", "Beban Listrik & Air", 71500),
            VoucherLine("6105", "Beban ATK & Fotokopi", 36000),
            VoucherLine("1101", "Kas Tunai Bendahara", -107500),
            VoucherLine("3204", "Dana Operasional", 107500),
            VoucherLine("3301", "Saldo Laba/SHU Belum Dialokasikan", -107500),
        ),
        amount=107500, party="PLN dan Toko Sinar", reference="Kuitansi 12/VI",
        recorded_by="Siti Rohmah",
    )  # fmt: skip


def sale_slip() -> SaleSlip:
    return SaleSlip(
        "BKM-2606-0007", date(2026, 6, 14), "Bu Ratna, RT 04",
        (
            GoodsLine("Bibit cabai rawit", 120000, "batang", 2500, 300000),
            GoodsLine("Keripik bayam 100 g", 2500, "bungkus", 10000, 25000),
        ),
        "Siti Rohmah", discount=5000, received=300000,
    )  # fmt: skip


def consignment_slip() -> ConsignmentSlip:
    return ConsignmentSlip(
        "BM-2606-0004", date(2026, 6, 10), "Warung Bu Siti",
        (
            GoodsLine("Keripik bayam 100 g", 15000, "bungkus", 8500, 127500, "KB-0806",
                      date(2026, 8, 22)),
            GoodsLine("Keripik pare 100 g", 10000, "bungkus", 9000, 90000, "KP-1506",
                      date(2026, 8, 29)),
        ),
        "Aryanah",
    )  # fmt: skip
