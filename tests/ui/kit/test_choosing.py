"""Pickers, choices, steppers and counts of cash at their edges, and what they paint."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.values import MAX_QUANTITY, UNIT
from tests.ui.painted import painted
from ui.kit.layout import column
from ui.kit.look import Mode, UiContext
from ui.kit.picker import FACES, Choice, DenominationGrid, Picker, Stepper

SHOPS = (("siti", "Warung Siti"), ("joko", "Warung Joko"), ("ani", "Toko"), ("budi", "toko"))
STEP = QAbstractSpinBox.StepEnabledFlag


@pytest.fixture
def ui(english: UiContext) -> UiContext:
    return english


@pytest.fixture
def picker(ui: UiContext, qtbot: QtBot) -> Picker:
    made = Picker(ui, SHOPS, placeholder="Which shop?")
    qtbot.addWidget(made)
    return made


# -- a picker ------------------------------------------------------------------------------------


def test_a_picker_tells_what_is_picked_or_typed(picker: Picker) -> None:
    told: list[str | None] = []
    picker.changed.connect(lambda: told.append(picker.value()))

    def said() -> tuple[object, ...]:
        return picker.value(), picker.typed, picker.state(), picker.problem()

    assert said() == (None, "", None, "Choose one")
    picker.required = False
    assert said() == (None, "", None, "")
    picker.set_value("joko")
    assert said() == ("joko", "", "joko", "")
    picker.set_value("joko")
    assert told == ["joko"], "nothing new"
    picker.set_value({"typed": "  a new \n shop "})
    assert said() == (None, "a new shop", {"typed": "a new shop"}, "Choose one from the list")
    picker.set_value({"typed": "warung JOKO"})
    assert said() == ("joko", "", "joko", ""), "typed in full"
    picker.set_value(7)
    assert said() == (None, "", None, "")
    picker.set_value("gone")
    assert said() == (None, "", "gone", ""), "it waits for its choice"
    picker.set_choices([*SHOPS, ("gone", "Gone")])
    assert (said(), picker.currentText()) == (("gone", "", "gone", ""), "Gone")
    assert picker.codes == ["siti", "joko", "ani", "budi", "gone"]


def test_choices_of_one_name_are_told_apart(picker: Picker) -> None:
    names = [picker.itemText(at) for at in range(picker.count())]
    assert names == ["Warung Siti", "Warung Joko", "Toko · ani", "toko · budi"]


@pytest.mark.parametrize(
    ("typed", "picked", "left"),
    [("jok", "joko", "Warung Joko"), ("warung", None, "warung"), ("none", None, "none"),
     (" BUDI ", "budi", "toko · budi"), ("", None, "")],
)  # fmt: skip
def test_the_only_one_that_holds_what_was_typed_is_picked(
    picker: Picker, typed: str, picked: str | None, left: str
) -> None:
    picker.set_value({"typed": typed})
    picker.settle()
    assert (picker.value(), picker.currentText().strip()) == (picked, left)


def test_what_was_typed_stays_when_the_choices_come(picker: Picker) -> None:
    told: list[bool] = []
    picker.set_value({"typed": "Toko Baru"})
    picker.changed.connect(lambda: told.append(True))
    picker.set_choices(SHOPS[:2])
    assert (picker.typed, picker.currentText(), told) == ("Toko Baru", "Toko Baru", [])


def test_the_list_of_what_was_found_has_round_corners(picker: Picker, qtbot: QtBot) -> None:
    edit = picker.lineEdit()
    assert edit is not None
    qtbot.keyClicks(edit, "w")
    popup = picker.completer().popup()
    popup.resize(200, 100)
    popup.show()
    QApplication.processEvents()
    mask = popup.mask()
    assert not mask.contains(QPoint(0, 0))
    assert mask.contains(popup.rect().center())
    popup.hide()


@pytest.mark.parametrize(("mode", "color"), [(Mode.LIGHT, "sunken"), (Mode.CONTRAST, "soft")])
def test_the_line_under_the_mouse_is_marked(
    picker: Picker, ui: UiContext, qtbot: QtBot, mode: Mode, color: str
) -> None:
    """It is the one that a click picks; what has been chosen by the keys stays."""
    ui.theme.use(mode, 100)
    edit = picker.lineEdit()
    assert edit is not None
    with qtbot.waitActive(picker):
        picker.show()
    picker.setFocus()
    qtbot.keyClicks(edit, "warung")
    found = picker.completer().popup()
    assert found.isVisible()
    first, second = (found.visualRect(found.model().index(row, 0)) for row in (0, 1))
    qtbot.mouseMove(found.viewport(), second.center())
    QApplication.processEvents()
    shown = found.viewport().grab().toImage()
    grounds = [shown.pixelColor(each.right() - 12, each.center().y()) for each in (first, second)]
    assert grounds == [ui.theme.color("surface"), ui.theme.color(color)]
    assert not found.currentIndex().isValid()
    found.hide()


def test_a_picker_names_all_of_its_parts(picker: Picker, qtbot: QtBot) -> None:
    edit = picker.lineEdit()
    assert edit is not None
    assert edit.placeholderText() == "Which shop?"
    assert picker.completer() is None, "a list is made when it is needed"
    picker.setAccessibleName("Shop")
    picker.setAccessibleDescription("Where it was left")
    qtbot.keyClicks(edit, "w")
    assert picker.completer() is not None
    parts = [picker, edit, picker.view(), picker.completer().popup()]
    assert {each.accessibleName() for each in parts} == {"Shop"}
    picker.setAccessibleName("Which shop")
    assert {each.accessibleName() for each in parts} == {"Which shop"}
    assert edit.accessibleDescription() == "Where it was left"


# -- a choice ------------------------------------------------------------------------------------


def test_a_choice_falls_back_on_its_first(ui: UiContext, qtbot: QtBot) -> None:
    made, told = Choice(ui, SHOPS), list[str]()
    qtbot.addWidget(made)
    made.changed.connect(lambda: told.append(made.value()))
    assert made.value() == "siti"
    for value, chosen in (("joko", "joko"), ("none", "siti"), ("ani", "ani"), (None, "ani")):
        made.set_value(value)
        assert made.value() == chosen
    assert told == ["joko", "siti", "ani"]
    made.set_choices(SHOPS[1:], "budi")
    assert (made.value(), made.count(), len(told)) == ("budi", 3, 3)
    again = Choice(ui, SHOPS, "joko")
    qtbot.addWidget(again)
    assert again.value() == "joko"


def test_the_list_of_a_choice_bears_its_name(ui: UiContext, qtbot: QtBot) -> None:
    made = Choice(ui, SHOPS)
    qtbot.addWidget(made)
    made.setAccessibleName("Shop")
    made.show()
    for _ in range(2):
        made.showPopup()
        assert made.view().accessibleName() == "Shop"
        assert not made.view().window().mask().isEmpty(), "its corners are round"
        made.hidePopup()
    made.setAccessibleName("Which shop")
    assert made.view().accessibleName() == "Which shop"


# -- a stepper -----------------------------------------------------------------------------------


@pytest.fixture
def stepper(ui: UiContext, qtbot: QtBot) -> Stepper:
    made = Stepper(ui, 2 * UNIT)
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    return made


def edit_of(stepper: Stepper) -> QLineEdit:
    edit = stepper.lineEdit()
    assert edit is not None
    return edit


def type_into(stepper: Stepper, text: str) -> None:
    edit_of(stepper).setText(text)
    edit_of(stepper).textEdited.emit(text)


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        ("3", 3_000, ""), ("1.5", 1_500, ""), ("", 0, ""), ("10", 10_000, ""),
        ("-1", 2_000, "Can't be below zero"), ("10.5", 2_000, "At most 10"),
    ],
)  # fmt: skip
def test_a_number_is_read_between_nothing_and_the_most(
    stepper: Stepper, text: str, value: int, problem: str
) -> None:
    assert stepper.most == MAX_QUANTITY
    stepper.most = 10 * UNIT
    type_into(stepper, text)
    assert (stepper.value(), stepper.problem()) == (value, problem)


def test_a_number_that_can_not_be_read_is_told(stepper: Stepper) -> None:
    type_into(stepper, "many")
    assert (stepper.value(), bool(stepper.problem())) == (2_000, True)


def test_steps_end_at_nothing_and_at_the_most(stepper: Stepper, ui: UiContext) -> None:
    stepper.most = 3_500
    enabled = {0: STEP.StepUpEnabled, 2_000: STEP.StepUpEnabled | STEP.StepDownEnabled,
               3_500: STEP.StepDownEnabled}  # fmt: skip
    for by, value in ((0, 2_000), (1, 3_000), (1, 3_500), (1, 3_500), (-9, 0), (-1, 0), (2, 2_000)):
        stepper.stepBy(by)
        assert stepper.value() == value
        assert edit_of(stepper).selectedText() == ui.formats.quantity(value)
        if value in enabled:
            assert stepper.stepEnabled() == enabled[value]
            colors = [each.color for each in painted(stepper, ui.theme).drawn if each.what]
            can = ("field" if value == 0 else "text2", "field" if value == 3_500 else "text2")
            assert colors == [*can]
        assert bool(stepper.property("nil")) is (value == 0)
    assert stepper.validate("anything", 3) == (QValidator.State.Acceptable, "anything", 3)


def test_minus_and_plus_stand_at_the_edges(stepper: Stepper, ui: UiContext) -> None:
    minus, plus = (each for each in painted(stepper, ui.theme).drawn if each.what)
    assert (minus.what, plus.what) == ("<minus>", "<plus>")
    left, right = minus.place, plus.place
    assert left.left() == stepper.width() - 1 - right.right()
    assert left.center().y() == right.center().y()
    assert abs(left.center().y() - stepper.rect().center().y()) <= 1
    ground = [each for each in painted(stepper, ui.theme).drawn if not each.what]
    stepper.set_computed(5_000)
    assert len(painted(stepper, ui.theme).drawn) < len(ground) + 3, "a computed one is sunken"
    stepper.setEnabled(False)
    colors = {each.color for each in painted(stepper, ui.theme).drawn if each.what}
    assert colors == {"field"}


def test_a_draft_keeps_whether_a_number_was_typed(stepper: Stepper) -> None:
    stepper.set_computed(5_000)
    assert (stepper.state(), stepper.computed) == ([5_000, False], True)
    type_into(stepper, "7")
    assert (stepper.state(), stepper.computed) == ([7_000, True], False)
    for state, kept in (([3_000, False], [3_000, False]), ("nonsense", [3_000, False]),
                        ([4_000, True], [4_000, True])):  # fmt: skip
        stepper.restore(state)
        assert (stepper.state(), stepper.computed) == (kept, False)
    stepper.set_computed(1_000)
    assert stepper.value() == 4_000, "typed"


def test_what_was_typed_badly_is_written_out_once_it_is_left(
    stepper: Stepper, around: QWidget, qtbot: QtBot
) -> None:
    other = QLineEdit()
    column(stepper, other, parent=around)
    with qtbot.waitActive(around):
        around.show()
    stepper.setFocus(Qt.FocusReason.TabFocusReason)
    assert edit_of(stepper).selectedText() == "2"
    for text, left in ((" 3.50 ", "3.5"), ("1250", "1,250"), ("bad", "bad")):
        type_into(stepper, text)
        other.setFocus()
        assert edit_of(stepper).text() == left
        stepper.setFocus(Qt.FocusReason.TabFocusReason)


# -- cash counted by its pieces ------------------------------------------------------------------


@pytest.fixture
def cash(ui: UiContext, qtbot: QtBot) -> DenominationGrid:
    made = DenominationGrid(ui)
    qtbot.addWidget(made)
    made.resize(260, made.minimumSizeHint().height())
    made.show()
    return made


def test_face_values_and_amounts_stand_beside_their_pieces(
    cash: DenominationGrid, ui: UiContext
) -> None:
    cash.set_value({"100000": 3, "500": 4, "7": 1})
    drawn = painted(cash, ui.theme).drawn
    texts = [each for each in drawn if each.what]
    number = ui.formats.number
    pieces = {100_000: 3, 500: 4}
    wanted = []
    for face in FACES:
        color = "text" if face in pieces else "text3"
        wanted += [(f"{number(face)} ×", color), (number(face * pieces.get(face, 0)), color)]
    assert [each[:2] for each in texts] == wanted
    assert cash.value() == {"100000": 3, "500": 4}
    fields = cash.findChildren(QLineEdit)
    for place, field in enumerate(fields):
        before, after = (texts[2 * place + side].place for side in (0, 1))
        assert before.right() < field.x()
        assert field.geometry().right() < after.left()
        assert before.top() == after.top() == field.y()
        face = FACES[place]
        assert field.accessibleName() == f"Number of Rp{number(face)}"
        assert field.accessibleDescription() == number(face * pieces.get(face, 0))
    assert all(one.y() < other.y() for one, other in pairwise(fields))


def test_pieces_are_stepped_and_none_is_nothing(cash: DenominationGrid, qtbot: QtBot) -> None:
    told: list[int] = []
    cash.changed.connect(lambda: told.append(cash.total))
    first = cash.findChildren(QLineEdit)[0]
    for key, total in (("+", 1), ("Up", 2), ("-", 1), ("Down", 0), ("-", 0)):
        wanted = {"+": Qt.Key.Key_Plus, "-": Qt.Key.Key_Minus, "Up": Qt.Key.Key_Up,
                  "Down": Qt.Key.Key_Down}[key]  # fmt: skip
        qtbot.keyClick(first, wanted)
        assert told[-1] == total * FACES[0]
    assert first.text() == ""
    cash.set_value({str(FACES[0]): 99_999})
    qtbot.keyClick(first, Qt.Key.Key_Up)
    assert cash.total == 99_999 * FACES[0]
    qtbot.keyClicks(first, "x.")
    assert cash.total == 99_999 * FACES[0]
    cash.set_value("nonsense")
    assert (cash.total, cash.value()) == (0, {})
