"""The parts around every page: the sidebar, the header, notes, and who signs in, each alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QFocusEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.values import LONGEST_SOUGHT
from tests.ui.painted import painted
from tests.ui.windows import let_go, said
from ui.kit.button import Button
from ui.kit.card import Icon, Note
from ui.kit.look import CENTRE, SIDEBAR, SIDEBAR_FOLDED, UiContext
from ui.kit.preferences import Brand
from ui.kit.words import initials
from ui.kit.workspace import Message
from ui.shell.chrome import (
    HeaderBar,
    NavButton,
    PersonButton,
    SearchField,
    Sidebar,
    Toast,
    WhoButton,
)

MEETING = [CENTRE, Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignTop]
"""Where initials, name and task stand: the two lines meet in the middle."""
Written = list[tuple[str, str, QRect]]


def written(part: QWidget, ui: UiContext) -> Written:
    """What a part that paints itself writes: the text, its colour and its place."""
    drawn = painted(part, ui.theme).drawn
    return [tuple(each[:3]) for each in drawn if each.what and each.what[0] != "<"]


class Paints(QObject):
    """Counts how often a part is painted."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        self.times = 0
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.times += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def around(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 500)
    yield made
    made.hide()


def test_a_place_tells_its_name_and_what_waits_there(english: UiContext, qtbot: QtBot) -> None:
    made = NavButton(english, "Garden & seedlings", "leaf")
    qtbot.addWidget(made)
    made.resize(SIDEBAR, 36)
    ((text, color, place),) = written(made, english)
    assert (text, color) == ("Garden & seedlings", "text")
    assert place.left() == 44, "right of the icon"
    made.setChecked(True)
    assert written(made, english)[0][1] == "accent_text"
    made.show_count(3)
    assert made.accessibleName() == "Garden & seedlings, 3 to do"
    count = written(made, english)[1]
    assert count[:2] == ("3", "amber")
    assert made.rect().contains(count[2])
    assert abs(count[2].center().y() - made.rect().center().y()) <= 1
    beside = made.width() - 1 - count[2].right()
    made.resize(47, 36)
    assert made.folded
    ((text, _, place),) = written(made, english)
    assert text == "3", "the icon alone, with its count"
    assert made.rect().contains(place)
    assert (made.width() - 1 - place.right(), place.top()) < (beside, made.height() // 4), (
        "a corner"
    )
    drawn_anew = Paints(made)
    for count, times in ((4, 1), (0, 2)):
        made.show()
        QApplication.processEvents()
        drawn_anew.times = times - 1
        made.show_count(count)
        QApplication.processEvents()
        assert drawn_anew.times == times, "seen at once"
    assert written(made, english) == []
    assert made.accessibleName() == "Garden & seedlings"
    assert made.minimumHeight() == made.minimumSizeHint().height() < made.maximumHeight()
    assert made.sizeHint().height() == made.maximumHeight(), "gives way where the window is low"


@pytest.mark.parametrize("pointed", [False, True])
def test_what_is_chosen_or_pointed_at_has_a_ground(
    english: UiContext, around: QWidget, monkeypatch: pytest.MonkeyPatch, pointed: bool
) -> None:
    places = [NavButton(english, name, "leaf") for name in ("Garden", "Kitchen")]
    people = [WhoButton(english, name, "Chair") for name in ("Siti", "Wati")]
    beside = QWidget(around)
    for each in (*places, *people):
        each.setParent(around if each in places else beside)
        each.resize(SIDEBAR, 56)
        monkeypatch.setattr(each, "underMouse", lambda: pointed)
    places[0].setChecked(True)
    people[0].setChecked(True)

    def seen(part: QWidget) -> list[tuple[str, str]]:
        return [each[:2] for each in painted(part, english.theme).drawn]

    assert seen(places[0]) == [
        ("", "surface"), ("", "accent"), ("<leaf>", "accent_text"), ("Garden", "accent_text"),
    ]  # fmt: skip
    ground = [("", "grid")] if pointed else []
    icon = ("<leaf>", "text" if pointed else "text2")
    assert seen(places[1]) == [*ground, icon, ("Kitchen", "text")]
    edge, bold = places[0], [each.font.bold() for each in painted(places[0], english.theme).drawn]
    assert bold[-1], "the place that is shown"
    mark = painted(edge, english.theme).drawn[1].place
    assert (mark.left(), mark.width()) == (0, 3), "a line at its left"
    assert seen(people[0])[:3] == [("", "soft"), ("", "accent"), ("S", "on_accent")]
    under = "sunken" if pointed else "surface"
    assert seen(people[1])[:3] == [("", under), ("", "soft"), ("W", "accent_text")]


