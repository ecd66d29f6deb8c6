"""Ambil dari Excel: a file is chosen, each sheet and column is looked at, every row is seen as the
document it becomes, with what is wrong in which cell, and all of them are recorded or none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtGui import QKeySequence, QShortcut

from kwt_books.book import Book
from kwt_books.domain.accounts import CASH
from kwt_books.domain.documents.base import Dated, Document
from kwt_books.domain.documents.money import Payment, Receipt, Savings, Transfer
from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.errors import BookError
from kwt_books.domain.sheets import TABLES
from kwt_books.domain.values import month_of
from kwt_books.exporters.template import write_template
from kwt_books.exporters.whole import opened
from kwt_books.queries.intake import KnownToIntake, group_name, known_to_intake
from kwt_books.services.intake.entry import Cell as SheetCell
from kwt_books.services.intake.entry import Entry, Remark
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.sheet import SheetFile, open_sheets
from kwt_books.services.intake.taking import (
    RowsRefused,
    Taking,
    layouts_of,
    plan,
    rehearse,
    take,
)
from ui.intake.layout_part import ImportDialog, LayoutPart
from ui.kit.button import Button
from ui.kit.field import CheckField, MoneyField
from ui.kit.file_dialog import Use, ask_where
from ui.kit.layout import holder, label, row, show_text
from ui.kit.list import ListRow, head_row
from ui.kit.party import account_name
from ui.kit.table import Cell
from ui.kit.worker import Change, Job, Progress
from ui.kit.workspace import Given, LongWork, Workspace

_PATTERN = "*.xlsx *.xls *.xlsm *.ods *.csv *.txt"


class Opened(NamedTuple):
    """A file as it was read: its sheets, what each holds, and what the book knows of it."""

    file: SheetFile
    layouts: tuple[Layout, ...]


BECOMES, REMARKS = 1, 3
"""The places of the columns whose texts can be long."""
Key = tuple[str, int]
"""A sheet and a row of it."""
Line = tuple[str, int, int]
"""A line of the list: sheet, row, and which of the row's entries, from 0."""


def entry_of(taking: Taking, line: Line) -> Entry | None:
    """The entry that a line of the list shows; None where it shows remarks alone."""
    sheet, row, place = line
    made = [each for each in taking.entries if (each.cell.sheet, each.cell.row) == (sheet, row)]
    return made[place] if place < len(made) else None


