"""Each room's pages and forms keep the rules of the house, and can be heard and tabbed through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.kinds import forms
from tests.ui.every_form import EveryForm, given_for
from tests.ui.hearing import goes_back, idle, misnamed, nameless, strays
from tests.ui.rules import broken
from tests.ui.windows import said
from ui.kit.chart import Plot
from ui.kit.chart_picture import ChartPicture
from ui.kit.document_form import MoneyForm
from ui.kit.page import TabbedPage
from ui.kit.workspace import Destination, Workspace
from ui.shell.places import PLACES
from ui.shell.window import MainWindow


def _rooms() -> dict[str, tuple[list[str], list[str]]]:
    """The places and the forms of each room, by its name."""
    found: defaultdict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for place in PLACES.values():
        found[place.page.partition(".")[0]][0].append(place.name)
    for form in forms():
        found[form.make.split(".")[1]][1].append(form.name)
    return found


ROOMS = _rooms()


@pytest.fixture
def every(workspace: Workspace, qtbot: QtBot) -> EveryForm:
    return EveryForm(workspace, qtbot)


class Flashes(QObject):
    """Notices parts that come up for a moment as windows of their own: they were shown before they
    stood anywhere.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.found: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.windowType() == Qt.WindowType.Window
            and not isinstance(watched, QDialog | MainWindow)
        ):
            self.found.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.fixture
def flashes(qapp: QApplication) -> Iterator[list[str]]:
    watching = Flashes(qapp)
    yield watching.found
    qapp.removeEventFilter(watching)


@pytest.mark.parametrize("room", ROOMS)
def test_the_rules_are_kept(room: str, every: EveryForm, flashes: list[str]) -> None:
    places, names = ROOMS[room]
    faults: dict[str, list[str]] = {"windows of their own": flashes}
    for place in places:
        faults |= _of_place(every, place)
    for name in names:
        for given in ({}, given_for(name)):
            faults[f"{name} {bool(given)}"] = _of_form(every, name, given)
    assert not {where: found for where, found in faults.items() if found}


def _of_place(every: EveryForm, place: str) -> dict[str, list[str]]:
    window, found = every.window, {}
    every.workspace.show_month("2026-06")
    window.show_place(Destination(place))
    every.settle()
    page = window.page
    for part in page.tabs.names if isinstance(page, TabbedPage) else ("",):
        window.show_place(Destination(place, part))
        every.settle()
        found[f"{place} {part}"] = [
            *broken(window),
            *nameless(window),
            *idle(window),
            *strays(window),
            *(
                f"{type(chart).__name__} offers no picture"
                for chart in page.findChildren(Plot)
                if not chart.findChild(ChartPicture)
            ),
        ]
    return found


def _of_form(every: EveryForm, name: str, given: dict[str, object]) -> list[str]:
    every.workspace.show_month("2026-07")
    dialog = every.open(name, given)
    inner = getattr(dialog, "form", dialog)
    found = [*broken(dialog), *nameless(dialog), *idle(dialog), *strays(dialog)]
    found += [*goes_back(inner), *misnamed(dialog), *_untold(inner)]
    dialog.close()
    return found


def _untold(form: object) -> list[str]:
    """What lines of money come to is shown."""
    if not isinstance(form, MoneyForm) or "lines" not in form.fields or not form.total():
        return []
    told = form.ui.formats.rupiah(form.total())
    return [] if any(told in each for each in said(form)) else [f"{told} in all is not told"]
