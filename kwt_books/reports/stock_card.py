"""Kartu persediaan: one item in and out, place by place."""

from __future__ import annotations

from collections.abc import Iterator

from kwt_books.domain.errors import RuleError
from kwt_books.domain.posting import SHOP
from kwt_books.i18n.words import capitalised
from kwt_books.queries.stock import PlaceCard, find_card
from kwt_books.reports.asked import asked_item, asked_shop, month_asked
from kwt_books.reports.context import Context
from kwt_books.reports.descriptions import Describer
from kwt_books.reports.model import Column, ColumnType, Layout, Report, Row, RowKind
from kwt_books.reports.places import place_name
from kwt_books.reports.totals import with_figures


def stock_card(context: Context) -> Report:
    """Each place is a section (its code the place); a shop, where asked for, stands alone.

    Rows without a voucher are `opening` and `closing`. Where there are several places, `all`
    sums them: goods carried from one to another come and go.
    """
    t, period = context.words, context.period
    item = asked_item(context)
    if item is None:
        raise RuleError("item-needed")
    shop = asked_shop(context)
    cards = find_card(context.connection, item.code, period.start, period.end)
    if shop is not None:
        cards = [each for each in cards if each.place == SHOP + shop.code]
    return with_figures(
        Report(
            name="stock-card",
            title=t("Stock Card"),
            period=context.in_month,
            unit=t("{item} ({unit}), values in Rupiah", item=item.name, unit=item.unit),
            label=t("Description"),
            label_at=2,
            columns=_columns(context),
            rows=tuple(_rows(context, cards)),
            parameters={"item": item.code, **month_asked(context)},
            layout=Layout.LEDGER,
        )
    )


def _columns(context: Context) -> tuple[Column, ...]:
    t = context.words
    quantity, money = ColumnType.QUANTITY, ColumnType.MONEY
    amounts, values = t("Quantity"), t("Value")
    return (
        Column("date", t("Date"), ColumnType.DATE),
        Column("number", t("Voucher"), ColumnType.CODE),
        Column("in", t("In"), quantity, group=amounts),
        Column("out", t("Out"), quantity, group=amounts),
        Column("left", t("Left"), quantity, group=amounts),
        Column("in_value", t("In"), money, group=values),
        Column("out_value", t("Out"), money, group=values),
        Column("left_value", t("Left"), money, group=values),
    )


def _rows(context: Context, cards: list[PlaceCard]) -> Iterator[Row]:
    t = context.words
    describe = Describer(context.setup, t)
    for card in cards:
        yield Row(
            capitalised(place_name(context, card.place)),
            (None,) * 8,
            code=card.place,
            kind=RowKind.SECTION,
        )
        yield from _card(context, card, describe)
    if len(cards) > 1:
        sums = [sum(column) for column in zip(*map(_sums, cards), strict=True)]
        yield Row(t("All places"), (None,) * 8, code="all", kind=RowKind.SECTION)
        yield _closing(context, tuple(sums))


def _card(context: Context, card: PlaceCard, describe: Describer) -> Iterator[Row]:
    left, value = card.quantity, card.value
    cells = (context.period.start, None, None, None, left, None, None, value)
    yield Row(context.words("Opening balance"), cells, code="opening", kind=RowKind.NOTE)
    for document, came, went, came_value, went_value in card.entries:
        left += came - went
        value += came_value - went_value
        number = document.number
        yield Row(
            describe.heading(document),
            (document.date, number, came, went, left, came_value, went_value, value),
            code=number,
        )
    yield _closing(context, _sums(card))


def _sums(card: PlaceCard) -> tuple[int, ...]:
    """In, out, left; and their values."""
    came = sum(entry.came for entry in card.entries)
    went = sum(entry.went for entry in card.entries)
    came_value = sum(entry.came_value for entry in card.entries)
    went_value = sum(entry.went_value for entry in card.entries)
    left, value = card.quantity + came - went, card.value + came_value - went_value
    return (came, went, left, came_value, went_value, value)


def _closing(context: Context, sums: tuple[int, ...]) -> Row:
    label = context.words("Turnover and closing balance")
    return Row(label, (None, None, *sums), code="closing", kind=RowKind.TOTAL)
