"""Rows of cash books as documents, from rows given by hand: no file, no book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from kwt_books.domain.accounts import CASH
from kwt_books.domain.documents.money import Payment, Receipt, Savings, Transfer
from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.documents.setup import Party
from kwt_books.domain.sheets import CASH_BOOK
from kwt_books.i18n.catalogue import resources_dir
from kwt_books.queries.intake import KnownToIntake
from kwt_books.services.intake import headings
from kwt_books.services.intake.cash_book import CashBook
from kwt_books.services.intake.entry import Cell, Entry, Remark
from kwt_books.services.intake.period import period_of
from kwt_books.services.intake.sheet import Row
from kwt_books.store.credentials import default_chart

TODAY = date(2026, 11, 30)
H = ["Tanggal", "Uraian", "Masuk", "Keluar", "Saldo"]
CHART = {each.code: each.account() for each in default_chart(resources_dir())}
ANI = Party(code="ani", name="Bu Ani", role="member")
TOKO = Party(code="toko", name="Toko Jaya", role="supplier")


def known(rows: Sequence[str] = (), without: Sequence[str] = ()) -> KnownToIntake:
    accounts = {code: each for code, each in CHART.items() if code not in without}
    people = {each.code: each for each in (ANI, TOKO)}
    return KnownToIntake(accounts, {}, people, None, "", True, frozenset(rows))


class Desk:
    """Reads sheets one after the other, for one act."""

    def __init__(self, of: KnownToIntake | None = None, **chosen: str) -> None:
        self.remarks: list[Remark] = []
        self.book = CashBook(of or known(), "act", self.remarks, chosen)

    def read(
        self,
        *rows: Sequence[Any],
        name: str = "Kas",
        may_open: bool = True,
        merged: Any = None,
        said: Mapping[str, str] | None = None,
    ) -> list[Entry]:
        made = [
            Row(number, tuple(Decimal(x) if isinstance(x, int) else x for x in cells),
                frozenset((merged or {}).get(number, ())))
            for number, cells in enumerate(rows, 1)
        ]  # fmt: skip
        made = [row for row in made if not row.empty]
        layout = headings.guess(name, made, [CASH_BOOK])
        assert layout is not None
        layout = replace(layout, said=said or {})
        above = [row for row in made if row.number < layout.heading]
        file: Any = SimpleNamespace(name="buku.xlsx")
        period = period_of(file, layout, above, TODAY)
        below = [row for row in made if row.number > layout.last]
        return list(self.book.read(layout, above, lambda: below, period, may_open=may_open))

    @property
    def told(self) -> dict[str, tuple[str, Mapping[str, object]]]:
        return {str(each.cell): (each.issue.code, each.issue.params) for each in self.remarks}

    @property
    def codes(self) -> dict[str, str]:
        return {cell: code for cell, (code, _) in self.told.items()}


def said(entry: Entry) -> tuple[str, date, str | None, dict[str, int]]:
    """Kind, day, words, and by account what was debited; rupiah."""
    command = entry.command
    if isinstance(command, Receipt):
        moved = {command.into: command.lines[0].amount,
                 command.lines[0].account: -command.lines[0].amount}  # fmt: skip
    elif isinstance(command, Payment):
        moved = {command.source: -command.lines[0].amount,
                 command.lines[0].account: command.lines[0].amount}  # fmt: skip
    elif isinstance(command, Transfer):
        moved = {command.source: -command.amount, command.to: command.amount}
    elif isinstance(command, Savings):
        moved = {command.account: command.lines[0].amount,
                 f"{command.type}:{command.lines[0].party}": -command.lines[0].amount}  # fmt: skip
    else:
        assert isinstance(command, OpeningBalance)
        moved = dict(command.balances)
    return command.kind, command.date, command.memo, moved


def first(day: int, month: int = 7) -> date:
    return date(2026, month, day)


def test_what_came_in_and_went_out() -> None:
    desk = Desk()
    came, went = desk.read(H, ["1/7/2026", "Jual bayam", 500, None, 500],
                           ["2/7/2026", "Beli pupuk", None, 200, 300])  # fmt: skip
    assert said(came) == ("receipt", first(1), "Jual bayam", {"1101": 500, "4101": -500})
    assert said(went) == ("payment", first(2), "Beli pupuk", {"1101": -200, "5101": 200})
    assert (str(came.cell), str(went.cell), desk.remarks) == ("Kas!2", "Kas!3", [])
    assert [str(went.at(path)) for path in ("date", "memo", "lines.0.amount", "amount", "ref")] == [
        "Kas!A3", "Kas!B3", "Kas!D3", "Kas!D3", "Kas!3",
    ]  # fmt: skip
    assert (came.account, came.doubtful, came.said, len(came.print)) == (
        "4101", False, "|jual bayam", 16,
    )  # fmt: skip
    assert came.command.id != went.command.id  # type: ignore[attr-defined]


def test_the_same_row_twice_is_two_and_is_known_the_next_time() -> None:
    row = ["1/7/2026", "Jual bayam", 500, None, None]
    desk = Desk()
    one, two = desk.read(H, row, row)
    rows = [entry.command.id.rpartition("-")[2] for entry in (one, two)]  # type: ignore[attr-defined]
    assert rows[0] != rows[1]
    again = Desk(known(rows[:1]))
    (left,) = again.read(H, row, row)
    assert (left.command.id, again.book.known_rows) == (two.command.id, 1)  # type: ignore[attr-defined]


def test_who_is_named_is_known_or_stands_behind_the_words() -> None:
    head = ["Tanggal", "No. Bukti", "Uraian", "Siapa", "Masuk", "Keluar"]
    desk = Desk()
    entries = desk.read(
        head,
        ["1/7/2026", "12", "Jual bayam", "Toko Jaya", 500, None],
        ["1/7/2026", None, "Jual bayam", "Pak Tono", 500, None],
        ["1/7/2026", None, "Bayam Pak Tono", "Pak Tono", 500, None],
        ["1/7/2026", None, "Beli pupuk di Toko Jaya", None, None, 200],
        ["1/7/2026", None, "x" * 1_200, None, None, 200],
    )
    found = [(x.command.party, x.command.ref, x.command.memo) for x in entries]  # type: ignore[attr-defined]
    assert found == [
        ("toko", "12", "Jual bayam"),
        (None, None, "Jual bayam (Pak Tono)"),
        (None, None, "Bayam Pak Tono"),
        ("toko", None, "Beli pupuk di Toko Jaya"),
        (None, None, "x" * 1_000),
    ]


def test_savings_are_a_members_where_one_is_named() -> None:
    desk = Desk()
    entries = desk.read(
        H,
        ["1/7/2026", "Simpanan wajib Bu Ani", 500, None, None],
        ["1/7/2026", "Simpanan wajib", 500, None, None],
        ["1/7/2026", "Ambil simpanan sukarela Ani", None, 200, None],
    )
    assert [said(each)[0::3] for each in entries] == [
        ("savings", {"1101": 500, "mandatory:ani": -500}),
        ("receipt", {"1101": 500, "3102": -500}),
        ("savings", {"1101": -200, "voluntary:ani": 200}),
    ]


def test_members_who_are_set_up_in_the_same_act_are_known() -> None:
    desk = Desk()
    desk.book.learn([("wati", "Wati", "member"), ("sri", "Sri", "customer")])
    entries = desk.read(
        H,
        *(["1/7/2026", f"Simpanan wajib {name}", 500, None, None]
          for name in ("Wati", "Sri", "Bu Ani")),
        ["1/7/2026", "Jual bayam Sri", 500, None, None],
    )  # fmt: skip
    kinds = [said(each)[0] for each in entries]
    assert kinds == ["savings", "receipt", "savings", "receipt"]
    assert entries[3].command.party == "sri"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "title", "account"),
    [("Kas", None, "1101"), ("Buku Bank", None, "1103"), ("Kas Bank", None, "1101"),
     ("Juli", "REKENING BANK BRI", "1103"), ("Juli", "BUKU", "1101"), ("Bankir", None, "1101")],
)  # fmt: skip
def test_the_sheet_says_where_its_money_is(name: str, title: str | None, account: str) -> None:
    row = ["1/7/2026", "Jual bayam", 500, None, None]
    (entry,) = Desk().read([title], H, row, name=name)
    assert account in said(entry)[3]
    (entry,) = Desk(known(without=["1103"])).read([title], H, row, name=name)
    assert "1101" in said(entry)[3]


@pytest.mark.parametrize(
    ("where", "account"),
    [("Bank", "1103"), ("lewat bank BRI", "1103"), ("TF", "1103"), ("rekening", "1103"),
     ("Kas besar", "1101"), ("tunai", "1101"), ("1102", "1102"), (None, "1101")],
)  # fmt: skip
def test_a_row_says_where_its_money_is(where: str | None, account: str) -> None:
    head = ["Tanggal", "Uraian", "Masuk", "Keluar", "Kas/Bank"]
    (entry,) = Desk().read(head, ["1/7/2026", "Jual bayam", 500, None, where])
    assert said(entry)[3] == {account: 500, "4101": -500}


def test_what_is_neither_cash_nor_bank_is_told() -> None:
    head = ["Tanggal", "Uraian", "Masuk", "Keluar", "Kas/Bank"]
    desk = Desk()
    words = "di dompet " + "x" * 40
    assert desk.read(head, ["1/7/2026", "Jual bayam", 500, None, words]) == []
    assert desk.told == {"Kas!E2": ("not-cash-or-bank", {"text": words[:40]})}


def test_money_that_moves_between_box_and_bank() -> None:
    desk = Desk()
    out, back = desk.read(H, ["1/7/2026", "Setor ke bank", None, 500, None],
                          ["2/7/2026", "Ambil di bank", 300, None, None])  # fmt: skip
    assert said(out) == ("transfer", first(1), "Setor ke bank", {"1101": -500, "1103": 500})
    assert said(back)[3] == {"1103": -300, "1101": 300}
    (bank,) = desk.read(H, ["1/7/2026", "Setor tunai", 500, None, None],
                        ["3/7/2026", "Tarik tunai", None, 50, None], name="Bank")  # fmt: skip
    assert said(bank) == ("transfer", first(3), "Tarik tunai", {"1103": -50, "1101": 50})
    assert desk.codes == {"Bank!C2": "transfer-in-both"}
    assert not desk.remarks[0].stops
    assert len(desk.read(H, ["1/7/2026", "Setor tunai", 500, None, None], name="Bank 2")) == 1, (
        "what the box says once is shown by one sheet of the bank"
    )


def test_an_account_that_is_named_or_was_chosen() -> None:
    head = ["Tanggal", "Uraian", "Untuk apa", "Masuk", "Keluar"]
    rows = [
        ["1/7/2026", "Jual bayam", "4104", 500, None],
        ["2/7/2026", "Entah", "Arisan", 500, None],
        ["3/7/2026", "Entah", None, 5, None],
    ]
    named, purpose, unknown = Desk().read(head, *rows)
    assert [(x.account, x.doubtful) for x in (named, purpose, unknown)] == [
        ("4104", False), ("2105", False), ("7102", True),
    ]  # fmt: skip
    chosen = Desk(None, **{unknown.print: "4201"}).read(head, *rows)
    assert [(x.account, x.doubtful) for x in chosen] == [
        ("4104", False), ("2105", False), ("4201", False),
    ]  # fmt: skip


def test_what_was_chosen_for_such_words_counts_where_the_book_has_the_account() -> None:
    row = ["2/7/2026", "Entah apa 3 kg", 500, None, None]
    for account, found in (("4201", ("4201", False)), ("9999", ("7102", True))):
        (entry,) = Desk().read(H, row, said={"|entah apa": account})
        assert (entry.account, entry.doubtful) == found


# -- what stood before -----------------------------------------------------------------------------


def test_what_stood_before_opens_the_book_on_the_first_of_the_month() -> None:
    desk = Desk()
    carried = [None, "Saldo bulan lalu", None, None, 900]
    opened, came = desk.read(H, carried, ["3/7/2026", "Jual bayam", 500, None, 1_400])
    assert said(opened) == ("opening_balance", first(1), None, {"1101": 900, "3301": -900})
    assert (str(opened.cell), str(opened.at("balances.1101"))) == ("Kas!2", "Kas!E2")
    assert (said(came)[0], desk.remarks) == ("receipt", [])
    again = desk.read(H, carried, ["3/8/2026", "Jual sawi", 500, None, 1_400], name="Agustus")
    assert [said(each)[0] for each in again] == ["receipt"], "once in an act"


@pytest.mark.parametrize(
    ("carried", "opened"),
    [
        (["2/7/2026", "Saldo awal", None, None, 900], (first(2), 900)),
        ([None, "Saldo awal", 900, None, None], (first(1), 900)),
        ([None, "Saldo awal", 0, None, None], None),
        ([None, "Saldo awal", None, None, None], None),
        ([None, "Saldo", None, None, 900], None),
    ],
)
def test_the_opening_by_what_is_written(
    carried: list[Any], opened: tuple[date, int] | None
) -> None:
    entries = Desk().read(H, carried, ["3/7/2026", "Jual bayam", 500, None, None])
    found = [said(each) for each in entries if said(each)[0] == "opening_balance"]
    assert [(day, moved["1101"]) for _, day, _, moved in found] == ([opened] if opened else [])


def test_a_sheet_of_a_month_opens_on_its_first_day() -> None:
    carried = [None, "Saldo bulan lalu", None, None, 900]
    (opened, *_) = Desk().read(H, carried, [3, "Jual bayam", 500, None, 1_400], name="Juli 2026")
    assert said(opened)[1] == first(1)


def test_a_book_that_may_not_be_opened_or_has_begun_is_only_compared() -> None:
    rows = [H, [None, "Saldo bulan lalu", None, None, 900],
            ["3/7/2026", "Jual bayam", 500, None, 1_500]]  # fmt: skip
    desk = Desk()
    assert [said(x)[0] for x in desk.read(*rows, may_open=False)] == ["receipt"]
    assert desk.told == {"Kas!E3": ("balance-differs", {"balance": 1_500, "total": 1_400})}
    desk = Desk()
    late = desk.read(H, ["1/7/2026", "Jual bayam", 500, None, 500],
                     [None, "Saldo pindahan", None, None, 600])  # fmt: skip
    assert [said(each)[0] for each in late] == ["receipt"]
    assert desk.told == {"Kas!E3": ("balance-differs", {"balance": 600, "total": 500})}


def test_what_stood_before_rows_without_any_day_needs_one() -> None:
    desk = Desk()
    assert desk.read(H, [None, "Saldo awal", None, None, 900], [None, "Jual", 500, None, 5]) == []
    assert desk.codes == {"Kas!A3": "day-missing", "Kas!A2": "day-missing"}


def test_the_newest_first_is_turned_and_compared_from_below() -> None:
    desk = Desk()
    entries = desk.read(
        H,
        ["9/7/2026", "Jual cabe", 300, None, 1_500],
        ["5/7/2026", "Beli pupuk", None, 200, 1_100],
        ["3/7/2026", "Jual bayam", 500, None, 1_400],
        [None, "Saldo bulan lalu", None, None, 900],
    )
    assert [said(each)[1:2] for each in entries] == [(first(d),) for d in (1, 3, 5, 9)]
    assert desk.told == {
        "Kas!E3": ("balance-differs", {"balance": 1_100, "total": 1_200}),
        "Kas!E4": ("balance-differs", {"balance": 1_400, "total": 1_300}),
    }


def test_balances_are_compared_row_by_row() -> None:
    desk = Desk()
    desk.read(
        H,
        ["1/7/2026", "Jual bayam", 500, None, 500],
        ["2/7/2026", "Jual sawi", 100, None, None],
        ["3/7/2026", "Beli pupuk", None, 200, 400],
        ["4/7/2026", "Jual cabe", 100, None, 600],
        ["5/7/2026", "Jual cabe", 100, None, "x"],
        ["6/7/2026", "Jual cabe", 100, None, 800],
        ["7/7/2026", "Jual cabe", "lima", None, 900],
        ["8/7/2026", "Jual cabe", 100, None, 1_000],
    )
    assert desk.told == {
        "Kas!E5": ("balance-differs", {"balance": 600, "total": 500}),
        "Kas!C8": ("amount-not-a-number", {}),
    }


@pytest.mark.parametrize(
    ("name", "days", "read", "code"),
    [
        ("Kas", ["02/01/2026", "05/01/2025"], [date(2026, 1, 2), date(2025, 1, 5)], "day-far"),
        ("Kas", ["02/01/2026", "20/07/2026"], [date(2026, 1, 2), date(2026, 7, 20)], ""),
        ("Kas", ["02/01/2026", "22/07/2026"], [date(2026, 1, 2), date(2026, 7, 22)], "day-far"),
        ("Kas", ["02/01/2026", "05/01/2062"], [date(2026, 1, 2), date(2062, 1, 5)], ""),
        ("Februari 2026", ["02/02/2026", "05/03/2026"],
         [date(2026, 2, 2), date(2026, 3, 5)], "day-elsewhere"),
        ("Tahun 2026", ["02/02/2026", "05/12/2025"],
         [date(2026, 2, 2), date(2025, 12, 5)], "day-outside"),
        ("Kas", ["02/01/2026", "2026"], [date(2026, 1, 2)], "day-not-understood"),
        ("Kas", ["13/01/26", "02/14/26"], [date(2026, 1, 13)], "day-order-differs"),
        ("Kas", ["28 Jan 2026", "30", "2"], [date(2026, 1, 28), date(2026, 1, 30)],
         "month-missing"),
        ("Kas", ["28 Jan 2026", "28"], [date(2026, 1, 28)] * 2, ""),
        ("Kas", ["13/1/26", date(2026, 2, 1)], [date(2026, 1, 13), date(2026, 2, 1)],
         "day-turned"),
        ("Kas", ["13/1/26", date(2026, 2, 13)], [date(2026, 1, 13), date(2026, 2, 13)], ""),
    ],
)  # fmt: skip
def test_a_day_that_is_hardly_meant_is_asked_or_told(
    name: str, days: list[Any], read: list[date], code: str
) -> None:
    desk = Desk()
    entries = desk.read(H, *([day, "Jual bayam", 500, None, None] for day in days), name=name)
    assert [said(each)[1] for each in entries] == read
    assert list(desk.codes.items()) == ([(f"{name}!A{len(days) + 1}", code)] if code else [])


def test_the_year_that_nobody_says_is_asked_about_once() -> None:
    desk = Desk()
    entries = desk.read(H, ["5/12", "Jual bayam", 500, None, None],
                        ["6/12", "Jual bayam", 500, None, None])  # fmt: skip
    assert [said(each)[1] for each in entries] == [date(2025, 12, 5), date(2025, 12, 6)]
    assert desk.told == {"Kas!A2": ("year-guessed", {"year": 2025})}
    assert desk.read(H, ["5/12/2024", "Jual", 500, None, None], ["6/12", "Jual", 5, None, None])
    assert len(desk.remarks) == 1


def test_a_month_in_doubt_is_asked_about_once() -> None:
    desk = Desk()
    rows = [[day, "Jual bayam", 500, None, None] for day in ("3", "9")]
    entries = desk.read(["Bulan Januari 2026"], H, *rows, name="Feb")
    assert [said(each)[1] for each in entries] == [date(2026, 1, 3), date(2026, 1, 9)]
    assert desk.told == {"Feb!A3": ("month-in-doubt", {"month": "2026-01", "last": "2026-02"})}


def test_a_section_begins_with_its_month() -> None:
    desk = Desk()
    entries = desk.read(
        ["DESEMBER"],
        H,
        ["30", "Jual", 500, None, None],
        ["JANUARI"],
        [2, "Jual", 500, None, None],
        [None, "Beli", None, 5, None],
    )
    assert [said(each)[1] for each in entries] == [
        date(2025, 12, 30), date(2026, 1, 2), date(2026, 1, 2),
    ]  # fmt: skip


# -- rows that are none ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        [None, "JUMLAH", 500, 200, None],
        ["2/7/2026", "Total bulan ini", 500, None, None],
        [None, None, 500, None, None],
        [None, "Bandar Lampung, 31 Juli 2026", None, None, None],
        [None, "Ketua", None, "Bendahara", None],
        [None, None, None, "Siti Rohmah", None],
        ["contoh", "Jual sayur", 500, None, None],
        ["1", "2", "3", "4", "5"],
    ],
    ids=lambda row: str([each for each in row if each][:2]),
)
def test_rows_that_are_no_entry_are_left_out(row: list[Any]) -> None:
    desk = Desk()
    entries = desk.read(H, ["1/7/2026", "Jual bayam", 500, None, None], row)
    assert (len(entries), desk.remarks) == (1, [])


def test_a_total_of_sales_is_a_sale_where_it_has_a_day_and_words_of_its_own() -> None:
    desk = Desk()
    rows = [["1/7/2026", "Total penjualan sayur hari Jumat", 500, None, None],
            [None, "Total penjualan", 500, None, None]]  # fmt: skip
    (entry,) = desk.read(H, *rows)
    assert said(entry)[3] == {"1101": 500, "4101": -500}


def test_an_amount_in_words_is_no_signature_where_figures_are_meant() -> None:
    desk = Desk()
    row = [None, "Jual sawi", "lima ratus", None, None]
    desk.read(H, ["1/7/2026", "Jual bayam", 500, None, None], row,
              [None, "Ketua", "Bendahara", None, None])  # fmt: skip
    assert desk.codes == {"Kas!C3": "amount-not-a-number"}


def test_a_row_that_lacks_its_amount_is_told_unless_rows_below_have_it() -> None:
    desk = Desk()
    entries = desk.read(
        H,
        ["1/7/2026", "Belanja:", None, None, None],
        [None, "pupuk", None, 200, None],
        ["2/7/2026", "Rapat", None, None, None],
        ["3/7/2026", "Panen", None, None, None],
        ["4/7/2026", "Jual sawi", 100, None, None],
        ["5/7/2026", "Panen", None, None, None],
    )
    assert [(said(x)[1].day, said(x)[2]) for x in entries] == [(1, "pupuk"), (4, "Jual sawi")]
    assert desk.codes == dict.fromkeys(("Kas!C4", "Kas!C5", "Kas!C7"), "amount-missing")
    assert not any(each.stops or each.asks for each in desk.remarks)


def test_a_row_whose_amount_stands_with_another_is_asked() -> None:
    desk = Desk()
    row = ["1/7/2026", "Jual bayam", 500, None, None]
    entries = desk.read(H, row, ["1/7/2026", "Jual sawi", 500, None, None], merged={3: [2]})
    assert len(entries) == 1
    assert desk.codes == {"Kas!B3": "amount-merged"}


def test_words_that_are_missing_are_told_or_taken_from_the_purpose() -> None:
    desk = Desk()
    assert desk.read(H, ["1/7/2026", None, 500, None, None]) == []
    assert desk.codes == {"Kas!B2": "words-missing"}
    head = ["Tanggal", "Uraian", "Untuk apa", "Masuk", "Keluar"]
    (entry,) = Desk().read(head, ["1/7/2026", None, "Arisan", 500, None])
    assert said(entry) == ("receipt", first(1), "Arisan", {"1101": 500, "2105": -500})


def test_a_table_of_one_side_begins_or_ends_with_what_makes_both_agree() -> None:
    desk = Desk()
    opened, came = desk.read(["Tanggal", "Uraian", "Masuk"], [None, "Saldo", 900],
                             ["1/7/2026", "Jual bayam", 500], [None, "JUMLAH", 1_400])  # fmt: skip
    assert (said(opened)[3]["1101"], said(came)[3]["1101"]) == (900, 500)
    later = desk.read(["Tanggal", "Uraian", "Masuk"], ["1/8/2026", "Jual bayam", 500],
                      ["2/8/2026", "Saldo", 900], name="Agustus")  # fmt: skip
    assert [said(each)[2] for each in later] == ["Jual bayam", "Saldo"], "not in between"
    desk = Desk()
    (went,) = desk.read(["Tanggal", "Uraian", "Keluar"], ["1/7/2026", "Beli pupuk", 200],
                        ["31/7/2026", "Sisa uang", 700], ["31/7/2026", "Saldo bulan lalu", 9],
                        [None, "JUMLAH", 900])  # fmt: skip
    assert (said(went)[3]["1101"], desk.remarks) == (-200, [])


# -- sides -----------------------------------------------------------------------------------------


def test_money_on_both_sides_and_below_nil_is_asked() -> None:
    desk = Desk()
    entries = desk.read(H, ["1/7/2026", "Jual bayam", 500, 200, None],
                        ["2/7/2026", "Jual sawi", -100, None, None],
                        ["3/7/2026", "Beli pupuk", None, -50, None])  # fmt: skip
    assert [said(each)[3]["1101"] for each in entries] == [500, -200, -100, -50]
    assert desk.codes == {"Kas!D2": "both-sides", "Kas!C3": "in-below-nil"}
    assert all(each.asks for each in desk.remarks)


@pytest.mark.parametrize(
    ("side", "amount", "moved", "code"),
    [
        ("D", 500, 500, None), ("Masuk", 500, 500, None), ("K", 500, -500, None),
        ("Keluar", -500, -500, None), ("D", -500, -500, None),
        ("?", 500, None, "side-not-understood"),
        (None, 500, None, "side-missing"), (None, -500, -500, None),
    ],
)  # fmt: skip
def test_the_side_of_an_amount_in_one_column(
    side: str | None, amount: int, moved: int | None, code: str | None
) -> None:
    head = ["Tanggal", "Uraian", "D/K", "Jumlah"]
    desk = Desk()
    entries = desk.read(head, *(["1/7/2026", "Jual", each, 5] for each in ("D", "K", "D")),
                        ["2/7/2026", "Jual", side, amount])  # fmt: skip
    assert [said(each)[3]["1101"] for each in entries[3:]] == ([moved] if moved else [])
    assert desk.codes == ({"Kas!C5": code} if code else {})


def test_of_long_cells_only_the_beginning_is_told_and_recorded() -> None:
    head = ["Tanggal", "No. Bukti", "Uraian", "D/K", "Jumlah"]
    desk = Desk()
    rows = [["1/7/2026", "b" * 250, "Jual", each, 5] for each in ("D", "K", "D", "?" * 50)]
    entries = desk.read(head, *rows)
    assert {each.command.ref for each in entries} == {"b" * 200}  # type: ignore[attr-defined]
    assert desk.told == {"Kas!D5": ("side-not-understood", {"text": "?" * 40})}


def test_words_of_the_other_side_are_asked_about_where_most_speak_for_it() -> None:
    sold = [["1/7/2026", "Jual bayam", None, 500, None], ["2/7/2026", "Jual sawi", None, 500, None]]
    bought = ["3/7/2026", "Beli pupuk", 500, None, None]
    desk = Desk()
    desk.read(H, *sold)
    assert desk.codes == {"Kas!B2": "sides-turned"}
    desk = Desk()
    desk.read(H, sold[0])
    assert desk.codes == {}, "one row may be meant so"
    desk = Desk()
    desk.read(H, *sold, bought, ["4/7/2026", "Jual cabe", 5, None, None])
    assert desk.codes == {"Kas!B2": "sides-turned"}
    desk = Desk()
    desk.read(H, *sold, *(["4/7/2026", f"Jual {what}", 5, None, None] for what in ("a", "b")))
    assert desk.codes == {}, "as many speak for it as against it"


def test_what_went_from_the_box_to_the_bank_in_one_row_is_moved_once() -> None:
    head = [["Tanggal", "Uraian", "Kas", None, "Bank", None],
            [None, None, "Masuk", "Keluar", "Masuk", "Keluar"]]  # fmt: skip
    desk = Desk()
    entries = desk.read(
        *head,
        ["1/7/2026", "Jual bayam", 900, None, None, None],
        ["2/7/2026", "Disimpan", None, 500, 500, None],
        ["3/7/2026", "Bunga", None, None, 5, None],
        ["4/7/2026", "Lain", None, 20, 30, None],
    )
    assert [said(each)[3] for each in entries] == [
        {"1101": 900, "4101": -900},
        {"1101": -500, "1103": 500},
        {"1103": 5, "7101": -5},
        {"1101": -20, "7202": 20},
        {"1103": 30, "7102": -30},
    ]


def test_cash_accounts_are_those_of_the_chart() -> None:
    assert {code for code, each in CHART.items() if each.cash} == set(CASH)
    assert Cell("Kas", 2) == Cell("Kas", 2, None)