def test_who_records_is_told_by_name_and_task(english: UiContext, qtbot: QtBot) -> None:
    made = PersonButton(english, "Siti Rohmah", "Chair")
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    assert [each[:2] for each in written(made, english)] == [
        ("SR", "accent_text"), ("Siti Rohmah", "text"), ("Chair", "text2"),
    ]  # fmt: skip
    disc, name, role = (each[2] for each in written(made, english))
    assert name.left() > disc.right()
    assert role.top() >= name.bottom(), "below each other"
    drawn = {each.what: each for each in painted(made, english.theme).drawn}
    small = english.theme.font("caption")
    assert {drawn[each].font.pixelSize() for each in ("SR", "Siti Rohmah", "Chair")} == {
        small.pixelSize()
    }
    assert drawn["Siti Rohmah"].font.bold()
    assert drawn["Siti Rohmah"].elided, "a long name ends in …"
    assert drawn["Chair"].font == small
    assert [drawn[each].at for each in ("SR", "Siti Rohmah", "Chair")] == MEETING
    assert made.accessibleName() == "Siti Rohmah, Chair"
    assert made.toolTip() == "Program menu"
    assert (made.objectName(), made.autoDefault()) == ("person", False)
    arrow = drawn["<caret-down>"]
    assert arrow.color == "text2"
    assert made.rect().contains(arrow.place)
    assert arrow.place.left() > name.right(), "behind the words"
    middle = made.rect().center().y()
    assert {abs(each.center().y() - middle) <= 1 for each in (disc, arrow.place)} == {True}
    assert abs((name.bottom() + role.top()) // 2 - middle) <= 1
    made.shorten(short=True)
    assert [each[0] for each in written(made, english)] == ["SR"]
    wide = made.sizeHint().width()
    made.show_person("Wati", "Treasurer")
    assert made.accessibleName() == "Wati, Treasurer"
    made.shorten(short=False)
    assert made.sizeHint().width() > wide
    assert [each[0] for each in written(made, english)] == ["W", "Wati", "Treasurer"]
    assert initials("siti nur rohmah") == "SN"
    assert initials("") == ""


def test_arrows_go_from_person_to_person(english: UiContext, around: QWidget, qtbot: QtBot) -> None:
    people = [WhoButton(english, name, "Chair") for name in ("Siti", "Wati", "Aryanah")]
    for place, each in enumerate(people):
        each.setParent(around)
        each.setGeometry(0, place * 60, 300, 56)
    after = Button(english, "Go on")
    after.setParent(around)
    after.setGeometry(0, 200, 200, 36)
    with qtbot.waitActive(around):
        around.show()
    people[0].setFocus()
    for key, chosen in (
        (Qt.Key.Key_Down, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_Down, 0), (Qt.Key.Key_Up, 2),
        (Qt.Key.Key_Left, 1),
    ):  # fmt: skip
        qtbot.keyClick(QApplication.focusWidget(), key)
        assert people[chosen].isChecked()
        assert people[chosen].hasFocus()
    qtbot.keyClick(people[1], Qt.Key.Key_Return)
    assert after.hasFocus(), "Enter takes her and goes on"
    assert [each[:2] for each in written(people[0], english)] == [
        ("S", "accent_text"), ("Siti", "text"), ("Chair", "text2"),
    ]  # fmt: skip
    assert written(people[1], english)[0][1] == "on_accent", "the one that is chosen"
    assert people[0].accessibleName() == "Siti, Chair"
    disc, name, task = (each for each in painted(people[0], english.theme).drawn
                        if each.what in ("S", "Siti", "Chair"))  # fmt: skip
    assert (name.elided, name.font.bold(), disc.font.bold()) == (True, True, True)
    assert task.font == english.theme.font("caption")
    assert [each.at for each in (disc, name, task)] == MEETING
    assert disc.place.right() < name.place.left() == task.place.left()
    assert name.place.bottom() <= task.place.top() + 1


def test_the_sidebar_marks_one_place_and_goes_by_keys(
    english: UiContext, around: QWidget, qtbot: QtBot
) -> None:
    made = Sidebar(english)
    made.setParent(around)
    made.resize(SIDEBAR, 500)
    for name, group in (("home", 0), ("sell", 1), ("shops", 1)):
        made.add(name, name.title(), "leaf", group)
    with qtbot.waitActive(around):
        around.show()
    buttons = made.findChildren(NavButton)
    chosen: list[str] = []
    made.chosen.connect(chosen.append)
    made.show_place("sell")
    assert [each.isChecked() for each in buttons] == [False, True, False]
    assert chosen == [], "only who is asked tells"
    made.show_count("shops", 2)
    assert [each.count for each in buttons] == [0, 0, 2]
    assert [each.toolTip() for each in buttons] == ["Home", "Sell", "Shops"]
    buttons[2].click()
    assert chosen == ["shops"]
    buttons[2].setFocus()
    for key, place in ((Qt.Key.Key_Down, 0), (Qt.Key.Key_Up, 2), (Qt.Key.Key_Up, 1)):
        qtbot.keyClick(QApplication.focusWidget(), key)
        assert buttons[place].hasFocus()
    order = made.layout()
    assert isinstance(order.itemAt(0).widget(), Brand), "the mark stands above them"
    assert [order.indexOf(each) for each in buttons] == sorted(order.indexOf(e) for e in buttons)
    gaps = [one.y() - other.geometry().bottom() for other, one in pairwise(buttons)]
    assert gaps[0] > gaps[1], "a line sets groups apart"
    made.fold(narrow=True)
    assert made.width() == SIDEBAR_FOLDED
    made.fold(narrow=False)
    assert made.width() == SIDEBAR


def test_with_large_letters_the_sidebar_is_as_wide_as_its_words(
    english: UiContext, around: QWidget, large_letters: None
) -> None:
    made = Sidebar(english)
    made.setParent(around)
    made.add("home", "Home", "house", 0)
    made.fold(narrow=False)
    assert made.width() == SIDEBAR, "no narrower than otherwise"
    long = "Seedlings, vegetables and fruit"
    made.add("garden", long, "leaf", 1)
    made.fold(narrow=False)
    words = english.theme.metrics(bold=True).horizontalAdvance(long)
    assert made.width() == made.unfolded
    assert words + english.theme.px(40) < made.width() < words + english.theme.px(120)
    button = made.findChildren(NavButton)[1]
    button.setChecked(True)
    button.show_count(3)
    button.resize(made.width() - 16, 40)
    title, count = (each[2] for each in written(button, english))
    assert title.left() + words < count.left(), "its count stands beside the longest name"
    made.fold(narrow=True)
    assert made.width() == english.theme.px(SIDEBAR_FOLDED)


def test_the_header_names_place_and_part(english: UiContext, qtbot: QtBot) -> None:
    made = HeaderBar(english, "Siti Rohmah", "Chair")
    qtbot.addWidget(made)
    made.show_title("Reports")
    assert made.title == "Reports"
    made.show_title("Reports", "Profit and loss")
    assert made.title == "Reports › Profit and loss"
    place, part = (next(each for each in made.findChildren(QLabel) if each.text() == text)
                   for text in ("Reports", "Profit and loss"))  # fmt: skip
    assert (place.property("tone"), part.property("tone")) == ("quiet", "")
    made.show_title("Reports")
    assert (place.property("tone"), place.styleSheet(), made.title) == ("", "", "Reports")
    made.show_subtitle("KWT Melati")
    assert "KWT Melati" in said(made)
    made.resize(880, 64)
    made.show()
    wide = made.search.width(), made.person.sizeHint().width()
    made.resize(879, 64)
    QApplication.processEvents()
    narrow = made.search.width(), made.person.sizeHint().width()
    assert narrow[0] < wide[0]
    assert narrow[1] < wide[1]
    assert made.height() == 64


def test_the_search_tells_its_key_while_it_is_empty(english: UiContext, qtbot: QtBot) -> None:
    made = SearchField(english)
    qtbot.addWidget(made)
    made.resize(168, 36)
    made.show()
    key = made.findChild(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    keys = [each for each in made.findChildren(QWidget) if getattr(each, "text", str)() == "Ctrl K"]
    assert key is not None
    assert keys[0].isVisible()
    assert made.rect().contains(keys[0].geometry())
    assert made.placeholderText() == made.accessibleName() == "Search"
    assert (made.toolTip(), made.maxLength()) == ("Search (Ctrl+K)", LONGEST_SOUGHT)
    (glass,) = made.findChildren(Icon)
    assert [each.what for each in painted(glass, english.theme).drawn] == ["<magnifying-glass>"]
    assert glass.geometry().right() < made.textMargins().left() + 12, "before the words"
    middle = made.rect().center().y()
    assert {abs(each.geometry().center().y() - middle) <= 1 for each in (glass, keys[0])} == {True}
    assert 8 <= made.width() - keys[0].geometry().right() <= 12
    through = Qt.WidgetAttribute.WA_TransparentForMouseEvents
    assert keys[0].testAttribute(through), "a click on it is one into the field"
    made.setText("pare")
    assert not keys[0].isVisible()
    reason = Qt.FocusReason
    for why, left in ((reason.PopupFocusReason, "pare"), (reason.ActiveWindowFocusReason, "pare"),
                      (reason.TabFocusReason, "")):  # fmt: skip
        made.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut, why))
        assert made.text() == left
    made.resize(90, 36)
    assert not keys[0].isVisible(), "no room"
    cleared: list[bool] = []
    made.cleared.connect(lambda: cleared.append(True))
    qtbot.keyClick(made, Qt.Key.Key_A)
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert cleared == [True]


