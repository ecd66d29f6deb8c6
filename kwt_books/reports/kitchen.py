"""Produksi: each batch with what went into it, what came of it, and its cost a unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set

from kwt_books.domain.documents.setup import Recipe
from kwt_books.domain.kind import Purpose
from kwt_books.domain.values import UNIT, half_up
from kwt_books.queries.documents import Effect, effects
from kwt_books.queries.sales import Change, changes_of
from kwt_books.reports.context import Context, month_asked, unit_of
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Report,
    Row,
    RowKind,
    account_ref,
    document_ref,
    item_ref,
    lot_ref,
    with_figures,
)


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
