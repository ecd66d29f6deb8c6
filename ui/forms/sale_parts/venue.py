"""Where goods are sold: a venue from before, or a new one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from kwt_books.reports.descriptions import venue_name
from ui.kit import Kit
from ui.widgets.field import TextField


class VenueField(TextField):
    """Shows `Outlet Jumat` for `outlet-jumat`; a venue known from before keeps its own writing."""

    def __init__(self, kit: Kit, venue: str = "") -> None:
        super().__init__(kit, required=True)
        self._known: dict[str, str] = {}
        self._choices = QCompleter([], self)
        self._choices.setFilterMode(Qt.MatchFlag.MatchContains)
        self._choices.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._popup = QListView()
        self._popup.setObjectName("choices")
        self._choices.setPopup(self._popup)
        self.setCompleter(self._choices)
        opened = QAction(kit.theme.icon("caret-down", "text2"), kit.t("Venues so far"), self)
        opened.triggered.connect(self.open_choices)
        self.addAction(opened, QLineEdit.ActionPosition.TrailingPosition)
        self.learn([venue] if venue else [])
        self.set_value(venue)

    def learn(self, venues: Iterable[str]) -> None:
        """Venues of before, the latest first."""
        for venue in venues:
            self._known.setdefault(venue_name(venue).casefold(), venue)
        names = [venue_name(venue) for venue in self._known.values()]
        self._choices.setModel(QStringListModel(names, self._choices))

    def value(self) -> str | None:
        typed = super().value()
        return self._known.get(typed.casefold(), typed) if typed else None

    def set_value(self, text: str | None) -> None:
        super().set_value(venue_name(text) if text else "")
        self.setCursorPosition(0)

    def state(self) -> object:
        return self.value() or ""

    def restore(self, state: object) -> None:
        self.set_value(state if isinstance(state, str) else "")

    def open_choices(self) -> None:
        self._choices.setCompletionPrefix("")
        self._choices.complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Down and not self._popup.isVisible():
            self.open_choices()
            return
        super().keyPressEvent(event)
