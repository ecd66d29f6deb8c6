"""The papers to print of a recorded document: sheet, nota, receipts, minutes, vouchers."""

from kwt_books.services.slips.kinds import PaperKind, papers_of, slip

__all__ = ["PaperKind", "papers_of", "slip"]
