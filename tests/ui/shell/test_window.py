"""The window: places, months, keys, and what it asks of the book."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.kinds import forms
from kwt_books.domain.values import shift
from kwt_books.reports.diary import DiaryLine, Sought, diary_page
from ui.home.page import HomePage
from ui.home.verbs import VERBS
from ui.kit.look import SIDEBAR, SIDEBAR_FOLDED, Mode, Theme
from ui.kit.workspace import Destination, Workspace
from ui.shell.chrome import NavButton
from ui.shell.window import MainWindow

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_keys_step_the_month_and_the_page_follows(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, settle: Callable[[Workspace], None]
) -> None:
    month, page = workspace.month, window.page
    assert isinstance(page, HomePage)
    before = page.cards[0].accessibleName()
    qtbot.keyClick(window, Qt.Key.Key_PageDown, CTRL)
    assert workspace.month == shift(month, 1)
    assert window.header.month.text() == workspace.ui.formats.month(workspace.month)
    settle(workspace)
    assert page.cards[0].accessibleName() != before
    qtbot.keyClick(window, Qt.Key.Key_PageUp, CTRL)
    assert workspace.month == month


def test_alt_and_a_number_starts_a_verb(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    wanted: list[object] = []
    workspace.form_wanted.connect(lambda name, _given: wanted.append(name))
    workspace.place_wanted.connect(wanted.append)
    for number in range(1, len(VERBS) + 1):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), ALT)
        assert len(wanted) == number
        for form in forms():
            if (dialog := window.form(form.name)) is not None:
                dialog.reject()


def test_search_offers_documents_as_one_types(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    """By number, by words and by amount; chosen, the diary shows that very one."""
    field = window.header.search
    qtbot.waitUntil(lambda: workspace.setup is not None)
    language = workspace.ui.language
    lines: list[DiaryLine] = []
    workspace.tasks.run(
        lambda book: book.read_in(language, diary_page, Sought("BKM-2606-0012")).lines, lines.extend
    )
    qtbot.waitUntil(lambda: bool(lines))
    wanted = lines[0]
    assert wanted.amount
    for typed in (wanted.number, str(abs(wanted.amount))):
        field.setFocus()
        field.clear()
        qtbot.keyClicks(field, typed)
        qtbot.waitUntil(lambda: window.search.documents > 0)
        model = window.search.offered
        offered = [model.item(row).text() for row in range(model.rowCount())]
        assert any(wanted.text in each for each in offered)
    first = model.item(model.rowCount() - 1 - window.search.documents)
    first.data(Qt.ItemDataRole.UserRole + 1)()
    assert window.place == "journal"


def test_search_leaves_the_list_to_who_goes_down_it(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    """Documents that are found meanwhile would take the line from under the next key, and what is
    chosen is not sought in the diary too.
    """
    sought: list[str] = []
    window.search.not_found.connect(sought.append)
    field, popup = window.header.search, window.header.search.completer().popup()
    field.setFocus()
    qtbot.keyClicks(field, "buku harian")
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    chosen = popup.currentIndex().data()
    pause = window.search.findChild(QTimer)
    qtbot.waitUntil(lambda: not pause.isActive() and not workspace.tasks.busy)
    assert popup.isVisible()
    assert popup.currentIndex().data() == chosen
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.place == "journal")
    qtbot.waitUntil(lambda: not field.text())
    assert sought == []
    window.header.search.setText("Tono")
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        assert field.selectedText() == "Tono", "what is typed next replaces it"


def test_esc_empties_the_search_and_then_goes_back_to_where_one_was(
    window: MainWindow, qtbot: QtBot
) -> None:
    """The list goes with the words, whose search it is; who leaves it otherwise leaves no words."""
    field, was = window.header.search, window.sidebar.findChildren(NavButton)[2]
    was.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(field, "dana")
    popup = field.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert (field.text(), popup.isVisible(), field.hasFocus()) == ("", False, True)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert was.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(field, "xyz")
    popup.hide()  # as a first click elsewhere does
    window.header.person.setFocus()
    assert field.text() == ""


def test_keys_lead_to_no_month_that_can_hold_nothing(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    """The sample is of June, which is closed; today is the first of July."""
    days = workspace.ui.days
    assert (days.recorded, days.closed_through) == (("2026-06", "2026-06"), "2026-06")
    for key, month in (
        (Qt.Key.Key_PageUp, "2026-06"), (Qt.Key.Key_PageDown, "2026-07"),
        (Qt.Key.Key_PageDown, "2026-07"),
    ):  # fmt: skip
        qtbot.keyClick(window, key, CTRL)
        assert workspace.month == month


def test_the_sidebar_folds_where_there_is_little_room(window: MainWindow) -> None:
    window.resize(1093, 550)  # a laptop's screen, all of it a quarter larger
    assert window.sidebar.width() == SIDEBAR
    window.resize(911, 458)  # half as large again
    assert window.sidebar.width() == SIDEBAR_FOLDED


def test_an_icon_alone_says_its_place_to_whoever_comes_by_key(window: MainWindow) -> None:
    first, second, *_ = window.sidebar.findChildren(NavButton)
    window.resize(1300, 700)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert not QToolTip.isVisible(), "its words stand there"
    window.resize(911, 458)
    second.setFocus(Qt.FocusReason.TabFocusReason)
    assert QToolTip.text() == second.title
    QToolTip.hideText()


def test_a_recording_reaches_the_page_in_hand_and_hidden_ones_later(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, settle: Callable[[Workspace], None]
) -> None:
    page = window.page
    assert isinstance(page, HomePage)
    asked: list[str] = []
    refresh = page.refresh
    page.refresh = lambda: (asked.append(window.place), refresh())  # type: ignore[method-assign]
    command = Transfer(date=workspace.ui.today, source="1101", to="1103", amount=50_000)
    with qtbot.waitSignal(workspace.tasks.changed):
        workspace.tasks.record(command, lambda _: None)
    settle(workspace)
    assert asked == ["home"]
    window.show_place(Destination("funds"))
    with qtbot.waitSignal(workspace.tasks.changed):
        workspace.tasks.record(command, lambda _: None)
    assert len(asked) == 1, "a hidden page waits"
    window.show_place(Destination("home"))
    assert len(asked) == 2


def test_the_window_comes_back_as_it_was_left(window: MainWindow, workspace: Workspace) -> None:
    window.resize(800, 640)
    window.close()
    again = MainWindow(workspace, QIcon())
    assert again.size() == window.size()
    again.deleteLater()


def test_the_sidebar_keeps_its_names_with_large_letters(theme: Theme, window: MainWindow) -> None:
    """On a laptop's screen whoever needs large letters reads words, and all of them."""
    theme.use(Mode.LIGHT, 125)
    window.resize(1366, 687)
    window.resize(1366, 688)
    assert window.sidebar.width() > SIDEBAR
    metrics = window.workspace.ui.theme.metrics(bold=True)
    for button in window.sidebar.findChildren(NavButton):
        assert metrics.horizontalAdvance(button.title) < button.width() - 40
