"""The keys of the help, for any window. The guide itself is imported when it is first opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.help_topics import FIRST, GLOSSARY, Go
from ui.kit import Kit

Topic = Callable[[], str]


def add_help_keys(
    window: QWidget, kit: Kit, topic: Topic | None = None, go: Go | None = None
) -> None:
    """F1 opens the guide at what `topic` answers, Shift+F1 the list of words.

    Without a topic of its own: what the window behind it is about.
    """
    keys = _HelpKeys(window, topic or (lambda: _topic_behind(window)))

    def show(wanted: str) -> None:
        from ui.help import open_help

        open_help(window, kit, wanted, go)

    QShortcut(QKeySequence("F1"), window).activated.connect(lambda: show(keys.topic()))
    QShortcut(QKeySequence("Shift+F1"), window).activated.connect(lambda: show(GLOSSARY))


class _HelpKeys(QObject):
    """Stays with its window, so that those before it find what it is about."""

    def __init__(self, window: QWidget, topic: Topic) -> None:
        super().__init__(window)
        self.topic = topic


def _topic_behind(window: QWidget) -> str:
    parent = window.parentWidget()
    while parent is not None:
        behind = parent.window()
        keys = behind.findChild(_HelpKeys, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if isinstance(keys, _HelpKeys):
            return keys.topic()
        parent = behind.parentWidget()
    return FIRST
