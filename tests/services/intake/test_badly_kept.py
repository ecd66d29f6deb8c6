"""Sheets as badly kept as can be thought of: each row is right, or its cell is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kwt_books.app import Book
from kwt_books.domain.documents.money import Payment, Receipt
from kwt_books.queries.intake import known_to_intake
from kwt_books.services.intake.sheet import open_sheets
from kwt_books.services.intake.taking import Taking, layouts_of, plan
from tests.services.intake.kept import book as workbook

TODAY = date(2026, 11, 30)
H = ["Tanggal", "Uraian", "Masuk", "Keluar", "Saldo"]
NOT_A_NUMBER = "amount-not-a-number"


def planned(book: Book, path: Path) -> Taking:
    file = open_sheets(path)
    return plan(file, book.read(known_to_intake), layouts_of(file), TODAY)


def rows_of(taking: Taking) -> list[tuple[date, int, str]]:
    """What was read: day, rupiah (below nil where it went out), words."""
    found = []
    for each in taking.entries:
        command = each.command
        assert isinstance(command, Receipt | Payment)
        sign = 1 if isinstance(command, Receipt) else -1
        amount = sign * sum(line.amount for line in command.lines)
        found.append((command.date, amount, command.memo or ""))
    return found


SHEETS: dict[str, tuple[list[list[Any]], list[int], dict[str, str]]] = {
    "units in amounts": (
        [H, ["1/7/2026", "Jual bayam", "50 rb"], ["2/7/2026", "Jual cabe", "1,5jt"],
         ["3/7/2026", "Beli pupuk", None, "Rp 20.000 (2 karung)"],
         ["4/7/2026", "Beli benih", None, "2 x 15.000"], ["5/7/2026", "Jual", "25.000/ikat"]],
        [50000, 1500000],
        {"Kas!D4": NOT_A_NUMBER, "Kas!D5": NOT_A_NUMBER, "Kas!C6": NOT_A_NUMBER},
    ),
    "two amounts in a cell": (
        [H, ["1/7/2026", "Jual bayam", "50.000\n20.000"], ["2/7/2026", "Jual", "50000 20000"],
         ["3/7/2026", "Jual cabe", "50.000 + 20.000"], ["4/7/2026", "Jual", "1 250 000"]],
        [1250000],
        {"Kas!C2": NOT_A_NUMBER, "Kas!C3": NOT_A_NUMBER, "Kas!C4": NOT_A_NUMBER},
    ),
    "formulas that came to errors": (
        [H, ["1/7/2026", "Jual bayam", 50000], ["2/7/2026", "Beli pupuk", None, ("=B9", "#REF!")],
         ["3/7/2026", "Jual cabe", ("=1/0", "#DIV/0!")]],
        [50000],
        {"Kas!D3": NOT_A_NUMBER, "Kas!C4": NOT_A_NUMBER},
    ),
    "words in place of amounts": (
        [H, ["1/7/2026", "Jual bayam", "lunas"], ["2/7/2026", "Jual cabe", 50000]],
        [50000], {"Kas!C2": NOT_A_NUMBER},
    ),
    "below nil in brackets": (
        [["Tanggal", "Uraian", "Jumlah"], ["1/7/2026", "Jual bayam", 50000],
         ["2/7/2026", "Beli pupuk", -20000], ["3/7/2026", "Beli benih", "(5.000)"]],
        [50000, -20000, -5000], {},
    ),
    "totals on top": (
        [["BUKU KAS JULI 2026"], ["Total masuk", None, 150000], ["Sisa", None, 130000], H,
         ["Total", None, 150000, 20000], ["1/7/2026", "Jual bayam", 150000, None, 150000],
         ["2/7/2026", "Beli pupuk", None, 20000, 130000]],
        [150000, -20000], {},
    ),
    "notes beside the table": (
        [[*H, None, None, "Catatan"],
         ["1/7/2026", "Jual bayam", 150000, None, 150000, None, None, "tagih 50.000"],
         ["2/7/2026", "Beli pupuk", None, 20000, 130000, None, None, "cek 3/7/2026"],
         [None, None, None, None, None, None, "Bu Ani", "75.000"]],
        [150000, -20000], {},
    ),
    "columns far apart": (
        [["Tanggal", None, None, "Uraian", None, "Masuk", None, None, "Keluar"],
         ["1/7/2026", None, None, "Jual bayam", None, 150000],
         ["2/7/2026", None, None, "Beli pupuk", None, None, None, None, 20000]],
        [150000, -20000], {},
    ),
    "one row": ([H, ["1/7/2026", "Jual bayam", 150000, None, 150000]], [150000], {}),
    "days without signs": (
        [H, [20260701, "Jual bayam", 50000], ["20260702", "Beli pupuk", None, 20000]],
        [50000, -20000], {},
    ),
    "several days in a cell": (
        [H, ["1/7/2026", "Jual", 5000], ["2-3 Juli 2026", "Jual bayam", 150000],
         ["Minggu I", "Jual", 1000]],
        [5000], {"Kas!A3": "day-not-understood", "Kas!A4": "day-not-understood"},
    ),
    "sides that are not said": (
        [["Tanggal", "Uraian", "D/K", "Jumlah"], ["1/7/2026", "Jual bayam", "D", 150000],
         ["2/7/2026", "Beli pupuk", "K", 20000], ["3/7/2026", "Beli x", "?", 5000],
         ["3/7/2026", "Beli y", None, 5000]],
        [150000, -20000], {"Kas!C4": "side-not-understood", "Kas!C5": "side-missing"},
    ),
    "money on both sides": (
        [H, ["1/7/2026", "Jual bayam", 150000, 5000], ["2/7/2026", "Jual cabe", -50000]],
        [150000, -5000, -50000], {"Kas!D2": "both-sides", "Kas!C3": "in-below-nil"},
    ),
    "debit for what went out": (
        [["Tanggal", "Uraian", "Kredit", "Debet"], ["1/7/2026", "Jual bayam", 150000],
         ["2/7/2026", "Beli pupuk", None, 20000]],
        [-150000, 20000], {"Kas!B2": "sides-turned"},
    ),
    "thousands": (
        [["BUKU KAS (dalam ribuan rupiah)"], H, ["1/7/2026", "Jual bayam", 150]],
        [150], {"Kas!A1": "in-thousands"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHEETS)
def test_it_is_right_or_told(new_book: Book, tmp_path: Path, name: str) -> None:
    rows, amounts, doubts = SHEETS[name]
    workbook({"Kas": rows})(path := tmp_path / "buku.xlsx")
    taking = planned(new_book, path)
    assert [amount for _, amount, _ in rows_of(taking)] == amounts
    assert {str(x.cell): x.issue.code for x in (*taking.stops, *taking.asked)} == doubts


@pytest.mark.parametrize(
    ("over", "found"),
    [
        ("Buku Kas (dalam ribuan rupiah)", "dalam ribuan"),
        ("DALAM JUTA", "dalam juta"),
        ("Jumlah x 1.000", "x 1.000"),
        ("Rp 000", "rp 000"),
        ("dalam rupiah", None),
        ("dalam ribuan ".ljust(70, "x"), "dalam ribuan"),
    ],
)
def test_amounts_in_thousands_are_told_by_what_stands_over_them(
    new_book: Book, tmp_path: Path, over: str, found: str | None
) -> None:
    """Once a sheet; in the rows below it is what something is called."""
    rows = [[None, over], [over], H[:3], ["1/7/2026", "Beras dalam ribuan", 5000]]
    workbook({"Kas": rows})(path := tmp_path / "buku.xlsx")
    told = [(str(x.cell), x.issue.code, x.issue.params, x.said, x.stops)
            for x in planned(new_book, path).remarks]  # fmt: skip
    thousands = ("Kas!B1", "in-thousands", {"text": found}, over[:60], True)
    assert told == ([thousands] if found else [])


def test_an_amount_for_several_rows_is_taken_once(new_book: Book, tmp_path: Path) -> None:
    rows = [H, ["1/7/2026", "Jual bayam"], ["1/7/2026", "Jual cabe"], ["2/7/2026", "Jual", 9000]]
    workbook({"Kas": rows}, [("Kas", "C2:C3", 150000)])(path := tmp_path / "buku.xlsx")
    taking = planned(new_book, path)
    assert [amount for _, amount, _ in rows_of(taking)] == [150000, 9000]
    assert {str(x.cell): x.issue.code for x in taking.asked} == {"Kas!B3": "amount-merged"}


MOVES = st.lists(
    st.tuples(
        st.dates(date(2026, 1, 1), date(2026, 11, 30)),
        st.integers(1, 9_999_999),
        st.booleans(),
    ),
    min_size=1,
    max_size=10,
)
DAYS = ("cell", "%d/%m/%Y", "%d %B %Y", "%m/%d/%Y", "once", "sections")
AMOUNTS = ("number", "1.000", "Rp 1.000,-", "1,000")
SHAPES = ("two columns", "signed", "said", "halves", "one day for both", "newest first")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(MOVES, st.sampled_from(DAYS), st.sampled_from(AMOUNTS), st.sampled_from(SHAPES))
def test_a_cash_book_in_any_shape_gives_its_rows_or_is_refused(
    new_book: Book,
    tmp_path: Path,
    moves: list[tuple[date, int, bool]],
    days: str,
    amounts: str,
    shape: str,
) -> None:
    """Whatever the writer's habits are: never other rows without a word.

    A month that stands first shows only by a day that no month can be.
    """
    moves.sort(key=lambda each: each[0])
    sides = [[day for day, _, side in moves if side is came] for came in (True, False)]
    assume(days != "%m/%d/%Y" or all(any(x.day > 12 for x in side) for side in sides if side))
    path = tmp_path / "buku.xlsx"
    workbook({"Kas": Writer(days, amounts).sheet(shape, moves)})(path)
    taking = planned(new_book, path)
    expected = sorted((day, amount if came else -amount) for day, amount, came in moves)
    found = sorted((day, amount) for day, amount, _ in rows_of(taking))
    assert found == expected or taking.stops or taking.asked


class Writer:
    """Somebody's habits: how days and amounts are written."""

    def __init__(self, days: str, amounts: str) -> None:
        self._days, self._amounts = days, amounts
        self._last: dict[object, date] = {}

    def sheet(self, shape: str, moves: list[tuple[date, int, bool]]) -> list[list[Any]]:
        made = getattr(self, "_" + shape.replace(" ", "_"))
        return [["BUKU KAS 2026"], *made(moves)]

    def _amount(self, amount: int) -> Any:
        dotted = f"{amount:,}".replace(",", ".")
        return {"number": amount, "1.000": dotted, "Rp 1.000,-": f"Rp {dotted},-",
                "1,000": f"{amount:,}"}[self._amounts]  # fmt: skip

    def _day(self, day: date, column: object = 0) -> Any:
        before, self._last[column] = self._last.get(column), day
        if self._days == "cell":
            return day
        if self._days == "once":
            return None if day == before else day
        if self._days == "sections":
            return f"{day.day:02}"
        return f"{day:{self._days}}"

    def _rows(self, moves: list[tuple[date, int, bool]], cells: Any) -> list[list[Any]]:
        rows: list[list[Any]] = []
        month = 0
        for day, amount, came in moves:
            if self._days == "sections" and day.month != month:
                month = day.month
                rows.append([f"{day:%B}".upper()])
            rows.append(cells(day, self._amount(amount), came))
        return rows

    def _two_columns(self, moves: list[tuple[date, int, bool]]) -> list[list[Any]]:
        return [["No", *H[:4]], *self._rows(moves, lambda day, amount, came: [
            1, self._day(day), "Catatan", amount if came else None, None if came else amount,
        ])]  # fmt: skip

    def _newest_first(self, moves: list[tuple[date, int, bool]]) -> list[list[Any]]:
        return self._two_columns(moves[::-1])

    def _signed(self, moves: list[tuple[date, int, bool]]) -> list[list[Any]]:
        return [["Tgl", "Uraian", "Jumlah"], *self._rows(moves, lambda day, amount, came: [
            self._day(day), "Catatan", amount if came else f"({amount})",
        ])]  # fmt: skip

    def _said(self, moves: list[tuple[date, int, bool]]) -> list[list[Any]]:
        head = ["Tgl", "Keterangan", "Jenis", "Nominal"]
        return [head, *self._rows(moves, lambda day, amount, came: [
            self._day(day), "Catatan", "Masuk" if came else "Keluar", amount,
        ])]  # fmt: skip

    def _halves(self, moves: list[tuple[date, int, bool]]) -> list[list[Any]]:
        sides = [
            [
                (self._day(day, came), "Catatan", self._amount(amount))
                for day, amount, side in moves
                if side is came
            ]
            for came in (True, False)
        ]
        length = max(map(len, sides))
        empty = (None, None, None)
        filled = [[*side, *[empty] * (length - len(side))] for side in sides]
        return [["PEMASUKAN", None, None, "PENGELUARAN"], ["Tanggal", "Uraian", "Jumlah"] * 2,
                *([*left, *right] for left, right in zip(*filled, strict=True))]  # fmt: skip

    def _one_day_for_both(self, moves: list[tuple[date, int, bool]]) -> list[list[Any]]:
        head = [["Tanggal", "Masuk", None, "Keluar", None], [None, "Uraian", "Rp", "Uraian", "Rp"]]
        return [*head, *self._rows(moves, lambda day, amount, came: [
            self._day(day),
            *(["Catatan", amount, None, None] if came else [None, None, "Catatan", amount]),
        ])]  # fmt: skip
