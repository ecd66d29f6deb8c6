"""A report that holds one of everything, to be written in the plain formats."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from io import BytesIO

from kwt_books.app import Books
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Identity,
    Imprint,
    Layout,
    Report,
    Row,
    RowKind,
)
from kwt_books.reports.packs import Pack

HEAD = "7f3a91c20d4e" + "0" * 52
SHORT = "7F3A-91C2-0D4E"
COLUMNS = (
    Column("day", "Tanggal", ColumnType.DATE),
    Column("memo", "Uraian", ColumnType.TEXT),
    Column("number", "No. bukti", ColumnType.CODE),
    Column("qty", "Banyak", ColumnType.QUANTITY),
    Column("pieces", "Lembar", ColumnType.COUNT),
    Column("share", "Bagian", ColumnType.PERCENT),
    Column("debit", "Debit", ColumnType.MONEY, group="Mutasi"),
    Column("credit", "Kredit", ColumnType.MONEY, group="Mutasi"),
)
ROWS = (
    Row("Kas", kind=RowKind.SECTION),
    Row(
        "Kas Tunai",
        (date(2026, 6, 5), "Jual sayur", "BKM-2606-0001", 2500, 12, 683, 1_200_000, 0),
        code="1101",
        level=1,
    ),
    Row(
        "Bank",
        (date(2026, 6, 30), "=1+1", "BKK-2606-0001", -250, -1, -55, -5_000, None),
        code="1103",
        level=1,
    ),
    Row("Jumlah", (None, None, None, None, None, 628, 1_195_000, 0), kind=RowKind.SUBTOTAL),
    Row("JUMLAH", (None, None, None, None, None, None, 1_195_000, 0), kind=RowKind.TOTAL),
    Row("Angka belum diperiksa pengawas.", kind=RowKind.NOTE),
)
REPORT = Report(
    "everything",
    "Segala Macam",
    COLUMNS,
    ROWS,
    parameters={"month": "2026-06"},
    head=HEAD,
    period="Bulan Juni 2026",
    unit="Dinyatakan dalam Rupiah",
    label="Akun",
    label_at=0,
    closing=("Kalimat penutup.",),
    provisional=True,
)
IDENTITY = Identity(name="KWT Sukawangi Sejahtera", treasurer="Siti Rohmah", paper="F4")
NOTES = Report(
    "notes",
    "Catatan",
    (Column("now", "Juni 2026", ColumnType.MONEY), Column("qty", "Banyak", ColumnType.QUANTITY)),
    (
        Row("Umum", code="1", kind=RowKind.SECTION),
        Row("Kelompok ini berdiri di Kaliawi Persada. " * 5, kind=RowKind.NOTE),
        Row("Kas", code="2", kind=RowKind.SECTION),
        Row("Kas Tunai", (1_730_900, None)),
        Row("Jumlah", (1_730_900, None), kind=RowKind.TOTAL),
    ),
    layout=Layout.NOTES,
)


def imprint() -> Imprint:
    moment = datetime(2026, 7, 1, 9, 12, tzinfo=timezone(timedelta(hours=7)))
    return Imprint(HEAD, 43, moment, "Siti Rohmah", "1.0.0")


def pack(*reports: Report, language: str = "id", paper: str = "") -> Pack:
    return Pack(reports or (REPORT,), IDENTITY, imprint(), language, paper=paper)


def written(format_: str, *reports: Report, language: str = "id", paper: str = "") -> bytes:
    out = BytesIO()
    Books.write(pack(*reports, language=language, paper=paper), format_, out)
    return out.getvalue()
