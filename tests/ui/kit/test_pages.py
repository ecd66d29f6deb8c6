"""The bases of pages by themselves: when they ask the book again, their tabs, their notices, what
stands in their place while there is nothing, and lists with all that belongs to them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Person, Role
from kwt_books.domain.kind import Touch
from kwt_books.i18n.catalogue import noop_plural
from kwt_books.i18n.formats import NIL
from tests.ui.windows import let_go, said
from ui.kit.button import Button
from ui.kit.card import Note
from ui.kit.list import ListRow, head_row
from ui.kit.list_page import ActionBar, ListPage, money_row, signed
from ui.kit.look import GUTTER
from ui.kit.notices import Notices, Offer
from ui.kit.page import Action, NoticeStrip, Page, TabbedPage
from ui.kit.scrolling import TwoCards
from ui.kit.table import Cell
from ui.kit.worker import Change
from ui.kit.workspace import Workspace


@pytest.fixture
def person(request: pytest.FixtureRequest) -> Person:
    return Person("Ani", getattr(request, "param", Role.CHAIR))


class Counting(Page):
    """Counts how often it asks."""

    asked = 0

    def refresh(self) -> None:
        self.asked += 1


class Monthless(Counting):
    monthly = False


class OfPlants(Counting):
    shows = Touch.PLANTS
    shown_kinds = frozenset({"sale"})


def shown(made: Any, qtbot: QtBot) -> Any:
    qtbot.addWidget(made)
    made.show()
    return made


# -- when a page asks ------------------------------------------------------------------------------


def test_a_page_asks_when_it_is_seen_and_again_when_something_changed(
    still: Workspace, qtbot: QtBot
) -> None:
    page = Counting(still)
    qtbot.addWidget(page)
    page.invalidate()
    assert page.asked == 0, "nobody sees it"
    page.show()
    assert page.asked == 1
    page.hide()
    page.show()
    assert page.asked == 1, "nothing has changed"
    page.invalidate()
    assert page.asked == 2
    page.hide()
    page.invalidate()
    assert page.asked == 2
    page.show()
    assert page.asked == 3


@pytest.mark.parametrize(
    ("page_class", "change", "again"),
    [
        (Counting, {"sale"}, True), (Counting, {"item"}, True), (Counting, set(), True),
        (OfPlants, {"sale"}, True), (OfPlants, {"sowing"}, True), (OfPlants, {"payment"}, False),
        (OfPlants, set(), True), (OfPlants, {"payment", "sale"}, True),
    ],
)  # fmt: skip
def test_what_is_recorded_concerns_those_that_show_it(
    still: Workspace, qtbot: QtBot, page_class: type[Counting], change: set[str], again: bool
) -> None:
    page = shown(page_class(still), qtbot)
    still.tasks.changed.emit(Change(frozenset(change)))
    assert page.asked == 1 + again


def test_another_month_concerns_those_of_a_month(still: Workspace, qtbot: QtBot) -> None:
    pages = [shown(each(still), qtbot) for each in (Counting, Monthless)]
    still.show_month("2026-03")
    assert [each.asked for each in pages] == [2, 1]


def test_the_first_picture_waits_for_the_book_a_moment(still: Workspace, qtbot: QtBot) -> None:
    class Asking(Page):
        def refresh(self) -> None:
            self.ask(lambda _book: None, lambda _: None)

    page = Asking(still)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    page.invalidate()
    assert page.updatesEnabled(), "only the first"
    around = QWidget()
    qtbot.addWidget(around)
    with qtbot.waitActive(around):
        around.show()
    inner = Asking(still)
    inner.setParent(around)
    inner.show()
    assert not inner.updatesEnabled()
    still.tasks.busy_changed.emit(False)
    qtbot.waitUntil(inner.updatesEnabled)


# -- its empty state -------------------------------------------------------------------------------

ACTIONS = (Action("Sell", "package", "sale"), Action("Close", "lock-simple", "month_close"),
           Action("Pay", "receipt", "payment", "F5", {"memo": "x"}))  # fmt: skip


@pytest.mark.parametrize("person", Role, indirect=True)
def test_what_may_be_done_is_offered_above_and_while_it_is_empty(
    still: Workspace, qtbot: QtBot
) -> None:
    opened: list[tuple[str, dict[str, object]]] = []
    still.form_wanted.connect(lambda name, given: opened.append((name, given)))
    may = [each for each in ACTIONS if still.may(each.form)]
    bar = ActionBar(still, ACTIONS)
    page = Page(still)
    page.filled = (QLabel("full"),)
    page.body.addWidget(page.filled[0])
    page.body.addWidget(bar)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    page.invite("leaf", "Before", "Old words")
    page.invite("leaf", "Nothing yet", "Do this first", *ACTIONS)
    page.show_filled(False)
    let_go()
    QApplication.processEvents()
    assert (page.empty.isVisible(), page.filled[0].isVisible()) == (True, False)
    words = " ".join(said(page))
    assert "Nothing yet" in words
    assert "Do this first" in words
    assert "Before" not in words, "that made place"
    offered = [each for each in page.empty.findChildren(Button) if each.isVisible()]
    assert [each.text() for each in offered] == [each.text for each in may]
    assert [*bar.buttons] == [each.form for each in may]
    assert bar.isHidden() is not bool(may)
    kinds = [[each.property("kind") for each in some] for some in (offered, bar.buttons.values())]
    wanted = ["primary", *("default" for _ in may[1:])][: len(may)]
    assert kinds == [wanted, wanted]
    for each in (*offered, *bar.buttons.values()):
        each.click()
    assert opened == [(each.form, dict(each.given)) for each in may] * 2
    if may:
        assert "F5" in bar.buttons["payment"].toolTip()
    page.show_filled(True)
    assert (page.empty.isVisible(), page.filled[0].isVisible()) == (False, True)


# -- tabs ------------------------------------------------------------------------------------------


@pytest.fixture
def tabbed(still: Workspace, qtbot: QtBot) -> TabbedPage:
    made = TabbedPage(still)
    qtbot.addWidget(made)
    for name in ("one", "two"):
        made.add_tab(name, name.title(), lambda desk, name=name: Named(desk, name))
    return made


class Named(Counting):
    made: list[str] = []  # noqa: RUF012 - cleared by the test

    def __init__(self, workspace: Workspace, name: str) -> None:
        super().__init__(workspace)
        self.made.append(name)
        self.name = name


def test_a_tab_is_made_when_it_is_first_seen(tabbed: TabbedPage) -> None:
    Named.made.clear()
    titles: list[str] = []
    tabbed.workspace.title_changed.connect(titles.append)
    assert (tabbed.part, tabbed.part_title(), Named.made) == ("one", "One", [])
    tabbed.show()
    assert (Named.made, titles) == (["one"], ["One"])
    for part, made in (("two", ["one", "two"]), ("three", ["one", "two"]), ("one", ["one", "two"])):
        tabbed.show_part(part)
        assert Named.made == made
    assert titles == ["One", "Two", "One"]
    assert (tabbed.part, tabbed.here("x")) == ("one", "one")
    (current,) = (each for each in tabbed.findChildren(Named) if each.isVisible())
    assert (current.name, current.asked) == ("one", 1)
    assert isinstance(current.parentWidget(), QStackedWidget), "made where it stands"
    tabbed.hide()
    tabbed.show_part("two")
    assert titles == ["One", "Two", "One"], "it is not in sight"


# -- notices ---------------------------------------------------------------------------------------


def test_notices_stand_in_the_order_they_came_one_of_a_key(still: Workspace, qtbot: QtBot) -> None:
    notices, done = Notices(), list[str]()
    changes: list[bool] = []
    notices.changed.connect(lambda: changes.append(True))
    strip = NoticeStrip(still.ui, notices)
    qtbot.addWidget(strip)
    assert strip.isHidden()
    notices.put("clock", "Clock", "is wrong", "warn", Offer("Set it", lambda: done.append("set")))
    notices.put("copy", "Copy", "is older")
    notices.put("copy", "Copy", "is older")
    assert len(changes) == 2, "nothing new"
    notices.put("clock", "Clock", "is still wrong", "error")
    notices.drop("none")
    assert len(changes) == 3
    let_go()
    notes = strip.findChildren(Note)
    assert [(each.text, each.property("tone")) for each in notes] == [
        ("Clock is still wrong", "error"), ("Copy is older", "")
    ]  # fmt: skip
    assert not strip.isHidden()
    notices.put("clock", "Clock", "", "warn", Offer("Set it", lambda: done.append("set")))
    (button,) = strip.findChildren(Button)
    assert button.text() == "Set it"
    button.click()
    assert done == ["set"]
    for key in ("clock", "copy"):
        notices.drop(key)
    assert (strip.isHidden(), strip.notes, notices.standing) == (True, [], ())


# -- lists -----------------------------------------------------------------------------------------


class Goods(ListPage[tuple[str, str]]):
    """Names with their sorts."""

    counts = noop_plural("{n} person", "{n} people")

    def __init__(self, workspace: Workspace, within: TwoCards | None = None) -> None:
        super().__init__(workspace)
        self.shown_of: list[object] = []
        self.lay_out(head_row("Name"), (self.search_box(), 1), actions=ACTIONS[:1],
                     sums=("Sum", "Rest"), within=within)  # fmt: skip
        self.narrow("All", (("a", "A"), ("b", "B")))
        self.invite("leaf", "Nothing yet")

    def _row(self, each: tuple[str, str]) -> ListRow:
        return ListRow(each[0], (Cell(each[0]), Cell("x")))

    def _sort(self, each: tuple[str, str]) -> str:
        return each[1]

    def _sums(self, found: Any) -> tuple[str, ...]:
        return str(len(found)), "rest"

    def _show_chosen(self, each: object) -> None:
        self.shown_of.append(each)


THINGS = [("Siti", "a"), ("Sri", "b"), ("Wayan", "b")]


@pytest.fixture
def goods(still: Workspace, qtbot: QtBot) -> Goods:
    made = Goods(still)
    made.resize(900, 600)
    shown(made, qtbot)
    made.show_all(THINGS)
    return made


def test_a_list_is_narrowed_sought_counted_and_summed(goods: Goods) -> None:
    assert goods.choice is not None
    assert goods.choice.accessibleName() == "What is shown"
    assert [goods.choice.itemData(at) for at in range(3)] == ["", "a", "b"]
    for sort, text, found in (
        ("", "", ["Siti", "Sri", "Wayan"]), ("b", "", ["Sri", "Wayan"]), ("b", " SR ", ["Sri"]),
        ("a", "sr", []), ("", "sr", ["Sri"]), ("", "x", ["Siti", "Sri", "Wayan"]),
    ):  # fmt: skip
        goods.choice.set_value(sort)
        goods.seek.setText(text)
        assert [*goods.found] == found
        assert [each.key for each in goods.table.list_model.rows] == found
        words = "1 person" if len(found) == 1 else f"{len(found)} people"
        assert said(goods.foot) == [words, "Sum", str(len(found)), "Rest", "rest"]
        assert goods.empty.isHidden(), "there is something, though not found"
    assert goods.things == tuple(THINGS)


def test_the_first_is_chosen_and_what_is_chosen_is_shown(goods: Goods) -> None:
    assert goods.chosen == THINGS[0]
    assert goods.shown_of[-1] == THINGS[0]
    goods.table.select(2)
    assert goods.shown_of[-1] == goods.chosen == THINGS[2]
    goods.seek.setText("nobody")
    assert goods.shown_of[-1] is goods.chosen is None
    goods.selects_first = False
    goods.seek.clear()
    assert goods.table.key is None
    wanted: list[Any] = []
    goods.workspace.place_wanted.connect(lambda there: wanted.append((there.place, there.part)))
    goods.table.opened.emit("BM-1")
    goods.open(None)
    assert wanted == [("journal", "BM-1")]


def test_what_there_is_not_takes_the_place_of_the_list(goods: Goods) -> None:
    for things in ([], THINGS, []):
        goods.show_all(things)
        QApplication.processEvents()
        full = bool(things)
        assert goods.card.isVisible() is full
        assert goods.bar.isVisible() is full
        assert goods.empty.isVisible() is not full


def test_a_list_has_its_search_above_and_its_foot_below(goods: Goods) -> None:
    QApplication.processEvents()

    def place(part: QWidget) -> QRect:
        return QRect(part.mapTo(goods, QPoint()), part.size())

    assert goods.choice is not None
    search, choice, table, foot, bar = map(
        place, (goods.seek, goods.choice, goods.table, goods.foot, goods.bar)
    )
    assert bar.bottom() < search.top() < search.bottom() < table.top()
    assert table.bottom() < foot.top()
    assert GUTTER < search.left() < search.right() < choice.left()
    assert search.width() <= goods.ui.theme.px(260)
    assert table.height() > foot.height()
    remark, total = (place(each) for each in (goods.foot.remark, goods.foot.sums["Sum"]))
    assert foot.left() + GUTTER <= remark.left() < remark.right() < total.left()
    assert total.right() < place(goods.foot.sums["Rest"]).left()
    assert place(goods.foot.sums["Rest"]).right() <= foot.right() - GUTTER + 1


def test_a_list_with_a_pane_is_the_first_of_two_cards(still: Workspace, qtbot: QtBot) -> None:
    cards = TwoCards(still.ui, 300, 400)
    page = Goods(still, cards)
    cards.add(QLabel("pane"))
    qtbot.addWidget(page)
    page.show_all(THINGS)
    assert page.filled == (cards,)
    assert cards.isAncestorOf(page.card)
    page.show_all([])
    assert cards.isHidden()


# -- rows of money --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    number: str = "BKM-1"
    day: date = date(2026, 6, 5)
    text: str = "Sold"
    amount: int = 500
    balance: int = 900
    attached: bool = False
    moved: int = 0
    corrected_by: str | None = None
    corrects: str | None = None


@pytest.mark.parametrize(
    ("line", "text", "amount", "balance_tone"),
    [
        (Line(), Cell("Sold"), Cell("+500", tone="good", bold=True), ""),
        (Line(amount=-500), Cell("Sold"), Cell("−500", bold=True), ""),
        (Line(amount=0), Cell("Sold"), Cell(NIL, tone="quiet"), ""),
        (Line(amount=0, moved=70), Cell("Sold"), Cell("moved 70", tone="quiet"), ""),
        (Line(attached=True), Cell("Sold", icon="paperclip"),
         Cell("+500", tone="good", bold=True), ""),
        (Line(attached=True, corrects="x"), Cell("Sold", icon="arrow-u-up-left"),
         Cell("+500", tone="good", bold=True), ""),
        (Line(corrected_by="x"), Cell("Sold", aside="undone", tone="quiet", struck=True),
         Cell("+500", tone="quiet", struck=True), "quiet"),
    ],
)  # fmt: skip
def test_a_row_of_money_tells_what_came_and_what_is_left(
    still: Workspace, line: Line, text: Cell, amount: Cell, balance_tone: str
) -> None:
    row = money_row(still.ui, line)  # type: ignore[arg-type]
    day = still.ui.short_day(line.day)
    assert row == ListRow("BKM-1", (
        Cell(day, tone=balance_tone), Cell("BKM-1", tone="quiet"), text, amount,
        Cell("900", tone=balance_tone),
    ))  # fmt: skip
    assert money_row(still.ui, replace(line, number="B")).key == "B"  # type: ignore[arg-type]


def test_an_amount_has_its_sign(still: Workspace) -> None:
    assert [signed(still.ui, each) for each in (75_000, -5_500, 0)] == ["+75,000", "−5,500", NIL]
