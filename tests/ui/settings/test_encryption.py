"""Encrypting the open book in the settings, and what a window of it asks at the next start."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.errors import StorageError
from kwt_books.store.keys import MARK
from ui.kit.button import Button
from ui.kit.dialog import MessageDialog
from ui.kit.printing import PaperDialog
from ui.kit.recovery_key import KeyCard, KeyDialog
from ui.kit.workspace import Message, Workspace
from ui.settings.encryption import EncryptionCard, PhraseDialog

pytestmark = pytest.mark.usefixtures("quick_keys")
PHRASE = "cangkul hujan Bogor tiga"


@pytest.fixture
def card(
    workspace: Workspace, books: Books, qtbot: QtBot, settle: Callable[[Workspace], None]
) -> Iterator[EncryptionCard]:
    made = EncryptionCard(workspace)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    settle(workspace)
    yield made
    books.lock(workspace.book)


def typed(card: EncryptionCard, phrase: str, again: str) -> PhraseDialog:
    card.encrypt_button.click()
    dialog = card.dialog
    assert isinstance(dialog, PhraseDialog)
    dialog.fields.phrase.setText(phrase)
    dialog.fields.again.setText(again)
    dialog.save_button.click()
    return dialog


def key_shown(card: EncryptionCard, qtbot: QtBot) -> KeyDialog:
    qtbot.waitUntil(lambda: isinstance(card.dialog, KeyDialog))
    assert isinstance(card.dialog, KeyDialog)
    return card.dialog


def test_the_book_is_encrypted_and_its_key_is_shown_and_printed(
    card: EncryptionCard, workspace: Workspace, books: Books, qtbot: QtBot
) -> None:
    path = workspace.book
    assert not card.decrypt_button.isVisible()
    typed(card, PHRASE, PHRASE)
    dialog = key_shown(card, qtbot)
    assert path.read_bytes().startswith(MARK)
    shown = dialog.findChild(KeyCard)
    shown.print_button.click()
    qtbot.waitUntil(lambda: dialog.findChild(PaperDialog) is not None)
    dialog.findChild(PaperDialog).reject()
    books.lock(path)
    books.unlock(path, shown.key.text())
    dialog.kept.click()
    dialog.done_button.click()
    qtbot.waitUntil(card.decrypt_button.isVisible)
    assert card.state.property("tone") == "good"


def test_another_passphrase_takes_the_place_of_the_first(
    card: EncryptionCard, workspace: Workspace, books: Books, qtbot: QtBot
) -> None:
    """Esc in the middle, a weak one and a double click change it no more than once."""
    said: list[Message] = []
    workspace.said.connect(said.append)
    typed(card, PHRASE, PHRASE)
    key_shown(card, qtbot).done(0)
    qtbot.waitUntil(card.decrypt_button.isVisible)
    before, verb = workspace.book.read_bytes(), workspace.ui.t("Change the passphrase")
    qtbot.mouseClick(card.encrypt_button, Qt.MouseButton.LeftButton)
    dialog = card.dialog
    assert isinstance(dialog, PhraseDialog)
    assert card.encrypt_button.text() == dialog.save_button.text() == verb
    qtbot.keyClicks(dialog.fields.phrase, "pendek")
    qtbot.keyClick(dialog.fields.phrase, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert workspace.book.read_bytes() == before

    typed(card, "pendek", "pendek").reject()
    assert workspace.book.read_bytes() == before
    other = "ember pagar langit tujuh"
    dialog = typed(card, other, other)
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    key_shown(card, qtbot).done(0)
    assert said[-1].strong == workspace.ui.t("The passphrase is changed.")
    books.lock(workspace.book)
    with pytest.raises(StorageError):
        books.unlock(workspace.book, PHRASE)
    books.unlock(workspace.book, other)


def test_it_is_made_readable_again_after_a_question(
    card: EncryptionCard, workspace: Workspace, qtbot: QtBot
) -> None:
    typed(card, PHRASE, PHRASE)
    key_shown(card, qtbot).done(0)
    qtbot.waitUntil(card.decrypt_button.isVisible)
    card.decrypt_button.click()
    question = card.dialog
    assert isinstance(question, MessageDialog)
    (yes,) = (each for each in question.findChildren(Button) if each.text() == "Hapus enkripsi")
    yes.click()
    qtbot.waitUntil(lambda: not card.decrypt_button.isVisible())
    assert workspace.book.read_bytes().startswith(b"SQLite format 3")


def test_the_key_is_shown_once_more(
    card: EncryptionCard, workspace: Workspace, qtbot: QtBot
) -> None:
    typed(card, PHRASE, PHRASE)
    first = key_shown(card, qtbot).findChild(KeyCard).key.text()
    card.dialog.done(0)
    card.dialog = None
    qtbot.waitUntil(card.key_button.isVisible)
    card.key_button.click()
    assert key_shown(card, qtbot).findChild(KeyCard).key.text() == first


def test_a_disk_that_refuses_is_said_and_the_book_stays(
    card: EncryptionCard, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise StorageError("disk-full", path=workspace.book)

    monkeypatch.setattr("kwt_books.services.encryption.must_pass", full)
    typed(card, PHRASE, PHRASE)
    qtbot.waitUntil(lambda: workspace.problems.shown is not None)
    workspace.problems.shown.close()
    assert not workspace.book.read_bytes().startswith(MARK)
    assert not workspace.tasks.busy
