"""What the windows that take files ask of them and do with the answers, without a book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.accounts import Account, AccountType, Side
from kwt_books.domain.documents.lines import AccountLine
from kwt_books.domain.documents.money import Receipt
from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.errors import BookError, Issue, RuleError
from kwt_books.domain.sheets import BANK_LIST, TABLES
from kwt_books.queries.intake import Act
from kwt_books.queries.overview import SetupData
from kwt_books.services.intake.bank_list import BankList, Movement
from kwt_books.services.intake.bank_match import Comparison, Proposed
from kwt_books.services.intake.entry import Cell as SheetCell
from kwt_books.services.intake.entry import Entry, Remark
from kwt_books.services.intake.headings import SEARCHED, Layout
from kwt_books.services.intake.taking import RowsRefused, Taking
from tests.services.intake.kept import text
from tests.ui.answers import Answers
from tests.ui.rules import flaws
from tests.ui.windows import said
from ui.intake.acts import ActsDialog
from ui.intake.bank import BankDialog
from ui.intake.layout_part import SIDE, ImportDialog, LayoutPart
from ui.intake.take import TakeDialog
from ui.kit.button import Button
from ui.kit.worker import Change
from ui.kit.workspace import Message, Workspace

DAY = date(2026, 6, 5)
ACCOUNTS = {
    code: Account(code, f"Akun {code}", f"Account {code}", kind, Side.DEBIT, cash)
    for code, kind, cash in (
        ("1101", AccountType.ASSET, True), ("1102", AccountType.ASSET, True),
        ("1103", AccountType.ASSET, True), ("1106", AccountType.ASSET, True),
        ("4101", AccountType.INCOME, False), ("7101", AccountType.OTHER, False),
    )
}  # fmt: skip
KNOWN = [["Tanggal", "Keterangan", "Debet", "Kredit", "Saldo"],
         ["04/06/2026", "BUNGA TABUNGAN", "", "1.250", "11.250"]]  # fmt: skip
STRANGE = [["A", "B", "C", "D"], ["04/06/2026", "BUNGA", "1250", ""]]


@pytest.fixture
def answers(still: Workspace, monkeypatch: pytest.MonkeyPatch) -> Answers:
    still.setup = SetupData(None, ACCOUNTS, {}, {}, {})
    return Answers(still, monkeypatch, group_name="KWT", acts=[])


@pytest.fixture
def refused(still: Workspace, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes of the errors that were shown."""
    told: list[str] = []
    monkeypatch.setattr(still.problems, "show", lambda error, *_: told.append(error.code))
    return told


@pytest.fixture
def heard(still: Workspace) -> list[Any]:
    """What the workspace was told: messages, months and changes."""
    told: list[Any] = []
    for signal in (still.said, still.month_changed, still.tasks.changed):
        signal.connect(told.append)
    return told


@pytest.fixture
def bank(answers: Answers, still: Workspace, qtbot: QtBot) -> BankDialog:
    made = BankDialog(still)
    qtbot.addWidget(made)
    return made


def offered(choice: Any) -> list[tuple[Any, str]]:
    return [(choice.itemData(at), choice.itemText(at)) for at in range(choice.count())]


def listed(tmp_path: Path, rows: list[list[str]], name: str = "list.csv") -> Path:
    path = tmp_path / name
    text(rows, ";", "utf-8")(path)
    return path


def compared(*movements: Movement, **about: Any) -> Comparison:
    proposed = tuple(Proposed(each, (RECEIPT,), "7101", sure=True) for each in movements)
    found = BankList("list.csv", "d", movements, balance=11_250)
    return Comparison("1103", found, (), proposed, (), 10_000, 1, head="h", **about)


RECEIPT = Receipt(date=DAY, into="1103", lines=(AccountLine(account="7101", amount=1_250),))
IN = Movement(DAY, 1_250, "words", "in", SheetCell("M", 2), False)
FOUND = compared(IN)


# -- the bank's list -----------------------------------------------------------------------------


