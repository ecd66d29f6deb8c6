"""Rules of the exceptions report: what one is, what it finds, and what it may read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from kwt_books.domain.audit import Thresholds
from kwt_books.domain.kinds import KINDS
from kwt_books.domain.values import Month, first_day, month_of, shift
from kwt_books.queries.exceptions import Examined, attached_to, examined
from kwt_books.reports.context import Context
from kwt_books.reports.kinds import Describer


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to ask about. `document` is a voucher, where it is about one."""

    reason: str
    document: str | None
    day: date
    amount: int | None = None


class Case:
    """The book over some days, as the rules look at it."""

    def __init__(self, context: Context, thresholds: Thresholds) -> None:
        self.context = context
        self.thresholds = thresholds
        self.t = context.words
        self.connection = context.connection
        self.start, self.end = context.period.start, context.period.end
        self.describer = Describer(context.setup, context.words)

    @cached_property
    def documents(self) -> list[Examined]:
        """Everything dated within the period."""
        cash, together = self.context.setup.cash_accounts, self.thresholds.together
        days = (self.start, self.end)
        return list(examined(self.connection, *days, cash, together, self.attached))

    @cached_property
    def attached(self) -> frozenset[str]:
        """Ids and vouchers of documents with an attachment."""
        return attached_to(self.connection)

    @property
    def usual_since(self) -> date:
        """The first day of the data for usual ranges: that of the period or earlier."""
        first = shift(month_of(self.end), 1 - self.thresholds.usual_months)
        return min(first_day(first), self.start)

    @cached_property
    def holding(self) -> list[Examined]:
        """The documents that are neither corrected nor corrections."""
        return [each for each in self.documents if each.holds]

    def text(self, document: Examined) -> str:
        """The sentence that describes a document."""
        return self.describer.describe(document.kind, document.payload, document.corrects)

    def rupiah(self, amount: int) -> str:
        """An amount in words of the language."""
        return self.context.formats.rupiah(amount)

    def day(self, day: date) -> str:
        """A date in figures."""
        return self.context.formats.numeric_day(day)

    def month(self, month: Month) -> str:
        """A month in words."""
        return self.context.formats.month(month)

    def item(self, code: str) -> str:
        """The item's name."""
        return self.context.setup.item_name(code)

    def paid_out(self, document: Examined) -> bool:
        """Whether it is a payment that somebody wrote a receipt for."""
        kind = KINDS.get(document.kind)
        return document.cash < 0 and kind is not None and kind.pays


@dataclass(frozen=True, slots=True)
class Rule:
    """`title` is the English message; `explain` says what is looked for, and from when on."""

    code: str
    title: str
    explain: Callable[[Case], str]
    find: Callable[[Case], Iterable[Finding]]


def runs(
    days: Iterable[tuple[date, int]], end: date, *, above: bool, limit: int
) -> Iterator[tuple[date, date, int]]:
    """Each time what stood was beyond the limit: first and last day, and the furthest it came.

    `days`: what stood at the end of each day that anything moved on, up to `end`.
    """
    since: date | None = None
    furthest = limit
    beyond = max if above else min
    for day, standing in (*days, (end + timedelta(days=1), limit)):
        if (standing > limit) if above else (standing < limit):
            since = since or day
            furthest = beyond(furthest, standing)
        elif since is not None:
            yield since, day - timedelta(days=1), furthest
            since, furthest = None, limit
