"""What the screens of garden, kitchen and stock ask of a book; nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

from kwt_books.domain.values import Month
from kwt_books.queries.garden import Garden, garden
from kwt_books.queries.kitchen import Kitchen, Made, history, kitchen, next_batch, next_lot
from kwt_books.queries.layers import Shelves, Supplies, shelves, supplies
from kwt_books.reports.context import Context, Parameters, identity
from kwt_books.reports.model import Imprint
from kwt_books.reports.papers import Pack, Part
from kwt_books.reports.stock import count_sheet
from kwt_books.services.slips import LabelWish, Source, label_sheet

Reading = Callable[[Parameters, str], AbstractContextManager[tuple[Context, Imprint]]]
"""One consistent view of the book, for these parameters, in this language."""


class Farm:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def garden(self, month: Month) -> Garden:
        """Plants and beds as they stand now, harvests of a month."""
        with self._reading(Parameters(), "id") as (context, _):
            return garden(context.connection, context.setup, month, context.today)

    def kitchen(self, month: Month) -> Kitchen:
        """Recipes with what there is for them now, productions of a month."""
        with self._reading(Parameters(), "id") as (context, _):
            return kitchen(context.connection, context.setup, month)

    def productions(self) -> tuple[Made, ...]:
        """The last ones of any month, newest first."""
        with self._reading(Parameters(), "id") as (context, _):
            return history(context.connection, context.setup)

    def shelves(self) -> Shelves:
        """What stands where now."""
        with self._reading(Parameters(), "id") as (context, _):
            return shelves(context.connection, context.setup, context.today)

    def supplies(self) -> Supplies:
        """What forms choose from, with what stands in the store now."""
        with self._reading(Parameters(), "id") as (context, _):
            return supplies(context.connection, context.setup)

    def next_batch(self, day: date) -> str:
        """The name to suggest for a batch sown on a day."""
        with self._reading(Parameters(), "id") as (context, _):
            return next_batch(context.connection, day)

    def next_lot(self, item: str, day: date) -> str:
        """The name to suggest for a lot made on a day."""
        with self._reading(Parameters(), "id") as (context, _):
            return next_lot(context.connection, context.setup, item, day)

    def labels(self, number: str, wish: LabelWish, language: str) -> Pack:
        """Labels for what a production made."""
        return self._paper(lambda context: label_sheet(Source(context, number), wish), language)

    def count_sheet(self, place: str, language: str) -> Pack:
        """What stands at a place, to be counted."""
        return self._paper(lambda context: count_sheet(context, place), language)

    def _paper(self, make: Callable[[Context], Part], language: str) -> Pack:
        with self._reading(Parameters(), language) as (context, imprint):
            return Pack((make(context),), identity(context.setup), imprint, language)
