"""What a row names decides where it leads, not how its code is spelled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from kwt_books.book import Book
from kwt_books.queries.overview import setup_data
from kwt_books.reports.context import Parameters
from kwt_books.reports.model import Ref, RefKind, Report, Row
from tests.reports.figures import opening
from tests.reports.trade import buy, sell
from ui.kit.targets import part_of, read_part, target_of
from ui.kit.workspace import Destination

SHARED = "1101"
"""The code of cash, of an item, of a lot of it and of a customer."""
BOOK = (
    opening(a1101=500_000),
    {"kind": "item", "code": SHARED, "name": "Pupuk", "unit": "kg", "class": "produce",
     "price": 10_000, "standard_cost": 4_000},
    {"kind": "party", "code": SHARED, "name": "Ibu Rina", "role": "customer"},
    buy("2026-01-02", SHARED, 10, 40_000, lot=SHARED),
    sell("2026-01-05", SHARED, 2, party=SHARED),
)  # fmt: skip
CASH = Destination("reports", part_of("cash-book", account=SHARED))
CARD = Destination("reports", part_of("stock-card", item=SHARED))
TRACE = Destination("reports", part_of("lots", item=SHARED, lot=SHARED))
DAY, LAST = date(2026, 1, 5), date(2026, 1, 31)
PARTY = Destination("journal", part_of("", text="Ibu Rina"))


@pytest.fixture
def book(book_of: Callable[..., Book]) -> Book:
    return book_of(*BOOK)


def leads(book: Book, name: str, key: str = "", **asked: str) -> Iterator[tuple[Row, Destination]]:
    """The rows of a report that lead somewhere, and where."""
    parameters = Parameters(month="2026-01", **asked)  # type: ignore[arg-type]
    found, setup = book.report(name, parameters, "id"), book.read(setup_data)
    for row in found.rows:
        target = target_of(found, row, key, parameters, setup)
        if target is not None:
            yield row, target


@pytest.mark.parametrize(
    ("name", "target"),
    [("trial-balance", CASH), ("sales", CARD), ("receivables", PARTY), ("lots", TRACE)],
)
def test_a_shared_code_leads_to_what_the_row_is_about(
    book: Book, name: str, target: Destination
) -> None:
    assert {to for row, to in leads(book, name) if row.code == SHARED} == {target}


def test_stock_leads_to_the_card(book: Book) -> None:
    assert [to for row, to in leads(book, "stock") if row.code == SHARED] == [CARD]


def test_the_account_across_leads_to_its_ledger_and_the_line_to_its_document(book: Book) -> None:
    asked = {"account": "1125"}
    lines = [to for _, to in leads(book, "general-ledger", **asked)]
    assert lines[0] == Destination("journal", "BKK-2601-0001")
    across = [to for _, to in leads(book, "general-ledger", "counter", **asked)]
    assert across[0] == CASH


def test_what_a_report_is_about_leads_nowhere(book: Book) -> None:
    found = [to for _, to in leads(book, "general-ledger", account="1111")]
    assert found == [Destination("journal", "BM-2601-0001")]
    assert TRACE not in [to for _, to in leads(book, "lots", item=SHARED, lot=SHARED)]


@pytest.mark.parametrize(
    ("days", "along"),
    [
        ({}, {}),
        ({"start": DAY, "end": LAST}, {"start": "2026-01-05", "end": "2026-01-31"}),
        ({"start": DAY}, {"start": "2026-01-05", "end": None}),
        ({"end": LAST}, {"start": None, "end": "2026-01-31"}),
        ({"until": LAST}, {"start": None, "end": "2026-01-31"}),
    ],
)
def test_the_days_that_were_asked_for_go_along(
    book: Book, days: dict[str, date], along: dict[str, str | None]
) -> None:
    asked, setup = Parameters(**days), book.read(setup_data)  # type: ignore[arg-type]
    wanted = {
        RefKind.ITEM: part_of("stock-card", **along, item=SHARED),
        RefKind.ACCOUNT: part_of("cash-book", **along, account=SHARED),
    }
    for kind, part in wanted.items():
        row = Row("", (), Ref(kind, SHARED))
        target = target_of(Report("sales", "", (), ()), row, "", asked, setup)
        assert target == Destination("reports", part)


def test_a_part_is_read_as_it_was_written() -> None:
    part = part_of("general-ledger", account="4101", start=None, text="A & B=ü")
    assert read_part(part) == ("general-ledger", {"account": "4101", "text": "A & B=ü"})
    assert read_part("sales") == ("sales", {})


def test_a_name_that_is_no_reference_leads_nowhere(book: Book) -> None:
    row, report = Row("TOTAL", (), SHARED), Report("sales", "", (), ())
    assert target_of(report, row, "", Parameters(month="2026-01"), book.read(setup_data)) is None


def test_a_reference_is_written_as_its_code() -> None:
    across = Ref(RefKind.ACCOUNT, "1101", text="1101+")
    assert (f"{across}", across.code, across.kind) == ("1101+", "1101", RefKind.ACCOUNT)
    assert Ref(RefKind.ITEM, "bayam") == "bayam"
