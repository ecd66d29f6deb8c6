"""The kitchen: recipes with ingredients at hand, productions, and suggested names of lots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from kwt_books.domain.documents.fields import Codec
from kwt_books.domain.documents.setup import Item, Recipe
from kwt_books.domain.documents.stock import Production
from kwt_books.domain.posting import BATCH, LOTS_PER_ENTRY
from kwt_books.domain.values import UNIT, Month, first_day, half_up, last_day
from kwt_books.queries.documents import span
from kwt_books.queries.layers import Supplies, supplies
from kwt_books.queries.reading import Reading
from kwt_books.queries.setup import SetupBook
from kwt_books.store.expressions import (
    dated_within,
    entry,
    in_order,
    newest_first,
    total,
    undone_by,
)
from kwt_books.store.rows import command_of
from kwt_books.store.tables import document, growing, layer, lot, move

_REMEMBERED = 200
"""Productions that the history shows."""


class Need(NamedTuple):
    """An ingredient of one recipe, and what stands in the store; thousandths."""

    item: str
    name: str
    unit: str
    quantity: int
    on_hand: int

    @property
    def missing(self) -> int:
        """How much more than there is would be needed; thousandths."""
        return max(0, self.quantity - self.on_hand)


@dataclass(frozen=True, slots=True)
class RecipeCard:
    """A recipe with its goods. Money is whole rupiah for one unit."""

    code: str
    output: str
    name: str
    unit: str
    yields: int
    needs: tuple[Need, ...]
    price: int | None
    last_cost: int | None
    """What a unit cost when it was made last."""

    @property
    def times(self) -> int:
        """How often it can be made with what there is."""
        return min((need.on_hand // need.quantity for need in self.needs), default=0)

    @property
    def is_short(self) -> bool:
        """Whether anything it needs is missing."""
        return any(need.missing for need in self.needs)


class Spent(NamedTuple):
    """A cost of a production: what for, rupiah, from which cash account."""

    label: str
    amount: int
    source: str


@dataclass(frozen=True, slots=True)
class Made:
    """A production that was recorded."""

    number: str
    date: dt.date
    item: str
    name: str
    unit: str
    quantity: int
    cost: int
    lot: str
    expires: dt.date | None
    left: int
    """Of the lot, wherever it stands."""
    price: int | None
    costs: tuple[Spent, ...]
    corrected_by: str | None

    @property
    def unit_cost(self) -> int:
        """What one unit has cost; rupiah."""
        return half_up(self.cost * UNIT, self.quantity)


@dataclass(frozen=True, slots=True)
class Kitchen:
    """The kitchen: recipes with ingredients at hand, productions, and suggested names of lots."""

    supplies: Supplies
    recipes: tuple[RecipeCard, ...]
    """By what they make."""
    made: tuple[Made, ...]
    """Within the month, newest first."""
    last_costs: Mapping[str, tuple[Spent, ...]]
    """By item, what its last production cost besides ingredients."""
    last_month: Month | None
    """The last month anything was made in."""

    def recipe(self, code: str) -> RecipeCard | None:
        """The recipe of this code; None where there is none."""
        return next((recipe for recipe in self.recipes if recipe.code == code), None)

    def costs_of(self, item: str) -> tuple[Spent, ...]:
        """The last time of this item, else of any."""
        return self.last_costs.get(item) or next(iter(self.last_costs.values()), ())


_PRODUCTION = Codec(Production)
_LEFT = (
    select(total(layer.c.quantity))
    .where(layer.c.item == move.c.item, layer.c.lot == move.c.lot)
    .scalar_subquery()
)
_MADE = newest_first(
    select(
        entry.c.number,
        entry.c.date,
        entry.c.payload,
        move.c.item,
        move.c.quantity,
        move.c.value,
        move.c.lot,
        lot.c.expires,
        _LEFT,
        undone_by(),
    )
    .select_from(
        in_order(
            in_order(entry, move, (move.c.document == entry.c.sequence) & (move.c.quantity > 0)),
            lot,
            (lot.c.item == move.c.item)
            & (lot.c.name == move.c.lot)
            & (lot.c.ordinal // LOTS_PER_ENTRY == entry.c.sequence),
        )
    )
    .where(entry.c.kind == "production", dated_within())
)
_LAST_MONTH = select(func.max(document.c.date)).where(document.c.kind == "production")


def kitchen(reading: Reading, month: Month, day: date | None = None) -> Kitchen:
    """Recipes with what there is for them on a day, else now; productions of a month."""
    connection, setup = reading.connection, reading.setup
    there, last = supplies(reading, day), _last_of_each(productions(reading))
    made = _made_between(connection, setup, first_day(month), last_day(month))
    latest: str | None = connection.execute(_LAST_MONTH).scalar()
    recipes = [
        _card(setup, recipe, there, last.get(recipe.output)) for recipe in setup.recipes.values()
    ]
    return Kitchen(
        there,
        tuple(sorted(recipes, key=lambda recipe: (recipe.name.casefold(), recipe.code))),
        made,
        {item: each.costs for item, each in last.items()},
        Month.of_text(latest) if latest is not None else None,
    )


def productions(reading: Reading) -> tuple[Made, ...]:
    """The last productions, newest first; those undone since are among them."""
    connection, setup = reading.connection, reading.setup
    return _made_between(connection, setup, dt.date.min, dt.date.max, many=_REMEMBERED)


def _made_between(
    connection: Connection,
    setup: SetupBook,
    start: dt.date,
    end: dt.date,
    *,
    many: int | None = None,
) -> tuple[Made, ...]:
    found = connection.execute(_MADE.limit(many), span(start, end))
    return tuple(_made(setup, row) for row in found)


def _last_of_each(made: Iterable[Made]) -> dict[str, Made]:
    """The newest of each item that was not undone; the newest item first."""
    last: dict[str, Made] = {}
    for each in made:
        if each.corrected_by is None:
            last.setdefault(each.item, each)
    return last


def _made(setup: SetupBook, row: Any) -> Made:
    number, day, payload, code, quantity, cost, lot, expires, left, corrected = row
    item = setup.items[code]
    costs = command_of(_PRODUCTION, payload).costs
    return Made(
        number,
        dt.date.fromisoformat(day),
        code,
        item.name,
        item.unit,
        quantity,
        cost,
        lot,
        dt.date.fromisoformat(expires) if expires else None,
        left,
        item.price,
        tuple(Spent(each.label, each.amount, each.source) for each in costs),
        corrected,
    )


def _card(setup: SetupBook, recipe: Recipe, there: Supplies, last: Made | None) -> RecipeCard:
    made = setup.items[recipe.output]
    return RecipeCard(
        recipe.code,
        recipe.output,
        made.name,
        made.unit,
        recipe.yields,
        tuple(_needs(setup, recipe, there)),
        made.price,
        last.unit_cost if last is not None else None,
    )


def _needs(setup: SetupBook, recipe: Recipe, there: Supplies) -> Iterator[Need]:
    for line in recipe.inputs:
        item: Item = setup.items[line.item]
        yield Need(item.code, item.name, item.unit, line.qty, there.on_hand.get(item.code, 0))


# -- Names that the program suggests: of batches and of lots, by their day -----------------------


_BATCH_SINCE = select(func.max(growing.c.since)).where(growing.c.place == bindparam("place"))
_LOT_SINCE = select(func.max(lot.c.received)).where(
    lot.c.item == bindparam("item"), lot.c.name == bindparam("name")
)


def next_batch(reading: Reading, day: date) -> str:
    """`SM-0604`, of seedlings sown on 4 June."""

    def since(name: str) -> str | None:
        values = {"place": BATCH + name}
        found: str | None = reading.connection.execute(_BATCH_SINCE, values).scalar()
        return found

    return _free("SM", day, since)


def next_lot(reading: Reading, item: str, day: date) -> str:
    """`KB-0608`, of keripik bayam made on 8 June."""

    def since(name: str) -> str | None:
        values = {"item": item, "name": name}
        found: str | None = reading.connection.execute(_LOT_SINCE, values).scalar()
        return found

    return _free(_initials(reading.setup.item_name(item)), day, since)


def _initials(name: str) -> str:
    """Of the first two words; two letters of a name of one word."""
    words = [word for word in name.split() if word[:1].isalpha()]
    if len(words) > 1:
        return (words[0][0] + words[1][0]).upper()
    return words[0][:2].upper() if words else "L"


def _free(prefix: str, day: date, since: Callable[[str], str | None]) -> str:
    """With the year where another year has the name already; numbered within a day."""
    stem = f"{prefix}-{day:%m%d}"
    taken = since(stem)
    if taken is not None and taken[:4] != f"{day.year:04d}":
        stem = f"{prefix}-{day:%y%m%d}"
    name, number = stem, 1
    while since(name) is not None:
        number += 1
        name = f"{stem}-{number}"
    return name
