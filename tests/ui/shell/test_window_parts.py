"""The window over a desk whose book never answers: its menu, its search, its forms, its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.access import Person, Role
from kwt_books.domain.documents.setup import Group, Item, Party
from kwt_books.domain.errors import StorageError
from kwt_books.domain.kind import Form, Kind
from kwt_books.domain.kinds import KINDS, forms
from kwt_books.queries.overview import SetupData
from kwt_books.reports.diary import DiaryLine, DiaryPage, Effect
from kwt_books.reports.registry import KINDS as REPORTS
from tests.ui.windows import said
from ui.home.verbs import VERBS
from ui.kit.look import TEXT_SIZES, Mode
from ui.kit.page import TabbedPage
from ui.kit.popup import Menu
from ui.kit.targets import part_of
from ui.kit.words import MODE_NAMES
from ui.kit.worker import Change
from ui.kit.workspace import CORRECTED, Destination, Workspace
from ui.shell.chrome import NavButton
from ui.shell.help import HelpDialog
from ui.shell.places import PLACES
from ui.shell.window import MainWindow

GROUP = Group(name="KWT Melati", village="Kaliawi", district="Tanjungkarang", city="Bandar Lampung",
              chair="Aryanah", treasurer="Siti", language="id", paper="A4")  # fmt: skip
SETUP = SetupData(
    GROUP,
    {},
    {"pare": Item(code="pare", name="Chips", unit="pack", item_class="finished")},
    {"bu-siti": Party(code="bu-siti", name="Warung Bu Siti", role="shop"),
     "wati": Party(code="wati", name="Bu Wati", role="member")},
    {},
)  # fmt: skip
Make = Callable[..., MainWindow]


class Bare(QWidget):
    """Stands for a page of parts."""

    def __init__(self, _workspace: Workspace) -> None:
        super().__init__()
        QVBoxLayout(self)
        self.part = ""

    def show_part(self, part: str) -> None:
        self.part = part

    def here(self, part: str) -> str:
        return self.part or part

    def part_title(self) -> str:
        return self.part.title()


BARE = {
    name: SimpleNamespace(
        name=name, title=place.title, icon=place.icon, group=place.group, make=Bare
    )
    for name, place in PLACES.items()
}


@pytest.fixture
def make(still: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes the window over the desk, after `about` it was changed; its pages are bare."""
    monkeypatch.setattr("ui.shell.window.PLACES", BARE)

    def made(**about: Any) -> MainWindow:
        for name, value in about.items():
            setattr(still, name, value)
        window = MainWindow(still, QIcon())
        qtbot.addWidget(window)
        return window

    return made


@pytest.fixture
def asked(still: Workspace, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, object]]:
    """What is wanted of the desk: a place with its part, or a form."""
    told: list[tuple[str, object]] = []
    still.place_wanted.connect(lambda there: told.append((there.place, there.part)))
    still.form_wanted.connect(lambda name, given: told.append((name, given)))
    return told


# -- the menu ------------------------------------------------------------------------------------


def menu_of(window: MainWindow) -> Menu:
    window.header.person.click()
    menu = window.header.person.findChild(Menu)
    assert isinstance(menu, Menu)
    return menu


def offered(menu: Menu) -> list[str]:
    """What a menu offers, a line apart as an empty text."""
    return [each.text() for each in menu.actions()]


LOOK, REST = ["Light or dark", "Text size", "Language", ""], [
    "Open another book", "Help", "About KWT Books", "", "Quit",
]  # fmt: skip