def test_every_account_but_the_tills_can_be_compared(bank: BankDialog) -> None:
    assert offered(bank.account) == [(code, f"Account {code}") for code in ("1103", "1106")]
    assert bank.account.value() == "1103"


def test_a_list_that_is_known_is_compared_at_once(
    bank: BankDialog, answers: Answers, tmp_path: Path
) -> None:
    answers.known["compare"] = FOUND
    bank.columns_button.setChecked(True)
    bank.listed_account.show()
    bank.open_file(listed(tmp_path, KNOWN))
    assert bank.found is FOUND
    name, read, account, purposes = answers.asked[-1]
    assert (name, account, purposes) == ("compare", "1103", {})
    assert [each.amount for each in read.movements] == [1_250]
    assert bank.statement.value() == 11_250, "the balance on the list"
    shown = {each for each in (bank.columns_button, bank.listed_account, bank.side)
             if not each.isHidden()}  # fmt: skip
    assert shown == {bank.columns_button}
    assert not bank.columns_button.isChecked()
    bank.account.set_value("1106")
    assert answers.asked[-1][2] == "1106"


def test_what_was_said_of_one_list_is_not_said_of_the_next(
    bank: BankDialog, answers: Answers, tmp_path: Path
) -> None:
    answers.known["compare"] = FOUND
    path = listed(tmp_path, KNOWN)
    bank.open_file(path)
    bank.rows.select(0)
    bank.purpose.set_value("4101")
    assert answers.asked[-1][-1] == {"in": "4101"}
    bank.tick()
    assert bank.wanted == ()
    bank.open_file(path)
    assert answers.asked[-1][-1] == {}
    assert len(bank.wanted) == 1


def test_the_same_purpose_asks_nothing_again(
    bank: BankDialog, answers: Answers, tmp_path: Path
) -> None:
    answers.known["compare"] = FOUND
    bank.open_file(listed(tmp_path, KNOWN))
    asked = len(answers.asked)
    bank.choose_purpose("4101")
    assert len(answers.asked) == asked, "nothing is chosen in the list"
    bank.rows.select(0)
    bank.choose_purpose("7101")
    assert len(answers.asked) == asked
    bank.choose_purpose("4101")
    assert len(answers.asked) == asked + 1


def test_a_list_that_nobody_knows_is_shown_as_it_is_written(
    bank: BankDialog, tmp_path: Path
) -> None:
    bank.statement.set_value(5)
    bank.open_file(listed(tmp_path, [*STRANGE, *([str(n), "x", "", ""] for n in range(50))]))
    assert bank.note.property("tone") == "warn"
    assert bank.note.text == (
        "list.csv Say in which columns the day, the words and the amounts are."
    )
    rows = [(each.key, [cell.text for cell in each.cells]) for each in bank.rows.list_model.rows]
    assert rows[0] == (("r", "1"), ["1", "A: A · B: B · C: C · D: D", "", ""])
    assert rows[1] == (("r", "2"), ["2", "A: 04/06/2026 · B: BUNGA · C: 1250", "", ""])
    assert len(rows) == 40
    assert bank.columns_button.isChecked()
    assert not bank.side.isHidden()
    assert (bank.found, bank.expected.text(), bank.statement.value()) == (None, "", None)
    assert not bank.record_button.isEnabled()


def test_columns_are_remembered_once_somebody_chose_them(
    bank: BankDialog, answers: Answers, still: Workspace, tmp_path: Path
) -> None:
    answers.known["compare"] = FOUND
    path = listed(tmp_path, STRANGE)
    columns = bank.side.columns

    def choose(**places: str) -> None:
        for name, place in places.items():
            columns.pickers[name].set_value(place)

    def known_to_another() -> bool:
        other = BankDialog(still)
        other.open_file(path)
        other.deleteLater()
        return other.found is not None

    bank.open_file(path)
    assert not known_to_another()
    choose(date="0", memo="1")
    assert not known_to_another(), "not before all is said"
    columns.pickers["in"].set_value("2")
    assert bank.found is FOUND
    assert known_to_another()


