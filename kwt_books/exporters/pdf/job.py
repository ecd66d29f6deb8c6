"""What every page of one printing needs to know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from kwt_books.domain.chain import short_code
from kwt_books.exporters.pdf.measures import Sheet
from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats
from kwt_books.reports.address import address_of, bare_city
from kwt_books.reports.model import Identity, Imprint


@dataclass(frozen=True, slots=True)
class Job:
    """Whose paper, from which book, in which words, on which paper."""

    identity: Identity
    imprint: Imprint
    t: Translator
    formats: Formats
    sheet: Sheet
    progress: Callable[[int], None] | None = None
    """Told the rows that are measured. What it raises stops the work."""

    def on(self, sheet: Sheet) -> Job:
        return replace(self, sheet=sheet)

    @property
    def seal(self) -> str:
        """`7F3A-91C2-0D4E`: the first 12 hex digits of the chain's head; empty without one."""
        return short_code(self.imprint.head) if self.imprint.head else ""

    @property
    def place(self) -> str:
        """The town before a date: `Bandar Lampung` also when the book says `Kota Bandar …`."""
        return bare_city(self.identity)

    def place_date(self, day: date) -> str:
        written = self.formats.day(day)
        return f"{self.place}, {written}" if self.place else written

    @property
    def address(self) -> tuple[str, ...]:
        """Village, district and city, each with the word that belongs before it."""
        return address_of(self.identity, self.t)

    @property
    def language_tag(self) -> str:
        return "en-GB" if self.t.language == "en" else "id-ID"