@pytest.mark.parametrize(
    ("person", "own"),
    [(Person("Siti"), ["Who is recording"]),
     (Person("Siti", signed_in=True), ["Lock or switch user"]),
     (Person("Dewi", Role.AUDITOR), []),
     (Person("Dewi", Role.AUDITOR, signed_in=True), ["Lock or switch user"])],
)  # fmt: skip
def test_the_menu_offers_what_whoever_sits_here_may(
    make: Make, still: Workspace, person: Person, own: list[str]
) -> None:
    window = make(person=person)
    menu = menu_of(window)
    assert offered(menu) == [*LOOK, *own, *REST]
    icons = [each.icon().isNull() for each in menu.actions()]
    assert icons == [each.isSeparator() for each in menu.actions()], "an icon for each"
    keys = {each.text(): each.shortcut().toString() for each in menu.actions()
            if not each.shortcut().isEmpty()}  # fmt: skip
    lock = {"Lock or switch user": "Ctrl+Shift+L"} if person.signed_in else {}
    assert keys == {**lock, "Help": "F1"}
    window.show()
    menu.hide()
    menu = menu_of(window)
    button = window.header.person
    corner = button.mapToGlobal(button.rect().bottomRight())
    assert menu.isVisible()
    assert abs(menu.geometry().right() - corner.x()) <= 1, "it ends where the button ends"
    assert 0 < menu.geometry().top() - corner.y() < 12


