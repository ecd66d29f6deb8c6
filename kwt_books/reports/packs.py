"""What is written out together: packs of reports and papers, with sections, charts and proofs.

Plain data, like reports: amounts are whole rupiah, quantities integer thousandths, dates plain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kwt_books.reports.long_rows import LongRows
from kwt_books.reports.model import Identity, Imprint, Report, Row

if TYPE_CHECKING:  # few packs have papers to be signed
    from kwt_books.reports.papers import Paper

Part: TypeAlias = "Report | Section | Chapter | Proofs | Paper"


class Bar(NamedTuple):
    """One bar of a chart; rupiah."""

    label: str
    value: int
    share: int | None = None
    """Tenths of a percent, printed behind the value."""


class BarChart(NamedTuple):
    """Horizontal bars, one a line: sales by channel."""

    title: str
    bars: tuple[Bar, ...]


class YearChart(NamedTuple):
    """Months side by side: turnover as bars, profit as a line over them."""

    title: str
    months: tuple[str, ...]
    turnover: tuple[int, ...]
    profit: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Several small reports and charts under one title; each keeps its own heading."""

    title: str
    parts: tuple[Report | BarChart | YearChart, ...]
    period: str = ""
    unit: str = ""
    intro: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    provisional: bool = False
    place_date: date | None = None
    initialled: bool = False
    """As in `Report`."""
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading in the table of contents; the parts behind it belong to it."""

    title: str


class Cover(NamedTuple):
    """The first page of a pack."""

    title: str
    period: str
    basis: str = ""
    figures: tuple[tuple[str, int], ...] = ()
    """Up to four amounts that sum the month up."""
    place_date: date | None = None


class Proof(NamedTuple):
    """A photo or file that was attached to a document, as a page of its own."""

    place: str
    """Its number in the list of proofs."""
    caption: str
    """The document that it belongs to."""
    name: str
    data: Callable[[], bytes | None]
    """Reads its bytes; None where the book has not got them."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """The proofs of an LPJ in the order of their list, each on pages of its own."""

    title: str
    period: str
    proofs: tuple[Proof, ...]
    refused: list[tuple[Proof, str]] = field(default_factory=list, compare=False, repr=False)
    """Those that could not be shown and why, once the pages were made: codes of errors."""


# -- Parts with a letterhead and a foot ---------------------------------------------------------


ROLLS = ("58MM", "80MM")
"""Papers of small receipt printers, by their width."""
_ROWS_BETWEEN = 200


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything an exporter needs to know: parts, letterhead and foot, all of one moment."""

    parts: tuple[Part, ...]
    identity: Identity
    imprint: Imprint
    language: str
    on_paper: tuple[Part, ...] = ()
    """What paper has instead of `parts`, where they differ."""
    cover: Cover | None = None
    """A pack with a cover has a table of contents too."""
    paper: str = ""
    """`F4` or `A4`, of slips also the rolls `58MM` and `80MM`; else the group's own."""
    two_up: bool = False
    """Two pages on a sheet of paper."""
    progress: Callable[[int], None] | None = field(default=None, compare=False, repr=False)
    """Called with the pages or rows done; what it raises stops the writing."""

    def told(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows one by one; `progress` hears of every few hundred."""
        for place, row in enumerate(rows):
            if self.progress is not None and place % _ROWS_BETWEEN == 0:
                self.progress(place)
            yield row

    def with_rows(self) -> Pack:
        """With the rows of long reports read: some formats look at them more than once."""
        return replace(self, parts=tuple(map(self._with_rows, self.parts)))

    def _with_rows(self, part: Part) -> Part:
        if isinstance(part, Report) and isinstance(part.rows, LongRows):
            return replace(part, rows=tuple(self.told(part.rows)))
        return part

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports alone, those of sections too; one without a title has its section's."""
        found: list[Report] = []
        for part in self.parts:
            if isinstance(part, Report):
                found.append(part)
            elif isinstance(part, Section):
                inner = (each for each in part.parts if isinstance(each, Report))
                found.extend(replace(each, title=each.title or part.title) for each in inner)
        return tuple(found)