def test_cells_to_fix_are_named_and_nothing_can_be_recorded(
    bank: BankDialog, answers: Answers, tmp_path: Path
) -> None:
    answers.known["compare"] = FOUND
    bank.open_file(listed(tmp_path, KNOWN))
    assert bank.record_button.isEnabled()
    bank.open_file(listed(tmp_path, [*KNOWN, ["31/02/2026", "X", "", "5", ""]], "wrong.csv"))
    assert bank.note.text == "wrong.csv Cells to fix: 1."
    assert bank.note.property("tone") == "error"
    (row,) = bank.rows.list_model.rows
    assert (row.key[0], row.ground, row.cells[0].text) == ("w", "red_bg", "A3")
    assert (row.cells[1].text, row.cells[2].tone) == ("31/02/2026", "error")
    assert row.cells[2].text
    assert (bank.found, bank.record_button.isEnabled()) == (None, False)
    bank.open_file(listed(tmp_path, KNOWN[:1], "empty.csv"))
    assert bank.note.text == "empty.csv No movement was found. Which column is what?"
    assert bank.note.property("tone") == "warn"
    assert bank.rows.list_model.rows == []


def test_an_answer_to_the_list_before_is_not_shown(
    bank: BankDialog, answers: Answers, tmp_path: Path
) -> None:
    answers.later = True

    def read(path: Path) -> None:
        bank.open_file(path)
        for _ in ("its sheets", "its rows"):
            reading = answers.jobs[-1]
            reading.done(reading.work(answers))

    read(listed(tmp_path, KNOWN))
    comparing = answers.jobs[-1]
    read(listed(tmp_path, STRANGE, "other.csv"))
    comparing.done(FOUND)
    assert bank.found is None


def test_a_refused_file_is_told_and_the_list_before_stays(
    bank: BankDialog, answers: Answers, refused: list[str], tmp_path: Path
) -> None:
    answers.known["compare"] = FOUND
    bank.open_file(listed(tmp_path, KNOWN))
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    bank.open_file(broken)
    assert refused == ["not-a-sheet"]
    assert bank.found is FOUND


