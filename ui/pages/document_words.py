"""What the papers of a document are called."""

from __future__ import annotations

from kwt_books.i18n.catalogue import noop
from kwt_books.services.slips import PaperKind

PAPERS: dict[PaperKind, str] = {
    PaperKind.SHEET: noop("Market day sheet"),
    PaperKind.NOTA: noop("Sales slip"),
    PaperKind.RECEIPT: noop("Official receipt"),
    PaperKind.CONSIGNMENT: noop("Receipt for goods on consignment"),
    PaperKind.CASH_MINUTES: noop("Minutes of cash count"),
    PaperKind.ALLOCATION_MINUTES: noop("Minutes of profit allocation"),
    PaperKind.VOUCHER: noop("Cash or memorial voucher"),
}
