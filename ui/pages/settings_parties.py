"""Shops, suppliers, customers, members and offices that the group deals with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ui.desk import Desk
from ui.forms.party_words import ROLES
from ui.pages.settings_list import SettingsList
from ui.widgets.list_table import Cell, Heading, ListRow


class PartiesPage(SettingsList):
    kind = "party"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t = self.t
        roles = [(code, t(name)) for code, name in ROLES.items()]
        self.roles = self.narrow(t("All of them"), roles)
        self.offer(t("Add"), "party")
        empty = self.empty_state(
            "storefront",
            t("Nobody yet"),
            t("Set up the shops that sell for the group, where it buys, and its members."),
        )
        if self.may_change:
            empty.offer(t("Add"), lambda: desk.open_form("party"), "plus")

    def headings(self) -> tuple[Heading, ...]:
        t = self.t
        return (
            Heading(t("Name")),
            Heading(t("What they are to the group")),
            Heading(t("Phone")),
            Heading(t("Address")),
        )

    def rows(self, sought: str) -> Iterator[ListRow]:
        parties = self.desk.setup.parties if self.desk.setup is not None else {}
        self.show_empty(empty=not parties)
        order = list(ROLES)
        ranked = sorted(
            parties.values(), key=lambda each: (order.index(each.role), each.name.casefold())
        )
        for party in ranked:
            phone, address = party.phone or "", party.address or ""
            words = f"{party.name} {phone} {address}".casefold()
            if self.roles.code() in ("", party.role) and sought in words:
                yield ListRow(
                    party.code,
                    (
                        Cell(party.name, bold=True),
                        Cell(self.t(ROLES[party.role]), tone="quiet"),
                        Cell(phone or "–"),
                        Cell(address.replace("\n", ", ") or "–"),
                    ),
                )

    def counted(self, count: int) -> str:
        return self.t.ngettext("{n} name", "{n} names", count)

    def open(self, key: Any) -> None:
        if key is not None and self.may_change:
            self.desk.open_form("party", code=key)
