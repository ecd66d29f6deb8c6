"""One document as people read it: what happened, the money, the goods, then the accounts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from kwt_books.domain.accounts import (
    OVERAGE,
    PROMOTION,
    SHORTAGE,
    SPOILAGE,
    STOCK_ACCOUNTS,
    SURPLUS,
    TEMPORARY,
    AccountType,
    kept_by_detail,
    signed_for_reader,
)
from kwt_books.domain.chain import short_code
from kwt_books.domain.errors import RuleError
from kwt_books.domain.kinds import KINDS, is_correctable
from kwt_books.domain.posting import BATCH, SHOP, STORE, Lot, Move
from kwt_books.domain.values import first_day, shift
from kwt_books.queries.entry import Attached, Entry, entry_of
from kwt_books.queries.setup import ever_closed
from kwt_books.reports.context import Context, unit_of
from kwt_books.reports.kinds import Describer, kind_title, venue_name
from kwt_books.reports.narrative import Fragment, tell

# -- What one document did to the money ----------------------------------------------------------


class Weight(StrEnum):
    """How an amount is shown: a line, a sum, or the result."""

    LINE = "line"
    SUM = "sum"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Amount:
    """Rupiah as the group sees them: costs are negative."""

    label: str
    amount: int
    weight: Weight = Weight.LINE
    tone: str = ""


_EARNING = (AccountType.INCOME, AccountType.OTHER)


def amounts(context: Context, entry: Entry) -> Iterator[Amount]:
    """Earned and spent, cash, what is owed, goods, and what the document comes to."""
    if entry.kind == "month_close":
        yield from _shared(context, entry)
        return
    told = _Money(context, entry)
    yield from told.earned()
    yield from told.cash()
    yield from told.owed()
    yield from told.goods()
    yield from told.result()


class _Money:
    """The postings of one document, added up by account."""

    def __init__(self, context: Context, entry: Entry) -> None:
        self._context, self._entry, self._t = context, entry, context.words
        self._sums: dict[str, int] = {}
        for account, amount, _, _ in entry.postings:
            self._sums[account] = self._sums.get(account, 0) + amount

    def _of(self, *types: AccountType) -> Iterator[tuple[str, int]]:
        accounts = self._context.setup.accounts
        for code, amount in self._sums.items():
            if accounts[code].type in types and amount:
                yield code, amount

    def earned(self) -> Iterator[Amount]:
        """Income, then what was spent without goods."""
        for code, amount in self._of(*_EARNING):
            yield Amount(self._called(code), -amount, tone="warn" if code == SHORTAGE else "")
        for code, amount in self._of(AccountType.EXPENSE, AccountType.TAX):
            if code != PROMOTION or not self._sampled:
                yield Amount(self._context.account_name(code), -amount)

    @property
    def _sampled(self) -> int:
        """The cost of goods given as samples; other promotion is paid for and takes no goods."""
        takes_goods = any(self._sums.get(code) for code in STOCK_ACCOUNTS)
        return self._sums.get(PROMOTION, 0) if takes_goods else 0

    def _called(self, code: str) -> str:
        kind = KINDS.get((self._entry.corrects or self._entry).kind)
        if kind is not None and kind.counts_cash and code in (SHORTAGE, OVERAGE):
            return self._t("Cash short") if code == SHORTAGE else self._t("Cash over")
        return self._context.account_name(code)

    def cash(self) -> Iterator[Amount]:
        for code in self._context.setup.cash_accounts:
            if amount := self._sums.get(code, 0):
                yield Amount(self._moved(code, amount), amount, Weight.SUM)

    def _moved(self, code: str, amount: int) -> str:
        name = self._context.account_name(code)
        if amount > 0:
            return self._t("{account} goes up", account=name)
        return self._t("{account} goes down", account=name)

    def owed(self) -> Iterator[Amount]:
        """Debts, claims, funds and capital: up or down."""
        accounts = self._context.setup.accounts
        kinds = (AccountType.ASSET, AccountType.LIABILITY, AccountType.EQUITY)
        for code, amount in self._of(*kinds):
            if accounts[code].cash or kept_by_detail(code) or code == SURPLUS:
                continue
            signed = signed_for_reader(accounts[code].type, amount)
            yield Amount(self._moved(code, signed), signed)

    def goods(self) -> Iterator[Amount]:
        """The cost of goods sold, spoiled or given as samples; else the change of their value."""
        t = self._t
        costs = dict(self._of(AccountType.COST))
        spoiled = costs.pop(SPOILAGE, 0)
        if sold := sum(costs.values()):
            yield Amount(t("Cost of the goods sold"), -sold)
        if spoiled:
            yield Amount(t("Goods spoiled"), -spoiled)
        if sampled := self._sampled:
            yield Amount(t("Goods given as samples"), -sampled)
        value = sum(self._sums.get(code, 0) for code in STOCK_ACCOUNTS)
        if value and not costs and not spoiled and not sampled:
            text = t("Value of goods goes up") if value > 0 else t("Value of goods goes down")
            yield Amount(text, value)

    def result(self) -> Iterator[Amount]:
        """The result, where there is both income and cost."""
        parts = list(self._of(*TEMPORARY))
        if any(amount < 0 for _, amount in parts) and len(parts) > 1:
            left, t = -sum(amount for _, amount in parts), self._t
            if self._entry.corrects:  # what takes a loss back earned nothing
                text = t("Profit goes up") if left >= 0 else t("Profit goes down")
                yield Amount(text, left, Weight.RESULT)
                return
            text = t("Profit of this event") if left >= 0 else t("Loss of this event")
            yield Amount(text, left, Weight.RESULT, "good" if left >= 0 else "warn")


def _shared(context: Context, entry: Entry) -> Iterator[Amount]:
    """A month's close: what each fund got."""
    funds: dict[str, int] = {}
    for account, amount, _, _ in entry.postings:
        kind = context.setup.accounts[account].type
        if kind is AccountType.EQUITY and account != SURPLUS:
            funds[account] = funds.get(account, 0) - amount
    for code, amount in funds.items():
        yield Amount(context.account_name(code), amount)
    if funds:
        yield Amount(context.words("Shared among the funds"), sum(funds.values()), Weight.RESULT)


