"""The program's window over a book, as tests open it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.card import Note
from ui.kit.field import FieldRow
from ui.kit.layout import column
from ui.kit.page import Page
from ui.kit.printing import PaperDialog
from ui.kit.workspace import Destination, Workspace
from ui.shell.start import Desktop
from ui.shell.window import MainWindow

LAPTOP = (1366, 688)
"""What a laptop's screen leaves to a window, in pixels."""
SCALED = (1077, 535)
"""What is left of it at 125 percent."""


def at_rest(workspace: Workspace, qtbot: QtBot) -> None:
    """Waits until the worker has nothing more to do, and what its answers took away is gone."""
    qtbot.waitUntil(lambda: not workspace.tasks.busy)
    let_go()


def let_go() -> None:
    """Deletes at once what has been closed or taken away; Qt by itself does it a turn later."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def pauses_over(widget: QWidget) -> None:
    """Lets come at once what waits for a pause to be over."""
    for pause in widget.findChildren(QTimer):
        if pause.isSingleShot() and pause.isActive():
            pause.stop()
            pause.timeout.emit()


def stand_in(around: QWidget, part: QWidget, size: tuple[int, int], qtbot: QtBot) -> None:
    """Lets a part fill what is around it, which is shown at that size and has the keyboard."""
    column(part, parent=around)
    around.resize(*size)
    with qtbot.waitActive(around):
        around.show()


def said(widget: QWidget) -> list[str]:
    """What the labels in it say, from the first to the last, shown just now or not."""
    return [each.text() for each in widget.findChildren(QLabel) if each.text()]


def message(form: Any, path: str) -> str:
    """What stands below the field of a form."""
    row = form.fields[path].parentWidget()
    assert isinstance(row, FieldRow)
    return row.message


def notes_of(form: QWidget) -> str:
    """What stands above the buttons. A note that has just come is shown a moment later."""
    QApplication.processEvents()
    return "\n".join(note.text for note in form.findChildren(Note) if not note.isHidden())


def paper_shown(qtbot: QtBot) -> PaperDialog:
    """Waits for the only one."""
    found: list[PaperDialog] = []

    def there() -> bool:
        shown = QApplication.topLevelWidgets()
        found[:] = [each for each in shown if isinstance(each, PaperDialog)]
        return bool(found)

    qtbot.waitUntil(there)
    (paper,) = found
    return paper


def shown_with(page: Page, /, **answers: object) -> None:
    """Lets a page show what no book has: `answers` by the key of its questions (`page` is the first
    one's); others are left open.
    """

    def ask(
        _work: object, done: Callable[[Any], object], *_more: object, key: str = "page"
    ) -> None:
        if key in answers:
            done(answers[key])

    page.ask = ask  # type: ignore[method-assign, assignment]
    page.refresh()


def window_over(
    workspace: Workspace, qtbot: QtBot, place: str = "home", part: str = ""
) -> MainWindow:
    """The window in front, a place of the sidebar in it, on a laptop's screen and at rest."""
    made = MainWindow(workspace, QIcon())
    qtbot.addWidget(made)
    workspace.learn_setup()
    made.resize(*LAPTOP)
    made.show_place(Destination(place, part))
    with qtbot.waitActive(made):
        made.show()
    at_rest(workspace, qtbot)
    return made


def opened(desktop: Desktop, qtbot: QtBot) -> None:
    """Waits for the window of a start of the program, and until it is filled."""
    qtbot.waitUntil(lambda: desktop.window is not None and not desktop.window.workspace.tasks.busy)
