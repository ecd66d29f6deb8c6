"""Productions and recipes as rows and words."""

from __future__ import annotations

from datetime import date

from kwt_books.domain.money import half_up
from kwt_books.i18n.formats import NIL
from kwt_books.queries.kitchen import Kitchen, Made, RecipeCard
from ui.goods_words import quantity
from ui.kit import Kit
from ui.widgets.list_table import Cell, Heading, ListRow


def made_headings(kit: Kit) -> tuple[Heading, ...]:
    t = kit.t
    return (
        Heading(t("Product")),
        Heading(t("Date")),
        Heading(t("Made"), figures=True),
        Heading(t("Cost each"), figures=True),
        Heading(t("Gain"), figures=True),
        Heading(t("Left"), figures=True),
    )


def made_row(kit: Kit, made: Made, *, year: bool = False) -> ListRow:
    """`year`: dates of several years stand below each other."""
    formats, undone = kit.formats, made.corrected_by is not None
    day = formats.numeric_day(made.date) if year else kit.formats.short_day(made.date)
    lot = kit.t("lot {lot}", lot=made.lot)
    if undone:
        lot = kit.t("undone by {number}", number=made.corrected_by)
    cells = (
        Cell(made.name, lot, bold=not undone, struck=undone),
        Cell(day),
        Cell(formats.quantity(made.quantity), made.unit, struck=undone),
        Cell(formats.number(made.unit_cost), struck=undone),
        _margin(kit, made.price, made.unit_cost),
        _left(kit, made),
    )
    return ListRow(made.number, cells)


def _margin(kit: Kit, price: int | None, cost: int) -> Cell:
    if not price:
        return Cell(NIL, tone="quiet")
    margin = price - cost
    share = kit.formats.percent(half_up(margin * 1000, price))
    tone = "good" if margin > 0 else "error"
    return Cell(kit.formats.number(margin), share, tone=tone)


def _left(kit: Kit, made: Made) -> Cell:
    if not made.left:
        return Cell(kit.t("none left"), tone="quiet")
    until = (
        kit.t("best before {day}", day=kit.formats.short_day(made.expires)) if made.expires else ""
    )
    return Cell(kit.formats.quantity(made.left), until)


def recipe_headings(kit: Kit) -> tuple[Heading, ...]:
    t = kit.t
    return (
        Heading(t("Recipe")),
        Heading(t("Last cost each"), figures=True),
        Heading(t("Selling price"), figures=True),
        Heading(t("Gain"), figures=True),
        Heading(t("Ingredients")),
    )


def recipe_row(kit: Kit, recipe: RecipeCard) -> ListRow:
    number = kit.formats.number
    cost, price = recipe.last_cost, recipe.price
    return ListRow(
        recipe.code,
        (
            Cell(recipe.name, makes(kit, recipe), bold=True),
            Cell(number(cost) if cost is not None else NIL, tone="" if cost else "quiet"),
            Cell(number(price) if price is not None else NIL, tone="" if price else "quiet"),
            _margin(kit, price, cost) if cost is not None else Cell(NIL, tone="quiet"),
            Cell(enough(kit, recipe), tone="warn" if recipe.is_short else "good", badge=True),
        ),
    )


def makes(kit: Kit, recipe: RecipeCard) -> str:
    """`1 resep jadi 40 bungkus`."""
    return kit.t("1 recipe makes {quantity}", quantity=quantity(kit, recipe.yields, recipe.unit))


def enough(kit: Kit, recipe: RecipeCard) -> str:
    if recipe.is_short:
        return kit.t("not enough")
    return kit.t.ngettext("enough for {n} recipe", "enough for {n} recipes", recipe.times)


def shopping_list(kit: Kit, kitchen: Kitchen, today: date) -> str:
    """What is missing for one of every recipe, to be sent to the one who shops."""
    missing: dict[str, int] = {}
    needed: dict[str, int] = {}
    for recipe in kitchen.recipes:
        for need in recipe.needs:
            needed[need.item] = needed.get(need.item, 0) + need.quantity
    items = kitchen.supplies.setup.items
    for code, amount in needed.items():
        short = amount - kitchen.supplies.on_hand.get(code, 0)
        if short > 0:
            missing[code] = short
    lines = [
        f"- {items[code].name}: {quantity(kit, amount, items[code].unit)}"
        for code, amount in sorted(missing.items(), key=lambda each: items[each[0]].name)
    ]
    title = kit.t("Shopping list, {day}", day=kit.formats.day(today))
    return "\n".join((title, *lines)) if lines else ""
