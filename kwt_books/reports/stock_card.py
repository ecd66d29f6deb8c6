"""Kartu persediaan: one item in and out, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kwt_books.domain.errors import RuleError
from kwt_books.domain.posting import SHOP
from kwt_books.i18n.words import capitalised
from kwt_books.queries.card_lines import CardEntry, PlaceCard, find_card
from kwt_books.reports.asked import asked_item, asked_shop, month_asked
from kwt_books.reports.context import Context
from kwt_books.reports.descriptions import Describer
from kwt_books.reports.long_rows import ReadRows, rows_of
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
            rows=rows_of([*_parts(context, cards)]),
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


def _parts(context: Context, cards: list[PlaceCard]) -> Iterator[Sequence[Row]]:
    t = context.words
    describe = Describer(context.setup.names(), t)
    for card in cards:
        name = capitalised(place_name(context, card.place))
        before = (context.period.start, None, None, None, card.quantity, None, None, card.value)
        yield (
            Row(name, (None,) * 8, code=card.place, kind=RowKind.SECTION),
            Row(t("Opening balance"), before, code="opening", kind=RowKind.NOTE),
        )
        yield _lines(context, card, describe)
        yield (_closing(context, card.sums),)
    if len(cards) > 1:
        sums = [sum(column) for column in zip(*(card.sums for card in cards), strict=True)]
        yield (
            Row(t("All places"), (None,) * 8, code="all", kind=RowKind.SECTION),
            _closing(context, tuple(sums)),
        )


def _lines(context: Context, card: PlaceCard, describe: Describer) -> ReadRows:
    def row(entry: CardEntry) -> Row:
        document, came, went, came_value, went_value, left, value = entry
        number = document.number
        cells = (document.date, number, came, went, left, came_value, went_value, value)
        return Row(describe.heading(document), cells, code=number)

    def read(start: int, stop: int) -> list[Row]:
        with context.reading() as connection:
            return [row(entry) for entry in card.read(connection, start, stop)]

    return ReadRows(len(card), read)


def _closing(context: Context, sums: tuple[int, ...]) -> Row:
    label = context.words("Turnover and closing balance")
    return Row(label, (None, None, *sums), code="closing", kind=RowKind.TOTAL)
