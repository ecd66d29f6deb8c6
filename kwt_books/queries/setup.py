"""The set-up as it stands, the chain's head and closed months, and both kept between reports."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from kwt_books.domain.accounts import Account
from kwt_books.domain.chain import GENESIS
from kwt_books.domain.documents.setup import (
    Budget,
    Group,
    Item,
    Party,
    PersonSetup,
    Programme,
    Recipe,
)
from kwt_books.domain.facts import Close
from kwt_books.domain.values import Month
from kwt_books.store import rows
from kwt_books.store.expressions import total
from kwt_books.store.noted import head_seen
from kwt_books.store.reads import fetched
from kwt_books.store.tables import document, setup, voucher


class SetupBook:
    """Everything set up, read when first asked for. An unknown code is its own name."""

    def __init__(self, connection: Connection) -> None:
        self.use(connection)

    def use(self, connection: Connection) -> None:
        """Reads what is still to be read through this connection."""
        self._connection = connection

    def names(self) -> SetupBook:
        """With all that sentences name, so that they can be made once the connection is closed."""
        for each in ("accounts", "items", "parties", "programmes"):
            getattr(self, each)
        return self

    def _read(self, kind: str) -> dict[str, Any]:
        query = select(setup.c.code, setup.c.payload).where(setup.c.kind == kind)
        found = self._connection.execute(query.order_by(setup.c.code))
        return {code: rows.setup_command(kind, payload) for code, payload in found}

    @cached_property
    def group(self) -> Group | None:
        """The group; None before it is set up."""
        return self._read("group").get("")

    @cached_property
    def accounts(self) -> dict[str, Account]:
        """All accounts by code."""
        return {code: each.account() for code, each in self._read("account").items()}

    @cached_property
    def items(self) -> dict[str, Item]:
        """All items by code."""
        return self._read("item")

    @cached_property
    def parties(self) -> dict[str, Party]:
        """All parties by code."""
        return self._read("party")

    @cached_property
    def recipes(self) -> dict[str, Recipe]:
        """All recipes by code."""
        return self._read("recipe")

    @cached_property
    def programmes(self) -> dict[str, Programme]:
        """All programmes by code."""
        return self._read("programme")

    @cached_property
    def budgets(self) -> dict[str, Budget]:
        """The group's own plans, by year."""
        return self._read("budget")

    @cached_property
    def people(self) -> dict[str, PersonSetup]:
        """All people by name."""
        return self._read("person")

    def account_name(self, code: str, language: str) -> str:
        """The account's name in a language; the code where it is unknown."""
        account = self.accounts.get(code)
        if account is None:
            return code
        return account.name_en if language == "en" else account.name

    def item_name(self, code: str) -> str:
        """The item's name; the code where it is unknown."""
        return self.items[code].name if code in self.items else code

    def programme_name(self, code: str) -> str:
        """The programme's name; the code where it is unknown."""
        return self.programmes[code].name if code in self.programmes else code

    def party_name(self, code: str) -> str:
        """The party's name; the code where it is unknown."""
        return self.parties[code].name if code in self.parties else code

    @property
    def cash_accounts(self) -> list[str]:
        """The codes of the cash accounts."""
        return [code for code, account in self.accounts.items() if account.cash]


# -- Where the chain stands, and which months are closed -----------------------------------------


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where the chain stands: its newest hash, the number of documents, the last closed month."""

    hash: str
    documents: int
    closed_through: Month | None


_COUNTED = select(total(voucher.c.last))
_CLOSES = (
    select(document.c.kind, document.c.sequence, document.c.date)
    .where(document.c.kind.in_(("month_close", "month_reopen")))
    .order_by(document.c.sequence)
)
_LAST_HASH = select(document.c.hash).order_by(document.c.sequence.desc()).limit(1)


def head_hash(connection: Connection) -> str:
    """The hash of the newest entry; `GENESIS` of an empty book."""
    seen = head_seen(connection)
    if seen is not None:
        return seen
    found = fetched(connection, _LAST_HASH, {})
    return found[0][0] if found else GENESIS


def first_hash(connection: Connection) -> str:
    """The seal of the first entry: it tells one book from another, however far both have come."""
    query = select(document.c.hash).where(document.c.sequence == 1)
    return connection.execute(query).scalar() or GENESIS


def chain_head(connection: Connection) -> ChainHead:
    """Documents are counted by their vouchers, which are gapless."""
    return ChainHead(
        head_hash(connection),
        connection.execute(_COUNTED).scalar_one(),
        closed_through(connection),
    )


def closed_through(connection: Connection) -> Month | None:
    """The month of the newest close that still holds."""
    closes = held_closes(connection)
    return closes[-1].month if closes else None


def ever_closed(connection: Connection) -> bool:
    """Whether a month was ever closed, opened again or not."""
    query = select(document.c.sequence).where(document.c.kind == "month_close").limit(1)
    return connection.execute(query).first() is not None


def held_closes(connection: Connection) -> list[Close]:
    """The closes that were not undone, in their order."""
    return rows.closes(connection.execute(_CLOSES))


# -- What reports need of the whole book, kept until the chain has grown -------------------------


T = TypeVar("T")


class BookView:
    """The chain's head and the set-up, kept from one report to the next."""

    def __init__(
        self,
        connection: Connection,
        reading: Callable[[], AbstractContextManager[Connection]] | None = None,
    ) -> None:
        self.reading = reading
        """Reads the book again after `connection` is closed."""
        self._kept: dict[str, tuple[Hashable, Any]] = {}
        self.chain: ChainHead = chain_head(connection)
        self.setup = SetupBook(connection)

    def still_holds(self, connection: Connection) -> bool:
        """Whether nothing was recorded since; the view then goes on with this connection."""
        if head_hash(connection) != self.chain.hash:
            return False
        self.setup.use(connection)
        return True

    def apart(self) -> BookView:
        """The same view; what is read through it is not kept in this one."""
        other = copy(self)
        other.setup, other._kept = copy(self.setup), dict(self._kept)
        return other

    def kept(self, name: str, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gave the last time it was asked for `key` under that name."""
        there = self._kept.get(name)
        if there is None or there[0] != key:
            there = self._kept[name] = (key, make())
        found: T = there[1]
        return found
