"""The words of each check before a close, of months that no book has, and what its button does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from kwt_books.domain.accounts import Account, AccountType, Side
from kwt_books.domain.errors import Issue
from kwt_books.queries.closing import Counted, Fridays, MonthState, StockCounted, Visits
from kwt_books.queries.money import Debt
from ui.closing.checks import (
    ERROR,
    GOOD,
    ODD,
    OPEN,
    WARN,
    Check,
    Checker,
    CloseActions,
    ExceptionsFound,
    Looked,
)
from ui.kit.look import UiContext
from ui.kit.workspace import Workspace

BOX = Account("1101", "Kas", "Cash box", AccountType.ASSET, Side.DEBIT, True)
BANK = Account("1103", "Bank", "Bank", AccountType.ASSET, Side.DEBIT, True)
SHOP = Account("1112", "Tagihan warung", "Shops", AccountType.ASSET, Side.DEBIT)
CLAIM = Account("1111", "Piutang", "Claims", AccountType.ASSET, Side.DEBIT)
DAY = date(2026, 6, 20)
NOTHING_ODD = ExceptionsFound(dict.fromkeys(ODD, 0), {})
QUIET = MonthState(
    "2026-06", "2026-05", "2026-06", (), 9, None, (), StockCounted(0, (), None),
    Visits(0, None, ()), Fridays((), ()), None,
)  # fmt: skip
DEBT = Debt(SHOP, "siti", "Warung Siti", 8_000, DAY)
Ask = Callable[..., list[Check]]


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def checks(workspace: Workspace, done: list[str]) -> Ask:
    """The checks of a month; what their buttons want is noted in `done`."""
    workspace.form_wanted.connect(lambda name, given: done.append(f"{name} {given}"))
    workspace.place_wanted.connect(lambda there: done.append(f"{there.place}/{there.part}"))
    workspace.month_changed.connect(done.append)
    actions = CloseActions(lambda: done.append("depreciate"), lambda: done.append("shares"))

    def ask(
        state: MonthState = QUIET,
        due: int = 0,
        issues: tuple[Issue, ...] = (),
        odd: ExceptionsFound | None = NOTHING_ODD,
    ) -> list[Check]:
        return Checker(workspace, Looked(state, due, issues, odd), actions).checks()

    return ask


def test_a_quiet_month_has_nothing_to_look_at(checks: Ask) -> None:
    assert checks() == [Check("odd", GOOD, "Nothing looks odd")]


def test_time_and_open_months_before_are_told(checks: Ask, done: list[str]) -> None:
    """The clock stands on the first of July."""
    (future, _) = checks(replace(QUIET, month="2026-08", next_open="2026-07"))
    assert future == Check("future", ERROR, "August has not begun yet", "Choose an earlier month.",
                           "Go to July", records=False)  # fmt: skip
    assert future.act is not None
    future.act()
    (early, _) = checks(replace(QUIET, month="2026-07"))
    assert early == Check(
        "early", WARN, "July is not over yet",
        "30 days are left. What is recorded in them after the close is refused.",
    )  # fmt: skip
    (none, _) = checks(replace(QUIET, documents=0))
    assert none == Check("nothing", WARN, "Nothing is recorded in June",
                         "Check that this is the right month.", records=False)  # fmt: skip
    along = replace(QUIET, along=("2026-04", "2026-05"), documents=0, next_open="2026-04")
    assert checks(along)[0].offer == "", "what is told of the months before offers it"
    told = checks(along)[1]
    assert told == Check(
        "along", WARN, "April to May are still open",
        "Closed together with June, and their profit is shared with it.", "Close April first",
        records=False,
    )  # fmt: skip
    assert told.act is not None
    told.act()
    assert checks(replace(QUIET, along=("2026-05",)))[0].title == "May is still open"
    assert done == ["2026-07", "2026-04"]


def test_what_the_book_refuses_stands_first(checks: Ask, done: list[str]) -> None:
    found = checks(
        replace(QUIET, fridays=Fridays((DAY,), ())),
        issues=(
            Issue("date", "month-closed", {"month": "2026-06", "closed": "2026-06"}),
            Issue("", "no-shares"),
        ),
    )
    assert [(each.name, each.tone) for each in found] == [
        ("against-0", ERROR), ("shares", ERROR), ("fridays", GOOD), ("odd", GOOD),
    ]  # fmt: skip
    assert found[0].title == "This month can't be closed yet"
    assert found[0].second
    assert found[1].offer == "Fill in the shares"
    assert found[1].act is not None
    found[1].act()
    assert done == ["shares"]


def test_counts_of_cash_are_told_by_what_they_found(checks: Ask, done: list[str]) -> None:
    counted = Counted(BOX, 50_000, "BM-1", DAY, 50_000)
    states = (
        counted,
        replace(counted, difference=-500),
        replace(counted, difference=700),
        replace(counted, account=BANK),
        replace(counted, moved_since=True, balance=60_000),
        Counted(BOX, 0),
        Counted(BANK, 9_000),
        Counted(BANK, 0),
    )
    found = [checks(replace(QUIET, counts=(each,)))[:-1] for each in states]
    assert found == [
        [Check("count-1101", GOOD, "Cash box was counted", "20 Jun, Rp50,000, exactly right")],
        [Check("count-1101", GOOD, "Cash box was counted",
               "20 Jun, Rp50,000, Rp500 short and recorded")],
        [Check("count-1101", GOOD, "Cash box was counted",
               "20 Jun, Rp50,000, Rp700 over and recorded")],
        [Check("count-1103", GOOD, "Bank agrees with the passbook",
               "20 Jun, Rp50,000, exactly right")],
        [Check("count-1101", WARN, "Cash box has changed since it was counted",
               "Counted Rp50,000 on 20 Jun, in the book now Rp60,000", "Count again")],
        [Check("count-1101", WARN, "Cash box was not counted", "In the book: Rp0", "Count it")],
        [Check("count-1103", WARN, "Bank was not compared", "In the book: Rp9,000", "Compare")],
        [],
    ]  # fmt: skip
    for each in found:
        if each and each[0].act is not None:
            each[0].act()
    given = "cash_count {{'account': '{}', 'date': '2026-06-30'}}"
    assert done == [given.format(code) for code in ("1101", "1101", "1103")]


def test_fridays_and_the_store_are_told_by_what_is_missing(checks: Ask, done: list[str]) -> None:
    fridays = replace(QUIET, fridays=Fridays((DAY,), (date(2026, 6, 5), date(2026, 6, 12))))
    assert checks(fridays)[0] == Check(
        "fridays", WARN, "Friday outlet not recorded: 5 Jun, 12 Jun",
        "If there was none that day, go on.", "Record it",
    )  # fmt: skip
    held = replace(QUIET, fridays=Fridays((date(2026, 6, 5), DAY), ()))
    assert checks(held)[0] == Check("fridays", GOOD, "Every Friday is recorded", "5, 20 June")
    stocks = (
        StockCounted(3, (), DAY),
        StockCounted(1, ("Pare",), None),
        StockCounted(4, ("Pare", "Bayam"), DAY),
        StockCounted(4, ("Pare", "Bayam", "Sawi"), DAY),
    )
    found = [checks(replace(QUIET, stock=each))[0] for each in stocks]
    assert [(each.tone, each.title, each.second, each.offer) for each in found] == [
        (GOOD, "The store was counted", "20 Jun", ""),
        (WARN, "The store was not counted", "1 kind of goods stands there", "Count the store"),
        (WARN, "Not counted: Pare, Bayam", "4 kinds of goods stand there", "Count the store"),
        (WARN, "Not counted: Pare, Bayam and 1 more", "4 kinds of goods stand there",
         "Count the store"),
    ]  # fmt: skip
    for each in (checks(fridays)[0], found[1]):
        assert each.act is not None
        each.act()
    assert done == ["sell/market_day", "stock_count {}"]


def test_settlements_and_who_still_owes_are_told(checks: Ask, done: list[str]) -> None:
    owing = (DEBT, replace(DEBT, account=CLAIM, party="rt", name="RT 05"),
             *(replace(DEBT, party=f"s{n}", owed=n) for n in (1, 2, 3)))  # fmt: skip
    found = checks(replace(QUIET, visits=Visits(2, DAY, owing)))
    assert found[0] == Check("settled", GOOD, "Shop settlements are recorded",
                             "2 settlements, the last on 20 Jun")  # fmt: skip
    stays = "You may go on. It stays on the list of what is due to us."
    assert found[1] == Check("owing-siti", WARN, "Warung Siti has not paid Rp8,000", stays, "View",
                             records=False)  # fmt: skip
    assert [each.name for each in found[2:5]] == ["owing-rt", "owing-s1", "owing"]
    assert found[4] == Check("owing", WARN, "2 more have not paid Rp5", "", "View", records=False)
    for each in (found[1], found[2], found[4]):
        assert each.act is not None
        each.act()
    assert done == ["shops/siti", "cash/debts", "cash/debts"]
    assert len(checks(replace(QUIET, visits=Visits(0, None, owing[:3])))) == 4


def test_depreciation_and_what_looks_odd_are_told(checks: Ask, done: list[str]) -> None:
    due = checks(due=12_000)[0]
    assert due == Check(
        "depreciation", OPEN, "Depreciation of Rp12,000 is not recorded",
        "The part of the assets' cost that this month used up.", "Record now",
    )  # fmt: skip
    assert due.act is not None
    due.act()
    assert checks(replace(QUIET, depreciated="BM-9"))[0] == Check(
        "depreciation", GOOD, "Depreciation is recorded", "BM-9"
    )
    assert checks(odd=None) == [Check("odd", OPEN, "Looking for anything odd…")]
    some = ExceptionsFound({**NOTHING_ODD.found, "twice": 2, "losses": 1}, {"twice": "BKK-1"})
    twice, lost = checks(odd=some)
    assert twice == Check("odd-twice", WARN, "Something may be recorded twice", "2 times: BKK-1",
                          "View", records=False)  # fmt: skip
    assert (lost.name, lost.second) == ("odd-losses", "1 time")
    assert twice.act is not None
    twice.act()
    assert done == ["depreciate", "reports/exceptions"]
