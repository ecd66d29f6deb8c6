"""Hitung kas: notes and coins counted against the book; for the bank, what its book says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from kwt_books.app import Book
from kwt_books.domain.accounts import BANK
from kwt_books.domain.documents.cash import CashCount
from kwt_books.i18n.formats import NIL
from kwt_books.queries.money import Choices
from ui.desk import Desk, Given
from ui.forms.dialog import FormDialog
from ui.forms.money_form import MoneyForm, Remark
from ui.widgets.card import Card
from ui.widgets.denominations import DenominationGrid
from ui.widgets.field import MoneyField
from ui.widgets.label import column, figures, label, row, rule

WIDTH = 720


class CashCountForm(MoneyForm):
    """Counting pieces fills the amount in; typing an amount puts the pieces away."""

    def __init__(self, desk: Desk, given: Given) -> None:
        super().__init__(desk, "cash_count", given)
        t = self.t
        self._book: int | None = None
        self._from_pieces = False
        self._asked: tuple[str | None, date | None] = (None, None)
        self.account, account_row = self.cash_field("account", t("Which cash"))
        self.counted = MoneyField(self.kit, large=True)
        self.counted_row = self.labelled(
            "counted",
            t("Counted"),
            self.counted,
            t("What is really there, even where the book says otherwise"),
        )
        self.pieces = DenominationGrid(self.kit)
        self.add("denominations", self.pieces)
        self._lay_out(account_row)
        self.words_fields(ref=t("Number of the minutes"))
        self.pieces.changed.connect(self._pieces_changed)
        self.counted.textEdited.connect(lambda _text: self._amount_typed())
        self.account.changed.connect(self._account_changed)
        self.date.changed.connect(self._ask_balance)
        self.finish(receipt=False)
        self._account_changed()

    def _lay_out(self, account_row: QWidget) -> None:
        left = QWidget()
        page = column(left, space=12)
        page.addWidget(self.day_field())
        page.addWidget(account_row)
        page.addWidget(self.counted_row)
        page.addWidget(rule())
        line = row(space=8)
        self.book_title = label("", "body")
        self.book_text = figures(self.kit, "", "strong")
        line.addWidget(self.book_title, 1)
        line.addWidget(self.book_text)
        page.addLayout(line)
        page.addStretch(1)
        self.right = Card(self.t("Notes and coins"))
        self.right.body.addWidget(self.pieces)
        self.right.body.addStretch(1)
        self.across((left, 1), (self.right, 1), space=16)

    # -- how the two ways of counting go together ------------------------------------------

    def _pieces_changed(self) -> None:
        if self.pieces.counts:
            self.counted.set_number(self.pieces.total)
        elif self._from_pieces:
            self.counted.set_number(None)
        self._from_pieces = bool(self.pieces.counts)

    def _amount_typed(self) -> None:
        self._from_pieces = False
        self.pieces.set_counts({})

    def _account_changed(self) -> None:
        bank = self.account.code() == BANK
        self.right.setVisible(not bank)
        if bank:
            self.pieces.set_counts({})
        title = self.t("Last line of the bank's book") if bank else self.t("Counted")
        self.counted_row.title.setText(title)
        self._ask_balance()

    # -- what the book says ----------------------------------------------------------------

    def learnt(self, known: Choices) -> None:
        names = [(code, text.partition(" · ")[0]) for code, text in self.cash_choices(known)]
        self.account.set_choices(names)
        self._account_changed()

    def _ask_balance(self) -> None:
        """The balance that the count is measured by: of that day, as recorded so far."""
        account, day = self.account.code(), self.date.value()
        if account is None or day is None or (account, day) == self._asked:
            return
        self._asked = (account, day)
        self.desk.tasks.run(
            lambda book: _balance(book, account, day),
            self._show_balance,
            key=("balance", id(self)),
            owner=self,
        )

    def _show_balance(self, balance: int | None) -> None:
        self._book = balance
        formats, day = self.kit.formats, self._asked[1]
        assert day is not None
        self.book_title.setText(self.t("In the book on {day}", day=formats.day(day)))
        self.book_text.setText(formats.rupiah(balance) if balance is not None else NIL)
        self.show_remarks()

    def remarks(self) -> Iterator[Remark]:
        counted = self.counted.number()
        if counted is None or self._book is None:
            return
        t, difference = self.t, counted - self._book
        amount, bank = self.kit.formats.rupiah(abs(difference)), self.account.code() == BANK
        if not difference:
            yield Remark(t("Exactly right."), t("Book and count agree."), "good")
            return
        if bank:
            yield Remark(
                t("Differs by {amount}.", amount=amount),
                t(
                    "Record interest and charges of the bank first; what is left is recorded as a "
                    "difference."
                ),
                "warn",
            )
            return
        strong = t("Cash is {amount} short", amount=amount)
        if difference > 0:
            strong = t("Cash is {amount} over", amount=amount)
        yield Remark(strong + ".", t("It is recorded as a cash difference."), "warn")

    def to_command(self) -> CashCount:
        day, account, counted = self.date.value(), self.account.code(), self.counted.number()
        assert day is not None
        assert account is not None
        assert counted is not None
        return CashCount(
            id=self.command_id,
            date=day,
            account=account,
            counted=counted,
            denominations=self.pieces.counts or None,
            memo=self.memo.value(),
            ref=self.ref.value(),
        )


def _balance(book: Book, account: str, day: date) -> int | None:
    """What a count of nothing would be short of; None where nothing can be counted that day."""
    found = book.foresee(CashCount(date=day, account=account, counted=0))
    if found.issues:
        return None
    return sum(-each.amount for each in found.postings if each.account == account)


def make(desk: Desk, given: Given) -> QDialog:
    return FormDialog(CashCountForm(desk, given), desk.kit.t("Count the cash"), width=WIDTH)
