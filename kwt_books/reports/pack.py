"""Papers to be written out together, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass

from kwt_books.reports.model import Identity, Imprint, Report
from kwt_books.reports.papers import Cover, Part, Section


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything an exporter needs to know: parts, letterhead and foot, all of one moment."""

    parts: tuple[Part, ...]
    identity: Identity
    imprint: Imprint
    language: str
    cover: Cover | None = None
    """With a cover comes a table of contents."""
    paper: str = ""
    """`F4` or `A4`; else the group's own."""

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
