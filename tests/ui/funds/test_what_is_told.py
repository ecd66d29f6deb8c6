"""What the page of the funds shows of funds that no book has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Person, Role
from kwt_books.domain.accounts import (
    APPROPRIATED,
    SURPLUS_PAYABLE,
    Account,
    AccountType,
    Side,
    is_fund,
)
from kwt_books.domain.documents.setup import Allocation, Group, Party
from kwt_books.domain.values import Month
from kwt_books.queries.funds import FundBar, FundBars, FundMonth, Spent
from kwt_books.queries.overview import SetupData
from tests.ui.painted import painted
from tests.ui.rules import flaws
from tests.ui.windows import said, shown_with
from ui.funds.page import FundButton, FundChart, FundsPage
from ui.funds.sharing import AppropriationForm
from ui.kit.card import Card
from ui.kit.look import UiContext
from ui.kit.table import Cell
from ui.kit.workspace import Workspace

MAY = FundMonth("2026-05", 0, 150_000, 0, 0, 150_000)
JUNE = FundMonth("2026-06", 150_000, 360_000, 200_000, -10_000, 300_000)
SOCIAL = FundBar(
    Account("3202", "Dana sosial", "Social fund", AccountType.EQUITY, Side.CREDIT), 15, (MAY, JUNE)
)
STILL = FundBar(
    Account("3203", "Dana RT", "RT & more", AccountType.EQUITY, Side.CREDIT), 0,
    (replace(MAY, received=0, closing=0), FundMonth("2026-06", 0, 0, 0, 0, 0)),
)  # fmt: skip
PAID = Spent("BKK-2", date(2026, 6, 9), "3202", "Posyandu", 250_000, None)
BACK = replace(PAID, number="BKK-3", amount=-50_000, corrected="BKK-1")
FUNDS = FundBars((SOCIAL, STILL), (PAID, BACK), "BA/1", date(2026, 1, 7))


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def page(workspace: Workspace, qtbot: QtBot) -> FundsPage:
    made = FundsPage(workspace)
    qtbot.addWidget(made)
    shown_with(made, page=FUNDS)
    return made


def test_each_fund_tells_what_came_and_went(page: FundsPage) -> None:
    social, still = page.list.buttons.values()
    assert social.accessibleName() == "Social fund: Rp300,000"
    assert social.words() == "+360,000 shared in, −200,000 spent, −10,000 other"
    assert still.text() == "RT && more", "a lone one would be a key"
    assert still.words() == "Nothing moved this month"
    shown_with(page, page=replace(FUNDS, funds=(
        replace(SOCIAL, months=(replace(JUNE, received=0, spent=0, other=5_000),)), STILL,
    )))  # fmt: skip
    assert page.list.buttons["3202"].words() == "+5,000 other"
    assert {"As of 30 June 2026", "Rp300,000",
            "Shares of profit by decision BA/1 of 7 January 2026"} <= {*said(page)}  # fmt: skip
    shown_with(page, page=replace(FUNDS, decided=None))
    assert page.decision.isHidden()


def test_a_fund_is_painted_with_its_balance_and_what_was_spent(ui: UiContext, qtbot: QtBot) -> None:
    button = FundButton(ui, SOCIAL, 1_000_000)
    qtbot.addWidget(button)
    button.resize(432, button.sizeHint().height())
    words = [each for each in painted(button, ui.theme).drawn if each.what]
    assert [(each.what, each.color, each.font.bold()) for each in words] == [
        ("Rp300,000", "text", True), ("Social fund", "text", True),
        (ui.formats.percent(150), "text2", False), (button.words(), "text2", False),
    ]  # fmt: skip
    assert painted(button, ui.theme).figures == ["Rp300,000"]
    sizes = [each.font.pixelSize() for each in words]
    assert sizes[0] > sizes[1] > sizes[2] == sizes[3]
    figure, name, share, told = (each.place for each in words)
    assert figure.right() == share.right() > name.right()
    assert name.top() == figure.top() < told.top() == share.top()
    bars = [each for each in painted(button, ui.theme).drawn if not each.what][-3:]
    assert [each.color for each in bars] == ["grid", "bar", "accent"]
    whole = bars[0].place.width()
    assert [each.place.width() for each in bars] == [whole, whole // 2, whole * 3 // 10]
    assert name.bottom() < bars[0].place.top() < told.top()
    below = replace(SOCIAL, months=(replace(JUNE, closing=-5, spent=0),))
    empty = FundButton(ui, below, 1_000_000)
    qtbot.addWidget(empty)
    empty.resize(432, 92)
    drawn = painted(empty, ui.theme).drawn
    assert next(each for each in drawn if each.what).color == "red"
    assert [each.color for each in drawn if not each.what] == ["grid"], "no bar of nothing"


def test_the_longest_bar_is_that_of_the_fund_that_held_most(page: FundsPage) -> None:
    """What it holds now, and what was spent of it this month."""
    more = FundMonth("2026-06", 0, 0, 100_000, 0, 450_000)
    shown_with(page, page=replace(FUNDS, funds=(SOCIAL, replace(STILL, months=(more,)))))

    def lengths(code: str) -> dict[str, int]:
        button = page.list.buttons[code]
        button.resize(432, button.sizeHint().height())
        drawn = [each for each in painted(button, page.ui.theme).drawn if not each.what]
        return {each.color: each.place.width() for each in drawn}

    most = lengths("3203")
    assert most["bar"] == most["grid"] > most["accent"] == most["grid"] * 450 // 550
    social = lengths("3202")
    whole = social["grid"]
    assert (social["bar"], social["accent"]) == (whole * 500 // 550, whole * 300 // 550)


@pytest.mark.parametrize(
    ("chosen", "hovered", "grounds"),
    [(False, False, ["grid"]), (False, True, ["sunken", "grid"]),
     (True, True, ["soft", "accent", "grid"])],
)  # fmt: skip
def test_the_chosen_fund_and_that_below_the_mouse_have_a_ground(
    ui: UiContext, around: QWidget, chosen: bool, hovered: bool, grounds: list[str]
) -> None:
    button = FundButton(ui, SOCIAL, 1_000_000)
    button.setParent(around)
    button.resize(432, button.sizeHint().height())
    button.setChecked(chosen)
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, hovered)
    drawn = painted(button, ui.theme, plain=True).drawn
    plain = drawn[: len(grounds)]
    assert [each.color for each in plain] == grounds
    assert plain[0].place == button.rect() or not (chosen or hovered)
    line = plain[-1].place
    assert (line.bottom(), line.width(), line.height()) == (button.height() - 1, 432, 1)
    if chosen:
        edge = plain[1].place
        assert (edge.left(), edge.width(), edge.height()) == (0, 3, button.height())


@pytest.mark.parametrize(
    ("first", "years"), [("2025-11", {0: "2025", 2: "2026"}), ("2026-02", {0: "2026"})]
)
def test_months_of_a_fund_stand_above_their_names_and_years(
    first: str, years: dict[int, str], ui: UiContext, qtbot: QtBot
) -> None:
    """What came in goes up from nothing, what was spent goes down; the last is the one in hand."""
    chart = FundChart(ui)
    qtbot.addWidget(chart)
    chart.resize(600, chart.sizeHint().height())
    months = [
        FundMonth(Month(first).shift(at), 0, received, spent, 0, 0)
        for at, (received, spent) in enumerate(((5, 0), (0, 0), (90, 40), (60, 30)))
    ]
    chart.show_months("Social fund", months)
    assert chart.accessibleName() == "Social fund"
    assert chart.scale.low <= -40 < 90 <= chart.scale.high
    names = [ui.formats.month_alone(each.month)[:3] for each in months]
    drawn = painted(chart, ui.theme).drawn
    words = {each.what: each for each in drawn if each.what}
    for place, name in enumerate(names):
        written, last = words[name], name == names[-1]
        assert abs(written.place.center().x() - chart.place_of(place)) < 2
        assert (written.color, written.font.bold()) == (
            ("text", True) if last else ("text2", False)
        )
        assert written.place.top() > chart.plot().bottom()
        if place in years:
            year = words.pop(years[place]).place
            assert year.center().x() == written.place.center().x()
            assert written.place.bottom() <= year.top() + 1 <= year.bottom() < chart.height()
    assert {*words} == {*names, *(chart.tick(each) for each in chart.scale.ticks)}

    def high(value: int) -> float:
        plot, scale = chart.plot(), chart.scale
        return plot.bottom() - plot.height() * (value - scale.low) / (scale.high - scale.low)

    bars = [each for each in drawn if not each.what]
    assert [each.color for each in bars] == ["bar", "bar", "amber_bg", "bar_now", "amber"]
    for each, (place, amount) in zip(bars, ((0, 5), (2, 90), (2, -40), (3, 60), (3, -30)),
                                     strict=True):  # fmt: skip
        ends = sorted((high(0), high(amount)))
        assert (each.place.top(), each.place.bottom()) == (
            pytest.approx(ends[0], abs=2.5),
            pytest.approx(ends[1], abs=2.5),
        )
        assert abs(each.place.center().x() - chart.place_of(place)) < 2
    chart.select(2)
    marked = [each.color for each in painted(chart, ui.theme).drawn if not each.what]
    assert marked == ["bar", "bar_now", "amber", "bar_now", "amber"], "what is pointed at too"
    chart.show_months("", [replace(each, received=0, spent=0) for each in months])
    assert [each.what for each in painted(chart, ui.theme).drawn][-1] == (
        "Nothing moved in these twelve months"
    )


def test_the_chosen_fund_tells_its_year_and_what_it_was_spent_on(page: FundsPage) -> None:
    assert page.list.current == "3202", "the first"
    assert page.name.text() == "Social fund, the last 12 months"
    assert [page.chart.describe(place) for place in range(2)] == [
        "May 2026: Rp150,000 in, Rp0 spent, Rp150,000 left",
        "June 2026: Rp360,000 in, Rp200,000 spent, Rp300,000 left",
    ]
    assert [each.cells for each in page.table.list_model.rows] == [
        (
            Cell("9 Jun"), Cell("BKK-2", tone="quiet"), Cell("Posyandu"),
            Cell("250,000", bold=True),
        ),
        (
            Cell("9 Jun"), Cell("BKK-3", tone="quiet"),
            Cell("Posyandu", tone="quiet", icon="arrow-u-up-left"), Cell("−50,000", tone="quiet"),
        ),
    ]  # fmt: skip
    assert said(page.foot) == ["The last 12 months", "Total", "Rp200,000"]
    assert page.nothing.isHidden()
    page.show_part("3203")
    assert (page.list.current, page.name.text()) == ("3203", "RT & more, the last 12 months")
    assert page.table.isHidden()
    assert not page.nothing.isHidden()
    shown_with(page, page=FUNDS)
    assert page.list.current == "3203", "the choice stays"
    opened: list[tuple[str, dict[str, object]]] = []
    page.workspace.form_wanted.connect(lambda name, given: opened.append((name, given)))
    page.pay_button.click()
    assert opened == [("payment", {"fund": "3203"})]


def test_the_keyboard_goes_from_fund_to_fund_and_stays_there(page: FundsPage, qtbot: QtBot) -> None:
    with qtbot.waitActive(page):
        page.show()
    third = replace(STILL, account=replace(STILL.account, code="3204"))
    shown_with(page, page=replace(FUNDS, funds=(SOCIAL, STILL, third)))
    QApplication.processEvents()
    page.list.buttons["3202"].setFocus()
    up, down = Qt.Key.Key_Up, Qt.Key.Key_Down
    for key, code in ((up, "3202"), (down, "3203"), (down, "3204"), (down, "3204"), (up, "3203"),
                      (up, "3202")):  # fmt: skip
        qtbot.keyClick(page.list, key)
        assert page.list.current == code
        assert page.list.buttons[code].hasFocus()
    shown_with(page, page=FUNDS)
    QApplication.processEvents()
    assert page.list.buttons["3202"].hasFocus(), "of the new buttons too"


def test_without_any_movement_it_says_where_funds_come_from(page: FundsPage) -> None:
    shown_with(page, page=replace(FUNDS, funds=(STILL,), spent=()))
    assert not page.empty.isHidden()
    assert page.beside.isHidden()
    wanted: list[str] = []
    page.workspace.place_wanted.connect(lambda there: wanted.append(there.place))
    (go,) = page.empty.findChildren(QPushButton)
    go.click()
    assert wanted == ["close"]
    shown_with(page, page=replace(FUNDS, funds=(), spent=()))
    assert not page.empty.isHidden()
    assert (page.list.current, page.fund) == ("", None)
    held = replace(STILL, months=(replace(STILL.now, opening=5, spent=5),))
    shown_with(page, page=replace(FUNDS, funds=(held,)))
    assert page.empty.isHidden(), "something was there once"


def test_a_fund_that_is_gone_leaves_the_first_one_chosen(page: FundsPage) -> None:
    page.show_part("3203")
    shown_with(page, page=replace(FUNDS, funds=(SOCIAL,)))
    assert page.list.current == "3202"
    assert page.name.text() == "Social fund, the last 12 months"
    page.show_part("3203")
    assert page.list.current == "3202", "there is none of that code"


@pytest.mark.parametrize("person", [Person("Ani", Role.CHAIR), Person("Budi", Role.AUDITOR)])
def test_money_of_funds_moves_by_those_who_may(page: FundsPage, person: Person) -> None:
    share = next(each for each in page.findChildren(QPushButton)
                 if each.text() == "Share profit of the year")  # fmt: skip
    assert share.toolTip().startswith("What the annual meeting decided")
    reads = person.role is Role.AUDITOR
    assert (page.pay_button.isHidden(), share.isHidden()) == (reads, reads)
    opened: list[str] = []
    page.workspace.form_wanted.connect(lambda name, _given: opened.append(name))
    share.click()
    assert opened == ["appropriation"]


@pytest.mark.parametrize("wide", [True, False])
def test_the_list_leads_to_what_is_chosen(page: FundsPage, qtbot: QtBot, wide: bool) -> None:
    page.resize(1200 if wide else 600, 700)
    with qtbot.waitActive(page):
        page.show()
    shown_with(page, page=FUNDS)
    QApplication.processEvents()
    places = [QRect(each.mapTo(page, QPoint()), each.size()) for each in (page.list, page.chart)]
    funds, year = places
    for part in (page.table, page.list):
        card = next(each for each in page.findChildren(Card) if each.isAncestorOf(part))
        gaps = part.mapTo(card, QPoint()).x(), card.width() - part.width()
        assert max(gaps) <= 3, "lists reach from edge to edge of their cards"
    assert funds.right() < year.left() if wide else funds.bottom() < year.top()


@pytest.mark.parametrize("wide", [True, False])
def test_the_rules_are_kept(page: FundsPage, wide: bool) -> None:
    page.resize(1160 if wide else 700, 640)
    page.show()
    shown_with(page, page=replace(FUNDS, decision="BA-01/RAT/KWT-MELATI/KALIAWI/XII/2026"))
    assert flaws(page) == []


def test_the_meeting_shares_among_members_and_funds(still: Workspace, qtbot: QtBot) -> None:
    def account(code: str, kind: AccountType) -> Account:
        return Account(code, f"Akun {code}", f"Account {code}", kind, Side.CREDIT)

    liability, equity = AccountType.LIABILITY, AccountType.EQUITY
    kinds = {"3204": equity, "2107": liability, "1101": AccountType.ASSET, "3202": equity,
             "2999": liability, "2998": liability}  # fmt: skip
    shares = {"3202": 60, "2999": 40}
    group = Group(
        name="K", village="v", district="d", city="c", chair="A", treasurer="W", language="id",
        paper="F4", allocation=Allocation(decision="B", date=date(2026, 1, 7), shares=shares),
    )  # fmt: skip
    parties = {code: Party(code=code, name=name, role=role) for code, name, role in (
        ("t", "Agen", "supplier"), ("w", "wati", "member"), ("s", "Siti", "member"))}  # fmt: skip
    form = AppropriationForm(still, {})
    qtbot.addWidget(form)
    accounts = {code: account(code, kind) for code, kind in kinds.items()}
    for known in (group, None):
        setup = SetupData(known, accounts, {}, parties, {})
        form.learnt(SimpleNamespace(setup=setup))  # type: ignore[arg-type]
        fields = form.rows.lines[0].fields
        offered = fields["account"].codes
        decided = shares if known is not None else {}
        goals = {each for each in kinds if each in APPROPRIATED or is_fund(each, decided)}
        assert {*offered} == goals
        assert offered == [SURPLUS_PAYABLE, *sorted({*offered} - {SURPLUS_PAYABLE})]
        assert fields["party"].codes == ["s", "w", "t"], "members first"
