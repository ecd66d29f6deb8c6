"""Simpanan: what all members pay in on a day, or some of them take out."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from kwt_books.app import Book
from kwt_books.domain.documents.cash import Savings, SavingsLine
from kwt_books.queries.holdings import Members
from kwt_books.queries.money import Choices
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.money_form import MoneyForm, Remark
from ui.forms.money_parts import level
from ui.forms.savings_grid import MemberGrid
from ui.widgets.button import Button
from ui.widgets.field import FieldRow, MoneyField, TextField
from ui.widgets.label import column, label
from ui.widgets.segment_field import SegmentField

WIDTH = 860
IN, OUT = "in", "out"
_FILL = "F2"


class SavingsForm(MoneyForm):
    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "savings", _turned(given))
        t, kit = self.t, self.kit
        self.members: Members | None = None
        self._add_what()
        self._add_same()
        self.notes_here()
        self.grid = MemberGrid(kit)
        self.body.addWidget(self.grid)
        self.add("lines", self.grid, self.grid)
        self.nobody = label(t("No members are set up yet."), "caption", wrap=True)
        self.nobody.hide()
        self.body.addWidget(self.nobody)
        self.memo = TextField(kit, placeholder=t("What was it? May stay empty"))
        self.across((self.labelled("memo", t("In words"), self.memo), 3), (self._sum(), 1))
        self.type.changed.connect(self._type_changed)
        self.finish(receipt=False)

    def _add_what(self) -> None:
        """The day, which savings, and whether they come in or go out."""
        t, kit = self.t, self.kit
        kinds = (
            ("mandatory", t("Mandatory")),
            ("voluntary", t("Voluntary")),
            ("principal", t("Entry")),
        )
        self.type = SegmentField(kit, kinds)
        self.way = SegmentField(kit, ((IN, t("Paid in")), (OUT, t("Taken out"))))
        self.add("way", self.way)
        kinds_told = t("Mandatory: every month. Voluntary: at will. Entry: once, on joining.")
        self.across(
            (self.day_field(), 4),
            (self.labelled("type", t("Savings"), self.type, kinds_told), 5),
            (FieldRow(kit, t("Which way"), self.way), 4),
        )

    def _add_same(self) -> None:
        """One amount for all of them, at one key."""
        t, kit = self.t, self.kit
        self.account, account_row = self.cash_field("account", t("Cash account"))
        self.same = MoneyField(kit, required=False)
        self.fill_button = Button(kit, t("Fill in for all"), "users-three")
        self.fill_button.hint(t("The same amount for every member"), _FILL)
        self.fill_button.when_clicked(self.fill_all)
        self.across(
            (account_row, 4),
            (
                self.labelled(
                    "same", t("The same for all"), self.same, t("F2 puts it at every name")
                ),
                3,
            ),
            (level(self.fill_button), 0),
        )
        shortcut = QShortcut(QKeySequence(_FILL), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.fill_all)

    def _sum(self) -> QWidget:
        """What all of them come to, beside the words."""
        made = QWidget()
        page = column(made, space=4)
        title = label(self.t("Total"), "label")
        title.setAlignment(Qt.AlignmentFlag.AlignRight)
        page.addWidget(title)
        page.addWidget(self.total_figure())
        page.addStretch(1)
        return made

    # -- what is known of the book ---------------------------------------------------------

    def ask(self, book: Book) -> Choices:
        self._found = book.treasury.members()
        return book.treasury.choices()

    def learnt(self, known: Choices) -> None:
        self.members = self._found
        self.account.set_choices(self.cash_choices(known))
        self.grid.learn(self.members.members)
        self.nobody.setVisible(not self.members.members)
        self._type_changed()

    def _type_changed(self) -> None:
        kind = self.type.current
        self.grid.show_held(kind)
        if not self.same.text():
            self.same.setPlaceholderText(self._usual(kind))

    def _usual(self, kind: str) -> str:
        """What most paid in the last time."""
        amounts = [each.last[kind] for each in self.grid.members if each.last.get(kind, 0) > 0]
        usual = max(set(amounts), key=amounts.count) if amounts else None
        return self.kit.formats.number(usual) if usual is not None else ""

    def fill_all(self) -> None:
        """The amount typed above, else what was usual the last time."""
        if not self.same.text() and self.same.placeholderText():
            self.same.setText(self.same.placeholderText())
        if self.same.problem() or self.same.number() is None:
            self.same.setFocus()
            return
        self.grid.fill_all(self.same.number())

    # -- what is to be known beforehand ----------------------------------------------------

    @property
    def takes_out(self) -> bool:
        return self.way.current == OUT

    def total(self) -> int:
        return sum(self.grid.amounts().values())

    def remarks(self) -> Iterator[Remark]:
        if not self.takes_out:
            return
        yield from self.below_zero(self.account.code(), self.total())
        kind, amounts = self.type.current, self.grid.amounts()
        for each in self.grid.members:
            held = each.held.get(kind, 0)
            if amounts.get(each.party, 0) > held:
                yield Remark(
                    self.t("{name} takes out more than she has.", name=each.name),
                    self.t("In the book: {amount}.", amount=self.kit.formats.rupiah(held)),
                    "warn",
                )

    def to_command(self) -> Savings:
        day, account = self.date.value(), self.account.code()
        assert day is not None
        assert account is not None
        sign = -1 if self.takes_out else 1
        return Savings(
            id=self.command_id,
            date=day,
            type=self.type.current,
            account=account,
            lines=tuple(
                SavingsLine(party=party, amount=sign * amount)
                for party, amount in self.grid.amounts().items()
            ),
            memo=self.memo.value(),
        )


def _turned(given: Given) -> Given:
    """A document whose amounts are below zero took them out."""
    lines = given.get("lines")
    if isinstance(lines, list | tuple) and lines and all(each["amount"] < 0 for each in lines):
        return {**given, "way": OUT}
    return given


def make(desk: Desk, given: Given) -> QDialog:
    return FormDialog(
        SavingsForm(desk, given), desk.kit.t("Members' savings"), width=WIDTH
    ).with_room()
