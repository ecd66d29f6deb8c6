"""What the sentences of the notes say, of each case that they tell apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kwt_books.book import Book
from kwt_books.domain.values import Month
from kwt_books.i18n.catalogue import Translator
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Report, RowKind
from kwt_books.reports.notes_tables import listed
from kwt_books.reports.yearly import agenda, next_year, supervisors

from .figures import close, earn, group, opening, sections, spend
from .trade import ITEMS, buy, market

pytestmark = pytest.mark.only_files  # words don't know which engine keeps the book
BookOf = Callable[..., Book]
LONE = {key: value for key, value in group().items() if key not in ("umbrella", "allocation")}


def notes(book: Book, month: str = "2026-01") -> dict[str, str]:
    """The sentences of each note, by its number."""
    found: Report = book.report("notes", Parameters(month=Month(month)), "en")
    return {
        number: " ".join(each.label for each in rows if each.kind is RowKind.NOTE)
        for number, rows in sections(found).items()
    }


@pytest.mark.parametrize(
    ("parts", "said"),
    [("a", "a"), ("ab", "a and b"), ("abc", "a, b, and c"), ("abcd", "a, b, c, and d")],
)
def test_several_things_are_listed_in_a_sentence(parts: str, said: str) -> None:
    assert listed(Translator("en"), list(parts)) == said


def party(code: str, role: str) -> dict[str, Any]:
    return {"kind": "party", "code": code, "name": code.title(), "role": role}


def item(code: str, kind: str) -> dict[str, Any]:
    sold = {"sales_account": "4102", "cost_account": "5102"} if kind == "finished" else {}
    return {"kind": "item", "code": code, "name": code, "unit": "kg", "class": kind, **sold}


@pytest.mark.parametrize(
    ("setup", "activities"),
    [
        ((), "selling its products"),
        ((item("a", "seedling"),), "raising seedlings and selling its products"),
        ((item("a", "produce"),), "growing vegetables and selling its products"),
        ((item("a", "finished"),), "processing the harvest and selling its products"),
        ((item("a", "input"), party("b", "supplier")), "selling its products"),
        ((party("b", "shop"),), "selling its products and consignment at shops"),
    ],
)
def test_the_first_note_says_who_the_group_is_and_what_it_does(
    setup: tuple[dict[str, Any], ...], activities: str, book_of: BookOf
) -> None:
    told = notes(book_of(LONE, *setup, opening(a1101=5)))["1"]
    assert told == (
        "KWT Melati (the “Group”) is a women farmers' group in Desa Sukamaju, District Natar,"
        f" Kabupaten Lampung Selatan. Its activities are {activities}. Officers: Aminah (chair) and"
        " Dewi (treasurer)."
    )


def test_it_names_who_guides_the_group_and_counts_its_members(book_of: BookOf) -> None:
    members = [party("ani", "member"), party("budi", "member"), party("toko", "supplier")]
    told = notes(book_of(group(), *members, opening(a1101=5)))["1"]
    assert "a community group under the guidance of LKM Maju." in told
    assert told.endswith("Dewi (treasurer); members: 2.")
    dated = [
        {**party(f"{key}-{day}", "member"), key: f"2026-{day}"}
        for key in ("joined", "left") for day in ("01-31", "02-01")
    ]  # fmt: skip
    told = notes(book_of(group(), *dated, opening(a1101=5)))["1"]
    assert told.endswith("members: 2."), "one who joined by then, one who had not left"
    nobody = notes(book_of(opening(a1101=5)))["1"]
    assert nobody == "The group's name, place and officers are not set up yet."


PUMP = {"kind": "asset_acquisition", "date": "2026-01-08", "code": "A", "name": "Pompa",
        "account": "1202", "cost": 700, "life_months": 10, "paid_from": "1101"}  # fmt: skip
STOCK = (*ITEMS, buy("2026-01-02", "pupuk", 4, 100))
CASH = {"kind": "cash_count", "date": "2026-01-31", "account": "1101"}
GOODS = {"kind": "stock_count", "date": "2026-01-31", "place": "store",
         "lines": [{"item": "pupuk", "counted": 4}]}  # fmt: skip
WORN = {"kind": "depreciation", "month": "2026-01"}


@pytest.mark.parametrize(
    ("lines", "missing"),
    [
        ((opening(a1103=5),), set()),
        ((opening(a1101=5),), {"cash was not counted"}),
        ((opening(a1101=5), {**CASH, "counted": 5}), set()),
        ((opening(a1101=900), PUMP, {**CASH, "counted": 200}), {"depreciation of"}),
        ((opening(a1101=900), PUMP, {**CASH, "counted": 200}, WORN), set()),
        ((opening(a1101=900), *STOCK, {**CASH, "counted": 800}), {"stock was not counted"}),
        ((opening(a1101=900), *STOCK, {**CASH, "counted": 800}, GOODS), set()),
        ((opening(a1101=900), PUMP, *STOCK),
         {"cash was not counted", "depreciation of", "stock was not counted"}),
    ],
)  # fmt: skip
def test_compliance_lacks_the_work_that_was_not_done(
    lines: tuple[dict[str, Any], ...], missing: set[str], book_of: BookOf
) -> None:
    told = notes(book_of(*lines))["2"]
    every = {"cash was not counted", "depreciation of", "stock was not counted"}
    assert {each for each in every if f"{each} " in told} == missing


@pytest.mark.parametrize(
    ("lives", "said"),
    [((), "acquisition."), ((10,), "acquisition: Farm tools 10 months."),
     ((10, 36, 24), "acquisition: Farm tools 10–36 months.")],
)  # fmt: skip
def test_policies_say_how_long_assets_last(
    lives: tuple[int, ...], said: str, book_of: BookOf
) -> None:
    assets = [{**PUMP, "code": f"A{n}", "life_months": life} for n, life in enumerate(lives)]
    assert f"from the month of {said}" in notes(book_of(opening(a1101=9_000), *assets))["3"]


def test_policies_name_the_decision_that_profit_is_shared_by(book_of: BookOf) -> None:
    decided = "is allocated to funds by decision BA-7 of the members' meeting;"
    assert decided in notes(book_of(group(decision="BA-7"), opening(a1101=5)))["3"]
    for lines in ((LONE,), ()):
        told = notes(book_of(*lines, opening(a1101=5)))["3"]
        assert "is allocated to funds by decision of the members' meeting;" in told


@pytest.mark.parametrize(
    ("paid", "said"),
    [
        (30, " In January 2026 it rose by Rp30."),
        (-20, " In January 2026 it fell by Rp20."),
        (0, ""),
    ],
)
def test_a_liability_that_is_told_says_how_it_changed(
    paid: int, said: str, book_of: BookOf
) -> None:
    lines = {"kind": "savings", "date": "2026-01-10", "account": "1101", "type": "voluntary",
             "lines": [{"party": "ani", "amount": paid}]}  # fmt: skip
    held = opening("2025-12-31", a1101=900, a2106=-100)
    held["parties"] = [{"party": "ani", "account": "2106", "amount": -100}]
    book = book_of(party("ani", "member"), held, *([lines] if paid else []))
    assert notes(book)["8"] == (
        f"Voluntary savings of Rp{100 + paid} can be withdrawn by members at any time.{said}"
    )


def test_savings_that_grew_are_told_with_how_many_paid(book_of: BookOf) -> None:
    def saved(kind: str, *members: str) -> dict[str, Any]:
        return {"kind": "savings", "date": "2026-01-10", "account": "1101", "type": kind,
                "lines": [{"party": each, "amount": 10} for each in members]}  # fmt: skip

    people = [party(code, "member") for code in ("ani", "budi")]
    paid = (saved("principal", "ani"), saved("mandatory", "ani", "budi"), saved("voluntary", "ani"))
    told = notes(book_of(*people, opening(a1101=5), *paid))["9"]
    assert told == (
        "Entry capital grew by Rp10 in January 2026, from 1 member."
        " Mandatory savings grew by Rp20 in January 2026, from 2 members."
    )


def test_grants_are_told_with_giver_worth_and_what_they_were(book_of: BookOf) -> None:
    cash = {"kind": "grant", "date": "2026-01-07", "account": "3104", "memo": "Bantuan alat",
            "party": "dinas", "cash": {"into": "1101", "amount": 300}}  # fmt: skip
    seedlings = {"kind": "grant", "date": "2026-01-08", "account": "3104",
                 "items": [{"item": "bibit", "qty": 20, "value": 0}]}  # fmt: skip
    told = notes(book_of(party("dinas", "agency"), *ITEMS, opening(a1101=5), cash, seedlings))["9"]
    assert told == (
        "On 7 January 2026 a grant of Rp300 was received from Dinas (Bantuan alat; BKM-2601-0002)."
        " On 8 January 2026 a grant was received from a donor (grant; BM-2601-0001), recorded at"
        " nil value."
    )


@pytest.mark.parametrize("days", [1, 3, 4])
def test_a_few_vouchers_are_named_and_many_are_counted(days: int, book_of: BookOf) -> None:
    lines = [market(f"2026-01-{day:02}", 11_000, {"item": "sayur", "taken": 1, "sold": 1})
             for day in range(5, 5 + days)]  # fmt: skip
    book = book_of(opening(a1101=900_000), *ITEMS, buy("2026-01-02", "sayur", 9, 36_000), *lines)
    found: Report = book.report("notes", Parameters(month=Month("2026-01")), "en")
    (short,) = (row.label for row in sections(found)["13"] if row.code == "market_day")
    numbers = ", ".join(f"BKM-2601-{n:04}" for n in range(2, 2 + days))
    assert short == f"Cash short on market days ({numbers if days <= 3 else f'{days} vouchers'})"


# -- Pages of the yearly meeting ------------------------------------------------------------------


def test_the_plan_of_the_coming_year_stands_beside_what_this_one_brought(book_of: BookOf) -> None:
    planned_for = [{"account": "4101", "amount": 900}, {"account": "6104", "amount": 70}]
    plan = {"kind": "budget", "year": 2027, "decision": "BA-RAT", "lines": planned_for}
    lines = (group(), opening(a1101=9_000), earn("2026-01-10", 500), spend("2026-02-10", 30),
             close("2026-02"))  # fmt: skip
    asked = Parameters(start=date(2026, 1, 1), end=date(2026, 12, 31))

    def page(book: Book, make: Callable[..., Report]) -> Report:
        return book.read_in("en", lambda reading: make(reading.asking(asked)))  # type: ignore[attr-defined]

    planned = page(book_of(*lines, plan), next_year)
    assert {row.code: row.cells for row in planned.rows} == {
        "4101": (500, 900, None), "6103": (30, None, None), "6104": (0, 70, None),
    }  # fmt: skip
    assert planned.closing == ("Decision: BA-RAT.",)
    assert [column.label for column in planned.columns[:2]] == ["Realised 2026", "Plan 2027"]
    bare = book_of(*lines)
    unplanned = page(bare, next_year)
    assert {row.code: row.cells for row in unplanned.rows} == {
        "4101": (500, None, None), "6103": (30, None, None),
    }  # fmt: skip
    assert unplanned.closing == ()
    points = page(bare, agenda)
    assert [row.code for row in points.rows[2:]] == [f"{n}." for n in range(1, 11)]
    assert {row.level for row in points.rows[2:]} == {1}
    looked = page(bare, supervisors)
    assert sum(row.label == "…" * 95 for row in looked.rows) == 8
    assert [row.label[:2] for row in looked.rows[-3:]] == ["1.", "2.", "3."]
    for made, year in ((planned, 2027), (points, 2026), (looked, 2026)):
        assert made.period == f"Year {year}"
        assert len(made.head) == 64
