"""One document as people read it: what happened, the money, the goods, then the accounts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kwt_books.domain.chain import short_code
from kwt_books.domain.documents.correction import NEVER_CORRECTED
from kwt_books.domain.errors import RuleError
from kwt_books.domain.month import first_day, shift
from kwt_books.domain.posting import BATCH, SHOP, STORE, Lot, Move
from kwt_books.queries.entry import Attached, Entry, entry_of
from kwt_books.reports.context import Context
from kwt_books.reports.descriptions import Describer, venue_name
from kwt_books.reports.kinds import kind_title
from kwt_books.reports.places import unit_of
from kwt_books.reports.story_money import Amount, amounts
from kwt_books.reports.telling import Fragment, tell

_BY_THE_PROGRAM = re.compile(r"[0-9]{6}-[0-9]+")
"""Lots that nobody named are told apart by the day they came in."""


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
    number: str
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
    recorded_at: datetime | None
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
        recorded_at=_moment(entry.recorded_at),
        recorded_by=entry.recorded_by,
        corrects=entry.corrects.number if entry.corrects else None,
        corrected_by=corrected_by.number if corrected_by else None,
        correctable=corrected_by is None and entry.kind not in NEVER_CORRECTED,
        open_from=_open_from(context, entry),
        payload=payload,
    )


def _title(context: Context, entry: Entry) -> str:
    if entry.kind == "market_day":
        return venue_name(entry.payload["venue"])
    return kind_title(context.words, entry.kind)


def _open_from(context: Context, entry: Entry) -> date:
    closed = context.chain.closed_through
    return entry.day if closed is None else max(entry.day, first_day(shift(closed, 1)))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


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


# -- goods -----------------------------------------------------------------------------------


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
