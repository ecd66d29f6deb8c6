"""Penjualan: the same sales by product, by channel and by week, with what they cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from kwt_books.domain.money import half_up
from kwt_books.domain.posting import SHOP
from kwt_books.queries.sales import DIRECT, MARKET, OTHER, Posted, Sales, Sold, find_sales
from kwt_books.reports.asked import month_asked
from kwt_books.reports.context import Context
from kwt_books.reports.descriptions import venue_name
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind, Value
from kwt_books.reports.totals import with_figures


def sales(context: Context) -> Report:
    """Three sections, each adding up to the ordinary postings on the sales accounts.

    Section codes are `by-product`, `by-channel`, `by-week`. Lines have the codes of items or,
    for what stands on an account without goods, of accounts; venues, `shop:CODE`, `direct` and
    `other`; ISO weeks. Quantities stand where all goods of a line share a unit.
    """
    t, period = context.words, context.period
    money, percent = ColumnType.MONEY, ColumnType.PERCENT
    return with_figures(
        Report(
            name="sales",
            title=t("Sales"),
            period=context.in_month,
            unit=context.unit,
            label=t("Description"),
            columns=(
                Column("quantity", t("Quantity"), ColumnType.QUANTITY),
                Column("unit", t("Unit"), ColumnType.TEXT),
                Column("revenue", t("Sales revenue"), money),
                Column("cost", t("Cost of goods sold"), money),
                Column("margin", t("Margin"), money),
                Column("margin_percent", t("Margin %"), percent),
                Column("share", t("Share"), percent),
            ),
            rows=tuple(_rows(context)),
            parameters=month_asked(context),
            place_date=period.end,
        )
    )


@dataclass(slots=True)
class _Sum:
    """Sales of one product, channel or week."""

    revenue: int = 0
    cost: int = 0
    units: dict[str, int] = field(default_factory=dict)
    """Thousandths by unit."""
    days: dict[int, int] = field(default_factory=dict)
    """Market days in it by entry; a correction counts -1."""

    def add(self, each: Sold, unit: str) -> None:
        self.revenue += each.revenue
        self.cost += each.cost
        self.units[unit] = self.units.get(unit, 0) + each.quantity
        if each.effect.kind == MARKET:
            self.days[each.effect.sequence] = each.effect.sign

    def merge(self, other: _Sum) -> None:
        self.revenue += other.revenue
        self.cost += other.cost
        for unit, quantity in other.units.items():
            self.units[unit] = self.units.get(unit, 0) + quantity

    def cells(self, total: int) -> tuple[Value, ...]:
        margin = self.revenue - self.cost
        unit, quantity = next(iter(self.units.items())) if len(self.units) == 1 else (None, None)
        shares = (_tenths(margin, self.revenue), _tenths(self.revenue, total))
        return (quantity, unit, self.revenue, self.cost, margin, *shares)


def _tenths(part: int, whole: int) -> int | None:
    """Tenths of a percent, halves up; none of nothing or less."""
    return half_up(1000 * part, whole) if whole > 0 else None


class _Line(NamedTuple):
    code: str
    label: str
    sum: _Sum


_Key = tuple[str, ...]


def _rows(context: Context) -> Iterator[Row]:
    t, period = context.words, context.period
    found = find_sales(context.connection, context.setup, period.start, period.end)
    if not found.goods and not found.rest:
        yield Row(t("TOTAL"), _Sum().cells(0), code="total", kind=RowKind.TOTAL)
        return
    summing = _Summing(context, found)
    for code, title, lines in (
        ("by-product", t("By product"), summing.products()),
        ("by-channel", t("By channel"), summing.channels()),
        ("by-week", t("By week"), summing.weeks()),
    ):
        total = _Sum()
        for line in lines:
            total.merge(line.sum)
        yield Row(title, (None,) * 7, code=code, kind=RowKind.SECTION)
        for line in lines:
            yield Row(line.label, line.sum.cells(total.revenue), code=line.code, level=1)
        yield Row(t("TOTAL"), total.cells(total.revenue), code="total", kind=RowKind.TOTAL)


class _Summing:
    """The same sales, summed three ways."""

    def __init__(self, context: Context, found: Sales) -> None:
        self._context = context
        self._found = found

    def _summed(
        self, of_goods: Callable[[Sold], _Key], of_rest: Callable[[Posted], _Key]
    ) -> dict[_Key, _Sum]:
        sums: defaultdict[_Key, _Sum] = defaultdict(_Sum)
        items = self._context.setup.items
        for each in self._found.goods:
            sums[of_goods(each)].add(each, items[each.item].unit)
        for other in self._found.rest:
            sums[of_rest(other)].revenue += other.revenue
        return sums

    def products(self) -> list[_Line]:
        """In the order of the sales accounts; what no goods stand behind below."""
        t, setup = self._context.words, self._context.setup
        sums = self._summed(
            lambda each: ("", each.account, each.item), lambda other: ("rest", other.account)
        )
        by_item: dict[str, _Line] = {}
        rest: list[_Line] = []
        for key, each in sorted(sums.items()):
            code = key[-1]
            if key[0]:
                account = self._context.account_name(code)
                rest.append(_Line(code, t("{account}, not by product", account=account), each))
            elif code in by_item:
                by_item[code].sum.merge(each)
            else:
                by_item[code] = _Line(code, setup.item_name(code), each)
        return [*by_item.values(), *rest]

    def channels(self) -> list[_Line]:
        """The largest first; what has no channel last."""
        sums = self._summed(lambda each: (each.channel,), lambda other: (other.channel,))
        lines = [_Line(key[-1], self._channel(key[-1], each), each) for key, each in sums.items()]
        return sorted(lines, key=lambda line: (line.code == OTHER, -line.sum.revenue, line.code))

    def _channel(self, code: str, found: _Sum) -> str:
        t = self._context.words
        if code == OTHER:
            return t("Not by product")
        if code == DIRECT:
            return t("Direct sales")
        if code.startswith(SHOP):
            name = self._context.setup.party_name(code.removeprefix(SHOP))
            return t("Consignment, {shop}", shop=name)
        times = sum(found.days.values())
        return t.ngettext(
            "{venue} ({n} market day)", "{venue} ({n} market days)", times, venue=venue_name(code)
        )

    def weeks(self) -> list[_Line]:
        sums = self._summed(lambda each: _week(each.effect.date), lambda other: _week(other.day))
        return [_Line(key[0], self._days(key[0]), each) for key, each in sorted(sums.items())]

    def _days(self, week: str) -> str:
        """`1–7 Juni 2026`, as far as the week lies within the period."""
        formats, period = self._context.formats, self._context.period
        monday = date.fromisocalendar(int(week[:4]), int(week[-2:]), 1)
        first, last = max(monday, period.start), min(monday + timedelta(days=6), period.end)
        if first == last:
            return formats.day(first)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{formats.day(last)}"
        return f"{formats.day(first)} – {formats.day(last)}"


def _week(day: date) -> _Key:
    """`2026-W23`, by ISO 8601."""
    year, number, _ = day.isocalendar()
    return (f"{year:04d}-W{number:02d}",)
