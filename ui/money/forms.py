"""Pindah uang: from one cash account to another, above all to the bank and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from PySide6.QtWidgets import QDialog, QWidget

from kwt_books.book import Book
from kwt_books.domain.accounts import BANK
from kwt_books.domain.documents.lines import PaidLine
from kwt_books.domain.documents.money import CashCount, Payment, Receipt, Transfer
from kwt_books.i18n.formats import NIL
from kwt_books.queries.money import Choices, Debt
from ui.kit.button import Button, SegmentField
from ui.kit.card import Card
from ui.kit.document_form import MoneyForm, Remark, level
from ui.kit.field import FieldRow, MoneyField
from ui.kit.form import FormDialog
from ui.kit.layout import column, figures, label, row, rule
from ui.kit.lines import AccountLines
from ui.kit.party import account_name, paid_for, received_for
from ui.kit.picker import DenominationGrid, Picker
from ui.kit.workspace import Given, Workspace

_TRANSFER_WIDTH = 760


class TransferForm(MoneyForm):
    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "transfer", given)
        t = self.t
        self.amount = MoneyField(self.ui)
        own = t("The group's own money changes its place: nothing is earned or spent")
        amount = self.labelled("amount", t("Amount"), self.amount, own)
        self.across((self.day_field(), 1), (amount, 1))
        self.source, source_row = self.cash_field("from", t("Money from"))
        self.to, to_row = self.cash_field("to", t("Money to"), usual=BANK)
        self.turn_button = Button(self.ui, "", "arrows-left-right").hint(t("The other way round"))
        self.turn_button.when_clicked(self.turn)
        self.across((source_row, 1), (level(self.turn_button), 0), (to_row, 1), space=8)
        self.words_fields()
        self.finish()

    def turn(self) -> None:
        source, to = self.source.code(), self.to.code()
        self.source.choose(to)
        self.to.choose(source)

    def learnt(self, known: Choices) -> None:
        for picker in (self.source, self.to):
            picker.set_choices(self.cash_choices(known))

    def total(self) -> int:
        return self.amount.number() or 0

    def remarks(self) -> Iterator[Remark]:
        yield from self.below_zero(self.source.code(), self.total())

    def to_command(self) -> Transfer:
        day, source, to = self.date.value(), self.source.code(), self.to.code()
        amount = self.amount.number()
        assert day is not None
        assert source is not None
        assert to is not None
        assert amount is not None
        return Transfer(
            id=self.command_id,
            date=day,
            source=source,
            to=to,
            amount=amount,
            memo=self.memo.value(),
        )


def make_transfer(workspace: Workspace, given: Given) -> QDialog:
    return FormDialog(
        TransferForm(workspace, given), workspace.ui.t("Move money"), width=_TRANSFER_WIDTH
    )


# -- Terima: money that comes in otherwise than by a sale, above all what was owed ---------------


_RECEIPT_WIDTH = 680


class ReceiptForm(MoneyForm):
    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "receipt", given)
        t = self.t
        party = self.party_field(t("Who pays"), "customer", t("May stay empty"))
        self.across((self.day_field(), 1), (party, 1))
        self.notes_here()
        self.rows = AccountLines(self.ui, t("What for"))
        self.lines("lines", self.rows)
        self.add_total()
        self.into, into_row = self.cash_field("into", t("Goes into"))
        self.across((into_row, 1), (QWidget(), 1))
        self.words_fields(ref=t("Number of the receipt"))
        self.finish()

    def learnt(self, known: Choices) -> None:
        self.into.set_choices(self.cash_choices(known))
        self.party.learn(known.setup, ("shop", "customer", "member", "agency"))
        self.rows.learn(received_for(self.ui, known.setup))

    def total(self) -> int:
        return self.rows.total()

    def remarks(self) -> Iterator[Remark]:
        """What the one it comes from still owes, ready to be filled in."""
        party, rupiah = self.party.code(), self.ui.formats.rupiah
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

    def to_command(self) -> Receipt:
        day, into = self.date.value(), self.into.code()
        assert day is not None
        assert into is not None
        return Receipt(
            id=self.command_id,
            date=day,
            into=into,
            lines=self.rows.command_lines(),
            party=self.party.party_code(),
            memo=self.memo.value(),
            ref=self.ref.value(),
        )


def make_receipt(workspace: Workspace, given: Given) -> QDialog:
    return FormDialog(
        ReceiptForm(workspace, given), workspace.ui.t("Receive money"), width=_RECEIPT_WIDTH
    ).with_room()


# -- What buying and paying share: who is paid, from which cash, at the cost of which fund -------


PAID, OWED = "paid", "owed"


class SpendingForm(MoneyForm):
    """`paid_path` is the command's key for the cash account."""

    paid_path = "paid_from"

    # -- parts -----------------------------------------------------------------------------

    def payer_fields(self, *, may_owe: bool) -> None:
        """Paid now or owed; from where; of which fund."""
        t = self.t
        self.source, source_row = self.cash_field(self.paid_path, t("Paid from"))
        self.source_row = source_row
        self.fund = Picker(self.ui, required=False, placeholder=t("Not from a fund"))
        set_aside = t("Only where the meeting has set money aside for it")
        fund_row = self.labelled("fund", t("At the cost of the fund"), self.fund, set_aside)
        self.way: SegmentField | None = None
        if may_owe:
            self.way = SegmentField(self.ui, ((PAID, t("Paid now")), (OWED, t("To be paid later"))))
            self.add("way", self.way)
            way_row = FieldRow(self.ui, t("How is it paid?"), self.way)
            self.across((way_row, 5), (source_row, 5), (fund_row, 5))
            self.changed.connect(self._show_way)
        else:
            self.across((source_row, 1), (fund_row, 1))

    @property
    def owes(self) -> bool:
        return self.way is not None and self.way.current == OWED

    def _show_way(self) -> None:
        self.source_row.setEnabled(not self.owes)
        self.source.required = not self.owes
        self.party.required = self.owes

    def paid_from(self) -> str | None:
        return None if self.owes else self.source.code()

    def begin(self, **given: object) -> None:
        is_document = "lines" in given or "cost" in given
        if is_document and self.way is not None and self.paid_path not in given:
            given["way"] = OWED
        super().begin(**given)
        if self.way is not None:
            self._show_way()

    # -- what is known of the book ---------------------------------------------------------

    def learnt(self, known: Choices) -> None:
        self.source.set_choices(self.cash_choices(known))
        rupiah = self.ui.formats.rupiah
        self.fund.set_choices(
            [
                (each.account.code, f"{account_name(self.ui, each.account)} · {rupiah(each.left)}")
                for each in known.funds
            ]
        )

    # -- what is to be known beforehand ----------------------------------------------------

    def remarks(self) -> Iterator[Remark]:
        if self.known is None:
            return
        yield from self.below_zero(self.paid_from(), self.total())
        yield from self._fund_remark(self.known)
        yield from self.debt_remark(self.known)

    def _fund_remark(self, known: Choices) -> Iterator[Remark]:
        fund, total = self.fund.code(), self.total()
        if fund is None or not total:
            return
        left, rupiah = max(0, known.left(fund)), self.ui.formats.rupiah
        if total > left:
            yield Remark(
                self.t("{fund} has {left} left.", fund=self.name_of(fund), left=rupiah(left)),
                self.t("The other {rest} is not covered by it.", rest=rupiah(total - left)),
                "warn",
            )

    def debt_with(self, known: Choices) -> Debt | None:
        """What the group owes to the one it is dealing with."""
        party = self.party.code()
        return next((each for each in known.owed if each.party == party and each.owed > 0), None)

    def debt_remark(self, known: Choices) -> Iterator[Remark]:
        debt = self.debt_with(known)
        if debt is not None:
            amount = self.ui.formats.rupiah(debt.owed)
            since = self.ui.formats.day(debt.since) if debt.since is not None else ""
            yield Remark(
                self.t("{amount} is still to be paid to {name}.", amount=amount, name=debt.name),
                self.t("Since {day}.", day=since) if since else "",
            )


