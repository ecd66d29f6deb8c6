"""Produksi: each batch with what went into it, what came of it, and its cost a unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set

from kwt_books.domain.documents.setup import Recipe
from kwt_books.domain.money import half_up
from kwt_books.domain.quantity import UNIT
from kwt_books.queries.documents import Effect, effects, thousandths
from kwt_books.queries.goods import Change, Purpose, changes_of
from kwt_books.reports.asked import month_asked
from kwt_books.reports.context import Context
from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind
from kwt_books.reports.places import unit_of
from kwt_books.reports.totals import with_figures


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
                Column("item", t("Item code"), ColumnType.CODE),
                Column("lot", t("Lot"), ColumnType.CODE),
                Column("used", t("Used"), quantity),
                Column("used_value", t("Value used"), money),
                Column("quantity", t("Yield"), quantity),
                Column("planned", t("Planned"), quantity),
                Column("unit", t("Unit"), ColumnType.TEXT),
                Column("cost", t("Production cost"), money),
                Column("unit_cost", t("Cost per unit"), money),
            ),
            rows=tuple(_rows(context)),
            parameters=month_asked(context),
            place_date=period.end,
        )
    )


def _rows(context: Context) -> Iterator[Row]:
    period = context.period
    found = effects(context.connection, ("production",), period.start, period.end)
    changes: defaultdict[int, list[Change]] = defaultdict(list)
    for change in changes_of(context.connection, found):
        changes[change.effect.sequence].append(change)
    total = 0
    for each in found:
        rows = list(_batch(context, each, changes[each.sequence]))
        cost = rows[0].cells[-2]
        total += cost if isinstance(cost, int) else 0
        yield from rows
    cells = (None,) * 5 + (total, None, None, None, total, None)
    yield Row(context.words("TOTAL"), cells, code="total", kind=RowKind.TOTAL)


def _batch(context: Context, each: Effect, changes: list[Change]) -> Iterator[Row]:
    t, sign = context.words, each.sign
    made = next(change for change in changes if change.purpose is Purpose.MADE)
    plan = _planned(context, each)
    name = context.setup.item_name(made.item)
    cells = (
        *(each.date, each.number, made.item, made.lot, None, None),
        *(made.quantity, plan and sign * plan, unit_of(context, made.item), made.value),
        half_up(sign * made.value * UNIT, sign * made.quantity),
    )
    label = name if sign > 0 else t("Correction, {name}", name=name)
    yield Row(label, cells, code=made.lot, level=1)
    for change in changes:
        if change.purpose is Purpose.USED:
            yield _input(context, change)
    for cost in each.payload.get("costs", ()):
        amounts = (None, sign * cost["amount"], None, None, None, None, None)
        spent = (each.date, each.number, None, None, *amounts)
        yield Row(cost["label"], spent, code=cost["from"], level=2)


def _input(context: Context, change: Change) -> Row:
    unit = unit_of(context, change.item)
    amounts = (-change.quantity, -change.value, None, None, unit, None, None)
    cells = (change.effect.date, change.effect.number, change.item, change.lot, *amounts)
    return Row(context.setup.item_name(change.item), cells, code=change.item, level=2)


def _planned(context: Context, each: Effect) -> int | None:
    """Thousandths that the recipe promises of its main ingredient, the first, as taken."""
    taken: defaultdict[str, int] = defaultdict(int)
    for line in each.payload["inputs"]:
        taken[line["item"]] += thousandths(line["qty"])
    recipe = _recipe(context, each.payload["item"], taken.keys())
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
