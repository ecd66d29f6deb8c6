"""Lembar hitung stok: what stands at a place, to be counted with a pencil."""

from __future__ import annotations

from kwt_books.domain.posting import SHOP
from kwt_books.i18n.words import capitalised
from kwt_books.queries.shelves import ShelfItem, shelves
from kwt_books.reports.context import Context
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row
from kwt_books.reports.places import place_name

_TO_FILL_IN = 3
"""Lines for goods that nobody expected."""
_WIDE = " " * 12
"""Room to write in."""


def count_sheet(context: Context, place: str) -> Report:
    """A line an item, without what the book says: who counts must not know.

    All items of the store that were ever there; of a shop, what stands there.
    """
    t = context.words
    found = shelves(context.connection, context.setup, context.today)
    items = [item for item in found.items if _belongs(item, place)]
    rows = [Row(item.name, (str(n), item.unit)) for n, item in enumerate(items, start=1)]
    rows += [Row("", (str(len(items) + n), None)) for n in range(1, _TO_FILL_IN + 1)]
    where = capitalised(place_name(context, place))
    return Report(
        name="count-sheet",
        title=t("Stock Count Sheet"),
        period=f"{where}, {context.formats.day(context.today)}",
        unit=t("Write down what you count, nothing else"),
        label=t("Item"),
        label_at=1,
        columns=(
            Column("number", t("No."), ColumnType.CODE),
            Column("unit", t("Unit"), ColumnType.TEXT),
            Column("counted", _blank(t("Counted")), ColumnType.CODE),
            Column("remark", _blank(t("Remark")), ColumnType.CODE),
        ),
        rows=tuple(Row(row.label, (*row.cells, None, None)) for row in rows),
        layout=Layout.BOOK,
        place_date=context.today,
    )


def _belongs(item: ShelfItem, place: str) -> bool:
    if place.startswith(SHOP):
        return item.at(place) != 0
    return item.at(place) != 0 or not item.lots


def _blank(heading: str) -> str:
    return f"{_WIDE}{heading}{_WIDE}"