def test_what_is_chosen_in_the_menu_is_so(
    make: Make, still: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    for name in ("choose_mode", "choose_size", "choose_language", "choose_recorder"):
        monkeypatch.setattr(still, name, lambda value, name=name: told.append((name, value)))
    still.preferences.mode, still.preferences.text_percent = Mode.DARK, TEXT_SIZES[1]
    still.preferences.language = "en"
    menu = menu_of(make(setup=SETUP))
    modes, sizes, languages, people = menu.findChildren(Menu)
    chosen = [[each.isChecked() for each in deeper.actions()]
              for deeper in (modes, sizes, languages)]  # fmt: skip
    assert chosen == [
        [mode is Mode.DARK for mode in MODE_NAMES], [each == TEXT_SIZES[1] for each in TEXT_SIZES],
        [False, True],
    ]  # fmt: skip
    assert offered(sizes) == [f"{each}%" for each in TEXT_SIZES]
    assert offered(languages) == ["Bahasa Indonesia", "English"]
    for group, names in ((GROUP, ["Siti", "Aryanah"]), (replace(GROUP, chair="Siti"), ["Siti"])):
        still.setup = replace(SETUP, group=group)
        people.aboutToShow.emit()
        assert offered(people) == names, "who keeps the book first, each once"
        assert [each.isChecked() for each in people.actions()] == [
            each == still.person.name for each in names
        ]
    for deeper in (modes, sizes, languages, people):
        deeper.actions()[0].trigger()
    assert told == [
        ("choose_mode", next(iter(MODE_NAMES))), ("choose_size", TEXT_SIZES[0]),
        ("choose_language", "id"), ("choose_recorder", "Siti"),
    ]  # fmt: skip
    still.setup = None
    people.aboutToShow.emit()
    assert offered(people) == []


def test_the_menu_leads_out(
    make: Make, still: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    still.lock_wanted.connect(lambda: told.append("lock"))
    window = make(person=Person("Siti", signed_in=True))
    window.book_wanted.connect(lambda: told.append("book"))
    window.closed.connect(lambda: told.append("closed"))
    monkeypatch.setattr("ui.settings.about.show_about", lambda *given: told.append("about"))
    window.show_place(Destination("home"))
    with qtbot.waitActive(window):
        window.show()
    acts = {each.text(): each for each in menu_of(window).actions()}
    for name in ("Lock or switch user", "Open another book", "About KWT Books", "Help"):
        acts[name].trigger()
    assert told == ["lock", "book", "about"]
    guide = window.findChild(HelpDialog)
    assert guide is not None
    guide.close()
    menu_of(window).hide()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_L, both)
    acts["Quit"].trigger()
    assert told[3:] == ["lock", "closed"]
    assert not window.isVisible()


# -- the search ----------------------------------------------------------------------------------


def lines(window: MainWindow) -> dict[str, Callable[[], object]]:
    """What the search offers, and what each does."""
    model = window.search.offered
    items = [model.item(row) for row in range(model.rowCount())]
    assert not any(each.icon().isNull() for each in items)
    return {each.text(): each.data(Qt.ItemDataRole.UserRole + 1) for each in items}


@pytest.mark.parametrize("reads", [False, True])
def test_the_search_knows_everything_by_name(
    make: Make, still: Workspace, asked: list[tuple[str, object]], qtbot: QtBot, reads: bool
) -> None:
    t = still.ui.t
    person = Person("Dewi", Role.AUDITOR) if reads else still.person
    window = make(setup=SETUP, person=person)
    assert window.search.offered.rowCount() == 0, "not before somebody searches"
    qtbot.keyClick(window.header.search, Qt.Key.Key_A)
    found = lines(window)
    titles = [*map(t, (verb.title for verb in VERBS))] * (not reads)
    assert list(found)[: len(titles)] == titles
    record = [t(each.title) for each in forms() if each.title and still.may(each.name)]
    assert {each in found for each in record} == ({False} if reads else {True}) or not record
    money = {"Receive money", "Move money", "Savings paid in", "Count the cash", "Grant received",
             "Residents' dues", "Reconcile with the bank"}  # fmt: skip
    assert money & found.keys() == (set() if reads else money)
    assert {t(each.title) for each in PLACES.values()} <= found.keys()
    assert {t(each.title) for each in REPORTS.values() if each.listed} <= found.keys()
    assert not {t(each.title) for each in REPORTS.values() if not each.listed} & found.keys()
    assert list(found)[-1] == "Search the diary for “a”"
    found[t(PLACES["stock"].title)]()
    found[t(REPORTS["position"].title)]()
    found["Chips"]()
    found["Warung Bu Siti"]()
    found["Bu Wati"]()
    assert asked == [
        ("stock", ""), ("reports", "position"), ("reports", part_of("stock-card", item="pare")),
        ("shops", "bu-siti"), ("journal", part_of("", text="Bu Wati")),
    ]  # fmt: skip
    asked.clear()
    if not reads:
        found[t(VERBS[3].title)]()
        assert asked == [(VERBS[3].name, {})]
    still.setup = None
    still.setup_changed.emit()
    assert "Chips" not in lines(window)


@pytest.mark.parametrize("role", Role)
def test_the_search_finds_every_tab_by_its_title(
    still: Workspace, qtbot: QtBot, role: Role
) -> None:
    """Those that are there for whoever sits here, and no other; choosing one leads to it."""
    still.person = Person("Dewi", role)
    window, there = MainWindow(still, QIcon()), set[str]()
    qtbot.addWidget(window)
    qtbot.keyClick(window.header.search, Qt.Key.Key_A)
    completer = window.header.search.completer()
    found = completer.completionModel()
    for name, place in PLACES.items():
        still.go(name)
        page = window.page
        for part in page.tabs.names if isinstance(page, TabbedPage) else ():
            title = page.tabs.title(part)
            told = f"{still.ui.t(place.title)} › {title}"
            completer.setCompletionPrefix(title.upper())
            assert told in {found.index(row, 0).data() for row in range(found.rowCount())}
            still.go("home")
            lines(window)[told]()
            assert (window.place, page.part) == (name, part)
            there.add(told)
    assert there == {each for each in lines(window) if "›" in each}


def line(number: str, amount: int) -> DiaryLine:
    return DiaryLine(number, date(2026, 6, 5), "sale", f"Sold {number}", Effect.CASH, amount)


def test_documents_are_offered_before_the_diary(
    make: Make, still: Workspace, asked: list[tuple[str, object]], qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    answers: list[Callable[[DiaryPage], object]] = []
    window = make()
    monkeypatch.setattr(still.tasks, "run", lambda _work, done, **_about: answers.append(done))
    field, search = window.header.search, window.search
    with qtbot.waitActive(window):
        window.show()
    field.setFocus()
    qtbot.keyClicks(field, " so")
    qtbot.wait(0)
    field.setText("")
    qtbot.keyClicks(field, "sold")
    qtbot.waitUntil(lambda: bool(answers))
    (answer,) = answers
    before = list(lines(window))
    answer(DiaryPage((line("BKM-1", -25_000), line("BKM-2", 0)), None))
    day = still.ui.short_day(date(2026, 6, 5))
    first, second = f"{day} · Sold BKM-1 · Rp25,000", f"{day} · Sold BKM-2"
    assert list(lines(window)) == [*before[:-1], first, second, before[-1]]
    assert search.documents == 2
    lines(window)[second]()
    assert asked == [("journal", "BKM-2")]
    answer(DiaryPage((line("BKM-3", 1),), None))
    assert search.documents == 1
    qtbot.keyClicks(field, "x")
    assert list(lines(window))[:-1] == before[:-1], "what was found for other words is gone"
    answer(DiaryPage((line("BKM-1", 1),), None))
    assert search.documents == 0, "an answer that comes too late"


# -- what the window says ------------------------------------------------------------------------


def test_the_header_tells_who_records_for_whom(make: Make, still: Workspace) -> None:
    window = make(person=Person("Wati"))
    assert window.header.person.accessibleName() == "Wati, Treasurer"
    assert window.windowTitle() == "still – KWT Books"
    assert "still" in said(window.header)
    still.setup = SETUP
    still.setup_changed.emit()
    assert window.windowTitle() == "KWT Melati – KWT Books"
    assert "KWT Melati · Kaliawi, Bandar Lampung" in said(window.header)
    assert window.header.month.text() == still.ui.formats.month(still.month)


@pytest.mark.parametrize(
    ("person", "protected", "told"),
    [(Person("Aryanah", Role.CHAIR), False, "Chair"), (Person("Siti", Role.CHAIR), False,
     "Treasurer"), (Person("Siti", Role.CHAIR, signed_in=True), False, "Chair"),
     (Person("Siti", Role.AUDITOR), True, "Read only")],
)  # fmt: skip
def test_the_task_is_that_of_who_records(
    make: Make, person: Person, protected: bool, told: str
) -> None:
    window = make(setup=SETUP, person=person, protected=protected)
    assert window.header.person.accessibleName() == f"{person.name}, {told}"


@pytest.mark.parametrize(
    ("protected", "doubt", "words"),
    [
        (False, None, "An auditor looks at everything"),
        (True, None, "is read-only. To record"),
        (True, StorageError("damaged", path="x"), ""),
    ],
)
def test_why_nothing_can_be_recorded_stands_below_the_header(
    make: Make, still: Workspace, protected: bool, doubt: StorageError | None, words: str
) -> None:
    assert not any(words and words in each for each in said(make()))
    window = make(person=Person("Dewi", Role.AUDITOR), protected=protected, doubt=doubt)
    told = still.explain(doubt) if doubt is not None else words
    assert [each for each in said(window) if told in each]


def test_the_sidebar_counts_shops_that_wait(make: Make, still: Workspace) -> None:
    answers: list[Callable[[Any], object]] = []
    still.tasks.run = (  # type: ignore[method-assign]
        lambda _work, done, *_more, **about: answers.append(done) if about["key"] == "badges"
        else None
    )  # fmt: skip
    window = make()
    months = ("2026-03", "2026-06")
    answers[0](SimpleNamespace(recorded=months, todo=SimpleNamespace(shops=("a", "b"))))
    buttons = window.sidebar.findChildren(NavButton)
    counts = {name: each.count for name, each in zip(PLACES, buttons, strict=True)}
    assert {name: count for name, count in counts.items() if count} == {"shops": 2}
    assert still.ui.days.recorded == months
    still.tasks.changed.emit(Change(frozenset({"sale"})))
    assert len(answers) == 2, "asked anew"


def test_what_is_recorded_stands_apart_from_what_is_read(make: Make) -> None:
    window = make()
    window.resize(1_366, 900)
    window.show()
    QApplication.processEvents()
    buttons = dict(zip(PLACES, window.sidebar.findChildren(NavButton), strict=True))
    ends = {name: each.geometry() for name, each in buttons.items()}
    gaps = {name: ends[after].top() - ends[name].bottom() for name, after in pairwise(PLACES)}
    apart = [name for name, gap in gaps.items() if gap > min(gaps.values())]
    assert apart == ["home", "cash", "audit"], "a line below each of these"


# -- places and forms ----------------------------------------------------------------------------


class Probe(QDialog):
    """Stands for a form."""

    def __init__(self, given: dict[str, object]) -> None:
        super().__init__()
        self.given, self.form = given, self
        self.corrected: list[object] = []
        self.resize(3_000, 2_000)

    def replace_document(self, correction: object) -> None:
        self.corrected.append(correction)


def make_probe(_workspace: Workspace, given: dict[str, object]) -> Probe:
    return Probe(given)


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch) -> None:
    form = Form("probe", f"{__name__}:make_probe", "cash#savings")
    later = Form("later", f"{__name__}:make_probe", "start", shows_setup=True)
    monkeypatch.setitem(KINDS, "probe", Kind(name="probe", command="", forms=(form, later)))


def test_a_form_stands_over_the_window_and_within_it(
    make: Make, still: Workspace, probe: None, qtbot: QtBot
) -> None:
    window = make()
    window.resize(900, 600)
    window.show()
    correction = object()
    window.open_form("probe", {"amount": 5, CORRECTED: correction})
    dialog = window.form("probe")
    assert isinstance(dialog, Probe)
    assert (dialog.given, dialog.corrected) == ({"amount": 5}, [correction])
    window.open_form("probe", {})
    assert window.form("probe") is dialog, "it is open already"
    assert dialog.parent() is window
    assert dialog.windowFlags() & Qt.WindowType.Dialog
    assert dialog.size() == QSize(900, 600)
    assert dialog.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    keys = {each.key().toString(): each for each in dialog.findChildren(QShortcut)}
    keys["F1"].activated.emit()
    guide = dialog.findChild(HelpDialog)
    assert guide.topic == "cash#savings"
    guide.close()
    window.close()
    assert window.form("probe") is None, "it goes with the window"
    window.open_form("probe", {})
    again = window.form("probe")
    assert isinstance(again, Probe)
    assert again.corrected == []


def test_a_form_that_shows_what_is_set_up_waits_for_it(
    make: Make, still: Workspace, probe: None
) -> None:
    window = make()
    window.open_form("later", {"amount": 5})
    assert window.form("later") is None
    still.setup = SETUP
    still.setup_changed.emit()
    dialog = window.form("later")
    assert isinstance(dialog, Probe)
    assert dialog.given == {"amount": 5}
    dialog.reject()
    still.setup_changed.emit()
    assert window.form("later") is None, "once"


def test_back_leads_where_one_was(make: Make, qtbot: QtBot) -> None:
    window = make()
    assert window.page is None
    window.go_back()
    window.show_place(Destination("nowhere"))
    assert window.place == ""
    for there in (Destination("cash", "savings"), Destination("cash", "savings"),
                  Destination("stock"), Destination("cash", "debts")):  # fmt: skip
        window.show_place(there)
        assert window.place == there.place
    assert window.stack.count() == 2
    assert window.header.title == "Shopping & cash › Debts"
    seen = []
    with qtbot.waitActive(window):
        window.show()
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert isinstance(window.page, Bare)
        seen.append((window.place, window.page.part))
    assert seen == [("stock", ""), ("cash", "savings"), ("cash", "savings")]
    assert window.minimumSize() == QSize(800, 448), "a laptop at 150 percent has no more"


def test_vouchers_are_shown_over_the_window(
    make: Make, still: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[object, ...]] = []
    monkeypatch.setattr("ui.kit.printing.show_voucher", lambda *given: told.append(given))
    window = make()
    still.print_wanted.emit("BKM-1")
    assert told == [(still, "BKM-1", window)]


@pytest.mark.parametrize("reads", [False, True])
def test_keys_record_only_where_one_may(
    make: Make, still: Workspace, asked: list[tuple[str, object]], qtbot: QtBot, reads: bool
) -> None:
    window = make(person=Person("Dewi", Role.AUDITOR) if reads else still.person)
    window.show_place(Destination("home"))
    with qtbot.waitActive(window):
        window.show()
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert asked == ([] if reads else [(VERBS[3].name, {})])
