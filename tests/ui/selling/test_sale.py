"""Sales with a nota: seedlings, what is owed, a price for once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.selling import Sale, SaleLine
from kwt_books.domain.values import UNIT
from tests.ui.sample_parts import book_before, left_by
from tests.ui.selling.hand import Settle
from ui.kit.field import FieldRow
from ui.kit.workspace import Workspace
from ui.selling.sale import SaleForm


@pytest.fixture
def sale(
    books: Books, sample_stream: Path, tmp_path: Path, desk_for: Callable[[Path], Workspace],
    qtbot: QtBot, settle: Settle,
) -> SaleForm:  # fmt: skip
    """A sale of seedlings on the day of the sample's."""
    path = tmp_path / "sale.kwt"
    book_before(books, sample_stream, path, lambda line: line["kind"] == "sale")
    workspace = desk_for(path)
    workspace.learn_setup()
    made = SaleForm(workspace, {}, seedlings=True)
    qtbot.addWidget(made)
    made.reload()
    settle(workspace)
    made.date.set_value("2026-06-14")
    return made


def test_seedlings_paid_in_full(sale: SaleForm, sample_path: Path, qtbot: QtBot) -> None:
    assert list(sale.grid.rows) == ["bibit-cabai"]
    sale.grid.rows["bibit-cabai"].counters["qty"].type_in(120 * UNIT)
    assert sale.payment.till.cash.value() == 300_000, "paid in cash unless one says otherwise"
    with qtbot.waitSignal(sale.saved):
        sale.save()
    (made,) = left_by(sale.workspace.book, "sale", "2026-06-14")
    assert made == left_by(sample_path, "sale", "2026-06-14")[0]


def test_what_is_owed_needs_a_buyer_who_may_be_new(sale: SaleForm, qtbot: QtBot) -> None:
    sale.grid.rows["bibit-cabai"].counters["qty"].type_in(120 * UNIT)
    sale.payment.discount.setText("20.000")
    sale.payment.ways.choose("owed")
    sale.payment.till.cash.put(80_000)
    assert "Rp200.000" in sale.payment.note.text
    sale.resize(1134, 600)  # what a laptop's screen leaves it
    sale.show()
    stood = sale.grid.geometry()
    sale.save()
    qtbot.waitUntil(lambda: not sale.saving)
    said = sale.buyer.parentWidget()
    assert isinstance(said, FieldRow)
    assert said.message
    QApplication.processEvents()
    assert sale.grid.geometry() == stood, "nothing jumps when something is wrong with the buyer"
    assert left_by(sale.workspace.book, "sale", "2026-06-14") == []
    sale.buyer.setFocus()
    qtbot.keyClicks(sale.buyer, "Bu Ningsih")
    with qtbot.waitSignal(sale.saved):
        sale.save()
    (made,) = left_by(sale.workspace.book, "sale", "2026-06-14")
    assert ("1111", 200_000, "bu-ningsih", 0) in made.postings
    assert ("4109", 20_000, None, 0) in made.postings


def test_more_than_is_due_is_refused_beside_the_money(sale: SaleForm, qtbot: QtBot) -> None:
    sale.grid.rows["bibit-cabai"].counters["qty"].type_in(2 * UNIT)
    sale.payment.till.cash.put(6_000)
    sale.save()
    qtbot.waitUntil(lambda: not sale.saving)
    assert "Rp5.000" in sale.payment.message
    assert sale.payment.field is sale.payment.till.cash
    sale.payment.discount.setText("sepuluh")
    assert sale.payment.field is sale.payment.discount, "it has to be mended first"
    for field in (sale.payment.till.cash, sale.payment.till.bank, sale.payment.discount):
        assert sale.payment.isAncestorOf(field)
    assert left_by(sale.workspace.book, "sale", "2026-06-14") == []


def test_a_sale_that_is_refused_leaves_no_new_buyer_behind(sale: SaleForm, qtbot: QtBot) -> None:
    sale.grid.rows["bibit-cabai"].counters["qty"].type_in(2 * UNIT)
    sale.payment.till.cash.put(6_000)
    sale.buyer.setFocus()
    qtbot.keyClicks(sale.buyer, "Bu Ningsih")
    sale.save()
    qtbot.waitUntil(lambda: not sale.saving)
    assert sale.payment.message
    sale.workspace.learn_setup()
    qtbot.waitUntil(lambda: not sale.workspace.tasks.busy)
    assert sale.workspace.setup is not None
    assert "bu-ningsih" not in sale.workspace.setup.parties


