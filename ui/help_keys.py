"""The keys of the help, for any window. The guide itself is imported when it is first opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.help_topics import GLOSSARY, Go
from ui.kit import Kit


def add_help_keys(
    window: QWidget, kit: Kit, topic: Callable[[], str], go: Go | None = None
) -> None:
    """F1 opens the guide at what `topic` answers, Shift+F1 the list of words."""

    def show(wanted: str) -> None:
        from ui.help import open_help

        open_help(window, kit, wanted, go)

    QShortcut(QKeySequence("F1"), window).activated.connect(lambda: show(topic()))
    QShortcut(QKeySequence("Shift+F1"), window).activated.connect(lambda: show(GLOSSARY))
