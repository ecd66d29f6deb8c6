"""What there was at the start, said later than the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.book import Book
from kwt_books.domain.access import Recorded
from kwt_books.domain.documents.base import Command
from kwt_books.domain.documents.setup import Party
from kwt_books.domain.errors import RuleError
from kwt_books.queries.assets import members
from kwt_books.queries.money import choices, open_debts
from kwt_books.queries.overview import setup_data
from kwt_books.services.first_start import Answers, Good
from kwt_books.services.recorder import Recorder
from kwt_books.store.file import BookFile
from tests.conftest import NOW
from tests.services.test_first_answers import GROUP, START
from tests.ui.every_form import edits, name_of, nonsense_for, paste, places, said, text_of
from tests.ui.settings.looking import verified
from ui.first_start.opening import OpeningDialog
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow

_BARE = re.compile(r"[^0-9A-Za-z]")


@pytest.fixture
def book_path(books: Books, tmp_path: Path) -> Path:
    """A book of a group that has said nothing yet of what there was."""
    path = tmp_path / "melati.kwt"
    goods = (Good("Keripik bayam 100 g", "bungkus", "finished", 10_000, "keripik-bayam"),)
    answers = Answers(group=GROUP, start=START, goods=goods)
    books.begin(path, books.first_entries(answers).beginning())
    return path


@pytest.fixture
def opening(window: MainWindow, workspace: Workspace) -> OpeningDialog:
    workspace.open_form("opening")
    dialog = window.form("opening")
    assert isinstance(dialog, OpeningDialog)
    return dialog


def fill(dialog: OpeningDialog) -> None:
    dialog.money.money["1101"].setText("500rb")
    dialog.money.show_more()
    member = dialog.money.savings.lines[0].fields
    member["name"].setText("Wati")
    member["principal"].setText("50.000")
    dialog.next()
    line = dialog.stock.stock.lines[0].fields
    line["item"].set_value("keripik-bayam")
    line["qty"].setText("12")
    line["value"].setText("60.000")


def test_it_becomes_the_first_document(
    opening: OpeningDialog, workspace: Workspace, qtbot: QtBot, settle: Callable[[Workspace], None]
) -> None:
    fill(opening)
    with qtbot.waitSignal(workspace.tasks.changed):
        opening.next()
    settle(workspace)
    told: list[object] = []
    workspace.tasks.run(
        lambda book: (
            book.read(choices).balances["1101"],
            [each.party for each in book.read(members)],
            len(book.read(setup_data).items),
        ),
        told.append,
    )
    settle(workspace)
    assert workspace.setup is not None
    assert told == [(500_000, ["wati"], len(workspace.setup.items))]
    assert verified(workspace, qtbot)


def test_debts_both_ways_are_recorded_by_name(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, settle: Callable[[Workspace], None]
) -> None:
    known = Party(code="wr", name="Warung Bu Siti", role="shop")
    with qtbot.waitSignal(workspace.setup_changed):
        workspace.tasks.record(known, lambda _recorded: None)
    settle(workspace)
    workspace.open_form("opening")
    dialog = window.form("opening")
    assert isinstance(dialog, OpeningDialog)
    dialog.money.money["1101"].setText("500rb")
    for place, (name, role, owed) in enumerate(
        (("warung bu siti", "", "180rb"), ("Bu Yati", "customer", "25.000"))
    ):
        fields = dialog.money.owing.lines[place].fields
        qtbot.keyClicks(fields["name"], name)
        if role:
            fields["role"].set_value(role)
        qtbot.keyClicks(fields["owed"], owed)
    fields = dialog.money.owed.lines[0].fields
    qtbot.keyClicks(fields["name"], "Toko Tani")
    dialog.next()
    assert dialog.money.owed.lines[0].message, "how much is missing"
    qtbot.keyClicks(fields["owed"], "75.000")
    dialog.next()
    with qtbot.waitSignal(workspace.tasks.changed):
        dialog.next()
    settle(workspace)
    told: list[object] = []
    workspace.tasks.run(
        lambda book: {(each.name, each.account.code, each.owed) for each in book.read(open_debts)},
        told.append,
    )
    settle(workspace)
    assert told == [
        {
            ("Warung Bu Siti", "1112", 180_000),
            ("Bu Yati", "1111", 25_000),
            ("Toko Tani", "2101", 75_000),
        }
    ], "whoever is known is not set up again"
    assert verified(workspace, qtbot)


def test_what_is_wrong_is_said_beside_the_line(
    opening: OpeningDialog, workspace: Workspace, qtbot: QtBot
) -> None:
    fill(opening)
    opening.stock.stock.lines[0].fields["qty"].setText("0")
    opening.next()
    assert opening.stock.stock.lines[0].message
    assert not workspace.tasks.busy
    opening.reject()


class PassedError(RuleError):
    """Instead of recording it."""


def tried(book: Book, commands: Iterable[Command]) -> tuple[Recorded, ...]:
    with closing(BookFile.open(book.path)) as file, file.state(write=True) as state:
        tuple(Recorder(state, book.person, lambda: NOW).record_each(commands))
        raise PassedError("not-permitted")  # nothing is written


def test_nonsense_is_said_beside_its_field_and_stays(
    opening: OpeningDialog,
    workspace: Workspace,
    settle: Callable[[Workspace], None],
    monkeypatch: pytest.MonkeyPatch,
    long: bool,
) -> None:
    shown: list[BaseException] = []
    for way in ("show", "show_bug"):
        monkeypatch.setattr(workspace.problems, way, shown.append)
    monkeypatch.setattr(Book, "record_all", tried)
    fill(opening)
    owing, owed = opening.money.owing.lines[0].fields, opening.money.owed.lines[0].fields
    owing["name"].setText("Warung Bu Siti")
    owing["owed"].setText("180.000")
    owed["name"].setText("Toko Tani")
    owed["owed"].setText("75.000")
    thing = opening.stock.things.lines[0].fields
    thing["name"].setText("Rak")
    thing["acquired"].set_value("2026-01-05")
    thing["cost"].setText("90.000")
    for place, step in enumerate(opening.steps):
        opening.show_step(place)
        for at in places(step):
            for bad in nonsense_for(list(edits(step))[at], at, long=long):
                edit = list(edits(step))[at]
                before, who = text_of(edit), f"{name_of(edit)}: {bad[:20]!r}"
                paste(edit, bad)
                typed = text_of(edit)
                opening.show_step(0)
                for _ in range(3):  # an amount that is seldom meant is asked about once
                    opening.next()
                settle(workspace)
                if shown:
                    assert isinstance(shown.pop(), PassedError), who
                    opening.show_step(place)
                else:
                    assert opening.stack.currentIndex() == place, who
                    assert said(step), who
                assert _BARE.sub("", text_of(edit)) == _BARE.sub("", typed), who
                edit.setFocus()
                paste(edit, before) if before else edit.clear()
    opening.reject()
