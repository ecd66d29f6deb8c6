"""What a document holds that the book allows and that is seldom meant: worth asking once more."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from statistics import median_low
from typing import Any

from sqlalchemy import Select, Subquery, bindparam, func, select

from kwt_books.domain.accounts import STOCK_ACCOUNTS
from kwt_books.domain.documents.base import Document
from kwt_books.domain.documents.money import CashCount
from kwt_books.domain.documents.registry import encode_command
from kwt_books.domain.documents.stock import StockCount
from kwt_books.domain.draft import Draft
from kwt_books.domain.errors import Issue
from kwt_books.domain.values import MUCH, UNIT, half_up, is_far_off
from kwt_books.queries.money import CLAIMS, TO_PAY
from kwt_books.store.expressions import entry, total
from kwt_books.store.state import BookState
from kwt_books.store.tables import move, posting

ENOUGH = 3
"""Entries on an account that make something usual; of goods one is enough."""
LOOKED_AT = 20
"""Entries, the newest, that tell what is usual."""

_OWED = select(total(posting.c.amount)).where(posting.c.account == bindparam("account"))
_OWED_BY = _OWED.where(posting.c.party == bindparam("party"))
_OWED_UNNAMED = _OWED.where(posting.c.party.is_(None))
_NEWEST = 200
_posted = (
    select(posting.c.document, posting.c.amount)
    .where(posting.c.account == bindparam("account"))
    .order_by(posting.c.date.desc(), posting.c.document.desc())
    .limit(_NEWEST)
    .subquery("posted")
)
_posted_of = (
    select(posting.c.document, posting.c.amount)
    .where(posting.c.account == bindparam("account"), posting.c.party == bindparam("party"))
    .order_by(posting.c.date.desc())
    .limit(_NEWEST)
    .subquery("posted_of")
)


def _amounts(posted: Subquery) -> Select[Any]:
    """The newest amounts that documents of a kind posted on one side, in rupiah."""
    return (
        select(func.abs(posted.c.amount))
        .select_from(posted.join(entry, entry.c.sequence == posted.c.document))
        .where(entry.c.kind == bindparam("kind"), (posted.c.amount > 0) == bindparam("debit"))
        .limit(LOOKED_AT)
    )


_AMOUNTS, _AMOUNTS_OF = _amounts(_posted), _amounts(_posted_of)
_moved = (
    select(move.c.document, move.c.quantity, move.c.value)
    .where(move.c.item == bindparam("item"))
    .order_by(move.c.date.desc(), move.c.document.desc())
    .limit(_NEWEST)
    .subquery("moved")
)
_QUANTITIES = (
    select(func.max(func.abs(_moved.c.quantity)))
    .select_from(_moved.join(entry, entry.c.sequence == _moved.c.document))
    .where(entry.c.kind == bindparam("kind"), _moved.c.quantity != 0)
    .group_by(_moved.c.document)
    .limit(LOOKED_AT)
)
_COSTS = (
    select(total(_moved.c.value), total(_moved.c.quantity))
    .select_from(_moved.join(entry, entry.c.sequence == _moved.c.document))
    .where(entry.c.kind == bindparam("kind"), _moved.c.quantity > 0, _moved.c.value > 0)
    .group_by(_moved.c.document)
    .limit(LOOKED_AT)
)


def unusual(state: BookState, command: Document, draft: Draft, today: date) -> tuple[Issue, ...]:
    """Beside which field, and the figures: `draft` is what the command would leave."""
    found = _Unusual(state, command, draft)
    goods = tuple(found.goods())
    prices = found.prices({each.params["item"] for each in goods})
    counted = _counted_far_off(command, draft)
    return (
        *found.day(today), *found.owed(), *found.cash(), *counted, *goods, *prices,
        *found.amounts(),
    )  # fmt: skip


class _Unusual:
    def __init__(self, state: BookState, command: Document, draft: Draft) -> None:
        self._state, self._connection = state, state.connection
        self._kind, self._written = command.kind, encode_command(command)
        self._moved = [each for each in draft.moves if each.quantity]
        self._posted: dict[tuple[str, str | None], int] = {}
        for each in draft.postings:
            key = (each.account, each.party)
            self._posted[key] = self._posted.get(key, 0) + each.amount
        self._day = command.day

    def day(self, today: date) -> Iterator[Issue]:
        if self._day is not None and self._day > today:
            yield Issue(
                "date" if "date" in self._written else "", "day-to-come", {"date": self._day}
            )

    def owed(self) -> Iterator[Issue]:
        """More is paid than was owed: by the group, or to it."""
        for (account, party), amount in self._posted.items():
            sign = 1 if account in TO_PAY else -1 if account in CLAIMS else 0
            if amount * sign <= 0 or (party is None and account in CLAIMS):
                continue
            stands = _OWED_UNNAMED if party is None else _OWED_BY
            values = {"account": account, "party": party}
            owed = -sign * int(self._connection.execute(stands, values).scalar() or 0)
            paid = amount * sign
            if paid > max(owed, 0):
                where, left = self._field(account, party), max(owed, 0)
                if party is None:
                    yield Issue(
                        where,
                        "more-than-stands",
                        {"account": account, "unpaid": left, "total": paid},
                    )
                    continue
                code = "more-than-we-owe" if sign > 0 else "more-than-is-owed"
                yield Issue(where, code, {"party": party, "unpaid": left, "total": paid})

    def cash(self) -> Iterator[Issue]:
        for account in sorted(self._state.cash_accounts):
            amount = sum(each for (code, _), each in self._posted.items() if code == account)
            balance = self._state.balance(account) + amount
            if amount < 0 and balance < 0:
                where = self._field(account, None)
                yield Issue(where, "cash-would-be-short", {"account": account, "balance": balance})

    def goods(self) -> Iterator[Issue]:
        for item in dict.fromkeys(each.item for each in self._moved):
            most = sum(abs(each.quantity) for each in self._moved if each.item == item)
            usual = self._usual(_QUANTITIES, 1, item=item, kind=self._kind)
            if usual and most >= MUCH * usual:
                where = _beside(self._written, item, ("qty", "sold"))
                yield Issue(
                    where, "much-more-goods", {"item": item, "wanted": most, "available": usual}
                )

    def prices(self, asked: Collection[object]) -> Iterator[Issue]:
        """A price ten times the usual one, or a tenth of it: the one that was typed beside that of
        the set-up, what goods cost a unit beside what they did before. `asked`: items whose
        quantity is asked already.
        """
        for where, item, price in _priced(self._written):
            known = self._state.item(item)
            if known is not None and known.price is not None:
                yield from _far_off(where, item, price, known.price)
        for item in dict.fromkeys(each.item for each in self._moved if each.item not in asked):
            came = [each for each in self._moved if each.item == item and each.quantity > 0]
            costs = [
                half_up(value * UNIT, quantity)
                for value, quantity in self._connection.execute(
                    _COSTS, {"item": item, "kind": self._kind}
                )
            ]
            worth = sum(each.value for each in came)
            if worth > 0 and costs:
                cost = half_up(worth * UNIT, sum(each.quantity for each in came))
                where = _beside(self._written, item, ("amount", "qty"))
                yield from _far_off(where, item, cost, median_low(costs))

    def amounts(self) -> Iterator[Issue]:
        """An amount ten times what is usual on its account. What goods cost that are taken from a
        place follows from their quantity, which is asked about itself.
        """
        followed = STOCK_ACCOUNTS if any(each.quantity < 0 for each in self._moved) else ()
        for (account, party), amount in self._posted.items():
            if account in self._state.cash_accounts or account in followed or not amount:
                continue
            asked = {"account": account, "kind": self._kind, "debit": amount > 0}
            usual = self._usual(_AMOUNTS_OF, ENOUGH, party=party, **asked) if party else 0
            usual = usual or self._usual(_AMOUNTS, ENOUGH, **asked)
            if usual and abs(amount) >= MUCH * usual:
                where, much = self._field(account, party), abs(amount)
                if party:
                    yield Issue(
                        where,
                        "much-more-money-of",
                        {"account": account, "total": much, "due": usual, "party": party},
                    )
                    continue
                yield Issue(
                    where, "much-more-money", {"account": account, "total": much, "due": usual}
                )

    def _usual(self, query: Select[Any], least: int, **values: object) -> int:
        """The middle of what was recorded last; 0 where that is too little to go by."""
        found: list[int] = [row[0] for row in self._connection.execute(query, values)]
        return median_low(found) if len(found) >= least else 0

    def _field(self, account: str, party: str | None) -> str:
        beside = _beside(self._written, account, ("amount",))
        if not beside and party is not None:
            beside = _beside(self._written, party, ("amount",))
        return beside


def _counted_far_off(command: Document, draft: Draft) -> Iterator[Issue]:
    """Issues where what was counted is ten times what the book has; of money a tenth of it too, and
    what the book has nothing of. Goods are used up, so that little of them is left is usual.
    """
    if isinstance(command, CashCount):
        counted, account = command.counted, command.account
        book = draft.facts.balance_until(account, command.date)
        if counted != book and is_far_off(counted, book):
            yield Issue(
                "counted",
                "money-counted-far-off",
                {"account": account, "counted": counted, "balance": book},
            )
    elif isinstance(command, StockCount):
        for place, line in enumerate(command.lines):
            moved = (each for each in draft.moves if each.item == line.item)
            book = line.counted - sum(each.quantity for each in moved)
            if book > 0 and line.counted >= MUCH * book:
                yield Issue(
                    f"lines.{place}.counted",
                    "goods-counted-far-off",
                    {"item": line.item, "wanted": line.counted, "available": book},
                )


def _far_off(where: str, item: str, price: int, usual: int) -> Iterator[Issue]:
    """An issue where a price a unit is ten times the usual one or a tenth of it; rupiah."""
    if usual and is_far_off(price, usual):
        yield Issue(where, "price-far-off", {"item": item, "price": price, "due": usual})


def _priced(written: object, path: str = "") -> Iterator[tuple[str, str, int]]:
    """The prices a unit that were typed: their paths, items and rupiah."""
    if isinstance(written, Mapping):
        if "item" in written and written.get("price"):
            yield f"{path}.price".lstrip("."), str(written["item"]), int(written["price"])
        for key, value in written.items():
            yield from _priced(value, f"{path}.{key}")
    elif isinstance(written, list | tuple):
        for place, value in enumerate(written):
            yield from _priced(value, f"{path}.{place}")


def _beside(written: object, code: str, wanted: tuple[str, ...], path: str = "") -> str:
    """The path to one of the `wanted` keys beside the first value that is `code`, else to that."""
    if isinstance(written, dict):
        for key, value in written.items():
            if value == code:
                chosen = next((each for each in wanted if each in written), key)
                return f"{path}.{chosen}".lstrip(".")
        inside = written.items()
    elif isinstance(written, list | tuple):
        inside = enumerate(written)  # type: ignore[assignment]
    else:
        return ""
    for key, value in inside:
        if found := _beside(value, code, wanted, f"{path}.{key}"):
            return found
    return ""