_BY_THE_PROGRAM = re.compile(r"[0-9]{6}-[0-9]+")
"""Lots without a name of their own are shown by the day they came in."""


@dataclass(frozen=True, slots=True)
class Goods:
    """What moved of one lot, in thousandths."""

    code: str
    item: str
    quantity: int
    unit: str
    lot: str = ""
    """Nothing for plants that grow."""
    came: date | None = None
    """When it came in, of a lot that nobody named."""


@dataclass(frozen=True, slots=True)
class GoodsMoved:
    """Goods that went one way at one place."""

    title: str
    lines: tuple[Goods, ...]


@dataclass(frozen=True, slots=True)
class PostingLine:
    """One posting with its account's name; rupiah."""

    code: str
    name: str
    amount: int
    """Debit positive."""


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A move as the book keeps it: thousandths and rupiah, signed."""

    place: str
    item: str
    lot: str
    quantity: int
    unit: str
    value: int


@dataclass(frozen=True, slots=True)
class Story:
    """One document as people read it."""

    number: str
    """Its voucher number; the id of a line of the group's books, which has none."""
    numbered: bool
    kind: str
    day: date
    title: str
    told: tuple[Fragment, ...]
    memo: str
    reference: str
    money: tuple[Amount, ...]
    goods: tuple[GoodsMoved, ...]
    postings: tuple[PostingLine, ...]
    moves: tuple[MoveLine, ...]
    attached: tuple[Attached, ...]
    seal: str
    """As people compare it: `7F3A-91C2-0D4E`."""
    sound: bool
    recorded_at: str
    """As the entry's stamp has it."""
    recorded_by: str
    corrects: str | None
    corrected_by: str | None
    correctable: bool
    open_from: date
    """The first day a correction of it may be dated."""
    payload: Mapping[str, Any]