# -- Bayar: costs of the month, what is owed, what is lent; perhaps at the cost of a fund --------


_PAYMENT_WIDTH = 680


class PaymentForm(SpendingForm):
    paid_path = "from"

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "payment", given)
        t = self.t
        party = self.party_field(t("Paid to"), "supplier", t("May stay empty"))
        self.across((self.day_field(), 1), (party, 1))
        self.rows = AccountLines(self.ui, t("What for"), PaidLine)
        self.lines("lines", self.rows)
        self.add_total()
        self.payer_fields(may_owe=False)
        self.notes_here()
        self.words_fields(ref=t("Number of the receipt"))
        self.finish()

    def learnt(self, known: Choices) -> None:
        super().learnt(known)
        self.party.learn(known.setup, ("supplier", "agency", "member"))
        self.rows.learn(paid_for(self.ui, known.setup))

    def total(self) -> int:
        return self.rows.total()

    def debt_remark(self, known: Choices) -> Iterator[Remark]:
        debt = self.debt_with(known)
        if debt is None or self.rows.names(debt.account.code):
            return
        account, owed = debt.account.code, debt.owed
        for each in super().debt_remark(known):
            offer = self.t("Pay it now")
            yield Remark(each.strong, each.text, "", offer, lambda: self.rows.fill(account, owed))

    def to_command(self) -> Payment:
        day, source = self.date.value(), self.source.code()
        assert day is not None
        assert source is not None
        return Payment(
            id=self.command_id,
            date=day,
            source=source,
            lines=self.rows.command_lines(),
            party=self.party.party_code(),
            fund=self.fund.code(),
            memo=self.memo.value(),
            ref=self.ref.value(),
        )


