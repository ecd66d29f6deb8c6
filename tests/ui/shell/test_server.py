"""A book on a server in the desktop: opened, remembered, and followed while others record."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import keyring
import psycopg
import pytest
from keyring.backend import KeyringBackend
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.address import ServerAddress, server_of
from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.errors import StorageError
from kwt_books.domain.values import Month
from kwt_books.store.server import ahead
from tests.books import copied
from tests.conftest import DATA, NOW
from tests.proxies import proxy_to
from tests.servers import Server
from tests.ui.windows import LAPTOP, at_rest, opened
from ui.diary.page import JournalPage
from ui.kit.workspace import Destination
from ui.settings.backup import MirrorCard
from ui.shell.oversight import OversightWindow
from ui.shell.passwords import keep_password, with_password
from ui.shell.places import PLACES
from ui.shell.server_dialog import ServerDialog
from ui.shell.start import Desktop

_numbers = iter(range(1_000))


@pytest.fixture
def june(books: Books, server: Server) -> ServerAddress:
    address = server.address(f"layar-{next(_numbers)}")
    books.import_stream(address, BytesIO((DATA / "juni-2026.jsonl").read_bytes()))
    return address


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[(service, username)] = password


@pytest.fixture
def ring() -> Any:
    before, mine = keyring.get_keyring(), Ring()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


def filled(desktop: Desktop, qtbot: QtBot, address: ServerAddress) -> ServerDialog:
    assert desktop.welcome is not None
    desktop.welcome.server_wanted.emit()
    dialog = desktop.entrance.asking_server
    assert isinstance(dialog, ServerDialog)
    dialog.host.setText(address.host)
    dialog.database.setText(address.database)
    dialog.book.setText(address.book)
    dialog.user.setText(address.user)
    return dialog


def test_a_book_on_a_server_is_opened_and_remembered(
    desktop: Desktop, qtbot: QtBot, june: ServerAddress, ring: Ring
) -> None:
    dialog = filled(desktop, qtbot, june)
    dialog.password.setText("sawi")
    dialog.keeps.setChecked(True)
    dialog.go()
    opened(desktop, qtbot)
    assert desktop.window is not None
    assert desktop.window.workspace.book == june
    assert desktop.preferences.recent[0] == june
    assert list(ring.kept.values()) == ["sawi"]
    found = with_password(june)
    assert isinstance(found, ServerAddress)
    assert found.password == "sawi"


def test_what_another_desk_records_is_shown(
    desktop: Desktop, books: Books, qtbot: QtBot, june: ServerAddress, ring: Ring
) -> None:
    filled(desktop, qtbot, june).go()
    opened(desktop, qtbot)
    assert desktop.window is not None
    tasks = desktop.window.workspace.tasks
    from kwt_books.store.server import engine

    with (
        pytest.MonkeyPatch.context() as other,
        qtbot.waitSignal(tasks.changed, timeout=60_000),
    ):
        other.setattr(engine, "DESK", "another")
        with closing(books.open(june)) as book:
            book.record(Transfer(date=NOW.date(), source="1101", to="1103", amount=1_000))


def deaf(_books: Books, _address: ServerAddress) -> None:
    raise StorageError("server-unreachable", detail="nobody listens")


FEW = 9
"""Answers that a page waits for at most, all that it asks taken together."""
SHOWN = (*map(Destination, PLACES), Destination("cash", "debts"), Destination("stock", "count"))


def test_the_screen_waits_for_no_answer_of_a_server_and_a_page_for_few(
    desktop: Desktop,
    qtbot: QtBot,
    june: ServerAddress,
    server: Server,
    ring: Ring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever page is shown, and whatever is recorded, another thread waits."""
    monkeypatch.setattr(ahead, "FAR", 0)
    waited: set[str] = set()

    def watched(wait: Any) -> Any:
        def noted(*arguments: Any, **named: Any) -> Any:
            waited.add(threading.current_thread().name)
            return wait(*arguments, **named)

        return noted

    for name in ("wait", "connect"):
        monkeypatch.setattr(psycopg.Connection, name, watched(getattr(psycopg.Connection, name)))
    with proxy_to(server.port) as proxy:
        there = server_of(str(june).replace(f":{server.port}/", f":{proxy.port}/"))
        # What listens and checks beside the pages has connections of its own, which don't count.
        desktop.preferences.of(there).checked = (NOW.date(), True)
        monkeypatch.setattr(Books, "bell", deaf)
        filled(desktop, qtbot, there).go()
        opened(desktop, qtbot)
        window = desktop.window
        assert window is not None
        window.resize(*LAPTOP)
        window.workspace.show_month(Month("2026-06"))
        at_rest(window.workspace, qtbot)
        for place in SHOWN:
            before = proxy.asked
            window.show_place(place)
            at_rest(window.workspace, qtbot)
            assert proxy.asked - before <= FEW, place
        window.show_place(Destination("journal"))
        diary = window.findChild(JournalPage)
        assert isinstance(diary, JournalPage)
        qtbot.waitUntil(lambda: diary.document.story is not None)
        assert diary.document.story is not None
        assert diary.document.story.number == diary.model.lines[0].number
        assert diary.filter.count.text()
        recorded: list[object] = []
        transfer = Transfer(date=NOW.date(), source="1101", to="1103", amount=1_000)
        window.workspace.tasks.record(transfer, recorded.append)
        qtbot.waitUntil(lambda: bool(recorded))
        at_rest(window.workspace, qtbot)
        window.close()
    assert waited
    assert threading.main_thread().name not in waited


