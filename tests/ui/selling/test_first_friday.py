"""The first Friday, driven as a treasurer does: by keyboard, by mouse, against the sample month."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kwt_books.domain.values import UNIT
from tests.ui.sample_parts import Left, command_of, left_by, lines_of
from tests.ui.selling.hand import CTRL, FRIDAY, Settle, here, type_on
from tests.ui.windows import LAPTOP, SCALED, said
from ui.kit.drafts import drafts_of
from ui.kit.goods_fields import Counter
from ui.kit.workspace import Message
from ui.selling.market_day import MarketDayForm, MoneyCard
from ui.shell.window import MainWindow

_SUMS = (
    ("510000", "100000"), ("505000", "100000"), ("2", ""), ("999999999999", "999999999999"),
)  # fmt: skip
"""Of cash and QRIS: right, a little short, far too little, far too much."""


@pytest.fixture
def wanted(sample_path: Path) -> Left:
    """What the sample's first Friday left in its book."""
    return left_by(sample_path, "market_day", FRIDAY)[0]


def press(qtbot: QtBot, counter: Counter, sign: str, times: int) -> None:
    """The − or + of a counter."""
    left = 8 if sign == "-" else counter.width() - 8
    for _ in range(times):
        qtbot.mouseClick(
            counter, Qt.MouseButton.LeftButton, pos=QPoint(left, counter.height() // 2)
        )


def fill_first_friday(form: MarketDayForm) -> None:
    form.date.set_value(FRIDAY)
    for code, taken, sold in (
        ("sayur", 35, 35), ("keripik-bayam", 18, 13), ("keripik-pare", 10, 6),
    ):  # fmt: skip
        form.grid.rows[code].counters["taken"].type_in(taken * UNIT)
        form.grid.rows[code].counters["sold"].type_in(sold * UNIT)


def pay(form: MarketDayForm, qtbot: QtBot, cash: str, bank: str = "") -> None:
    for field, text in ((form.money.till.cash, cash), (form.money.till.bank, bank)):
        field.setFocus()
        field.clear()
        qtbot.keyClicks(field, text)


def _places(money: MoneyCard) -> list[tuple[int, int]]:
    """Where on the screen the fields of the money stand, once all is laid out."""
    for _ in range(3):
        QApplication.processEvents()
    fields = (money.denominations, money.till.cash, money.till.bank, money.buttons)
    spots = [field.mapToGlobal(QPoint()) for field in fields]
    return [(spot.x(), spot.y()) for spot in spots]


def test_by_keyboard_alone(
    form: MarketDayForm, window: MainWindow, friday: Path, wanted: Left, qtbot: QtBot
) -> None:
    assert here() is form.grid.rows["sayur"].counters["taken"], "one can begin at once"
    type_on(qtbot, "35", "35", "", "", "")
    type_on(qtbot, "18", "13", "", "", "", "10", "6", "", "", "")
    shown = said(form)
    assert "Rp610.000" in shown
    assert any("35 kg + 28 bungkus" in each and "35 kg + 19 bungkus" in each for each in shown)
    assert form.money.denominations.isAncestorOf(here()), "after the goods comes the money"
    type_on(qtbot, "5", "", "", "1", *[""] * 6)
    assert here() is form.money.till.cash
    assert form.money.till.cash.value() == 510_000
    type_on(qtbot, "", "100rb")
    form.date.setFocus(Qt.FocusReason.ShortcutFocusReason)
    type_on(qtbot, "5/6")
    window.header.search.setFocus()
    with qtbot.waitSignal(window.workspace.tasks.changed):
        qtbot.keyClick(here(), Qt.Key.Key_S, CTRL)
    assert left_by(friday, "market_day", FRIDAY) == [wanted]


def test_by_mouse(
    form: MarketDayForm, window: MainWindow, friday: Path, wanted: Left, qtbot: QtBot
) -> None:
    printed: list[str] = []
    window.workspace.print_wanted.disconnect()
    window.workspace.print_wanted.connect(printed.append)
    form.date.set_value(FRIDAY)
    for code, taken, sold in (("keripik-bayam", 18, 13), ("keripik-pare", 10, 6)):
        counters = form.grid.rows[code].counters
        press(qtbot, counters["taken"], "+", taken + 1)
        press(qtbot, counters["taken"], "-", 1)
        press(qtbot, counters["sold"], "+", sold)
    vegetables = form.grid.rows["sayur"].counters
    for key in ("taken", "sold"):
        qtbot.mouseClick(vegetables[key], Qt.MouseButton.LeftButton)
        qtbot.keyClicks(vegetables[key], "*")
    qtbot.mouseClick(form.money.till.cash, Qt.MouseButton.LeftButton)
    pay(form, qtbot, "510.000", "100.000")
    button = form.money.buttons.print_button
    with qtbot.waitSignal(window.workspace.tasks.changed):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.mouseDClick(button, Qt.MouseButton.LeftButton)
        qtbot.mouseRelease(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.workspace.tasks.busy)
    assert left_by(friday, "market_day", FRIDAY) == [wanted], "a double click records once"
    assert printed == [wanted.number], "and prints once"
    assert not form.grid.filled, "the sheet is empty again"


def test_the_answer_names_the_voucher_and_offers_the_sheet(
    form: MarketDayForm, window: MainWindow, wanted: Left, qtbot: QtBot
) -> None:
    said: list[Message] = []
    window.workspace.said.connect(said.append)
    fill_first_friday(form)
    pay(form, qtbot, "510000", "100000")
    with qtbot.waitSignal(form.saved):
        form.save()
    assert wanted.number in f"{said[0].strong} {said[0].text}"
    assert said[0].act is not None


def test_a_difference_is_said_in_words_before_it_is_saved(
    form: MarketDayForm, qtbot: QtBot
) -> None:
    fill_first_friday(form)
    assert "Rp" not in form.money.note.text, "nothing was counted yet"
    form.save()
    assert not form.saving, "the money comes first"
    assert here() is form.money.till.cash
    form.money.denominations.set_value(
        {"100000": 3, "50000": 2, "20000": 3, "10000": 3, "5000": 2, "2000": 2, "1000": 1}
    )
    assert form.money.till.total == 505_000
    pay(form, qtbot, "505000", "100000")
    assert not form.money.denominations.value(), "an amount typed takes the place of the pieces"
    assert "Kas kurang Rp5.000" in form.money.note.text
    pay(form, qtbot, "515000", "100000")
    assert "Kas lebih Rp5.000" in form.money.note.text
    pay(form, qtbot, "510000", "100000")
    assert form.money.note.property("tone") == "good"


def test_more_than_there_is_stands_beside_the_goods_and_nothing_is_recorded(
    form: MarketDayForm, friday: Path, qtbot: QtBot
) -> None:
    fill_first_friday(form)
    row = form.grid.rows["keripik-bayam"]
    row.counters["taken"].type_in(25 * UNIT)
    assert "23" in row.message or "20" in row.message
    pay(form, qtbot, "610000")
    form.save()
    qtbot.waitUntil(lambda: not form.saving)
    assert "Stok Keripik bayam 100 g di gudang tinggal" in row.message
    assert not form.grid.rows["keripik-pare"].message
    assert left_by(friday, "market_day", FRIDAY) == []
    row.counters["taken"].type_in(18 * UNIT)
    qtbot.waitUntil(lambda: "di gudang tinggal" not in row.message)
    assert row.number("sold") == 13 * UNIT, "what was typed is still there"


def test_what_was_typed_is_there_after_a_crash(
    form: MarketDayForm, window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    workspace = window.workspace
    fill_first_friday(form)
    form.money.denominations.set_value({"100000": 5})
    qtbot.waitUntil(
        lambda: drafts_of(workspace.folders.data, workspace.book).read("market_day") is not None
    )
    again = MarketDayForm(workspace, {})
    qtbot.addWidget(again)
    again.reload()
    settle(workspace)
    assert again.state() == form.state()
    assert again.money.till.cash.value() == 500_000
    assert not again.note.isHidden()


def test_goods_that_arrive_meanwhile_come_into_the_sheet(
    form: MarketDayForm, window: MainWindow, sample_stream: Path, qtbot: QtBot, settle: Settle
) -> None:
    fill_first_friday(form)
    before = form.state()["lines"]
    assert "daun-bayam" not in form.grid.rows
    harvest = next(
        line for line in lines_of(sample_stream)
        if line["kind"] == "harvest" and line["item"] == "daun-bayam"
    )  # fmt: skip
    day = form.fields["date"].value()
    on_the_day = {**harvest, "date": day.isoformat()}
    later = {**harvest, "date": (day + timedelta(days=1)).isoformat()}
    window.workspace.tasks.record(command_of(later), lambda _recorded: None)
    settle(window.workspace)
    assert "daun-bayam" not in form.grid.rows, "what is harvested tomorrow isn't there today"
    window.workspace.tasks.record(command_of(on_the_day), lambda _recorded: None)
    qtbot.waitUntil(lambda: "daun-bayam" in form.grid.rows)
    assert form.state()["lines"] == before


@pytest.mark.parametrize("size", [LAPTOP, SCALED], ids=["laptop", "scaled"])
def test_nothing_moves_under_the_hand_while_money_is_typed(
    form: MarketDayForm, window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    fill_first_friday(form)
    window.resize(*size)
    money = form.money
    places, said = _places(money), {money.note.text}
    for cash, bank in _SUMS:
        pay(form, qtbot, cash, bank)
        assert _places(money) == places, money.note.text
        said.add(money.note.text)
    pay(form, qtbot, "")
    form.save()
    assert _places(money) == places, money.note.text
    assert len(said) == 1 + len(_SUMS), "each sum is remarked on in words of its own"
