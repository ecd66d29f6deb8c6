"""What came of laying two books side by side."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    SAME = "same"
    FIRST_GOES_ON = "first-goes-on"
    """The second book is the beginning of the first: a backup of it."""
    SECOND_GOES_ON = "second-goes-on"
    PARTED = "parted"
    """Each has something that the other has not at that place."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing an entry says otherwise in the second book.

    `field` is a column (`date`), a path into what was recorded (`lines.0.amount`), or a row
    made of it, from 1 (`posting.2`).
    """

    field: str
    first: Any
    second: Any


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a list names it. `amount` is the sum of its debits."""

    sequence: int
    number: str | None
    kind: str
    date: str | None
    payload: str
    corrects: str | None
    amount: int

    @property
    def name(self) -> str:
        """Its voucher, else its place in the chain."""
        return self.number or f"#{self.sequence}"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the books. `after` counts what follows the common beginning; `only` what of it
    is nowhere in the other book, of which `lines` are the first."""

    entries: int
    head: str
    after: int
    only: int
    lines: tuple[Line, ...]
    parting: Line | None
    """The first entry after the common beginning."""


@dataclass(frozen=True, slots=True)
class Comparison:
    common: int
    """Entries of the common beginning."""
    head: str
    """The seal of its last entry; that of an empty chain where nothing is common."""
    first: Side
    second: Side
    differences: tuple[Difference, ...] = ()
    """Between the two entries at the parting."""

    @property
    def verdict(self) -> Verdict:
        if self.first.after and self.second.after:
            return Verdict.PARTED
        if self.first.after:
            return Verdict.FIRST_GOES_ON
        return Verdict.SECOND_GOES_ON if self.second.after else Verdict.SAME

    @property
    def moved(self) -> int:
        """Entries after the parting that both have, under other seals."""
        return self.first.after - self.first.only
