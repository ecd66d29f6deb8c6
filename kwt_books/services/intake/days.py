"""The days of a column: which figure is the month, which month a section is of, and what is asked.

Figures that can be a day in two ways are read in one way for the whole column. A day that lies
elsewhere than the sheet or its section says is asked, never taken without a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from kwt_books.domain.values import Month, furthest_day
from kwt_books.i18n.formats import ParseError
from kwt_books.services.intake import values
from kwt_books.services.intake.entry import Reader
from kwt_books.services.intake.period import Period, Said, month_named
from kwt_books.services.intake.sheet import Row, Value
from kwt_books.services.intake.values import DAY_FIRST, ORDERS, YEAR_FIRST

_FAR = timedelta(days=200)
"""How far a day may lie from that of the row before."""
_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Order:
    """How the days of a column are written."""

    order: str = DAY_FIRST
    doubtful: bool = False
    """Whether another order is as likely."""
    turned: bool = False
    """Whether a spreadsheet of another language may have taken days for months: only days that no
    month can be are left as text.
    """
    falling: bool = False
    """Whether the newest stands first."""


def order_of(cells: Iterable[Value], today: date, month: date | None = None) -> Order:
    """How the days of a column are written; a value that can be only one day decides.

    Where none does, it is the sheet's `month`, or the order in which the days rise.
    """
    written = list(cells)
    figures = _orders(written, today)
    fits = Counter(order for each in figures for order in each)
    certain = Counter(next(iter(each)) for each in figures if len(each) == 1)
    if certain:
        order, doubtful = max(ORDERS, key=lambda each: (certain[each], fits[each])), False
    else:
        order, doubtful = _likely(written, fits, len(figures), month, today.year)
    dates = [each for each in written if isinstance(each, date)]
    falling = _falling(written, order, today.year)
    return Order(order, doubtful, _turned(dates, figures, certain), falling)


def _orders(written: Iterable[Value], today: date) -> list[frozenset[str]]:
    """In which orders each day in figures can be meant.

    Of a year that stands first with two digits something must speak: 26/07/01 is hardly of 2001.
    """
    found = [(each, orders) for each in written if (orders := values.orders_of(each, today))]
    years = {day.year for day in _read((each for each, _ in found), DAY_FIRST, today.year)}
    some = any(orders == {YEAR_FIRST} for _, orders in found)
    every = all(YEAR_FIRST in orders for _, orders in found)
    if some or (every and len(years) > 1):
        return [orders for _, orders in found]
    return [orders - {YEAR_FIRST} for _, orders in found]


def _likely(
    written: Sequence[Value], fits: Counter[str], figures: int, month: date | None, year: int
) -> tuple[str, bool]:
    """The order of days none of which is certain, and whether another is as likely."""
    usual = [each for each in ORDERS if figures and fits[each] == figures]
    if len(usual) < 2:
        return (usual or [DAY_FIRST])[0], False
    read = {order: _read(written, order, year) for order in usual}
    if month is not None:
        inside = {
            order: sum((each.year, each.month) == (month.year, month.month) for each in days)
            for order, days in read.items()
        }
        most = [order for order in usual if inside[order] == max(inside.values())]
        if max(inside.values()):
            return most[0], False
    falls = {order: min(_falls(days), _falls(days[::-1])) for order, days in read.items()}
    best = min(usual, key=falls.__getitem__)
    spans = {order: max(days) - min(days) for order, days in read.items()}
    closer = any(
        falls[each] <= falls[best] and spans[each] <= _MONTH < spans[best] / 3
        for each in usual
        if each != best
    )
    return best, best != DAY_FIRST or closer


def _read(written: Iterable[Value], order: str, year: int) -> list[date]:
    found = []
    for each in written:
        with suppress(ParseError):
            if (day := values.day(each, year=year, order=order)) is not None:
                found.append(day)
    return found


def _falls(days: Sequence[date]) -> int:
    return sum(after < before for before, after in pairwise(days))


def _falling(written: Sequence[Value], order: str, year: int) -> bool:
    days = _read(written, order, year)
    return len(days) > 2 and _falls(days) > 0 and not _falls(days[::-1])


def _turned(
    dates: Sequence[date], figures: Sequence[frozenset[str]], certain: Counter[str]
) -> bool:
    only = len(figures) == certain[DAY_FIRST] > 0
    return only and bool(dates) and all(each.day <= 12 for each in dates)


class Days:
    """Reads the days of one sheet's rows, one after the other; what is doubtful is remarked.

    `cells`: what stands in its column of days; `above`: the rows over its headings.
    """

    def __init__(
        self,
        reader: Reader,
        period: Period,
        cells: Iterable[Value],
        above: Iterable[Row] = (),
    ) -> None:
        self._reader, self._period = reader, period
        self.order = order_of(cells, period.today, period.month)
        reader.orders["date"] = self.order.order
        self._furthest = furthest_day(period.today)
        self.month = period.month
        """The first day of the month that the sheet or its section names."""
        self.last: date | None = None
        """The day of the row before; None before the first."""
        self._before: date | None = None
        """The day before that."""
        self._newest_month: date | None = None
        self._asked: set[object] = set()
        if period.month is None:  # of the first section, over the headings
            named = [said for row in above if (said := month_named(row, period.today)) is not None]
            for said in named[-1:]:
                self.begin(said)

    def begin(self, said: Said) -> None:
        """A section of the sheet begins that a row names by its month."""
        self.month = self._newest_month = self._period.of(said, self._newest_month)
        self.last = self._before = None

    def of(self, row: Row) -> date | None:
        """The day of a row; that of the row before where none is written.

        None where it can't be told; the row's remarks say why.
        """
        raw = self._reader.raw(row, "date")
        if raw is None:
            if self.last is None:
                self._reader.wrong(row, "date", "day-missing")
            return self.last
        found = self._alone(row) if values.day_alone(raw) is not None else self._whole(row, raw)
        if found is not None and found != self.last:
            self._before, self.last = self.last, found
        return found

    def near(self, row: Row) -> date | None:
        """The day of a row that may be none, without a word; None where it is none."""
        return self.peek(row, self.last or self.month)

    def peek(self, row: Row, usual: date | None) -> date | None:
        """The day of a row, its month as that of `usual`; None where it can't be read."""
        with suppress(ParseError):
            raw = self._reader.raw(row, "date")
            return values.day(raw, usual, self._period.year, self.order.order)
        return None

    def _alone(self, row: Row) -> date | None:
        """A day that is only the number of one: its month must be said, or go on without a gap."""
        if self.month is not None:
            self._name_in_doubt(row)
            return self._reader.day(row, "date", self.month)
        if self.last is None:
            self._reader.wrong(row, "date", "month-missing")
            return None
        number = values.day_alone(self._reader.raw(row, "date")) or 0
        if number < self.last.day and not self.order.falling:
            self._reader.wrong(row, "date", "month-missing")
            return None
        return self._reader.day(row, "date", self.last)

    def _whole(self, row: Row, raw: Value) -> date | None:
        reader, before = self._reader, self.last or self.month
        if values.year_alone(raw):
            reader.wrong(row, "date", "day-not-understood")
            return None
        orders = values.orders_of(raw, self._period.today)
        if orders and self.order.order not in orders:
            reader.wrong(row, "date", "day-order-differs")
            return None
        found = reader.day_after(row, "date", before) if before is not None else self._first(row)
        if found is not None:
            self._ask(row, raw, found, len(orders) > 1)
        return found

    def _first(self, row: Row) -> date | None:
        """The first day; where no year is said anywhere, that is told."""
        period, reader = self._period, self._reader
        found = reader.day(row, "date", period.month, period.year)
        if (
            found is None
            or period.said
            or values.has_year(reader.raw(row, "date"), self.order.order)
        ):
            return found
        if found > period.today:
            found = found.replace(year=found.year - 1)
        reader.asked(row, "date", "year-guessed", year=found.year)
        return found

    def _name_in_doubt(self, row: Row) -> None:
        if self._period.other is not None and self._once("name"):
            assert self._period.month is not None
            said, year = _month(self._period.month), self._period.month.year
            other = _month(date(year, self._period.other, 1))
            self._reader.asked(row, "date", "month-in-doubt", month=said, last=other)

    def _ask(self, row: Row, raw: Value, found: date, either: bool) -> None:
        """Asks about a day that is hardly meant; the same doubt once a sheet."""
        of_month = found.replace(day=1)
        if self.order.doubtful and either and self._once("order"):
            self._reader.asked(row, "date", "day-order-guessed", date=found)
        elif self.month is not None and of_month != self.month:
            if self._once((self.month, of_month)):
                month = _month(self.month)
                self._reader.asked(row, "date", "day-elsewhere", date=found, month=month)
        elif self.month is None and self._outside(found):
            if self._once(of_month):
                self._reader.asked(row, "date", "day-outside", date=found)
        elif self._is_far(found):
            if self._once(of_month):
                self._reader.asked(row, "date", "day-far", date=found, before=self.last or found)
        elif self.order.turned and isinstance(raw, date) and self._once("turned"):
            self._reader.asked(row, "date", "day-turned", date=found)

    def _is_far(self, found: date) -> bool:
        """Whether it is far from the days of both rows before: one of them may be the odd one.

        Days to come are asked about whatever stands beside them.
        """
        if found > self._furthest:
            return False
        near = [
            each
            for each in (self.last, self._before)
            if each is not None and each <= self._furthest
        ]
        return bool(near) and all(abs(found - each) > _FAR for each in near)

    def _outside(self, found: date) -> bool:
        span = self._period.span
        if span is not None:
            return not span[0] <= found.replace(day=1) <= span[1]
        return self._period.said and self._period.year not in (None, found.year)

    def _once(self, doubt: object) -> bool:
        new = doubt not in self._asked
        self._asked.add(doubt)
        return new


def _month(day: date) -> str:
    return str(Month.of(day))
