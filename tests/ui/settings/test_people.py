"""Who signs in: the first people, others, passwords, the key on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Person, Role
from kwt_books.domain.documents.setup import PersonSetup
from kwt_books.domain.errors import StorageError
from kwt_books.services.people import People
from tests.ui.windows import message
from ui.kit.document_form import SetupForm
from ui.kit.drafts import drafts_of
from ui.kit.form import FormDialog
from ui.kit.recovery_key import KeyDialog
from ui.kit.workspace import Workspace
from ui.settings.lists import PeoplePage
from ui.shell.window import MainWindow

PASSWORD = "sawi-hijau"


def test_passwords_begin_with_the_chair(
    part: Callable[[str, type[PeoplePage]], PeoplePage],
    form: Callable[..., SetupForm],
    window: MainWindow,
    workspace: Workspace,
    qtbot: QtBot,
) -> None:
    page = part("people", PeoplePage)
    assert page.empty.isVisible()
    workspace.drafts.write("sale", {"memo": "Pesanan"})
    first = form("first_people")
    assert first.chair.value() == "Aryanah"  # type: ignore[attr-defined]
    first.chair_password.setText(PASSWORD)  # type: ignore[attr-defined]
    first.save()
    assert message(first, "treasurer_password")
    first.treasurer_password.setText(PASSWORD)  # type: ignore[attr-defined]
    first.save()
    qtbot.waitUntil(lambda: window.findChild(KeyDialog) is not None)
    dialog = window.findChild(KeyDialog)
    dialog.kept.setChecked(True)
    with qtbot.waitSignal(workspace.person_changed) as told:
        dialog.done_button.click()
    assert told.args == [Person("Aryanah", Role.CHAIR, signed_in=True)]
    assert window.form("first_people") is None
    hers = drafts_of(workspace.folders.data, workspace.book, "Aryanah")
    assert hers.read("sale") == {"memo": "Pesanan"}, "what was begun before goes with her"
    qtbot.waitUntil(page.card.isVisible)


class TestPeople:
    """The chair is signed in."""

    @pytest.fixture
    def person(self) -> Person:
        return Person("Aryanah", Role.CHAIR, signed_in=True)

    @pytest.fixture
    def book_path(self, book_path: Path, books: Books, quick_passwords: None) -> Path:
        book = books.open(book_path)
        people = [
            (PersonSetup(name="Aryanah", role=Role.CHAIR), PASSWORD),
            (PersonSetup(name="Siti Rohmah", role=Role.TREASURER), PASSWORD),
        ]
        book.people.begin(people)
        book.close()
        return book_path

    @pytest.fixture(autouse=True)
    def signed_in(self, window: MainWindow, qtbot: QtBot) -> None:
        signed: list[Person] = []
        window.workspace.tasks.run(lambda book: book.sign_in("Aryanah", PASSWORD), signed.append)
        qtbot.waitUntil(lambda: bool(signed))

    def can_sign_in(self, books: Books, path: Path, name: str, password: str) -> bool:
        book: Book = books.open(path)
        try:
            return bool(book.sign_in(name, password))
        finally:
            book.close()

    def test_an_auditor_is_let_in(
        self,
        part: Callable[[str, type[PeoplePage]], PeoplePage],
        form: Callable[..., SetupForm],
        books: Books,
        book_path: Path,
        qtbot: QtBot,
        workspace: Workspace,
    ) -> None:
        page = part("people", PeoplePage)
        new = form("person")
        new.person_name.setText("Pak Chandra")  # type: ignore[attr-defined]
        new.role.set_value("auditor")  # type: ignore[attr-defined]
        new.password.setText("123")  # type: ignore[attr-defined]
        new.save()
        assert message(new, "password"), "too short"
        new.password.setText("kangkung")  # type: ignore[attr-defined]
        with qtbot.waitSignal(workspace.tasks.changed):
            new.save()
        qtbot.waitUntil(lambda: len(page.table.list_model.rows) == 3)
        assert self.can_sign_in(books, book_path, "Pak Chandra", "kangkung")

    def test_the_last_chair_stays(
        self,
        part: Callable[[str, type[PeoplePage]], PeoplePage],
        window: MainWindow,
        qtbot: QtBot,
        workspace: Workspace,
    ) -> None:
        page = part("people", PeoplePage)
        page.open("Aryanah")
        dialog = window.form("person")
        assert isinstance(dialog, FormDialog)
        form = dialog.form
        assert isinstance(form, SetupForm)
        assert not form.person_name.isEnabled()  # type: ignore[attr-defined]
        form.role.set_value("treasurer")  # type: ignore[attr-defined]
        form.save()
        qtbot.waitUntil(lambda: bool(message(form, "role")))
        dialog.reject()

    def test_a_disk_that_refuses_a_password_is_said(
        self, form: Callable[..., SetupForm], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: str) -> None:
            raise StorageError("disk-full", detail="")

        monkeypatch.setattr(People, "set_password", full)
        own = form("password")
        own.old.setText(PASSWORD)  # type: ignore[attr-defined]
        own.new.setText("bayam-merah")  # type: ignore[attr-defined]
        own.again.setText("bayam-merah")  # type: ignore[attr-defined]
        own.save()
        qtbot.waitUntil(lambda: own.workspace.problems.shown is not None)
        assert not own.saving
        own.workspace.problems.shown.close()  # type: ignore[union-attr]

    def test_ones_own_password(
        self,
        window: MainWindow,
        form: Callable[..., SetupForm],
        books: Books,
        book_path: Path,
        qtbot: QtBot,
        workspace: Workspace,
    ) -> None:
        own = form("password")
        own.old.setText("salah-sandi")  # type: ignore[attr-defined]
        own.new.setText("bayam-merah")  # type: ignore[attr-defined]
        own.again.setText("bayam-putih")  # type: ignore[attr-defined]
        own.save()
        assert message(own, "again")
        own.again.setText("bayam-merah")  # type: ignore[attr-defined]
        own.save()
        qtbot.waitUntil(lambda: bool(message(own, "old")))
        own.old.setText(PASSWORD)  # type: ignore[attr-defined]
        with qtbot.waitSignal(workspace.tasks.changed):
            own.save()
        assert self.can_sign_in(books, book_path, "Aryanah", "bayam-merah")
