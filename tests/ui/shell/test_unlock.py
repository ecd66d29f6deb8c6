"""An encrypted book at a start: the passphrase is asked for before anything is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.services.encryption import Encrypted
from tests.ui.windows import opened
from ui.shell.sign_in import Unlock
from ui.shell.start import Desktop

pytestmark = pytest.mark.usefixtures("quick_keys")
PHRASE = "cangkul hujan Bogor tiga"


@pytest.fixture
def locked(book_path: Path, books: Books) -> Iterator[Encrypted]:
    """The book of the start, encrypted, its phrase forgotten."""
    with closing(books.open(book_path)) as book:
        told = book.encrypt(PHRASE)
    books.lock(book_path)
    yield told
    books.lock(book_path)


@pytest.fixture
def desktop(unstarted: Desktop) -> Desktop:
    return unstarted


def asked(desktop: Desktop, qtbot: QtBot) -> Unlock:
    qtbot.waitUntil(lambda: desktop.entrance.unlocking is not None)
    found = desktop.entrance.unlocking
    assert isinstance(found, Unlock)
    return found


def test_it_opens_once_the_phrase_is_right(
    desktop: Desktop, book_path: Path, locked: Encrypted, qtbot: QtBot
) -> None:
    desktop.start(book_path)
    question = asked(desktop, qtbot)
    assert desktop.window is None
    question.enter_button.click()
    assert question.row.field.property("tone") == "error", "nothing was typed"
    question.password.setText("salah sekali ini")
    question.enter_button.click()
    qtbot.waitUntil(question.enter_button.isEnabled)
    assert question.row.message
    assert desktop.window is None
    question.password.setText(PHRASE)
    question.enter_button.click()
    opened(desktop, qtbot)
    assert desktop.window is not None
    assert desktop.window.workspace.book == book_path
    assert desktop.entrance.unlocking is None


def test_the_key_on_paper_opens_it_too(
    desktop: Desktop, book_path: Path, locked: Encrypted, qtbot: QtBot
) -> None:
    desktop.start(book_path)
    question = asked(desktop, qtbot)
    question.password.setText((locked.key or "").lower())
    question.enter()
    opened(desktop, qtbot)


def test_a_backup_asks_for_its_phrase_and_becomes_a_book(
    desktop: Desktop, book_path: Path, books: Books, locked: Encrypted, tmp_path: Path, qtbot: QtBot
) -> None:
    desktop.show_welcome()
    made = tmp_path / "pulih.kwt"
    making = desktop.entrance.making
    making.restore_to(book_path, made)
    question = making.dialog
    assert isinstance(question, Unlock)
    assert not made.exists()
    question.password.setText(PHRASE)
    question.enter()
    opened(desktop, qtbot)
    assert desktop.window is not None
    assert desktop.window.workspace.book == made
    assert books.is_encrypted(made)
