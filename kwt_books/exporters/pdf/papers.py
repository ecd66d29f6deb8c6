"""Papers that are handed over or signed, each by its kind."""

from __future__ import annotations

from kwt_books.exporters.pdf.compose import Composed
from kwt_books.exporters.pdf.counts import compose_count
from kwt_books.exporters.pdf.goods import compose_consignment, compose_sale
from kwt_books.exporters.pdf.job import Job
from kwt_books.exporters.pdf.letters import compose_confirmation
from kwt_books.exporters.pdf.minutes import compose_allocation, compose_cash_count
from kwt_books.exporters.pdf.vouchers import compose_voucher
from kwt_books.reports.papers import (
    AllocationMinutes,
    CashCountMinutes,
    ConfirmationLetter,
    ConsignmentSlip,
    CountSheet,
    SaleSlip,
    Voucher,
)

FlowingPaper = (
    SaleSlip
    | Voucher
    | CashCountMinutes
    | AllocationMinutes
    | ConsignmentSlip
    | ConfirmationLetter
    | CountSheet
)
"""Every paper but receipts, which share their page, and labels, which fill it."""


def compose_paper(paper: FlowingPaper, job: Job) -> Composed:
    match paper:
        case Voucher():
            return compose_voucher(paper, job)
        case SaleSlip():
            return compose_sale(paper, job)
        case ConsignmentSlip():
            return compose_consignment(paper, job)
        case ConfirmationLetter():
            return compose_confirmation(paper, job)
        case CashCountMinutes():
            return compose_cash_count(paper, job)
        case AllocationMinutes():
            return compose_allocation(paper, job)
        case CountSheet():
            return compose_count(paper, job)
