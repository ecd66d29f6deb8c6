"""Forms of assets, goods sent back, purchases and the bank, told by hand of what the book has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.domain.accounts import BANK, CASH_BOX, Account, AccountType, Side
from kwt_books.domain.documents.setup import Item, Party
from kwt_books.domain.posting import Asset
from kwt_books.domain.values import UNIT
from kwt_books.queries.assets import AssetRegister, Owned
from kwt_books.queries.money import Choices, Debt
from kwt_books.queries.overview import SetupData
from kwt_books.queries.reconciliations import BankKnown, BankLine
from tests.ui.windows import said
from ui.kit.button import Button
from ui.kit.look import UiContext
from ui.kit.workspace import Workspace
from ui.money.assets import AssetAcquisitionForm, AssetDisposalForm
from ui.money.buying import PurchaseForm, ToolLines
from ui.money.reconciliation import ReconciliationForm
from ui.money.returned import PurchaseReturnForm

DAY = date(2026, 6, 2)
ACCOUNTS = {
    code: Account(code, name, name, AccountType.ASSET, Side.DEBIT, cash=True)
    for code, name in ((CASH_BOX, "Box"), (BANK, "Bank"))
}
OWED = Account("2101", "Trade payables", "Trade payables", AccountType.LIABILITY, Side.CREDIT)
TOOLS = Account("1202", "Peralatan Tani", "Farm tools", AccountType.ASSET, Side.DEBIT)
SHOP = Party(code="shop", name="Toko Tani", role="supplier")
ITEMS = {
    "lime": Item(code="lime", name="Lime", unit="sack", item_class="input"),
    "salt": Item(code="salt", name="Salt", unit="kg", item_class="ingredient"),
}
SETUP = SetupData(None, ACCOUNTS, ITEMS, {"shop": SHOP}, {})
DEBTS = (Debt(OWED, "shop", "Toko Tani", 40_000, DAY), Debt(OWED, "other", "Other", 9_000, DAY))
KNOWN = Choices(SETUP, {CASH_BOX: 90_000, BANK: 0}, (), DEBTS, ())
PUMP = Asset("PT-1", "Pump", "1202", 240_000, 60_000, DAY, 24, opened=3)
REGISTER = AssetRegister(
    (Owned(PUMP, TOOLS, "purchase", "BKK-1"),
     Owned(replace(PUMP, code="PT-3", opened=9, life_months=36, accumulated=240_000), TOOLS,
           "grant", None)),
    frozenset({"PT-1", "PT-2", "PT-3"}), (TOOLS,),
)  # fmt: skip


def told(form: Any) -> list[tuple[str, str, str]]:
    return [(each.strong, each.text, each.tone) for each in form.remarks()]


def stood(made: Any, qtbot: QtBot, found: Any = None) -> Any:
    qtbot.addWidget(made)
    made.found = found
    made.take(KNOWN)
    return made


# -- assets --------------------------------------------------------------------------------------


def test_a_tool_gets_the_next_code_and_the_life_of_its_kind(still: Workspace, qtbot: QtBot) -> None:
    form = stood(AssetAcquisitionForm(still, {}), qtbot, REGISTER)
    assert form.account.codes == ["1202"]
    form.account.set_value("1202")
    assert (form.code.text(), form.life.value()) == ("PT-4", 36), "as the newest of its kind"
    assert "Its cost is spread over the years it lasts, a part each month." in said(form)
    form.cost.set_value(360_000)
    assert form.total() == 360_000
    assert "Rp10,000 of it becomes a cost each month." in said(form)
    form.code.setText("MINE")
    form.life.set_value(12)
    form.account.set_value(None)
    form.account.set_value("1202")
    assert (form.code.text(), form.life.value()) == ("MINE", 12), "what was typed stays"
    assert "Rp30,000 of it becomes a cost each month." in said(form)


def test_the_first_of_a_kind_lasts_four_years(still: Workspace, qtbot: QtBot) -> None:
    form = stood(AssetAcquisitionForm(still, {}), qtbot, replace(REGISTER, owned=()))
    form.account.set_value("1202")
    assert (form.code.text(), form.life.value()) == ("PT-4", 48)


def test_a_tool_of_a_grant_gets_the_life_of_its_kind(english: UiContext, qtbot: QtBot) -> None:
    tools = ToolLines(english)
    qtbot.addWidget(tools)
    tools.learn(REGISTER)
    for typed, months in ("", 36), ("2", 24):
        line = tools.append()
        line.fields["life_months"].setText(typed)
        line.fields["account"].set_value("1202")
        assert line.fields["life_months"].value() == months, "what was typed stays"


def test_what_is_given_away_tells_its_gain_or_loss(still: Workspace, qtbot: QtBot) -> None:
    form = stood(AssetDisposalForm(still, {}), qtbot, REGISTER)
    assert form.code.codes == ["PT-1", "PT-3"]
    assert told(form) == []
    assert (form.way.current, form.price_row.isEnabled()) == ("sold", True)
    form.code.set_value("PT-1")
    worth = "Pump is still worth Rp180,000."
    assert told(form) == [(worth, "", "")]
    for price, words, tone in (
        (180_000, "Sold for its book value: no gain, no loss.", ""),
        (180_001, "Rp1 is a gain.", ""), (179_999, "Rp1 is a loss.", "warn"),
        (0, "That much is a loss.", "warn"),
    ):  # fmt: skip
        form.price.set_value(price)
        assert told(form) == [(worth, words, tone)], price
    form.price.set_value(5)
    assert form.derived() == {"received": {CASH_BOX: 5}}
    form.way.choose("gone")
    assert form.derived() == {"received": None}
    assert not form.price_row.isEnabled()
    assert not form.into_row.isEnabled()
    assert not form.price.required
    assert not form.into.required
    assert told(form) == [(worth, "That much is a loss.", "warn")]
    form.code.set_value("PT-3")
    assert told(form) == [("Pump is still worth Rp0.", "", "")], "nothing is lost"


@pytest.mark.parametrize(
    ("received", "way", "price"), [({"received": {BANK: 7}}, "sold", 7), ({}, "gone", None)]
)
def test_a_disposal_says_whether_it_was_sold(
    still: Workspace, qtbot: QtBot, received: dict[str, Any], way: str, price: int | None
) -> None:
    given = {"date": "2026-06-02", "code": "PT-1", **received}
    form = stood(AssetDisposalForm(still, given), qtbot, REGISTER)
    assert (form.way.current, form.price.value()) == (way, price)
    if price:
        assert form.into.value() == BANK


# -- goods that go back --------------------------------------------------------------------------


def test_goods_go_back_off_the_debt_unless_money_comes(still: Workspace, qtbot: QtBot) -> None:
    form = stood(PurchaseReturnForm(still, {}), qtbot)
    assert (form.for_money, form.into_row.isEnabled()) == (False, False)
    assert (form.party.required, form.into.required) == (True, False)
    form.rows.set_value([{"item": "salt", "qty": 1_000, "amount": 40_000}])
    assert told(form) == [], "of nobody nothing is known"
    form.party.set_value("shop")
    assert (form.total(), told(form)) == (40_000, [])
    form.rows.set_value([{"item": "salt", "qty": 1_000, "amount": 40_001}])
    assert told(form) == [
        ("Only Rp40,000 is owed to it.",
         "The rest stays as money the shop owes the group.", "warn"),
    ]  # fmt: skip
    assert form.derived() == {"into": None}
    form.way.choose("money")
    assert told(form) == []
    assert (form.into_row.isEnabled(), form.party.required, form.into.required) == (
        True, False, True,
    )  # fmt: skip
    assert form.derived() == {"into": CASH_BOX}
    again = stood(PurchaseReturnForm(still, {"into": BANK, "lines": []}), qtbot)
    assert (again.for_money, again.into_row.isEnabled()) == (True, True)


# -- a purchase ----------------------------------------------------------------------------------


def test_a_line_tells_its_unit_and_the_price_of_one(still: Workspace, qtbot: QtBot) -> None:
    form = stood(PurchaseForm(still, {}), qtbot)
    line = form.rows.lines[0]
    assert line.fields["item"].codes == ["salt", "lime"], "what is bought most often first"
    form.rows.set_value([{"item": "salt", "qty": 2_500, "amount": 10_000}])
    line = form.rows.lines[0]
    assert "@ 4,000" in said(line)
    assert "kg" in said(line)
    line.fields["qty"].set_value(None)
    assert not any(each.startswith("@") for each in said(line))
    line.fields["qty"].set_value(3 * UNIT)
    assert "@ 3,333" in said(line)


def test_new_goods_stand_in_the_next_line(still: Workspace, qtbot: QtBot) -> None:
    form = stood(PurchaseForm(still, {}), qtbot)
    opened: list[tuple[str, object]] = []
    still.form_wanted.connect(lambda name, given: opened.append((name, given)))
    oil = Item(code="oil", name="Oil", unit="l", item_class="ingredient")
    more = replace(KNOWN, setup=replace(SETUP, items={**ITEMS, "oil": oil}))
    next(each for each in form.findChildren(Button) if each.text() == "New goods").click()
    assert opened == [("item", {"class": "ingredient"})]
    form.take(KNOWN)
    assert form.rows.filled == [], "nothing came of it"
    form.take(more)
    assert [line.fields["item"].value() for line in form.rows.filled] == ["oil"]
    form.take(more)
    assert len(form.rows.filled) == 1, "it was meant once"


# -- the bank ------------------------------------------------------------------------------------


LINES = (
    BankLine("a", "BKM-1", DAY, "On its way", 5_000, waited=False),
    BankLine("b", "BKK-2", DAY, "A cheque", -2_000, waited=True),
)


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def bank(prompt: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes the form over a book that answers at once, of the bank by hand."""
    known = BankKnown(100_000, None, LINES)
    monkeypatch.setattr("ui.money.reconciliation.bank_known", lambda *_asked: known)

    def make(**given: Any) -> Any:
        form = ReconciliationForm(prompt, given)
        qtbot.addWidget(form)
        return form

    return make


