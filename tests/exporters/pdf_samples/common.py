"""Who the sample group is, and what its reports of June 2026 have in common."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from kwt_books.domain.values import Month
from kwt_books.reports.model import ColumnType, Identity, Imprint, Row, RowKind

WIB = timezone(timedelta(hours=7))
HEAD = "7f3a91c20d4e" + "0" * 52
IDENTITY = Identity(
    name="KWT Sukawangi Sejahtera",
    village="Kaliawi Persada",
    district="Tanjungkarang Pusat",
    city="Bandar Lampung",
    chair="Aryanah",
    treasurer="Siti Rohmah",
    umbrella="LKM Persada Mandiri",
    coordinator="Hi. Chandra Kartawijaya",
)
IMPRINT = Imprint(
    head=HEAD,
    documents=43,
    printed_at=datetime(2026, 7, 1, 9, 12, tzinfo=WIB),
    printed_by="Siti Rohmah",
    version="1.0",
    closed_through=Month("2026-06"),
)
END = date(2026, 6, 30)
MONTH = {"month": "2026-06"}
AS_OF = {"as_of": "2026-06-30", **MONTH}
UNIT = "Dinyatakan dalam Rupiah"
MONEY, TEXT = ColumnType.MONEY, ColumnType.TEXT
LINE, SECTION, SUBTOTAL, TOTAL, NOTE = (
    RowKind.LINE,
    RowKind.SECTION,
    RowKind.SUBTOTAL,
    RowKind.TOTAL,
    RowKind.NOTE,
)


def statement(*rows: tuple[object, ...]) -> tuple[Row, ...]:
    """Rows given as kind, level, label, then cells."""
    return tuple(Row(r[2], tuple(r[3:]), level=r[1], kind=r[0]) for r in rows)  # type: ignore[arg-type]


INTEGRAL = "Catatan atas laporan keuangan merupakan bagian yang tidak terpisahkan dari laporan ini."
