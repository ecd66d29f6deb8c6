"""A draft that is read in another language: what was typed stays the number that was meant."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.queries.assets import MemberSavings
from ui.first_start.steps_goods import GoodsGrid
from ui.kit.field import MoneyField, QuantityField
from ui.kit.look import UiContext
from ui.kit.till import Till
from ui.money.assets import YearsField
from ui.money.dues import DuesGrid
from ui.money.savings import MemberGrid
from ui.stock.forms import Counted, CountGrid

Typed = Callable[[Any], MoneyField | QuantityField]


def till(ui: UiContext, _books: Books) -> Till:
    return Till(ui, proposes=False)


def members(ui: UiContext, _books: Books) -> MemberGrid:
    made = MemberGrid(ui)
    made.learn((MemberSavings("ani", "Bu Ani", {}, {}),))
    return made


def counts(ui: UiContext, _books: Books) -> CountGrid:
    made = CountGrid(ui)
    made.show_items([Counted("chips", "Chips", "pack", 5_000)])
    return made


def goods(ui: UiContext, books: Books) -> GoodsGrid:
    return GoodsGrid(ui, books.usual_goods().sold)


CASES: dict[str, tuple[Callable[[UiContext, Books], Any], Typed, str]] = {
    "money": (lambda ui, _books: MoneyField(ui), lambda made: made, "1.250"),
    "quantity": (lambda ui, _books: QuantityField(ui), lambda made: made, "2,5"),
    "years": (lambda ui, _books: YearsField(ui), lambda made: made, "2,5"),
    "till": (till, lambda made: made.cash, "15.000"),
    "members": (members, lambda made: made.by_member["ani"].field, "1.250"),
    "counts": (counts, lambda made: made.rows["chips"].field, "2,5"),
    "goods": (goods, lambda made: made.row("sayur")[1], "12.500"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_draft_means_the_same_in_another_language(
    case: str, ui: UiContext, english: UiContext, books: Books, qtbot: QtBot
) -> None:
    make, field_of, text = CASES[case]
    typed, again = make(ui, books), make(english, books)
    for each in (typed, again):
        if case != "till":
            qtbot.addWidget(each)
    field = field_of(typed)
    field.setText(text)
    field.textEdited.emit(text)
    meant = field.value()
    assert meant
    again.restore(json.loads(json.dumps(typed.state())))
    assert field_of(again).value() == meant
    for odd in ("banyak", "1.2.3"):
        field.setText(odd)
        field.textEdited.emit(odd)
        again.restore(json.loads(json.dumps(typed.state())))
        assert field_of(again).text() == odd, "what is no number stays as it was typed"


def test_dues_of_their_own_mean_the_same_in_another_language(
    ui: UiContext, english: UiContext, qtbot: QtBot
) -> None:
    grids = [DuesGrid(each) for each in (ui, english)]
    for grid in grids:
        qtbot.addWidget(grid)
        grid.learn({"a": "Bu Ani"}, {})
        grid.use_rate(10_000)
    typed, again = grids
    typed.press(0, 1)
    amount = typed.table.item(0, 13)
    assert amount is not None
    for text, meant in (("7.500", 7_500), ("banyak", 0)):
        amount.setText(text)
        again.set_value(json.loads(json.dumps(typed.state())))
        assert again.value()[0].amount == meant
    assert again.table.said(0, 13) == "banyak"
