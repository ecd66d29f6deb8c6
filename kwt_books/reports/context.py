"""What a report is made of: a view of the book, the words, and what was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from kwt_books.domain.audit import Thresholds
from kwt_books.domain.errors import RuleError
from kwt_books.domain.month import (
    Month,
    first_day,
    last_day,
    month_of,
    months_between,
    shift,
)
from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats
from kwt_books.reports.model import Identity

if TYPE_CHECKING:  # the door to a book knows `Parameters`, and opens before the database is loaded
    from sqlalchemy import Connection

    from kwt_books.queries.setup import SetupBook
    from kwt_books.queries.view import BookView


@dataclass(frozen=True, slots=True)
class Parameters:
    """What may be asked of a report. None: not asked for."""

    month: Month | None = None
    start: date | None = None
    end: date | None = None
    until: date | None = None
    account: str | None = None
    item: str | None = None
    shop: str | None = None
    lot: str | None = None
    number: str | None = None
    before_closing: bool = False
    thresholds: Thresholds = Thresholds()
    """From when on something looks odd."""

    def given(self) -> Mapping[str, str]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        texts = {name: str(value) for name, value in values.items() if value not in (None, False)}
        return {name: text for name, text in texts.items() if text}


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    start: date
    end: date

    @property
    def first(self) -> Month:
        return month_of(self.start)

    @property
    def last(self) -> Month:
        return month_of(self.end)

    @property
    def is_month(self) -> bool:
        return self.first == self.last and self.whole_months

    @property
    def whole_months(self) -> bool:
        return self.start == first_day(self.first) and self.end == last_day(self.last)

    def before(self) -> Period:
        """As much time right before: as many whole months, else as many days."""
        if self.whole_months:
            months = -months_between(self.first, self.last)
            return Period(first_day(shift(self.first, months)), last_day(shift(self.last, months)))
        day = self.start - timedelta(days=1)
        return Period(day - (self.end - self.start), day)


class Context:
    """One consistent view of the book, in one language."""

    def __init__(
        self,
        connection: Connection,
        parameters: Parameters,
        words: Translator,
        today: date,
        view: BookView,
    ) -> None:
        self.connection = connection
        self.parameters = parameters
        self.words = words
        self.formats = Formats(words.language)
        self.today = today
        self._view = view
        self.setup = view.setup
        self.chain = view.chain

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The view's own connection; once that is closed, another to the same book."""
        if self.connection.closed and self._view.reading is not None:
            with self._view.reading() as connection:
                yield connection
        else:
            yield self.connection

    @property
    def language(self) -> str:
        return self.words.language

    def asking(self, parameters: Parameters) -> Context:
        """The same view of the book, asked for something else."""
        return Context(self.connection, parameters, self.words, self.today, self._view)

    @cached_property
    def recorded_months(self) -> tuple[Month, Month]:
        """The first and last month anything is dated in; this month in an empty book."""
        from kwt_books.queries.balances import months_with_postings

        this = month_of(self.today)
        return months_with_postings(self.connection) or (this, this)

    @cached_property
    def period(self) -> Period:
        """The month asked for, or the days; else the last month that anything is dated in."""
        asked = self.parameters
        if asked.month is not None:
            return Period(first_day(asked.month), last_day(asked.month))
        first, last = self.recorded_months
        if asked.start is not None or asked.end is not None or asked.until is not None:
            end = asked.end or asked.until or last_day(last)
            start = asked.start or min(first_day(first), end)
            if start > end:
                raise RuleError("period-backwards", start=start, end=end)
            return Period(start, end)
        return Period(first_day(last), last_day(last))

    @property
    def provisional(self) -> bool:
        """Whether the period's last month is still open."""
        closed = self.chain.closed_through
        return closed is None or closed < self.period.last

    def account_name(self, code: str) -> str:
        return self.setup.account_name(code, self.language)

    @property
    def per(self) -> str:
        """Period caption of a statement at a day: `Per 30 Juni 2026`."""
        return self.words("As at {day}", day=self.formats.day(self.period.end))

    @property
    def spanning(self) -> str:
        """Period caption of a statement over time: `Untuk bulan yang berakhir 30 Juni 2026`."""
        end = self.formats.day(self.period.end)
        if self.period.is_month:
            return self.words("For the month ended {day}", day=end)
        return self.words(
            "From {start} to {end}", start=self.formats.day(self.period.start), end=end
        )

    @property
    def in_month(self) -> str:
        """Period caption of a book: `Bulan Juni 2026`."""
        if self.period.is_month:
            return self.words("Month of {month}", month=self.formats.month(self.period.last))
        return self.spanning

    def column_of(self, period: Period) -> str:
        """Heading of a column of what happened over a period: `Juni 2026`."""
        if period.is_month:
            return self.formats.month(period.last)
        return f"{self.formats.numeric_day(period.start)}–{self.formats.numeric_day(period.end)}"

    @property
    def unit(self) -> str:
        return self.words("Expressed in Rupiah")


def identity(setup: SetupBook) -> Identity:
    """Letterhead and signatories, from the group as it is set up."""
    group = setup.group
    if group is None:
        return Identity()
    officer = group.extension_officer
    return Identity(
        name=group.name,
        village=group.village,
        district=group.district,
        city=group.city,
        chair=group.chair,
        treasurer=group.treasurer,
        umbrella=group.umbrella.name,
        coordinator=group.umbrella.coordinator,
        officer=officer.name if officer else "",
        officer_nip=officer.nip if officer else "",
        language=group.language,
        paper=group.paper,
    )
