"""One lot's trace as a report: how it came to be, and where it went."""

from __future__ import annotations

from collections.abc import Iterator

from kwt_books.domain.posting import Lot
from kwt_books.queries.goods import Purpose
from kwt_books.queries.trace import Step, Tracer, What
from kwt_books.reports.context import Context
from kwt_books.reports.descriptions import Describer
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind, Value
from kwt_books.reports.places import place_name, unit_of


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
            Column("item", t("Item code"), ColumnType.CODE),
            Column("lot", t("Lot"), ColumnType.CODE),
            Column("place", t("Place"), ColumnType.CODE),
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
    yield Row(t("Where it came from"), (None,) * 9, code="back", kind=RowKind.SECTION)
    for step in Tracer(context.connection).back(name):
        yield _row(context, step, describe)
    yield Row(t("Where it went"), (None,) * 9, code="forward", kind=RowKind.SECTION)
    for step in Tracer(context.connection).forward(name):
        yield _row(context, step, describe)


def _row(context: Context, step: Step, describe: Describer) -> Row:
    item, lot = step.name or (None, None)
    effect = step.effect
    number = effect.number if effect is not None else None
    cells: tuple[Value, ...] = (
        _what(context, step),
        effect.date if effect is not None else None,
        number,
        *(item, lot, step.place or None),
        step.quantity if item else None,
        unit_of(context, item) if item else None,
        step.value,
    )
    about_lot = step.what in (What.INPUT, What.INTO, What.LEFT)
    label = _label(context, step, describe)
    if step.repeated:
        label = context.words("{name} (see above)", name=label)
    return Row(label, cells, code=lot if about_lot else number, level=step.depth)


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
        return describe.describe(step.effect.kind, step.effect.payload)
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
