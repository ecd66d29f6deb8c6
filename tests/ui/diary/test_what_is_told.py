"""How the diary shows a document, of documents that no book has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QMenu
from pytestqt.qtbot import QtBot

from kwt_books.domain.kind import Paper
from kwt_books.reports.narrative import Fragment
from kwt_books.reports.story import (
    Amount,
    Goods,
    GoodsMoved,
    MoveLine,
    PostingLine,
    Story,
    Weight,
)
from tests.ui.rules import broken
from tests.ui.windows import let_go, said
from ui.diary.document import DocumentView, Shown
from ui.diary.parts import Accounts, GoodsPart, told
from ui.kit.button import Button
from ui.kit.card import Badge, Note
from ui.kit.look import GUTTER, UiContext
from ui.kit.workspace import Workspace

GOODS = (
    Goods("k", "Keripik <baru>", 12_500, "bungkus", "L-1", date(2026, 6, 4)),
    Goods("s", "Sambal", 2_000, "botol", "SM-7"),
    Goods("b", "Bibit", 3_000, "batang"),
)
STORY = Story(
    number="BKM-2606-0012", numbered=True, kind="sale", day=date(2026, 6, 5), title="Sale",
    told=(Fragment("Sold to "), Fragment("Siti & co", "warn")), memo="By hand", reference="N-7",
    money=(Amount("Sold", 50_000), Amount("Spoiled", -9_000), Amount("Sum", 41_000, Weight.SUM),
           Amount("Profit", 30_000, Weight.RESULT, "good")),
    goods=(GoodsMoved("Out of the store", GOODS),),
    postings=(PostingLine("1101", "Cash box", 50_000), PostingLine("4101", "Sales", -50_000)),
    moves=(MoveLine("Store", "Keripik", "L-1", -12_500, "bungkus", -40_000),
           MoveLine("Bed", "", "", 0, "", 700)),
    attached=(), seal="7F3A-91C2", sound=True,
    recorded_at="2026-06-05T17:04:00+07:00", recorded_by="Wati", corrects=None,
    corrected_by=None, correctable=True, open_from=date(2026, 6, 1), payload={},
)  # fmt: skip
PAPERS = (Paper("receipt", "Receipt", ""), Paper("voucher", "Voucher", ""))


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def view(workspace: Workspace, qtbot: QtBot) -> DocumentView:
    made = DocumentView(workspace)
    qtbot.addWidget(made)
    return made


def show(view: DocumentView, shown: Shown | None) -> None:
    """Shows a document; what was there before is gone."""
    view.show_document(shown)
    let_go()


def buttons(view: DocumentView) -> dict[str, Button]:
    return {
        each.text() or each.accessibleName(): each
        for each in view.findChildren(Button)
        if not each.isHidden()
    }


def texts(view: DocumentView) -> list[str]:
    return [each for each in said(view) if not each.startswith("<")]


def test_a_document_is_told_from_top_to_seal(view: DocumentView) -> None:
    show(view, Shown(STORY, PAPERS))
    shown = texts(view)
    assert {"Sale", "Friday, 5 June 2026 · paper no. N-7", "Remark: By hand"} <= {*shown}
    assert [each.text for each in view.findChildren(Badge)] == ["BKM-2606-0012"]
    for name, figure in (
        ("Sold", "50,000"), ("Spoiled", "−9,000"), ("Sum", "41,000"), ("Profit", "Rp30,000"),
    ):  # fmt: skip
        assert shown[shown.index(name) + 1] == figure
    (note,) = view.findChildren(Note)
    assert note.text.startswith("Seal 7F3A-91C2 matches. Recorded by Wati, 5 June 2026")
    assert note.property("tone") == ""
    assert view.drop.text == "Drop to attach it to BKM-2606-0012"
    show(view, None)
    assert view.story is None
    assert view.drop.text == ""
    assert texts(view) == []


def test_what_was_undone_or_undoes_leads_to_the_other(
    view: DocumentView, workspace: Workspace
) -> None:
    wanted: list[str] = []
    workspace.place_wanted.connect(lambda there: wanted.append(f"{there.place}/{there.part}"))
    undone = replace(STORY, corrected_by="BM-9", correctable=False)
    show(view, Shown(undone, PAPERS))
    assert "undone" in [each.text for each in view.findChildren(Badge)]
    link = view.findChildren(Note)[0]
    assert (link.text, link.property("tone")) == ("This was undone by BM-9.", "warn")
    assert "Correct" not in buttons(view)
    buttons(view)["View it"].click()
    show(view, Shown(replace(STORY, corrects="BKM-1"), PAPERS))
    link = view.findChildren(Note)[0]
    assert (link.text, link.property("tone")) == ("This undoes BKM-1.", "")
    buttons(view)["View it"].click()
    show(view, Shown(replace(STORY, sound=False), PAPERS))
    seal = view.findChildren(Note)[0]
    assert seal.text.startswith("Seal 7F3A-91C2 does NOT match. Recorded by Wati")
    assert seal.property("tone") == "error"
    buttons(view)["Check the book"].click()
    assert wanted == ["journal/BM-9", "journal/BKM-1", "audit/verify"]


def test_what_can_be_done_with_it_stands_at_its_foot(
    view: DocumentView, workspace: Workspace
) -> None:
    opened: list[tuple[str, object]] = []
    workspace.form_wanted.connect(lambda name, given: opened.append((name, given)))
    show(view, Shown(STORY, PAPERS))
    assert list(buttons(view))[-4:] == [
        "Correct", "Print", "Attach a photo or PDF, or drop it here", "More",
    ]  # fmt: skip
    assert buttons(view)["Print"].toolTip().startswith("Receipt")
    buttons(view)["Correct"].click()
    assert opened == [("correction", {"story": STORY})]
    view.waits = True
    view.correct()
    assert len(opened) == 1, "another is being read"
    actions = view.menu_actions()
    assert [(text, icon) for text, _, icon in actions] == [
        ("Print: Receipt", "printer"), ("Print: Voucher", "printer"), ("Copy the number", "copy"),
    ]  # fmt: skip
    actions[-1][1]()
    assert QGuiApplication.clipboard().text() == "BKM-2606-0012"
    undone = replace(
        STORY,
        corrected_by="BKK-2606-0001",
        payload={"id": "kwt-1", "kind": "sale", "date": "2026-06-05", "memo": "x"},
    )
    show(view, Shown(undone, PAPERS))
    act = next(act for text, act, _ in view.menu_actions() if text == "Record it again")
    act()
    assert opened[-1] == ("sale", {"date": "2026-06-05", "memo": "x"})
    show(view, Shown(replace(undone, kind="correction"), PAPERS))
    assert "Record it again" not in [text for text, _, _ in view.menu_actions()]
    line = replace(STORY, numbered=False, number="id-1", payload={"id": "tabel-x"})
    show(view, Shown(line, ()))
    assert "Print" not in buttons(view)
    assert "More" not in buttons(view)
    assert "id-1" not in [each.text for each in view.findChildren(Badge)]


def test_goods_lead_to_their_lots(ui: UiContext, qtbot: QtBot) -> None:
    part = GoodsPart(ui, GoodsMoved("Out of the store", GOODS))
    qtbot.addWidget(part)
    shown = said(part)
    assert shown[0] == "Out of the store"
    assert [each for each in shown if each[0].isdigit()] == ["12.5 bungkus", "2 botol", "3 batang"]
    named = [each.text() for each in part.findChildren(QLabel) if "Keripik" in each.text()]
    assert "Keripik &lt;baru&gt;" in named[0]
    assert "came in 4 June" in named[0]
    assert any("lot SM-7" in each for each in shown)
    assert not any("Bibit" in each and "href" in each for each in shown), "plants have no lot"
    wanted: list[tuple[str, str]] = []
    part.lot_wanted.connect(lambda item, lot: wanted.append((item, lot)))
    for each in part.findChildren(QLabel):
        if "href" in each.text():
            each.linkActivated.emit("lot")
    assert wanted == [("k", "L-1"), ("s", "SM-7")]


def test_accounts_stand_by_debit_and_credit(ui: UiContext, qtbot: QtBot) -> None:
    part = Accounts(ui, STORY, unfolded=False)
    qtbot.addWidget(part)
    assert not part.unfolded
    assert said(part) == []
    changes: list[bool] = []
    part.unfolded_changed.connect(changes.append)
    for _ in range(3):
        part.button.click()
    assert changes == [True, False, True]
    assert said(part) == [
        "Accounts", "Code", "Account", "Debit", "Credit", "1101", "Cash box", "50,000",
        "4101", "Sales", "50,000", "Movements of goods and values", "Place", "Item, lot",
        "Quantity", "Value", "Store", "Keripik, L-1", "−12.5 bungkus", "−40,000", "Bed", "700",
    ]  # fmt: skip
    assert Accounts(ui, STORY, unfolded=True).unfolded
    figures = {"Debit", "Credit", "Quantity", "Value"}
    for grid in part.findChildren(QGridLayout):
        for column in range(grid.columnCount()):
            items = (grid.itemAtPosition(row, column) for row in range(grid.rowCount()))
            cells = [each.widget() for each in items if each is not None]
            words = [each for each in cells if isinstance(each, QLabel)]
            right = {bool(each.alignment() & Qt.AlignmentFlag.AlignRight) for each in words}
            assert right == {words[0].text() in figures}, "headings stand above their column"


def test_what_can_be_done_stands_at_both_ends(view: DocumentView, qtbot: QtBot) -> None:
    view.resize(600, 500)
    show(view, Shown(STORY, PAPERS))
    with qtbot.waitExposed(view):
        view.show()
    there = buttons(view)
    room, edge = view.contentsRect(), GUTTER
    assert there["Correct"].mapTo(view, QPoint()).x() - room.left() == edge
    more = there["More"]
    assert abs(room.right() - more.mapTo(view, more.rect().topRight()).x() - edge) <= 1
    assert there["Print"].width() == there["Print"].sizeHint().width(), "none is drawn out"
    more.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [each.text() for each in menu.actions()] == [each[0] for each in view.menu_actions()]
    menu.close()
    assert broken(view) == []


def test_what_needs_attention_is_coloured_and_nothing_is_taken_for_markup(ui: UiContext) -> None:
    made = told(ui, STORY.told)
    assert made.accessibleName() == "Sold to Siti & co"
    assert f"color:{ui.theme.color('amber').name()}'>Siti &amp; co</span>" in made.text()
