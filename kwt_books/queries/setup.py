"""The set-up as it stands: accounts, items, parties, recipes and the group."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from kwt_books.domain.accounts import Account
from kwt_books.domain.documents.people import PersonSetup
from kwt_books.domain.documents.setup import Group, Item, Party, Recipe
from kwt_books.store import rows
from kwt_books.store.tables import setup


class SetupBook:
    """Everything set up, read when first asked for. Codes that are unknown name themselves."""

    def __init__(self, connection: Connection) -> None:
        self.use(connection)

    def use(self, connection: Connection) -> None:
        """Reads what is still to be read through this connection."""
        self._connection = connection

    def names(self) -> SetupBook:
        """With all that sentences name, so that they can be made once the connection is closed."""
        for each in ("accounts", "items", "parties"):
            getattr(self, each)
        return self

    def _read(self, kind: str) -> dict[str, Any]:
        query = select(setup.c.code, setup.c.payload).where(setup.c.kind == kind)
        found = self._connection.execute(query.order_by(setup.c.code))
        return {code: rows.setup_command(kind, payload) for code, payload in found}

    @cached_property
    def group(self) -> Group | None:
        return self._read("group").get("")

    @cached_property
    def accounts(self) -> dict[str, Account]:
        return {code: each.account() for code, each in self._read("account").items()}

    @cached_property
    def items(self) -> dict[str, Item]:
        return self._read("item")

    @cached_property
    def parties(self) -> dict[str, Party]:
        return self._read("party")

    @cached_property
    def recipes(self) -> dict[str, Recipe]:
        return self._read("recipe")

    @cached_property
    def people(self) -> dict[str, PersonSetup]:
        return self._read("person")

    def account_name(self, code: str, language: str) -> str:
        account = self.accounts.get(code)
        if account is None:
            return code
        return account.name_en if language == "en" else account.name

    def item_name(self, code: str) -> str:
        return self.items[code].name if code in self.items else code

    def party_name(self, code: str) -> str:
        return self.parties[code].name if code in self.parties else code

    @property
    def cash_accounts(self) -> list[str]:
        return [code for code, account in self.accounts.items() if account.cash]
