"""Reports of selling: the sheet of a market day (hari pasar), sales, and consignment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from kwt_books.domain.accounts import GRANT_INCOME, SHOP_RECEIVABLE, AccountType
from kwt_books.domain.documents.selling import MarketDay
from kwt_books.domain.errors import RuleError
from kwt_books.domain.posting import SHOP
from kwt_books.domain.values import half_up
from kwt_books.queries.balances import results
from kwt_books.queries.documents import Effect, corrected_by, effect_of, last_effect
from kwt_books.queries.money import Standing, standings
from kwt_books.queries.sales import (
    DIRECT,
    MARKET,
    OTHER,
    ItemsThen,
    Posted,
    Sales,
    Sold,
    find_sales,
    sold,
)
from kwt_books.queries.shops import Flow, added, shop_flows
from kwt_books.queries.visits import NEVER, visited
from kwt_books.reports.context import Context, asked_shop, month_asked, unit_of
from kwt_books.reports.kinds import venue_name
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Report,
    Row,
    RowKind,
    Value,
    account_ref,
    item_ref,
    with_figures,
)


def market_day(context: Context) -> Report:
    """The day of that voucher, else the last of the period; without one, no rows.

    Lines of items have quantities and revenue, lines of cash accounts what was received; the
    total's difference is received less revenue.
    """
    t = context.words
    day = _asked(context)
    quantity, money = ColumnType.QUANTITY, ColumnType.MONEY
    return with_figures(
        Report(
            name="market-day",
            title=t("Market Day Sheet"),
            period=_caption(context, day),
            unit=context.unit,
            label=t("Item"),
            columns=(
                Column("taken", t("Taken"), quantity),
                Column("sold", t("Sold"), quantity),
                Column("returned", t("Brought back"), quantity),
                Column("spoiled", t("Spoiled"), quantity),
                Column("sampled", t("Sampled"), quantity),
                Column("unit", t("Unit"), ColumnType.TEXT),
                Column("price", t("Price"), money),
                Column("revenue", t("Sales revenue"), money),
                Column("received", t("Money received"), money),
                Column("difference", t("Difference"), money),
            ),
            rows=tuple(_market_day_rows(context, day)) if day is not None else (),
            parameters={"number": day.number, "date": day.date.isoformat()} if day else {},
            closing=tuple(_closing(context, day)) if day is not None else (),
            place_date=day.date if day is not None else None,
        )
    )


def _asked(context: Context) -> Effect | None:
    number = context.parameters.number
    if number is None:
        period = context.period
        return last_effect(context.connection, MARKET, period.start, period.end)
    found = effect_of(context.connection, number)
    if found is None:
        raise RuleError("unknown-document", of=number)
    if found.kind != MARKET:
        raise RuleError("not-a-market-day", number=number)
    return found


def _caption(context: Context, day: Effect | None) -> str:
    if day is None:
        return context.in_month
    venue = venue_name(day.command.venue)
    return f"{venue}, {context.formats.weekday_day(day.date)}"


def _market_day_rows(context: Context, day: Effect) -> Iterator[Row]:
    t = context.words
    command: MarketDay = day.command
    items = ItemsThen(context.connection)
    by_line = iter(list(sold(context.connection, [day], items)))
    revenue = 0
    for line in command.lines:
        quantities = (line.taken, line.sold, line.returned, line.spoiled, line.sampled)
        item = items.item(line.item, day.source)
        found = next(by_line).revenue if quantities[1] else 0
        revenue += found
        price = line.price or item.price
        sums = (*quantities, unit_of(context, item.code), price, found, None, None)
        yield Row(context.setup.item_name(item.code), sums, code=item_ref(item.code))
    blank: tuple[Value, ...] = (None,) * 7
    yield Row(
        t("Total sales of the day"),
        (*blank, revenue, None, None),
        code="sales",
        kind=RowKind.SUBTOTAL,
    )
    received = {code: amount for code, amount in command.received.items() if amount}
    for code, amount in received.items():
        name = f"{code} {context.account_name(code)}"
        yield Row(name, (*blank, None, amount, None), code=account_ref(code))
    total = sum(received.values())
    cells = (*blank, revenue, total, total - revenue)
    yield Row(t("TOTAL"), cells, code="total", kind=RowKind.TOTAL)


def _closing(context: Context, day: Effect) -> Iterator[str]:
    t = context.words
    number = corrected_by(context.connection, day.sequence)
    if number is not None:
        yield t("This was undone by {number}.", number=number)


# -- Penjualan: the same sales by product, by channel and by week, with what they cost -----------


def sales(context: Context) -> Report:
    """Three sections, each adding up to the ordinary postings on the sales accounts.

    Section codes are `by-product`, `by-channel`, `by-week`. Lines have the codes of items or,
    for what stands on an account without goods, of accounts; venues, `shop:CODE`, `direct` and
    `other`; ISO weeks. Quantities stand where all goods of a line share a unit.
    """
    t, period = context.words, context.period
    money, percent = ColumnType.MONEY, ColumnType.PERCENT
    found = find_sales(context.connection, context.setup, period.start, period.end)
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
                Column("margin", t("Margin on goods sold"), money),
                Column("margin_percent", t("Margin %"), percent),
                Column("share", t("Share"), percent),
            ),
            rows=tuple(_sales_rows(context, found)),
            parameters=month_asked(context),
            closing=_to_gross_profit(context, found),
            place_date=period.end,
        )
    )


def _to_gross_profit(context: Context, found: Sales) -> tuple[str, ...]:
    """How the margin of goods sold comes to the gross profit of the profit and loss."""
    t, rupiah, period = context.words, context.formats.rupiah, context.period
    types = {code: each.type for code, each in context.setup.accounts.items()}
    moved = results(context.connection, period.start, period.end)
    gross = -sum(
        amount
        for code, amount in moved.items()
        if types[code] in (AccountType.INCOME, AccountType.COST)
    )
    margin = sum(each.revenue - each.cost for each in found.goods)
    margin += sum(each.revenue for each in found.rest)
    grants = -moved.get(GRANT_INCOME, 0)
    parts = [t("margin on goods sold {amount}", amount=rupiah(margin))]
    if grants:
        parts.append(t("plus grants {amount}", amount=rupiah(grants)))
    if other := margin + grants - gross:
        parts.append(t("less spoilage and other costs of sales {amount}", amount=rupiah(other)))
    if len(parts) == 1:
        return ()
    return (
        t(
            "Gross profit {gross} in the profit and loss is {parts}.",
            gross=rupiah(gross),
            parts=", ".join(parts),
        ),
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


def _sales_rows(context: Context, found: Sales) -> Iterator[Row]:
    t = context.words
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
        """Sales by product in the order of their accounts; income without goods last."""
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
                rest.append(
                    _Line(account_ref(code), t("{account}, not by product", account=account), each)
                )
            elif code in by_item:
                by_item[code].sum.merge(each)
            else:
                by_item[code] = _Line(item_ref(code), setup.item_name(code), each)
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


# -- Titip jual: each shop's goods over the period, what it owes and since when ------------------


def consignment(context: Context) -> Report:
    """A section a shop (`shop:CODE`), a line an item, a subtotal with what the shop owes.

    For each line opening + delivered + counted - sold - returned - spoiled = left. Days are
    those since the oldest debt not paid yet and since the last settlement.
    """
    t = context.words
    quantity, count, money = ColumnType.QUANTITY, ColumnType.COUNT, ColumnType.MONEY
    return with_figures(
        Report(
            name="consignment",
            title=t("Consignment"),
            period=context.in_month,
            unit=context.unit,
            label=t("Shop and item"),
            columns=(
                Column("opening", t("Left before"), quantity),
                Column("delivered", t("Delivered"), quantity),
                Column("sold", t("Sold"), quantity),
                Column("returned", t("Returned"), quantity),
                Column("spoiled", t("Spoiled"), quantity),
                Column("counted", t("Count difference"), quantity),
                Column("left", t("Left"), quantity),
                Column("unit", t("Unit"), ColumnType.TEXT),
                Column("value", t("Value left"), money),
                Column("revenue", t("Sales revenue"), money),
                Column("owed", t("Receivable left"), money),
                Column("owed_days", t("Days owed"), count),
                Column("settled_days", t("Days since settlement"), count),
            ),
            rows=tuple(_consignment_rows(context)),
            parameters=month_asked(context),
            place_date=context.period.end,
        )
    )


def _consignment_rows(context: Context) -> Iterator[Row]:
    t = context.words
    asked = asked_shop(context)
    goods, debts = _by_shop(context), _debts(context)
    known = visited(context.connection, context.period.end)
    shops = [asked.code] if asked is not None else sorted(goods.keys() | debts.keys())
    for shop in shops:
        code, name = SHOP + shop, context.setup.party_name(shop)
        yield Row(name, (None,) * 13, code=code, kind=RowKind.SECTION)
        for item, flow in goods[shop]:
            cells = (*_goods(flow, unit_of(context, item)), None, None, None)
            yield Row(context.setup.item_name(item), cells, code=item_ref(item), level=1)
        label = t("Total {account}", account=name)
        days = (
            _since(context, _oldest(debts.get(shop))),
            _since(context, known.get(shop, NEVER).settled),
        )
        cells = (*_summed(context, goods[shop]), _owed(debts.get(shop)), *days)
        yield Row(label, cells, code=code, kind=RowKind.SUBTOTAL)
    every = [line for shop in shops for line in goods[shop]]
    owed = sum(_owed(debts.get(shop)) for shop in shops)
    yield Row(
        t("TOTAL"), (*_summed(context, every), owed, None, None), code="total", kind=RowKind.TOTAL
    )


_Lines = list[tuple[str, Flow]]


def _by_shop(context: Context) -> defaultdict[str, _Lines]:
    """Goods by shop; shops without any are left out."""
    period = context.period
    found: defaultdict[str, _Lines] = defaultdict(list)
    for (shop, item), flow in shop_flows(context.connection, period.start, period.end).items():
        if any(flow.amounts):
            found[shop].append((item, flow))
    return found


def _debts(context: Context) -> dict[str, Standing]:
    """What shops owed before, or owe since."""
    period, parties = context.period, context.setup.parties
    found = standings(context.connection, SHOP_RECEIVABLE, period.start, period.end)
    return {
        each.party: each
        for each in found
        if each.party is not None
        and parties[each.party].role == "shop"
        and (each.opening or each.added or each.paid or each.owed)
    }


def _summed(context: Context, lines: _Lines) -> tuple[Value, ...]:
    """The sums of quantities, only where all goods have one unit."""
    units = {unit_of(context, item) for item, _ in lines}
    return _goods(added(flow for _, flow in lines), units.pop() if len(units) == 1 else None)


def _goods(flow: Flow, unit: str | None) -> tuple[Value, ...]:
    quantities = (
        *(flow.opening, flow.delivered, flow.sold, flow.returned),
        *(flow.spoiled, flow.counted, flow.left),
    )
    return (*(quantities if unit is not None else (None,) * 7), unit, flow.value, flow.revenue)


def _owed(debt: Standing | None) -> int:
    return debt.owed if debt is not None else 0


def _oldest(debt: Standing | None) -> date | None:
    return debt.unpaid[0][0] if debt is not None and debt.owed > 0 else None


def _since(context: Context, day: date | None) -> int | None:
    return (context.period.end - day).days if day is not None else None
