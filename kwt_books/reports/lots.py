"""Lots: what became of each, or one traced back to its sources and forward to its buyers."""

from __future__ import annotations

from collections.abc import Iterator

from kwt_books.domain.errors import RuleError
from kwt_books.domain.kind import Purpose
from kwt_books.domain.posting import Lot
from kwt_books.queries.lots import LotLife, Step, Tracer, What, lot_lives, lots_called
from kwt_books.reports.context import Context, asked_item, month_asked, place_name, unit_of
from kwt_books.reports.kinds import Describer
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Report,
    Row,
    RowKind,
    Value,
    document_ref,
    item_ref,
    lot_ref,
    with_figures,
)

# -- One lot's trace as a report: how it came to be, and where it went ---------------------------


def trace_report(context: Context, lot: Lot) -> Report:
    """Sections `back` and `forward`; levels are steps away from the lot.

    Lines have the codes of vouchers or, where a lot is meant, of lots.
    """
    t, formats = context.words, context.formats
    dates = [t("received {day}", day=formats.day(lot.received))]
    if lot.expires is not None:
        dates.append(t("expires {day}", day=formats.day(lot.expires)))
    return Report(
        name="lots",
        title=t("Lot {lot}", lot=lot.name),
        period=context.setup.item_name(lot.item),
        unit=", ".join(dates),
        label=t("Description"),
        columns=(
            Column("what", t("Event"), ColumnType.TEXT),
            Column("date", t("Date"), ColumnType.DATE),
            Column("number", t("Voucher"), ColumnType.CODE),
            Column("item", t("Item code"), ColumnType.CODE, printed=False),
            Column("item_name", t("Item"), ColumnType.TEXT),
            Column("lot", t("Lot"), ColumnType.CODE),
            Column("place", t("Place code"), ColumnType.CODE, printed=False),
            Column("place_name", t("Place"), ColumnType.TEXT),
            Column("quantity", t("Quantity"), ColumnType.QUANTITY),
            Column("unit", t("Unit"), ColumnType.TEXT),
            Column("value", t("Value"), ColumnType.MONEY),
        ),
        rows=tuple(_rows(context, lot)),
        parameters={"item": lot.item},
    )


def _rows(context: Context, lot: Lot) -> Iterator[Row]:
    t, name = context.words, (lot.item, lot.name)
    describe = Describer(context.setup, t)
    yield Row(t("Where it came from"), (None,) * 11, code="back", kind=RowKind.SECTION)
    for step in Tracer(context.connection).back(name):
        yield _row(context, step, describe)
    yield Row(t("Where it went"), (None,) * 11, code="forward", kind=RowKind.SECTION)
    for step in Tracer(context.connection).forward(name):
        yield _row(context, step, describe)


def _row(context: Context, step: Step, describe: Describer) -> Row:
    item, lot = step.name or (None, None)
    effect = step.effect
    number = document_ref(effect.number) if effect is not None else None
    named = lot_ref(item, lot) if item is not None and lot is not None else None
    cells: tuple[Value, ...] = (
        _what(context, step),
        effect.date if effect is not None else None,
        number,
        item_ref(item) if item else None,
        context.setup.item_name(item) if item else None,
        named,
        step.place or None,
        place_name(context, step.place) if step.place else None,
        step.quantity if item else None,
        unit_of(context, item) if item else None,
        step.value,
    )
    about_lot = step.what in (What.INPUT, What.INTO, What.LEFT)
    label = _label(context, step, describe)
    if step.repeated:
        label = context.words("{name} (see above)", name=label)
    return Row(label, cells, code=named if about_lot else number, level=step.depth)


def _label(context: Context, step: Step, describe: Describer) -> str:
    t = context.words
    if step.what is What.LEFT:
        return t("Left, {place}", place=place_name(context, step.place))
    if step.what in (What.INPUT, What.INTO) and step.name is not None:
        item, lot = step.name
        return t("{item}, lot {lot}", item=context.setup.item_name(item), lot=lot)
    if step.label:
        return step.label
    if step.effect is not None:
        return describe.command(step.effect.command)
    return step.place.partition(":")[2]


def _what(context: Context, step: Step) -> str:
    t = context.words
    return {
        What.ORIGIN: t("origin"),
        What.INPUT: t("input"),
        What.COST: t("cost"),
        What.INTO: t("became"),
        What.LEFT: t("still there"),
        Purpose.USED: t("used"),
        Purpose.SOLD: t("sold"),
        Purpose.SPOILED: t("spoiled"),
        Purpose.SAMPLED: t("sampled"),
        Purpose.SHARED: t("shared"),
        Purpose.SENT: t("consigned"),
        Purpose.RETURNED: t("returned"),
        Purpose.MISSING: t("missing at a count"),
    }[step.what]


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
                Column("item", t("Item code"), ColumnType.CODE, printed=False),
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
            *(item_ref(item), lot_ref(item, name), received, expires, left),
            *(life.made, life.used, life.sold, life.given, life.spoiled, life.left),
            *(unit_of(context, item), life.value),
        )
        yield Row(context.setup.item_name(item), cells, code=lot_ref(item, name))
    value = sum(life.value for life in found)
    yield Row(context.words("TOTAL"), (*(None,) * 12, value), code="total", kind=RowKind.TOTAL)
