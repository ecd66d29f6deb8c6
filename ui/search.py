"""The header's search: places, verbs and reports by name; anything else is sought in the diary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from ui.desk import Desk
from ui.pages.registry import PLACES
from ui.pages.verbs import VERBS

_ACT = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Found:
    title: str
    icon: str
    act: Callable[[], None]


class Search(QObject):
    """Offers while one types; Enter without a choice emits `not_found` with the text."""

    not_found = Signal(str)

    def __init__(self, desk: Desk, field: QLineEdit) -> None:
        super().__init__(field)
        self._desk, self._field = desk, field
        self._model = QStandardItemModel(self)
        self._chosen = False
        completer = QCompleter(self._model, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(10)
        popup = QListView()
        popup.setObjectName("choices")
        popup.setMinimumWidth(desk.kit.theme.px(280))
        completer.setPopup(popup)
        completer.activated[QModelIndex].connect(self._activated)  # type: ignore[index]
        field.setCompleter(completer)
        field.returnPressed.connect(self._entered)
        field.textEdited.connect(self._typed)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """What is known is learnt when someone comes to search: a start has no time for it."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.KeyPress):
            watched.removeEventFilter(self)
            self._learn()
        return False

    def _learn(self) -> None:
        for found in self._known():
            item = QStandardItem(self._desk.kit.theme.icon(found.icon, "text2"), found.title)
            item.setData(found.act, _ACT)
            self._model.appendRow(item)

    def _known(self) -> list[Found]:
        from kwt_books.reports.registry import KINDS

        t, desk = self._desk.kit.t, self._desk
        verbs = [
            Found(t(verb.title), verb.icon, partial(verb.start, desk))
            for verb in (() if desk.only_reads else VERBS)
        ]
        places = [
            Found(t(place.title), place.icon, partial(desk.go, place.name))
            for place in PLACES.values()
        ]
        reports = [
            Found(t(kind.title), "file-text", partial(desk.go, "reports", kind.name))
            for kind in KINDS.values()
            if kind.listed
        ]
        return [*verbs, *places, *reports]

    def _activated(self, index: QModelIndex) -> None:
        self._chosen = True
        act = index.data(_ACT)
        QTimer.singleShot(0, self._field, self._field.clear)  # the completer writes last
        act()

    def _typed(self) -> None:
        self._chosen = False

    def _entered(self) -> None:
        text = self._field.text().strip()
        if text and not self._chosen:
            self._field.clear()
            self.not_found.emit(text)
