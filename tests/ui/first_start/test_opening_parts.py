"""The dialog of what there was at the start, over a desk whose book never answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.documents.opening import OpeningBalance
from kwt_books.domain.documents.setup import Group, Item, Party
from kwt_books.domain.errors import InvalidDocument, Issue, RefusedAt, StorageError
from kwt_books.queries.overview import SetupData
from tests.ui.windows import said
from ui.first_start.opening import OpeningDialog, make_opening
from ui.kit.drafts import drafts_of
from ui.kit.workspace import Message, Workspace
from ui.settings.group import GroupForm

GROUP = Group(name="KWT Melati", village="Kaliawi", district="Tanjungkarang", city="Bandar Lampung",
              chair="Aryanah", treasurer="Siti", language="id", paper="A4")  # fmt: skip
SETUP = SetupData(
    GROUP, {}, {"pare": Item(code="pare", name="Chips", unit="pack", item_class="finished")},
    {"siti": Party(code="siti", name="Warung Bu Siti", role="shop"),
     "tani": Party(code="tani", name="Toko Tani", role="supplier")}, {},
)  # fmt: skip


@dataclass
class Book:
    """Stands for the book: what is recorded waits for its answer."""

    recorded: list[Any] = field(default_factory=list)

    def record(self, command: Any, done: Any, failed: Any, **about: Any) -> None:
        settled = about["settled"]
        self.recorded.append(
            SimpleNamespace(commands=(*about["before"], command), done=done, failed=failed,
                            settled=settled)
        )  # fmt: skip


@pytest.fixture
def book(still: Workspace, monkeypatch: pytest.MonkeyPatch) -> Book:
    made = Book()
    monkeypatch.setattr(still.tasks, "record", made.record)
    return made


@pytest.fixture
def opening(still: Workspace, book: Book, books: Books, qtbot: QtBot) -> OpeningDialog:
    still.setup = replace(SETUP, accounts=books.chart())
    dialog = make_opening(still, {})
    assert isinstance(dialog, OpeningDialog)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    return dialog


def test_money_is_asked_first_and_then_goods(
    opening: OpeningDialog, book: Book, qtbot: QtBot
) -> None:
    back, on, save = opening.back_button, opening.next_button, opening.save_button
    assert opening.windowTitle() == "What there was at the start"
    assert {"How much money did the group have?", "Not recorded yet"} <= {*said(opening)}
    assert not any(each.number.isVisible() for each in opening.steps)
    assert opening.findChild(QFrame, "bar") is not None
    assert save.toolTip() == "Save (Ctrl+S)"
    kinds = [each.property("kind") for each in (back, on, save)]
    assert kinds == ["default", "primary", "primary"]
    assert {each.property("scale") for each in (back, on, save)} == {"large"}
    control = Qt.KeyboardModifier.ControlModifier
    ways: tuple[Callable[[], object], ...] = (
        on.click,
        lambda: qtbot.keyClick(opening, Qt.Key.Key_Return, control),
        lambda: qtbot.keyClick(opening, Qt.Key.Key_S, control),
    )
    for way in ways:
        assert [each.isVisible() for each in (back, on, save)] == [False, True, False]
        assert opening.money.money["1101"].hasFocus()
        qtbot.keyClick(opening, Qt.Key.Key_Return)
        assert opening.stack.currentIndex() == 0, "Enter alone goes on to the next field"
        way()
        assert opening.stack.currentIndex() == 1
        assert [each.isVisible() for each in (back, on, save)] == [True, False, True]
        back.click()
    assert book.recorded == []


def test_goods_and_shops_of_the_book_are_offered_with_those_just_named(
    opening: OpeningDialog,
) -> None:
    for place, name in enumerate(("WARUNG BU SITI", "Warung Pak Joko", "Bu Yati")):
        line = opening.money.owing.lines[place].fields
        line["name"].setText(name)
        line["role"].set_value("shop" if place < 2 else "customer")
        line["owed"].set_value(1)
    opening.show_step(1)
    fields = opening.stock.stock.lines[0].fields
    assert fields["item"].codes == ["pare"]
    assert fields["shop"].codes == ["", "Warung Bu Siti", "Warung Pak Joko"]


def filled(opening: OpeningDialog) -> None:
    opening.money.money["1101"].set_value(500_000)
    line = opening.money.owing.lines[0].fields
    line["name"].setText("Warung Pak Joko")
    line["owed"].set_value(7_000)
    opening.next()


def test_what_there_was_is_recorded_once_with_new_parties_before_it(
    opening: OpeningDialog, still: Workspace, book: Book
) -> None:
    told: list[Message] = []
    still.said.connect(told.append)
    filled(opening)
    opening.save_button.click()
    opening.next()
    (asked,) = book.recorded
    party, recorded = asked.commands
    assert isinstance(party, Party)
    assert isinstance(recorded, OpeningBalance)
    assert (party.name, recorded.balances["1101"]) == ("Warung Pak Joko", 500_000)
    opening.reject()
    assert opening.isVisible(), "it may still be refused"
    drafts = drafts_of(still.folders.data, still.book)
    assert drafts.names() == ("opening",)
    asked.done(SimpleNamespace(number="BM-1"))
    asked.settled()
    assert not opening.isVisible()
    assert [each.strong for each in told] == ["Saved BM-1."]
    assert drafts.names() == ()


def test_what_is_refused_is_told_where_it_was_asked(
    opening: OpeningDialog, still: Workspace, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []
    monkeypatch.setattr(still.problems, "show", shown.append)
    filled(opening)
    opening.save_button.click()
    (asked,) = book.recorded
    asked.settled()
    disk = StorageError("disk-full")
    asked.failed(disk)
    named, day = Issue("name", "too-long", {"most": 80}), Issue("date", "too-late")
    for place, issue, step in ((0, named, 0), (1, day, 0)):
        opening.show_step(1)
        asked.failed(RefusedAt(place, InvalidDocument((issue,))))
        assert opening.stack.currentIndex() == step
    assert opening.money.question("start").message == still.explain(day)
    assert shown == [disk], "what is no field's is told by itself"
    opening.reject()
    assert not opening.isVisible()


def test_what_was_typed_is_kept(opening: OpeningDialog, still: Workspace, qtbot: QtBot) -> None:
    opening.money.money["1101"].set_value(500_000)
    opening.reject()
    again = OpeningDialog(still)
    qtbot.addWidget(again)
    assert again.money.money["1101"].value() == 500_000


def test_a_book_without_a_group_asks_for_it_first(still: Workspace, qtbot: QtBot) -> None:
    dialog = make_opening(still, {})
    qtbot.addWidget(dialog)
    assert not isinstance(dialog, OpeningDialog)
    assert isinstance(getattr(dialog, "form", dialog), GroupForm)
