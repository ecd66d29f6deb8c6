"""Lot: what became of each; or one traced back to its sources and forward to its buyers."""

from __future__ import annotations

from collections.abc import Iterator

from kwt_books.domain.errors import RuleError
from kwt_books.domain.posting import Lot
from kwt_books.queries.lots import LotLife, lot_lives, lots_called
from kwt_books.reports.asked import asked_item, month_asked
from kwt_books.reports.context import Context
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind, Value
from kwt_books.reports.places import unit_of
from kwt_books.reports.totals import with_figures
from kwt_books.reports.traces import trace_report


def lots(context: Context) -> Report:
    """With a lot asked for, its trace; else the lots that stood or moved in the period."""
    if context.parameters.lot is not None:
        return trace_report(context, _asked(context, context.parameters.lot))
    return _register(context)


def _asked(context: Context, name: str) -> Lot:
    item = asked_item(context)
    found = lots_called(context.connection, name)
    if item is not None:
        found = [lot for lot in found if lot.item == item.code]
    if not found:
        raise RuleError("unknown-lot", lot=name)
    if len(found) > 1:
        raise RuleError("which-item", lot=name, items=", ".join(lot.item for lot in found))
    return found[0]


def _register(context: Context) -> Report:
    """A line a lot: made - used - sold - given - spoiled = left, by the period's end."""
    t, period = context.words, context.period
    asked = asked_item(context)
    day, quantity = ColumnType.DATE, ColumnType.QUANTITY
    found = lot_lives(
        context.connection, period.start, period.end, asked.code if asked is not None else None
    )
    return with_figures(
        Report(
            name="lots",
            title=t("Lots"),
            period=context.in_month,
            unit=context.unit,
            label=t("Item"),
            columns=(
                Column("item", t("Item code"), ColumnType.CODE),
                Column("lot", t("Lot"), ColumnType.CODE),
                Column("received", t("Received"), day),
                Column("expires", t("Expires"), day),
                Column("days_left", t("Days left"), ColumnType.COUNT),
                Column("made", t("Came in"), quantity),
                Column("used", t("Used"), quantity),
                Column("sold", t("Sold"), quantity),
                Column("given", t("Given"), quantity),
                Column("spoiled", t("Spoiled"), quantity),
                Column("left", t("Left"), quantity),
                Column("unit", t("Unit"), ColumnType.TEXT),
                Column("value", t("Value"), ColumnType.MONEY),
            ),
            rows=tuple(_lines(context, found)),
            parameters=month_asked(context),
        )
    )


def _lines(context: Context, found: list[LotLife]) -> Iterator[Row]:
    for life in found:
        item, name, received, expires, _ = life.lot
        left = (expires - context.period.end).days if expires is not None else None
        cells: tuple[Value, ...] = (
            *(item, name, received, expires, left),
            *(life.made, life.used, life.sold, life.given, life.spoiled, life.left),
            *(unit_of(context, item), life.value),
        )
        yield Row(context.setup.item_name(item), cells, code=name)
    value = sum(life.value for life in found)
    yield Row(context.words("TOTAL"), (*(None,) * 12, value), code="total", kind=RowKind.TOTAL)
