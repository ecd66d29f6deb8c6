"""The monthly pack: its papers in their order, and the cover's figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest

from kwt_books.book import Book
from kwt_books.domain.errors import RuleError
from kwt_books.domain.values import half_up
from kwt_books.reports.model import ColumnType, Report, RowKind
from kwt_books.reports.packs import BarChart, Chapter, Pack, Section, YearChart
from kwt_books.services.statements import PackKind, monthly_pack, yearly_pack
from tests.domain.examples import BASE

PAPERS = [
    "position", "profit-loss", "equity-changes", "cash-flow", "notes", "allocation",
    "cash-book", "cash-book", "sales", "consignment", "stock",
    "receivables", "trial-balance",
]  # fmt: skip


def test_papers_in_their_order(sample_book: Book) -> None:
    parts = sample_book.read_in("id", monthly_pack, "2026-06").parts
    found = [
        each.name
        for part in parts
        if isinstance(part, Report | Section)
        for each in (part if isinstance(part, Report) else part.parts[0],)
        if isinstance(each, Report)
    ]
    assert found == PAPERS
    assert [part.title for part in parts if isinstance(part, Chapter)] == [
        "Laporan keuangan", "Buku dan daftar",
    ]  # fmt: skip


def test_short_books_share_a_page_and_each_is_closed_there(sample_book: Book) -> None:
    pack = sample_book.read_in("id", monthly_pack, "2026-06")
    shared = next(x for x in pack.parts if isinstance(x, Section) and x.title == "Buku Kas Lainnya")
    books = [each for each in shared.parts if isinstance(each, Report)]
    every = [each for each in pack.reports if each.name == "cash-book"]
    assert len(books) == len(shared.parts) > 1
    assert sorted(each.parameters["account"] for each in every) == ["1101", "1102", "1103", "1104"]
    alone = [each for each in every if each not in books]
    assert all(len(each.rows) < min(len(other.rows) for other in alone) for each in books)
    for each in books:
        assert "ditutup dengan saldo" in each.rows[-1].label
        assert not each.closing, "it would be said twice"
    assert all("ditutup dengan saldo" in each.closing[0] for each in alone)


@pytest.mark.parametrize("both", [True, False])
def test_two_short_lists_share_a_page_and_one_stands_alone(
    both: bool, book_of: Callable[..., Book]
) -> None:
    owes = {"kind": "sale", "date": "2026-06-05", "party": "rt",
            "lines": [{"item": "keripik", "qty": 1}]}  # fmt: skip
    owed = {"kind": "purchase", "date": "2026-06-05", "party": "toko",
            "lines": [{"item": "tepung", "qty": 1, "amount": 5_000}]}  # fmt: skip
    book = book_of(*BASE, owes, *([owed] if both else []))
    parts = book.read_in("en", monthly_pack, "2026-06").parts
    shared = [x for x in parts if isinstance(x, Section) and x.title == "Receivables and Payables"]
    alone = [
        x.name for x in parts if isinstance(x, Report) and x.name in ("receivables", "payables")
    ]
    names = [[each.name for each in page.parts if isinstance(each, Report)] for page in shared]
    assert names == ([["receivables", "payables"]] if both else [])
    assert alone == ([] if both else ["receivables"])


T = TypeVar("T")


def of_sort(sort: type[T], pack: Pack) -> list[T]:
    """What stands in the sections of a pack and is of this sort."""
    sections = [each for each in pack.parts if isinstance(each, Section)]
    return [each for section in sections for each in section.parts if isinstance(each, sort)]


def test_bars_of_the_channels_add_up_to_the_sales(sample_book: Book) -> None:
    parts = sample_book.read_in("id", monthly_pack, "2026-06").parts
    section = next(
        part for part in parts if isinstance(part, Section) and part.title == "Penjualan"
    )
    report, chart = section.parts
    assert isinstance(report, Report)
    assert isinstance(chart, BarChart)
    revenue = report.figures["revenue"]
    assert sum(bar.value for bar in chart.bars) == revenue
    assert [bar.share for bar in chart.bars] == [
        half_up(1_000 * bar.value, revenue) for bar in chart.bars
    ]


def test_the_cover_claims_the_standard_only_for_a_closed_month(
    sample_stream: Path, book_of: Callable[..., Book]
) -> None:
    lines = sample_stream.read_text(encoding="utf-8").splitlines()
    july: list[dict[str, Any]] = [
        {"kind": "depreciation", "month": "2026-07"},
        {"kind": "cash_count", "date": "2026-07-31", "account": "1101", "counted": 1_730_900},
        {"kind": "stock_count", "date": "2026-07-31", "place": "store", "lines": [
            {"item": "pupuk", "counted": 0}]},
    ]  # fmt: skip
    still_open = book_of(*lines, *july).read_in("id", monthly_pack, "2026-07").cover
    book = book_of(*lines, *july, {"kind": "month_close", "month": "2026-07"})
    first, closed = (
        book.read_in("id", monthly_pack, month).cover for month in ("2026-06", "2026-07")
    )
    assert still_open is not None
    assert first is not None
    assert closed is not None
    assert "SAK EMKM" in closed.basis
    assert first.basis == "", "there is nothing to compare the book's first month with"
    assert still_open.basis == "SEMENTARA, bulan belum ditutup"


def test_a_month_without_sales_has_no_chart_of_them(sample_book: Book) -> None:
    assert not of_sort(BarChart, sample_book.read_in("id", monthly_pack, "2026-08"))


@pytest.mark.parametrize("venues", [3, 4])
def test_channels_have_bars_from_four_on(venues: int, book_of: Callable[..., Book]) -> None:
    days = [
        {"kind": "market_day", "date": "2026-06-05", "venue": f"Outlet {n}",
         "received": {"1101": n * 12_000},
         "lines": [{"item": "sayur", "taken": n, "sold": n, "price": 12_000}]}
        for n in range(1, venues + 1)
    ]  # fmt: skip
    charts = of_sort(BarChart, book_of(*BASE, *days).read_in("en", monthly_pack, "2026-06"))
    bars = [[bar.value for bar in each.bars] for each in charts]
    assert bars == ([[48_000, 36_000, 24_000, 12_000]] if venues == 4 else [])


@pytest.mark.parametrize("months", [1, 2])
def test_the_months_of_a_year_are_drawn_from_the_second_on(
    months: int, book_of: Callable[..., Book]
) -> None:
    drawn = {month: (1_000 * month, 300 * month) for month in range(7 - months, 7)}
    lines = [
        {"kind": kind, "date": f"2026-{month:02}-02", side: "1101",
         "lines": [{"account": account, "amount": amount}]}
        for month, amounts in drawn.items()
        for (kind, side, account), amount in zip(
            (("receipt", "into", "4101"), ("payment", "from", "6106")), amounts, strict=True)
    ]  # fmt: skip
    charts = of_sort(YearChart, book_of(*lines).read_in("id", monthly_pack, "2026-06"))
    said = [(each.months, each.turnover, each.profit) for each in charts]
    expected = (("Mei", "Jun"), (5_000, 6_000), (5_000 - 1_500, 6_000 - 1_800))
    assert said == ([expected] if months > 1 else [])


def test_every_paper_is_of_the_same_moment(sample_book: Book) -> None:
    pack = sample_book.read_in("id", monthly_pack, "2026-06")
    heads = {part.head for part in pack.parts if isinstance(part, Report)}
    assert heads == {pack.imprint.head}
    assert not any(part.provisional for part in pack.parts if isinstance(part, Report | Section))


def test_the_funds_of_a_year_have_a_table_for_what_moved_and_one_for_what_was_spent(
    sample_book: Book,
) -> None:
    parts = sample_book.read(yearly_pack, 2026).parts
    (funds,) = (
        each for each in parts if isinstance(each, Section) and each.title == "Laporan Dana"
    )
    assert [each.title[:2] for each in funds.parts] == ["A.", "B."]
    assert all(len(each.columns) < 6 for each in funds.parts)


def test_a_year_stands_at_its_end_beside_the_year_before(book_of: Callable[..., Book]) -> None:
    """What came a year later is in neither."""
    earned = {2024: 1_000, 2025: 20, 2026: 300}
    lines = [
        {"kind": "receipt", "date": f"{year}-05-02", "into": "1101",
         "lines": [{"account": "4101", "amount": amount}]} for year, amount in earned.items()
    ]  # fmt: skip
    pack = book_of(*lines).read(yearly_pack, 2025)
    found = {each.name: each for each in pack.parts if isinstance(each, Report)}
    stands = next(row for row in found["position"].rows if row.code == "total_assets")
    assert stands.cells[1:] == (1_020, 1_000)
    assert found["profit-loss"].figures["profit"] == 20
    assert pack.cover is not None
    assert (pack.cover.period, pack.cover.place_date) == ("Tahun 2025", date(2025, 12, 31))
    assert [amount for _, amount in pack.cover.figures] == [20, 1_020, 1_020, 0]


def test_the_budget_of_a_year_is_not_said_to_be_one_of_a_month(sample_book: Book) -> None:
    parts = sample_book.read(yearly_pack, 2026).parts
    (budget,) = (each for each in parts if isinstance(each, Report) and each.name == "budget")
    assert budget.period == "s.d. Desember 2026"


def test_the_plan_of_the_coming_year_stands_beside_what_this_one_brought(
    book_of: Callable[..., Book],
) -> None:
    lines = [{"account": "4101", "amount": 9_000}, {"account": "6106", "amount": 400}]
    plans: list[dict[str, Any]] = [
        {"kind": "budget", "year": year, "decision": f"BA-{year}", "lines": lines[: year - 2025]}
        for year in (2026, 2027)
    ]
    sold = {"kind": "receipt", "date": "2026-05-02", "into": "1101",
            "lines": [{"account": "4101", "amount": 7_000}]}  # fmt: skip
    for kept, planned, decision in ((plans, [9_000, 400], "BA-2027"), (plans[:1], [None], "")):
        parts = book_of(*kept, sold).read(yearly_pack, 2026).parts
        (page,) = (each for each in parts if isinstance(each, Report) and each.name == "next-year")
        assert page.period == "Tahun 2027"
        assert [each.label[-4:] for each in page.columns[:2]] == ["2026", "2027"]
        assert [row.cells[1] for row in page.rows] == planned
        assert [row.cells[0] for row in page.rows] == [7_000, 0][: len(planned)]
        assert [decision in each for each in page.closing] == ([True] if decision else [])


def test_a_year_begins_with_the_order_of_the_meetings_day(sample_book: Book) -> None:
    parts = sample_book.read(yearly_pack, 2026).parts
    (page,) = (each for each in parts if isinstance(each, Report) and each.name == "agenda")
    assert (page.period, page.head) == (
        "Tahun 2026", sample_book.read(lambda reading: reading.chain.hash),
    )  # fmt: skip
    heading, place, *points = page.rows
    assert (heading.kind, heading.level, place.level) == (RowKind.SECTION, 0, 0)
    assert "…………" in place.label, "to be filled in"
    assert [each.code for each in points] == [f"{n}." for n in range(1, len(points) + 1)]
    assert len(points) > 5
    assert {(each.kind, each.level) for each in points} == {(RowKind.NOTE, 1)}


def test_a_year_ends_with_a_page_that_the_supervisors_fill_in(sample_book: Book) -> None:
    page = sample_book.read(yearly_pack, 2026).parts[-1]
    assert isinstance(page, Report)
    assert (page.name, page.period, page.head) == (
        "supervisors", "Tahun 2026", sample_book.read(lambda reading: reading.chain.hash),
    )  # fmt: skip
    heading, asked, *rest = page.rows
    assert heading.kind is RowKind.SECTION
    assert "2026" in asked.label
    lines = [each.label for each in rest if set(each.label) == {"…"}]
    assert len(lines) > 4, "lines to write on"
    assert [each.label[:2] for each in rest[-3:]] == ["1.", "2.", "3."], "three sign"
    assert {each.kind for each in rest} == {RowKind.NOTE}


@pytest.mark.parametrize("kind", [PackKind.FULL, PackKind.MEETING])
def test_pages_that_are_shared_are_of_the_month_and_initialled(
    kind: PackKind, sample_book: Book
) -> None:
    pack = sample_book.read_in("en", monthly_pack, "2026-06", kind)
    signed = [each for each in pack.parts if isinstance(each, Report | Section)]
    assert {(each.initialled, each.place_date) for each in signed} == {(True, None)}
    pages = [each for each in signed if isinstance(each, Section)]
    titles = ["Cash, Funds and Decisions"] if kind is PackKind.MEETING else [
        "Profit Allocation and Funds", "Other Cash Books", "Sales",
    ]  # fmt: skip
    assert [each.title for each in pages] == titles
    unit = signed[0].unit
    assert {(x.unit, x.parameters["month"], x.provisional) for x in pages} == {
        (unit, "2026-06", False)
    }
    assert all("June 2026" in each.period for each in signed)


def moved(kind: str, day: str, account: str, amount: int) -> dict[str, Any]:
    side, for_ = ("into", "4101") if kind == "receipt" else ("from", "6106")
    return {"kind": kind, "date": day, side: account,
            "lines": [{"account": for_, "amount": amount}]}  # fmt: skip


def last_page(book: Book) -> Section:
    """The last page of a meeting's pack."""
    page = book.read_in("en", monthly_pack, "2026-06", PackKind.MEETING).parts[-1]
    assert isinstance(page, Section)
    return page


