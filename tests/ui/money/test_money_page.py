"""Belanja & Kas, driven by keys and mouse, against what the sample month's documents left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.documents.base import Document
from kwt_books.domain.documents.correction import Correction
from tests.books import book_at
from tests.ui.money_hand import Hand, hand_at
from tests.ui.sample_parts import Line, command_of, left_by, lines_of, vouchers
from ui.kit.workspace import Destination, Workspace
from ui.money.page import MoneyPage, TillPart

Open = Callable[[Path], Hand]


@pytest.fixture
def open_hand(desk_for: Callable[[Path], Workspace], qtbot: QtBot) -> Open:
    """A hand at the window over a book, at Belanja & Kas."""
    return lambda path: hand_at(desk_for(path), qtbot, "cash")


@pytest.fixture
def hand(open_hand: Open, book_path: Path) -> Hand:
    """The whole sample month is recorded and closed; the month in hand is the next."""
    made = open_hand(book_path)
    made.window.workspace.show_month("2026-07")
    made.settle()
    return made


def till_of(hand: Hand) -> TillPart:
    assert isinstance(hand.window.page, MoneyPage)
    part = hand.window.page.findChild(TillPart)
    assert part is not None
    return part


# -- the sample month ------------------------------------------------------------------------


def test_a_month_typed_in_is_the_month_imported(
    open_hand: Open, books: Books, sample_stream: Path, sample_path: Path, tmp_path: Path,
    qtbot: QtBot,
) -> None:  # fmt: skip
    """Every purchase, payment, receipt, transfer, saving, grant and count goes through its form."""
    lines = lines_of(sample_stream)
    first = next(at for at, line in enumerate(lines) if line["kind"] == "opening_balance")
    path = book_at(books, tmp_path / "typed.kwt", lines[: first + 1])
    hand = open_hand(path)
    typed = dict.fromkeys(hand.kinds, 0)
    last = ""
    for line in lines[first + 1 :]:
        if line["kind"] in hand.kinds:
            last = hand.record(line).number or ""
            typed[line["kind"]] += 1
        else:
            record_otherwise(hand.window.workspace, qtbot, line, last)
    assert all(typed.values()), "each form was used"
    assert vouchers(path) == vouchers(sample_path)


def record_otherwise(workspace: Workspace, qtbot: QtBot, line: Line, last: str) -> None:
    """As other pages do; a correction speaks of the voucher before it."""
    command = command_of(line)
    assert isinstance(command, Document)
    command = replace(command, id=None)
    if isinstance(command, Correction):
        command = replace(command, of=last)
    with qtbot.waitSignal(workspace.tasks.changed):
        workspace.tasks.record(command, lambda _recorded: None)


# -- what one sees ---------------------------------------------------------------------------


def test_the_till_shows_balances_and_lines_of_one_account(
    open_hand: Open, book_path: Path, expected: dict[str, Any], qtbot: QtBot
) -> None:
    hand = open_hand(book_path)
    till = till_of(hand)
    stands = expected["trial_balance_before_close"]
    model = till.accounts.model()
    shown = {
        till.accounts.list_model.rows[row].key: model.index(row, 1).data()
        for row in range(model.rowCount())
    }
    number = hand.window.workspace.ui.formats.number
    for code in ("1101", "1102", "1103", "1104"):
        assert shown[code] == number(stands[code])
    row = list(shown).index("1103")
    place = till.accounts.visualRect(model.index(row, 0)).center()
    qtbot.mouseClick(till.accounts.viewport(), Qt.MouseButton.LeftButton, pos=place)
    hand.settle()
    bank = till.table.model()
    assert bank.index(0, 4).data() == number(stands["1103"]), "what stands after the last line"
    assert {bank.index(row, 1).data() for row in range(bank.rowCount())} == {
        left.number
        for kind, day in (
            ("payment", "2026-06-30"),
            ("receipt", "2026-06-30"),
            ("transfer", "2026-06-24"),
            ("market_day", "2026-06-05"),
            ("opening_balance", "2026-06-01"),
        )
        for left in left_by(book_path, kind, day)
    }


def test_a_line_leads_to_its_document(open_hand: Open, book_path: Path, qtbot: QtBot) -> None:
    hand = open_hand(book_path)
    till = till_of(hand)
    wanted: list[Destination] = []
    hand.window.workspace.place_wanted.connect(wanted.append)
    till.table.setFocus()
    till.table.select(0)
    qtbot.keyClick(till.table, Qt.Key.Key_Return)
    assert wanted == [Destination("journal", till.table.key)]
