"""Retur dari pembeli: goods that a buyer gave back, for money or off what she owes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtWidgets import QWidget

from kwt_books.domain.documents.returns import SaleReturn, SaleReturnLine
from kwt_books.domain.documents.setup import Item
from kwt_books.domain.values import UNIT, half_up
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.money import Choices
from ui.kit.document_form import MoneyForm, Remark
from ui.kit.field import FieldRow, MoneyField, QuantityField
from ui.kit.form import opens
from ui.kit.layout import row
from ui.kit.lines import ItemLines, Line, LineField
from ui.kit.look import UiContext
from ui.kit.till import Till
from ui.kit.workspace import Given, Workspace


class CameBackLines(ItemLines):
    """The price is the goods' usual one where none is typed."""

    def __init__(self, ui: UiContext) -> None:
        t = ui.t
        gone = t("what can't be sold any more; the rest goes into the store")
        paid = t("what the buyer paid for one; empty: the usual price")
        fields = (
            LineField("item", t("Goods"), self.picker, 6),
            LineField("qty", t("Came back"), lambda: QuantityField(ui), 3),
            LineField(
                "spoiled",
                t("Of these, spoiled"),
                lambda: QuantityField(ui, required=False),
                3,
                gone,
            ),
            LineField("price", t("Price each"), lambda: MoneyField(ui, required=False), 3, paid),
        )
        super().__init__(ui, fields, SaleReturnLine)

    def in_order(self) -> Iterable[Item]:
        """The goods that are sold."""
        return [each for each in self.items.values() if each.costs_to]

    def follow(self, line: Line) -> None:
        """The unit behind the numbers, and the usual price where none is typed."""
        super().follow(line)
        item = self.items.get(line.fields["item"].value() or "")
        line.fields["spoiled"].set_unit(item.unit if item is not None else "")
        usual = item.price if item is not None else None
        text = self._ui.formats.number(usual) if usual is not None else ""
        line.fields["price"].setPlaceholderText(text)

    def total(self, key: str = "") -> int:
        """What all of it was sold for, as far as it can be read; whole rupiah."""
        return sum(self._worth(line) for line in self.lines)

    def _worth(self, line: Line) -> int:
        item = self.items.get(line.fields["item"].value() or "")
        price, quantity = line.fields["price"].value(), line.fields["qty"].value()
        if price is None and item is not None:
            price = item.price
        return half_up(price * quantity, UNIT) if price and quantity else 0


class SaleReturnForm(MoneyForm):
    """The form of goods that a buyer gave back."""

    makes = SaleReturn

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "sale_return", given)
        t = self.t
        needed = t("Needed where not all of it is paid back")
        first = ("customer", "member", "shop", "agency")
        party = self.party_field(t("Buyer"), "customer", needed, first=first)
        self.across((self.day_field(), 1), (party, 1))
        self.rows = self.lines("lines", CameBackLines(self.ui))
        self.add_total()
        self.refund_fields()
        self.notes_here()
        self.words_fields()
        self.finish()

    def refund_fields(self) -> None:
        """Money given back, in cash or from the bank."""
        t = self.t
        in_cash, from_bank = t("Given back in cash"), t("Given back from the bank")
        self.refund = Till(self.ui, proposes=False, cash=in_cash, bank=from_bank)
        cash = FieldRow(self.ui, in_cash, self.refund.cash)
        bank = FieldRow(self.ui, from_bank, self.refund.bank)
        part = QWidget()
        row((cash, 1), (bank, 1), parent=part, space=12)
        self.body.addWidget(part)
        self.add("refund", self.refund, cash)

    def learnt(self, known: Choices) -> None:
        """Fills the pickers from the book."""
        self.refund.accounts = known.setup.cash_accounts
        self.rows.learn(known.setup.items)

    def remarks(self) -> Iterator[Remark]:
        """What follows from the entry."""
        t, left = self.t, self.total() - self.refund.total
        if self.total() and left > 0:
            yield Remark(
                t("{amount} is not paid back.", amount=self.ui.formats.rupiah(left)),
                t("It is taken off what the buyer owes."),
            )
        yield from self.below_zero(self.refund.cash_account, self.refund.cash.value() or 0)

    def derived(self) -> dict[str, Any]:
        """What follows from several fields, by the keys of the command."""
        return {"refund": self.refund.value() or None}


make_sale_return = opens(SaleReturnForm, noop("Return from a buyer"), width=860)