def cells(form: Any) -> list[list[str]]:
    table = form.outstanding.table
    return [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_what_the_bank_does_not_show_is_ticked_and_taken_off(bank: Any) -> None:
    form = bank()
    assert BANK in form.account.codes
    assert CASH_BOX not in form.account.codes
    assert [row[1:] for row in cells(form)] == [
        ["2 June 2026", "BKM-1", "On its way", "5,000"],
        ["2 June 2026", "BKK-2", "A cheque", "−2,000"],
    ]
    assert [bool(row[0]) for row in cells(form)] == [False, True], "what waited last time"
    assert (form.outstanding.value(), form.outstanding.unseen()) == (("BKK-2",), -2_000)
    assert told(form) == []
    texts = said(form)
    for title, figure in (
        ("In the book", "Rp100,000"), ("Not at the bank yet", "Rp−2,000"),
        ("So the bank should say", "Rp102,000"),
    ):  # fmt: skip
        assert texts[texts.index(title) + 1].replace("−Rp", "Rp−") == figure
    for balance, strong, tone in (
        (102_000, "It agrees.", "good"),
        (102_001, "The bank has Rp1 more than that.", "warn"),
        (101_999, "The bank has Rp1 less than that.", "warn"),
    ):
        form.statement.set_value(balance)
        assert [(each[0], each[2]) for each in told(form)] == [(strong, tone)]
    form.outstanding.press(0, 3)
    assert form.expected == 97_000
    form.outstanding.press(1, 3)
    form.outstanding.press(0, 3)
    assert (form.expected, form.outstanding.value()) == (100_000, ())
    assert [bool(row[0]) for row in cells(form)] == [False, False]
    form.reload()
    assert form.outstanding.value() == (), "what was taken away isn't ticked again"


def test_a_reconciliation_that_is_given_keeps_its_ticks(bank: Any) -> None:
    form = bank(statement=5, outstanding=["a"])
    assert [bool(row[0]) for row in cells(form)] == [True, False]
    assert form.outstanding.said_rows() == [("a", "a")]
