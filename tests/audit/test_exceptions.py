"""What looks odd is found, and nothing else is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from io import BytesIO
from itertools import count
from typing import Any

import pytest

from kwt_books.app import Book, Books
from kwt_books.domain.audit import LIMITS, Thresholds, first_digits
from kwt_books.domain.errors import RuleError
from kwt_books.i18n.catalogue import Translator
from kwt_books.i18n.formats import Formats
from kwt_books.queries.view import BookView
from kwt_books.reports.context import Context, Parameters
from kwt_books.reports.exceptions import exceptions
from kwt_books.reports.exceptions.thresholds import TITLES
from kwt_books.reports.model import Report, Row, RowKind
from kwt_books.reports.papers import BarChart, Section

BookOf = Callable[..., Book]
Line = dict[str, Any]

GROUP: Line = {
    "kind": "group", "name": "KWT Uji", "village": "Desa", "district": "Kecamatan", "city": "Kota",
    "chair": "Ketua", "treasurer": "Bendahara", "umbrella": {"name": "LKM", "coordinator": "K"},
    "language": "id", "paper": "A4",
    "allocation": {"decision": "BA-1", "date": "2026-01-01", "shares": {"3201": 100}},
}  # fmt: skip
SETUP: list[Line] = [
    GROUP,
    {"kind": "party", "code": "toko", "name": "Toko Tani", "role": "supplier"},
    {"kind": "party", "code": "ani", "name": "Bu Ani", "role": "member"},
    {"kind": "party", "code": "siti", "name": "Warung Bu Siti", "role": "shop"},
    {"kind": "item", "code": "bayam", "name": "Bayam", "unit": "kg", "class": "produce",
     "price": 10_000, "standard_cost": 4_000},
    {"kind": "item", "code": "keripik", "name": "Keripik", "unit": "bungkus", "class": "finished",
     "price": 10_000, "sales_account": "4102", "cost_account": "5102"},
    {"kind": "item", "code": "kemasan", "name": "Kemasan", "unit": "lembar", "class": "packaging"},
]  # fmt: skip
CASH: Line = {
    "kind": "receipt", "date": "2026-06-01", "into": "1103",
    "lines": [{"account": "3104", "amount": 9_000_000}], "memo": "Hibah, bermeterai",
}  # fmt: skip
_seconds = count()


def at(line: Line, hour: int = 9, days: int = 0) -> Line:
    """The line, recorded so many days after its date at that hour, no two at one moment."""
    day = date.fromisoformat(line.get("date", "2026-06-30")) + timedelta(days=days)
    second = next(_seconds) % 3600
    stamp = f"{day}T{hour:02}:{second // 60:02}:{second % 60:02}+07:00"
    return {**line, "recorded": {"at": stamp, "by": "Siti"}}


def payment(amount: int, day: str = "2026-06-10", **more: Any) -> Line:
    lines = [{"account": "6101", "amount": amount}]
    return {"kind": "payment", "date": day, "from": "1103", "lines": lines, **more}


def purchase(item: str, quantity: int, amount: int, day: str = "2026-06-02") -> Line:
    lines = [{"item": item, "qty": quantity, "amount": amount}]
    return {"kind": "purchase", "date": day, "party": "toko", "paid_from": "1103", "lines": lines}


def produced(quantity: int, day: str, leaves: int = 5) -> Line:
    inputs = [{"item": "bayam", "qty": leaves}, {"item": "kemasan", "qty": quantity}]
    return {"kind": "production", "date": day, "item": "keripik", "qty": quantity, "inputs": inputs}


def report_of(book: Book, thresholds: Thresholds | None = None, **asked: Any) -> Report:
    """Over June 2026, unless asked otherwise."""
    asked = {"thresholds": thresholds or Thresholds(), **(asked or {"month": "2026-06"})}
    parameters = Parameters(**asked)
    with book._file.reading() as connection:
        view = BookView(connection)
        context = Context(connection, parameters, Translator("id"), date(2026, 7, 1), view)
        return exceptions(context)


def found(report: Report, code: str) -> list[Row]:
    """What a rule found; the row of the summary is left out."""
    return [row for row in report.rows if row.code == code][1:]


def vouchers(report: Report, code: str) -> list[object]:
    return [row.cells[0] for row in found(report, code)]


def only(report: Report) -> dict[str, int]:
    return {code: number for code, number in report.figures.items() if number}


# -- ordinary months -----------------------------------------------------------------------


def test_an_ordinary_month_raises_no_alarm(sample_book: Book) -> None:
    assert only(report_of(sample_book)) == {"corrections": 1}


def test_the_demo_raises_its_corrections_and_the_payments_without_a_receipt(
    books: Books, book_of: BookOf
) -> None:
    from kwt_books.i18n.paths import resources_dir

    lines = (resources_dir() / "demo" / "2026.jsonl").read_text("utf-8").splitlines()
    corrections = sum(json.loads(line)["kind"] == "correction" for line in lines)
    report = report_of(book_of(*lines), start=date(2026, 1, 1), end=date(2026, 12, 31))
    found = only(report)
    assert found.pop("corrections") == corrections
    assert found.keys() == {"receipts"}
    unattached = [line for line in lines if json.loads(line)["kind"] != "attachment"]
    report = report_of(book_of(*unattached), start=date(2026, 1, 1), end=date(2026, 12, 31))
    assert only(report) == {"corrections": corrections}


def test_every_rule_explains_itself_in_both_languages(sample_book: Book) -> None:
    texts = []
    for language in ("id", "en"):
        report = sample_book.report("exceptions", Parameters(month="2026-06"), language)
        sections = [row.label for row in report.rows if row.kind is RowKind.SECTION]
        notes = [row for row in report.rows if row.kind is RowKind.NOTE]
        assert len(sections) == len(report.figures) + 2
        assert len(notes) >= len(sections)
        assert all("{" not in row.label for row in report.rows)
        texts.append(sections)
    assert not set(texts[0]) & set(texts[1])


# -- how documents were recorded -----------------------------------------------------------


@pytest.mark.parametrize(("days", "is_odd"), [(14, False), (15, True)])
def test_backdated_documents(book_of: BookOf, days: int, is_odd: bool) -> None:
    report = report_of(book_of(*SETUP, at(CASH), at(payment(70_000), days=days)))
    assert vouchers(report, "backdated") == (["BKK-2606-0001"] if is_odd else [])


def test_the_days_of_an_import_are_not_held_against_it(book_of: BookOf) -> None:
    """Its lines say nothing of when they were first written down."""
    lines = [payment(70_000 + n, f"2026-06-{n + 1:02}") for n in range(20)]
    assert "backdated" not in only(report_of(book_of(*SETUP, CASH, *lines)))


@pytest.mark.parametrize(("hour", "is_odd"), [(4, True), (5, False), (21, False), (22, True)])
def test_odd_hours(book_of: BookOf, hour: int, is_odd: bool) -> None:
    report = report_of(book_of(*SETUP, at(CASH), at(payment(70_000), hour=hour)))
    assert vouchers(report, "odd-hours") == (["BKK-2606-0001"] if is_odd else [])


def test_corrections_name_what_they_undid(book_of: BookOf) -> None:
    undo = {"kind": "correction", "date": "2026-06-12", "of": "x", "reason": "Dobel"}
    report = report_of(book_of(*SETUP, CASH, payment(70_000, id="x"), undo))
    (row,) = found(report, "corrections")
    assert row.cells[:3] == ("BKM-2606-0002", date(2026, 6, 12), 70_000)
    assert "BKK-2606-0001" in row.label
    assert "dobel" in row.label


def test_months_opened_again(book_of: BookOf) -> None:
    close = {"kind": "month_close", "month": "2026-06"}
    reopen = {"kind": "month_reopen", "month": "2026-06", "reason": "Nota tertinggal"}
    report = report_of(book_of(*SETUP, CASH, close, reopen))
    (row,) = found(report, "reopened")
    assert "nota tertinggal" in row.label


@pytest.mark.parametrize(("counted", "is_odd"), [(8_990_001, False), (8_990_000, True)])
def test_counts_with_differences(book_of: BookOf, counted: int, is_odd: bool) -> None:
    counting = {"kind": "cash_count", "date": "2026-06-20", "account": "1103", "counted": counted}
    report = report_of(book_of(*SETUP, CASH, counting))
    assert [row.cells[2] for row in found(report, "counts")] == ([10_000] if is_odd else [])


# -- money ---------------------------------------------------------------------------------


def test_the_same_payment_twice(book_of: BookOf) -> None:
    twice = [payment(70_000, party="toko"), payment(70_000, party="toko")]
    near = [payment(70_000, party="ani"), payment(70_001, party="toko"),
            payment(70_000, "2026-06-11", party="toko")]  # fmt: skip
    report = report_of(book_of(*SETUP, CASH, *twice, *near))
    (row,) = found(report, "twice")
    assert row.cells[0] == "BKK-2606-0002"
    assert "BKK-2606-0001" in row.label


def test_a_second_one_that_was_undone_is_none(book_of: BookOf) -> None:
    undo = {"kind": "correction", "date": "2026-06-12", "of": "x", "reason": "Dobel"}
    lines = [payment(70_000, party="toko"), payment(70_000, party="toko", id="x"), undo]
    assert "twice" not in only(report_of(book_of(*SETUP, CASH, *lines)))


def test_payments_without_a_receipt(book_of: BookOf) -> None:
    attached = {"kind": "attachment", "of": "x", "name": "nota.jpg", "type": "image/jpeg",
                "sha256": "0" * 64}  # fmt: skip
    lines = [payment(150_000, id="x"), payment(120_000), payment(99_999), attached]
    assert vouchers(report_of(book_of(*SETUP, CASH, *lines)), "receipts") == ["BKK-2606-0002"]


def test_a_book_without_attachments_keeps_its_receipts_on_paper(book_of: BookOf) -> None:
    report = report_of(book_of(*SETUP, CASH, payment(150_000), payment(170_000)))
    assert "receipts" not in only(report)
    notes = [row.label for row in report.rows if row.kind is RowKind.NOTE]
    assert any("kertasnya: 2." in note for note in notes)


def test_round_amounts(book_of: BookOf) -> None:
    report = report_of(book_of(*SETUP, CASH, payment(1_500_000), payment(1_450_000)))
    assert vouchers(report, "round") == ["BKK-2606-0001"]


def test_receipts_without_duty_stamp(book_of: BookOf) -> None:
    lines = [
        payment(5_000_001, party="toko"),
        payment(5_000_001, "2026-06-11", party="toko", memo="Kuitansi bermaterai"),
        payment(5_000_000, "2026-06-12", party="toko"),
        payment(5_000_001, "2026-06-13", party="ani"),
    ]
    report = report_of(book_of(*SETUP, CASH, {**CASH, "memo": "e-Meterai"}, *lines))
    assert vouchers(report, "stamps") == ["BKK-2606-0001"]


def test_days_on_which_cash_was_below_nil(book_of: BookOf) -> None:
    lines = [payment(9_000_001, "2026-06-05"), payment(5, "2026-06-07"),
             {**CASH, "date": "2026-06-09"}]  # fmt: skip
    report = report_of(book_of(*SETUP, CASH, *lines))
    (row,) = found(report, "cash-below-nil")
    assert row.cells[:3] == ("BKK-2606-0001", date(2026, 6, 5), -6)
    assert "05/06/2026" in row.label
    assert "08/06/2026" in row.label


@pytest.mark.parametrize(("last", "is_odd"), [("2026-06-10", False), ("2026-06-11", True)])
def test_much_cash_in_the_house(book_of: BookOf, last: str, is_odd: bool) -> None:
    lines = [
        {**CASH, "date": "2026-06-05", "into": "1101"},
        {"kind": "transfer", "date": last, "from": "1101", "to": "1103", "amount": 8_000_000},
    ]
    report = report_of(book_of(*SETUP, *lines))
    assert [row.cells[2] for row in found(report, "much-cash")] == ([9_000_000] if is_odd else [])


# -- goods ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("price", "is_odd"), [(3_901, False), (3_900, True)])
def test_sold_under_cost(book_of: BookOf, price: int, is_odd: bool) -> None:
    sale = {"kind": "sale", "date": "2026-06-05", "received": {"1101": 10 * price},
            "lines": [{"item": "bayam", "qty": 10, "price": price}]}  # fmt: skip
    report = report_of(book_of(*SETUP, CASH, purchase("bayam", 20, 80_000), sale))
    assert [row.cells[2] for row in found(report, "under-cost")] == ([1_000] if is_odd else [])


def productions(*quantities: int) -> list[Line]:
    bought = [purchase("bayam", 200, 800_000), purchase("kemasan", 2_000, 100_000)]
    days = (f"2026-06-{n + 3:02}" for n in range(len(quantities)))
    return [*bought, *(produced(made, day) for made, day in zip(quantities, days, strict=True))]


def test_a_yield_out_of_the_usual_range(book_of: BookOf) -> None:
    usual = (40, 41, 39, 40, 38, 42, 40, 41)
    report = report_of(book_of(*SETUP, CASH, *productions(*usual, 25)))
    (row,) = found(report, "yields")
    assert row.cells[1] == date(2026, 6, 11)
    assert " 5 " in row.label, "25 from 5 kg is 5 a kg"
    assert "yields" not in only(report_of(book_of(*SETUP, CASH, *productions(*usual, 37))))


def test_few_productions_have_no_usual_range(book_of: BookOf) -> None:
    assert "yields" not in only(report_of(book_of(*SETUP, CASH, *productions(40, 40, 40, 5))))


def test_a_loss_out_of_the_usual_range(book_of: BookOf) -> None:
    def market(n: int, spoiled: int) -> Line:
        line = {"item": "bayam", "taken": 20, "sold": 20 - spoiled, "spoiled": spoiled}
        return {"kind": "market_day", "date": f"2026-06-{n + 3:02}", "venue": "outlet",
                "lines": [line], "received": {"1101": 10_000 * (20 - spoiled)}}  # fmt: skip

    days = [market(n, spoiled) for n, spoiled in enumerate((1, 0, 2, 1, 0, 1, 2, 1, 9))]
    report = report_of(book_of(*SETUP, CASH, purchase("bayam", 200, 800_000), *days))
    (row,) = found(report, "losses")
    assert row.cells[1] == date(2026, 6, 11)
    assert "45%" in row.label


def test_shops_unsettled_for_long(book_of: BookOf) -> None:
    sent = {"kind": "consignment", "date": "2026-05-15", "shop": "siti",
            "lines": [{"item": "bayam", "qty": 10}]}  # fmt: skip
    bought = purchase("bayam", 20, 80_000, "2026-05-02")
    lines = [*SETUP, {**CASH, "date": "2026-05-01"}, bought, sent]
    (row,) = found(report_of(book_of(*lines)), "shops")
    assert row.cells[1:3] == (date(2026, 5, 15), 40_000)
    settled = {"kind": "consignment_settlement", "date": "2026-06-05", "shop": "siti",
               "lines": [{"item": "bayam", "sold": 4}], "received": {"1101": 40_000}}  # fmt: skip
    assert "shops" not in only(report_of(book_of(*lines, settled)))


# -- first digits --------------------------------------------------------------------------


def test_first_digits_from_300_documents_on(books: Books, book_of: BookOf) -> None:
    amounts = [1_000 + 137 * n * n % 90_000 for n in range(1, 301)]
    days = [f"2026-06-{n % 30 + 1:02}" for n in range(300)]
    lines = [payment(amount, day) for amount, day in zip(amounts, days, strict=True)]
    few, many = (book_of(*SETUP, CASH, *lines[:n]) for n in (298, 299))
    assert not any(row.code == "digits" for row in report_of(few).rows)
    rows = {row.code: row for row in report_of(many).rows if row.code}
    expected = Counter(str(amount)[0] for amount in [9_000_000, *amounts[:299]])
    digits = first_digits([9_000_000, *amounts[:299]])
    for digit in range(1, 10):
        number, share, law = rows[f"digit-{digit}"].cells[3:]
        assert number == expected[str(digit)]
        assert (share, law) == (digits.shares[digit - 1], digits.expected[digit - 1])
    assert rows["digits"].cells[3] == 300


def test_thresholds_are_the_groups_own(book_of: BookOf) -> None:
    book = book_of(*SETUP, CASH, payment(300_000))
    assert vouchers(report_of(book), "round") == []
    mine = Thresholds(round_to=100_000)
    assert vouchers(report_of(book, mine), "round") == ["BKK-2606-0001"]


def test_changed_thresholds_stand_in_the_heading(sample_book: Book) -> None:
    mine = Thresholds(cash_limit=3_000_000, loss_tolerance=50)
    report = sample_book.report("exceptions", Parameters(month="2026-06", thresholds=mine), "id")
    usual = sample_book.report("exceptions", Parameters(month="2026-06"), "id")
    assert report.period.startswith(usual.period)
    assert "2 ambang" in report.period
    note = next(row.label for row in report.rows if "Rp3.000.000" in row.label)
    assert Formats("id").rupiah(Thresholds().cash_limit) in note, "beside the usual one"
    assert report.parameters["thresholds"] == "cash_limit=3000000 loss_tolerance=50"
    assert "thresholds" not in usual.parameters


def test_thresholds_that_make_no_sense_are_refused() -> None:
    assert {*LIMITS} == {each.name for each in fields(Thresholds)} == {*TITLES}
    for name, limit in LIMITS.items():
        usual = getattr(Thresholds(), name)
        assert Thresholds().with_values({name: usual}) == Thresholds()
        for value in (limit.least - 1, limit.most + 1):
            with pytest.raises(RuleError, match="threshold-out-of-range"):
                Thresholds().with_values({name: value})
    with pytest.raises(RuleError, match="unknown-threshold"):
        Thresholds().with_values({"taste": 1})


def test_the_usual_range_is_that_of_the_months_before(book_of: BookOf) -> None:
    """What was usual long ago says nothing; a month further back and it is not looked at."""
    usual = (40, 41, 39, 40, 38, 42, 40, 41)
    start = {**CASH, "date": "2026-04-01"}
    lines = [
        {**line, "date": line["date"].replace("2026-06", "2026-04")} for line in productions(*usual)
    ]
    more = [
        purchase("bayam", 5, 20_000),
        purchase("kemasan", 25, 1_250),
        produced(25, "2026-06-20"),
    ]
    book = book_of(*SETUP, start, *lines, *more)
    assert len(found(report_of(book, Thresholds(usual_months=3)), "yields")) == 1
    assert found(report_of(book, Thresholds(usual_months=2)), "yields") == []


def test_a_balance_below_nil_that_was_carried_in(book_of: BookOf) -> None:
    """The days before the period count for nothing, what they left behind does."""
    lines = [payment(10_000_000, "2026-06-05"), {**CASH, "date": "2026-07-03"}]
    book = book_of(*SETUP, CASH, *lines)
    (row,) = found(report_of(book, month="2026-07"), "cash-below-nil")
    assert row.cells[:3] == (None, date(2026, 7, 1), -1_000_000)
    assert "02/07/2026" in row.label
    assert found(report_of(book, month="2026-08"), "cash-below-nil") == []


def test_it_prints(sample_book: Book, books: Books) -> None:
    pack = sample_book.pack("exceptions", Parameters(month="2026-06"), "id")
    for format_ in ("pdf", "xlsx", "csv", "text", "json"):
        out = BytesIO()
        books.write(pack, format_, out)
        assert out.getvalue()


def test_first_digits_are_a_chart_on_paper(books: Books, book_of: BookOf) -> None:
    days = [f"2026-06-{n % 30 + 1:02}" for n in range(300)]
    lines = [payment(1_000 + 37 * n, day) for n, day in enumerate(days)]
    pack = book_of(*SETUP, CASH, *lines).pack("exceptions", Parameters(month="2026-06"), "id")
    (section,) = pack.on_paper
    assert isinstance(section, Section)
    report, chart = section.parts
    assert report == replace(pack.reports[0], head="", provisional=False, parameters={})
    assert isinstance(chart, BarChart)
    counts = [row.cells[3] for row in pack.reports[0].rows if str(row.code).startswith("digit-")]
    assert [bar.value for bar in chart.bars] == counts
    books.write(pack, "pdf", BytesIO())
