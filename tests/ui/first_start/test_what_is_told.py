"""What the steps offer, suggest and add up while one types, step by step and in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from kwt_books.app import Books
from kwt_books.domain.documents.setup import Item, Party
from kwt_books.domain.values import first_day, furthest_day, half_up, month_of
from kwt_books.services.first_start import Good, Member, Partner, Stock, Thing
from tests.ui.first_start.test_bad_answers import ANSWERS
from tests.ui.windows import let_go, said
from ui.first_start.step import Question
from ui.first_start.steps_money import AGENCY
from ui.first_start.window import Questions
from ui.kit.button import Button
from ui.kit.card import Note
from ui.kit.field import TextField
from ui.kit.file_dialog import Use
from ui.kit.look import UiContext
from ui.kit.picker import Choice


@pytest.fixture
def questions(english: UiContext, books: Books, place: Path) -> Iterator[Questions]:
    made = Questions(english, books)
    yield made
    for step in made.steps:
        if isValid(step):
            step.deleteLater()
    let_go()


def asked(step: Any) -> dict[str, tuple[str, str]]:
    """By path, the title and the hint of each question."""
    found = {path: step.question(path) for path, field in step.fields.items()
             if isinstance(field.parentWidget().parentWidget(), Question)}  # fmt: skip
    told = {path: [each for each in said(question) if each] for path, question in found.items()}
    return {path: (words[0], found[path].field.accessibleDescription())
            for path, words in told.items()}  # fmt: skip


def headings(lines: Any) -> list[str]:
    return [each for each in said(lines) if each][: len(lines.lines[0].fields)]


# -- the group and its officers ------------------------------------------------------------------


def test_the_group_s_page_in_small_follows_what_is_typed(questions: Questions) -> None:
    group = questions.group
    assert group.first_field() is group.fields["name"]
    group.restore({"name": "KWT Melati", "village": "Kaliawi", "district": "Tanjungkarang",
                   "city": "Bandar Lampung", "village_kind": "kelurahan"})  # fmt: skip
    group.show_officers({"chair": "Aryanah", "treasurer": "Siti"})
    shown = group.page.accessibleDescription()
    assert shown.startswith("KWT Melati, ")
    assert "Kaliawi" in shown
    assert "Bandar Lampung" in shown
    assert group.summary() == "KWT Melati"
    told: list[str] = []
    group.language_chosen.connect(told.append)
    group.language.choose("id")
    assert told == ["id"]
    about = asked(group)
    assert about["name"][1] == "Just as on the group's stamp or decree"
    assert about["language"] == ("Language", "Of the screen and of the reports")
    assert about["paper"] == ("Paper in the printer", "It is written on the pack of paper")
    assert group.fields["name"].placeholderText() == "KWT …"
    assert group.fields["name"].property("scale") == "large"


def test_each_officer_s_question_says_what_for(questions: Questions) -> None:
    hints = {path: hint for path, (_, hint) in asked(questions.officers).items()}
    assert hints == {
        "chair": "Signs every report", "treasurer": "Keeps this book",
        "umbrella.name": "Who guides this group; leave empty if nobody does",
        "umbrella.coordinator": "Signs below the officers",
        "extension_officer.name": "From the agriculture office; optional",
        "extension_officer.nip": "Of the officer above, who need not have one",
    }  # fmt: skip
    officers = questions.officers
    rows = [each.parentWidget() for each in (officers.chair_password, officers.treasurer_password)]
    for wanted, shown in (("no", False), ("yes", True)):
        officers.use.set_value(wanted)
        assert [not each.isHidden() for each in rows] == [shown, shown]
    hidden = QLineEdit.EchoMode.Password
    assert {each.echoMode() for each in (officers.chair_password,
                                         officers.treasurer_password)} == {hidden}  # fmt: skip
    assert officers.use.accessibleName() == "Passwords"
    for names, alike in ((("Aryanah", "ARYANAH"), True), (("Aryanah", "Siti"), False)):
        officers.restore({"chair": names[0], "treasurer": names[1], "passwords": "yes"})
        assert bool(officers.problems()) is alike


# -- money ---------------------------------------------------------------------------------------


def test_money_adds_up_cash_and_bank(questions: Questions, english: UiContext) -> None:
    money = questions.money
    amounts = dict(zip(money.money, (1, 20, 300, 4_000, 50_000, 600_000), strict=True))
    for code, amount in amounts.items():
        money.money[code].set_value(amount)
    cash, change, bank, dues, arisan, donated = amounts.values()
    assert money.balances == {**amounts, "1104": dues + arisan}
    assert money.cash == cash + change + bank + dues + arisan, "what was given is no cash"
    money.recount()
    assert money.total.text() == money.summary() == english.formats.rupiah(money.cash)
    assert donated == 600_000
    assert money.first_field() is money.money["1101"]
    assert money.day == first_day(month_of(english.today))
    money.start.set_value(None)
    assert money.day == first_day(month_of(english.today))
    money.start.set_value(date(2026, 3, 5))
    assert money.day == date(2026, 3, 5)
    assert money.problems() == []
    money.start.set_value(furthest_day(english.today).replace(year=2_090))
    assert [path for path, _ in money.problems()] == ["start"]
    (note,) = money.findChildren(Note)
    assert note.text == "You may type 1200000, 1,200,000 or 1.2 million."


def test_loans_arisan_and_savings_are_shown_where_there_are_any(questions: Questions) -> None:
    money = questions.money

    def more() -> list[bool]:
        extra = [money.question(code) for code in ("2105", "3104")]
        parts: list[QWidget] = [*extra, money.lent, money.savings]
        assert {each.isVisibleTo(money) for each in parts} in ({True}, {False})
        return [parts[0].isVisibleTo(money), not money.more.isHidden()]

    assert more() == [False, True]
    assert money.more.property("kind") == "quiet"
    money.more.click()
    assert more() == [True, False]
    assert money.focusWidget() is money.money["2105"]
    for state, shown in (
        ({}, False), ({"2105": "5.000"}, True), ({"3104": "5.000"}, True),
        ({"members": [{"name": "Yuni"}]}, True), ({"lent": [{"name": "UPK", "owed": "1"}]}, True),
    ):  # fmt: skip
        questions.restore({"money": {"members": [], "lent": [], "2105": "", "3104": "", **state}})
        assert more() == [shown, not shown], state


def test_who_owes_and_is_owed_is_taken_by_role(questions: Questions) -> None:
    money = questions.money
    known = [Party(code="s", name="Warung Bu Siti", role="shop"),
             Party(code="w", name="Bu Wati", role="member"),
             Party(code="t", name="Toko Tani", role="supplier"),
             Party(code="u", name="UPK", role=AGENCY)]  # fmt: skip
    money.know(known)
    for lines, names in ((money.owing, ["Bu Wati", "Warung Bu Siti"]),
                         (money.owed, ["Toko Tani"]), (money.lent, ["UPK"])):  # fmt: skip
        offered = lines.lines[0].fields["name"].completer().model()
        assert [offered.index(row, 0).data() for row in range(offered.rowCount())] == names
    fields = money.owing.lines[0].fields
    role = fields["role"]
    assert isinstance(role, Choice)
    assert role.value() == "shop"
    fields["name"].set_value("bu WATI")
    fields["name"].changed.emit()
    assert role.value() == "member", "as the book knows her"
    fields["name"].set_value("Somebody new")
    fields["name"].changed.emit()
    assert role.value() == "member"
    fields["owed"].set_value(5_000)
    money.owed.lines[0].fields["name"].set_value("Toko Baru")
    money.lent.lines[0].fields["name"].set_value("Bank")
    money.lent.lines[0].fields["owed"].set_value(7_000)
    assert money.partners == [
        Partner("Somebody new", "member", 5_000), Partner("Toko Baru", "supplier", 0),
        Partner("Bank", AGENCY, 7_000),
    ]  # fmt: skip
    member = money.savings.lines[0].fields
    member["name"].set_value("Yuni")
    member["voluntary"].set_value(300)
    assert money.members == [Member("Yuni", {"principal": 0, "mandatory": 0, "voluntary": 300})]


# -- goods ---------------------------------------------------------------------------------------


def test_usual_goods_are_ticked_with_their_price(questions: Questions, english: UiContext) -> None:
    grid = questions.goods.usual
    at_first = {each.code for each in grid.value()}
    assert at_first == {"sayur", "bibit-cabai", "keripik-bayam", "keripik-pare"}
    (tick, price), (other, off) = grid.row("sayur"), grid.row("kangkung")
    assert (tick.isChecked(), price.isEnabled()) == (True, True)
    assert (other.isChecked(), off.isEnabled()) == (False, False)
    told: list[bool] = []
    grid.changed.connect(lambda: told.append(True))
    other.setChecked(True)
    assert off.isEnabled()
    off.set_value(3_500)
    assert len(told) >= 2
    kangkung = next(each for each in grid.value() if each.code == "kangkung")
    assert kangkung.price == 3_500
    assert price.accessibleName() == f"Price of {tick.text()}"
    words = said(grid)
    assert [each for each in words if each in ("Vegetables and fruit", "Seedlings",
                                               "Made in the kitchen")] != []  # fmt: skip
    assert f"per {kangkung.unit}" in words
    kept = grid.state()
    assert isinstance(kept, dict)
    assert kept["kangkung"] == [True, 3_500]
    other.setChecked(False)
    grid.set_value({**kept, "sayur": "nonsense", "pare": [1, 2]})
    assert other.isChecked()
    assert tick.isChecked(), "what makes no sense changes nothing"
    grid.set_value(None)
    off.setText("x")
    assert grid.problem().startswith(f"{other.text()}: ")
    assert grid.field is off
    other.setChecked(False)
    assert grid.problem() == "", "one that is not sold needs no price"
    assert grid.field is tick


def test_goods_and_shops_are_counted_each_once(questions: Questions) -> None:
    goods = questions.goods
    goods.restore({"own": [{"name": "Peyek", "class": "finished", "unit": "pack", "price": "5000"}],
                   "shops": [{"name": "Warung Pak Joko"}], "suppliers": [{"name": "Pasar"}],
                   "usual": {"sayur": [False, ""]}})  # fmt: skip
    assert goods.goods[-1] == Good("Peyek", "pack", "finished", 5_000)
    assert goods.partners == [Partner("Warung Pak Joko", "shop"), Partner("Pasar", "supplier")]
    assert goods.shop_names == ["Warung Pak Joko"]
    count = len(goods.goods)
    assert goods.summary() == f"{count} kinds of goods, 1 shop"
    named = [Partner("WARUNG PAK JOKO", "shop"), Partner("Warung Bu Siti", "shop"),
             Partner("Warung Bu Siti", "shop"), Partner("Toko", "supplier"),
             Partner("", "shop")]  # fmt: skip
    goods.know(named)
    assert goods.shop_names == ["Warung Pak Joko", "Warung Bu Siti"]
    assert goods.summary() == f"{count} kinds of goods, 2 shops"
    told = "Already named beside the money: WARUNG PAK JOKO, Warung Bu Siti, Toko"
    assert told in said(goods)
    goods.know([])
    shown = [each for each in said(goods) if each.startswith("Already named")]
    assert len(shown) == 1
    for code in ("sayur", "bibit-cabai", "keripik-bayam", "keripik-pare"):
        goods.usual.row(code)[0].setChecked(False)
    goods.shops.set_value([])
    assert goods.summary() == "1 kind of goods"
    kinds = goods.own.lines[0].fields["class"]
    assert isinstance(kinds, Choice)
    assert kinds.count() == 3


# -- what there is -------------------------------------------------------------------------------

GREENS = Item(code="sayur", name="Greens", unit="kg", item_class="produce", price=9_000,
              standard_cost=3_000)  # fmt: skip
SEEDLING = Item(code="bibit", name="Chili seedling", unit="pot", item_class="seedling", price=2_000)


def test_what_there_is_is_offered_counted_and_added_up(
    questions: Questions, english: UiContext
) -> None:
    stock, rupiah = questions.stock, english.formats.rupiah
    stock.offer({each.code: each for each in (GREENS, SEEDLING)}, ["Warung Bu Siti"])
    goods, plants = stock.stock.lines[0].fields, stock.growing.lines[0].fields
    assert (goods["item"].codes, plants["item"].codes) == (["sayur", "bibit"], ["bibit"])
    assert goods["shop"].codes == ["", "Warung Bu Siti"]
    assert goods["shop"].value() == "", "in the store"
    goods["item"].set_value("sayur")
    goods["qty"].set_value(2_500)
    stock.recount()
    usual = half_up(3_000 * 2_500, 1_000)
    assert goods["value"].value() == usual, "what it usually costs"
    goods["qty"].set_value(4_000)
    stock.recount()
    assert goods["value"].value() == half_up(3_000 * 4_000, 1_000)
    goods["value"].set_value(11_111)
    goods["qty"].set_value(5_000)
    stock.recount()
    assert goods["value"].value() == 11_111, "what was typed stays"
    plants["item"].set_value("bibit")
    plants["qty"].set_value(20_000)
    stock.recount()
    assert plants["value"].value() is None, "seedlings have no usual cost"
    plants["value"].set_value(4_000)
    thing = stock.things.lines[0].fields
    thing["name"].set_value("Rack")
    thing["cost"].set_value(90_000)
    assert thing["years"].value() == 5
    for years, taken in ((99, True), (100, False), (5, True)):
        thing["years"].set_value(years)
        assert bool(thing["years"].problem()) is not taken
    stock.recount()
    assert stock.goods == [Stock("sayur", 5_000, 11_111, "", None)]
    assert stock.plants == [Stock("bibit", 20_000, 4_000, "", None)]
    assert stock.owned == [Thing("Rack", "1201", 90_000, english.today, 5)]
    assert stock.summary() == rupiah(11_111 + 4_000 + 90_000)
    totals = [each for each in said(stock) if re.fullmatch(r"Rp[0-9,]+", each)]
    assert totals == [rupiah(11_111), rupiah(4_000), rupiah(90_000)]
    assert stock.problems() == []
    goods["qty"].set_value(0)
    plants["qty"].set_value(0)
    assert stock.problems() == [("stock.0.qty", "Must be above zero"),
                                ("growing.0.qty", "Must be above zero")]  # fmt: skip


def test_units_stand_behind_quantities(questions: Questions) -> None:
    stock = questions.stock
    stock.offer({each.code: each for each in (GREENS, replace(GREENS, code="b", unit="bag"))}, [])
    fields = stock.stock.lines[0].fields
    for code, unit in (("sayur", "kg"), ("b", "bag"), (None, "")):
        fields["item"].set_value(code)
        stock.recount()
        assert "".join(said(fields["qty"])) == unit
    assert stock.summary() == ""
    hints = " ".join(said(stock))
    for each in ("as printed on the pack; goods without it are taken last",
                 "roughly, if nobody knows the day", "for how many years it can be used in total",
                 "One line for each sowing"):  # fmt: skip
        assert each in hints
    assert headings(stock.stock) == ["Goods", "Where", "Quantity", "What it cost", "Best before"]
    assert headings(stock.growing) == ["Seedlings", "Quantity", "What it cost"]
    assert headings(stock.things) == ["Name", "Kind", "Bought on", "Price", "Lasts"]


# -- sharing, and the end ------------------------------------------------------------------------


def test_shares_are_asked_with_the_decision(questions: Questions) -> None:
    sharing = questions.sharing
    about = asked(sharing)
    assert about["whether"] == (
        "Has the group decided?",
        "Shares are then filled in at each close, or later under Settings.",
    )
    assert about["allocation.date"] == ("Decided on", "The day of the meeting")
    for whether, shown in (("no", False), ("yes", True)):
        sharing.whether.set_value(whether)
        sharing.whether.changed.emit()
        assert sharing.shares.isVisibleTo(sharing) is shown
        assert sharing.question("allocation.date").isVisibleTo(sharing) is shown
        assert next(iter(sharing.held.values())).isVisibleTo(sharing), (
            "funds may hold something all the same"
        )
        assert sharing.date.required is shown
    assert set(sharing.balances.values()) == {0}


def test_the_book_s_file_is_chosen(
    questions: Questions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = questions.finish
    finish.suggest("KWT Melati")
    offered = finish.path.with_suffix("")
    told: list[tuple[Any, ...]] = []
    answers = [None, tmp_path / "mine.kwt"]

    def where(*given: Any) -> Path | None:
        told.append(given)
        return answers.pop(0)

    monkeypatch.setattr("ui.first_start.steps_group.ask_where", where)
    (other,) = (each for each in finish.findChildren(Button) if each.text() == "Another place")
    other.click()
    assert finish.path.with_suffix("") == offered
    other.click()
    kinds = [(".kwt", "Books (*.kwt)")]
    assert told == [(finish, "The book's file", offered, kinds, Use.BOOK)] * 2
    assert finish.path == tmp_path / "mine.kwt"


@pytest.mark.parametrize("owed", [0, 10**9])
def test_what_the_group_is_worth_is_told(
    questions: Questions, english: UiContext, owed: int
) -> None:
    questions.restore({**ANSWERS, "money": {"owed": [{"name": "Toko", "owed": f"{owed}"}]}})
    questions.prepare(len(questions.steps) - 1)
    worth = questions.entries().surplus
    shown = said(questions.finish)
    assert shown[shown.index("Net worth of the group") + 1] == english.formats.rupiah(worth)
    assert (worth < 0) is bool(owed)
    words = "less debts, savings" if worth >= 0 else "It is recorded as a loss"
    assert any("Everything there is, less debts" in each for each in shown) is (worth >= 0), words


def test_questions_bear_their_field_and_its_message(english: UiContext, around: QWidget) -> None:
    field = TextField(english)
    made = Question(english, "Name", field, "As on the card", 340)
    made.setParent(around)
    assert said(made)[:2] == ["Name", "As on the card"]
    assert made.field is field
    made.say("Too long", "error")
    assert (made.message, field.property("tone")) == ("Too long", "error")
    made.say("")
    assert made.message == ""
    around.resize(900, 100)
    for narrow, beside in ((False, True), (True, False)):
        made.fold(narrow=narrow)
        made.resize(800, 120)
        around.show()
        made.layout().activate()
        left = field.mapTo(made, field.rect().topLeft()).x()
        assert (left > 200) is beside
