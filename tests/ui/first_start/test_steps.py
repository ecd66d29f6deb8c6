"""What each step says of its answers, by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kwt_books.app import Books
from kwt_books.domain.documents.setup import Group
from kwt_books.domain.values import UNIT
from tests.ui.first_start.test_bad_answers import ANSWERS
from tests.ui.windows import let_go, said
from ui.first_start.step import Question, Step, margin
from ui.first_start.window import STEPS, Questions
from ui.kit.field import TextField
from ui.kit.look import UiContext


@pytest.fixture
def questions(ui: UiContext, books: Books, place: Path) -> Iterator[Questions]:
    made = Questions(ui, books)
    yield made
    for step in made.steps:
        if isValid(step):  # not one that a test has shown
            step.deleteLater()
    let_go()


@pytest.mark.parametrize("beside", ["1101", "owing.0.owed"])
def test_an_amount_with_noughts_too_many_is_asked_about_once(
    questions: Questions, beside: str
) -> None:
    """There is no usual amount yet: a bound tells what is seldom meant."""
    step, most, much = questions.money, 999_999_999, 1_000_000_000
    field = step.money["1101"]
    if beside != "1101":
        step.restore(ANSWERS["money"])
        field = step.owing.lines[0].fields["owed"]
    field.set_value(most)
    assert step.complete()
    for amount in (much, 12 * much):
        field.set_value(amount)
        assert not step.complete()
        asked = dict(step.unusual())[beside]
        assert step.ui.formats.rupiah(amount) in asked
        assert asked in said(step), "at once"
        step.show_problems(step.unread())  # as after a moment without a key
        assert asked in said(step)
        assert step.complete()
    field.set_value(most)
    assert step.complete()
    assert not any("12.000.000.000" in each for each in said(step))


def asked_once(step: Step, beside: str, *about: str) -> None:
    """Asks about what is typed, beside its field, which gets the keyboard; then goes on."""
    assert not step.complete()
    words = dict(step.unusual())[beside]
    assert all(each in words for each in about), words
    assert words in said(step)
    assert step.complete(), "once is enough"


@pytest.mark.parametrize("noughts", [10, -10])
def test_a_price_far_from_what_such_goods_cost_is_asked_about(
    questions: Questions, books: Books, noughts: int
) -> None:
    step, rupiah = questions.goods, questions.goods.ui.formats.rupiah
    assert step.complete()
    tick, price = step.usual.row("sayur")
    usual = price.value() or 0
    far = usual * noughts if noughts > 0 else usual // -noughts
    for value, asks in ((far, True), (far + (1 if noughts < 0 else -1), False), (far, True)):
        price.set_value(value)
        assert bool(step.unusual()) == asks
    assert step.usual.field is price
    asked_once(step, "usual", rupiah(far), rupiah(usual), tick.text())
    tick.setChecked(False)
    assert step.unusual() == [], "it isn't sold"
    step.restore(ANSWERS["goods"])
    own = step.own.lines[0].fields["price"]
    assert step.complete()
    (kind,) = {x.price for x in books.usual_goods().sold if x.item_class == "finished"}
    far = kind * noughts if noughts > 0 else kind // -noughts
    own.set_value(far)
    asked_once(step, "own.0.price", rupiah(far), rupiah(kind), "Peyek")


def test_goods_that_cost_many_times_their_price_are_asked_about(questions: Questions) -> None:
    step, rupiah = questions.stock, questions.stock.ui.formats.rupiah
    questions.prepare(questions.steps.index(step))
    step.restore(ANSWERS["stock"])
    line, item = step.stock.lines[0], step.items["sayur"]
    price, qty = item.price or 0, (line.fields["qty"].value() or 0) // UNIT
    line.fields["value"].set_value(10 * price * qty - qty)
    assert step.complete()
    line.fields["value"].set_value(10 * price * qty)
    asked_once(step, "stock.0.value", item.name, rupiah(10 * price), rupiah(price))


def test_the_last_step_says_the_answers_once_more(questions: Questions, ui: UiContext) -> None:
    questions.restore(ANSWERS)
    t, formats = ui.t, ui.formats
    questions.prepare(len(questions.steps) - 1)
    day = formats.day(questions.money.day)
    lines = dict(questions.summary())
    goods, things = 9_000 + 10_000, 90_000
    assert lines[t("Group")] == "KWT Melati · Kaliawi, Bandar Lampung"
    assert lines[t("Officers")] == f"Aryanah, Siti Rohmah · {t('Without passwords')}"
    assert lines[t("Recorded from")] == day
    assert lines[t("Opening cash & bank")] == formats.rupiah(questions.money.cash)
    assert lines[t("Goods and seedlings")] == formats.rupiah(goods)
    assert lines[t("Seedling house and tools, as bought")] == formats.rupiah(things)
    assert "%" in lines[t("Shares of profit")]
    finish = questions.finish
    shown = said(finish)
    for title, answer in lines.items():
        place = shown.index(title)
        assert shown[place + 1] == (answer or "–"), title
    surplus = questions.entries().surplus
    assert formats.rupiah(surplus) in shown
    owed = (
        "There is less than debts, savings, grants and funds add up to. Check whether something"
        " was forgotten; otherwise it is recorded as a loss of earlier years."
    )
    assert (t(owed) in shown) is (surplus < 0)
    assert finish.path.name in shown
    assert str(finish.path.parent) in shown
    members = [{"name": "Yuni", "principal": "900.000.000"}]
    questions.restore({**ANSWERS, "money": {"members": members}})
    questions.prepare(len(questions.steps) - 1)
    let_go()
    assert questions.entries().surplus < 0
    assert t(owed) in said(finish)
    assert said(finish).count(t("Officers")) == 1


def test_a_file_that_was_chosen_is_kept(questions: Questions, tmp_path: Path) -> None:
    finish = questions.finish
    finish.suggest("KWT Melati")
    suggested = finish.path
    assert "Melati" in suggested.name
    finish.take(tmp_path / "mine.kwt")
    finish.suggest("KWT Mawar")
    assert finish.path == tmp_path / "mine.kwt"
    assert {"mine.kwt", str(tmp_path)} <= {*said(finish)}
    finish.refuse("No room on the disk")
    assert (finish.refused.isHidden(), finish.refused.text) == (False, "No room on the disk")
    assert finish.refused.property("tone") == "error"
    finish.refuse("")
    assert finish.refused.isHidden()
    assert finish.phrase.isHidden()
    finish.encrypts.setChecked(True)
    assert not finish.phrase.isHidden()
    assert finish.isAncestorOf(finish.phrase), "below the tick"


def test_officers_with_passwords_are_two_people(questions: Questions, ui: UiContext) -> None:
    officers, t = questions.officers, ui.t
    fields = (officers.chair_password, officers.treasurer_password)

    def asked() -> list[bool]:
        return [each.required for each in fields]

    assert (officers.uses_passwords, asked(), officers.people) == (False, [False, False], [])
    without = t("Enough if one person keeps the book. Passwords can be added later.")
    assert without in said(officers)
    officers.restore({"chair": "Aryanah", "treasurer": "aryanah"})
    assert officers.problems() == []
    officers.use.set_value("yes")
    assert asked() == [True, True]
    both = t("Each of the two signs in with their own; at the end a recovery key is shown.")
    assert both in said(officers)
    assert officers.problems() == [("treasurer", t("With passwords, the names must differ"))]
    officers.restore({"chair": "Aryanah", "treasurer": "Siti", "passwords": "yes"})
    assert officers.problems() == []
    assert officers.summary() == "Aryanah, Siti"
    for field in fields:
        field.setText("tanggul-jambu-7")
    assert [person.name for person, _ in officers.people] == ["Aryanah", "Siti"]
    officers.restore({"extension_officer.nip": "19800101", "umbrella.coordinator": "Chandra"})
    assert {path for path, _ in officers.problems()} >= {
        "extension_officer.name", "umbrella.name",
    }  # fmt: skip


def test_shares_wait_where_the_group_has_not_decided(questions: Questions, ui: UiContext) -> None:
    sharing = questions.sharing
    assert sharing.decided
    assert sharing.decision.required
    assert sharing.first_field() is sharing.decision
    usual = sharing.shares.value()
    sharing.shares.set_value({next(iter(usual)): 100})
    sharing.whether.set_value("no")
    assert not sharing.decided
    assert (sharing.decision.required, sharing.date.required) == (False, False)
    assert sharing.shares.value() == usual, "what is out of sight must not stand in the way"
    assert sharing.question("allocation.decision").isHidden()
    assert (sharing.summary(), sharing.first_field()) == (ui.t("Not yet"), None)
    group: Group = questions.entries().beginning().commands[0]  # type: ignore[assignment]
    assert group.allocation is None
    sharing.whether.set_value("yes")
    assert not sharing.question("allocation.decision").isHidden()
    sharing.decision.setText("BA-01")
    assert sharing.summary() == "BA-01"
    fund = next(iter(sharing.held))
    sharing.held[fund].set_value(7_000)
    assert {code: amount for code, amount in sharing.balances.items() if amount} == {fund: 7_000}


def test_every_step_has_its_name_and_title(questions: Questions) -> None:
    assert [each.name for each in questions.steps] == [name for name, *_ in STEPS]
    for step in questions.steps:
        assert step.findChildren(QLabel)[1].property("role") == "figure"


@pytest.mark.parametrize("width", [1366, 900, 620, 420])
def test_a_question_folds_where_there_is_little_room(
    questions: Questions, ui: UiContext, qtbot: QtBot, width: int
) -> None:
    """Its words beside the field, else above it; what it comes to beside both, else below."""
    step: Step = questions.officers
    qtbot.addWidget(step)
    step.resize(width, 700)
    step.show()
    QApplication.processEvents()
    asked = [each for each in step.findChildren(Question) if each.isVisible()]
    tops = {name: step.question(name).mapTo(step, step.rect().topLeft()).y()
            for name in ("chair", "treasurer")}  # fmt: skip
    assert tops["chair"] < tops["treasurer"]
    for each in asked:
        words = next(label for label in each.findChildren(QLabel) if label.isVisible())
        title, field = words.mapTo(each, words.rect().topLeft()), each.field
        at = field.mapTo(each, field.rect().topLeft())
        beside = at.x() > title.x() + words.width() // 2
        assert beside is (width - 2 * margin(ui, width) >= 520)
        assert beside or at.y() >= title.y() + words.height()
        assert isinstance(field, TextField)
        assert field.width() <= 340
