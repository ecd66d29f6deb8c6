"""The funds that profit can go to, with what each is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kwt_books.domain.accounts import FUNDS, Account
from kwt_books.i18n.catalogue import noop
from ui.forms.money_words import account_name
from ui.forms.sharing_field import Fund
from ui.kit import Kit

ABOUT = {
    "3201": noop("Kept for bad times"),
    "3202": noop("Repairs of tools and seedling house"),
    "3203": noop("Seeds for the next planting"),
    "3204": noop("Daily running of the group"),
    "2107": noop("Paid out to the members"),
    "2111": noop("Sickness, mourning, help for neighbours"),
}
USUAL = {"3202": 30, "3203": 30, "3204": 25, "3201": 15}
"""Shares to begin from; the members decide."""


def funds(kit: Kit, accounts: Mapping[str, Account], shares: Iterable[str]) -> list[Fund]:
    """The four funds, members and social fund, others that have a share, in this order."""
    codes = dict.fromkeys((*FUNDS, *ABOUT, *shares))
    return [
        Fund(code, account_name(kit, known), kit.t(ABOUT.get(code, "")))
        for code in codes
        if (known := accounts.get(code)) is not None
    ]
