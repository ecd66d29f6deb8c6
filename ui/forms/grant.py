"""Hibah: money, goods and tools that were given to the group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtWidgets import QDialog

from kwt_books.app import Book
from kwt_books.domain.accounts import BANK
from kwt_books.domain.documents.buying import Grant, GrantCash
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.holdings import Belongings
from kwt_books.queries.money import Choices
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.grant_lines import GoodsLines, ToolLines
from ui.forms.money_form import MoneyForm, Remark
from ui.forms.money_given import months_as_years
from ui.widgets.field import FieldRow, MoneyField
from ui.widgets.label import label
from ui.widgets.picker import Choice, Picker

WIDTH = 880
MEANINGS = {
    "3104": noop("It belongs to the group from now on"),
    "2110": noop("It is bound to a purpose and not spent yet"),
    "4201": noop("It is income of this month"),
}
"""The accounts a grant may go to, and what each of them says."""


class GrantForm(MoneyForm):
    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "grant", _flat(desk, given))
        t, kit = self.t, self.kit
        self._found: Belongings | None = None
        party = self.party_field(t("Given by"), "agency", t("A new name is set up by itself"))
        self.across((self.day_field(), 1), (party, 1))
        meanings = [(code, t(meaning)) for code, meaning in MEANINGS.items()]
        self.account = Choice(kit, meanings)
        self.amount = MoneyField(kit, required=False)
        self.into = Picker(kit)
        self.into.choose(BANK)
        doubt = t("In doubt, ask whoever gives it or look at the handover paper")
        self.field("account", t("What kind of grant?"), self.account, doubt)
        self._add_money()
        self.goods = GoodsLines(kit)
        self.tools = ToolLines(kit)
        self._section(t("Goods and seedlings"))
        self.lines("items", self.goods)
        self._section(t("Tools and other things that last"))
        self.lines("assets", self.tools)
        self.add_total()
        self.words_fields(ref=t("Number of the handover paper"))
        self.finish()

    def _add_money(self) -> None:
        t = self.t
        none = t("Stays empty where no money was given")
        amount: FieldRow = self.labelled("cash.amount", t("Money"), self.amount, none)
        into = self.labelled("cash.into", t("Goes into"), self.into)
        self.across((amount, 1), (into, 1))

    def _section(self, title: str) -> None:
        self.body.addSpacing(4)
        self.body.addWidget(label(title, "strong"))

    def ask(self, book: Book) -> Choices:
        self._found = book.treasury.belongings()
        return book.treasury.choices()

    def learnt(self, known: Choices) -> None:
        assert self._found is not None
        self.into.set_choices(self.cash_choices(known))
        self.party.learn(known.setup, ("agency", "customer", "supplier"))
        self.goods.learn(known.setup.items)
        self.tools.learn(self._found)

    def total(self) -> int:
        return (self.amount.number() or 0) + self.goods.total() + self.tools.total()

    def remarks(self) -> Iterator[Remark]:
        if self.account.code() == "2110" and (self.goods.filled or self.tools.filled):
            yield Remark(
                self.t("Goods and tools are rarely bound."),
                self.t("They usually belong to the group from the day they are handed over."),
                "warn",
            )

    def to_command(self) -> Grant:
        day, amount, into = self.date.value(), self.amount.number(), self.into.code()
        assert day is not None
        cash = GrantCash(into=into, amount=amount) if amount and into is not None else None
        return Grant(
            id=self.command_id,
            date=day,
            account=self.account.code(),
            cash=cash,
            items=self.goods.command_lines(),
            assets=self.tools.command_lines(),
            party=self.party.party_code(),
            memo=self.memo.value(),
            ref=self.ref.value(),
        )


def _flat(desk: Desk, given: Given) -> Given:
    """Money by its two fields, tools with their years."""
    flat = dict(given)
    cash, tools = flat.pop("cash", None), flat.get("assets")
    if isinstance(cash, Mapping):
        flat["cash.amount"], flat["cash.into"] = cash.get("amount"), cash.get("into")
    if isinstance(tools, list | tuple):
        flat["assets"] = [months_as_years(desk.kit, each) for each in tools]
    return flat


def make(desk: Desk, given: Given) -> QDialog:
    return FormDialog(GrantForm(desk, given), desk.kit.t("Grant received"), width=WIDTH)
