"""The forms of what is set up, over a set-up of a few: what they show, and what they record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.domain.accounts import Account, AccountType, Side
from kwt_books.domain.documents.setup import AccountSetup, Item, Party
from kwt_books.domain.errors import Issue
from kwt_books.queries.assets import MemberSavings
from kwt_books.queries.overview import SetupData
from tests.ui.answers import Answers
from tests.ui.windows import said
from ui.kit.document_form import SetupForm
from ui.kit.field import FieldRow
from ui.kit.workspace import Workspace
from ui.settings.forms import SORTS, AccountForm, ItemForm, PartyForm, sort_of
from ui.settings.plans import ProgrammeForm


def account(code: str, kind: AccountType, side: Side, *, cash: bool = False) -> Account:
    return Account(code=code, name=f"Akun {code}", name_en=f"Account {code}", type=kind,
                   normal=side, cash=cash)  # fmt: skip


ACCOUNTS = (
    account("1101", AccountType.ASSET, Side.DEBIT, cash=True),
    account("1201", AccountType.ASSET, Side.DEBIT),
    account("1299", AccountType.ASSET, Side.CREDIT),
    account("2101", AccountType.LIABILITY, Side.CREDIT),
    account("3101", AccountType.EQUITY, Side.CREDIT),
    account("4101", AccountType.INCOME, Side.CREDIT),
    account("4102", AccountType.INCOME, Side.CREDIT),
    account("4103", AccountType.INCOME, Side.CREDIT),
    account("5101", AccountType.COST, Side.DEBIT),
    account("5102", AccountType.COST, Side.DEBIT),
    account("6101", AccountType.EXPENSE, Side.DEBIT),
    account("7101", AccountType.OTHER, Side.CREDIT),
    account("7201", AccountType.OTHER, Side.DEBIT),
    account("8101", AccountType.TAX, Side.DEBIT),
)
CHIPS = Item(code="chips", name="Chips", unit="pack", item_class="finished", price=8_000,
             shelf_life_days=60, sales_account="4101", cost_account="5101")  # fmt: skip
ODD = Item(code="odd", name="Odd", unit="jar", item_class="finished", price=9_000,
           sales_account="4103", cost_account="5102")  # fmt: skip
CHILI = Item(code="chili", name="Chili", unit="kg", item_class="produce", price=30_000,
             standard_cost=12_000)  # fmt: skip
LIME = Item(code="lime", name="Lime", unit="sack", item_class="input")
WATI = Party(code="wati", name="Bu Wati", role="member", phone="0812", address="RT 2",
             born=date(1970, 1, 2), sex="P", work="Tani", joined=date(2020, 1, 1))  # fmt: skip
SETUP = SetupData(None, {each.code: each for each in ACCOUNTS},
                  {each.code: each for each in (CHIPS, ODD, CHILI, LIME)}, {"wati": WATI},
                  {})  # fmt: skip


@pytest.fixture
def desk(still: Workspace) -> Workspace:
    still.setup = SETUP
    return still


def opened(made: Any, qtbot: QtBot) -> Any:
    qtbot.addWidget(made)
    return made


def recorded(form: SetupForm) -> list[Any]:
    """What it records, field by field."""
    assert form.unread() == []
    return list(form.commands())


def shown(form: ItemForm) -> list[bool]:
    """Whether price, cost, life and account are asked for."""
    rows = [each.parentWidget() for each in (form.price, form.cost, form.life, form.account)]
    return [isinstance(each, FieldRow) and not each.isHidden() for each in rows]


# -- items ---------------------------------------------------------------------------------------


def test_a_class_asks_for_what_goods_of_it_have(desk: Workspace, qtbot: QtBot) -> None:
    form = opened(ItemForm(desk, {}), qtbot)
    assert (form.item_class.value(), form.window_title()) == ("produce", "")
    for kind, fields in (
        ("produce", [True, True, False, False]), ("finished", [True, False, True, True]),
        ("seedling", [True, False, False, False]), ("input", [False] * 4), ("seed", [False] * 4),
    ):  # fmt: skip
        form.item_class.set_value(kind)
        assert (kind, shown(form)) == (kind, fields)
        assert form.account.required == (kind == "finished")
    assert shown(opened(ItemForm(desk, {"class": "finished"}), qtbot)) == [True, False, True, True]
    kept = opened(ItemForm(desk, {"code": "chili"}), qtbot)
    kept.item_class.set_value("input")
    assert shown(kept) == [True, False, False, False], "a price that is there stays in sight"


def test_an_account_of_sales_is_offered_where_its_cost_account_is_there(
    desk: Workspace, qtbot: QtBot
) -> None:
    new = opened(ItemForm(desk, {"class": "finished"}), qtbot)
    assert new.account.codes == ["+", "4101", "4102"]
    assert new.account.value() == "+"
    own = opened(ItemForm(desk, {"code": "odd"}), qtbot)
    assert own.account.codes == ["+", "4101", "4102", "4103"], "its own stays, whatever it is"
    assert own.account.value() == "4103"


@pytest.mark.parametrize(
    ("chosen", "pair"), [("4103", ("4103", "5102")), ("4101", ("4101", "5101"))]
)
def test_another_account_of_sales_brings_its_cost_account(
    desk: Workspace, qtbot: QtBot, chosen: str, pair: tuple[str, str]
) -> None:
    form = opened(ItemForm(desk, {"code": "odd"}), qtbot)
    form.account.set_value(chosen)
    (made,) = recorded(form)
    assert (made.sales_account, made.cost_account) == pair


@pytest.mark.parametrize("there", [CHIPS, ODD, CHILI, LIME])
def test_an_item_is_recorded_as_it_was(desk: Workspace, qtbot: QtBot, there: Item) -> None:
    form = opened(ItemForm(desk, {"code": there.code}), qtbot)
    (made,) = recorded(form)
    assert made == there
    assert form.window_title() == there.name


def test_a_new_product_gets_accounts_of_its_own(desk: Workspace, qtbot: QtBot) -> None:
    form = opened(ItemForm(desk, {"class": "finished"}), qtbot)
    for field, text in ((form.item_name, "Jam"), (form.unit, "jar"), (form.price, "15000")):
        field.setText(text)
    sales, cost, made = recorded(form)
    assert isinstance(sales, AccountSetup)
    assert (made.code, made.price, made.shelf_life_days) == ("jam", 15_000, None)
    assert (made.sales_account, made.cost_account) == (sales.code, cost.code)
    assert not {sales.code, cost.code} & SETUP.accounts.keys()
    form.life.setText("90")
    form.account.set_value("4102")
    (made,) = recorded(form)
    assert (made.sales_account, made.cost_account, made.shelf_life_days) == ("4102", "5102", 90)
    form.item_class.set_value("produce")
    form.cost.setText("700")
    (made,) = recorded(form)
    assert (made.sales_account, made.cost_account) == (None, None)
    assert (made.standard_cost, made.shelf_life_days) == (700, None), "what is not shown is not set"


def test_an_account_that_comes_with_a_product_is_not_missed(
    desk: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Answers(desk, monkeypatch)
    form = opened(ItemForm(desk, {"class": "finished"}), qtbot)
    for field, text in ((form.item_name, "Jam"), (form.unit, "jar")):
        field.setText(text)
    row = form.account.parentWidget()
    assert isinstance(row, FieldRow)
    row.touch()
    coming = recorded(form)[0].code
    hint = row.message
    for account, missed in ((coming, False), ("4999", True)):
        answers.known["check"] = (Issue("sales_account", "unknown-account", {"account": account}),)
        form.check()
        assert (row.message != hint) is missed, account


def test_what_is_not_shown_stays_as_it_was(desk: Workspace, qtbot: QtBot) -> None:
    chips = opened(ItemForm(desk, {"code": "chips"}), qtbot)
    chips.item_class.set_value("produce")
    (made,) = recorded(chips)
    assert (made.sales_account, made.cost_account, made.shelf_life_days) == ("4101", "5101", 60)
    chili = opened(ItemForm(desk, {"code": "chili"}), qtbot)
    chili.item_class.set_value("seedling")
    (made,) = recorded(chili)
    assert (made.standard_cost, made.price) == (12_000, 30_000)


# -- parties -------------------------------------------------------------------------------------


_ASKED = {"born", "sex", "work", "joined", "left"}


def test_the_particulars_of_a_member_are_kept(desk: Workspace, qtbot: QtBot) -> None:
    form = opened(PartyForm(desk, {"code": "wati"}), qtbot)
    assert form.window_title() == "Bu Wati"
    form.phone.setText("0813")
    (made,) = recorded(form)
    assert (made.phone, made.code) == ("0813", "wati")
    form.phone.setText(WATI.phone or "")
    assert recorded(form) == [WATI]
    assert {key for key in _ASKED if not form.fields[key].parentWidget().isHidden()} == _ASKED
    for key in form.fields.keys() - {"name", "role"}:
        assert "Optional" in said(form.fields[key].parentWidget()), key
    order, each = [], form.party_name
    while each is not form.party_name or not order:
        order += [key for key, field in form.fields.items() if field is each]
        each = each.nextInFocusChain()
    assert order == ["name", "role", "phone", "work", "address", "born", "sex", "joined", "left"]
    for key, typed in (("born", "8/3/75"), ("left", "1/12/2026"), ("work", "Guru")):
        form.fields[key].restore(typed)
    (made,) = recorded(form)
    assert (made.born, made.left, made.work) == (date(1975, 3, 8), date(2026, 12, 1), "Guru")
    for role, asked in (("resident", {"joined", "left"}), ("shop", set())):
        form.role.set_value(role)
        rows = {key: form.fields[key].parentWidget() for key in _ASKED}
        assert {key for key, each in rows.items() if not each.isHidden()} == asked
    assert recorded(form)[0].born == date(1975, 3, 8), "what isn't asked of a shop stays"
    for given, title in (({"role": "shop"}, "Shop that sells for us"), ({}, ""),
                         ({"role": "nobody"}, "")):  # fmt: skip
        assert opened(PartyForm(desk, given), qtbot).window_title() == title
    new = opened(PartyForm(desk, {"role": "member"}), qtbot)
    new.party_name.setText("Bu Wati")
    (made,) = recorded(new)
    assert (made.role, made.born) == ("member", None)
    assert made.code != "wati", "another of the name is somebody else"


@pytest.mark.parametrize(
    ("make", "first", "then"),
    [(PartyForm, "born", "joined"), (PartyForm, "joined", "left"),
     (ProgrammeForm, "from", "until")],
)  # fmt: skip
def test_a_day_that_comes_before_the_one_it_follows_is_a_slip(
    desk: Workspace, qtbot: QtBot, make: type[PartyForm | ProgrammeForm], first: str, then: str
) -> None:
    """The form says so beside it; a stream may bear such days, so that a book is read again."""
    form = opened(make(desk, {"role": "member"}), qtbot)
    form.fields["name"].setText("Sri")
    form.fields[first].set_value(date(2026, 3, 2))
    form.fields[then].set_value(date(2026, 3, 1))
    ((path, said),) = form.unread()
    assert path == then
    assert "2 March 2026" in said
    form.fields[then].set_value(date(2026, 3, 2))
    assert form.unread() == []
    form.fields[then].set_value(date(2026, 3, 1))
    if make is PartyForm:
        form.role.set_value("shop")
        assert form.unread() == [], "what isn't asked of a shop"


def test_who_leaves_with_savings_is_told_of_and_may_leave(desk: Workspace, qtbot: QtBot) -> None:
    form = opened(PartyForm(desk, {"code": "wati"}), qtbot)
    left = form.fields["left"]
    with_others = (MemberSavings("wati", "Bu Wati", {"mandatory": 60_000, "voluntary": 5_000}, {}),
                   MemberSavings("ani", "Bu Ani", {"mandatory": 7}, {}))  # fmt: skip
    left.set_value(date(2026, 12, 1))
    assert form.left.remark == ""
    form.learn_savings(with_others)
    assert form.left.remark == "There are still savings of Rp65,000 in this name."
    assert recorded(form)[0].left == date(2026, 12, 1)
    left.set_value(None)
    assert form.left.remark == ""
    left.set_value(date(2026, 12, 1))
    form.learn_savings(with_others[1:])
    assert form.left.remark == "", "she has none"


# -- programmes ----------------------------------------------------------------------------------


def test_a_line_of_a_programme_s_budget_says_what_for(desk: Workspace, qtbot: QtBot) -> None:
    form = opened(ProgrammeForm(desk, {}), qtbot)
    assert form.isAncestorOf(form.sheet_button)
    assert form.isAncestorOf(form.sheet_note)
    assert form.sheet_note.isHidden()
    form.title.setText("Nursery")
    assert recorded(form)[0].budget == ()
    form.budget.lines[0].fields["amount"].setText("5000")
    assert [path for path, _ in form.unread()] == ["budget.0.name"]
    form.budget.lines[0].fields["name"].setText("Bamboo")
    ((line,),) = (each.budget for each in recorded(form))
    assert (line.line, line.name, line.amount) == ("1", "Bamboo", 5_000)


# -- accounts ------------------------------------------------------------------------------------


def test_each_account_is_of_a_sort_in_everyday_words() -> None:
    assert [sort_of(each) for each in ACCOUNTS] == [
        "cash", "asset", "asset", "liability", "equity", "income", "income", "income", "cost",
        "cost", "expense", "other_income", "other_expense", "tax",
    ]  # fmt: skip


def test_a_new_account_is_what_its_sort_says(desk: Workspace, qtbot: QtBot) -> None:
    form = opened(AccountForm(desk, {}), qtbot)
    form.account_name.setText("Sewa")
    for name, sort in SORTS.items():
        form.sort.set_value(name)
        assert form.number.text() == sort.first, "nothing in this set-up has it"
        (made,) = recorded(form)
        assert (made.code, made.type, made.normal, made.cash) == (
            sort.first, sort.type, sort.normal, sort.cash,
        )  # fmt: skip
        assert (made.name, made.name_en) == ("Sewa", "Sewa")
    form.english.setText("Rent")
    form.number.setText("9000")
    form.sort.set_value("cash")
    assert form.number.text() == "9000", "what was typed stays"
    assert recorded(form)[0].name_en == "Rent"
    form.number.setText("1101")
    assert form.unread() == [("code", "Another account has this code")]
    form.number.setText("")
    form.sort.set_value("tax")
    assert form.number.text() == SORTS["tax"].first


def test_what_an_account_is_stays_for_good(desk: Workspace, qtbot: QtBot) -> None:
    for there in ACCOUNTS:
        form = opened(AccountForm(desk, {"code": there.code}), qtbot)
        assert form.window_title() == f"{there.code} {there.name}"
        assert (form.sort.isEnabled(), form.number.isEnabled()) == (False, False)
        assert form.sort.value() == sort_of(there)
        (made,) = recorded(form)
        assert made.account() == there
