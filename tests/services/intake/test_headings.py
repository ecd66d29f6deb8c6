"""Which table rows hold, where its headings stand, and what each column is: told without a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kwt_books.domain.opening_sheets import DEBTS
from kwt_books.domain.sheet_table import SheetTable
from kwt_books.domain.sheets import BANK_LIST, CASH_BOOK, TABLES
from kwt_books.services.intake import debts, headings
from kwt_books.services.intake.halves import Half, of_half, with_sides
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.money_columns import MoneyColumn
from kwt_books.services.intake.sheet import Row

H = ["Tanggal", "Uraian", "Masuk", "Keluar", "Saldo"]
JULY: list[list[Any]] = [["1/7/2026", "Jual bayam", 500, None, 500],
                         ["2/7/2026", "Beli pupuk", None, 200, 300]]  # fmt: skip
CASH = {"date": 0, "memo": 1, "in": 2, "out": 3, "balance": 4}


def cells_of(cells: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(Decimal(each) if isinstance(each, int) else each for each in cells)


def sheet(*rows: Sequence[Any]) -> list[Row]:
    """The rows of a sheet as they are read: without those that are empty."""
    found = [Row(number, cells_of(cells)) for number, cells in enumerate(rows, 1)]
    return [row for row in found if not row.empty]


def guessed(*rows: Sequence[Any], name: str = "Kas", tables: Sequence[SheetTable] = ()) -> Layout:
    found = headings.guess(name, sheet(*rows), tables or tuple(TABLES.values()))
    assert found is not None
    return found


def test_headings_stand_under_titles() -> None:
    found = guessed(["BUKU KAS"], ["KWT Melati", "Juli 2026"], [], H, *JULY)
    assert (found.table, found.heading, found.last, found.columns) == ("cash_book", 4, 4, CASH)
    assert found.headings == tuple(H)
    assert (found.sheet, found.beside, found.money) == ("Kas", (), {})


def test_headings_stand_in_two_rows() -> None:
    found = guessed(["Tanggal", "Uraian", "Jumlah", None, None],
                    [None, None, "Masuk", "Keluar", "Saldo"], *JULY)  # fmt: skip
    assert (found.heading, found.last, found.columns) == (1, 2, CASH)
    assert found.headings == ("Tanggal", "Uraian", "Masuk", "Keluar", "Saldo")


def test_a_heading_goes_on_in_the_row_below() -> None:
    found = guessed(["Tanggal", "Uraian", "Uang", "Uang", "Saldo"],
                    [None, "Transaksi", "Masuk", "Keluar", None], *JULY)  # fmt: skip
    assert (found.heading, found.last, found.columns) == (1, 2, CASH)
    assert found.headings == ("Tanggal", "Uraian Transaksi", "Uang Masuk", "Uang Keluar", "Saldo")


def test_the_name_of_a_sheet_tells_its_table() -> None:
    rows = [["Tanggal", "Uraian", "Jumlah"], ["1/7/2026", "Bayam", 5000]]
    assert guessed(*rows, name="Mutasi", tables=[CASH_BOOK, BANK_LIST]).table == "bank_list"
    assert guessed(*rows, name="Mutasi Juli", tables=[CASH_BOOK, BANK_LIST]).table == "bank_list"
    assert guessed(*rows, name="Juli", tables=[CASH_BOOK, BANK_LIST]).table == "cash_book"


def test_a_list_without_headings_is_told_by_its_values() -> None:
    found = guessed(*JULY, ["3/7/2026", "Jual sawi", 50, None, 350])
    assert (found.heading, found.last, found.columns) == (0, 0, CASH)
    assert found.headings == ("",) * 5
    one = guessed(*([day, words, came or went] for day, words, came, went, _ in JULY))
    assert one.columns == {"date": 0, "memo": 1, "amount": 2}
    balance = guessed(*([day, words, came or went, left] for day, words, came, went, left in JULY))
    assert balance.columns == {"date": 0, "memo": 1, "amount": 2, "balance": 3}
    sides = guessed(*(row[:4] for row in JULY))
    assert sides.columns == {"date": 0, "memo": 1, "in": 2, "out": 3}
    longer = guessed(*([*row, "kt"] for row in JULY), ["3/7/2026", "Jual sawi", 50, None, 350])
    assert longer.columns == CASH, "the words are where most is said"


@pytest.mark.parametrize(
    "rows",
    [
        JULY[:1],
        [["Jual", 500], ["Beli", 200]],
        [["1/7/2026", 500], ["2/7/2026", 200]],
        [["1/7/2026", "Jual bayam"], ["2/7/2026", "Beli pupuk"]],
        [["1/7/2026", "Jual", 50], ["?", "Beli", 20], ["?", "Beli", 20], ["3/7/2026", "Beli", 9]],
        [["01", "Jual bayam", 500], ["02", "Beli pupuk", 200]],
    ],
    ids=["one row", "no days", "no words", "no money", "few days", "figures are no days"],
)
def test_what_is_no_list_is_no_table(rows: list[list[Any]]) -> None:
    assert headings.guess("Kas", sheet(*rows), TABLES.values()) is None


def ten(count: int, filled: Any, other: Any) -> list[Any]:
    """Ten cells, of which the first `count` are filled so."""
    return [filled] * count + [other] * (10 - count)


@pytest.mark.parametrize(
    ("days", "words", "amounts", "is_one"),
    [(10, "abcd", 10, True), (7, "abcd", 10, True), (6, "abcd", 10, False),
     (10, "abc", 10, False), (10, "abcd", 7, True), (10, "abcd", 6, False)],
)  # fmt: skip
def test_seven_tenths_of_the_cells_tell_what_a_column_is(
    days: int, words: str, amounts: int, is_one: bool
) -> None:
    """Without headings; and words have more than three letters."""
    cells = zip(ten(days, "1/7/2026", "?"), [words] * 10, ten(amounts, 500, "x"), strict=True)
    found = headings.guess("Kas", sheet(*cells), [CASH_BOOK])
    assert (found.columns if found else None) == (
        {"date": 0, "memo": 1, "amount": 2} if is_one else None
    )


@pytest.mark.parametrize(("rows", "second"), [(5, "out"), (4, "balance")])
def test_two_amounts_side_by_side_in_a_quarter_of_the_rows_are_no_two_sides(
    rows: int, second: str
) -> None:
    both = ["1/7/2026", "Jual bayam", 500, 500]
    listed = [both, *([f"{day}/7/2026", "Jual bayam", 500, None] for day in range(2, rows + 1))]
    found = guessed(*listed)
    assert found.columns == {
        "date": 0, "memo": 1, "in" if second == "out" else "amount": 2, second: 3,
    }  # fmt: skip


@pytest.mark.parametrize(("titles", "heading"), [(39, 40), (40, None)])
def test_headings_are_looked_for_in_forty_rows(titles: int, heading: int | None) -> None:
    found = headings.guess("Kas", sheet(*[["Catatan"]] * titles, H, *JULY), [CASH_BOOK])
    assert (found.heading if found else None) == heading


@pytest.mark.parametrize(("length", "is_one"), [(40, True), (41, False)])
def test_a_heading_has_forty_signs_at_most(length: int, is_one: bool) -> None:
    head = ["Tanggal", "Uraian ".ljust(length, "x"), *H[2:]]
    found = headings.guess("Kas", sheet(head, *JULY), [CASH_BOOK])
    assert (found.columns if found else None) == (CASH if is_one else None)


@pytest.mark.parametrize(("others", "column"), [(2, "side"), (3, "purpose")])
def test_a_third_of_the_cells_tell_that_a_column_says_the_side(others: int, column: str) -> None:
    cells = ["Masuk", *["Sayur"] * others]
    rows = ([f"{day}/7/2026", "Jual", said, 500] for day, said in enumerate(cells, 1))
    found = guessed(["Tanggal", "Uraian", "Jenis", "Jumlah"], *rows)
    assert found.columns == {"date": 0, "memo": 1, column: 2, "amount": 3}


@pytest.mark.parametrize(("others", "named"), [(2, True), (3, False)])
def test_less_than_a_third_of_amounts_leaves_a_heading_in_doubt(others: int, named: bool) -> None:
    """Unless it says `Masuk` and nothing else."""
    cells = [500, *["lunas"] * others]
    for heading, is_named in (("Masuk Rp", named), ("Masuk", True)):
        rows = ([f"{day}/7/2026", "Jual", said, 5] for day, said in enumerate(cells, 1))
        found = guessed(["Tanggal", "Uraian", heading, "Keluar"], *rows, tables=[CASH_BOOK])
        assert ("in" in found.columns) is is_named


@pytest.mark.parametrize(("amounts", "column"), [(7, 2), (6, 3)])
def test_of_two_headings_alike_the_first_counts_that_holds_seven_tenths(
    amounts: int, column: int
) -> None:
    cells = enumerate(ten(amounts, 500, "lunas"), 1)
    rows = ([f"{day}/7/2026", "Panen", said, 900] for day, said in cells)
    found = guessed(["Tanggal", "Uraian", "Jumlah", "Jumlah"], *rows)
    assert found.columns == {"date": 0, "memo": 1, "amount": column}


@pytest.mark.parametrize(("sides", "is_one"), [(7, True), (6, False)])
def test_sides_without_a_heading_fill_seven_tenths(sides: int, is_one: bool) -> None:
    cells = enumerate(ten(sides, "CR", "?"), 1)
    rows = ([f"{day}/7/2026", "Setor", 500, said, 900] for day, said in cells)
    found = guessed(["Tanggal", "Uraian", "Jumlah", None, "Saldo"], *rows)
    assert ("side" in found.columns) is is_one


def test_without_headings_columns_can_be_asked_for() -> None:
    rows = sheet(*JULY)
    assert headings.at("Kas", rows, CASH_BOOK, 0).columns == CASH
    bare = headings.at("Kas", rows[:1], CASH_BOOK, 0)
    assert (bare.columns, bare.headings, bare.heading, bare.last) == ({}, ("",) * 5, 0, 0)
    nothing = headings.at("Kas", rows, CASH_BOOK, 2)
    assert (nothing.columns, nothing.heading, nothing.last) == ({}, 2, 2)
    assert nothing.headings[1] == "Beli pupuk"
    beyond = headings.at("Kas", rows, CASH_BOOK, 7)
    assert (beyond.columns, beyond.headings, beyond.heading, beyond.last) == ({}, (), 7, 7)


def test_headings_that_are_pointed_at_may_be_in_two_rows_and_turned() -> None:
    rows = sheet(["x"], ["Tanggal", "Uraian", "Jumlah", None, "Saldo"],
                 [None, None, "Debet", "Kredit", None],
                 ["1/7/2026", "Setor", None, 500, 500], ["2/7/2026", "Tarik", 200, None, 300],
                 ["3/7/2026", "Setor", None, 100, 400])  # fmt: skip
    found = headings.at("Bank", rows, CASH_BOOK, 2)
    assert (found.heading, found.last) == (2, 3)
    assert found.columns == {"date": 0, "memo": 1, "in": 3, "out": 2, "balance": 4}


BANK = ["Tanggal", "Uraian", "Debet", "Kredit", "Saldo"]


def turned(*rows: Sequence[Any]) -> bool:
    """Whether the balance says that `Debet` went out."""
    found = guessed(BANK, *rows).columns
    assert {found["in"], found["out"]} == {2, 3}
    return found["in"] == 3


def test_two_balances_turn_the_sides_and_one_does_not() -> None:
    first = ["1/7/2026", "Setor", None, 500, 500]
    second, third = ["2/7/2026", "Setor", None, 100, 600], ["3/7/2026", "Tarik", 50, None, 550]
    assert not turned(first, second)
    assert turned(first, second, third)
    assert turned(first, second, ["3/7/2026", "x", None, "lunas", 600], third)
    assert turned(first, second, ["3/7/2026", "x", None, None, None], third)
    assert not turned(["1/7/2026", "Jual", 500, None, 500], ["2/7/2026", "Jual", 100, None, 600],
                      ["3/7/2026", "Beli", None, 50, 550])  # fmt: skip
    assert not turned(first, ["2/7/2026", "Jual", 100, None, 600],
                      ["3/7/2026", "Beli", None, 50, 550], ["4/7/2026", "x", None, 50, 600],
                      ["4/7/2026", "x", None, 50, 650])  # fmt: skip


def test_a_column_without_a_heading_says_on_which_side_the_amount_is() -> None:
    rows = [["1/7/2026", "Setor", 500, "CR", 500], ["2/7/2026", "Tarik", 200, "DB", 300],
            ["3/7/2026", "Tarik", 200, "?", 100], ["4/7/2026", "x", 50, "db", 50]]  # fmt: skip
    head = ["Tanggal", "Uraian", "Jumlah", None, "Saldo"]
    found = guessed(head, *rows)
    assert found.columns == {"date": 0, "memo": 1, "amount": 2, "side": 3, "balance": 4}
    assert "side" not in guessed(head, *rows[:3], ["4/7/2026", "x", 50, "?", 50]).columns
    assert "side" not in guessed([*head[:3], "Paraf", "Saldo"], *rows).columns
    assert "side" not in guessed(head, *([*row[:3], None, row[4]] for row in rows)).columns
    behind = guessed(head[:3], *(row[:4] for row in rows))
    assert behind.columns == {"date": 0, "memo": 1, "amount": 2, "side": 3}


def test_what_stands_below_decides_between_two_columns_of_one_name() -> None:
    found = guessed(["Tanggal", "Uraian", "Jenis", "Jumlah"], ["1/7/2026", "Jual", "Masuk", 500],
                    ["2/7/2026", "Beli", "Keluar", 200])  # fmt: skip
    assert found.columns == {"date": 0, "memo": 1, "side": 2, "amount": 3}
    found = guessed(["Tanggal", "Uraian", "Jenis", "Jumlah"], ["1/7/2026", "Jual", "Sayur", 500],
                    ["2/7/2026", "Beli", "Saprotan", 200])  # fmt: skip
    assert found.columns == {"date": 0, "memo": 1, "purpose": 2, "amount": 3}
    found = guessed(["Tanggal", "Uraian", "Masuk", "Masuk lain", "Keluar"],
                    ["1/7/2026", "Jual", "ya", 500, None], ["2/7/2026", "Beli", "x", None, 200],
                    name="Kas")  # fmt: skip
    assert found.columns["in"] == 3, "words are no money, whatever stands over them"


def test_of_two_alike_the_one_that_is_filled_with_amounts_counts() -> None:
    rows = [[f"{day}/7/2026", "Panen", 500 if day < 5 else "lunas", 900] for day in range(1, 11)]
    found = guessed(["Tanggal", "Uraian", "Jumlah", "Jumlah"], *rows)
    assert found.columns == {"date": 0, "memo": 1, "amount": 3}


def test_of_months_below_each_other_the_first_headings_count() -> None:
    found = guessed(["JANUARI"], H, ["05", "Jual bayam", 500, None, 500],
                    ["FEBRUARI"], H, *JULY, ["MARET"], H, *JULY)  # fmt: skip
    assert (found.heading, found.last) == (2, 2)
    other = ["Tanggal", "Uraian", "Keterangan", "Masuk", "Keluar"]
    found = guessed(["JANUARI"], other[:2], ["FEBRUARI"], H, *JULY)
    assert found.heading == 4, "headings of another table are not its own"


def test_headings_of_two_rows_are_found_where_they_stand_first() -> None:
    head = [["Tanggal", "Uraian", "Jumlah", None], [None, None, "Masuk", "Keluar"]]
    rows = [row[:4] for row in JULY]
    found = guessed(["JANUARI"], *head, ["5/1/2026", "Jual", 500, None], [], ["FEBRUARI"], *head,
                    *rows)  # fmt: skip
    assert (found.heading, found.last) == (2, 3)


def test_what_stands_above_the_better_headings_is_not_lost() -> None:
    found = guessed(["Tanggal", "Uraian", "Masuk", "Keluar"], *(row[:4] for row in JULY), [],
                    [*H, "No. Bukti", "Akun"], *([*row, "1", "4101"] for row in JULY))  # fmt: skip
    assert (found.heading, found.columns) == (1, {"date": 0, "memo": 1, "in": 2, "out": 3})


def test_what_happened_day_by_day_is_nothing_that_stands_when_a_book_begins() -> None:
    rows = [["Tanggal", "Nama", "Simpanan Wajib"], ["1/7/2026", "Siti", 5000],
            ["2/7/2026", "Nur", 5000]]  # fmt: skip
    assert headings.guess("Simpanan", sheet(*rows), TABLES.values()) is None
    undated = [[cell if at or not place else None for at, cell in enumerate(row)]
               for place, row in enumerate(rows)]  # fmt: skip
    assert guessed(*undated, name="Simpanan").table == "members"
    half = [rows[0], ["1/7/2026", "Siti", 5000], ["?", "Nur", 5000]]
    assert headings.guess("Simpanan", sheet(*half), TABLES.values()) is None
    half += [["?", "Ani", 5000]]
    assert guessed(*half, name="Simpanan").table == "members"


def test_remarks_name_no_accounts_but_where_balances_are_said() -> None:
    rows = [["Keterangan", "Jumlah"], ["Kas", 5000], ["Bank", 9000]]
    assert headings.guess("Sheet1", sheet(*rows), TABLES.values()) is None
    assert guessed(*rows, name="Saldo Awal").table == "opening"
    assert guessed(["Akun", "Jumlah"], *rows[1:], name="Sheet1").table == "opening"


def test_the_words_over_two_halves_tell_what_came_in() -> None:
    half = ["Tanggal", "Uraian", "Jumlah"]
    found = guessed(["PENGELUARAN", None, None, "PEMASUKAN"], half * 2,
                    ["1/7/2026", "Pupuk", 500, "1/7/2026", "Bayam", 900],
                    ["2/7/2026", "Ojek", 200, "3/7/2026", "Sawi", 800])  # fmt: skip
    assert [each.columns for each in found.beside] == [
        {"date": 0, "memo": 1, "out": 2}, {"date": 3, "memo": 4, "in": 5},
    ]  # fmt: skip
    assert [(each.start, each.title, each.guessed) for each in found.beside] == [
        (0, "PENGELUARAN", False), (3, "PEMASUKAN", False),
    ]  # fmt: skip
    assert found.columns == found.beside[0].columns


@pytest.mark.parametrize(
    ("titles", "sides", "is_guessed"),
    [
        (("Pemasukan", "Pengeluaran"), ("in", "out"), False),
        (("Pengeluaran", "Pemasukan"), ("out", "in"), False),
        (("", "Pemasukan"), ("out", "in"), False),
        (("", "Pengeluaran"), ("in", "out"), False),
        (("Pengeluaran", ""), ("out", "in"), False),
        (("Pemasukan", "Pemasukan"), ("in", "out"), False),
        (("Juli", "Agustus"), ("in", "out"), True),
    ],
)
def test_of_two_halves_one_came_in_and_one_went_out(
    titles: tuple[str, str], sides: tuple[str, str], is_guessed: bool
) -> None:
    halves = [Half(at * 3, {"date": at * 3, "amount": at * 3 + 2}, title)
              for at, title in enumerate(titles)]  # fmt: skip
    found = with_sides(halves)
    assert [each.columns for each in found] == [
        {"date": at * 3, side: at * 3 + 2} for at, side in enumerate(sides)
    ]
    assert [each.guessed for each in found] == [is_guessed] * 2


def test_of_three_halves_nothing_is_guessed_and_what_is_known_stays() -> None:
    three = [Half(at, {"amount": at}, title) for at, title in enumerate(("", "Keluar", ""))]
    assert [dict(each.columns) for each in with_sides(three)] == [
        {"amount": 0}, {"out": 1}, {"amount": 2},
    ]  # fmt: skip
    known = [Half(0, {"in": 2, "out": 3}, "Keluar"), Half(5, {"amount": 7}, "")]
    assert with_sides(known) == known


def test_a_row_of_a_half_has_what_is_in_it_and_what_it_shares() -> None:
    row = Row(7, ("1/7/2026", "Pupuk", Decimal(500), "Bayam", Decimal(900), "x"))
    right = Half(3, {"date": 0, "memo": 3, "in": 4})
    assert of_half(row, right, None).values == (row.at(0), None, None, *row.values[3:])
    assert of_half(row, right, 5).values == (row.at(0), None, None, *row.values[3:5], None)
    assert of_half(row, right, None).number == 7


def test_headings_within_a_table_begin_it_again_or_another() -> None:
    layout = guessed(H, *JULY)

    def again(*cells: Any) -> str | None:
        return headings.begin_again(layout, Row(9, cells_of(cells)))

    assert again(*H) == ""
    assert again("Tanggal", "Uraian", "Masuk", "Keluar", "Paraf") == ""
    assert again("Tanggal", "Uraian", "Keluar", "Masuk", "Saldo") == ""  # three of five
    assert again("Tanggal", "Keluar", "Masuk", "Uraian", None) == "columns-change"
    assert again("Tgl", "Keterangan", "Debet", "Kredit", None) == ""
    assert again("No", "Nama Barang", "Satuan", "Harga Jual") == "another-table"
    assert again("Tgl", "Nama Barang", "Satuan", "Harga Jual") == "another-table"
    assert again("Tanggal", "Uraian", None, None, None) == ""
    assert again("Tanggal", "Paraf", None, None, None) is None
    assert again(*JULY[0]) is None
    assert again("Tanggal", None, None, None, None) is None
    assert again("Ketua", "Bendahara", "Sekretaris") is None
    assert again("Tanggal", "Uraian", 500, None, None) is None
    assert again("Nama Barang", "Nama Barang", "Satuan") is None


def test_what_a_row_needs_to_be_an_entry() -> None:
    def entry(*cells: Any) -> bool:
        return headings.is_entry(Row(3, cells_of(cells)))

    assert entry("1/7/2026", "Jual bayam", 500)
    assert entry(date(2026, 7, 1), "Jual bayam", "500")
    assert not entry("1/7/2026", "Jual bayam", None)
    assert not entry("1/7/2026", 500, None)
    assert not entry(None, "Jual bayam", 500)
    assert not entry(46023, "Jual bayam", None), "a number is no day in such a row"


def test_what_may_be_headings() -> None:
    rows = sheet(["Buku"], ["Tanggal", "Uraian"], ["Masuk", "Keluar"], ["1/7/2026", "Jual"])
    assert list(dict.fromkeys(headings.titles(rows))) == [
        (1, 1, ("Buku",)), (2, 2, ("Tanggal", "Uraian")),
        (2, 3, ("Tanggal Masuk", "Uraian Keluar")), (3, 3, ("Masuk", "Keluar")),
        (4, 4, ("1/7/2026", "Jual")),
    ]  # fmt: skip


def test_a_column_for_each_purpose_with_sums_of_both_sides() -> None:
    found = guessed(["Tanggal", "Uraian", "Penjualan", "Hibah", "Bensin", "Paraf", "Saldo"],
                    ["1/7/2026", "Panen", 500, None, None, "x", 500],
                    ["2/7/2026", "Dinas", None, 900, None, "x", 1400],
                    ["3/7/2026", "Ojek", None, None, 100, "x", 1300])  # fmt: skip
    assert found.columns == {"date": 0, "memo": 1, "balance": 6}
    assert found.money == {2: MoneyColumn(True, "penjualan"), 3: MoneyColumn(True, "hibah"),
                           4: MoneyColumn(False, "bensin")}  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "is_one"), [("Ibu A", True), ("Qty Ibu A", False), ("Total Ibu A", False)]
)
def test_what_stands_between_columns_for_a_purpose_is_one_unless_it_counts_or_sums(
    heading: str, is_one: bool
) -> None:
    found = guessed(["Tanggal", "Uraian", "Penjualan", heading, "Bensin"],
                    ["1/7/2026", "Panen", 500, 30, None],
                    ["2/7/2026", "Ojek", None, 40, 100], tables=[CASH_BOOK])  # fmt: skip
    between = {3: MoneyColumn(True, "ibu a")} if is_one else {}
    assert found.money == {
        2: MoneyColumn(True, "penjualan"), **between, 4: MoneyColumn(False, "bensin"),
    }  # fmt: skip


@pytest.mark.parametrize(("amounts", "is_money"), [(3, True), (2, False)])
def test_a_heading_that_is_known_needs_three_amounts_of_ten_cells(
    amounts: int, is_money: bool
) -> None:
    rows = [[f"{day}/7/2026", "Panen", 500 if day <= amounts else "lunas", 900]
            for day in range(1, 11)]  # fmt: skip
    head = ["Tanggal", "Uraian", "Penjualan", "Hibah"]
    found = headings.guess("Kas", sheet(head, *rows), [CASH_BOOK])
    assert list(found.money if found is not None else ()) == ([2, 3] if is_money else [])


@pytest.mark.parametrize(
    ("text", "column"),
    [("in:4101", MoneyColumn(True, "jual", "4101", "1103")),
     ("out:", MoneyColumn(False, "jual", "", "1103")), ("in", None), ("up:4101", None)],
)  # fmt: skip
def test_a_column_is_chosen_by_its_side_and_account(text: str, column: MoneyColumn | None) -> None:
    assert MoneyColumn.of(text, MoneyColumn(False, "jual", "9", "1103")) == column
    if column is not None:
        assert str(column) == text
        assert MoneyColumn.of(text) == MoneyColumn(column.came_in, account=column.account)


@pytest.mark.parametrize(
    ("columns", "said", "texts", "side"),
    [
        ({"name": 1}, ["No", "Nama", "Jumlah"], ("Piutang",), "owes"),
        ({"name": 1}, ["No", "Nama", "Jumlah"], ("Sheet1", "Daftar hutang kelompok"), "owed"),
        ({"name": 1}, ["No", "Nama", "Jumlah"], ("Sheet1",), None),
        ({"name": 1, "owed": 2}, ["No", "Nama", "Piutang"], ("Hutang",), "owes"),
        ({"name": 1, "owed": 2}, ["No", "Nama", "Jumlah Hutang"], ("Piutang",), "owes"),
        ({"name": 1, "owes": 2}, ["No", "Nama", "Jumlah Hutang"], ("Sheet1",), "owed"),
        ({"name": 1}, ["No", "Nama", "Alamat"], ("Piutang",), None),
        ({"name": 1}, ["No", "Nama", "Jumlah"], ("Utang dan Piutang",), "owed"),
    ],
)
def test_which_way_debts_go(
    columns: dict[str, int], said: list[str], texts: tuple[str, ...], side: str | None
) -> None:
    found = debts.with_side(columns, said, texts)
    assert found == ({"name": 1, side: 2} if side else columns)


def test_debts_that_stand_in_two_columns_go_both_ways() -> None:
    both = {"name": 0, "owes": 1, "owed": 2}
    assert debts.with_side(both, ["Nama", "Piutang", "Hutang"], ("Hutang",)) == both
    assert debts.is_sure(both, ["Nama", "Piutang", "Hutang"], "Hutang")


@pytest.mark.parametrize(
    ("side", "name", "heading", "sheet_name", "sure"),
    [
        ("owes", "Nama", "Piutang", "Sheet1", True),
        ("owes", "Nama", "Jumlah", "Piutang", True),
        ("owes", "Nama", "Jumlah", "Sheet1", True),
        ("owes", "Nama", "Jumlah Hutang", "Sheet1", False),
        ("owes", "Nama", "Jumlah Hutang", "Piutang", True),
        ("owed", "Nama", "Jumlah Hutang", "Sheet1", False),
        ("owed", "Kepada", "Jumlah", "Hutang", True),
        ("owed", "Nama", "Jumlah", "Hutang kelompok", True),
    ],
)
def test_whether_the_way_of_debts_is_said(
    side: str, name: str, heading: str, sheet_name: str, sure: bool
) -> None:
    assert debts.is_sure({"name": 0, side: 1}, [name, heading], sheet_name) is sure
    assert debts.is_sure({"name": 0, side: 1, "role": 2}, [name, heading], sheet_name)


def test_titles_over_a_list_of_debts_tell_their_way() -> None:
    rows = [["No", "Nama", "Jumlah"], [1, "Toko Tani", 5000], [2, "Toko Jaya", 7000]]
    owed = headings.guess("Sheet1", sheet(["Hutang kelompok"], *rows), [DEBTS])
    owes = headings.guess("Piutang", sheet(*rows), [DEBTS])
    assert owed is not None
    assert owes is not None
    assert (owed.columns, owes.columns) == ({"name": 1, "owed": 2}, {"name": 1, "owes": 2})
