"""The chart of accounts: for those who know it, and for accounts of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ui.desk import Desk
from ui.forms.account_words import SORTS, sort_of
from ui.forms.money_words import account_name
from ui.pages.settings_list import SettingsList
from ui.widgets.list_table import Cell, Heading, ListRow


class AccountsPage(SettingsList):
    kind = "account"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        self.table.stretch(1)
        sorts = [(name, t(sort.title)) for name, sort in SORTS.items()]
        self.sorts = self.narrow(t("Every sort"), sorts)
        self.offer(t("Add"), "account")

    def headings(self) -> tuple[Heading, ...]:
        t = self.t
        return (
            Heading(t("Code")),
            Heading(t("Name")),
            Heading(t("What sort it is")),
            Heading(t("LKM code")),
        )

    def rows(self, sought: str) -> Iterator[ListRow]:
        accounts = self.desk.setup.accounts if self.desk.setup is not None else {}
        for account in accounts.values():
            sort = sort_of(account)
            shown = account_name(self.kit, account)
            words = (account.code, account.name, account.name_en, account.lkm_code or "")
            if self.sorts.code() in ("", sort) and sought in " ".join(words).casefold():
                yield ListRow(
                    account.code,
                    (
                        Cell(account.code, tone="quiet"),
                        Cell(shown, bold=True),
                        Cell(self.t(SORTS[sort].title), tone="quiet"),
                        Cell(account.lkm_code or "–"),
                    ),
                )

    def counted(self, count: int) -> str:
        return self.t.ngettext("{n} account", "{n} accounts", count)

    def open(self, key: Any) -> None:
        if key is not None and self.may_change:
            self.desk.open_form("account", code=key)
