"""Quiet notes on Beranda about the computer around the book. None of them stops anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.kit import Kit
from ui.widgets.card import Note
from ui.widgets.label import column


@dataclass(frozen=True, slots=True)
class Offer:
    text: str
    act: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Notice:
    """`key` says what it is about: a later one of the same key takes its place."""

    key: str
    strong: str
    text: str
    tone: str = ""
    icon: str = ""
    offers: tuple[Offer, ...] = ()


class Notices(QObject):
    """Those that stand at the moment, in the order they came."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._standing: dict[str, Notice] = {}

    @property
    def standing(self) -> tuple[Notice, ...]:
        return tuple(self._standing.values())

    def put(self, notice: Notice) -> None:
        if self._standing.get(notice.key) != notice:
            self._standing[notice.key] = notice
            self.changed.emit()

    def drop(self, key: str) -> None:
        if self._standing.pop(key, None) is not None:
            self.changed.emit()


class NoticeStrip(QWidget):
    """The notes below each other; takes no room where there are none."""

    def __init__(self, kit: Kit, notices: Notices) -> None:
        super().__init__()
        self._kit, self._notices = kit, notices
        self._page = column(self, space=8)
        self.notes: list[Note] = []
        notices.changed.connect(self._show_all)
        self._show_all()

    def _show_all(self) -> None:
        for each in self.notes:
            each.hide()
            each.deleteLater()
        self.notes = [self._made(each) for each in self._notices.standing]
        for note in self.notes:
            self._page.addWidget(note)
        self.setVisible(bool(self.notes))

    def _made(self, notice: Notice) -> Note:
        note = Note(self._kit, notice.text, notice.tone, strong=notice.strong, icon=notice.icon)
        for offer in notice.offers:
            note.offer(offer.text, offer.act)
        return note
