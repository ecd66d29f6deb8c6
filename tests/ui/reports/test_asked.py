"""The fields above a report by themselves: what they offer, and what they ask for."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from kwt_books.domain.accounts import Account, AccountType, Side
from kwt_books.domain.documents.setup import Item, Party, Programme
from kwt_books.domain.values import Month
from kwt_books.queries.overview import SetupData
from kwt_books.reports.context import Parameters
from kwt_books.reports.registry import KINDS
from ui.kit.look import UiContext
from ui.reports.asked import PAPERS, AskedBar

MAY = Month("2026-05")
FIRST, LAST = date(2026, 5, 1), date(2026, 5, 31)
SETUP = SetupData(
    None,
    {code: Account(code, f"Akun {code}", f"Account {code}", kind, Side.DEBIT, cash)
     for code, kind, cash in (("1101", AccountType.ASSET, True),
                              ("4101", AccountType.INCOME, False))},
    {code: Item(code=code, name=name, unit="kg", item_class="produce")
     for code, name in (("s", "sawi"), ("b", "Bayam"))},
    {code: Party(code=code, name=name, role=role)
     for code, name, role in (("w", "Warung", "shop"), ("a", "agen", "shop"),
                              ("m", "Mira", "member"), ("t", "Toko", "supplier"))},
    {},
    {"p": Programme(code="p", name="Bibit", budget=())},
)  # fmt: skip
SPANNED, DAY = "sales", "stock"
"""Reports over a period, and as at a day."""


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def bar(english: UiContext, around: QWidget, told: list[str]) -> AskedBar:
    made = AskedBar(english, around)
    made.newest = Month("2026-07")
    made.offer(SETUP)
    made.changed.connect(lambda: told.append("changed"))
    made.paper_changed.connect(lambda: told.append("paper"))
    return made


def offered(field: Any) -> list[tuple[Any, str]]:
    return [(field.itemData(at), field.itemText(at)) for at in range(field.count())]


def shown(bar: AskedBar) -> list[str]:
    return [name for name, row in bar.rows.items() if not row.isHidden()]


def named(bar: AskedBar, name: str) -> list[str]:
    return bar.picker(name).codes


def words(bar: AskedBar, name: str) -> str:
    edit = bar.picker(name).lineEdit()
    assert edit is not None
    return edit.placeholderText()


def test_what_the_book_has_is_offered_by_name(bar: AskedBar) -> None:
    bar.show_report("general-ledger", {}, MAY)
    assert [text for _, text in offered(bar.picker("account"))] == [
        "1101 Account 1101", "4101 Account 4101"
    ]  # fmt: skip
    bar.show_report("cash-book", {}, MAY)
    assert named(bar, "account") == ["1101"], "cash alone"
    bar.show_report("bank-reconciliation", {}, MAY)
    assert named(bar, "account") == ["1101", "4101"]
    for report, field, codes in (
        ("consignment", "shop", ["a", "w"]), ("savings-card", "member", ["m"]),
        ("programme", "programme", ["p"]), ("lots", "item", ["b", "s"]),
    ):  # fmt: skip
        bar.show_report(report, {}, MAY)
        assert named(bar, field) == codes
    bar.offer_numbers([("N-1", "1/5 Market")])
    bar.show_report("market-day", {}, MAY)
    assert named(bar, "number") == ["N-1"]
    bar.offer_numbers([("N-2", "2/5 Market")])
    assert named(bar, "number") == ["N-2"]


@pytest.mark.parametrize(
    ("report", "field", "text"),
    [("cash-book", "account", "Cash on hand"), ("general-ledger", "account", "All accounts"),
     ("stock-card", "item", "Choose an item"), ("lots", "item", "All items"),
     ("stock-card", "shop", "In the store"), ("consignment", "shop", "All shops"),
     ("lots", "lot", "All lots"), ("market-day", "number", "The last one"),
     ("savings-card", "member", "All members"), ("programme", "programme", "All programmes")],
)  # fmt: skip
def test_an_empty_field_says_what_it_stands_for(
    bar: AskedBar, report: str, field: str, text: str
) -> None:
    bar.show_report("general-ledger", {}, MAY)
    bar.show_report(report, {}, MAY)
    assert words(bar, field) == text


@pytest.mark.parametrize(
    ("span", "days"),
    [
        ("month", {"month": MAY}),
        ("year", {"start": date(2026, 1, 1), "end": LAST}),
        ("whole-year", {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}),
        ("book", {"end": date(2026, 7, 31)}),
        ("days", {"start": FIRST, "end": LAST}),
    ],
)
def test_a_span_is_a_month_or_days(
    bar: AskedBar, told: list[str], span: str, days: dict[str, Any]
) -> None:
    bar.show_report(SPANNED, {}, MAY)
    assert [code for code, _ in offered(bar.span)] == [
        "month", "year", "whole-year", "days", "book"
    ]  # fmt: skip
    assert bar.span.value() == "month"
    assert told == [], "it is only shown"
    bar.span.set_value(span)
    assert told == ["changed"] * (span != "month")
    assert bar.asked(MAY).parameters == Parameters(**days)
    assert bar.asked(MAY).missing == ""
    assert shown(bar) == ["paper", "span", *(("start", "end") if span == "days" else ())]
    kept = bar.chosen()
    wanted = {} if span == "month" else {"span": span}
    if span == "days":
        wanted = {"start": FIRST.isoformat(), "end": LAST.isoformat()}
    assert kept == wanted
    bar.show_report("journal", {}, MAY)
    assert bar.span.value() == "month", "a fresh one"
    told.clear()
    bar.show_report(SPANNED, kept, MAY)
    assert (bar.span.value(), told) == (span, [])
    assert bar.asked(MAY).parameters == Parameters(**days)


def test_the_whole_book_goes_on_after_its_newest_month(bar: AskedBar) -> None:
    bar.show_report(SPANNED, {"span": "book"}, MAY)
    assert bar.asked(Month("2026-09")).parameters == Parameters(end=date(2026, 9, 30))


def test_days_that_can_t_be_asked_for_are_told(bar: AskedBar, told: list[str]) -> None:
    bar.show_report(SPANNED, {"start": "2026-05-20", "end": "2026-05-10"}, MAY)
    assert bar.asked(MAY).missing == "The first day is after the last day."
    bar.end.set_value(date(2026, 5, 20))
    assert bar.asked(MAY).missing == ""
    assert told == ["changed"]
    for field in (bar.start, bar.end):
        field.set_value("yesteryear")
        assert field.problem()
        assert bar.asked(MAY).missing == field.problem()
        field.set_value(date(2026, 5, 20))
    bar.show_report(SPANNED, {"end": "2026-05-10"}, MAY)
    assert (bar.span.value(), bar.start.value()) == ("days", date(2026, 5, 1)), "of the month"


def test_a_report_as_at_a_day_is_of_the_month_s_end_or_that_day(
    bar: AskedBar, told: list[str]
) -> None:
    bar.show_report(DAY, {}, MAY)
    assert offered(bar.moment) == [("month", "End of the month"), ("until", "A chosen day")]
    assert shown(bar) == ["paper", "moment"]
    assert bar.asked(MAY).parameters == Parameters(month=MAY)
    assert bar.chosen() == {}
    bar.moment.set_value("until")
    assert told == ["changed"]
    assert shown(bar) == ["paper", "moment", "until"]
    assert bar.asked(MAY).parameters == Parameters(until=LAST)
    bar.until.set_value("yesteryear")
    assert bar.asked(MAY).missing == bar.until.problem() != ""
    bar.show_report(DAY, {"until": "2026-05-07"}, MAY)
    assert (bar.moment.value(), bar.chosen()) == ("until", {"until": "2026-05-07"})
    bar.show_report(DAY, {}, MAY)
    assert bar.moment.value() == "month"


def test_only_what_a_report_knows_is_asked(bar: AskedBar) -> None:
    for name, kind in KINDS.items():
        bar.show_report(name, {}, MAY)
        expected = {"paper"} | ({"span"} if "start" in kind.asks else set())
        expected |= {"moment"} if "until" in kind.asks and "start" not in kind.asks else set()
        given = {"account", "item", "shop", "lot", "number", "member", "programme"}
        expected |= (given | {"before_closing", "blank", "proofs"}) & {*kind.asks}
        assert {*shown(bar)} == expected, name


@pytest.mark.parametrize("name", KINDS)
def test_each_report_is_asked_for_what_it_knows_and_again_by_what_was_chosen(
    bar: AskedBar, told: list[str], name: str
) -> None:
    """Whatever is in the fields leads back to the same question."""
    asks = {*KINDS[name].asks}
    bar.offer_lots([("b", "L-1", "Bayam"), ("s", "L-1", "sawi")])
    bar.offer_numbers([("N-1", "1/5 Market")])
    bar.show_report(name, {}, MAY)
    fields = {"account": "1101", "shop": "w", "number": "N-1", "member": "m", "programme": "p"}
    for field, code in fields.items():
        if field in asks:
            bar.picker(field).set_value(code)
    if "lot" in asks:
        bar.picker("lot").set_value("s L-1")
    elif "item" in asks:
        bar.picker("item").set_value("b")
    checks = asks & {"before_closing", "blank", "proofs"}
    for each in checks:
        assert not bar.check(each).isChecked()
        bar.check(each).setChecked(True)
    wanted = {field: code for field, code in fields.items() if field in asks}
    wanted |= dict.fromkeys(checks, True)
    if "lot" in asks:
        wanted |= {"item": "s", "lot": "L-1"}
    elif "item" in asks:
        wanted["item"] = "b"
    assert bar.asked(MAY).parameters == Parameters(month=MAY, **wanted)  # type: ignore[arg-type]
    assert bool(told) is bool(wanted)
    kept = bar.chosen()
    bar.show_report("profit-loss", {}, MAY)
    told.clear()
    bar.show_report(name, kept, MAY)
    assert told == []
    if "lot" in asks:
        assert bar.picker("lot").value() == "s L-1"
    assert bar.asked(MAY).parameters == Parameters(month=MAY, **wanted)  # type: ignore[arg-type]
    bar.show_report(name, {}, MAY)
    assert bar.asked(MAY).parameters == Parameters(
        month=MAY,
        **dict.fromkeys(checks, False),  # type: ignore[arg-type]
    )


def test_a_card_waits_for_its_item(bar: AskedBar) -> None:
    bar.show_report("stock-card", {}, MAY)
    assert bar.asked(MAY).missing == "Choose the item whose card you want to see."
    bar.picker("item").set_value("b")
    assert bar.asked(MAY).missing == ""


def test_a_lot_is_found_again_once_it_is_offered(bar: AskedBar, told: list[str]) -> None:
    """Lots come with the report; that of a document is known by its name alone."""
    bar.show_report("lots", {"lot": "L-2"}, MAY)
    assert bar.picker("lot").value() is None
    assert bar.asked(MAY).parameters.lot == "L-2"
    bar.offer_lots([("b", "L-1", "Bayam"), ("s", "L-2", "sawi")])
    assert bar.picker("lot").value() == "s L-2"
    assert offered(bar.picker("lot")) == [("b L-1", "L-1 · Bayam"), ("s L-2", "L-2 · sawi")]
    assert told == []
    bar.picker("lot").set_value(None)
    assert told == ["changed"]
    assert bar.asked(MAY).parameters.lot is None
    bar.picker("lot").set_value("b L-1")
    assert bar.asked(MAY).parameters == Parameters(month=MAY, item="b", lot="L-1")
    bar.offer_lots([("s", "L-2", "sawi")])
    assert bar.picker("lot").value() is None, "the month has none of it"
    assert bar.asked(MAY).parameters.lot == "L-1"


def test_the_group_s_paper_is_no_choice(bar: AskedBar, told: list[str]) -> None:
    assert [code for code, _ in offered(bar.paper)] == [*PAPERS]
    bar.show_paper("A4")
    assert (bar.paper.value(), told) == ("A4", [])
    bar.paper.set_value("F4")
    assert told == ["paper"]


def test_fields_stand_in_one_order_whatever_was_asked_first(bar: AskedBar, around: QWidget) -> None:
    around.resize(1400, 200)
    bar.resize(1400, 120)
    around.show()
    bar.show_report("programme", {"start": "2026-05-01"}, MAY)
    bar.show_report("lots", {"start": "2026-05-01"}, MAY)
    bar.show_report("stock-card", {"start": "2026-05-01"}, MAY)
    bar.show_report("general-ledger", {"start": "2026-05-01"}, MAY)
    for report, order in (
        ("general-ledger", ["span", "start", "end", "account", "before_closing", "paper"]),
        ("lots", ["span", "start", "end", "item", "lot", "paper"]),
        ("programme", ["span", "start", "end", "programme", "proofs", "paper"]),
    ):
        bar.show_report(report, {"start": "2026-05-01"}, MAY)
        QApplication.processEvents()
        rows = [bar.rows[name] for name in order]
        assert {*shown(bar)} == {*order}
        places = [each.mapTo(bar, QPoint()) for each in rows]
        assert all((one.y(), one.x()) < (other.y(), other.x()) for one, other in pairwise(places))
