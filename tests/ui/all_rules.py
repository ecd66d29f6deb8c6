"""All rules that whatever is shown keeps, and that fields are called by what stands above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QDialog, QWidget

from tests.ui.hearing import misnamed
from tests.ui.rules import flaws
from ui.shell.window import MainWindow


def wrong_with(shown: QWidget, *but: str) -> list[str]:
    """What breaks a rule, but for what is said in these words."""
    found = [*flaws(shown), *misnamed(shown)]
    return [each for each in found if not any(words in each for words in but)]


def at_sizes(shown: QWidget, sizes: Sequence[tuple[int, int]], *but: str) -> dict[str, list[str]]:
    """What is wrong at each of these sizes; nothing where all is well."""
    found = {}
    for size in sizes:
        shown.resize(*size)
        shown.show()
        found[str(size)] = wrong_with(shown, *but)
    return {size: them for size, them in found.items() if them}


class _Flashes(QObject):
    """Notices parts that come up for a moment as windows of their own: they were shown before they
    stood anywhere.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.windowType() == Qt.WindowType.Window
            and not isinstance(watched, QDialog | MainWindow)
        ):
            self.found.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@contextmanager
def flashes() -> Iterator[list[str]]:
    """What comes up meanwhile as a window of its own and should not."""
    watching, app = _Flashes(), QCoreApplication.instance()
    assert app is not None
    app.installEventFilter(watching)
    yield watching.found
    app.removeEventFilter(watching)
