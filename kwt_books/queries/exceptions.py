"""What the auditor's rules look at: documents with how they were recorded, cash, yields, shops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import accumulate
from typing import Any, NamedTuple

import orjson
from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    bindparam,
    case,
    func,
    or_,
    select,
)

from kwt_books.domain.accounts import OVERAGE, SHORTAGE
from kwt_books.domain.documents.selling import revenue_of
from kwt_books.domain.values import UNIT, half_up, moment_of
from kwt_books.queries.documents import span, thousandths
from kwt_books.queries.ledger import account_sides
from kwt_books.queries.sales import SELLING, ItemsThen
from kwt_books.store.expressions import (
    NIL,
    ONE,
    above,
    among,
    correction,
    dated_within,
    entry,
    in_force,
    in_order,
    of_goods,
    oldest_first,
    original,
    said,
    texts,
    total,
    with_original,
)
from kwt_books.store.reads import fetched
from kwt_books.store.tables import document, layer, lot, move, posting


class Examined(NamedTuple):
    """One numbered document, and what became of it."""

    sequence: int
    number: str
    date: date
    kind: str
    stated: str
    """What it recorded, as JSON: most rules never look at it."""
    recorded_at: str
    recorded_by: str
    recorded_before: str | None
    """When the entry in front of it was recorded."""
    corrects: str | None
    corrected_by: str | None
    cash: int
    """Net effect on the cash accounts."""
    amount: int
    """Sum of its debits."""
    difference: int
    """On the accounts of differences: what was short is positive."""
    attached: bool
    taken_in: bool
    """Whether an import recorded it, with many others at one moment."""

    @property
    def payload(self) -> dict[str, Any]:
        """What it recorded, by the keys of a stream's line."""
        stated: dict[str, Any] = orjson.loads(self.stated)
        return stated

    @property
    def holds(self) -> bool:
        """Whether it is neither corrected nor a correction."""
        return self.corrects is None and self.corrected_by is None

    @property
    def size(self) -> int:
        """What people would name as its amount: the cash that moved, else its debits."""
        return abs(self.cash) or self.amount

    @property
    def moment(self) -> datetime | None:
        """When it was typed; None where it was imported, or only a day is known."""
        return None if self.taken_in else moment_of(self.recorded_at)


def _where(on: ColumnElement[bool]) -> ColumnElement[int]:
    """The amount of a posting on one of some accounts, else nil."""
    return case((on, posting.c.amount), else_=NIL)


_SUMS = (
    select(
        posting.c.document,
        total(_where(among(posting.c.account, "cash"))),
        total(above(posting.c.amount)),
        total(_where(or_(posting.c.account == OVERAGE, posting.c.account == SHORTAGE))),
    )
    .where(
        posting.c.document.in_(
            select(entry.c.sequence).where(dated_within(), entry.c.number.is_not(None))
        )
    )
    .group_by(posting.c.document)
)
_NOTHING = (0, 0, 0)
_before = document.alias("before")
_EXAMINED = oldest_first(
    select(
        entry.c.sequence,
        entry.c.number,
        entry.c.date,
        entry.c.kind,
        entry.c.payload,
        entry.c.recorded_at,
        entry.c.recorded_by,
        _before.c.recorded_at,
        original.c.number,
        correction.c.number,
        entry.c.id,
    )
    .select_from(
        with_original()
        .outerjoin(correction, correction.c.corrects == entry.c.sequence)
        .outerjoin(_before, _before.c.sequence == entry.c.sequence - ONE)
    )
    .where(dated_within(), entry.c.number.is_not(None))
)
_ATTACHED = select(said(document.c.payload, "of")).where(document.c.kind == "attachment")
_FIRST, _LAST = (
    select(edge(entry.c.sequence)).where(dated_within()).scalar_subquery()
    for edge in (func.min, func.max)
)
_MANY = bindparam("together", type_=Integer)
_TOGETHER = (
    select(document.c.recorded_at)
    .where(document.c.sequence.between(_FIRST - _MANY, _LAST + _MANY))
    .group_by(document.c.recorded_at)
    .having(func.count() >= _MANY)
)
"""Entries of one moment follow each other: those around the days asked for are enough."""


def attached_to(connection: Connection) -> frozenset[str]:
    """Ids and vouchers of the documents that something is attached to."""
    return frozenset(each for (each,) in fetched(connection, _ATTACHED, {}))


