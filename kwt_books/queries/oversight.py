"""All books of a database side by side: what a coordinator asks of each, from kept sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, Text, bindparam, case, func, select

from kwt_books.domain.accounts import FUNDS, TEMPORARY, AccountType
from kwt_books.domain.address import ServerAddress
from kwt_books.domain.documents.setup import Group
from kwt_books.domain.posting import SHOP
from kwt_books.domain.values import Month, first_day, last_day
from kwt_books.queries.overview import SHOP_PATIENCE
from kwt_books.store import rows
from kwt_books.store.door import ask_all, head_of_server
from kwt_books.store.expressions import NIL, ONE, entry, in_force, said, spells, total, written_out
from kwt_books.store.statements import CLOSES, SET_UP
from kwt_books.store.tables import balance, document, layer, setup

_NET = balance.c.debit - balance.c.credit
_KIND = said(setup.c.payload, "type")
_IN_MONTH = (balance.c.month == bindparam("of_month", type_=Text)) & (balance.c.closing == NIL)
_BY_TYPE = (
    select(_KIND, total(_NET), total(case((_IN_MONTH, _NET), else_=NIL)))
    .select_from(
        balance.join(setup, spells(setup.c.kind, "account") & (setup.c.code == balance.c.account))
    )
    .where(balance.c.month <= bindparam("until", type_=Text))
    .group_by(_KIND)
)
_FUNDS = select(total(-_NET)).where(
    balance.c.month <= bindparam("until", type_=Text),
    balance.c.account >= written_out(FUNDS[0]),
    balance.c.account <= written_out(FUNDS[-1]),
)
_SHOPS = select(layer.c.place).where(layer.c.place.like(written_out(f"{SHOP}%%"))).distinct()
_SHOP = said(entry.c.payload, "shop")
_VISITS = (
    select(_SHOP, entry.c.kind, func.min(entry.c.date), func.max(entry.c.date))
    .where(spells(entry.c.kind, "consignment", "consignment_settlement"))
    .where(in_force())
    .group_by(_SHOP, entry.c.kind)
)
_ENTRIES = (
    select(func.count())
    .select_from(document)
    .where(
        spells(document.c.kind, "correction", "memorial"),
        document.c.date.between(bindparam("start", type_=Text), bindparam("end", type_=Text)),
    )
)
_NEWEST = select(document.c.recorded_at).order_by(document.c.sequence.desc()).limit(ONE).offset(NIL)


@dataclass(frozen=True, slots=True)
class Overseen:
    """One book as a coordinator sees it; whole rupiah, as of the end of a month."""

    book: str
    group: Group | None
    closed: bool
    """Whether the month is closed."""
    turnover: int
    profit: int
    sums: Mapping[AccountType, int] = field(default_factory=dict)
    """What stands on each type of accounts; debit positive."""
    funds: int = 0
    late_shops: int = 0
    """Shops that hold goods and did not settle for two weeks."""
    odd: int = 0
    """Corrections and memorial entries of the month."""
    exceptions: int | None = None
    """What the exceptions report names of the month; None where nobody asked for it."""
    is_mirror: bool = False
    newest: str | None = None
    """When the last push came or, of a book that is kept there, the last entry (ISO)."""
    entries: int = 0
    head: str = ""

    @property
    def assets(self) -> int:
        """What the group has."""
        return self.sums.get(AccountType.ASSET, 0)

    @property
    def liabilities(self) -> int:
        """What it owes; positive."""
        return -self.sums.get(AccountType.LIABILITY, 0)

    @property
    def equity(self) -> int:
        """What is its own, the profit that is not shared yet in it; positive."""
        rest = sum(self.sums.get(kind, 0) for kind in TEMPORARY)
        return -self.sums.get(AccountType.EQUITY, 0) - rest

    @property
    def district(self) -> str:
        """The group's kecamatan; empty before it is set up."""
        return self.group.district if self.group is not None else ""

    @property
    def name(self) -> str:
        """The group's name, else the book's."""
        return self.group.name if self.group is not None else self.book


def groups(server: ServerAddress, month: Month, now: datetime) -> tuple[Overseen, ...]:
    """Every book of the database that this login may read, in the order of their names."""
    start, end = first_day(month).isoformat(), last_day(month).isoformat()
    asked: tuple[tuple[Select[*tuple[Any, ...]], tuple[object, ...]], ...] = (
        (head_of_server(), ()),
        (SET_UP, ("group",)),
        (_BY_TYPE, (month, month)),
        (_FUNDS, (month,)),
        (CLOSES, ()),
        (_SHOPS, ()),
        (_VISITS, ()),
        (_ENTRIES, (start, end)),
        (_NEWEST, ()),
    )
    return tuple(
        _seen(book, answers, month, now.date()) for book, answers in ask_all(server, asked)
    )


def _seen(book: str, answers: list[list[tuple[Any, ...]]], month: Month, today: date) -> Overseen:
    (head,), group, kinds, funds, closes, shops, visits, odd, newest = answers
    sequence, seal, is_mirror, pushed_at = head
    in_month = {AccountType(kind): net for kind, _, net in kinds}
    last = rows.closes(closes)
    return Overseen(
        book,
        rows.setup_command("group", group[0][0]) if group else None,
        bool(last) and last[-1].month >= month,
        -in_month.get(AccountType.INCOME, 0),
        -sum(in_month.get(kind, 0) for kind in TEMPORARY),
        {AccountType(kind): net for kind, net, _ in kinds},
        funds[0][0],
        _late({place.removeprefix(SHOP) for (place,) in shops}, visits, today),
        odd[0][0],
        is_mirror=is_mirror,
        newest=pushed_at if is_mirror else (newest[0][0] if newest else None),
        entries=sequence,
        head=seal,
    )


def _late(shops: set[str], visits: list[tuple[Any, ...]], today: date) -> int:
    settled = {shop: last for shop, kind, _, last in visits if kind != "consignment"}
    begun = {shop: first for shop, kind, first, _ in visits if kind == "consignment"}
    since = {shop: settled.get(shop) or begun.get(shop) for shop in shops}
    due = (today - SHOP_PATIENCE).isoformat()
    return sum(1 for day in since.values() if day is not None and day < due)
