"""Titip jual: each shop's goods over the period, what it owes and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import astuple
from datetime import date

from kwt_books.domain.accounts import SHOP_RECEIVABLE
from kwt_books.domain.posting import SHOP
from kwt_books.queries.consignment import Flow, added, last_settlement, shop_flows
from kwt_books.queries.parties import Standing, standings
from kwt_books.reports.asked import asked_shop, month_asked
from kwt_books.reports.context import Context
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind, Value
from kwt_books.reports.places import unit_of
from kwt_books.reports.totals import with_figures


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
            rows=tuple(_rows(context)),
            parameters=month_asked(context),
            place_date=context.period.end,
        )
    )


def _rows(context: Context) -> Iterator[Row]:
    t = context.words
    asked = asked_shop(context)
    goods, debts = _by_shop(context), _debts(context)
    shops = [asked.code] if asked is not None else sorted(goods.keys() | debts.keys())
    for shop in shops:
        code, name = SHOP + shop, context.setup.party_name(shop)
        yield Row(name, (None,) * 13, code=code, kind=RowKind.SECTION)
        for item, flow in goods[shop]:
            cells = (*_goods(flow, unit_of(context, item)), None, None, None)
            yield Row(context.setup.item_name(item), cells, code=item, level=1)
        label = t("Total {account}", account=name)
        days = (_since(context, _oldest(debts.get(shop))), _since(context, _settled(context, shop)))
        cells = (*_summed(context, goods[shop]), _owed(debts.get(shop)), *days)
        yield Row(label, cells, code=code, kind=RowKind.SUBTOTAL)
    every = [line for shop in shops for line in goods[shop]]
    owed = sum(_owed(debts.get(shop)) for shop in shops)
    yield Row(
        t("TOTAL"), (*_summed(context, every), owed, None, None), code="total", kind=RowKind.TOTAL
    )


_Lines = list[tuple[str, Flow]]


def _by_shop(context: Context) -> defaultdict[str, _Lines]:
    """Shops with goods that stood or moved; nothing for all others."""
    period = context.period
    found: defaultdict[str, _Lines] = defaultdict(list)
    for (shop, item), flow in shop_flows(context.connection, period.start, period.end).items():
        if any(astuple(flow)):
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
    """Quantities stand where all goods share a unit."""
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


def _settled(context: Context, shop: str) -> date | None:
    return last_settlement(context.connection, shop, context.period.end)


def _since(context: Context, day: date | None) -> int | None:
    return (context.period.end - day).days if day is not None else None
