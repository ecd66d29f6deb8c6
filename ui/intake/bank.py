"""Cocokkan dengan bank: the bank's list beside the book, what it lacks ticked to be recorded, and a
reconciliation at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame

from kwt_books.book import Book
from kwt_books.domain.accounts import BANK, TILLS
from kwt_books.domain.errors import BookError
from kwt_books.domain.values import month_of
from kwt_books.services.intake.bank_list import BankList, open_bank_list
from kwt_books.services.intake.bank_match import Comparison, Proposed, compare
from kwt_books.services.intake.entry import Remark
from ui.kit.button import Button
from ui.kit.card import Card, Note
from ui.kit.dialog import dialog_head
from ui.kit.document_form import NOTHING_SET_UP
from ui.kit.field import MoneyField
from ui.kit.file_dialog import Use, ask_which
from ui.kit.layout import column, fill, label, open_up, row
from ui.kit.list import Heading, ListRow, ListTable
from ui.kit.look import GUTTER, ROW_TWO_LINES
from ui.kit.picker import Choice, Picker
from ui.kit.table import Cell
from ui.kit.worker import Change, Progress
from ui.kit.workspace import Given, LongWork, Workspace

_PATTERN = "*.csv *.xlsx *.xls *.ods *.txt *.ofx *.qfx"
_WIDTH, _HEIGHT = 1120, 740
_REMARKS = 2
"""What is odd about the list: so much of it is told."""


class BankDialog(QDialog):
    """Holds a list of the bank against the book."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace, self._ui, self._t = workspace, workspace.ui, workspace.ui.t
        self._listed: BankList | None = None
        self._path: Path | None = None
        self._left_out: set[str] = set()
        """Fingerprints of proposals that are not to be recorded."""
        self._purposes: dict[str, str] = {}
        self.found: Comparison | None = None
        self.setWindowTitle(self._t("Compare with the bank"))
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.record)
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self.choose_file)
        open_up(self, self._ui.theme.px(_WIDTH), self._ui.theme.px(_HEIGHT))
        self._show(None)

    # -- laid out ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        t, ui = self._t, self._ui
        page = column(dialog_head(ui, "bank", t("Compare with the bank")), parent=self)
        setup = self._workspace.setup or NOTHING_SET_UP
        banks = [(each.code, each.name) for each in setup.cash_accounts if each.code not in TILLS]
        self.account = Choice(ui, banks or [(BANK, BANK)], BANK)
        self.account.setAccessibleName(t("Account"))
        self.account.changed.connect(self._compare)
        self.file_button = Button(ui, t("Choose file"), "bank", kind="primary")
        self.file_button.when_clicked(self.choose_file)
        self.note = Note(ui)
        self.listed_account = Choice(ui, [])
        self.listed_account.setAccessibleName(t("Account on the list"))
        self.listed_account.changed.connect(self._account_chosen)
        self.listed_account.hide()
        fill(page, row(self.file_button, self.account, self.listed_account, (self.note, 1),
                       space=12, margins=GUTTER))  # fmt: skip
        card = Card(margins=0, space=0)
        headings = [Heading(t("Date")), Heading(t("The bank's list")), Heading(t("In the book"))]
        self.rows = ListTable(ui, [*headings, Heading(t("Amount"), figures=True)], ROW_TWO_LINES)
        self.rows.stretch(1)
        self.rows.setAccessibleName(t("Bank movements"))
        self.rows.chosen.connect(lambda _key: self._show_buttons())
        self.rows.opened.connect(lambda _key: self.tick())
        fill(card.body, (self.rows, 1), self._below())
        fill(page, (row((card, 1), margins=(GUTTER, 0, GUTTER, 0)), 1), self._bar())

    def _below(self) -> QFrame:
        t, ui = self._t, self._ui
        below = QFrame()
        self.tick_button = Button(ui, t("Leave out"), kind="quiet").when_clicked(self.tick)
        self.purpose = Picker(ui, required=False, placeholder=t("What for"))
        self.purpose.setAccessibleName(t("What for"))
        self.purpose.changed.connect(self._purpose_chosen)
        line = row(
            self.tick_button, ..., label(t("What for"), "caption"), (self.purpose, 1),
            space=8, margins=(12, 8, 12, 8),
        )  # fmt: skip
        below.setLayout(line)
        return below

    def _bar(self) -> QFrame:
        t, ui = self._t, self._ui
        bar = QFrame()
        bar.setObjectName("bar")
        self.statement = MoneyField(ui, required=False, negative=True)
        self.statement.setAccessibleName(t("Balance on the statement"))
        self.statement.setFixedWidth(ui.theme.px(150))
        self.statement.changed.connect(self._show_balance)
        self.expected = label("", "caption")
        close = Button(ui, t("Close")).when_clicked(self.reject)
        self.record_button = Button(ui, t("Record"), kind="primary").when_clicked(self.record)
        bar.setLayout(row(
            label(t("Balance on the statement"), "caption"), self.statement, (self.expected, 1),
            close, self.record_button, space=8, margins=GUTTER,
        ))  # fmt: skip
        return bar

    # -- the list ------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Asks for a file and holds it against the book."""
        pattern = f"{self._t('Bank lists')} ({_PATTERN})"
        for path in ask_which(self, self._t("Compare with the bank"), pattern, Use.SHEET):
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Reads a list; what is wrong with it is told, and the one before stays."""
        self._path = path
        self.listed_account.hide()
        self._open(path, None)

    def _open(self, path: Path, account: str | None) -> None:
        def refused(error: BookError) -> None:
            if error.code != "several-accounts":
                self._refused(error)
                return
            self._offer_accounts(str(error.params["known"]).split(", "))

        self._workspace.tasks.run(
            lambda _book: open_bank_list(path, account=account), self._read, refused,
            key="list", owner=self,
        )  # fmt: skip

    def _offer_accounts(self, numbers: Sequence[str]) -> None:
        """Asks which of the accounts in the file is meant."""
        field = self.listed_account
        field.blockSignals(True)
        field.clear()
        field.addItem(self._t("Which account?"), "")
        for number in numbers:
            field.addItem(number, number)
        field.blockSignals(False)
        field.show()
        field.setFocus()
        self.note.say(self._t("The file has several accounts: choose the one that is meant."),
                      "warn")  # fmt: skip

    def _account_chosen(self) -> None:
        if self._path is not None and (number := self.listed_account.value()):
            self._open(self._path, number)

    def _read(self, listed: BankList) -> None:
        if listed.stops:
            self.note.say(self._said(listed.stops[0]), "error", strong=listed.name)
            return
        self._listed, self._left_out, self._purposes = listed, set(), {}
        self.statement.set_value(listed.balance if listed.balance is not None else "")
        self._compare()

    def _said(self, remark: Remark) -> str:
        said = f" ({remark.said})" if remark.said else ""
        return f"{remark.cell}{said}: {self._workspace.explain(remark.issue)}"

    def _refused(self, error: BookError) -> None:
        self._workspace.problems.show(error)

    def _compare(self) -> None:
        listed = self._listed
        if listed is None:
            return
        account, purposes, language = self.account.value(), dict(self._purposes), self._ui.language
        self._workspace.tasks.run(
            lambda book: book.read_in(language, compare, listed, account, purposes),
            self._show,
            self._refused,
            key="compare",
            owner=self,
        )

    # -- shown ---------------------------------------------------------------------------------

    def _show(self, found: Comparison | None) -> None:
        self.found = found
        if found is None:
            text = self._t("The movements of the account, as the bank gives them: CSV, Excel, OFX.")
            self.note.say(text)
        else:
            text = self._t(
                "{agreed} agree, {proposed} are proposed, {waiting} are not on the list.",
                agreed=len(found.agreed),
                proposed=len(found.proposed),
                waiting=len(found.outstanding),
            )
            odd = found.listed.remarks
            told = " ".join((text, *(self._said(each) for each in odd[:_REMARKS])))
            self.note.say(told, "warn" if odd else "", strong=found.listed.name)
        self._show_rows()
        self._show_balance()

    def _show_rows(self) -> None:
        found = self.found
        self.rows.show_rows(self._rows(found) if found is not None else [])
        self._show_buttons()

    def _rows(self, found: Comparison) -> list[ListRow]:
        t, number, rows = self._t, self._ui.formats.number, []
        for each in found.proposed:
            out = each.movement.print in self._left_out
            name = t("left out") if out else t("to be recorded")
            purpose = self._name(each.account) + ("" if each.sure else " ?")
            tone = "quiet" if out else "good" if each.sure else "warn"
            rows.append(self._row(each.movement, Cell(name, purpose, tone=tone, icon="plus")))
        for waiting in found.outstanding:
            day = self._ui.formats.numeric_day(waiting.day)
            rows.append(ListRow(("", waiting.number), (
                Cell(day), Cell(t("not on the list"), tone="warn"),
                Cell(waiting.number, waiting.text), Cell(number(waiting.amount)),
            )))  # fmt: skip
        for agreed in found.agreed:
            numbers = ", ".join(line.number for line in agreed.lines) or t("recorded before")
            fee = t("fee {amount}", amount=number(agreed.fee)) if agreed.fee else ""
            rows.append(self._row(agreed.movement, Cell(numbers, fee, icon="check")))
        return rows

    def _row(self, movement: Any, book: Cell) -> ListRow:
        formats = self._ui.formats
        return ListRow(("m", movement.print), (
            Cell(formats.numeric_day(movement.day)), Cell(movement.words), book,
            Cell(formats.number(movement.amount), tone="good" if movement.amount > 0 else ""),
        ))  # fmt: skip

    def _name(self, code: str) -> str:
        setup = self._workspace.setup
        account = setup.accounts.get(code) if setup is not None else None
        if account is None:
            return code
        return account.name_en if self._ui.language == "en" else account.name

    @property
    def proposal(self) -> Proposed | None:
        """The proposal that is selected."""
        key = self.rows.key
        proposed = self.found.proposed if self.found is not None else ()
        return next((each for each in proposed if ("m", each.movement.print) == key), None)

    @property
    def wanted(self) -> tuple[Proposed, ...]:
        """The proposals that are recorded."""
        proposed = self.found.proposed if self.found is not None else ()
        return tuple(each for each in proposed if each.movement.print not in self._left_out)

    def _show_buttons(self) -> None:
        chosen, setup = self.proposal, self._workspace.setup
        self.tick_button.setEnabled(chosen is not None)
        out = chosen is not None and chosen.movement.print in self._left_out
        self.tick_button.setText(self._t("Record it after all") if out else self._t("Leave out"))
        self.purpose.blockSignals(True)
        if chosen is not None and setup is not None:
            self.purpose.set_choices([(code, self._name(code)) for code in setup.accounts])
            self.purpose.set_value(chosen.account)
        self.purpose.setEnabled(chosen is not None)
        self.purpose.blockSignals(False)

    def _show_balance(self) -> None:
        found, said = self.found, self.statement.value()
        if found is None:
            self.expected.setText("")
            self.record_button.setEnabled(False)
            return
        expected, t = self._expected(found), self._t
        rupiah = self._ui.formats.rupiah
        if said is None:
            text = t("With everything to be recorded, the bank should show {expected}.",
                     expected=rupiah(expected))  # fmt: skip
        elif said == expected:
            text = t("It agrees, and is reconciled.")
        else:
            text = t("It differs by {amount}: what is proposed is recorded, no reconciliation.",
                     amount=rupiah(said - expected))  # fmt: skip
        self.expected.setText(text)
        self.record_button.setEnabled(bool(self.commands(found)))

    def _expected(self, found: Comparison) -> int:
        out = sum(each.movement.amount for each in found.proposed
                  if each.movement.print in self._left_out)  # fmt: skip
        return found.expected - out

    def commands(self, found: Comparison) -> tuple[Any, ...]:
        """What is recorded: the movements that are ticked, and a reconciliation that agrees."""
        said = self.statement.value()
        agrees = said is not None and said == self._expected(found)
        return found.commands(self.wanted, said if agrees else None)

    # -- what is done with it --------------------------------------------------------------------

    def tick(self) -> None:
        """Leaves the selected proposal out, or takes it in again."""
        if (chosen := self.proposal) is not None:
            self._left_out ^= {chosen.movement.print}
            self._show_rows()
            self._show_balance()

    def _purpose_chosen(self) -> None:
        chosen, account, setup = self.proposal, self.purpose.value(), self._workspace.setup
        if chosen is None or account is None or setup is None or account not in setup.accounts:
            return
        if account != chosen.account:
            self._purposes[chosen.movement.print] = account
            self._compare()

    def record(self) -> None:
        """Records what is ticked and, where the balance agrees, the reconciliation: all or none."""
        found = self.found
        if found is None or not self.record_button.isEnabled():
            return
        commands = self.commands(found)

        def work(book: Book, tell: Progress) -> int:
            return len(book.record_together(commands, tell, head=found.head))

        title = self._t("Compare with the bank")
        LongWork(self._workspace, title, len(commands), self).start(
            work, self._recorded, self._refused
        )

    def _recorded(self, documents: int) -> None:
        kinds = frozenset({"receipt", "payment", "transfer", "bank_reconciliation"})
        self._workspace.tasks.changed.emit(Change(kinds))
        if self._listed is not None:
            self._workspace.show_month(month_of(self._listed.last))
        self._workspace.say(
            self._t.ngettext("{n} document recorded.", "{n} documents recorded.", documents)
        )
        self.accept()


def make_bank(workspace: Workspace, _given: Given) -> BankDialog:
    """The window that holds a bank's list against the book."""
    return BankDialog(workspace)
