"""The forms of selling, told of a few goods: what is due and paid, what is left, what is copied."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kwt_books.domain.accounts import BANK, CASH_BOX, Account, AccountType, Side
from kwt_books.domain.documents.setup import Item, Party
from kwt_books.domain.values import UNIT
from kwt_books.queries.money import Choices
from kwt_books.queries.overview import SetupData
from kwt_books.queries.selling import Good, Selling, Session, SessionLine
from tests.ui.windows import said
from ui.kit.workspace import Workspace
from ui.selling.market_day import MarketDayForm, MarketRow
from ui.selling.returned import SaleReturnForm
from ui.selling.sale import SaleForm

OTHER = "1104"
ACCOUNTS = {
    code: Account(code=code, name=name, name_en=name, type=AccountType.ASSET, normal=Side.DEBIT,
                  cash=True)
    for code, name in ((CASH_BOX, "Box"), (BANK, "Bank"), (OTHER, "Outlet till"))
}  # fmt: skip
ITEMS = {
    each.code: each
    for each in (
        Item(code="chips", name="Chips", unit="pack", item_class="finished", price=8_000,
             sales_account="4101", cost_account="5101"),
        Item(code="kale", name="Kale", unit="kg", item_class="produce"),
        Item(code="lime", name="Lime", unit="sack", item_class="input", price=5),
    )
}  # fmt: skip
WATI = Party(code="wati", name="Bu Wati", role="customer")
SETUP = SetupData(None, ACCOUNTS, ITEMS, {"wati": WATI}, {})
CHIPS = Good("chips", "Chips", "pack", "finished", 8_000, 10 * UNIT)
KALE = Good("kale", "Kale", "kg", "produce", 12_000, 2_500)
CHILI = Good("chili", "Chili", "pot", "seedling", 2_500, 40 * UNIT)
GONE = Good("jam", "Jam", "jar", "finished", 20_000, 0)
GOODS = (CHIPS, KALE, CHILI, GONE)
FRIDAY, SUNDAY = date(2026, 6, 19), date(2026, 6, 21)


def session(number: str, day: date, venue: str, *lines: SessionLine) -> Session:
    return Session(number, day, venue, lines)


def sold_before(*sessions: Session) -> Selling:
    return Selling(SETUP, GOODS, sessions)


@pytest.fixture
def sale(still: Workspace, qtbot: QtBot) -> SaleForm:
    made = SaleForm(still, {})
    qtbot.addWidget(made)
    made.take(sold_before())
    return made


def row_of(form: Any, code: str) -> Any:
    """Rows further down are made once they are looked for."""
    return form.grid.row(code)


def offered(form: Any) -> list[str]:
    return [good.code for good in GOODS if row_of(form, good.code) is not None]


def put(form: Any, code: str, **numbers: int) -> None:
    for key, number in numbers.items():
        row_of(form, code).counters[key].type_in(number)


def noted(form: Any) -> tuple[str, str]:
    """The note of the money, and its tone."""
    card = form.payment if isinstance(form, SaleForm) else form.money
    return card.note.text, card.note.property("tone") or ""


# -- a sale --------------------------------------------------------------------------------------


def test_goods_at_hand_are_offered_seedlings_alone_where_they_are_sold(
    sale: SaleForm, still: Workspace, qtbot: QtBot
) -> None:
    assert offered(sale) == ["chips", "kale", "chili"]
    made = SaleForm(still, {}, seedlings=True)
    qtbot.addWidget(made)
    made.take(sold_before())
    assert offered(made) == ["chili"]


def test_what_is_due_is_said_paid_until_it_is_owed(sale: SaleForm) -> None:
    card = sale.payment
    off = card.discount.accessibleDescription()
    assert off in said(card)
    assert off.startswith("Rupiah off")
    assert noted(sale)[0] == "Fill in what was bought."
    assert (card.ways.current, card.due) == ("paid", 0)
    put(sale, "chips", qty=3 * UNIT)
    put(sale, "kale", qty=500)
    assert (card.due, card.till.cash.value()) == (30_000, 30_000)
    assert "Paid in full. " in noted(sale)[0]
    card.discount.setText("2000")
    assert (card.due, card.owed, card.till.cash.value()) == (28_000, 0, 28_000)
    words = said(sale)
    assert {"30,000", "Rp28,000", "Rp30,000"} <= set(words), "goods, to be paid, total of sales"
    card.ways.choose("owed")
    assert (card.ways.current, card.owed, card.till.total) == ("owed", 28_000, 0)
    assert "Not paid yet: Rp28,000." in noted(sale)[0]
    assert sale.derived() == {"received": None}
    card.till.bank.put(8_000)
    assert (card.owed, card.ways.current) == (20_000, "owed")
    card.ways.choose("paid")
    assert (card.owed, card.till.cash.value(), card.till.bank.value()) == (0, 28_000, None)
    assert sale.derived() == {"received": {CASH_BOX: 28_000}}
    for cash, way in ((27_999, "owed"), (28_000, "paid"), (0, "owed")):
        card.till.cash.put(cash)
        assert card.ways.current == way, "it follows what is typed"
    card.till.cash.put(28_001)
    assert (card.owed, card.ways.current) == (-1, "paid")
    assert noted(sale)[0] == "That is more than is due."
    card.discount.setText("40000")
    assert (card.due, card.till.due) == (-10_000, 0), "nobody is paid for buying"


def test_a_row_says_that_the_store_has_too_few(sale: SaleForm) -> None:
    row = row_of(sale, "kale")
    assert (row.amount_shown.texts, row.amount_shown.tone) == (["–"], "text3")
    put(sale, "kale", qty=500)
    assert (row.amount_shown.texts, row.amount_shown.tone) == (["6,000"], "text")
    for quantity, words in ((2_500, ""), (2_501, "Only 2.5 kg of Kale are in the store.")):
        put(sale, "kale", qty=quantity)
        assert row.message == words


# -- a market day --------------------------------------------------------------------------------


@pytest.fixture
def market(still: Workspace, qtbot: QtBot) -> MarketDayForm:
    return market_day(still, qtbot)


def market_day(still: Workspace, qtbot: QtBot, *, fair: bool = False, **given: Any) -> Any:
    still.show_month("2026-06")
    made = MarketDayForm(still, given, fair=fair)
    qtbot.addWidget(made)
    return made


LAST = SessionLine("chips", 6 * UNIT, 5 * UNIT, 7_000)
SESSIONS = (
    session("HP-9", SUNDAY, "bazaar", SessionLine("kale", UNIT, UNIT, None)),
    session("HP-8", FRIDAY, "pasar-kota", LAST, SessionLine("jam", UNIT, 0, None)),
    session("HP-7", FRIDAY, "outlet-jumat", SessionLine("kale", 9 * UNIT, 0, None)),
)


def test_the_venue_of_last_friday_is_proposed_and_its_goods_are_copied(
    market: MarketDayForm,
) -> None:
    assert (market.venue.text(), market.copy.text()) == ("Outlet Jumat", "Copy last Friday")
    market.take(sold_before())
    assert not market.copy.isEnabled()
    market.take(sold_before(*SESSIONS))
    assert (market.venue.text(), market.venue.value()) == ("Pasar Kota", "pasar-kota")
    assert market.copy.isEnabled()
    market.copy.click()
    row = row_of(market, "chips")
    assert (row.number("taken"), row.price.price) == (6 * UNIT, 7_000)
    assert row_of(market, "kale").number("taken") == 0
    market.venue.set_value("outlet-jumat")
    market.copy_last()
    assert row_of(market, "kale").number("taken") == 2_500, "no more than there is"
    market.take(sold_before(*SESSIONS))
    assert market.venue.value() == "outlet-jumat", "what was typed stays"
    market.venue.set_value("somewhere")
    row_of(market, "chips").restore({"item": "chips"})
    market.copy_last()
    assert row.number("taken") == 6 * UNIT, "at a new venue, those of the newest Friday"


def test_a_fair_has_no_usual_venue_and_copies_the_last_one(still: Workspace, qtbot: QtBot) -> None:
    fair = market_day(still, qtbot, fair=True)
    fair.take(sold_before(*SESSIONS))
    assert (fair.venue.text(), fair.copy.text()) == ("", "Copy the last one")
    fair.copy_last()
    assert row_of(fair, "kale").number("taken") == UNIT
    assert row_of(fair, "chips").number("taken") == 0
    again = market_day(still, qtbot, venue="outlet-jumat", date="2026-06-12")
    again.take(sold_before(*SESSIONS))
    assert again.venue.value() == "outlet-jumat", "a document keeps its venue"


def test_a_market_day_that_is_recorded_is_said_beside_the_day(market: MarketDayForm) -> None:
    market.take(sold_before(*SESSIONS))
    for day, venue, words in (
        (FRIDAY, "pasar-kota", "Recorded already: HP-8"), (SUNDAY, "pasar-kota", ""),
        (FRIDAY, "outlet-jumat", "Recorded already: HP-7"), (FRIDAY, "bazaar", ""),
        (date(2099, 1, 2), "bazaar", "This day is in the future"),
    ):  # fmt: skip
        market.date.set_value(day)
        market.venue.set_value(venue)
        assert market.day_remark() == words


def test_the_money_is_compared_with_what_was_sold(market: MarketDayForm) -> None:
    market.take(sold_before())
    money = market.money
    assert noted(market)[0] == "Count the money to see whether it is right."
    assert not money.till.is_needed
    put(market, "chips", taken=10 * UNIT, sold=10 * UNIT)
    assert (money.till.due, money.till.is_needed) == (80_000, True)
    again, as_difference = "Please count again.", "Recorded as a cash difference."
    for counted, strong, text, tone in (
        (80_000, "Exactly right.", "The money is what was sold.", "good"),
        (72_000, "Cash is Rp8,000 short.", as_difference, "warn"),
        (71_999, "Cash is Rp8,001 short.", again, "warn"),
        (88_000, "Cash is Rp8,000 over.", as_difference, "warn"),
        (88_001, "Cash is Rp8,001 over.", again, "warn"),
    ):
        money.till.cash.put(counted)
        assert noted(market) == (f"{strong} {text}", tone)
    assert {"88,001", "80,000"} <= set(said(money))
    money.till.cash.put(None)
    assert "–" in said(money)
    money.say("Too much")
    assert noted(market)[0] == "Too much"
    money.till.cash.put(1)
    assert "Too much" not in noted(market)[0], "another amount is another matter"


def test_pieces_make_the_cash_and_an_amount_clears_them(market: MarketDayForm) -> None:
    money = market.money
    money.denominations.set_value({"50000": 1, "2000": 3})
    assert money.till.cash.value() == 56_000
    money.denominations.set_value({})
    assert money.till.cash.value() is None
    money.denominations.set_value({"1000": 2})
    money.till.cash.setText("9000")
    money.till.cash.textEdited.emit("9000")
    assert (money.denominations.total, money.till.cash.value()) == (0, 9_000)


def test_only_unusual_accounts_are_named(market: MarketDayForm) -> None:
    market.take(sold_before())
    names = {"Cash counted", "QRIS", "Outlet till", "Box", "Bank", "1199"}

    def named() -> list[str]:
        return [each for each in said(market.money) if each in names]

    assert named() == ["Cash counted", "QRIS"]
    market.money.till.use_accounts(OTHER, BANK)
    assert named() == ["Outlet till", "QRIS"]
    market.money.till.use_accounts(CASH_BOX, "1199")
    assert named() == ["Cash counted", "1199"]


def test_quantities_are_added_up_unit_by_unit(market: MarketDayForm) -> None:
    market.take(sold_before())
    goods = market.goods
    goods.show_totals()
    assert "Taken 0 · sold 0 · returned 0" in said(goods)
    put(market, "chips", taken=6 * UNIT, sold=4 * UNIT)
    put(market, "kale", taken=2 * UNIT, sold=1_500)
    put(market, "chili", taken=UNIT, sold=UNIT)
    words = "Taken 6 pack + 2 kg + 1 pot · sold 4 pack + 1.5 kg + 1 pot · returned 2 pack + 0.5 kg"
    assert words in said(goods)
    assert "Rp52,500" in said(goods)
    put(market, "kale", spoiled=500)
    spoiled = "Taken 6 pack + 2 kg + 1 pot · sold 4 pack + 1.5 kg + 1 pot · returned 2 pack"
    assert f"{spoiled} · spoiled 0.5 kg" in said(goods)
    put(market, "chips", sampled=UNIT)
    both = "Taken 6 pack + 2 kg + 1 pot · sold 4 pack + 1.5 kg + 1 pot · returned 1 pack"
    assert f"{both} · spoiled 0.5 kg · sampled 1 pack" in said(goods)


@pytest.fixture
def row(market: MarketDayForm) -> MarketRow:
    market.take(sold_before())
    found = row_of(market, "chips")
    assert isinstance(found, MarketRow)
    return found


def test_a_row_tells_what_can_t_be(row: MarketRow) -> None:
    for numbers, words in (
        ({"taken": 10}, ""),
        ({"taken": 11}, "Only 10 pack of Chips are in the store."),
        ({"taken": 9}, "1 pack of Chips are left in the store"),
        ({"taken": 5}, "5 pack of Chips are left in the store"),
        ({"taken": 4}, ""),
        ({"taken": 4, "sold": 4, "spoiled": 1},
         "5 pack accounted for, but only 4 were taken."),
        ({"taken": 4, "sold": 3, "spoiled": 1}, ""),
    ):  # fmt: skip
        row.restore({"item": "chips", **numbers})
        assert row.message == words, numbers


def test_a_star_takes_all_that_is_left(row: MarketRow) -> None:
    keys = ("taken", "sold", "returned", "spoiled", "sampled")
    assert [row.all_of(key) for key in keys] == [10 * UNIT] * 5
    row.restore({"item": "chips", "taken": 9, "sold": 4, "spoiled": 2, "sampled": 1})
    assert row.number("returned") == 2 * UNIT
    assert [row.all_of(key) // UNIT for key in keys] == [10, 6, 6, 2, 1]
    row.restore({"item": "chips", "taken": 2, "sold": 1, "spoiled": 3})
    assert row.all_of("sampled") == 0, "there is none below none"


# -- goods that came back ------------------------------------------------------------------------


KNOWN = Choices(SETUP, {CASH_BOX: 10_000, BANK: 0, OTHER: 0}, (), (), ())


@pytest.fixture
def returned(still: Workspace, qtbot: QtBot) -> SaleReturnForm:
    made = SaleReturnForm(still, {})
    qtbot.addWidget(made)
    made.take(KNOWN)
    return made


def test_what_came_back_is_worth_what_was_paid_for_it(returned: SaleReturnForm) -> None:
    line = returned.rows.lines[0]
    assert line.fields["item"].codes == ["chips", "kale"], "what is sold, without what is used up"
    assert returned.total() == 0
    returned.rows.set_value([{"item": "chips", "qty": 1_500}])
    line = returned.rows.lines[0]
    assert (line.fields["price"].placeholderText(), returned.total()) == ("8,000", 12_000)
    line.fields["price"].setText("6000")
    assert returned.total() == 9_000
    units = [each.text() for each in line.fields["spoiled"].findChildren(QLabel)]
    assert units == ["pack"]
    returned.rows.set_value([{"item": "kale", "qty": 1_000}])
    line = returned.rows.lines[0]
    assert (line.fields["price"].placeholderText(), returned.total()) == ("", 0)


def test_what_is_not_given_back_is_taken_off_the_debt(returned: SaleReturnForm) -> None:
    def told() -> list[str]:
        return [each.strong for each in returned.remarks()]

    assert told() == []
    returned.rows.set_value([{"item": "chips", "qty": 2_000}])
    assert told() == ["Rp16,000 is not paid back."]
    assert returned.derived() == {"refund": None}
    returned.refund.cash.put(10_000)
    assert told() == ["Rp6,000 is not paid back."]
    returned.refund.bank.put(6_000)
    assert told() == []
    assert returned.derived() == {"refund": {CASH_BOX: 10_000, BANK: 6_000}}
    returned.refund.bank.put(None)
    returned.refund.cash.put(16_000)
    assert told() == ["Not enough in Box."]
    returned.refund.cash.put(10_001)
    assert told() == ["Rp5,999 is not paid back.", "Not enough in Box."]
