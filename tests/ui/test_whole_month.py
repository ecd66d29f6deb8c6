"""June 2026 in the real window, from the first saving to the close: with the mouse, and with the
keyboard alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from tests.books import book_at
from tests.scenarios.test_sample_month import kept_sums
from tests.ui.money_hand import CTRL
from tests.ui.month_by_hand import Treasurer
from tests.ui.sample_parts import Line, lines_of, vouchers
from tests.ui.two_hands import KeyboardHand, MouseHand
from tests.ui.windows import let_go
from ui.kit.button import Button
from ui.kit.folders import Folders
from ui.kit.preferences import Preferences
from ui.shell.start import Desktop


@pytest.fixture
def month(sample_stream: Path) -> tuple[list[Line], list[Line]]:
    """What is set up and how the group stands, and what happens then."""
    lines = lines_of(sample_stream)
    first = next(at for at, line in enumerate(lines) if line["kind"] == "opening_balance")
    return lines[: first + 1], lines[first + 1 :]


@pytest.fixture
def new_book(books: Books, month: tuple[list[Line], list[Line]], tmp_path: Path) -> Path:
    return book_at(books, tmp_path / "juni.kwt", month[0])


SETTLES = 100
"""Milliseconds: enough that the second half of a double click finds a new button deaf."""


@pytest.fixture(params=[MouseHand, KeyboardHand])
def treasurer(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    books: Books,
    folders: Folders,
    preferences: Preferences,
    new_book: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Treasurer]:
    """In front of the window, as a start of the program opens it."""
    monkeypatch.setattr(Button, "SETTLES", SETTLES)
    desktop = Desktop(qapp, books, folders, preferences)
    assert desktop.start(new_book)
    qtbot.waitUntil(lambda: desktop.window is not None)
    window = desktop.window
    assert window is not None
    qtbot.waitUntil(window.isActiveWindow)
    hand: Treasurer = request.param(window, qtbot)
    hand.settle()
    yield hand
    desktop.close()
    let_go()


def numbers(path: Path) -> list[str]:
    return [left.number for _, left in vouchers(path)]


def test_the_month_by_hand_is_the_month_imported(
    treasurer: Treasurer,
    month: tuple[list[Line], list[Line]],
    new_book: Path,
    sample_path: Path,
    expected: dict[str, Any],
) -> None:
    treasurer.press(Qt.Key.Key_PageUp, CTRL)
    assert treasurer.window.workspace.month == "2026-06"
    typed = [treasurer.enter(line) for line in month[1]]
    assert numbers(new_book)[-len(typed) :] == typed
    assert vouchers(new_book) == vouchers(sample_path)
    assert numbers(new_book) == expected["voucher_numbers"]
    assert kept_sums(new_book) == kept_sums(sample_path)
