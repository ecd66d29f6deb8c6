"""Step: how profit is shared, who decided it, and what the funds hold already."""

from __future__ import annotations

from collections.abc import Mapping

from kwt_books.domain.accounts import FUNDS, Account
from kwt_books.domain.documents.setup import Allocation
from ui.first_start.step import Step
from ui.forms.sharing_field import SharingField
from ui.forms.sharing_words import USUAL, funds
from ui.kit import Kit
from ui.widgets.card import Card
from ui.widgets.date_field import DateField
from ui.widgets.field import FieldRow, MoneyField, TextField
from ui.widgets.label import label


class SharingStep(Step):
    name = "sharing"

    def __init__(self, kit: Kit, title: str, about: str, accounts: Mapping[str, Account]) -> None:
        self._accounts = accounts
        super().__init__(kit, title, about)

    def build(self) -> None:
        t, kit = self.t, self.kit
        offered = funds(kit, self._accounts, ())
        card = Card(space=8)
        self.shares = SharingField(kit, offered)
        self.shares.set_shares(USUAL)
        card.body.addWidget(self.shares)
        self.left.addWidget(card)
        self.add("allocation.shares", self.shares, self.shares)
        self.decision = self.ask(
            "allocation.decision",
            t("Number of the decision"),
            TextField(kit, required=True, placeholder="BA-01/KWT/I/2026"),
            t("As it stands on the minutes of the meeting"),
        )
        self.date = self.ask(
            "allocation.date",
            t("Decided on"),
            DateField(kit),
            t("The day of the meeting"),
            width=340,
        )
        held = Card(t("What the funds hold now"), space=10)
        held.body.addWidget(label(t("From the shares of earlier months, if any"), "caption"))
        self.held: dict[str, MoneyField] = {}
        for fund in offered:
            if fund.code in FUNDS:
                field = self.held[fund.code] = MoneyField(kit, required=False)
                made = FieldRow(kit, fund.name, field)
                self.add(f"held.{fund.code}", field, made)
                held.body.addWidget(made)
        self.right.addWidget(held)

    @property
    def allocation(self) -> Allocation:
        return Allocation(
            decision=self.decision.value() or "",
            date=self.date.value() or self.kit.today,
            shares=self.shares.shares,
        )

    @property
    def balances(self) -> dict[str, int]:
        return {code: field.number() or 0 for code, field in self.held.items()}

    def summary(self) -> str:
        return self.decision.value() or ""
