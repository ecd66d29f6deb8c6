"""Cash books with a column for each purpose: whole and parts agree, and what is chosen counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kwt_books.app import Book
from kwt_books.domain.documents.money import Payment, Receipt
from kwt_books.queries.intake import known_to_intake
from kwt_books.services.intake.money_columns import MoneyColumn
from kwt_books.services.intake.remembered import Remembered
from kwt_books.services.intake.sheet import open_sheets
from kwt_books.services.intake.taking import Taking, layouts_of, plan
from tests.services.intake.kept import book as workbook
from tests.services.intake.kept import text

TODAY = date(2026, 11, 30)
HEADINGS = ["Tanggal", "Uraian", "Masuk", "Keluar", "Penjualan", "Hibah", "Transport", "Upah"]


def planned(book: Book, path: Path) -> Taking:
    file = open_sheets(path)
    return plan(file, book.read(known_to_intake), layouts_of(file), TODAY)


def test_columns_that_come_to_something_else_are_told_at_the_whole(
    new_book: Book, tmp_path: Path
) -> None:
    path = tmp_path / "kas.xlsx"
    workbook({"Kas": [
        HEADINGS,
        ["05/01/2026", "Panen", 90000, None, 60000, 30000, None, None],
        ["06/01/2026", "Ke pasar", None, 25000, None, None, 15000, 5000],
        ["07/01/2026", "Ke pasar", None, 25000, None, None, 15000, "sepuluh ribu"],
    ]})(path)  # fmt: skip
    taking = planned(new_book, path)
    told = {str(each.cell): (each.issue.code, dict(each.issue.params)) for each in taking.stops}
    assert told == {
        "Kas!D3": ("columns-differ", {"balance": 25000, "total": 20000}),
        "Kas!H4": ("amount-not-a-number", {}),
    }


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.lists(st.integers(0, 9_999_999), min_size=4, max_size=4).filter(any),
        min_size=2,
        max_size=12,
    ),
    st.booleans(),
)
def test_nothing_is_lost_between_the_columns(
    new_book: Book, tmp_path: Path, rows: list[list[int]], with_whole: bool
) -> None:
    written = []
    for came_1, came_2, went_1, went_2 in rows:
        whole = ["", ""]
        if with_whole and not (went_1 or went_2):
            whole = [str(came_1 + came_2), ""]
        if with_whole and not (came_1 or came_2):
            whole = ["", str(went_1 + went_2)]
        parts = [str(each or "") for each in (came_1, came_2, went_1, went_2)]
        written.append(["05/01/2026", "Catatan", *whole, *parts])
    path = tmp_path / "kas.csv"
    text([HEADINGS, *written], ";", "utf-8")(path)

    taking = planned(new_book, path)

    assert not taking.stops
    by_account = dict.fromkeys(("4101", "4201", "6103", "6102"), 0)
    for each in taking.entries:
        assert isinstance(each.command, Receipt | Payment)
        (line,) = each.command.lines
        by_account[line.account] += line.amount
    assert tuple(by_account.values()) == tuple(map(sum, zip(*rows, strict=True)))


def test_what_a_column_was_for_is_chosen_and_remembered(new_book: Book, tmp_path: Path) -> None:
    path = tmp_path / "kas.csv"
    text([["Tanggal", "Uraian", "Penjualan", "Ibu A", "Bensin"],
          ["05/01/2026", "Panen", "60000", "", ""],
          ["06/01/2026", "Titipan", "", "5000", ""]], ";", "utf-8")(path)  # fmt: skip
    file = open_sheets(path)
    (layout,) = layouts_of(file)
    chosen = {**layout.money, 3: MoneyColumn.of("out:1113", layout.money[3])}
    memory = Remembered(tmp_path / "sheets.json")
    memory.note("KWT", replace(layout, money=chosen))

    applied = memory.applied("KWT", layout)
    taking = plan(file, new_book.read(known_to_intake), [applied], TODAY)

    assert applied.money == chosen
    assert memory.applied("KSM", layout) == layout
    said = [(each.command.kind, each.command.lines[0].account) for each in taking.entries]  # type: ignore[attr-defined]
    assert said == [("receipt", "4101"), ("payment", "1113")]


def test_the_year_that_was_chosen_counts(new_book: Book, tmp_path: Path) -> None:
    path = tmp_path / "kas.xlsx"
    workbook({"Januari": [HEADINGS[:4], [7, "Jual bayam", 5000, None], [30, "Jual sawi", 1000, 0]],
              "Feb": [HEADINGS[:4], ["28/2", "Jual tomat", 5000, None]]})(path)  # fmt: skip
    file = open_sheets(path)
    known = new_book.read(known_to_intake)
    days = [
        [each.command.date for each in plan(file, known, layouts, TODAY).entries]  # type: ignore[attr-defined]
        for layouts in (layouts_of(file), [replace(x, year=2024) for x in layouts_of(file)])
    ]
    assert days == [
        [date(2026, 1, 7), date(2026, 1, 30), date(2026, 2, 28)],
        [date(2024, 1, 7), date(2024, 1, 30), date(2024, 2, 28)],
    ]


def test_one_amount_of_a_row_is_for_something_else_now_and_the_next_time(
    new_book: Book, tmp_path: Path
) -> None:
    path = tmp_path / "kas.csv"
    titles = ["Tanggal", "Uraian", "Penjualan", "Bahan", "Transport"]
    text([titles, ["05/01/2026", "Belanja", "", "60000", "5000"],
          ["06/01/2026", "Belanja", "", "60000", "5000"],
          ["07/01/2026", "Panen", "9000", "", ""]], ";", "utf-8")(path)  # fmt: skip
    file, known = open_sheets(path), new_book.read(known_to_intake)
    (layout,) = layouts_of(file)
    before = plan(file, known, [layout], TODAY).entries
    one = before[1]

    after = plan(file, known, [layout], TODAY, {one.print: "6104"}).entries

    assert [each.account for each in after] == [
        "6104" if each is one else each.account for each in before
    ]
    assert [each.command.id for each in after] == [each.command.id for each in before]  # type: ignore[attr-defined]

    memory = Remembered(tmp_path / "sheets.json")
    memory.note("KWT", replace(layout, said={one.said: "6104"}))
    later = tmp_path / "feb.csv"
    text([titles, ["05/02/2026", "Belanja 2", "", "70000", "8000"],
          ["06/02/2026", "Ke pasar", "", "", "9000"]], ";", "utf-8")(later)  # fmt: skip
    next_file = open_sheets(later)
    applied = memory.layouts("KWT", next_file, layouts_of(next_file))
    usual = [each.account for each in plan(next_file, known, layouts_of(next_file), TODAY).entries]
    found = [each.account for each in plan(next_file, known, applied, TODAY).entries]
    assert found == [usual[0], "6104", usual[2]]


def test_the_balance_beside_them_tells_what_came_and_what_went(
    new_book: Book, tmp_path: Path
) -> None:
    path = tmp_path / "kas.csv"
    text([["Tanggal", "Uraian", "Penjualan", "Ibu A", "Ibu B", "Bensin", "Saldo"],
          ["05/01/2026", "Panen", "60000", "", "", "", "60000"],
          ["06/01/2026", "Titipan", "", "5000", "", "", "55000"],
          ["07/01/2026", "Titipan", "", "", "7000", "", "62000"],
          ["08/01/2026", "Ke pasar", "", "", "", "2000", "60000"],
          ["09/01/2026", "Titipan", "", "6000", "", "", "54000"]], ";", "utf-8")(path)  # fmt: skip
    (layout,) = layouts_of(open_sheets(path))
    assert {place: each.came_in for place, each in layout.money.items()} == {
        2: True, 3: False, 4: True, 5: False,
    }  # fmt: skip
    kinds = [each.command.kind for each in planned(new_book, path).entries]
    assert kinds == ["receipt", "payment", "receipt", "payment", "payment"]
