"""Cocokkan dengan bank: the bank's list beside the book, what it lacks ticked to be recorded, and a
reconciliation at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from kwt_books.book import Book
from kwt_books.domain.accounts import BANK, TILLS
from kwt_books.domain.errors import BookError
from kwt_books.domain.sheets import BANK_LIST
from kwt_books.domain.values import month_of
from kwt_books.queries.intake import group_name
from kwt_books.queries.reconciliations import BankLine
from kwt_books.services.intake import headings
from kwt_books.services.intake.bank_list import (
    BankList,
    Movement,
    bank_layouts,
    bank_list_of,
    is_ofx,
    open_bank_list,
)
from kwt_books.services.intake.bank_match import Comparison, Proposed, compare, taken_together
from kwt_books.services.intake.entry import Remark
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.sheet import Row, SheetFile, letter, open_sheets
from kwt_books.services.intake.values import text
from ui.intake.layout_part import ImportDialog, LayoutPart
from ui.kit.button import Button
from ui.kit.document_form import NOTHING_SET_UP
from ui.kit.field import MoneyField
from ui.kit.layout import label
from ui.kit.list import ListRow, head_row
from ui.kit.party import account_name
from ui.kit.picker import Choice
from ui.kit.table import Cell
from ui.kit.worker import Change, Progress
from ui.kit.workspace import Given, LongWork, Workspace

_PATTERN = "*.csv *.xlsx *.xls *.ods *.txt *.ofx *.qfx"
_ROWS_SHOWN = 40
"""Rows of a sheet that are shown as they are written, while its columns are not known."""
_REMARKS = 2
"""What is odd about the list: so much of it is told."""


class BankDialog(ImportDialog):
    """Holds a list of the bank against the book."""

    def __init__(self, workspace: Workspace) -> None:
        t = workspace.ui.t
        self._listed: BankList | None = None
        self._sheets: SheetFile | None = None
        """What was opened, where it is no OFX."""
        self._left_out: set[str] = set()
        """Fingerprints of proposals that are not to be recorded."""
        self.found: Comparison | None = None
        files = f"{t('Bank lists')} ({_PATTERN})"
        super().__init__(workspace, "bank", t("Compare with the bank"), files)
        self.show_comparison(None)

    def lay_out(self) -> None:
        """Makes the choice of accounts, the list of movements and the balance."""
        t, ui = self._t, self._ui
        setup = self._workspace.setup or NOTHING_SET_UP
        listed = (each for each in setup.cash_accounts if each.code not in TILLS)
        banks = [(each.code, account_name(ui, each)) for each in listed]
        self.account = Choice(ui, banks or [(BANK, BANK)], BANK)
        self.account.setAccessibleName(t("Account"))
        self.account.changed.connect(self._compare)
        self.listed_account = Choice(ui, [])
        self.listed_account.setAccessibleName(t("Account on the list"))
        self.listed_account.changed.connect(self._account_chosen)
        self.listed_account.hide()
        self.columns_button = Button(ui, t("Columns"), "table", kind="quiet")
        self.columns_button.hint(t("Which column of the list is what"))
        self.columns_button.setCheckable(True)
        self.columns_button.hide()
        titles = t("Date"), t("The bank's list"), t("In the book"), t("Amount")
        self.rows = self.rows_table(t("Bank movements"), head_row(*titles, figures=(3,)), 1, 2)
        self.rows.chosen.connect(lambda _key: self._show_buttons())
        self.rows.opened.connect(lambda _key: self.tick())
        self.tick_button = Button(ui, t("Leave out"), kind="quiet").when_clicked(self.tick)
        self.side = LayoutPart(self._workspace, {BANK_LIST.name: BANK_LIST}, self._refused)
        self.side.changed.connect(self._columns_chosen)
        self.side.hide()
        self.columns_button.toggled.connect(self.side.setVisible)
        self.statement = MoneyField(ui, required=False, negative=True)
        self.statement.setAccessibleName(t("Balance on the statement"))
        self.statement.setFixedWidth(ui.theme.px(150))
        self.statement.changed.connect(self._show_balance)
        self.expected = label("", "caption")
        self.put_in(
            (self.file_button, self.account, self.listed_account, (self.note, 1),
             self.columns_button),
            ((self.rows, 1), self.tick_button),
            (label(t("Balance on the statement"), "caption"), self.statement, (self.expected, 1)),
            t("Record"),
        )  # fmt: skip

    # -- the list ------------------------------------------------------------------------------

    def open_file(self, path: Path) -> None:
        """Reads a list; what is wrong with it is told, and the one before stays."""
        self.listed_account.hide()
        if is_ofx(path):
            self._path = path
            self._open(path, None)
            return
        memory = self._memory

        def work(book: Book) -> tuple[SheetFile, list[Layout]]:
            file = open_sheets(path)
            known = memory.layouts(book.read(group_name), file, bank_layouts(file), BANK_LIST.name)
            others = set(file.sheets) - {each.sheet for each in known}
            return file, [*known, *(_first_try(file, each) for each in sorted(others))]

        self._workspace.tasks.run(work, self._sheets_opened, self._refused, key="list", owner=self)

    def _sheets_opened(self, opened: tuple[SheetFile, list[Layout]]) -> None:
        self._sheets, layouts = opened
        self.side.show_file(self._sheets, layouts)
        self._begin(columns=True)
        self._read_sheet()

    def _begin(self, *, columns: bool) -> None:
        """Forgets what was said of the list before."""
        self._left_out, self._purposes = set(), {}
        self.statement.set_value("")
        self.columns_button.setVisible(columns)
        self.columns_button.setChecked(False)

    def _columns_chosen(self) -> None:
        self._read_sheet(chosen=True)

    def _read_sheet(self, *, chosen: bool = False) -> None:
        """Reads the sheet with the columns as they are; what somebody chose is remembered."""
        file, layout, memory = self._sheets, self.side.layout_shown, self._memory
        if file is None or layout is None:
            return
        if not headings.is_whole(BANK_LIST, layout):
            said = self._t("Say in which columns the day, the words and the amounts are.")
            self._show_nothing(said, "warn", file.name)
            self._workspace.tasks.run(
                lambda _book: tuple(islice(file.rows(layout.sheet), _ROWS_SHOWN)),
                self._show_as_written, self._refused, key="list", owner=self,
            )  # fmt: skip
            return

        def work(book: Book) -> BankList:
            listed = bank_list_of(file, layout)
            if chosen and listed.movements and not listed.stops:
                memory.note(book.read(group_name), layout)
            return listed

        self._workspace.tasks.run(work, self._read, self._refused, key="list", owner=self)

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
        field.set_choices([("", self._t("Which account?")), *((n, n) for n in numbers)], "")
        field.show()
        field.setFocus()
        self.note.say(self._t("The file has several accounts: choose the one that is meant."),
                      "warn")  # fmt: skip

    def _account_chosen(self) -> None:
        if self._path is not None and (number := self.listed_account.value()):
            self._open(self._path, number)

    def _read(self, listed: BankList) -> None:
        listed = listed.seen_on(self._ui.today)
        if listed.layout is None:  # OFX
            self._sheets = None
            self._begin(columns=False)
        if listed.stops:
            text = self._t("Cells to fix: {cells}.", cells=len(listed.stops))
            self._show_nothing(text, "error", listed.name, listed.stops)
            return
        if not listed.movements:
            text = self._t("No movement was found. Which column is what?")
            self._show_nothing(text, "warn", listed.name)
            return
        self._listed = listed
        self.statement.set_value(listed.balance if listed.balance is not None else "")
        self._compare()

    def _show_nothing(self, text: str, tone: str, name: str, wrong: Sequence[Remark] = ()) -> None:
        """Says why there is nothing to compare, and which cells are to be mended."""
        self._listed = self.found = None
        self.note.say(text, tone, strong=name)
        self.columns_button.setChecked(True)
        self.rows.show_rows([
            ListRow(("w", str(each.cell)), (
                Cell(str(each.cell).rpartition("!")[2]), Cell(each.said),
                Cell(self._workspace.explain(each.issue), tone="error"), Cell(),
            ), "red_bg")
            for each in wrong
        ])  # fmt: skip
        self._show_buttons()
        self._show_balance()

    def _show_as_written(self, rows: Sequence[Row]) -> None:
        """The first rows of the sheet by their columns' letters: which of them is what?"""

        def told(row: Row) -> str:
            cells = ((place, text(each)) for place, each in enumerate(row.values))
            return " · ".join(f"{letter(place)}: {said}" for place, said in cells if said)

        numbered = ((str(each.number), told(each)) for each in rows)
        self.rows.show_rows(
            [ListRow(("r", each), (Cell(each), Cell(said), Cell(), Cell()))
             for each, said in numbered]
        )  # fmt: skip

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
            lambda found: self.show_comparison(found) if self._listed is listed else None,
            self._refused,
            key="compare",
            owner=self,
        )

    # -- shown ---------------------------------------------------------------------------------

    def show_comparison(self, found: Comparison | None) -> None:
        """Shows a list beside the book; None: none was opened yet."""
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
            settled = self._settlement(each.movement, each.takings)
            purpose = self._name(each.account) + ("" if each.sure else " ?")
            purpose = " · ".join(filter(None, (purpose, settled)))
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
            told = self._settlement(agreed.movement, agreed.lines)
            rows.append(self._row(agreed.movement, Cell(numbers, told, icon="check")))
        return rows

    def _settlement(self, movement: Movement, lines: Sequence[BankLine]) -> str:
        """Of takings that were settled together or less a fee: gross, fee, and their days."""
        takings, formats = taken_together(movement, lines), self._ui.formats
        if not takings:
            return ""
        gross = sum(each.amount for each in takings)
        days = ", ".join(formats.short_day(each.day, movement.day.year) for each in takings)
        return self._t("gross {gross}, fee {fee}: {days}", gross=formats.number(gross),
                       fee=formats.number(gross - movement.amount), days=days)  # fmt: skip

    def _row(self, movement: Any, book: Cell) -> ListRow:
        formats = self._ui.formats
        return ListRow(("m", movement.print), (
            Cell(formats.numeric_day(movement.day)), Cell(movement.words), book,
            Cell(formats.number(movement.amount), tone="good" if movement.amount > 0 else ""),
        ))  # fmt: skip

    def _name(self, code: str) -> str:
        setup = self._workspace.setup
        account = setup.accounts.get(code) if setup is not None else None
        return account_name(self._ui, account) if account is not None else code

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
        chosen = self.proposal
        self.tick_button.setEnabled(chosen is not None)
        out = chosen is not None and chosen.movement.print in self._left_out
        self.tick_button.setText(self._t("Record it after all") if out else self._t("Leave out"))
        self.show_purpose(chosen.account if chosen is not None else None)

    def _show_balance(self) -> None:
        found, said = self.found, self.statement.value()
        if found is None:
            self.expected.setText("")
            self.let_record(False)
            return
        expected, t = found.expected_with(self.wanted), self._t
        commands = self.commands(found)
        rupiah = self._ui.formats.rupiah
        if said is None:
            text = t("With everything to be recorded, the bank should show {expected}.",
                     expected=rupiah(expected))  # fmt: skip
        elif not commands and found.is_reconciled(said):
            text = t("It agrees, and was reconciled before: nothing is new.")
        elif said == expected:
            text = t("It agrees, and is reconciled.")
        elif off := found.rounding(self.wanted, said):
            text = t(
                "It agrees except for {amount} of sen, which is recorded too, and is reconciled.",
                     amount=rupiah(off))  # fmt: skip
        else:
            text = t("It differs by {amount}: what is proposed is recorded, no reconciliation.",
                     amount=rupiah(said - expected))  # fmt: skip
        self.expected.setText(text)
        self.let_record(bool(commands))

    def commands(self, found: Comparison) -> tuple[Any, ...]:
        """What is recorded: the movements that are ticked, and a reconciliation that agrees."""
        said = self.statement.value()
        wanted = self.wanted
        agrees = said is not None and (
            said == found.expected_with(wanted) or found.rounding(wanted, said) != 0
        )
        return found.commands(wanted, said if agrees else None)

    # -- what is done with it --------------------------------------------------------------------

    def tick(self) -> None:
        """Leaves the selected proposal out, or takes it in again."""
        if (chosen := self.proposal) is not None:
            self._left_out ^= {chosen.movement.print}
            self._show_rows()
            self._show_balance()

    def choose_purpose(self, account: str) -> None:
        """Takes another account for the selected proposal."""
        chosen = self.proposal
        if chosen is not None and account != chosen.account:
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

        wait = LongWork(self._workspace, self._title, len(commands), self)
        wait.stopped.connect(
            lambda: self.note.say(self._t("Cancelled: nothing was recorded."), "warn")
        )
        wait.start(work, self._recorded, self._refused)

    def _recorded(self, documents: int) -> None:
        kinds = frozenset({"receipt", "payment", "transfer", "bank_reconciliation"})
        self._workspace.tasks.changed.emit(Change(kinds))
        if self._listed is not None:
            self._workspace.show_month(month_of(self._listed.last))
        self._workspace.say(
            self._t.ngettext("{n} document recorded.", "{n} documents recorded.", documents)
        )
        self.accept()


def _first_try(file: SheetFile, sheet: str) -> Layout:
    """The layout of a sheet that does not look like a bank's list: headings in its first row of
    several cells.
    """
    wide = (row.number for row in file.rows(sheet) if len(list(filter(None, row.values))) > 1)
    first = next(wide, 1)
    return headings.at(sheet, file.rows(sheet), BANK_LIST, first)


def make_bank(workspace: Workspace, _given: Given) -> BankDialog:
    """The window that holds a bank's list against the book."""
    return BankDialog(workspace)
