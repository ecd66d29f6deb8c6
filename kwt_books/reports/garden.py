"""Pembibitan dan kebun: batches from sowing to planting, beds and their harvests."""

from __future__ import annotations

from collections.abc import Iterator

from kwt_books.domain.posting import STORE
from kwt_books.queries.garden import SOWING_DAYS
from kwt_books.queries.plots import Plot, plots
from kwt_books.queries.stock import stock_at
from kwt_books.reports.context import Context, month_asked, unit_of
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Report,
    Row,
    RowKind,
    Value,
    item_ref,
    with_figures,
)


def nursery(context: Context) -> Report:
    """Sections `batches` and `beds`; lines of level 1 add up to what grows (account 1123).

    Batches count from their sowing to the end of the period; harvests of beds are those of the
    period, and stand by item on lines of level 2.
    """
    t = context.words
    quantity, money = ColumnType.QUANTITY, ColumnType.MONEY
    return with_figures(
        Report(
            name="nursery",
            title=t("Nursery and Beds"),
            period=context.in_month,
            unit=context.unit,
            label=t("Batch or bed"),
            columns=(
                Column("item", t("Item code"), ColumnType.CODE, printed=False),
                Column("since", t("Since"), ColumnType.DATE),
                Column("age_days", t("Age (days)"), ColumnType.COUNT),
                Column("stage", t("Stage"), ColumnType.TEXT),
                Column("sown", t("Sown"), quantity),
                Column("ready", t("Ready"), quantity),
                Column("lost", t("Lost"), quantity),
                Column("destroyed", t("Destroyed"), quantity),
                Column("left", t("Left"), quantity),
                Column("unit", t("Unit"), ColumnType.TEXT),
                Column("value", t("Value"), money),
                Column("harvested", t("Harvested"), quantity),
                Column("harvested_value", t("Value harvested"), money),
            ),
            rows=tuple(_nursery_rows(context)),
            parameters=month_asked(context),
            place_date=context.period.end,
        )
    )


def _nursery_rows(context: Context) -> Iterator[Row]:
    t, period = context.words, context.period
    found = plots(context.connection, period.start, period.end)
    standing = {
        (each.lot.item, each.lot.name)
        for each in stock_at(context.connection, period.end)
        if each.place == STORE and each.quantity > 0
    }
    batches = [plot for plot in found if plot.is_batch]
    if batches:
        yield Row(t("Batches"), (None,) * 13, code="batches", kind=RowKind.SECTION)
    for plot in batches:
        ready = (plot.plants.item, plot.name) in standing
        yield _batch_rows(context, plot, _stage(context, plot, ready))
    beds = [plot for plot in found if not plot.is_batch]
    if beds:
        yield Row(t("Beds"), (None,) * 13, code="beds", kind=RowKind.SECTION)
    for plot in beds:
        yield from _bed(context, plot)
    value = sum(plot.value for plot in found)
    harvested = sum(each.value for plot in found for each in plot.harvests.values())
    cells = (*(None,) * 10, value, None, harvested)
    yield Row(t("TOTAL"), cells, code="total", kind=RowKind.TOTAL)


def _age(context: Context, plot: Plot) -> int:
    return max(0, (context.period.end - plot.plants.since).days)


def _stage(context: Context, plot: Plot, ready: bool) -> str:
    """Semai, pembibitan, siap tanam; selesai once all of the batch is gone."""
    t = context.words
    if ready:
        return t("ready for planting")
    if not plot.quantity:
        return t("finished")
    tended = plot.tended is not None or _age(context, plot) >= SOWING_DAYS
    return t("in the nursery") if tended else t("sown")


def _batch_rows(context: Context, plot: Plot, stage: str) -> Row:
    item = plot.plants.item
    cells: tuple[Value, ...] = (
        *(item_ref(item), plot.plants.since, _age(context, plot), stage),
        *(plot.sown, plot.ready, plot.lost, plot.destroyed, plot.quantity),
        *(unit_of(context, item), plot.value, None, None),
    )
    label = f"{plot.name}, {context.setup.item_name(item)}"
    return Row(label, cells, code=plot.name, level=1)


def _bed(context: Context, plot: Plot) -> Iterator[Row]:
    """Quantity of the harvest where it is of one item."""
    crops = plot.harvests
    item = next(iter(crops)) if len(crops) == 1 else None
    total = sum(each.value for each in crops.values())
    unit, quantity = (unit_of(context, item), crops[item].quantity) if item else (None, None)
    cells = (
        *(None, plot.plants.since, _age(context, plot), None, *(None,) * 5),
        *(unit, plot.value, quantity, total),
    )
    yield Row(plot.name, cells, code=plot.name, level=1)
    for code, each in sorted(crops.items()):
        crop = item_ref(code)
        blank = (crop, *(None,) * 8, unit_of(context, code), None)
        name = context.setup.item_name(code)
        yield Row(name, (*blank, each.quantity, each.value), code=crop, level=2)
