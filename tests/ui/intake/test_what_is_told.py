"""What the windows that take files say of layouts, rows and movements that no file has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.lines import AccountLine, PaidLine
from kwt_books.domain.documents.money import BankReconciliation, Payment, Receipt, Transfer
from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.errors import Issue
from kwt_books.domain.kinds import KINDS
from kwt_books.domain.sheets import BANK_LIST, TABLES
from kwt_books.queries.intake import Act
from kwt_books.queries.reconciliations import BankLine
from kwt_books.services.intake.bank_list import BankList, Movement
from kwt_books.services.intake.bank_match import Agreed, Comparison, Proposed
from kwt_books.services.intake.entry import Cell as SheetCell
from kwt_books.services.intake.entry import Entry, Remark
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.money_columns import MoneyColumn
from kwt_books.services.intake.taking import Taking
from tests.ui.windows import at_rest, let_go, said
from ui.intake.acts import ActsDialog
from ui.intake.bank import BankDialog
from ui.intake.layout_part import ColumnsPart
from ui.intake.take import RowWriter, TakeDialog, amount_of
from ui.kit.look import UiContext
from ui.kit.picker import Choice
from ui.kit.table import Cell
from ui.kit.workspace import Workspace

DAY, NEXT = date(2026, 6, 5), date(2026, 6, 6)
PLACE = SheetCell("Kas", 7)
LAYOUT = Layout("Kas", "cash_book", 1, 1, {"date": 0, "in": 1},
                ("Day", "In", "Sales", "", "Soil"),
                {2: MoneyColumn(True, "Sales", "4101"), 3: MoneyColumn(False, "x")})  # fmt: skip
Window = TypeVar("Window", bound=QWidget)


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def desk(workspace: Workspace, qtbot: QtBot) -> Workspace:
    workspace.learn_setup()
    at_rest(workspace, qtbot)
    return workspace


@pytest.fixture
def opened(desk: Workspace, qtbot: QtBot) -> Callable[[Callable[[Workspace], Window]], Window]:
    def make(window_class: Callable[[Workspace], Window]) -> Window:
        made = window_class(desk)
        qtbot.addWidget(made)
        at_rest(desk, qtbot)
        return made

    return make


# -- which column is what ------------------------------------------------------------------------


@pytest.fixture
def columns(desk: Workspace, qtbot: QtBot) -> ColumnsPart:
    made = ColumnsPart(desk, {**TABLES, BANK_LIST.name: BANK_LIST})
    qtbot.addWidget(made)
    made.show_layout(LAYOUT)
    return made


def offered(choice: Any) -> list[str]:
    return [choice.itemText(at) for at in range(choice.count())]


def test_every_column_is_offered_by_its_letter_and_heading(
    columns: ColumnsPart, ui: UiContext
) -> None:
    t, table = ui.t, TABLES["cash_book"]
    assert {name: each.value() for name, each in columns.pickers.items()} == {
        each.name: str(LAYOUT.columns.get(each.name, "")) for each in table.columns
    }
    assert offered(columns.pickers["in"]) == ["–", "A Day", "B In", "C Sales", "D", "E Soil"]
    words = said(columns)
    for each in table.columns:
        assert columns.pickers[each.name].accessibleName() == t(each.title)
    assert words == [
        *(t(each.title) for each in table.columns),
        "Columns for a purpose", "C Sales", "D ", "E Soil", "Year", "Amounts",
    ]  # fmt: skip
    strong = [each.text() for each in columns.findChildren(QWidget)
              if each.property("role") == "strong"]  # fmt: skip
    assert strong == [t(each.title) for each in table.columns if each.needed]
    assert {place: each.value() for place, each in columns.purposes.items()} == {
        2: "in:4101", 3: "out:", 4: None
    }  # fmt: skip
    assert offered(columns.point) == ["as it says", "1.234,56", "1,234.56"]
    years = [str(ui.today.year + 1 - back) for back in range(12)]
    assert offered(columns.year) == ["as it says", *years]


def test_a_table_without_purposes_asks_for_columns_and_amounts_alone(columns: ColumnsPart) -> None:
    columns.show_layout(Layout("M", BANK_LIST.name, 1, 1, {"date": 1}))
    let_go()
    assert columns.purposes == {}
    assert said(columns)[-1] == "Amounts"
    assert "Year" not in said(columns)
    assert offered(columns.pickers["date"]) == ["–", "A", "B"], "as far as anything is known"
    columns.show_layout(None)
    let_go()
    assert (columns.pickers, said(columns)) == ({}, [])


def test_what_is_chosen_makes_another_layout(columns: ColumnsPart) -> None:
    told: list[Layout] = []
    columns.chosen.connect(told.append)

    def choose(field: Any, value: str) -> Layout:
        field.set_value(value)
        if not isinstance(field, Choice):
            field.changed.emit()
        return told[-1]

    assert choose(columns.point, ",") == replace(LAYOUT, point=",")
    assert choose(columns.year, "2025") == replace(LAYOUT, point=",", year=2025)
    chosen = choose(columns.purposes[4], "out:6101")
    assert chosen.money == {**LAYOUT.money, 4: MoneyColumn(False, "Soil", "6101")}
    assert choose(columns.purposes[2], "in:4102").money[2] == MoneyColumn(True, "Sales", "4102")
    chosen = choose(columns.pickers["out"], "4")
    assert chosen.columns == {"date": 0, "in": 1, "out": 4}
    assert 4 not in chosen.money, "a column is one thing"
    assert choose(columns.pickers["in"], "").columns == {"date": 0, "out": 4}
    assert choose(columns.year, "").year is None


# -- what rows of a sheet become -----------------------------------------------------------------

RECEIPT = Receipt(date=DAY, into="1101", memo="Sold greens",
                  lines=(AccountLine(account="4101", amount=50_000),
                         AccountLine(account="4102", amount=1_000)))  # fmt: skip
PAYMENT = Payment(date=DAY, source="1101", lines=(PaidLine(account="6101", amount=20_000),))
MOVED = Transfer(date=DAY, source="1101", to="1103", amount=7_000)
BEGUN = OpeningBalance(date=DAY, balances={"1101": 9_000, "1103": 4_000, "3101": 13_000})
LIST_FILE = "kas.xlsx"
STOPS = Remark(SheetCell("Kas", 7, 1), Issue("date", "unreadable-date"), said="31/02")
ODD = Remark(SheetCell("Kas", 7), Issue("", "unusual"), stops=False, asks=True)


def taken(*entries: Entry, remarks: tuple[Remark, ...] = (), known: int = 0) -> Taking:
    return Taking(LIST_FILE, "a", "", (LAYOUT,), entries, remarks, known)


def row_of(desk: Workspace, command: Command, *remarks: Remark, **about: Any) -> tuple[Cell, ...]:
    taking = taken(Entry(command, PLACE, **about), remarks=remarks)
    (row,) = RowWriter(desk).rows(taking, wrong_only=False)
    assert row.key == ("Kas", 7, 0)
    return row.cells


def name_of(desk: Workspace, code: str) -> str:
    assert desk.setup is not None
    return desk.setup.accounts[code].name_en


def test_a_row_tells_the_document_that_it_becomes(desk: Workspace) -> None:
    first = Cell("7", "05/06/2026", tone="quiet")
    assert row_of(desk, RECEIPT) == (
        first, Cell("Money came in", f"{name_of(desk, '4101')} · Sold greens"),
        Cell("51,000", tone="good"), Cell(),
    )  # fmt: skip
    assert row_of(desk, PAYMENT)[1:3] == (
        Cell("Costs paid", name_of(desk, "6101")), Cell("−20,000")
    )  # fmt: skip
    assert row_of(desk, MOVED)[1:3] == (Cell(desk.ui.t(KINDS["transfer"].title)), Cell("7,000"))
    cash, bank = (name_of(desk, code) for code in ("1101", "1103"))
    assert row_of(desk, BEGUN)[1].second == f"{cash} 9,000 · {bank} 4,000"
    doubtful = row_of(desk, PAYMENT, doubtful=True)
    assert doubtful[3] == Cell("Purpose not known, booked as other", tone="warn")
    assert [amount_of(each) for each in (RECEIPT, PAYMENT, MOVED, BEGUN)] == [
        51_000, -20_000, 7_000, 13_000,
    ]  # fmt: skip


def test_what_is_wrong_stands_beside_its_row(desk: Workspace) -> None:
    told = row_of(desk, PAYMENT, ODD, STOPS, doubtful=True)[3]
    assert told.tone == "error"
    assert told.text.startswith("7: ")
    assert " B7 (31/02): " in told.text
    assert row_of(desk, PAYMENT, ODD)[3].tone == "warn"
    lost = taken(remarks=(STOPS,))
    (row,) = RowWriter(desk).rows(lost, wrong_only=False)
    assert (row.cells[:3], row.ground) == ((Cell("7", "", tone="quiet"), Cell(), Cell()), "red_bg")


def test_rows_stand_in_the_order_of_their_sheets(desk: Workspace) -> None:
    entries = [Entry(MOVED, SheetCell(sheet, row)) for sheet, row in
               (("Zeta", 9), ("Kas", 11), ("Kas", 2), ("Zeta", 1), ("Kas", 2))]  # fmt: skip
    writer, wrong = RowWriter(desk), Remark(SheetCell("Kas", 11), Issue("", "unusual"))
    taking = replace(taken(*entries, remarks=(wrong,)),
                     layouts=(replace(LAYOUT, sheet="Zeta"), LAYOUT))  # fmt: skip
    rows = writer.rows(taking, wrong_only=False)
    assert [each.key for each in rows] == [
        ("Zeta", 1, 0), ("Zeta", 9, 0), ("Kas", 2, 0), ("Kas", 2, 1), ("Kas", 11, 0),
    ]  # fmt: skip
    assert [each.cells[0].text for each in rows][-1] == "Kas!11"
    assert [each.ground for each in rows] == ["", "", "", "", "red_bg"]
    assert [each.key for each in writer.rows(taking, wrong_only=True)] == [("Kas", 11, 0)]


@pytest.mark.parametrize(
    ("taking", "tone", "note", "count", "ready"),
    [
        (None, "", "An Excel file, or a list saved as CSV", "", False),
        (taken(Entry(RECEIPT, PLACE)), "good", "Every row can be recorded.", "Entries: 1", True),
        (taken(Entry(RECEIPT, PLACE), remarks=(STOPS, ODD)), "error", "Cells to fix: 1.",
         "Entries: 1", False),
        (taken(Entry(RECEIPT, PLACE), remarks=(ODD,)), "warn", "Check what is unusual",
         "Entries: 1", False),
        (taken(known=2), "warn", "Nothing is new in it.",
         "Entries: 0  ·  2 rows were imported before.", False),
        (taken(), "warn", "No row of it was recognised.", "Entries: 0", False),
    ],
)  # fmt: skip
def test_the_window_tells_what_can_be_recorded(
    opened: Callable[[Callable[[Workspace], TakeDialog]], TakeDialog],
    taking: Taking | None, tone: str, note: str, count: str, ready: bool,
) -> None:  # fmt: skip
    dialog = opened(TakeDialog)
    dialog.show_taking(taking)
    assert dialog.note.property("tone") == tone
    assert note in dialog.note.text
    assert (LIST_FILE in dialog.note.text) is (taking is not None)
    assert (dialog.count.text(), dialog.record_button.isEnabled()) == (count, ready)
    asked = taking is not None and bool(taking.asked)
    assert dialog.meant.isHidden() is not asked
    if asked:
        assert dialog.meant.text() == "1 unusual row is right"
        dialog.meant.setChecked(True)
        assert dialog.record_button.isEnabled() is not bool(taking and taking.stops)


def test_a_book_that_begins_is_asked_for_the_bank_s_balance(
    opened: Callable[[Callable[[Workspace], TakeDialog]], TakeDialog],
) -> None:
    dialog = opened(TakeDialog)
    dialog.show_taking(taken(Entry(RECEIPT, PLACE)))
    assert dialog.opening_row.isHidden()
    dialog.show_taking(taken(Entry(BEGUN, PLACE)))
    assert not dialog.opening_row.isHidden()
    assert "5 June 2026" in dialog.opening_day.text()
    assert dialog.bank.accessibleName() == "In the bank on the first day"


# -- the bank's list beside the book -------------------------------------------------------------


def moved(amount: int, name: str, *, sen: bool = False) -> Movement:
    return Movement(DAY, amount, f"words {name}", name, SheetCell("M", 2), sen)


def line(number: str, amount: int, day: date = DAY) -> BankLine:
    return BankLine(number, number, day, f"text {number}", amount, waited=False)


IN, OUT, SOLD = moved(1_250, "in"), moved(-6_500, "out"), moved(97_000, "sold")
PROPOSED = (
    Proposed(IN, (RECEIPT,), "7101", sure=True),
    Proposed(OUT, (PAYMENT,), "7202", sure=False),
    Proposed(SOLD, (), "4101", sure=True, takings=(line("1", 60_000), line("2", 40_000, NEXT))),
)
LIST = BankList("list.csv", "d", (IN, OUT, SOLD), balance=100_000)
FOUND = Comparison(
    "1103", LIST, (Agreed(moved(5_000, "a"), (line("BKM-1", 5_000), line("BKM-2", 0))),
                   Agreed(moved(-1, "b"), ())),
    PROPOSED, (line("BKK-9", -300),), balance=10_000, known_rows=1, head="",
)  # fmt: skip


@pytest.fixture
def bank(opened: Callable[[Callable[[Workspace], BankDialog]], BankDialog]) -> BankDialog:
    made = opened(BankDialog)
    made.show_comparison(FOUND)
    return made


def test_movements_tell_what_the_book_has_of_them(bank: BankDialog, desk: Workspace) -> None:
    names = {code: name_of(desk, code) for code in ("7101", "7202", "4101")}
    day = Cell("05/06/2026")

    def row(name: str, book: Cell, amount: str) -> tuple[Cell, ...]:
        tone = "" if amount.startswith("−") else "good"
        return day, Cell(f"words {name}"), book, Cell(amount, tone=tone)

    def proposed(purpose: str, tone: str, name: str = "to be recorded") -> Cell:
        return Cell(name, purpose, tone=tone, icon="plus")

    settled = f"{names['4101']} · gross 100,000, fee 3,000: 5 Jun, 6 Jun"
    shown = [
        row("in", proposed(names["7101"], "good"), "1,250"),
        row("out", proposed(f"{names['7202']} ?", "warn"), "−6,500"),
        row("sold", proposed(settled, "good"), "97,000"),
        (day, Cell("not on the list", tone="warn"), Cell("BKK-9", "text BKK-9"), Cell("−300")),
        row("a", Cell("BKM-1, BKM-2", "", icon="check"), "5,000"),
        row("b", Cell("recorded before", "", icon="check"), "−1"),
    ]
    assert [each.cells for each in bank.rows.list_model.rows] == shown
    assert "2 agree, 3 are proposed, 1 are not on the list." in bank.note.text
    bank.rows.select(1)
    assert bank.tick_button.text() == "Leave out"
    bank.tick()
    assert bank.rows.list_model.rows[1].cells[2] == (
        proposed(f"{names['7202']} ?", "quiet", "left out")
    )
    assert bank.tick_button.text() == "Record it after all"
    assert (bank.purpose.value(), bank.purpose.isEnabled()) == ("7202", True)
    bank.rows.select(3)
    assert (bank.tick_button.isEnabled(), bank.purpose.isEnabled()) == (False, False)
    assert bank.proposal is None


@pytest.mark.parametrize(
    ("movement", "takings", "told"),
    [
        (SOLD, PROPOSED[2].takings, "gross 100,000, fee 3,000: 5 Jun, 6 Jun"),
        (moved(60_000, ""), (line("1", 60_000),), ""),
        (moved(59_999, ""), (line("1", 60_000),), ""),
        (moved(59_998, ""), (line("1", 60_000),), "gross 60,000, fee 2: 5 Jun"),
        (moved(-5, ""), PROPOSED[2].takings, ""),
        (moved(60_000, ""), (line("1", 60_000), line("2", -10)), ""),
        (moved(100_000, ""), PROPOSED[2].takings, "gross 100,000, fee 0: 5 Jun, 6 Jun"),
    ],
)  # fmt: skip
def test_takings_settled_together_or_less_a_fee_are_told(
    bank: BankDialog, movement: Movement, takings: tuple[BankLine, ...], told: str
) -> None:
    settled = replace(FOUND, proposed=(), outstanding=(), agreed=(Agreed(movement, takings),))
    bank.show_comparison(settled)
    assert bank.rows.list_model.rows[0].cells[2].second == told


def test_the_balance_tells_what_is_recorded(bank: BankDialog, ui: UiContext) -> None:
    expected = 10_000 + 1_250 - 6_500 + 97_000 + 300
    assert FOUND.expected == expected

    def told(statement: int | None) -> str:
        bank.statement.set_value("" if statement is None else statement)
        return bank.expected.text()

    rupiah = ui.formats.rupiah
    assert told(None) == (
        f"With everything to be recorded, the bank should show {rupiah(expected)}."
    )
    assert told(expected) == "It agrees, and is reconciled."
    assert isinstance(bank.commands(FOUND)[-1], BankReconciliation)
    assert told(expected - 1) == (
        f"It differs by {rupiah(-1)}: what is proposed is recorded, no reconciliation."
    )
    assert bank.commands(FOUND) == (RECEIPT, PAYMENT)
    with_sen = replace(FOUND, agreed=(Agreed(moved(5_000, "a", sen=True), ()),))
    bank.show_comparison(with_sen)
    assert told(expected + 1) == (
        f"It agrees except for {rupiah(1)} of sen, which is recorded too, and is reconciled."
    )
    assert bank.record_button.isEnabled()
    nothing = replace(FOUND, proposed=(), outstanding=())
    last = BankReconciliation(date=LIST.last, account="1103", statement=10_000, outstanding=())
    bank.show_comparison(replace(nothing, last=last))
    assert told(10_000) == "It agrees, and was reconciled before: nothing is new."
    assert not bank.record_button.isEnabled()
    bank.show_comparison(None)
    assert (bank.expected.text(), bank.record_button.isEnabled()) == ("", False)
    assert bank.rows.list_model.rows == []


def test_what_is_odd_about_a_list_is_told_two_at_most(bank: BankDialog) -> None:
    def remark(row: int) -> Remark:
        return Remark(SheetCell("M", row, 0), Issue("", "unusual"), stops=False, said="x")

    for count in range(4):
        odd = tuple(remark(row) for row in range(2, 2 + count))
        bank.show_comparison(replace(FOUND, listed=replace(LIST, remarks=odd)))
        assert bank.note.property("tone") == ("warn" if count else "")
        named = [f"M!A{row} (x):" in bank.note.text for row in range(2, 2 + count)]
        assert named == [True, True, False][:count]


def test_nothing_is_asked_about_a_list_before_there_is_one(
    opened: Callable[[Callable[[Workspace], BankDialog]], BankDialog],
) -> None:
    dialog = opened(BankDialog)
    for each in (dialog.listed_account, dialog.columns_button, dialog.side):
        assert each.isHidden()
    for button in (dialog.tick_button, dialog.record_button):
        assert not button.isEnabled()
    dialog.columns_button.setChecked(True)
    assert not dialog.side.isHidden()


# -- what was taken ------------------------------------------------------------------------------


def test_an_act_is_cancelled_once_somebody_says_why(
    opened: Callable[[Callable[[Workspace], ActsDialog]], ActsDialog],
) -> None:
    dialog = opened(ActsDialog)
    assert dialog.note.text == "Nothing has been imported from Excel yet."
    act = Act("ambil-1", "kas.xlsx", "2026-06-07T08:00:00+07:00", "Sri", 12, 12, DAY, NEXT)
    gone = replace(act, name="ambil-0", file="", standing=0)
    dialog.show_acts([act, gone])
    days = "05/06/2026 – 06/06/2026"
    assert [each.cells for each in dialog.table.list_model.rows] == [
        (Cell("kas.xlsx"), Cell("07/06/2026", aside="Sri"), Cell("12"), Cell(days)),
        (Cell("ambil-0", struck=True), Cell("07/06/2026", aside="Sri"),
         Cell("12", aside="cancelled"), Cell(days)),
    ]  # fmt: skip
    assert dialog.act == act, "the first one is selected"
    ready = []
    for reason, chosen in chain.from_iterable(
        ((reason, place) for place in (0, 1)) for reason in ("", "  ", "The wrong file")
    ):
        dialog.reason.setText(reason)
        dialog.table.select(chosen)
        ready.append(dialog.cancel_button.isEnabled())
    assert ready == [False, False, False, False, True, False]
