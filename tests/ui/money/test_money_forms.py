"""The forms of money, field by field: what they say, what they take, what they keep."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.queries.money import choices
from kwt_books.queries.overview import setup_data
from kwt_books.store.driver import sqlite3
from tests.ui.money_hand import Hand
from tests.ui.sample_parts import left_by
from tests.ui.windows import message, notes_of
from ui.kit.form import FormDialog
from ui.money.buying import PurchaseForm
from ui.money.forms import CashCountForm, PaymentForm
from ui.money.page import DebtsPart, MoneyPage
from ui.money.savings import SavingsForm

# -- beside the fields -----------------------------------------------------------------------


def test_what_is_missing_is_said_beside_its_field(hand: Hand, qtbot: QtBot) -> None:
    form = hand.open("purchase")
    assert isinstance(form, PurchaseForm)
    qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert form.rows.message.text()
    hand.day(form.date, "2026-06-30")
    hand.pick(form.rows.lines[0].fields["item"], "pupuk")
    hand.type(form.rows.lines[0].fields["qty"], "20")
    hand.type(form.rows.lines[0].fields["amount"], "100rb")
    qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "Juni" in message(form, "date"))
    assert form.rows.lines[0].fields["amount"].value() == 100_000


def test_goods_owed_need_a_supplier_and_paying_them_clears_the_debt(
    hand: Hand, qtbot: QtBot, book_path: Path, books: Books
) -> None:
    form = hand.open("purchase")
    assert isinstance(form, PurchaseForm)
    assert form.way is not None
    hand.pick(form.rows.lines[0].fields["item"], "pupuk")
    hand.type(form.rows.lines[0].fields["qty"], "10")
    hand.type(form.rows.lines[0].fields["amount"], "50.000")
    later = next(b for b in form.way.findChildren(QPushButton) if b.text() == "Utang dulu")
    qtbot.mouseClick(later, Qt.MouseButton.LeftButton)
    qtbot.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert message(form, "party")
    hand.pick(form.party, "toko-tani")
    hand.save(form)
    hand.window.workspace.go("cash", "debts")
    hand.settle()
    assert isinstance(hand.window.page, MoneyPage)
    part = hand.window.page.findChild(DebtsPart)
    assert part is not None
    assert part.chosen is not None
    assert (part.chosen.party, part.chosen.owed) == ("toko-tani", 50_000)
    qtbot.mouseClick(part.pay_button, Qt.MouseButton.LeftButton)
    hand.settle()
    dialog = hand.window.form("payment")
    assert isinstance(dialog, FormDialog)
    hand.save(dialog.form)
    book = books.open(book_path, read_only=True)
    assert not book.read(choices).owed
    book.close()


def test_a_new_supplier_is_set_up_with_the_purchase(
    hand: Hand, book_path: Path, books: Books
) -> None:
    form = hand.open("purchase")
    assert isinstance(form, PurchaseForm)
    hand.type(form.party, "Toko Berkah Jaya")
    hand.pick(form.rows.lines[0].fields["item"], "kemasan")
    hand.type(form.rows.lines[0].fields["qty"], "100")
    hand.type(form.rows.lines[0].fields["amount"], "80.000")
    hand.save(form)
    book = books.open(book_path, read_only=True)
    party = book.read(setup_data).parties["toko-berkah-jaya"]
    book.close()
    assert (party.name, party.role) == ("Toko Berkah Jaya", "supplier")


def test_expenses_are_named_without_their_prefix(hand: Hand) -> None:
    form = hand.open("payment")
    assert isinstance(form, PaymentForm)
    picker = form.rows.lines[0].fields["account"]
    names = [picker.itemText(place) for place in range(picker.count())]
    assert "Listrik & Air" in names
    assert not any(name.startswith("Beban ") for name in names)
    assert names[: len({*names})] == list(dict.fromkeys(names)), "no name twice"


def test_savings_taken_out_are_below_zero_and_more_than_saved_is_told(
    hand: Hand, book_path: Path
) -> None:
    form = hand.open("savings", way="out")
    assert isinstance(form, SavingsForm)
    field = form.grid.by_member["anggota-07"].field
    hand.type(field, "15.000")
    assert "Anggota 07" in notes_of(form)
    hand.type(field, "5.000")
    assert "Anggota 07" not in notes_of(form)
    hand.save(form)
    [left] = left_by(book_path, "savings", "2026-07-01")
    assert left.number.startswith("BKK")
    assert left.postings == [("1101", -5_000, None, 0), ("3102", 5_000, "anggota-07", 0)]


def test_a_count_says_the_difference_before_it_is_saved(hand: Hand, qtbot: QtBot) -> None:
    form = hand.open("cash_count")
    assert isinstance(form, CashCountForm)
    book = form.in_book
    assert book is not None
    hundreds = form.pieces.findChildren(QLineEdit)[0]
    qtbot.keyClicks(hundreds, str(book // 100_000))
    short = book % 100_000
    assert form.counted.value() == book - short
    rupiah = hand.window.workspace.ui.formats.rupiah(short)
    assert any("kurang" in each and rupiah in each for each in notes_of(form).split("\n"))
    hand.type(form.counted, str(book))
    assert not form.pieces.value(), "an amount typed puts the pieces away"
    assert "Pas." in notes_of(form)


def test_the_bank_has_no_notes_and_coins(hand: Hand) -> None:
    form = hand.open("cash_count", account="1103")
    assert isinstance(form, CashCountForm)
    assert not form.right.isVisible()
    hand.type(form.counted, str(form.in_book))
    recorded = hand.save(form)
    assert recorded.number is not None
    assert recorded.number.startswith("BM"), "it agrees: nothing is posted"


# -- receipts --------------------------------------------------------------------------------


def photo(path: Path, width: int, height: int) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for x in range(width):
        image.setPixelColor(x, height // 2, QColor(x % 256, 40, 90))
    assert image.save(str(path))
    return path


def test_a_receipt_dropped_onto_the_form_is_attached(
    hand: Hand, tmp_path: Path, books: Books, book_path: Path, qtbot: QtBot
) -> None:
    form = hand.open("payment")
    assert isinstance(form, PaymentForm)
    assert form.photo is not None
    hand.pick(form.rows.lines[0].fields["account"], "6103")
    hand.type(form.rows.lines[0].fields["amount"], "25.000")
    file = photo(tmp_path / "nota ojek.png", 40, 30)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    form.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    assert form.photo.paths == [file]
    with qtbot.waitSignals([hand.window.workspace.tasks.changed] * 2):
        hand.save(form)
    with closing(sqlite3.connect(book_path)) as book:
        found = book.execute(
            "SELECT d.payload, a.data FROM document d JOIN attachment a ON a.document = d.sequence"
        ).fetchall()
    assert [(json.loads(payload)["name"], data) for payload, data in found] == [
        (file.name, file.read_bytes())
    ]


# -- nothing is lost -------------------------------------------------------------------------
