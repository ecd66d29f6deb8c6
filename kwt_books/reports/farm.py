"""Pembibitan dan kebun: batches from sowing to planting, beds and their harvests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set

from kwt_books.domain.documents.setup import Recipe
from kwt_books.domain.kind import Purpose
from kwt_books.domain.posting import STORE
from kwt_books.domain.values import UNIT, half_up
from kwt_books.queries.documents import Effect, effects
from kwt_books.queries.garden import SOWING_DAYS
from kwt_books.queries.nursery import Plot, plots
from kwt_books.queries.sales import Change, changes_of
from kwt_books.queries.stock import stock_at
from kwt_books.reports.context import Context, month_asked, unit_of
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Report,
    Row,
    RowKind,
    Value,
    account_ref,
    document_ref,
    item_ref,
    lot_ref,
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


# -- Produksi: each batch with what went into it, what came of it, and its cost a unit -----------


def production(context: Context) -> Report:
    """A line of level 1 is a batch (code: its lot), lines of level 2 what it took.

    `planned` is what the recipe promises of the main ingredient that was taken; none where the
    item has no recipe. What a correction takes back is negative.
    """
    t, period = context.words, context.period
    quantity, money = ColumnType.QUANTITY, ColumnType.MONEY
    return with_figures(
        Report(
            name="production",
            title=t("Production"),
            period=context.in_month,
            unit=context.unit,
            label=t("Description"),
            label_at=2,
            columns=(
                Column("date", t("Date"), ColumnType.DATE),
                Column("number", t("Voucher"), ColumnType.CODE),
                Column("item", t("Item code"), ColumnType.CODE, printed=False),
                Column("lot", t("Lot"), ColumnType.CODE),
                Column("used", t("Used"), quantity),
                Column("used_value", t("Value used"), money),
                Column("quantity", t("Yield"), quantity),
                Column("planned", t("Planned"), quantity),
                Column("unit", t("Unit"), ColumnType.TEXT),
                Column("cost", t("Production cost"), money),
                Column("unit_cost", t("Cost per unit"), money),
            ),
            rows=tuple(_production_rows(context)),
            parameters=month_asked(context),
            place_date=period.end,
        )
    )


def _production_rows(context: Context) -> Iterator[Row]:
    period = context.period
    found = effects(context.connection, ("production",), period.start, period.end)
    changes: defaultdict[int, list[Change]] = defaultdict(list)
    for change in changes_of(context.connection, found):
        changes[change.effect.sequence].append(change)
    total = 0
    for each in found:
        rows = list(_production_row(context, each, changes[each.sequence]))
        cost = rows[0].cells[-2]
        total += cost if isinstance(cost, int) else 0
        yield from rows
    cells = (None,) * 5 + (total, None, None, None, total, None)
    yield Row(context.words("TOTAL"), cells, code="total", kind=RowKind.TOTAL)


def _production_row(context: Context, each: Effect, changes: list[Change]) -> Iterator[Row]:
    t, sign = context.words, each.sign
    made = next(change for change in changes if change.purpose is Purpose.MADE)
    plan = _planned(context, each)
    name, lot = context.setup.item_name(made.item), lot_ref(made.item, made.lot)
    cells = (
        *(each.date, document_ref(each.number), item_ref(made.item), lot, None, None),
        *(made.quantity, plan and sign * plan, unit_of(context, made.item), made.value),
        half_up(sign * made.value * UNIT, sign * made.quantity),
    )
    label = name if sign > 0 else t("Correction, {name}", name=name)
    yield Row(label, cells, code=lot, level=1)
    for change in changes:
        if change.purpose is Purpose.USED:
            yield _input(context, change)
    for cost in each.command.costs:
        amounts = (None, sign * cost.amount, None, None, None, None, None)
        spent = (each.date, document_ref(each.number), None, None, *amounts)
        yield Row(cost.label, spent, code=account_ref(cost.source), level=2)


def _input(context: Context, change: Change) -> Row:
    unit, item = unit_of(context, change.item), item_ref(change.item)
    number, lot = document_ref(change.effect.number), lot_ref(change.item, change.lot)
    amounts = (-change.quantity, -change.value, None, None, unit, None, None)
    cells = (change.effect.date, number, item, lot, *amounts)
    return Row(context.setup.item_name(change.item), cells, code=item, level=2)


def _planned(context: Context, each: Effect) -> int | None:
    """Thousandths that the recipe promises of its main ingredient, the first, as taken."""
    taken: defaultdict[str, int] = defaultdict(int)
    for line in each.command.inputs:
        taken[line.item] += line.qty
    recipe = _recipe(context, each.command.item, taken.keys())
    if recipe is None:
        return None
    main = recipe.inputs[0]
    if main.item not in taken:
        return recipe.yields
    return half_up(recipe.yields * taken[main.item], main.qty)


def _recipe(context: Context, item: str, taken: Set[str]) -> Recipe | None:
    """The item's recipe that has most of the ingredients; ties in the order of the codes."""
    recipes = [each for each in context.setup.recipes.values() if each.output == item]
    return max(
        recipes, key=lambda each: len({line.item for line in each.inputs} & taken), default=None
    )
