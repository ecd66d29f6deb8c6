"""The papers of a recorded document: nota, kuitansi, vouchers, minutes, labels and others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, bindparam, select

from kwt_books.domain.access import Stamp
from kwt_books.domain.accounts import (
    BANK,
    CASH,
    FUNDED_CAPITAL,
    GRANT_INCOME,
    GRANTED_CAPITAL,
    INTEREST,
    OVERAGE,
    PROGRAMME_MONEY,
    SHORTAGE,
    SURPLUS,
)
from kwt_books.domain.documents.closing import MonthClose
from kwt_books.domain.documents.money import CashCount, DuesLine, SavingsLine
from kwt_books.domain.documents.selling import Sale, SaleLine
from kwt_books.domain.errors import RuleError
from kwt_books.domain.kind import Paper, named
from kwt_books.domain.kinds import KINDS, RECEIPT, RECEIPTS, VOUCHER
from kwt_books.domain.posting import SHOP, Move, Posting
from kwt_books.domain.values import UNIT, half_up, moment_of
from kwt_books.queries.documents import (
    Effect,
    effect_of,
    heading,
    moves_of,
    postings_of,
    span,
)
from kwt_books.queries.registers import meeting_of
from kwt_books.queries.sales import ItemsThen, Sold, sold, sold_on
from kwt_books.queries.shops import last_settled
from kwt_books.queries.stock import lots_named
from kwt_books.reports.context import Context, Parameters
from kwt_books.reports.funds import sharing_of
from kwt_books.reports.kinds import Describer
from kwt_books.reports.model import Report
from kwt_books.reports.packs import Part
from kwt_books.reports.papers import (
    AllocationLine,
    AllocationMinutes,
    CashCountMinutes,
    ConsignmentSlip,
    GoodsLine,
    LabelSheet,
    Receipt,
    Receipts,
    SaleSlip,
    Voucher,
    VoucherKind,
    VoucherLine,
)
from kwt_books.reports.selling import market_day
from kwt_books.store.expressions import (
    HEADING,
    dated_within,
    entry,
    oldest_first,
    with_original,
)
from kwt_books.store.rows import recorded_command

# -- A recorded document as its papers need it ----------------------------------------------------


_DOCUMENTS = select(entry.c.recorded_at, entry.c.recorded_by, *HEADING).select_from(with_original())
_DOCUMENT = _DOCUMENTS.where(entry.c.number == bindparam("number"))
_OF_DAYS = oldest_first(_DOCUMENTS.where(entry.c.number.is_not(None), dated_within()))
_AT_ONCE = 500
"""Documents whose postings are read together."""


class Source:
    """One document as papers need it."""

    def __init__(self, context: Context, row: Sequence[Any], postings: list[Posting]) -> None:
        at, by, *rest = row
        self.context = context
        self.stamp = Stamp(at, by)
        self.heading = heading(rest)
        self.postings = postings
        """In their order."""
        self.number, self.sequence = self.heading.number, self.heading.sequence
        self.describer = Describer(context.setup, context.words)

    @property
    def connection(self) -> Connection:
        """The connection that the document is read by."""
        return self.context.connection

    @cached_property
    def payload(self) -> dict[str, Any]:
        """What was recorded, as a stream carries it."""
        found: dict[str, Any] = json.loads(self.heading.payload)
        return found

    @property
    def kind(self) -> str:
        """The name of its kind."""
        return self.heading.kind

    @property
    def day(self) -> date:
        """Its date."""
        return self.heading.date

    @cached_property
    def undone(self) -> Effect | None:
        """What it undoes, where it is a correction."""
        if self.heading.corrected is None:
            return None
        return effect_of(self.connection, self.heading.corrected)

    @cached_property
    def command(self) -> Any:
        """What was recorded, of the class of its kind."""
        return recorded_command(self.kind, self.heading.payload)

    @property
    def spending(self) -> Any:
        """Its own command, or that of the document it undoes."""
        return self.undone.command if self.undone is not None else self.command

    @property
    def spending_kind(self) -> str:
        """Its kind; of a correction, the kind of the document that it undoes."""
        return self.undone.kind if self.undone is not None else self.kind

    @cached_property
    def moves(self) -> list[Move]:
        """Its moves, in their order."""
        return moves_of(self.connection, [self.sequence]).get(self.sequence, [])

    @cached_property
    def sold(self) -> dict[int, Sold]:
        """By place of its lines, what each sold; lines that sold nothing are left out."""
        effect = Effect(
            self.sequence, self.number, self.day, self.sequence, self.kind, self.command, 1
        )
        found = iter(sold(self.connection, [effect], ItemsThen(self.connection)))
        sells = [place for place, line in enumerate(self.command.lines) if sold_on(line)]
        return dict(zip(sells, found, strict=True))

    @property
    def description(self) -> str:
        """The sentence that describes it."""
        return self.describer.heading(self.heading)

    @property
    def party(self) -> str:
        """The name of its party; empty where it has none."""
        return self.describer.party(self.payload)

    @property
    def treasurer(self) -> str:
        """Who signs as treasurer; before the group is set up, who recorded it."""
        group = self.context.setup.group
        return group.treasurer if group is not None else self.stamp.by

    def cash(self) -> dict[str, int]:
        """What it moved on each cash account; rupiah, debit positive."""
        accounts = self.context.setup.accounts
        found: dict[str, int] = {}
        for each in self.postings:
            if accounts[each.account].cash:
                found[each.account] = found.get(each.account, 0) + each.amount
        return found


def source_of(context: Context, number: str) -> Source:
    """The document of a voucher number. Raises `RuleError("unknown-document")`."""
    rows = context.connection.execute(_DOCUMENT, {"number": number}).all()
    if not rows:
        raise RuleError("unknown-document", of=number)
    return next(_sources(context, rows))


def sources_of(context: Context, start: date, end: date) -> Iterator[Source]:
    """The documents of these days in the order of a book, a few hundred read at a time."""
    rows = context.connection.execute(_OF_DAYS, span(start, end)).all()
    for first in range(0, len(rows), _AT_ONCE):
        yield from _sources(context, rows[first : first + _AT_ONCE])


def _sources(context: Context, rows: Sequence[Sequence[Any]]) -> Iterator[Source]:
    postings = postings_of(context.connection, [row[2] for row in rows])
    for row in rows:
        yield Source(context, row, postings.get(row[2], []))


# -- Papers that go with goods: the sheet of a market day, nota, receipt of goods consigned ------


def session_sheet(source: Source) -> Report:
    """The sheet of a market day: goods taken, sold and brought back, and the money."""
    context = source.context.asking(Parameters(number=source.number))
    return replace(market_day(context), head=context.chain.hash, provisional=False)


def sale_slip(source: Source) -> SaleSlip:
    """The nota of a sale: its lines with price and amount."""
    sale: Sale = source.command
    lines = [_sale_line(source, place, line) for place, line in enumerate(sale.lines)]
    return SaleSlip(
        source.number,
        source.day,
        source.party or source.context.words("Walk-in buyer"),
        tuple(lines),
        source.treasurer,
        sale.discount,
        sum((sale.received or {}).values()),
    )


def _sale_line(source: Source, place: int, line: SaleLine) -> GoodsLine:
    amount = source.sold[place].revenue
    item = source.context.setup.items[line.item]
    price = line.price or half_up(amount * UNIT, line.qty)
    return GoodsLine(item.name, line.qty, item.unit, price, amount)


def consignment_slip(source: Source) -> ConsignmentSlip:
    """A line for each lot that was left there, at the price that was last settled there.

    Goods that the shop has not sold yet are expected to bring what they are sold for.
    """
    shop: str = source.command.shop
    there = [move for move in source.moves if move.place == SHOP + shop]
    lots = lots_named(source.connection, {(move.item, move.lot) for move in there})
    prices = last_settled(source.connection, source.context.setup, source.day, shop).prices
    lines = []
    for move in there:
        item = source.context.setup.items[move.item]
        agreed = prices.get((shop, move.item))
        price = agreed.price if agreed is not None else item.price
        amount = half_up(price * move.quantity, UNIT) if price else None
        expires = lots[move.item, move.lot].expires
        lines.append(
            GoodsLine(item.name, move.quantity, item.unit, price, amount, move.lot, expires)
        )
    name = source.context.setup.party_name(shop)
    return ConsignmentSlip(source.number, source.day, name, tuple(lines), source.treasurer)


# -- Labels for what a production made -----------------------------------------------------------


MOST_LABELS = 2000
_WEIGHT = re.compile(r",?\s*\b(\d+(?:[.,]\d+)?)\s?(g|gr|gram|kg|ml|l|liter)\b\.?", re.IGNORECASE)
_WEIGHED = {"kg": 1000, "g": 1, "gr": 1, "gram": 1, "ons": 100, "liter": 1000, "l": 1000, "ml": 1}
"""Grams (millilitres) in a unit: what labels are ordered by."""


@dataclass(frozen=True, slots=True)
class LabelWish:
    """What somebody wants on the labels; None: as the book has it."""

    count: int | None = None
    net_weight: str | None = None
    licence: str = ""
    priced: bool = False
    """With the price of one and a bar code of the product's code."""


