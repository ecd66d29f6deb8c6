"""Two books side by side: how far they are the same, where they part, what each has after."""

from kwt_books.services.compare.outcome import Comparison, Verdict
from kwt_books.services.compare.pack import comparison_pack
from kwt_books.services.compare.walk import Progress, compare

__all__ = ["Comparison", "Progress", "Verdict", "compare", "comparison_pack"]