def examined(
    connection: Connection,
    start: date,
    end: date,
    cash: Iterable[str],
    together: int = 0,
    attached: Container[str] | None = None,
) -> Iterator[Examined]:
    """The numbered documents of these days.

    `together`: so many entries recorded in one second count as taken in by an import; with 0 that
    is not asked. `attached`: what `attached_to` answered, where that is known already.
    """
    if attached is None:
        attached = attached_to(connection)
    asked = {"together": together, **span(start, end)}
    stamps = {each for (each,) in fetched(connection, _TOGETHER, asked)} if together else set()
    values = {"cash": texts(cash), **span(start, end)}
    sums = {sequence: of for sequence, *of in fetched(connection, _SUMS, values)}
    for row in fetched(connection, _EXAMINED, span(start, end)):
        sequence, number, day, kind, stated, at, by, before, corrects, corrected, id_ = row
        cash_moved, amount, difference = sums.get(sequence, _NOTHING)
        yield Examined(
            sequence,
            number,
            date.fromisoformat(day),
            kind,
            stated,
            at,
            by,
            before,
            corrects,
            corrected,
            cash_moved,
            amount,
            difference,
            attached=number in attached or id_ in attached,
            taken_in=at in stamps,
        )


_ON_ACCOUNT = (
    select(entry.c.number, func.abs(total(posting.c.amount)))
    .select_from(posting.join(entry, entry.c.sequence == posting.c.document))
    .where(posting.c.account == bindparam("account"), dated_within(posting.c.date))
    .group_by(entry.c.sequence, entry.c.number)
)


def amounts_on(connection: Connection, account: str, start: date, end: date) -> dict[str, int]:
    """What each document of these days comes to on an account, by its voucher; above zero."""
    values = {"account": account, **span(start, end)}
    return dict(fetched(connection, _ON_ACCOUNT, values))


_NAMELESS = (
    select(entry.c.number, -total(posting.c.amount))
    .select_from(posting.join(entry, entry.c.sequence == posting.c.document))
    .where(among(posting.c.account, "accounts"), dated_within(posting.c.date))
    .where(posting.c.party.is_(None), entry.c.number.is_not(None))
    .group_by(entry.c.sequence, entry.c.date, entry.c.number)
    .having(total(posting.c.amount) < 0)
    .order_by(entry.c.date, entry.c.sequence)
)


def nameless(
    connection: Connection, accounts: Sequence[str], start: date, end: date
) -> list[tuple[str, int]]:
    """Vouchers of these days that added to some accounts under nobody's name; rupiah."""
    return fetched(connection, _NAMELESS, {"accounts": texts(accounts), **span(start, end)})


# -- cash by day ---------------------------------------------------------------------------

_BY_DAY = (
    select(posting.c.date, total(posting.c.amount))
    .where(among(posting.c.account, "accounts"), dated_within(posting.c.date))
    .group_by(posting.c.date)
    .order_by(posting.c.date)
)
_SPENT = (
    select(entry.c.number)
    .select_from(posting.join(entry, entry.c.sequence == posting.c.document))
    .where(posting.c.account == bindparam("account"), posting.c.date == bindparam("day"))
    .where(posting.c.amount < 0)
    .order_by(posting.c.document.desc())
    .limit(1)
)


def balances_by_day(
    connection: Connection, accounts: Sequence[str], end: date, start: date = date.min
) -> Iterator[tuple[date, int]]:
    """What stood on accounts together at the end of each day that anything moved on.

    `start` comes first, moved or not, where it is asked for.
    """
    standing = 0
    if start > date.min:
        sides = [account_sides(connection, account, start) for account in accounts]
        standing = sum(debit - credit for debit, credit in sides)
    moved = fetched(connection, _BY_DAY, {"accounts": texts(accounts), **span(start, end)})
    if start > date.min and (not moved or moved[0][0] != start.isoformat()):
        yield start, standing
    for day, amount in moved:
        standing += amount
        yield date.fromisoformat(day), standing


def last_spent(connection: Connection, account: str, day: date) -> str | None:
    """The last document of a day that took something from an account."""
    values = {"account": account, "day": day.isoformat()}
    found: str | None = connection.execute(_SPENT, values).scalar()
    return found


# -- goods by day --------------------------------------------------------------------------


class GoodsDay(NamedTuple):
    """What stood of an item at a place at the end of a day; thousandths, perhaps below nil."""

    item: str
    place: str
    day: date
    quantity: int


class TakenEarly(NamedTuple):
    """Goods that left before their lot was received: thousandths and rupiah, both positive."""

    number: str
    day: date
    item: str
    lot: str
    received: date
    quantity: int
    value: int


