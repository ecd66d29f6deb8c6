"""Each kind of field at its edges: what it gives, what it says, and what stands in it beside the
text.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import LEAST_PASSWORD
from ui.kit.field import (
    CheckField,
    CountField,
    FieldRow,
    MoneyField,
    NoteField,
    PasswordField,
    QuantityField,
    TextField,
    YearField,
    text_cut_off,
)
from ui.kit.layout import column
from ui.kit.look import UiContext
from ui.kit.seek import SeekField, seek_in

Field = TextField | NoteField | CheckField
GOOD = "tanggul-jambu-7"


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


def shown(field: QWidget, around: QWidget, qtbot: QtBot, *others: QWidget) -> None:
    column(field, *others, parent=around)
    around.resize(300, 200)
    with qtbot.waitActive(around):
        around.show()


# -- texts ---------------------------------------------------------------------------------------


def test_a_text_is_one_line_without_spaces_around_it(ui: UiContext, qtbot: QtBot) -> None:
    field, told = TextField(ui, required=True, placeholder="Name"), list[object]()
    qtbot.addWidget(field)
    field.changed.connect(lambda: told.append(field.value()))
    assert (field.placeholderText(), field.value(), field.problem()) == (
        "Name", None, "Fill this in",
    )  # fmt: skip
    field.setText("  Siti \t Rohmah ")
    assert (field.value(), field.problem(), told) == ("Siti Rohmah", "", ["Siti Rohmah"])
    field.set_value("Warung " * 30)
    assert field.cursorPosition() == 0, "its beginning is seen"
    field.set_value(7)
    assert (field.value(), field.state()) == (None, "")
    field.required = False
    assert field.problem() == ""


def test_a_text_shows_its_beginning_once_it_is_left(ui: UiContext, qtbot: QtBot) -> None:
    field = TextField(ui)
    qtbot.addWidget(field)
    reason = Qt.FocusReason
    for why, at in ((reason.PopupFocusReason, 5), (reason.ActiveWindowFocusReason, 5),
                    (reason.TabFocusReason, 0)):  # fmt: skip
        field.setText("Warung")
        field.setCursorPosition(5)
        field.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut, why))
        assert field.cursorPosition() == at


def test_a_text_that_is_cut_off_is_told_by_the_mouse(ui: UiContext, qtbot: QtBot) -> None:
    field, spot = TextField(ui), QPointF(2, 2)
    qtbot.addWidget(field)
    field.resize(80, 36)
    for text, tip in (("<b>" + "x" * 40, True), ("x", False), ("x" * 40, True)):
        field.setText(text)
        QApplication.sendEvent(field, QEnterEvent(spot, spot, spot))
        assert bool(field.toolTip()) is text_cut_off(field) is tip
        assert "<b>" not in field.toolTip()
    other = TextField(ui)
    qtbot.addWidget(other)
    other.setToolTip("What it is for")
    other.resize(80, 36)
    other.setText("x" * 40)
    QApplication.sendEvent(other, QEnterEvent(spot, spot, spot))
    assert other.toolTip() == "What it is for"


def test_a_note_has_several_lines_and_tab_leaves_it(
    ui: UiContext, qtbot: QtBot, around: QWidget
) -> None:
    note, after, told = NoteField(ui, lines=3, wanted="Say why"), TextField(ui), list[object]()
    shown(note, around, qtbot, after)
    note.changed.connect(lambda: told.append(note.value()))
    assert (note.value(), note.problem()) == (None, "Say why")
    assert note.height() > NoteField(ui).height()
    note.set_value(" one\ntwo ")
    assert (note.value(), note.problem(), told) == ("one\ntwo", "", ["one\ntwo"])
    note.setFocus()
    qtbot.keyClick(note, Qt.Key.Key_Tab)
    assert after.hasFocus()
    note.set_value(None)
    assert (note.value(), note.state()) == (None, "")


# -- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "typed", "value", "problem", "echo"),
    [
        (MoneyField, "1250", 1_250, "", ""), (MoneyField, "1,250", 1_250, "", ""),
        (MoneyField, "250k", 250_000, "", "Read as Rp250,000"),
        (MoneyField, "-5", -5, "Can't be below zero", ""),
        (MoneyField, "", None, "Fill this in", ""), (MoneyField, "much", None, "*", ""),
        (QuantityField, "2.5", 2_500, "", ""), (QuantityField, "10x50", 500_000, "", "*"),
        (QuantityField, "3.0", 3_000, "", ""),
        (CountField, "12", 12, "", ""), (CountField, "1.5", None, "Enter a whole number", ""),
        (CountField, "36500", 36_500, "", ""), (CountField, "36501", 36_501, "At most 36,500", ""),
        (YearField, "2026", 2026, "", ""),
    ],
)  # fmt: skip
def test_a_number_is_read_and_told(
    ui: UiContext, qtbot: QtBot, kind: type[MoneyField | QuantityField], typed: str,
    value: int | None, problem: str, echo: str,
) -> None:  # fmt: skip
    field = kind(ui)
    qtbot.addWidget(field)
    field.setText(typed)
    assert field.value() == value
    for said, wanted in ((field.problem(), problem), (field.echo(), echo)):
        assert bool(said) if wanted == "*" else said == wanted
    field.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut))
    if value is not None:
        assert field.text() == field.written(value), "written out once it is left"
        again = kind(ui)
        qtbot.addWidget(again)
        again.restore(field.state())
        assert again.value() == value
    else:
        assert field.text() == typed


def test_a_year_has_no_sign_between_its_thousands(ui: UiContext, qtbot: QtBot) -> None:
    field = YearField(ui)
    qtbot.addWidget(field)
    field.set_value(2026)
    assert field.text() == "2026"
    field.set_value("2026x")
    assert (field.text(), field.value()) == ("2026x", None)


def beside(field: MoneyField | QuantityField) -> QLabel:
    (words,) = field.findChildren(QLabel)
    return words


@pytest.mark.parametrize("unit", [False, True])
def test_sign_and_unit_stand_beside_the_number_where_it_has_room(
    ui: UiContext, qtbot: QtBot, unit: bool
) -> None:
    field = QuantityField(ui, unit="kg") if unit else MoneyField(ui)
    qtbot.addWidget(field)
    field.resize(140, 36)
    field.show()
    words = beside(field)
    assert words.text() == ("kg" if unit else "Rp")
    usual = field.font().pixelSize()

    def margins() -> tuple[int, int]:
        sides = field.textMargins()
        return (sides.right(), sides.left()) if unit else (sides.left(), sides.right())

    for text, there, whole in (("5", True, True), ("123456789012", False, True),
                               ("1" * 40, False, False), ("7", True, True)):  # fmt: skip
        field.setText(text)
        assert words.isVisible() is there
        mine, other = margins()
        assert (mine > 0, other) == (there, 0)
        assert text_cut_off(field) is not whole
        if there:
            place = words.geometry()
            assert field.rect().contains(place)
            assert place.width() <= mine + 16
            at_edge = field.width() - place.right() if unit else place.left()
            assert at_edge < field.width() // 4
            assert field.font().pixelSize() == usual
        else:
            assert usual * 60 // 100 <= field.font().pixelSize() <= usual
    words_at = words.geometry()
    field.resize(240, 36)
    assert (words.x() > words_at.x()) is unit, "it stays at its edge"


def test_the_unit_can_change_and_a_large_field_has_larger_letters(
    ui: UiContext, qtbot: QtBot
) -> None:
    field = QuantityField(ui)
    qtbot.addWidget(field)
    field.resize(140, 36)
    field.show()
    assert not beside(field).isVisible()
    field.set_unit("bunch")
    assert beside(field).isVisible()
    field.setText("10x5")
    assert field.echo() == "Read as 50 bunch"
    large, usual = MoneyField(ui, large=True), MoneyField(ui)
    for each in (large, usual):
        qtbot.addWidget(each)
    assert large.font().pixelSize() > usual.font().pixelSize()
    assert (large.property("scale"), beside(large).property("role")) == ("large", "body")
    assert beside(usual).property("role") == "quiet"
    assert usual.alignment() & Qt.AlignmentFlag.AlignRight


# -- a field with its label ----------------------------------------------------------------------


def test_a_label_names_its_field_and_a_hint_stands_below(
    ui: UiContext, qtbot: QtBot, around: QWidget
) -> None:
    row = FieldRow(ui, "Goods & co", MoneyField(ui))
    shown(row, around, qtbot, TextField(ui))
    assert (row.title.text(), row.field.accessibleName()) == ("Goods && co", "Goods & co")
    assert row.title.buddy() is row.field
    assert row.message == ""
    row.set_hint("per pack")
    assert (row.message, row.field.accessibleDescription()) == ("per pack", "per pack")
    row.say("Too much", "error")
    row.set_hint("per box")
    assert (row.message, row.field.property("tone")) == ("Too much", "error")
    row.say("Fine", "good")
    assert (row.message, row.field.property("tone")) == ("Fine", "")
    row.say("")
    assert row.message == "per box"
    row.field.setFocus()
    QTest.keyClicks(row.field, "2k")
    assert row.message == "Read as Rp2,000"
    row.say("No", "warn")
    QTest.keyClicks(row.field, " ")
    assert row.message == "No", "what is wrong stands before what was read"
    row.say("")
    assert row.message.startswith("Read as"), "while one types"
    row.nextInFocusChain().setFocus()
    around.findChildren(TextField)[-1].setFocus()
    assert row.message == "per box"


def test_a_row_can_keep_room_for_a_message(ui: UiContext, qtbot: QtBot, around: QWidget) -> None:
    row, below = FieldRow(ui, "Name", TextField(ui)).keep_room(), TextField(ui)
    shown(row, around, qtbot, below)
    before = below.y()
    row.say("Fill this in", "error")
    QApplication.processEvents()
    assert below.y() == before
    assert row.minimumHeight() > row.title.sizeHint().height() + row.field.sizeHint().height()


# -- boxes, passwords and searches ---------------------------------------------------------------


def test_a_box_is_ticked_by_true_alone(ui: UiContext, qtbot: QtBot, around: QWidget) -> None:
    box, after, told = CheckField("Paid & done", ticked=True), TextField(ui), list[bool]()
    shown(box, around, qtbot, after)
    box.changed.connect(lambda: told.append(box.value()))
    assert (box.text(), box.value()) == ("Paid && done", True)
    for value, ticked in ((1, False), (True, True), ("yes", False)):
        box.set_value(value)
        assert box.value() is ticked
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert told == [False, True, False, True]
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert (after.hasFocus(), box.value()) == (True, True)


@pytest.mark.parametrize(
    ("text", "new", "wrong"),
    [("", False, "missing"), ("x", False, ""), ("x" * (LEAST_PASSWORD - 1), True, "short"),
     ("12345678", True, "easy"), (GOOD, True, ""), (" a ", False, "")],
)  # fmt: skip
def test_a_password_is_told_what_is_wrong_with_it(
    ui: UiContext, qtbot: QtBot, text: str, new: bool, wrong: str
) -> None:
    field = PasswordField(ui, new=new)
    qtbot.addWidget(field)
    field.setText(text)
    said = {
        "": "", "missing": ui.t("Fill this in"), "easy": ui.t("password-too-easy"),
        "short": ui.t("password-too-short", least=LEAST_PASSWORD),
    }  # fmt: skip
    assert (field.problem(), field.value()) == (said[wrong], text or None)
    assert field.state() == ""
    field.restore(text)
    assert field.text() == ""


def test_a_password_is_seen_when_asked_for(ui: UiContext, qtbot: QtBot) -> None:
    field = PasswordField(ui)
    qtbot.addWidget(field)
    field.resize(200, 36)
    field.show()
    mode = QLineEdit.EchoMode
    for _ in range(2):
        assert (field.echoMode(), field.eye.accessibleName()) == (
            mode.Password, "Show the password",
        )  # fmt: skip
        qtbot.mouseClick(field.eye, Qt.MouseButton.LeftButton)
        assert (field.echoMode(), field.eye.toolTip()) == (mode.Normal, "Hide the password")
        qtbot.mouseClick(field.eye, Qt.MouseButton.LeftButton)
    place = field.eye.geometry()
    assert field.rect().contains(place)
    assert place.left() > field.width() // 2
    assert field.textMargins().right() >= place.width()
    assert abs(place.center().y() - field.rect().center().y()) <= 1


def test_a_search_is_emptied_by_esc_and_then_leads_on(
    ui: UiContext, qtbot: QtBot, around: QWidget
) -> None:
    field, found = SeekField(ui, "Search goods", "Ctrl+F"), TextField(ui)
    shown(field, around, qtbot, found)
    assert (field.placeholderText(), field.accessibleName(), field.toolTip()) == (
        "Search goods", "Search goods", "Ctrl+F",
    )  # fmt: skip
    assert field.isClearButtonEnabled()
    assert field.textMargins().left() > 0, "behind the magnifying glass"
    seek_in(field)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.hasFocus(), "it leads nowhere yet"
    field.lead_to(found)
    field.setText("pare")
    seek_in(field)
    assert field.selectedText() == "pare"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), field.hasFocus()) == ("", True)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert found.hasFocus()
    seek_in(field)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert found.hasFocus()
    called: list[bool] = []
    field.lead_to(lambda: called.append(True))
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert called == [True]
