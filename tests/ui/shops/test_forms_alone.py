"""The forms of shops, told of two shops: what is left, due, kept and owed, before it is saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.domain.accounts import BANK, CASH_BOX, SHOP_RECEIVABLE, Account, AccountType, Side
from kwt_books.domain.documents.lines import AccountLine
from kwt_books.domain.values import UNIT
from kwt_books.queries.overview import SetupData
from kwt_books.queries.selling import Good
from kwt_books.queries.shops import Agreed, Commission, GoodAtShop, Shop, Shops
from tests.ui.windows import said
from ui.kit.workspace import Workspace
from ui.shops.forms import ConsignmentForm, DebtForm, SettlementForm

BOX = Account(CASH_BOX, "Kas", "Box", AccountType.ASSET, Side.DEBIT, cash=True)
IN_BANK = Account(BANK, "Bank", "Bank", AccountType.ASSET, Side.DEBIT, cash=True)
SETUP = SetupData(None, {CASH_BOX: BOX, BANK: IN_BANK}, {}, {}, {})
CHIPS = Good("chips", "Chips 100 g", "pack", "finished", 8_000, 10 * UNIT)
JAM = Good("jam", "Jam", "jar", "finished", 20_000, 0)
DAY = date(2026, 6, 5)
AT_SITI = (
    GoodAtShop("chips", "Chips 100 g", "pack", 6 * UNIT, 9_000, 8_000, DAY),
    GoodAtShop("kale", "Kale", "kg", 1_500, 12_000, 12_000),
)
SITI = Shop("siti", "Warung Siti", goods=AT_SITI, owed=30_000)
JOKO = Shop("joko", "Warung Joko")
SHOPS = Shops(
    SETUP, (SITI, JOKO), (CHIPS, JAM), {("siti", "chips"): Agreed(9_000, DAY)},
    {"siti": Commission(1, 10, DAY)}, DAY,
)  # fmt: skip


def stood(made: Any, qtbot: QtBot, known: Shops = SHOPS, shop: str = "siti") -> Any:
    qtbot.addWidget(made)
    made.take(known)
    made.shop.set_value(shop)
    return made


def put(form: Any, code: str, **numbers: int) -> None:
    for key, number in numbers.items():
        form.grid.row(code).counters[key].type_in(number)


def noted(note: Any) -> tuple[str, str]:
    return note.text, note.property("tone") or ""


# -- goods that are left -------------------------------------------------------------------------


def test_goods_are_left_at_the_price_of_the_shop(still: Workspace, qtbot: QtBot) -> None:
    form = stood(ConsignmentForm(still, {}), qtbot)
    assert form.shop.codes == ["siti", "joko"]
    assert [each.code for each in form.grid.goods] == ["chips"], "what is in the store"
    row = form.grid.row("chips")
    assert row.price.price == 9_000
    assert "Rp0" in said(form)
    put(form, "chips", qty=2 * UNIT)
    assert "Rp18,000" in said(form)
    form.shop.set_value("joko")
    assert form.grid.row("chips").price.price == 8_000, "the usual one, where none was agreed"
    assert "Rp16,000" in said(form)
    for number, words in ((10, ""), (11, "Only 10 pack of Chips 100 g are in the store.")):
        put(form, "chips", qty=number * UNIT)
        assert form.grid.row("chips").message == words


# -- a debt that is paid -------------------------------------------------------------------------


def test_a_debt_is_filled_in_and_told_while_it_is_paid(still: Workspace, qtbot: QtBot) -> None:
    made = DebtForm(still, {})
    made.take(SHOPS)
    assert noted(made.owed) == ("Choose the shop first.", "")
    form = stood(made, qtbot)
    assert form.into.codes == [CASH_BOX, BANK]
    assert (form.amount.value(), form.into.value()) == (30_000, CASH_BOX)
    for amount, words, tone in (
        (30_000, "Paid in full. Nothing is left to pay.", "good"),
        (10_000, "Of Rp30,000, Rp20,000 stays unpaid.", "warn"),
        (30_001, "Rp1 more than is due. Warung Siti owes Rp30,000.", "warn"),
    ):
        form.amount.set_value(amount)
        assert noted(form.owed) == (words, tone)
    form.show_shop()
    assert form.amount.value() == 30_001, "what was typed stays"
    said_so = form.derived()
    assert said_so["lines"] == (AccountLine(account=SHOP_RECEIVABLE, amount=30_001),)
    assert (said_so["party"], said_so["memo"]) == ("siti", "Shop pays what it owed")
    form.amount.set_value(None)
    form.take(replace(SHOPS, shops=(replace(SITI, owed=7_000), JOKO)))
    assert form.amount.value() == 7_000
    form.shop.set_value("joko")
    assert noted(form.owed) == ("Warung Joko owes nothing.", "warn")
    assert form.amount.value() == 7_000
    assert form.derived()["lines"][0].amount == 7_000


# -- settled up ----------------------------------------------------------------------------------


@pytest.fixture
def form(still: Workspace, qtbot: QtBot) -> Any:
    return stood(SettlementForm(still, {}), qtbot)


def test_what_is_due_less_the_share_is_proposed_and_told(form: Any) -> None:
    assert noted(form.remains) == ("Fill in what was sold, brought back or spoiled.", "")
    assert form.commission.value() is None
    put(form, "chips", sold=4 * UNIT)
    assert form.grid.amount == 36_000, "at the price that was agreed"
    assert (form.commission.value(), form.due) == (3_600, 32_400), "the share of last time"
    assert (form.till.cash.value(), form.derived()) == (32_400, {"received": {CASH_BOX: 32_400}})
    words = said(form)
    assert {"Rp32,400", "10% of sales, as on 5 June 2026"} <= {*words}
    assert noted(form.remains) == (
        "This is paid in full. From before it still owes Rp30,000.", "warn",
    )  # fmt: skip
    form.till.cash.put(2_400)
    assert noted(form.remains) == (
        "Not paid yet: Rp30,000. With what it owed before: Rp60,000.", "warn",
    )  # fmt: skip
    form.till.cash.put(32_401)
    assert noted(form.remains) == (
        "Rp1 more than is due. Record what is paid of the old debt by itself.", "error",
    )  # fmt: skip
    form.commission.put(0)
    form.till.cash.put(0)
    assert form.due == 36_000
    assert form.derived() == {"received": None}


def test_a_shop_without_debt_is_told_otherwise(still: Workspace, qtbot: QtBot) -> None:
    known = replace(SHOPS, shops=(replace(SITI, owed=0), JOKO), commissions={})
    form = stood(SettlementForm(still, {}), qtbot, known)
    put(form, "chips", sold=UNIT)
    assert form.commission.value() is None
    assert noted(form.remains) == ("Paid in full. Nothing is left to pay.", "good")
    form.till.cash.put(1_000)
    assert noted(form.remains) == ("Not paid yet: Rp8,000. Recorded as owed by the shop.", "warn")
    form.till.cash.put(9_001)
    assert noted(form.remains) == (
        "Rp1 more than is due. See whether all that was sold is filled in.", "error",
    )  # fmt: skip


def test_what_stays_and_what_was_agreed_is_said_below_the_goods(form: Any) -> None:
    assert form.stays.text() == "Stays at the shop: 6 chips, 1.5 kale"
    assert form.agreed.text() == "Prices as last settled, on 5 June 2026."
    form.shop.set_value("joko")
    assert form.stays.text() == "There are no goods at this shop."
    assert form.agreed.isHidden()
    form.shop.set_value("siti")
    put(form, "chips", sold=4 * UNIT, returned=2 * UNIT)
    assert form.stays.text() == "Stays at the shop: 1.5 kale"
    put(form, "kale", spoiled=1_500)
    assert form.stays.text() == "Nothing stays at the shop"
    other = replace(AT_SITI[1], usual=11_000, agreed=date(2026, 5, 1))
    form.take(replace(SHOPS, shops=(replace(SITI, goods=(AT_SITI[0], other)), JOKO)))
    form.shop.set_value("siti")
    assert form.agreed.text() == "Prices as last settled with this shop."
    usual = tuple(replace(each, usual=each.price) for each in AT_SITI)
    form.take(replace(SHOPS, shops=(replace(SITI, goods=usual), JOKO)))
    assert form.agreed.isHidden(), "all at the usual price"


def test_a_row_tells_of_more_than_there_is(form: Any) -> None:
    row = form.grid.row("chips")
    assert row.stays == 6 * UNIT
    put(form, "chips", sold=4 * UNIT, returned=2 * UNIT)
    assert (row.gone, row.stays, row.message) == (6 * UNIT, 0, "")
    assert [row.all_of(key) // UNIT for key in ("sold", "returned", "spoiled")] == [4, 2, 0]
    put(form, "chips", spoiled=UNIT)
    assert row.message == "7 pack accounted for, but only 6 are at the shop."
    assert noted(form.remains) == ("First put right what is marked red.", "")
    assert [row.all_of(key) // UNIT for key in ("sold", "returned", "spoiled")] == [3, 1, 0]
    assert row.asked == 9_000, "a settlement names its prices"


def test_no_shop_is_chosen_at_first(still: Workspace, qtbot: QtBot) -> None:
    made = SettlementForm(still, {})
    qtbot.addWidget(made)
    made.take(SHOPS)
    assert noted(made.remains) == ("Choose the shop first.", "")
    assert made.stays.isHidden()
    assert list(made.grid.goods) == []
    again = stood(SettlementForm(still, {"shop": "siti", "date": "2026-06-05"}), qtbot)
    put(again, "chips", sold=UNIT)
    assert again.commission.value() is None, "a document that had none has none again"
