"""The window of the first start around its steps: its buttons, its list of steps, its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.app import Books
from kwt_books.domain.errors import StorageError
from kwt_books.services.first_start import Begun
from tests.ui.first_start.test_bad_answers import ANSWERS
from tests.ui.painted import painted
from tests.ui.windows import said
from ui.first_start.step import margin
from ui.first_start.window import STEPS, Done, FirstStart
from ui.kit.button import Button
from ui.kit.drafts import FIRST_START, first_start_drafts
from ui.kit.folders import Folders
from ui.kit.layout import go_on
from ui.kit.look import SIDEBAR_FOLDED, UiContext
from ui.kit.recovery_key import OF_PASSWORDS, OF_THE_BOOK, KeyCard

LAST = len(STEPS) - 1
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def first(english: UiContext, books: Books, folders: Folders, qtbot: QtBot) -> FirstStart:
    made = FirstStart(english, books, folders.data, QIcon())
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def before(button: QWidget) -> QWidget:
    """What Tab leaves for a button."""
    found = button.previousInFocusChain()
    while not (found.isVisible() and found.focusPolicy() & Qt.FocusPolicy.TabFocus):
        found = found.previousInFocusChain()
    return found


def test_each_step_can_be_left_both_ways(first: FirstStart) -> None:
    first.questions.restore(ANSWERS)
    buttons = first.back_button, first.next_button, first.make_button
    for place, step in enumerate(first.steps):
        first.show_step(place)
        assert [each.isVisible() for each in buttons] == [place > 0, place < LAST, place == LAST]
        assert first.later_button.isVisible()
        on = first.make_button if place == LAST else first.next_button
        assert step.number.text() == f"Step {place + 1} of {LAST + 1}"
        assert (step.first_field() or on).hasFocus()
        last = before(first.back_button if place else on)
        last.setFocus()
        go_on(last)
        assert on.hasFocus(), "Enter in the last field passes Back"


def test_buttons_tell_their_keys_and_what_they_do(first: FirstStart, qtbot: QtBot) -> None:
    first.questions.restore(ANSWERS)
    first.show_step(1)
    keys = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
    back, later, on, make = (
        first.back_button, first.later_button, first.next_button, first.make_button
    )  # fmt: skip
    told = ["Back (Alt+Left)", f"Next ({keys})", f"Create the book ({keys})"]
    assert [each.toolTip() for each in (back, on, make)] == told
    kinds = [each.property("kind") for each in (back, later, on, make)]
    assert kinds == ["default", "default", "primary", "primary"]
    assert {each.property("scale") for each in (back, later, on, make)} == {"large"}
    assert [each.icon().isNull() for each in (back, later, on, make)] == [False, True, False, False]
    assert on.layoutDirection() == Qt.LayoutDirection.RightToLeft, "its arrow points on"
    assert first.windowTitle() == "New book – KWT Books"
    for act, place in (
        (on.click, 2), (back.click, 1), (lambda: press(qtbot, first, Qt.Key.Key_Enter, CTRL), 2),
        (lambda: press(qtbot, first, Qt.Key.Key_Return, CTRL), 3),
        (lambda: press(qtbot, first, Qt.Key.Key_Left, ALT), 2),
    ):  # fmt: skip
        act()
        assert first.place == place
    on.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, first, Qt.Key.Key_Return)
    assert first.place == 3, "Enter presses the button that has the keyboard"


def press(
    qtbot: QtBot, first: FirstStart, key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:  # fmt: skip
    qtbot.keyClick(first, key, modifier)


def test_steps_seen_tell_their_answers_and_others_what_they_ask(
    first: FirstStart, english: UiContext
) -> None:
    first.questions.restore(ANSWERS)
    abouts = [english.t(about) for _, _, about in STEPS]
    for place in (2, 0):
        first.show_step(place)
        assert (first.side.steps.current, first.side.steps.seen) == (place, 2)
        seconds = [each.second for each in first.side.steps.steps]
        assert seconds[3:] == abouts[3:]
        assert seconds[:3] == [each.summary() for each in first.steps[:3]]
    first.questions.group.fields["name"].clear()
    first.keep_draft()
    assert first.side.steps.steps[0].second == abouts[0], "while there is no answer"


@pytest.mark.parametrize(
    ("draft", "place", "seen"),
    [({}, 0, 0), ({"place": 3, "seen": 4}, 3, 4), ({"place": 9, "seen": "x"}, LAST, LAST),
     ({"place": -1}, 0, 0), ({"place": "x", "seen": 2}, 0, 2)],
)  # fmt: skip
def test_one_goes_on_where_one_left(
    english: UiContext, books: Books, folders: Folders, qtbot: QtBot,
    draft: dict[str, object], place: int, seen: int,
) -> None:  # fmt: skip
    first_start_drafts(folders.data).write(FIRST_START, draft)
    again = FirstStart(english, books, folders.data, QIcon())
    qtbot.addWidget(again)
    assert (again.place, again.side.steps.seen) == (place, seen)


def test_what_has_no_room_gives_way(first: FirstStart, english: UiContext) -> None:
    bar, labels = first.findChild(QFrame, "bar"), first.findChildren(QLabel)
    (kept,) = (each for each in labels if each.text() == "The book is not created yet")
    (foot,) = (each for each in labels if "No internet is needed" in each.text())
    for width, wide in ((1366, True), (1000, False)):
        first.resize(width, 700)
        QApplication.processEvents()
        assert first.side.width() == min(304, width * 26 // 100)
        assert kept.isVisible() is wide
        ends, side = bar.layout().contentsMargins(), margin(english, width - first.side.width())
        assert (ends.left(), ends.right()) == (side, side)
    for height, high in ((700, True), (620, False)):
        first.resize(1366, height)
        QApplication.processEvents()
        assert foot.isVisible() is high
        steps = first.side.steps
        assert steps.row_height * len(STEPS) <= steps.height()


def test_where_a_step_needs_the_room_the_others_are_numbers_alone(
    first: FirstStart, english: UiContext, qtbot: QtBot
) -> None:
    first.questions.restore(ANSWERS)
    first.show_step(4)
    steps = first.side.steps
    for width, folded in ((940, False), (910, True), (800, True), (1366, False)):
        first.resize(width, 700)
        QApplication.processEvents()
        assert (first.side.width() == SIDEBAR_FOLDED, steps.folded) == (folded, folded)
        drawn = painted(steps, english.theme).drawn
        words = {each.what for each in drawn}
        assert {"<check>", "5", "6"} <= words
        disc = next(each.place for each in drawn if each.what == "6")
        beside = disc.left(), steps.width() - 1 - disc.right()
        assert (abs(beside[0] - beside[1]) <= 1) is folded, "numbers alone stand in the middle"
        assert ("Finish" in words) is not folded
        spot = QPoint(steps.width() // 2, steps.row_height // 2)
        qtbot.mouseMove(steps, spot)
        assert steps.toolTip() == ("Group" if folded else "")
        assert steps.cursor().shape() is Qt.CursorShape.PointingHandCursor
    first.resize(800, 700)
    qtbot.mouseClick(steps, Qt.MouseButton.LeftButton, pos=QPoint(20, steps.row_height // 2))
    assert first.place == 0
    qtbot.mouseMove(steps, QPoint(20, steps.height() - 1))
    assert steps.cursor().shape() is Qt.CursorShape.ArrowCursor, "it was not seen yet"


class Makes:
    """Stands for the worker that makes the book: a test says when, and what comes of it."""

    times = 0

    def submit(
        self, _work: object, done: Callable[[Begun], object], refused: Callable[..., object],
        *, settled: Callable[[], object], owner: object,
    ) -> None:  # fmt: skip
        self.times += 1
        self.done, self.refused, self.settled = done, refused, settled

    def close(self) -> None:
        pass


@pytest.fixture
def makes(first: FirstStart, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Makes:
    """The worker, at work."""
    made = Makes()
    monkeypatch.setattr("ui.first_start.window.Worker", lambda _owner: made)
    monkeypatch.setattr(Books, "key_on_paper", lambda *_: None)
    first.questions.restore(ANSWERS)
    first.questions.finish.take(tmp_path / "Melati.kwt")
    first.show_step(LAST)
    first.make_button.click()
    return made


def test_a_window_at_work_stays_and_its_end_is_told_once(
    first: FirstStart, makes: Makes, qtbot: QtBot
) -> None:
    left: list[bool] = []
    first.left.connect(lambda: left.append(True))
    deciding = first.make_button, first.back_button, first.later_button
    assert not any(each.isEnabled() for each in deciding)
    first.close()
    assert first.isVisible(), "the recovery key is being made"
    first.next()
    assert makes.times == 1
    makes.refused(StorageError("disk-full"))
    makes.settled()
    assert all(each.isEnabled() for each in deciding)
    assert first.questions.finish.refused.isVisible()
    press(qtbot, first, Qt.Key.Key_A)
    assert first.isVisible()
    press(qtbot, first, Qt.Key.Key_Escape)
    assert (first.isVisible(), left) == (False, [True])


def done_with(ui: UiContext, qtbot: QtBot, *keys: str | None) -> tuple[Done, list[object]]:
    made = Done(ui, keys[0], keys[1], "KWT Melati · Melati.kwt")
    qtbot.addWidget(made)
    told: list[object] = []
    made.go_wanted.connect(told.append)
    made.print_page_wanted.connect(lambda: told.append("page"))
    made.print_key_wanted.connect(lambda *about: told.append(about))
    with qtbot.waitActive(made):
        made.show()
    return made, told


def test_a_book_without_keys_can_be_opened_at_once(english: UiContext, qtbot: QtBot) -> None:
    done, told = done_with(english, qtbot, None, None)
    assert {"The book is ready", "KWT Melati · Melati.kwt"} <= {*said(done)}
    assert (done.kept, done.unkept.isVisible(), done.findChildren(KeyCard)) == (None, False, [])
    page, go, home = done.findChildren(Button)
    assert [each.text() for each in (page, go, home)] == [
        "Print the first page", "Record the first Friday", "Just open the book",
    ]  # fmt: skip
    assert [each.property("kind") for each in (page, go, home)] == ["default", "primary", "quiet"]
    assert [each.property("scale") for each in (page, go)] == ["large", "large"]
    for each in (page, go, home):
        assert each.isEnabled()
        each.click()
    done.leave()
    assert told == ["page", "sell", "home", "home"]


@pytest.mark.parametrize("keys", [("A-1", None), (None, "B-2"), ("A-1", "B-2")])
def test_a_book_is_opened_once_its_keys_are_kept(
    english: UiContext, qtbot: QtBot, keys: tuple[str | None, ...]
) -> None:
    done, told = done_with(english, qtbot, *keys)
    kinds = [
        (key, kind) for key, kind in zip(keys, (OF_PASSWORDS, OF_THE_BOOK), strict=True) if key
    ]
    cards = done.findChildren(KeyCard)
    assert [each.key.text() for each in cards] == [key for key, _ in kinds]
    assert {english.t(kind.title) for _, kind in kinds} <= {*said(done)}
    for each in cards:
        each.print_button.click()
    assert told == kinds
    told.clear()
    assert done.kept is not None
    assert not any(each.isEnabled() for each in (done.go, done.home))
    assert done.unkept.isHidden()
    done.leave()
    assert (told, done.unkept.isVisible(), done.kept.hasFocus()) == ([], True, True)
    assert done.unkept.property("tone") == "warn"
    done.kept.setChecked(True)
    assert (done.go.isEnabled(), done.home.isEnabled(), done.unkept.isVisible()) == (
        True, True, False,
    )  # fmt: skip
    done.leave()
    assert told == ["home"]


def test_what_was_made_is_opened_when_its_window_is_closed_by_hand(
    first: FirstStart, makes: Makes, folders: Folders, tmp_path: Path
) -> None:
    wanted: list[tuple[object, str]] = []
    first.book_wanted.connect(lambda *about: wanted.append(about))
    makes.done(Begun(None, None))
    makes.settled()
    done = first.stack.currentWidget()
    assert isinstance(done, Done)
    assert done.go.hasFocus()
    assert "KWT Melati · Melati.kwt" in said(done)
    assert not first.next_button.parentWidget().isVisible()
    steps = first.side.steps
    assert (steps.current, steps.seen) == (len(STEPS), -1), "all are done, none to go back to"
    assert first_start_drafts(folders.data).read(FIRST_START) is None
    first.show_step(0)
    first.next()
    assert first.stack.currentWidget() is done

    class ByHand(QCloseEvent):
        def spontaneous(self) -> bool:
            return True

    event = ByHand()
    first.closeEvent(event)
    assert (event.isAccepted(), wanted) == (False, [(tmp_path / "Melati.kwt", "home")])
