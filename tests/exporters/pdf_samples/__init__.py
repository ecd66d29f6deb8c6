"""June 2026 of the sample group as reports made by hand, for trying out the printed papers."""

from __future__ import annotations

from kwt_books.reports.packs import Chapter, Cover, Part
from tests.exporters.pdf_samples.books import (
    book_columns,
    cash_book,
    cash_count,
    ledger,
    trial_balance,
)
from tests.exporters.pdf_samples.common import END, IDENTITY, IMPRINT
from tests.exporters.pdf_samples.funds import allocation_minutes, funds
from tests.exporters.pdf_samples.notes import notes
from tests.exporters.pdf_samples.selling import sales, year
from tests.exporters.pdf_samples.slips import consignment_slip, receipts, sale_slip, voucher
from tests.exporters.pdf_samples.statements import position, profit_and_loss

__all__ = [
    "END", "IDENTITY", "IMPRINT", "allocation_minutes", "book_columns", "cash_book", "cash_count",
    "consignment_slip", "cover", "notes", "pack", "position", "receipts", "sale_slip", "sales",
    "slips", "trial_balance", "voucher", "year",
]  # fmt: skip


def cover() -> Cover:
    return Cover(
        "Laporan Keuangan Bulanan", "Juni 2026",
        "Disusun menurut Standar Akuntansi Keuangan Entitas Mikro, Kecil, dan Menengah (SAK EMKM)",
        (
            ("Laba bulan ini", 1200000), ("Kas dan setara kas", 7127575),
            ("Jumlah aset", 14655500), ("Dana kelompok", 2162500),
        ),
        END,
    )  # fmt: skip


def pack() -> list[Part]:
    return [
        Chapter("Laporan keuangan"), position(), profit_and_loss(), notes(), funds(),
        Chapter("Buku dan daftar"), cash_book(), trial_balance(), sales(),
        Chapter("Bukti, berita acara, dan buku besar"), *receipts(), cash_count(), ledger(),
    ]  # fmt: skip


def slips() -> list[Part]:
    return [voucher(), sale_slip(), consignment_slip(), allocation_minutes(), year()]
