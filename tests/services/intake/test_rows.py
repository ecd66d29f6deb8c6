"""Rows and their cells: what is read of them, remarked, told apart, and asked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kwt_books.domain.accounts import AccountType, Side
from kwt_books.domain.documents.lines import AccountLine, PaidLine
from kwt_books.domain.documents.money import Payment, Receipt, Savings, SavingsLine, Transfer
from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.documents.setup import PARTY_ROLES, AccountSetup, Item, Party
from kwt_books.domain.errors import Issue
from kwt_books.domain.sheets import CASH_BOOK
from kwt_books.i18n.catalogue import Translator
from kwt_books.queries.intake import KnownToIntake, Spoken
from kwt_books.services.intake.bank_order import Line, gaps, in_order, rupiah
from kwt_books.services.intake.by_month import DUES, kind_of, role_of
from kwt_books.services.intake.entry import (
    Cell,
    Entry,
    Fingerprints,
    Reader,
    Remark,
    is_carried,
    is_numbering,
    is_total,
)
from kwt_books.services.intake.headings import Layout
from kwt_books.services.intake.sales_list import SalesList
from kwt_books.services.intake.sheet import Row, column_at
from kwt_books.services.intake.unusual_rows import unusual_rows

TODAY = date(2026, 11, 30)
DAY = date(2026, 7, 1)
LAYOUT = Layout("Kas", "cash_book", 1, 1, {"date": 0, "memo": 1, "in": 2, "balance": 3})


def row(*cells: Any, number: int = 7, merged: Sequence[int] = ()) -> Row:
    made = tuple(Decimal(each) if isinstance(each, int) else each for each in cells)
    return Row(number, made, frozenset(merged))


@pytest.fixture
def reader() -> Reader:
    return Reader(CASH_BOOK, LAYOUT, [])


# -- cells and remarks -----------------------------------------------------------------------------


def test_what_is_set_up_is_called_as_people_call_it() -> None:
    made: list[Any] = [
        AccountSetup(code="6110", name="Air", name_en="Water", type=AccountType.EXPENSE,
                     normal=Side.DEBIT),
        Item(code="bayam", name="Bayam", item_class="vegetable", unit="kg"),
        *(Party(code=role, name="Siti", role=role) for role in PARTY_ROLES),
    ]  # fmt: skip
    called = [Translator("id").gettext(Entry(each, Cell("", 2)).title) for each in made]
    assert called[:2] == ["Akun", "Barang"]
    assert len({*called}) == len(made)
    assert not {*called} & {*PARTY_ROLES}


def test_a_cell_is_called_as_spreadsheets_call_it() -> None:
    assert str(Cell("Kas", 7, 1)) == "Kas!B7"
    assert str(Cell("Kas", 7, 0)) == "Kas!A7"
    assert str(Cell("Kas", 7)) == "Kas!7"


@pytest.mark.parametrize(
    ("letters", "column"),
    [("A", 0), ("b", 1), ("Z", 25), ("AA", 26), ("AZ", 51), ("ZZ", 701), ("AAA", 702),
     ("", None), ("AAAA", None), ("A1", None), ("Å", None), ("1", None)],
)  # fmt: skip
def test_the_column_that_letters_name(letters: str, column: int | None) -> None:
    assert column_at(letters) == column


def test_a_cell_beyond_the_row_is_empty() -> None:
    made = row("a", None)
    assert (made.at(0), made.at(1), made.at(2), made.at(None)) == ("a", None, None, None)
    assert not made.empty
    assert row(None, None).empty


def test_a_path_leads_to_its_cell_or_that_of_what_it_stands_in() -> None:
    other = Cell("Barang", 3, 4)
    entry = Entry(None, Cell("Kas", 7), {"lines.0.amount": 2, "lines": 1}, {"stock.0": other})  # type: ignore[arg-type]
    assert entry.at("lines.0.amount") == Cell("Kas", 7, 2)
    assert entry.at("lines.0.account") == Cell("Kas", 7, 1)
    assert entry.at("stock.0.qty") == other
    assert entry.at("date") == entry.at("") == Cell("Kas", 7)


def test_what_cannot_be_read_is_remarked_and_counts_as_empty(reader: Reader) -> None:
    assert reader.money(row(None, "x", "lima"), "in") is None
    assert reader.quantity(row(None, "x", "lima"), 2) is None
    assert reader.count(row(None, "x", "2,5"), "in") is None
    assert reader.day(row("kemarin"), "date") is None
    assert reader.day_after(row("kemarin"), "date", DAY) is None
    assert [(str(x.cell), x.issue, x.said, x.stops, x.asks) for x in reader.remarks] == [
        ("Kas!C7", Issue("in", "amount-not-a-number", {}), "lima", True, False),
        ("Kas!C7", Issue("2", "quantity-not-a-number", {}), "lima", True, False),
        ("Kas!C7", Issue("in", "quantity-not-a-number", {}), "2,5", True, False),
        ("Kas!A7", Issue("date", "day-not-understood", {}), "kemarin", True, False),
        ("Kas!A7", Issue("date", "day-not-understood", {}), "kemarin", True, False),
    ]


def test_what_can_be_read_is_not_remarked(reader: Reader) -> None:
    made = row("2/3/2026", "Jual", "1.500", None)
    reader.orders["date"] = "mdy"
    assert (reader.money(made, "in"), reader.money(made, "out")) == (1500, None)
    assert reader.day(made, "date") == date(2026, 2, 3)
    assert reader.day_after(row("3/12"), "date", DAY) == date(2026, 3, 12)
    assert reader.day(row("12"), "date", DAY) == date(2026, 7, 12)
    assert reader.day(row("3/12"), "date", None, 2024) == date(2024, 3, 12)
    assert (reader.text(made, "memo"), reader.text(made, "out")) == ("Jual", "")
    assert (reader.raw(made, "memo"), reader.place("out"), reader.place(5)) == ("Jual", None, 5)
    assert (reader.cell(made, "out"), reader.cell(made, 0)) == (Cell("Kas", 7), Cell("Kas", 7, 0))
    assert not reader.remarks


def test_the_sign_before_sen_that_was_chosen_counts() -> None:
    layout = Layout("Kas", "cash_book", 1, 1, {"in": 0}, point=".")
    assert Reader(CASH_BOOK, layout, []).money(row("100.000"), "in") == 100


def test_an_amount_for_several_rows_is_that_of_the_first_but_balances_are_each_rows(
    reader: Reader,
) -> None:
    below = row(DAY, "Jual", 500, 900, merged=(2, 3))
    assert (reader.money(below, "in"), reader.money(below, "balance")) == (None, 900)
    assert not reader.remarks


def test_remarks_stop_ask_or_are_only_looked_at(reader: Reader) -> None:
    made = row(None, "x" * 70, 500)
    reader.wrong(made, "memo", "words-missing")
    reader.odd(made, "memo", "balance-differs", total=5)
    reader.asked(made, "memo", "both-sides")
    reader.asked_of(made, "row-above", total=5)
    found = [(str(x.cell), x.issue.field, x.issue.params, x.stops, x.asks) for x in reader.remarks]
    assert found == [
        ("Kas!B7", "memo", {}, True, False),
        ("Kas!B7", "memo", {"total": 5}, False, False),
        ("Kas!B7", "memo", {}, False, True),
        ("Kas!7", "", {"total": 5}, False, True),
    ]
    assert {each.said for each in reader.remarks} == {"x" * 60}, "no more is shown of a cell"
    reader.asked_of(row(None, None), "row-above")
    assert reader.remarks[-1].said == ""


@pytest.mark.parametrize(
    ("cells", "is_one"),
    [(("Contoh", "x"), True), ((None, "Example:"), True),
     (("Jual", "contoh"), False), ((5, "contoh"), False), ((None, None), False)],
)  # fmt: skip
def test_the_templates_examples_are_known(
    reader: Reader, cells: tuple[Any, ...], is_one: bool
) -> None:
    assert reader.is_example(row(*cells)) is is_one


@pytest.mark.parametrize(
    ("words", "total", "carried"),
    [("JUMLAH", True, False), ("Total bulan ini", True, False), ("Totalitas", False, False),
     ("Saldo bulan lalu", False, True), ("SALDO AWAL :", False, True), ("Saldo", False, False),
     ("Jumlah pindahan", True, True), ("Jual bayam", False, False), ("", False, False)],
)  # fmt: skip
def test_rows_that_sum_up_or_carry_over(words: str, total: bool, carried: bool) -> None:
    assert (is_total(words), is_carried(words)) == (total, carried)


@pytest.mark.parametrize(
    ("cells", "is_one"),
    [((1, 2, 3), True), ((None, "(1)", "2.", 3), True), ((1, 2), False), ((1, 2, 4), False),
     ((0, 1, 2), False), (("Jual", 2, 3), False)],
)  # fmt: skip
def test_a_row_that_only_counts_the_columns(cells: tuple[Any, ...], is_one: bool) -> None:
    assert is_numbering(row(*cells)) is is_one


def test_the_same_row_is_told_again_and_the_second_of_its_kind_is_another() -> None:
    first, again = Fingerprints(), Fingerprints()
    one, two, other = first.of(DAY, 500), first.of(DAY, 500), first.of(DAY, 5)
    assert len({one, two, other}) == 3
    assert [again.of(DAY, 5), again.of(DAY, 500), again.of(DAY, 500)] == [other, one, two]
    assert {len(each) for each in (one, two, other)} == {16}
    assert first.of("a", "bc") != first.of("ab", "c")


# -- what is seldom meant --------------------------------------------------------------------------


def known(*spoken: Spoken, cash: dict[str, int] | None = None) -> KnownToIntake:
    return KnownToIntake({}, {}, {}, None, "", True, frozenset(), spoken, cash or {})


def entry(command: Any, number: int = 7) -> Entry:
    return Entry(command, Cell("Kas", number), {"date": 0, "lines.0.amount": 2})


def came(amount: int, account: str = "4101", day: date = DAY, number: int = 7) -> Entry:
    line = AccountLine(account=account, amount=amount)
    return entry(Receipt(date=day, into="1101", lines=(line,)), number)


def went(amount: int, account: str = "5101", day: date = DAY, number: int = 7) -> Entry:
    line = PaidLine(account=account, amount=amount)
    return entry(Payment(date=day, source="1101", lines=(line,)), number)


def told(*entries: Entry, of: KnownToIntake | None = None) -> list[tuple[str, str, Any]]:
    found = list(unusual_rows(entries, of or known(), TODAY))
    assert all(each.stops is (each.issue.code == "day-too-far") for each in found)
    assert all(each.asks is (each.issue.code == "much-more-money") for each in found)
    return [(str(x.cell), x.issue.code, dict(x.issue.params)) for x in found]


def test_a_day_beyond_the_next_month_is_refused() -> None:
    ahead = date(2027, 1, 1)
    assert told(came(500, day=date(2026, 12, 31))) == []
    assert told(came(500, day=ahead)) == [
        ("Kas!A7", "day-too-far", {"date": ahead, "today": TODAY})
    ]


def test_ten_times_what_was_recorded_last_is_asked() -> None:
    """The middle of the newest twenty, which the twenty-first would move."""
    newest = [Spoken("", "4101", True, amount) for amount in [100] * 10 + [900] * 11]
    book = known(*newest, Spoken("", "4101", False, 5))
    much = ("Kas!C7", "much-more-money", {"account": "4101", "total": 1000, "due": 100})
    assert told(came(1000), of=book) == [much]
    assert told(came(999), of=book) == []
    assert told(came(1000, "4104"), of=book) == [], "of another account nothing is known"
    assert told(went(1000, "4101"), of=book) == [], "nor of the other side"


def test_three_recorded_are_enough_and_two_are_not() -> None:
    three = [Spoken("", "4101", True, 100)] * 3
    assert len(told(came(5000), of=known(*three))) == 1
    assert told(came(5000), of=known(*three[:2])) == []


def test_the_sheets_own_rows_tell_what_is_usual_where_there_are_four() -> None:
    rows = [came(amount, number=at) for at, amount in enumerate((10, 20, 30, 900), 1)]
    assert told(*rows) == [
        ("Kas!C4", "much-more-money", {"account": "4101", "total": 900, "due": 20})
    ]
    assert told(*rows[1:]) == []


def test_a_cash_box_that_falls_below_nil_is_told_once_by_the_days() -> None:
    book = known(cash={"1101": 100, "1103": 0})
    second, first = went(60, day=date(2026, 7, 9), number=1), went(50, day=DAY, number=2)
    third = went(5, day=date(2026, 7, 10), number=3)
    short = ("Kas!1", "cash-would-be-short", {"account": "1101", "balance": -10})
    assert told(second, first, third, of=book) == [short]
    assert told(went(100), of=book) == []
    assert told(came(50), of=known(cash={"1101": -90})) == [], "what comes in takes nothing"
    assert told(went(500), of=known(cash={"1103": 0})) == [], "of that box nothing is known"


def test_every_way_in_which_cash_moves_is_counted() -> None:
    lines = (SavingsLine(party="a", amount=30), SavingsLine(party="b", amount=-10))
    saved = Savings(date=DAY, type="mandatory", account="1101", lines=lines)
    opened = OpeningBalance(date=DAY, balances={"1101": 5, "3301": -5})
    moved = Transfer(date=DAY, source="1101", to="1103", amount=20)
    book = known(cash={"1101": 0, "1103": 0})
    left = went(6, number=9)
    ((cell, code, params),) = told(entry(opened), entry(saved), entry(moved), left, of=book)
    assert (cell, code, params["balance"]) == ("Kas!9", "cash-would-be-short", -1)
    bank = Payment(date=DAY, source="1103", lines=(PaidLine(account="5101", amount=21),))
    assert told(came(20), entry(moved), entry(bank), of=book)[0][2]["balance"] == -1


# -- lists of sales, members against months, the bank's lines --------------------------------------


SOLD = {"date": 0, "item": 1, "qty": 2, "unit": 3, "price": 4, "amount": 5, "party": 6, "status": 7}


def sales(columns: dict[str, int], *rows: Row, sheet: str = "Jual") -> tuple[
    SalesList, list[Row], list[Remark]
]:  # fmt: skip
    remarks: list[Remark] = []
    heads = ("Tanggal", "Barang", "Banyak", "Satuan", "Harga", "Total", "Pembeli", "Ket")
    layout = Layout(sheet, "sales_list", 1, 1, columns, heads)
    found = SalesList(layout, [], remarks)
    return found, list(found.rows(rows)), remarks


def test_a_list_of_sales_becomes_a_cash_book() -> None:
    made = row("1/7/2026", "Bayam", "3", "ikat", "2.000", "6.000", "Bu Ani", "lunas")
    found, rows, remarks = sales(SOLD, made)
    assert found.layout.columns == {"date": 0, "memo": 1, "in": 5, "party": 6}
    assert found.layout.table == "cash_book"
    assert rows[0].values[1] == "Bayam 3 ikat @2.000"
    assert (rows[0].values[5], remarks) == ("6.000", [])
    bought, _, _ = sales(SOLD, made, sheet="Belanja")
    assert bought.layout.columns == {"date": 0, "memo": 1, "out": 5, "party": 6}
    without = {name: spot for name, spot in SOLD.items() if name not in ("party", "amount")}
    assert sales(without, made)[0].layout.columns == {"date": 0, "memo": 1, "in": 4}


def test_a_price_alone_is_worked_out_and_an_amount_compared() -> None:
    made = row("1/7/2026", "Bayam", "2,5", "kg", "2.000", "6.000", None, "tunai, lunas")
    _, rows, remarks = sales(SOLD, made)
    (odd,) = remarks
    assert (odd.issue.code, odd.issue.params, odd.asks) == (
        "amount-differs", {"balance": 6000, "total": 5000}, False,
    )  # fmt: skip
    assert rows[0].values[1] == "Bayam 2,5 kg @2.000 (tunai, lunas)"
    priced = {name: spot for name, spot in SOLD.items() if name != "amount"}
    _, rows, remarks = sales(priced, made)
    assert rows[0].values[4] == Decimal(5000)
    assert rows[0].values[1] == "Bayam 2,5 kg (tunai, lunas)"
    assert [(x.issue.code, x.issue.params, x.asks) for x in remarks] == [
        ("amount-worked-out", {"total": 5000}, True)
    ]
    _, rows, remarks = sales(priced, row("1/7/2026", "Bayam", None, "kg", "2.000"))
    assert (rows[0].values[4], remarks) == ("2.000", [])


@pytest.mark.parametrize(
    ("status", "code"),
    [("belum bayar".ljust(50, "x"), "not-paid"), ("DP 500 ".ljust(50, "x"), "paid-in-part"),
     ("belum bayar", "not-paid"), ("Kredit", "not-paid"), ("DP 500", "paid-in-part"),
     ("lunas 12", None), ("lunas", None), (None, None)],
)  # fmt: skip
def test_what_is_yet_to_be_paid_is_left_out(status: str | None, code: str | None) -> None:
    made = row("1/7/2026", "Bayam", "3", "ikat", "2.000", "6.000", None, status)
    _, rows, remarks = sales(SOLD, made)
    assert [each.issue.code for each in remarks] == ([code] if code else [])
    assert len(rows) == (code is None)
    if code:
        assert remarks[0].issue.params == {"text": str(status)[:40]}
        assert remarks[0].stops is (code == "paid-in-part")


def test_a_list_that_does_not_say_its_side_is_asked_about_once() -> None:
    made = [row(f"{day}/7/2026", "Bayam", None, None, None, "6.000") for day in (1, 2)]
    total = row(None, "Total", None, None, None, "12.000")
    found, rows, remarks = sales(SOLD, total, *made, sheet="Juli")
    assert found.layout.columns["in"] == 5, "the heading `Pembeli` says that it was sold"
    assert (len(rows), remarks) == (3, [])
    layout = Layout("Juli", "sales_list", 1, 1, {"date": 0, "item": 1, "amount": 2}, ("", "", ""))
    silent = SalesList(layout, [], remarks)
    assert len(list(silent.rows([row(None, "Total", 9), *(row(DAY, "Bayam", 6),) * 2]))) == 3
    assert [(str(x.cell), x.issue.code) for x in remarks] == [("Juli!C7", "sold-guessed")]


@pytest.mark.parametrize(
    ("sheet", "titles", "kind"),
    [
        ("Iuran Wajib", [], "mandatory"),
        ("Simpanan Pokok", [], "principal"),
        ("Tabungan", [], "voluntary"),
        ("KPP", [], DUES),
        ("Iuran sampah", [], DUES),
        ("Iuran", [], None),
        ("Sampah", [], None),
        ("Simpanan pokok dan wajib", [], None),
        ("Iuran Wajib", ["Simpanan pokok dan wajib"], None),
        ("Iuran Wajib", ["KPP", "Tahun 2026"], DUES),
        ("KPP", ["Simpanan pokok", "Simpanan wajib"], "mandatory"),
    ],
)
def test_what_members_paid_by_month(sheet: str, titles: list[str], kind: str | None) -> None:
    """The title right over the headings counts first."""
    above = [row(each, number=at) for at, each in enumerate(titles, 1)]
    assert kind_of(Layout(sheet, "by_month", 9, 9), above) == kind
    assert role_of(kind) == ("resident" if kind == DUES else "member")


def line(day: int, amount: int, balance: int | None) -> Line:
    left = Decimal(balance) if balance is not None else None
    return Line(date(2026, 7, day), Decimal(amount), "", "", Cell("S", day), left)


def test_lines_out_of_order_are_put_by_their_days_alone() -> None:
    mixed = [line(3, 1, 10), line(1, 2, 20), line(2, 3, 30)]
    assert in_order(mixed, None) == [mixed[1], mixed[2], mixed[0]]
    same = [line(1, 5, 105), line(1, 7, 112)]
    assert in_order(same, Decimal(100)) == same
    assert in_order(same[::-1], Decimal(100)) == same
    assert in_order(same[::-1], None) == same, "one follows from the other"
    alike = [line(1, 5, None), line(1, 7, None)]
    assert in_order(alike, None) == alike, "where nothing tells it, as it stands"


def test_a_gap_is_found_at_the_first_line_and_between_two() -> None:
    lines = [line(1, 5, 105), line(2, 7, 120), line(3, 1, None), line(4, 1, 300)]
    assert [(each.line.cell.row, each.expected) for each in gaps(lines, Decimal(90))] == [
        (1, 95), (2, 112),
    ]  # fmt: skip
    assert [each.line.cell.row for each in gaps(lines, Decimal(100))] == [2]
    assert [each.line.cell.row for each in gaps(lines, None)] == [2]
    assert not list(gaps([line(1, 5, None)], Decimal(90)))
    assert not list(gaps([], Decimal(90)))


@pytest.mark.parametrize(
    ("amount", "whole"), [("0.4", 0), ("0.5", 1), ("-0.5", -1), ("1.49", 1), ("2.5", 3)]
)
def test_halves_of_a_rupiah_go_up(amount: str, whole: int) -> None:
    assert rupiah(Decimal(amount)) == whole