def make_payment(workspace: Workspace, given: Given) -> QDialog:
    return FormDialog(
        PaymentForm(workspace, given), workspace.ui.t("Pay"), width=_PAYMENT_WIDTH
    ).with_room()


# -- Hitung kas: notes and coins counted against the book; for the bank, what its book says ------


_CASH_COUNT_WIDTH = 720


class CashCountForm(MoneyForm):
    """Counting pieces fills the amount in; typing an amount puts the pieces away."""

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "cash_count", given)
        t = self.t
        self._book: int | None = None
        self._from_pieces = False
        self._asked: tuple[str | None, date | None] = (None, None)
        self.account, account_row = self.cash_field("account", t("Which cash"))
        self.counted = MoneyField(self.ui, large=True)
        self.counted_row = self.labelled(
            "counted",
            t("Counted"),
            self.counted,
            t("What is really there, even where the book says otherwise"),
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
        page = column(left, space=12)
        page.addWidget(self.day_field())
        page.addWidget(account_row)
        page.addWidget(self.counted_row)
        page.addWidget(rule())
        line = row(space=8)
        self.book_title = label("", "body")
        self.book_text = figures(self.ui, "", "strong")
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
        self.ask_book(lambda book: _balance(book, account, day), self._show_balance, key="balance")

    def _show_balance(self, balance: int | None) -> None:
        self._book = balance
        formats, day = self.ui.formats, self._asked[1]
        assert day is not None
        self.book_title.setText(self.t("In the book on {day}", day=formats.day(day)))
        self.book_text.setText(formats.rupiah(balance) if balance is not None else NIL)
        self.show_remarks()

    def remarks(self) -> Iterator[Remark]:
        counted = self.counted.number()
        if counted is None or self._book is None:
            return
        t, difference = self.t, counted - self._book
        amount, bank = self.ui.formats.rupiah(abs(difference)), self.account.code() == BANK
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
    found = book.preview(CashCount(date=day, account=account, counted=0))
    if found.issues:
        return None
    return sum(-each.amount for each in found.postings if each.account == account)


def make_cash_count(workspace: Workspace, given: Given) -> QDialog:
    return FormDialog(
        CashCountForm(workspace, given), workspace.ui.t("Count the cash"), width=_CASH_COUNT_WIDTH
    )
