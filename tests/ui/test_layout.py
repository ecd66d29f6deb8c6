"""No words cut off, nothing over anything else: every place and form, in both languages.

`scripts/screenshots.py --check` is the long form of this.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from babel.messages.mofile import read_mo
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.i18n.catalogue import DOMAIN, LANGUAGES, Translator, locale_dir
from kwt_books.i18n.formats import Formats
from scripts.layout_faults import faults, out_of_reach, parts
from scripts.screen_walk import ScreenWalk
from tests import ROOT
from tests.conftest import NOW
from tests.ui.windows import LAPTOP, SCALED
from ui.kit.button import Button
from ui.kit.form import FormDialog
from ui.kit.layout import Elided, label
from ui.kit.list import Heading, ListRow, ListTable
from ui.kit.look import Theme, UiContext
from ui.kit.page import Page
from ui.kit.scrolling import Scrolling
from ui.kit.table import Cell
from ui.kit.workspace import Workspace
from ui.shell.window import MainWindow

JUNE = ROOT / "tests" / "data" / "juni-2026.jsonl"
SMALLEST = (800, 448)
"""The smallest that the window can be made."""
Seen = tuple[str, QWidget, tuple[int, int]]
"""What is shown, by a name, and the screen that it is shown on."""
HALF_AS_LARGE_AGAIN = (910, 449)
"""And at 150 percent."""
_A_LINE = 32
"""Pixels that a dialog may have to spare: a line of notes and the gap above it."""
_ROUNDS = 3
"""Of events, in which a part that has grown makes others grow."""
LONG = "Belanja bahan keripik di Pasar Bambu Kuning"


@pytest.fixture(params=LANGUAGES)
def ui(request: pytest.FixtureRequest, theme: Theme) -> UiContext:
    return UiContext(theme, Translator(request.param), Formats(request.param), lambda: NOW)


@pytest.fixture
def walk(window: MainWindow, settle: Callable[[Workspace], None], qtbot: QtBot) -> ScreenWalk:
    """Through a window on a laptop's screen; its forms are filled in with the sample's lines."""

    def still() -> None:
        settle(window.workspace)
        qtbot.waitUntil(drawn)
        QApplication.processEvents()

    def drawn() -> bool:
        """A page that is new waits a moment with its first picture."""
        return all(each.updatesEnabled() for each in window.findChildren(Page) if each.isVisible())

    written = JUNE.read_text(encoding="utf-8").splitlines()
    lines = [json.loads(line, parse_float=str) for line in written]
    return ScreenWalk(window, still, lines)


def test_nothing_of_a_form_is_cut_off(walk: ScreenWalk) -> None:
    """With as little room as a laptop's screen has at 150 percent what decides is in reach too."""
    assert_whole((name, shown, HALF_AS_LARGE_AGAIN) for name, shown in walk.forms([]))


def test_places_are_whole_on_every_screen(
    walk: ScreenWalk, window: MainWindow, ui: UiContext
) -> None:
    """On a laptop's, in the smallest window, and in one language on a screen that is scaled."""
    screens = [LAPTOP, SCALED, SMALLEST] if ui.language == LANGUAGES[0] else [LAPTOP, SMALLEST]
    assert window.minimumSize() == QSize(*SMALLEST)
    assert_whole(on_screens(screens, walk, window))


def on_screens(
    screens: list[tuple[int, int]], walk: ScreenWalk, window: MainWindow
) -> Iterator[Seen]:
    """Every place on each of them; it is opened on the last of them."""
    for name, shown in walk.places([]):
        for screen in screens:
            window.resize(*screen)
            assert window.size() == QSize(*screen)
            yield f"{name} in {screen[0]}", shown, screen


def assert_whole(walk: Iterable[Seen]) -> None:
    """Nothing is wrong, and on the screen what decides is in reach."""
    found: dict[str, list[str]] = {}
    for name, shown, screen in walk:
        for fault in lasting(shown) + idle(shown) + out_of_reach(shown, *screen):
            found.setdefault(fault, []).append(name)
    assert not found, "\n".join(f"{names}: {fault}" for fault, names in found.items())


