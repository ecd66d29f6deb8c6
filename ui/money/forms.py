"""The forms of money: transfer, receipt, payment and cash count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from kwt_books.book import Book
from kwt_books.domain.accounts import BANK
from kwt_books.domain.documents.lines import PaidLine
from kwt_books.domain.documents.money import CashCount, Payment, Receipt, Transfer
from kwt_books.i18n.catalogue import noop
from kwt_books.i18n.formats import NIL
from kwt_books.queries.money import Choices
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.document_form import MoneyForm, Remark, level
from ui.kit.field import MoneyField
from ui.kit.form import opens
from ui.kit.layout import column, figures, fill, label, row, rule
from ui.kit.lines import AccountLines
from ui.kit.party import paid_for, received_for
from ui.kit.picker import DenominationGrid
from ui.kit.workspace import Given, Workspace
from ui.money.spending import SpendingForm


class TransferForm(MoneyForm):
    """Pindah uang: from one cash account to another (STREAM.md, `transfer`)."""

    makes = Transfer

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "transfer", given)
        t = self.t
        self.amount = MoneyField(self.ui)
        own = t("The group's own money just moves: nothing is earned or spent")
        amount = self.labelled("amount", t("Amount"), self.amount, own)
        self.across((self.day_field(), 1), (amount, 1))
        self.source, source_row = self.cash_field("from", t("Money from"))
        self.to, to_row = self.cash_field("to", t("Money to"), usual=BANK)
        self.turn_button = Button(self.ui, "", "arrows-left-right").hint(t("Swap them"))
        self.turn_button.when_clicked(self.turn)
        self.across((source_row, 1), (level(self.turn_button), 0), (to_row, 1), space=8)
        self.words_fields()
        self.finish()

    def turn(self) -> None:
        """Swaps the two accounts."""
        source, to = self.source.value(), self.to.value()
        self.source.set_value(to)
        self.to.set_value(source)

    def total(self) -> int:
        """The amount in rupiah."""
        return self.amount.value() or 0

    def remarks(self) -> Iterator[Remark]:
        """That the cash does not suffice."""
        yield from self.below_zero(self.source.value(), self.total())


make_transfer = opens(TransferForm, noop("Move money"), width=760, verb=noop("Move it"))


class ReceiptForm(MoneyForm):
    """Terima: money received, mostly what was owed, not from a sale (STREAM.md, `receipt`)."""

    makes = Receipt

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "receipt", given)
        t = self.t
        first = ("shop", "customer", "member", "agency")
        party = self.party_field(t("Who pays"), "customer", t("Optional"), first=first)
        self.across((self.day_field(), 1), (party, 1))
        self.notes_here()
        self.rows = self.lines("lines", AccountLines(self.ui, t("What for")))
        self.add_total()
        self.into, into_row = self.cash_field("into", t("Goes into"))
        self.across((into_row, 1), (QWidget(), 1))
        self.words_fields(ref=t("Receipt number"))
        self.finish()

    def learnt(self, known: Choices) -> None:
        """Offers what money is received for."""
        self.rows.learn(received_for(self.ui, known.setup))

    def remarks(self) -> Iterator[Remark]:
        """What the party still owes, with a button that fills it in."""
        party, rupiah = self.party.value(), self.ui.formats.rupiah
        for debt in self.known.claims if self.known is not None and party else ():
            if debt.party != party or debt.owed <= 0 or self.rows.names(debt.account.code):
                continue
            since = self.ui.formats.day(debt.since) if debt.since is not None else ""
            yield Remark(
                self.t("{name} still owes {amount}.", name=debt.name, amount=rupiah(debt.owed)),
                self.t("Since {day}.", day=since) if since else "",
                "",
                self.t("It is paid now"),
                partial(self.rows.fill, debt.account.code, debt.owed),
            )


make_receipt = opens(ReceiptForm, noop("Receive money"), width=680)


class PaymentForm(SpendingForm):
    """Bayar: costs, debts and loans, perhaps from a fund (STREAM.md, `payment`)."""

    makes = Payment

    paid_path = "from"

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "payment", given)
        t = self.t
        first = ("supplier", "agency", "member")
        party = self.party_field(t("Paid to"), "supplier", t("Optional"), first=first)
        self.across((self.day_field(), 1), (party, 1))
        self.rows = self.lines(
            "lines", AccountLines(self.ui, t("What for"), PaidLine, self.budget_column())
        )
        self.add_total()
        self.payer_fields(may_owe=False)
        self.notes_here()
        self.words_fields(ref=t("Receipt number"))
        self.finish()

    def learnt(self, known: Choices) -> None:
        """Offers what money is paid for."""
        super().learnt(known)
        self.rows.learn(paid_for(self.ui, known.setup))

    def debt_remark(self, known: Choices) -> Iterator[Remark]:
        """The debt to the party, with a button that fills it in."""
        debt = self.debt_with(known)
        if debt is None or self.rows.names(debt.account.code):
            return
        account, owed = debt.account.code, debt.owed
        for each in super().debt_remark(known):
            offer = self.t("Pay it now")
            yield Remark(each.strong, each.text, "", offer, lambda: self.rows.fill(account, owed))


make_payment = opens(PaymentForm, noop("Pay"), width=940)


# -- Hitung kas: cash counted against the book; of the bank, the passbook's balance --------------


class CashCountForm(MoneyForm):
    """Hitung kas: cash counted against the book (STREAM.md, `cash_count`). Counting pieces fills in
    the amount; typing an amount clears the pieces.
    """

    makes = CashCount

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "cash_count", given)
        t = self.t
        self.in_book: int | None = None
        self._from_pieces = False
        self._asked: tuple[str | None, date | None] = (None, None)
        self.account, account_row = self.cash_field("account", t("Which cash account"))
        self.counted = MoneyField(self.ui, large=True)
        self.counted_row = self.labelled(
            "counted",
            t("Counted"),
            self.counted,
            t("What is really there, even if the book says otherwise"),
        )
        self.pieces = DenominationGrid(self.ui)
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
        page = column(parent=left, space=12)
        self.book_title = label("", "body")
        self.book_text = figures(self.ui, "", "strong")
        line = row((self.book_title, 1), self.book_text, space=8)
        fill(page, self.day_field(), account_row, self.counted_row, rule(), line, ...)
        self.right = Card(self.t("Notes and coins"))
        fill(self.right.body, self.pieces, ...)
        self.across((left, 1), (self.right, 1), space=16)

    # -- pieces and amount -----------------------------------------------------------------

    def _pieces_changed(self) -> None:
        if self.pieces.value():
            self.counted.set_value(self.pieces.total)
        elif self._from_pieces:
            self.counted.set_value(None)
        self._from_pieces = bool(self.pieces.value())

    def _amount_typed(self) -> None:
        self._from_pieces = False
        self.pieces.set_value({})

    def _account_changed(self) -> None:
        bank = self.account.value() == BANK
        self.right.setVisible(not bank)
        if bank:
            self.pieces.set_value({})
        title = self.t("Last line of the passbook") if bank else self.t("Counted")
        self.counted_row.title.setText(title)
        self._ask_balance()

    # -- what the book says ----------------------------------------------------------------

    def learnt(self, known: Choices) -> None:
        """Offers the cash accounts."""
        names = [(code, text.partition(" · ")[0]) for code, text in self.cash_choices(known)]
        self.account.set_choices(names)
        self._account_changed()

    def _ask_balance(self) -> None:
        """Asks for the account's balance on the day, by what is recorded so far."""
        account, day = self.account.value(), self.date.value()
        if account is None or day is None or (account, day) == self._asked:
            return
        self._asked = (account, day)
        self.ask_book(lambda book: _balance(book, account, day), self._show_balance, key="balance")

    def _show_balance(self, balance: int | None) -> None:
        self.in_book = balance
        formats, day = self.ui.formats, self._asked[1]
        assert day is not None
        self.book_title.setText(self.t("In the book on {day}", day=formats.day(day)))
        self.book_text.setText(formats.rupiah(balance) if balance is not None else NIL)
        self.show_remarks()

    def remarks(self) -> Iterator[Remark]:
        """Whether the count agrees, else the difference in rupiah."""
        counted = self.counted.value()
        if counted is None or self.in_book is None:
            return
        t, difference = self.t, counted - self.in_book
        amount, bank = self.ui.formats.rupiah(abs(difference)), self.account.value() == BANK
        if not difference:
            yield Remark(t("Exactly right."), t("Book and count agree."), "good")
            return
        if bank:
            yield Remark(
                t("Differs by {amount}.", amount=amount),
                t(
                    "First record the bank's interest and charges; what is left is recorded as a "
                    "difference."
                ),
                "warn",
            )
            return
        strong = t("Cash is {amount} short", amount=amount)
        if difference > 0:
            strong = t("Cash is {amount} over", amount=amount)
        yield Remark(strong + ".", t("It is recorded as a cash difference."), "warn")

    def derived(self) -> dict[str, Any]:
        """The pieces, None where an amount was typed."""
        return {"denominations": self.pieces.value() or None}


def _balance(book: Book, account: str, day: date) -> int | None:
    """The account's balance on that day, in rupiah; None where it can't be counted then."""
    found = book.preview(CashCount(date=day, account=account, counted=0))
    if found.issues:
        return None
    return sum(-each.amount for each in found.postings if each.account == account)


make_cash_count = opens(CashCountForm, noop("Count the cash"), width=720)
