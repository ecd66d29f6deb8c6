"""Papers that go with goods: the sheet of a market day, nota, receipt of goods consigned."""

from __future__ import annotations

import json
from dataclasses import replace

from sqlalchemy import text

from kwt_books.domain.money import half_up
from kwt_books.domain.posting import SHOP
from kwt_books.domain.quantity import UNIT
from kwt_books.queries.documents import thousandths
from kwt_books.queries.stock import lots_named
from kwt_books.reports.context import Parameters
from kwt_books.reports.market_day import market_day
from kwt_books.reports.model import Report
from kwt_books.reports.papers import ConsignmentSlip, GoodsLine, SaleSlip
from kwt_books.services.slips.source import Source


def session_sheet(source: Source) -> Report:
    """What was taken, sold and brought back, and the money: to be signed on the day."""
    context = source.context.asking(Parameters(number=source.number))
    return replace(market_day(context), head=context.chain.hash, provisional=False)


def sale_slip(source: Source) -> SaleSlip:
    payload = source.payload
    lines = [
        _sale_line(source, place, line["item"], thousandths(line["qty"]))
        for place, line in enumerate(payload["lines"])
    ]
    return SaleSlip(
        source.number,
        source.day,
        source.party or source.context.words("Buyer"),
        tuple(lines),
        source.treasurer,
        payload.get("discount", 0),
        sum((payload.get("received") or {}).values()),
    )


def _sale_line(source: Source, place: int, code: str, quantity: int) -> GoodsLine:
    amount = source.sold[place].revenue
    item = source.context.setup.items[code]
    price = source.payload["lines"][place].get("price") or half_up(amount * UNIT, quantity)
    return GoodsLine(item.name, quantity, item.unit, price, amount)


def consignment_slip(source: Source) -> ConsignmentSlip:
    """A line for each lot that was left there, at the price that was last settled."""
    shop = source.payload["shop"]
    there = [move for move in source.moves if move.place == SHOP + shop]
    lots = lots_named(source.connection, {(move.item, move.lot) for move in there})
    prices = _prices_before(source, shop)
    lines = []
    for move in there:
        item = source.context.setup.items[move.item]
        price = prices.get(move.item)
        amount = half_up(price * move.quantity, UNIT) if price else None
        expires = lots[move.item, move.lot].expires
        lines.append(
            GoodsLine(item.name, move.quantity, item.unit, price, amount, move.lot, expires)
        )
    name = source.context.setup.party_name(shop)
    return ConsignmentSlip(source.number, source.day, name, tuple(lines), source.treasurer)


_SETTLED = text("""
    SELECT payload FROM document d
    WHERE kind = 'consignment_settlement' AND date <= :day
    AND json_extract(payload, '$.shop') = :shop
    AND NOT EXISTS (SELECT 1 FROM document c WHERE c.corrects = d.sequence)
    ORDER BY date DESC, sequence DESC LIMIT 50
""")


def _prices_before(source: Source, shop: str) -> dict[str, int]:
    """What the shop last paid for each item by then."""
    values = {"day": source.day.isoformat(), "shop": shop}
    prices: dict[str, int] = {}
    for (payload,) in source.connection.execute(_SETTLED, values):
        for line in json.loads(payload)["lines"]:
            if line.get("price"):
                prices.setdefault(line["item"], line["price"])
    return prices
