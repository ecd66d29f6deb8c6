"""Sen, order, gaps, accounts and zones of bank lists: nothing lost, and nothing taken twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kwt_books.app import Book
from kwt_books.domain.errors import RuleError
from kwt_books.services.intake.bank_list import BankList, open_bank_list
from kwt_books.services.intake.bank_match import compare
from kwt_books.services.intake.bank_order import Line, gaps, in_order, rupiah, whole
from kwt_books.services.intake.entry import Cell
from tests.services.intake.kept import text
from tests.services.intake.test_bank import OFX, SETUP, record, two_accounts

HEADINGS = ["Tanggal", "Keterangan", "Debet", "Kredit", "Saldo"]
WIB = timezone(timedelta(hours=7))
SEN = st.integers(-99_999_999, 99_999_999).filter(bool).map(lambda n: Decimal(n) / 100)
DAYS = st.integers(1, 5).map(lambda n: date(2026, 7, n))


def a_list(tmp_path: Path, *rows: list[str], name: str = "mutasi.csv") -> BankList:
    path = tmp_path / name
    text([HEADINGS, *rows], ";", "utf-8")(path)
    return open_bank_list(path)


def lines_of(moved: list[tuple[date, Decimal]], before: Decimal, told: bool) -> list[Line]:
    found, balance = [], before
    for day, amount in sorted(moved, key=lambda each: each[0]):
        balance += amount
        found.append(
            Line(day, amount, "Mutasi", "", Cell("S", len(found)), balance if told else None)
        )
    return found


@given(st.lists(st.tuples(DAYS, SEN), min_size=1, max_size=20), SEN, st.booleans())
def test_sen_are_carried_so_that_the_account_stands_at_the_banks_balance(
    moved: list[tuple[date, Decimal]], before: Decimal, told: bool
) -> None:
    lines = lines_of(moved, before, told)
    last = before + sum(amount for _, amount in moved)
    for amounts in (whole(lines, last), *([whole(lines, None)] if told else ())):
        assert rupiah(before) + sum(amounts) == rupiah(last)
    for line, amount in zip(lines, whole(lines, None), strict=True):
        assert abs(line.amount - amount) < 1


@given(
    st.lists(st.tuples(DAYS, SEN), min_size=2, max_size=12),
    st.integers(1_000_000, 9_999_999).map(Decimal),
    st.sampled_from(["kept", "turned", "turned within days"]),
)
def test_balances_tell_the_order_whichever_end_is_the_newest(
    moved: list[tuple[date, Decimal]], before: Decimal, way: str
) -> None:
    lines = lines_of(moved, before, told=True)
    listed = lines
    if way == "turned":
        listed = lines[::-1]
    if way == "turned within days":
        listed = [each for day in sorted({x.day for x in lines})
                  for each in reversed(lines) if each.day == day]  # fmt: skip
    ordered = in_order(listed, before)
    assert not list(gaps(ordered, before))
    assert ordered[-1].balance == lines[-1].balance


def test_a_line_that_is_missing_is_told_and_the_rest_can_be_taken(tmp_path: Path) -> None:
    listed = a_list(
        tmp_path,
        ["", "SALDO AWAL", "", "", "1.000.000"],
        ["04/07/2026", "SETOR TUNAI", "", "500.000", "1.500.000"],
        ["20/07/2026", "BIAYA ADM", "5.500", "", "1.194.500"],
        ["31/07/2026", "BUNGA", "", "1.000", "1.195.500"],
    )
    (remark,) = listed.remarks
    assert (str(remark.cell), remark.issue.code) == ("mutasi!E4", "bank-balance-differs")
    assert remark.issue.params == {"balance": 1194500, "total": 1494500}
    assert not listed.stops
    assert listed.balance == 1195500


def test_two_movements_alike_on_one_day_are_two_and_never_taken_again(
    book_of: Callable[..., Book], tmp_path: Path
) -> None:
    book = book_of(SETUP[0])
    fee = ["31/07/2026", "BIAYA TRANSFER", "2.500", ""]
    half = a_list(tmp_path, [*fee, "997.500"])
    assert len(record(book, book.read(compare, half), None)) == 1
    day = a_list(tmp_path, [*fee, "995.000"], [*fee, "997.500"])
    found = book.read(compare, day)
    assert (len(found.agreed), len(found.proposed)) == (1, 1)
    record(book, found, 995000)
    later = a_list(
        tmp_path, [*fee, "997.500"], [*fee, "995.000"], ["01/08/2026", *fee[1:], "992.500"]
    )
    again = book.read(compare, later)
    assert [each.movement.day for each in again.proposed] == [date(2026, 8, 1)]
    assert Counter(len(each.lines) for each in again.agreed) == {1: 2}


def test_the_same_charge_on_two_accounts_is_two_movements(
    book_of: Callable[..., Book], tmp_path: Path
) -> None:
    other = {"kind": "account", "code": "1106", "name": "Bank Lain", "name_en": "Other Bank",
             "type": "asset", "normal": "debit", "cash": True}  # fmt: skip
    opening = {"kind": "opening_balance", "date": "2026-06-30", "balances": {
        "1103": 100000, "1106": 100000, "3301": -200000}}  # fmt: skip
    book = book_of(other, opening)
    listed = a_list(tmp_path, ["31/07/2026", "BIAYA ADM", "5.500", "", "94.500"])
    for account in ("1103", "1106"):
        found = book.read(compare, listed, account)
        assert len(found.proposed) == 1
        record(book, found, 94500)
        assert not book.read(compare, listed, account).proposed


def test_interest_with_sen_agrees_with_the_rupiah_that_was_recorded(
    book_of: Callable[..., Book], tmp_path: Path
) -> None:
    interest = {"kind": "receipt", "date": "2026-07-31", "into": "1103", "memo": "Bunga",
                "lines": [{"account": "7101", "amount": 1251}]}  # fmt: skip
    book = book_of(SETUP[0], interest)
    listed = a_list(tmp_path, ["31/07/2026", "BUNGA", "", "1.250,40", "1.001.250,40"])
    assert [each.amount for each in listed.movements] == [1250]
    assert len(book.read(compare, listed).agreed) == 1


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("20260704000000", 4),
        ("20260704233000", 4),
        ("20260704000000[+7:WIB]", 4),
        ("20260703170000[0:GMT]", 4),
        ("20260704235959.000[7:WIB]", 4),
        ("20260704233000[0:GMT]", 5),
        ("20260704", 4),
    ],
)
def test_the_day_of_a_moment_is_that_of_the_group(tmp_path: Path, written: str, day: int) -> None:
    path = tmp_path / "zona.ofx"
    path.write_bytes(OFX.replace("<DTPOSTED>20260704", f"<DTPOSTED>{written}").encode("ascii"))
    assert open_bank_list(path, zone=WIB).movements[0].day == date(2026, 7, day)


def test_of_several_accounts_the_one_that_is_meant_is_read(tmp_path: Path) -> None:
    path = tmp_path / "dua.ofx"
    path.write_bytes(two_accounts().encode("ascii"))
    with pytest.raises(RuleError) as refused:
        open_bank_list(path)
    assert (refused.value.code, refused.value.params["known"]) == ("several-accounts", "123, 777")
    assert open_bank_list(path, account="777").movements[0].amount == 700000
    assert open_bank_list(path, account="123").movements[0].amount == 500000
    with pytest.raises(RuleError, match="several-accounts"):
        open_bank_list(path, account="999")


@pytest.mark.parametrize("booked", [1234, 1235])
@pytest.mark.parametrize("balance", ["1.001.234,56", ""])
def test_what_was_booked_a_rupiah_off_is_reconciled(
    book_of: Callable[..., Book], tmp_path: Path, booked: int, balance: str
) -> None:
    interest = {"kind": "receipt", "date": "2026-07-31", "into": "1103", "memo": "Bunga",
                "lines": [{"account": "7101", "amount": booked}]}  # fmt: skip
    book = book_of(SETUP[0], interest)
    listed = a_list(tmp_path, ["31/07/2026", "BUNGA", "", "1.234,56", balance])
    found = book.read(compare, listed)
    assert (len(found.agreed), found.proposed) == (1, ())
    bank = 1001235  # 1,001,234.56

    kinds = [each.kind for each in book.record_together(found.commands((), bank))]

    assert kinds == [*(["receipt"] if booked == 1234 else []), "bank_reconciliation"]
    assert all(each.passed for each in book.verify())
    again = book.read(compare, listed)
    assert (again.expected, again.proposed, again.outstanding) == (bank, (), ())
    assert again.commands((), bank) == (), "what is reconciled is not reconciled once more"
    assert [each.kind for each in again.commands((), bank + 1)][-1] == "bank_reconciliation"
    assert again.rounding((), bank + 2) == 0, "more than one movement of sen can make is no sen"


def test_whole_rupiah_leave_nothing_to_be_rounded(
    book_of: Callable[..., Book], tmp_path: Path
) -> None:
    book = book_of(SETUP[0])
    found = book.read(compare, a_list(tmp_path, ["31/07/2026", "BUNGA", "", "1.234", "1.001.234"]))
    assert found.rounding(found.proposed, 1001235) == 0


@pytest.mark.parametrize(
    ("tag", "currency"),
    [("<CURDEF>USD", "USD"), ("<CURDEF>IDR", ""), ("<CURDEF>idr", ""), ("", "")],
)
def test_ofx_in_another_currency_is_refused_in_words(
    tmp_path: Path, tag: str, currency: str
) -> None:
    path = tmp_path / "valas.ofx"
    path.write_bytes(OFX.replace("<CURDEF>IDR", tag).encode("ascii"))
    if not currency:
        assert len(open_bank_list(path).movements) == 4
        return
    with pytest.raises(RuleError) as refused:
        open_bank_list(path)
    assert (refused.value.code, refused.value.params["text"]) == ("not-in-rupiah", currency)


def test_of_two_accounts_the_one_in_rupiah_can_be_taken(tmp_path: Path) -> None:
    start, end = two_accounts().split("</STMTTRNRS>", 1)
    path = tmp_path / "dua.ofx"
    path.write_bytes("</STMTTRNRS>".join((start, end.replace("IDR", "SGD"))).encode("ascii"))
    assert len(open_bank_list(path, account="123").movements) == 4
    with pytest.raises(RuleError, match="not-in-rupiah"):
        open_bank_list(path, account="777")


def test_a_single_movement_in_another_currency_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "campur.ofx"
    foreign = "<CURRENCY><CURRATE>1<CURSYM>USD</CURRENCY></STMTTRN>"
    path.write_bytes(OFX.replace("</STMTTRN>", foreign, 1).encode("ascii"))
    with pytest.raises(RuleError, match="not-in-rupiah"):
        open_bank_list(path)


@pytest.mark.parametrize("where", ["above", "column"])
@pytest.mark.parametrize(("said", "refused"), [("USD", True), ("IDR", False), ("Rp", False)])
def test_a_sheet_in_another_currency_is_refused(
    tmp_path: Path, where: str, said: str, refused: bool
) -> None:
    path = tmp_path / "valas.csv"
    rows = [["Tanggal", "Keterangan", "Mata Uang", "Debet", "Kredit"],
            ["04/07/2026", "SETOR", said, "", "500"]]  # fmt: skip
    if where == "above":
        rows = [["Kode Mata Uang :", said], [], *([*row[:2], *row[3:]] for row in rows)]
    text(rows, ";", "utf-8")(path)
    if refused:
        with pytest.raises(RuleError, match="not-in-rupiah"):
            open_bank_list(path)
    else:
        assert open_bank_list(path).movements[0].amount == 500