class RowWriter:
    """Writes the rows of a taking in the user's words."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._ui, self._t = workspace, workspace.ui, workspace.ui.t

    def rows(self, taking: Taking, *, wrong_only: bool) -> list[ListRow]:
        """A row for each row of the sheets that becomes something or has something to be said."""
        said: defaultdict[Key, list[Remark]] = defaultdict(list)
        for remark in taking.remarks:
            said[remark.cell.sheet, remark.cell.row].append(remark)
        made: defaultdict[Key, list[Entry]] = defaultdict(list)
        for entry in taking.entries:
            made[entry.cell.sheet, entry.cell.row].append(entry)
        keys = sorted(said) if wrong_only else sorted({*said, *made})
        order = {layout.sheet: place for place, layout in enumerate(taking.layouts)}
        keys.sort(key=lambda key: (order.get(key[0], -1), key[1]))
        alone = len(taking.layouts) < 2  # then the row's number says which row it is
        named = {key: str(key[1]) if alone else str(SheetCell(*key)) for key in keys if key[0]}
        return [
            row for key in keys for row in self._of(key, named.get(key, ""), made[key], said[key])
        ]

    def _of(
        self, key: Key, place: str, entries: Sequence[Entry], remarks: Sequence[Remark]
    ) -> Iterator[ListRow]:
        told = self._told(remarks)
        for at, entry in enumerate(entries or (None,)):
            day, *others = self._document(entry) if entry is not None else ("", Cell(), Cell())
            if told.text or entry is None or not entry.doubtful:
                last = told
            else:
                last = Cell(self._t("Purpose not known, booked as other"), tone="warn")
            ground = "red_bg" if any(each.stops for each in remarks) else ""
            yield ListRow((*key, at), (Cell(place, day, tone="quiet"), *others, last), ground)

    def _told(self, remarks: Sequence[Remark]) -> Cell:
        if not remarks:
            return Cell()
        tone = "error" if any(each.stops for each in remarks) else "warn"
        return Cell(" ".join(map(self.said, remarks)), tone=tone)

    def said(self, remark: Remark) -> str:
        """`B7 (31/02/2026): …`."""
        place = str(remark.cell).rpartition("!")[2]
        cell = f"{place} ({remark.said})" if remark.said else place
        return f"{cell}: {self._workspace.explain(replace(remark.issue, field=''))}"

    def _document(self, entry: Entry) -> tuple[str, Cell, Cell]:
        """Its day, what it is with what was written, and its amount."""
        command: Any = entry.command
        formats = self._ui.formats
        day = getattr(command, "date", None) if isinstance(command, Document) else None
        amount = amount_of(command)
        comes_in = amount > 0 and not isinstance(command, Transfer)
        written = getattr(command, "memo", None) or getattr(command, "name", "")
        second = " · ".join(filter(None, (self._purpose(command), written)))
        return (
            formats.numeric_day(day) if day is not None else "",
            Cell(self._t(entry.title), second),
            Cell(formats.number(amount) if amount else "", tone="good" if comes_in else ""),
        )

    def _purpose(self, command: Any) -> str:
        """What the money was for, or who is named."""
        setup = self._workspace.setup
        accounts: Mapping[str, Any] = setup.accounts if setup is not None else {}
        if isinstance(command, Receipt | Payment):
            account = accounts.get(command.lines[0].account)
            return "" if account is None else account_name(self._ui, account)
        if isinstance(command, OpeningBalance):
            held = ((accounts.get(code), amount) for code, amount in command.balances.items())
            return " · ".join(f"{account_name(self._ui, account)} {self._ui.formats.number(amount)}"
                              for account, amount in held
                              if account is not None and account.cash)  # fmt: skip
        return ""


def amount_of(command: Any) -> int:
    """What a document moves in cash; below zero where it went out. Rupiah; nil for others."""
    if isinstance(command, Receipt | Savings):
        return sum(line.amount for line in command.lines)
    if isinstance(command, Payment):
        return -sum(line.amount for line in command.lines)
    if isinstance(command, OpeningBalance):
        return sum(amount for code, amount in command.balances.items() if code in CASH)
    return command.amount if isinstance(command, Transfer) else 0


class TakeDialog(ImportDialog):
    """Takes sheets. Nothing is recorded before every row has been seen as what it becomes."""

    def __init__(self, workspace: Workspace) -> None:
        t = workspace.ui.t
        self._opened: Opened | None = None
        self._job: Job[Taking] | None = None
        self.taking: Taking | None = None
        """What would be recorded; None while nothing was read."""
        self._writer = RowWriter(workspace)
        files = f"{t('Spreadsheets')} ({_PATTERN})"
        super().__init__(workspace, "table", t("Import from Excel"), files)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.read_again)
        self.show_taking(None)

    def lay_out(self) -> None:
        """Makes the list of what each row becomes, and what is asked about it."""
        t, ui = self._t, self._ui
        self.blank_button = Button(ui, t("Workbook to fill in"), "download-simple", kind="quiet")
        self.blank_button.when_clicked(self.choose_blank)
        self.again_button = Button(ui, t("Read again"), "arrow-clockwise", kind="quiet")
        self.again_button.hint(t("After the file has been fixed and saved"), "F5")
        self.again_button.when_clicked(self.read_again)
        self.again_button.hide()
        self.side = LayoutPart(self._workspace, TABLES, self._refused)
        self.side.changed.connect(self._plan)
        self.side.guessing.connect(self._stop)
        titles = t("Row"), t("Becomes"), t("Amount"), t("Needs a look")
        name = t("What each row becomes")
        self.rows = self.rows_table(name, head_row(*titles, figures=(2,)), BECOMES, REMARKS)
        self.rows.chosen.connect(self._row_chosen)
        self.wrong_only = CheckField(t("Only what needs a look"))
        self.wrong_only.changed.connect(self._show_rows)
        self.purpose.setEnabled(False)
        self.whole = label("", "caption", wrap=True)
        self.whole.setContentsMargins(12, 8, 12, 0)
        self.bank = MoneyField(ui, required=False)
        self.bank.setFixedWidth(ui.theme.px(150))
        self.bank.changed.connect(self._plan)
        self.opening_day = label("", "caption", wrap=True)
        self.opening_row = holder(
            row((self.opening_day, 1), self.bank, space=8, margins=(12, 8, 12, 0))
        )
        self.count = label("", "caption")
        self.meant = CheckField("")
        self.meant.changed.connect(self._show_record)
        self.put_in(
            (self.file_button, (self.note, 1), self.again_button, self.blank_button),
            ((self.rows, 1), self.whole, self.opening_row, self.wrong_only),
            ((self.count, 1), self.meant),
            t("Import"),
        )

    # -- the workbook to fill in -----------------------------------------------------------------

    def choose_blank(self) -> None:
        """Asks where the workbook to fill in shall be saved, and saves it."""
        name = self._t("Workbook to fill in")
        kinds = [(".xlsx", self._t("Excel workbook (*.xlsx)"))]
        path = ask_where(self, name, name, kinds, Use.SHEET)
        if path is not None:
            self.save_blank(path)

    def save_blank(self, path: Path) -> None:
        """Saves the workbook to fill in, with the accounts of the book to choose from."""
        year, words = self._ui.today.year, self._t

        def work(book: Book) -> None:
            accounts = book.read(lambda reading: dict(reading.setup.accounts))
            with opened(path) as file:
                write_template(file, accounts, year, words)

        def saved(_: None) -> None:
            self.note.say(self._t("Saved as {path}.", path=path.name), "good")

        self._workspace.tasks.run(work, saved, self._refused, owner=self)

    # -- the file ------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Reads the same file once more: something in it was mended."""
        if self._path is not None:
            self.open_file(self._path)

    def open_file(self, path: Path) -> None:
        """Reads a file; what is wrong with it is told, and the one before stays."""
        if path != self._path:
            self._purposes = {}
        memory, self._path = self._memory, path
        self.again_button.show()

        def work(book: Book) -> Opened:
            file = open_sheets(path)
            return Opened(file, memory.layouts(book.read(group_name), file, layouts_of(file)))

        self._workspace.tasks.run(work, self._file_read, self._refused, key="sheet", owner=self)

    def _file_read(self, found: Opened) -> None:
        self._opened = found
        self.meant.setChecked(False)
        self.side.show_file(found.file, found.layouts)
        self._plan()

    def _refused(self, error: BookError) -> None:
        self._workspace.problems.show(error)
        self.show_taking(self.taking)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    # -- what the rows become --------------------------------------------------------------------

    def _plan(self) -> None:
        """Asks what all rows become; an older question is forgotten."""
        found = self._opened
        if found is None:
            return
        self._stop()
        layouts, purposes, today = self.side.layouts, dict(self._purposes), self._ui.today
        bank = self.bank.value()

        def work(book: Book, tell: Progress) -> Taking:
            known: KnownToIntake = book.read(known_to_intake)
            made = plan(found.file, known, layouts, today, purposes, tell, bank=bank)
            return rehearse(book, made, tell)

        self.note.say(self._t("Reading {name} …", name=found.file.name))
        self.record_button.setEnabled(False)
        self._job = self._workspace.tasks.long(
            work, self.show_taking, lambda _done: None, self._refused, owner=self
        )

    def show_taking(self, taking: Taking | None) -> None:
        """Shows what would be recorded; None: no file was opened yet."""
        self.taking = taking
        t = self._t
        if taking is None:
            text = t("An Excel file, or a list saved as CSV: this program's or your own.")
            self.note.say(text)
            self.count.setText("")
        else:
            stops = len(taking.stops)
            if stops:
                text = t("Cells to fix: {cells}.", cells=stops)
                self.note.say(text, "error", strong=taking.file)
            elif not taking.entries:
                self.note.say(self._told_of_none(taking), "warn", strong=taking.file)
            elif taking.asked:
                self.note.say(t("Check what is unusual, then tick it if it is right."), "warn",
                              strong=taking.file)  # fmt: skip
            else:
                self.note.say(t("Every row can be recorded."), "good", strong=taking.file)
            self.count.setText(self._counted(taking))
        self._show_opening(taking)
        asked = len(taking.asked) if taking is not None else 0
        self.meant.setText(
            t.ngettext("{n} unusual row is right", "{n} unusual rows are right", asked)
        )
        self.meant.setVisible(bool(asked))
        self._show_record()
        self._show_rows()

    def _told_of_none(self, taking: Taking) -> str:
        """Why there is nothing to record: all of it is known, or no table was recognised."""
        if taking.known_rows or any(each.table for each in self.side.layouts):
            return self._t("Nothing is new in it.")
        return self._t("No row of it was recognised. Say on the left what its sheets hold.")

    def _show_opening(self, taking: Taking | None) -> None:
        """A new book begins with the cash book's first balance: what did the bank hold then?"""
        day = taking.opening if taking is not None else None
        self.opening_row.setVisible(day is not None)
        if day is not None:
            text = self._t("The book begins on {day} with the cash book's balance. Was there money"
                           " in the bank that day?", day=self._ui.formats.day(day))  # fmt: skip
            self.opening_day.setText(text)
            self.bank.setAccessibleName(self._t("In the bank on the first day"))

    def _show_record(self) -> None:
        """Can be recorded once nothing is wrong, and what is unusual is said to be meant."""
        taking = self.taking
        ready = taking is not None and bool(taking.entries) and not taking.stops
        meant = taking is None or not taking.asked or bool(self.meant.value())
        self.let_record(ready and meant)

    def _counted(self, taking: Taking) -> str:
        t, parts = self._t, []
        parts.append(t("Entries: {entries}", entries=len(taking.entries)))
        if taking.known_rows:
            parts.append(
                t.ngettext(
                    "{n} row was imported before.",
                    "{n} rows were imported before.",
                    taking.known_rows,
                )
            )
        return "  ·  ".join(parts)

    def _show_rows(self) -> None:
        taking = self.taking
        wrong = bool(self.wrong_only.value())
        self._say_whole("")
        rows = self._writer.rows(taking, wrong_only=wrong) if taking else []
        self.rows.show_rows(rows)
        if self.rows.key is None and (wrong_row := next((x for x in rows if x.ground), None)):
            self.rows.choose(wrong_row.key)

    def _say_whole(self, text: str) -> None:
        """What is said of the selected row, all of it; the columns cut long texts off."""
        show_text(self.whole, text)

    # -- what a single row was for ---------------------------------------------------------------

    @property
    def entry(self) -> Entry | None:
        """The entry that is selected, where another purpose can be chosen for it."""
        if self.taking is None or self.rows.key is None:
            return None
        found = entry_of(self.taking, self.rows.key)
        return found if found is not None and found.print else None

    def _row_chosen(self, key: Line) -> None:
        cells = [each.cells for each in self.rows.list_model.rows if each.key == key]
        told = (text for each in cells for text in (each[BECOMES].second, each[REMARKS].text))
        self._say_whole("\n".join(dict.fromkeys(filter(None, told))))
        self.show_purpose(self.entry.account if self.entry is not None else None)

    def choose_purpose(self, account: str) -> None:
        """Takes another account for the selected entry."""
        entry = self.entry
        if entry is not None and account != entry.account:
            self._purposes[entry.print] = account
            self._plan()

    # -- recorded --------------------------------------------------------------------------------

    def record(self) -> None:
        """Records all rows behind a bar with Cancel; nothing is recorded where one is refused."""
        found, taking = self._opened, self.taking
        if found is None or taking is None or not self.record_button.isEnabled():
            return
        layouts, purposes, today = self.side.layouts, dict(self._purposes), self._ui.today
        memory, meant, bank = self._memory, bool(self.meant.value()), self.bank.value()

        def work(book: Book, tell: Progress) -> Taking:
            done, _ = take(book, found.file, layouts, today, purposes, tell, meant=meant, bank=bank)
            for layout in layouts:
                memory.note(book.read(group_name), _with_choices(layout, done, purposes))
            return done

        self.record_button.setEnabled(False)
        title = self._t("Importing {name}", name=found.file.name)
        wait = LongWork(self._workspace, title, len(taking.commands), self)
        wait.stopped.connect(self._stopped)
        wait.start(work, self._recorded, self._not_recorded)

    def _stopped(self) -> None:
        """Everything is as before it was begun, and can be imported."""
        self.show_taking(self.taking)
        self.note.say(self._t("Cancelled: nothing was recorded."), "warn")

    def _recorded(self, taking: Taking) -> None:
        workspace = self._workspace
        workspace.tasks.changed.emit(_change(taking))
        days = [each.command.date for each in taking.entries if isinstance(each.command, Dated)]
        if days:
            workspace.show_month(month_of(max(days)))  # else what was taken would be out of sight
        text = self._t.ngettext(
            "{n} document imported from {name}.",
            "{n} documents imported from {name}.",
            taking.documents,
            name=taking.file,
        )
        workspace.say(text, offer=self._t("View them"), act=lambda: workspace.go("journal"))
        self.accept()

    def _not_recorded(self, error: BookError) -> None:
        if isinstance(error, RowsRefused):
            self.show_taking(error.taking)
        else:
            self._refused(error)


def _with_choices(layout: Layout, taking: Taking, purposes: Mapping[str, str]) -> Layout:
    """The layout with what was chosen for rows of its sheet, to be remembered by their words."""
    chosen = {each.said: purposes[each.print] for each in taking.entries
              if each.print in purposes and each.cell.sheet == layout.sheet}  # fmt: skip
    return replace(layout, said={**layout.said, **chosen})


def _change(taking: Taking) -> Change:
    return Change(frozenset(each.kind for each in taking.commands))


def make_take(workspace: Workspace, _given: Given) -> TakeDialog:
    """The window that takes sheets."""
    return TakeDialog(workspace)