def labels(context: Context, number: str, wish: LabelWish) -> LabelSheet:
    """Labels of the lot that the production of this number made."""
    return label_sheet(source_of(context, number), wish)


def label_sheet(source: Source, wish: LabelWish | None = None) -> LabelSheet:
    """Labels of a production's lot, one for each pack unless `wish` says otherwise."""
    wish = wish or LabelWish()
    made = next(move for move in source.moves if move.quantity > 0)
    lot = lots_named(source.connection, [(made.item, made.lot)])[made.item, made.lot]
    name, weight = split_weight(source.context.setup.item_name(made.item))
    count = wish.count if wish.count is not None else -(-made.quantity // UNIT)
    item = source.context.setup.items[made.item]
    return LabelSheet(
        name,
        made.lot,
        source.day,
        lot.expires,
        max(1, min(count, MOST_LABELS)),
        _composition(source),
        weight if wish.net_weight is None else wish.net_weight,
        wish.licence,
        item.price if wish.priced else None,
        item.code.upper() if wish.priced else "",
    )


def split_weight(name: str) -> tuple[str, str]:
    """`Keripik bayam 100 g` is `Keripik bayam` and `100 g`."""
    found = _WEIGHT.search(name)
    if found is None:
        return name, ""
    rest = (name[: found.start()] + name[found.end() :]).strip(" ,")
    return (rest or name), f"{found[1]} {found[2]}"


def _composition(source: Source) -> tuple[str, ...]:
    """Ingredients without packaging; those that are weighed first, the most of them first."""
    items = source.context.setup.items
    taken: dict[str, int] = {}
    for line in source.command.inputs:
        if items[line.item].item_class != "packaging":
            taken[line.item] = taken.get(line.item, 0) + line.qty

    def weight(code: str) -> Any:
        grams = _WEIGHED.get(items[code].unit.casefold(), 0)
        return (not grams, -taken[code] * grams)

    return tuple(items[code].name for code in sorted(taken, key=weight))


# -- Berita acara of a cash count and of a month's profit shared ---------------------------------


_SMALLEST_NOTE = 1_000


def cash_minutes(source: Source) -> CashCountMinutes:
    """The minutes of a cash count: the money counted, and the book before the difference."""
    count: CashCount = source.command
    context = source.context
    difference = sum(source.cash().values())
    faces = {int(face): pieces for face, pieces in (count.denominations or {}).items()}
    account = OVERAGE if difference > 0 else SHORTAGE
    return CashCountMinutes(
        count.ref or source.number,
        source.day,
        _named(source, count.account),
        count.counted - difference,
        count.counted,
        {face: pieces for face, pieces in faces.items() if face >= _SMALLEST_NOTE},
        {face: pieces for face, pieces in faces.items() if face < _SMALLEST_NOTE},
        source.number,
        _named(source, account) if difference else "",
        context.formats.time(moment) if (moment := _counted_at(source)) else "",
        context.setup.group.village if context.setup.group is not None else "",
    )


def _named(source: Source, account: str) -> str:
    return f"{account} {source.context.account_name(account)}"


def _counted_at(source: Source) -> datetime | None:
    """The time it was recorded, where that was on the day of the count."""
    at = moment_of(source.stamp.at)
    return at if at is not None and at.date() == source.day else None


def allocation_minutes(source: Source) -> AllocationMinutes:
    """The minutes of a month's profit shared: each fund with its percent and amount."""
    close: MonthClose = source.command
    month = close.month
    context = source.context.asking(Parameters(month=month))
    found = sharing_of(context)
    decided = found.decided
    lines = tuple(
        AllocationLine(context.account_name(fund), found.shares.get(fund, 0), amount)
        for fund, amount in found.sharing.parts.items()
    )
    own = close.decision
    decision = own or (decided.decision if decided else "")
    meeting = meeting_of(source.connection, decision)
    return AllocationMinutes(
        decision or close.ref or "",
        source.day,
        month,
        found.sharing.profit,
        found.sharing.shared,
        lines,
        decision,
        decided.date if decided and not own else None,
        source.number,
        meeting.day if meeting else None,
        (meeting.entry.get("place") or "") if meeting else "",
        meeting.entry.get("people") if meeting else None,
    )


# -- Papers of money: kuitansi, and the voucher that there is of every document ------------------


_BY_HAND = CASH - {BANK}


def receipt(source: Source) -> Receipt:
    """The kuitansi for the cash that a document brought in."""
    return Receipt(
        source.number,
        source.day,
        source.party or source.context.words("Walk-in buyer"),
        sum(source.cash().values()),
        _purpose(source),
        _method(source),
        source.treasurer,
    )


def _is_credited(source: Source) -> bool:
    """Whether it is interest that a bank credits by itself: nobody comes for a kuitansi."""
    accounts = source.context.setup.accounts
    earned = {each.account for each in source.postings if not accounts[each.account].cash}
    return earned == {INTEREST} and not source.party


def receipts(source: Source) -> Receipts:
    """A kuitansi for each member or resident who paid in; what was taken out has none."""
    context, paid = source.context, source.command
    method = context.words("Paid in cash")
    if paid.account not in _BY_HAND:
        method = context.account_name(paid.account)
    return Receipts(
        tuple(
            Receipt(
                source.number,
                source.day,
                context.setup.party_name(line.party),
                line.amount,
                _paid_for(source, line),
                method,
                source.treasurer,
            )
            for line in paid.lines
            if line.amount > 0
        )
    )


def _paid_for(source: Source, line: SavingsLine | DuesLine) -> str:
    if isinstance(line, SavingsLine):
        said = {"amount": line.amount, "party": None}
        kept = {**source.payload, "party": None, "memo": None, "lines": [said]}
        return source.describer.describe(source.kind, kept)
    formats = source.context.formats
    months = ", ".join(formats.month(month) for month in sorted(line.months))
    return source.context.words("Dues of {month}", month=months)


def _purpose(source: Source) -> str:
    words, payload = source.context.words, source.payload
    if source.kind == "consignment_settlement":
        goods = source.describer.goods(payload["lines"], "sold")
        return words("Goods sold on consignment: {goods}", goods=goods)
    return source.describer.describe(source.kind, {**payload, "party": None})


def _method(source: Source) -> str:
    """`Tunai`, the account where it is not cash; with amounts where there are several."""
    context = source.context
    ways: dict[str, int] = {}
    for account, amount in source.cash().items():
        by_hand = account in _BY_HAND
        name = context.words("Paid in cash") if by_hand else context.account_name(account)
        ways[name] = ways.get(name, 0) + amount
    if len(ways) < 2:
        return next(iter(ways), context.words("Paid in cash"))
    return ", ".join(f"{name} {context.formats.rupiah(each)}" for name, each in ways.items())


def voucher(source: Source) -> Voucher:
    """The voucher of a document: its postings with the names of accounts and parties."""
    setup = source.context.setup
    lines = tuple(
        VoucherLine(
            each.account,
            source.context.account_name(each.account),
            each.amount,
            setup.party_name(each.party) if each.party else "",
        )
        for each in source.postings
    )
    cash, released = sum(source.cash().values()), _released(source)
    spent = source.postings[: len(source.postings) - released]
    debits = sum(max(each.amount, 0) for each in spent)
    return Voucher(
        VoucherKind(source.number.partition("-")[0]),
        source.number,
        source.day,
        source.description,
        lines,
        abs(cash) or debits,
        source.party,
        source.command.ref or "",
        source.stamp.by,
        released,
    )


def _released(source: Source) -> int:
    """How many postings at its end release a fund or use a programme's money: two or none."""
    spending, pair = source.spending, source.postings[-2:]
    to = (SURPLUS, FUNDED_CAPITAL, GRANT_INCOME, GRANTED_CAPITAL)
    if source.spending_kind not in ("payment", "purchase", "asset_acquisition") or len(pair) < 2:
        return 0
    account = PROGRAMME_MONEY if spending.programme else spending.fund
    first, second = pair
    same = first.amount == -second.amount
    return 2 if same and first.account == account and second.account in to else 0


def papers_of(context: Context, number: str) -> tuple[Paper, ...]:
    """The papers of a document. Raises `RuleError("unknown-document")`."""
    return papers_from(source_of(context, number))


def papers_from(source: Source) -> tuple[Paper, ...]:
    """The papers of a document."""
    kind = KINDS.get(source.kind)
    own = kind.papers if kind is not None else ()
    there = sum(source.cash().values()) > 0
    return (*(each for each in own if _there_is(source, each, paid=there)), VOUCHER)


def _there_is(source: Source, paper: Paper, *, paid: bool) -> bool:
    if paper is RECEIPTS:
        return bool(receipts(source).receipts)
    if paper is RECEIPT and _is_credited(source):
        return False
    return paid or not paper.of_money


def slip(context: Context, number: str, paper: Paper | None = None) -> Part:
    """A paper of a document: `paper` where it has that, else the one that is printed first."""
    source = source_of(context, number)
    there = papers_from(source)
    return made_from(source, paper if paper in there else there[0])


def made_from(source: Source, paper: Paper) -> Part:
    """One of the papers that a document has."""
    made: Part = named(paper.make)(source)
    return made
