"""What asks for a server, sends to it and shows its groups, while no server is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.address import ServerAddress
from kwt_books.domain.errors import StorageError
from kwt_books.domain.values import Month
from kwt_books.reports.model import Column, ColumnType, Report, Row
from kwt_books.services.mirroring import Pushed
from tests.ui.windows import said
from ui.kit.button import Button
from ui.kit.errors import Problems
from ui.kit.look import GUTTER, UiContext
from ui.kit.workspace import LongWork, Message, Workspace
from ui.shell.oversight import OversightWindow
from ui.shell.sending import Sending
from ui.shell.server_dialog import ServerDialog

KNOWN = ServerAddress("postgresql://sri@host:5433/village", "melati")


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[ServerAddress]:
    """What the keyring took."""
    told: list[ServerAddress] = []

    def keep(address: ServerAddress) -> bool:
        told.append(address)
        return bool(address.password != "refused")

    monkeypatch.setattr("ui.shell.server_dialog.keep_password", keep)
    return told


class Asks:
    """The question for a server, and what it leads to."""

    def __init__(self, dialog: ServerDialog, qtbot: QtBot) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        self.dialog, self.told = dialog, list[tuple[str, ServerAddress]]()
        dialog.open_wanted.connect(lambda found: self.told.append(("one", found)))
        dialog.all_wanted.connect(lambda found: self.told.append(("all", found)))
        with qtbot.waitActive(dialog):
            dialog.show()

    def messages(self) -> dict[str, str]:
        """What is wrong, by the field."""
        rows = self.dialog.rows.items()
        return {name: row.message for name, row in rows if row.field.property("tone") == "error"}


@pytest.mark.parametrize(
    ("to_send", "title", "about", "done"),
    [(False, "Open a book on a server", "Empty: all groups side by side, for coordinators.",
      "Open"),
     (True, "Send the book to a mirror", "The mirror's name on the server, a book of its own.",
      "Send")],
)  # fmt: skip
def test_it_says_what_it_asks_for(
    english: UiContext, qtbot: QtBot, to_send: bool, title: str, about: str, done: str
) -> None:
    dialog = Asks(ServerDialog(english, KNOWN, to_send=to_send), qtbot).dialog
    assert dialog.windowTitle() == title
    assert {title, about, "Whoever looks after the server tells you all of this."} <= {
        *said(dialog)
    }
    typed = [dialog.host, dialog.database, dialog.book, dialog.user, dialog.password]
    assert [each.text() for each in typed] == ["host:5433", "village", "melati", "sri", ""]
    assert dialog.password.echoMode() is QLineEdit.EchoMode.Password
    assert dialog.host.hasFocus()
    assert not dialog.keeps.isChecked()
    cancel, go = (each for each in dialog.findChildren(Button) if each.text())
    assert [(each.text(), each.property("kind")) for each in (cancel, go)] == [
        ("Cancel", "default"), (done, "primary"),
    ]  # fmt: skip
    cancel.click()
    assert not dialog.isVisible()


@pytest.mark.parametrize("to_send", [False, True])
def test_what_is_missing_is_asked_one_field_after_the_other(
    english: UiContext, qtbot: QtBot, to_send: bool
) -> None:
    asks = Asks(ServerDialog(english, to_send=to_send), qtbot)
    dialog = asks.dialog
    wanted = ["host", "database", *(["book"] if to_send else []), "user"]
    for name in wanted:
        dialog.go()
        assert asks.messages() == {name: "This is required."}
        field: QLineEdit = getattr(dialog, name)
        assert field.hasFocus()
        field.setText("a")
    assert asks.told == []
    dialog.open_button.click()
    ((way, found),) = asks.told
    assert way == ("one" if to_send else "all")
    assert (found.host, found.database, found.book) == ("a", "a", "a" if to_send else "")
    assert not dialog.isVisible()


@pytest.mark.parametrize(("name", "text"), [("book", "Buku Kami"), ("host", "a b/c")])
def test_what_can_not_be_is_said_at_its_field(
    english: UiContext, qtbot: QtBot, name: str, text: str
) -> None:
    asks = Asks(ServerDialog(english, KNOWN), qtbot)
    getattr(asks.dialog, name).setText(text)
    asks.dialog.go()
    assert list(asks.messages()) == [name]
    assert (asks.told, asks.dialog.isVisible()) == ([], True)


def test_a_password_is_kept_only_where_that_is_wanted(
    english: UiContext, qtbot: QtBot, kept: list[ServerAddress]
) -> None:
    for ticked, password, keeps in (
        (False, "sawi", 0), (True, "", 0), (True, "sawi", 1), (True, "refused", 1),
    ):  # fmt: skip
        kept.clear()
        asks = Asks(ServerDialog(english, KNOWN), qtbot)
        asks.dialog.keeps.setChecked(ticked)
        asks.dialog.password.setText(password)
        asks.dialog.password.returnPressed.emit()
        assert [each.password for each in kept] == [password] * keeps
        if password == "refused":
            told = "This computer can't keep passwords. It will be asked for each time."
            assert asks.messages() == {"password": told}
            assert (asks.told, asks.dialog.keeps.isChecked()) == ([], False)
            asks.dialog.go()
        assert [(way, each.password) for way, each in asks.told] == [("one", password)]


# -- sending -------------------------------------------------------------------------------------


class Works:
    """Stands for the bar behind which something is sent."""

    def __init__(
        self, _workspace: Workspace, title: str, most: int, parent: QWidget, *, stops: bool
    ) -> None:
        self.about = (title, most, parent, stops)

    def start(self, work: Any, done: Any, failed: Any) -> None:
        self.work, self.done, self.failed = work, done, failed


@pytest.mark.parametrize(
    ("entries", "told"),
    [(0, "It already holds the whole book."), (1, "1 new entry was sent."),
     (7, "7 new entries were sent.")],
)  # fmt: skip
def test_how_much_was_sent_is_told_and_noted(
    still: Workspace, books: Books, around: QWidget, monkeypatch: pytest.MonkeyPatch,
    entries: int, told: str,
) -> None:  # fmt: skip
    monkeypatch.setattr("ui.shell.sending.LongWork", Works)
    said_: list[Message] = []
    changes: list[object] = []
    still.said.connect(said_.append)
    still.tasks.changed.connect(lambda change: changes.append(change.kinds))
    sending = Sending(still, books, around)
    sending.ask()
    assert isinstance(sending.dialog, ServerDialog)
    assert (sending.dialog.book.text(), sending.dialog.parent()) == ("", around)
    assert sending.dialog.windowTitle() == "Send the book to a mirror"
    sending.dialog.open_wanted.emit(KNOWN)
    long: Any = sending.dialog
    assert long.about == ("The book is sent to its mirror", 0, around, False)
    long.done(Pushed(entries, "head"))
    assert [(each.text, each.strong) for each in said_] == [(told, "The mirror is up to date.")]
    noted = still.preferences.of(still.book)
    assert (noted.mirror, noted.sent) == (KNOWN, still.ui.today)
    assert changes == [frozenset({"mirror"})]
    sending.ask()
    assert isinstance(sending.dialog, ServerDialog)
    assert sending.dialog.book.text() == KNOWN.book, "where it was sent before"
    problems: list[tuple[object, str]] = []
    monkeypatch.setattr(still.problems, "show", lambda *about: problems.append(about))
    error = StorageError("disk-full")
    long.failed(error)
    assert problems == [(error, "Nothing was sent")]


@pytest.mark.parametrize("stops", [True, False])
def test_what_must_not_be_left_half_told_has_no_cancel(
    still: Workspace, around: QWidget, stops: bool
) -> None:
    long = LongWork(still, "Sending", 0, around, stops=stops)
    long.show()
    assert long.cancel_button.isVisible() is stops


# -- all groups of a server ----------------------------------------------------------------------


class Answers:
    """Stands for the worker that asks a server."""

    def __init__(self, _owner: object) -> None:
        self.jobs: list[tuple[Callable[[], Any], Callable[[Any], object]]] = []

    def submit(self, work: Any, done: Any, *_more: Any, **_about: Any) -> None:
        self.jobs.append((work, done))

    def close(self) -> None:
        pass


@dataclass(frozen=True)
class Shown:
    """Stands for the pack of all groups."""

    reports: tuple[Report, ...]
    paper: str = ""


@pytest.mark.usefixtures("large_letters")
@pytest.mark.parametrize("width", [1180, 1340, 1500, 1770])
def test_the_name_of_the_groups_window_keeps_its_distance(
    ui: UiContext, books: Books, still: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
    width: int,
) -> None:  # fmt: skip
    monkeypatch.setattr("ui.shell.oversight.Worker", lambda _owner: Answers(None))
    window = OversightWindow(ui, books, still.problems, KNOWN.of(""))
    qtbot.addWidget(window)
    window.resize(width, 500)
    window.show()
    QApplication.processEvents()
    assert window.width() == width, "it asks for no more than the screen has"
    (name,) = (each for each in window.findChildren(QLabel) if each.property("role") == "title")
    start, tick = (each.mapTo(window, QPoint()) for each in (name, window.counts))
    beside = tick.x() - start.x() - name.sizeHint().width()
    assert beside >= GUTTER or tick.y() - start.y() >= name.height() + 8


def test_groups_are_shown_month_by_month_and_saved(
    english: UiContext, books: Books, still: Workspace, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    answers = Answers(None)
    asked: list[object] = []
    columns = (Column("n", "Cash", ColumnType.MONEY),)
    report = Report("groups", "Groups", columns, (Row("Melati", (5,), code="melati"),))
    pack = Shown((report,))

    def oversee(server: ServerAddress, month: Month, language: str, *, exceptions: bool) -> Shown:
        asked.append((server, month, language, exceptions))
        return pack

    problems: Problems = still.problems
    monkeypatch.setattr("ui.shell.oversight.Worker", lambda _owner: answers)
    monkeypatch.setattr(books, "oversee", oversee)
    window = OversightWindow(english, books, problems, KNOWN.of(""))
    qtbot.addWidget(window)
    assert window.windowTitle() == f"All groups of {KNOWN.server}"
    assert (window.month, window.save_button.isEnabled()) == ("2026-06", False), "that is over"
    window.save()
    assert len(answers.jobs) == 1
    work, done = answers.jobs[0]
    done(work())
    assert window.save_button.isEnabled()
    assert window.table.model.rowCount() == 1
    window.counts.setChecked(True)
    assert not window.save_button.isEnabled(), "until it is counted"
    window.month_button.chosen.emit("2026-05")
    assert window.month_button.text() == english.formats.month("2026-05")
    for work, _ in answers.jobs[1:]:
        work()
    assert asked == [(KNOWN.of(""), month, "en", counts) for month, counts in (
        ("2026-06", False), ("2026-06", True), ("2026-05", True),
    )]  # fmt: skip
    offered: list[tuple[Any, ...]] = []
    path = tmp_path / "All.XLSX"

    def where(*given: Any) -> Path | None:
        offered.append(given)
        return path if len(offered) > 1 else None

    written: list[Any] = []
    monkeypatch.setattr("ui.shell.oversight.ask_where", where)
    monkeypatch.setattr(books, "write", lambda *given: written.append(given))
    window.save()
    assert len(answers.jobs) == 3, "nowhere"
    window.save()
    assert offered[0][1:] == ("Save as PDF or Excel", "All groups 2026-05", [
        (".pdf", "PDF (*.pdf)"), (".xlsx", "Excel (*.xlsx)"),
    ])  # fmt: skip
    work, done = answers.jobs[-1]
    work()
    ((packed, kind, to),) = written
    assert (packed.paper, kind, to) == ("A4", "xlsx", path)
    window.show()
    assert not window.note.isVisible()
    done(None)
    assert window.note.isVisible()
    assert window.note.text == f"All.XLSX is saved. in {tmp_path}"
