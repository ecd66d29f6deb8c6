"""What an exporter of a whole book works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kwt_books.reports.context import Context
from kwt_books.reports.model import Imprint


@dataclass(frozen=True, slots=True)
class BookOrder:
    """One consistent view of the book, and what is wanted of it."""

    context: Context
    imprint: Imprint
    attachments: bool = False
    """Whether the bytes of attachments are wanted too."""
    progress: Callable[[int], None] | None = None
    """Told the entries written so far; raises to cancel."""
    until: date | None = None
    """The day that an audit pack's reports go to; else the end of the last month."""
