"""Papers to be written out together, and whose they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from kwt_books.reports.long_rows import LongRows
from kwt_books.reports.model import Identity, Imprint, Report, Row
from kwt_books.reports.papers import Cover, Part, Section

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
    """With a cover comes a table of contents."""
    paper: str = ""
    """`F4` or `A4`; else the group's own."""
    progress: Callable[[int], None] | None = field(default=None, compare=False, repr=False)
    """Told the pages or rows that are done. What it raises stops the writing."""

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
        """The reports alone, those of sections too."""
        found: list[Report] = []
        for part in self.parts:
            if isinstance(part, Report):
                found.append(part)
            elif isinstance(part, Section):
                found.extend(each for each in part.parts if isinstance(each, Report))
        return tuple(found)
