"""Papers that are handed over or signed, each by its kind."""

from __future__ import annotations

from kwt_books.exporters.pdf.compose import Composed
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
    SaleSlip,
    Voucher,
)

FlowingPaper = (
    SaleSlip | Voucher | CashCountMinutes | AllocationMinutes | ConsignmentSlip | ConfirmationLetter
)
"""Every paper but the receipt, which shares its page with others."""


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