def test_one_of_several_accounts_is_asked_for(
    bank: BankDialog, answers: Answers, refused: list[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    answers.known["compare"] = FOUND
    asked: list[str | None] = []

    def open_list(_path: Path, *, account: str | None) -> BankList:
        asked.append(account)
        if account is None:
            raise RuleError("several-accounts", known="111, 777")
        if account == "777":
            raise RuleError("not-permitted")
        return FOUND.listed

    monkeypatch.setattr("ui.intake.bank.open_bank_list", open_list)
    bank.open_file(tmp_path / "a.ofx")
    assert offered(bank.listed_account) == [
        ("", "Which account?"), ("111", "111"), ("777", "777")
    ]  # fmt: skip
    assert not bank.listed_account.isHidden()
    assert bank.note.text == "The file has several accounts: choose the one that is meant."
    assert bank.note.property("tone") == "warn"
    bank.listed_account.set_value("")
    assert asked == [None]
    for number in ("777", "111"):
        bank.listed_account.set_value(number)
    assert asked == [None, "777", "111"]
    assert refused == ["not-permitted"]
    assert bank.found is FOUND
    assert bank.columns_button.isHidden(), "its columns have their names"
    bank.open_file(listed(tmp_path, KNOWN))
    assert bank.listed_account.isHidden()


def test_what_is_ticked_is_recorded_and_told(
    bank: BankDialog, answers: Answers, still: Workspace, heard: list[Any], tmp_path: Path
) -> None:
    bank.record()
    answers.known["compare"] = replace(FOUND, proposed=())
    bank.open_file(listed(tmp_path, KNOWN))
    bank.statement.set_value("")
    assert not bank.record_button.isEnabled()
    bank.record()
    assert "record" not in [each[0] for each in answers.asked], "not by its keys either"
    answers.known["compare"] = FOUND
    bank.open_file(listed(tmp_path, KNOWN))
    closed: list[int] = []
    bank.finished.connect(closed.append)
    still.show_month("2026-08")
    heard.clear()
    bank.record()
    name, commands, head = answers.asked[-1]
    assert (name, [each.kind for each in commands], head) == (
        "record", ["receipt", "bank_reconciliation"], "h",
    )  # fmt: skip
    change, month, message = heard
    assert change.kinds == {"receipt", "payment", "transfer", "bank_reconciliation"}
    assert month == "2026-06", "where the movements are"
    assert message.text == "2 documents recorded."
    assert closed == [1]


# -- what stands where ---------------------------------------------------------------------------


class Sheets:
    """Stands for a file of two sheets; what is asked of its rows is answered by nothing."""

    name = "a.xlsx"
    sheets = ("One", "Two")

    def rows(self, _sheet: str) -> Iterator[Any]:
        return iter(())


BOOK = Layout("Two", "cash_book", 3, 4, {"date": 0, "in": 1}, ("Day", "In"))


@pytest.fixture
def side(answers: Answers, still: Workspace, qtbot: QtBot) -> LayoutPart:
    made = LayoutPart(still, TABLES, pytest.fail)
    qtbot.addWidget(made)
    return made


def test_what_a_sheet_holds_is_said_for_each(
    side: LayoutPart, still: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    side.changed.connect(lambda: told.append("changed"))
    side.guessing.connect(lambda: told.append("guessing"))
    guessed: list[tuple[Any, ...]] = []

    def guess(sheet: str, _rows: object, table: Any, heading: int) -> Layout:
        guessed.append((sheet, table.name, heading))
        return replace(BOOK, sheet=sheet, table=table.name, heading=heading)

    monkeypatch.setattr("ui.intake.layout_part.headings.at", guess)
    assert offered(side.sheet) == [("", "No file yet")]
    tables = [(each.name, still.ui.t(each.title)) for each in TABLES.values()]
    assert offered(side.table) == [("", "Not imported"), *tables]
    assert offered(side.heading)[:2] == [("0", "No headings"), ("1", "1")]
    assert len(offered(side.heading)) == SEARCHED + 1
    assert side.width() == still.ui.theme.px(SIDE)
    side.heading.set_value("2")
    assert (guessed, told) == ([], []), "there is no file yet"
    side.show_file(Sheets(), [BOOK])  # type: ignore[arg-type]
    assert offered(side.sheet) == [("One", "One"), ("Two", "Two")]
    fields = side.sheet, side.table, side.heading
    assert [each.value() for each in fields] == ["Two", "cash_book", "3"], "the first that is taken"
    assert side.layouts == (BOOK,)
    assert told == []
    side.sheet.set_value("One")
    assert [each.value() for each in fields] == ["One", "", "1"]
    assert side.layout_shown is None
    assert side.columns.pickers == {}
    assert told == [], "nothing is said otherwise"
    side.table.set_value("cash_book")
    assert guessed == [("One", "cash_book", 1)]
    assert told == ["guessing", "changed"]
    assert [each.sheet for each in side.layouts] == ["One", "Two"], "in the order of the file"
    assert side.columns.pickers
    side.columns.pickers["in"].set_value("")
    assert told == ["guessing", "changed", "changed"]
    assert side.layouts[0].columns == {"date": 0}
    side.heading.set_value("5")
    assert guessed[-1] == ("One", "cash_book", 5)
    side.table.set_value("")
    assert side.layouts == (BOOK,)
    assert told[-1] == "changed"
    assert side.columns.pickers == {}


def test_a_guess_that_comes_late_is_kept_for_its_sheet(side: LayoutPart, answers: Answers) -> None:
    side.show_file(Sheets(), [BOOK])  # type: ignore[arg-type]
    answers.later = True
    side.sheet.set_value("One")
    side.table.set_value("cash_book")
    side.sheet.set_value("Two")
    shown = side.columns.pickers["in"]
    answers.jobs[-1].done(replace(BOOK, sheet="One", columns={}))
    assert side.columns.pickers["in"] is shown
    assert len(side.layouts) == 2


def test_of_a_bank_s_sheets_only_the_chosen_one_is_read(
    answers: Answers, still: Workspace, qtbot: QtBot
) -> None:
    side = LayoutPart(still, {BANK_LIST.name: BANK_LIST}, pytest.fail)
    qtbot.addWidget(side)
    told: list[bool] = []
    side.changed.connect(lambda: told.append(True))
    one, two = (Layout(name, BANK_LIST.name, 1, 1, {"date": 0}) for name in Sheets.sheets)
    side.show_file(Sheets(), [one, two])  # type: ignore[arg-type]
    assert told == []
    side.sheet.set_value("Two")
    assert told == [True]
    assert side.layout_shown == two
    assert "It holds" not in said(side)


# -- the spreadsheet -----------------------------------------------------------------------------

ENTRY = Entry(RECEIPT, SheetCell("Kas", 2))
LAYOUT = Layout("Kas", "cash_book", 1, 1, {"date": 0, "in": 1}, ("Day", "In"))
TAKING = Taking("kas.csv", "a", "", (LAYOUT,), (ENTRY,), (), 0)
ROWS = [["Tanggal", "Uraian", "Masuk", "Keluar"], ["05/06/2026", "Jual bayam", "50000", ""]]


class Planned:
    """What stands for planning and taking: notes what it was asked, gives what it is told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[dict[str, Any]] = []
        self.taking = TAKING
        self.fails: BookError | None = None
        for name, function in (("plan", self.plan), ("take", self.take),
                               ("rehearse", lambda _book, made, _tell: made)):  # fmt: skip
            monkeypatch.setattr(f"ui.intake.take.{name}", function)

    def plan(self, _file: object, _known: object, layouts: Any, today: date, purposes: Any,
             _tell: object, *, bank: int | None) -> Taking:  # fmt: skip
        self.asked.append({"layouts": layouts, "today": today, "for": purposes, "bank": bank})
        return self.taking

    def take(self, _book: object, _file: object, layouts: Any, today: date, purposes: Any,
             _tell: object, **said_: Any) -> tuple[Taking, None]:  # fmt: skip
        self.asked.append({"layouts": layouts, "today": today, "for": purposes, **said_})
        if self.fails is not None:
            raise self.fails
        return self.taking, None


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> Planned:
    return Planned(monkeypatch)


@pytest.fixture
def take(answers: Answers, planned: Planned, still: Workspace, qtbot: QtBot) -> TakeDialog:
    answers.known["known_to_intake"] = None
    made = TakeDialog(still)
    qtbot.addWidget(made)
    return made


def test_a_file_is_planned_with_all_that_was_said(
    take: TakeDialog, planned: Planned, answers: Answers, still: Workspace, tmp_path: Path
) -> None:
    take.read_again()
    assert planned.asked == []
    assert take.again_button.isHidden()
    take.meant.setChecked(True)
    path = listed(tmp_path, ROWS, "kas.csv")
    take.open_file(path)
    assert not take.again_button.isHidden()
    assert not take.meant.value(), "that was said of another file"
    assert planned.asked[-1]["layouts"] == take.side.layouts
    assert planned.asked[-1]["today"] == still.ui.today
    take.bank.set_value(700)
    assert planned.asked[-1]["bank"] == 700
    assert [each.cancelled for each in answers.jobs[-2:]] == [True, False], "the older question"
    planned.taking = replace(TAKING, entries=(replace(ENTRY, print="p", account="7101"),))
    take.show_taking(planned.taking)
    take.rows.select(0)
    assert take.purpose.value() == "7101"
    asked = len(planned.asked)
    take.choose_purpose("7101")
    assert len(planned.asked) == asked
    take.choose_purpose("4101")
    assert planned.asked[-1]["for"] == {"p": "4101"}
    take.read_again()
    assert planned.asked[-1]["for"] == {"p": "4101"}, "the same file"
    take.open_file(listed(tmp_path, ROWS, "other.csv"))
    assert planned.asked[-1]["for"] == {}


def test_the_workbook_to_fill_in_goes_where_somebody_says(
    take: TakeDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[Path] = []
    monkeypatch.setattr(take, "save_blank", saved.append)
    for path in (None, Path("blank.xlsx")):
        monkeypatch.setattr("ui.intake.take.ask_where", lambda *_, path=path: path)
        take.blank_button.click()
        assert saved == ([path] if path is not None else [])


def test_an_entry_without_a_print_is_for_what_it_is(take: TakeDialog, planned: Planned) -> None:
    take.show_taking(replace(TAKING, entries=()))
    take.choose_purpose("4101")
    assert planned.asked == [], "nothing is chosen in the list"
    take.show_taking(TAKING)
    take.rows.select(0)
    assert take.entry is None
    assert not take.purpose.isEnabled()


def test_the_first_row_that_stops_is_selected_and_told_in_full(take: TakeDialog) -> None:
    stops = Remark(SheetCell("Kas", 3, 1), Issue("date", "unreadable-date"), said="31/02")
    take.show_taking(replace(TAKING, remarks=(stops,)))
    assert take.rows.key == ("Kas", 3, 0)
    assert not take.whole.isHidden()
    assert "B3 (31/02)" in take.whole.text()
    assert take.whole.hasHeightForWidth(), "in as many lines as it needs"
    take.rows.select(0)
    assert take.whole.text() == "Account 7101"
    take.wrong_only.setChecked(True)
    assert [each.key for each in take.rows.list_model.rows] == [("Kas", 3, 0)]
    take.show_taking(replace(TAKING, entries=()))
    assert take.whole.isHidden()


def test_what_is_imported_is_told_and_shown(
    take: TakeDialog, planned: Planned, still: Workspace, heard: list[Any], tmp_path: Path
) -> None:
    take.record()
    assert planned.asked == []
    take.open_file(listed(tmp_path, ROWS, "kas.csv"))
    still.show_month("2026-08")
    heard.clear()
    closed: list[int] = []
    take.finished.connect(closed.append)
    take.record()
    assert planned.asked[-1]["meant"] is False
    change, month, message = heard
    assert isinstance(change, Change)
    assert change.kinds == {"receipt"}
    assert month == "2026-06"
    assert isinstance(message, Message)
    assert message.text == "1 document imported from kas.csv."
    assert (message.offer, closed) == ("View them", [1])
    wanted: list[str] = []
    still.place_wanted.connect(lambda there: wanted.append(there.place))
    assert message.act is not None
    message.act()
    assert wanted == ["journal"]


def test_rows_that_are_refused_are_shown_and_other_errors_told(
    take: TakeDialog, planned: Planned, refused: list[str], tmp_path: Path
) -> None:
    take.open_file(listed(tmp_path, ROWS, "kas.csv"))
    stops = Remark(SheetCell("Kas", 2), Issue("", "unusual"))
    planned.fails = RowsRefused(replace(TAKING, remarks=(stops,)))
    take.record()
    assert take.note.text == "kas.csv Cells to fix: 1."
    assert refused == []
    take.show_taking(TAKING)
    planned.fails = RuleError("not-permitted")
    take.record()
    assert refused == ["not-permitted"]
    assert take.record_button.isEnabled(), "all is as before"


# -- every window that takes a file ----------------------------------------------------------------


@pytest.mark.parametrize("window", ["bank", "take"])
def test_columns_stand_at_the_left_of_the_list_and_what_records_below(
    window: str, request: pytest.FixtureRequest
) -> None:
    dialog: ImportDialog = request.getfixturevalue(window)
    dialog.side.show()
    dialog.resize(1180, 760)
    dialog.show()
    QApplication.processEvents()

    def place(part: QWidget) -> QRect:
        return QRect(part.mapTo(dialog, QPoint()), part.size())

    rows: QWidget = dialog.rows  # type: ignore[attr-defined]
    (close,) = (each for each in dialog.findChildren(Button) if each.text() == "Close")
    assert place(dialog.file_button).bottom() < place(rows).top()
    assert 0 < place(dialog.side).left() <= place(dialog.side).right() < place(rows).left()
    assert place(rows).bottom() < place(dialog.purpose).top()
    assert place(dialog.purpose).bottom() < place(dialog.record_button).top()
    assert place(close).right() < place(dialog.record_button).left() < dialog.width()
    assert place(rows).width() > place(dialog.side).width()
    wide = {"bank": (1, 2), "take": (1, 3)}[window]  # words of theirs and of ours; what it becomes
    across = [rows.columnWidth(at) for at in range(4)]  # type: ignore[attr-defined]
    assert min(across[at] for at in wide) > max(across[at] for at in range(4) if at not in wide)
    kinds = []
    for ready in (False, True, False):
        dialog.let_record(ready)
        assert dialog.record_button.isEnabled() is ready
        kinds.append(dialog.file_button.property("kind"))
    assert kinds == ["primary", "default", "primary"], "the first to press is one"
    assert dialog.record_button.property("kind") == "primary"
    for each in (dialog.file_button, dialog.record_button, rows, dialog.side):
        assert 0 < place(each).left() < place(each).right() < dialog.width()
    closed: list[int] = []
    dialog.finished.connect(closed.append)
    close.click()
    assert closed == [0]


@pytest.mark.parametrize("window", ["bank", "take"])
def test_a_file_is_asked_for_and_read(
    window: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog: ImportDialog = request.getfixturevalue(window)
    opened: list[Path] = []
    monkeypatch.setattr(dialog, "open_file", opened.append)
    for found in ([], [Path("kas.xlsx")]):
        monkeypatch.setattr("ui.intake.layout_part.ask_which", lambda *_, found=found: found)
        dialog.file_button.click()
        assert opened == found


@pytest.mark.parametrize("window", ["bank", "take", "acts"])
def test_the_rules_are_kept(window: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if window == "acts":
        answers = request.getfixturevalue("answers")
        answers.known["acts"] = ACTS
        dialog: Any = ActsDialog(request.getfixturevalue("still"))
        request.getfixturevalue("qtbot").addWidget(dialog)
    else:
        dialog = request.getfixturevalue(window)
        dialog.side.show()
    if isinstance(dialog, TakeDialog):
        odd = Remark(SheetCell("Kas", 4, 1), Issue("", "unusual"), stops=False, asks=True)
        begun = OpeningBalance(date=DAY, balances={"1101": 9_000, "3101": 9_000})
        dialog.show_taking(replace(TAKING, entries=(Entry(begun, SheetCell("Kas", 2)),),
                                   remarks=(odd,)))  # fmt: skip
        assert dialog.opening_day.hasHeightForWidth(), "in as many lines as it needs"
    elif isinstance(dialog, BankDialog):
        dialog.show_comparison(FOUND)
    dialog.resize(1400, 760)
    dialog.show()
    assert flaws(dialog) == []


# -- what was imported ---------------------------------------------------------------------------


ACTS = [Act("ambil-1", "kas.xlsx", "2026-06-07T08:00:00+07:00", "Sri", 12, 12, DAY, DAY),
        Act("ambil-0", "", "2026-06-06T08:00:00+07:00", "Sri", 3, 3, DAY, DAY)]  # fmt: skip


def test_an_act_is_cancelled_as_a_whole(
    answers: Answers, still: Workspace, heard: list[Any], qtbot: QtBot
) -> None:
    answers.known |= {"acts": ACTS, "cancellation": (RECEIPT, RECEIPT)}
    dialog = ActsDialog(still, "ambil-0")
    qtbot.addWidget(dialog)
    assert dialog.act == ACTS[1], "the one that was wanted"
    dialog.reason.setText("Wrong file")
    dialog.cancel_button.click()
    asked = [each for each in answers.asked if each[0] in ("cancellation", "record")]
    assert asked == [
        ("cancellation", "ambil-0", still.ui.today, "Wrong file"), ("record", (RECEIPT, RECEIPT)),
    ]  # fmt: skip
    change, message = heard
    assert change.kinds == {"correction"}
    assert message.text == "2 documents were cancelled."
    assert (dialog.reason.text(), dialog.cancel_button.isEnabled()) == ("", False)
    assert answers.asked[-1] == ("acts",), "and the list is asked for again"
    other = ActsDialog(still)
    qtbot.addWidget(other)
    assert other.act == ACTS[0]
    assert other.note.text.startswith("Cancelling corrects every document")