_STANDING = select(layer.c.item, layer.c.place, total(layer.c.quantity)).group_by(
    layer.c.item, layer.c.place
)
_GOODS_MOVED = (
    select(move.c.item, move.c.place, entry.c.date, total(move.c.quantity))
    .select_from(in_order(entry, move, move.c.document == entry.c.sequence))
    .where(entry.c.date >= bindparam("start"), of_goods)
    .group_by(move.c.item, move.c.place, entry.c.date)
    .order_by(entry.c.date)
)
_TAKEN = (
    select(entry.c.number)
    .select_from(in_order(move, entry, entry.c.sequence == move.c.document))
    .where(move.c.item == bindparam("item"), move.c.place == bindparam("place"))
    .where(move.c.date == bindparam("day"), move.c.quantity < 0, of_goods)
    .order_by(move.c.document.desc())
    .limit(1)
)
_FIRST_OF_NAME = (
    select(func.min(lot.c.received))
    .where(lot.c.item == move.c.item, lot.c.name == move.c.lot)
    .scalar_subquery()
)
"""A name can be borne again: what matters is the first lot of it."""
_EARLY = oldest_first(
    select(
        entry.c.number,
        entry.c.date,
        move.c.item,
        move.c.lot,
        func.min(_FIRST_OF_NAME),
        -total(move.c.quantity),
        -total(move.c.value),
    )
    .select_from(in_order(entry, move, move.c.document == entry.c.sequence))
    .where(dated_within(), of_goods, move.c.quantity < 0, entry.c.number.is_not(None))
    .where(entry.c.date < _FIRST_OF_NAME, entry.c.corrects.is_(None), in_force())
    .group_by(
        entry.c.sequence,
        entry.c.number,
        entry.c.date,
        move.c.item,
        move.c.lot,
    )
)


def goods_below_nil(connection: Connection, start: date, end: date) -> Iterator[GoodsDay]:
    """Of goods that stood below nil at a place on one of these days: what stood at the end of
    `start` and of each later day that moved them, by item and place.
    """
    standing: defaultdict[tuple[str, str], int] = defaultdict(int)
    for item, place, quantity in fetched(connection, _STANDING, {}):
        standing[item, place] = quantity
    first, last = start.isoformat(), end.isoformat()
    moved: dict[tuple[str, str], dict[str, int]] = {key: {first: 0} for key in standing}
    for item, place, day, quantity in fetched(connection, _GOODS_MOVED, {"start": first}):
        standing[item, place] -= quantity
        if day <= last:
            moved.setdefault((item, place), {first: 0})[day] = quantity
    for (item, place), days in sorted(moved.items()):
        stood = list(accumulate(days.values(), initial=standing[item, place]))[1:]
        if min(stood) < 0:
            for day, quantity in zip(days, stood, strict=True):
                yield GoodsDay(item, place, date.fromisoformat(day), quantity)


def last_taken(connection: Connection, item: str, place: str, day: date) -> str | None:
    """The last document of a day that took of an item at a place."""
    values = {"item": item, "place": place, "day": day.isoformat()}
    found: str | None = connection.execute(_TAKEN, values).scalar()
    return found


def taken_early(connection: Connection, start: date, end: date) -> Iterator[TakenEarly]:
    """What documents of these days that hold took from lots not received yet."""
    for number, day, item, name, received, *sums in fetched(connection, _EARLY, span(start, end)):
        days = date.fromisoformat(day), date.fromisoformat(received)
        yield TakenEarly(number, days[0], item, name, days[1], *sums)


# -- what was sold under its cost --------------------------------------------------------------

_WENT = (
    select(move.c.document, move.c.item, -total(move.c.value))
    .select_from(in_order(entry, move, move.c.document == entry.c.sequence))
    .where(or_(*(entry.c.kind == each for each in SELLING)), dated_within())
    .where(of_goods, move.c.quantity < NIL)
    .group_by(move.c.document, move.c.item)
)


def perhaps_under_cost(
    connection: Connection, found: Iterable[Examined], items: ItemsThen, least: int
) -> list[int]:
    """The documents in which a line was sold for `least` rupiah under all that went of its item.

    Nothing else can be sold so far under its cost; `found` are documents of one span.
    """
    selling = [each for each in found if each.kind in SELLING]
    if not selling:
        return []
    days = [each.date for each in selling]
    rows = fetched(connection, _WENT, span(min(days), max(days)))
    went = {(sequence, item): cost for sequence, item, cost in rows}
    return [
        each.sequence
        for each in selling
        if any(
            went.get((each.sequence, line["item"]), 0) - _revenue(line, items, each.sequence)
            >= least
            for line in each.payload["lines"]
        )
    ]


def _revenue(line: dict[str, Any], items: ItemsThen, sequence: int) -> int:
    quantity = thousandths(line["qty"] if "qty" in line else line["sold"])
    return revenue_of(items.item(line["item"], sequence), quantity, line.get("price"))


