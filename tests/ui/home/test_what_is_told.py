"""What Beranda tells and leads to, by figures that no book has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from kwt_books.domain.access import Person, Role
from kwt_books.domain.documents.setup import Group
from kwt_books.domain.values import Month, last_day, month_range
from kwt_books.queries.overview import (
    CASH_LIMIT,
    SOON,
    ExpiringLot,
    Figures,
    Overview,
    ToDo,
    UnderCost,
    WaitingShop,
)
from tests.ui.all_rules import at_sizes
from tests.ui.windows import said, shown_with
from ui.home.page import FigureCard, HomePage
from ui.home.to_do import BACKUP_DAYS, to_do_rows
from ui.home.verbs import VERBS
from ui.kit.button import VerbButton
from ui.kit.chart import Point
from ui.kit.drafts import drafts_of
from ui.kit.layout import column
from ui.kit.list import ToDoRow
from ui.kit.workspace import Workspace

GROUP = Group(name="KWT Melati", village="Kaliawi", district="Tanjungkarang", city="Bandar Lampung",
              chair="Aryanah", treasurer="Siti", language="id", paper="A4")  # fmt: skip
MAY, JUNE = Month("2026-05"), Month("2026-06")
NOTHING = Overview(GROUP, Figures(JUNE, 0, 0), Figures(MAY, 0, 0), (), ToDo(), (MAY, JUNE))


@pytest.fixture
def wanted(still: Workspace) -> list[object]:
    """The places and forms that are wanted."""
    told: list[object] = []
    still.place_wanted.connect(lambda there: told.append((there.place, there.part)))
    still.form_wanted.connect(lambda name, given: told.append(name))
    still.preferences.of(still.book).backed_up = still.ui.today
    return told


def rows(still: Workspace, todo: ToDo, **about: Any) -> list[ToDoRow]:
    return to_do_rows(still, replace(NOTHING, todo=todo, **about))


def told(found: list[ToDoRow]) -> list[tuple[str, str, str]]:
    return [(each.title, each.second, each.icon) for each in found]


def test_what_waits_is_told_in_its_order_and_leads_there(
    still: Workspace, wanted: list[object]
) -> None:
    today, formats = still.ui.today, still.ui.formats
    friday = date(2026, 6, 26)
    chips = ExpiringLot("chips", "Chips", "pack", "L1", today - timedelta(1), 2_500)
    jam = ExpiringLot("jam", "Jam", "jar", "L2", today, 1_000)
    found = rows(still, ToDo(
        open_months=(MAY, JUNE), expiring=(chips, jam, replace(jam, name="Tea")), fridays=(friday,),
        shops=(WaitingShop("siti", "Warung Bu Siti", 1, 1), WaitingShop("joko", "Joko", 9, 2)),
        under_cost=(UnderCost("jam", "Jam", "jar", 5_000, 6_000),), cash_over=CASH_LIMIT + 1,
    ))  # fmt: skip
    ended = (today - last_day(MAY)).days
    limit, over = formats.rupiah(CASH_LIMIT), formats.rupiah(CASH_LIMIT + 1)
    assert told(found) == [
        ("May is not closed yet", f"Ended {ended} days ago", "warning-circle"),
        (f"Friday outlet not recorded: {still.ui.short_day(friday)}",
         "If there was none that day, go on.", "shopping-bag-open"),
        ("1 lot has expired", f"Chips, 2.5 pack, on {formats.day(chips.expires)}", "clock"),
        (f"2 lots expire within {SOON.days} days", f"Jam, 1 jar, on {formats.day(today)}", "clock"),
        ("Warung Bu Siti has not settled for 1 day", "1 kind of goods still there", "storefront"),
        ("Joko has not settled for 9 days", "2 kinds of goods still there", "storefront"),
        ("Jam costs more than its price", "Cost Rp6,000, price Rp5,000 per jar", "trend-down"),
        (f"Cash above {limit}", f"{over} on hand; better take it to the bank", "money"),
    ]  # fmt: skip
    assert all(each.urgent for each in found)
    for each in found:
        each.act()
    assert wanted == [
        ("close", "2026-05"), ("sell", "market_day"), ("stock", ""), ("stock", ""),
        ("shops", "siti"), ("shops", "joko"), ("stock", ""), ("cash", ""),
    ]  # fmt: skip
    assert rows(still, ToDo()) == []
    (yesterday,) = rows(still, ToDo(open_months=(JUNE,)))
    assert yesterday.second == "Ended 1 day ago"
    two = rows(still, ToDo(fridays=(date(2026, 6, 19), friday)))
    assert two[0].title.endswith(f"{still.ui.short_day(date(2026, 6, 19))},"
                                 f" {still.ui.short_day(friday)}")  # fmt: skip


def test_a_new_book_and_drafts_wait_for_whoever_records(
    still: Workspace, wanted: list[object]
) -> None:
    drafts_of(still.folders.data, still.book).write("payment", {"amount": 5})
    drafts_of(still.folders.data, still.book).write("nonsense", {"amount": 5})
    found = rows(still, ToDo(), group=None, recorded=None)
    assert told(found) == [
        ("Enter the group's details", "Name, address and officers of the group", "users"),
        ("Record the opening balances", "Money, goods and debts on the first day", "notebook"),
        ("Costs paid: not recorded yet", "Your draft is waiting for you", "note-pencil"),
    ]
    for each in found:
        each.act()
    assert wanted == [("settings", "group"), "opening", "payment"]
    drafts_of(still.folders.data, still.book).write("transfer", {"amount": 5})
    drafts_of(still.folders.data, still.book).write("month_reopen", {"month": "2026-05"})
    still.person = Person("Siti", Role.TREASURER, signed_in=True)
    assert [each.title.partition(":")[0] for each in rows(still, ToDo())] == [
        "Costs paid",
        "Money moved",
    ], "what nobody signed in for, and she may record"
    friday = ToDo(fridays=(date(2026, 6, 26),), open_months=(MAY,))
    still.person = Person("Dewi", Role.AUDITOR)
    assert [each.icon for each in rows(still, friday, group=None)] == ["warning-circle"]


@pytest.mark.parametrize(
    ("days", "title"),
    [(None, "No backup yet"), (BACKUP_DAYS - 1, None), (BACKUP_DAYS, "Last backup 7 days ago"),
     (400, "Last backup 400 days ago")],
)  # fmt: skip
def test_a_backup_waits_without_haste(
    still: Workspace, wanted: list[object], days: int | None, title: str | None
) -> None:
    ago = still.ui.today - timedelta(days) if days is not None else None
    still.preferences.of(still.book).backed_up = ago
    found = rows(still, ToDo())
    assert [each.title for each in found] == ([title] if title else [])
    for each in found:
        assert (each.second, each.icon, each.urgent) == (
            "Have a flash drive ready", "hard-drive", False,
        )  # fmt: skip
        each.act()
        assert wanted == [("settings", "backup")]
    assert rows(still, ToDo(), group=GROUP, recorded=None)[1:] == [], "nothing to back up"


@pytest.mark.parametrize(
    ("now", "before", "change", "tone"),
    [(5_000, 3_000, "↑ 2,000", "good"), (3_000, 5_000, "↓ 2,000", "warn"),
     (5_000, 5_000, "", "warn"), (5_000, None, "", "warn"), (-1, 1, "↓ 2", "warn")],
)  # fmt: skip
def test_a_figure_stands_beside_that_of_before(
    still: Workspace, around: QWidget, now: int, before: int | None, change: str, tone: str
) -> None:
    card = FigureCard(still)
    card.setParent(around)
    card.show_figures("June turnover", now, before, "May")
    figure, earlier = still.ui.formats.rupiah(now), "–" if before is None else f"{before:,}"
    assert card.accessibleName() == f"June turnover: {figure}. May {earlier}"
    labels = {each.text(): each for each in card.findChildren(QLabel)}
    assert {"June turnover", figure, f"May {earlier}", change} <= labels.keys()
    if change:
        assert labels[change].property("tone") == tone
    assert labels[figure].alignment() & Qt.AlignmentFlag.AlignLeft


@pytest.fixture
def page(still: Workspace, around: QWidget, wanted: list[object]) -> HomePage:
    made = HomePage(still)
    made.setParent(around)
    return made


def figures(month: str, *amounts: int) -> Figures:
    return Figures(Month(month), *amounts)


def test_cards_and_chart_show_the_month_and_its_year(page: HomePage, still: Workspace) -> None:
    assert not page.count.isVisibleTo(page)
    months = month_range(Month("2025-07"), JUNE)
    year = tuple(Figures(month, n * 1_000, n) for n, month in enumerate(months))
    this, before = figures("2026-06", 9, 8, 7, 6), figures("2026-05", 5, 4, 3, 2)
    shown_with(page, page=Overview(GROUP, this, before, year, ToDo(), (Month("2025-09"), MAY)))
    assert [each.accessibleName() for each in page.cards] == [
        "June turnover: Rp9. May 5", "June profit: Rp8. May 4", "Cash & bank: Rp7. May 3",
        "Assets: Rp6. May 2",
    ]  # fmt: skip
    lines = page.chart.accessibleDescription().split("\n")
    shown = [each for each in year if each.month >= "2025-09"]
    assert len(lines) == len(shown)
    assert (page.count.text, page.count.isVisibleTo(page)) == ("0", True)
    assert page.count.property("tone") == "good"
    shown_with(page, page=Overview(GROUP, this, before, year, ToDo(cash_over=1), (JUNE, JUNE)))
    assert page.cards[0].accessibleName() == "June turnover: Rp9. May –", "the book is younger"
    assert page.cards[2].accessibleName() == "Cash & bank: Rp7. May 3"
    assert (page.count.text, page.count.property("tone")) == ("1", "warn")
    assert page.list.accessibleName() == "To do"
    still.drafts_changed.emit()
    drafts_of(still.folders.data, still.book).write("payment", {"amount": 5})
    still.drafts_changed.emit()
    assert page.count.text == "2", "a draft waits at once"


def test_profit_is_drawn_where_the_book_has_months(page: HomePage) -> None:
    months = month_range(Month("2025-12"), Month("2026-03"))
    year = tuple(Figures(month, 1_000, n) for n, month in enumerate(months))
    seen: list[list[Point]] = []
    page.chart.show_points = seen.append  # type: ignore[method-assign]
    for recorded in ((Month("2025-12"), Month("2026-01")), (Month("2026-02"), JUNE), None):
        shown_with(page, page=replace(NOTHING, year=year, recorded=recorded))
    assert seen == [
        [Point("Dec", 1_000, 0, "2025"), Point("Jan", 1_000, 1, "2026"),
         Point("Feb", 1_000, None), Point("Mar", 1_000, None)],
        [Point("Feb", 1_000, 2, "2026"), Point("Mar", 1_000, 3)],
        [Point("Dec", 1_000, None, "2025"), Point("Jan", 1_000, None, "2026"),
         Point("Feb", 1_000, None), Point("Mar", 1_000, None)],
    ]  # fmt: skip


@pytest.mark.parametrize("reads", [False, True])
def test_verbs_are_offered_to_whoever_records(
    still: Workspace, around: QWidget, wanted: list[object], reads: bool
) -> None:
    if reads:
        still.person = Person("Dewi", Role.AUDITOR)
    made = HomePage(still)
    made.setParent(around)
    offered = made.findChildren(VerbButton)
    assert [each.text() for each in offered] == [still.ui.t(each.title) for each in VERBS] * (
        not reads
    )
    heads = {"What do you want to record?", "Press Alt + number"}
    assert (heads <= {*said(made)}) is not reads
    for each in offered:
        each.click()
    assert len(wanted) == len(offered)


def test_beranda_keeps_the_rules(still: Workspace, around: QWidget, wanted: list[object]) -> None:
    page = HomePage(still)
    column(page, parent=around)
    months = month_range(Month("2025-07"), JUNE)
    year = tuple(Figures(month, n * 1_000_000, -n * 1_000) for n, month in enumerate(months))
    many = ToDo(open_months=(MAY,), cash_over=CASH_LIMIT * 9)
    shown_with(page, page=replace(NOTHING, year=year, todo=many, recorded=(months[0], JUNE)))
    still.notices.put("clock", "The clock is wrong.", "Set date and time.", "warn")
    assert at_sizes(around, ((1_160, 620), (760, 560))) == {}
