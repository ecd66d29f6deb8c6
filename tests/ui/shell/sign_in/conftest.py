"""The sample month with people, and the desktop that asks who is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.access import Person, Role
from kwt_books.domain.documents.setup import PersonSetup
from kwt_books.i18n.catalogue import resources_dir
from tests.conftest import Watch
from tests.ui.shell.sign_in.hand import AUDITOR, CHAIR, PASSWORD, TREASURER, asking
from tests.ui.windows import let_go
from ui.kit.folders import Folders
from ui.kit.preferences import Preferences
from ui.shell.sign_in import SignIn
from ui.shell.start import Desktop


@pytest.fixture
def guarded(book_path: Path, books: Books, quick_passwords: None) -> tuple[Path, str]:
    """The sample month with people, and its recovery key."""
    book = books.open(book_path)
    people = [
        (PersonSetup(name=CHAIR, role=Role.CHAIR), PASSWORD),
        (PersonSetup(name=TREASURER, role=Role.TREASURER), PASSWORD),
        (PersonSetup(name=AUDITOR, role=Role.AUDITOR), PASSWORD),
    ]
    key = book.people.begin(people)
    book.close()
    return book_path, key


@pytest.fixture
def desktop(
    qapp: QApplication, watch: Watch, folders: Folders, preferences: Preferences
) -> Iterator[Desktop]:
    books = Books(resources_dir(), watch, Person("PC-01", Role.CHAIR))
    made = Desktop(qapp, books, folders, preferences)
    yield made
    made.close()
    let_go()


@pytest.fixture
def asked(desktop: Desktop, guarded: tuple[Path, str], qtbot: QtBot) -> SignIn:
    """The question who is there."""
    desktop.start(guarded[0])
    return asking(desktop, qtbot)