def test_a_price_for_this_time_alone(sale: SaleForm, qtbot: QtBot) -> None:
    row = sale.grid.rows["bibit-cabai"]
    row.price.setText("3rb")
    row.counters["qty"].type_in(10 * UNIT)
    assert sale.payment.due == 30_000
    command = sale.to_command()
    assert command.lines[0].price == 3_000
    row.price.setText("2.500")
    assert sale.to_command().lines[0].price is None
    row.counters["qty"].type_in(row.good.on_hand)
    assert not row.message
    row.counters["qty"].type_in(row.good.on_hand + UNIT)
    assert row.message, "one more than there is"


def test_a_new_buyer_and_a_hasty_hand_make_one_sale(
    sale: SaleForm, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The buttons stay off from the first key to the last, the buyer's set-up between."""
    refused: list[object] = []
    tasks = sale.workspace.tasks
    record = tasks.record

    def told(command: Command, done: Callable[..., object], _failed: object, **how: Any) -> None:
        record(command, done, refused.append, **how)

    monkeypatch.setattr(tasks, "record", told)
    sale.grid.rows["bibit-cabai"].counters["qty"].type_in(UNIT)
    sale.buyer.type_name("Bu Ningsih")
    sale.saving_changed.connect(lambda saving: None if saving else sale.save())
    with qtbot.waitSignal(sale.saved):
        sale.save()
    qtbot.waitUntil(lambda: not sale.workspace.tasks.busy)
    assert refused == []
    assert len(left_by(sale.workspace.book, "sale", "2026-06-14")) == 1


def test_a_note_has_the_room_beside_the_total(sale: SaleForm, qtbot: QtBot, settle: Settle) -> None:
    sale.memo.set_value("Bibit terong untuk warga")
    with qtbot.waitExposed(sale):
        sale.show()
    settle(sale.workspace)
    foot = sale.memo.row.parentWidget()
    assert foot is not None
    assert sale.memo.row.width() * 5 > foot.width() * 2


def test_large_figures_are_shown_whole(sale: SaleForm, qtbot: QtBot, settle: Settle) -> None:
    with qtbot.waitExposed(sale):
        sale.show()
    settle(sale.workspace)
    row = sale.grid.rows["bibit-cabai"]
    row.show_good(replace(row.good, price=123_456_789, on_hand=1_234_567 * UNIT))
    row.counters["qty"].type_in(99 * UNIT)
    QApplication.processEvents()
    price = row.price.text()
    assert price
    room = row.price.contentsRect().width()
    assert room >= row.price.fontMetrics().horizontalAdvance(price), price
    for shown, bold in ((row.stock, False), (row.amount_shown, True)):
        (text,) = shown.texts
        assert text
        letters = sale.ui.theme.metrics(bold=bold, figures=True)
        assert shown.geometry().width() >= letters.horizontalAdvance(text), text
        assert row.rect().contains(shown.geometry())


def test_what_another_sold_meanwhile_is_said_and_shown(
    sale: SaleForm, books: Books, qtbot: QtBot
) -> None:
    row = sale.grid.rows["bibit-cabai"]
    row.counters["qty"].type_in(120 * UNIT)
    there, day = row.good.on_hand, sale.date.value()
    assert day is not None
    line = SaleLine(item="bibit-cabai", qty=there - UNIT, price=1)
    with closing(books.open(sale.workspace.book)) as other:
        other.record(Sale(date=day, lines=(line,), received={"1101": there // UNIT - 1}))
    sale.save()
    qtbot.waitUntil(lambda: row.good.on_hand == UNIT)
    qtbot.waitUntil(lambda: not sale.workspace.tasks.busy)
    assert "1" in row.message
    assert row.number("qty") == 120 * UNIT


@pytest.mark.parametrize("typed", ["0", "abc", "3.000"])
def test_a_price_that_was_typed_stays_when_the_book_answers(sale: SaleForm, typed: str) -> None:
    row = sale.grid.rows["bibit-cabai"]
    row.price.setText(typed)
    row.show_good(replace(row.good, price=9_000))
    assert row.price.text() == typed
    row.price.use(None)
    row.show_good(replace(row.good, price=8_000))
    assert row.price.value() == 8_000
