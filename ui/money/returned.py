"""Retur ke toko: goods that go back to whoever sold them, off the debt or for money."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kwt_books.domain.documents.returns import PurchaseReturn, PurchaseReturnLine
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.money import Choices
from ui.kit.button import Segment
from ui.kit.document_form import MoneyForm, Remark
from ui.kit.field import FieldRow, MoneyField, QuantityField, TextField
from ui.kit.form import opens
from ui.kit.lines import ItemLines, LineField
from ui.kit.look import UiContext
from ui.kit.workspace import Given, Workspace

OFF, MONEY = "off", "money"


class SentBackLines(ItemLines):
    """Goods that go back, and what the shop gives for them."""

    def __init__(self, ui: UiContext) -> None:
        t = ui.t
        whole = t("what the shop deducts or pays for all of it")
        lot = t("only if it must come from one delivery; optional")
        fields = (
            LineField("item", t("Goods"), self.picker, 6),
            LineField("qty", t("How many"), lambda: QuantityField(ui), 3),
            LineField("amount", t("Refunded"), lambda: MoneyField(ui), 3, whole),
            LineField("lot", t("Lot"), lambda: TextField(ui), 3, lot),
        )
        super().__init__(ui, fields, PurchaseReturnLine)


class PurchaseReturnForm(MoneyForm):
    """The form of goods that go back to the shop."""

    makes = PurchaseReturn

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "purchase_return", given)
        t = self.t
        party = self.party_field(t("Sent back to"), "supplier", first=("supplier", "member"))
        self.across((self.day_field(), 1), (party, 1))
        self.rows = self.lines("lines", SentBackLines(self.ui))
        self.add_total()
        ways = ((OFF, t("Off what we owe")), (MONEY, t("Money comes back")))
        self.way = Segment(self.ui, ways)
        self.add("way", self.way)
        self.into, self.into_row = self.cash_field("into", t("Goes into"))
        self.across((FieldRow(self.ui, t("How is it refunded?"), self.way), 1), (self.into_row, 1))
        self.changed.connect(self._show_way)
        self.notes_here()
        self.words_fields(ref=t("Receipt number"))
        self.finish()

    def begin(self, **given: object) -> None:
        """Fills in what is given; a document with a cash account was settled in money."""
        if "into" in given:
            given["way"] = MONEY
        super().begin(**given)
        self._show_way()

    @property
    def for_money(self) -> bool:
        """Whether money comes back."""
        return self.way.current == MONEY

    def _show_way(self) -> None:
        self.into_row.setEnabled(self.for_money)
        self.into.required = self.for_money
        self.party.required = not self.for_money

    def learnt(self, known: Choices) -> None:
        """Fills the pickers from the book."""
        self.rows.learn(known.setup.items)

    def remarks(self) -> Iterator[Remark]:
        """That less is owed to the shop than it takes off."""
        if self.known is None or self.for_money or self.party.value() is None or not self.total():
            return
        party = self.party.value()
        owed = sum(each.owed for each in self.known.owed if each.party == party)
        if self.total() > owed:
            rupiah = self.ui.formats.rupiah
            yield Remark(
                self.t("Only {amount} is owed to it.", amount=rupiah(max(0, owed))),
                self.t("The rest stays as money the shop owes the group."),
                "warn",
            )

    def derived(self) -> dict[str, Any]:
        """What follows from several fields, by the keys of the command."""
        return {"into": self.into.value() if self.for_money else None}


make_purchase_return = opens(PurchaseReturnForm, noop("Return to the shop"), width=860)