def test_the_programs_own_words_are_never_shortened(
    walk: ScreenWalk, window: MainWindow, ui: UiContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What people wrote may end in an ellipsis; a word of the program is chosen so that it fits."""
    with (locale_dir() / LANGUAGES[0] / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        own = {ui.t.gettext(each.id) for each in read_mo(file) if isinstance(each.id, str)}
    shortened: dict[str, str] = {}
    now = ""
    shorten = QFontMetrics.elidedText

    def noted(metrics: QFontMetrics, text: str, *how: Any) -> str:
        shown = shorten(metrics, text, *how)
        if shown != text and text in own:
            shortened.setdefault(text, now)
        return shown

    window.resize(*LAPTOP)
    for name, shown in itertools.chain(walk.places([]), walk.forms([], filled=False)):
        now = name
        with monkeypatch.context() as standing:  # not what was painted while answers still came
            standing.setattr(QFontMetrics, "elidedText", noted)
            shown.grab()
    assert not shortened


@pytest.mark.usefixtures("large_letters")
def test_with_the_largest_letters_places_are_whole_on_a_laptops_screen(
    walk: ScreenWalk, window: MainWindow
) -> None:
    wide: dict[str, QSize] = {}
    for name, _shown in walk.places([]):
        least = window.minimumSizeHint()
        if least.width() > 1366 or least.height() > 688:
            wide[name] = least
    assert not wide
    assert_whole(on_screens([LAPTOP], walk, window))


def idle(shown: QWidget) -> list[str]:
    """The room above the buttons of a dialog that holds nothing, if that is more than a line."""
    if not isinstance(shown, FormDialog) or not (areas := shown.findChildren(Scrolling)):
        return []
    spare = -areas[0].missing()
    return [f"{spare} pixels hold nothing"] if spare > _A_LINE < shown.height() - 240 else []


def lasting(shown: QWidget) -> list[str]:
    """What is wrong once everything has the room it asked for: whatever grows asks again by
    events, until a round of them moves nothing any more."""
    before: list[QRect] = []
    while (now := _places(shown)) != before:
        before = now
        for _ in range(_ROUNDS):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
    return faults(shown)


def _places(shown: QWidget) -> list[QRect]:
    return [each.geometry() for each in parts(shown)]


class TestWhatIsFound:
    """In a window of 200 pixels, with parts put into it by hand."""

    @pytest.fixture
    def ground(self, qtbot: QtBot) -> QWidget:
        made = QWidget()
        qtbot.addWidget(made)
        made.resize(200, 60)
        made.show()
        return made

    def put(self, part: QWidget, ground: QWidget, left: int, width: int) -> None:
        part.setParent(ground)
        part.setGeometry(left, 0, width, 40)
        part.show()

    def test_words_that_are_cut_off(self, ground: QWidget, ui: UiContext) -> None:
        self.put(label(LONG), ground, 0, 80)
        self.put(Button(ui, LONG), ground, 80, 80)
        assert len(faults(ground)) == 2

    def test_words_that_end_in_an_ellipsis_may(self, ground: QWidget) -> None:
        self.put(Elided(LONG), ground, 0, 80)
        assert faults(ground) == []

    def test_parts_over_each_other_and_beyond_their_window(self, ground: QWidget) -> None:
        self.put(label("Kas"), ground, 0, 60)
        self.put(label("Bank"), ground, 40, 60)
        self.put(label("Dana"), ground, 180, 60)
        over, beyond = sorted(faults(ground), key=lambda fault: "beyond" in fault)
        assert "lies over" in over
        assert "'Dana' reaches beyond" in beyond

    def test_figures_and_headings_of_a_table(self, ground: QWidget, ui: UiContext) -> None:
        table = ListTable(ui, (Heading("Uraian"), Heading("Jumlah uangnya", figures=True)))
        table.show_rows([ListRow("x", (Cell(LONG), Cell("1.250.000")))])
        table.stretch(-1)
        self.put(table, ground, 0, 200)
        header = table.horizontalHeader()
        header.setSectionResizeMode(header.ResizeMode.Fixed)
        header.resizeSection(0, 100)
        header.resizeSection(1, 50)
        said = "\n".join(faults(ground))
        assert "heading cut off: 'Jumlah uangnya'" in said
        assert "figure cut off: '1.250.000'" in said
        assert "'Uraian'" not in said