def test_a_server_that_does_not_answer_is_said(
    desktop: Desktop, qtbot: QtBot, june: ServerAddress, ring: Ring
) -> None:
    dialog = filled(desktop, qtbot, june)
    dialog.host.setText("127.0.0.1:1")
    dialog.go()
    qtbot.waitUntil(lambda: desktop.problems.shown is not None)
    assert desktop.problems.shown is not None
    desktop.problems.shown.close()


def test_a_computer_without_a_keyring_asks_each_time(
    june: ServerAddress, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: str) -> None:
        raise keyring.errors.NoKeyringError

    monkeypatch.setattr(ring, "set_password", refuse)
    assert not keep_password(replace(june, password="sawi"))
    assert with_password(june) == june


def test_what_is_new_is_sent_to_the_mirror_by_a_button(
    desktop: Desktop,
    books: Books,
    server: Server,
    sample_path: Path,
    tmp_path: Path,
    qtbot: QtBot,
    ring: Ring,
) -> None:
    path = copied(books, sample_path, tmp_path / "melati.kwt")
    desktop.entrance.open_wanted.emit(path, "settings")
    opened(desktop, qtbot)
    assert desktop.window is not None
    desktop.window.workspace.go("settings", "backup")
    card = desktop.window.findChild(MirrorCard)
    assert isinstance(card, MirrorCard)
    mirror, tasks = server.address(f"layar-cermin-{next(_numbers)}"), desktop.window.workspace.tasks

    def send() -> None:
        card.send_button.click()
        assert desktop.sending is not None
        dialog = desktop.sending.dialog
        assert isinstance(dialog, ServerDialog)
        if not dialog.book.text():
            dialog.go()
            assert dialog.rows["host"].message
            dialog.host.setText(mirror.host)
            dialog.database.setText(mirror.database)
            dialog.user.setText(mirror.user)
            dialog.go()
            assert dialog.rows["book"].message
            dialog.book.setText(mirror.book)
        with qtbot.waitSignal(tasks.changed, timeout=60_000):
            dialog.go()

    send()
    assert str(mirror) in card.state.text
    with closing(books.open(path)) as book, closing(books.open(mirror, read_only=True)) as there:
        assert there.standing() == book.standing()
        book.record(Transfer(date=NOW.date(), source="1101", to="1103", amount=1_000))
        send()
        assert there.standing() == book.standing()


def test_a_coordinator_sees_all_groups_and_prints_them(
    desktop: Desktop,
    qtbot: QtBot,
    june: ServerAddress,
    ring: Ring,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    filled(desktop, qtbot, june.of("")).go()
    window = desktop.entrance.overseeing
    assert isinstance(window, OversightWindow)
    window.ask(Month("2026-06"))
    qtbot.waitUntil(lambda: window.pack is not None, timeout=60_000)
    assert window.pack is not None
    (report,) = window.pack.reports
    assert june.book in {row.code for row in report.rows}
    for name in ("semua.pdf", "semua.xlsx"):
        path = tmp_path / name
        monkeypatch.setattr("ui.shell.oversight.ask_where", lambda *_, path=path: path)
        window.save()
        qtbot.waitUntil(path.exists, timeout=60_000)
        qtbot.waitUntil(lambda name=path.name: name in window.note.text)
    left: list[bool] = []
    desktop.entrance.left.connect(lambda: left.append(True))
    assert desktop.welcome is not None
    desktop.welcome.reject()
    assert window.isVisible()
    assert not left, "the groups are still looked at"
    window.reject()
    assert left == [True]