def test_the_meeting_sees_what_lies_where_and_what_became_of_it(
    book_of: Callable[..., Book],
) -> None:
    book = book_of(moved("receipt", "2026-05-31", "1101", 1_000),
                   moved("payment", "2026-06-01", "1101", 200),
                   moved("receipt", "2026-06-30", "1103", 500),
                   moved("receipt", "2026-07-01", "1102", 7))  # fmt: skip
    cash, _, sharing = last_page(book).parts
    assert isinstance(cash, Report)
    assert [(row.code, row.cells) for row in cash.rows] == [
        ("1101", (1_000, 0, 200, 800)), ("1103", (0, 500, 0, 500)),
        ("total", (1_000, 500, 200, 1_300)),
    ]  # fmt: skip
    assert cash.rows[-1].kind is RowKind.TOTAL
    said = [cash.label, *(each.label for each in cash.columns)]
    assert said == ["Account", "Opening balance", "Money in", "Money out", "Closing balance"]
    assert {each.type for each in cash.columns} == {ColumnType.MONEY}
    assert sharing.title == "Profit Allocation"


def test_the_meeting_sees_what_was_decided_in_the_month(book_of: Callable[..., Book]) -> None:
    meetings = [
        {"kind": "register", "date": day, "book": "minutes", "title": "Rapat",
         "decisions": "Beli bibit.", **more}
        for day, more in (("2026-05-31", {}), ("2026-06-01", {}),
                          ("2026-06-30", {"number": "BA-7", "decisions": "Tunda"}))
    ]  # fmt: skip
    assert last_page(book_of(*meetings)).closing == (
        "1 June 2026, Rapat: Beli bibit.", "30 June 2026, Rapat (BA-7): Tunda.",
    )  # fmt: skip
    (blank,) = last_page(book_of(meetings[0])).closing
    assert set(blank.removeprefix("Decisions: ")) == {"…"}


