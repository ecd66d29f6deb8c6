"""Hari pasar: one day's sheet of goods taken, sold and brought back, and the money."""

from __future__ import annotations

from collections.abc import Iterator

from kwt_books.domain.errors import RuleError
from kwt_books.queries.documents import Effect, corrected_by, effect_of, last_effect, thousandths
from kwt_books.queries.sales import MARKET, ItemsThen, sold
from kwt_books.reports.context import Context
from kwt_books.reports.descriptions import venue_name
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind, Value
from kwt_books.reports.places import unit_of
from kwt_books.reports.totals import with_figures


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
            rows=tuple(_rows(context, day)) if day is not None else (),
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
    venue = venue_name(day.payload["venue"])
    return f"{venue}, {context.formats.weekday_day(day.date)}"


def _rows(context: Context, day: Effect) -> Iterator[Row]:
    t, payload = context.words, day.payload
    items = ItemsThen(context.connection)
    by_line = iter(list(sold(context.connection, [day], items)))
    revenue = 0
    for line in payload["lines"]:
        quantities = [thousandths(line.get(key, 0)) for key in _KEYS]
        item = items.item(line["item"], day.source)
        found = next(by_line).revenue if quantities[1] else 0
        revenue += found
        cells = (*quantities, unit_of(context, item.code), line.get("price") or item.price, found)
        name = context.setup.item_name(item.code)
        yield Row(name, (*cells, None, None), code=item.code)
    blank: tuple[Value, ...] = (None,) * 7
    yield Row(
        t("Total sales of the day"),
        (*blank, revenue, None, None),
        code="sales",
        kind=RowKind.SUBTOTAL,
    )
    received = {code: amount for code, amount in payload["received"].items() if amount}
    for code, amount in received.items():
        name = f"{code} {context.account_name(code)}"
        yield Row(name, (*blank, None, amount, None), code=code)
    total = sum(received.values())
    cells = (*blank, revenue, total, total - revenue)
    yield Row(t("TOTAL"), cells, code="total", kind=RowKind.TOTAL)


_KEYS = ("taken", "sold", "returned", "spoiled", "sampled")


def _closing(context: Context, day: Effect) -> Iterator[str]:
    t = context.words
    number = corrected_by(context.connection, day.sequence)
    if number is not None:
        yield t("This document was corrected by {number}.", number=number)
