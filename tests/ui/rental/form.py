"""The form of a rental."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog

from kwt_books.domain.accounts import CASH_BOX
from tests.ui.rental.command import Rental
from ui.kit.date_field import DateField
from ui.kit.field import MoneyField, TextField
from ui.kit.form import Form, FormDialog
from ui.kit.workspace import Given, Workspace


class RentalForm(Form):
    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "letting")
        day = date.fromisoformat(str(given.get("date", self.ui.today)))
        self.date = self.field("date", "Day", DateField(self.ui, day))
        self.tool = self.field("tool", "Tool", TextField(self.ui, required=True))
        self.amount = self.field("amount", "Money", MoneyField(self.ui))
        self.tool.setText(str(given.get("tool", "")))
        self.amount.setText(str(given.get("amount", "")))
        self.begin()

    def to_command(self) -> Rental:
        day, tool, amount = self.date.value(), self.tool.value(), self.amount.value()
        assert day is not None
        assert tool is not None
        assert amount is not None
        return Rental(id=self.command_id, date=day, tool=tool, into=CASH_BOX, amount=amount)


def make_rental(workspace: Workspace, given: Given) -> QDialog:
    return FormDialog(RentalForm(workspace, given), "Let a tool")