@pytest.mark.parametrize("papers", [PackKind.VOUCHERS, PackKind.RECEIPTS])
def test_the_papers_of_a_month_come_in_its_order_or_are_refused(
    papers: PackKind, book_of: Callable[..., Book]
) -> None:
    book = book_of(
        moved("receipt", "2026-05-31", "1101", 1),
        moved("receipt", "2026-06-02", "1101", 2),
        moved("payment", "2026-06-03", "1101", 3),
        moved("receipt", "2026-06-01", "1101", 4),
    )
    pack = book.read_in("id", monthly_pack, "2026-06", papers)
    vouchers = papers is PackKind.VOUCHERS
    numbers = ["BKM-2606-0002", "BKM-2606-0001", "BKK-2606-0001"][: 3 if vouchers else 2]
    assert [each.number for each in pack.parts] == numbers  # type: ignore[union-attr]
    assert pack.two_up is vouchers
    with pytest.raises(RuleError, match="no-papers") as refused:
        book.read_in("id", monthly_pack, "2026-07", papers)
    assert refused.value.params == {"month": "2026-07"}


def test_the_cover_sums_the_month_up(sample_book: Book, expected: dict[str, Any]) -> None:
    cover = sample_book.read_in("en", monthly_pack, "2026-06").cover
    assert cover is not None
    assert cover.period == "June 2026"
    position, funds = expected["position"], expected["trial_balance_after_close"]
    assert [amount for _, amount in cover.figures] == [
        expected["profit"],
        position["cash"] - expected["trial_balance_after_close"]["1104"],
        position["total_assets"],
        -sum(amount for account, amount in funds.items() if account.startswith("32")),
    ]


def test_a_loss_is_called_one(book_of: Callable[..., Book]) -> None:
    spent = {"account": "6106", "amount": 25_000}
    book = book_of({"kind": "payment", "date": "2026-06-02", "from": "1101", "lines": [spent]})
    cover = book.read_in("id", monthly_pack, "2026-06").cover
    assert cover is not None
    assert cover.figures[0] == ("Rugi bulan ini", 25_000)
    assert cover.figures[1][1] == -25_000


@pytest.mark.parametrize("month", ["2026-05", "2026-07", "2030-01"])
def test_months_without_a_document_have_their_pack_too(sample_book: Book, month: str) -> None:
    pack = sample_book.read_in("id", monthly_pack, month)
    assert [part.name for part in pack.parts if isinstance(part, Report)][-1] == PAPERS[-1]
    assert pack.cover is not None
    assert pack.cover.figures[0][1] == 0
