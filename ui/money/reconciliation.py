"""Cocokkan dengan bank: the bank's balance against the book, less what the bank has yet to show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from kwt_books.domain.accounts import BANK, TILLS
from kwt_books.domain.documents.money import BankReconciliation
from kwt_books.i18n.catalogue import noop
from kwt_books.queries.money import Choices
from kwt_books.queries.reconciliations import BankKnown, BankLine, bank_known
from ui.kit.composite import RowComposite
from ui.kit.document_form import MoneyForm, Remark
from ui.kit.field import MoneyField
from ui.kit.form import opens
from ui.kit.layout import column, figures, fill, label, row
from ui.kit.look import UiContext
from ui.kit.ticks import TICK, TickTable
from ui.kit.workspace import Given, Workspace

_TICK, _DAY, _NUMBER, _TEXT, _AMOUNT = range(5)


class OutstandingList(RowComposite):
    """An input of voucher numbers, and the teller of each (`outstanding.1`)."""

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        t = ui.t
        self._lines: tuple[BankLine, ...] = ()
        self._chosen: list[str] = []
        titles = [t("Not yet"), t("Date"), t("Number"), t("Details"), t("Amount")]
        self.table = TickTable(
            ui, t("What the bank does not show yet"), titles, _TEXT,
            ticked=(_TICK,), figures=(_AMOUNT,),
        )  # fmt: skip
        self.table.pressed_at.connect(self.press)
        self.table.fit()
        column(self.table, self.message, parent=self, space=4)

    def learn(self, lines: tuple[BankLine, ...]) -> None:
        """Takes the documents of the account; what waited last time comes ticked."""
        self._lines = lines
        self.table.setRowCount(len(lines))
        formats = self._ui.formats
        for place, line in enumerate(lines):
            self.table.put(place, _DAY, formats.day(line.day))
            self.table.put(place, _NUMBER, line.number)
            self.table.put(place, _TEXT, line.text)
            self.table.put(place, _AMOUNT, formats.number(line.amount))
            self._put_tick(place)
        self.table.fit()
        self.changed.emit()

    def _put_tick(self, place: int) -> None:
        self.table.put(place, _TICK, TICK if self._is_chosen(self._lines[place]) else "")

    def _is_chosen(self, line: BankLine) -> bool:
        return line.number in self._chosen or line.id in self._chosen

    def press(self, place: int, _at: int) -> None:
        """Ticks a document, or takes the tick away, wherever its row is pressed."""
        line = self._lines[place]
        if self._is_chosen(line):
            self._chosen = [each for each in self._chosen if each not in (line.id, line.number)]
        else:
            self._chosen.append(line.number)
        self._put_tick(place)
        self.table.setCurrentCell(place, _TICK)
        self.touch()
        self.changed.emit()

    def unseen(self) -> int:
        """What the ticked documents come to, in rupiah."""
        return sum(line.amount for line in self._lines if self._is_chosen(line))

    # -- as an input -----------------------------------------------------------------------

    def value(self) -> tuple[str, ...]:
        """The ids of the documents that the bank has yet to show."""
        return tuple(self._chosen)

    def state(self) -> object:
        """What a draft keeps: the ticked ids."""
        return list(self._chosen)

    def set_value(self, value: Any) -> None:
        """Ids or voucher numbers of documents."""
        self._chosen = [str(each) for each in value] if isinstance(value, list | tuple) else []
        for place in range(len(self._lines)):
            self._put_tick(place)
        self.changed.emit()

    # -- as a teller -----------------------------------------------------------------------

    @property
    def field(self) -> QWidget:
        """The field that gets the keyboard when something is wrong."""
        return self.table

    def said_rows(self) -> list[tuple[str, str]]:
        """The ticked documents."""
        return [(each, each) for each in self._chosen]


class ReconciliationForm(MoneyForm):
    """The bank's balance beside the book's, and what the bank has yet to show (STREAM.md)."""

    makes = BankReconciliation

    def __init__(self, workspace: Workspace, given: Given) -> None:
        super().__init__(workspace, "bank_reconciliation", given)
        t, ui = self.t, self.ui
        self._bank: BankKnown | None = None
        self._asked: tuple[str | None, date | None] = (None, None)
        self._ticked = bool(given)
        self.account, account_row = self.cash_field("account", t("Which account"), usual=BANK)
        self.statement = MoneyField(ui, negative=True)
        statement = self.labelled(
            "statement", t("The bank's balance"), self.statement,
            t("The last line of the passbook or statement on that day"),
        )  # fmt: skip
        self.across((self.day_field(), 1), (account_row, 1), (statement, 1))
        told = t("Tick what the bank does not show yet: a deposit on its way, a cheque not cashed.")
        self.body.addWidget(label(told, "caption", wrap=True))
        self.outstanding = self.lines("outstanding", OutstandingList(ui))
        self._sums = {
            title: figures(ui, "", "strong")
            for title in (t("In the book"), t("Not at the bank yet"), t("So the bank should say"))
        }
        line = row(space=8)
        for title, figure in self._sums.items():
            fill(line, label(title, "caption"), figure, 12)
        fill(line, ...)
        self.body.addLayout(line)
        self.notes_here()
        self.words_fields()
        self.account.changed.connect(self._ask_bank)
        self.date.changed.connect(self._ask_bank)
        self.finish(receipt=False)
        self._ask_bank()

    def learnt(self, known: Choices) -> None:
        """Takes what the book answered into the fields."""
        self.account.set_choices(
            [
                (code, text.partition(" · ")[0])
                for code, text in self.cash_choices(known)
                if code not in TILLS
            ]
        )
        self._asked = (None, None)
        self._ask_bank()

    def _ask_bank(self) -> None:
        """The balance and the lines of that account and day."""
        account, day = self.account.value(), self.date.value()
        if account is None or day is None or (account, day) == self._asked:
            return
        self._asked, language = (account, day), self.ui.language
        self.ask_book(
            lambda book: book.read_in(language, bank_known, account, day),
            self._show_bank,
            key="bank",
        )

    def _show_bank(self, known: BankKnown) -> None:
        self._bank = known
        waited = [line.number for line in known.lines if line.waited]
        if waited and not self._ticked and not self.outstanding.value():
            self.outstanding.set_value(waited)
        self._ticked = True
        self.outstanding.learn(known.lines)

    @property
    def expected(self) -> int | None:
        """What the bank should say, by the book and the ticks; rupiah."""
        return self._bank.balance - self.outstanding.unseen() if self._bank is not None else None

    def remarks(self) -> Iterator[Remark]:
        """What is worth knowing beside the fields."""
        if self._bank is None or self.expected is None:
            return
        rupiah, t = self.ui.formats.rupiah, self.t
        sums = (self._bank.balance, self.outstanding.unseen(), self.expected)
        for figure, amount in zip(self._sums.values(), sums, strict=True):
            figure.setText(rupiah(amount))
        said = self.statement.value()
        if said is None:
            return
        if difference := said - self.expected:
            text = t(
                "First record the bank's interest and charges, and tick what it does not show yet."
            )
            more = t("The bank has {amount} more than that.", amount=rupiah(difference))
            less = t("The bank has {amount} less than that.", amount=rupiah(-difference))
            yield Remark(more if difference > 0 else less, text, "warn")
        else:
            yield Remark(t("It agrees."), t("Bank and book agree."), "good")


make_reconciliation = opens(ReconciliationForm, noop("Reconcile with the bank"), width=820)