def test_a_note_stays_while_one_reads_it_and_goes_when_told(
    english: UiContext, around: QWidget, qtbot: QtBot
) -> None:
    with qtbot.waitActive(around):
        around.show()
    made, acted = Toast(english, around), []
    assert made.text == ""
    made.show_message(Message("in Documents", strong="Saved.", offer="Open",
                              act=lambda: acted.append("open")))  # fmt: skip
    assert made.text == "Saved. in Documents"
    narrow = made.width()
    assert abs(made.geometry().center().x() - around.rect().center().x()) <= 1
    assert made.geometry().bottom() == around.height() - 25
    around.resize(1_000, 600)
    assert made.geometry().bottom() == 575, "goes along"
    made.findChildren(Button)[0].click()
    assert acted == ["open"]
    assert made.isHidden()
    made.show_message(Message("x", offer="a", act=str, also=(("b", lambda: acted.append("b")),)))
    assert made.width() > narrow, "room for both"
    let_go()
    buttons = made.findChildren(Button)
    assert [each.text() for each in buttons] == ["a", "b", ""]
    buttons[1].click()
    assert acted == ["open", "b"]
    made.show_message(Message("y", "warn"))
    middle, timer = QPointF(5, 5), made.findChild(QTimer)
    assert timer.isSingleShot()
    assert timer.isActive(), "it goes by itself"
    QApplication.sendEvent(made, QEnterEvent(middle, middle, middle))
    assert not timer.isActive(), "but not while it is read"
    QApplication.sendEvent(made, QEvent(QEvent.Type.Leave))
    assert (timer.isActive(), made.isVisible()) == (True, True)
    timer.timeout.emit()
    assert made.isHidden()
    made.show_message(Message("y", "warn"))
    let_go()
    (note,) = made.findChildren(Note)
    assert note.property("tone") == "warn"
    close = note.findChildren(Button)[-1]
    assert (close.toolTip(), close.property("kind"), close.property("scale")) == (
        "Close", "quiet", "small",
    )  # fmt: skip
    assert not close.icon().isNull()
    qtbot.keyClick(made, Qt.Key.Key_A)
    assert made.isVisible()
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    assert made.isHidden()
    assert made.text == ""
    made.show_message(Message("z"))
    made.findChildren(Button)[-1].click()
    assert made.isHidden(), "by its ×"
