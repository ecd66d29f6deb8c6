"""Reports of stock: persediaan lot by lot, the stock card, and the count sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from kwt_books.domain.accounts import GROWING
from kwt_books.domain.errors import RuleError
from kwt_books.domain.posting import SHOP
from kwt_books.domain.values import last_day
from kwt_books.i18n.catalogue import capitalised
from kwt_books.queries.balances import turnovers
from kwt_books.queries.layers import StockedItem, stock_on_hand
from kwt_books.queries.stock import Stand, place_order, stock_at
from kwt_books.queries.stock_card import CardEntry, PlaceCard, find_card
from kwt_books.reports.context import (
    Context,
    asked_item,
    asked_shop,
    month_asked,
    place_name,
    unit_of,
)
from kwt_books.reports.long_rows import ReadRows, rows_of
from kwt_books.reports.model import (
    Column,
    ColumnType,
    Layout,
    Report,
    Row,
    RowKind,
    Value,
    document_ref,
    item_ref,
    lot_ref,
    with_figures,
)
from kwt_books.reports.papers import CountSheet


def stock(context: Context) -> Report:
    """At the end of a day or month; else everything recorded so far, seen from today.

    A line is an item (its code) at a place, with the earliest expiry; the notes below it are
    its lots (their names), where there are several. The lines add up to the totals. Days left are
    below zero where goods have expired.
    """
    t = context.words
    asked = _asked_day(context)
    day = asked or context.today
    found = stock_at(context.connection, asked)
    day_type, quantity = ColumnType.DATE, ColumnType.QUANTITY
    return with_figures(
        Report(
            name="stock",
            title=t("Inventories"),
            period=t("As at {day}", day=context.formats.day(day)),
            unit=context.unit,
            label=t("Item"),
            columns=(
                Column("place", t("Place"), ColumnType.CODE, printed=False),
                Column("lot", t("Lot"), ColumnType.CODE, printed=False),
                Column("received", t("Received"), day_type),
                Column("expires", t("Expires"), day_type),
                Column("days_left", t("Days left"), ColumnType.COUNT),
                Column("quantity", t("Quantity"), quantity),
                Column("unit", t("Unit"), ColumnType.TEXT),
                Column("value", t("Value"), ColumnType.MONEY),
            ),
            rows=(*_stock_lines(context, found, day), *_totals(context, found)),
            parameters={"as_of": day.isoformat()} if asked is not None else {},
            closing=_to_inventories(context, found, asked),
            place_date=day,
        )
    )


def _to_inventories(context: Context, found: list[Stand], asked: date | None) -> tuple[str, ...]:
    """How these goods come to the inventories of the position, which has growing plants too."""
    stands = turnovers(context.connection, date.min, asked or date.max).get(GROWING)
    growing = stands.closing if stands is not None else 0
    if not growing:
        return ()
    rupiah, goods = context.formats.rupiah, sum(each.value for each in found)
    return (
        context.words(
            "Goods {goods} and growing plants {growing}: inventories {inventories} in the "
            "statement of financial position.",
            goods=rupiah(goods),
            growing=rupiah(growing),
            inventories=rupiah(goods + growing),
        ),
    )


def _asked_day(context: Context) -> date | None:
    asked = context.parameters
    return asked.until or (last_day(asked.month) if asked.month is not None else None)


def _stock_lines(context: Context, found: list[Stand], day: date) -> Iterator[Row]:
    t = context.words
    for (item, place), stands in groupby(found, key=lambda each: (each.lot.item, each.place)):
        lots = list(stands)
        unit = unit_of(context, item)
        held = sum(each.quantity for each in lots)
        value = sum(each.value for each in lots)
        label = t(
            "{item}, {place}", item=context.setup.item_name(item), place=place_name(context, place)
        )
        expiry = min((each.lot.expires for each in lots if each.lot.expires), default=None)
        alone = len(lots) == 1
        name, received = lots[0].lot.name, lots[0].lot.received
        lot = (name, received) if alone else (None, None)
        cells = (place, *lot, expiry, _days(expiry, day), held, unit, value)
        yield Row(label, cells, code=item_ref(item), level=1)
        for each in () if alone else lots:
            yield Row(
                t("Lot {lot}", lot=each.lot.name),
                (place, *_lot(each, day), each.quantity, unit, each.value),
                code=lot_ref(item, each.lot.name),
                level=2,
                kind=RowKind.NOTE,
            )


def _lot(each: Stand, day: date) -> tuple[Value, ...]:
    item, name, received, expires, _ = each.lot
    return (lot_ref(item, name), received, expires, _days(expires, day))


def _days(expires: date | None, day: date) -> int | None:
    return (expires - day).days if expires is not None else None


def _totals(context: Context, found: list[Stand]) -> Iterator[Row]:
    t = context.words
    values: defaultdict[str, int] = defaultdict(int)
    for each in found:
        values[each.place] += each.value
    for place in sorted(values, key=place_order):
        label = t("Total, {place}", place=place_name(context, place))
        yield _sum(label, place, place, values[place], RowKind.SUBTOTAL)
    yield _sum(t("TOTAL GOODS"), "total", None, sum(values.values()), RowKind.TOTAL)


def _sum(label: str, code: str | None, place: str | None, value: int, kind: RowKind) -> Row:
    return Row(label, (place, *(None,) * 6, value), code=code, kind=kind)


# -- Kartu persediaan: one item in and out, place by place ---------------------------------------


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
    for card in cards:
        name = capitalised(place_name(context, card.place))
        before = (context.period.start, None, None, None, card.quantity, None, None, card.value)
        yield (
            Row(name, (None,) * 8, code=card.place, kind=RowKind.SECTION),
            Row(t("Opening balance"), before, code="opening", kind=RowKind.NOTE),
        )
        yield _card_lines(context, card)
        yield (_closing(context, card.sums),)
    if len(cards) > 1:
        sums = [sum(column) for column in zip(*(card.sums for card in cards), strict=True)]
        yield (
            Row(t("All places"), (None,) * 8, code="all", kind=RowKind.SECTION),
            _closing(context, tuple(sums)),
        )


def _card_lines(context: Context, card: PlaceCard) -> ReadRows:
    describe = context.describer

    def row(entry: CardEntry) -> Row:
        document, came, went, came_value, went_value, left, value = entry
        number = document_ref(document.number)
        cells = (document.date, number, came, went, left, came_value, went_value, value)
        return Row(describe.heading(document), cells, code=number)

    def read(start: int, stop: int) -> list[Row]:
        with context.reading() as connection:
            return [row(entry) for entry in card.read(connection, start, stop)]

    return ReadRows(len(card), read)


def _closing(context: Context, sums: tuple[int, ...]) -> Row:
    label = context.words("Total movements and closing balance")
    return Row(label, (None, None, *sums), code="closing", kind=RowKind.TOTAL)


# -- Lembar hitung stok: what stands at a place, to be counted with a pencil ---------------------


def count_sheet(context: Context, place: str) -> CountSheet:
    """In the store, whatever the group keeps; at a shop, what stands there.

    What the book says is left out: who counts must not know.
    """
    found = stock_on_hand(context)
    lines = [(item.name, item.unit) for item in found.items if _belongs(item, place)]
    return CountSheet(capitalised(place_name(context, place)), context.today, tuple(lines))


def _belongs(item: StockedItem, place: str) -> bool:
    if place.startswith(SHOP):
        return item.at(place) != 0
    return item.at(place) != 0 or not item.lots
