"""The form of a count and that of a distribution, told of a few goods at two places."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kwt_books.domain.accounts import OVERAGE, SPOILAGE
from kwt_books.domain.documents.setup import Item
from kwt_books.domain.errors import Issue
from kwt_books.domain.posting import STORE, Move, Posting
from kwt_books.queries.layers import StockedItem, StockedLot, StockOnHand, Supplies
from kwt_books.queries.overview import SetupData
from kwt_books.services.recorder import Preview
from ui.kit.workspace import Workspace
from ui.stock.forms import CountDialog, DistributionForm, StockCountForm

DAY = date(2026, 6, 5)
SHOP = "shop:siti"


def lot(place: str, quantity: int) -> StockedLot:
    return StockedLot(place, "L-1", DAY, None, quantity, 1)


CHIPS = StockedItem(
    "chips", "Chips", "pack", "finished", 8_000, (lot(STORE, 5_000), lot(SHOP, 3_000))
)
KALE = StockedItem("kale", "Kale", "kg", "produce", None, (lot(STORE, 2_500),))
JAM = StockedItem("jam", "Jam", "jar", "finished", 9_000, (lot(SHOP, 1_000),))
SOIL = StockedItem("soil", "Soil", "sack", "input", None)
KNOWN = StockOnHand((CHIPS, KALE, JAM, SOIL), ((STORE, ""), (SHOP, "Bu Siti")), DAY)


def counting(desk: Workspace, qtbot: QtBot, **given: Any) -> StockCountForm:
    made = StockCountForm(desk, given)
    qtbot.addWidget(made)
    made.take(KNOWN)
    return made


@pytest.fixture
def form(still: Workspace, qtbot: QtBot) -> StockCountForm:
    return counting(still, qtbot)


def rows(form: StockCountForm) -> dict[str, int]:
    """What the book has, by the goods shown."""
    return {code: row.item.book for code, row in form.grid.rows.items()}


def told(form: Any) -> tuple[str, str]:
    """What comes of it, and in which tone; nothing where the note is hidden."""
    if form.outcome.isHidden():
        return "", ""
    return form.outcome.text, form.outcome.property("tone") or ""


def test_what_stands_at_the_place_is_counted_and_the_rest_may_be_found(
    form: StockCountForm,
) -> None:
    labels = [form.place.itemText(at) for at in range(form.place.count())]
    assert (form.place.codes, labels) == ([STORE, SHOP], ["Store", "Bu Siti"])
    assert rows(form) == {"chips": 5_000, "kale": 2_500}
    assert form.more.codes == ["jam", "soil"]
    assert form.figures["done"].text() == "0 of 2"
    form.grid.rows["chips"].field.setText("4")
    assert form.figures["done"].text() == "1 of 2"
    form.more.set_value("soil")
    QApplication.processEvents()
    assert rows(form) == {"chips": 5_000, "kale": 2_500, "soil": 0}
    assert (form.more.codes, form.more.value()) == (["jam"], None)
    assert form.figures["done"].text() == "1 of 3"


def test_what_was_counted_at_one_place_waits_there(form: StockCountForm) -> None:
    form.grid.rows["chips"].field.setText("4")
    form.place.set_value(SHOP)
    assert rows(form) == {"chips": 3_000, "jam": 1_000}
    assert form.grid.filled == []
    assert form.more.codes == ["kale", "soil"]
    form.grid.rows["jam"].field.setText("1")
    form.place.set_value(STORE)
    assert form.grid.state() == {"chips": 4_000}
    form.place.set_value(None)
    assert rows(form) == {"chips": 5_000, "kale": 2_500}, "no place is no other place"
    form.take(KNOWN)
    assert form.grid.state() == {"chips": 4_000}, "the book's answer takes nothing away"
    form.place.set_value(SHOP)
    assert form.grid.state() == {"jam": 1_000}
    form.start_anew()
    form.place.set_value(SHOP)
    assert form.grid.state() == {}, "begun anew, nothing waits anywhere"


def test_a_document_of_a_shop_is_filled_in(still: Workspace, qtbot: QtBot) -> None:
    lines = [{"item": "jam", "counted": 1.5}, {"item": "soil", "counted": "2"}]
    form = counting(still, qtbot, place=SHOP, date="2026-06-05", lines=lines)
    assert form.grid.state() == {"jam": 1_500, "soil": 2_000}
    assert rows(form) == {"chips": 3_000, "jam": 1_000, "soil": 0}
    assert [(each.item, each.counted) for each in form.grid.value()] == [
        ("jam", 1_500), ("soil", 2_000),
    ]  # fmt: skip
    assert counting(still, qtbot, lines="none").grid.state() == {}


SHORT, OVER = Posting(SPOILAGE, 900), Posting(OVERAGE, -400)


@pytest.mark.parametrize(
    ("postings", "short", "over"),
    [((), "–", "–"), ((SHORT,), "Rp900", "–"), ((OVER,), "–", "Rp400"),
     ((SHORT, OVER, SHORT, Posting("1301", -1_400)), "Rp1,800", "Rp400")],
)  # fmt: skip
def test_what_is_short_and_over_is_told_in_rupiah(
    form: StockCountForm, postings: tuple[Posting, ...], short: str, over: str
) -> None:
    form.preview(Preview(postings))
    for name, amount in (("short", short), ("over", over)):
        figure = form.figures[name]
        assert (figure.text(), figure.property("tone")) == (amount, "" if amount == "–" else "warn")


def test_what_comes_of_the_count_is_said(form: StockCountForm) -> None:
    form.preview(Preview())
    assert told(form) == ("", ""), "nothing is counted"
    chips, kale = (form.grid.rows[code].field for code in ("chips", "kale"))
    chips.setText("5")
    form.preview(Preview())
    assert told(form) == ("All right. What was counted agrees with the book.", "good")
    kale.setText("2")
    form.preview(Preview((SHORT,)))
    follows = "The book follows the count. Missing goods become a cost, extra goods an income."
    assert told(form) == (follows, "warn")
    form.preview(Preview((SHORT,), (), (Issue("lines.0", "not_in_stock"),)))
    assert told(form) == ("", ""), "what the book refuses comes to nothing"
    kale.setText("two")
    form.preview(Preview((SHORT,)))
    assert told(form) == ("", "")


def test_the_keys_of_the_form_are_at_hand(still: Workspace, qtbot: QtBot) -> None:
    form = StockCountForm(still, {})
    dialog = CountDialog(form)
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == "Count the stock"
    sheets = [each for each in form.findChildren(type(form.save_button))
              if each.text() == "Count sheet"]  # fmt: skip
    assert len(sheets) == 1
    form.saving_changed.emit(True)
    assert not form.save_button.isEnabled()
    form.saving_changed.emit(False)
    assert form.save_button.isEnabled()


# -- goods that are shared among the members -----------------------------------------------------


def test_what_is_shared_is_told_at_what_it_cost(still: Workspace, qtbot: QtBot) -> None:
    form = DistributionForm(still, {})
    qtbot.addWidget(form)
    items = {
        code: Item(code=code, name=code.title(), unit="kg", item_class=kind)
        for code, kind in (("wax", "packaging"), ("chips", "finished"), ("kale", "produce"),
                           ("salt", "ingredient"), ("pot", "equipment"))
    }  # fmt: skip
    form.take(Supplies(SetupData(None, {}, items, {}, {}), {"wax": 1_000, "salt": 1_000}))
    offered = form.rows.lines[0].fields["item"].codes
    assert offered == ["salt", "wax", "kale", "chips"], "at hand first, then by kind"
    resting = "Recorded as a cost for the members, at what it cost to grow or make."
    assert told(form) == (resting, "")
    moves = Move(STORE, "kale", "L-1", -1_000, -700), Move(STORE, "salt", "L-2", -1_000, -50)
    form.preview(Preview((), moves))
    assert told(form) == (f"Worth Rp750. {resting}", "")
    form.preview(Preview())
    assert told(form) == (resting, "")
    assert form.memo.placeholderText() == "For whom? Optional"
