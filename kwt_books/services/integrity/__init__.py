"""Whether a book is what was recorded: one pass through its chain, and every sum counted anew."""

from kwt_books.services.integrity.outcome import CHECKS, Outcome
from kwt_books.services.integrity.verify import Progress, verify

__all__ = ["CHECKS", "Outcome", "Progress", "verify"]
