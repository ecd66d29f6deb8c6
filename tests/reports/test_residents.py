"""The report to the residents: their money adds up, facilities and arrears are told."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kwt_books.app import Books
from kwt_books.domain.values import Month
from kwt_books.queries.residents import houses, standing_now
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report, Row, RowKind
from tests.books import book_at
from tests.reports.exceptions.lines import SETUP, BookOf, Line

HOUSES: list[Line] = [
    {"kind": "party", "code": "r1", "name": "Bu Ani", "role": "resident", "address": "RT 1"},
    {"kind": "party", "code": "r2", "name": "Pak Budi", "role": "resident",
     "joined": "2026-05-10"},
    {"kind": "party", "code": "r3", "name": "Bu Cici", "role": "resident", "left": "2026-04-02"},
]  # fmt: skip


def dues(party: str, *months: str, amount: int, day: str = "2026-06-05", **more: Any) -> Line:
    lines = [{"party": party, "months": [*months], "amount": amount}]
    return {"kind": "dues", "date": day, "account": "1104", "lines": lines, **more}


def spent(amount: int, memo: str, day: str = "2026-06-20", **more: Any) -> Line:
    lines = [{"account": "2104", "amount": amount}]
    return {"kind": "payment", "date": day, "from": "1104", "lines": lines, "memo": memo, **more}


def upkeep(day: str, facility: str, condition: str, action: str | None = None) -> Line:
    line = {"kind": "register", "book": "upkeep", "date": day, "facility": facility,
            "condition": condition}  # fmt: skip
    return line | ({"action": action} if action else {})


def report_of(book_of: BookOf, *lines: Line, **asked: Any) -> Report:
    book = book_of(*SETUP, *HOUSES, *lines)
    return book.report("residents", Parameters(**(asked or {"month": "2026-06"})), "en")


def cell(report: Report, row: Row, key: str) -> Any:
    return row.cells[[column.key for column in report.columns].index(key)]


def test_houses_stand_by_name_however_it_is_written(book_of: BookOf) -> None:
    names = {"z": "bu ani", "y": "Bu Cici", "x": "pak Budi", "w": "Bu Ani"}
    lines = [{"kind": "party", "code": code, "name": name, "role": "resident"}
             for code, name in names.items()]  # fmt: skip
    found = book_of(*lines).read(houses, Month("2026-06"))
    assert [each.party.code for each in found] == ["w", "z", "y", "x"]


def coded(report: Report, code: str) -> Row:
    return next(row for row in report.rows if row.code == code)


def test_the_grid_of_dues_has_every_house_and_only_what_was_paid(book_of: BookOf) -> None:
    book = book_of(
        *SETUP, *HOUSES, dues("r1", "2026-01", "2026-03", amount=20_000),
        dues("r3", "2026-01", amount=7_000), dues("r3", "2025-12", amount=5_000),
        dues("r3", "2026-06", "2026-05", amount=9_001),  # what is left over is of the first month
        dues("r1", "2026-02", amount=9_000, id="x"),
        {"kind": "correction", "date": "2026-06-25", "of": "x", "reason": "Dobel"},
        dues("r2", "2026-04", amount=3_000, **{"for": "2105"}),
    )  # fmt: skip
    found = book.report("dues", Parameters(month="2026-06"), "en")
    grids = {
        account: [row.cells[1:] for row in found.rows[at + 1 : at + 5]]
        for at, row in enumerate(found.rows)
        if (account := str(row.code)) in ("2104", "2105")
    }
    nothing = (0,) * 12
    paid = (10_000, 0, 10_000, *nothing[3:])
    assert grids["2104"] == [
        (*paid, 20_000), (*nothing, 0), (7_000, 0, 0, 0, 4_501, 4_500, *nothing[6:], 16_001),
        (17_000, 0, 10_000, 0, 4_501, 4_500, *nothing[6:], 36_001),
    ]  # fmt: skip
    later = (0, 0, 0, 3_000, *nothing[4:], 3_000)
    assert grids["2105"] == [(*nothing, 0), later, (*nothing, 0), later]
    whole = (17_000, 0, 10_000, 3_000, 4_501, 4_500, *nothing[6:], 39_001)
    assert coded(found, "total").cells[1:] == whole


def test_what_stands_now_is_what_came_less_what_went(book_of: BookOf) -> None:
    book = book_of(*SETUP, *HOUSES, dues("r1", "2026-01", amount=20_000), spent(4_000, "Sekop"))
    assert book.read(standing_now, "2104", "1104", "1105") == (-16_000, 16_000, 0)


def test_what_is_kept_is_what_was_kept_and_came_less_what_went(book_of: BookOf) -> None:
    report = report_of(
        book_of,
        dues("r1", "2026-01", "2026-02", amount=20_000, day="2026-05-03"),
        dues("r1", "2026-03", amount=10_000),
        {"kind": "receipt", "date": "2026-06-06", "into": "1104", "party": "r2",
         "lines": [{"account": "2104", "amount": 7_000}], "memo": "Sumbangan"},
        spent(4_000, "Sekop"),
        spent(9_000, "Salah", id="x"),
        {"kind": "correction", "date": "2026-06-25", "of": "x", "reason": "Dobel"},
    )  # fmt: skip
    assert cell(report, coded(report, "before"), "came") == 20_000
    assert cell(report, coded(report, "dues"), "came") == 10_000
    assert cell(report, coded(report, "kept"), "came") == 33_000
    rows = [row for row in report.rows if row.cells]
    assert [row.label for row in rows if cell(report, row, "went")] == ["Sekop"]
    assert not any(row.code == "undone" for row in report.rows)


def test_what_was_undone_in_another_month_is_told(book_of: BookOf) -> None:
    lines = (
        dues("r1", "2026-01", amount=10_000, day="2026-05-03", id="x"),
        {"kind": "correction", "date": "2026-06-25", "of": "x", "reason": "Salah rumah"},
    )
    report = report_of(book_of, *lines)
    assert cell(report, coded(report, "undone"), "came") == -10_000
    assert cell(report, coded(report, "kept"), "came") == 0


def test_facilities_with_their_condition_and_what_they_cost(book_of: BookOf) -> None:
    report = report_of(
        book_of,
        dues("r1", "2026-01", amount=100_000),
        upkeep("2026-03-01", "Drainase Gang Mawar", "good"),
        upkeep("2026-06-01", "Balai", "good", "Dicat"),
        upkeep("2026-06-10", "drainase gang mawar", "major", "Retak 2 m"),
        upkeep("2026-06-24", "Drainase Gang Mawar", "minor", "Ditambal"),
        upkeep("2026-07-02", "Sumur", "good"),
        spent(15_000, "Semen untuk drainase Gang Mawar"),
        spent(6_000, "Cat tembok"),
    )
    at = next(n for n, row in enumerate(report.rows) if row.label == "Facilities")
    told = []
    for row in report.rows[at + 1 :]:
        if row.kind is RowKind.SECTION:
            break
        told.append((row.label, cell(report, row, "condition"), cell(report, row, "went")))
    assert told == [
        ("Balai: Dicat", "good", None),  # on the first day, and on no day before
        ("Drainase Gang Mawar, before", "good", None),
        ("Drainase Gang Mawar: Retak 2 m", "heavy damage", None),
        ("Drainase Gang Mawar: Ditambal", "light damage", None),
        ("Spent on Drainase Gang Mawar", None, 15_000),
    ]


def test_houses_that_are_behind(book_of: BookOf) -> None:
    months = ("2026-01", "2026-02", "2026-03", "2026-04")
    report = report_of(
        book_of,
        dues("r1", *months, amount=40_000),
        dues("r1", "2026-05", amount=12_000, day="2026-07-01"),
        dues("r3", "2026-01", "2026-02", "2026-03", amount=30_000),
    )
    found = {
        str(row.code): (row.label, cell(report, row, "owed"))
        for row in report.rows
        if row.code in ("r1", "r2", "r3")
    }
    assert found == {
        "r1": ("Bu Ani: May, June", 20_000),  # May was paid in July
        "r2": ("Pak Budi: May, June", 20_000),  # since it joined, as others pay
        "r3": ("Bu Cici: April", 10_000),  # until it left
    }
    assert cell(report, coded(report, "owed"), "owed") == 50_000


DOCUMENTS = st.lists(
    st.tuples(st.sampled_from(["dues", "spent"]), st.integers(1, 28), st.integers(1, 10**6)),
    max_size=12,
)


@settings(max_examples=12)
@given(documents=DOCUMENTS)
def test_every_rupiah_of_the_residents_is_in_it(
    books: Books, tmp_path_factory: Any, documents: list[tuple[str, int, int]]
) -> None:
    """What was kept, what came and what went are what is kept, over any days."""
    lines = [
        dues("r1", f"20{20 + n}-01", amount=amount, day=f"2026-06-{day:02}") if kind == "dues"
        else spent(amount, "Semen", f"2026-06-{day:02}")
        for n, (kind, day, amount) in enumerate(documents)
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("residents") / "book.kwt"
    book = books.open(book_at(books, path, [*SETUP, *HOUSES, *lines]), read_only=True)
    report = book.report("residents", Parameters(month="2026-06"), "id")  # type: ignore[arg-type]
    book.close()
    end = next(n for n, row in enumerate(report.rows) if row.code == "kept")
    money = report.rows[1:end]
    came, went = (sum(cell(report, row, key) or 0 for row in money) for key in ("came", "went"))
    expected = sum(amount if kind == "dues" else -amount for kind, _, amount in documents)
    assert cell(report, report.rows[end], "came") == came - went == expected