def story(context: Context, number: str) -> Story:
    """The document of that voucher number; unknown ones are refused."""
    entry = entry_of(context.connection, number)
    if entry is None:
        raise RuleError("unknown-document", of=number)
    payload, corrected_by = entry.payload, entry.corrected_by
    return Story(
        number=entry.number,
        numbered=entry.numbered,
        kind=entry.kind,
        day=entry.day,
        title=_title(context, entry),
        told=tell(context, entry),
        memo=" ".join(str(payload.get("memo") or "").split()),
        reference=str(payload.get("ref") or ""),
        money=tuple(amounts(context, entry)),
        goods=tuple(_goods(context, entry)),
        postings=tuple(_postings(context, entry)),
        moves=tuple(_moves(context, entry)),
        attached=entry.attached,
        seal=short_code(entry.hash),
        sound=entry.sound,
        recorded_at=entry.recorded_at,
        recorded_by=entry.recorded_by,
        corrects=entry.corrects.number if entry.corrects else None,
        corrected_by=corrected_by.number if corrected_by else None,
        correctable=corrected_by is None and _may_be_corrected(context, entry),
        open_from=_open_from(context, entry),
        payload=payload,
    )


def _may_be_corrected(context: Context, entry: Entry) -> bool:
    """Whether a correction may be tried; an opening only before any month was closed."""
    if entry.kind == "opening_balance":
        return not ever_closed(context.connection)
    return is_correctable(entry.kind)


def _title(context: Context, entry: Entry) -> str:
    kind = KINDS.get(entry.kind)
    if kind is not None and kind.titled_by:
        return venue_name(entry.payload[kind.titled_by])
    return kind_title(context.words, entry.kind)


def _open_from(context: Context, entry: Entry) -> date:
    closed = context.chain.closed_through
    return entry.day if closed is None else max(entry.day, first_day(shift(closed, 1)))


def _postings(context: Context, entry: Entry) -> Iterator[PostingLine]:
    for account, amount, party, _ in entry.postings:
        name = context.account_name(account)
        if party is not None:
            name = f"{name} ({context.setup.party_name(party)})"
        yield PostingLine(account, name, amount)


def _moves(context: Context, entry: Entry) -> Iterator[MoveLine]:
    describe = Describer(context.setup, context.words)
    for place, item, lot, quantity, value in entry.moves:
        kind, _, name = place.partition(":")
        shown = describe.place(place) if place == STORE or kind + ":" == SHOP else name
        named = context.setup.item_name(item) if item else ""
        yield MoveLine(shown, named, lot, quantity, unit_of(context, item), value)


# -- Goods -----------------------------------------------------------------------------------


def _goods(context: Context, entry: Entry) -> Iterator[GoodsMoved]:
    """By place and way, in the order in which they moved; lots of one name together."""
    found: defaultdict[tuple[str, bool], dict[tuple[str, str], int]] = defaultdict(dict)
    for move in entry.moves:
        if move.quantity:
            lots = found[move.place, move.quantity > 0]
            key = (move.item, move.lot)
            lots[key] = lots.get(key, 0) + move.quantity
    for (place, comes), lots in found.items():
        title = _way(context, place, comes=comes)
        if title:
            lines = (
                _line(context, Move(place, *name, quantity, 0), entry.lots.get(name))
                for name, quantity in lots.items()
            )
            yield GoodsMoved(title, tuple(lines))


def _way(context: Context, place: str, *, comes: bool) -> str:
    t = context.words
    kind, _, name = place.partition(":")
    if place == STORE:
        return t("Goods into the store") if comes else t("Goods out of the store")
    if kind + ":" == SHOP:
        shop = context.setup.party_name(name)
        return t("Goods to {shop}", shop=shop) if comes else t("Goods from {shop}", shop=shop)
    if kind + ":" == BATCH:
        if comes:
            return t("Plants into batch {batch}", batch=name)
        return t("Plants out of batch {batch}", batch=name)
    return ""


def _line(context: Context, move: Move, lot: Lot | None) -> Goods:
    unit, quantity = unit_of(context, move.item), abs(move.quantity)
    name = context.setup.item_name(move.item)
    nameless = lot is not None and _BY_THE_PROGRAM.fullmatch(lot.name)
    came = lot.received if lot is not None and nameless else None
    return Goods(move.item, name, quantity, unit, move.lot, came)
