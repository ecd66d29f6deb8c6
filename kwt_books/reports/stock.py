"""Persediaan: what stands of each item at each place, lot by lot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from kwt_books.domain.month import last_day
from kwt_books.queries.stock import Stand, place_order, stock_at
from kwt_books.reports.context import Context
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind, Value
from kwt_books.reports.places import place_name, unit_of
from kwt_books.reports.totals import with_figures


def stock(context: Context) -> Report:
    """At the end of a day or month; else everything recorded so far, seen from today.

    A line is an item (its code) at a place, with the earliest expiry; the notes below it are
    its lots (their names). The lines add up to the totals. Days left are below zero where goods
    have expired.
    """
    t = context.words
    asked = _asked_day(context)
    day = asked or context.today
    found = stock_at(context.connection, asked)
    day_type, quantity = ColumnType.DATE, ColumnType.QUANTITY
    return with_figures(
        Report(
            name="stock",
            title=t("Inventories"),
            period=t("As at {day}", day=context.formats.day(day)),
            unit=context.unit,
            label=t("Item"),
            columns=(
                Column("place", t("Place"), ColumnType.CODE, printed=False),
                Column("lot", t("Lot"), ColumnType.CODE, printed=False),
                Column("received", t("Received"), day_type),
                Column("expires", t("Expires"), day_type),
                Column("days_left", t("Days left"), ColumnType.COUNT),
                Column("quantity", t("Quantity"), quantity),
                Column("unit", t("Unit"), ColumnType.TEXT),
                Column("value", t("Value"), ColumnType.MONEY),
            ),
            rows=(*_lines(context, found, day), *_totals(context, found)),
            parameters={"as_of": day.isoformat()} if asked is not None else {},
            place_date=day,
        )
    )


def _asked_day(context: Context) -> date | None:
    asked = context.parameters
    return asked.until or (last_day(asked.month) if asked.month is not None else None)


def _lines(context: Context, found: list[Stand], day: date) -> Iterator[Row]:
    t = context.words
    for (item, place), stands in groupby(found, key=lambda each: (each.lot.item, each.place)):
        lots = list(stands)
        unit = unit_of(context, item)
        held = sum(each.quantity for each in lots)
        value = sum(each.value for each in lots)
        label = t(
            "{item}, {place}", item=context.setup.item_name(item), place=place_name(context, place)
        )
        expiry = min((each.lot.expires for each in lots if each.lot.expires), default=None)
        cells = (place, None, None, expiry, _days(expiry, day), held, unit, value)
        yield Row(label, cells, code=item, level=1)
        for each in lots:
            yield Row(
                t("Lot {lot}", lot=each.lot.name),
                (place, *_lot(each, day), each.quantity, unit, each.value),
                code=each.lot.name,
                level=2,
                kind=RowKind.NOTE,
            )


def _lot(each: Stand, day: date) -> tuple[Value, ...]:
    _, name, received, expires, _ = each.lot
    return (name, received, expires, _days(expires, day))


def _days(expires: date | None, day: date) -> int | None:
    return (expires - day).days if expires is not None else None


def _totals(context: Context, found: list[Stand]) -> Iterator[Row]:
    t = context.words
    values: defaultdict[str, int] = defaultdict(int)
    for each in found:
        values[each.place] += each.value
    for place in sorted(values, key=place_order):
        label = t("Total, {place}", place=place_name(context, place))
        yield _sum(label, place, place, values[place], RowKind.SUBTOTAL)
    yield _sum(t("TOTAL INVENTORIES"), "total", None, sum(values.values()), RowKind.TOTAL)


def _sum(label: str, code: str | None, place: str | None, value: int, kind: RowKind) -> Row:
    return Row(label, (place, *(None,) * 6, value), code=code, kind=kind)
