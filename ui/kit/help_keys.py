"""The help keys of any window, and which section of the guide explains a place, form or window. The
guide itself is imported when it is first opened.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.kit.look import Go, UiContext

# -- Which section of the guide explains what is on the screen -----------------------------------


PLACES = {
    "home": "start",
    "sell": "friday",
    "sell/fair": "friday#fair",
    "sell/sale": "friday#sale",
    "sell/seedlings": "friday#sale",
    "sell/list": "friday#list",
    "shops": "shops",
    "garden": "garden",
    "kitchen": "kitchen",
    "kitchen/recipes": "kitchen#recipe",
    "stock": "stock",
    "stock/lots": "stock#lots",
    "stock/count": "stock#count",
    "cash": "cash",
    "cash/debts": "cash#debts",
    "cash/savings": "cash#savings",
    "cash/grants": "cash#grants",
    "cash/assets": "cash#assets",
    "funds": "funds",
    "close": "close",
    "reports": "papers",
    "registers": "books",
    "registers/dues": "books#kpp",
    "journal": "mending",
    "audit": "audit",
    "audit/verify": "audit#verify",
    "audit/paper": "audit#paper",
    "audit/exceptions": "audit#exceptions",
    "audit/sample": "audit#sample",
    "audit/confirm": "audit#confirm",
    "audit/wrap": "audit#wrap",
    "settings": "settings",
    "settings/group": "settings#group",
    "settings/items": "settings#items",
    "settings/parties": "settings#parties",
    "settings/recipes": "settings#items",
    "settings/programmes": "settings#programmes",
    "settings/budgets": "settings#budgets",
    "settings/sharing": "funds#shares",
    "settings/accounts": "settings#accounts",
    "settings/people": "settings#people",
    "settings/backup": "backup",
    "settings/exceptions": "audit#thresholds",
    "settings/look": "settings#look",
}
"""By place of the sidebar, or `place/part`: the chapter, or `chapter#section`."""

WINDOWS = {
    "welcome": "start#open",
    "first_start": "start#first",
    "sign_in": "start#sign-in",
    "recovery": "start#sign-in",
    "recovery_key": "settings#people",
    "unlock": "backup#encryption",
    "paper": "papers",
    "about": "settings#about",
}
"""The same by window, for those before a book is open or beside its pages."""

GLOSSARY = "glossary"
FIRST = "start"


def topic_of_place(place: str, part: str = "") -> str:
    """The topic of a place and part: `chapter` or `chapter#section`."""
    return PLACES.get(f"{place}/{part}") or PLACES.get(place, FIRST)


def topic_of_window(name: str) -> str:
    """The topic of a window by its name."""
    return WINDOWS[name]


Topic = Callable[[], str]


def add_help_keys(
    window: QWidget, ui: UiContext, topic: Topic | None = None, go: Go | None = None
) -> None:
    """Lets F1 open the guide at the topic that `topic` gives, and Shift+F1 the glossary.

    Without `topic`, that of the window behind is taken.
    """
    keys = _HelpKeys(window, topic or (lambda: _topic_behind(window)))

    def show(wanted: str) -> None:
        ui.guide(window, ui, wanted, go)

    QShortcut(QKeySequence("F1"), window).activated.connect(lambda: show(keys.topic()))
    QShortcut(QKeySequence("Shift+F1"), window).activated.connect(lambda: show(GLOSSARY))


class _HelpKeys(QObject):
    """Keeps a window's topic, so that windows in front of it can find it."""

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
