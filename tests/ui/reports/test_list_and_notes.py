"""The list of reports and the text of the notes, each by itself."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, QRect, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.reports.model import Column, ColumnType, Report, Row, RowKind
from tests.ui.painted import Sheet, noting
from tests.ui.windows import stand_in
from ui.kit.look import UiContext
from ui.reports.catalogue import ReportList, entry_of, groups
from ui.reports.view import NotesView

DOWN, ENTER = Qt.Key.Key_Down, Qt.Key.Key_Return


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def list_(ui: UiContext, around: QWidget, qtbot: QtBot) -> ReportList:
    made = ReportList(ui, around)
    stand_in(around, made, (300, 800), qtbot)
    return made


def rows(shown: ReportList) -> list[str]:
    model = shown.view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_reports_stand_below_their_group_and_are_found_by_any_word(
    list_: ReportList, ui: UiContext
) -> None:
    wanted = [text for group in groups(ui.t)
              for text in (group.title, *(each.title for each in group.entries))]  # fmt: skip
    assert rows(list_) == wanted
    for typed, found in (
        ("EQUITY", ["Monthly statements", "Changes in equity"]),
        ("  capital owned ", ["Monthly statements", "Financial position"]),
        ("books ledger", ["Books", "Ledger"]),
        ("no such report", []),
    ):
        list_.search.setText(typed)
        assert rows(list_) == found
    list_.search.clear()
    assert rows(list_) == wanted


def test_the_keyboard_goes_from_the_search_into_the_list_and_to_the_report(
    list_: ReportList, qtbot: QtBot
) -> None:
    told: list[str] = []
    list_.chosen.connect(told.append)
    list_.entered.connect(lambda: told.append("entered"))
    list_.search.setText("ledger")
    qtbot.keyClick(list_.search, ENTER)
    assert (told, list_.view.hasFocus()) == (["general-ledger"], True)
    list_.search.setText("nothing of it")
    list_.search.setFocus()
    qtbot.keyClick(list_.search, ENTER)
    assert (told, list_.search.hasFocus()) == (["general-ledger"], True)
    list_.search.clear()
    list_.show_current("profit-loss")
    assert told == ["general-ledger"], "marked, and not chosen anew"
    list_.view.setFocus()
    qtbot.keyClick(list_.view, DOWN)
    assert (told[-1], list_.current) == ("position", "position")
    qtbot.keyClick(list_.view, ENTER)
    assert told[-1] == "entered"
    list_.search.setText("ledger")
    list_.show_current("ledger-of-none")
    assert (list_.search.text(), list_.view.currentIndex().isValid()) == ("", False)
    list_.search.setText("ledger")
    list_.show_current("general-ledger")
    assert list_.search.text() == "ledger", "it is among what was found"


def test_a_heading_is_no_report(list_: ReportList, ui: UiContext, qtbot: QtBot) -> None:
    model = list_.view.model()
    list_.show_current("profit-loss")
    qtbot.keyClick(list_.view, Qt.Key.Key_F2)
    assert list_.view.findChildren(QLineEdit) == [], "nor is the name of one to be changed"
    told: list[str] = []
    list_.chosen.connect(told.append)
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    list_.view.setCurrentIndex(model.index(0, 0))
    assert told == []
    first = groups(ui.t).__next__().entries[0]
    tip = model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == f"{first.title}: {first.gloss}"
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == tip
    assert entry_of(ui.t, first.name) == first
    assert entry_of(ui.t, "none") is None


def test_a_report_is_painted_with_what_it_is_for(list_: ReportList, ui: UiContext) -> None:
    def drawn(row: int, *states: QStyle.StateFlag) -> list[tuple[str, str, bool]]:
        option, sheet = QStyleOptionViewItem(), Sheet(ui.theme)
        index = list_.view.model().index(row, 0)
        option.rect = QRect(0, 0, 280, list_.view.itemDelegate().sizeHint(option, index).height())
        option.state = QStyle.StateFlag.State_None
        for state in states:
            option.state |= state  # type: ignore[attr-defined]
        with noting(sheet):
            list_.view.itemDelegate().paint(sheet, option, index)  # type: ignore[arg-type]
        inside = [each for each in sheet.drawn if each.what]
        assert all(option.rect.contains(each.place) for each in inside)  # type: ignore[attr-defined]
        if len(inside) > 1:
            assert inside[0].place.top() < inside[1].place.top()
        return [(each.what, each.color, each.font.bold()) for each in sheet.drawn]

    selected, hovered = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_MouseOver
    title, first = rows(list_)[:2]
    gloss = str(list_.view.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)).partition(": ")[2]
    assert drawn(0, hovered) == [(title, "text2", True)]
    below = (gloss, "text3", False)
    assert drawn(1) == [(first, "text", False), below]
    assert drawn(1, hovered) == [("", "sunken", False), (first, "text", False), below]
    assert drawn(1, selected) == [("", "soft", False), (first, "accent_text", True), below]


# -- the notes as text ---------------------------------------------------------------------------

NOTES = Report(
    "notes", "Notes", (
        Column("now", "June", ColumnType.MONEY), Column("qty", "Quantity", ColumnType.QUANTITY),
        Column("share", "Share", ColumnType.PERCENT), Column("day", "Day", ColumnType.DATE),
        Column("word", "Word", ColumnType.TEXT), Column("none", "Unused", ColumnType.MONEY),
    ), (
        Row("General", kind=RowKind.SECTION), Row("It was <founded> in 2020.", kind=RowKind.NOTE),
        Row("Cash", (1_500, 2_500, 125, date(2026, 6, 5), "box", None)),
        Row("Bank", (-20, None, None, None, None, None), level=1),
        Row("Sum", (1_480, None, None, None, None, None), kind=RowKind.TOTAL),
        Row("The end.", kind=RowKind.NOTE),
    ),
)  # fmt: skip


@pytest.fixture
def notes(ui: UiContext, qtbot: QtBot) -> NotesView:
    made = NotesView(ui)
    qtbot.addWidget(made)
    made.show_report(NOTES)
    return made


def test_notes_are_paragraphs_with_small_tables_between(notes: NotesView, ui: UiContext) -> None:
    formats = ui.formats
    texts = [each for each in notes.toPlainText().split("\n") if each]
    assert texts == [
        "General", "It was <founded> in 2020.", "June", "Quantity", "Share", "Day", "Word",
        "Cash", formats.number(1_500), formats.quantity(2_500), formats.percent_fixed(125),
        "05/06/2026", "box", "Bank", formats.accounting(-20, "–"), "Sum", "1,480", "The end.",
    ]  # fmt: skip
    assert notes.accessibleName() == "Notes"


@pytest.mark.usefixtures("large_letters")
def test_notes_are_as_large_as_the_rest(ui: UiContext, qtbot: QtBot) -> None:
    made = NotesView(ui)
    qtbot.addWidget(made)
    made.show_report(NOTES)
    assert made.document().defaultFont().pixelSize() == ui.theme.font().pixelSize()


def weight_at(notes: NotesView, text: str) -> int:
    found = notes.document().find(text)
    assert not found.isNull(), text
    return found.charFormat().fontWeight()


def test_headings_and_sums_of_notes_are_bold_and_figures_at_the_right(
    notes: NotesView, ui: UiContext
) -> None:
    bold = {text: weight_at(notes, text) >= QFont.Weight.DemiBold
            for text in ("General", "founded", "Cash", "Bank", "Sum", "1,480")}  # fmt: skip
    assert bold == {"General": True, "founded": False, "Cash": False, "Bank": False, "Sum": True,
                    "1,480": True}  # fmt: skip

    def at_right(text: str) -> bool:
        side = notes.document().find(text).blockFormat().alignment()
        return bool(side & Qt.AlignmentFlag.AlignRight)

    sides = {text: at_right(text) for text in ("June", "1,500", "Word", "box", "Day", "Cash")}
    assert sides == {"June": True, "1,500": True, "Word": False, "box": False, "Day": False,
                     "Cash": False}  # fmt: skip
    grounds = [notes.document().find(each).currentTable().cellAt(notes.document().find(each))
               .format().background().color() for each in ("1,480", "1,500")]  # fmt: skip
    assert (grounds[0] == ui.theme.color("head"), grounds[1] == ui.theme.color("head")) == (
        True, False
    )  # fmt: skip
    color = notes.document().find("June").charFormat().foreground().color()
    assert color == ui.theme.color("text2")


def test_the_selected_report_is_seen(list_: ReportList) -> None:
    list_.show_current("residents")
    index = list_.view.currentIndex()
    assert list_.view.selectionModel().isSelected(index)
    assert list_.view.viewport().rect().intersects(list_.view.visualRect(index))
    list_.view.selectionModel().setCurrentIndex(
        index.siblingAtRow(1), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    assert list_.current == "profit-loss"
