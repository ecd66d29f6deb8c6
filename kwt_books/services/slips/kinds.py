"""Which papers there are of each kind of document, the one that is printed first at its head."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from kwt_books.reports.context import Context
from kwt_books.reports.papers import Part
from kwt_books.services.slips.goods import consignment_slip, sale_slip, session_sheet
from kwt_books.services.slips.labels import label_sheet
from kwt_books.services.slips.minutes import allocation_minutes, cash_minutes
from kwt_books.services.slips.money import receipt, voucher
from kwt_books.services.slips.source import Source


class PaperKind(StrEnum):
    SHEET = "sheet"
    NOTA = "nota"
    RECEIPT = "receipt"
    CONSIGNMENT = "consignment"
    CASH_MINUTES = "cash-minutes"
    ALLOCATION_MINUTES = "allocation-minutes"
    LABELS = "labels"
    VOUCHER = "voucher"


_MAKE: dict[PaperKind, Callable[[Source], Part]] = {
    PaperKind.SHEET: session_sheet,
    PaperKind.NOTA: sale_slip,
    PaperKind.RECEIPT: receipt,
    PaperKind.CONSIGNMENT: consignment_slip,
    PaperKind.CASH_MINUTES: cash_minutes,
    PaperKind.ALLOCATION_MINUTES: allocation_minutes,
    PaperKind.LABELS: label_sheet,
    PaperKind.VOUCHER: voucher,
}
_OWN: dict[str, tuple[PaperKind, ...]] = {
    "market_day": (PaperKind.SHEET,),
    "sale": (PaperKind.NOTA, PaperKind.RECEIPT),
    "consignment": (PaperKind.CONSIGNMENT,),
    "consignment_settlement": (PaperKind.RECEIPT,),
    "receipt": (PaperKind.RECEIPT,),
    "cash_count": (PaperKind.CASH_MINUTES,),
    "month_close": (PaperKind.ALLOCATION_MINUTES,),
    "production": (PaperKind.LABELS,),
}
"""Besides the voucher, which there is of every document."""


def papers_of(context: Context, number: str) -> tuple[PaperKind, ...]:
    """What can be printed of a document."""
    return _papers(Source(context, number))


def _papers(source: Source) -> tuple[PaperKind, ...]:
    own = _OWN.get(source.kind, ())
    if PaperKind.RECEIPT in own and sum(source.cash().values()) <= 0:
        own = tuple(kind for kind in own if kind is not PaperKind.RECEIPT)
    return (*own, PaperKind.VOUCHER)


def slip(context: Context, number: str, kind: PaperKind | None = None) -> Part:
    """A paper of a document: that of `kind` where there is one, else what is printed first."""
    source = Source(context, number)
    there = _papers(source)
    return _MAKE[kind if kind in there else there[0]](source)