# -- yields and losses ---------------------------------------------------------------------


class Measure(NamedTuple):
    """One yield (thousandths of output for a unit of input) or loss (tenths of a percent)."""

    number: str
    date: date
    item: str
    of: str
    """The input a yield is of; the kind of document where a loss arose."""
    value: int
    quantity: int
    """What was made or lost, thousandths."""


_HOLDING = oldest_first(
    select(entry.c.number, entry.c.date, entry.c.payload).where(
        among(entry.c.kind, "kinds"), dated_within(), in_force()
    )
)
_SOWN = select(document.c.payload).where(document.c.kind.in_(("sowing", "opening_balance")))


Values = dict[tuple[str, str], list[int]]
"""Of each item, and of what its measures are, the values of all documents."""


def yields(
    connection: Connection, classes: dict[str, str], since: date, start: date, end: date
) -> tuple[list[Measure], Values]:
    """Of every production that holds: output for a unit of its main input.

    That is the produce it used most of, else what it used most of besides packaging. Given are
    those from `start` to `end`, and the values of all from `since` on, which tell what is usual.
    """
    found: list[Measure] = []
    values: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    first = start.isoformat()
    produce, packaging = (
        frozenset(code for code, of in classes.items() if of == each)
        for each in ("produce", "packaging")
    )
    for number, day, stated in _holding(connection, ("production",), since, end):
        payload = orjson.loads(stated)
        line = _main_input(payload["inputs"], produce, packaging)
        if line is None:
            continue
        item, of, made = payload["item"], line["item"], thousandths(payload["qty"])
        value = half_up(made * UNIT, thousandths(line["qty"]))
        values[item, of].append(value)
        if day >= first:
            found.append(Measure(number, date.fromisoformat(day), item, of, value, made))
    return found, values


def _main_input(
    inputs: Sequence[dict[str, Any]], produce: Container[str], packaging: Container[str]
) -> dict[str, Any] | None:
    """The last of those that were used most of."""
    main = [line for line in inputs if line["item"] in produce]
    if not main:
        main = [line for line in inputs if line["item"] not in packaging]
    if len(main) < 2:
        return main[0] if main else None
    most: dict[str, Any] = max(reversed(main), key=lambda line: thousandths(line["qty"]))
    return most


LOSING = ("harvest", "market_day", "consignment_settlement", "seedlings_ready")
"""Kinds of documents that say what was lost."""


_LOSSES = ("spoiled", "lost", "destroyed")


def losses(
    connection: Connection,
    start: date,
    end: date,
    kinds: Collection[str] = LOSING,
    *,
    all_of_them: bool = True,
) -> Iterator[Measure]:
    """What part of the goods handled was lost, by document of these days that is in force.

    Of `all_of_them`, or of those alone that say anything was lost.
    """
    sown: dict[str, str] = {}
    if "seedlings_ready" in kinds:
        sown = dict(_sown(connection))
    for number, day, stated in _holding(connection, kinds, start, end):
        if not (all_of_them or any(key in stated for key in _LOSSES)):
            continue
        payload = orjson.loads(stated)
        kind = payload["kind"]
        lines = payload.get("lines", [payload])
        for line in lines:
            handled, lost = _lost(kind, line)
            if handled:
                item = line.get("item") or sown.get(payload.get("batch", ""), "")
                part = half_up(1_000 * lost, handled)
                yield Measure(number, date.fromisoformat(day), item, kind, part, lost)


def _sown(connection: Connection) -> Iterator[tuple[str, str]]:
    """Each batch, by sowing or at the opening, with its item."""
    for payload in map(orjson.loads, connection.execute(_SOWN).scalars()):
        for batch in payload.get("batches", [payload] if "batch" in payload else ()):
            yield batch["batch"], batch["item"]


def _lost(kind: str, line: dict[str, Any]) -> tuple[int, int]:
    """What was handled on a line, and what of it was lost; thousandths."""
    if kind == "seedlings_ready":
        lost = sum(thousandths(line.get(key, 0)) for key in _LOSSES[1:])
        return thousandths(line["ready"]) + lost, lost
    lost = thousandths(line.get(_LOSSES[0], 0))
    if kind == "market_day":
        return thousandths(line["taken"]), lost
    whole = sum(thousandths(line.get(key, 0)) for key in ("qty", "sold", "returned"))
    return whole + lost, lost


def _holding(
    connection: Connection, kinds: Iterable[str], start: date, end: date
) -> list[tuple[str, str, str]]:
    """Documents of these kinds and days that were not undone: number, day, what they recorded."""
    return fetched(connection, _HOLDING, {"kinds": texts(kinds), **span(start, end)})
