"""The window: places, months, keys, and what it asks of the book."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.documents.money import Transfer
from kwt_books.domain.kind import Form, Kind
from kwt_books.domain.kinds import KINDS, forms
from kwt_books.domain.values import LONGEST_SOUGHT, shift
from kwt_books.reports.diary import DiaryLine, Sought, diary_page
from tests import ROOT
from ui.home.page import HomePage
from ui.home.verbs import VERBS
from ui.kit.button import Button
from ui.kit.layout import Reflow
from ui.kit.look import SIDEBAR, SIDEBAR_FOLDED, Mode, Theme
from ui.kit.page import Page, TabbedPage
from ui.kit.workspace import Destination, Workspace
from ui.shell.chrome import NavButton
from ui.shell.help import HelpDialog
from ui.shell.places import PLACES
from ui.shell.window import MainWindow

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_says_whose_book_it_is_and_where_one_is(window: MainWindow, workspace: Workspace) -> None:
    assert workspace.group is not None
    assert workspace.group.name in window.windowTitle()
    assert window.header.title == workspace.ui.t(PLACES["home"].title)


def test_every_place_can_be_shown_and_left(
    window: MainWindow, workspace: Workspace, settle: Callable[[Workspace], None]
) -> None:
    for name in PLACES:
        window.show_place(Destination(name))
        settle(workspace)
        assert window.place == name
        assert window.page is not None
    window.go_back()
    assert window.place == list(PLACES)[-2]


def test_pages_are_made_when_first_shown_and_kept(window: MainWindow) -> None:
    home = window.page
    assert window.stack.count() == 1
    window.show_place(Destination("sell"))
    window.show_place(Destination("home"))
    assert window.page is home
    assert window.stack.count() == 2


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


def make_probe(_workspace: Workspace, _given: object) -> QDialog:
    return QDialog()


def test_a_form_opens_once_and_closes(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = Form("probe", f"{__name__}:make_probe", "start")
    monkeypatch.setitem(KINDS, "probe", Kind(name="probe", command="", forms=(form,)))
    workspace.open_form("probe")
    dialog = window.form("probe")
    assert dialog is not None
    workspace.open_form("probe")
    assert window.form("probe") is dialog
    dialog.reject()
    assert window.form("probe") is None


def test_search_leads_to_places_and_finds_nothing_else(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    field = window.header.search
    assert field.hasFocus()
    field.setText("9" * 100_000)
    assert len(field.text()) == LONGEST_SOUGHT
    field.clear()
    qtbot.keyClicks(field, workspace.ui.t(PLACES["funds"].title)[:4])
    popup = field.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.place == "funds")
    qtbot.waitUntil(lambda: not field.text())
    qtbot.keyClicks(field, "keripik jagung")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.place == "journal"
    assert window.page.filter.text.text() == "keripik jagung"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "place"), [("Keripik pare", "reports"), ("Warung Bu Siti", "shops"),
                         ("Anggota 01", "journal"), ("Laporan Arus Kas", "reports"),
                         ("152000", "journal"), ("BKM-2606", "journal")]
)  # fmt: skip
def test_search_offers_what_is_set_up_and_always_the_diary(
    window: MainWindow, workspace: Workspace, qtbot: QtBot, typed: str, place: str
) -> None:
    field = window.header.search
    field.setFocus()
    qtbot.waitUntil(lambda: workspace.setup is not None)
    qtbot.keyClicks(field, typed)
    popup = field.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    model = field.completer().completionModel()
    offered = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert typed in offered[-1], "the diary stands last"
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.place == place)


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


def test_help_says_the_keys(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(HelpDialog)
    assert dialog.topic.split("#")[0] == "start", "Beranda is in front"
    told = dialog.page.toPlainText()
    for keys in ("Enter", "Ctrl+S", "Ctrl+P", "Ctrl+K", "Ctrl+PgUp"):
        assert keys in told
    dialog.accept()


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


def test_a_note_offers_what_can_be_done_next(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    done: list[int] = []
    workspace.say("Tersimpan BKM-2606-0005.", offer="Cetak", act=lambda: done.append(1))
    assert window.toast.text == "Tersimpan BKM-2606-0005."
    offered = next(each for each in window.toast.findChildren(Button) if each.text() == "Cetak")
    qtbot.mouseClick(offered, Qt.MouseButton.LeftButton)
    assert done == [1]
    assert window.toast.text == ""
    workspace.say("Tersimpan.", offer="Cetak", act=lambda: None)
    offered = next(each for each in window.toast.findChildren(Button) if each.text() == "Cetak")
    offered.setFocus()
    qtbot.keyClick(offered, Qt.Key.Key_Escape)
    assert window.toast.text == ""


def test_the_window_comes_back_as_it_was_left(window: MainWindow, workspace: Workspace) -> None:
    window.resize(800, 640)
    window.close()
    again = MainWindow(workspace, QIcon())
    assert again.size() == window.size()
    again.deleteLater()


def test_starting_imports_no_page_but_the_first() -> None:
    code = (
        "import sys, ui.shell.start, ui.shell.window; "
        "rooms = {m.split('.')[1] for m in sys.modules if m.startswith('ui.')}; "
        "print(sorted(rooms), "
        "{'reportlab', 'xlsxwriter', 'PySide6.QtPdf'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "['home', 'kit', 'shell'] set()"


class TwoParts(TabbedPage):
    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.made: list[str] = []
        for name in ("one", "two"):
            self.add_tab(name, name.title(), partial(self._make, name))

    def _make(self, name: str, workspace: Workspace) -> Page:
        self.made.append(name)
        return Page(workspace)


def test_parts_are_made_when_shown_and_named_in_the_header(
    window: MainWindow, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.funds.page.FundsPage", TwoParts)
    title = workspace.ui.t(PLACES["funds"].title)
    workspace.go("funds")
    page = window.page
    assert isinstance(page, TwoParts)
    assert page.made == ["one"]
    assert window.header.title == f"{title}  › One"
    workspace.go("home")
    workspace.go("funds", "two")
    assert page.made == ["one", "two"]
    assert window.header.title == f"{title}  › Two"
    workspace.go("funds")
    assert window.header.title == f"{title}  › Two", "where one was"


def test_the_header_makes_do_with_little_room(window: MainWindow) -> None:
    widths = []
    for width in (1300, 820):
        window.resize(width, 640)
        widths.append(window.header.person.sizeHint().width())
    assert widths[0] > widths[1]


def test_parts_stand_in_as_many_rows_as_needed(workspace: Workspace, qtbot: QtBot) -> None:
    flow = Reflow(workspace.ui, [QWidget() for _ in range(8)], (8, 4, 2), least=100)
    qtbot.addWidget(flow)
    flow.show()
    for width, across in ((900, 8), (500, 4), (150, 2), (1000, 8)):
        flow.resize(width, 100)
        assert flow.across == across, width


def test_the_sidebar_keeps_its_names_with_large_letters(theme: Theme, window: MainWindow) -> None:
    """On a laptop's screen whoever needs large letters reads words, and all of them."""
    theme.use(Mode.LIGHT, 125)
    window.resize(1366, 687)
    window.resize(1366, 688)
    assert window.sidebar.width() > SIDEBAR
    metrics = window.workspace.ui.theme.metrics(bold=True)
    for button in window.sidebar.findChildren(NavButton):
        assert metrics.horizontalAdvance(button.title) < button.width() - 40
